import { parsePeriod } from '@lokmin/calendar';

import {
  DEFAULT_RULES,
  iks,
  managementScore,
  MEETING_SCALES,
  performanceBehind,
  planOf,
  serviceScore,
  spmScore,
  type IndicatorDefinition,
  type ScorePlan,
} from './index.ts';
import { exact } from './exact.ts';

const { bands } = DEFAULT_RULES;
const figures =
  (known: Record<string, string | null>, notApplicable: string[] = []) =>
  (code: string) => ({
    raw: known[code] ? exact(known[code]) : null,
    applies: !notApplicable.includes(code),
  });
const plan = (...variables: string[][]): ScorePlan => ({
  programs: [
    {
      name: 'KIA',
      variables: variables.map((codes, i) => ({
        name: `Variabel ${i + 1}`,
        indicators: codes.map((code) => ({ code })),
      })),
    },
  ],
});

describe('the score of a puskesmas', () => {
  it('is the mean of sub-variables, of variables, of programmes, each in its turn', () => {
    // KIA: (80 + 100) / 2 = 90 and 60, so 75; Gizi: 97; together 86.
    const score = serviceScore(
      {
        programs: [
          ...plan(['K1', 'K4'], ['KF']).programs,
          { name: 'Gizi', variables: [{ name: 'D/S', indicators: [{ code: 'DS' }] }] },
        ],
      },
      figures({ K1: '80', K4: '100', KF: '60', DS: '97' }),
      bands,
    );
    expect(score).toMatchObject({ score: '86.00', used: 2, of: 2, category: 'cukup' });
    expect(score.programs).toMatchObject([
      {
        name: 'KIA',
        score: '75.00',
        category: 'kurang',
        variables: [{ score: '90.00' }, { score: '60.00' }],
      },
      { name: 'Gizi', score: '97.00', category: 'baik' },
    ]);
  });

  it('caps a sub-variable at 100, and keeps the raw figure', () => {
    const score = serviceScore(plan(['A', 'B']), figures({ A: '171.9', B: '60' }), bands);
    expect(score).toMatchObject({ score: '80.00', raw: '115.95', category: 'kurang' });
    expect(score.programs[0]!.variables[0]!.inputs).toEqual([
      { code: 'A', score: '100.00', raw: '171.90' },
      { code: 'B', score: '60.00', raw: '60.00' },
    ]);
  });

  it('leaves out what is missing and says so: of 80 and nothing it is 80, 1 of 2', () => {
    const score = serviceScore(plan(['A', 'B']), figures({ A: '80', B: null }), bands);
    expect(score.programs[0]!.variables[0]).toMatchObject({ score: '80.00', used: 1, of: 2 });
    expect(serviceScore(plan(['A'], ['B']), figures({ A: '80' }), bands).programs[0]).toMatchObject({
      score: '80.00',
      used: 1,
      of: 2,
    });
  });

  it('is none where nothing is known, and does not expect what does not apply', () => {
    expect(serviceScore(plan(['A']), figures({}), bands)).toMatchObject({
      score: null,
      category: null,
      used: 0,
      of: 1,
    });
    const score = serviceScore(plan(['A', 'B'], ['C']), figures({ A: '90' }, ['B', 'C']), bands);
    expect(score.programs[0]).toMatchObject({
      score: '90.00',
      used: 1,
      of: 1,
      variables: [{ used: 1, of: 1 }, { of: 0 }],
    });
  });

  it('weighs what the plan weighs, among what is known', () => {
    const weighed: ScorePlan = {
      programs: [
        {
          name: 'KIA',
          variables: [
            {
              name: 'V',
              indicators: [
                { code: 'A', weight: '3' },
                { code: 'B', weight: '1' },
                { code: 'C', weight: '6' },
              ],
            },
          ],
        },
      ],
    };
    expect(serviceScore(weighed, figures({ A: '90', B: '50' }), bands).score).toBe('80.00');
  });

  it('is exact until its end, and its group is that of the exact figure', () => {
    const third = exact('271').div(3n); // 90.333...
    const score = serviceScore(plan(['A', 'B']), () => ({ raw: third, applies: true }), {
      kurangAtMost: '90.33',
      baikFrom: '91',
    });
    expect([score.score, score.category]).toEqual(['90.33', 'cukup']);
  });

  it('has its groups without a hole: 80 is kurang, 80.01 and 90.99 cukup, 91 baik', () => {
    const at = (figure: string) => serviceScore(plan(['A']), figures({ A: figure }), bands).category;
    expect(['80', '80.01', '90.99', '91'].map(at)).toEqual(['kurang', 'cukup', 'cukup', 'baik']);
  });

  it('is made of the programmes of the bundle where it has no plan, and of what is judged', () => {
    const indicator = (code: string, program: string, direction = 'higher') => ({
      code,
      nameId: code,
      program,
      direction,
    });
    const made = planOf(
      [
        indicator('K1', 'KIA'),
        indicator('DS', 'Gizi'),
        indicator('K4', 'KIA'),
        indicator('X', 'KIA', 'info'),
        indicator('Y', 'KIA'),
      ],
      (code) => code !== 'Y',
    );
    expect(
      made.programs.map(({ name, variables }) => [
        name,
        variables.map((variable) => variable.indicators[0]!.code),
      ]),
    ).toEqual([
      ['KIA', ['K1', 'K4']],
      ['Gizi', ['DS']],
    ]);
  });

  it('takes the exact performance behind a kept one, or the kept one when the target is another since', () => {
    const definition = {
      direction: 'higher',
      accumulation: 'cumulative',
      activeMonths: null,
      multiplier: '100',
      annualTarget: '95',
    } as unknown as IndicatorDefinition;
    const kept = { numerator: '551', denominator: '693', performance: '83.69' };
    const at = parsePeriod('2024-12');
    const exactly = performanceBehind(definition, DEFAULT_RULES, at, kept)!;
    expect(exactly.mul(693n * 95n, 10000n).toFraction()).toBe('551');
    const since = performanceBehind({ ...definition, annualTarget: '90' }, DEFAULT_RULES, at, kept)!;
    expect(since.equals(exact('83.69'))).toBe(true);
    expect(performanceBehind(definition, DEFAULT_RULES, at, { ...kept, performance: null })).toBeNull();
  });
});

