import { join } from 'node:path';
import { Refusal } from '@lokmin/contracts';
import type { Cell, FileRow, RowProblem } from '../value/files/row.ts';
import { readWorkbook, type SheetOfCells } from '../value/files/workbook.ts';
import type { LayoutContent } from './layout.entity.ts';
import { checkLayout, plainName, rowsByLayout, type AskedRows } from './layout.rules.ts';

const content: LayoutContent = {
  sheet: null,
  month: null,
  headerFrom: 3,
  headerTo: 4,
  unit: 'B',
  village: null,
  unitNames: [{ written: 'GTG', code: '1012404' }],
  passOver: ['Jumlah'],
  zeroIsNotReported: false,
  columns: [
    { column: 'C', header: 'Sasaran bumil', element: 'KIA-K1.den', covers: 'year_to_date' },
    { column: 'D', header: 'K1 / Abs', element: 'KIA-K1.num', covers: 'month' },
    { column: 'F', header: 'K4 / Abs', element: 'KIA-K4.num', covers: 'month' },
  ],
};
const CODES = new Map([
  ['manggar', '1012406'],
  ['gantung', '1012404'],
]);

function read(sheets: readonly SheetOfCells[], asked: Partial<AskedRows> = {}) {
  const problems: RowProblem[] = [];
  const warnings: string[] = [];
  const rows: FileRow[] = [];
  const codeOf = (name: string) => CODES.get(plainName(name));
  const whole = { content, year: 2024, period: null, codeOf, ...asked };
  for (const some of rowsByLayout(
    sheets,
    whole,
    (problem) => problems.push(problem),
    ({ sheet, row }, code) => warnings.push(`${sheet} ${row} ${code}`),
  ))
    rows.push(...some);
  const said = rows.map(({ place, cells }) => {
    const cell = cells['numerator']!;
    const { puskesmas_reg_code: unit, period, element } = cells as Record<string, string>;
    return `${place.row} ${unit} ${period} ${element} ${typeof cell === 'string' ? `"${cell}"` : cell.exact}`;
  });
  return { rows, said, problems, warnings };
}

const n = (exact: number): Cell => ({ exact: String(exact) });
const sheet = (name: string, rows: (Cell | null)[][], merged: SheetOfCells['merged'] = []): SheetOfCells => ({
  name,
  rows,
  merged,
});
/** One sheet with the month in a column, a header of one row, one figure. */
const byColumn = (...rows: (Cell | null)[][]) => sheet('Data', [['Puskesmas', 'Bulan', 'K1'], ...rows]);
const inColumn: LayoutContent = {
  ...content,
  sheet: 'data',
  month: 'B',
  headerFrom: 1,
  headerTo: 1,
  unit: 'A',
  columns: [{ column: 'C', header: 'K1', element: 'KIA-K1.num', covers: 'month' }],
};

describe('a workbook of a district, as LibreOffice writes it', () => {
  const book = () => readWorkbook(join(import.meta.dirname, '../value/files/fixtures/district.xlsx'));

  it('is read by its layout: months by sheet, merged headers, names, sums, dashes, thousands with points', async () => {
    const { said, problems, warnings } = read(await book());
    expect(problems).toEqual([]);
    expect(said).toEqual([
      '5 1012406 2024-10 KIA-K1.den 693',
      '5 1012406 2024-10 KIA-K1.num 51',
      '5 1012406 2024-10 KIA-K4.num "47"',
      '6 1012404 2024-10 KIA-K1.den 1234',
      '6 1012404 2024-10 KIA-K1.num "-"',
      '6 1012404 2024-10 KIA-K4.num ""',
      '5 1012406 2024-11 KIA-K1.den 693',
      '5 1012406 2024-11 KIA-K1.num 0',
      '5 1012406 2024-11 KIA-K4.num 52',
      '6 1012404 2024-11 KIA-K1.den 0',
      '6 1012404 2024-11 KIA-K1.num "#DIV/0!"',
      '6 1012404 2024-11 KIA-K4.num 3',
    ]);
    expect(warnings).toEqual(['Rekap 1 sheet_passed_over', 'Okt 8 row_passed_over']);
  });

  it('can be read for one month, and with zeros that were typed for nothing', async () => {
    const { said } = read(await book(), {
      period: '2024-11',
      content: { ...content, zeroIsNotReported: true },
    });
    expect(said).toHaveLength(6);
    expect(said.slice(1, 4)).toEqual([
      '5 1012406 2024-11 KIA-K1.num ""',
      '5 1012406 2024-11 KIA-K4.num 52',
      '6 1012404 2024-11 KIA-K1.den ""',
    ]);
  });

  it('is refused with its place where a header is another one than when the layout was made', async () => {
    const columns = content.columns.with(1, { ...content.columns[1]!, column: 'E' });
    const { said, problems } = read(await book(), { content: { ...content, columns } });
    expect(said).toEqual([]);
    expect(problems.map(({ sheet, row, column, value }) => [sheet, row, column, value])).toEqual([
      ['Okt', 4, 'E', 'K1 / %'],
      ['Bulan November', 4, 'E', 'K1 / %'],
      ['Des 2024', 4, 'E', 'K1 / %'],
    ]);
  });

  it('is refused where no sheet is what the layout says', async () => {
    const sheets = await book();
    expect(() => read(sheets, { content: inColumn })).toThrow(Refusal);
    expect(() => read(sheets.slice(-1))).toThrow(/Rekap/);
  });
});

