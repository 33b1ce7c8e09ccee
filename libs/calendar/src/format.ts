import { monthOf, yearOf, type Period } from './period.ts';
import { inZone, plainDate, ZONES, type Zone } from './zone.ts';

/** The languages of the screens: Indonesian first, English second. */
export type Language = 'id' | 'en';

// Written out, because the month names of Intl differ between engines and need its full data.
const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** `2024-12` as "Desember 2024". */
export function formatPeriod(period: Period, language: Language = 'id'): string {
  return `${MONTHS[language][monthOf(period) - 1]} ${yearOf(period)}`;
}

/**
 * `2024-12-05` as "5 Desember 2024".
 * @throws RangeError when the date does not exist
 */
export function formatDate(date: string, language: Language = 'id'): string {
  const { day, month, year } = plainDate(date);
  return `${day} ${MONTHS[language][month - 1]} ${year}`;
}

const WEEKDAYS: Record<Language, readonly string[]> = {
  id: 'Senin Selasa Rabu Kamis Jumat Sabtu Minggu'.split(' '),
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
};

/**
 * The day of the week of `2024-12-05`: "Kamis".
 * @throws RangeError when the date does not exist
 */
export const formatWeekday = (date: string, language: Language = 'id'): string =>
  WEEKDAYS[language][plainDate(date).dayOfWeek - 1]!;

/** An instant as "5 Desember 2024 08.30 WIB", on the clocks of the zone. */
export function formatInstant(instant: Date, zone: Zone, language: Language = 'id'): string {
  const local = inZone(instant, zone);
  const [hour, minute] = [local.hour, local.minute].map((part) => String(part).padStart(2, '0'));
  const time = `${hour}${language === 'id' ? '.' : ':'}${minute}`;
  return `${formatDate(local.toPlainDate().toString(), language)} ${time} ${ZONES[zone].label}`;
}

/**
 * An exact decimal number as people write it: `-1234567.50` as "-1.234.567,50". Every digit given is kept, none is
 * added: nothing passes through a float.
 * @throws RangeError when `decimal` is not digits with an optional `.` part
 */
export function formatDecimal(decimal: string, language: Language = 'id'): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match) throw new RangeError(`Not a decimal number: ${JSON.stringify(decimal)}`);
  const [, sign, whole = '', fraction] = match;
  const [group, comma] = language === 'id' ? ['.', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign}${grouped}${fraction === undefined ? '' : comma + fraction}`;
}

/**
 * The same in each language, for a text that is kept in both.
 * @throws RangeError as `formatDecimal`
 */
export const decimalText = (decimal: string): Record<Language, string> => ({
  id: formatDecimal(decimal, 'id'),
  en: formatDecimal(decimal, 'en'),
});
