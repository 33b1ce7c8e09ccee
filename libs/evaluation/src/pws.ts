import { addMonths, yearOf, type Period } from '@lokmin/calendar';

import { allDigits, exact, Fraction, halfUp } from './exact.ts';
import { NO_SUMS, type Sums } from './formula.ts';
import type { IndicatorDefinition, Judged, Reported, Rules } from './indicator.ts';
import { judge, type Given } from './judge.ts';
import { standingValues } from './standing.ts';
import { runningTarget } from './target.ts';

/** Of a village in the local area monitoring (*pemantauan wilayah setempat*). Not the judgements of the PKP. */
export type PwsStatus = 'baik' | 'kurang' | 'cukup' | 'jelek';
export const PWS_STATUSES: readonly PwsStatus[] = ['baik', 'cukup', 'kurang', 'jelek'];

/** What this month's own coverage did against last month's. */
export type PwsArrow = 'up' | 'level' | 'down';

/** Why a village has no status, the first that holds. */
export const PWS_REASONS = [
  /** The indicator is a count, only for information, or one of which less is better. */
  'not_measured',
  /** The service happens in rounds, so that a month has no month before it to be compared with. */
  'in_rounds',
  /** The service does not exist in the village. */
  'not_applicable',
  /** No target, or nothing of it is due yet. */
  'no_target',
  /** The village reported nothing in this year. */
  'no_data',
  /** Nobody said how many there are to be reached. */
  'no_target_group',
  /** There is nobody to be reached. */
  'zero_target_group',
  /** Earlier months stand, but what this month added is not known. */
  'month_missing',
  'last_month_missing',
] as const;
export type PwsReason = (typeof PWS_REASONS)[number];

/**
 * The status of a village by two questions: has the cumulative coverage reached the running target, and did this month's
 * own coverage not fall behind that of the month before? Exactly on the target is reached, equal counts as up. Mind the
 * names: above the target but falling is *kurang*, below it but rising is *cukup*.
 *
 * | | up or equal | down |
 * |---|---|---|
 * | target reached | baik | kurang |
 * | below the target | cukup | jelek |
 *
 * @param of all four in the unit of the indicator, exact, before rounding
 * @source PWS-KIA; worked examples in docs/indicators.md
 */
export function pwsStatus(of: {
  coverage: Fraction;
  runningTarget: Fraction;
  ofMonth: Fraction;
  ofLastMonth: Fraction;
}): PwsStatus {
  const reached = of.coverage.gte(of.runningTarget);
  const falling = of.ofMonth.lt(of.ofLastMonth);
  if (reached) return falling ? 'kurang' : 'baik';
  return falling ? 'jelek' : 'cukup';
}

/** Whether an indicator can have a status of villages: more is better, with a denominator, and served every month. */
export const hasPws = (
  definition: Pick<IndicatorDefinition, 'direction' | 'multiplier' | 'activeMonths'>,
): boolean =>
  definition.direction === 'higher' && definition.multiplier !== null && definition.activeMonths === null;

/** One indicator of one village in one month. */
export interface PwsResult extends Pick<
  Judged,
  'numerator' | 'denominator' | 'coverage' | 'coverageState' | 'runningTarget'
> {
  /** What the month itself added (cumulative) or had; exact decimal string. */
  numeratorOfMonth: string | null;
  /** This month's own coverage, half up to 2 decimals; below zero when a year-to-date figure was mended downwards. */
  ofMonth: string | null;
  /** That of the month before, likewise. */
  ofLastMonth: string | null;
  arrow: PwsArrow | null;
  status: PwsStatus | null;
  /** null exactly when there is a status. */
  reason: PwsReason | null;
}

/** What was said about a village, and how that year measured it. */
export interface PwsYear {
  definition: IndicatorDefinition;
  values: readonly Reported[];
  sums?: Sums;
}

/**
 * The local area monitoring of one village. Missing is not zero: whoever lacks one of the four figures has no status and
 * is told why. January is compared with December of the year before, each month's own coverage being of the target group
 * of its own year; within a year both months are of the target group that stands now.
 *
 * @param year values of one village; its target is that of the puskesmas
 * @param lastYear needed for January alone; null: it is not known or did not have the indicator
 * @throws EvaluationError `evaluation.value-twice`, `evaluation.not-a-decimal`
 */
