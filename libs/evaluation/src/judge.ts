import type { Period } from '@lokmin/calendar';

import { allDigits, exact, Fraction, halfUp } from './exact.ts';
import {
  JUDGEMENTS,
  type IndicatorDefinition,
  type Judged,
  type Judgement,
  type Reported,
  type Result,
  type Rules,
  type Warning,
} from './indicator.ts';
import { NO_SUMS, type Sums } from './formula.ts';
import { standingValues, type Standing } from './standing.ts';
import { runningTarget, type Target } from './target.ts';

/** What is known of an indicator beside its definition. */
export interface Given {
  /** Elements that are sums; left out: none is. */
  sums?: Sums;
  /** The target that was set for the unit and period; null: that of the definition. */
  target?: Pick<Target, 'month' | 'value' | 'running' | 'curve'> | null;
}

/**
 * Judges one indicator of one unit at one period. Exact until the end, rounded once for show; the judgement is made on
 * the exact, uncapped performance. Missing data, a zero denominator and *not applicable* are *tanpa data* (with their
 * own `coverageState`), also when there is no target; a reported 0 is a value.
 *
 * @param values of one unit; other elements, years and later periods are ignored, the order does not matter
 * @throws EvaluationError `evaluation.value-twice`, `evaluation.not-a-decimal`
 * @source docs/decisions/0001 (bands), 0002 (ceilings)
 */
export function judge(
  definition: IndicatorDefinition,
  rules: Rules,
  period: Period,
  values: readonly Reported[],
  { sums = NO_SUMS, target = null }: Given = {},
): Result {
  const standing = standingValues(definition, period, values, sums);
  const { monthsReported, monthsExpected } = standing;
  const judged = conclude(definition, rules, period, standing, target);
  const registered = registeredOf(definition, period, values, sums, standing.numerator);
  return { ...judged, ...(registered && { registered }), monthsReported, monthsExpected };
}

/** The same numerator over the registered target group, for comparison; null where either is not known. */
function registeredOf(
  definition: IndicatorDefinition,
  period: Period,
  values: readonly Reported[],
  sums: Sums,
  numerator: Fraction | null,
): NonNullable<Judged['registered']> | null {
  const { registeredElement, multiplier } = definition;
  if (!registeredElement || multiplier === null || numerator === null) return null;
  const { denominator } = standingValues(
    { ...definition, denominatorElement: registeredElement },
    period,
    values,
    sums,
  );
  if (denominator === null || denominator.n === 0n) return null;
  return {
    denominator: allDigits(denominator),
    coverage: halfUp(numerator.div(denominator).mul(exact(multiplier)), 2),
  };
}

/** What a district needs of each unit that should report: a whole `Result` will do, and so will a stored row. */
export type UnitParts = Pick<Judged, 'numerator' | 'denominator' | 'coverageState'>;

/** One indicator of a district, from its units. */
export interface Aggregate extends Judged {
  /** Units whose parts are in the sums. */
  unitsReporting: number;
  /** Units to which the indicator applies. */
  unitsExpected: number;
}

/**
 * The district: numerators and denominators are added, then divided; percentages are never averaged. A unit that lacks
 * one part is left out with both and shows as not reporting, so that no numerator meets a foreign denominator. A unit
 * that reported a zero denominator did report, and its numerator counts.
 *
 * @param target that was set for the district; null: that of the definition
 * @param units one entry for every unit that should report, silent ones as `missing`
 * @source Profil Kesehatan Belitung Timur 2024: K1 of the district, 1,731 / 2,254 = 76.80
 */
export function aggregate(
  definition: IndicatorDefinition,
  rules: Rules,
  period: Period,
  units: UnitParts[],
  target: Given['target'] = null,
): Aggregate {
  const expected = units.filter((unit) => unit.coverageState !== 'not_applicable');
  const reporting = expected.filter((unit) => unit.coverageState !== 'missing');
  const add = (values: (string | null)[]) =>
    values.reduce((total, value) => total.add(exact(value ?? '0')), new Fraction(0n));
  const isCount = definition.multiplier === null;
  const judged = conclude(
    definition,
    rules,
    period,
    {
      numerator: reporting.length === 0 ? null : add(reporting.map((unit) => unit.numerator)),
      denominator: reporting.length === 0 || isCount ? null : add(reporting.map((unit) => unit.denominator)),
      notApplicable: units.length > 0 && expected.length === 0,
      warnings: [],
    },
    target,
  );
  return { ...judged, unitsReporting: reporting.length, unitsExpected: expected.length };
}

