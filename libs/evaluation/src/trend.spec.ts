import { addMonths, monthOf, parsePeriod } from '@lokmin/calendar';

import {
  DEFAULT_RULES,
  EvaluationError,
  judge,
  trend,
  type IndicatorDefinition,
  type Reported,
  type TrendMonth,
} from './index.ts';

const measure = {
  unit: 'percent',
  direction: 'higher',
  accumulation: 'monthly',
  multiplier: '100',
  numeratorElement: 'X.num',
  denominatorElement: 'X.den',
  numeratorDefinition: 'n',
  denominatorDefinition: 'd',
} as const satisfies Partial<IndicatorDefinition>;
type Measured = Partial<Omit<IndicatorDefinition, keyof typeof measure>> &
  Partial<{ [K in keyof typeof measure]: IndicatorDefinition[K] }>;

const definitionOf = (given: Measured): IndicatorDefinition => ({
  code: 'X',
  nameId: 'Contoh',
  nameEn: 'Example',
  program: 'KIA',
  cluster: '2-ibu-anak',
  activeMonths: null,
  annualTarget: '100',
  source: '',
  ...measure,
  ...given,
});

/** Months from January 2023 on, judged from what was reported of each; undefined: nothing recorded. */
function series(
  given: Measured,
  reported: ([numerator: string | null, denominator?: string] | undefined)[],
): TrendMonth[] {
  const definition = definitionOf(given);
  const covers = 'month' as const;
  const values = reported.flatMap((counts, i): Reported[] => {
    if (!counts) return [];
    const period = addMonths(parsePeriod('2023-01'), i);
    const [numerator, denominator = '100'] = counts;
    const state = numerator === null ? ('not_reported' as const) : ('reported' as const);
    return [
      { period, element: 'X.num', covers, state, value: numerator },
      {
        period,
        element: 'X.den',
        covers:
          definition.accumulation === 'cumulative' && definition.direction === 'higher'
            ? 'year_to_date'
            : covers,
        state: 'reported',
        value: denominator,
      },
    ];
  });
  return reported.map((counts, i) => {
    const period = addMonths(parsePeriod('2023-01'), i);
    const result = judge(
      definition,
      DEFAULT_RULES,
      period,
      values.filter((value) => value.period <= period),
    );
    return { period, measure: definition, result: counts ? result : null };
  });
}
const monthly = (...figures: (number | null)[]) =>
  series(
    {},
    figures.map((figure) => (figure === null ? undefined : [String(figure)])),
  );

describe('a run about the median', () => {
  // The median of these twelve is 65: six below it, then six above.
  it('is six points in a row on one side of it', () => {
    const { median, runs } = trend(monthly(50, 52, 49, 51, 60, 58, 70, 72, 75, 71, 74, 73));
    expect(median).toBe('65.00');
    expect(runs).toEqual([
      { side: 'below', from: '2023-01', to: '2023-06', points: 6 },
      { side: 'above', from: '2023-07', to: '2023-12', points: 6 },
    ]);
  });

  it('of five is none', () => {
    const { median, runs } = trend(monthly(50, 52, 49, 51, 55, 75, 54, 72, 71, 74, 73, 76));
    expect([median, runs]).toEqual(['63.00', []]);
  });

  it('skips a point on the median, and a gap ends it', () => {
    // Of 13 figures the seventh in order, 60, is the median, and stands in the middle of the run.
    expect(trend(monthly(61, 50, 51, 52, 60, 53, 54, 55, 62, 63, 64, 65, 66)).runs).toEqual([
      { side: 'below', from: '2023-02', to: '2023-08', points: 6 },
    ]);
    expect(trend(monthly(61, 50, 51, 52, null, 53, 54, 55, 62, 63, 64, 65, 66)).runs).toEqual([]);
  });

  it('is not looked for among fewer than ten figures', () => {
    expect(trend(monthly(1, 2, 3, 4, 5, 6, 7, 8, 9))).toMatchObject({ median: null, runs: [] });
    expect(trend(monthly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).median).toBe('5.50');
  });

  it('compares exact figures, of which two show the same', () => {
    const thirds = Array.from({ length: 12 }, (_, i): [string, string] =>
      i < 6 ? ['1000000', '3000001'] : ['1000000', '3000000'],
    );
    const { points, runs } = trend(series({}, thirds));
    expect(new Set(points.map(({ coverage }) => coverage))).toEqual(new Set(['33.33']));
    expect(runs.map(({ side }) => side)).toEqual(['below', 'above']);
  });
});

