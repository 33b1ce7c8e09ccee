import { parsePeriod, periodOf, yearOf } from '@lokmin/calendar';
import { invalidInput, problem, Refusal, type Text } from '@lokmin/contracts';
import { readMonth, readMonthOfYear } from '../value/files/month.ts';
import { textOf, type Cell, type FileRow, type ValuesFile } from '../value/files/row.ts';
import { columnLetters, columnNumber, type SheetOfCells } from '../value/files/workbook.ts';
import type { LayoutContent } from './layout.entity.ts';

/** A workbook of a district's own, as somebody wants it read. */
export interface AskedRows {
  readonly content: LayoutContent;
  readonly year: number;
  /** This month alone; null: every one that is in the file. */
  readonly period: string | null;
  /** The registration number of a puskesmas from its name; undefined: nobody's name, or that of several. */
  readonly codeOf: (name: string) => string | undefined;
}

/** @throws Refusal `input.invalid` for what contradicts itself */
export function checkLayout({ sheet, month, headerFrom, headerTo, columns }: LayoutContent): void {
  const twice = columns.findIndex((one, i) =>
    columns.some((other, j) => j < i && other.element === one.element && other.covers === one.covers),
  );
  if (twice >= 0) throw invalidInput(`columns.${twice}.element`, problem('listed-twice'));
  if ((sheet === null) !== (month === null))
    throw invalidInput('month', {
      id: 'isi tempat bulan bila lembarnya disebut, dan kosongkan bila setiap lembar bernama bulan',
      en: 'say where the month stands when the sheet is named, and leave it out when every sheet is named after a month',
    });
  if (headerTo < headerFrom)
    throw invalidInput('headerTo', {
      id: 'baris judul terakhir tidak boleh di atas yang pertama',
      en: 'the last row of the header cannot be above the first',
    });
}

/** A name without what stands before the names of all: `UPTD Puskesmas  Manggar` and `PKM. manggar` are `manggar`. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s.]+/g, ' ')
    .trim()
    .replace(/^((uptd|upt|blud|puskesmas|pusk|pkm) )+/, '');

/**
 * The values of a workbook, one after the other, by what a district says stands where. Cells without a place in it are passed
 * over, whatever stands in them. A row in which no figure stands says nothing; in one with any, an empty cell and a dash are
 * not reported.
 * @throws Refusal `import.unreadable` when the sheets are not there
 */
export function* rowsByLayout(
  sheets: readonly SheetOfCells[],
  asked: AskedRows,
  wrong: Parameters<ValuesFile['rows']>[0],
  odd: Parameters<ValuesFile['rows']>[1],
): Generator<FileRow[]> {
  for (const { sheet, period } of sheetsOf(sheets, asked, odd)) {
    if (period !== null && asked.period !== null && period !== asked.period) continue;
    const rows = headerStands(sheet, asked.content, wrong) ? rowsOf(sheet, period, asked, odd) : [];
    if (rows.length > 0) yield rows;
  }
}

/** The sheets that are read, with the month that their names say, or null. */
function sheetsOf(
  sheets: readonly SheetOfCells[],
  { content, year }: AskedRows,
  odd: Parameters<ValuesFile['rows']>[1],
): { sheet: SheetOfCells; period: string | null }[] {
  const names = sheets.map(({ name }) => name).join(', ');
  if (content.sheet !== null) {
    const wanted = content.sheet.toLowerCase();
    const sheet = sheets.find(({ name }) => name.trim().toLowerCase() === wanted);
    if (sheet) return [{ sheet, period: null }];
    throw new Refusal('import.unreadable', {
      reason: `lembar ${content.sheet} tidak ada; yang ada: ${names} / there is no sheet ${content.sheet}, but ${names}`,
    });
  }
  const found = sheets.flatMap((sheet) => {
    const period = monthOfText(sheet.name.trim().replace(/^(bulan|bln)[\s.]+/i, ''), year);
    if (period !== null && yearOf(parsePeriod(period)) === year) return [{ sheet, period }];
    if (sheet.rows.length > 0)
      odd({ sheet: sheet.name, row: 1 }, 'sheet_passed_over', {
        id: `Lembar ${sheet.name} tidak dibaca: namanya bukan bulan tahun ${year}.`,
        en: `The sheet ${sheet.name} was not read: its name is no month of ${year}.`,
      });
    return [];
  });
  if (found.length > 0) return found;
  throw new Refusal('import.unreadable', {
    reason: `tidak ada lembar yang bernama bulan tahun ${year}; yang ada: ${names} / no sheet is named after a month of ${year}; there are ${names}`,
  });
}

/** `Okt`, `10` and `Oktober 2024` are `2024-10` of the year 2024; null: no month. */
function monthOfText(text: string, year: number): string | null {
  const whole = readMonthOfYear(text);
  if (whole !== null && whole !== 'no-year') return whole;
  const month = readMonth(text);
  return month === null ? null : periodOf(year, month);
}

/** One column, from 0; a merged cell stands in every row that it reaches. */
function columnOf({ rows, merged }: SheetOfCells, column: number): (Cell | null)[] {
  const cells = rows.map((row) => row[column] ?? null);
  for (const { fromRow, toRow, fromColumn, toColumn } of merged)
    if (fromColumn <= column && column <= toColumn)
      cells.fill(rows[fromRow]?.[fromColumn] ?? null, fromRow, Math.min(toRow + 1, cells.length));
  return cells;
}

