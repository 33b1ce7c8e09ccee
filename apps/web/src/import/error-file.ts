/** One thing wrong with one cell of an uploaded file. */
export interface RowError {
  sheet: string | null;
  row: number;
  column: string | null;
  value: string | null;
  message: { id: string; en: string };
}

/** A cell that a spreadsheet would run as a formula is made a plain text; quotes, separators and line breaks are quoted. */
function cell(content: string): string {
  const text = /^[=+\-@\t\r]/.test(content) ? `'${content}` : content;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The errors as a CSV that Indonesian Excel opens as it is: UTF-8 with a byte order mark, semicolons, CRLF.
 * @param header the four column names
 */
export function errorFile(
  errors: readonly RowError[],
  header: readonly string[],
  language: 'id' | 'en',
): string {
  const rows = errors.map((error) => [
    String(error.row),
    error.column ?? '',
    error.value ?? '',
    error.message[language],
  ]);
  return '\ufeff' + [header, ...rows].map((row) => row.map(cell).join(';') + '\r\n').join('');
}
