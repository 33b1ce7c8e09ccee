import { isSmallCount, tally, type IndicatorDefinition } from '@lokmin/evaluation';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import type { JudgedIndicator, ResultView, Tally } from '../value/rollup.entity.ts';
import { worstOf } from '../value/rollup.rules.ts';

/** Results of one unit and year, by period and indicator. */
export type YearOfUnit = ReadonlyMap<string, Readonly<Record<string, ResultView>>>;

/** Indicators whose small counts can point to a person, each with the count from which on it is shown. */
export function sensitiveOf(bundle: Bundle): Map<string, number> {
  const { indicators } = bundle;
  const elementsOf = (indicator: IndicatorDefinition) => enteredElements(indicator, sumsIn(bundle));
  const byElement = new Map<string, number>();
  for (const indicator of indicators)
    if (indicator.smallCountsBelow)
      for (const element of elementsOf(indicator))
        byElement.set(element, Math.max(byElement.get(element) ?? 0, indicator.smallCountsBelow));
  // One that counts the same thing under another name would show what the other hides.
  return new Map(
    indicators.flatMap((indicator) => {
      const below = Math.max(0, ...elementsOf(indicator).map((element) => byElement.get(element) ?? 0));
      return below > 0 ? [[indicator.code, below] as const] : [];
    }),
  );
}

/**
 * Whether a result of a period is hidden: a count in it is small, or the difference to a figure of an earlier month of
 * the year that is shown, so that nothing small can be found by subtraction.
 * @param below smaller counts than this are small, 0 is not
 */
export function isHidden(year: YearOfUnit, period: string, code: string, below: number): boolean {
  const shown: string[] = [];
  for (const each of [...year.keys()].sort()) {
    if (each > period) break;
    const result = year.get(each)?.[code];
    if (!result) continue;
    const { numerator, denominator, accumulation } = result;
    const counts = [numerator, denominator].filter((count) => count !== null);
    const hidden =
      counts.some((count) => isSmallCount(count, '0', below)) ||
      (numerator !== null && denominator !== null && isSmallCount(denominator, numerator, below)) ||
      (numerator !== null &&
        accumulation === 'cumulative' &&
        shown.some((before) => isSmallCount(numerator, before, below)));
    if (each === period) return hidden;
    if (!hidden && numerator !== null) shown.push(numerator);
  }
  return false;
}

/** What stands in for a result that is hidden: what is measured, and that there is something. */
export const withoutFigures = (result: ResultView): ResultView => ({
  ...result,
  judgement: 'tanpa_data',
  numerator: null,
  denominator: null,
  coverage: null,
  performance: null,
  performanceCapped: null,
  registered: null,
  warnings: [],
  hidden: true,
});

/** The summary of a unit from what is shown of it: a judgement that is hidden cannot be found by subtraction either. */
export function summaryWithout(
  results: readonly ResultView[],
  hidden: ReadonlySet<string>,
): { tally: Tally; warnings: number; worst: JudgedIndicator[] } {
  const shown = results.filter(({ code }) => !hidden.has(code));
  return {
    tally: { ...tally(shown), disembunyikan: results.length - shown.length },
    warnings: shown.reduce((count, result) => count + result.warnings.length, 0),
    worst: worstOf(shown),
  };
}
