import { Refusal } from '@lokmin/contracts';

/** Longest acceptance, in days: a target that is missed for longer is a matter of the target. */
export const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/**
 * @param until last day, today or later
 * @param today in the district
 * @throws Refusal `deviation.until`
 */
export function demandUntil(until: string, today: string): void {
  const days = (Date.parse(until) - Date.parse(today)) / DAY_MS;
  if (days < 0 || days > LONGEST_DAYS) throw new Refusal('deviation.until', { days: LONGEST_DAYS }, 'until');
}
