import { parsePeriod, periodOf } from '@lokmin/calendar';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator, goldenCases } from '@lokmin/evaluation/testing';
import { readBlock, reckon, rowsOf, withTyped, yearlyElements, type Reckoning } from './reckon.ts';

const december = parsePeriod('2024-12');
const reckoning = (what: Partial<Reckoning> = {}): Reckoning => ({
  rules: { ...DEFAULT_RULES, quality: { sequences: [{ earlier: 'K1', later: 'K4' }], levels: {} } },
  indicators: [anIndicator('K1'), anIndicator('K4', { denominatorElement: 'K1.den' })],
  sums: new Map(),
  targets: new Map(),
  values: [],
  ...what,
});
const typed = (entries: Record<string, string | null>) =>
  new Map(
    Object.entries(entries).map(([element, value]) => [element, { covers: 'YEAR_TO_DATE' as const, value }]),
  );

describe('a sheet', () => {
  it('says the same as the service of every golden case, from what is typed alone', () => {
    for (const { name, definition, rules, month, values, expected } of goldenCases(2024)) {
      const period = periodOf(2024, month);
      const sheet = reckoning({
        rules: { ...rules, quality: { sequences: [], levels: {} } },
        indicators: [definition],
      });
      const { results } = reckon(sheet, period, values);
      expect([name, results.get(definition.code)]).toMatchObject([name, expected]);
    }
  });

  it('judges and checks what is typed over what is stored', () => {
    const stored = { period: december, covers: 'year_to_date' as const, state: 'reported' as const };
    const sheet = reckoning({
      values: [
        { ...stored, element: 'K1.num', value: '100' },
        { ...stored, element: 'K1.den', value: '187' },
      ],
    });
    const values = withTyped(sheet, december, typed({ 'K1.num': '139', 'K4.num': '146' }));
    const { results, findings } = reckon(sheet, december, values);
    expect(results.get('K1')).toMatchObject({ coverage: '74.33', judgement: 'kurang' });
    expect(findings).toMatchObject([
      { rule: 'later_above_earlier', figures: { earlier: '139', later: '146' } },
    ]);
  });

  it('takes an emptied cell as not reported, which is not zero', () => {
    const sheet = reckoning();
    const { results } = reckon(
      sheet,
      december,
      withTyped(sheet, december, typed({ 'K1.num': null, 'K1.den': '187' })),
    );
    expect(results.get('K1')).toMatchObject({ coverageState: 'missing', judgement: 'tanpa_data' });
  });

  it('has a cell for each element of a sum, and the target groups of the year', () => {
    const sheet = reckoning({ sums: new Map([['K1.num', ['K1.girls', 'K1.boys']]]) });
    expect(rowsOf(sheet)[0]!.cells).toEqual([
      { numerator: 'K1.girls', denominator: 'K1.den' },
      { numerator: 'K1.boys', denominator: null },
    ]);
    expect([...yearlyElements(sheet)]).toEqual(['K1.den']);
  });
});

describe('a block from a spreadsheet', () => {
  it('is rows and columns, whatever ends its lines', () => {
    expect(readBlock('551\t693\r\n455\t693\r\n')).toEqual([
      ['551', '693'],
      ['455', '693'],
    ]);
    expect(readBlock(' 12 ')).toEqual([['12']]);
    expect(readBlock('1\n\n3')).toEqual([['1'], [''], ['3']]);
  });
});
