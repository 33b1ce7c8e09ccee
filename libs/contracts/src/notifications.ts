import { z } from 'zod';
import { ask, command, page, pageOf, text } from './ask.ts';
import { fact, instant } from './fact.ts';

/** What a message is about. A person has one message for each such thing; news about it renews the message. */
export const MESSAGE_SUBJECTS = ['evaluation', 'action'] as const;

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

export const notificationRefusals = {} as const;
