import Fraction from 'fraction.js';

export { default as Fraction } from 'fraction.js';

/** A mistake of the caller that the engine refuses, with a code from a closed list. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';

  constructor(
    readonly code:
      'evaluation.not-a-decimal' | 'evaluation.bands-overlap' | 'evaluation.curve' | 'evaluation.value-twice',
    message: string,
    readonly details: Record<string, string>,
  ) {
    super(message);
  }
}

/**
 * An exact fraction from a decimal number of any length. Stricter than fraction.js, which takes `1_000`, `3/4`, `0.(3)`
 * and a missing value (as 0) too.
 * @throws EvaluationError `evaluation.not-a-decimal`
 */
export function exact(decimal: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) {
    throw new EvaluationError(
      'evaluation.not-a-decimal',
      `Not a decimal number: ${JSON.stringify(decimal)}`,
      {
        value: String(decimal),
      },
    );
  }
  const [, sign, whole = '', decimals = ''] = match;
  return new Fraction(BigInt(sign + whole + decimals), 10n ** BigInt(decimals.length));
}

/**
 * Half up as schools, PostgreSQL and spreadsheets do it: a half moves away from zero. (fraction.js moves a negative half
 * towards zero.)
 * @returns exactly `places` decimals, such as `79.51`; never `-0.00`
 */
export function halfUp(value: Fraction, places: number): string {
  const scaled = value.n * 10n ** BigInt(places);
  const rounded = (2n * scaled + value.d) / (2n * value.d);
  const digits = rounded.toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return value.s < 0n && rounded !== 0n ? `-${text}` : text;
}

/** All digits of a fraction that came from decimals by adding and subtracting: finite, without trailing zeros. */
export function allDigits(value: Fraction): string {
  let places = 0;
  for (let unit = 1n; unit % value.d !== 0n; unit *= 10n) places += 1;
  return halfUp(value, places);
}
