import { Temporal } from 'temporal-polyfill';
import { addMonths, type Period } from './period.ts';

/** The three time zones of Indonesia. None has daylight saving time. */
export const ZONES = {
  'Asia/Jakarta': { label: 'WIB', name: 'Waktu Indonesia Barat' },
  'Asia/Makassar': { label: 'WITA', name: 'Waktu Indonesia Tengah' },
  'Asia/Jayapura': { label: 'WIT', name: 'Waktu Indonesia Timur' },
} as const;

export type Zone = keyof typeof ZONES;

export function isZone(text: string): text is Zone {
  return Object.hasOwn(ZONES, text);
}

/** The calendar day, `YYYY-MM-DD`, that the clocks of the zone show at this instant. */
export function localDate(instant: Date, zone: Zone): string {
  return inZone(instant, zone).toPlainDate().toString();
}

/** The time, `HH:MM`, that the clocks of the zone show at this instant; seconds are left out. */
export function localTime(instant: Date, zone: Zone): string {
  return inZone(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/**
 * The instant at which the clocks of the zone show this time, ISO 8601 with the offset of the zone.
 * @param date `YYYY-MM-DD`
 * @param time `HH:MM`
 * @throws RangeError when the date or the time does not exist
 */
export function instantAt(date: string, time: string, zone: Zone): string {
  if (!/^\d{2}:\d{2}$/.test(time)) throw new RangeError(`Not a time (HH:MM): ${JSON.stringify(time)}`);
  return plainDate(date)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

/**
 * The first instant after the local day: midnight at its end.
 * @param date `YYYY-MM-DD`
 * @throws RangeError when the date does not exist
 */
export function dayEnds(date: string, zone: Zone): Date {
  const next = plainDate(date).add({ days: 1 });
  return new Date(next.toZonedDateTime(zone).epochMilliseconds);
}

/** The first instant after the month, on the clocks of the zone. */
export function monthEnds(month: Period, zone: Zone): Date {
  return new Date(plainDate(`${addMonths(month, 1)}-01`).toZonedDateTime(zone).epochMilliseconds);
}

/** An instant on the clocks of the zone, ISO 8601 with its offset, to the millisecond. */
export const instantIn = (instant: Date, zone: Zone): string =>
  inZone(instant, zone).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });

/** Inside this library only: nothing of Temporal is part of what we export. */
export function inZone(instant: Date, zone: Zone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}

/** Inside this library only. Refuses what Temporal would accept beyond `YYYY-MM-DD`, such as a time of day. */
export function plainDate(date: string): Temporal.PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new RangeError(`Not a date (YYYY-MM-DD): ${JSON.stringify(date)}`);
  return Temporal.PlainDate.from(date, { overflow: 'reject' });
}
