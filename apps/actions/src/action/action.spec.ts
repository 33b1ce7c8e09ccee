import { Refusal } from '@lokmin/contracts';
import fc from 'fast-check';
import { OPEN, type Action, type ActionStatus } from './action.entity.ts';
import {
  becomeOverdue,
  completeAction,
  followEvaluation,
  proposalTitle,
  readyAction,
  reportProgress,
  type EvaluationNews,
  type KnownSupport,
} from './action.rules.ts';

const now = new Date('2025-01-10T03:00:00Z');
const later = new Date('2025-01-11T03:00:00Z');
const owner = { id: 'owner', name: 'Pemegang Program KIA', isGuest: false };

const anAction = (given: Partial<Action> = {}): Action => ({
  actionId: 'action-1',
  revision: 1,
  unitId: 'manggar',
  districtCode: '19.06',
  indicatorCode: 'A',
  indicatorName: 'Cakupan A',
  title: 'Tindak lanjut: Cakupan A',
  status: 'proposed',
  ownerId: null,
  ownerName: null,
  ownerIsGuest: false,
  dueDate: null,
  dueEndsAt: null,
  progress: 0,
  overdueSince: null,
  unsupported: false,
  evaluationId: 'december',
  period: '2024-12',
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
  createdAt: now,
  updatedAt: now,
  ...given,
});
const agreed = (given: Partial<Action> = {}): Action =>
  anAction({
    status: 'ready',
    ownerId: owner.id,
    ownerName: owner.name,
    dueDate: '2025-01-31',
    dueEndsAt: new Date('2025-01-31T17:00:00Z'),
    ...given,
  });
const aSupport = (given: Partial<KnownSupport> = {}): KnownSupport => ({
  evaluationId: 'december',
  indicatorCode: 'A',
  actionId: 'action-1',
  period: '2024-12',
  indicatorName: 'Cakupan A',
  stands: true,
  answered: false,
  ...given,
});
const news = (evaluationId: string, period: string, ...codes: string[]): EvaluationNews => ({
  evaluationId,
  unitId: 'manggar',
  districtCode: '19.06',
  period,
  kurang: new Map(codes.map((code) => [code, `Cakupan ${code}`])),
  reason: 'Penyebut belum sesuai.',
});
const refusal = (code: string) => expect.objectContaining({ code });
const refused = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('it was not refused');
};

