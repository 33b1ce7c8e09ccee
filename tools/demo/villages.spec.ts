import { publishedRows } from './catalogue.ts';
import { demonstrationVillages, shareOut, villageResults } from './villages.ts';
import { reachedBy } from './year.ts';

it('shares out all of a number, in whole shares', () => {
  expect(shareOut(10, [1, 1, 1])).toEqual([3, 3, 4]);
  expect(shareOut(0, [5, 3])).toEqual([0, 0]);
  expect(shareOut(7, [1, 0, 6])).toEqual([1, 0, 6]);
});

it('gives villages that add up to their puskesmas and never fall, but for those that say nothing', () => {
  const rows = publishedRows();
  const months = Array.from({ length: 12 }, (_, i) =>
    villageResults(rows, i + 1, reachedBy)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')),
  );
  const manggar = (month: number) =>
    months[month - 1]!.filter(([, unit, , , code]) => unit === '1012406' && code === 'KIA-K1');
  expect(manggar(12)).toHaveLength(9);
  const sum = (of: string[][], column: number) =>
    of.reduce((total, cells) => total + Number(cells[column]), 0);
  expect([sum(manggar(12), 5), sum(manggar(12), 6)]).toEqual([551, 693]);
  for (let month = 2; month <= 12; month++)
    manggar(month).forEach((cells, i) =>
      expect(Number(cells[5])).toBeGreaterThanOrEqual(Number(manggar(month - 1)[i]![5])),
    );
  const spoke = (month: number) => new Set(months[month - 1]!.map(([, , village]) => village));
  expect(demonstrationVillages()).toHaveLength(39);
  expect(spoke(11).size).toBe(38);
  expect(spoke(12).size).toBe(37);
});
