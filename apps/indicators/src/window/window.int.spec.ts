import { randomUUID } from 'node:crypto';
import {
  DistrictCompleteness,
  DistrictWindows,
  ExtendWindow,
  PublishBundle,
  RecordValues,
  ReturnEvaluation,
  SetWindows,
  SubmitEvaluation,
  UnitResults,
  VerifyEvaluations,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { aService, aTestClock, GANTUNG, MANGGAR, type TestClock, type TestService } from '@lokmin/testing';
import { indicators } from '../service.ts';

const PERIOD = '2024-12';
let clock: TestClock;
let service: TestService;
const command = () => ({ commandId: randomUUID() });
let value = 100;
const enter = (unitId = MANGGAR.unitId) =>
  service.ask(unitId === MANGGAR.unitId ? 'headOfManggar' : 'headOfGantung', RecordValues, {
    ...command(),
    unitId,
    period: PERIOD,
    values: ['K1.num', 'K1.den'].map((element) => ({
      element,
      covers: 'year_to_date' as const,
      state: 'reported' as const,
      value: String(++value),
    })),
  });
const submit = () =>
  service.ask('headOfManggar', SubmitEvaluation, { ...command(), unitId: MANGGAR.unitId, period: PERIOD });
const windows = (entryDay: number | null, verificationDay: number | null) =>
  service.ask('officer', SetWindows, {
    ...command(),
    districtCode: '19.06',
    fromPeriod: PERIOD,
    toPeriod: PERIOD,
    entryDay,
    verificationDay,
  });
const extend = (kind: 'entry' | 'verification', until: string, unitId: string | null = null) =>
  service.ask('officer', ExtendWindow, {
    ...command(),
    districtCode: '19.06',
    period: PERIOD,
    kind,
    unitId,
    until,
    reason: 'Jaringan terputus tiga hari',
  });
const upload = async () => {
  const response = await fetch(`${service.address}/imports/values?commandId=${randomUUID()}&name=hasil.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${await service.token('headOfManggar')}` },
    body: `year,puskesmas_reg_code,indicator_code,numerator,denominator,published_value\n2024,1012406,KIA-K1,${++value},900,\n`,
  });
  return JSON.stringify(await response.json());
};

beforeAll(async () => {
  clock = aTestClock('2025-01-02T02:00:00Z');
  service = await aService(indicators);
  await service.ask('administrator', PublishBundle, {
    ...command(),
    districtCode: '19.06',
    year: 2024,
    name: 'Paket 2024',
    rules: DEFAULT_RULES,
    indicators: [anIndicator('KIA-K1', { numeratorElement: 'K1.num', denominatorElement: 'K1.den' })],
  });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  clock.release();
});
beforeEach(async () => {
  clock.set('2025-01-02T02:00:00Z');
  await service.database.query(
    'TRUNCATE window_extension, reporting_window, evaluation_verification, evaluation_history, evaluation, rollup, value, year_book, outbox',
  );
  await service.database.query(`UPDATE known_district SET time_zone = 'Asia/Jakarta'`);
});

describe('the window of entry', () => {
  it.each([
    ['Asia/Jakarta', '2025-01-05T16:59:59Z', '2025-01-05T17:00:00Z', '6 Januari 2025 00.00 WIB'],
    ['Asia/Makassar', '2025-01-05T15:59:59Z', '2025-01-05T16:00:00Z', '6 Januari 2025 00.00 WITA'],
    ['Asia/Jayapura', '2025-01-05T14:59:59Z', '2025-01-05T15:00:00Z', '6 Januari 2025 00.00 WIT'],
  ])('is closed in %s at midnight there: entry, import and submission', async (zone, last, first, told) => {
    await service.database.query('UPDATE known_district SET time_zone = $1', [zone]);
    await windows(5, 10);
    clock.set(last);
    expect((await enter()).changed).toBe(2);
    clock.set(first);
    await expect(enter()).rejects.toMatchObject({
      code: 'window.entry-closed',
      details: { at: { id: told } },
    });
    await expect(submit()).rejects.toMatchObject({ code: 'window.entry-closed' });
    expect(await upload()).toContain(told);
    clock.set(last);
    expect((await submit()).evaluation.status).toBe('submitted');
  });

  it('is extended for one puskesmas or for all, with a reason, and set anew without that', async () => {
    await windows(5, 10);
    clock.set('2025-01-06T02:00:00Z');
    await expect(enter()).rejects.toMatchObject({ code: 'window.entry-closed' });
    await expect(extend('entry', '2025-01-05')).rejects.toMatchObject({ code: 'window.not-later' });
    expect(await extend('entry', '2025-01-07', MANGGAR.unitId)).toEqual({
      closesAt: '2025-01-07T17:00:00.000Z',
    });
    await enter();
    await expect(enter(GANTUNG.unitId)).rejects.toMatchObject({ code: 'window.entry-closed' });
    await extend('entry', '2025-01-06');
    await enter(GANTUNG.unitId);
    const { months, mayKeep } = await service.ask('officer', DistrictWindows, {
      districtCode: '19.06',
      year: 2024,
    });
    expect(mayKeep).toBe(true);
    expect(months).toMatchObject([
      {
        period: PERIOD,
        entryDay: 5,
        entryClosesAt: '2025-01-06T17:00:00.000Z',
        verificationClosesAt: '2025-01-10T17:00:00.000Z',
        extensions: [
          {
            kind: 'entry',
            unitCode: MANGGAR.code,
            until: '2025-01-07',
            extendedByName: 'Petugas Dinas Kesehatan',
          },
          { kind: 'entry', unitCode: null, until: '2025-01-06' },
        ],
      },
    ]);
    await windows(4, 10);
    await expect(enter()).rejects.toMatchObject({ code: 'window.entry-closed' });
    const types = (await service.announced()).map(
      ({ type, revision }) => `${type.split('.').slice(2, 4).join('.')} ${revision}`,
    );
    expect(types.filter((type) => type.startsWith('window'))).toEqual([
      'window.set 1',
      'window.extended 2',
      'window.extended 3',
      'window.set 4',
    ]);
  });

  it('does not close where nothing was set, or it was taken away', async () => {
    clock.set('2026-06-01T02:00:00Z');
    await enter();
    await windows(5, 10);
    await expect(enter()).rejects.toMatchObject({ code: 'window.entry-closed' });
    await windows(null, null);
    await enter();
    expect(
      (await service.ask('headOfManggar', UnitResults, { unitId: MANGGAR.unitId, period: PERIOD })).windows,
    ).toEqual({
      entryClosesAt: null,
      verificationClosesAt: null,
      zone: 'Asia/Jakarta',
    });
  });

  it('is kept by the officer alone', async () => {
    const input = {
      districtCode: '19.06',
      fromPeriod: PERIOD,
      toPeriod: PERIOD,
      entryDay: 5,
      verificationDay: 10,
    };
    for (const [person, code] of [
      ['headOfManggar', 'access.forbidden'],
      ['stranger', 'not-found'],
    ] as const)
      await expect(service.ask(person, SetWindows, { ...command(), ...input })).rejects.toMatchObject({
        code,
      });
    await expect(
      service.ask('officer', SetWindows, { ...command(), ...input, fromPeriod: '2025-01' }),
    ).rejects.toMatchObject({ code: 'window.months' });
    await expect(extend('entry', '2025-02-01')).rejects.toMatchObject({ code: 'window.missing' });
  });
});

