import { randomUUID } from 'node:crypto';
import {
  BundleDraft,
  ChangeBundleDraft,
  DiscardBundleDraft,
  DistrictTargets,
  PublishBundle,
  PublishBundleDraft,
  RecordValues,
  SetTargets,
  StartBundleDraft,
  SubmitEvaluation,
  type AskInput,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator as anyIndicator } from '@lokmin/evaluation/testing';
import { aService, MANGGAR, type TestService } from '@lokmin/testing';
import { indicators } from '../service.ts';

let service: TestService;
const command = () => ({ commandId: randomUUID() });
const of = (year: number) => ({ districtCode: '19.06', year });
const anIndicator = (code: string, parts: Parameters<typeof anyIndicator>[1] = {}) => ({
  ...anyIndicator(code, parts),
  smallCountsBelow: null,
});
const ELEMENT = { nameId: 'Bayi', nameEn: 'Infants', unit: 'people', sumOf: null };

const start = (year: number, fromYear: number | null = null) =>
  service.ask('officer', StartBundleDraft, { ...command(), ...of(year), fromYear });
const find = (year: number) => service.ask('officer', BundleDraft, of(year));
const change = (
  year: number,
  expectedRevision: number,
  changes: Partial<AskInput<typeof ChangeBundleDraft>>,
) => service.ask('officer', ChangeBundleDraft, { ...command(), ...of(year), expectedRevision, ...changes });
const publish = (year: number, expectedRevision: number) =>
  service.ask('administrator', PublishBundleDraft, { ...command(), ...of(year), expectedRevision });

beforeAll(async () => {
  service = await aService(indicators);
  await service.ask('administrator', PublishBundle, {
    ...command(),
    ...of(2024),
    name: 'Paket 2024',
    rules: {
      ...DEFAULT_RULES,
      quality: {
        sequences: [
          { earlier: 'KIA-K1', later: 'KIA-K4' },
          { earlier: 'KIA-K4', later: 'KIA-K6' },
        ],
        levels: {},
      },
      scores: {
        programs: [
          {
            name: 'KIA',
            variables: [
              { name: 'Antenatal', indicators: [{ code: 'KIA-K1' }, { code: 'KIA-K4' }] },
              { name: 'Lengkap', indicators: [{ code: 'KIA-K6' }] },
            ],
          },
        ],
      },
    },
    indicators: [
      anIndicator('KIA-K1', { expectedFrom: '2024-07' }),
      anIndicator('KIA-K4'),
      anIndicator('KIA-K6'),
    ],
  });
}, 60_000);
afterAll(() => service?.stop());
beforeEach(() => service.database.query('TRUNCATE bundle_draft, drafted_indicator'));

