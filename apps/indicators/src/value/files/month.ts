/** Names of months as offices write them, full and short, in the spellings before and after 1972 and in English. */
const NAMES: readonly (readonly string[])[] = [
  ['januari', 'jan', 'january'],
  ['februari', 'pebruari', 'feb', 'peb', 'february'],
  ['maret', 'mar', 'mrt', 'march'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'jun', 'june'],
  ['juli', 'jul', 'july'],
  ['agustus', 'agu', 'ags', 'agt', 'agust', 'aug', 'august'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt', 'oct', 'october'],
  ['november', 'nopember', 'nov', 'nop'],
  ['desember', 'des', 'dec', 'december'],
];
const NUMBERS = new Map(NAMES.flatMap((names, month) => names.map((name) => [name, month + 1] as const)));

/** Number of a month, 1 to 12, from its name or number; null: none. */
export function readMonth(text: string): number | null {
  if (/^(0?[1-9]|1[0-2])$/.test(text)) return Number(text);
  return NUMBERS.get(text.toLowerCase().replace(/\.$/, '')) ?? null;
}

/**
 * A month of a year: `2024-10`, `202410`, `10/2024`, `Oktober 2024`, `Okt-24`, and `2024-10-01`, as which sheets keep it.
 * @returns `2024-10`; `no-year` for a month alone; null: neither. A day such as `1/10/2024` is null, as it reads two ways.
 */
export function readMonthOfYear(text: string): string | 'no-year' | null {
  const iso = /^((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?:-01)?$/.exec(text);
  if (iso) return `${iso[1]}-${iso[2]}`;
  const parts = /^([a-z]+\.?|\d{1,2})\s*[\s/'-]\s*((?:(?:19|20)\d\d)|\d\d)$/i.exec(text);
  if (parts) {
    const [, name, year] = parts as unknown as [string, string, string];
    const month = readMonth(name);
    if (month === null || (year.length === 2 && /^\d/.test(name))) return null;
    return `${year.length === 2 ? `20${year}` : year}-${String(month).padStart(2, '0')}`;
  }
  return /^[a-z]/i.test(text) && readMonth(text) !== null ? 'no-year' : null;
}
