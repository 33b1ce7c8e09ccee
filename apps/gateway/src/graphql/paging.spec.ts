import fc from 'fast-check';
import { readPage, type Connection, type Page } from './paging.ts';

/** A service's list of twenty numbers; its cursor is the last number given. */
const list = Array.from({ length: 20 }, (_, i) => i + 1);
const ask = ({ first, after }: { first: number; after: string | null }): Promise<Page<number>> => {
  const from = after === null ? 0 : Number(after);
  const items = list.slice(from, from + first);
  const end = from + items.length;
  return Promise.resolve({ items, next: end < list.length ? String(end) : null, totalCount: list.length });
};
const read = (first: number, after: string | null = null) =>
  readPage({ first, after }, ask, (n) => ({ id: String(n) }));
const numbers = (page: { nodes: { id: string }[] }) => page.nodes.map(({ id }) => Number(id));

describe('a page', () => {
  it('goes on where the one before ended', async () => {
    const one = await read(8);
    const two = await read(8, one.pageInfo.endCursor);
    const three = await read(8, two.pageInfo.endCursor);
    expect([one, two, three].flatMap(numbers)).toEqual(list);
    expect([one, two, three].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    expect(three.totalCount).toBe(20);
    expect((await read(8, three.pageInfo.endCursor)).nodes).toEqual([]);
  });

  it('goes on after any of its edges', async () => {
    const one = await read(8);
    const rest = await read(3, one.edges[4]!.cursor);
    expect(numbers(rest)).toEqual([6, 7, 8]);
    expect(rest.pageInfo.hasNextPage).toBe(true);
    expect(numbers(await read(3, rest.edges[1]!.cursor))).toEqual([8, 9, 10]);
    expect(numbers(await read(3, rest.pageInfo.endCursor))).toEqual([9, 10, 11]);
  });

  it.each([0, -1, 201, 100_000])('of %i is refused', async (first) => {
    await expect(read(first)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it.each(['~', '~bm9uc2Vuc2U', `~${btoa('[null,5]')}`, `~${btoa('[1,"2"]')}`, `~${btoa('[null,"99"]')}`])(
    'after %s is refused',
    async (after) => {
      await expect(read(5, after)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );

  it('neither repeats nor passes over a row, wherever rows are added between two pages', async () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
    const step = fc.record({ first: fc.integer({ min: 1, max: 12 }), adds: places, from: fc.nat(11) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.array(step, { minLength: 1, maxLength: 30 }),
        async (length, steps) => {
          // Keys grow downwards; a service goes on below the key that its cursor names.
          const rows = Array.from({ length }, (_, i) => i + 1);
          const atFirst = [...rows];
          const fromService = async (page: {
            first: number;
            after: string | null;
          }): Promise<Page<number>> => {
            const left = rows.filter((key) => page.after === null || key > Number(page.after));
            const items = left.slice(0, page.first);
            return {
              items,
              next: left.length > items.length ? String(items.at(-1)) : null,
              totalCount: rows.length,
            };
          };
          const seen: number[] = [];
          let after: string | null = null;
          for (let i = 0; ; i += 1) {
            const { first, adds, from } = steps[i % steps.length]!;
            const page: Connection<{ id: string }> = await readPage({ first, after }, fromService, (key) => ({
              id: String(key),
            }));
            // Sometimes a client goes on from within a page that it did not read to its end.
            const taken = page.edges.slice(0, page.pageInfo.hasNextPage ? from + 1 : undefined);
            seen.push(...taken.map(({ node }) => Number(node.id)));
            const isLast = !page.pageInfo.hasNextPage && taken.length === page.edges.length;
            if (isLast) break;
            after = taken.at(-1)!.cursor;
            if (i >= steps.length) continue;
            for (const place of adds)
              if (!rows.includes(place * (length + 1))) rows.push(place * (length + 1));
            rows.sort((a, b) => a - b);
          }
          expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
          expect(seen.filter((key) => atFirst.includes(key))).toEqual(atFirst);
        },
      ),
      { numRuns: 300 },
    );
  });
});
