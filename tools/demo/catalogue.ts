import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { referenceIndicators } from '@lokmin/evaluation/catalogue';

const folder = join(import.meta.dirname, 'belitung-timur');

/** Services that follow each other: the later one cannot reach more people than the earlier one. */
const SEQUENCES = [
  { earlier: 'KIA-K1', later: 'KIA-K4' },
  { earlier: 'KIA-K4', later: 'KIA-K6' },
  { earlier: 'KIA-KF1', later: 'KIA-KFL' },
  { earlier: 'KIA-KN1', later: 'KIA-KNL' },
  // Complete basic immunisation needs each of its antigens.
  { earlier: 'IMU-BCG', later: 'IMU-IDL' },
  { earlier: 'IMU-DPT3', later: 'IMU-IDL' },
  { earlier: 'IMU-POL4', later: 'IMU-IDL' },
  { earlier: 'IMU-MR1', later: 'IMU-IDL' },
];

/** The published results of 2024, one record a row: 55 indicators of 7 puskesmas. */
export interface PublishedRow {
  puskesmas_reg_code: string;
  indicator_code: string;
  numerator: string;
  denominator: string;
  published_value: string;
  recomputed_value: string;
}
export const resultsFile = join(folder, 'indicator_results_2024.csv');
export const publishedRows = (): PublishedRow[] =>
  parse(readFileSync(resultsFile), { columns: true, bom: true }) as PublishedRow[];

/** Kabupaten Belitung Timur, 2024: the 55 catalogue indicators that its profile publishes, in the order of the catalogue. */
export function bundle2024() {
  const published = new Set(publishedRows().map((row) => row.indicator_code));
  return {
    districtCode: '19.06',
    year: 2024,
    name: 'Paket indikator 2024 Kabupaten Belitung Timur',
    rules: { ...DEFAULT_RULES, quality: { sequences: SEQUENCES, levels: {} } },
    indicators: referenceIndicators().filter(({ code }) => published.has(code)),
  };
}