describe('following an evaluation', () => {
  const follow = (what: EvaluationNews, open: Action[] = [], supports: KnownSupport[] = []) =>
    followEvaluation(what, { open, supports }, later, () => 'new');
  const december = (...codes: string[]) => news('december', '2024-12', ...codes);
  const november = (...codes: string[]) => news('november', '2024-11', ...codes);

  it('proposes one action for an indicator judged kurang', () => {
    const { changes, supports } = follow(december('A'));
    expect(changes).toEqual([
      {
        kind: 'proposed',
        note: '2024-12',
        action: anAction({ actionId: 'new', createdAt: later, updatedAt: later }),
      },
    ]);
    expect(supports).toEqual([
      {
        evaluationId: 'december',
        indicatorCode: 'A',
        actionId: 'new',
        period: '2024-12',
        indicatorName: 'Cakupan A',
        stands: true,
      },
    ]);
  });

  it('links a further red period to the open action, whatever became of that', () => {
    for (const open of [anAction(), agreed(), agreed({ status: 'in_progress' })]) {
      const { changes, supports } = follow(november('A'), [open], [aSupport()]);
      // November is older: December still is what newly speaks for it
      expect(changes).toMatchObject([
        { kind: 'supported', action: { actionId: 'action-1', revision: 2, period: '2024-12' } },
      ]);
      expect(supports).toMatchObject([{ evaluationId: 'november', actionId: 'action-1', stands: true }]);
    }
  });

  it('withdraws a proposal that nothing supports any more, giving the reason', () => {
    const { changes, supports } = follow(december(), [anAction()], [aSupport()]);
    expect(changes).toMatchObject([
      { kind: 'withdrawn', note: 'Penyebut belum sesuai.', action: { status: 'withdrawn', revision: 2 } },
    ]);
    expect(supports).toMatchObject([{ stands: false }]);
  });

  it('keeps a proposal that another evaluation still supports', () => {
    const november = aSupport({ evaluationId: 'november', period: '2024-11', indicatorName: 'K1' });
    const { changes } = follow(december(), [anAction()], [aSupport(), november]);
    expect(changes).toMatchObject([
      { kind: 'supported', action: { status: 'proposed', period: '2024-11', title: 'Tindak lanjut: K1' } },
    ]);
  });

  it('flags an agreed action, clears the flag when it is kurang again, and keeps its wording', () => {
    const open = agreed({ title: 'Sapu bersih' });
    const [flagged] = follow(december(), [open], [aSupport()]).changes;
    expect(flagged).toMatchObject({ kind: 'unsupported', action: { status: 'ready', unsupported: true } });
    const back = follow(december('A'), [flagged!.action], [aSupport({ stands: false })]);
    expect(back.changes).toMatchObject([
      { kind: 'supported', action: { unsupported: false, revision: 3, title: 'Sapu bersih' } },
    ]);
  });

  it('does not repeat an action that was completed for this very finding, but answers a new one', () => {
    const answered = aSupport({ answered: true, stands: false });
    expect(follow(december('A'), [], [answered])).toMatchObject({
      changes: [],
      supports: [{ actionId: 'action-1', stands: true }],
    });
    expect(follow(news('january', '2025-01', 'A'), [], []).changes).toMatchObject([{ kind: 'proposed' }]);
  });

  it('says nothing when nothing changed', () => {
    expect(follow(december('A'), [anAction()], [aSupport()])).toEqual({ supports: [], changes: [] });
  });

  it('has one outcome for every order of the newest news', () => {
    const codes = fc.uniqueArray(fc.constantFrom('A', 'B', 'C'));
    // three evaluations, each with its states by revision: submitted, returned (nothing is kurang), revised, ...
    const histories = fc.tuple(...[1, 2, 3].map(() => fc.array(codes, { minLength: 1, maxLength: 3 })));
    const outcome = (order: { evaluation: number; revision: number; codes: string[] }[]) => {
      const actions = new Map<string, Action>();
      const supports = new Map<string, KnownSupport>();
      const seen = new Map<number, number>();
      let made = 0;
      for (const { evaluation, revision, codes } of order) {
        if ((seen.get(evaluation) ?? 0) >= revision) continue;
        seen.set(evaluation, revision);
        const open = [...actions.values()].filter(({ status }) => OPEN.includes(status));
        const followed = followEvaluation(
          news(`evaluation-${evaluation}`, `2024-1${evaluation - 1}`, ...codes),
          { open, supports: [...supports.values()] },
          now,
          () => `action-${++made}`,
        );
        for (const { action } of followed.changes) actions.set(action.actionId, action);
        for (const support of followed.supports)
          supports.set(`${support.evaluationId} ${support.indicatorCode}`, { ...support, answered: false });
      }
      return [...actions.values()]
        .filter(({ status }) => status !== 'withdrawn')
        .map(({ actionId, indicatorCode, period, status, title }) => ({
          ...{ indicatorCode, period, status, title },
          periods: [...supports.values()]
            .filter((support) => support.actionId === actionId && support.stands)
            .map((support) => support.period)
            .sort(),
        }))
        .sort((a, b) => (a.indicatorCode < b.indicatorCode ? -1 : 1));
    };
    const facts = histories.map((all) =>
      all.flatMap((states, i) => states.map((codes, at) => ({ evaluation: i + 1, revision: at + 1, codes }))),
    );
    fc.assert(
      fc.property(
        facts.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
          ),
        ),
        ([inOrder, shuffled]) => expect(outcome(shuffled)).toEqual(outcome(inOrder)),
      ),
      { seed: 20241231, numRuns: 500 },
    );
  });

  it('words a proposal within what a title may hold', () => {
    expect(proposalTitle('x'.repeat(600))).toHaveLength(500);
  });
});

