import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EvaluationSubmitted, Viewer } from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import { createClient } from 'graphql-sse';
import { answerForDistrict, DISTRICT, KELAPA, MANGGAR, OFFICE } from '../../test/district.ts';
import { startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

/** People who look on at once. */
const CLIENTS = 200;
const CHANGES = 90;
const subscription = (more = '') =>
  `subscription($code: String!) { districtChanged(code: $code) { puskesmasCode period kind ${more} } }`;
/** Says everything many times, so that it fills what the network holds. */
const WORDY = subscription(Array.from({ length: 14 }, (_, i) => `${'a'.repeat(40)}${i}: kind`).join(' '));

const PLACES = [
  { unitId: MANGGAR, unitCode: '1012406', districtCode: DISTRICT },
  { unitId: KELAPA, unitCode: '1012407', districtCode: DISTRICT },
  { unitId: '01890000-0000-7000-8000-0000000000a9', unitCode: '1012401', districtCode: '19.05' },
];
/** Where people hold their posts, in turn: two offices and two puskesmas, with the puskesmas whose changes they may hear of. */
const POSTS = [
  { unitId: OFFICE, role: 'petugas_dinas' as const, districtCode: DISTRICT, sees: ['1012406', '1012407'] },
  { unitId: MANGGAR, role: 'kepala_puskesmas' as const, districtCode: DISTRICT, sees: ['1012406'] },
  { unitId: KELAPA, role: 'kepala_puskesmas' as const, districtCode: DISTRICT, sees: ['1012407'] },
  { unitId: OFFICE, role: 'petugas_dinas' as const, districtCode: '19.05', sees: ['1012401'] },
];
const personOf = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const postOf = (personId: string) => POSTS[Number(personId.slice(-12)) % POSTS.length]!;

/** Each change has a month of its own, by which it is known again. */
const monthOf = (change: number) =>
  `${1900 + Math.floor(change / 12)}-${String((change % 12) + 1).padStart(2, '0')}`;
const changeOf = (month: string) => (Number(month.slice(0, 4)) - 1900) * 12 + Number(month.slice(5)) - 1;
const placeOf = (change: number) => PLACES[change % PLACES.length]!;

let peers: Peers;
let gateway: RunningGateway;
let network: Network;
/** Changes that are committed: so many, counted from 0. */
let made = 0;

/** Connections to the gateway, which can be cut, and of which one can be left unread. */
interface Network {
  readonly port: number;
  cutAll(): void;
  /** What comes after this from the gateway nobody reads. */
  pauseAll(): void;
  close(): Promise<void>;
}
async function aNetwork(to: number): Promise<Network> {
  const open = new Set<Socket>();
  const fromGateway = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.pipe(far).pipe(near);
    fromGateway.add(far);
    for (const socket of [near, far]) {
      open.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          open.delete(socket);
          near.destroy();
          far.destroy();
          fromGateway.delete(far);
        });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const cutAll = () => open.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cutAll,
    pauseAll: () => fromGateway.forEach((socket) => socket.unpipe().pause()),
    close: async () => {
      cutAll();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Somebody with a page: asks what there is when the stream says that it stands, and hears of what comes after. */
async function look(personId: string, query = subscription()) {
  const person = {
    sees: postOf(personId).sees,
    connections: 0,
    /** Of the present connection: how many changes were committed when it stood, and those that it told since. */
    since: made,
    heard: new Set<number>(),
    foreign: [] as string[],
    /** Changes between two that a connection told, or after it stood, that it did not tell. */
    missed: [] as number[],
    known: -1,
    leave: () => {},
  };
  const seen = (change: number) => person.sees.includes(placeOf(change).unitCode);
  /** What a connection told has no hole: from when it stood to the newest that it told. */
  const judge = () => {
    const newest = Math.max(-1, ...person.heard);
    for (let change = person.since; change <= newest; change += 1)
      if (seen(change) && !person.heard.has(change)) person.missed.push(change);
  };
  const client = createClient({
    url: `http://127.0.0.1:${network.port}/graphql/stream`,
    headers: { authorization: `Bearer ${await peers.token(personId)}` },
    retryAttempts: 1_000,
    retry: () => Promise.resolve(),
  });
  client.subscribe<{
    districtChanged: { kind: string; puskesmasCode: string | null; period: string | null };
  }>(
    { query, variables: { code: postOf(personId).districtCode } },
    {
      next: ({ data }) => {
        const { kind, puskesmasCode, period } = data!.districtChanged;
        if (kind === 'connected' || kind === 'resync') {
          judge();
          person.connections += 1;
          person.since = made;
          person.known = Math.max(person.known, made - 1);
          person.heard.clear();
          return;
        }
        if (!person.sees.includes(puskesmasCode!)) person.foreign.push(puskesmasCode!);
        const change = changeOf(period!);
        person.heard.add(change);
        person.known = Math.max(person.known, change);
      },
      error: (error) => {
        if (person.leave !== gone) throw error instanceof Error ? error : new Error(JSON.stringify(error));
      },
      complete: () => {},
    },
  );
  const gone = () => {};
  person.leave = () => {
    judge();
    person.leave = gone;
    client.dispose();
  };
  return person;
}

const change = async () => {
  const number = made;
  const { unitId, unitCode, districtCode } = placeOf(number);
  await peers.announce(
    EvaluationSubmitted,
    { id: personOf(number), districtCode, unitId },
    {
      evaluationId: personOf(number),
      revision: 1,
      unitId,
      unitCode,
      unitName: 'Puskesmas',
      districtCode,
      period: monthOf(number),
      bundleId: '01890000-0000-7000-8000-0000000000b1',
      submittedBy: personOf(1),
      submittedAt: '2025-01-06T02:00:00.000Z',
      tally: { baik: 1, cukup: 0, kurang: 0, tanpa_target: 0, tanpa_data: 0 },
      judged: [],
    },
  );
  made = number + 1;
};

/** MB in use after everything unused was collected. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

beforeAll(async () => {
  peers = await startPeers();
  answerForDistrict(peers);
  peers.answer(Viewer, (_input, { token }) => {
    const { sub: personId } = JSON.parse(Buffer.from(token!.split('.')[1]!, 'base64url').toString()) as {
      sub: string;
    };
    const { unitId, role, districtCode } = postOf(personId);
    return {
      personId,
      name: 'Petugas',
      email: null,
      phone: null,
      active: true,
      posts: [
        {
          postId: '01890000-0000-7000-8000-0000000000c1',
          personId,
          unitId,
          districtCode,
          role,
          program: null,
          coachingGroup: null,
          title: 'Petugas',
          validFrom: '2024-01-01',
          validTo: null,
          unitCode: '1012406',
          unitName: 'Puskesmas',
        },
      ],
    };
  });
  gateway = await startGateway(
    peers.config({
      LOKMIN_RATE_BURST: '100000',
      LOKMIN_SLOW_CLIENT_MS: '300',
      LOKMIN_QUERY_DEADLINE_MS: '10000',
    }),
  );
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
  network = await aNetwork(gateway.port);
});
afterAll(async () => {
  await network?.close();
  await gateway?.stop();
  await peers?.stop();
});

/** All come, changes happen, all connections are cut at once while changes go on, and all leave. */
async function aDay() {
  const first = made;
  const people = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => look(personOf(n))));
  await eventually(() => people.every(({ connections }) => connections > 0), {
    deadlineMs: 30_000,
    what: `${CLIENTS} streams stand`,
  });
  expect(gateway.openStreams).toBe(CLIENTS);
  for (let i = 0; i < CHANGES; i += 1) {
    await change();
    if (i === CHANGES / 3 || i === (CHANGES * 2) / 3) {
      const before = people.map(({ connections }) => connections);
      network.cutAll();
      // Some changes happen while nobody listens, some while they come back.
      for (let j = 0; j < 5; j += 1) await change();
      await eventually(() => people.every(({ connections }, n) => connections > before[n]!), {
        deadlineMs: 30_000,
        what: 'all are back',
      });
    }
  }
  const newest = (sees: string[]) =>
    Array.from({ length: made }, (_, n) => n).findLast((n) => sees.includes(placeOf(n).unitCode))!;
  await eventually(() => people.every(({ known, sees }) => known >= newest(sees)), {
    deadlineMs: 30_000,
    what: 'everybody knows of the newest change',
  });
  for (const person of people) person.leave();
  await eventually(() => gateway.openStreams === 0, { what: 'all streams are closed' });
  expect(made - first).toBe(CHANGES + 10);
  return people;
}

