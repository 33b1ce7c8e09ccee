import { randomUUID } from 'node:crypto';
import {
  DistrictIndicators,
  EvaluationChanges,
  EvaluationRevised,
  LockEvaluations,
  PublishBundle,
  RecordValues,
  ReturnEvaluation,
  ReturnEvaluations,
  SubmitEvaluation,
  UnitResults,
  VerificationQueue,
  VerifyEvaluations,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { aService, GANTUNG, id, MANGGAR, OFFICE, PEOPLE, type TestService } from '@lokmin/testing';
import { indicators } from '../service.ts';

const PERIOD = '2024-12';

let service: TestService;
const command = () => ({ commandId: randomUUID() });
const ask: TestService['ask'] = (...all) => service.ask(...all);
const enter = (unitId: string, numbers: Record<string, string>) =>
  ask(unitId === MANGGAR.unitId ? 'headOfManggar' : 'headOfGantung', RecordValues, {
    ...command(),
    unitId,
    period: PERIOD,
    values: Object.entries(numbers).map(([element, value]) => ({
      element,
      covers: 'year_to_date' as const,
      state: 'reported' as const,
      value,
    })),
  });
const submit = async (unitId: string) =>
  (
    await ask(unitId === MANGGAR.unitId ? 'headOfManggar' : 'headOfGantung', SubmitEvaluation, {
      ...command(),
      unitId,
      period: PERIOD,
    })
  ).evaluation;
const aSubmission = async (unitId: string) => {
  await enter(unitId, { 'KIA-K1.num': '551', 'KIA-K1.den': '693', 'GIZ-DS.num': '60', 'GIZ-DS.den': '100' });
  return submit(unitId);
};
type Seen = { evaluationId: string; revision: number };
const seen = ({ evaluationId, revision }: Seen) => ({ evaluationId, expectedRevision: revision });
type Person = Parameters<TestService['ask']>[0];
const verify = (by: Person, ...evaluations: Seen[]) =>
  ask(by, VerifyEvaluations, { ...command(), evaluations: evaluations.map(seen) });
const returnK1 = (evaluation: Seen, by: Person = 'officer') =>
  ask(by, ReturnEvaluation, {
    ...command(),
    ...seen(evaluation),
    indicators: [{ code: 'KIA-K1', reason: 'Berbeda dari register' }],
  });
const queueOf = async (by: Person, unitId: string) =>
  (await ask(by, VerificationQueue, { districtCode: '19.06', period: PERIOD })).units.find(
    (unit) => unit.unitId === unitId,
  )!;
const kinds = async () =>
  (await service.announced())
    .filter(({ type }) => type.includes('.evaluation.'))
    .map(({ type, revision }) => `${type.split('.')[3]} ${revision}`);

beforeAll(async () => {
  service = await aService(indicators);
  await ask('administrator', PublishBundle, {
    ...command(),
    districtCode: '19.06',
    year: 2024,
    name: 'Paket 2024',
    rules: DEFAULT_RULES,
    indicators: [
      anIndicator('KIA-K1', { program: 'KIA' }),
      anIndicator('KIA-K4', { program: 'KIA' }),
      anIndicator('GIZ-DS', { program: 'Gizi' }),
    ],
  });
  // A verifier of one programme.
  await service.database.query(
    `INSERT INTO known_post (post_id, revision, person_id, unit_id, district_code, role, program, title, valid_from)
     VALUES ($1, 1, $2, $3, '19.06', 'verifikator', 'KIA', 'Verifikator KIA', '2020-01-01')`,
    [id(390), PEOPLE.stranger, OFFICE.unitId],
  );
}, 60_000);
afterAll(() => service?.stop());
beforeEach(() =>
  service.database.query(
    'TRUNCATE evaluation_verification, evaluation_history, evaluation, rollup, value, year_book, outbox',
  ),
);

describe('a verification', () => {
  it('is of one programme after the other, each by who may, until the whole is verified', async () => {
    const first = await aSubmission(MANGGAR.unitId);
    expect(await queueOf('stranger', MANGGAR.unitId)).toMatchObject({
      mine: ['KIA'],
      verified: [],
      changed: null,
    });
    expect((await queueOf('officer', MANGGAR.unitId)).mine).toEqual(['KIA', 'Gizi']);
    const { results } = await verify('stranger', first);
    expect(results).toMatchObject([
      {
        programs: ['KIA'],
        awaiting: ['Gizi'],
        evaluation: { status: 'submitted', revision: 2 },
        refusal: null,
      },
    ]);
    // The officer saw the page before that; nothing of what was submitted has changed since.
    expect((await verify('officer', first)).results).toMatchObject([
      { programs: ['Gizi'], awaiting: [], evaluation: { status: 'verified', revision: 3 } },
    ]);
    expect(await kinds()).toEqual(['submitted 1', 'program-verified 2', 'verified 3']);
    await expect(enter(MANGGAR.unitId, { 'KIA-K1.num': '1' })).rejects.toMatchObject({
      code: 'evaluation.submitted',
    });
    const { verification, summary } = await ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: PERIOD,
    });
    expect(verification).toMatchObject({
      programs: [
        { program: 'KIA', verifiedByName: 'stranger' },
        { program: 'Gizi', verifiedByName: 'Petugas Dinas Kesehatan' },
      ],
      verifiedAt: expect.any(String),
      lockedAt: null,
    });
    expect(summary).toMatchObject({ evaluation: { status: 'verified' }, tally: { kurang: 2 } });
    expect((await queueOf('officer', MANGGAR.unitId)).mine).toEqual([]);
  });

  it('is refused to whom no programme is theirs, and to who submitted it', async () => {
    const evaluation = await aSubmission(MANGGAR.unitId);
    for (const [person, code] of [
      ['headOfManggar', 'access.forbidden'],
      ['administrator', 'access.forbidden'],
      ['headOfGantung', 'not-found'],
    ] as const) {
      await expect(verify(person, evaluation)).rejects.toMatchObject({ code });
      await expect(returnK1(evaluation, person)).rejects.toMatchObject({ code });
    }
    for (const [person, code] of [
      ['headOfManggar', 'access.forbidden'],
      ['program', 'access.forbidden'],
    ] as const)
      await expect(
        ask(person, VerificationQueue, { districtCode: '19.06', period: PERIOD }),
      ).rejects.toMatchObject({ code });
    await service.database.query('UPDATE evaluation SET submitted_by = $1', [PEOPLE.officer]);
    expect((await verify('officer', evaluation)).results[0]!.refusal).toMatchObject({
      code: 'evaluation.own',
    });
    expect((await queueOf('officer', MANGGAR.unitId)).mine).toEqual([]);
  });

  it('outlives a return of other indicators, and ends where its own figures change', async () => {
    const first = await aSubmission(MANGGAR.unitId);
    await verify('officer', first);
    const { evaluation } = await returnK1({ ...first, revision: 2 });
    expect(evaluation).toMatchObject({
      status: 'returned',
      revision: 3,
      returnedReason: 'KIA-K1: Berbeda dari register',
    });
    const told = (await service.announced()).at(-1)!.data;
    expect(told['indicators']).toEqual([
      { code: 'KIA-K1', name: 'Cakupan KIA-K1', program: 'KIA', reason: 'Berbeda dari register' },
    ]);
    const { verification } = await ask('headOfManggar', UnitResults, {
      unitId: MANGGAR.unitId,
      period: PERIOD,
    });
    expect(verification).toMatchObject({
      returned: [{ code: 'KIA-K1', reason: 'Berbeda dari register' }],
      programs: [{ verifiedAt: null }, { program: 'Gizi', verifiedAt: expect.any(String) }],
    });
    await enter(MANGGAR.unitId, { 'KIA-K1.num': '650' });
    await submit(MANGGAR.unitId);
    expect(await queueOf('officer', MANGGAR.unitId)).toMatchObject({
      verified: ['Gizi'],
      mine: ['KIA'],
      changed: 1,
    });
    const changes = await ask('officer', EvaluationChanges, { evaluationId: first.evaluationId });
    expect(changes).toMatchObject({
      first: false,
      submission: 4,
      indicators: [
        {
          code: 'KIA-K1',
          since: 1,
          sinceVerified: true,
          before: { numerator: '551', judgement: 'kurang' },
          after: { numerator: '650', judgement: 'baik' },
          values: [{ element: 'KIA-K1.num', before: { value: '551' }, after: { value: '650' } }],
        },
      ],
    });
    await expect(
      ask('headOfGantung', EvaluationChanges, { evaluationId: first.evaluationId }),
    ).rejects.toMatchObject({ code: 'not-found' });

    // Now the figures of the programme that was not returned change as well.
    await ask('officer', ReturnEvaluation, {
      ...command(),
      evaluationId: first.evaluationId,
      expectedRevision: 4,
      indicators: [{ code: 'KIA-K4', reason: 'Belum diisi' }],
    });
    await enter(MANGGAR.unitId, { 'GIZ-DS.num': '70' });
    await submit(MANGGAR.unitId);
    expect(await queueOf('officer', MANGGAR.unitId)).toMatchObject({
      verified: [],
      mine: ['KIA', 'Gizi'],
      changed: 2,
    });
  });

  it('is returned, objected to with a reason, and verified or returned once more', async () => {
    const first = await aSubmission(MANGGAR.unitId);
    const object = (...objections: { code: string; reason: string }[]) =>
      ask('headOfManggar', SubmitEvaluation, {
        ...command(),
        unitId: MANGGAR.unitId,
        period: PERIOD,
        objections,
      });
    const K1 = { code: 'KIA-K1', reason: 'Register sudah dicocokkan bersama bidan desa.' };
    const { evaluation } = await returnK1(first);
    await expect(object(K1, { code: 'KIA-K4', reason: 'Benar.' })).rejects.toMatchObject({
      code: 'evaluation.not-returned',
      field: 'objections.1.code',
    });
    await object(K1);
    expect((await service.announced()).at(-1)).toMatchObject({
      type: EvaluationRevised.type,
      data: { objections: [{ ...K1, program: 'KIA', name: 'Cakupan KIA-K1' }] },
    });
    const progress = async () =>
      (await ask('officer', UnitResults, { unitId: MANGGAR.unitId, period: PERIOD })).verification;
    expect(await progress()).toMatchObject({ returned: [], objections: [K1] });
    expect(await queueOf('officer', MANGGAR.unitId)).toMatchObject({ objections: 1, changed: 0 });
    // It stands beside the submission until the next return; an objection to nothing is refused.
    await verify('officer', { ...first, revision: evaluation.revision + 1 });
    expect(await progress()).toMatchObject({ objections: [K1] });
    await returnK1({ ...first, revision: evaluation.revision + 2 });
    expect(await progress()).toMatchObject({ returned: [{ code: 'KIA-K1' }], objections: [] });
    await expect(
      ask('headOfGantung', SubmitEvaluation, {
        ...command(),
        unitId: GANTUNG.unitId,
        period: PERIOD,
        objections: [K1],
      }),
    ).rejects.toMatchObject({ code: 'evaluation.not-returned' });
  });

  it('ends with a return of the whole', async () => {
    const first = await aSubmission(MANGGAR.unitId);
    await verify('stranger', first);
    await ask('officer', ReturnEvaluation, {
      ...command(),
      ...seen({ ...first, revision: 2 }),
      reason: 'Periksa',
    });
    await submit(MANGGAR.unitId);
    expect(await queueOf('officer', MANGGAR.unitId)).toMatchObject({ verified: [], changed: 0, returned: 0 });
  });
});

