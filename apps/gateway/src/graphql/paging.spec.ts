import { readPage, type Page } from './paging.ts';

/** A service's list of twenty numbers; its cursor is the last number given. */
const list = Array.from({ length: 20 }, (_, i) => i + 1);
const ask = ({ first, after }: { first: number; after: string | null }): Promise<Page<number>> => {
  const from = after === null ? 0 : Number(after);
  const items = list.slice(from, from + first);
  const end = from + items.length;
  return Promise.resolve({ items, next: end < list.length ? String(end) : null, totalCount: list.length });
};
const read = (first: number, after: string | null = null) => readPage({ first, after }, ask, (n) => n);

describe('a page', () => {
  it('goes on where the one before ended', async () => {
    const one = await read(8);
    const two = await read(8, one.pageInfo.endCursor);
    const three = await read(8, two.pageInfo.endCursor);
    expect([...one.nodes, ...two.nodes, ...three.nodes]).toEqual(list);
    expect([one, two, three].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    expect(three.totalCount).toBe(20);
    expect((await read(8, three.pageInfo.endCursor)).nodes).toEqual([]);
  });

  it('goes on after any of its edges', async () => {
    const one = await read(8);
    const rest = await read(3, one.edges[4]!.cursor);
    expect(rest.nodes).toEqual([6, 7, 8]);
    expect((await read(3, rest.edges[1]!.cursor)).nodes).toEqual([8, 9, 10]);
  });

  it.each([0, -1, 201, 100_000])('of %i is refused', async (first) => {
    await expect(read(first)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it.each(['~', '~bm9uc2Vuc2U', `~${btoa('[null,-5]')}`, `~${btoa('[1,2]')}`])(
    'after %s is refused',
    async (after) => {
      await expect(read(5, after)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    },
  );
});
