import { Refusal, type Text } from '@lokmin/contracts';
import writeSheets from 'write-excel-file/node';
import { recordsOf, shapeOf } from './csv.ts';
import type { Place, ValuesFile } from './row.ts';
import { textOf } from './row.ts';
import { readWorkbook } from './workbook.ts';

/** What is to be said of a row of the user's file. */
export interface Note extends Place {
  readonly column: string | null;
  readonly message: Text;
}

const TITLE: Text = { id: 'Catatan impor', en: 'Import notes' };
const YELLOW = '#FFF3BF';

/**
 * The user's own file with one more column that says what is wrong or odd in each row; nothing else of what stands in it is
 * changed. Of a workbook the visible sheets, without their formats.
 */
export async function noted(
  path: string,
  format: ValuesFile['format'],
  notes: readonly Note[],
  language: keyof Text,
): Promise<AsyncIterable<string> | Buffer> {
  const byPlace = Map.groupBy(notes, ({ sheet, row }) => `${row} ${sheet ?? ''}`);
  const of = (sheet: string | null, row: number): string =>
    (byPlace.get(`${row} ${sheet ?? ''}`) ?? [])
      .map(({ column, message }) => `${column === null ? '' : `${column}: `}${message[language]}`)
      .join(' ');
  if (format === 'dhis2-json')
    throw new Refusal('import.unreadable', {
      reason: 'kolom catatan hanya untuk CSV dan buku kerja / a column of notes is for CSV and workbooks',
    });
  return format !== 'xlsx' ? notedText(path, of, TITLE[language]) : notedBook(path, of, TITLE[language]);
}

async function notedText(
  path: string,
  of: (sheet: null, row: number) => string,
  title: string,
): Promise<AsyncIterable<string>> {
  const shape = await shapeOf(path);
  const cell = (text: string) =>
    text.includes(shape.delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return (async function* () {
    const records = recordsOf(path, shape);
    try {
      yield '\uFEFF';
      let header = true;
      for await (const { record, info } of records) {
        const note = of(null, info.lines);
        yield `${[...record, header ? [title, note].filter(Boolean).join(': ') : note].map(cell).join(shape.delimiter)}\r\n`;
        header = false;
      }
    } finally {
      records.destroy();
    }
  })();
}

async function notedBook(
  path: string,
  of: (sheet: string, row: number) => string,
  title: string,
): Promise<Buffer> {
  const sheets = await readWorkbook(path);
  return writeSheets(
    sheets.map(({ name, rows }) => {
      const width = Math.max(0, ...rows.map((row) => row.length));
      return {
        sheet: name,
        data: rows.map((row, i) => {
          const note = of(name, i + 1);
          const cells = Array.from({ length: width }, (_, column) => {
            const cell = row[column] ?? null;
            if (cell === null) return null;
            if (typeof cell === 'string') return { value: cell };
            const number = Number(cell.exact);
            return String(number) === cell.exact ? { value: number } : { value: textOf(cell) };
          });
          const said = i === 0 ? [title, note].filter(Boolean).join(': ') : note;
          return [...cells, said === '' ? null : { value: said, ...(note && { backgroundColor: YELLOW }) }];
        }),
      };
    }),
  ).toBuffer();
}
