import { DEFAULT_RULES, type Rules } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { rollUp, type StoredValue } from '../value/rollup.rules.ts';
import type { Yardstick } from '../bundle/yardstick.ts';
import { checkScores, scoresAcross, scoresOf } from './score.rules.ts';

const UNIT = '00000000-0000-4000-8000-000000000001';
const PERIOD = '2024-12';
const count = { multiplier: null, denominatorElement: null, unit: 'count', program: 'Manajemen' };
const indicators = [
  anIndicator('KIA-K1'),
  anIndicator('KIA-K4'),
  anIndicator('GIZ-DS', { program: 'Gizi', annualTarget: '80' }),
  anIndicator('GIZ-INFO', { program: 'Gizi', annualTarget: null }),
  anIndicator('MAN-LOKMIN-BLN', { ...count, annualTarget: '12' }),
  anIndicator('MAN-LOKMIN-TRI', { ...count, annualTarget: '4' }),
  anIndicator('SPM-01'),
  anIndicator('SPM-01-BJS', { program: 'SPM' }),
  anIndicator('PISPK-IKS', {
    unit: 'ratio 0-1',
    accumulation: 'snapshot',
    multiplier: '1',
    annualTarget: null,
  }),
];
const measure = (rules: Rules = DEFAULT_RULES): Yardstick => ({
  bundle: {
    bundleId: UNIT,
    districtCode: '19.06',
    year: 2024,
    name: 'Paket 2024',
    rules,
    indicators,
    elements: [],
    publishedBy: UNIT,
    publishedAt: new Date(0),
  },
  target: () => null,
});
/** Results of counts `numerator/denominator` by indicator. */
function results(counts: Record<string, string>) {
  const values = Object.entries(counts).flatMap(([code, text]): StoredValue[] =>
    text.split('/').map((value, i) => ({
      period: PERIOD as StoredValue['period'],
      element: `${code}.${i === 0 ? 'num' : 'den'}`,
      covers: 'year_to_date',
      state: 'reported',
      value,
      publishedValue: null,
    })),
  );
  return new Map(Object.entries(rollUp(measure(), UNIT, PERIOD, values).results));
}
const scores = (counts: Record<string, string>, held = 0, rules?: Rules) =>
  scoresOf(measure(rules), UNIT, PERIOD, results(counts), held);

describe('the scores of a puskesmas', () => {
  it('are made of what is judged by its programme, capped, with what is missing left out and named', () => {
    const { service } = scores({ 'KIA-K1': '551/693', 'GIZ-DS': '90/100', 'SPM-01': '60/100' });
    expect(service.programs).toMatchObject([
      // 79.509... and 60, of three that have a target.
      { name: 'KIA', score: '69.75', used: 2, of: 3, category: 'kurang' },
      { name: 'Gizi', score: '100.00', raw: '112.50', used: 1, of: 1, category: 'baik' },
    ]);
    expect(service).toMatchObject({ score: '84.88', used: 2, of: 2, category: 'cukup' });
    expect(service.programs[0]!.variables[1]!.inputs).toEqual([
      expect.objectContaining({ code: 'KIA-K4', score: null, coverageState: 'missing', hidden: false }),
    ]);
  });

  it('count the meetings that were concluded, or else the count that was entered', () => {
    const entered = { 'MAN-LOKMIN-BLN': '12', 'MAN-LOKMIN-TRI': '3' };
    expect(scores(entered, 6).management).toMatchObject({
      score: '7.00',
      variables: [
        { code: 'MAN-LOKMIN-BLN', count: 6, points: '7', source: 'meetings' },
        { code: 'MAN-LOKMIN-TRI', count: 3, points: '7', source: 'value' },
      ],
    });
    expect(scores(entered).management).toMatchObject({ score: '8.50', category: 'baik' });
    expect(scores({}).management).toMatchObject({ score: null, used: 0, of: 2 });
  });

  it('follow the plan of the bundle where it has one', () => {
    const { service } = scores({ 'KIA-K1': '80/100', 'KIA-K4': '60/100', 'GIZ-DS': '40/100' }, 0, {
      ...DEFAULT_RULES,
      scores: {
        programs: [
          {
            name: 'UKM esensial',
            variables: [
              { name: 'ANC', weight: '3', indicators: [{ code: 'KIA-K1' }, { code: 'KIA-K4' }] },
              { name: 'Gizi', indicators: [{ code: 'GIZ-DS' }] },
            ],
          },
        ],
      },
    });
    // ANC (80 + 60) / 2 = 70 thrice, nutrition 40 / 80 = 50 once: 260 / 4.
    expect(service.programs).toMatchObject([{ name: 'UKM esensial', score: '65.00' }]);
  });

  it('hold SPM by goods, services and staff as values like others, and IKS', () => {
    const { spm, iks } = scores({ 'SPM-01': '1485/2102', 'SPM-01-BJS': '9702/10000', 'PISPK-IKS': '7/11' });
    expect(spm).toMatchObject({
      index: '75.92',
      used: 1,
      of: 12,
      category: null,
      services: [{ quality: '75.92' }],
    });
    expect(iks).toEqual({ index: '0.636', category: 'pra_sehat' });
  });

  it('across units add counts, then divide, and say nothing of one that is hidden', () => {
    const [one, other] = [results({ 'PISPK-IKS': '90/100' }), results({ 'PISPK-IKS': '10/100' })];
    expect(scoresAcross(measure(), PERIOD, [one, other, results({})]).iks).toEqual({
      index: '0.500',
      category: 'pra_sehat',
    });
    other.set('PISPK-IKS', { ...other.get('PISPK-IKS')!, numerator: null, hidden: true });
    expect(scoresAcross(measure(), PERIOD, [one, other]).iks).toBeNull();
  });
});

describe('a plan of scores', () => {
  const plan = (...indicators: { code: string; weight?: string }[]) => ({
    scores: { programs: [{ name: 'KIA', variables: [{ name: 'ANC', indicators }] }] },
  });
  const codes = new Set(['A', 'B']);
  it.each([
    ['an indicator that the bundle lacks', plan({ code: 'C' })],
    ['an indicator twice', plan({ code: 'A' }, { code: 'A' })],
    ['a weight of nothing', plan({ code: 'A', weight: '0.00' })],
    ['groups that overlap', { scores: { management: { cukupFrom: '8.5', baikFrom: '8.5' } } }],
  ])('with %s is refused', (_, rules) => {
    expect(() => checkScores(rules, codes)).toThrow(expect.objectContaining({ code: 'bundle.scores' }));
  });
  it('of indicators of the bundle with weights is not', () => {
    expect(() => checkScores(plan({ code: 'A', weight: '2.5' }, { code: 'B' }), codes)).not.toThrow();
  });
});