describe('the window of verification', () => {
  it('lets what is returned be mended after entry closed, until it closes itself', async () => {
    await windows(5, 10);
    await enter();
    const { evaluation } = await submit();
    const seen = { evaluationId: evaluation.evaluationId, expectedRevision: 1 };
    clock.set('2025-01-10T16:59:59Z');
    await service.ask('officer', ReturnEvaluation, { ...command(), ...seen, reason: 'Periksa' });
    await enter();
    clock.set('2025-01-10T17:00:00Z');
    await expect(enter()).rejects.toMatchObject({ code: 'window.verification-closed' });
    await expect(submit()).rejects.toMatchObject({ code: 'window.verification-closed' });
    clock.set('2025-01-10T16:59:59Z');
    await submit();
    clock.set('2025-01-10T17:00:00Z');
    const again = { ...seen, expectedRevision: 3 };
    const verify = async () =>
      (await service.ask('officer', VerifyEvaluations, { ...command(), evaluations: [again] })).results[0]!;
    expect((await verify()).refusal).toMatchObject({ code: 'window.verification-closed' });
    await expect(
      service.ask('officer', ReturnEvaluation, { ...command(), ...again, reason: 'Periksa' }),
    ).rejects.toMatchObject({ code: 'window.verification-closed' });
    await extend('verification', '2025-01-11', MANGGAR.unitId);
    expect((await verify()).evaluation).toMatchObject({ status: 'verified' });
  });
});

describe('completeness', () => {
  const monthsOf = async (unitCode: string) => {
    const { units } = await service.ask('officer', DistrictCompleteness, {
      districtCode: '19.06',
      year: 2024,
    });
    return units.find((unit) => unit.unitCode === unitCode)!.months;
  };

  it('tells on time from late and missing, and expects nothing before a puskesmas opened', async () => {
    await service.database.query(`UPDATE known_unit SET valid_from = '2024-12-02' WHERE unit_id = $1`, [
      GANTUNG.unitId,
    ]);
    try {
      await windows(5, 10);
      await enter();
      expect((await monthsOf(MANGGAR.code))[11]).toMatchObject({
        timeliness: 'running',
        expected: 1,
        reported: 1,
      });
      clock.set('2025-01-05T16:59:59Z');
      await submit();
      clock.set('2025-01-05T17:00:00Z');
      const manggar = await monthsOf(MANGGAR.code);
      expect(manggar[11]).toMatchObject({ timeliness: 'on_time', submittedAt: '2025-01-05T16:59:59.000Z' });
      expect(manggar[10]).toMatchObject({
        timeliness: 'missing',
        expected: 1,
        reported: 0,
        submittedAt: null,
      });
      const gantung = await monthsOf(GANTUNG.code);
      expect(gantung.map(({ timeliness }) => timeliness)).toEqual([
        ...Array.from({ length: 11 }, () => 'not_expected'),
        'missing',
      ]);
      await windows(4, 10);
      expect((await monthsOf(MANGGAR.code))[11]).toMatchObject({ timeliness: 'late' });
      await windows(null, null);
      expect((await monthsOf(MANGGAR.code))[11]).toMatchObject({ timeliness: 'submitted' });
    } finally {
      await service.database.query(`UPDATE known_unit SET valid_from = '2020-01-01' WHERE unit_id = $1`, [
        GANTUNG.unitId,
      ]);
    }
  });

  it('is for the office of the district', async () => {
    await expect(
      service.ask('headOfManggar', DistrictCompleteness, { districtCode: '19.06', year: 2024 }),
    ).rejects.toMatchObject({ code: 'access.forbidden' });
  });
});
