import { parsePeriod } from '@lokmin/calendar';
import {
  checkRunning,
  DEFAULT_RULES,
  judge,
  targetFor,
  type IndicatorDefinition,
  type Reported,
  type Target,
} from './index.ts';
import { anIndicator } from '../testing/index.ts';

const may = parsePeriod('2025-05');
const aTarget = (what: Partial<Target>): Target => ({
  indicatorCode: 'K1',
  unitId: null,
  coachingGroupId: null,
  month: null,
  value: '0',
  ...what,
});
const district = aTarget({ value: '1' });
const districtInMay = aTarget({ value: '2', month: 5 });
const group = aTarget({ value: '3', coachingGroupId: 'g2' });
const groupInMay = aTarget({ value: '4', coachingGroupId: 'g2', month: 5 });
const otherGroup = aTarget({ value: '5', coachingGroupId: 'g3' });
const unit = aTarget({ value: '6', unitId: 'manggar' });
const unitInMay = aTarget({ value: '7', unitId: 'manggar', month: 5 });
const unitInJune = aTarget({ value: '8', unitId: 'manggar', month: 6 });
const elsewhere = aTarget({ value: '9', unitId: 'gantung', month: 5 });
const ofAnother = aTarget({ value: '10', indicatorCode: 'K4', unitId: 'manggar', month: 5 });
const manggar = { unitId: 'manggar', coachingGroupIds: ['g2', 'g3'] };
const noise = [elsewhere, ofAnother, unitInJune];

describe('of several targets', () => {
  it.each([
    ['nothing but other places and months', noise, null],
    ["the district's", [district], '1'],
    ["the district's month over its year", [district, districtInMay], '2'],
    ["a group's year over the district's month", [districtInMay, group], '3'],
    ["a group's month over its year", [group, groupInMay], '4'],
    ["the group's with the lowest id", [otherGroup, group], '3'],
    ["the group's with the lowest id, even over another's month", [{ ...otherGroup, month: 5 }, group], '3'],
    ["a unit's year over a group's month", [groupInMay, unit], '6'],
    [
      "a unit's month over everything",
      [district, districtInMay, group, groupInMay, otherGroup, unit, unitInMay],
      '7',
    ],
  ])('holds %s, in whatever order they come', (_, targets, value) => {
    const all = [...targets, ...noise];
    expect(targetFor(all, 'K1', manggar, may)?.value ?? null).toBe(value);
    expect(targetFor(all.toReversed(), 'K1', manggar, may)?.value ?? null).toBe(value);
  });

  it('for the district itself holds none of a unit or group', () => {
    const itself = { unitId: null, coachingGroupIds: [] };
    expect(targetFor([unitInMay, groupInMay, district], 'K1', itself, may)?.value).toBe('1');
    expect(targetFor([unitInMay, groupInMay], 'K1', itself, may)).toBeNull();
  });
});

const indicator = anIndicator('K1', { numeratorElement: 'n', denominatorElement: 'd', annualTarget: '80' });
const values = (period: string, numerator: string): Reported[] =>
  [
    ['n', numerator],
    ['d', '100'],
  ].map(([element, value]) => ({
    period: parsePeriod(period),
    element: element!,
    covers: 'year_to_date',
    state: 'reported',
    value: value!,
  }));
const late = ['0', '0', '5', '10', '15', '20', '30', '40', '55', '70', '85', '100'];
const byCurve = { running: 'curve' as const, curve: late };
const runningAt = (
  period: string,
  definition: Partial<IndicatorDefinition>,
  target: Partial<Target> | null = null,
) =>
  judge({ ...indicator, ...definition }, DEFAULT_RULES, parsePeriod(period), values(period, '40'), {
    target: target && aTarget(target),
  });

