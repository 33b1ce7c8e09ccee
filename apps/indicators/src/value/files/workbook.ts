import { readFile } from 'node:fs/promises';
import { Refusal } from '@lokmin/contracts';
import readSheets from 'read-excel-file/node';
import type { Cell } from './row.ts';
import { BadArchive, unzip, zip } from './zip.ts';

/** A visible sheet of a workbook. */
export interface SheetOfCells {
  readonly name: string;
  /** From the first row; null: an empty cell. */
  readonly rows: readonly (readonly (Cell | null)[])[];
  /** Ranges whose first cell stands for all: rows and columns from 0, both ends included. */
  readonly merged: readonly { fromRow: number; toRow: number; fromColumn: number; toColumn: number }[];
}

const INFLATED_LIMIT = 128 * 1024 * 1024;
const ROWS_LIMIT = 100_000;
const COLUMNS_LIMIT = 1_000;
const CELLS_LIMIT = 1_000_000;

const unreadable = (reason: string) => new Refusal('import.unreadable', { reason });

/** What a compound file is: a workbook behind a password, or one of Excel before 2007. */
const isCompound = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
/** Whether the file begins as a workbook does, of this or an older kind. */
export const beginsAsWorkbook = (head: Buffer): boolean =>
  isCompound(head) || head.subarray(0, 2).toString('latin1') === 'PK';

/**
 * The visible sheets of a workbook (XLSX). Hidden ones are not read. Numbers come exactly as a sheet shows them, to 15
 * digits; dates as `2024-10-01`; a failed formula as its `#DIV/0!`.
 * @throws Refusal `import.unreadable` for what is no workbook, broken, behind a password, or too large to be a sheet of values
 */
export async function readWorkbook(path: string): Promise<SheetOfCells[]> {
  const bytes = await readFile(path);
  if (isCompound(bytes))
    throw unreadable(
      bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
        ? 'dilindungi kata sandi; simpan tanpa kata sandi / it is protected by a password; save it without one'
        : 'berformat Excel lama (.xls); simpan sebagai .xlsx / it is of an old Excel (.xls); save it as .xlsx',
    );
  try {
    const files = unzip(bytes, (name) => name.endsWith('.xml') || name.endsWith('.rels'), INFLATED_LIMIT);
    const book = files.get('xl/workbook.xml')?.toString();
    if (!book) throw new BadArchive('bukan buku kerja Excel / not an Excel workbook');
    const sheets = sheetsIn(book, files.get('xl/_rels/workbook.xml.rels')?.toString() ?? '');
    const visible = sheets.flatMap((sheet, i) => (sheet.hidden ? [] : [{ ...sheet, number: i + 1 }]));
    const merged = new Map<string, SheetOfCells['merged']>();
    let cells = 0;
    for (const { name, path, hidden } of sheets) {
      const content = files.get(path);
      if (!content) throw new BadArchive(`lembar ${name} tidak ada isinya / the sheet ${name} is missing`);
      const { xml, count, ranges } = hidden ? NOTHING : withoutEmptyCells(content.toString(), name);
      cells += count;
      if (cells > CELLS_LIMIT)
        throw new BadArchive(
          'lebih dari 1.000.000 sel; simpan sebagai CSV / more than 1,000,000 cells; save it as CSV',
        );
      merged.set(name, ranges);
      files.set(path, Buffer.from(xml));
    }
    const options = { parseNumber: exactly, sheets: visible.map(({ number }) => number), trim: true };
    const read = await readSheets<{ exact: string }>(zip(files), options);
    return read.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row) => row.map((cell) => cellOf(cell as unknown))),
      merged: merged.get(sheet) ?? [],
    }));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof BadArchive) throw unreadable(error.message);
    throw unreadable(`isinya tidak dapat dibaca / its content cannot be read (${(error as Error).message})`);
  }
}

const NOTHING = { xml: '<worksheet><sheetData/></worksheet>', count: 0, ranges: [] };

/** The sheets in their order, with the file of each. */
function sheetsIn(book: string, relations: string): { name: string; hidden: boolean; path: string }[] {
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  return [...book.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => {
    const target = targets.get(attribute(tag, '\\w+:id')) ?? '';
    return {
      name: attribute(tag, 'name'),
      hidden: /^(hidden|veryHidden)$/.test(attribute(tag, 'state')),
      path: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    };
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) =>
      name ? (ENTITIES[name] ?? whole) : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex!, 16)),
  );

/**
 * A sheet without the cells that are only formatted, of which a sheet may have as many as it likes; what is left is bounded.
 * @throws BadArchive for a cell outside of what a sheet of values has
 */
function withoutEmptyCells(
  content: string,
  name: string,
): { xml: string; count: number; ranges: SheetOfCells['merged'] } {
  const xml = content
    .replaceAll(/<(?:\w+:)?c\b[^>]*\/>/g, '')
    .replaceAll(/<((?:\w+:)?c)\b[^>]*>\s*<\/\1>/g, '')
    .replaceAll(/<(?:\w+:)?row\b[^>]*\/>/g, '')
    .replaceAll(/<((?:\w+:)?row)\b[^>]*>\s*<\/\1>/g, '')
    // What failed is to be seen, as its text; read as what it is, it would look like an empty cell.
    .replaceAll(/(<(?:\w+:)?c\b[^>]*\s)t="e"/g, '$1t="str"');
  let [count, mostRow, mostColumn] = [0, 0, 0];
  for (const [tag] of xml.matchAll(/<(?:\w+:)?c\b[^>]*>/g)) {
    count += 1;
    const place = /\sr="([A-Z]+)(\d+)"/.exec(tag);
    if (!place) continue;
    mostRow = Math.max(mostRow, Number(place[2]));
    mostColumn = Math.max(mostColumn, columnNumber(place[1]!));
  }
  for (const [, row] of xml.matchAll(/<(?:\w+:)?row\b[^>]*\sr="(\d+)"/g))
    mostRow = Math.max(mostRow, Number(row));
  if (mostRow > ROWS_LIMIT || mostColumn > COLUMNS_LIMIT || mostRow * mostColumn > 10 * CELLS_LIMIT)
    throw new BadArchive(
      `lembar ${name} berisi sel di luar ${ROWS_LIMIT} baris atau ${COLUMNS_LIMIT} kolom pertama / the sheet ${name} has cells beyond the first ${ROWS_LIMIT} rows or ${COLUMNS_LIMIT} columns`,
    );
  const ranges = [...xml.matchAll(/<(?:\w+:)?mergeCell\b[^>]*\sref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g)].map(
    ([, fromColumn, fromRow, toColumn, toRow]) => ({
      fromRow: Number(fromRow) - 1,
      toRow: Number(toRow) - 1,
      fromColumn: columnNumber(fromColumn!) - 1,
      toColumn: columnNumber(toColumn!) - 1,
    }),
  );
  return { xml, count, ranges };
}

/** `A` is 1. */
export const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

/** The letters of a column. @param column from 0 */
export const columnLetters = (column: number): string =>
  (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** As a sheet shows it: 15 digits, so that what a formula made of 0.1 + 0.2 is 0.3. */
function exactly(text: string): { exact: string } {
  const number = Number(Number(text).toPrecision(15));
  const [digits, exponent] = String(number).split('e') as [string, string?];
  if (!exponent) return { exact: digits };
  return { exact: Number(exponent) < 0 ? number.toFixed(20).replace(/0+$/, '') : BigInt(number).toString() };
}

function cellOf(value: unknown): Cell | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object' && 'exact' in value) return value as { exact: string };
  const text = String(value).trim();
  return text === '' ? null : text;
}
