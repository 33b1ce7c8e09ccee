import type { Text } from '@lokmin/contracts';

/** What stands in a cell: text as somebody typed it, or a number that the format itself gives exactly. */
export type Cell = string | { readonly exact: string };

/** Where a row stands in the user's own file. */
export interface Place {
  /** Name of the sheet; null in a file that has none. */
  readonly sheet: string | null;
  /** Line of a text file or row of a sheet, from 1. */
  readonly row: number;
}

/**
 * One row of a file with its place, its cells under the names of `import.rules.ts`. A cell that is not there says nothing;
 * an empty one says that nothing was reported.
 */
export interface FileRow {
  readonly place: Place;
  readonly cells: Readonly<Record<string, Cell>>;
  /** What the file itself calls a column, where it has a name of its own for it. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Something that is wrong with a file, at its place. */
export interface RowProblem extends Place {
  readonly column: string | null;
  readonly value: string | null;
  readonly message: Text;
}

/** A file that can be read as values: everything after this is one path, whatever the format. */
export interface ValuesFile {
  readonly format: 'csv' | 'xlsx' | 'dhis2-json' | 'dhis2-csv';
  /**
   * Every row in order. What is wrong with the shape of a row or of the header goes to `wrong`, what is odd to `odd`.
   * @throws Refusal `import.unreadable`
   */
  rows(
    wrong: (problem: RowProblem) => void,
    odd: (place: Place, code: string, message: Text) => void,
  ): AsyncIterable<readonly FileRow[]>;
}

/** The text of a cell, without the spaces around it. */
export const textOf = (cell: Cell | undefined): string =>
  cell === undefined ? '' : typeof cell === 'string' ? cell.trim() : cell.exact;
