import { parsePeriod } from '@lokmin/calendar';
import { explainPublished, judge, tally, type IndicatorDefinition, type Reported } from '@lokmin/evaluation';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { sourceOf, type Yardstick } from '../bundle/yardstick.ts';
import type { JudgedIndicator, ResultView, Tally } from './rollup.entity.ts';
import { publishedUnexplained, warningText, type WarningView } from './warning.ts';

const WORST = 3;

export interface RolledUp {
  readonly tally: Tally;
  readonly warnings: number;
  readonly worst: JudgedIndicator[];
  readonly results: Record<string, ResultView>;
}

/** A value with the percentage that a publication prints beside it. */
export type StoredValue = Reported & { readonly publishedValue: string | null };

/**
 * Judges every indicator of the bundle for one unit and period.
 * @param values of that unit and year; later periods are ignored
 */
export function rollUp(
  measure: Yardstick,
  unitId: string,
  period: string,
  values: readonly StoredValue[],
): RolledUp {
  const byElement = Map.groupBy(values, (value) => value.element);
  const results = measure.bundle.indicators.map((definition) =>
    resultOf(measure, unitId, definition, period, byElement),
  );
  return {
    tally: tally(results),
    warnings: results.reduce((count, result) => count + result.warnings.length, 0),
    worst: worstOf(results),
    results: Object.fromEntries(results.map((result) => [result.code, result])),
  };
}

/** The lowest performances among those judged kurang, worst first, at most three. */
export const worstOf = (results: readonly ResultView[]): JudgedIndicator[] =>
  results
    .filter((result) => result.judgement === 'kurang')
    .sort((a, b) => compareDecimals(a.performance ?? '0', b.performance ?? '0') || (a.code < b.code ? -1 : 1))
    .slice(0, WORST)
    .map(judgedOf);

/** What is said of an indicator of which nothing was recorded. */
export const silentResult = (
  measure: Yardstick,
  unitId: string,
  definition: IndicatorDefinition,
  period: string,
): ResultView => resultOf(measure, unitId, definition, period, new Map());

function resultOf(
  { bundle, target: targetOf }: Yardstick,
  unitId: string,
  definition: IndicatorDefinition,
  period: string,
  byElement: ReadonlyMap<string, StoredValue[]>,
): ResultView {
  const { code, numeratorElement } = definition;
  const sums = sumsIn(bundle);
  const own = [...new Set(enteredElements(definition, sums))].flatMap(
    (element) => byElement.get(element) ?? [],
  );
  const target = targetOf(unitId, code, parsePeriod(period));
  const { warnings, ...result } = judge(definition, bundle.rules, parsePeriod(period), own, { sums, target });
  const told: WarningView[] = warnings.map((it) => ({
    code: it.code,
    indicatorCode: code,
    message: warningText(it),
  }));
  const published = own.find(
    (value) => value.element === numeratorElement && value.period === period && value.publishedValue !== null,
  )?.publishedValue;
  if (
    published &&
    result.numerator !== null &&
    result.denominator !== null &&
    result.denominator !== '0' &&
    definition.multiplier !== null
  ) {
    if (
      explainPublished(result.numerator, result.denominator, definition.multiplier, published) ===
      'unexplained'
    ) {
      told.push({
        code: 'published_unexplained',
        indicatorCode: code,
        message: publishedUnexplained(published, result.coverage!),
      });
    }
  }
  return {
    code,
    name: definition.nameId,
    nameEn: definition.nameEn,
    program: definition.program,
    unit: definition.unit,
    direction: definition.direction,
    accumulation: definition.accumulation,
    annualTarget: target && target.month === null ? target.value : definition.annualTarget,
    ...result,
    ...(target && { targetSource: sourceOf(target) }),
    warnings: told,
  };
}

/** What facts and summaries carry of a result. */
export const judgedOf = (result: ResultView): JudgedIndicator => ({
  code: result.code,
  name: result.name,
  program: result.program,
  unit: result.unit,
  judgement: result.judgement,
  numerator: result.numerator,
  denominator: result.denominator,
  coverage: result.coverage,
  runningTarget: result.runningTarget,
  performance: result.performance,
});

/** Orders decimals with the same number of places exactly. */
function compareDecimals(a: string, b: string): number {
  const [x, y] = [BigInt(a.replace('.', '')), BigInt(b.replace('.', ''))];
  return x < y ? -1 : x > y ? 1 : 0;
}
