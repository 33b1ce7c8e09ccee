import { Inbox } from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import { answerForDistrict, HEAD, OFFICER, overview } from '../../test/district.ts';
import { post, startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

const OWN = { query: '{ viewer { id } }' };
const LIMIT = 10_000;

let peers: Peers;
let gateway: RunningGateway;
const start = async (changes: Record<string, string> = {}) => {
  const started = await startGateway(peers.config({ LOKMIN_COST_PER_MINUTE: String(LIMIT), ...changes }));
  await eventually(async () => (await fetch(`http://127.0.0.1:${started.port}/health/ready`)).ok);
  return started;
};
beforeAll(async () => {
  peers = await startPeers();
  gateway = await start({
    LOKMIN_SERVICE_COST_PER_MINUTE: '500',
    LOKMIN_ADDRESS_COST_PER_MINUTE: '10',
    LOKMIN_QUERY_DEADLINE_MS: '20000', // an answer is held back until the test lets it go
  });
  answerForDistrict(peers);
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});
let people = 0;
/** Somebody who has spent nothing yet. */
const anybody = async (claims = {}) => ({
  authorization: `Bearer ${await peers.token(`01890000-0000-7000-8000-${String((people += 1)).padStart(12, '0')}`, claims)}`,
});
const ask = (operation: Parameters<typeof post>[1], headers: Record<string, string>, port = gateway.port) =>
  post(port, operation, headers);
const told = (headers: Headers) => {
  const [, cost, left, limit] =
    /^cost=(\d+), left=(\d+), limit=(\d+)$/.exec(headers.get('lokmin-cost') ?? '') ?? [];
  return { cost: Number(cost), left: Number(left), limit: Number(limit) };
};

describe('the budget of a minute', () => {
  it('is told with every answer: what it cost, what is left, and of how much', async () => {
    const headers = await anybody();
    const { headers: answered, body } = await ask(OWN, headers);
    expect(body?.errors).toBeUndefined();
    const { cost, left, limit } = told(answered);
    expect([cost, limit]).toEqual([2, LIMIT]); // the viewer and its id
    expect([left >= LIMIT - 2, left <= LIMIT]).toEqual([true, true]); // it fills up all the time
  });

  it('is taken for what an answer may cost, and the rest given back', async () => {
    const officer = { authorization: `Bearer ${await peers.token(OFFICER)}` };
    gateway.kept.gap();
    const first = told((await ask(overview(), officer)).headers);
    expect(first.cost).toBeGreaterThan(80); // four services
    expect(first.cost).toBeLessThan(400); // and not the hundred puskesmas that there may be
    await eventually(async () => told((await ask(overview(), officer)).headers).cost === 1);
  });

  it('is refused when it is spent, with cost, rest and when to ask again; others are not', async () => {
    const [spender, other] = [await anybody(), await anybody()];
    // 200 messages may come, so this is what may be spent at once, whatever comes.
    const dear = {
      query: `{ viewer { ${Array.from({ length: 3 }, (_, i) => `a${i}: inbox(first: 200) { nodes { id deliveredAt readAt link title { id en } body { id en } } }`).join(' ')} } }`,
    };
    const release = Promise.withResolvers<void>();
    peers.answer(Inbox, async () => {
      await release.promise;
      return { asOf: '2025-01-10T01:00:00.000Z', items: [], next: null, totalCount: 0, unread: 0 } as never;
    });
    peers.asked(Inbox);
    const first = ask(dear, spender);
    await eventually(() => peers.asked(Inbox) > 0); // the last thing that it asks for
    peers.askedAtAll();
    const refused = await ask(dear, spender);
    expect(refused.status).toBe(429);
    expect(peers.askedAtAll()).toBe(0);
    const { cost, left, limit } = told(refused.headers);
    expect([limit, cost > left, cost > 5_000]).toEqual([LIMIT, true, true]);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBe(Math.ceil((cost - left) / (LIMIT / 60)));
    const [error] = refused.body!.errors!;
    expect(error.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS', refusal: 'request.budget-spent' });
    expect(error.extensions.text.en).toBe(
      `This request costs ${cost.toLocaleString('en')}, and ${left.toLocaleString('en')} of your budget of 10,000 a minute is left. Try again in ${seconds} seconds.`,
    );
    expect(error.extensions.text.id).toContain(`dari 10.000 per menit. Coba lagi dalam ${seconds} detik.`);
    expect((await ask(OWN, other)).status).toBe(200);
    release.resolve();
    expect((await first).status).toBe(200);
    // What the first one did not cost was given back.
    expect((await ask(dear, spender)).status).toBe(200);
  });

  it('of a service account is its own, and what is above it never comes through', async () => {
    const service = await anybody({ kind: 'service' });
    expect(told((await ask(OWN, service)).headers)).toMatchObject({ cost: 2, limit: 500 });
    const refused = await ask(overview(), service);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([400, null]);
    expect(refused.body?.errors?.[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      refusal: 'request.above-budget',
    });
  });

  it('of an address holds who is signed out', async () => {
    const statuses = [];
    for (let i = 0; i < 15; i += 1) statuses.push((await ask(OWN, {})).status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThan(15);
    expect(statuses.at(-1)).toBe(429);
  });

  it('pays for streams, too', async () => {
    const open = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${gateway.port}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
        body: JSON.stringify({
          query: `subscription { inboxChanged { kind ${Array.from({ length: 10 }, (_, i) => `a${i}: at`).join(' ')} } }`,
        }),
      });
    const service = await anybody({ kind: 'service' });
    const first = await open(service);
    expect([first.status, told(first.headers)]).toEqual([
      200,
      { cost: 12, left: expect.any(Number), limit: 500 },
    ]);
    await first.body?.cancel();
    await eventually(() => gateway.openStreams === 0);
  });
});

describe('no service hears of', () => {
  const deep = (levels: number): string =>
    levels === 0 ? 'id' : `puskesmas { actions(first: 1) { nodes { ${deep(levels - 1)} } } }`;
  const HUGE = 2147483647;
  it.each([
    ['a deep query', { query: `{ action(id: "x") { ${deep(5)} } }` }, 'request.too-costly'],
    [
      'a huge page',
      { query: `{ puskesmas(code: "1012406") { actions(first: ${HUGE}) { nodes { id } } } }` },
      'input.invalid',
    ],
    [
      'a huge page in a variable',
      {
        query: 'query ($n: Int!) { puskesmas(code: "1012406") { actions(first: $n) { nodes { id } } } }',
        variables: { n: HUGE },
      },
      'input.invalid',
    ],
    [
      'a huge page by default',
      {
        query: `query ($n: Int = ${HUGE}) { puskesmas(code: "1012406") { actions(first: $n) { nodes { id } } } }`,
      },
      'input.invalid',
    ],
    [
      'a huge page behind a fragment',
      {
        query: `{ puskesmas(code: "1012406") { ...A } } fragment A on Puskesmas { actions(first: ${HUGE}) { nodes { id } } }`,
      },
      'input.invalid',
    ],
  ])('%s', async (_what, operation, refusal) => {
    const head = { authorization: `Bearer ${await peers.token(HEAD)}` };
    peers.askedAtAll();
    const { status, body } = await ask(operation, head);
    expect([status, body?.errors?.[0].extensions.refusal, body?.data]).toEqual([400, refusal, undefined]);
    expect(peers.askedAtAll()).toBe(0);
  });
});
