/** A figure as the services give it, `76.80`: exact, never through a float where that would change it. */
export interface Exact {
  readonly exact: string;
}
/** Words, or a figure; null: nothing stands there. What is missing says why in words. */
export type Cell = string | Exact | null;
export interface Table {
  /** Name of the sheet and of the file, without its ending. */
  readonly name: string;
  /** What it is, what was chosen, and as of when: name and value. */
  readonly about: readonly (readonly [string, string])[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What the words of the head mean. */
  readonly definitions: readonly (readonly [string, string])[];
}

/** Null stays null: what is missing is never a zero. */
export const exact = (value: string | number | null | undefined): Exact | null =>
  value === null || value === undefined ? null : { exact: String(value) };

const isExact = (cell: Cell): cell is Exact => typeof cell === 'object' && cell !== null;

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = isExact(cell) ? cell.exact.replace('.', ',') : harmless(cell);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As the spreadsheets of Indonesian offices read it: UTF-8 with byte order mark, semicolons, decimal comma; the table alone. */
export const writeCsv = ({ head, rows }: Table): string =>
  `\uFEFF${[head, ...rows].map((row) => `${row.map(csvCell).join(';')}\r\n`).join('')}`;

const plain = (decimal: string): string =>
  decimal
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** A figure as a number with its digits shown, where a number of the spreadsheet holds it exactly; else as text. */
function xlsxCell(cell: Cell) {
  if (!isExact(cell)) return cell;
  const { exact: text } = cell;
  const number = Number(text);
  if (plain(text) !== String(number)) return text;
  const decimals = text.split('.')[1]?.length ?? 0;
  return { value: number, format: decimals > 0 ? `0.${'0'.repeat(decimals)}` : '0' };
}

/** The sheets of a workbook: the table under what it is about, and the meaning of its words. */
export function sheetsOf(table: Table, definitionsName: string) {
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
  const { about, head, rows, definitions, name } = table;
  return [
    {
      sheet: name.slice(0, 31),
      stickyRowsCount: about.length + 2,
      columns: head.map((_, i) => ({ width: i === 0 ? 28 : 18 })),
      data: [...about.map((line) => [...line]), [], head.map(bold), ...rows.map((row) => row.map(xlsxCell))],
    },
    {
      sheet: definitionsName,
      columns: [{ width: 28 }, { width: 90 }],
      data: definitions.map(([word, meaning]) => [bold(word), meaning]),
    },
  ];
}

/** The workbook; its writer is fetched when it is first needed. */
export async function writeXlsx(table: Table, definitionsName: string): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  return write(sheetsOf(table, definitionsName)).toBlob();
}
