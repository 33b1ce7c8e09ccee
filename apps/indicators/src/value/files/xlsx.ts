import { Refusal } from '@lokmin/contracts';
import { checkHeader, columnOf, isHeader } from '../import.rules.ts';
import { textOf, type Cell, type FileRow, type ValuesFile } from './row.ts';
import { columnLetters, readWorkbook, type SheetOfCells } from './workbook.ts';

/** The header stands in one of the first rows, under whatever titles there are. */
const HEADER_WITHIN = 30;
/** The sheet of templates and exports that is for people alone. */
export const NOTES = 'Petunjuk';

/**
 * Opens a workbook with one row for each indicator of a puskesmas: every visible sheet that has such a header. In a workbook an
 * empty cell says nothing, since a template is filled in part; a dash says that nothing was reported.
 * @throws Refusal `import.unreadable`
 */
export async function openXlsx(path: string): Promise<ValuesFile> {
  const sheets = await readWorkbook(path);
  const tables = sheets.map((sheet) => ({ sheet, header: headerOf(sheet) }));
  return {
    format: 'xlsx',
    async *rows(wrong, odd) {
      if (tables.every(({ header }) => header === null)) {
        const names = sheets.map(({ name }) => name).join(', ');
        throw new Refusal('import.unreadable', {
          reason: `tidak ada baris judul dengan kode puskesmas, kode indikator, pembilang dan penyebut di lembar ${names} / no header with these columns in the sheets ${names}`,
        });
      }
      for (const { sheet, header } of tables) {
        const { name } = sheet;
        if (header === null) {
          if (name !== NOTES && sheet.rows.length > 0)
            odd({ sheet: name, row: 1 }, 'sheet_passed_over', {
              id: `Lembar ${name} tidak dibaca: tidak ada baris judul dengan kolom yang wajib.`,
              en: `The sheet ${name} was not read: it has no header with the necessary columns.`,
            });
          continue;
        }
        const { row, columns, named } = header;
        const problems = checkHeader([...columns.values()]);
        for (const problem of problems)
          wrong({
            sheet: name,
            row: row + 1,
            ...problem,
            column: problem.column && (named[problem.column] ?? problem.column),
          });
        if (problems.length === 0) yield rowsUnder(sheet, row, columns, named);
      }
    },
  };
}

interface Header {
  readonly row: number;
  /** Names of `import.rules.ts` by the number of the column. */
  readonly columns: ReadonlyMap<number, string>;
  readonly named: Readonly<Record<string, string>>;
}

function headerOf({ rows }: SheetOfCells): Header | null {
  for (const [row, cells] of rows.slice(0, HEADER_WITHIN).entries()) {
    const columns = new Map<number, string>();
    const named: Record<string, string> = {};
    cells.forEach((cell, i) => {
      if (cell === null) return;
      const name = columnOf(textOf(cell));
      columns.set(i, name);
      named[name] = `${textOf(cell)} (${columnLetters(i)})`;
    });
    if (isHeader([...columns.values()])) return { row, columns, named };
  }
  return null;
}

function rowsUnder(
  { name, rows }: SheetOfCells,
  header: number,
  columns: ReadonlyMap<number, string>,
  named: Readonly<Record<string, string>>,
): FileRow[] {
  const found: FileRow[] = [];
  // Columns of which an empty cell is needed, so that its absence is noticed or allowed by the same rules as in a text file.
  const always = new Set(['puskesmas_reg_code', 'indicator_code', 'period', 'year', 'month']);
  for (let row = header + 1; row < rows.length; row++) {
    const cells: Record<string, Cell> = {};
    let filled = false;
    for (const [i, column] of columns) {
      const cell = rows[row]![i] ?? null;
      if (cell !== null) cells[column] = cell;
      else if (always.has(column)) cells[column] = '';
      filled ||= cell !== null;
    }
    if (filled) found.push({ place: { sheet: name, row: row + 1 }, cells, columns: named });
  }
  return found;
}
