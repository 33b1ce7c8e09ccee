import { parsePeriod } from '@lokmin/calendar';

import {
  aggregate,
  checkBands,
  DEFAULT_RULES,
  judge,
  tally,
  type IndicatorDefinition,
  type Reported,
  type Rules,
} from './index.ts';
import { anIndicator } from '../testing/index.ts';

const anX = (what: Partial<IndicatorDefinition> = {}) => anIndicator('X', what);

const aCount = (what: Partial<IndicatorDefinition> = {}) =>
  anX({ unit: 'count', multiplier: null, denominatorElement: null, ...what });

/** `num('2024-03', '5')` is a month's value, `num('2024-03', '5', 'year_to_date')` the sum through it. */
const reported =
  (element: string) =>
  (
    period: string,
    value: string | null,
    covers: Reported['covers'] = 'month',
    state?: Reported['state'],
  ): Reported => ({
    period: parsePeriod(period),
    element,
    covers,
    state: state ?? (value === null ? 'not_reported' : 'reported'),
    value,
  });
const num = reported('X.num');
const den = reported('X.den');

const at = (period: string) => parsePeriod(period);
const months = (through: number, value: string) =>
  Array.from({ length: through }, (_, index) => num(`2024-${String(index + 1).padStart(2, '0')}`, value));

function judged(
  what: Partial<IndicatorDefinition>,
  period: string,
  values: Reported[],
  rules: Rules = DEFAULT_RULES,
) {
  return judge(anX(what), rules, at(period), values);
}

describe('both percentages (Puskesmas Manggar, K1 2024: 551 of 693)', () => {
  const values = [num('2024-12', '551', 'year_to_date'), den('2024-12', '693', 'year_to_date')];

  it('with a target of 100 is 79.51 of coverage and of performance: kurang', () => {
    expect(judged({ annualTarget: '100' }, '2024-12', values)).toEqual({
      numerator: '551',
      denominator: '693',
      coverage: '79.51',
      coverageState: 'value',
      runningTarget: '100.00',
      performance: '79.51',
      performanceCapped: '79.51',
      judgement: 'kurang',
      monthsReported: 12,
      monthsExpected: 12,
      warnings: [],
    });
  });

  it('with a target of 95 is the same coverage and 83.69 of performance: cukup', () => {
    const result = judged({ annualTarget: '95' }, '2024-12', values);
    expect(result).toMatchObject({ coverage: '79.51', performance: '83.69', judgement: 'cukup' });
  });

  it('caps the performance at 100 for the PKP score only', () => {
    const result = judged({}, '2024-12', [
      num('2024-12', '1719', 'year_to_date'),
      den('2024-12', '1000', 'year_to_date'),
    ]);
    expect(result).toMatchObject({ coverage: '171.90', performance: '171.90', performanceCapped: '100.00' });
    expect(result.warnings).toEqual([{ code: 'numerator_above_denominator', excess: '719' }]);
  });
});

describe('the bands', () => {
  // Over a target of 100 the performance is the numerator in percent of 10^7.
  it.each([
    ['0', 'kurang'],
    ['79.9999999', 'kurang'],
    ['80', 'kurang'],
    ['80.0000001', 'cukup'],
    ['80.5', 'cukup'],
    ['81', 'cukup'],
    ['90', 'cukup'],
    ['90.5', 'cukup'],
    ['90.99999', 'cukup'],
    ['90.99999999999999999999', 'cukup'],
    ['91', 'baik'],
    ['130', 'baik'],
  ])('a performance of %s is %s', (performance, judgement) => {
    const [whole = '', decimals = ''] = performance.split('.');
    const values = [
      num('2024-12', String(BigInt(whole + decimals)), 'year_to_date'),
      den('2024-12', `100${'0'.repeat(decimals.length)}`, 'year_to_date'),
    ];
    expect(judged({}, '2024-12', values).judgement).toBe(judgement);
  });

  it('judge before rounding: 90.996 shows as 91.00 and is cukup', () => {
    const values = [num('2024-12', '90996', 'year_to_date'), den('2024-12', '100000', 'year_to_date')];
    expect(judged({}, '2024-12', values)).toMatchObject({ performance: '91.00', judgement: 'cukup' });
  });

  it('are the district’s own', () => {
    const values = [num('2024-12', '75', 'year_to_date'), den('2024-12', '100', 'year_to_date')];
    const rules: Rules = { ...DEFAULT_RULES, bands: { kurangAtMost: '60.5', baikFrom: '75' } };
    expect(judged({}, '2024-12', values, rules).judgement).toBe('baik');
  });

  it.each([
    ['91', '80'],
    ['80', '80'],
    ['80.00', '80'],
  ])('from %s and %s overlap and are refused', (kurangAtMost, baikFrom) => {
    expect(() => checkBands({ kurangAtMost, baikFrom })).toThrow(
      expect.objectContaining({ name: 'EvaluationError', code: 'evaluation.bands-overlap' }),
    );
  });

  it('must be decimal numbers', () => {
    expect(() => checkBands({ kurangAtMost: '80,5', baikFrom: '91' })).toThrow(
      expect.objectContaining({ code: 'evaluation.not-a-decimal', details: { value: '80,5' } }),
    );
    expect(() => checkBands(DEFAULT_RULES.bands)).not.toThrow();
  });
});