export function pws(
  year: PwsYear,
  rules: Rules,
  period: Period,
  lastYear: PwsYear | null = null,
  target: Given['target'] = null,
): PwsResult {
  const { definition, values, sums = NO_SUMS } = year;
  const { numerator, denominator, coverage, coverageState, runningTarget } = judge(
    definition,
    rules,
    period,
    values,
    { sums, target },
  );
  const now = ofMonth(year, period);
  const previous = addMonths(period, -1);
  const inYear = yearOf(previous) === yearOf(period);
  const beforeYear = inYear ? year : lastYear;
  const before = beforeYear && ofMonth(beforeYear, previous);
  const group = definition.accumulation === 'cumulative' ? standing(year, period).denominator : undefined;
  const own = now && shareOf(now, definition, group);
  const last = before && shareOf(before, beforeYear.definition, inYear ? group : undefined);
  const reason = reasonOf(year, period, target, own, last);
  const order = own && last ? own.compare(last) : null;
  return {
    numerator,
    denominator,
    coverage,
    coverageState,
    runningTarget,
    numeratorOfMonth: now && allDigits(now.numerator),
    ofMonth: own && halfUp(own, 2),
    ofLastMonth: last && halfUp(last, 2),
    arrow: order === null ? null : order > 0 ? 'up' : order < 0 ? 'down' : 'level',
    reason,
    status:
      reason === null
        ? pwsStatus({
            coverage: cumulativeOf(year, period)!,
            runningTarget: due(definition, period, target)!,
            ofMonth: own!,
            ofLastMonth: last!,
          })
        : null,
  };
}

/**
 * From the village with the highest coverage to that with the lowest, those without a figure last; equal ones in the order
 * in which they came.
 */
export const pwsOrder = <V extends { result: PwsResult }>(villages: readonly V[]): V[] =>
  villages.toSorted(({ result: a }, { result: b }) => {
    if (a.coverage === null || b.coverage === null)
      return Number(a.coverage === null) - Number(b.coverage === null);
    return shareIn(b).compare(shareIn(a));
  });

/** The exact sum of counts that are known; null when none is. Missing counts stay missing: the sum is of the others alone. */
export function pwsSum(counts: readonly (string | null)[]): string | null {
  const known = counts.filter((count) => count !== null).map(exact);
  return known.length === 0 ? null : allDigits(known.reduce((sum, count) => sum.add(count)));
}

/** Coverage before rounding, but for the multiplier, which all have in common. */
const shareIn = ({ numerator, denominator }: PwsResult) =>
  denominator === null ? exact(numerator!) : exact(numerator!).div(exact(denominator));

const standing = ({ definition, values, sums }: PwsYear, period: Period) =>
  standingValues(definition, period, values, sums);

const due = (definition: IndicatorDefinition, period: Period, target: Given['target']) =>
  runningTarget(definition, period, target ?? null).value;

function cumulativeOf(year: PwsYear, period: Period): Fraction | null {
  const { numerator, denominator } = standing(year, period);
  if (numerator === null || !denominator || denominator.n === 0n) return null;
  return numerator.div(denominator).mul(exact(year.definition.multiplier!));
}

function reasonOf(
  year: PwsYear,
  period: Period,
  target: Given['target'],
  own: Fraction | null,
  last: Fraction | null,
): PwsReason | null {
  const { definition } = year;
  if (!hasPws(definition))
    return definition.direction === 'higher' && definition.multiplier !== null ? 'in_rounds' : 'not_measured';
  const { numerator, denominator, notApplicable } = standing(year, period);
  if (notApplicable) return 'not_applicable';
  if (due(definition, period, target) === null) return 'no_target';
  if (numerator === null) return 'no_data';
  if (denominator === null) return 'no_target_group';
  if (denominator.n === 0n) return 'zero_target_group';
  if (own === null) return 'month_missing';
  return last === null ? 'last_month_missing' : null;
}

interface Parts {
  numerator: Fraction;
  denominator: Fraction | null;
}

/** What a month itself had; null when that cannot be told. */
function ofMonth(year: PwsYear, period: Period): Parts | null {
  const now = standing(year, period);
  if (now.notApplicable || now.numerator === null) return null;
  if (year.definition.accumulation !== 'cumulative') {
    const carried = now.warnings.some(
      ({ code }) => code === 'state_of_earlier_period' || code === 'year_to_date_stands_in',
    );
    return carried ? null : { numerator: now.numerator, denominator: now.denominator };
  }
  const previous = addMonths(period, -1);
  const before =
    yearOf(previous) === yearOf(period)
      ? standing(year, previous)
      : { numerator: new Fraction(0n), monthsReported: 0, monthsExpected: 0 };
  // Exactly one more month was due, and it was reported.
  if (now.monthsExpected - before.monthsExpected !== 1 || now.monthsReported - before.monthsReported !== 1)
    return null;
  return {
    numerator: now.numerator.sub(before.numerator ?? new Fraction(0n)),
    denominator: now.denominator,
  };
}

/** @param group in place of the month's own denominator */
function shareOf(
  { numerator, denominator }: Parts,
  { multiplier }: IndicatorDefinition,
  group: Fraction | null = denominator,
): Fraction | null {
  if (multiplier === null || group === null || group.n === 0n) return null;
  return numerator.div(group).mul(exact(multiplier));
}
