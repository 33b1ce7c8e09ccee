declare const periodBrand: unique symbol;

/** One calendar month, `YYYY-MM`, such as `2024-12`. Periods sort and compare as plain strings. */
export type Period = string & { readonly [periodBrand]: true };

export function isPeriod(text: string): text is Period {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

/** @throws RangeError when `text` is not `YYYY-MM` */
export function parsePeriod(text: string): Period {
  if (!isPeriod(text)) throw new RangeError(`Not a period (YYYY-MM): ${JSON.stringify(text)}`);
  return text;
}

/** @throws RangeError when the month is not 1-12 or the year not 0-9999 */
export function periodOf(year: number, month: number): Period {
  return parsePeriod(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`);
}

export function yearOf(period: Period): number {
  return digitsOf(period, 0) * 100 + digitsOf(period, 2);
}

/** 1 (January) to 12. */
export function monthOf(period: Period): number {
  return digitsOf(period, 5);
}

/** Two digits as a number: a million periods are read while a file is imported. */
const digitsOf = (period: Period, at: number): number =>
  (period.charCodeAt(at) - 48) * 10 + period.charCodeAt(at + 1) - 48;

/**
 * @param months may be negative
 * @throws RangeError beyond the years 0-9999
 */
export function addMonths(period: Period, months: number): Period {
  const count = yearOf(period) * 12 + monthOf(period) - 1 + months;
  return periodOf(Math.floor(count / 12), (count % 12) + 1);
}

/** January of the same year up to and including this period, in order. */
export function monthsThrough(period: Period): Period[] {
  return Array.from({ length: monthOf(period) }, (_, index) => periodOf(yearOf(period), index + 1));
}
