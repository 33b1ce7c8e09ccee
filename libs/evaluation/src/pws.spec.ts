import { parsePeriod } from '@lokmin/calendar';
import {
  DEFAULT_RULES,
  PWS_REASONS,
  pws,
  pwsOrder,
  pwsSum,
  type IndicatorDefinition,
  type PwsYear,
  type Reported,
} from './index.ts';
import { anIndicator } from '../testing/index.ts';

const march = parsePeriod('2024-03');
const january = parsePeriod('2024-01');

type Said = [month: string, element: 'num' | 'den', value: string | null, covers?: Reported['covers']];
const values = (said: Said[], state?: Reported['state']): Reported[] =>
  said.map(([month, element, value, covers = element === 'den' ? 'year_to_date' : 'month']) => ({
    period: parsePeriod(month),
    element: `K1.${element}`,
    covers,
    state: state ?? (value === null ? 'not_reported' : 'reported'),
    value,
  }));
const aYear = (said: Said[], given: Partial<IndicatorDefinition> = {}): PwsYear => ({
  definition: anIndicator('K1', given),
  values: values(said),
});

const months: Said[] = [
  ['2024-01', 'den', '100'],
  ['2024-01', 'num', '8'],
  ['2024-02', 'num', '9'],
  ['2024-03', 'num', '7'],
];
const without = (month: string): Said[] => months.filter(([each, part]) => each !== month || part === 'den');

