/**
 * Synthetic figures of the villages of the demonstration district: no source publishes them. What a puskesmas counted in a
 * month (itself synthetic until December) is divided among its villages by fixed arithmetic, so that they add up to it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { periodOf } from '@lokmin/calendar';
import { hasPws } from '@lokmin/evaluation';
import { parse } from 'csv-parse/sync';
import { bundle2024, type PublishedRow } from './catalogue.ts';

interface Village {
  unit_code: string;
  code: string;
  name: string;
}

/** A village that reports nothing all year, and one that is late in December: who looks at PWS sees their names. */
const SILENT = '19.06.02.9007';
const LATE = '19.06.06.9002';
const DECEMBER = 12;

export const demonstrationVillages = (): Village[] =>
  parse(readFileSync(join(import.meta.dirname, 'belitung-timur/villages.csv'), 'utf8'), { columns: true });

const hashOf = (seed: string): number => {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + character.charCodeAt(0)) % 9_973;
  return hash;
};

/** Whole shares of a whole number, in proportion to the weights; together all of it. */
export function shareOut(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight);
  let before = 0;
  return weights.map((_, i) => {
    const through = weights.slice(0, i + 1).reduce((sum, weight) => sum + weight);
    const upTo = Math.floor((whole * through) / total);
    const share = upTo - before;
    before = upTo;
    return share;
  });
}

/**
 * The figures of a month as a file that the import takes: programmes of mother and child and of immunisation, of which more
 * is better and which are served every month.
 * @param reached the year-to-date numerator of a puskesmas in a month
 */
export function villageResults(
  rows: readonly PublishedRow[],
  month: number,
  reached: (row: PublishedRow, month: number) => string,
): string {
  const monitored = new Set(
    bundle2024()
      .indicators.filter(
        (each) =>
          hasPws(each) && each.accumulation === 'cumulative' && ['KIA', 'Imunisasi'].includes(each.program),
      )
      .map(({ code }) => code),
  );
  const villages = Map.groupBy(demonstrationVillages(), ({ unit_code }) => unit_code);
  const lines = rows
    .filter(
      ({ indicator_code, numerator, denominator }) =>
        monitored.has(indicator_code) && /^\d+$/.test(numerator) && /^\d+$/.test(denominator),
    )
    .flatMap((row) => {
      const { puskesmas_reg_code: unit, indicator_code: code } = row;
      const served = villages.get(unit)!;
      const size = served.map((village) => 20 + (hashOf(village.code) % 31));
      const groups = shareOut(Number(row.denominator), size);
      const counts = served.map(() => 0);
      for (let each = 1; each <= month; each++) {
        const added = Number(reached(row, each)) - (each === 1 ? 0 : Number(reached(row, each - 1)));
        const busy = served.map((village, i) => size[i]! * (70 + (hashOf(each + code + village.code) % 61)));
        shareOut(added, busy).forEach((share, i) => (counts[i]! += share));
      }
      return served.flatMap((village, i) =>
        village.code === SILENT || (village.code === LATE && month === DECEMBER)
          ? []
          : `${periodOf(2024, month)},${unit},${village.code},${village.name},${code},${counts[i]},${groups[i]},year_to_date`,
      );
    });
  return `period,puskesmas_reg_code,village_code,village,indicator_code,numerator,denominator,covers\n${lines.join('\n')}\n`;
}
