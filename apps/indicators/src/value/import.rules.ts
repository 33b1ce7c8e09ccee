import { isPeriod } from '@lokmin/calendar';
import { Refusal, unwritable, unwritableIn, type Text } from '@lokmin/contracts';
import { demandCount } from './value.rules.ts';

/** Columns of a results file. A file has `period` (with `covers`), or `year`: then its values are the year's, to December. */
const REQUIRED = ['puskesmas_reg_code', 'indicator_code', 'numerator', 'denominator'] as const;
const OPTIONAL = ['period', 'year', 'covers', 'published_value'] as const;
/** Known from published tables and exports; read by people, not by the import. */
const PASSED_OVER = [
  'puskesmas',
  'indicator_name_id',
  'direction',
  'recomputed_value',
  'flags',
  'source_table',
];

export interface RowProblem {
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: Text;
}

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
export function checkHeader(columns: readonly string[]): RowProblem[] {
  const problem = (column: string | null, id: string, en: string): RowProblem => ({
    row: 1,
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
  const problems: RowProblem[] = [];
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
export function demandWritable(record: Readonly<Record<string, string>>): void {
  for (const [column, content] of Object.entries(record)) {
    const character = unwritableIn(content);
    if (!character) continue;
    const { id, en } = unwritable(character);
    throw new CellProblem(column, null, { id: `Sel ini ${id}.`, en: `This cell ${en}.` });
  }
}

/** @throws CellProblem */
export function readCode(
  record: Readonly<Record<string, string>>,
  column: 'puskesmas_reg_code' | 'indicator_code',
): string {
  const code = cell(record, column);
  if (code !== '') return code;
  throw new CellProblem(
    column,
    null,
    column === 'indicator_code'
      ? { id: 'Kode indikator kosong.', en: 'The indicator code is empty.' }
      : { id: 'Kode puskesmas kosong.', en: 'The puskesmas code is empty.' },
  );
}

/** @throws CellProblem */
export function readPeriod(record: Readonly<Record<string, string>>): {
  period: string;
  covers: 'month' | 'year_to_date';
} {
  const covers = cell(record, 'covers');
  if (!['', 'month', 'year_to_date'].includes(covers)) {
    throw new CellProblem('covers', covers, {
      id: 'Isi "month" (bulan itu saja) atau "year_to_date" (kumulatif sejak Januari).',
      en: 'Write "month" (that month alone) or "year_to_date" (since January).',
    });
  }
  if ('year' in record) {
    const year = cell(record, 'year');
    if (!/^(19|20)\d\d$/.test(year))
      throw new CellProblem('year', year, {
        id: 'Tahun harus empat angka, misalnya 2024.',
        en: 'The year has four digits, for example 2024.',
      });
    if (covers === 'month')
      throw new CellProblem('covers', covers, {
        id: 'Angka setahun tidak mungkin "month".',
        en: 'Figures of a year cannot be "month".',
      });
    return { period: `${year}-12`, covers: 'year_to_date' };
  }
  const period = cell(record, 'period');
  if (!isPeriod(period) || !/^(19|20)/.test(period))
    throw new CellProblem('period', period, {
      id: 'Periode ditulis tahun-bulan, misalnya 2024-12.',
      en: 'A period is written year-month, for example 2024-12.',
    });
  return { period, covers: covers === 'year_to_date' ? 'year_to_date' : 'month' };
}

/** A count, empty for not reported. Nothing is guessed: `1.234` is asked about where counts are whole. @throws CellProblem */
export function readCount(
  record: Readonly<Record<string, string>>,
  column: string,
  whole: boolean,
): string | null {
  const text = cell(record, column);
  if (text === '') return null;
  const say = (id: string, en: string) => new CellProblem(column, text, { id, en });
  if (/^#/.test(text))
    throw say(
      `Rumus di lembar asal gagal (${text}). Perbaiki di lembar asal lalu ekspor kembali.`,
      `A formula of the sheet failed (${text}). Mend it in the sheet and export again.`,
    );
  if (/^-\s*[\d.,]+$/.test(text)) throw say('Jumlah tidak boleh negatif.', 'A count cannot be negative.');
  if ((whole ? /^\d{1,3}([.,]\d{3})+$/ : /^\d{1,3}([.,]\d{3}){2,}$/).test(text))
    throw say(
      `"${text}" dapat berarti ribuan atau pecahan. Tulis tanpa pemisah, misalnya ${text.replace(/[.,]/g, '')}.`,
      `"${text}" can mean thousands or a fraction. Write it without separators, for example ${text.replace(/[.,]/g, '')}.`,
    );
  if (/^\d+([.,]\d+)?$/.test(text)) {
    const value = text.replace(',', '.');
    try {
      demandCount(value, whole, column, column);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new CellProblem(column, text, error.toData().message);
    }
    return value;
  }
  if (text === '-')
    throw say(
      'Tanda "-" tidak jelas: kosongkan bila belum dilaporkan, tulis 0 bila nihil.',
      '"-" is not clear: leave the cell empty if not reported, write 0 if none.',
    );
  throw say('Bukan angka.', 'Not a number.');
}

/** @throws CellProblem */
export function readPublished(record: Readonly<Record<string, string>>): string | null {
  const text = cell(record, 'published_value');
  if (text === '') return null;
  if (!/^\d{1,12}([.,]\d{1,6})?$/.test(text))
    throw new CellProblem('published_value', text, {
      id: 'Bukan persentase yang dapat dibaca.',
      en: 'Not a readable percentage.',
    });
  return text.replace(',', '.');
}

const cell = (record: Readonly<Record<string, string>>, column: string): string =>
  (record[column] ?? '').trim();