/** How many results carry each judgement; judgements that do not occur count 0. */
export function tally(results: Pick<Judged, 'judgement'>[]): Record<Judgement, number> {
  const counts = Object.fromEntries(JUDGEMENTS.map((judgement) => [judgement, 0])) as Record<
    Judgement,
    number
  >;
  for (const { judgement } of results) counts[judgement] += 1;
  return counts;
}

function conclude(
  definition: IndicatorDefinition,
  rules: Rules,
  period: Period,
  standing: Pick<Standing, 'numerator' | 'denominator' | 'notApplicable' | 'warnings'>,
  stated: NonNullable<Given['target']> | null,
): Judged {
  const { numerator, denominator } = standing;
  const warnings = [...standing.warnings, ...partWarnings(definition, numerator, denominator)];
  const target = runningTarget(definition, period, stated);
  warnings.push(...target.warnings);

  const judged: Judged = {
    numerator: numerator && allDigits(numerator),
    denominator: denominator && allDigits(denominator),
    coverage: null,
    coverageState: 'missing',
    runningTarget: target.value && halfUp(target.value, 2),
    performance: null,
    performanceCapped: null,
    judgement: 'tanpa_data',
    warnings,
  };
  if (standing.notApplicable) return { ...judged, coverageState: 'not_applicable' };
  if (numerator === null || (definition.multiplier !== null && denominator === null)) return judged;
  if (denominator?.n === 0n) return { ...judged, coverageState: 'zero_denominator' };

  const coverage =
    definition.multiplier === null || denominator === null
      ? numerator
      : numerator.div(denominator).mul(exact(definition.multiplier));
  judged.coverage = halfUp(coverage, 2);
  judged.coverageState = 'value';
  if (target.value === null) return { ...judged, judgement: 'tanpa_target' };

  const performance = performanceOf(definition, rules, coverage, target.value);
  judged.performance = halfUp(performance, 2);
  judged.performanceCapped = halfUp(performance.gt(100n) ? new Fraction(100n) : performance, 2);
  judged.judgement = bandOf(performance, rules);
  return judged;
}

/**
 * The exact performance of a result that was kept rounded, for what is computed from it: scores round once, at their end.
 * When the target has changed since (a frozen result keeps the one that it was judged by), it is what was kept.
 * @returns percent of the running target, not capped; null when the result is not judged
 */
export function performanceBehind(
  definition: IndicatorDefinition,
  rules: Rules,
  period: Period,
  { numerator, denominator, performance }: Pick<Judged, 'numerator' | 'denominator' | 'performance'>,
  stated: Given['target'] = null,
): Fraction | null {
  if (performance === null || numerator === null) return performance === null ? null : exact(performance);
  const { value: target } = runningTarget(definition, period, stated);
  const { multiplier } = definition;
  const coverage =
    multiplier === null || denominator === null
      ? exact(numerator)
      : exact(numerator).div(exact(denominator)).mul(exact(multiplier));
  const exactly = target && performanceOf(definition, rules, coverage, target);
  return exactly && halfUp(exactly, 2) === performance ? exactly : exact(performance);
}

function bandOf(performance: Fraction, { bands }: Rules): Judgement {
  if (performance.lte(exact(bands.kurangAtMost))) return 'kurang';
  return performance.gte(exact(bands.baikFrom)) ? 'baik' : 'cukup';
}

/** Percent of the target, exact. A target of 0 is met by 0 alone: anything above it scores 0 in both formulas. */
function performanceOf(
  definition: IndicatorDefinition,
  rules: Rules,
  actual: Fraction,
  target: Fraction,
): Fraction {
  if (definition.direction === 'higher') return actual.div(target).mul(100n);
  if (target.n === 0n) return new Fraction(actual.n === 0n ? 100n : 0n);
  if (rules.lowerIsBetter === 'linear') return new Fraction(2n).sub(actual.div(target)).mul(100n);
  return actual.lte(target) ? new Fraction(100n) : target.div(actual).mul(100n);
}

function partWarnings(
  definition: IndicatorDefinition,
  numerator: Fraction | null,
  denominator: Fraction | null,
): Warning[] {
  const warnings: Warning[] = [];
  if (denominator?.n === 0n) warnings.push({ code: 'zero_denominator' });
  // With multiplier 1 the parts are scores (an index, a mean): fractions and a numerator above are normal there.
  if (definition.multiplier === '1') return warnings;
  if (numerator && denominator && denominator.n !== 0n && numerator.gt(denominator)) {
    warnings.push({ code: 'numerator_above_denominator', excess: allDigits(numerator.sub(denominator)) });
  }
  for (const [part, value] of [
    ['numerator', numerator],
    ['denominator', denominator],
  ] as const) {
    if (value && value.d !== 1n) warnings.push({ code: 'not_integer', part, value: allDigits(value) });
  }
  return warnings;
}
