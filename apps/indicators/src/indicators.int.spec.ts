import { randomUUID } from 'node:crypto';
import {
  AcceptDeviation,
  ConfirmFinding,
  DistrictFindings,
  DistrictIndicator,
  DistrictIndicators,
  DistrictMatrix,
  DistrictScores,
  DistrictTargets,
  EntrySheet,
  EvaluationSubmitted,
  FindingConfirmed,
  IndicatorDetail,
  IndicatorTrend,
  PublishBundle,
  RecordValues,
  ReturnEvaluation,
  SetTargets,
  SubmitEvaluation,
  TargetsSet,
  UnitFindings,
  UnitDeviations,
  UnitResults,
  UnitScores,
  type AskInput,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { aService, COACHING_GROUP, GANTUNG, id, MANGGAR, PEOPLE, type TestService } from '@lokmin/testing';
import { indicators } from './service.ts';

interface ImportAnswer {
  refusal: { code: string; message: { id: string; en: string } };
  errors: { row: number; column: string | null; value: string | null; message: { id: string; en: string } }[];
  warnings: unknown[];
}

let service: TestService;
const command = () => ({ commandId: randomUUID() });

const count = { multiplier: null, denominatorElement: null, unit: 'count', annualTarget: null };
const bundle = {
  districtCode: '19.06',
  year: 2024,
  name: 'Paket 2024',
  rules: DEFAULT_RULES,
  indicators: [
    anIndicator('KIA-K1'),
    anIndicator('KIA-K4'),
    anIndicator('GIZ-DS', { program: 'Gizi', accumulation: 'monthly' }),
    anIndicator('TB-CASES', { program: 'P2 TB', ...count }),
  ],
};
const yearToDate = (element: string, value: string | null) => ({
  element,
  covers: 'year_to_date' as const,
  state: value === null ? ('not_reported' as const) : ('reported' as const),
  value,
});
const record = (
  person: 'kiaOfManggar' | 'headOfManggar' | 'headOfGantung',
  unitId: string,
  ...values: ReturnType<typeof yearToDate>[]
) => service.ask(person, RecordValues, { ...command(), unitId, period: '2024-12', values });
const upload = async (
  person: Parameters<TestService['token']>[0] | null,
  csv: string | Buffer,
  commandId = randomUUID(),
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${service.address}/imports/values?commandId=${commandId}&name=hasil.csv`, {
    method: 'POST',
    headers: {
      'content-type': 'text/csv',
      ...headers,
      ...(person ? { authorization: `Bearer ${await service.token(person)}` } : {}),
    },
    body: csv as string,
  });
  return { status: response.status, body: (await response.json()) as ImportAnswer }; // shape asserted by each test
};
const header = 'year,puskesmas_reg_code,indicator_code,numerator,denominator,published_value';
const countOf = async (table: string) =>
  (await service.database.query(`SELECT count(*)::int AS n FROM ${table}`))[0].n as number;

beforeAll(async () => {
  service = await aService(indicators);
  await service.ask('administrator', PublishBundle, { ...command(), ...bundle });
}, 60_000);
afterAll(() => service?.stop());
beforeEach(() =>
  service.database.query(
    'TRUNCATE evaluation_verification, evaluation_history, evaluation, rollup, value, year_book, target, outbox',
  ),
);

describe('the schema', () => {
  it('is the one that the entities describe', async () => {
    const { upQueries } = await service.database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});

describe('a bundle', () => {
  it('is published once a year and then stands for ever', async () => {
    await expect(
      service.ask('administrator', PublishBundle, { ...command(), ...bundle }),
    ).rejects.toMatchObject({ code: 'bundle.published' });
    await expect(service.database.query('UPDATE bundle SET name = name')).rejects.toThrow('never changed');
  });

  it('is refused when its bands overlap, and to anybody but an administrator', async () => {
    const overlapping = {
      ...bundle,
      ...command(),
      year: 2025,
      rules: { ...DEFAULT_RULES, bands: { kurangAtMost: '91', baikFrom: '80' } },
    };
    await expect(service.ask('administrator', PublishBundle, overlapping)).rejects.toMatchObject({
      code: 'bundle.bands',
    });
    await expect(
      service.ask('officer', PublishBundle, { ...command(), ...bundle, year: 2025 }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
  });
});

const element = (code: string, sumOf: string[] | null = null, unit = 'people') => ({
  code,
  nameId: code,
  nameEn: code,
  unit,
  sumOf,
});

describe('a bundle with sums', () => {
  const withSums = {
    ...bundle,
    year: 2021,
    indicators: [anIndicator('KN', { numeratorElement: 'kn', registeredElement: 'births.registered' })],
    elements: [
      element('kn', ['kn.girls', 'kn.boys']),
      element('kn.girls'),
      element('kn.boys'),
      element('KN.den'),
      element('births.registered'),
    ],
  };

  it('is refused while a formula cannot be computed', async () => {
    const circle = {
      ...withSums,
      elements: [...withSums.elements, element('a', ['b']), element('b', ['a'])],
    };
    await expect(
      service.ask('administrator', PublishBundle, { ...command(), ...circle }),
    ).rejects.toMatchObject({ code: 'bundle.formula', field: 'elements.5' });
    const unknown = { ...withSums, indicators: [anIndicator('KN', { numeratorElement: 'KN.nom' })] };
    await expect(
      service.ask('administrator', PublishBundle, { ...command(), ...unknown }),
    ).rejects.toMatchObject({ code: 'bundle.formula', field: 'indicators.0' });
  });

  it('takes the elements, computes the sum, and shows the registered target group beside the projected one', async () => {
    await service.ask('administrator', PublishBundle, { ...command(), ...withSums });
    const enter = (...values: ReturnType<typeof yearToDate>[]) =>
      service.ask('headOfManggar', RecordValues, {
        ...command(),
        unitId: MANGGAR.unitId,
        period: '2021-12',
        values,
      });
    await expect(enter(yearToDate('kn', '90'))).rejects.toMatchObject({
      code: 'value.computed',
      field: 'values.0.element',
    });
    const file = `${header}\n2021,1012406,KN,90,,\n`;
    expect((await upload('headOfManggar', file)).body.errors).toMatchObject([
      { row: 2, column: 'numerator' },
    ]);
    await enter(
      yearToDate('kn.girls', '44'),
      yearToDate('kn.boys', '46'),
      yearToDate('KN.den', '100'),
      yearToDate('births.registered', '96'),
    );
    const { result, values } = await service.ask('headOfManggar', IndicatorDetail, {
      unitId: MANGGAR.unitId,
      period: '2021-12',
      code: 'KN',
    });
    expect(result).toMatchObject({
      numerator: '90',
      coverage: '90.00',
      registered: { denominator: '96', coverage: '93.75' },
    });
    expect(values).toHaveLength(4);
  });
});

describe('the matrix of a district', () => {
  it('says of each indicator of each puskesmas what its own page says', async () => {
    await record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '551'),
      yearToDate('KIA-K1.den', '693'),
      yearToDate('TB-CASES.num', '12'),
    );
    const at = { districtCode: '19.06', period: '2024-12' };
    const matrix = await service.ask('officer', DistrictMatrix, at);
    expect(matrix.indicators.map(({ code }) => code)).toEqual(['KIA-K1', 'KIA-K4', 'GIZ-DS', 'TB-CASES']);
    expect(matrix.units.map(({ unitCode }) => unitCode)).toEqual(
      (await service.ask('officer', DistrictIndicators, at)).units.map(({ unitCode }) => unitCode),
    );
    for (const { unitId, judgements, coverages, hidden } of matrix.units) {
      const { results } = await service.ask('officer', UnitResults, { unitId, period: '2024-12' });
      expect({ judgements, coverages, hidden }).toEqual({
        judgements: results.map(({ judgement }) => judgement),
        coverages: results.map(({ coverage }) => coverage),
        hidden: [],
      });
    }
    expect(matrix.units.find(({ unitId }) => unitId === MANGGAR.unitId)).toMatchObject({
      judgements: ['kurang', 'tanpa_data', 'tanpa_data', 'tanpa_target'],
      coverages: ['79.51', null, null, '12.00'],
    });
    expect(await service.ask('officer', DistrictMatrix, { ...at, period: '2010-12' })).toMatchObject({
      hasBundle: false,
      indicators: [],
      units: [],
    });
    await expect(service.ask('headOfManggar', DistrictMatrix, at)).rejects.toMatchObject({
      code: 'access.forbidden',
    });
  });
});

describe('targets beside the bundle', () => {
  const set = (
    targets: Partial<AskInput<typeof SetTargets>['targets'][number]>[],
    person: Parameters<TestService['ask']>[0] = 'officer',
  ) =>
    service.ask(person, SetTargets, {
      ...command(),
      districtCode: '19.06',
      year: 2024,
      source: 'SK Kepala Dinas 440/12/2024',
      approvedBy: 'Kepala Dinas Kesehatan',
      approvedOn: '2024-01-15',
      targets: targets.map((target) => ({
        indicatorCode: 'KIA-K1',
        unitId: null,
        coachingGroupId: null,
        month: null,
        value: '95',
        running: null,
        curve: null,
        ...target,
      })),
    });
  const resultOf = async (unitId: string) =>
    (await service.ask('officer', IndicatorDetail, { unitId, period: '2024-12', code: 'KIA-K1' })).result;
  const forManggar = { unitId: MANGGAR.unitId };

  beforeEach(async () => {
    await record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '551'),
      yearToDate('KIA-K1.den', '693'),
    );
  });

  it('judge the same work otherwise, say where they come from, and change nothing the second time', async () => {
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({ performance: '79.51', judgement: 'kurang' });
    expect(await set([{}])).toEqual({ changed: 1, units: 1 });
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({
      annualTarget: '95',
      performance: '83.69',
      judgement: 'cukup',
      targetSource: { scope: 'district', source: 'SK Kepala Dinas 440/12/2024', approvedOn: '2024-01-15' },
    });
    expect(await resultOf(GANTUNG.unitId)).toMatchObject({ annualTarget: '95', judgement: 'tanpa_data' });
    expect(await set([{}])).toEqual({ changed: 0, units: 0 });
    const across = await service.ask('officer', DistrictIndicator, {
      districtCode: '19.06',
      coachingGroupId: null,
      period: '2024-12',
      code: 'KIA-K1',
    });
    expect(across.district).toMatchObject({ runningTarget: '95.00', performance: '83.69' });
  });

  it('of the puskesmas win over those of the district, and when withdrawn these hold again', async () => {
    await set([{ value: '70' }, { ...forManggar, value: '90' }, { ...forManggar, month: 12, value: '60' }]);
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({
      runningTarget: '60.00',
      targetSource: { scope: 'unit' },
    });
    await set([{ ...forManggar, month: 12, value: null }]);
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({ runningTarget: '90.00' });
    await set([{ ...forManggar, value: null }]);
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({ runningTarget: '70.00' });
    const { targets, maySet } = await service.ask('officer', DistrictTargets, {
      districtCode: '19.06',
      year: 2024,
    });
    expect(targets).toMatchObject([{ indicatorCode: 'KIA-K1', scope: 'district', value: '70' }]);
    expect(maySet).toBe(true);
    expect(await countOf('target')).toBe(3);
  });

  it('are frozen with a submitted evaluation, and announced once', async () => {
    await service.ask('headOfManggar', SubmitEvaluation, {
      ...command(),
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    await set([{ value: '50' }]);
    expect(await resultOf(MANGGAR.unitId)).toMatchObject({ annualTarget: '100', performance: '79.51' });
    const announced = await service.announced();
    expect(announced.filter(({ type }) => type === TargetsSet.type)).toMatchObject([
      { data: { year: 2024, unitIds: [MANGGAR.unitId] } },
    ]);
  });

  it('of another puskesmas are not shown to a puskesmas, and it may set none', async () => {
    await set([{ unitId: GANTUNG.unitId, value: '88' }, { value: '70' }]);
    const seen = await service.ask('headOfManggar', DistrictTargets, { districtCode: '19.06', year: 2024 });
    expect(seen).toMatchObject({ targets: [{ scope: 'district' }], maySet: false });
    await expect(set([{}], 'headOfManggar')).rejects.toMatchObject({ code: 'access.forbidden' });
  });

  it.each([
    [
      'an unknown indicator',
      { indicatorCode: 'KIA-K9' },
      'target.unknown-indicator',
      'targets.0.indicatorCode',
    ],
    ['nothing to reach', { value: '0' }, 'target.value', 'targets.0.value'],
    ['a month that runs', { month: 3, running: 'flat' as const }, 'target.month-runs', 'targets.0.running'],
    ['a curve of nothing', { running: 'curve' as const }, 'bundle.curve', 'targets.0.curve'],
    ['a puskesmas that is not there', { unitId: randomUUID() }, 'not-found', 'targets.0.unitId'],
    [
      'a puskesmas and a group',
      { unitId: MANGGAR.unitId, coachingGroupId: COACHING_GROUP.coachingGroupId },
      'target.one-place',
      'targets.0.coachingGroupId',
    ],
  ])('are refused for %s, and nothing is kept', async (_, target, code, field) => {
    await expect(set([target, { indicatorCode: 'KIA-K4' }])).rejects.toMatchObject({ code, field });
    expect(await countOf('target')).toBe(0);
  });

  it('rebuild the same bytes from the same values and targets', async () => {
    await set([{ value: '70' }]);
    const bytes = async () =>
      (
        await service.database.query(
          'SELECT results::text, tally::text, worst::text FROM rollup ORDER BY period',
        )
      )[0];
    const before = await bytes();
    await set([{ value: '90' }]);
    expect(await bytes()).not.toEqual(before);
    await set([{ value: '70' }]);
    expect(await bytes()).toEqual(before);
  });
});

describe('the entry sheet', () => {
  const sheetOf = (person: Parameters<TestService['ask']>[0]) =>
    service.ask(person, EntrySheet, { unitId: MANGGAR.unitId, period: '2024-12' });

  it('has what a programme holder records, and says before anything is typed when nothing can be', async () => {
    await record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '5'),
      yearToDate('KIA-K1.den', '9'),
    );
    const sheet = await sheetOf('kiaOfManggar');
    expect(sheet.indicators.map(({ code }) => code)).toEqual(['KIA-K1', 'KIA-K4']);
    expect(sheet).toMatchObject({ closed: null, values: [{ value: '9' }, { value: '5' }] });
    await expect(sheetOf('officer')).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(sheetOf('headOfGantung')).rejects.toMatchObject({ code: 'not-found' });
    await service.ask('headOfManggar', SubmitEvaluation, {
      ...command(),
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    expect((await sheetOf('kiaOfManggar')).closed?.en).toContain('is submitted');
  });
});

describe('data quality', () => {
  const quality = (year: number, levels: object) => ({
    ...bundle,
    ...command(),
    year,
    rules: {
      ...DEFAULT_RULES,
      quality: { sequences: [{ earlier: 'KIA-K1', later: 'KIA-K4' }], levels },
    },
  });
  const enter = (unitId: string, period: string, ...[k1, k4, group]: string[]) =>
    service.ask('administrator', RecordValues, {
      ...command(),
      unitId,
      period,
      values: [
        yearToDate('KIA-K1.num', k1!),
        yearToDate('KIA-K4.num', k4!),
        yearToDate('KIA-K1.den', group!),
        yearToDate('KIA-K4.den', group!),
      ],
    });
  const ofManggar = async (period: string) =>
    (await service.ask('headOfManggar', UnitFindings, { unitId: MANGGAR.unitId, period })).findings;
  const confirm = (period: string, person: Parameters<TestService['ask']>[0] = 'headOfManggar') =>
    service.ask(person, ConfirmFinding, {
      ...command(),
      districtCode: '19.06',
      unitId: MANGGAR.unitId,
      period,
      subject: 'later_above_earlier KIA-K1 KIA-K4',
      reason: 'Sebagian tercatat pada tahun lalu.',
    });
  const submit = (period: string) =>
    service.ask('headOfManggar', SubmitEvaluation, { ...command(), unitId: MANGGAR.unitId, period });

  beforeAll(async () => {
    await service.ask('administrator', PublishBundle, quality(2019, { later_above_earlier: 'reason' }));
    await service.ask('administrator', PublishBundle, quality(2020, { later_above_earlier: 'block' }));
  });

  it('needs a reason before submission, which holds until the figures change', async () => {
    await enter(MANGGAR.unitId, '2019-12', '139', '146', '187');
    expect(await ofManggar('2019-12')).toMatchObject([{ level: 'reason', confirmation: null }]);
    await expect(submit('2019-12')).rejects.toMatchObject({ code: 'evaluation.reason-needed' });
    await expect(confirm('2019-12', 'headOfGantung')).rejects.toMatchObject({ code: 'not-found' });
    expect((await confirm('2019-12')).finding.confirmation).toMatchObject({
      reason: 'Sebagian tercatat pada tahun lalu.',
    });
    expect((await service.announced()).filter(({ type }) => type === FindingConfirmed.type)).toHaveLength(1);
    await enter(MANGGAR.unitId, '2019-12', '139', '147', '187');
    await expect(submit('2019-12')).rejects.toMatchObject({ code: 'evaluation.reason-needed' });
    await confirm('2019-12');
    await expect(submit('2019-12')).resolves.toMatchObject({ evaluation: { status: 'submitted' } });
  });

  it('blocks while it is said to, whatever the reason', async () => {
    await enter(MANGGAR.unitId, '2020-12', '139', '146', '187');
    await confirm('2020-12');
    await expect(submit('2020-12')).rejects.toMatchObject({ code: 'evaluation.blocked' });
    await enter(MANGGAR.unitId, '2020-12', '146', '146', '187');
    await expect(confirm('2020-12')).rejects.toMatchObject({ code: 'finding.gone' });
    await expect(submit('2020-12')).resolves.toMatchObject({ evaluation: { status: 'submitted' } });
  });

  it('lists what a district has, against the year before too', async () => {
    await enter(MANGGAR.unitId, '2019-12', '100', '90', '200');
    await enter(MANGGAR.unitId, '2020-12', '100', '101', '300');
    await enter(GANTUNG.unitId, '2020-12', '100', '90', '300');
    const { findings } = await service.ask('officer', DistrictFindings, {
      districtCode: '19.06',
      period: '2020-12',
    });
    expect(
      findings.map(({ rule, level, unit, indicatorCodes }) => [
        rule,
        level,
        unit?.code,
        indicatorCodes.join(),
      ]),
    ).toEqual([
      ['later_above_earlier', 'block', MANGGAR.code, 'KIA-K1,KIA-K4'],
      ['same_target_group', 'warn', GANTUNG.code, 'KIA-K1'],
      ['same_target_group', 'warn', GANTUNG.code, 'KIA-K4'],
      ['target_group_jump', 'warn', MANGGAR.code, 'KIA-K1'],
      ['target_group_jump', 'warn', MANGGAR.code, 'KIA-K4'],
    ]);
    await expect(
      service.ask('headOfManggar', DistrictFindings, { districtCode: '19.06', period: '2020-12' }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
  });
});

describe('recording values', () => {
  it('recomputes the rollup and announces it, and the same again changes nothing', async () => {
    const values = [yearToDate('KIA-K1.num', '551'), yearToDate('KIA-K1.den', '693')];
    expect(await record('kiaOfManggar', MANGGAR.unitId, ...values)).toMatchObject({
      revision: 1,
      changed: 2,
    });
    expect(await record('kiaOfManggar', MANGGAR.unitId, ...values)).toMatchObject({
      revision: 1,
      changed: 0,
    });
    const { result, values: kept } = await service.ask('headOfManggar', IndicatorDetail, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
      code: 'KIA-K1',
    });
    expect(result).toMatchObject({
      numerator: '551',
      denominator: '693',
      coverage: '79.51',
      performance: '79.51',
      judgement: 'kurang',
    });
    expect(kept.map(({ element, value, enteredByName }) => [element, value, enteredByName])).toEqual([
      ['KIA-K1.den', '693', 'Pemegang Program KIA Manggar'],
      ['KIA-K1.num', '551', 'Pemegang Program KIA Manggar'],
    ]);
    const announced = await service.announced();
    expect(announced).toHaveLength(1);
    expect(announced[0]).toMatchObject({
      type: 'lokmin.indicators.values.recorded.v1',
      revision: 1,
      data: { unitCode: '1012406', period: '2024-12', changed: 2 },
    });
  });

  it('keeps zero apart from missing', async () => {
    await record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '0'),
      yearToDate('KIA-K1.den', '693'),
      yearToDate('KIA-K4.num', null),
    );
    const { results } = await service.ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    expect(results.map(({ code, coverage, judgement }) => [code, coverage, judgement])).toEqual([
      ['KIA-K1', '0.00', 'kurang'],
      ['KIA-K4', null, 'tanpa_data'],
      ['GIZ-DS', null, 'tanpa_data'],
      ['TB-CASES', null, 'tanpa_data'],
    ]);
  });

  it('of an earlier month recomputes the later ones of the year', async () => {
    const month = (period: string, value: string) =>
      service.ask('kiaOfManggar', RecordValues, {
        ...command(),
        unitId: MANGGAR.unitId,
        period,
        values: [
          { element: 'KIA-K1.num', covers: 'month', state: 'reported', value },
          ...(period === '2024-01' ? [yearToDate('KIA-K1.den', '100')] : []),
        ],
      });
    await month('2024-01', '10');
    await month('2024-02', '10');
    await month('2024-01', '30');
    const { results } = await service.ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: '2024-02',
    });
    expect(results[0]).toMatchObject({
      numerator: '40',
      coverage: '40.00',
      monthsReported: 2,
      monthsExpected: 2,
    });
    const trend = await service.ask('headOfManggar', IndicatorTrend, {
      unitId: MANGGAR.unitId,
      period: '2024-03',
      code: 'KIA-K1',
    });
    expect(trend.points).toHaveLength(24);
    expect(trend.points.slice(-4)).toMatchObject([
      // A year without a bundle has no target.
      { period: '2023-12', coverage: null, state: 'missing', runningTarget: null },
      { period: '2024-01', coverage: '30.00', ofMonth: '30.00', runningTarget: '8.33', small: false },
      { period: '2024-02', coverage: '40.00', ofMonth: '10.00', runningTarget: '16.67' },
      { period: '2024-03', coverage: null, ofMonth: null, runningTarget: '25.00', judgement: 'tanpa_data' },
    ]);
    expect(trend).toMatchObject({ observed: 'ofMonth', median: null, runs: [], smallBelow: 30 });
  });

  it('names what is wrong and saves nothing', async () => {
    const good = yearToDate('KIA-K1.num', '1');
    await expect(
      record('headOfManggar', MANGGAR.unitId, good, yearToDate('NO-SUCH.num', '1')),
    ).rejects.toMatchObject({ code: 'value.unknown-element', field: 'values.1.element' });
    await expect(
      record('headOfManggar', MANGGAR.unitId, good, yearToDate('KIA-K4.num', '-1.5')),
    ).rejects.toMatchObject({
      code: 'value.negative',
      field: 'values.1.value',
      details: { value: { id: '-1,5', en: '-1.5' } },
    });
    await expect(
      record('headOfManggar', MANGGAR.unitId, good, yearToDate('KIA-K1.num', '2')),
    ).rejects.toMatchObject({ code: 'value.duplicate' });
    await expect(
      record('headOfManggar', MANGGAR.unitId, good, yearToDate('KIA-K4.num', 'banyak')),
    ).rejects.toMatchObject({
      code: 'input.invalid',
      field: 'values.1.value',
      details: {
        problem: { id: expect.stringContaining('bukan angka'), en: expect.stringContaining('no number') },
      },
    });
    await expect(
      service.ask('headOfManggar', RecordValues, {
        ...command(),
        unitId: MANGGAR.unitId,
        period: '2199-01',
        values: [good],
      }),
    ).rejects.toMatchObject({ code: 'bundle.missing' });
    expect(await countOf('value')).toBe(0);
  });

  it('takes whole numbers of at most 15 digits where people are counted', async () => {
    const rejects = (value: string, code: string) =>
      expect(record('kiaOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.num', value))).rejects.toMatchObject({
        code,
        field: 'values.0.value',
      });
    await rejects('99999999999999999999', 'value.too-large');
    await rejects('1.5', 'value.not-whole');
    expect(await record('kiaOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.num', '12.0'))).toMatchObject({
      changed: 1,
    });
  });

  it('tells the warnings of the indicators concerned alone', async () => {
    const over = (code: string) => [yearToDate(`${code}.num`, '3'), yearToDate(`${code}.den`, '2')];
    await record('kiaOfManggar', MANGGAR.unitId, ...over('KIA-K4'));
    const { warnings } = await record('kiaOfManggar', MANGGAR.unitId, ...over('KIA-K1'));
    expect(warnings.map(({ code, indicatorCode }) => [code, indicatorCode])).toEqual([
      ['numerator_above_denominator', 'KIA-K1'],
    ]);
  });

  it('names an element that the bundle lacks to those who may record something here, and to nobody else', async () => {
    await expect(
      record('kiaOfManggar', MANGGAR.unitId, yearToDate('NO-SUCH.num', '1')),
    ).rejects.toMatchObject({ code: 'value.unknown-element', field: 'values.0.element' });
    await expect(
      record('headOfGantung', MANGGAR.unitId, yearToDate('NO-SUCH.num', '1')),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is refused outside the own programme and the own unit', async () => {
    await expect(record('kiaOfManggar', MANGGAR.unitId, yearToDate('GIZ-DS.num', '1'))).rejects.toMatchObject(
      { code: 'access.forbidden' },
    );
    await expect(
      record('headOfGantung', MANGGAR.unitId, yearToDate('KIA-K1.num', '1')),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      service.ask(null, UnitResults, { unitId: MANGGAR.unitId, period: '2024-12' }),
    ).rejects.toMatchObject({ code: 'access.signed-out' });
    await expect(
      service.ask('stranger', UnitResults, { unitId: MANGGAR.unitId, period: '2024-12' }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      service.ask('headOfManggar', UnitResults, { unitId: id(999), period: '2024-12' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('by two people at once loses neither', async () => {
    await Promise.all([
      record('kiaOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.num', '551')),
      record('headOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.den', '693')),
    ]);
    const { result } = await service.ask('headOfManggar', IndicatorDetail, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
      code: 'KIA-K1',
    });
    expect(result.coverage).toBe('79.51');
  });
});

describe('an evaluation', () => {
  const submit = (commandId = randomUUID()) =>
    service.ask('headOfManggar', SubmitEvaluation, { commandId, unitId: MANGGAR.unitId, period: '2024-12' });
  const k1 = (numerator: string) =>
    record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', numerator),
      yearToDate('KIA-K1.den', '693'),
    );

  it('freezes its results, locks its values, is returned with a reason and revised', async () => {
    await k1('551');
    const { evaluation, tally } = await submit();
    expect(evaluation).toMatchObject({
      revision: 1,
      status: 'submitted',
      submittedByName: 'Kepala Puskesmas Manggar',
    });
    expect(tally).toEqual({ baik: 0, cukup: 0, kurang: 1, tanpa_target: 0, tanpa_data: 3 });
    await expect(k1('600')).rejects.toMatchObject({ code: 'evaluation.submitted' });
    await expect(submit()).rejects.toMatchObject({ code: 'evaluation.submitted' });

    const give = (reason: string, expectedRevision: number) =>
      service.ask('officer', ReturnEvaluation, {
        ...command(),
        evaluationId: evaluation.evaluationId,
        expectedRevision,
        reason,
      });
    await expect(give(' ', 1)).rejects.toMatchObject({ code: 'input.invalid', field: 'reason' });
    await expect(give('x', 7)).rejects.toMatchObject({
      code: 'revision.stale',
      details: { current: 1, expected: 7 },
    });
    // Somebody with posts in the puskesmas and in the district office does not check their own work.
    const submittedBy = (person: string) =>
      service.database.query('UPDATE evaluation SET submitted_by = $2 WHERE evaluation_id = $1', [
        evaluation.evaluationId,
        person,
      ]);
    await submittedBy(PEOPLE.officer);
    await expect(give('x', 1)).rejects.toMatchObject({ code: 'evaluation.own' });
    await submittedBy(PEOPLE.headOfManggar);
    expect((await give('K1 berbeda dari register', 1)).evaluation).toMatchObject({
      revision: 2,
      status: 'returned',
      returnedReason: 'K1 berbeda dari register',
    });

    await k1('650');
    expect((await submit()).evaluation).toMatchObject({
      revision: 3,
      status: 'submitted',
      returnedReason: null,
    });
    const facts = (await service.announced()).filter(({ type }) => type.includes('evaluation'));
    expect(facts.map(({ type, revision }) => [type, revision])).toEqual([
      ['lokmin.indicators.evaluation.submitted.v1', 1],
      ['lokmin.indicators.evaluation.returned.v1', 2],
      ['lokmin.indicators.evaluation.revised.v1', 3],
    ]);
    expect(facts[2]!.data).toMatchObject({
      tally: { baik: 1, kurang: 0 },
      judged: expect.arrayContaining([expect.objectContaining({ code: 'KIA-K1', performance: '93.80' })]),
    });
    const history = await service.database.query(
      `SELECT revision, status, frozen #>> '{results,KIA-K1,numerator}' AS k1 FROM evaluation_history ORDER BY revision`,
    );
    expect(history).toEqual([
      { revision: 1, status: 'submitted', k1: '551' },
      { revision: 2, status: 'returned', k1: null },
      { revision: 3, status: 'submitted', k1: '650' },
    ]);
    await expect(service.database.query('DELETE FROM evaluation_history')).rejects.toThrow('never changed');
  });

  it('submitted twice with one command is one evaluation with one fact', async () => {
    await k1('551');
    const commandId = randomUUID();
    const [first, second] = await Promise.all([submit(commandId), submit(commandId)]);
    expect(second).toEqual(first);
    expect(await countOf('evaluation')).toBe(1);
    const types = (await service.announced()).map(({ type }) => type);
    expect(types.filter((type) => type === EvaluationSubmitted.type)).toHaveLength(1);
  });

  it('without a single value is refused, and so is one by anybody but the head', async () => {
    await expect(submit()).rejects.toMatchObject({ code: 'evaluation.empty' });
    for (const [person, code] of [
      ['kiaOfManggar', 'access.forbidden'],
      ['officer', 'access.forbidden'],
      ['administrator', 'access.forbidden'],
      ['headOfGantung', 'not-found'],
    ] as const) {
      await expect(
        service.ask(person, SubmitEvaluation, { ...command(), unitId: MANGGAR.unitId, period: '2024-12' }),
      ).rejects.toMatchObject({ code });
    }
  });

  it('without one indicator that can be computed is refused in other words', async () => {
    await record('headOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.num', '551'));
    await expect(submit()).rejects.toMatchObject({ code: 'evaluation.nothing-computed' });
  });

  it('speaks with what it froze, while a month before it changes', async () => {
    await k1('551');
    await submit();
    await service.ask('kiaOfManggar', RecordValues, {
      ...command(),
      unitId: MANGGAR.unitId,
      period: '2024-11',
      values: [
        { element: 'KIA-K4.num', covers: 'month', state: 'reported', value: '5' },
        yearToDate('KIA-K4.den', '10'),
      ],
    });
    const { units } = await service.ask('officer', DistrictIndicators, {
      districtCode: '19.06',
      period: '2024-12',
    });
    expect(units[1]).toMatchObject({
      unitCode: '1012406',
      tally: { kurang: 1, tanpa_data: 3 },
      worst: [{ code: 'KIA-K1' }],
    });
  });
});

