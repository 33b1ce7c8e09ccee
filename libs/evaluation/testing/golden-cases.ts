import { readFileSync } from 'node:fs';
import { parsePeriod, periodOf } from '@lokmin/calendar';
import { parse } from 'csv-parse/sync';
import { anIndicator } from './an-indicator.ts';
import type { IndicatorDefinition, Judged, Reported, Rules, Running } from '../src/index.ts';

/** A case worked out apart from the engine, with exact fractions of another language. */
export interface GoldenCase {
  readonly name: string;
  readonly definition: IndicatorDefinition;
  readonly rules: Rules;
  readonly month: number;
  /** Of the year asked for. */
  readonly values: Reported[];
  readonly expected: Pick<
    Judged,
    | 'numerator'
    | 'denominator'
    | 'coverage'
    | 'coverageState'
    | 'runningTarget'
    | 'performance'
    | 'performanceCapped'
    | 'judgement'
  >;
}

const UNITS: Record<string, string> = {
  '': 'count',
  '1': 'index',
  '100': 'percent',
  '1000': 'per mil',
  '100000': 'per 100,000 live births',
};

/**
 * `n:9:m:152`: numerator, September, of the month, 152. `y`: year to date. `-`: not reported, `x`: not applicable, `45e`:
 * estimated. Empty cells are null.
 */
export function goldenCases(year: number): GoldenCase[] {
  const rows = parse(readFileSync(new URL('golden-cases.csv', import.meta.url)), { columns: true }) as Record<
    string,
    string
  >[];
  return rows.map((row) => {
    const cell = (name: string) => row[name] || null;
    const code = `GOLD-${row['case']}`;
    const [kurangAtMost = '', baikFrom = ''] = row['bands']!.split(' ');
    return {
      name: `${row['case']} ${row['why']}`,
      definition: anIndicator(code, {
        nameId: row['why']!,
        nameEn: row['why']!,
        program: 'Uji',
        unit: UNITS[row['multiplier']!]!,
        direction: row['direction'] as IndicatorDefinition['direction'],
        accumulation: row['accumulation'] as IndicatorDefinition['accumulation'],
        activeMonths: row['rounds'] ? row['rounds'].split(' ').map(Number) : null,
        multiplier: cell('multiplier'),
        denominatorElement: row['multiplier'] ? `${code}.den` : null,
        annualTarget: cell('target'),
        running: cell('running') as Running | null,
        curve: row['curve'] ? row['curve'].split(' ') : null,
      }),
      rules: {
        bands: { kurangAtMost, baikFrom },
        lowerIsBetter: row['lower'] as Rules['lowerIsBetter'],
      },
      month: Number(row['month']),
      values: row['values']!.split(' ').flatMap((text): Reported | [] => {
        const [part, month, covers, value = ''] = text.split(':');
        if (!part) return [];
        const state =
          value === '-'
            ? 'not_reported'
            : value === 'x'
              ? 'not_applicable'
              : value.endsWith('e')
                ? 'estimated'
                : 'reported';
        return {
          period: parsePeriod(periodOf(year, Number(month))),
          element: part === 'n' ? `${code}.num` : `${code}.den`,
          covers: covers === 'y' ? 'year_to_date' : 'month',
          state,
          value: state === 'reported' || state === 'estimated' ? value.replace('e', '') : null,
        };
      }),
      expected: {
        numerator: cell('numerator'),
        denominator: cell('denominator'),
        coverage: cell('coverage'),
        coverageState: row['state'] as Judged['coverageState'],
        runningTarget: cell('running_target'),
        performance: cell('performance'),
        performanceCapped: cell('capped'),
        judgement: row['judgement'] as Judged['judgement'],
      },
    };
  });
}
