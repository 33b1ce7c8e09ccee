export { EvaluationError } from './exact.ts';
export * from './indicator.ts';
export { aggregate, judge, tally, type Aggregate, type UnitParts } from './judge.ts';
export { isSmallCount } from './small.ts';
export { explainPublished } from './published.ts';
export { rank } from './rank.ts';
