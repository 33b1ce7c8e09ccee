import { z } from 'zod';
import {
  ActionAgreed,
  ActionCarriedOver,
  ActionCompleted,
  ActionOverdue,
  ActionProgressed,
  ActionProposed,
  ActionReadied,
  ActionWithdrawn,
} from './actions.ts';
import { ask, command, expectedRevision, page, pageOf } from './ask.ts';
import { districtCode, instant, type FactType, type ServiceName } from './fact.ts';
import { oneLine, withoutTwins } from './fields.ts';
import {
  EvaluationLocked,
  EvaluationProgramVerified,
  EvaluationReturned,
  EvaluationRevised,
  EvaluationSubmitted,
  EvaluationVerified,
  ValuesRecorded,
} from './indicators.ts';
import {
  MeetingCancelled,
  MeetingConcluded,
  MeetingMissed,
  MeetingMoved,
  MeetingOpened,
  MeetingScheduled,
  MinutesSigned,
} from './meetings.ts';

/** The facts that other systems can have sent to them, by the service that announces them. */
export const SENT_FACTS = {
  indicators: [
    ValuesRecorded,
    EvaluationSubmitted,
    EvaluationReturned,
    EvaluationRevised,
    EvaluationProgramVerified,
    EvaluationVerified,
    EvaluationLocked,
  ],
  meetings: [
    MeetingScheduled,
    MeetingMoved,
    MeetingCancelled,
    MeetingOpened,
    MeetingConcluded,
    MeetingMissed,
    MinutesSigned,
  ],
  actions: [
    ActionProposed,
    ActionReadied,
    ActionAgreed,
    ActionProgressed,
    ActionCompleted,
    ActionOverdue,
    ActionCarriedOver,
    ActionWithdrawn,
  ],
} as const satisfies Partial<Record<ServiceName, readonly FactType[]>>;
/** Their types, the words by which a webhook chooses. */
export const SENT_TYPES: readonly string[] = Object.values(SENT_FACTS).flatMap((facts) =>
  facts.map(({ type }) => type),
);
/** The type of what `TestWebhook` sends. */
export const TEST_TYPE = 'lokmin.notifications.webhook.tested.v1';

/** So many webhooks a district may have. */
export const WEBHOOKS_A_DISTRICT = 20;
/** So long the secret from before a rotation goes on signing, beside the new one. */
export const FORMER_SECRET_HOURS = 24;
/** So long deliveries are kept after they were settled. */
export const DELIVERIES_KEPT_DAYS = 30;

/** `queued`: waits for its first or next attempt; `failed`: a day of trying is over. */
export const SENDING_STATUSES = ['queued', 'delivered', 'failed'] as const;

/** Registration number of a puskesmas. */
const unitCode = z.stringFormat('unit-code', /^\d{7}$/);
const wanted = {
  name: oneLine(80),
  /** Where it is sent, by POST. */
  url: z.url({ protocol: /^https?$/ }).max(500),
  types: z
    .array(z.enum(SENT_TYPES))
    .min(1)
    .check(withoutTwins('listed-twice', (type) => type)),
  /** Puskesmas whose facts are sent; null: all of the district. */
  unitCodes: z
    .array(unitCode)
    .min(1)
    .max(200)
    .check(withoutTwins('listed-twice', (code) => code))
    .nullable(),
};

export const webhookView = z.object({
  webhookId: z.uuid(),
  revision: z.int().positive(),
  districtCode,
  name: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  units: z.array(z.object({ unitId: z.uuid(), code: z.string(), name: z.string() })).nullable(),
  enabled: z.boolean(),
  /** Until when the secret from before the last rotation also signs; null when it does not. */
  formerSecretUntil: instant.nullable(),
  queued: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  lastDeliveredAt: instant.nullable(),
  /** Since when its address has not answered as it should; null when the last attempt succeeded. */
  failingSince: instant.nullable(),
});
export const sendingView = z.object({
  sendingId: z.uuid(),
  webhookId: z.uuid(),
  /** The id of the fact, and of the request: the same in every attempt. */
  factId: z.uuid(),
  type: z.string(),
  unitName: z.string().nullable(),
  status: z.enum(SENDING_STATUSES),
  attempts: z.int().nonnegative(),
  queuedAt: instant,
  /** Null when it waits for nothing. */
  nextAttemptAt: instant.nullable(),
  settledAt: instant.nullable(),
  /** HTTP status of the last answer; null when there was none. */
  lastStatus: z.int().nullable(),
  lastError: z.string().nullable(),
});

const one = { webhookId: z.uuid() };
/** With the key that its receiver checks signatures with, `whsec_...`; it is told only here. */
const withSecret = z.object({ webhook: webhookView, secret: z.string() });

export const Webhooks = ask(
  'notifications',
  'webhooks',
  'Webhooks of a district, for its administrators',
  { districtCode },
  z.object({ items: z.array(webhookView) }),
);
export const CreateWebhook = ask(
  'notifications',
  'create-webhook',
  'Has facts of a district sent to another system, from now on',
  { ...command, districtCode, ...wanted },
  withSecret,
);
export const ChangeWebhook = ask(
  'notifications',
  'change-webhook',
  'Changes what is sent where, or holds a webhook; what waits is sent when it goes on',
  { ...command, ...expectedRevision, ...one, ...wanted, enabled: z.boolean() },
  webhookView,
);
export const RotateWebhookSecret = ask(
  'notifications',
  'rotate-webhook-secret',
  'Makes a new secret; for a day the former one signs beside it',
  { ...command, ...expectedRevision, ...one },
  withSecret,
);
export const DeleteWebhook = ask(
  'notifications',
  'delete-webhook',
  'Ends a webhook; what still waits is dropped with the log of it',
  { ...command, ...expectedRevision, ...one },
  z.object({ webhookId: z.uuid() }),
);
export const TestWebhook = ask(
  'notifications',
  'test-webhook',
  'Queues a request without content of the district, to see whether it arrives',
  { ...command, ...one },
  sendingView,
);
export const ListSendings = ask(
  'notifications',
  'list-sendings',
  'What was and is to be sent to a webhook, newest first',
  { ...one, status: z.enum(SENDING_STATUSES).nullable().default(null), ...page },
  pageOf(sendingView),
);
export const Resend = ask(
  'notifications',
  'resend',
  'Sends again, now: one delivery, or everything of the kept days that failed; its receiver knows the ids',
  { ...command, ...one, sendingId: z.uuid().nullable() },
  z.object({ queued: z.int().nonnegative() }),
);

export const webhookRefusals = {
  'webhook.address': {
    id: 'Alamat ini tidak boleh dituju: {problem}.',
    en: 'Nothing may be sent to this address: {problem}.',
  },
  'webhook.too-many': {
    id: 'Kabupaten/kota ini sudah mempunyai {limit} webhook. Hapus yang tidak dipakai lagi.',
    en: 'This district has {limit} webhooks already. Delete those that are no longer used.',
  },
  'webhook.waits': {
    id: 'Kiriman ini masih menunggu giliran; belum perlu dikirim lagi.',
    en: 'This delivery still waits for its turn; there is nothing to send again.',
  },
} as const;