describe('making an action ready', () => {
  const given = { owner, dueDate: '2025-01-31', title: 'Sapu bersih K1' };

  it('gives it owner, due date and wording; the due day ends at local midnight', () => {
    const { action } = readyAction(anAction(), given, 'Asia/Jakarta', later);
    expect(action).toEqual(agreed({ revision: 2, title: 'Sapu bersih K1', updatedAt: later }));
    expect(readyAction(anAction(), given, 'Asia/Jayapura', later).action.dueEndsAt).toEqual(
      new Date('2025-01-31T15:00:00Z'),
    );
  });

  it('keeps progress and wording when only owner or date change, and makes an overdue one punctual', () => {
    const late = agreed({
      status: 'in_progress',
      progress: 40,
      title: 'Sapu bersih',
      overdueSince: new Date('2025-01-31T17:00:00Z'),
    });
    expect(readyAction(late, { ...given, title: null }, 'Asia/Jakarta', later).action).toMatchObject({
      status: 'in_progress',
      progress: 40,
      title: 'Sapu bersih',
      overdueSince: null,
    });
  });

  it('takes today, and refuses yesterday, by the clocks of the unit', () => {
    const evening = new Date('2025-01-10T16:30:00Z'); // 23.30 WIB, 01.30 WIT of the next day
    const today = { ...given, dueDate: '2025-01-10' };
    expect(readyAction(anAction(), today, 'Asia/Jakarta', evening).action.dueDate).toBe('2025-01-10');
    expect(refused(() => readyAction(anAction(), today, 'Asia/Jayapura', evening))).toMatchObject({
      code: 'action.due-in-past',
      details: { today: '2025-01-11' },
    });
  });
});

describe('a due date', () => {
  it('lies at most five years ahead', () => {
    const ready = (dueDate: string) =>
      readyAction(
        anAction(),
        { owner, dueDate, title: null },
        'Asia/Jakarta',
        new Date('2025-01-10T05:00:00Z'),
      );
    expect(ready('2030-01-10').action.dueDate).toBe('2030-01-10');
    expect(refused(() => ready('2030-01-11'))).toMatchObject({
      code: 'action.due-too-far',
      details: { last: '2030-01-10' },
    });
    expect(refused(() => ready('9999-12-31'))).toMatchObject({ code: 'action.due-too-far' });
  });
});

describe('an action', () => {
  const report = (action: Action, personId = owner.id) =>
    reportProgress(action, { personId, progress: 60, note: 'Separuh desa.', evidence: [] }, [], later);
  const complete = (action: Action, personId = owner.id) =>
    completeAction(action, { personId, note: 'Semua desa.', evidence: [] }, [], later);

  it('is reported on and completed by its owner', () => {
    const { action } = report(agreed());
    expect(action).toMatchObject({ status: 'in_progress', progress: 60, revision: 2 });
    expect(complete(action).action).toMatchObject({ status: 'completed', progress: 100, revision: 3 });
    expect(refused(() => report(agreed(), 'somebody'))).toEqual(refusal('action.not-owner'));
    expect(refused(() => complete(agreed(), 'somebody'))).toEqual(refusal('action.not-owner'));
  });

  it('is not reported on before it is ready', () => {
    expect(refused(() => report(anAction()))).toEqual(refusal('action.not-ready'));
    expect(refused(() => complete(anAction()))).toEqual(refusal('action.not-ready'));
  });

  it.each<ActionStatus>(['completed', 'withdrawn'])('does not change any more once it is %s', (status) => {
    const ended = agreed({ status });
    const given = { owner, dueDate: '2025-01-31', title: null };
    for (const work of [
      () => report(ended),
      () => complete(ended),
      () => readyAction(ended, given, 'Asia/Jakarta', later),
    ])
      expect(refused(work)).toEqual(refusal('action.ended'));
  });

  it('is overdue from the end of its due day, and stays on record as late when completed', () => {
    const { action } = becomeOverdue(agreed(), later);
    expect(action.overdueSince).toEqual(new Date('2025-01-31T17:00:00Z'));
    expect(complete(action).action.overdueSince).toEqual(action.overdueSince);
  });
});
