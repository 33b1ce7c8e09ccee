import { EvaluationRevised, EvaluationSubmitted, READERS } from '@lokmin/contracts';
import {
  aReturn,
  aService,
  aSubmission,
  districtFacts,
  id,
  reactionSuite,
  rosterSuite,
  type TestService,
} from '@lokmin/testing';
import type { DataSource } from 'typeorm';
import { actions } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(actions);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.actionsRoster, service: () => service });

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
