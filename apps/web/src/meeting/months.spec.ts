import { parsePeriod } from '@lokmin/calendar';
import { monthsToSchedule, nextMonth, periodsToLookAt, presentMonth } from './months.ts';

const month = parsePeriod;

describe('the month of the next meeting', () => {
  const january = month('2025-01');

  it('is the one that the clocks of the puskesmas show', () => {
    const lastEvening = new Date('2025-01-31T16:00:00Z'); // 23.00 WIB, 01.00 WIT
    expect(presentMonth(lastEvening, 'Asia/Jakarta')).toBe('2025-01');
    expect(presentMonth(lastEvening, 'Asia/Jayapura')).toBe('2025-02');
  });

  it('is the present one while that has no meeting', () => {
    expect(nextMonth(january, [])).toBe('2025-01');
    expect(nextMonth(january, [{ month: '2024-12', status: 'CONCLUDED' }])).toBe('2025-01');
  });

  it('is the first free one after it otherwise', () => {
    const taken = [
      { month: '2025-01', status: 'CONCLUDED' },
      { month: '2025-02', status: 'SCHEDULED' },
    ];
    expect(nextMonth(january, taken)).toBe('2025-03');
  });

  it('can be one whose meeting was cancelled or missed', () => {
    expect(nextMonth(january, [{ month: '2025-01', status: 'CANCELLED' }])).toBe('2025-01');
    expect(nextMonth(january, [{ month: '2025-01', status: 'MISSED' }])).toBe('2025-01');
  });

  it('is chosen among those around the present one, and the one asked for', () => {
    expect(monthsToSchedule(january, january)).toEqual(
      ['2024-10', '2024-11', '2024-12', '2025-01', '2025-02', '2025-03', '2025-04'].map(month),
    );
    expect(monthsToSchedule(january, month('2024-06'))[0]).toBe('2024-06');
  });

  it('looks at an earlier month, the one just before it first', () => {
    const periods = periodsToLookAt(january);
    expect([periods[0], periods.at(-1)]).toEqual(['2024-12', '2020-01']);
  });
});
