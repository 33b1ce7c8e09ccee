import { exact } from './exact.ts';

/**
 * Places of units by a figure, the greatest first: 1, 2, 2, 4. Equal figures share a place.
 * @param figures decimals as they are shown; null where there is none: that unit has no place and counts for nobody else's
 * @throws EvaluationError `evaluation.not-a-decimal`
 */
export function rank(figures: readonly (string | null)[]): (number | null)[] {
  const known = figures.map((figure) => (figure === null ? null : exact(figure)));
  return known.map(
    (own) => own && 1 + known.filter((other) => other !== null && other.compare(own) > 0).length,
  );
}
