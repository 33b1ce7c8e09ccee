import type { Period } from '@lokmin/calendar';
import { targetFor } from '@lokmin/evaluation';
import type { Bundle } from './bundle.entity.ts';
import { SetTarget } from './target.entity.ts';

/** What the puskesmas of a district are judged by in one year: the bundle, and the targets that were set beside it. */
export interface Yardstick {
  readonly bundle: Bundle;
  /** The target that holds for a unit (null: the district itself) in a period; null: that of the bundle. */
  target(unitId: string | null, code: string, period: Period): SetTarget | null;
}

/** @param targets of the bundle's district and year, none of them withdrawn */
export function yardstick(bundle: Bundle, targets: readonly SetTarget[]): Yardstick {
  const byIndicator = Map.groupBy(
    targets.map((set) => ({
      set,
      indicatorCode: set.indicatorCode,
      unitId: set.scope === 'unit' ? set.forId : null,
      coachingGroupId: set.scope === 'coaching_group' ? set.forId : null,
      month: set.month,
      value: set.value,
      running: set.running,
      curve: set.curve,
    })),
    ({ indicatorCode }) => indicatorCode,
  );
  return {
    bundle,
    target: (unitId, code, period) => {
      const candidates = byIndicator.get(code);
      if (!candidates) return null;
      const coachingGroupIds = candidates.flatMap(({ set, coachingGroupId }) =>
        coachingGroupId !== null && unitId !== null && set.unitIds?.includes(unitId) ? coachingGroupId : [],
      );
      return targetFor(candidates, code, { unitId, coachingGroupIds }, period)?.set ?? null;
    },
  };
}

/** Where the target of a result comes from, as it is kept with it. */
export const sourceOf = ({ scope, source, approvedBy, approvedOn }: SetTarget) => ({
  scope,
  source,
  approvedBy,
  approvedOn,
});