describe('what is due of a target', () => {
  it.each([
    ['runs with the months by itself', '2025-09', {}, null, '60.00'],
    ['is all of it from January when flat', '2025-01', { running: 'flat' as const }, null, '80.00'],
    ['follows the curve of the indicator', '2025-09', { ...byCurve }, null, '44.00'],
    [
      'follows the curve of the target first',
      '2025-09',
      { running: 'flat' as const },
      { value: '90', ...byCurve },
      '49.50',
    ],
    [
      'runs by the rule of the indicator when the target has none',
      '2025-09',
      { ...byCurve },
      { value: '90' },
      '49.50',
    ],
    [
      'runs with the months for a snapshot that is to run',
      '2025-03',
      { accumulation: 'snapshot' as const, running: 'pro_rata' as const },
      null,
      '20.00',
    ],
    ['is the target of the month as it is', '2025-09', { ...byCurve }, { value: '37.5', month: 9 }, '37.50'],
    [
      'follows the curve rather than the rounds',
      '2025-03',
      { activeMonths: [2, 8], ...byCurve },
      null,
      '4.00',
    ],
    ['follows the curve for a ceiling', '2025-03', { direction: 'lower' as const, ...byCurve }, null, '4.00'],
  ])('%s', (_, period, definition, target, due) => {
    expect(runningAt(period, definition, target).runningTarget).toBe(due);
  });

  it('is nothing while the curve says nothing: no target, and a warning that names the first month', () => {
    expect(runningAt('2025-02', { ...byCurve })).toMatchObject({
      runningTarget: null,
      judgement: 'tanpa_target',
      warnings: [{ code: 'no_round_yet', firstRound: 3 }],
    });
  });

  it('judges the same work otherwise when another target is set', () => {
    const at = (value: string) =>
      judge(indicator, DEFAULT_RULES, parsePeriod('2024-12'), values('2024-12', '79.51'), {
        target: aTarget({ value }),
      });
    expect(at('100')).toMatchObject({ performance: '79.51', judgement: 'kurang' });
    expect(at('95')).toMatchObject({ performance: '83.69', judgement: 'cukup' });
  });

  it.each([
    ['eleven months', late.slice(1)],
    ['a fall', ['0', '10', '5', ...late.slice(3)]],
    ['an end below 100', [...late.slice(0, 11), '99']],
    ['a curve without twelve months', []],
    ['a negative start', ['-1', ...late.slice(1)]],
  ])('is refused by a curve with %s', (_, curve) => {
    expect(() => checkRunning({ running: 'curve', curve }, 'K1')).toThrow(
      expect.objectContaining({ code: 'evaluation.curve' }),
    );
    expect(() => checkRunning(byCurve, 'K1')).not.toThrow();
  });
});

describe('a part that is a sum', () => {
  const sums = new Map([['n', ['girls', 'boys']]]);
  const month = (
    element: string,
    period: string,
    value: string | null,
    state?: Reported['state'],
  ): Reported => ({
    period: parsePeriod(period),
    element,
    covers: 'month',
    state: state ?? (value === null ? 'not_reported' : 'reported'),
    value,
  });
  const group: Reported = { ...month('d', '2025-02', '200'), covers: 'year_to_date' };
  const at = (what: Partial<IndicatorDefinition>, ...reported: Reported[]) =>
    judge({ ...indicator, ...what }, DEFAULT_RULES, parsePeriod('2025-02'), [group, ...reported], { sums });

  it('adds what stands for each element', () => {
    const both = [
      month('girls', '2025-01', '10'),
      month('boys', '2025-01', '9'),
      month('girls', '2025-02', '8'),
      { ...month('boys', '2025-02', '20'), covers: 'year_to_date' as const },
    ];
    expect(at({}, ...both)).toMatchObject({ numerator: '38', coverage: '19.00', monthsReported: 2 });
  });

  it('is missing while one element is, and says which', () => {
    expect(at({}, month('girls', '2025-01', '10'))).toMatchObject({
      numerator: null,
      coverageState: 'missing',
      judgement: 'tanpa_data',
      monthsReported: 0,
      warnings: expect.arrayContaining([{ code: 'elements_missing', part: 'numerator', elements: ['boys'] }]),
    });
  });

  it('takes a reported 0 as a value', () => {
    const zero = [month('girls', '2025-02', '0'), month('boys', '2025-02', '7')];
    expect(
      at({ accumulation: 'monthly', denominatorElement: null, multiplier: null }, ...zero).numerator,
    ).toBe('7');
  });

  it('leaves out an element that does not apply, and does not apply when none does', () => {
    const girlsOnly = [month('girls', '2025-02', '5'), month('boys', '2025-02', null, 'not_applicable')];
    const count = { accumulation: 'monthly' as const, denominatorElement: null, multiplier: null };
    expect(at(count, ...girlsOnly).numerator).toBe('5');
    const none = ['girls', 'boys'].map((element) => month(element, '2025-02', null, 'not_applicable'));
    expect(at(count, ...none).coverageState).toBe('not_applicable');
  });

  it('of a snapshot stands for the latest month that has every element', () => {
    const states = [
      month('girls', '2025-01', '5'),
      month('boys', '2025-01', '6'),
      month('girls', '2025-02', '50'),
    ];
    const count = { accumulation: 'snapshot' as const, denominatorElement: null, multiplier: null };
    expect(at(count, ...states)).toMatchObject({
      numerator: '11',
      warnings: [{ code: 'state_of_earlier_period', period: '2025-01' }],
    });
  });
});

describe('the registered target group', () => {
  it('stands beside the one that is judged by', () => {
    const registered: Reported = { ...values('2024-12', '0')[1]!, element: 'd.registered', value: '50' };
    const given = [...values('2024-12', '40'), registered];
    const result = judge(
      { ...indicator, registeredElement: 'd.registered' },
      DEFAULT_RULES,
      parsePeriod('2024-12'),
      given,
    );
    expect(result).toMatchObject({
      denominator: '100',
      coverage: '40.00',
      registered: { denominator: '50', coverage: '80.00' },
    });
    expect(
      judge(
        { ...indicator, registeredElement: 'd.registered' },
        DEFAULT_RULES,
        parsePeriod('2024-12'),
        values('2024-12', '40'),
      ),
    ).not.toHaveProperty('registered');
  });
});