describe('the score of management', () => {
  const monthly = (count: number | null) => ({
    code: 'MAN-LOKMIN-BLN',
    count,
    scale: MEETING_SCALES.monthly,
  });
  const quarterly = (count: number | null) => ({
    code: 'MAN-LOKMIN-TRI',
    count,
    scale: MEETING_SCALES.quarterly,
  });

  it.each([
    [0, '0'],
    [1, '4'],
    [4, '4'],
    [5, '7'],
    [8, '7'],
    [9, '10'],
    [12, '10'],
  ])('%i monthly meetings of a year are %s points', (count, points) => {
    expect(managementScore([monthly(count)]).variables[0]!.points).toBe(points);
  });

  it.each([
    [0, '0'],
    [1, '4'],
    [2, '7'],
    [3, '7'],
    [4, '10'],
  ])('%i quarterly meetings of a year are %s points', (count, points) => {
    expect(managementScore([quarterly(count)]).variables[0]!.points).toBe(points);
  });

  it('is the mean of what is known, with groups of its own', () => {
    expect(managementScore([monthly(9), quarterly(3)])).toMatchObject({ score: '8.50', category: 'baik' });
    expect(managementScore([monthly(9), quarterly(null)])).toMatchObject({ score: '10.00', used: 1, of: 2 });
    expect(managementScore([monthly(5), quarterly(1)])).toMatchObject({ score: '5.50', category: 'cukup' });
    expect(managementScore([monthly(1), quarterly(1)])).toMatchObject({ category: 'kurang' });
    expect(managementScore([monthly(null)])).toMatchObject({ score: null, category: null });
  });
});

describe('the minimum service standards of Belitung Timur 2024', () => {
  const published = [
    ['SPM-01', '1485', '2102', '70.65', '97.02', '75.92'],
    ['SPM-02', '1680', '2102', '79.92', '100.00', '83.94'],
    ['SPM-03', '1642', '2138', '76.80', '100.00', '81.44'],
    ['SPM-04', '7742', '8409', '92.07', '80.95', '89.84'],
    ['SPM-05', '19118', '19825', '96.43', '72.22', '91.59'],
    ['SPM-06', '83086', '86746', '95.78', '63.16', '89.26'],
    ['SPM-07', '11620', '14277', '81.39', '100.00', '85.11'],
    ['SPM-08', '23035', '24264', '94.93', '83.33', '92.61'],
    ['SPM-09', '2151', '2419', '88.92', '91.67', '89.47'],
    ['SPM-10', '328', '328', '100.00', '66.67', '93.33'],
    ['SPM-11', '2322', '2262', '102.65', '80.00', '96.00'],
    ['SPM-12', '2518', '3101', '81.20', '90.00', '82.96'],
  ] as const;
  const services = published.map(([code, numerator, denominator, , fulfilment]) => ({
    code,
    coverage: { numerator, denominator },
    fulfilment: { numerator: fulfilment, denominator: '100' },
  }));
  const { services: scored, ...whole } = spmScore(services);

  it.each(published.map((row, i) => [row[0], i] as const))('%s is as published', (_, i) => {
    const [code, , , coverage, fulfilment, quality] = published[i]!;
    expect(scored[i]).toEqual({ code, coverage, fulfilment, quality });
  });

  it('make the index 87.62, Tuntas Madya', () => {
    expect(whole).toEqual({ index: '87.62', used: 12, of: 12, category: 'tuntas_madya' });
  });

  it('are without a category while a service is missing, which is left out', () => {
    const [first, ...rest] = services;
    const unknown = { ...first!, fulfilment: { numerator: null, denominator: '10' } };
    for (const known of [[unknown, ...rest], rest])
      expect(spmScore(known)).toMatchObject({ index: '88.69', used: 11, of: 12, category: null });
  });

  it('are sorted by the exact index', () => {
    const at = (percent: string) =>
      spmScore(
        [
          {
            code: 'A',
            coverage: { numerator: percent, denominator: '100' },
            fulfilment: { numerator: percent, denominator: '100' },
          },
        ],
        1,
      ).category;
    expect(['100', '99.999', '90', '89.999', '80', '70', '60', '59.999'].map(at)).toEqual([
      'tuntas_paripurna',
      'tuntas_utama',
      'tuntas_utama',
      'tuntas_madya',
      'tuntas_madya',
      'tuntas_pratama',
      'tuntas_muda',
      'belum_tuntas',
    ]);
  });
});

describe('the index of healthy families', () => {
  it('of a family with Y 7, T 4, N 1 is 0.636, pra-sehat', () => {
    expect(iks('7', '11')).toEqual({ index: '0.636', category: 'pra_sehat' });
  });
  it('has its limits on the exact index: 0.800 is pra-sehat, so is 0.500', () => {
    expect(['8001', '8000', '5000', '4999'].map((healthy) => iks(healthy, '10000')!.category)).toEqual([
      'sehat',
      'pra_sehat',
      'pra_sehat',
      'tidak_sehat',
    ]);
    expect(iks('8001', '10000')!.index).toBe('0.800');
  });
  it('is none where nothing was asked', () => {
    expect(iks('0', '0')).toBeNull();
  });
});
