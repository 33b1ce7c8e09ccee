import { EvaluationRevised, EvaluationSubmitted, MeetingConcluded, READERS } from '@lokmin/contracts';
import {
  auditSuite,
  aFact,
  aFolder,
  aReturn,
  aService,
  aSubmission,
  deliver,
  districtFacts,
  id,
  MANGGAR,
  PEOPLE,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type TestService,
} from '@lokmin/testing';
import type { DataSource } from 'typeorm';
import { actions } from './service.ts';

let service: TestService;
beforeAll(async () => {
  process.env['LOKMIN_EVIDENCE_FOLDER'] = aFolder();
  service = await aService(actions);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.actionsRoster, service: () => service });
witnessSuite({ reader: READERS.actionsWitness, service: () => service });
auditSuite(actions, () => service);

const november = { evaluationId: id(1), period: '2024-11' };
const december = { evaluationId: id(2), period: '2024-12' };
const fine = { code: 'D', judgement: 'baik' } as const;
/** What people see: actions that are not withdrawn, what speaks for them, and the counts. */
async function snapshot(database: DataSource) {
  return {
    actions: await database.query(
      `SELECT indicator_code AS code, title, status, unsupported, period, evaluation_id AS "evaluationId",
              (SELECT json_agg(s.period ORDER BY s.period) FROM action_support AS s WHERE s.action_id = action.action_id AND stands) AS periods
       FROM action WHERE status <> 'withdrawn' ORDER BY indicator_code`,
    ),
    counts: await database.query('SELECT proposed, open, overdue, completed FROM unit_actions'),
    evaluations: await database.query(
      'SELECT period, revision, standing FROM followed_evaluation ORDER BY period',
    ),
  };
}

reactionSuite({
  reader: READERS.actionsFollowEvaluation,
  service: () => service,
  needs: districtFacts(),
  facts: [
    aSubmission(EvaluationSubmitted, { ...november, revision: 1 }, [{ code: 'A' }, { code: 'B' }, fine]),
    aReturn({ ...november, revision: 2 }, 'Penyebut belum sesuai.'),
    aSubmission(EvaluationRevised, { ...november, revision: 3 }, [{ code: 'B' }, { code: 'C' }, fine]),
    aSubmission(EvaluationSubmitted, { ...december, revision: 1 }, [
      { code: 'A' },
      { code: 'B', name: 'Cakupan B (baru)' },
    ]),
  ],
  snapshot,
  outcome: {
    actions: [
      { code: 'A', title: 'Tindak lanjut: Cakupan A', evaluation: december, periods: ['2024-12'] },
      {
        code: 'B',
        title: 'Tindak lanjut: Cakupan B (baru)',
        evaluation: december,
        periods: ['2024-11', '2024-12'],
      },
      { code: 'C', title: 'Tindak lanjut: Cakupan C', evaluation: november, periods: ['2024-11'] },
    ].map(({ evaluation, ...action }) => ({
      ...action,
      ...evaluation,
      status: 'proposed',
      unsupported: false,
    })),
    counts: [{ proposed: 3, open: 0, overdue: 0, completed: 0 }],
    evaluations: [
      { period: '2024-11', revision: 3, standing: true },
      { period: '2024-12', revision: 1, standing: true },
    ],
  },
});

const meeting = {
  meetingId: id(21),
  revision: 3,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  status: 'concluded' as const,
  startsAt: '2025-01-13T02:00:00Z',
  durationMinutes: 120,
  place: 'Aula',
  missedAt: null,
  signedAt: null,
  present: 20,
  invited: 25,
};
const concluded = (
  meetingId: string,
  month: string,
  dataPeriod: string,
  agreed: string[],
  carriedOver: string[],
) =>
  aFact(
    MeetingConcluded,
    {
      subject: meetingId,
      revision: 3,
      actor: PEOPLE.headOfManggar,
      unitid: MANGGAR.unitId,
      districtcode: '19.06',
    },
    { ...meeting, meetingId, month, dataPeriod, concludedAt: `${month}-13T04:00:00Z`, agreed, carriedOver },
  );

reactionSuite({
  reader: READERS.actionsFollowMeeting,
  service: () => service,
  needs: districtFacts(),
  facts: [
    concluded(id(31), '2025-02', '2025-01', [id(41)], []),
    concluded(id(32), '2025-03', '2025-02', [], [id(41)]),
  ],
  snapshot: (database) => database.query('SELECT action_id FROM action'),
  outcome: [], // of actions that are not this unit's; what it does with its own stands below
});

describe('a concluded meeting', () => {
  const ofMeeting = (database: DataSource) =>
    database.query(
      `SELECT indicator_code AS code, status, agreed_in AS meeting, agreed_at AS at, carried_over AS carried, needs_completion AS needing
       FROM action JOIN unit_actions USING (unit_id) WHERE indicator_code IN ('P', 'Q') ORDER BY 1`,
    );

  it('agrees on the actions it names, once, ready or not, and counts those it carries over', async () => {
    await deliver(
      service,
      READERS.actionsFollowEvaluation,
      aSubmission(EvaluationSubmitted, { evaluationId: id(9), period: '2025-01', revision: 1 }, [
        { code: 'P' },
        { code: 'Q' },
      ]),
    );
    const ids: Record<string, string> = Object.fromEntries(
      (
        await service.database.query(`SELECT indicator_code, action_id FROM action WHERE status = 'proposed'`)
      ).map((row: { indicator_code: string; action_id: string }) => [row.indicator_code, row.action_id]),
    );
    const february = concluded(id(31), '2025-02', '2025-01', [ids['P']!], []);
    const march = concluded(id(32), '2025-03', '2025-02', [ids['Q']!], [ids['P']!]);
    // When it was concluded, however late the news of it comes.
    const inFebruary = new Date('2025-02-13T04:00:00Z');
    expect(await deliver(service, READERS.actionsFollowMeeting, february, february)).toEqual(['ack', 'ack']);
    expect(await ofMeeting(service.database)).toEqual([
      { code: 'P', status: 'proposed', meeting: id(31), at: inFebruary, carried: 0, needing: 1 },
      { code: 'Q', status: 'proposed', meeting: null, at: null, carried: 0, needing: 1 },
    ]);
    await deliver(service, READERS.actionsFollowMeeting, march, march);
    expect(await ofMeeting(service.database)).toEqual([
      { code: 'P', status: 'proposed', meeting: id(31), at: inFebruary, carried: 1, needing: 2 },
      {
        code: 'Q',
        status: 'proposed',
        meeting: id(32),
        at: new Date('2025-03-13T04:00:00Z'),
        carried: 0,
        needing: 2,
      },
    ]);
  });

  it('has its agreed actions flagged, not withdrawn, when the evaluation behind them is returned', async () => {
    await deliver(
      service,
      READERS.actionsFollowEvaluation,
      aReturn({ evaluationId: id(9), period: '2025-01', revision: 2 }, 'Penyebut belum sesuai.'),
    );
    expect(
      await service.database.query(
        `SELECT status, unsupported FROM action WHERE indicator_code IN ('P', 'Q') AND status <> 'withdrawn'`,
      ),
    ).toEqual([
      { status: 'proposed', unsupported: true },
      { status: 'proposed', unsupported: true },
    ]);
  });
});