describe('the local area monitoring of a village', () => {
  it('of a village is computed from what it reported', () => {
    expect(pws(aYear(months), DEFAULT_RULES, march)).toEqual({
      numerator: '24',
      denominator: '100',
      coverage: '24.00',
      coverageState: 'value',
      runningTarget: '25.00',
      numeratorOfMonth: '7',
      ofMonth: '7.00',
      ofLastMonth: '9.00',
      arrow: 'down',
      status: 'jelek',
      reason: null,
    });
  });

  it.each<[string, Said[], string, string, string]>([
    ['up, above', [...without('2024-03'), ['2024-03', 'num', '10']], '27.00', 'up', 'baik'],
    ['level, above', [...without('2024-03'), ['2024-03', 'num', '9']], '26.00', 'level', 'baik'],
    ['a reported zero', [...without('2024-03'), ['2024-03', 'num', '0']], '17.00', 'down', 'jelek'],
    ['year to date', [...months, ['2024-03', 'num', '27', 'year_to_date']], '27.00', 'up', 'baik'],
    [
      'year to date mended downwards',
      [...months, ['2024-03', 'num', '15', 'year_to_date']],
      '15.00',
      'down',
      'jelek',
    ],
  ])('%s', (_, said, coverage, arrow, status) => {
    expect(pws(aYear(said), DEFAULT_RULES, march)).toMatchObject({ coverage, arrow, status, reason: null });
  });

  it('takes the target group that stands now for both months', () => {
    const said: Said[] = [...months.slice(1), ['2024-03', 'den', '50']];
    expect(pws(aYear(said), DEFAULT_RULES, march)).toMatchObject({
      coverage: '48.00',
      ofMonth: '14.00',
      ofLastMonth: '18.00',
      status: 'kurang', // above the target, and falling
    });
  });

  it('is by the target of the puskesmas', () => {
    const rising: Said[] = [...without('2024-03'), ['2024-03', 'num', '9']];
    const target = { month: null, value: '120' };
    expect(pws(aYear(rising), DEFAULT_RULES, march, null, target)).toMatchObject({
      runningTarget: '30.00',
      status: 'cukup',
    });
  });

  it('is decided before rounding', () => {
    const said: Said[] = [
      ['2024-01', 'den', '300000'],
      ['2024-02', 'num', '37499'],
      ['2024-01', 'num', '0'],
      ['2024-03', 'num', '37500'],
    ];
    expect(pws(aYear(said), DEFAULT_RULES, march)).toMatchObject({
      coverage: '25.00',
      runningTarget: '25.00',
      ofMonth: '12.50',
      ofLastMonth: '12.50',
      arrow: 'up',
      status: 'cukup',
    });
  });

  it.each<[string, PwsYear, string]>([
    ['a count', aYear(months, { multiplier: null, denominatorElement: null }), 'not_measured'],
    ['less is better', aYear(months, { direction: 'lower' }), 'not_measured'],
    ['rounds', aYear(months, { activeMonths: [2, 8] }), 'in_rounds'],
    [
      'no such service',
      { ...aYear([]), values: values([['2024-03', 'num', null, 'year_to_date']], 'not_applicable') },
      'not_applicable',
    ],
    ['no target', aYear(months, { annualTarget: null }), 'no_target'],
    ['nothing at all', aYear([]), 'no_data'],
    ['only a target group', aYear([['2024-01', 'den', '100']]), 'no_data'],
    ['said not to be reported', aYear([months[0]!, ['2024-03', 'num', null]]), 'no_data'],
    ['no target group', aYear(months.slice(1)), 'no_target_group'],
    ['nobody to reach', aYear([['2024-01', 'den', '0'], ...months.slice(1)]), 'zero_target_group'],
    ['this month silent', aYear(without('2024-03')), 'month_missing'],
    [
      'two months in one figure',
      aYear([months[0]!, ['2024-03', 'num', '20', 'year_to_date']]),
      'month_missing',
    ],
    ['last month silent', aYear(without('2024-02')), 'last_month_missing'],
  ])('says why there is no status: %s', (_, year, reason) => {
    const result = pws(year, DEFAULT_RULES, march);
    expect(result).toMatchObject({ status: null, reason });
    expect(PWS_REASONS).toContain(result.reason);
  });

  it('shows what stands, though the month is silent', () => {
    expect(pws(aYear(without('2024-03')), DEFAULT_RULES, march)).toMatchObject({
      coverage: '17.00',
      ofMonth: null,
      ofLastMonth: '9.00',
      arrow: null,
    });
  });

  it('looks in January at December of the year before, each over its own target group', () => {
    const year = aYear([
      ['2024-01', 'den', '100'],
      ['2024-01', 'num', '9'],
    ]);
    const lastYear = aYear([
      ['2023-01', 'den', '50'],
      ['2023-11', 'num', '40', 'year_to_date'],
      ['2023-12', 'num', '5'],
    ]);
    expect(pws(year, DEFAULT_RULES, january, lastYear)).toMatchObject({
      ofMonth: '9.00',
      ofLastMonth: '10.00',
      status: 'kurang',
    });
    expect(pws(year, DEFAULT_RULES, january)).toMatchObject({ status: null, reason: 'last_month_missing' });
  });

  it('compares the months themselves where figures do not add up', () => {
    const said: Said[] = [
      ['2024-02', 'num', '80'],
      ['2024-02', 'den', '100', 'month'],
      ['2024-03', 'num', '45'],
      ['2024-03', 'den', '50', 'month'],
    ];
    for (const accumulation of ['monthly', 'snapshot'] as const)
      expect(pws(aYear(said, { accumulation }), DEFAULT_RULES, march)).toMatchObject({
        coverage: '90.00',
        runningTarget: '100.00',
        ofMonth: '90.00',
        ofLastMonth: '80.00',
        status: 'cukup',
      });
    const carried = pws(aYear(said.slice(0, 2), { accumulation: 'snapshot' }), DEFAULT_RULES, march);
    expect(carried).toMatchObject({ coverage: '80.00', ofMonth: null, reason: 'month_missing' });
  });
});

describe('the sum of villages', () => {
  it.each<[(string | null)[], string | null]>([
    [['10', null, '2.5'], '12.5'],
    [['0', null], '0'],
    [[null, null], null],
    [[], null],
  ])('of %j is %s', (counts, sum) => {
    expect(pwsSum(counts)).toBe(sum);
  });
});

describe('the order of villages', () => {
  it('is from the highest to the lowest before rounding, those without a figure last', () => {
    const village = (name: string, numerator: string | null, denominator: string) => ({
      name,
      result: pws(
        aYear([
          ['2024-01', 'den', denominator],
          ['2024-03', 'num', numerator],
        ]),
        DEFAULT_RULES,
        march,
      ),
    });
    const villages = [
      village('silent', null, '100'),
      village('low', '10', '100'),
      village('high', '20001', '100000'),
      village('close', '20', '100'),
      village('none', null, '100'),
      village('zero', '0', '100'),
    ];
    expect(pwsOrder(villages).map(({ name }) => name)).toEqual([
      'high',
      'close',
      'low',
      'zero',
      'silent',
      'none',
    ]);
  });
});