describe('a month without data', () => {
  it('is a gap and never zero, and a reported 0 is a point', () => {
    const { points } = trend(monthly(80, null, 0));
    expect(points.map(({ coverage, state }) => [coverage, state])).toEqual([
      ['80.00', 'value'],
      [null, 'missing'],
      ['0.00', 'value'],
    ]);
  });

  it('is a gap of a cumulative indicator too, though the sum of the months before stands', () => {
    const { points, observed } = trend(
      series({ accumulation: 'cumulative' }, [['10'], ['5'], [null], ['8'], undefined, ['4']]),
    );
    expect(observed).toBe('ofMonth');
    expect(points.map(({ coverage, ofMonth }) => [coverage, ofMonth])).toEqual([
      ['10.00', '10.00'],
      ['15.00', '5.00'],
      [null, null],
      ['23.00', '8.00'],
      [null, null],
      // What June added cannot be told apart from what May may have added.
      ['27.00', null],
    ]);
  });
});

describe('a cumulative indicator', () => {
  it('is looked at by what each month added, since the sum rises by itself and falls in January', () => {
    const added = [5, 4, 5, 6, 5, 4, 9, 9, 10, 9, 9, 10, 9, 9, 5, 4];
    const { points, median, runs } = trend(
      series(
        { accumulation: 'cumulative' },
        added.map((figure) => [String(figure)]),
      ),
    );
    expect(points.map(({ ofMonth }) => Number(ofMonth))).toEqual(added);
    expect(points[11]!.coverage).toBe('85.00');
    expect(points[12]!.coverage).toBe('9.00');
    expect(median).toBe('7.50');
    expect(runs).toEqual([
      { side: 'below', from: '2023-01', to: '2023-06', points: 6 },
      { side: 'above', from: '2023-07', to: '2024-02', points: 8 },
    ]);
  });

  it('is divided by what the month added to the denominator where less is better', () => {
    const { points } = trend(
      series({ accumulation: 'cumulative', direction: 'lower' }, [
        ['2', '20'],
        ['3', '10'],
      ]),
    );
    expect(points.map(({ coverage, ofMonth }) => [coverage, ofMonth])).toEqual([
      ['10.00', '10.00'],
      ['16.67', '30.00'],
    ]);
  });

  it('needs the month before the first one shown', () => {
    const [february, march] = series({ accumulation: 'cumulative' }, [['1'], ['10'], ['5']]).slice(1);
    expect(trend([march!]).points[0]!.ofMonth).toBeNull();
    expect(trend([march!], february!).points[0]!.ofMonth).toBe('5.00');
  });
});

it('marks denominators below 30, or below what is asked', () => {
  const months = series({}, [
    ['10', '29'],
    ['10', '30'],
    ['10', '0'],
  ]);
  expect(trend(months).points.map(({ small }) => small)).toEqual([true, false, false]);
  expect(trend(months, null, 31).points.map(({ small }) => small)).toEqual([true, true, false]);
});

it('shows a state that was carried on, and does not count it', () => {
  const rounds = Array.from({ length: 24 }, (_, i): [string] | undefined =>
    [2, 8].includes(monthOf(addMonths(parsePeriod('2023-01'), i))) ? [String(80 + i)] : [null!],
  );
  const { points, median } = trend(series({ accumulation: 'snapshot' }, rounds));
  expect(points.filter(({ coverage }) => coverage !== null)).toHaveLength(22);
  expect(points.filter(({ carried }) => carried)).toHaveLength(18);
  expect(median).toBeNull(); // four rounds are no series
});

it('looks at the months since the indicator was last redefined', () => {
  const before = monthly(50, 52, 49, 51, 60, 58, 70, 72, 75, 71, 74, 73);
  const after = monthly(90, 91, 92, 93, 94, 95, 96, 97, 98, 99).map((month) => ({
    ...month,
    period: addMonths(month.period, 12),
    measure: { ...month.measure!, denominatorDefinition: 'ibu bersalin' },
  }));
  const { points, median, runs } = trend([...before, ...after]);
  expect(points.filter(({ redefined }) => redefined).map(({ period }) => period)).toEqual(['2024-01']);
  expect([median, runs]).toEqual(['94.50', []]);
});

it('takes decimals alone', () => {
  const [month] = monthly(1);
  expect(() => trend([{ ...month!, result: { ...month!.result!, denominator: '1e3' } }])).toThrow(
    EvaluationError,
  );
});
