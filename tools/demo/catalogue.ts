import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DEFAULT_RULES, type IndicatorDefinition } from '@lokmin/evaluation';

const folder = join(import.meta.dirname, 'belitung-timur');

interface CatalogueEntry {
  code: string;
  name_id: string;
  name_en: string;
  program: string;
  cluster: string;
  numerator: string;
  denominator: string;
  unit: string;
  direction: 'higher' | 'lower' | 'info';
  annual_target_percent: number | null;
  accumulation: 'cumulative' | 'monthly' | 'snapshot';
  source: string;
  multiplier: number | null;
  active_months?: number[];
  small_counts_below?: number;
}

/** One entry of the reference catalogue as an indicator of a bundle, with elements of its own. */
export const definitionOf = (entry: CatalogueEntry): IndicatorDefinition => ({
  code: entry.code,
  nameId: entry.name_id,
  nameEn: entry.name_en,
  program: entry.program,
  cluster: entry.cluster,
  unit: entry.unit,
  direction: entry.direction,
  accumulation: entry.accumulation,
  activeMonths: entry.active_months ?? null,
  multiplier: entry.multiplier === null ? null : String(entry.multiplier),
  numeratorElement: `${entry.code}.num`,
  denominatorElement: entry.multiplier === null ? null : `${entry.code}.den`,
  annualTarget: entry.annual_target_percent === null ? null : String(entry.annual_target_percent),
  numeratorDefinition: entry.numerator,
  denominatorDefinition: entry.denominator,
  source: entry.source,
  smallCountsBelow: entry.small_counts_below ?? null,
});

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
  const { indicators } = JSON.parse(readFileSync(join(folder, 'indicators.json'), 'utf8')) as {
    indicators: CatalogueEntry[];
  };
  const published = new Set(publishedRows().map((row) => row.indicator_code));
  return {
    districtCode: '19.06',
    year: 2024,
    name: 'Paket indikator 2024 Kabupaten Belitung Timur',
    rules: { ...DEFAULT_RULES, quality: { sequences: SEQUENCES, levels: {} } },
    indicators: indicators.filter(({ code }) => published.has(code)).map(definitionOf),
  };
}
