import { createHash } from 'node:crypto';
import { DistrictIndicators, SignIn, Viewer } from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import { parse } from 'graphql';
import { answerForDistrict, DISTRICT, HEAD, OFFICER, overview } from '../../test/district.ts';
import { post, startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';
import { OPERATIONS } from './operations.generated.ts';

const idOf = (name: string): string => {
  const [id] = Object.entries(OPERATIONS).find(([, text]) => RegExp(`^\\w+ ${name}\\b`).test(text)) ?? [];
  if (!id) throw new Error(`The browser application has no operation ${name}`);
  return id;
};
const OVERVIEW = { documentId: idOf('DistrictOverview'), variables: { code: DISTRICT, period: '2024-12' } };
const INTROSPECTION = { query: '{ __schema { queryType { name } } }' };

let peers: Peers;
let gateway: RunningGateway;
let officer: Record<string, string>;
let head: Record<string, string>;
const start = async (changes: Record<string, string> = {}) => {
  const started = await startGateway(
    peers.config({ LOKMIN_ADHOC: 'by-post', NODE_ENV: 'production', ...changes }),
  );
  await eventually(async () => (await fetch(`http://127.0.0.1:${started.port}/health/ready`)).ok);
  return started;
};
beforeAll(async () => {
  peers = await startPeers();
  gateway = await start();
  officer = { authorization: `Bearer ${await peers.token(OFFICER)}` };
  head = { authorization: `Bearer ${await peers.token(HEAD)}` };
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});
beforeEach(() => {
  answerForDistrict(peers);
  gateway.kept.gap();
  peers.asked(DistrictIndicators);
});
const ask = (body: object, headers = officer) => post(gateway.port, JSON.stringify(body), headers);
const stream = (body: object, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${gateway.port}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
  });
const refusalIn = (body: { errors?: { extensions: { refusal: string } }[] } | null) =>
  body?.errors?.[0]?.extensions.refusal;

it('an id is the SHA-256 of the text of one operation', () => {
  expect(Object.keys(OPERATIONS).length).toBeGreaterThan(30);
  for (const [id, text] of Object.entries(OPERATIONS)) {
    expect(id).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
    const operations = parse(text).definitions.filter(({ kind }) => kind === 'OperationDefinition');
    expect(operations).toHaveLength(1);
  }
});

describe('an operation of the browser application', () => {
  it('is answered by its id, also to those who may not ask in words of their own', async () => {
    const { status, body } = await ask(OVERVIEW, head);
    expect([status, body?.errors]).toEqual([200, undefined]);
    expect(body?.data.district).toMatchObject({ __typename: 'District', code: DISTRICT });
    const viewer = await ask({ documentId: idOf('MyActions'), variables: { first: 5 } }, head);
    expect(viewer.body?.errors).toBeUndefined();
  });

  it('is kept as one answer, and dropped, like any other', async () => {
    await eventually(async () => {
      await ask(OVERVIEW);
      peers.asked(DistrictIndicators);
      await ask(OVERVIEW);
      return peers.asked(DistrictIndicators) === 0;
    });
    const other = { ...OVERVIEW, variables: { ...OVERVIEW.variables, period: '2024-11' } };
    await ask(other);
    expect(peers.asked(DistrictIndicators)).toBe(1);
    gateway.kept.gap();
    await ask(OVERVIEW);
    expect(peers.asked(DistrictIndicators)).toBe(1);
  });

  it('needs no directory, where the same in words of its own would', async () => {
    const other = await start();
    try {
      await peers.leave('directory');
      expect((await post(other.port, JSON.stringify(OVERVIEW), officer)).status).toBe(200);
      const adHoc = await post(other.port, overview(), officer);
      expect([adHoc.status, refusalIn(adHoc.body)]).toEqual([503, 'service.unavailable']);
    } finally {
      await peers.join('directory');
      await other.stop();
    }
  });

  it.each([
    ['an id of nothing', { documentId: `sha256:${'0'.repeat(64)}` }, 'request.unknown-document'],
    ['a name of every object', { documentId: 'constructor' }, 'request.unknown-document'],
    ['an id and words', { ...OVERVIEW, query: '{ viewer { id } }' }, 'request.unreadable'],
    ['neither', { variables: {} }, 'request.unreadable'],
  ])('is not %s', async (_what, body, refusal) => {
    const answer = await ask(body);
    expect([answer.status, refusalIn(answer.body)]).toEqual([400, refusal]);
    const streamed = await stream(body, officer);
    expect([streamed.status, refusalIn((await streamed.json()) as never)]).toEqual([400, refusal]);
  });

  it('is streamed by its id', async () => {
    const abort = new AbortController();
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...head },
      body: JSON.stringify({ documentId: idOf('DistrictChanged'), variables: { code: DISTRICT } }),
      signal: abort.signal,
    });
    expect(response.status).toBe(200);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let said = '';
    await eventually(async () => (said += (await reader.read()).value).includes('connected'));
    abort.abort();
    await eventually(() => gateway.openStreams === 0);
  });
});