describe('missing is not zero', () => {
  const group = den('2024-01', '100', 'year_to_date');

  it('judges a reported zero', () => {
    const result = judged({ accumulation: 'monthly' }, '2024-03', [
      num('2024-03', '0'),
      den('2024-03', '100'),
    ]);
    expect(result).toMatchObject({
      coverage: '0.00',
      coverageState: 'value',
      performance: '0.00',
      judgement: 'kurang',
    });
  });

  it.each([
    ['nothing', []],
    ['no numerator', [group]],
    ['no denominator', [num('2024-03', '5')]],
    ['a numerator said to be not reported', [num('2024-03', null), group]],
    ['a value that is not reported', [num('2024-03', '5', 'month', 'not_reported'), group]],
  ] as [string, Reported[]][])('has no data from %s', (_, values) => {
    const result = judged({}, '2024-03', values);
    expect(result).toMatchObject({
      coverage: null,
      coverageState: 'missing',
      performance: null,
      judgement: 'tanpa_data',
    });
  });

  it('shows the part that is known', () => {
    expect(judged({}, '2024-03', [group])).toMatchObject({
      numerator: null,
      denominator: '100',
      runningTarget: '25.00',
    });
  });

  it('keeps a zero denominator apart, and never divides by it', () => {
    const values = [num('2024-12', '3', 'year_to_date'), den('2024-12', '0', 'year_to_date')];
    const result = judged({}, '2024-12', values);
    expect(result).toMatchObject({
      coverage: null,
      coverageState: 'zero_denominator',
      judgement: 'tanpa_data',
    });
    expect(result.warnings).toEqual([{ code: 'zero_denominator' }]);
  });

  it.each(['cumulative', 'monthly', 'snapshot'] as const)(
    'keeps not applicable apart: %s',
    (accumulation) => {
      const values = [
        num('2024-03', null, 'year_to_date', 'not_applicable'),
        den('2024-03', '10', 'year_to_date'),
      ];
      expect(judged({ accumulation }, '2024-03', values)).toMatchObject({
        numerator: null,
        coverageState: 'not_applicable',
        judgement: 'tanpa_data',
        monthsReported: 0,
        monthsExpected: 0,
      });
    },
  );

  it('is not applicable when every month is said to be so, not when one of them is silent', () => {
    const january = num('2024-01', null, 'month', 'not_applicable');
    const february = num('2024-02', null, 'month', 'not_applicable');
    expect(judged({}, '2024-02', [january, february, group]).coverageState).toBe('not_applicable');
    expect(judged({}, '2024-02', [january, group]).coverageState).toBe('missing');
  });

  it('is not applicable when the target group of the month is said to be so', () => {
    const values = [num('2024-01', '0'), den('2024-01', null, 'month', 'not_applicable')];
    expect(judged({}, '2024-01', values).coverageState).toBe('not_applicable');
  });

  it('takes an estimate and says so', () => {
    const values = [num('2024-01', '5', 'month', 'estimated'), num('2024-02', '5'), group];
    const result = judged({}, '2024-02', values);
    expect(result).toMatchObject({ coverage: '10.00', judgement: 'kurang' });
    expect(result.warnings).toEqual([{ code: 'estimated', part: 'numerator', periods: ['2024-01'] }]);
  });

  it('warns of people in fractions, not of scores', () => {
    const values = [num('2024-12', '1.5', 'year_to_date'), den('2024-12', '3', 'year_to_date')];
    expect(judged({}, '2024-12', values).warnings).toEqual([
      { code: 'not_integer', part: 'numerator', value: '1.5' },
    ]);
    const index = [num('2024-12', '240.5', 'year_to_date'), den('2024-12', '3', 'year_to_date')];
    expect(judged({ multiplier: '1', annualTarget: '76.61' }, '2024-12', index)).toMatchObject({
      coverage: '80.17',
      warnings: [],
    });
  });

  it('is tanpa target without a target, also for a count, an information and a target that cannot be used', () => {
    const values = [num('2024-12', '92', 'year_to_date'), den('2024-12', '100', 'year_to_date')];
    expect(judged({ annualTarget: null }, '2024-12', values)).toMatchObject({
      coverage: '92.00',
      judgement: 'tanpa_target',
    });
    expect(judged({ direction: 'info' }, '2024-12', values)).toMatchObject({
      runningTarget: null,
      judgement: 'tanpa_target',
    });
    expect(judge(aCount({ annualTarget: null }), DEFAULT_RULES, at('2024-12'), values)).toMatchObject({
      coverage: '92.00',
      denominator: null,
      judgement: 'tanpa_target',
    });
    const zero = judged({ annualTarget: '0' }, '2024-12', values);
    expect(zero.judgement).toBe('tanpa_target');
    expect(zero.warnings).toEqual([{ code: 'target_unusable', target: '0' }]);
  });
});

