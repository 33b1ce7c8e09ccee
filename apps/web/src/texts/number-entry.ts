/** What a person typed into a number field. */
export type NumberEntry =
  | { kind: 'empty' }
  /** Exact, with a point: `1234.5`. */
  | { kind: 'number'; value: string }
  /** `1.234` may be one thousand two hundred and thirty-four or one and a bit: the person is asked. */
  | { kind: 'ambiguous'; thousands: string; fraction: string }
  | { kind: 'invalid' };

const number = (digits: string, fraction = ''): NumberEntry => ({
  kind: 'number',
  value: digits.replace(/^0+(?=\d)/, '') + (fraction && `.${fraction}`),
});

/**
 * Reads a number that is not negative with a decimal comma or point and thousands in dots, commas or spaces. Nothing is rounded and nothing
 * guessed: one separator before exactly three digits is ambiguous, unless only zero stands before it (`0,125`).
 */
export function readNumber(text: string): NumberEntry {
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  // Spaces (also the narrow and the unbreakable one) only group thousands.
  const entry = /^\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?$/.test(typed)
    ? typed.replace(/[ \u00a0\u202f]/g, '')
    : typed;
  const spaced = entry !== typed;

  if (/^\d+$/.test(entry)) return number(entry);
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)([.,])(\d+)$/.exec(entry);
  if (grouped && grouped[2] !== grouped[3]) return number(grouped[1]!.replace(/[.,]/g, ''), grouped[4]);
  if (/^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(entry)) return number(entry.replace(/[.,]/g, ''));
  const parts = /^(\d+)[.,](\d+)$/.exec(entry);
  if (!parts) return { kind: 'invalid' };
  const [, whole = '', fraction = ''] = parts;
  if (fraction.length === 3 && whole.length <= 3 && !/^0+$/.test(whole) && !spaced) {
    const [thousands, small] = [number(whole + fraction), number(whole, fraction)];
    if (thousands.kind === 'number' && small.kind === 'number')
      return { kind: 'ambiguous', thousands: thousands.value, fraction: small.value };
  }
  return number(whole, fraction);
}
