/** Lifetimes. The access token's is short because nothing takes it back; the others bound a lost device. */
export const ACCESS_MINUTES = 10;
export const REFRESH_DAYS = 14;
export const SESSION_DAYS = 90;
/** After single sign-on: what the provider took away from somebody is noticed at the next one. */
export const PROVIDER_SESSION_DAYS = 0.5;
/** A refresh token may come again for so long, while nothing that it gave was used: its answer was lost, or two pages asked. */
export const LOST_ANSWER_SECONDS = 30;

/** Fewer characters are refused in a password. */
export const PASSWORD_LEAST = 12;

/** Whether a password is long enough, spaces at its ends not counted, and does not contain the login. */
export const isStrongPassword = (password: string, login: string): boolean =>
  password.trim().length >= PASSWORD_LEAST && !password.toLowerCase().includes(login.toLowerCase());

/** So many wrong passwords in a row cost nothing but the answer. */
const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 15;
const LONGEST_LOCK_SECONDS = 15 * 60;
/** Failures older than this are forgotten. */
export const FORGET_FAILURES_HOURS = 24;

/**
 * Until when the next attempt for a login is refused, after so many failures in a row: 15 seconds after the fifth,
 * doubling, at most 15 minutes; null: not at all.
 */
export function lockedUntil(failures: number, now: Date): Date | null {
  if (failures <= FREE_FAILURES) return null;
  const doublings = Math.min(failures - FREE_FAILURES - 1, 10);
  const seconds = Math.min(FIRST_LOCK_SECONDS * 2 ** doublings, LONGEST_LOCK_SECONDS);
  return new Date(now.getTime() + seconds * 1000);
}

/** So many wrong codes end the one-time code that was meant. */
export const CODE_FAILURES = 10;

export const KEY_DAYS = 180;
/** A key whose end is nearer than this gets its successor. */
export const KEY_SUCCESSOR_DAYS = 14;
/** A key is announced so long before it signs: every service has heard of it by then. */
export const KEY_LEAD_MINUTES = 10;
/** An old key is accepted so long after its last signature beyond the life of that token. */
export const KEY_MARGIN_MINUTES = 5;

export const plusMinutes = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
export const plusDays = (now: Date, days: number): Date => plusMinutes(now, days * 24 * 60);

/**
 * The key that signs now: of those that may, the newest. When none may yet (the clock was set back), the first that
 * will.
 */
export function signingKey<K extends { signsFrom: Date; notAfter: Date }>(
  keys: readonly K[],
  now: Date,
): K | null {
  const usable = keys
    .filter((key) => key.notAfter >= plusMinutes(now, ACCESS_MINUTES))
    .sort((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());
  return usable.findLast((key) => key.signsFrom <= now) ?? usable[0] ?? null;
}