describe('the running target', () => {
  const group = den('2024-01', '1000', 'year_to_date');

  it.each([
    ['80', '2024-09', '60.00'],
    ['80', '2024-01', '6.67'],
    ['80', '2024-12', '80.00'],
    ['100', '2024-03', '25.00'],
  ])('of %s a year is at %s %s', (annualTarget, period, running) => {
    expect(judged({ annualTarget }, period, [group]).runningTarget).toBe(running);
  });

  it('does not round the monthly step: 600 of 1,000 in September is exactly on 80 a year', () => {
    const result = judged({ annualTarget: '80' }, '2024-09', [num('2024-09', '600', 'year_to_date'), group]);
    expect(result).toMatchObject({ coverage: '60.00', performance: '100.00', judgement: 'baik' });
  });

  it('of a count is prorated too: 1,518 a year is 126.50 in January', () => {
    const count = judge(aCount({ annualTarget: '1518' }), DEFAULT_RULES, at('2024-01'), [
      num('2024-01', '127'),
    ]);
    expect(count).toMatchObject({
      coverage: '127.00',
      runningTarget: '126.50',
      performance: '100.40',
      judgement: 'baik',
    });
  });

  it.each(['monthly', 'snapshot'] as const)('of a %s indicator is the whole target', (accumulation) => {
    expect(judged({ accumulation, annualTarget: '80' }, '2024-03', []).runningTarget).toBe('80.00');
  });

  it.each([
    ['2024-02', '45.00'],
    ['2024-07', '45.00'],
    ['2024-08', '90.00'],
  ])('of two rounds a year is at %s %s', (period, running) => {
    expect(judged({ annualTarget: '90', activeMonths: [2, 8] }, period, []).runningTarget).toBe(running);
  });

  it('before the first round is none, and says why', () => {
    const values = [num('2024-01', '5'), group];
    const result = judged({ annualTarget: '90', activeMonths: [2, 8] }, '2024-01', values);
    expect(result).toMatchObject({ coverage: '0.50', runningTarget: null, judgement: 'tanpa_target' });
    expect(result.warnings).toEqual([{ code: 'no_round_yet', firstRound: 2 }]);
  });
});