describe('the district', () => {
  it('adds numerators and denominators, then divides, and shows who is silent', async () => {
    await record(
      'headOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '551'),
      yearToDate('KIA-K1.den', '693'),
    );
    const ask = () =>
      service.ask('officer', DistrictIndicator, { districtCode: '19.06', period: '2024-12', code: 'KIA-K1' });
    const one = await ask();
    expect(one.district).toMatchObject({ numerator: '551', denominator: '693', reporting: 1, expected: 2 });
    // Who reported nothing is not the last: it has no place.
    expect([one.ranked, one.units.map(({ unitCode, rank }) => [unitCode, rank])]).toEqual([
      1,
      [
        ['1012404', null],
        ['1012406', 1],
      ],
    ]);
    await record(
      'headOfGantung',
      GANTUNG.unitId,
      yearToDate('KIA-K1.num', '415'),
      yearToDate('KIA-K1.den', '522'),
    );
    expect((await ask()).district).toMatchObject({
      numerator: '966',
      denominator: '1215',
      coverage: '79.51',
      reporting: 2,
      expected: 2,
    });
    const { units, ranked } = await ask(); // 415 of 522 and 551 of 693: both 79,5 %, the second a little more
    expect([ranked, units.map(({ performance, rank }) => [performance, rank])]).toEqual([
      2,
      [
        [units[0]!.performance, 2],
        [units[1]!.performance, 1],
      ],
    ]);
    expect(Number(units[1]!.performance)).toBeGreaterThan(Number(units[0]!.performance));
  });

  it('is told of a coaching group to whoever sees every puskesmas of it, with the figures of these alone', async () => {
    await record(
      'headOfGantung',
      GANTUNG.unitId,
      yearToDate('KIA-K1.num', '415'),
      yearToDate('KIA-K1.den', '522'),
    );
    const { coachingGroupId } = COACHING_GROUP;
    const place = { districtCode: '19.06', period: '2024-12' };
    for (const person of ['coach', 'officer', 'headOfGantung'] as const) {
      const { district, units } = await service.ask(person, DistrictIndicator, {
        ...place,
        coachingGroupId,
        code: 'KIA-K1',
      });
      expect([district.numerator, district.expected, units.length]).toEqual(['415', 1, 1]);
      const overview = await service.ask(person, DistrictIndicators, { ...place, coachingGroupId });
      expect(overview.units.map(({ unitCode }) => unitCode)).toEqual(['1012404']);
    }
    const unknown = { code: 'not-found' };
    await expect(
      service.ask('headOfManggar', DistrictIndicators, { ...place, coachingGroupId }),
    ).rejects.toMatchObject(unknown);
    for (const elsewhere of [{ coachingGroupId: randomUUID() }, { districtCode: '19.05', coachingGroupId }])
      await expect(
        service.ask('officer', DistrictIndicators, { ...place, ...elsewhere }),
      ).rejects.toMatchObject(unknown);
    await expect(service.ask('coach', DistrictIndicators, place)).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(
      service.ask('coach', UnitResults, { unitId: MANGGAR.unitId, period: '2024-12' }),
    ).rejects.toMatchObject(unknown);
  });

  it('has the scores of its puskesmas, each as in its own, and not for people of a puskesmas', async () => {
    await record(
      'kiaOfManggar',
      MANGGAR.unitId,
      yearToDate('KIA-K1.num', '551'),
      yearToDate('KIA-K1.den', '693'),
    );
    const place = { districtCode: '19.06', coachingGroupId: null, period: '2024-12' };
    const { units, spm } = await service.ask('officer', DistrictScores, place);
    const own = await service.ask('headOfManggar', UnitScores, { unitId: MANGGAR.unitId, period: '2024-12' });
    expect(own.service).toMatchObject({
      score: '79.51',
      used: 1,
      of: 2,
      programs: [
        { name: 'KIA', score: '79.51', used: 1, of: 2, category: 'kurang' },
        { name: 'Gizi', score: null, used: 0, of: 1 },
      ],
    });
    const { score, used, of, category } = own.service;
    expect(units.map(({ unitCode, service }) => [unitCode, service.score])).toEqual([
      [GANTUNG.code, null],
      [MANGGAR.code, '79.51'],
    ]);
    expect(units[1]!.service).toMatchObject({ score, used, of, category });
    expect([units[1]!.management, spm]).toEqual([own.management, null]);
    await expect(service.ask('headOfManggar', DistrictScores, place)).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await expect(
      service.ask('headOfGantung', UnitScores, { unitId: MANGGAR.unitId, period: '2024-12' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('accepts a deviation until a day, in place of the one before, and it ends by itself', async () => {
    const accept = (who: Parameters<TestService['ask']>[0], until: string) =>
      service.ask(who, AcceptDeviation, {
        ...command(),
        unitId: MANGGAR.unitId,
        indicatorCode: 'KIA-K1',
        period: '2024-12',
        reason: 'Bidan desa baru mulai bertugas bulan depan.',
        until,
      });
    const standing = async () =>
      (await service.ask('headOfManggar', UnitDeviations, { unitId: MANGGAR.unitId })).deviations;
    const today = await service.database.query(
      `SELECT to_char(now() AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD') AS day`,
    );
    const day = (days: number) =>
      new Date(Date.parse(today[0].day) + days * 86_400_000).toISOString().slice(0, 10);
    await expect(accept('headOfManggar', day(7))).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(accept('officer', day(-1))).rejects.toMatchObject({
      code: 'deviation.until',
      field: 'until',
    });
    await accept('officer', day(30));
    const { deviation } = await accept('officer', day(7));
    expect(await standing()).toEqual([deviation]);
    expect(deviation).toMatchObject({ indicatorCode: 'KIA-K1', fromPeriod: '2024-12', until: day(7) });
    const { results } = await service.ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    expect(results.find(({ code }) => code === 'KIA-K1')!.judgement).not.toBe('baik');
    // A week later, by its day alone.
    await service.database.query('UPDATE accepted_deviation SET until = $1 WHERE replaced_at IS NULL', [
      day(-1),
    ]);
    expect(await standing()).toEqual([]);
    await accept('officer', day(0));
    expect(await standing()).toHaveLength(1);
  });

  it('is not shown to people of a puskesmas', async () => {
    await expect(
      service.ask('headOfManggar', DistrictIndicators, { districtCode: '19.06', period: '2024-12' }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
  });
});

describe('small counts', () => {
  const year = {
    ...bundle,
    year: 2022,
    name: 'Paket 2022',
    indicators: [
      anIndicator('KIA-K1'),
      anIndicator('KIA-AKI', {
        direction: 'lower',
        unit: 'per 100,000 live births',
        multiplier: '100000',
        smallCountsBelow: 5,
      }),
    ],
  };
  const deaths = (unit: typeof MANGGAR, period: string, value: string) =>
    service.ask(unit === MANGGAR ? 'headOfManggar' : 'headOfGantung', RecordValues, {
      ...command(),
      unitId: unit.unitId,
      period,
      values: [yearToDate('KIA-AKI.num', value), yearToDate('KIA-AKI.den', '900')],
    });
  const across = (person: 'program' | 'officer', period: string, coachingGroupId: string | null = null) =>
    service.ask(person, DistrictIndicator, {
      districtCode: '19.06',
      coachingGroupId,
      period,
      code: 'KIA-AKI',
    });
  const MONTHS = ['2022-10', '2022-11', '2022-12'];

  beforeAll(() => service.ask('administrator', PublishBundle, { ...command(), ...year }));
  beforeEach(async () => {
    for (const [i, value] of ['6', '7', '12'].entries()) await deaths(MANGGAR, MONTHS[i]!, value);
    for (const [i, value] of ['0', '3', '3'].entries()) await deaths(GANTUNG, MONTHS[i]!, value);
  });

  it('are shown to whose duty they are, and hidden from a service account, which is told that they are', async () => {
    const { district, units } = await across('officer', '2022-12');
    expect([district.numerator, units.map(({ numerator }) => numerator)]).toEqual(['15', ['3', '12']]);
    const asked = await across('program', '2022-12');
    expect(asked.units).toMatchObject([
      { unitCode: '1012404', hidden: true, numerator: null, coverage: null, performance: null, rank: null },
      { unitCode: '1012406', numerator: '12', judgement: 'kurang' },
    ]);
    expect(asked.ranked).toBe(asked.units.filter(({ performance }) => performance !== null).length);
    expect(asked.district).toMatchObject({
      hidden: true,
      numerator: null,
      denominator: null,
      coverage: null,
    });
    const matrix = (person: 'program' | 'officer') =>
      service.ask(person, DistrictMatrix, { districtCode: '19.06', period: '2022-12' });
    expect((await matrix('officer')).units).toMatchObject([{ hidden: [] }, { hidden: [] }]);
    expect((await matrix('program')).units).toMatchObject([
      { unitCode: '1012404', hidden: [1], judgements: ['tanpa_data', 'tanpa_data'], coverages: [null, null] },
      { unitCode: '1012406', hidden: [] },
    ]);
    const own = await service.ask('headOfGantung', UnitResults, {
      unitId: GANTUNG.unitId,
      period: '2022-12',
    });
    expect(own.results.find(({ code }) => code === 'KIA-AKI')).toMatchObject({ numerator: '3' });
  });

  it('cannot be found by subtraction: of units from their district, of months, of judgements or of entries', async () => {
    const known = new Map<string, (string | null)[]>();
    for (const period of MONTHS) {
      const { district, units } = await across('program', period);
      // District less the units that are shown gives the one that is not.
      if (units.some(({ hidden }) => hidden)) expect([period, district.numerator]).toEqual([period, null]);
      for (const unit of units)
        known.set(unit.unitCode, [...(known.get(unit.unitCode) ?? []), unit.numerator]);
      // A group of one is that one.
      const group = await across('program', period, COACHING_GROUP.coachingGroupId);
      const gantung = units.find(({ unitCode }) => unitCode === GANTUNG.code)!;
      expect([period, group.district.numerator]).toEqual([period, gantung.numerator]);

      const overview = await service.ask('program', DistrictIndicators, { districtCode: '19.06', period });
      for (const { unitId, tally, worst } of overview.units) {
        const one = await service.ask('program', UnitResults, { unitId, period });
        expect(one.summary.tally).toEqual(tally);
        const { disembunyikan = 0, ...judgements } = tally;
        expect(Object.values(judgements).reduce((sum, n) => sum + n) + disembunyikan).toBe(2);
        const hidden = one.results.filter((result) => result.hidden).map(({ code }) => code);
        expect(hidden).toHaveLength(disembunyikan);
        expect(worst.map(({ code }) => code).filter((code) => hidden.includes(code))).toEqual([]);
        const detail = await service.ask('program', IndicatorDetail, { unitId, period, code: 'KIA-AKI' });
        expect(detail).toMatchObject({ valuesHidden: true, values: [] });
        expect(detail.result).toEqual(one.results.find(({ code }) => code === 'KIA-AKI'));
      }
    }
    const { points } = await service.ask('program', IndicatorTrend, {
      unitId: MANGGAR.unitId,
      period: '2022-12',
      code: 'KIA-AKI',
    });
    expect(points.slice(-3)).toMatchObject([
      { numerator: '6', coverage: expect.any(String) },
      { numerator: null, coverage: null, ofMonth: null, hidden: true },
      { numerator: '12', ofMonth: null },
    ]);
    // 7 less 6 would be one death in November; it is hidden, and 12 is far enough from 6.
    expect(Object.fromEntries(known)).toEqual({ '1012406': ['6', null, '12'], '1012404': ['0', null, null] });
    const detail = await service.ask('officer', IndicatorDetail, {
      unitId: MANGGAR.unitId,
      period: '2022-12',
      code: 'KIA-AKI',
    });
    expect([detail.valuesHidden, detail.values.length]).toEqual([false, 6]);
  });

  it('are shown again, with the district, when they are small no more', async () => {
    await deaths(GANTUNG, '2022-12', '8');
    const { district, units } = await across('program', '2022-12');
    expect([district.numerator, units.map(({ numerator }) => numerator)]).toEqual(['20', ['8', '12']]);
  });
});

describe('importing a results file', () => {
  const rows = [
    '2024,1012406,KIA-K1,551,693,79.51',
    '2024,1012404,KIA-K1,415,522,79.50',
    '2024,1012406,TB-CASES,12,,',
  ];

  it('saves every row with one fact per unit and period, and the same file again changes nothing', async () => {
    const first = await upload('administrator', [header, ...rows].join('\n'));
    expect(first).toMatchObject({ status: 200, body: { rows: 3, changed: 5, unchanged: 0, periods: 2 } });
    const second = await upload('administrator', [header, ...rows].join('\n'));
    expect(second).toMatchObject({ status: 200, body: { rows: 3, changed: 0, unchanged: 5, periods: 0 } });
    expect(
      (await service.announced()).filter(({ type }) => type.endsWith('values.recorded.v1')),
    ).toHaveLength(2);
    const { results } = await service.ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    expect(results.find(({ code }) => code === 'TB-CASES')).toMatchObject({
      coverage: '12.00',
      judgement: 'tanpa_target',
    });
  });

  it('takes semicolons and a byte order mark', async () => {
    expect(
      await upload('administrator', `\uFEFF${[header, ...rows].join('\r\n').replaceAll(',', ';')}`),
    ).toMatchObject({ status: 200, body: { changed: 5 } });
  });

  it('warns of a numerator above its denominator with the size, and of a published value that its counts do not explain', async () => {
    const { body } = await upload('administrator', `${header}\n2024,1012406,KIA-K1,700,693,50.00`);
    expect(body.warnings).toEqual([
      expect.objectContaining({
        row: 2,
        column: 'numerator',
        message: expect.objectContaining({ en: 'The numerator 700 is 7 above the denominator 693.' }),
      }),
    ]);
    const { result } = await service.ask('headOfManggar', IndicatorDetail, {
      unitId: MANGGAR.unitId,
      period: '2024-12',
      code: 'KIA-K1',
    });
    expect(result.warnings.map(({ code }) => code).sort()).toEqual([
      'numerator_above_denominator',
      'published_unexplained',
    ]);
  });

  it.each([
    ['numerator', 'by hand', () => record('headOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.num', '552'))],
    [
      'denominator',
      'by hand',
      () => record('headOfManggar', MANGGAR.unitId, yearToDate('KIA-K1.den', '694')),
    ],
    ['numerator', 'by a file', () => upload('administrator', `${header}\n2024,1012406,KIA-K1,552,693,`)],
    ['denominator', 'by a file', () => upload('administrator', `${header}\n2024,1012406,KIA-K1,551,694,`)],
  ])('forgets the figure printed beside counts whose %s is mended %s', async (_part, _how, mend) => {
    const published = async () =>
      (
        await service.ask('headOfManggar', IndicatorDetail, {
          unitId: MANGGAR.unitId,
          period: '2024-12',
          code: 'KIA-K1',
        })
      ).values.map(({ publishedValue }) => publishedValue);
    await upload('administrator', `${header}\n2024,1012406,KIA-K1,551,693,50.00`);
    expect(await published()).toEqual([null, '50.00']);
    await upload('administrator', `${header}\n2024,1012406,KIA-K1,551,693,`);
    expect(await published()).toEqual([null, '50.00']);
    await mend();
    expect(await published()).toEqual([null, null]);
  });

  it('names everything that is wrong with a row', async () => {
    const csv = `${header}\n2024,9999999,,-5,#REF!,x\n2024,1012406,KIA-K9,${'9'.repeat(50)},1.5,`;
    const { body } = await upload('administrator', csv);
    expect(body.errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 puskesmas_reg_code',
      '2 indicator_code',
      '2 numerator',
      '2 denominator',
      '2 published_value',
      '3 indicator_code',
      '3 numerator',
    ]);
    expect(body.errors.at(-1)!.message.en).toMatch(/too large/);
  });

  it('names a row that repeats another once, by the code in the file', async () => {
    const csv = [header, rows[0], rows[0]!.replace('551', '552')].join('\n');
    const { body } = await upload('administrator', csv);
    expect(body.errors).toEqual([
      expect.objectContaining({ row: 3, column: 'indicator_code', value: 'KIA-K1' }),
    ]);
    expect(body.refusal).toMatchObject({
      code: 'import.rows',
      message: { en: expect.stringMatching(/: 1;/) },
    });
  });

  it('reads no further than a thousand errors, and says that there are more', async () => {
    const { body } = await upload('administrator', `${header}\n${`${rows[0]}\n`.repeat(5_000)}`);
    expect(body.errors).toHaveLength(1_000);
    expect(body.refusal).toMatchObject({
      code: 'import.rows-many',
      message: {
        id: expect.stringMatching(/^Ini 1\.000 kesalahan pertama/),
        en: expect.stringMatching(/ 1,000 /),
      },
    });
    expect(await countOf('value')).toBe(0);
  });

  it('says once which columns are known, and what seems wrong with the whole header', async () => {
    const wrong = async (csv: string) =>
      (await upload('administrator', csv)).body.errors.map(({ message }) => message.en);
    const strange = await wrong(`${header},warna,bentuk\n`);
    expect(strange.filter((text) => /Known columns/.test(text))).toHaveLength(1);
    expect(await wrong(`${header.replaceAll(',', '\t')}\n`)).toEqual([expect.stringMatching(/tabs/)]);
    expect(await wrong(rows.join('\n'))).toEqual([expect.stringMatching(/data, not a header/)]);
  });

  it('refuses a file with a header alone', async () => {
    expect(await upload('administrator', `${header}\n`)).toMatchObject({
      status: 422,
      body: { refusal: { code: 'import.no-rows' }, errors: [] },
    });
  });

  it('refuses characters that no text holds, in a cell and in the name of the file', async () => {
    const many = `${rows[1]}\n`.padEnd(70_000, '\n'); // past the part that is looked at for a binary file
    const { body } = await upload('administrator', `${header}\n${many}2024,1012406,KIA\u0000,1,2,`);
    expect(body.errors).toEqual([
      expect.objectContaining({
        column: 'indicator_code',
        message: expect.objectContaining({
          en: expect.stringMatching(/^This cell holds the character U\+0000/),
        }),
      }),
    ]);
    const named = await fetch(`${service.address}/imports/values?commandId=${randomUUID()}&name=a%00.csv`, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${await service.token('administrator')}`,
      },
      body: [header, rows[0]].join('\n'),
    });
    expect(await named.json()).toMatchObject({ refusal: { code: 'input.invalid', field: 'name' } });
  });

  const refused: [string, string, { row: number; column: string | null; says: RegExp }][] = [
    [
      'a missing column',
      'year,puskesmas_reg_code,indicator_code,numerator\n2024,1012406,KIA-K1,1',
      { row: 1, column: 'denominator', says: /missing from the header/ },
    ],
    [
      'an unknown column',
      `${header},warna\n2024,1012406,KIA-K1,1,2,,hijau`,
      { row: 1, column: 'warna', says: /not known/ },
    ],
    [
      'an unknown puskesmas',
      `${header}\n2024,9999999,KIA-K1,1,2,`,
      { row: 2, column: 'puskesmas_reg_code', says: /not known/ },
    ],
    [
      'an unknown indicator',
      `${header}\n2024,1012406,KIA-K9,1,2,`,
      { row: 2, column: 'indicator_code', says: /not in the bundle/ },
    ],
    [
      'a year without a bundle',
      `${header}\n2023,1012406,KIA-K1,1,2,`,
      { row: 2, column: 'year', says: /no indicator bundle for 2023/ },
    ],
    [
      'a negative count',
      `${header}\n2024,1012406,KIA-K1,-5,693,`,
      { row: 2, column: 'numerator', says: /negative/ },
    ],
    [
      'a failed formula',
      `${header}\n2024,1012406,KIA-K1,551,#DIV/0!,`,
      { row: 2, column: 'denominator', says: /formula/ },
    ],
    [
      'a decimal comma in a count',
      `${header}\n2024,1012406,KIA-K1,"12,5",693,`,
      { row: 2, column: 'numerator', says: /whole number/ },
    ],
    [
      'a thousand dot, which is asked about',
      `${header}\n2024,1012406,KIA-K1,1.234,693,`,
      { row: 2, column: 'numerator', says: /for example 1234/ },
    ],
    [
      'words',
      `${header}\n2024,1012406,KIA-K1,banyak,693,`,
      { row: 2, column: 'numerator', says: /Not a number/ },
    ],
    ['a short row', `${header}\n2024,1012406,KIA-K1,551`, { row: 2, column: null, says: /4 columns/ }],
    [
      'a row twice',
      `${header}\n2024,1012406,KIA-K1,1,2,\n2024,1012404,KIA-K1,1,2,\n2024,1012406,KIA-K1,1,2,`,
      { row: 4, column: 'indicator_code', says: /repeats row 2/ },
    ],
    [
      'a denominator of a count',
      `${header}\n2024,1012406,TB-CASES,1,2,`,
      { row: 2, column: 'denominator', says: /count without denominator/ },
    ],
  ];
  it.each(refused)('refuses %s, naming row and column, and saves nothing', async (_what, csv, expected) => {
    // A good row first: nothing of it may stay.
    const withGood = expected.row === 1 ? csv : csv.replace('\n', '\n2024,1012404,KIA-K4,1,2,\n');
    const row = expected.row === 1 ? 1 : expected.row + 1;
    const { status, body } = await upload('administrator', withGood);
    expect(status).toBe(422);
    expect(body.refusal.code).toBe('import.rows');
    const found = body.errors.find((error) => error.column === expected.column)!;
    expect(found).toMatchObject({ column: expected.column });
    expect(found.message.en).toMatch(found.message.en.includes('repeats') ? /repeats row 3/ : expected.says);
    expect(found.row).toBe(row);
    expect(await countOf('value')).toBe(0);
    expect(await service.announced()).toEqual([]);
  });

  it('refuses a binary file, an empty one, a broken encoding and broken quotes in plain words', async () => {
    for (const body of [
      Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]),
      '',
      Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9, 0x2c, 0x62]),
      `${header}\n"2024,1012406`,
    ]) {
      expect(await upload('administrator', body)).toMatchObject({
        status: 422,
        body: { refusal: { code: 'import.unreadable' } },
      });
    }
  });

  it('refuses rows of a submitted period that would change, and passes the same file', async () => {
    const csv = [header, rows[0]].join('\n');
    await upload('administrator', csv);
    await service.ask('headOfManggar', SubmitEvaluation, {
      ...command(),
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    expect(await upload('administrator', csv)).toMatchObject({ status: 200, body: { changed: 0 } });
    const changed = await upload('administrator', csv.replace('551', '552'));
    expect(changed).toMatchObject({
      status: 422,
      body: { errors: [expect.objectContaining({ row: 2, column: 'year', value: '2024' })] },
    });
  });

  it('is refused without a token, and row by row outside the own programme', async () => {
    expect(await upload(null, header)).toMatchObject({ status: 401 });
    const { status, body } = await upload('kiaOfManggar', [header, ...rows].join('\n'));
    expect(status).toBe(422);
    expect(body.errors.map((error) => error.row)).toEqual([3, 4]);
  });

  it('can be followed by the number and trace that came with it, if they are such', async () => {
    const body = [header, rows[0]].join('\n');
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await upload('administrator', body, randomUUID(), { 'lokmin-correlation': 'berkas-1', traceparent });
    const foreign = { 'lokmin-correlation': 'x'.repeat(500), traceparent: 'x' };
    await upload('administrator', body.replace('551', '550'), randomUUID(), foreign);
    const heads = (
      await service.database.query(
        `SELECT body FROM outbox WHERE subject NOT LIKE '%.audit.sealed.%' ORDER BY position`,
      )
    ).map((row: { body: string }) => JSON.parse(row.body) as Record<string, unknown>);
    expect(heads).toMatchObject([
      { correlationid: 'berkas-1', traceparent },
      { correlationid: expect.stringMatching(/^[\w-]{36}$/), traceparent: null },
    ]);
  });

  it('is told to be tried again while the database is away', async () => {
    await service.database.query(`
      CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'away' USING ERRCODE = '57P01'; END $$;
      CREATE TRIGGER away BEFORE INSERT ON value EXECUTE FUNCTION go_away()`);
    try {
      expect(await upload('administrator', [header, rows[0]].join('\n'))).toMatchObject({
        status: 503,
        body: { refusal: { code: 'service.unavailable' } },
      });
    } finally {
      await service.database.query('DROP TRIGGER away ON value');
    }
  });

  it('repeated with its command id gives the same report', async () => {
    const commandId = randomUUID();
    const csv = [header, ...rows].join('\n');
    const first = await upload('administrator', csv, commandId);
    expect(await upload('administrator', csv, commandId)).toEqual(first);
  });
});
