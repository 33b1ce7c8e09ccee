import {
  formatDate,
  formatDecimal,
  formatInstant,
  formatPeriod,
  isPeriod,
  isZone,
  ZONES,
} from '@lokmin/calendar';
import type { Language, Zone } from '@lokmin/calendar';
import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import indonesian from './id.json';
import { inFull } from './in-full.ts';

/** A key of the catalogues; both have the same ones (texts.spec.ts). */
export type TextKey = keyof typeof indonesian;
export const LANGUAGES = { id: 'Bahasa Indonesia', en: 'English' } as const satisfies Record<
  Language,
  string
>;

const remembered = 'lokmin.language';
const catalogues = createInstance();
void catalogues.init({
  lng: 'id',
  fallbackLng: 'id',
  // The keys are plain words with dots and colons in them, not paths; React escapes what it shows.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { id: { translation: indonesian } },
  initAsync: false,
});

/** Switches the screens to a language and remembers it on this device. The English catalogue is fetched when first needed. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (language === 'en' && !catalogues.hasResourceBundle('en', 'translation')) {
    const { default: english } = await import('./en.json');
    catalogues.addResourceBundle('en', 'translation', english);
  }
  await catalogues.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(remembered, language);
  } catch {
    // A browser that stores nothing starts in Indonesian again; that is all.
  }
}

/** Indonesian, unless this device was switched to English before. */
export async function startLanguage(): Promise<void> {
  let language: string | null = null;
  try {
    language = localStorage.getItem(remembered);
  } catch {
    // As above.
  }
  if (language === 'en') await chooseLanguage('en');
}

/** Indonesia's zones by their names on the device; elsewhere the times are shown in WIB, with the zone named. */
function deviceZone(): Zone {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === 'Asia/Pontianak') return 'Asia/Jakarta';
  return isZone(zone) ? zone : 'Asia/Jakarta';
}

function textsIn(language: Language) {
  const zone = deviceZone();
  return {
    language,
    /** The zone on whose clocks times are shown and days are chosen. */
    zone,
    t: (key: TextKey, values: Record<string, string | number> = {}): string =>
      catalogues.t(key, { lng: language, ...values }),
    /** True when the catalogues have this key: for words that come from the services, such as a unit. */
    has: (key: string): key is TextKey => Object.hasOwn(indonesian, key),
    /** A text of the services in the language of the screen. */
    say: (text: { id: string; en: string }): string => text[language],
    /** The same, with the days and months in it (`2025-01-31`, `2024-12`) as people write them. */
    sayInFull: (text: { id: string; en: string }): string => inFull(text[language], language),
    /** An exact decimal as text, `1234.50` as "1.234,50"; never through a float. */
    decimal: (value: string): string => formatDecimal(value, language),
    count: (value: number): string => formatDecimal(String(value), language),
    period: (period: string): string => (isPeriod(period) ? formatPeriod(period, language) : period),
    date: (date: string): string => formatDate(date, language),
    /** A full hour of the day, `6` as "06.00 WIB". */
    hour: (hour: number, zone: string): string =>
      `${String(hour).padStart(2, '0')}${language === 'id' ? '.' : ':'}00 ${isZone(zone) ? ZONES[zone].label : zone}`,
    /** @param at the zone on whose clocks it is shown; otherwise that of the device */
    instant: (instant: string | Date, at: Zone | null = null): string =>
      formatInstant(new Date(instant), at ?? zone, language),
  };
}
export type Texts = ReturnType<typeof textsIn>;

const texts = { id: textsIn('id'), en: textsIn('en') };
const current = (): Texts => texts[catalogues.language as Language];
const subscribe = (changed: () => void) => {
  catalogues.on('languageChanged', changed);
  return () => catalogues.off('languageChanged', changed);
};

/** The catalogues and formats of the chosen language; the component is drawn again when it changes. */
export const useTexts = (): Texts => useSyncExternalStore(subscribe, current);
