import { problem } from '@lokmin/contracts';
import { badInput } from './errors.ts';

/** A page as services give it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly totalCount: number;
}
export interface Connection<T> {
  readonly nodes: T[];
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

/** Items of a page, at most. */
export const MOST_OF_A_PAGE = 200;
/** Services name the end of each page only; a place within one is their cursor before it and how many to pass over. */
const WITHIN = '~';

/**
 * Reads a page of a keyset list.
 * @param ask asks the service for `first` items after its own cursor
 * @throws GraphQLError `BAD_USER_INPUT` when `first` is not 1-200 or `after` is no cursor
 */
export async function readPage<Item, T>(
  { first, after }: { first: number; after?: string | null | undefined },
  ask: (page: { first: number; after: string | null }) => Promise<Page<Item>>,
  toNode: (item: Item) => T,
): Promise<Connection<T>> {
  if (first < 1) throw badInput('first', problem('too-small', { n: 1 }));
  if (first > MOST_OF_A_PAGE) throw badInput('first', problem('too-large', { n: MOST_OF_A_PAGE }));
  const from = readCursor(after ?? null);
  const page = await ask({ first: Math.min(MOST_OF_A_PAGE, first + from.skip), after: from.after });
  const nodes = page.items.slice(from.skip).map(toNode);
  const edges = nodes.map((node, i) => ({
    node,
    cursor:
      i === nodes.length - 1 && page.next !== null
        ? page.next
        : WITHIN + Buffer.from(JSON.stringify([from.after, from.skip + i + 1])).toString('base64url'),
  }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: page.next !== null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: page.totalCount,
  };
}

function readCursor(cursor: string | null): { after: string | null; skip: number } {
  if (!cursor?.startsWith(WITHIN)) return { after: cursor, skip: 0 };
  try {
    const [after, skip] = JSON.parse(
      Buffer.from(cursor.slice(WITHIN.length), 'base64url').toString(),
    ) as unknown[];
    if (
      (after === null || typeof after === 'string') &&
      Number.isInteger(skip) &&
      Number(skip) > 0 &&
      Number(skip) < MOST_OF_A_PAGE
    )
      return { after, skip: Number(skip) };
  } catch {
    // said below
  }
  throw badInput('after', problem('format.cursor'));
}
