import type { AskType } from './ask.ts';
import { AUDIT, witnessOf } from './audit.ts';
import * as actions from './actions.ts';
import * as directory from './directory.ts';
import { REFERENCE_STREAM, SERVICES, type Fact, type FactType, type ServiceName } from './fact.ts';
import * as indicators from './indicators.ts';
import * as meetings from './meetings.ts';
import * as notifications from './notifications.ts';
import { OPERATING } from './operating.ts';
import * as webhooks from './webhooks.ts';

const isFact = (value: unknown): value is FactType =>
  typeof value === 'object' && value !== null && 'stream' in value && 'data' in value;

/** Every fact that any service announces. */
export const FACTS: readonly FactType[] = [
  directory,
  indicators,
  meetings,
  actions,
  notifications,
  ...Object.values(AUDIT),
].flatMap((module) => Object.values(module).filter(isFact));

/**
 * A durable consumer: who reads what, and how.
 * `projection`: whole-state facts, the highest revision wins, read from the beginning.
 * `effect`: once per fact id, whatever the order; facts from before it first existed are passed over.
 */
export interface Reader<F extends FactType = FactType> {
  readonly service: ServiceName;
  /** Literal and lasting: renaming a method must not replay history. */
  readonly durable: string;
  readonly kind: 'projection' | 'effect';
  readonly does: string;
  readonly facts: readonly F[];
  readonly stream: string;
  /** One subject filter (NATS 2.9 knows no more), which covers all the facts. */
  readonly filter: string;
}
export type FactOf<R> = R extends Reader<infer F> ? (F extends FactType ? Fact<F> : never) : never;

/** The narrowest subject that covers all the types: the words they share, then `>`. */
function filterFor(facts: readonly FactType[]): string {
  const subjects = facts.map((f) => (f.stream === REFERENCE_STREAM ? `${f.type}.*` : f.type).split('.'));
  const [first = []] = subjects;
  const shared = first.findIndex((word, i) => subjects.some((other) => other[i] !== word));
  return shared < 0 ? first.join('.') : [...first.slice(0, shared), '>'].join('.');
}

function reader<F extends FactType>(
  service: ServiceName,
  durable: string,
  kind: Reader['kind'],
  does: string,
  facts: readonly F[],
): Reader<F> {
  const streams = new Set(facts.map((f) => f.stream));
  if (streams.size !== 1) throw new Error(`${durable}: the facts of one reader come from one stream`);
  return { service, durable, kind, does, facts, stream: [...streams][0]!, filter: filterFor(facts) };
}

const roster = (service: ServiceName) =>
  reader(
    service,
    `${service}-roster`,
    'projection',
    'keeps its own copy of units, coaching groups, people, posts, guests and token keys',
    [
      directory.DistrictState,
      directory.UnitState,
      directory.PersonState,
      directory.PostState,
      directory.CoachingGroupState,
      directory.GuestState,
      directory.TokenKeyState,
    ],
  );

const witness = (of: ServiceName) =>
  reader(
    witnessOf(of),
    `${witnessOf(of)}-witness`,
    'projection',
    `keeps the seals of the audit trail of ${of}`,
    [AUDIT[of].AuditSealed],
  );

/** One for each service that announces what is sent: the filter of a reader is as narrow as one word allows. */
const sender = (of: keyof typeof webhooks.SENT_FACTS) =>
  reader<FactType>(
    'notifications',
    `notifications-send-${of}`,
    'effect',
    `queues facts of ${of} for the webhooks that want them`,
    webhooks.SENT_FACTS[of],
  );

const { EvaluationSubmitted, EvaluationReturned, EvaluationRevised } = indicators;
const {
  ActionAgreed,
  ActionCarriedOver,
  ActionCompleted,
  ActionOverdue,
  ActionProgressed,
  ActionProposed,
  ActionReadied,
  ActionSupported,
  ActionUnsupported,
  ActionWithdrawn,
} = actions;
const { MeetingCancelled, MeetingConcluded, MeetingMissed, MeetingMoved, MeetingScheduled, MinutesSigned } =
  meetings;

