import { dayEnds, localDate, type Zone } from '@lokmin/calendar';
import type { MESSAGE_SUBJECTS, SKIP_REASONS, TIMINGS } from '@lokmin/contracts';

export type Category = (typeof MESSAGE_SUBJECTS)[number];
export type Timing = (typeof TIMINGS)[number];
export type SkipReason = (typeof SKIP_REASONS)[number];

/** How a person wants to be told by mail; hours are full hours of the local day, 0 to 23. */
export interface Wishes {
  readonly email: Readonly<Record<Category, Timing>>;
  readonly digestHour: number;
  readonly quietFrom: number;
  readonly quietUntil: number;
}

/** What concerns a person's own actions and invitations go at once, what is about figures once a day; nothing at night. */
export const DEFAULT_WISHES: Wishes = {
  email: { evaluation: 'digest', action: 'at_once', meeting: 'at_once' },
  digestHour: 6,
  quietFrom: 21,
  quietUntil: 6,
};

const HOUR_MS = 3_600_000;
/** First instant of the local day. Days in Indonesia have 24 hours: no zone has daylight saving time. */
const dayBegins = (day: string, zone: Zone) => dayEnds(day, zone).getTime() - 24 * HOUR_MS;

/** The instant itself, or the end of the quiet hours that it lies in. The hour they begin is quiet, the one they end is not. */
export function afterQuietHours(now: Date, { quietFrom, quietUntil }: Wishes, zone: Zone): Date {
  const begin = dayBegins(localDate(now, zone), zone);
  const hour = (now.getTime() - begin) / HOUR_MS;
  const overnight = quietFrom > quietUntil;
  const quiet = overnight ? hour >= quietFrom || hour < quietUntil : hour >= quietFrom && hour < quietUntil;
  if (!quiet) return now;
  const tomorrow = overnight && hour >= quietFrom ? 24 : 0;
  return new Date(begin + (quietUntil + tomorrow) * HOUR_MS);
}

/**
 * When the next digest goes out, strictly after `now`.
 * @param doneToday today's has gone out already: tomorrow's then
 */
export function nextDigest(now: Date, { digestHour }: Wishes, zone: Zone, doneToday = false): Date {
  const today = dayBegins(localDate(now, zone), zone) + digestHour * HOUR_MS;
  return new Date(today > now.getTime() && !doneToday ? today : today + 24 * HOUR_MS);
}

/** What this service knows of a person whom a mail may reach. */
export interface Contact {
  readonly active: boolean;
  readonly email: string | null;
  /** The mail server refused this very address, and nobody has tried it again since. */
  readonly refused: boolean;
  readonly wishes: Wishes;
  /** When the person last opened the inbox; null: never. */
  readonly seenAt: Date | null;
  readonly zone: Zone;
}

/**
 * Why no mail goes to a person; null when one does.
 * @param contact null: not known here yet, which says nothing against a mail
 * @param category null for a digest, whose parts were wanted each for itself
 */
export function obstacle(
  contact: Contact | null,
  category: Category | null,
  mailIsSent: boolean,
): Exclude<SkipReason, 'read' | 'superseded'> | null {
  if (!mailIsSent) return 'no-smtp';
  if (!contact) return null;
  if (!contact.active) return 'inactive';
  if (category && contact.wishes.email[category] === 'off') return 'off';
  if (!contact.email) return 'no-address';
  return contact.refused ? 'address-refused' : null;
}

/** Somebody who opened the inbox this many days ago or less is taken to find what stands in it: one round of lokmin. */
export const INBOX_DAYS = 30;

/** True when the person is taken to look into the inbox. */
export const looksIntoInbox = (contact: Contact | null, now: Date): boolean =>
  contact !== null &&
  contact.active &&
  contact.seenAt !== null &&
  now.getTime() - contact.seenAt.getTime() <= INBOX_DAYS * 24 * HOUR_MS;

/** Statuses and reasons from which an operator may send again: it failed, nobody knows, or what kept it back can be mended. */
export const mayBeSentAgain = (status: string, skipReason: SkipReason | null): boolean =>
  status === 'failed' ||
  status === 'uncertain' ||
  (status === 'skipped' && skipReason !== null && !['off', 'read', 'superseded'].includes(skipReason));
