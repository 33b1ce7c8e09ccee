import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { Refusal } from '@lokmin/contracts';
import { CsvError, parse, type Info } from 'csv-parse';
import { checkHeader, columnOf } from '../import.rules.ts';
import type { FileRow, RowProblem, ValuesFile } from './row.ts';

const ROWS_AT_ONCE = 1_000;

type Encoding = 'utf-8' | 'windows-1252';

/** How a CSV file is written. */
export interface CsvShape {
  readonly encoding: Encoding;
  readonly delimiter: ',' | ';';
}

/** Opens a CSV file with one row for each indicator of a puskesmas. */
export function openCsv(path: string, shape: CsvShape): ValuesFile {
  return { format: 'csv', rows: (wrong) => readRows(path, shape, wrong) };
}

/** Every record with its line, decoded; the caller ends it. */
export function recordsOf(
  path: string,
  { encoding, delimiter }: CsvShape,
): AsyncIterable<{ record: string[]; info: Info }> & { destroy(): void } {
  const options = { delimiter, bom: true, info: true, relax_column_count: true, max_record_size: 100_000 };
  const bytes = createReadStream(path);
  const parser = parse({ ...options, skip_empty_lines: true });
  const source = encoding === 'utf-8' ? bytes : bytes.pipe(decoded(encoding));
  const fail = (error: Error) => parser.destroy(error);
  bytes.once('error', fail);
  return source.pipe(parser).once('close', () => bytes.destroy());
}

async function* readRows(
  path: string,
  shape: CsvShape,
  wrong: (problem: RowProblem) => void,
): AsyncGenerator<FileRow[]> {
  const records = recordsOf(path, shape);
  let columns: string[] | undefined;
  let named: Record<string, string> = {};
  let rows: FileRow[] = [];
  try {
    for await (const { record, info } of records) {
      if (record.every((cell) => cell.trim() === '')) continue;
      if (!columns) {
        const header = withoutEmptyEnd(record, 0);
        columns = header.map(columnOf);
        named = Object.fromEntries(header.map((name, i) => [columns![i]!, name.trim()]));
        const problems = checkHeader(columns);
        for (const problem of problems)
          wrong({ sheet: null, row: info.lines, ...problem, column: nameIn(named, problem.column) });
        if (problems.length > 0) return;
        continue;
      }
      const place = { sheet: null, row: info.lines };
      const cells = withoutEmptyEnd(record, columns.length);
      if (cells.length !== columns.length) {
        wrong({ ...place, ...columnCount(cells.length, columns.length) });
        continue;
      }
      const byColumn: Record<string, string> = {};
      for (let i = 0; i < columns.length; i++) byColumn[columns[i]!] = cells[i]!;
      rows.push({ place, cells: byColumn, columns: named });
      if (rows.length >= ROWS_AT_ONCE) {
        yield rows;
        rows = [];
      }
    }
    if (!columns) throw new Refusal('import.unreadable', { reason: 'kosong / empty' });
    yield rows;
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('import.unreadable', { reason: `${error.message}` });
    throw error;
  } finally {
    records.destroy();
  }
}

const nameIn = (named: Readonly<Record<string, string>>, column: string | null) =>
  column === null ? null : (named[column] ?? column);

/** Without the empty cells that a spreadsheet writes behind the last column. @param atLeast so many are kept */
function withoutEmptyEnd(record: readonly string[], atLeast: number): readonly string[] {
  let length = record.length;
  while (length > atLeast && record[length - 1]!.trim() === '') length -= 1;
  return length === record.length ? record : record.slice(0, length);
}

/**
 * Reads the file once: its encoding, and which of `,` and `;` separates. What is not UTF-8 is what Indonesian Windows writes.
 * @throws Refusal `import.unreadable`
 */
export async function shapeOf(path: string): Promise<CsvShape> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    if (bytesRead === 0) throw new Refusal('import.unreadable', { reason: 'kosong / empty' });
    if (head.includes(0)) throw new Refusal('import.unreadable', { reason: 'berkas biner / a binary file' });
    const marked = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    const encoding = (await isUtf8(path)) ? 'utf-8' : 'windows-1252';
    if (marked && encoding !== 'utf-8')
      throw new Refusal('import.unreadable', { reason: 'UTF-8 yang rusak / broken UTF-8' });
    const header = head.toString('latin1').split(/\r?\n/, 1)[0]!;
    return { encoding, delimiter: header.split(';').length > header.split(',').length ? ';' : ',' };
  } finally {
    await file.close();
  }
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
}

/** Bytes of an encoding to UTF-8. */
function decoded(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
}

const columnCount = (found: number, expected: number): Omit<RowProblem, 'sheet' | 'row'> => ({
  column: null,
  value: null,
  message: {
    id: `Baris ini punya ${found} kolom, judulnya ${expected}.`,
    en: `This row has ${found} columns, the header has ${expected}.`,
  },
});
