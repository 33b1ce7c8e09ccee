import { monthOf, type Period } from '@lokmin/calendar';

import { EvaluationError, exact, Fraction } from './exact.ts';
import type { IndicatorDefinition, Runs, Warning } from './indicator.ts';
import { monthsDue } from './standing.ts';

/** A target that was set beside the bundle: for a unit, a coaching group or the district, for the year or one month. */
export interface Target extends Runs {
  indicatorCode: string;
  unitId: string | null;
  coachingGroupId: string | null;
  /** 1-12: what is to be reached by the end of that month, as it is; null: for the whole year. */
  month: number | null;
  /** In the unit of the indicator. */
  value: string;
}

/** Whom a target concerns: a unit with its coaching groups, or the district itself, which has neither. */
export interface TargetedUnit {
  unitId: string | null;
  coachingGroupIds: readonly string[];
}

/**
 * The target that holds for one unit and period. What is set for a unit wins over what is set for its coaching group,
 * that over the district's, and that over the bundle's; of one of them the month wins over the year. In several coaching
 * groups with a target, the group with the lowest id decides, so that the answer does not depend on an order.
 * @returns null: that of the bundle
 * @source docs/decisions/0027
 */
export function targetFor<T extends Target>(
  targets: readonly T[],
  indicatorCode: string,
  { unitId, coachingGroupIds }: TargetedUnit,
  period: Period,
): T | null {
  const holds = (target: T) =>
    target.indicatorCode === indicatorCode &&
    (target.month === null || target.month === monthOf(period)) &&
    (target.unitId === null || target.unitId === unitId) &&
    (target.coachingGroupId === null || coachingGroupIds.includes(target.coachingGroupId));
  const scope = (target: T) => (target.unitId !== null ? 0 : target.coachingGroupId !== null ? 1 : 2);
  const group = (target: T) => target.coachingGroupId ?? '';
  const late = (target: T) => (target.month === null ? 1 : 0);
  const [best] = targets
    .filter(holds)
    .sort(
      (a, b) =>
        scope(a) - scope(b) || (group(a) < group(b) ? -1 : group(a) > group(b) ? 1 : late(a) - late(b)),
    );
  return best ?? null;
}

/**
 * What is due of the target by the end of the period. A target of the month is due as it is. Otherwise by the rule of
 * the target, that of the indicator, or its accumulation: cumulative: months / 12 of it, or rounds so far / rounds of the
 * year; the step is not rounded, so 80 a year is 60.00 in September. Monthly and snapshot: all of it. A ceiling on a rate
 * also holds whole from January, since both its parts grow together; see docs/decisions/0002.
 */
export function runningTarget(
  definition: IndicatorDefinition,
  period: Period,
  stated: Pick<Target, 'month' | 'value' | keyof Runs> | null,
): { value: Fraction | null; warnings: Warning[] } {
  const { direction, accumulation, activeMonths, multiplier } = definition;
  const text = stated?.value ?? definition.annualTarget;
  if (text === null || direction === 'info') return { value: null, warnings: [] };
  const target = exact(text);
  if (target.s < 0n || (target.n === 0n && direction === 'higher'))
    return { value: null, warnings: [{ code: 'target_unusable', target: text }] };
  const due = (value: Fraction) => ({ value, warnings: [] });
  const nothingDueBefore = (firstRound: number) => ({
    value: null,
    warnings: [{ code: 'no_round_yet' as const, firstRound }],
  });

  const month = monthOf(period);
  const { running, curve } = stated?.running ? stated : definition;
  if (stated && stated.month !== null) return due(target);
  if (running === 'curve') {
    const percents = curve!.map(exact);
    const percent = percents[month - 1]!;
    if (percent.n === 0n && direction === 'higher')
      return nothingDueBefore(percents.findIndex((each) => each.n > 0n) + 1);
    return due(target.mul(percent).div(100n));
  }
  if (running === 'flat') return due(target);
  const isRate = multiplier !== null;
  const runs = accumulation === 'cumulative' && !(direction === 'lower' && isRate);
  if (running === 'pro_rata' || (runs && activeMonths === null)) return due(target.mul(BigInt(month), 12n));
  if (!runs || activeMonths === null) return due(target);

  const roundsSoFar = monthsDue(definition, period).length;
  if (roundsSoFar === 0) return nothingDueBefore(Math.min(...activeMonths));
  return due(target.mul(BigInt(roundsSoFar), BigInt(activeMonths.length)));
}

/**
 * @throws EvaluationError `evaluation.curve` unless there is a curve exactly where the target runs by one, of twelve
 * percentages that never fall and end at 100
 */
export function checkRunning({ running, curve }: Runs, where: string): void {
  const percents = (curve ?? []).map(exact);
  const isCurve =
    percents.length === 12 &&
    percents.every((percent, i) => percent.s >= 0n && (i === 0 || percent.gte(percents[i - 1]!))) &&
    percents[11]!.equals(100);
  if (running === 'curve' ? isCurve : !curve) return;
  throw new EvaluationError(
    'evaluation.curve',
    `${where}: a curve is 12 percentages that never fall and end at 100`,
    { where, curve: (curve ?? []).join(' ') },
  );
}
