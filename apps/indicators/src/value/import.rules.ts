import { Refusal, unwritable, unwritableIn, type Text } from '@lokmin/contracts';
import { readMonth, readMonthOfYear } from './files/month.ts';
import { readNumber } from './files/number.ts';
import { textOf, type Cell, type RowProblem } from './files/row.ts';
import type { ValueState } from './value.entity.ts';
import { demandCount } from './value.rules.ts';

/** Cells of a row by the names below. */
export type Cells = Readonly<Record<string, Cell>>;

/** Columns of a results file. A file has `period` (with `covers`), or `year`: with `month`, or its values are the year's, to December. */
const REQUIRED = ['puskesmas_reg_code', 'indicator_code', 'numerator', 'denominator'] as const;
const OPTIONAL = [
  'period',
  'year',
  'month',
  'covers',
  'numerator_state',
  'denominator_state',
  'published_value',
  'village_code',
  'village',
] as const;
/** Known from published tables, templates and exports; read by people, not by the import. */
const PASSED_OVER = [
  'puskesmas',
  'indicator_name_id',
  'program',
  'unit',
  'numerator_definition',
  'denominator_definition',
  'last_numerator',
  'last_denominator',
  'direction',
  'recomputed_value',
  'flags',
  'source_table',
];
/** The same columns in the words of the offices. */
const IN_INDONESIAN: Readonly<Record<string, string>> = {
  kode_puskesmas: 'puskesmas_reg_code',
  kode_indikator: 'indicator_code',
  pembilang: 'numerator',
  penyebut: 'denominator',
  periode: 'period',
  tahun: 'year',
  bulan: 'month',
  mencakup: 'covers',
  angka_terbitan: 'published_value',
  kode_desa: 'village_code',
  desa: 'village',
  nama_desa: 'village',
  'desa/kelurahan': 'village',
  keadaan_pembilang: 'numerator_state',
  keadaan_penyebut: 'denominator_state',
  nama_puskesmas: 'puskesmas',
  indikator: 'indicator_name_id',
  satuan: 'unit',
  definisi_pembilang: 'numerator_definition',
  definisi_penyebut: 'denominator_definition',
  pembilang_bulan_lalu: 'last_numerator',
  penyebut_bulan_lalu: 'last_denominator',
  keterangan: 'flags',
};

/** The name by which a column is known here, from what stands in the header. */
export function columnOf(header: string): string {
  const name = header.trim().toLowerCase().replaceAll(/[ -]+/g, '_');
  return IN_INDONESIAN[name] ?? name;
}

/** Whether these columns are the header of a results file, so far as one can tell from the necessary ones. */
export const isHeader = (columns: readonly string[]): boolean =>
  REQUIRED.every((column) => columns.includes(column));

/** A problem of one cell, before it is known in which row. */
export class CellProblem extends Error {
  constructor(
    readonly column: string | null,
    readonly value: string | null,
    readonly text: Text,
  ) {
    super(text.en);
  }
}

const KNOWN: readonly string[] = [...REQUIRED, ...OPTIONAL, ...PASSED_OVER];

/** Checks the header. @returns the problems, empty when the file can be read */
export function checkHeader(columns: readonly string[]): Omit<RowProblem, 'sheet' | 'row'>[] {
  const problem = (column: string | null, id: string, en: string) => ({
    column,
    value: null,
    message: { id, en },
  });
  const unknown = columns.filter((column) => !KNOWN.includes(column));
  if (unknown.length === columns.length) {
    if (columns.length === 1 && columns[0]!.includes('\t'))
      return [
        problem(
          null,
          'Kolom berkas ini tampaknya dipisahkan dengan tab. Simpan sebagai CSV dengan koma atau titik koma.',
          'The columns of this file seem to be separated by tabs. Save it as CSV with commas or semicolons.',
        ),
      ];
    if (columns.some((column) => /^\d/.test(column)))
      return [
        problem(
          null,
          `Baris pertama tampaknya data, bukan judul. Tambahkan baris judul dengan nama kolom: ${KNOWN.join(', ')}.`,
          `The first row seems to be data, not a header. Add a header with the names of the columns: ${KNOWN.join(', ')}.`,
        ),
      ];
  }
  const problems: Omit<RowProblem, 'sheet' | 'row'>[] = [];
  for (const column of REQUIRED) {
    if (!columns.includes(column))
      problems.push(
        problem(
          column,
          `Kolom "${column}" tidak ada di baris judul.`,
          `The column "${column}" is missing from the header.`,
        ),
      );
  }
  if (columns.includes('period') === columns.includes('year')) {
    problems.push(
      problem(
        'period',
        'Harus ada tepat satu dari kolom "period" (2024-12) atau "year" (2024).',
        'Exactly one of the columns "period" (2024-12) and "year" (2024) is needed.',
      ),
    );
  }
  if (columns.includes('month') && !columns.includes('year'))
    problems.push(
      problem(
        'month',
        'Kolom "month" memerlukan kolom "year".',
        'The column "month" needs the column "year".',
      ),
    );
  for (const column of unknown)
    problems.push(
      problem(column, `Kolom "${column}" tidak dikenal.`, `The column "${column}" is not known.`),
    );
  if (unknown.length > 0)
    problems.push(
      problem(null, `Kolom yang dikenal: ${KNOWN.join(', ')}.`, `Known columns: ${KNOWN.join(', ')}.`),
    );
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice)
    problems.push(
      problem(twice, `Kolom "${twice}" muncul dua kali.`, `The column "${twice}" appears twice.`),
    );
  return problems;
}