describe('where less is better', () => {
  const rate: Partial<IndicatorDefinition> = { direction: 'lower', annualTarget: '10' };
  const of = (value: string) => [
    num('2024-12', value, 'year_to_date'),
    den('2024-12', '100', 'year_to_date'),
  ];

  it.each([
    ['ratio', '0', '100.00', 'baik'],
    ['ratio', '10', '100.00', 'baik'],
    ['ratio', '11', '90.91', 'cukup'],
    ['ratio', '12.5', '80.00', 'kurang'],
    ['ratio', '20', '50.00', 'kurang'],
    ['linear', '0', '200.00', 'baik'],
    ['linear', '10', '100.00', 'baik'],
    ['linear', '11', '90.00', 'cukup'],
    ['linear', '20', '0.00', 'kurang'],
    ['linear', '25', '-50.00', 'kurang'],
  ] as const)(
    'by %s, %s against a ceiling of 10 is %s: %s',
    (lowerIsBetter, actual, performance, judgement) => {
      const result = judged(rate, '2024-12', of(actual), { ...DEFAULT_RULES, lowerIsBetter });
      expect(result).toMatchObject({ performance, judgement });
    },
  );

  it('caps the linear performance for the PKP score', () => {
    const result = judged(rate, '2024-12', of('0'), { ...DEFAULT_RULES, lowerIsBetter: 'linear' });
    expect(result.performanceCapped).toBe('100.00');
  });

  it.each(['ratio', 'linear'] as const)('a ceiling of zero is met by zero alone: %s', (lowerIsBetter) => {
    const rules = { ...DEFAULT_RULES, lowerIsBetter };
    const none = { ...rate, annualTarget: '0' };
    expect(judged(none, '2024-12', of('0'), rules)).toMatchObject({
      performance: '100.00',
      judgement: 'baik',
    });
    expect(judged(none, '2024-12', of('1'), rules)).toMatchObject({
      performance: '0.00',
      judgement: 'kurang',
    });
  });

  it('a ceiling on a rate holds whole in every month, and its denominator grows with the months', () => {
    const births = ['2024-01', '2024-02', '2024-03'].flatMap((period) => [
      num(period, '10'),
      den(period, '100'),
    ]);
    expect(judged(rate, '2024-03', births)).toMatchObject({
      numerator: '30',
      denominator: '300',
      coverage: '10.00',
      runningTarget: '10.00',
      judgement: 'baik',
    });
  });

  it('a ceiling on a count is prorated', () => {
    const count = aCount({ direction: 'lower', annualTarget: '24' });
    expect(judge(count, DEFAULT_RULES, at('2024-06'), [num('2024-06', '15', 'year_to_date')])).toMatchObject({
      runningTarget: '12.00',
      performance: '80.00',
      judgement: 'kurang',
    });
  });
});

