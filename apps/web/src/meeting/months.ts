import { addMonths, localDate, parsePeriod, type Period, type Zone } from '@lokmin/calendar';

/** How many months before and after the present one a meeting can be scheduled for: one held late, one planned ahead. */
const [BEFORE, AFTER] = [3, 3];

/** The month that the clocks of the zone show now. */
export const presentMonth = (now: Date, zone: Zone): Period => parsePeriod(localDate(now, zone).slice(0, 7));

/** The months for which a meeting can be scheduled, and the one asked for, oldest first. */
export function monthsToSchedule(present: Period, asked: Period): Period[] {
  const around = Array.from({ length: BEFORE + AFTER + 1 }, (_, index) => addMonths(present, index - BEFORE));
  return [...new Set([...around, asked])].sort();
}

/**
 * The month that is scheduled next: the present one or, where that has its meeting, the first after it that has none.
 * @param meetings of the puskesmas; a cancelled or missed one leaves its month free
 */
export function nextMonth(present: Period, meetings: readonly { month: string; status: string }[]): Period {
  const taken = new Set<string>(
    meetings.filter(({ status }) => status !== 'CANCELLED' && status !== 'MISSED').map(({ month }) => month),
  );
  let month = present;
  while (taken.has(month)) month = addMonths(month, 1);
  return month;
}

/** The months whose results a meeting can look at: those of the five years before it, newest first. */
export const periodsToLookAt = (month: Period): Period[] =>
  Array.from({ length: 60 }, (_, index) => addMonths(month, -1 - index));