it(`${CLIENTS} people hear of every change of what they may see, of nothing else, and leave nothing behind`, async () => {
  const people = await aDay();
  expect(people.filter(({ connections }) => connections < 3)).toEqual([]);
  expect([...new Set(people.flatMap(({ foreign }) => foreign))]).toEqual([]);
  expect(people.map(({ missed }) => missed.length)).toEqual(people.map(() => 0));
  people.length = 0;
  network.cutAll();
  const before = heapMb();
  await aDay();
  network.cutAll();
  // Nothing grows with those who came and went.
  await eventually(() => heapMb() - before < 8, { everyMs: 200, what: 'the memory is back' });
}, 120_000);

it('cuts off one who reads nothing, and lets the others hear', async () => {
  const slow = await look(personOf(0), WORDY);
  await eventually(() => slow.connections === 1);
  network.pauseAll();
  const other = await look(personOf(4));
  await eventually(() => other.connections === 1);
  expect(gateway.openStreams).toBe(2);
  await eventually(
    async () => {
      await Promise.all(Array.from({ length: 50 }, () => change()));
      return gateway.openStreams === 1;
    },
    { deadlineMs: 60_000, everyMs: 1, what: 'the slow one is cut off' },
  );
  expect(slow.connections).toBe(1);
  slow.leave();
  other.leave();
  expect(other.missed).toEqual([]);
}, 90_000);
