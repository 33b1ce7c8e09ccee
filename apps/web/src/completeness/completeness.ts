export interface Month {
  readonly timeliness: 'NOT_EXPECTED' | 'RUNNING' | 'ON_TIME' | 'SUBMITTED' | 'LATE' | 'MISSING';
  readonly expected: number;
  readonly reported: number;
}

/** Whole percent of what is expected that was reported, rounded down: 100 is all of it; null where nothing is expected. */
export const percentReported = ({ expected, reported }: Month): number | null =>
  expected === 0 ? null : Math.floor((reported / expected) * 100);

/** Of one month across the puskesmas: how many submitted, and in time, of those of whom it was expected. */
export function reporting(months: readonly Month[]): { expected: number; submitted: number; onTime: number } {
  const expected = months.filter(({ timeliness }) => timeliness !== 'NOT_EXPECTED');
  const count = (...which: Month['timeliness'][]) =>
    expected.filter(({ timeliness }) => which.includes(timeliness)).length;
  return {
    expected: expected.length,
    submitted: count('ON_TIME', 'SUBMITTED', 'LATE'),
    onTime: count('ON_TIME'),
  };
}

/** How dark a cell is: of four steps, 0 for nothing reported. */
export const shadeOf = (percent: number): 0 | 1 | 2 | 3 =>
  percent === 0 ? 0 : percent < 50 ? 1 : percent < 100 ? 2 : 3;
