import {
  EvaluationSubmitted,
  MessageDelivered,
  PostState,
  UnitState,
  Viewer,
  Refusal,
} from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import { createClient } from 'graphql-sse';
import {
  anEvaluation,
  answerForDistrict,
  DISTRICT,
  HEAD,
  KELAPA,
  MANGGAR,
  OFFICER,
} from '../../test/district.ts';
import { startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

const CHANGED = `subscription($code: String!) { districtChanged(code: $code) { districtCode puskesmasCode period kind at seen } }`;
const INBOX = 'subscription { inboxChanged { kind } }';

let peers: Peers;
let gateway: RunningGateway;
beforeAll(async () => {
  peers = await startPeers();
  gateway = await startGateway(peers.config({ LOKMIN_STREAMS_PER_PERSON: '3' }));
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});
beforeEach(() => answerForDistrict(peers));
const closing: (() => void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await eventually(() => gateway.openStreams === 0, { what: 'no stream is left open' });
});

const authorize = async (person: string, claims = {}) => ({
  authorization: `Bearer ${await peers.token(person, claims)}`,
});

/** Subscribes as the browser application does. */
async function follow(person: string, query = CHANGED, code = DISTRICT, claims = {}) {
  const events: Record<string, unknown>[] = [];
  const state = { events, ended: false, error: undefined as unknown };
  const client = createClient({
    url: `http://127.0.0.1:${gateway.port}/graphql/stream`,
    retryAttempts: 0,
    headers: await authorize(person, claims),
  });
  client.subscribe<Record<string, Record<string, unknown>>>(
    { query, variables: { code } },
    {
      next: ({ data, errors }) => {
        if (errors) state.error = errors;
        else events.push(Object.values(data!)[0]!);
      },
      error: (error) => Object.assign(state, { ended: true, error: state.error ?? error }),
      complete: () => Object.assign(state, { ended: true }),
    },
  );
  closing.push(() => client.dispose());
  return state;
}
const kinds = ({ events }: { events: Record<string, unknown>[] }) => events.map(({ kind }) => kind);
const connected = (stream: { events: Record<string, unknown>[] }) =>
  eventually(() => kinds(stream).includes('connected'), { what: 'the subscription stands' });

const submit = (unitId: string, unitCode: string, districtCode = DISTRICT) =>
  peers.announce(
    EvaluationSubmitted,
    { id: anEvaluation.evaluationId, districtCode, unitId },
    {
      evaluationId: anEvaluation.evaluationId,
      revision: 1,
      unitId,
      unitCode,
      unitName: 'Manggar',
      districtCode,
      period: '2024-12',
      bundleId: '01890000-0000-7000-8000-0000000000b1',
      submittedBy: HEAD,
      submittedAt: '2025-01-06T02:00:00.000Z',
      tally: { baik: 1, cukup: 0, kurang: 0, tanpa_target: 0, tanpa_data: 0 },
      judged: [],
    },
  );

