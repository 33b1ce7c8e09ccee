import { CellProblem, columnOf, readCount, readPeriod, readPublished } from '../import.rules.ts';
import { readMonth, readMonthOfYear } from './month.ts';
import { readNumber } from './number.ts';

describe('a number', () => {
  it.each([
    ['0', '0'],
    ['1234', '1234'],
    ['91,5', '91.5'],
    ['91.5', '91.5'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['12.345.678,90', '12345678.90'],
    ['1 234', '1234'],
    ['1\u00A0234\u00A0567,5', '1234567.5'],
    ['0.812', '0.812'],
    ['0,812', '0.812'],
    ['1234.567', '1234.567'],
    ['1,2340', '1.2340'],
    ['999,9', '999.9'],
  ])('%j is %s', (text, value) => expect(readNumber(text)).toBe(value));

  it.each(['1.234', '1,234', '12.345', '999,999', '100.000'])(
    '%j is asked about: thousands or a fraction',
    (text) => expect(readNumber(text)).toBe('ambiguous'),
  );

  it.each([
    '',
    'tiga',
    '1.23.456',
    '1,234,5',
    '1.234,5.6',
    '1.2345,6',
    '-5',
    '+5',
    '1e5',
    '1 23',
    '.5',
    '5,',
    '12%',
    '1.234,',
  ])('%j is none', (text) => expect(readNumber(text)).toBeNull());
});

describe('a month', () => {
  it.each([
    ['Januari', 1],
    ['jan', 1],
    ['PEBRUARI', 2],
    ['Feb.', 2],
    ['Mrt', 3],
    ['Mei', 5],
    ['may', 5],
    ['Agt', 8],
    ['Ags', 8],
    ['Sept', 9],
    ['Okt', 10],
    ['October', 10],
    ['Nop', 11],
    ['Nopember', 11],
    ['Des', 12],
    ['07', 7],
    ['12', 12],
  ])('%j is month %i', (text, month) => expect(readMonth(text)).toBe(month));

  it.each(['', '0', '13', 'Triwulan I', 'J', 'Juni Juli'])('%j is none', (text) =>
    expect(readMonth(text)).toBeNull(),
  );

  it.each([
    ['2024-10', '2024-10'],
    ['202410', '2024-10'],
    ['2024-10-01', '2024-10'],
    ['Oktober 2024', '2024-10'],
    ['okt 2024', '2024-10'],
    ['Okt-24', '2024-10'],
    ['10/2024', '2024-10'],
    ['1-2024', '2024-01'],
  ])('%j is %s', (text, period) => expect(readMonthOfYear(text)).toBe(period));

  it.each(['2024', '2024-13', '1/10/2024', '2024-10-02', '10-24', 'Oktobar 2024', '1850-01', '20241'])(
    '%j is no month of a year',
    (text) => expect(readMonthOfYear(text)).toBeNull(),
  );

  it('without its year is known for it', () => expect(readMonthOfYear('Okt')).toBe('no-year'));
});

describe('the cells of a row', () => {
  const problem = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof CellProblem) return error.text.en;
      throw error;
    }
    return 'none';
  };
  const count = (text: string, whole = true) => readCount({ numerator: text }, 'numerator', whole);

  it.each(['', ' ', '-', ' - ', '\u2013', '\u2014'])('%j is not reported', (text) =>
    expect(count(text)).toBeNull(),
  );

  it('that a file does not have say nothing, which is not the same', () =>
    expect(readCount({}, 'numerator', true)).toBeUndefined());

  it('hold whole counts, with thousands as Indonesian Excel writes them', () => {
    expect(count('1.234.567')).toBe('1234567');
    expect(count(' 551 ')).toBe('551');
    expect(count('1.234,0')).toBe('1234.0');
  });

  it('hold numbers of the format itself, which are asked nothing', () => {
    expect(readCount({ numerator: { exact: '1.234' } }, 'numerator', false)).toBe('1.234');
    expect(readCount({ numerator: { exact: '1234' } }, 'numerator', true)).toBe('1234');
  });

  it.each([
    ['1.234', true, /^"1\.234" can mean thousands.*for example 1234\.$/],
    ['1,234', false, /^"1,234" can mean thousands.*Write 1234 for thousands, or 1\.2340 for a fraction/],
    ['#DIV/0!', true, /formula of the sheet failed \(#DIV\/0!\)/],
    ['#REF!', true, /formula of the sheet failed \(#REF!\)/],
    ['#N/A', true, /formula/],
    ['-5', true, /negative/],
    ['- 1.234', true, /negative/],
    ['1.234,5', true, /whole number/],
    ['tiga', true, /^Not a number/],
    ['9'.repeat(16), true, /too large/],
    ['0,1234567', false, /at most 6 decimals/],
  ])('are refused with %j', (text, whole, says) => expect(problem(() => count(text, whole))).toMatch(says));

  it('name their period, or the year, or year and month', () => {
    expect(readPeriod({ period: 'Okt 2024' })).toEqual({ period: '2024-10', covers: 'month' });
    expect(readPeriod({ period: '2024-10', covers: 'Kumulatif' })).toEqual({
      period: '2024-10',
      covers: 'year_to_date',
    });
    expect(readPeriod({ year: '2024' })).toEqual({ period: '2024-12', covers: 'year_to_date' });
    expect(readPeriod({ year: '2024', month: 'Okt' })).toEqual({ period: '2024-10', covers: 'month' });
    expect(problem(() => readPeriod({ period: 'Okt' }))).toMatch(/year is missing/);
    expect(problem(() => readPeriod({ year: '2024', month: 'Triwulan' }))).toMatch(/name or number/);
    expect(problem(() => readPeriod({ year: '24' }))).toMatch(/four digits/);
    expect(problem(() => readPeriod({ year: '2024', covers: 'bulan' }))).toMatch(/cannot be "month"/);
    expect(problem(() => readPeriod({ period: '2024-10', covers: 'minggu' }))).toMatch(/since January/);
  });

  it('hold the printed percentage with its comma, and a percent sign', () => {
    expect(readPublished({ published_value: '79,51 %' })).toBe('79.51');
    expect(problem(() => readPublished({ published_value: '79,51x' }))).toMatch(/percentage/);
  });

  it('stand under the English names or those of the offices', () => {
    expect(['Kode Puskesmas', ' PEMBILANG ', 'kode-indikator', 'numerator', 'warna'].map(columnOf)).toEqual([
      'puskesmas_reg_code',
      'numerator',
      'indicator_code',
      'numerator',
      'warna',
    ]);
  });
});