describe('many at once', () => {
  it('give one result each, in their order, and the same again to the same command', async () => {
    const [manggar, gantung] = [await aSubmission(MANGGAR.unitId), await aSubmission(GANTUNG.unitId)];
    const nowhere = { evaluationId: randomUUID(), revision: 1 };
    const input = { ...command(), evaluations: [gantung, nowhere, { ...manggar, revision: 7 }].map(seen) };
    const reply = await ask('officer', VerifyEvaluations, input);
    expect(
      reply.results.map(({ unitCode, evaluation, refusal }) => [unitCode, evaluation?.status, refusal?.code]),
    ).toEqual([
      [GANTUNG.code, 'verified', undefined],
      [null, undefined, 'not-found'],
      [MANGGAR.code, undefined, 'revision.stale'],
    ]);
    expect(await ask('officer', VerifyEvaluations, input)).toEqual(reply);
    expect(await kinds()).toEqual(['submitted 1', 'submitted 1', 'verified 2']);

    const returned = await ask('officer', ReturnEvaluations, {
      ...command(),
      evaluations: [
        { ...seen(manggar), reason: 'Lengkapi' },
        { ...seen({ ...gantung, revision: 2 }), indicators: [{ code: 'GIZ-DS', reason: 'Periksa' }] },
        { ...seen(nowhere), reason: 'x' },
      ],
    });
    expect(returned.results.map(({ evaluation, refusal }) => evaluation?.status ?? refusal!.code)).toEqual([
      'returned',
      'returned',
      'not-found',
    ]);
  });

  it('sixty of a district give sixty results and sixty facts', async () => {
    const [row] = [await aSubmission(MANGGAR.unitId)];
    await service.database.query(
      `INSERT INTO known_unit (unit_id, revision, kind, district_code, code, name, time_zone, valid_from)
       SELECT gen_random_uuid(), 1, 'puskesmas', '19.06', (2000000 + n)::text, 'Puskesmas ' || n, 'Asia/Jakarta', '2020-01-01' FROM generate_series(1, 59) AS n`,
    );
    await service.database.query(
      `INSERT INTO evaluation (evaluation_id, unit_id, period, bundle_id, district_code, revision, status, submitted_by, submitted_at, tally, warnings, worst, results)
       SELECT gen_random_uuid(), unit.unit_id, period, bundle_id, one.district_code, 1, 'submitted', submitted_by, submitted_at, tally, warnings, worst, results
       FROM evaluation AS one CROSS JOIN known_unit AS unit WHERE unit.code > '2000000'`,
    );
    await service.database.query(
      `INSERT INTO evaluation_history (evaluation_id, revision, status, at, by, frozen)
       SELECT evaluation.evaluation_id, 1, 'submitted', at, by, frozen FROM evaluation_history CROSS JOIN evaluation
       WHERE evaluation.evaluation_id <> $1`,
      [row!.evaluationId],
    );
    try {
      const { units } = await ask('officer', VerificationQueue, { districtCode: '19.06', period: PERIOD });
      const all = units.flatMap(({ evaluation }) => evaluation ?? []);
      const { results } = await verify('officer', ...all);
      expect(results).toHaveLength(60);
      expect(new Set(results.map(({ evaluation }) => evaluation?.status))).toEqual(new Set(['verified']));
      expect((await kinds()).filter((kind) => kind === 'verified 2')).toHaveLength(60);
    } finally {
      await service.database.query(`DELETE FROM known_unit WHERE code > '2000000'`);
    }
  });
});

