import { serverAudits } from 'graphql-http';
import { eventually } from '@lokmin/testing';
import { OFFICER } from '../../test/district.ts';
import { startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

/** What the specification leaves to the server, and why it is otherwise here. */
const OTHERWISE: Record<string, string> = {
  '5A70': 'GET is refused: what is asked would stand in addresses and logs',
  D6D5: 'GET is refused',
  '6A70': 'GET is refused',
  // Proxies, monitors and `curl --fail` see a request that is wrong as a whole, whatever media type it accepts.
  '572B': '400 where the document cannot be parsed',
  FDE2: '400 where the document is not valid',
  '7B9B': '400 where a variable is not valid',
};

let peers: Peers;
let gateway: RunningGateway;
let authorization: string;
const audits = serverAudits({
  url: () => `http://127.0.0.1:${gateway.port}/graphql`,
  fetchFn: (url: string, init?: RequestInit) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), authorization } }),
});

beforeAll(async () => {
  peers = await startPeers();
  gateway = await startGateway(peers.config());
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
  authorization = `Bearer ${await peers.token(OFFICER)}`;
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});

it('knows every audit that it answers otherwise', () => {
  expect(audits.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(OTHERWISE)));
});

it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn();
  const answer = result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`;
  expect(answer).toEqual(
    audit.id in OTHERWISE ? expect.stringMatching(/^(notice|warn): Response status code is not 200/) : 'ok',
  );
});
