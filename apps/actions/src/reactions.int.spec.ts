import {
  EvaluationReturned,
  EvaluationRevised,
  EvaluationSubmitted,
  READERS,
  type Fact,
} from '@lokmin/contracts';
import {
  aFact,
  aService,
  districtFacts,
  id,
  MANGGAR,
  PEOPLE,
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
const key = (evaluation: typeof november, revision: number) => ({
  ...evaluation,
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  bundleId: id(3),
});
const submitted = (
  type: typeof EvaluationSubmitted | typeof EvaluationRevised,
  evaluation: typeof november,
  revision: number,
  kurang: Record<string, string>,
) =>
  aFact(
    type,
    { subject: evaluation.evaluationId, revision, actor: PEOPLE.headOfManggar },
    {
      ...key(evaluation, revision),
      submittedBy: PEOPLE.headOfManggar,
      submittedAt: '2025-01-05T02:00:00Z',
      tally: { baik: 1, cukup: 0, kurang: Object.keys(kurang).length, tanpa_target: 0, tanpa_data: 0 },
      judged: Object.entries({ ...kurang, good: 'Capaian baik' }).map(([code, name]) => ({
        code,
        name,
        program: 'KIA',
        unit: 'percent',
        judgement: code === 'good' ? ('baik' as const) : ('kurang' as const),
        numerator: '1',
        denominator: '2',
        coverage: '50.00',
        runningTarget: '100.00',
        performance: '50.00',
      })),
    },
  ) as Fact<typeof EvaluationSubmitted>;
const returned = (evaluation: typeof november, revision: number) =>
  aFact(
    EvaluationReturned,
    { subject: evaluation.evaluationId, revision, actor: PEOPLE.officer },
    {
      ...key(evaluation, revision),
      returnedBy: PEOPLE.officer,
      reason: 'Penyebut belum sesuai.',
    },
  );

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
    submitted(EvaluationSubmitted, november, 1, { A: 'Cakupan A', B: 'Cakupan B' }),
    returned(november, 2),
    submitted(EvaluationRevised, november, 3, { B: 'Cakupan B', C: 'Cakupan C' }),
    submitted(EvaluationSubmitted, december, 1, { A: 'Cakupan A', B: 'Cakupan B (baru)' }),
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
