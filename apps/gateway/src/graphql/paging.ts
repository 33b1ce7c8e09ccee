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
/** Services name the end of each page only; a place within one is their cursor before it and the id of the item there. */
const WITHIN = '~';

/**
 * Reads a page of a keyset list.
 * @param ask asks the service for `first` items after its own cursor
 * @throws GraphQLError `BAD_USER_INPUT` when `first` is not 1-200 or `after` is no cursor
 */
export async function readPage<Item, T extends { readonly id: string }>(
  { first, after }: { first: number; after?: string | null | undefined },
  ask: (page: { first: number; after: string | null }) => Promise<Page<Item>>,
  toNode: (item: Item) => T,
): Promise<Connection<T>> {
  if (first < 1) throw badInput('first', problem('too-small', { n: 1 }));
  if (first > MOST_OF_A_PAGE) throw badInput('first', problem('too-large', { n: MOST_OF_A_PAGE }));
  const from = readCursor(after ?? null);
  // What was added above a place within a page has moved it on: it is looked for as far as a page goes.
  const page = await ask({ first: from.id === null ? first : MOST_OF_A_PAGE, after: from.after });
  const all = page.items.map(toNode);
  const at = from.id === null ? 0 : all.findIndex(({ id }) => id === from.id) + 1;
  if (from.id !== null && at === 0) throw noCursor();
  const nodes = all.slice(at, at + first);
  const isEnd = at + nodes.length === all.length;
  const edges = nodes.map((node, i) => ({
    node,
    cursor:
      isEnd && i === nodes.length - 1 && page.next !== null
        ? page.next
        : WITHIN + Buffer.from(JSON.stringify([from.after, node.id])).toString('base64url'),
  }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: !isEnd || page.next !== null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.totalCount,
  };
}

const noCursor = () => badInput('after', problem('format.cursor'));

function readCursor(cursor: string | null): { after: string | null; id: string | null } {
  if (!cursor?.startsWith(WITHIN)) return { after: cursor, id: null };
  try {
    const [after, id] = JSON.parse(
      Buffer.from(cursor.slice(WITHIN.length), 'base64url').toString(),
    ) as unknown[];
    if ((after === null || typeof after === 'string') && typeof id === 'string') return { after, id };
  } catch {
    // said below
  }
  throw noCursor();
}
