export { EvaluationError } from './exact.ts';
export * from './indicator.ts';
export * from './formula.ts';
export {
  aggregate,
  judge,
  performanceBehind,
  tally,
  type Aggregate,
  type Given,
  type UnitParts,
} from './judge.ts';
export { isSmallCount } from './small.ts';
export { explainPublished } from './published.ts';
export { rank } from './rank.ts';
export { checkRunning, targetFor, type Target, type TargetedUnit } from './target.ts';
export {
  LEAST_OBSERVED,
  RUN_LENGTH,
  SMALL_DENOMINATOR,
  trend,
  type Measure,
  type Run,
  type Trend,
  type TrendMonth,
  type TrendPoint,
} from './trend.ts';
export {
  PWS_REASONS,
  PWS_STATUSES,
  hasPws,
  pws,
  pwsOrder,
  pwsStatus,
  pwsSum,
  type PwsArrow,
  type PwsReason,
  type PwsResult,
  type PwsStatus,
  type PwsYear,
} from './pws.ts';
export * from './quality.ts';
export { findingText } from './finding-text.ts';
export * from './composite.ts';
