const DAY_MS = 86_400_000;
/** A guest reports until so many days after the due date, unless somebody chooses otherwise. */
const AFTER_DUE_DAYS = 30;
/** The directory refuses a later day. */
const MOST_DAYS = 90;

/** A link ends with its day: told as the last minute of that, not as midnight, which people take for the day after. */
export const lastMinute = (expiresAt: string): Date => new Date(Date.parse(expiresAt) - 60_000);
export const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now();

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The last day that is proposed for a link: 30 days after the due date, or after today where that has passed, and at
 * most 90 days from today.
 * @param now on the clock of this device
 */
export function linkUntil(dueDate: string | null, now: Date): string {
  const today = day(now.getTime() - now.getTimezoneOffset() * 60_000);
  const begins = dueDate !== null && dueDate > today ? dueDate : today;
  const wanted = Date.parse(begins) + AFTER_DUE_DAYS * DAY_MS;
  return day(Math.min(wanted, Date.parse(today) + MOST_DAYS * DAY_MS));
}