/** Refuses cells with characters that no text here holds. @throws CellProblem */
export function demandWritable(cells: Cells): void {
  for (const column in cells) {
    const content = cells[column];
    const character = typeof content === 'string' ? unwritableIn(content) : null;
    if (!character) continue;
    const { id, en } = unwritable(character);
    throw new CellProblem(column, null, { id: `Sel ini ${id}.`, en: `This cell ${en}.` });
  }
}

/** @throws CellProblem */
export function readCode(cells: Cells, column: 'puskesmas_reg_code' | 'indicator_code'): string {
  const code = textOf(cells[column]);
  if (code !== '') return code;
  throw new CellProblem(
    column,
    null,
    column === 'indicator_code'
      ? { id: 'Kode indikator kosong.', en: 'The indicator code is empty.' }
      : { id: 'Kode puskesmas kosong.', en: 'The puskesmas code is empty.' },
  );
}

const COVERS: Readonly<Record<string, 'month' | 'year_to_date'>> = {
  month: 'month',
  bulan: 'month',
  year_to_date: 'year_to_date',
  kumulatif: 'year_to_date',
};

export interface When {
  readonly period: string;
  readonly covers: 'month' | 'year_to_date';
}

/** @throws CellProblem */
export function readPeriod(cells: Cells): When {
  const written = textOf(cells['covers']).toLowerCase();
  const covers = COVERS[written];
  if (written !== '' && !covers) {
    throw new CellProblem('covers', written, {
      id: 'Isi "month" atau "bulan" (bulan itu saja), atau "year_to_date" atau "kumulatif" (sejak Januari).',
      en: 'Write "month" (that month alone) or "year_to_date" (since January).',
    });
  }
  if (!('year' in cells)) return { period: readPeriodCell(cells), covers: covers ?? 'month' };
  const year = textOf(cells['year']);
  if (!/^(19|20)\d\d$/.test(year))
    throw new CellProblem('year', year, {
      id: 'Tahun harus empat angka, misalnya 2024.',
      en: 'The year has four digits, for example 2024.',
    });
  if ('month' in cells) {
    const text = textOf(cells['month']);
    const month = readMonth(text);
    if (month === null)
      throw new CellProblem('month', text, {
        id: 'Bulan ditulis dengan nama atau angkanya, misalnya Oktober, Okt atau 10.',
        en: 'A month is written by its name or number, for example Oktober, Okt or 10.',
      });
    return { period: `${year}-${String(month).padStart(2, '0')}`, covers: covers ?? 'month' };
  }
  if (covers === 'month')
    throw new CellProblem('covers', written, {
      id: 'Angka setahun tidak mungkin "month".',
      en: 'Figures of a year cannot be "month".',
    });
  return { period: `${year}-12`, covers: 'year_to_date' };
}

function readPeriodCell(cells: Cells): string {
  const text = textOf(cells['period']);
  const period = readMonthOfYear(text);
  if (period === 'no-year')
    throw new CellProblem('period', text, {
      id: `Tahunnya tidak disebut. Tulis misalnya ${text} 2024 atau 2024-10.`,
      en: `The year is missing. Write for example ${text} 2024 or 2024-10.`,
    });
  if (period === null)
    throw new CellProblem('period', text, {
      id: 'Periode ditulis tahun-bulan, misalnya 2024-12, atau Desember 2024.',
      en: 'A period is written year-month, for example 2024-12, or Desember 2024.',
    });
  return period;
}

