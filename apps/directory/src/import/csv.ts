import type { AskInput, AskReply, ImportDirectory, Text } from '@lokmin/contracts';
import { isOneLine, ROLES, TIME_ZONES } from '@lokmin/contracts';
import { CsvError, parse } from 'csv-parse/sync';
import { IDENTIFIER_SCHEMES, UNIT_KINDS } from '../unit/unit.entity.ts';

export type ImportFile = AskInput<typeof ImportDirectory>['files'][number];
export type ImportError = AskReply<typeof ImportDirectory>['errors'][number];

/** What is wrong with a cell, in both languages. */
class Wrong extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}
type Read<T> = (cell: string) => T;

const wrong = (id: string, en: string): never => {
  throw new Wrong({ id, en });
};

const filled: Read<string> = (cell) => {
  if (cell === '') return wrong('Wajib diisi.', 'This must be filled in.');
  return isOneLine(cell)
    ? cell
    : wrong(
        'Hanya boleh satu baris: hapus pergantian baris dan karakter kendali.',
        'Only one line fits here: remove line breaks and control characters.',
      );
};
const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (cell) =>
    cell === '' ? null : read(cell);
const shaped =
  (shape: RegExp, id: string, en: string): Read<string> =>
  (cell) =>
    shape.test(filled(cell)) ? cell : wrong(`"${cell}": ${id}`, `"${cell}": ${en}`);
const oneOf =
  <T extends string>(allowed: readonly T[]): Read<T> =>
  (cell) => {
    const value = filled(cell).toLowerCase();
    return (
      allowed.find((each) => each.toLowerCase() === value) ??
      wrong(
        `"${cell}": pilih salah satu dari ${allowed.join(', ')}.`,
        `"${cell}": choose one of ${allowed.join(', ')}.`,
      )
    );
  };

/** A region code with or without dots: `1906` is `19.06`. */
const region =
  (pairs: number): Read<string> =>
  (cell) => {
    const digits = filled(cell).replaceAll('.', '');
    const example = ['19', '06', '01'].slice(0, pairs).join('.');
    if (!new RegExp(`^\\d{${pairs * 2}}$`).test(digits))
      return wrong(
        `"${cell}": bukan kode Kemendagri seperti ${example}.`,
        `"${cell}": not a Kemendagri code such as ${example}.`,
      );
    return digits.match(/../g)!.join('.');
  };

/** As Kemendagri writes it, with or without its dots. */
const villageCode: Read<string> = (cell) => {
  const match = /^(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})$/.exec(filled(cell));
  return match
    ? match.slice(1).join('.')
    : wrong(
        `"${cell}": bukan kode desa Kemendagri seperti 19.06.01.2001.`,
        `"${cell}": not a Kemendagri code of a village such as 19.06.01.2001.`,
      );
};

const day: Read<string> = (cell) => {
  const date = new Date(`${filled(cell)}T00:00:00Z`);
  const real =
    /^\d{4}-\d{2}-\d{2}$/.test(cell) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(cell);
  return real
    ? cell
    : wrong(`"${cell}": bukan tanggal seperti 2024-01-31.`, `"${cell}": not a date such as 2024-01-31.`);
};

const yesOrNo: Read<boolean> = (cell) => {
  if (/^(true|ya|yes|1)$/i.test(cell)) return true;
  if (/^(false|tidak|no|0)$/i.test(cell)) return false;
  return wrong(`"${cell}": isi dengan ya atau tidak.`, `"${cell}": fill in ya (yes) or tidak (no).`);
};

const ZONES: Record<string, (typeof TIME_ZONES)[number]> = {
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
};
const timeZone: Read<(typeof TIME_ZONES)[number]> = (cell) =>
  ZONES[cell.toUpperCase()] ?? oneOf(TIME_ZONES)(cell);

/** Seven digits of a puskesmas, or the district code of a district office. */
const unitCode: Read<string> = (cell) => {
  const code = filled(cell).replace(/^(\d{2})\.?(\d{2})$/, '$1.$2');
  return /^(\d{7}|\d{2}\.\d{2})$/.test(code)
    ? code
    : wrong(
        `"${cell}": bukan nomor registrasi puskesmas (7 angka) atau kode kabupaten.`,
        `"${cell}": not the registration number of a puskesmas (7 digits) or a district code.`,
      );
};

const COLUMNS = {
  units: {
    district_code: region(2),
    district_name: filled,
    province: filled,
    time_zone: timeZone,
    kind: oneOf(UNIT_KINDS),
    code: unitCode,
    name: filled,
    kecamatan_code: orNull(region(3)),
    kecamatan_name: orNull(filled),
    valid_from: day,
  },
  'coaching-groups': { district_code: region(2), code: filled, name: filled, unit_code: unitCode },
  villages: { unit_code: unitCode, name: filled, synthetic: yesOrNo },
  people: {
    login: shaped(
      /^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/,
      'nama pengguna terdiri atas 2-64 huruf, angka, titik, garis bawah atau tanda hubung.',
      'a login has 2-64 letters, digits, dots, underscores or hyphens.',
    ),
    name: filled,
    email: orNull(shaped(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'bukan alamat surel.', 'not an e-mail address.')),
    phone: orNull(shaped(/^\+?[0-9][0-9 ()-]{5,20}$/, 'bukan nomor telepon.', 'not a telephone number.')),
    unit_code: unitCode,
    role: oneOf(ROLES),
    program: orNull(filled),
    title: filled,
    valid_from: day,
    valid_to: orNull(day),
  },
} satisfies Record<ImportFile['kind'], Record<string, Read<unknown>>>;