describe('the lock', () => {
  const lock = (by: Person, unitId: string | null = null) =>
    ask(by, LockEvaluations, { ...command(), districtCode: '19.06', period: PERIOD, unitId });

  it('takes what is verified, names what is not, and is for ever', async () => {
    const manggar = await aSubmission(MANGGAR.unitId);
    await verify('officer', manggar);
    const { results } = await lock('officer');
    expect(
      results.map(({ unitCode, evaluation, refusal }) => [unitCode, evaluation?.status ?? refusal!.code]),
    ).toEqual([
      [GANTUNG.code, 'evaluation.not-begun'],
      [MANGGAR.code, 'locked'],
    ]);
    expect(await kinds()).toEqual(['submitted 1', 'verified 2', 'locked 3']);
    await expect(returnK1({ ...manggar, revision: 3 })).rejects.toMatchObject({ code: 'evaluation.locked' });
    await expect(submit(MANGGAR.unitId)).rejects.toMatchObject({ code: 'evaluation.locked' });
    await expect(enter(MANGGAR.unitId, { 'KIA-K1.num': '1' })).rejects.toMatchObject({
      code: 'evaluation.locked',
    });
    for (const sql of [
      `UPDATE evaluation SET status = 'returned', returned_by = submitted_by, returned_at = now(), returned_reason = 'x'`,
      'UPDATE evaluation SET tally = tally',
      'DELETE FROM evaluation',
      'UPDATE evaluation_verification SET ended_in = 9',
      'DELETE FROM evaluation_verification',
    ])
      await expect(service.database.query(sql)).rejects.toThrow('a locked evaluation is never changed');
    const [overview] = (
      await ask('officer', DistrictIndicators, { districtCode: '19.06', period: PERIOD })
    ).units.filter(({ unitCode }) => unitCode === MANGGAR.code);
    expect(overview).toMatchObject({ evaluation: { status: 'locked' }, tally: { kurang: 2 } });
    expect(
      (await ask('headOfManggar', UnitResults, { unitId: MANGGAR.unitId, period: PERIOD })).verification,
    ).toMatchObject({
      lockedByName: 'Petugas Dinas Kesehatan',
      lockedAt: expect.any(String),
      verifiedAt: expect.any(String),
    });
  });

  it('is of one puskesmas alone where one is named, and for the officer of its district', async () => {
    const both = [await aSubmission(MANGGAR.unitId), await aSubmission(GANTUNG.unitId)];
    await verify('officer', ...both);
    await expect(lock('stranger')).rejects.toMatchObject({ code: 'access.forbidden' });
    await expect(lock('headOfManggar', GANTUNG.unitId)).rejects.toMatchObject({ code: 'not-found' });
    expect((await lock('officer', GANTUNG.unitId)).results.map(({ unitCode }) => unitCode)).toEqual([
      GANTUNG.code,
    ]);
    expect((await queueOf('officer', MANGGAR.unitId)).evaluation?.status).toBe('verified');
  });
});