describe('a bundle that is prepared', () => {
  it('starts from the reference catalogue, changes one indicator at a time, and is published as it stands', async () => {
    expect(await find(2026)).toMatchObject({
      draft: null,
      published: false,
      publishedYears: [2024],
      referenceCount: 111,
    });
    await start(2026);
    const { draft } = await find(2026);
    expect(draft).toMatchObject({ revision: 1, fromYear: null, name: 'Paket indikator 2026', elements: [] });
    expect(draft!.indicators).toHaveLength(111);

    const k4 = draft!.indicators.find(({ code }) => code === 'KIA-K4')!;
    await change(2026, 1, {
      name: 'Paket 2026 Belitung Timur',
      indicators: [{ ...k4, annualTarget: '97.5' }, anIndicator('LOKAL-1')],
      retire: ['P2-DBD', 'P2-ABJ'],
    });
    const { draft: changed } = await find(2026);
    expect(changed).toMatchObject({ revision: 2, name: 'Paket 2026 Belitung Timur' });
    expect(changed!.indicators.map(({ code }) => code)).toEqual([
      ...draft!.indicators.map(({ code }) => code).filter((code) => !/^P2-(DBD|ABJ)$/.test(code)),
      'LOKAL-1',
    ]);
    expect(changed!.indicators.find(({ code }) => code === 'KIA-K4')).toMatchObject({
      ...k4,
      annualTarget: '97.5',
    });

    await expect(
      service.ask('officer', PublishBundleDraft, { ...command(), ...of(2026), expectedRevision: 2 }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
    const before = await service.database.query('SELECT count(*)::int AS n FROM outbox');
    expect(await publish(2026, 2)).toMatchObject({ indicatorCount: 110 });
    expect((await service.database.query('SELECT count(*)::int AS n FROM outbox'))[0].n).toBe(
      before[0].n + 1,
    );
    const { bundle } = await service.ask('officer', DistrictTargets, of(2026));
    expect(bundle!.indicators).toEqual(changed!.indicators);
    expect(await find(2026)).toMatchObject({ draft: null, published: true, publishedYears: [2026, 2024] });
    await expect(start(2026)).rejects.toMatchObject({ code: 'bundle.published' });
  });

  it('starts from an earlier year, and forgets what was of that year', async () => {
    await start(2027, 2024);
    const { draft } = await find(2027);
    expect(draft).toMatchObject({ fromYear: 2024, rules: { quality: { sequences: [{}, {}] } } });
    expect(draft!.indicators.map(({ expectedFrom }) => expectedFrom)).toEqual([null, null, null]);
    await expect(start(2027, 2024)).rejects.toMatchObject({ code: 'bundle.drafted' });
    await expect(start(2028, 2019)).rejects.toMatchObject({ code: 'bundle.missing', field: 'fromYear' });
    await expect(change(2027, 1, { bands: { kurangAtMost: '91', baikFrom: '80' } })).rejects.toMatchObject({
      code: 'bundle.bands',
      field: 'bands',
    });
    await expect(
      change(2027, 1, { indicators: [anIndicator('LOKAL-1', { activeMonths: [] })] }),
    ).rejects.toMatchObject({ code: 'input.invalid', field: 'indicators.0.activeMonths' });
  });

  it('retires an indicator from the order of services and from the scores too', async () => {
    await start(2027, 2024);
    await change(2027, 1, { retire: ['KIA-K6'] });
    expect((await find(2027)).draft!.rules).toMatchObject({
      quality: { sequences: [{ earlier: 'KIA-K1', later: 'KIA-K4' }] },
      scores: { programs: [{ name: 'KIA', variables: [{ name: 'Antenatal' }] }] },
    });
    await change(2027, 2, { retire: ['KIA-K1', 'KIA-K4'] });
    await expect(publish(2027, 3)).rejects.toMatchObject({ code: 'bundle.size', details: { count: 0 } });
    // Retired and put at once: the new one stands.
    await change(2027, 3, { indicators: [anIndicator('KIA-K1')] });
    await change(2027, 4, { retire: ['KIA-K1'], indicators: [anIndicator('KIA-K1', { program: 'Lain' })] });
    expect((await find(2027)).draft!.indicators).toMatchObject([{ code: 'KIA-K1', program: 'Lain' }]);
  });

  it('keeps data elements and their sums', async () => {
    await start(2027, 2024);
    const [k1] = (await find(2027)).draft!.indicators;
    await change(2027, 1, {
      elements: [
        { ...ELEMENT, code: 'k', sumOf: ['k.a', 'k.b'] },
        { ...ELEMENT, code: 'k.a' },
        { ...ELEMENT, code: 'k.b' },
        ...['KIA-K1.den', 'KIA-K4.num', 'KIA-K4.den', 'KIA-K6.num', 'KIA-K6.den'].map((code) => ({
          ...ELEMENT,
          code,
        })),
      ],
      indicators: [{ ...k1!, numeratorElement: 'k' }],
    });
    await expect(change(2027, 2, { retireElements: ['k.a'] })).rejects.toMatchObject({
      code: 'bundle.formula',
      field: null,
    });
    expect((await find(2027)).draft).toMatchObject({ revision: 2, elements: { length: 8 } });
  });

  it.each([
    ['another unit than its multiplier', { unit: 'per mil' }, 'bundle.formula', 'indicators.1'],
    [
      'a curve that falls',
      {
        running: 'curve' as const,
        curve: ['50', '40', ...Array.from({ length: 9 }, () => '60'), '100'],
      },
      'bundle.curve',
      'indicators.1.curve',
    ],
    ['the code of another', { code: 'LOKAL-1' }, 'bundle.indicator-twice', 'indicators.1.code'],
  ])(
    'refuses %s when it is saved, names the field of the change, and saves nothing',
    async (_, wrong, code, field) => {
      await start(2027, 2024);
      await expect(
        change(2027, 1, { indicators: [anIndicator('LOKAL-1'), anIndicator('LOKAL-2', wrong)] }),
      ).rejects.toMatchObject({ code, field });
      expect((await find(2027)).draft).toMatchObject({ revision: 1, indicators: { length: 3 } });
    },
  );

  it('refuses what is not there, what somebody else changed meanwhile, and whoever may not', async () => {
    await expect(change(2027, 1, {})).rejects.toMatchObject({ code: 'bundle.not-drafted' });
    await start(2027, 2024);
    await expect(change(2027, 1, { retire: ['KIA-K1', 'KIA-K9'] })).rejects.toMatchObject({
      code: 'not-found',
      field: 'retire.1',
    });
    await change(2027, 1, { name: 'Baru' });
    await expect(change(2027, 1, { name: 'Lain' })).rejects.toMatchObject({ code: 'revision.stale' });
    await expect(service.ask('headOfManggar', BundleDraft, of(2027))).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    await service.ask('officer', DiscardBundleDraft, { ...command(), ...of(2027), expectedRevision: 2 });
    expect((await find(2027)).draft).toBeNull();
    expect(await service.database.query('SELECT 1 FROM drafted_indicator')).toEqual([]);
  });

  it('leaves the evaluation and the results of the year before as they were, to the byte', async () => {
    const enter = (period: string, element: string, value: string) =>
      service.ask('headOfManggar', RecordValues, {
        ...command(),
        unitId: MANGGAR.unitId,
        period,
        values: [{ element, covers: 'year_to_date', state: 'reported', value }],
      });
    for (const [element, value] of [
      ['KIA-K1.num', '551'],
      ['KIA-K1.den', '693'],
      ['KIA-K4.num', '512'],
      ['KIA-K4.den', '693'],
    ] as const)
      await enter('2024-12', element, value);
    await service.ask('headOfManggar', SubmitEvaluation, {
      ...command(),
      unitId: MANGGAR.unitId,
      period: '2024-12',
    });
    const bytes = () =>
      service.database.query(
        `SELECT md5(string_agg(it::text, '' ORDER BY it::text)) FROM
           (SELECT results, tally FROM evaluation UNION ALL SELECT results, tally FROM rollup WHERE period < '2025-01') AS it`,
      );
    const before = await bytes();

    await start(2025, 2024);
    const [k1] = (await find(2025)).draft!.indicators;
    await change(2025, 1, {
      indicators: [{ ...k1!, annualTarget: '50', direction: 'lower' }],
      bands: { kurangAtMost: '10', baikFrom: '20' },
      retire: ['KIA-K4'],
    });
    await publish(2025, 2);
    await enter('2025-01', 'KIA-K1.num', '40');
    // A target that comes and goes has all the months of 2024 computed again.
    for (const value of ['95', null])
      await service.ask('officer', SetTargets, {
        ...command(),
        ...of(2024),
        source: 'SK 1',
        approvedBy: 'Kepala Dinas Kesehatan',
        approvedOn: '2024-01-15',
        targets: [{ indicatorCode: 'KIA-K1', value }],
      });
    expect(await bytes()).toEqual(before);
  });
});
