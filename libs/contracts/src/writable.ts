import type { Text } from './ask.ts';

/**
 * Characters that no text here holds: controls other than tab and line ends (PostgreSQL itself refuses U+0000), halves of
 * a character, and the marks that turn the direction of writing, with which a text can look like another.
 */
const UNWRITABLE = /[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u;

/** The first such character of a text, as `U+0000`; null when there is none. */
export function unwritableIn(text: string): string | null {
  const found = UNWRITABLE.exec(text)?.[0].codePointAt(0);
  return found === undefined ? null : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What is wrong with a text that holds `character`. */
export const unwritable = (character: string): Text => ({
  id: `berisi karakter ${character} yang tidak terlihat dan tidak dapat disimpan; hapus lalu ketik ulang`,
  en: `holds the character ${character}, which cannot be seen or stored; delete it and type it again`,
});

/** The field that carries a whole file: its import reads it and says what is wrong with it by row and column. */
const FILE = 'content';

/**
 * Looks through everything that was sent but the contents of files.
 * @returns the path of the first text, or name of a field, with such a character; null when there is none
 */
export function findUnwritable(
  sent: unknown,
  path: readonly string[] = [],
): { field: string; character: string } | null {
  if (typeof sent === 'string') {
    const character = unwritableIn(sent);
    return character ? { field: path.join('.'), character } : null;
  }
  if (typeof sent !== 'object' || sent === null) return null;
  for (const [name, value] of Object.entries(sent)) {
    if (name === FILE) continue;
    const character = unwritableIn(name);
    const found = character ? { field: path.join('.'), character } : findUnwritable(value, [...path, name]);
    if (found) return found;
  }
  return null;
}
