import { parsePeriod, yearOf, type Period } from '@lokmin/calendar';
import {
  enteredFor,
  findingsOfMonth,
  findingsOfUnit,
  judge,
  sumsOf,
  type Figures,
  type Finding,
  type IndicatorDefinition,
  type Judged,
  type MonthsOfElement,
  type QualityRules,
  type Reported,
  type Rules,
  type Sums,
  type Target,
} from '@lokmin/evaluation';
import type { Covers, EntrySheetQuery } from '../api/operations.generated.ts';

export type Sheet = NonNullable<EntrySheetQuery['puskesmas']>['sheet'];

/** What the engine needs of a sheet: the same engine as in the service, so that it says the same without a connection. */
export interface Reckoning {
  readonly rules: Rules & { quality: QualityRules };
  readonly indicators: readonly IndicatorDefinition[];
  readonly sums: Sums;
  readonly targets: ReadonlyMap<string, Pick<Target, 'month' | 'value' | 'running' | 'curve'>>;
  readonly values: readonly Reported[];
}

const lower = <T extends string>(word: T): Lowercase<T> => word.toLowerCase() as Lowercase<T>;

/** @param sheet of a part that is OK */
export function reckoningOf(sheet: Sheet): Reckoning {
  return {
    rules: {
      bands: sheet.bands!,
      lowerIsBetter: lower(sheet.lowerIsBetter!),
      quality: { sequences: sheet.sequences!.map(({ earlier, later }) => ({ earlier, later })), levels: {} },
    },
    indicators: sheet.indicators!.map((each) => ({
      ...each,
      direction: lower(each.direction),
      accumulation: lower(each.accumulation),
      running: each.running ? lower(each.running) : null,
      numeratorDefinition: each.numerator,
      denominatorDefinition: each.denominator,
    })),
    sums: sumsOf(sheet.elements!),
    targets: new Map(
      sheet.targets!.map(({ indicatorCode, running, ...target }) => [
        indicatorCode,
        { ...target, running: running && lower(running) },
      ]),
    ),
    values: sheet.values!.map((value) => ({
      ...value,
      period: parsePeriod(value.period),
      covers: lower(value.covers),
      state: lower(value.state),
    })),
  };
}

/** One indicator of the sheet, with the entered elements of its parts side by side. */
export interface SheetRow {
  readonly indicator: IndicatorDefinition;
  readonly cells: readonly { readonly numerator: string | null; readonly denominator: string | null }[];
}

export function rowsOf({ indicators, sums }: Reckoning): SheetRow[] {
  return indicators.map((indicator) => {
    const numerators = enteredFor(indicator.numeratorElement, sums);
    const denominators = indicator.denominatorElement ? enteredFor(indicator.denominatorElement, sums) : [];
    return {
      indicator,
      cells: Array.from({ length: Math.max(numerators.length, denominators.length) }, (_, i) => ({
        numerator: numerators[i] ?? null,
        denominator: denominators[i] ?? null,
      })),
    };
  });
}

/** Elements that are a target group of the year: never of a single month. */
export function yearlyElements({ indicators, sums }: Reckoning): Set<string> {
  return new Set(
    indicators
      .filter(
        ({ accumulation, direction, denominatorElement }) =>
          denominatorElement && accumulation === 'cumulative' && direction !== 'lower',
      )
      .flatMap(({ denominatorElement }) => enteredFor(denominatorElement!, sums)),
  );
}

/** The values of the sheet with what was typed in place of what is stored. @param typed null: not reported */
export function withTyped(
  { values }: Reckoning,
  period: Period,
  typed: ReadonlyMap<string, { covers: Covers; value: string | null }>,
): Reported[] {
  const isTyped = (value: Reported) => {
    const entry = typed.get(value.element);
    return value.period === period && entry !== undefined && lower(entry.covers) === value.covers;
  };
  return [
    ...values.filter((value) => !isTyped(value)),
    ...[...typed].map(([element, { covers, value }]): Reported => ({
      period,
      element,
      covers: lower(covers),
      state: value === null ? 'not_reported' : 'reported',
      value,
    })),
  ];
}

/** What the values make of each indicator, and what is found of them. */
export function reckon(
  { rules, indicators, sums, targets }: Reckoning,
  period: Period,
  values: readonly Reported[],
): { results: Map<string, Judged>; findings: Finding[] } {
  const byElement = Map.groupBy(values, ({ element }) => element);
  const results = new Map(
    indicators.map((indicator) => {
      const { code, numeratorElement, denominatorElement } = indicator;
      const own = [
        ...new Set(
          [numeratorElement, denominatorElement].flatMap((each) => (each ? enteredFor(each, sums) : [])),
        ),
      ].flatMap((element) => byElement.get(element) ?? []);
      return [code, judge(indicator, rules, period, own, { sums, target: targets.get(code) ?? null })];
    }),
  );
  const figures = indicators.map(({ code, multiplier }): Figures => ({
    code,
    numerator: results.get(code)!.numerator,
    denominator: results.get(code)!.denominator,
    multiplier,
    hasTargetGroup: false,
    published: null,
  }));
  const months = indicators.flatMap((indicator) =>
    enteredFor(indicator.numeratorElement, sums).flatMap((element): MonthsOfElement | [] => {
      const own = (byElement.get(element) ?? [])
        .filter(({ covers, state, period: of }) => covers === 'month' && state === 'reported' && of <= period)
        .sort((a, b) => (a.period < b.period ? -1 : 1));
      const last = own.at(-1);
      if (last?.period !== period || last.value === null) return [];
      const before = own.at(-2);
      return {
        indicatorCode: indicator.code,
        element,
        value: last.value,
        before: own.slice(0, -1).map(({ value }) => value!),
        follows: before !== undefined && isNext(before.period, period),
      };
    }),
  );
  return {
    results,
    findings: [
      ...findingsOfUnit({ unitId: '', figures }, rules.quality),
      ...findingsOfMonth('', months, rules.quality),
    ],
  };
}

const isNext = (before: Period, period: Period): boolean =>
  yearOf(period) * 12 + Number(period.slice(5)) - (yearOf(before) * 12 + Number(before.slice(5))) === 1;

/** A block of cells as a spreadsheet puts it on the clipboard: rows by line, columns by tab; an empty last line is none. */
export const readBlock = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()));
