import { expectedIn, isOpenIn, reportedOf, timelinessOf, type Expected } from './completeness.rules.ts';

const indicator = (code: string, given: Partial<Expected> = {}): Expected => ({
  code,
  activeMonths: null,
  elements: [`${code}.num`],
  ...given,
});
const always = { validFrom: '2020-01-01', validTo: null };
const codes = (expected: Expected[]) => expected.map(({ code }) => code);

describe('what is expected', () => {
  it('is not an indicator for the months before it began to be expected', () => {
    const indicators = [indicator('K1'), indicator('HPV', { expectedFrom: '2024-07' })];
    expect(codes(expectedIn(indicators, always, '2024-06'))).toEqual(['K1']);
    expect(codes(expectedIn(indicators, always, '2024-07'))).toEqual(['K1', 'HPV']);
    expect(codes(expectedIn(indicators, always, '2024-12'))).toEqual(['K1', 'HPV']);
  });

  it('is an indicator of rounds in the months of its rounds alone', () => {
    const vitaminA = [indicator('VIT-A', { activeMonths: [2, 8] })];
    expect(
      [1, 2, 3, 8, 12].map(
        (month) => expectedIn(vitaminA, always, `2024-${String(month).padStart(2, '0')}`).length,
      ),
    ).toEqual([0, 1, 0, 1, 0]);
  });

  it.each<[string, string | null, Record<string, boolean>]>([
    ['2024-03-20', null, { '2024-02': false, '2024-03': true, '2024-12': true }],
    ['2024-03-31', '2024-03-31', { '2024-02': false, '2024-03': true, '2024-04': false }],
    ['2020-01-01', '2024-06-01', { '2024-05': true, '2024-06': true, '2024-07': false }],
  ])('of a unit open from %s to %s', (validFrom, validTo, months) => {
    for (const [period, open] of Object.entries(months)) {
      expect([period, isOpenIn({ validFrom, validTo }, period)]).toEqual([period, open]);
      expect(expectedIn([indicator('K1')], { validFrom, validTo }, period)).toHaveLength(open ? 1 : 0);
    }
  });
});

describe('what is reported', () => {
  it('has every element of its numerator', () => {
    const both = indicator('SUM', { elements: ['a', 'b'] });
    const expected = [indicator('K1'), both];
    expect(reportedOf(expected, new Set(['K1.num', 'a']))).toBe(1);
    expect(reportedOf(expected, new Set(['K1.num', 'a', 'b']))).toBe(2);
    expect(reportedOf(expected, new Set(['other']))).toBe(0);
    expect(reportedOf([indicator('none', { elements: [] })], new Set())).toBe(0);
  });
});

describe('timeliness', () => {
  const closes = new Date('2025-01-05T17:00:00Z');
  const ends = new Date('2024-12-31T17:00:00Z');
  const at = (instant: string) => new Date(instant);
  it.each([
    ['on_time', true, '2025-01-05T16:59:59.999Z', closes, '2025-02-01T00:00:00Z'],
    ['late', true, '2025-01-05T17:00:00.000Z', closes, '2025-02-01T00:00:00Z'],
    ['submitted', true, '2025-03-01T00:00:00Z', null, '2025-04-01T00:00:00Z'],
    ['running', true, null, closes, '2025-01-05T16:59:59.999Z'],
    ['missing', true, null, closes, '2025-01-05T17:00:00.000Z'],
    ['running', true, null, null, '2024-12-31T16:59:59.999Z'],
    ['missing', true, null, null, '2024-12-31T17:00:00.000Z'],
    ['not_expected', false, null, closes, '2025-02-01T00:00:00Z'],
    ['on_time', false, '2025-01-01T00:00:00Z', closes, '2025-02-01T00:00:00Z'],
  ] as const)('is %s', (timeliness, expected, submitted, closing, now) => {
    expect(timelinessOf(expected, submitted ? at(submitted) : null, closing, ends, at(now))).toBe(timeliness);
  });
});
