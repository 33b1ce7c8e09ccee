import type { Period } from '@lokmin/calendar';
import { choosePeriod, isFuture, yearsToChoose } from './period.ts';

const january = new Date(2025, 0, 15);

describe('the period of a page', () => {
  it('is the one in the address', () => {
    expect(choosePeriod('2024-12', '2024-03', january)).toBe('2024-12');
  });

  it('is the one looked at last, when the address has none', () => {
    expect(choosePeriod(null, '2024-03', january)).toBe('2024-03');
  });

  it.each([null, '2024-13', 'Desember', '2024'])(
    'is last month, when the address says %s and nothing was looked at',
    (address) => {
      expect(choosePeriod(address, null, january)).toBe('2024-12');
    },
  );

  it('can be of any year up to this one, newest first, and of the year on the screen', () => {
    expect(yearsToChoose('2024-12' as Period, january)).toEqual([2025, 2024, 2023]);
    expect(yearsToChoose('2021-12' as Period, january)).toEqual([2025, 2024, 2023, 2022, 2021]);
    expect(yearsToChoose('2026-01' as Period, january)[0]).toBe(2026);
  });

  it('lies in the future only after this month', () => {
    expect(isFuture('2025-01' as Period, january)).toBe(false);
    expect(isFuture('2025-02' as Period, january)).toBe(true);
  });
});