describe('the values that stand for a cumulative indicator', () => {
  const group = den('2024-01', '120', 'year_to_date');

  it('are its months, summed', () => {
    const result = judged({}, '2024-03', [...months(3, '10'), group]);
    expect(result).toMatchObject({
      numerator: '30',
      denominator: '120',
      coverage: '25.00',
      monthsReported: 3,
      monthsExpected: 3,
    });
    expect(result.warnings).toEqual([]);
  });

  it('are the reported months, with a warning that names the missing ones', () => {
    const result = judged({}, '2024-04', [
      num('2024-01', '10'),
      num('2024-02', null),
      num('2024-04', '0'),
      group,
    ]);
    expect(result).toMatchObject({ numerator: '10', monthsReported: 2, monthsExpected: 4 });
    expect(result.warnings).toEqual([{ code: 'months_missing', part: 'numerator', months: [2, 3] }]);
  });

  it('are the year to date before the months, with a warning when a full set of months differs', () => {
    const result = judged({}, '2024-03', [...months(3, '10'), num('2024-03', '33', 'year_to_date'), group]);
    expect(result.numerator).toBe('33');
    expect(result.warnings).toEqual([
      {
        code: 'year_to_date_differs_from_months',
        part: 'numerator',
        period: '2024-03',
        yearToDate: '33',
        sumOfMonths: '30',
        difference: '3',
      },
    ]);
    const incomplete = [num('2024-01', '10'), num('2024-03', '33', 'year_to_date'), group];
    expect(judged({}, '2024-03', incomplete)).toMatchObject({
      numerator: '33',
      monthsReported: 3,
      warnings: [],
    });
  });

  it('are an earlier year to date and the months after it', () => {
    const values = [num('2024-06', '50', 'year_to_date'), num('2024-05', '99'), num('2024-08', '5'), group];
    const result = judged({}, '2024-08', values);
    expect(result).toMatchObject({ numerator: '55', monthsReported: 7, monthsExpected: 8 });
    expect(result.warnings).toEqual([{ code: 'months_missing', part: 'numerator', months: [7] }]);
  });

  it('are a month of another period or year never', () => {
    const values = [
      num('2023-12', '7'),
      num('2024-04', '9'),
      num('2024-05', '99', 'year_to_date'),
      num('2024-02', '1'),
      group,
    ];
    expect(judged({}, '2024-03', values).numerator).toBe('1');
    expect(judged({}, '2025-01', [...values, num('2025-01', '1')]).coverageState).toBe('missing');
  });

  it('expect only the months of its rounds, and no month that does not apply', () => {
    const values = [num('2024-02', '10'), group];
    expect(judged({ activeMonths: [2, 8] }, '2024-06', values)).toMatchObject({
      monthsReported: 1,
      monthsExpected: 1,
      warnings: [],
    });
    const late = judged({ activeMonths: [2, 8] }, '2024-08', values);
    expect(late.warnings).toEqual([{ code: 'months_missing', part: 'numerator', months: [8] }]);
    const without = [num('2024-01', null, 'month', 'not_applicable'), num('2024-02', '10'), group];
    expect(judged({}, '2024-02', without)).toMatchObject({
      monthsReported: 1,
      monthsExpected: 1,
      warnings: [],
    });
  });

  it('are the newest target group of the year as it is', () => {
    const values = [
      ...months(3, '10'),
      group,
      den('2024-02', '100', 'year_to_date'),
      den('2024-04', '50', 'year_to_date'),
    ];
    expect(judged({}, '2024-03', values).denominator).toBe('100');
  });

  it('are no target group made of months', () => {
    const result = judged({}, '2024-01', [num('2024-01', '10'), den('2024-01', '10')]);
    expect(result.judgement).toBe('tanpa_data');
    expect(result.warnings).toEqual([{ code: 'denominator_only_by_month' }]);
  });

  it('are refused when a key comes twice', () => {
    expect(() => judged({}, '2024-01', [num('2024-01', '1'), num('2024-01', '1')])).toThrow(
      expect.objectContaining({ code: 'evaluation.value-twice' }),
    );
  });

  it('are refused when they are no decimal number', () => {
    for (const value of ['1,5', '1e3', 'NaN', '', '1/2', '1_000', ' 1']) {
      expect(() => judged({}, '2024-01', [num('2024-01', value), group])).toThrow(
        expect.objectContaining({ code: 'evaluation.not-a-decimal' }),
      );
    }
  });
});

describe('the values that stand for a monthly indicator', () => {
  it('are those of the month', () => {
    const values = [
      num('2024-02', '1'),
      num('2024-03', '8'),
      den('2024-03', '10'),
      num('2024-03', '99', 'year_to_date'),
    ];
    expect(judged({ accumulation: 'monthly' }, '2024-03', values)).toMatchObject({
      coverage: '80.00',
      runningTarget: '100.00',
      monthsReported: 1,
      monthsExpected: 1,
      warnings: [],
    });
  });

  it('are the year to date when neither part has a month', () => {
    const values = [num('2024-12', '8', 'year_to_date'), den('2024-12', '10', 'year_to_date')];
    const result = judged({ accumulation: 'monthly' }, '2024-12', values);
    expect(result.coverage).toBe('80.00');
    expect(result.warnings).toEqual([{ code: 'year_to_date_stands_in' }]);
  });

  it('never mix a month with the year to date, nor with another month', () => {
    const mixed = [num('2024-12', '8'), den('2024-12', '10', 'year_to_date'), den('2024-11', '10')];
    expect(judged({ accumulation: 'monthly' }, '2024-12', mixed).coverageState).toBe('missing');
    const other = [
      num('2024-12', '8', 'year_to_date'),
      den('2024-12', '10', 'year_to_date'),
      den('2024-12', '9'),
    ];
    expect(judged({ accumulation: 'monthly' }, '2024-12', other).coverageState).toBe('missing');
  });
});

