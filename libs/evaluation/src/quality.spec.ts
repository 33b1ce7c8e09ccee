import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  explainPublished,
  findingsAcross,
  findingsOfMonth,
  findingsOfUnit,
  findingText,
  subjectOf,
  type Figures,
  type Finding,
  type QualityRules,
  type UnitFigures,
} from './index.ts';

const demo = new URL('../../../tools/demo/belitung-timur/', import.meta.url);
const SEQUENCES = [
  { earlier: 'KIA-K1', later: 'KIA-K4' },
  { earlier: 'KIA-K4', later: 'KIA-K6' },
  { earlier: 'KIA-KF1', later: 'KIA-KFL' },
  { earlier: 'KIA-KN1', later: 'KIA-KNL' },
  { earlier: 'IMU-DPT3', later: 'IMU-IDL' },
];
const rules: QualityRules = { sequences: SEQUENCES, levels: {} };
const figures = (code: string, numerator: string | null, denominator: string | null): Figures => ({
  code,
  numerator,
  denominator,
  multiplier: '100',
  hasTargetGroup: true,
  published: null,
});
const unit = (unitId: string, ...all: Figures[]): UnitFigures => ({ unitId, figures: all });

describe('the published tables of Belitung Timur 2024', () => {
  const rows: Record<string, string>[] = parse(readFileSync(new URL('indicator_results_2024.csv', demo)), {
    columns: true,
  });
  const units: UnitFigures[] = [...Map.groupBy(rows, (row) => row['puskesmas']!)].map(([unitId, own]) => ({
    unitId,
    figures: own.map(({ indicator_code, numerator, denominator, published_value }) => {
      const isShare = indicator_code !== 'KIA-AKI' && denominator !== '';
      return {
        ...figures(indicator_code!, numerator || null, denominator || null),
        multiplier: isShare ? '100' : null,
        published:
          isShare && published_value && Number(denominator) !== 0
            ? {
                value: published_value,
                explained:
                  explainPublished(numerator!, denominator!, '100', published_value) !== 'unexplained',
              }
            : null,
      };
    }),
  }));
  const own = units.flatMap((each) => findingsOfUnit(each, rules));
  const across = findingsAcross(units, rules);
  const of = (findings: Finding[], rule: Finding['rule']) =>
    findings.filter((finding) => finding.rule === rule);

  it('have early breastfeeding of Kelapa Kampit above the births', () => {
    const above = of(own, 'numerator_above_denominator');
    expect(above).toHaveLength(17);
    expect(above).toContainEqual(
      expect.objectContaining({
        unitId: 'Kelapa Kampit',
        indicatorCodes: ['GIZ-IMD'],
        figures: { numerator: '635', denominator: '201', percent: '315.92' },
      }),
    );
  });

  it('have more fourth visits than first ones in Dendang, and nowhere else', () => {
    expect(
      of(own, 'later_above_earlier').filter(({ indicatorCodes }) => indicatorCodes[1] === 'KIA-K4'),
    ).toEqual([expect.objectContaining({ unitId: 'Dendang', figures: { earlier: '139', later: '146' } })]);
  });

  it('have a copied column of TB success rates, and no other', () => {
    expect(of(own, 'published_unexplained').map(({ indicatorCodes: [code] }) => code)).toEqual(
      Array(7).fill('TB-SR'),
    );
    expect(of(own, 'published_unexplained').find(({ unitId }) => unitId === 'Gantung')?.figures).toEqual({
      numerator: '28',
      denominator: '34',
      published: '17.65',
      recomputed: '82.35',
    });
    expect(of(across, 'published_column_copied').map(({ indicatorCodes }) => indicatorCodes)).toEqual([
      ['TB-SR'],
    ]);
  });

  it('have K4 and K6 identical in all seven', () => {
    const same = of(across, 'same_everywhere');
    expect(same.map(({ indicatorCodes }) => indicatorCodes)).toContainEqual(['KIA-K4', 'KIA-K6']);
    expect(same.every(({ figures }) => figures['units'] === '7')).toBe(true);
  });

  it('have one target group of old people in two places', () => {
    expect(of(across, 'same_target_group')).toEqual([
      expect.objectContaining({
        unitId: 'Renggiang',
        otherUnitIds: ['Simpang Pesak'],
        indicatorCodes: ['SPM-07'],
        figures: { denominator: '805' },
      }),
    ]);
  });

  it('are explained in Indonesian and English', () => {
    const texts = [...own, ...across].map((finding) =>
      findingText(finding, { indicator: (code) => code, unit: (unitId) => unitId }),
    );
    expect(texts.map(({ id }) => id)).toContain(
      'GIZ-IMD: pembilang 635 melebihi penyebut 201 (315,92%). Periksa sasarannya, atau apakah ada warga luar wilayah yang terhitung.',
    );
    expect(texts.map(({ en }) => en)).toContain(
      'SPM-07: its target group is 805, the same as in Simpang Pesak.',
    );
    for (const { id, en } of texts) expect([id, en].join()).not.toMatch(/undefined|null|NaN/);
  });
});

