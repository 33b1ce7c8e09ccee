import { z } from 'zod';
import { ask, command, expectedRevision, overviewPlace, page, pageOf, text } from './ask.ts';
import { TIME_ZONES } from './directory.ts';
import { districtCode, fact, instant } from './fact.ts';

/** What a message is about. A person has one message for each such thing; news about it renews the message. */
export const MESSAGE_SUBJECTS = ['evaluation', 'action', 'meeting'] as const;

export const MessageDelivered = fact(
  'lokmin.notifications.message.delivered.v1',
  "A message stands in a person's inbox, new or renewed",
  {
    messageId: z.uuid(),
    personId: z.uuid(),
    /** Counts up with each renewal of the message, from 1. */
    revision: z.int().positive(),
    channel: z.literal('inbox'),
    about: z.enum(MESSAGE_SUBJECTS),
    aboutId: z.uuid(),
  },
);

/** What becomes of a mail. `uncertain`: the server may have taken it; it is not sent a second time by itself. */
export const DELIVERY_STATUSES = ['queued', 'sending', 'sent', 'failed', 'uncertain', 'skipped'] as const;
/** Why no mail goes out. `read`: the person read it in the inbox first; `superseded`: newer news took its place. */
export const SKIP_REASONS = [
  'no-smtp',
  'no-address',
  'address-refused',
  'inactive',
  'off',
  'read',
  'superseded',
] as const;

export const MessageFailed = fact(
  'lokmin.notifications.message.failed.v1',
  'A mail failed for good: its recipient or its content was refused, or a day of trying is over',
  {
    deliveryId: z.uuid(),
    personId: z.uuid(),
    /** Null for a digest, which is about several. */
    messageId: z.uuid().nullable(),
    channel: z.literal('email'),
    /** As it was used. */
    address: z.string(),
    /** `recipient-refused` is about the address; the others are not. */
    reason: z.enum(['recipient-refused', 'message-refused', 'gave-up']),
    /** The last word of the mail server, or why it was not reached. */
    detail: z.string(),
  },
);

export const PersonUnreachable = fact(
  'lokmin.notifications.person.unreachable.v1',
  'The owner of an action was to be told of it, and neither a mail nor the inbox reaches them',
  {
    personId: z.uuid(),
    messageId: z.uuid(),
    unitId: z.uuid(),
    about: z.enum(MESSAGE_SUBJECTS),
    aboutId: z.uuid(),
    /** Why no mail reaches them. */
    reason: z.enum(['no-smtp', 'no-address', 'address-refused', 'inactive', 'off', 'failed']),
  },
);

export const messageView = z.object({
  messageId: z.uuid(),
  about: z.enum(MESSAGE_SUBJECTS),
  aboutId: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  /** What happened, for example `evaluation.submitted`, `action.readied`. */
  kind: z.string(),
  title: text,
  body: text,
  /** Page of the browser application that shows it, relative, for example `/puskesmas/1012406?periode=2024-12`. */
  link: z.string(),
  deliveredAt: instant,
  readAt: instant.nullable(),
});
export const Inbox = ask(
  'notifications',
  'inbox',
  "The caller's messages, newest first, with the unread count",
  { ...page, unreadOnly: z.boolean().default(false) },
  pageOf(messageView).extend({ unread: z.int().nonnegative() }),
);
export const MarkRead = ask(
  'notifications',
  'mark-read',
  'Marks messages of the caller as read; empty list: all',
  { ...command, messageIds: z.array(z.uuid()).max(200) },
  z.object({ unread: z.int().nonnegative() }),
);

/** When mails about a kind of thing go out: each at once, all in one digest a day, or none. */
export const TIMINGS = ['at_once', 'digest', 'off'] as const;
const emailWishes = z.object({
  evaluation: z.enum(TIMINGS),
  action: z.enum(TIMINGS),
  meeting: z.enum(TIMINGS),
});
/** A full hour of the local day. */
const hour = z.int().min(0).max(23);
const wishes = {
  email: emailWishes,
  /** When the digest of the day goes out, on the clocks of the person's unit. */
  digestHour: hour,
  /** From when to when mails that would go at once wait; the same hour twice: never. */
  quietFrom: hour,
  quietUntil: hour,
};
const preferences = z.object({
  ...wishes,
  /** 1 as long as nothing was chosen. */
  revision: z.int().positive(),
  timeZone: z.enum(TIME_ZONES),
  address: z.string().nullable(),
  /** True when the mail server refused the address; a new address ends that. */
  addressRefused: z.boolean(),
  /** False where this installation sends no mail at all. */
  mailIsSent: z.boolean(),
});
export const Preferences = ask(
  'notifications',
  'preferences',
  'How the caller wants to be told, with the address that mails go to',
  {},
  preferences,
);
export const SetPreferences = ask(
  'notifications',
  'set-preferences',
  'Chooses how the caller is told; mails that wait are planned anew',
  { ...command, ...expectedRevision, ...wishes },
  preferences,
);

export const deliveryView = z.object({
  deliveryId: z.uuid(),
  kind: z.enum(['message', 'digest']),
  status: z.enum(DELIVERY_STATUSES),
  personId: z.uuid(),
  personName: z.string(),
  unitName: z.string().nullable(),
  subject: z.string(),
  /** The address as it was used; null before the first attempt. */
  address: z.string().nullable(),
  attempts: z.int().nonnegative(),
  queuedAt: instant,
  /** When it is tried next; null when it waits for nothing. */
  nextAttemptAt: instant.nullable(),
  /** When it was sent, failed or given up. */
  settledAt: instant.nullable(),
  skipReason: z.enum(SKIP_REASONS).nullable(),
  lastError: z.string().nullable(),
  rfcMessageId: z.string(),
  mayBeSentAgain: z.boolean(),
});
export const ListDeliveries = ask(
  'notifications',
  'list-deliveries',
  'Mails of a district, newest first, for its administrators',
  { districtCode, status: z.enum(DELIVERY_STATUSES).nullable().default(null), ...page },
  pageOf(deliveryView),
);
export const SendAgain = ask(
  'notifications',
  'send-again',
  'Queues a mail again that failed, is uncertain or could not go out; an uncertain one may then arrive twice',
  { ...command, deliveryId: z.uuid() },
  deliveryView,
);
export const DistrictNotifications = ask(
  'notifications',
  'district-summary',
  'Per puskesmas of a district or coaching group: owners with unread news of their actions whom nothing reaches',
  { ...overviewPlace },
  z.object({
    asOf: instant,
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        unreachable: z.int().nonnegative(),
        personIds: z.array(z.uuid()),
      }),
    ),
  }),
);

export const notificationRefusals = {
  'delivery.not-again': {
    id: 'Surel ini tidak dapat dikirim lagi: statusnya {status}.',
    en: 'This mail cannot be sent again: it is {status}.',
  },
} as const;
