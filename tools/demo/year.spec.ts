import { publishedRows } from './catalogue.ts';
import { holdsMeeting, monthlyResults, onCurve } from './year.ts';

describe('the synthetic curve', () => {
  it('grows month by month and ends in the real figure', () => {
    for (const seed of ['1012406KIA-K1', '1012404TB-SR', '1012410PTM-HT']) {
      const year = Array.from({ length: 12 }, (_, i) => Number(onCurve('551', i + 1, seed)));
      expect(year.at(-1)).toBe(551);
      expect(year).toEqual([...year].sort((a, b) => a - b));
      expect(year[0]).toBeGreaterThan(0);
    }
  });

  it('keeps the decimals of the real figure', () => {
    expect(onCurve('12.50', 6, 'x')).toMatch(/^\d+\.\d\d$/);
    expect(onCurve('12', 6, 'x')).toMatch(/^\d+$/);
  });
});

it('gives a file of every month with the real denominators', () => {
  const rows = publishedRows();
  const lines = monthlyResults(rows, 6).trimEnd().split('\n');
  expect(lines).toHaveLength(1 + rows.filter(({ numerator }) => numerator !== '').length);
  expect(lines[1]).toMatch(/^2024-06,1012406,KIA-K1,\d+,693,year_to_date$/);
});

it('has a meeting of nearly every puskesmas and month', () => {
  const held = Array.from({ length: 7 }, (_, puskesmas) =>
    Array.from({ length: 11 }, (_, i) => holdsMeeting(puskesmas, i + 1)),
  ).flat();
  expect(held.filter(Boolean)).toHaveLength(70);
});