describe('against the year before', () => {
  const year = (unitId: string, now: Figures[], before: Figures[]): UnitFigures => ({
    unitId,
    figures: now,
    lastYear: before,
  });
  const group = (code: string, denominator: string) => figures(code, '1', denominator);

  it('a target group that jumps is found, one that moves a little is not', () => {
    // Hypertension of the district: 28,832 in 2023, 23,737 in 2024.
    const [jump, ...others] = findingsAcross(
      [
        year(
          'a',
          [group('SPM-08', '23737'), group('K1', '115')],
          [group('SPM-08', '28832'), group('K1', '100')],
        ),
      ],
      rules,
    );
    expect(jump).toMatchObject({ rule: 'target_group_jump', figures: { percent: '-17.67' } });
    expect(others).toEqual([]);
  });

  it('two target groups that changed places everywhere are found', () => {
    const units = ['a', 'b', 'c'].map((unitId, i) =>
      year(
        unitId,
        [group('PANTAU', `${200 + i}`), group('SDIDTK', `${210 + i}`)],
        [group('PANTAU', `${210 + i}`), group('SDIDTK', `${200 + i}`)],
      ),
    );
    expect(findingsAcross(units, rules)).toMatchObject([
      { rule: 'target_groups_exchanged', indicatorCodes: ['PANTAU', 'SDIDTK'] },
    ]);
  });

  it('counts that were left in a copied template are found, those that changed in one place are not', () => {
    const left = ['a', 'b', 'c'].map((unitId, i) =>
      year(unitId, [figures('K1', `${i}5`, `${i}90`)], [figures('K1', `${i}5`, `${i}90`)]),
    );
    expect(findingsAcross(left, rules)).toMatchObject([
      { rule: 'same_as_last_year', indicatorCodes: ['K1'] },
    ]);
    const changed = [
      ...left.slice(0, 2),
      year('c', [figures('K1', '26', '290')], [figures('K1', '25', '290')]),
    ];
    expect(findingsAcross(changed, rules)).toEqual([]);
  });

  it('says nothing of what is missing', () => {
    const silent = [unit('a', figures('K1', null, null)), unit('b'), unit('c', figures('K1', '5', null))];
    expect(findingsAcross(silent, rules)).toEqual([]);
    expect(silent.flatMap((each) => findingsOfUnit(each, rules))).toEqual([]);
  });
});

describe('what only looks wrong', () => {
  it('is no finding: equal visits, an index above its parts, zeros everywhere, a small group twice', () => {
    const index = { ...figures('SKM', '88', '1'), multiplier: '1' };
    const units = ['a', 'b', 'c'].map((unitId) =>
      unit(unitId, figures('KIA-K1', '0', '50'), figures('KIA-K4', '0', '50'), index),
    );
    expect(units.flatMap((each) => findingsOfUnit(each, rules))).toEqual([]);
    expect(findingsAcross(units, rules)).toEqual([]);
  });
});

describe('a month against the months before', () => {
  const month = (
    value: string,
    before: string[],
    what: Partial<Parameters<typeof findingsOfMonth>[1][number]> = {},
  ) =>
    findingsOfMonth(
      'a',
      [{ indicatorCode: 'K1', element: 'K1.num', before, follows: true, value, ...what }],
      rules,
    );
  const steady = ['51', '48', '50', '53', '47', '52', '49', '50'];

  it('far away is an outlier, with the median it is far from', () => {
    expect(month('510', steady)).toMatchObject([
      {
        rule: 'outlier',
        level: 'note',
        figures: { element: 'K1.num', value: '510', median: '50.0', months: '8' },
      },
    ]);
    expect(month('0', steady)).toMatchObject([{ rule: 'outlier' }]);
    expect(month('55', steady)).toEqual([]);
  });

  it('of mostly the same numbers needs a distance, and zeros hide nothing', () => {
    expect(month('9', Array(8).fill('0'))).toEqual([]);
    expect(month('40', Array(8).fill('0'))).toMatchObject([{ rule: 'outlier' }]);
  });

  it('says nothing before there are six of them', () => {
    expect(month('510', steady.slice(0, 5))).toEqual([]);
  });

  it('with the same counts again is found where every part is the same, and the month follows', () => {
    expect(month('50', steady)).toMatchObject([{ rule: 'same_as_last_month' }]);
    expect(month('50', steady, { follows: false })).toEqual([]);
    expect(month('0', ['0'])).toEqual([]);
    const parts = [
      { indicatorCode: 'K1', element: 'K1.num', before: ['50'], follows: true, value: '50' },
      { indicatorCode: 'K1', element: 'K1.den', before: ['90'], follows: true, value: '91' },
    ];
    expect(findingsOfMonth('a', parts, rules)).toEqual([]);
  });

  it('of stable series is flagged in fewer than 5 of 100', () => {
    // A fixed generator (Lehmer, 48271 modulo 2^31 - 1): the sum of twelve is near enough to a normal distribution.
    let state = 20_261_122;
    const uniform = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, each) => sum + each) - 6;
    let flagged = 0;
    const series = 2000;
    for (let i = 0; i < series; i += 1) {
      const months = Array.from({ length: 13 }, () => String(Math.max(0, Math.round(200 + 20 * normal()))));
      flagged += month(months[12]!, months.slice(0, 12)).filter(({ rule }) => rule === 'outlier').length;
    }
    expect(flagged / series).toBeLessThan(0.05);
  });
});

describe('a level', () => {
  it('is what the bundle says', () => {
    const strict: QualityRules = { sequences: SEQUENCES, levels: { later_above_earlier: 'reason' } };
    const dendang = unit('a', figures('KIA-K1', '139', '187'), figures('KIA-K4', '146', '187'));
    expect(findingsOfUnit(dendang, strict)).toMatchObject([{ level: 'reason' }]);
    expect(findingsOfUnit(dendang, rules)).toMatchObject([{ level: 'warn' }]);
  });

  it('belongs to what is found, which has a name of its own', () => {
    const [finding] = findingsOfUnit(unit('a', figures('K1', '2', '1')), rules);
    expect(subjectOf(finding!)).toBe('numerator_above_denominator K1');
  });
});