const plain = (header: string) => header.toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** What a header says of a column, from the upper row to the lower; what is merged over several rows stands once. */
function headerOf(cells: readonly (Cell | null)[], { headerFrom, headerTo }: LayoutContent): string {
  const texts = cells
    .slice(headerFrom - 1, headerTo)
    .flatMap((cell) => (cell === null ? [] : [textOf(cell)]));
  return texts.filter((text, i) => text !== texts[i - 1]).join(' / ');
}

/** Whether every column still has the header that it had when the layout was made; a column that was put in between shows. */
function headerStands(
  sheet: SheetOfCells,
  content: LayoutContent,
  wrong: Parameters<ValuesFile['rows']>[0],
): boolean {
  let stands = true;
  for (const { column, header } of content.columns) {
    if (header === null) continue;
    const found = headerOf(columnOf(sheet, columnNumber(column) - 1), content);
    if (plain(found) === plain(header)) continue;
    stands = false;
    const message: Text = {
      id: `Judul kolom ini seharusnya "${header}". Bila formulirnya berubah, perbarui bentuk berkas ini.`,
      en: `The header of this column should be "${header}". If the form has changed, bring this layout up to date.`,
    };
    wrong({ sheet: sheet.name, row: content.headerTo, column, value: found, message });
  }
  return stands;
}

/** Where something stands: cells of a column by row, or the same cell for every row. */
function placed(sheet: SheetOfCells, place: string): (row: number) => string {
  const [, letters, number] = /^([A-Z]+)(\d+)?$/.exec(place) as unknown as [string, string, string?];
  const cells = columnOf(sheet, columnNumber(letters) - 1);
  return (row) => textOf(cells[number === undefined ? row : Number(number) - 1] ?? '');
}

function rowsOf(
  sheet: SheetOfCells,
  ofSheet: string | null,
  { content, year, period: wanted, codeOf }: AskedRows,
  odd: Parameters<ValuesFile['rows']>[1],
): FileRow[] {
  const unitAt = placed(sheet, content.unit);
  const villageAt = content.village === null ? null : placed(sheet, content.village);
  const monthAt = content.month === null ? null : placed(sheet, content.month);
  const written = new Map(content.unitNames.map((it) => [plainName(it.written), it.code]));
  const passOver = content.passOver.map((text) => text.toLowerCase());
  const columns = content.columns.map((it) => {
    const index = columnNumber(it.column) - 1;
    const header = headerOf(columnOf(sheet, index), content);
    const named = header === '' ? it.column : `${header} (${columnLetters(index)})`;
    return { ...it, index, named };
  });
  const found: FileRow[] = [];
  const isPassedOver = (text: string) => passOver.some((start) => text.toLowerCase().startsWith(start));
  let last = '';
  for (let row = content.headerTo; row < sheet.rows.length; row++) {
    const village = villageAt?.(row) ?? '';
    // The name of the puskesmas may stand in the first row of its villages alone.
    const unit = unitAt(row) || (village === '' ? '' : last);
    if (isPassedOver(unit)) continue;
    last = unit;
    const cells = sheet.rows[row]!;
    if (columns.every(({ index }) => (cells[index] ?? null) === null)) continue;
    const place = { sheet: sheet.name, row: row + 1 };
    if (unit === '') {
      odd(place, 'row_passed_over', {
        id: 'Baris ini berisi angka, tetapi tanpa puskesmas. Baris ini tidak dibaca.',
        en: 'This row has figures, but no puskesmas. It was not read.',
      });
      continue;
    }
    const month = monthAt?.(row) ?? '';
    const period = ofSheet ?? monthOfText(month, year);
    if (period !== null && wanted !== null && period !== wanted) continue;
    if (period !== null && yearOf(parsePeriod(period)) !== year) {
      odd(place, 'row_passed_over', {
        id: `Baris ini dari bulan lain daripada tahun ${year}. Baris ini tidak dibaca.`,
        en: `This row is of a month outside of ${year}. It was not read.`,
      });
      continue;
    }
    const code = /^\d{7}$/.test(unit) ? unit : (written.get(plainName(unit)) ?? codeOf(unit) ?? unit);
    for (const { index, element, covers, named } of columns)
      found.push({
        place,
        cells: {
          puskesmas_reg_code: code,
          period: period ?? month,
          ...(villageAt && { [/^[\d.]{10,13}$/.test(village) ? 'village_code' : 'village']: village }),
          element,
          covers,
          numerator: figure(cells[index] ?? null, content),
        },
        columns: {
          puskesmas_reg_code: content.unit,
          indicator_code: content.unit,
          period: content.month ?? sheet.name,
          village: content.village ?? '',
          village_code: content.village ?? '',
          numerator: named,
        },
      });
  }
  return found;
}

/** Points between groups of three digits are thousands here: the district said that these are counts. */
function figure(cell: Cell | null, { zeroIsNotReported }: LayoutContent): Cell {
  const text = textOf(cell ?? '');
  if (zeroIsNotReported && /^0+([.,]0+)?$/.test(text)) return '';
  return typeof cell === 'string' && /^[1-9]\d{0,2}(\.\d{3})+$/.test(text)
    ? { exact: text.replaceAll('.', '') }
    : (cell ?? '');
}
