import { CellProblem } from '../value/import.rules.ts';
import type { Covers, ValueState } from '../value/value.entity.ts';

/** What a data element of DHIS2 is here. */
export interface Mapped {
  readonly element: string;
  readonly dataElement: string;
  readonly categoryOptionCombo: string;
  readonly covers: Covers;
}

const keyOf = (dataElement: string, categoryOptionCombo: string) => `${dataElement} ${categoryOptionCombo}`;

/** The mapping of a district's year, asked by what files say. */
export class Mapping {
  readonly #byName: ReadonlyMap<string, Mapped>;

  constructor(readonly all: readonly Mapped[]) {
    this.#byName = new Map(all.map((each) => [keyOf(each.dataElement, each.categoryOptionCombo), each]));
  }

  /** The element with this combination, else the one that is mapped whatever the combination; undefined: unknown. */
  find(dataElement: string, categoryOptionCombo: string): Mapped | undefined {
    return (
      this.#byName.get(keyOf(dataElement, categoryOptionCombo)) ?? this.#byName.get(keyOf(dataElement, ''))
    );
  }
}

/** The comment by which an estimated value is known again. */
const ESTIMATED = 'perkiraan';

/** The state of a value as DHIS2 has it: deleted ones are not reported. Empty: what the value itself says. */
export const stateOf = (deleted: boolean, comment: string): string =>
  deleted ? 'not_reported' : comment.trim().toLowerCase() === ESTIMATED ? 'estimated' : '';

/** A value as it goes out; null for one that DHIS2 has no way to say. */
export function valueOut(
  state: ValueState,
  value: string | null,
): { value: string; comment?: string; deleted?: true } | null {
  switch (state) {
    case 'reported':
      return { value: value! };
    case 'estimated':
      return { value: value!, comment: ESTIMATED };
    case 'not_reported':
      return { value: '', deleted: true };
    case 'not_applicable':
      return null;
  }
}

/** `2024-10` as DHIS2 writes a month. */
export const periodOut = (period: string): string => period.replace('-', '');

/** The header of dataValueSets in CSV; columns are known by their place, never by these names. */
export const CSV_HEADER =
  'dataelement,period,orgunit,catoptcombo,attroptcombo,value,storedby,lastupdated,comment,flwup';

/** Columns of the file of a mapping. */
export const MAPPING_COLUMNS = ['element', 'data_element', 'category_option_combo', 'covers'] as const;

/** Reads one row of the file of a mapping. @throws CellProblem */
export function readMapped(cells: readonly string[], known: ReadonlySet<string>): Mapped {
  const [element = '', dataElement = '', categoryOptionCombo = '', covers = ''] = cells.map((cell) =>
    cell.trim(),
  );
  if (!known.has(element))
    throw new CellProblem('element', element, {
      id: 'Elemen data ini tidak ada dalam paket indikator tahun itu, atau merupakan penjumlahan.',
      en: 'This data element is not in the bundle of that year, or is a sum.',
    });
  for (const [column, text] of [
    ['data_element', dataElement],
    ['category_option_combo', categoryOptionCombo],
  ] as const)
    if (/\s/.test(text) || text.length > 100 || (column === 'data_element' && text === ''))
      throw new CellProblem(column, text, {
        id: 'Isi dengan UID atau kode di DHIS2, tanpa spasi.',
        en: 'Write the UID or code of DHIS2, without spaces.',
      });
  if (covers !== 'month' && covers !== 'year_to_date')
    throw new CellProblem('covers', covers, {
      id: 'Isi "month" (DHIS2 menyimpan angka bulan itu) atau "year_to_date" (angka kumulatif).',
      en: 'Write "month" (DHIS2 keeps the month\'s own count) or "year_to_date" (the running total).',
    });
  return { element, dataElement, categoryOptionCombo, covers };
}