describe('a month in a column or a cell', () => {
  it.each([
    ['Okt', '2024-10'],
    ['Oktober 2024', '2024-10'],
    ['2024-10-01', '2024-10'],
    ['10', '2024-10'],
  ])('is read from %j', (month, period) => {
    const { said } = read([byColumn(['Manggar', month, n(5)])], { content: inColumn });
    expect(said).toEqual([`2 1012406 ${period} KIA-K1.num 5`]);
  });

  it('other than the one that is asked for is passed over', () => {
    const sheets = [byColumn(['Manggar', 'Okt', n(5)], ['Manggar', 'Nov', n(6)])];
    const { said } = read(sheets, { content: inColumn, period: '2024-11' });
    expect(said).toEqual(['3 1012406 2024-11 KIA-K1.num 6']);
  });

  it('of another year is passed over with a word, and what is no month goes on to be refused at its place', () => {
    const { said, warnings } = read([byColumn(['Manggar', 'Okt 2023', n(5)], ['Manggar', 'TW III', n(5)])], {
      content: inColumn,
    });
    expect(warnings).toEqual(['Data 2 row_passed_over']);
    expect(said).toEqual(['3 1012406 TW III KIA-K1.num 5']);
  });

  it('stands for every row that a merged cell reaches, and the puskesmas may stand in one cell for all', () => {
    const rows = [
      ['Puskesmas', 'PKM Manggar', 'K1'],
      [null, 'Jan', n(1)],
      [null, null, n(2)],
    ];
    const merged = [{ fromRow: 1, toRow: 2, fromColumn: 1, toColumn: 1 }];
    const { said } = read([sheet('Data', rows, merged)], {
      content: { ...inColumn, unit: 'B1', columns: [{ ...inColumn.columns[0]!, header: null }] },
    });
    expect(said).toEqual(['2 1012406 2024-01 KIA-K1.num 1', '3 1012406 2024-01 KIA-K1.num 2']);
  });
});

it('a row may be of a village, with its puskesmas in a merged cell or in the first row alone; a sum names none', () => {
  const content = { ...inColumn, village: 'D' };
  const rows: [string | null, string][] = [
    ['Manggar', 'Baru'],
    [null, '19.06.01.2002'],
    [null, 'Jumlah'],
    ['Jumlah', ''],
    ['Gantung', 'Selinsing'],
  ];
  const { rows: found, warnings } = read(
    [byColumn(...rows.map(([unit, village]) => [unit, 'Jan', n(1), village]))],
    { content },
  );
  const said = found.map(({ place, cells }) => [
    place.row,
    cells['puskesmas_reg_code'],
    cells['village'] ?? cells['village_code'],
    'village_code' in cells,
  ]);
  expect(said).toEqual([
    [2, '1012406', 'Baru', false],
    [3, '1012406', '19.06.01.2002', true],
    [4, '1012406', 'Jumlah', false],
    [6, '1012404', 'Selinsing', false],
  ]);
  expect(warnings).toEqual([]);
});

it('a puskesmas is known by its number, its name and what the layout says; another name stays as it is written', () => {
  const written = ['1012406', 'UPTD  Puskesmas MANGGAR', 'pkm.gantung', 'gtg', 'Antah Berantah'];
  const { said } = read([byColumn(...written.map((name) => [name, 'Jan', n(1)]))], { content: inColumn });
  expect(said.map((text) => text.split(' ')[1])).toEqual([
    '1012406',
    '1012406',
    '1012404',
    '1012404',
    'Antah',
  ]);
});

it.each([
  [{ sheet: 'Data' }, 'month'],
  [{ month: 'B' }, 'month'],
  [{ headerTo: 2 }, 'headerTo'],
  [{ columns: content.columns.map((it) => ({ ...it, element: 'KIA-K4.num' })) }, 'columns.2.element'],
])('a layout that contradicts itself is refused: %j', (change, field) => {
  checkLayout(content);
  expect(() => checkLayout({ ...content, ...change })).toThrow(expect.objectContaining({ field }));
});
