import type { RowProblem } from './files/row.ts';

/** The file cannot be imported: what is wrong by row and column, and nothing was saved. */
export class RowsRefused extends Error {
  constructor(
    readonly problems: readonly RowProblem[],
    /** Reading ended at a bound; what follows in the file was not looked at. */
    readonly more: boolean,
  ) {
    super(`${problems.length} things are wrong with the file`);
  }
}
