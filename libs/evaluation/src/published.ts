import { allDigits, exact } from './exact.ts';

/**
 * Does a printed percentage follow from its printed counts? Tables often print a target group rounded to whole people
 * while the percentage was made from the unrounded one. So a value is *explained* when some denominator within half a
 * unit (of the last printed digit) of the printed one gives it.
 *
 * @param published half up to 2 decimals; trailing zeros may be dropped, as tables do
 * @throws EvaluationError `evaluation.not-a-decimal`
 * @source Profil Kesehatan Belitung Timur 2024: 29 rows differ from their counts by a rounded denominator and are
 *   explained; the 7 rows of the tuberculosis success rate, copied from another column, are not
 */
export function explainPublished(
  numerator: string,
  denominator: string,
  multiplier: string,
  published: string,
): 'explained' | 'unexplained' {
  const product = exact(numerator).mul(exact(multiplier));
  const printed = exact(denominator);
  const halfUnit = exact(`0.${'0'.repeat(decimalsOf(denominator))}5`);
  const [least, most] = [printed.sub(halfUnit), printed.add(halfUnit)];

  // The value falls as the denominator grows, so the two ends bound it; a printed 0 can be as near zero as it likes.
  const lowest = product.div(most);
  const highest = least.gt(0n) ? product.div(least) : null;
  const printedFrom = exact(published).sub(exact('0.005'));
  const printedBelow = exact(published).add(exact('0.005'));
  const reaches = highest === null ? product.n !== 0n || printedFrom.lte(0n) : highest.gte(printedFrom);
  return reaches && lowest.lt(printedBelow) ? 'explained' : 'unexplained';
}

/** Decimals that carry a digit: `693.00` out of a database column is the whole number 693. */
function decimalsOf(decimal: string): number {
  return allDigits(exact(decimal)).split('.')[1]?.length ?? 0;
}
