import { addMonths, dayEnds, formatInstant, parsePeriod, type Zone } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type { Standing } from '../evaluation/evaluation.rules.ts';

export const KINDS = ['entry', 'verification'] as const;
export type WindowKind = (typeof KINDS)[number];

/** What a district has set for a month: last days, counted in the month after it (1-28); null: that window never closes. */
export interface WindowDays {
  readonly entryDay: number | null;
  readonly verificationDay: number | null;
}
/** A later last day, for one puskesmas or (null) all of the district. */
export interface Extension {
  readonly kind: WindowKind;
  readonly unitId: string | null;
  /** `YYYY-MM-DD`, the last day. */
  readonly until: string;
}

/** The last day of a window: `2025-01-05` for the 5th and the period `2024-12`. */
export const lastDay = (period: string, day: number): string =>
  `${addMonths(parsePeriod(period), 1)}-${String(day).padStart(2, '0')}`;

/**
 * The first instant at which a window is closed: midnight at the end of its last day, on the clocks of the zone. The
 * latest of what was set and every extension that reaches the unit (null: the district as a whole) holds.
 * @returns null while nothing was set: it never closes
 */
export function closesAt(
  kind: WindowKind,
  period: string,
  days: WindowDays | null,
  extensions: readonly Extension[],
  unitId: string | null,
  zone: Zone,
): Date | null {
  const day = kind === 'entry' ? days?.entryDay : days?.verificationDay;
  if (day === null || day === undefined) return null;
  const last = extensions
    .filter((it) => it.kind === kind && (it.unitId === null || it.unitId === unitId))
    .reduce((latest, { until }) => (until > latest ? until : latest), lastDay(period, day));
  return dayEnds(last, zone);
}

/** Half-open: at its closing instant a window is closed. */
export const isOpen = (closesAt: Date | null, now: Date): boolean => closesAt === null || now < closesAt;

/** What is returned is mended as long as the district verifies; anything else is entered while entry is open. */
export const windowOfEntry = (standing: Standing): WindowKind =>
  standing === 'returned' ? 'verification' : 'entry';

/** What is said of a window that is closed, with the instant on the clocks of the zone. */
export const closedWindow = (
  kind: WindowKind,
  period: string,
  closedAt: Date,
  zone: Zone,
  field: string | null = null,
): Refusal =>
  new Refusal(
    kind === 'entry' ? 'window.entry-closed' : 'window.verification-closed',
    { period, at: { id: formatInstant(closedAt, zone, 'id'), en: formatInstant(closedAt, zone, 'en') } },
    field,
  );

/** @throws Refusal `window.order` when verification would close before entry */
export function checkDays({ entryDay, verificationDay }: WindowDays): void {
  if (entryDay !== null && verificationDay !== null && verificationDay < entryDay)
    throw new Refusal('window.order', { entryDay, verificationDay }, 'verificationDay');
}

/** @throws Refusal `window.missing`, `window.not-later` for an extension that extends nothing */
export function checkExtension(
  period: string,
  days: WindowDays | null,
  kind: WindowKind,
  until: string,
): void {
  const day = kind === 'entry' ? days?.entryDay : days?.verificationDay;
  if (day === null || day === undefined) throw new Refusal('window.missing', { period }, 'period');
  if (until <= lastDay(period, day)) throw new Refusal('window.not-later', { period }, 'until');
}
