/** Figures of a run and how they are shown. */

/** The middle of some values; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}

/** The value below which a share (0 to 1) of the values lies, by nearest rank. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)]!;

/** Four figures at most, thousands apart: `16,800`, `412`, `8.3`. */
export function show(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const rounded = value >= 10_000 ? Math.round(value / 100) * 100 : Number(value.toFixed(digits));
  return rounded.toLocaleString('en');
}

/** `412 (398-430)`: the median of several rounds, the least and the most. */
export const showRounds = (values: readonly number[]): string =>
  values.length === 1
    ? show(values[0]!)
    : `${show(median(values))} (${show(Math.min(...values))}-${show(Math.max(...values))})`;

/** `0.82 (0.79-0.88)`: the ratio of the medians; least and most are ratios within one round. */
export function showRatio(values: readonly number[], of: readonly number[]): string {
  const within = values.map((value, i) => value / of[i]!);
  const two = (value: number) => value.toFixed(value < 0.1 ? 3 : 2);
  return `${two(median(values) / median(of))} (${two(Math.min(...within))}-${two(Math.max(...within))})`;
}

export interface Table {
  readonly title: string;
  /** How it was measured, one paragraph. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table as Markdown whose columns also line up as plain text. */
export function asText({ title, about, columns, rows }: Table): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`### ${title}`, '', about, '', line(columns), rule, ...rows.map(line)].join('\n');
}

/** What one part of the run gives: tables for people, aims, and the figures behind them. */
export interface Outcome {
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
  readonly figures: Record<string, unknown>;
}
export interface Aim {
  readonly aim: string;
  readonly measured: string;
  readonly holds: boolean;
}
