import type { Period } from '@lokmin/calendar';
import { chosenPeriod, endOfYearBefore, lastMonth, yearsToChoose } from './period.ts';

const period = (text: string) => text as Period;

describe('the period of a page', () => {
  it('is the one in the address', () => {
    expect(chosenPeriod('2024-12', '2024-03')).toBe('2024-12');
  });

  it('is the one looked at last, when the address has none', () => {
    expect(chosenPeriod(null, '2024-03')).toBe('2024-03');
  });

  it.each([null, '2024-13', 'Desember', '2024'])(
    'was chosen by nobody, when the address says %s',
    (address) => {
      expect(chosenPeriod(address, null)).toBeNull();
    },
  );

  it.each([
    ['9999-12', '2026-12'],
    ['2027-01', '2026-12'],
    ['2026-12', '2026-12'],
    ['0000-01', '2000-01'],
  ])('is none beyond this year, nor before there was one: %s becomes %s', (address, shown) => {
    expect(chosenPeriod(address, null, new Date(2026, 10, 22))).toBe(shown);
  });

  it('is otherwise last month, in January December', () => {
    expect(lastMonth(new Date(2025, 0, 15))).toBe('2024-12');
    expect(lastMonth(new Date(2025, 5, 1))).toBe('2025-05');
  });

  it('moves to the end of the year before where a year has no indicators, but not for ever', () => {
    expect(endOfYearBefore(period('2026-10'))).toBe('2025-12');
    expect(endOfYearBefore(period('2025-12'))).toBe('2024-12');
    expect(endOfYearBefore(period('2023-12'))).toBeNull();
  });

  it('can be of any year up to this one, newest first, and of the year on the screen', () => {
    const now = new Date(2025, 0, 15);
    expect(yearsToChoose(period('2024-12'), now)).toEqual([2025, 2024, 2023]);
    expect(yearsToChoose(period('2021-12'), now)).toEqual([2025, 2024, 2023, 2022, 2021]);
    expect(yearsToChoose(period('2026-01'), now)[0]).toBe(2026);
  });
});
