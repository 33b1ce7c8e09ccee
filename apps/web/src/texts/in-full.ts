import { formatDate, formatPeriod, isPeriod, type Language } from '@lokmin/calendar';

/** A text with the days and months in it as people write them; an instant is left as it is. */
export const inFull = (text: string, language: Language): string =>
  text.replace(/\b\d{4}-\d{2}(-\d{2})?\b(?![-T]\d)/g, (found) => {
    try {
      return isPeriod(found) ? formatPeriod(found, language) : formatDate(found, language);
    } catch {
      return found; // digits of another meaning
    }
  });