describe('the values that stand for a snapshot', () => {
  const snapshot: Partial<IndicatorDefinition> = { accumulation: 'snapshot' };

  it('are the latest state of the year, both parts of one period', () => {
    const values = [
      num('2024-02', '5'),
      den('2024-02', '10'),
      num('2024-03', '9'),
      num('2024-06', '1'),
      den('2024-06', '1'),
    ];
    const result = judged(snapshot, '2024-05', values);
    expect(result).toMatchObject({
      numerator: '5',
      denominator: '10',
      coverage: '50.00',
      runningTarget: '100.00',
    });
    expect(result.warnings).toEqual([{ code: 'state_of_earlier_period', period: '2024-02' }]);
    expect(judged(snapshot, '2025-01', values).coverageState).toBe('missing');
  });

  it('are the year to date first', () => {
    const values = [num('2024-05', '5'), num('2024-05', '6', 'year_to_date'), den('2024-05', '10')];
    expect(judged(snapshot, '2024-05', values)).toMatchObject({ coverage: '60.00', warnings: [] });
  });

  it('stand from their round until the next is due', () => {
    const rounds = { ...snapshot, activeMonths: [2, 8] };
    const values = [num('2024-02', '9'), den('2024-02', '10')];
    expect(judged(rounds, '2024-07', values).coverage).toBe('90.00');
    expect(judged(rounds, '2024-08', values).coverageState).toBe('missing');
    expect(judged(rounds, '2024-12', [...values, num('2024-09', '8'), den('2024-09', '10')]).coverage).toBe(
      '80.00',
    );
  });

  it('of a count need one part', () => {
    const count = aCount({ accumulation: 'snapshot', annualTarget: null });
    expect(judge(count, DEFAULT_RULES, at('2024-04'), [num('2024-03', '7')]).coverage).toBe('7.00');
  });
});

describe('a district', () => {
  const indicator = anX();
  const unit = (numerator: string | null, denominator: string | null, coverageState = 'value' as const) => ({
    numerator,
    denominator,
    coverageState,
  });
  const missing = { numerator: '50', denominator: null, coverageState: 'missing' as const };

  it('adds numerators and denominators, then divides: not the mean of 100 and 1', () => {
    const district = aggregate(indicator, DEFAULT_RULES, at('2024-12'), [unit('1', '1'), unit('1', '100')]);
    expect(district).toMatchObject({
      numerator: '2',
      denominator: '101',
      coverage: '1.98',
      judgement: 'kurang',
    });
  });

  it('says how many of the expected units report, and leaves half a pair out', () => {
    const notApplicable = { numerator: null, denominator: null, coverageState: 'not_applicable' as const };
    const district = aggregate(indicator, DEFAULT_RULES, at('2024-12'), [
      unit('80', '100'),
      missing,
      notApplicable,
    ]);
    expect(district).toMatchObject({ coverage: '80.00', unitsReporting: 1, unitsExpected: 2 });
  });

  it('counts a unit with a zero denominator as reporting', () => {
    const zero = { numerator: '0', denominator: '0', coverageState: 'zero_denominator' as const };
    expect(aggregate(indicator, DEFAULT_RULES, at('2024-12'), [unit('8', '10'), zero])).toMatchObject({
      coverage: '80.00',
      unitsReporting: 2,
    });
    expect(aggregate(indicator, DEFAULT_RULES, at('2024-12'), [zero]).coverageState).toBe('zero_denominator');
  });

  it('without a report has no data', () => {
    expect(aggregate(indicator, DEFAULT_RULES, at('2024-12'), [missing])).toMatchObject({
      numerator: null,
      coverageState: 'missing',
      judgement: 'tanpa_data',
      unitsReporting: 0,
      unitsExpected: 1,
    });
    expect(aggregate(indicator, DEFAULT_RULES, at('2024-12'), [])).toMatchObject({
      coverageState: 'missing',
      unitsExpected: 0,
    });
  });

  it('tallies judgements, the absent ones as 0', () => {
    expect(tally([{ judgement: 'kurang' }, { judgement: 'kurang' }, { judgement: 'baik' }])).toEqual({
      baik: 1,
      cukup: 0,
      kurang: 2,
      tanpa_target: 0,
      tanpa_data: 0,
    });
  });
});
