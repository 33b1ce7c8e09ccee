import {
  ActionAgreed,
  ActionCompleted,
  ActionProposed,
  ActionReadied,
  EvaluationRevised,
  EvaluationSubmitted,
  READERS,
  type FactOf,
} from '@lokmin/contracts';
import {
  auditSuite,
  aFact,
  aReturn,
  aService,
  aSubmission,
  id,
  MANGGAR,
  PEOPLE,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type TestService,
} from '@lokmin/testing';
import { meetings } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(meetings);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.meetingsRoster, service: () => service });
witnessSuite({ reader: READERS.meetingsWitness, service: () => service });
auditSuite(meetings, () => service);

const evaluation = { evaluationId: id(1), period: '2024-12' };
reactionSuite({
  reader: READERS.meetingsFollowEvaluation,
  service: () => service,
  facts: [
    aSubmission(EvaluationSubmitted, { ...evaluation, revision: 1 }, [{ code: 'A' }, { code: 'B' }]),
    aReturn({ ...evaluation, revision: 2 }, 'Penyebut belum sesuai.'),
    aSubmission(EvaluationRevised, { ...evaluation, revision: 3 }, [
      { code: 'B' },
      { code: 'C', judgement: 'baik' },
    ]),
  ],
  snapshot: (database) => database.query('SELECT revision, period, standing, kurang FROM known_evaluation'),
  outcome: [
    {
      revision: 3,
      period: '2024-12',
      standing: true,
      kurang: [{ code: 'B', name: 'Cakupan B', performance: '50.00' }],
    },
  ],
});

const action = (revision: number, given: object = {}) => ({
  actionId: id(11),
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  indicatorCode: 'KIA-K1',
  indicatorName: 'Cakupan K1',
  title: 'Sapu bersih K1',
  status: 'proposed' as const,
  ownerId: null,
  ownerName: null,
  dueDate: null,
  progress: 0,
  overdueSince: null,
  evaluationId: id(1),
  period: '2024-12',
  unsupported: false,
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
  ...given,
});
const about = (revision: number, time: string) => ({
  subject: id(11),
  revision,
  actor: PEOPLE.headOfManggar,
  unitid: MANGGAR.unitId,
  districtcode: '19.06',
  time,
});
const owner = {
  ownerId: PEOPLE.kiaOfManggar,
  ownerName: 'Pemegang Program KIA Manggar',
  dueDate: '2025-01-31',
};
const agreed = { ...owner, agreedAt: '2025-01-13T04:00:00Z', agreedIn: id(21) };

reactionSuite({
  reader: READERS.meetingsFollowAction,
  service: () => service,
  facts: [
    aFact(ActionProposed, about(1, '2025-01-05T02:00:00Z'), action(1)),
    aFact(ActionReadied, about(2, '2025-01-06T02:00:00Z'), {
      ...action(2, { ...owner, status: 'ready' }),
      formerOwnerId: null,
    }),
    aFact(ActionAgreed, about(3, '2025-01-13T04:00:00Z'), {
      ...action(3, { ...agreed, status: 'ready' }),
      month: '2025-01',
    }),
    aFact(ActionCompleted, about(4, '2025-01-20T02:00:00Z'), {
      ...action(4, { ...agreed, status: 'completed', progress: 100 }),
      note: 'Semua desa.',
      evidence: [],
    }),
  ] as FactOf<typeof READERS.meetingsFollowAction>[],
  snapshot: (database) =>
    database.query(
      'SELECT revision, status, owner_name, due_date::text, progress, agreed, changed_at FROM known_action',
    ),
  outcome: [
    {
      revision: 4,
      status: 'completed',
      owner_name: 'Pemegang Program KIA Manggar',
      due_date: '2025-01-31',
      progress: 100,
      agreed: true,
      changed_at: new Date('2025-01-20T02:00:00Z'),
    },
  ],
});