describe('a request in words of its own', () => {
  it('is for those whose posts allow it, at both doors, and costs no service anything otherwise', async () => {
    expect((await ask(overview())).status).toBe(200);
    peers.asked(DistrictIndicators);
    const refused = await ask(overview(), head);
    expect([refused.status, refusalIn(refused.body)]).toEqual([403, 'request.only-known']);
    expect(peers.asked(DistrictIndicators)).toBe(0);
    const changed = { query: 'subscription { inboxChanged { kind } }' };
    const streamed = await stream(changed, head);
    expect([streamed.status, refusalIn((await streamed.json()) as never)]).toEqual([
      403,
      'request.only-known',
    ]);
    const open = await stream(changed, officer);
    expect(open.status).toBe(200);
    await open.body?.cancel();
  });

  it('is not answered from what was kept for others', async () => {
    await eventually(async () => {
      await ask(overview());
      peers.asked(DistrictIndicators);
      await ask(overview());
      return peers.asked(DistrictIndicators) === 0;
    });
    expect((await ask(overview(), head)).status).toBe(403);
  });

  it('may ask for the schema, and in production too', async () => {
    expect((await ask(INTROSPECTION)).body?.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await ask(INTROSPECTION, head)).status).toBe(403);
    expect((await ask(INTROSPECTION, {})).status).toBe(401);
    const closed = await start({ LOKMIN_INTROSPECTION: 'false' });
    try {
      expect((await post(closed.port, INTROSPECTION, officer)).status).toBe(400);
      expect((await post(closed.port, overview(), officer)).status).toBe(200);
    } finally {
      await closed.stop();
    }
  });

  it('is for everybody who is signed in where that is set', async () => {
    const open = await start({ LOKMIN_ADHOC: 'everyone' });
    try {
      expect((await post(open.port, overview(), head)).status).toBe(200);
      expect((await post(open.port, overview())).status).toBe(401);
    } finally {
      await open.stop();
    }
  });

  it('signs in, and does nothing else without having signed in', async () => {
    peers.answer(SignIn, () => ({
      accessToken: 'x.y.z',
      accessExpiresAt: '2999-01-01T00:00:00.000Z',
      refreshToken: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
      refreshExpiresAt: '2999-01-01T00:00:00.000Z',
      personId: OFFICER,
    }));
    const signIn = 'signIn(login: "dinas", password: "x") { __typename }';
    const signedIn = await ask({ query: `mutation { ${signIn} }` }, {});
    expect(signedIn.body).toEqual({ data: { signIn: { __typename: 'Session' } } });
    const two = `mutation In { ${signIn} } query Own { district(code: "19.06") { id } }`;
    expect((await ask({ query: two, operationName: 'In' }, {})).status).toBe(200);
    peers.asked(SignIn);
    peers.asked(Viewer);
    for (const body of [
      { query: two, operationName: 'Own' },
      { query: two },
      { query: '{ district(code: "19.06") { id } }' },
      { query: '{ __typename }' },
      { query: `mutation { ${signIn} endSessions(input: { commandId: "x", sessions: [] }) { __typename } }` },
      { query: `mutation { ...In } fragment In on Mutation { ${signIn} }` },
      { query: `mutation { ${signIn}` },
    ])
      expect([body, (await ask(body, {})).status]).toEqual([body, 401]);
    expect([peers.asked(SignIn), peers.asked(Viewer)]).toEqual([0, 0]);
    // What the browser asks is checked field by field, as before.
    expect((await ask(OVERVIEW, {})).body?.errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(
      (await ask({ documentId: idOf('SignIn'), variables: { login: 'dinas', password: 'x' } }, {})).status,
    ).toBe(200);
  });
});
