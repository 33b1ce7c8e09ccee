import { localDate, type Zone } from '@lokmin/calendar';

/**
 * How early it is to open a meeting: before its `day`, when it cannot be opened; on its day and before the `hour` of its
 * start; null from its start on.
 * @param startsAt null: not known yet
 */
export function earliness(startsAt: string | null, zone: Zone, now: Date): 'day' | 'hour' | null {
  if (startsAt === null) return null;
  const start = new Date(startsAt);
  if (localDate(now, zone) < localDate(start, zone)) return 'day';
  return now < start ? 'hour' : null;
}