/**
 * A count; null: not reported, for an empty cell and a dash. Nothing is guessed: `1.234` is asked about.
 * @returns undefined when the file says nothing of it
 * @throws CellProblem
 */
export function readCount(cells: Cells, column: string, whole: boolean): string | null | undefined {
  const cell = cells[column];
  if (cell === undefined) return undefined;
  const text = textOf(cell);
  if (/^[-\u2013\u2014]?$/.test(text)) return null;
  const say = (id: string, en: string) => new CellProblem(column, text, { id, en });
  if (/^#/.test(text))
    throw say(
      `Rumus di lembar asal gagal (${text}). Perbaiki di lembar asal lalu ekspor kembali.`,
      `A formula of the sheet failed (${text}). Mend it in the sheet and export again.`,
    );
  if (/^-\s*[\d.,]+$/.test(text)) throw say('Jumlah tidak boleh negatif.', 'A count cannot be negative.');
  const value = typeof cell === 'string' ? readNumber(text) : /^\d+(\.\d+)?$/.test(text) ? text : null;
  if (value === null) throw say('Bukan angka.', 'Not a number.');
  if (value === 'ambiguous') {
    const thousands = text.replace(/[.,]/, '');
    const fraction = { id: `${text.replace('.', ',')}0`, en: `${text.replace(',', '.')}0` };
    throw whole
      ? say(
          `"${text}" dapat berarti ribuan atau pecahan. Tulis tanpa pemisah, misalnya ${thousands}.`,
          `"${text}" can mean thousands or a fraction. Write it without separators, for example ${thousands}.`,
        )
      : say(
          `"${text}" dapat berarti ribuan atau pecahan. Tulis ${thousands} bila ribuan, atau ${fraction.id} bila pecahan.`,
          `"${text}" can mean thousands or a fraction. Write ${thousands} for thousands, or ${fraction.en} for a fraction.`,
        );
  }
  try {
    demandCount(value, whole, column, column);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new CellProblem(column, text, error.toData().message);
  }
  return value;
}

const STATES: Readonly<Record<string, ValueState | 'absent'>> = {
  reported: 'reported',
  dilaporkan: 'reported',
  estimated: 'estimated',
  perkiraan: 'estimated',
  not_reported: 'not_reported',
  'belum dilaporkan': 'not_reported',
  not_applicable: 'not_applicable',
  'tidak berlaku': 'not_applicable',
  absent: 'absent',
  'tidak ada': 'absent',
};

/** What a row says of one part of its indicator. */
export interface PartRead {
  readonly state: ValueState;
  readonly value: string | null;
}

/**
 * A count with its state: the one that the file names beside it, else reported where there is a number.
 * @returns null when the row says nothing of it
 * @throws CellProblem
 */
export function readPart(cells: Cells, part: 'numerator' | 'denominator', whole: boolean): PartRead | null {
  const count = readCount(cells, part, whole);
  const column = `${part}_state`;
  const written = textOf(cells[column]).toLowerCase();
  if (written === '') {
    if (count === undefined) return null;
    // An empty target group says nothing; what is known of the year stays.
    if (part === 'denominator' && count === null) return null;
    return { state: count === null ? 'not_reported' : 'reported', value: count };
  }
  const state = STATES[written];
  const say = (id: string, en: string) => new CellProblem(column, written, { id, en });
  if (!state)
    throw say(
      'Keadaan yang dikenal: dilaporkan, perkiraan, belum dilaporkan, tidak berlaku, tidak ada.',
      'Known states: reported, estimated, not_reported, not_applicable, absent.',
    );
  const counted = state === 'reported' || state === 'estimated';
  if (counted !== (count !== null && count !== undefined))
    throw say(
      counted ? 'Keadaan ini memerlukan angka.' : 'Keadaan ini tidak disertai angka.',
      counted ? 'This state needs a number.' : 'This state goes without a number.',
    );
  return state === 'absent' ? null : { state, value: count ?? null };
}

/** The percentage that a publication prints; null: none. @throws CellProblem */
export function readPublished(cells: Cells): string | null {
  const text = textOf(cells['published_value']);
  if (text === '') return null;
  const plain = text.replace(/\s*%$/, '');
  if (!/^\d{1,12}([.,]\d{1,6})?$/.test(plain))
    throw new CellProblem('published_value', text, {
      id: 'Bukan persentase yang dapat dibaca.',
      en: 'Not a readable percentage.',
    });
  return plain.replace(',', '.');
}