/** Who reacts to what: the table from which consumers, permissions and the catalogue are made. */
export const READERS = {
  directoryRoster: roster('directory'),
  directoryMarkAddress: reader(
    'directory',
    'directory-mark-address',
    'effect',
    "marks a person's e-mail address that was refused",
    [notifications.MessageFailed],
  ),
  indicatorsRoster: roster('indicators'),
  meetingsRoster: roster('meetings'),
  actionsRoster: roster('actions'),
  notificationsRoster: roster('notifications'),
  indicatorsFollowMeeting: reader(
    'indicators',
    'indicators-follow-meeting',
    'projection',
    'keeps which meetings each puskesmas concluded, for the management variables of its score',
    [MeetingConcluded],
  ),
  meetingsFollowEvaluation: reader(
    'meetings',
    'meetings-follow-evaluation',
    'projection',
    'keeps what the newest revision of each evaluation judged kurang, for the agenda',
    [EvaluationSubmitted, EvaluationReturned, EvaluationRevised],
  ),
  meetingsFollowAction: reader(
    'meetings',
    'meetings-follow-action',
    'projection',
    'keeps the newest state of each action, for the agenda and its review',
    [
      ActionProposed,
      ActionSupported,
      ActionUnsupported,
      ActionReadied,
      ActionAgreed,
      ActionProgressed,
      ActionCompleted,
      ActionWithdrawn,
      ActionOverdue,
      ActionCarriedOver,
    ],
  ),
  actionsFollowMeeting: reader(
    'actions',
    'actions-follow-meeting',
    'effect',
    'marks the actions that a meeting agreed on, and counts those that it carried over',
    [MeetingConcluded],
  ),
  actionsFollowEvaluation: reader(
    'actions',
    'actions-follow-evaluation',
    'effect',
    'proposes actions for indicators judged kurang, links or withdraws them when the evaluation is returned or revised',
    [EvaluationSubmitted, EvaluationReturned, EvaluationRevised],
  ),
  notificationsTellOfEvaluation: reader(
    'notifications',
    'notifications-tell-of-evaluation',
    'effect',
    'tells the people concerned of a submitted, returned or revised evaluation',
    [EvaluationSubmitted, EvaluationReturned, EvaluationRevised],
  ),
  notificationsTellOfMeeting: reader(
    'notifications',
    'notifications-tell-of-meeting',
    'effect',
    'invites the people of the puskesmas, and tells the leaders and the district of missed meetings and signed minutes',
    [MeetingScheduled, MeetingMoved, MeetingCancelled, MeetingMissed, MinutesSigned],
  ),
  notificationsTellOfAction: reader(
    'notifications',
    'notifications-tell-of-action',
    'effect',
    'tells the owner of an action that is theirs now or overdue, the owner before, and the head of one overdue or completed',
    [ActionReadied, ActionCompleted, ActionOverdue],
  ),
  notificationsSendIndicators: sender('indicators'),
  notificationsSendMeetings: sender('meetings'),
  notificationsSendActions: sender('actions'),
  indicatorsWitness: witness('directory'),
  meetingsWitness: witness('indicators'),
  actionsWitness: witness('meetings'),
  notificationsWitness: witness('actions'),
  directoryWitness: witness('notifications'),
} as const;

export const readersOf = (service: ServiceName): Reader[] =>
  (Object.values(READERS) as Reader[]).filter((reader) => reader.service === service);

/** Subjects that each stream captures; requests (`lokmin.ask.>`) lie outside on purpose. */
export const STREAM_SUBJECTS = {
  LOKMIN_FACTS: SERVICES.map((service) => `lokmin.${service}.>`),
  LOKMIN_REFERENCE: ['lokmin.ref.>'],
};

const isAsk = (value: unknown): value is AskType =>
  typeof value === 'object' && value !== null && 'reply' in value && 'access' in value;

/** Every request that any service answers. */
export const ASKS: readonly AskType[] = [
  directory,
  indicators,
  meetings,
  actions,
  notifications,
  webhooks,
  ...Object.values(OPERATING),
  ...Object.values(AUDIT),
].flatMap((module) => Object.values(module).filter(isAsk));
export const asksOf = (service: ServiceName): AskType[] => ASKS.filter((ask) => ask.service === service);
