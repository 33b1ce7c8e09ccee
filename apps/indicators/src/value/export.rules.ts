import type { IndicatorDefinition } from '@lokmin/evaluation';
import type { Sums } from '@lokmin/evaluation';
import type { Covers, ValueState } from './value.entity.ts';
import { isYearlyTargetGroup } from './value.rules.ts';

/** A value as it is stored, its numbers exact decimals without zeros at the end. */
export interface KeptValue {
  readonly period: string;
  readonly element: string;
  readonly covers: Covers;
  readonly state: ValueState;
  readonly value: string | null;
  readonly published: string | null;
}

/** What a results file says of one indicator in one period. A part that is null is not there. */
export interface ExportedRow {
  readonly period: string;
  readonly covers: Covers;
  readonly indicator: IndicatorDefinition;
  readonly numerator: KeptValue | null;
  readonly denominator: KeptValue | null;
}

/**
 * The rows of one unit, in order of period and bundle, such that importing them again changes nothing. The target group of a
 * year stands once for each period, in its first row. What is a sum of others is not entered, so it is not written.
 */
export function rowsOf(
  values: readonly KeptValue[],
  indicatorsOf: (period: string) => { indicators: readonly IndicatorDefinition[]; sums: Sums },
): ExportedRow[] {
  const byKey = new Map(values.map((value) => [`${value.period}/${value.covers}/${value.element}`, value]));
  const periods = [...new Set(values.map(({ period }) => period))].sort();
  return periods.flatMap((period) => {
    const { indicators, sums } = indicatorsOf(period);
    return indicators.flatMap((indicator) => {
      const { numeratorElement, denominatorElement } = indicator;
      const kept = (element: string | null, covers: Covers) =>
        element === null || sums.has(element) ? null : (byKey.get(`${period}/${covers}/${element}`) ?? null);
      const yearly = isYearlyTargetGroup({ indicator, part: 'denominator' });
      const [monthly, toDate] = [kept(numeratorElement, 'month'), kept(numeratorElement, 'year_to_date')];
      const [ofMonth, ofYear] = [
        yearly ? null : kept(denominatorElement, 'month'),
        kept(denominatorElement, 'year_to_date'),
      ];
      const rows: ExportedRow[] = [];
      const withMonth = monthly !== null || ofMonth !== null;
      if (withMonth)
        rows.push({
          period,
          covers: 'month',
          indicator,
          numerator: monthly,
          denominator: yearly ? ofYear : ofMonth,
        });
      const rest = yearly && withMonth ? null : ofYear;
      if (toDate !== null || rest !== null)
        rows.push({ period, covers: 'year_to_date', indicator, numerator: toDate, denominator: rest });
      return rows;
    });
  });
}

/** The words of the files; what reads them is `import.rules.ts`. */
export const COVERS_WORDS: Readonly<Record<Covers, string>> = { month: 'bulan', year_to_date: 'kumulatif' };
const STATE_WORDS: Readonly<Record<ValueState, string>> = {
  reported: 'dilaporkan',
  estimated: 'perkiraan',
  not_reported: 'belum dilaporkan',
  not_applicable: 'tidak berlaku',
};
export const stateWord = (value: KeptValue | null): string =>
  value ? STATE_WORDS[value.state] : 'tidak ada';

export const EXPORTED_COLUMNS = [
  'Kode puskesmas',
  'Nama puskesmas',
  'Periode',
  'Kode indikator',
  'Indikator',
  'Satuan',
  'Mencakup',
  'Pembilang',
  'Keadaan pembilang',
  'Penyebut',
  'Keadaan penyebut',
  'Angka terbitan',
] as const;

/** A decimal as Indonesian Excel reads it, written so that it is not ambiguous: `1,2340`, never `1,234`. */
export const csvNumber = (value: string | null): string => {
  if (value === null) return '';
  return /^[1-9]\d{0,2}\.\d{3}$/.test(value) ? `${value.replace('.', ',')}0` : value.replace('.', ',');
};

/** A cell of a text file. What a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A number as a number where a sheet holds it exactly, else as text; null stays empty. */
export function xlsxNumber(
  value: string | null,
): { value: number; format: string } | { value: string } | null {
  if (value === null) return null;
  const number = Number(value);
  if (String(number) !== value || value.replace('.', '').length > 15) return { value };
  const decimals = value.split('.')[1]?.length ?? 0;
  return { value: number, format: decimals > 0 ? `0.${'0'.repeat(decimals)}` : '0' };
}
