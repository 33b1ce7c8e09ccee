/**
 * Reads a number as people and spreadsheets write it: `1.234,5`, `1,234.5`, `1 234`, `91,5`, `91.5`.
 * @returns the decimal with a point, exact; `ambiguous` for what can mean thousands or a fraction (`1.234`); null: no number
 */
export function readNumber(text: string): string | 'ambiguous' | null {
  if (/^\d+$/.test(text)) return text;
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return 'ambiguous';
  if (/^\d+[.,]\d+$/.test(text)) return text.replace(',', '.');
  if (/^[1-9]\d{0,2}([ \u00A0\u202F]\d{3})+(,\d+)?$/.test(text))
    return text.replaceAll(/[ \u00A0\u202F]/g, '').replace(',', '.');
  if (/^[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})$/.test(text))
    return text.replaceAll('.', '').replace(',', '.');
  if (/^[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})$/.test(text)) return text.replaceAll(',', '');
  return null;
}
