/**
 * The marks of an axis from 0 on: four to six of them, one, two or five of a power of ten apart, the last at or above
 * every figure. For drawing alone; the figures themselves stay decimals.
 * @param figures not negative; with none, or only zeros, the axis goes to 1
 */
export function axis(figures: readonly number[]): number[] {
  const most = Math.max(0, ...figures) || 1;
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999999) ?? 10);
  const marks = Math.ceil(most / step - 1e-9);
  return Array.from({ length: marks + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/**
 * Runs of positions that have a figure: a line is drawn through each, and none over a gap.
 * @param breakBefore true where a line must not come from the position before, though it has a figure
 */
export function segments<T>(
  items: readonly T[],
  has: (item: T) => boolean,
  breakBefore: (item: T, index: number) => boolean = () => false,
): number[][] {
  const found: number[][] = [];
  items.forEach((item, i) => {
    if (!has(item)) return;
    const last = found.at(-1);
    if (last?.at(-1) === i - 1 && !breakBefore(item, i)) last.push(i);
    else found.push([i]);
  });
  return found;
}
