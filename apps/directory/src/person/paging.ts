import { notACursor } from '@lokmin/service';

/** The order of people in a list, for columns of these names. */
export const BY_TITLE_AND_NAME = 'title, name, "personId"';
/** Whether a person comes after the end of a page, which `$3`-`$5` name; null where there was none before. */
export const IS_AFTER = `(${BY_TITLE_AND_NAME}) > ($3::text, $4::text, $5::uuid) AS "isAfter"`;

interface Listed {
  readonly personId: string;
  readonly name: string;
  readonly title: string;
  readonly isAfter: boolean | null;
}

/**
 * What `$3`-`$5` are for a cursor: the last person of the page before, who may have left since.
 * @throws Refusal `input.invalid`
 */
export function endOf(cursor: string | null): (string | null)[] {
  if (cursor === null) return [null, null, null];
  try {
    const end: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isEnd =
      Array.isArray(end) &&
      end.length === 3 &&
      end.every((part) => typeof part === 'string' && !part.includes('\0'));
    if (isEnd && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(end[2])) return end;
  } catch {
    // said below
  }
  throw notACursor();
}

/** The page that follows, of all people of a unit: they are few. */
export function pageOf<Person extends Listed>(all: readonly Person[], first: number) {
  const rest = all.filter(({ isAfter }) => isAfter !== false);
  const items = rest.slice(0, first).map(({ isAfter: _, ...person }) => person);
  const last = items.at(-1);
  const next =
    last && rest.length > first
      ? Buffer.from(JSON.stringify([last.title, last.name, last.personId])).toString('base64url')
      : null;
  return { items, next, totalCount: all.length };
}