/** Columns that a file may leave out. */
const OPTIONAL: Partial<Record<ImportFile['kind'], Record<string, Read<string | null>>>> = {
  units: Object.fromEntries(IDENTIFIER_SCHEMES.map((scheme) => [`id_${scheme}`, orNull(filled)])),
  villages: { code: orNull(villageCode) },
  people: { coaching_group: orNull(filled) },
};

type RowOf<K extends ImportFile['kind']> = {
  [Column in keyof (typeof COLUMNS)[K]]: (typeof COLUMNS)[K][Column] extends Read<infer T> ? T : never;
};
export type UnitRow = RowOf<'units'> & {
  identifiers: Partial<Record<(typeof IDENTIFIER_SCHEMES)[number], string>>;
};
export type VillageRow = RowOf<'villages'> & { code?: string | null };
export type PersonRow = RowOf<'people'> & {
  /** Code of the group that a member of a coaching team coaches. */
  coaching_group?: string | null;
};
export type CoachingGroupRow = RowOf<'coaching-groups'>;

/** A row with its place: `row` as a spreadsheet counts, the header being row 1. */
export type Placed<T> = T & { readonly file: string; readonly row: number };

export interface Rows {
  units: Placed<UnitRow>[];
  'coaching-groups': Placed<CoachingGroupRow>[];
  villages: Placed<VillageRow>[];
  people: Placed<PersonRow>[];
  errors: ImportError[];
}

/** Reads the files cell by cell; everything wrong is named with file, row and column. */
export function readFiles(files: readonly ImportFile[]): Rows {
  const rows: Rows = { units: [], 'coaching-groups': [], villages: [], people: [], errors: [] };
  for (const file of files) readFile(file, rows);
  return rows;
}

function readFile({ kind, name: file, content }: ImportFile, rows: Rows): void {
  const fail = (row: number, column: string | null, id: string, en: string) =>
    rows.errors.push({ file, row, column, message: { id, en } });
  if (content.includes('\0') || content.includes('\uFFFD'))
    return void fail(1, null, 'Berkas ini bukan teks CSV (UTF-8).', 'This file is not CSV text (UTF-8).');
  const [firstLine = ''] = content.split(/\r?\n/, 1);
  let cells: string[][];
  try {
    cells = parse(content, {
      bom: true,
      delimiter: firstLine.includes(';') ? ';' : ',',
      trim: true,
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = Number(error['lines'] ?? 1);
    return void fail(at, null, `CSV tidak terbaca: ${error.message}`, `CSV cannot be read: ${error.message}`);
  }

  const required = Object.keys(COLUMNS[kind]);
  const columns: Record<string, Read<unknown>> = { ...COLUMNS[kind], ...OPTIONAL[kind] };
  const header = (cells[0] ?? []).map((cell) => cell.toLowerCase());
  for (const column of required.filter((column) => !header.includes(column)))
    fail(1, column, `Kolom ${column} tidak ada.`, `The column ${column} is missing.`);
  header.forEach((column, i) => {
    if (!Object.hasOwn(columns, column))
      fail(1, column, `Kolom "${column}" tidak dikenal.`, `The column "${column}" is not known.`);
    else if (header.indexOf(column) !== i)
      fail(1, column, `Kolom ${column} muncul dua kali.`, `The column ${column} appears twice.`);
  });
  if (rows.errors.some((error) => error.file === file)) return;

  cells.forEach((record, i) => {
    const row = i + 1;
    if (i === 0 || record.every((cell) => cell === '')) return;
    if (record.length !== header.length) {
      const [have, want] = [record.length, header.length];
      return fail(
        row,
        null,
        `Baris ini memuat ${have} kolom, seharusnya ${want}.`,
        `This row has ${have} columns instead of ${want}.`,
      );
    }
    const errorsBefore = rows.errors.length;
    const read: Record<string, unknown> = {};
    header.forEach((column, at) => {
      try {
        read[column] = columns[column]!(record[at]!);
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        fail(row, column, error.text.id, error.text.en);
      }
    });
    if (rows.errors.length > errorsBefore) return;
    if (kind === 'units') {
      const identifiers = Object.fromEntries(
        IDENTIFIER_SCHEMES.flatMap((scheme) =>
          read[`id_${scheme}`] ? [[scheme, read[`id_${scheme}`]]] : [],
        ),
      );
      rows.units.push({ ...(read as UnitRow), identifiers, file, row });
    } else (rows[kind] as Placed<unknown & object>[]).push({ ...read, file, row });
  });
}
