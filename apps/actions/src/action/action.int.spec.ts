import { randomUUID } from 'node:crypto';
import {
  ActionCompleted,
  ActionOverdue,
  ActionProgressed,
  ActionProposed,
  ActionReadied,
  ActionSupported,
  ActionUnsupported,
  ActionWithdrawn,
  asksOf,
  CompleteAction,
  DistrictActions,
  EvaluationRevised,
  EvaluationSubmitted,
  FindAction,
  GUEST_REPORTS,
  GuestAction,
  GuestState,
  ListActions,
  READERS,
  ReadyAction,
  ReportAsGuest,
  ReportProgress,
  type Refusal,
} from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import { Roster } from '@lokmin/service';
import {
  aFact,
  aFolder,
  aReturn,
  aService,
  aSubmission,
  aTestClock,
  deliver,
  eventually,
  COACHING_GROUP,
  GANTUNG,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import { actions } from '../service.ts';
import { Actions } from './action.service.ts';

const MORNING = '2025-01-10T02:00:00Z';
let service: TestService;
let clock: TestClock;
beforeAll(async () => {
  clock = aTestClock(MORNING);
  process.env['LOKMIN_EVIDENCE_FOLDER'] = aFolder();
  service = await aService(actions);
});
afterAll(async () => {
  clock.release();
  await service?.stop();
});
beforeEach(async () => {
  clock.set(MORNING);
  await service.database.query(
    'TRUNCATE action, action_entry, evidence, action_support, followed_evaluation, unit_actions, outbox, command',
  );
});

const december = { evaluationId: id(1), period: '2024-12' };
const november = { evaluationId: id(2), period: '2024-11' };
const january = { evaluationId: id(4), period: '2025-01' };
const follow = (...facts: Parameters<typeof deliver>[2][]) =>
  deliver(service, READERS.actionsFollowEvaluation, ...facts);
const submit = (evaluation: typeof december, ...codes: string[]) =>
  follow(
    aSubmission(
      EvaluationSubmitted,
      { ...evaluation, revision: 1 },
      codes.map((code) => ({ code })),
    ),
  );
const command = () => ({ commandId: randomUUID() });
const all = { statuses: [], first: 200, after: null };

const list = (
  unitId: string | null = MANGGAR.unitId,
  person: Parameters<TestService['ask']>[0] = 'officer',
) => service.ask(person, ListActions, { unitId, ...all });
async function one(code: string) {
  const { items } = await list();
  const found = items.filter((action) => action.indicatorCode === code && action.status !== 'withdrawn');
  expect(found).toHaveLength(1);
  return found[0]!;
}
const ready = async (code: string, given: { ownerId?: string; dueDate?: string } = {}) => {
  const { actionId, revision } = await one(code);
  return service.ask('headOfManggar', ReadyAction, {
    ...command(),
    actionId,
    expectedRevision: revision,
    ownerId: given.ownerId ?? PEOPLE.kiaOfManggar,
    dueDate: given.dueDate ?? '2025-01-31',
    title: null,
  });
};
const announced = async (type: { type: string }) =>
  (await service.announced()).filter((fact) => fact.type === type.type);
const manggar = async () => {
  const { units, validUntil } = await service.ask('officer', DistrictActions, { districtCode: '19.06' });
  const { proposed, open, overdue, completed } = units.find(({ unitCode }) => unitCode === MANGGAR.code)!;
  return { proposed, open, overdue, completed, validUntil };
};

describe('an evaluation', () => {
  it('of 55 indicators with 20 kurang gives 20 proposals, each announced, and the district sees them', async () => {
    const indicators = Array.from({ length: 55 }, (_, i) => ({
      code: `I${i}`,
      judgement: i < 20 ? ('kurang' as const) : ('baik' as const),
    }));
    await follow(aSubmission(EvaluationSubmitted, { ...december, revision: 1 }, indicators));
    expect((await list()).totalCount).toBe(20);
    const facts = await announced(ActionProposed);
    expect(facts).toHaveLength(20);
    expect(new Set(facts.map(({ data }) => data['actionId'])).size).toBe(20);
    expect(facts[0]).toMatchObject({
      revision: 1,
      data: { unitCode: MANGGAR.code, status: 'proposed', period: '2024-12', indicatorName: 'Cakupan I0' },
    });
    const summary = await service.ask('officer', DistrictActions, { districtCode: '19.06' });
    expect(summary.units).toEqual([
      {
        unitId: GANTUNG.unitId,
        unitCode: GANTUNG.code,
        unitName: GANTUNG.name,
        proposed: 0,
        open: 0,
        overdue: 0,
        completed: 0,
        needsCompletion: 0,
      },
      {
        unitId: MANGGAR.unitId,
        unitCode: MANGGAR.code,
        unitName: MANGGAR.name,
        proposed: 20,
        open: 0,
        overdue: 0,
        completed: 0,
        needsCompletion: 0,
      },
    ]);
    expect(summary.validUntil).toBeNull();
  });

  it('that is returned withdraws its proposals and flags what was agreed; revised, it takes up again what is kurang', async () => {
    await submit(december, 'A', 'B', 'C');
    const agreed = await ready('B');
    await follow(aReturn({ ...december, revision: 2 }, 'Penyebut belum sesuai.'));
    expect((await list()).items.map(({ indicatorCode, status }) => [indicatorCode, status]).sort()).toEqual([
      ['A', 'withdrawn'],
      ['B', 'ready'],
      ['C', 'withdrawn'],
    ]);
    expect(await one('B')).toMatchObject({ unsupported: true, periods: [], revision: agreed.revision + 1 });
    expect((await announced(ActionWithdrawn)).map(({ data }) => data['reason'])).toEqual([
      'Penyebut belum sesuai.',
      'Penyebut belum sesuai.',
    ]);
    expect(await announced(ActionUnsupported)).toMatchObject([
      { data: { status: 'ready', unsupported: true } },
    ]);
    expect(await manggar()).toMatchObject({ proposed: 0, open: 1 });

    const revised = [{ code: 'A' }, { code: 'B' }];
    await follow(aSubmission(EvaluationRevised, { ...december, revision: 3 }, revised));
    expect(await one('A')).toMatchObject({ status: 'proposed', periods: ['2024-12'] });
    expect(await one('B')).toMatchObject({
      actionId: agreed.actionId,
      unsupported: false,
      periods: ['2024-12'],
    });
    expect(await announced(ActionSupported)).toHaveLength(1);
    expect(await manggar()).toMatchObject({ proposed: 1, open: 1 });
  });

  it('of a further period is linked to the open action', async () => {
    await submit(december, 'A');
    await submit(november, 'A');
    expect(await one('A')).toMatchObject({ periods: ['2024-11', '2024-12'], period: '2024-12' });
    await follow(aReturn({ ...december, revision: 2 }, 'Salah.'));
    expect(await one('A')).toMatchObject({ status: 'proposed', periods: ['2024-11'], period: '2024-11' });
  });

  it('is answered by the action that was completed for it; a later one asks for a new action', async () => {
    await submit(december, 'A');
    const { actionId, revision } = await ready('A', { ownerId: PEOPLE.headOfManggar });
    const done = { ...command(), actionId, expectedRevision: revision, note: 'Semua desa.' };
    await service.ask('headOfManggar', CompleteAction, done);
    await follow(
      aReturn({ ...december, revision: 2 }, 'Salah.'),
      aSubmission(EvaluationRevised, { ...december, revision: 3 }, [{ code: 'A' }]),
    );
    expect((await list()).items).toMatchObject([{ status: 'completed', periods: ['2024-12'] }]);
    await submit(january, 'A');
    expect((await list()).items.map(({ status }) => status)).toEqual(['proposed', 'completed']);
  });

  it('whose transaction is rolled back leaves and announces nothing', async () => {
    const fact = aSubmission(EvaluationSubmitted, { ...december, revision: 1 }, [{ code: 'A' }]);
    const broken = inTransaction(
      service.database,
      () => new Date(),
      async (tx) => {
        await service.running.app.get(Actions).followEvaluation(fact, tx);
        throw new Error('the power fails');
      },
    );
    await expect(broken).rejects.toThrow('the power fails');
    expect((await list()).totalCount).toBe(0);
    expect(await service.announced()).toEqual([]);
  });
});

describe('an action', () => {
  it('goes from proposal to completion, with its history, its facts and the counts', async () => {
    await submit(december, 'A');
    const { actionId } = await ready('A');
    expect((await list(null, 'kiaOfManggar')).items).toMatchObject([
      { actionId, status: 'ready', ownerName: 'Pemegang Program KIA Manggar', dueDate: '2025-01-31' },
    ]);
    expect(await manggar()).toEqual({
      proposed: 0,
      open: 1,
      overdue: 0,
      completed: 0,
      validUntil: '2025-01-31T17:00:00.000Z',
    });
    await service.ask('kiaOfManggar', ReportProgress, {
      ...command(),
      actionId,
      expectedRevision: 2,
      progress: 60,
      note: 'Separuh desa.',
    });
    const done = { ...command(), actionId, expectedRevision: 3, note: 'Semua desa.' };
    expect(await service.ask('kiaOfManggar', CompleteAction, done)).toMatchObject({
      status: 'completed',
      progress: 100,
      revision: 4,
    });
    expect(await manggar()).toEqual({ proposed: 0, open: 0, overdue: 0, completed: 1, validUntil: null });
    const { history } = await service.ask('staffOfManggar', FindAction, { actionId });
    expect(history).toMatchObject([
      {
        kind: 'proposed',
        actorName: 'Kepala Puskesmas Manggar',
        note: '2024-12',
        at: '2025-01-10T02:00:00.000Z',
      },
      { kind: 'readied', actorName: 'Kepala Puskesmas Manggar' },
      { kind: 'progressed', actorName: 'Pemegang Program KIA Manggar', note: 'Separuh desa.', progress: 60 },
      { kind: 'completed', actorName: 'Pemegang Program KIA Manggar', note: 'Semua desa.' },
    ]);
    expect((await service.announced()).map(({ type, revision }) => [type.split('.')[3], revision])).toEqual([
      ['proposed', 1],
      ['readied', 2],
      ['progressed', 3],
      ['completed', 4],
    ]);
    expect((await announced(ActionCompleted))[0]!.data['note']).toBe('Semua desa.');
  });

  it('tells who owned it before when it is handed over', async () => {
    await submit(december, 'A');
    await ready('A');
    await ready('A', { dueDate: '2025-02-28' });
    await ready('A', { ownerId: PEOPLE.staffOfManggar });
    expect((await announced(ActionReadied)).map(({ data }) => data['formerOwnerId'])).toEqual([
      null,
      null,
      PEOPLE.kiaOfManggar,
    ]);
  });

  it('is owned only by people with a post there, and due from today on by the clocks there', async () => {
    await submit(december, 'A');
    for (const ownerId of [PEOPLE.headOfGantung, PEOPLE.stranger])
      await expect(ready('A', { ownerId })).rejects.toMatchObject({
        code: 'action.owner-elsewhere',
        field: 'ownerId',
      });
    clock.set('2025-01-10T17:30:00Z'); // 00.30 WIB of the 11th
    await expect(ready('A', { dueDate: '2025-01-10' })).rejects.toMatchObject({ code: 'action.due-in-past' });
    expect(await ready('A', { dueDate: '2025-01-11' })).toMatchObject({ dueDate: '2025-01-11' });
  });

  it('is closed to people of another puskesmas and to those whose post does not allow it', async () => {
    await submit(december, 'A');
    const { actionId, revision } = await ready('A');
    const change = { actionId, expectedRevision: revision };
    const readying = () => ({
      ...command(),
      ...change,
      ownerId: PEOPLE.staffOfManggar,
      dueDate: '2025-02-01',
      title: null,
    });
    const forbidden = { code: 'access.forbidden' };
    // Who may not see it is told what is told of an action that nobody has.
    const refusalOf = (asking: Promise<unknown>) =>
      asking.then(
        () => 'taken',
        (error: unknown) => (error as Refusal).toData(),
      );
    const unknown = await refusalOf(service.ask('officer', FindAction, { actionId: id(99) }));
    expect(unknown).toMatchObject({ code: 'not-found', message: { id: 'Kegiatan tidak ditemukan.' } });
    const nowhere = await refusalOf(list(id(999), 'officer'));
    expect(nowhere).toMatchObject({ code: 'not-found' });
    for (const person of ['headOfGantung', 'stranger'] as const) {
      expect(await refusalOf(service.ask(person, FindAction, { actionId }))).toEqual(unknown);
      expect(await refusalOf(list(MANGGAR.unitId, person))).toEqual(nowhere);
      expect(await refusalOf(service.ask(person, ReadyAction, readying()))).toEqual(unknown);
      const progress = { ...command(), ...change, progress: 10, note: 'x' };
      expect(await refusalOf(service.ask(person, ReportProgress, progress))).toEqual(unknown);
      const completion = { ...command(), ...change, note: 'x' };
      expect(await refusalOf(service.ask(person, CompleteAction, completion))).toEqual(unknown);
    }
    for (const person of ['kiaOfManggar', 'staffOfManggar', 'officer'] as const)
      await expect(service.ask(person, ReadyAction, readying())).rejects.toMatchObject(forbidden);
    const byAnother = { ...command(), ...change, progress: 10, note: 'x' };
    await expect(service.ask('headOfManggar', ReportProgress, byAnother)).rejects.toMatchObject({
      code: 'action.not-owner',
    });
    await expect(
      service.ask('headOfManggar', DistrictActions, { districtCode: '19.06' }),
    ).rejects.toMatchObject(forbidden);
    const { units } = await service.ask('coach', DistrictActions, {
      districtCode: '19.06',
      coachingGroupId: COACHING_GROUP.coachingGroupId,
    });
    expect(units.map(({ unitCode }) => unitCode)).toEqual(['1012404']);
    await expect(service.ask('officer', DistrictActions, { districtCode: '19.05' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(service.ask(null, FindAction, { actionId })).rejects.toMatchObject({
      code: 'access.signed-out',
    });
    expect(await service.ask('ktuOfManggar', ReadyAction, readying())).toMatchObject({
      revision: revision + 1,
    });
  });

  it('is not among the own ones of somebody whose post there has ended, and shows that its owner left', async () => {
    await submit(december, 'A');
    await ready('A');
    expect((await list(null, 'kiaOfManggar')).totalCount).toBe(1);
    expect((await one('A')).ownerLeft).toBe(false);
    const end = (day: string | null) =>
      service.database.query('UPDATE known_post SET valid_to = $1 WHERE person_id = $2', [
        day,
        PEOPLE.kiaOfManggar,
      ]);
    await end('2025-01-09');
    try {
      expect((await list(null, 'kiaOfManggar')).totalCount).toBe(0);
      expect((await one('A')).ownerLeft).toBe(true);
    } finally {
      await end(null);
    }
  });

  it('is not changed by who saw an older state of it', async () => {
    await submit(december, 'A');
    const { actionId } = await ready('A');
    const stale = { ...command(), actionId, expectedRevision: 1, progress: 10, note: 'x' };
    await expect(service.ask('kiaOfManggar', ReportProgress, stale)).rejects.toMatchObject({
      code: 'revision.stale',
      details: { current: 2, expected: 1 },
    });
  });

  it('is changed once by a command sent twice, and not at all by another command of that id', async () => {
    await submit(december, 'A');
    const { actionId } = await ready('A');
    const input = { ...command(), actionId, expectedRevision: 2, progress: 60, note: 'Separuh desa.' };
    const replies = await Promise.all([
      service.ask('kiaOfManggar', ReportProgress, input),
      service.ask('kiaOfManggar', ReportProgress, input),
    ]);
    expect(replies[0]).toEqual(replies[1]);
    expect(await one('A')).toMatchObject({ revision: 3, progress: 60 });
    await expect(
      service.ask('kiaOfManggar', ReportProgress, { ...input, progress: 61 }),
    ).rejects.toMatchObject({
      code: 'command.reused',
    });
  });

  it('is made ready by one of two who do so at once', async () => {
    await submit(december, 'A');
    const { actionId, revision } = await one('A');
    const by = (person: 'headOfManggar' | 'ktuOfManggar', ownerId: string) =>
      service.ask(person, ReadyAction, {
        ...command(),
        actionId,
        expectedRevision: revision,
        ownerId,
        dueDate: '2025-01-31',
        title: null,
      });
    const outcomes = await Promise.allSettled([
      by('headOfManggar', PEOPLE.kiaOfManggar),
      by('ktuOfManggar', PEOPLE.staffOfManggar),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'revision.stale' },
    });
    expect(await announced(ActionReadied)).toHaveLength(1);
  });

  it('becomes overdue by itself when its due day ends there, once, whoever looks at the clock', async () => {
    await submit(december, 'A', 'B');
    await ready('A', { dueDate: '2025-01-31' });
    await ready('B', { dueDate: '2025-02-28' });
    clock.set('2025-01-31T16:59:59Z');
    await service.running.app.get(Actions).markOverdue();
    expect(await one('A')).toMatchObject({ overdue: false });
    clock.set('2025-01-31T17:00:00Z');
    const replicas = [1, 2, 3, 4].map(() => service.running.app.get(Actions).markOverdue());
    await Promise.all(replicas);
    expect(await eventually(async () => (await one('A')).overdue)).toBe(true);
    expect(await announced(ActionOverdue)).toMatchObject([
      { revision: 3, actor: null, data: { indicatorCode: 'A', overdueSince: '2025-01-31T17:00:00.000Z' } },
    ]);
    expect(await one('B')).toMatchObject({ overdue: false });
    expect(await manggar()).toMatchObject({ open: 2, overdue: 1, validUntil: '2025-02-28T17:00:00.000Z' });

    await ready('A', { dueDate: '2025-02-10' });
    expect(await one('A')).toMatchObject({ overdue: false, overdueSince: null });
    expect(await manggar()).toMatchObject({ open: 2, overdue: 0, validUntil: '2025-02-10T17:00:00.000Z' });
  });

  it('is listed with others newest first, page by page, each once', async () => {
    await submit(november, 'A', 'B', 'C');
    clock.set('2025-01-10T03:00:00Z');
    await submit(december, 'D', 'E');
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Awaited<ReturnType<typeof list>> = await service.ask('officer', ListActions, {
        unitId: MANGGAR.unitId,
        statuses: ['proposed'],
        first: 2,
        after,
      });
      expect(page.totalCount).toBe(5);
      seen.push(...page.items.map(({ indicatorCode }) => indicatorCode));
      after = page.next;
      if (!after) break;
    }
    expect(seen.slice(0, 2).sort()).toEqual(['D', 'E']);
    expect(seen.slice(2).sort()).toEqual(['A', 'B', 'C']);
    const filter = { ...all, unitId: MANGGAR.unitId, indicatorCode: 'D' };
    expect((await service.ask('officer', ListActions, filter)).totalCount).toBe(1);
    await expect(service.ask('officer', ListActions, { ...filter, after: 'x' })).rejects.toMatchObject({
      code: 'input.invalid',
      field: 'after',
    });
  });
});

describe('an action that a guest owns', () => {
  const CAMAT = id(601);
  const [LINK, NEWER_LINK] = [id(611), id(612)];
  let revision = 0;
  /** The directory announces the guest with the links that are open. */
  const know = (
    given: { links?: [linkId: string, actionId: string][]; active?: boolean; unitId?: string } = {},
  ) =>
    inTransaction(
      service.database,
      () => new Date(MORNING),
      (tx) =>
        service.running.app.get(Roster).learn(
          aFact(
            GuestState,
            { subject: CAMAT, revision: (revision += 1) },
            {
              guestId: CAMAT,
              unitId: given.unitId ?? MANGGAR.unitId,
              districtCode: '19.06',
              name: 'Sekretaris Camat',
              office: 'Kantor Camat Manggar',
              active: given.active ?? true,
              links: (given.links ?? []).map(([linkId, aboutId]) => ({
                linkId,
                purpose: 'report-action' as const,
                aboutId,
                expiresAt: '2025-03-02T17:00:00Z',
              })),
            },
          ),
          tx,
        ),
    );
  const guest = async (linkId = LINK) => ({ token: await service.guestToken(CAMAT, linkId) });
  const look = async (linkId = LINK) => service.ask(await guest(linkId), GuestAction, {});
  const report = async (expectedRevision: number, given: object = {}, linkId = LINK) =>
    service.ask(await guest(linkId), ReportAsGuest, {
      ...command(),
      expectedRevision,
      progress: 40,
      note: 'Surat edaran ke desa sudah terbit.',
      ...given,
    });
  const owned = async () => {
    await submit(december, 'A', 'B');
    await know();
    const action = await ready('A', { ownerId: CAMAT });
    await know({ links: [[LINK, action.actionId]] });
    return action;
  };

  it('names the guest with the office, and is told to others as owned by nobody whom messages reach', async () => {
    const action = await owned();
    expect(action).toMatchObject({
      ownerId: CAMAT,
      ownerName: 'Sekretaris Camat (Kantor Camat Manggar)',
      ownerIsGuest: true,
      ownerLeft: false,
    });
    await ready('A', { ownerId: PEOPLE.kiaOfManggar });
    expect((await announced(ActionReadied)).map(({ data }) => data)).toMatchObject([
      { ownerIsGuest: true, formerOwnerId: null },
      { ownerIsGuest: false, formerOwnerId: null },
    ]);
  });

  it('is given only to a guest of the puskesmas who has not ended', async () => {
    await submit(december, 'A');
    await know({ unitId: GANTUNG.unitId });
    await expect(ready('A', { ownerId: CAMAT })).rejects.toMatchObject({ code: 'action.owner-elsewhere' });
    await know({ active: false });
    await expect(ready('A', { ownerId: CAMAT })).rejects.toMatchObject({ code: 'action.owner-elsewhere' });
  });

  it('is seen and reported on by the link, in the name of the guest', async () => {
    const { revision } = await owned();
    expect(await look()).toEqual({
      revision,
      guestName: 'Sekretaris Camat (Kantor Camat Manggar)',
      unitName: 'Puskesmas Manggar',
      indicatorName: 'Cakupan A',
      title: 'Tindak lanjut: Cakupan A',
      status: 'ready',
      dueDate: '2025-01-31',
      progress: 0,
      overdue: false,
      reports: [],
      linkExpiresAt: '2025-03-02T17:00:00Z',
    });
    const given = { ...command(), progress: 40, note: 'Edaran terbit.' };
    const reported = await report(revision, given);
    expect(reported).toMatchObject({
      status: 'in_progress',
      progress: 40,
      reports: [{ at: new Date(MORNING).toISOString(), progress: 40, note: 'Edaran terbit.' }],
    });
    expect(await report(revision, given)).toEqual(reported);
    await expect(report(revision)).rejects.toMatchObject({ code: 'revision.stale' });
    const { actionId } = await one('A');
    const { history } = await service.ask('officer', FindAction, { actionId });
    expect(history.at(-1)).toMatchObject({ kind: 'progressed', actorName: 'Sekretaris Camat', progress: 40 });
    expect(await announced(ActionProgressed)).toMatchObject([{ actor: CAMAT, data: { progress: 40 } }]);
    const [noted] = await service.database.query(
      `SELECT person_id, session_id, operation FROM audit_entry WHERE part = 'action' ORDER BY number DESC LIMIT 1`,
    );
    expect(noted).toEqual({ person_id: CAMAT, session_id: LINK, operation: ReportAsGuest.subject });
  });

  it('opens to the link alone, and the link opens nothing else', async () => {
    const { revision, actionId } = await owned();
    const other = await one('B');
    // A link to an action of somebody else, as a puskesmas may issue it by mistake or on purpose.
    await ready('B');
    await know({
      links: [
        [LINK, actionId],
        [NEWER_LINK, other.actionId],
      ],
    });
    await expect(look(NEWER_LINK)).rejects.toMatchObject({ code: 'guest-link.other-owner' });
    await expect(report(2, {}, NEWER_LINK)).rejects.toMatchObject({ code: 'guest-link.other-owner' });
    // Every request that is for people refuses the token of a guest, whatever it asks for.
    const inputs: Record<string, object> = {
      [DistrictActions.subject]: { districtCode: '19.06' },
      [ListActions.subject]: { unitId: null, ...all },
      [FindAction.subject]: { actionId },
      [ReadyAction.subject]: {
        ...command(),
        actionId,
        expectedRevision: revision,
        ownerId: CAMAT,
        dueDate: '2025-02-01',
        title: null,
      },
      [ReportProgress.subject]: {
        ...command(),
        actionId,
        expectedRevision: revision,
        progress: 1,
        note: 'x',
      },
      [CompleteAction.subject]: { ...command(), actionId, expectedRevision: revision, note: 'x' },
    };
    for (const ask of asksOf('actions').filter(({ subject }) => subject in inputs))
      await expect(service.ask(await guest(), ask, inputs[ask.subject])).rejects.toMatchObject({
        code: 'access.signed-out',
      });
    expect(
      asksOf('actions')
        .filter(({ access }) => access === 'guest')
        .map(({ subject }) => subject),
    ).toEqual([GuestAction.subject, ReportAsGuest.subject]);
    // And the other way round.
    for (const by of ['headOfManggar', 'administrator', null] as const)
      await expect(service.ask(by, GuestAction, {})).rejects.toMatchObject({ code: 'access.signed-out' });
    expect(await one('A')).toMatchObject({ revision, progress: 0 });
  });

  it('shows the guest the newest of the own reports', async () => {
    const { revision } = await owned();
    for (let i = 0; i <= GUEST_REPORTS; i += 1) await report(revision + i, { progress: i });
    const { reports } = await look();
    expect(reports.map(({ progress }) => progress)).toEqual(
      Array.from({ length: GUEST_REPORTS }, (_, i) => GUEST_REPORTS - i),
    );
  });

  it('refuses a link that is revoked, replaced, of another purpose or expired, and a guest who ended, from then on', async () => {
    const { revision, actionId } = await owned();
    const refused = { code: 'access.signed-out' };
    await look();
    await know({ links: [] });
    await expect(look()).rejects.toMatchObject(refused);
    await expect(report(revision)).rejects.toMatchObject(refused);
    await know({ links: [[NEWER_LINK, actionId]] });
    await expect(report(revision)).rejects.toMatchObject(refused);
    await look(NEWER_LINK);
    clock.set('2025-03-02T17:00:00Z');
    await expect(report(revision, {}, NEWER_LINK)).rejects.toMatchObject(refused);
    clock.set(MORNING);
    await know({ active: false, links: [[NEWER_LINK, actionId]] });
    await expect(report(revision, {}, NEWER_LINK)).rejects.toMatchObject(refused);
    expect(await one('A')).toMatchObject({ revision, progress: 0, ownerLeft: true });
  });

  it('is shut to the guest when it is given to somebody else, and not reported on once it is completed', async () => {
    const { revision, actionId } = await owned();
    await service.ask('ktuOfManggar', CompleteAction, {
      ...command(),
      actionId,
      expectedRevision: revision,
      note: 'Camat menelepon: sudah selesai.',
    });
    expect(await look()).toMatchObject({ status: 'completed', reports: [] });
    await expect(report(revision + 1)).rejects.toMatchObject({ code: 'action.ended' });
    await know({ links: [[LINK, (await one('B')).actionId]] });
    const given = await ready('B', { ownerId: CAMAT });
    await look();
    await ready('B');
    await expect(look()).rejects.toMatchObject({ code: 'guest-link.other-owner' });
    await expect(report(given.revision + 1)).rejects.toMatchObject({ code: 'guest-link.other-owner' });
  });

  it('is reported on and completed for the guest by those who may give it an owner, and by nobody else', async () => {
    const { revision, actionId } = await owned();
    const standIn = { ...command(), actionId, expectedRevision: revision, note: 'Menurut telepon camat.' };
    for (const by of ['kiaOfManggar', 'staffOfManggar'] as const)
      await expect(service.ask(by, ReportProgress, { ...standIn, progress: 70 })).rejects.toMatchObject({
        code: 'action.not-owner',
      });
    await service.ask('headOfManggar', ReportProgress, { ...standIn, progress: 70 });
    const { history } = await service.ask('officer', FindAction, { actionId });
    expect(history.at(-1)).toMatchObject({ actorName: 'Kepala Puskesmas Manggar', progress: 70 });
    expect(await look()).toMatchObject({ progress: 70, reports: [] });
    // Nobody waits for a connection while all are held by those who wait for the action.
    const atOnce = await Promise.allSettled(
      Array.from({ length: 40 }, () =>
        service.ask('headOfManggar', ReportProgress, {
          ...standIn,
          ...command(),
          expectedRevision: revision + 1,
          progress: 80,
        }),
      ),
    );
    const refused = atOnce.filter((each) => each.status === 'rejected').map((each) => each.reason.code);
    expect(refused).toEqual(Array.from({ length: 39 }, () => 'revision.stale'));
    // Of a person's action nobody does so.
    await ready('B');
    await expect(
      service.ask('headOfManggar', CompleteAction, {
        ...command(),
        actionId: (await one('B')).actionId,
        expectedRevision: 2,
        note: 'x',
      }),
    ).rejects.toMatchObject({ code: 'action.not-owner' });
  });
});

describe('PostgreSQL', () => {
  it('refuses a second open action of an indicator, and owners of what is not agreed', async () => {
    await submit(december, 'A');
    const copy = service.database.query(
      `INSERT INTO action SELECT (jsonb_populate_record(action, jsonb_build_object('action_id', uuidv7()))).* FROM action`,
    );
    await expect(copy).rejects.toThrow('action_one_open_per_indicator');
    const owned = service.database.query('UPDATE action SET owner_id = unit_id');
    await expect(owned).rejects.toThrow(/action_owner|action_agreed/);
    await expect(service.database.query('UPDATE action SET progress = 100')).rejects.toThrow(
      'action_progress',
    );
  });

  it('has the tables that the code describes', async () => {
    const { upQueries } = await service.database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
