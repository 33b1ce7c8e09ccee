import { EVIDENCE_TYPES, Refusal, type EvidenceFile } from '@lokmin/contracts';

type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** UTF-16 units of a name. */
const LONGEST_NAME = 200;
/** How names of a type end; the first is given to a name that ends otherwise. */
const ENDINGS: Record<EvidenceType, readonly [string, ...string[]]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
};
/** Bytes of the beginning that tell the type. */
export const HEAD_BYTES = 12;

/** What a content is, whatever its sender calls it; null: none of the types that are taken. */
export function typeOf(head: Buffer): EvidenceType | null {
  const has = (at: number, bytes: string) => head.toString('latin1', at, at + bytes.length) === bytes;
  if (has(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (has(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (has(0, 'RIFF') && has(8, 'WEBP')) return 'image/webp';
  return has(0, '%PDF-') ? 'application/pdf' : null;
}

/** What is left of a name without folders and characters that cannot be seen; at most 200 UTF-16 units, may be empty. */
export function cleanName(given: string, longest = LONGEST_NAME): string {
  const name = given
    .slice(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^[.\s]+/, '');
  let short = '';
  for (const character of name) {
    if (short.length + character.length > longest) break; // no half of a character
    short += character;
  }
  return short.trim();
}

/**
 * The name under which a file is kept and given out again. It has the ending of its type, so that nobody's computer opens
 * a picture as something else.
 * @returns 1-200 UTF-16 units
 */
export function nameOf(given: string, type: EvidenceType): string {
  const [usual] = ENDINGS[type];
  const name = cleanName(given);
  if (ENDINGS[type].some((ending) => name.toLowerCase().endsWith(ending) && name.length > ending.length))
    return name;
  return `${cleanName(name, LONGEST_NAME - usual.length) || 'bukti'}${usual}`;
}

/**
 * Files of one person and action that wait for a report, at most: more than one report shows, since some are chosen and
 * dropped again. The oldest gives way to the next.
 */
export const UNUSED_LIMIT = 20;

/**
 * The files that a report names, in its order.
 * @param unused those of its action that no report shows yet
 * @throws Refusal `evidence.unusable` for a file that is not among them
 */
export function evidenceOf(named: readonly string[], unused: readonly EvidenceFile[]): EvidenceFile[] {
  return named.map((fileId) => {
    const file = unused.find((each) => each.fileId === fileId);
    if (!file) throw new Refusal('evidence.unusable', { fileId }, 'evidence');
    return file;
  });
}
