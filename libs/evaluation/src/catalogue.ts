import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndicatorDefinition } from './indicator.ts';

/** One entry of a catalogue file; `catalogue/indicators.json` explains its fields. */
export interface CatalogueEntry {
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
  /** The family that it is compiled from: `SPM`, `KIA`, `INM`, ... */
  set?: string | undefined;
  entry_period?: 'monthly' | 'quarterly' | 'semester' | 'annual' | undefined;
  active_months?: number[] | undefined;
  small_counts_below?: number | undefined;
}

/** What is entered for a span of months is entered in its last one. */
const LAST_MONTHS = { monthly: null, quarterly: [3, 6, 9, 12], semester: [6, 12], annual: [12] } as const;

/** One entry as an indicator of a bundle, with elements of its own. */
export const definitionOf = (entry: CatalogueEntry): IndicatorDefinition => ({
  code: entry.code,
  nameId: entry.name_id,
  nameEn: entry.name_en,
  program: entry.program,
  cluster: entry.cluster,
  unit: entry.unit,
  direction: entry.direction,
  accumulation: entry.accumulation,
  activeMonths: entry.active_months ?? LAST_MONTHS[entry.entry_period ?? 'monthly']?.slice() ?? null,
  multiplier: entry.multiplier === null ? null : String(entry.multiplier),
  numeratorElement: `${entry.code}.num`,
  denominatorElement: entry.multiplier === null ? null : `${entry.code}.den`,
  annualTarget: entry.annual_target_percent === null ? null : String(entry.annual_target_percent),
  uses: entry.set ? [entry.set] : [],
  numeratorDefinition: entry.numerator,
  denominatorDefinition: entry.denominator,
  source: entry.source,
  smallCountsBelow: entry.small_counts_below ?? null,
});

let read: readonly IndicatorDefinition[] | undefined;

/**
 * The 111 reference indicators, which a district may start its bundle from. Their targets are examples: every one is to
 * be looked at for the district and year.
 * @source compiled from the public documents that each entry names in its `source`
 */
export function referenceIndicators(): readonly IndicatorDefinition[] {
  if (!read) {
    const file = join(import.meta.dirname, '../catalogue/indicators.json');
    const { indicators } = JSON.parse(readFileSync(file, 'utf8')) as { indicators: CatalogueEntry[] };
    read = indicators.map(definitionOf);
  }
  return read;
}