/** A request to the door as it is. */
const send = async (body: unknown, headers: Record<string, string>) => {
  const abort = new AbortController();
  closing.push(() => abort.abort());
  return fetch(`http://127.0.0.1:${gateway.port}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: abort.signal,
  });
};

describe('live updates', () => {
  it('say first that they stand, then what changed in the district', async () => {
    const stream = await follow(OFFICER);
    await connected(stream);
    await submit(MANGGAR, '1012406', '19.05');
    await submit(MANGGAR, '1012406');
    await eventually(() => stream.events.length === 2);
    expect(stream.events[0]).toMatchObject({ kind: 'connected', districtCode: DISTRICT, seen: null });
    expect(stream.events[1]).toMatchObject({
      kind: 'evaluation.submitted',
      districtCode: DISTRICT,
      puskesmasCode: '1012406',
      period: '2024-12',
      seen: expect.stringMatching(`^evaluation ${anEvaluation.evaluationId}@1@\\d+$`),
    });
  });

  it('tell the people of a puskesmas of their own only', async () => {
    const stream = await follow(HEAD);
    await connected(stream);
    await submit(KELAPA, '1012407');
    await submit(MANGGAR, '1012406');
    await eventually(() => stream.events.length === 2);
    expect(stream.events[1]).toMatchObject({ puskesmasCode: '1012406' });
  });

  it('are refused where the posts do not reach, and while nobody can say', async () => {
    const elsewhere = await follow(OFFICER, CHANGED, '19.05');
    await eventually(() => elsewhere.ended);
    expect(elsewhere.error).toMatchObject([{ extensions: { code: 'NOT_FOUND', refusal: 'not-found' } }]);
    const stranger = '01890000-0000-7000-8000-0000000000ff';
    peers.answer(Viewer, () => {
      throw new Refusal('access.signed-out');
    });
    const unknown = await follow(stranger);
    await eventually(() => unknown.ended);
    expect(unknown.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await peers.leave('directory');
    const away = await follow('01890000-0000-7000-8000-0000000000fe');
    await eventually(() => away.ended);
    expect(away.error).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    await peers.join('directory');
  });

  it('tell a person of their own messages only', async () => {
    const stream = await follow(HEAD, INBOX);
    await connected(stream);
    const deliver = (personId: string) =>
      peers.announce(
        MessageDelivered,
        { id: MANGGAR, districtCode: DISTRICT, unitId: MANGGAR },
        {
          messageId: MANGGAR,
          personId,
          revision: 1,
          channel: 'inbox',
          about: 'evaluation',
          aboutId: MANGGAR,
        },
      );
    const district = await follow(OFFICER);
    await connected(district);
    await deliver(OFFICER);
    await deliver(HEAD);
    await submit(MANGGAR, '1012406');
    await eventually(() => district.events.length === 2);
    expect(kinds(district)).toEqual(['connected', 'evaluation.submitted']);
    expect(kinds(stream)).toEqual(['connected', 'message.delivered']);
  });

  const renameKelapa = (revision: number) =>
    peers.announce(
      UnitState,
      { id: KELAPA, revision, districtCode: DISTRICT, unitId: KELAPA },
      {
        unitId: KELAPA,
        kind: 'puskesmas',
        districtCode: DISTRICT,
        code: '1012407',
        name: 'Kelapa Kampit Baru',
        kecamatanCode: null,
        kecamatanName: null,
        timeZone: 'Asia/Jakarta',
        validFrom: '2000-01-01',
        validTo: null,
        villages: [],
      },
    );

  it('tell of the names on the page when they change', async () => {
    const stream = await follow(OFFICER);
    await connected(stream);
    await renameKelapa(2);
    await eventually(() => kinds(stream).includes('unit.changed'));
  });

  it('end when the token does', async () => {
    const stream = await follow(OFFICER, CHANGED, DISTRICT, { expires: '2 seconds' });
    await connected(stream);
    expect(stream.ended).toBe(false);
    await eventually(() => stream.ended);
  });

  it('end when the posts of the person change', async () => {
    const stream = await follow(HEAD);
    await connected(stream);
    await peers.announce(
      PostState,
      { id: '01890000-0000-7000-8000-0000000000c1', revision: 2, districtCode: DISTRICT, unitId: MANGGAR },
      {
        postId: '01890000-0000-7000-8000-0000000000c1',
        personId: HEAD,
        unitId: MANGGAR,
        districtCode: DISTRICT,
        role: 'kepala_puskesmas',
        program: null,
        title: 'Kepala Puskesmas',
        validFrom: '2024-01-01',
        validTo: '2024-12-31',
        coachingGroupId: null,
      },
    );
    await eventually(() => stream.ended);
  });

  it('end also when the posts change while they are asked for', async () => {
    const first = await follow(HEAD);
    await connected(first);
    const post = (revision: number) =>
      peers.announce(
        PostState,
        { id: '01890000-0000-7000-8000-0000000000c2', revision, districtCode: DISTRICT, unitId: MANGGAR },
        {
          postId: '01890000-0000-7000-8000-0000000000c2',
          personId: HEAD,
          unitId: MANGGAR,
          districtCode: DISTRICT,
          role: 'kepala_puskesmas',
          program: null,
          title: 'Kepala Puskesmas',
          validFrom: '2024-01-01',
          validTo: null,
          coachingGroupId: null,
        },
      );
    await post(1); // so that the next subscription asks anew
    await eventually(() => first.ended);
    const heard = await follow(OFFICER);
    await connected(heard);
    let asked = 0;
    peers.answer(Viewer, async () => {
      asked += 1;
      await post(2);
      await renameKelapa(3); // the gateway has heard of the post when it has heard of this
      await eventually(() => kinds(heard).includes('unit.changed'));
      return {
        personId: HEAD,
        name: 'Kepala Puskesmas Manggar',
        email: null,
        phone: null,
        active: true,
        posts: [
          {
            postId: '01890000-0000-7000-8000-0000000000c1',
            personId: HEAD,
            unitId: MANGGAR,
            unitCode: '1012406',
            unitName: 'Puskesmas Manggar',
            districtCode: DISTRICT,
            role: 'kepala_puskesmas' as const,
            program: null,
            title: 'Kepala Puskesmas',
            validFrom: '2024-01-01',
            validTo: null,
            coachingGroup: null,
          },
        ],
      };
    });
    const second = await follow(HEAD);
    await eventually(() => second.ended);
    expect(asked).toBe(1);
  });

  it('ask to look again when something may have been missed', async () => {
    const stream = await follow(OFFICER);
    await connected(stream);
    await peers.nats.kill();
    await eventually(() => !gateway.facts.hears);
    await peers.nats.start();
    await eventually(() => kinds(stream).includes('resync'));
    await eventually(async () => {
      await submit(MANGGAR, '1012406');
      return kinds(stream).includes('evaluation.submitted');
    });
    expect(stream.ended).toBe(false);
  }, 30_000);
});

describe('the door of live updates', () => {
  it.each([
    ['without a token', {}],
    ['with a forged token', { forged: true }],
    ['with an expired token', { expires: '-1 minute' }],
  ])('is closed %s', async (what, claims) => {
    const headers = what === 'without a token' ? {} : await authorize(OFFICER, claims);
    const response = await send({ query: INBOX }, headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('connected');
  });

  it.each([
    ['a query', '{ viewer { id } }', 'BAD_REQUEST'],
    ['a mutation', 'mutation { signOut { __typename } }', 'BAD_REQUEST'],
    ['introspection', 'subscription { __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['unknown field', 'subscription { inboxChanged { kinds } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['operation without its variable', CHANGED, 'BAD_USER_INPUT'],
    ['a broken operation', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    [
      'two fields at once',
      'subscription { inboxChanged { kind } b: inboxChanged { kind } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['too many tokens', `subscription { inboxChanged { ${'kind '.repeat(2_100)} } }`, 'GRAPHQL_PARSE_FAILED'],
    [
      'too many aliases',
      `subscription { inboxChanged { ${Array.from({ length: 30 }, (_, i) => `a${i}: kind`).join(' ')} } }`,
      'BAD_USER_INPUT',
    ],
    [
      'too many directives',
      `subscription { inboxChanged { kind ${'@include(if: true) '.repeat(30)} } }`,
      'BAD_USER_INPUT',
    ],
  ])('refuses %s', async (_what, query, code) => {
    const response = await send({ query }, await authorize(OFFICER));
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const [, data = ''] = /^event: next\ndata: (.+)\n\nevent: complete\ndata: \n\n$/.exec(text) ?? [];
    const { errors } = JSON.parse(data) as { errors: { extensions: Record<string, unknown> }[] };
    expect(errors.map(({ extensions }) => extensions['code'])).toContain(code);
    for (const error of errors)
      expect(error).toMatchObject({
        message: expect.any(String),
        extensions: {
          refusal: expect.stringMatching(/^(request|input)\./),
          text: { id: expect.any(String), en: expect.any(String) },
        },
      });
    expect(text).not.toMatch(/"connected"|Did you mean|stacktrace|node_modules/);
  });

  it('tells the client of the protocol what is wrong, and completes', async () => {
    const stream = await follow(OFFICER, 'subscription { inboxChanged { kinds } }');
    await eventually(() => stream.ended);
    expect(stream.error).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  });

  it('speaks events of the protocol: next, complete, and lines between that keep the connection', async () => {
    const response = await send({ query: INBOX }, await authorize(OFFICER, { expires: '2 seconds' }));
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await response.text()).toBe(
      ':\n\nevent: next\ndata: {"data":{"inboxChanged":{"kind":"connected"}}}\n\nevent: complete\ndata: \n\n',
    );
  });

  it('reserves no stream for a later request', async () => {
    const headers = await authorize(OFFICER);
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql/stream?token=abc`, {
        method,
        headers: { ...headers, 'x-graphql-event-stream-token': 'abc' },
      });
      expect(response.status).toBe(404);
    }
  });

  it('takes only JSON, and answers only by a stream', async () => {
    const headers = await authorize(OFFICER);
    expect((await send('nonsense', headers)).status).toBe(400);
    expect((await send({ query: 5 }, headers)).status).toBe(400);
    expect((await send({ query: INBOX }, { ...headers, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send({ query: INBOX }, { ...headers, accept: 'application/json' })).status).toBe(406);
  });

  it('has room for a few streams of one person', async () => {
    const streams = await Promise.all([1, 2, 3].map(() => follow(HEAD, INBOX)));
    await Promise.all(streams.map(connected));
    expect((await send({ query: INBOX }, await authorize(HEAD))).status).toBe(429);
    expect((await send({ query: INBOX }, await authorize(OFFICER))).status).toBe(200);
    closing.splice(0, 1)[0]!();
    await eventually(async () => {
      const another = await send({ query: INBOX }, await authorize(HEAD));
      return another.status === 200;
    });
  });

  it('ends its streams when the gateway stops, and the stop waits for nobody', async () => {
    const other = await startGateway(peers.config());
    await eventually(async () => (await fetch(`http://127.0.0.1:${other.port}/health/ready`)).ok);
    const response = await fetch(`http://127.0.0.1:${other.port}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(await authorize(OFFICER)),
      },
      body: JSON.stringify({ query: INBOX }),
    });
    const reading = response.text();
    await eventually(() => other.openStreams === 1);
    await other.stop();
    expect(await reading).toContain('connected');
    await expect(fetch(`http://127.0.0.1:${other.port}/health/live`)).rejects.toThrow();
  });
});
