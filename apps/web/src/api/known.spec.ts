import { cacheExchange, Client, fetchExchange } from 'urql';
import { known, sendIds } from './known.ts';

const ID = `sha256:${'a'.repeat(64)}`;

it('what the gateway knows is asked by its id alone, and asked again after a change of the same kind of thing', async () => {
  const sent: unknown[] = [];
  const client = new Client({
    url: 'http://localhost/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, sendIds, fetchExchange],
    fetch: async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)));
      return Response.json({ data: { action: { __typename: 'Action', id: 'a' } } });
    },
  });
  const query = known<{ action: { id: string } }, { id: string }>('query', ID);
  const ask = () => client.query(query, { id: 'a' }).toPromise();
  expect((await ask()).data).toEqual({ action: { __typename: 'Action', id: 'a' } });
  await ask();
  expect(sent).toEqual([{ documentId: ID, variables: { id: 'a' } }]);
  await client.mutation(known('mutation', ID.replace(/a/g, 'b')), {}).toPromise();
  await ask();
  expect(sent).toHaveLength(3);
});
