/** Facts per second from the outbox to the recorded effect, beside raw JetStream publishing and single submissions. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ActionReadied, EvaluationSubmitted, READERS, type Reader } from '@lokmin/contracts';
import { connectBus, provision } from '@lokmin/messaging';
import { createDatabase } from '@lokmin/service';
import { jetstreamManager } from '@nats-io/jetstream';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import type { System } from '../local/system.ts';
import type { Announcer, ToAnnounce } from './announcer.ts';
import { DISTRICT, inParallel, PERIODS, quiet, submit, type BenchDistrict } from './district.ts';
import { median, showRatio, showRounds, type Outcome } from './figures.ts';
import type { Reader as ReaderWork } from './reader.ts';
import { startWorker, type Worker } from './worker.ts';

const ROUNDS = 3;
const PER_TRANSACTION = [1, 5, 50];
const WRITERS = 8;
/** A first try with so many facts also says how many make a measurement of about this length. */
const TRY = 500;
const SECONDS = 2;
const LARGEST_BACKLOG = 10_000;
const REAL_PER_TRANSACTION = 5;
const REAL_MONTHS = ['01'];
const RAW_SECONDS = 2;
const RAW_SUBJECT = 'bench.raw';
const RAW_IN_FLIGHT = [1, 200];
/** The reader of the smallest effect and of the real one: messages about actions. */
const READER: Reader = READERS.notificationsTellOfAction;
const AIM_FACTS_PER_SECOND = 3_000;
const PATIENCE_MS = 120_000;

export interface FactsOptions {
  readonly report: (line: string) => void;
  readonly profileFolder: string | undefined;
}

/** Measures; changes what the services hold of the synthetic district. */
export async function measureFacts(
  system: System,
  natsUrl: string,
  district: BenchDistrict,
  { report, profileFolder }: FactsOptions,
): Promise<Outcome> {
  try {
    return await measureAll(system, natsUrl, district, { report, profileFolder });
  } finally {
    for (const pool of pools.values()) await pool.end();
    pools.clear();
  }
}

async function measureAll(
  system: System,
  natsUrl: string,
  district: BenchDistrict,
  { report, profileFolder }: FactsOptions,
): Promise<Outcome> {
  report('Submitting evaluations, one and eight at a time');
  const submissions = await measureSubmissions(district);
  const floor = await measureFloor(system, natsUrl, { report, profileFolder });
  report('Draining a backlog into the inbox of the notifications service');
  const messages = await measureMessages(system, district, profileFolder);
  report('Draining a backlog of evaluations through actions and notifications');
  const evaluations = await measureEvaluations(system, district, profileFolder);

  const most = floor.raw[200]!;
  const best = Math.max(...PER_TRANSACTION.map((per) => median(floor.draining[per]!)));
  const rows = [
    ...RAW_IN_FLIGHT.map((inFlight) => [
      `raw JetStream publishing, ${inFlight === 1 ? 'one by one' : `${inFlight} in flight`}`,
      '-',
      showRounds(floor.raw[inFlight]!),
      showRatio(floor.raw[inFlight]!, most),
    ]),
    ...(
      [
        ['writing alone, 8 writers', floor.writing],
        ['draining a backlog, smallest effect', floor.draining],
        ['writing, sending and smallest effect at once', floor.together],
      ] as const
    ).flatMap(([name, values]) =>
      PER_TRANSACTION.map((per) => [
        name,
        String(per),
        showRounds(values[per]!),
        showRatio(values[per]!, most),
      ]),
    ),
    ...(
      [
        ['draining a backlog, messages to the owners of actions', messages],
        ['draining a backlog of evaluations', evaluations.evaluations],
        ['the same with the facts that they set off', evaluations.withAllSetOff],
      ] as const
    ).map(([name, values]) => [
      name,
      String(REAL_PER_TRANSACTION),
      showRounds(values),
      showRatio(values, most),
    ]),
    ['single submissions, one at a time', '1', showRounds(submissions[1]!), showRatio(submissions[1]!, most)],
    [
      'single submissions, eight at a time',
      '1',
      showRounds(submissions[8]!),
      showRatio(submissions[8]!, most),
    ],
  ];
  return {
    tables: [
      {
        title: 'Facts per second, from the outbox to the recorded effect',
        about:
          `From the moment the relay is active (a backlog) or the writers begin (at once) to the commit of the last effect, as ` +
          `PostgreSQL noted it; announcing, reacting and NATS are processes of their own. ${ROUNDS} rounds, median (least-most). ` +
          `Facts have about ${floor.bytes} bytes, evaluations about ${evaluations.bytes}.`,
        columns: ['What', 'Facts per write transaction', 'Facts/s', 'Of raw publishing, 200 in flight'],
        rows,
      },
    ],
    aims: [
      {
        aim: `at least ${AIM_FACTS_PER_SECOND.toLocaleString('en')} facts/s draining a backlog`,
        measured: PER_TRANSACTION.map(
          (per) => `${showRounds(floor.draining[per]!)} at ${per} per transaction`,
        ).join(', '),
        holds: best >= AIM_FACTS_PER_SECOND,
      },
    ],
    figures: { floor, messages, evaluations, submissions },
  };
}

/** How many facts make a measurement, at about so many a second. */
const sizeFor = (perSecond: number): number =>
  Math.min(LARGEST_BACKLOG, Math.max(TRY, Math.round((perSecond * SECONDS) / 100) * 100));

type ByCount = Record<number, number[]>;
const note = (values: ByCount, key: number, value: number) => void (values[key] ??= []).push(value);

/** Messaging alone: two databases and a nats-server of its own, the smallest effect there is. */
async function measureFloor(system: System, natsUrl: string, { report, profileFolder }: FactsOptions) {
  const databases = {
    announcing: await makeDatabase(system, 'bench_announcing'),
    reacting: await makeDatabase(system, 'bench_reacting'),
  };
  const connection = (user: string) => ({ url: natsUrl, user, password: '' });
  const bus = await connectBus({ ...connection('provisioner'), log: quiet });
  const announcer = startWorker<Announcer>('announcer', profileFolder);
  const reader = startWorker<ReaderWork>('reader', profileFolder);
  try {
    await provision(bus);
    const manager = await jetstreamManager(bus.connection);
    await manager.streams.add({ name: 'RAW', subjects: [RAW_SUBJECT] });
    await announcer.do('open', { databaseUrl: databases.announcing, nats: connection('actions') });
    await reader.do('open', { databaseUrl: databases.reacting, nats: connection('notifications') });

    const somewhere = { unitId: randomUUID(), code: '9902001', name: 'Puskesmas Contoh 1 (sintetis)' };
    const facts = (count: number) =>
      Array.from({ length: count }, () => readied(somewhere, randomUUID(), null));
    const bytes = 640 + JSON.stringify(facts(1)[0]!.data).length;
    const path = { announcerUrl: databases.announcing, readerUrl: databases.reacting, reader: READER };
    const raw: ByCount = {};
    const writing: ByCount = {};
    const draining: ByCount = {};
    const together: ByCount = {};
    const backlog: Record<number, number> = {};
    for (const per of PER_TRANSACTION) {
      const { written, drained } = await drain(announcer, path, facts(TRY), per);
      backlog[per] = sizeFor(Math.min(written, drained));
    }
    for (let round = 1; round <= ROUNDS; round++) {
      report(`Messaging alone, round ${round} of ${ROUNDS}`);
      for (const inFlight of RAW_IN_FLIGHT)
        note(
          raw,
          inFlight,
          await announcer.do('publishRaw', { subject: RAW_SUBJECT, bytes, inFlight, seconds: RAW_SECONDS }),
        );
      for (const per of PER_TRANSACTION) {
        const some = facts(backlog[per]!);
        const { written, drained } = await drain(announcer, path, some, per);
        note(writing, per, written);
        note(draining, per, drained);
        note(together, per, await flow(announcer, path, facts(backlog[per]! / 2), per));
      }
    }
    return { bytes, raw, writing, draining, together };
  } finally {
    await announcer.stop();
    await reader.stop();
    await bus.close();
  }
}

/** A real reaction: the notifications service tells the owners of actions, one message for each fact. */
async function measureMessages(
  system: System,
  { units }: BenchDistrict,
  profileFolder?: string,
): Promise<number[]> {
  return withAnnouncer(system, 'actions', profileFolder, async (announcer) => {
    const databaseUrl = system.databaseUrl('notifications');
    const path = { announcerUrl: system.databaseUrl('actions'), readerUrl: databaseUrl, reader: READER };
    const heads = await holdersOf(databaseUrl, 'kepala_puskesmas', null);
    const owners = await holdersOf(databaseUrl, 'pemegang_program', 'KIA');
    const facts = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const unit = units[i % units.length]!;
        return readied(unit, owners.get(unit.unitId)!, heads.get(unit.unitId)!);
      });
    const backlog = sizeFor((await drain(announcer, path, facts(TRY), REAL_PER_TRANSACTION)).drained);
    const values: number[] = [];
    for (let round = 1; round <= ROUNDS; round++)
      values.push((await drain(announcer, path, facts(backlog), REAL_PER_TRANSACTION)).drained);
    return values;
  });
}

/**
 * The whole way of an evaluation: what actions and notifications make of it, and what they announce of that. Until the
 * last reader has reacted to the last fact.
 */
async function measureEvaluations(system: System, { units }: BenchDistrict, profileFolder?: string) {
  const [sample] = await query<{ body: string }>(
    system.databaseUrl('indicators'),
    'SELECT body FROM outbox WHERE subject = $1 ORDER BY position LIMIT 1',
    [EvaluationSubmitted.type],
  );
  const { data } = JSON.parse(sample!.body) as { data: Record<string, unknown> };
  const readers = [
    { reader: READERS.actionsFollowEvaluation, url: system.databaseUrl('actions') },
    { reader: READERS.notificationsTellOfEvaluation, url: system.databaseUrl('notifications') },
    { reader: READER, url: system.databaseUrl('notifications') },
  ];
  const setOff = [system.databaseUrl('actions'), system.databaseUrl('notifications')];
  return withAnnouncer(system, 'indicators', profileFolder, async (announcer) => {
    const evaluations: number[] = [];
    const withAllSetOff: number[] = [];
    const heads = await holdersOf(readers[1]!.url, 'kepala_puskesmas', null);
    for (let round = 1; round <= ROUNDS; round++) {
      // Months of another year: no evaluation of them is there, nor ever will be.
      const periods = REAL_MONTHS.map((month) => `${2010 + round}-${month}`);
      const facts = periods.flatMap((period) =>
        units.map(({ unitId, code, name }): ToAnnounce => {
          const evaluationId = uuidv7();
          return {
            type: EvaluationSubmitted.type,
            about: { id: evaluationId, revision: 1, districtCode: DISTRICT.code, unitId },
            actor: heads.get(unitId)!,
            data: { ...data, evaluationId, revision: 1, unitId, unitCode: code, unitName: name, period },
          };
        }),
      );
      await announcer.do('write', { facts, perTransaction: REAL_PER_TRANSACTION, writers: WRITERS });
      const before = await Promise.all(readers.map(({ reader, url }) => recorded(url, reader)));
      const announcedBefore = await announcedBy(setOff);
      const last = await newestFact(system.databaseUrl('indicators'), [EvaluationSubmitted]);
      const began = await announcer.do('startRelay');
      for (const { reader, url } of readers.slice(0, 2)) await effectOf(url, reader, last);
      await effectOf(readers[2]!.url, READER, await newestFact(system.databaseUrl('actions'), READER.facts));
      const heard = async () => {
        const now = await Promise.all(readers.map(({ reader, url }) => recorded(url, reader)));
        const [followed, told] = now.map((count, i) => count - before[i]!);
        if (followed! < facts.length || told! < facts.length) return false;
        const [announced] = await query<{ count: number }>(
          system.databaseUrl('actions'),
          'SELECT count(*)::int AS count FROM outbox WHERE subject = ANY ($1)',
          [READER.facts.map(({ type }) => type)],
        );
        return announced!.count === now[2];
      };
      await until(heard, 'the evaluations have their effects');
      const ends = await Promise.all(readers.map(({ reader, url }) => lastEffect(url, reader)));
      await announcer.do('stopRelay');
      const seconds = (Math.max(...ends) - began) / 1000;
      evaluations.push(facts.length / seconds);
      withAllSetOff.push((facts.length + (await announcedBy(setOff)) - announcedBefore) / seconds);
    }
    return { bytes: sample!.body.length, evaluations, withAllSetOff };
  });
}

/** People submitting: request, frozen evaluation, fact in the outbox, reply. @returns submissions a second */
async function measureSubmissions({ bus, units }: BenchDistrict): Promise<ByCount> {
  const values: ByCount = {};
  const periods = PERIODS.slice(2).values(); // the first two are for the way to the screen
  for (let round = 1; round <= ROUNDS; round++) {
    for (const width of [1, 8]) {
      const period = periods.next().value!;
      const began = performance.now();
      await inParallel(width, units, (unit) => submit(bus, unit, period));
      note(values, width, units.length / ((performance.now() - began) / 1000));
    }
  }
  return values;
}

/** Whose facts have their effects where. */
interface Path {
  readonly announcerUrl: string;
  readonly readerUrl: string;
  readonly reader: Reader;
}

/** Writes a backlog while the relay is still, then lets the relay go. @returns facts a second, written and drained */
async function drain(
  announcer: Worker<Announcer>,
  { announcerUrl, readerUrl, reader }: Path,
  facts: readonly ToAnnounce[],
  perTransaction: number,
): Promise<{ written: number; drained: number }> {
  const { milliseconds } = await announcer.do('write', { facts, perTransaction, writers: WRITERS });
  const due = (await recorded(readerUrl, reader)) + facts.length;
  const last = await newestFact(announcerUrl, reader.facts);
  const began = await announcer.do('startRelay');
  await effectOf(readerUrl, reader, last);
  await until(async () => (await recorded(readerUrl, reader)) >= due, 'the backlog is drained');
  const ended = await lastEffect(readerUrl, reader);
  await announcer.do('stopRelay');
  return { written: facts.length / (milliseconds / 1000), drained: facts.length / ((ended - began) / 1000) };
}

/** Writes while relay and reader run. @returns facts a second, from the first write to the last effect */
async function flow(
  announcer: Worker<Announcer>,
  { announcerUrl, readerUrl, reader }: Path,
  facts: readonly ToAnnounce[],
  perTransaction = 50,
): Promise<number> {
  const due = (await recorded(readerUrl, reader)) + facts.length;
  await announcer.do('startRelay');
  const began = Date.now();
  await announcer.do('write', { facts, perTransaction, writers: WRITERS });
  await effectOf(readerUrl, reader, await newestFact(announcerUrl, reader.facts));
  await until(async () => (await recorded(readerUrl, reader)) >= due, 'the facts have their effects');
  const ended = await lastEffect(readerUrl, reader);
  await announcer.do('stopRelay');
  return facts.length / ((ended - began) / 1000);
}

/** Announces in the place of a service, whose process is stopped meanwhile: with its database, its NATS user, its relay. */
async function withAnnouncer<T>(
  system: System,
  service: 'actions' | 'indicators',
  profileFolder: string | undefined,
  measure: (announcer: Worker<Announcer>) => Promise<T>,
): Promise<T> {
  await system.processes.stop(service);
  const announcer = startWorker<Announcer>('announcer', profileFolder);
  try {
    await announcer.do('open', {
      databaseUrl: system.databaseUrl(service),
      nats: { url: system.natsUrl, user: service, password: system.secrets.nats[service] },
    });
    return await measure(announcer);
  } finally {
    await announcer.stop();
    await system.processes.start(service);
  }
}

/** An action was made ready: a small fact, of which its owner is told. */
function readied(
  unit: { unitId: string; code: string; name: string },
  ownerId: string,
  actor: string | null,
): ToAnnounce {
  const actionId = uuidv7();
  return {
    type: ActionReadied.type,
    about: { id: actionId, revision: 2, districtCode: DISTRICT.code, unitId: unit.unitId },
    actor,
    data: {
      actionId,
      revision: 2,
      unitId: unit.unitId,
      unitCode: unit.code,
      unitName: unit.name,
      districtCode: DISTRICT.code,
      indicatorCode: 'KIA-K1',
      indicatorName: 'Cakupan kunjungan ibu hamil K1',
      title: 'Kunjungan rumah ibu hamil yang belum K1',
      status: 'ready',
      ownerId,
      ownerName: 'Pemegang Program KIA (sintetis)',
      dueDate: '2025-03-31',
      progress: 0,
      overdueSince: null,
      evaluationId: actionId,
      period: '2024-12',
      unsupported: false,
      formerOwnerId: null,
    },
  };
}

/** Who holds a post, by unit. */
async function holdersOf(
  databaseUrl: string,
  role: string,
  program: string | null,
): Promise<Map<string, string>> {
  const rows = await query<{ unit_id: string; person_id: string }>(
    databaseUrl,
    'SELECT unit_id, person_id FROM known_post WHERE role = $1 AND program IS NOT DISTINCT FROM $2',
    [role, program],
  );
  return new Map(rows.map(({ unit_id, person_id }) => [unit_id, person_id]));
}

async function makeDatabase(system: System, name: string): Promise<string> {
  await query(system.superuserUrl, `CREATE DATABASE ${name}`);
  const url = new URL(system.superuserUrl);
  url.pathname = name;
  const database = createDatabase(name, url.href, 2, { entities: [], migrations: [] });
  await database.initialize();
  await database.runMigrations();
  await database.destroy();
  return url.href;
}

/** How many facts some databases ever announced. */
async function announcedBy(urls: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    urls.map((url) =>
      query<{ count: number }>(
        url,
        `SELECT count(*)::int AS count FROM outbox WHERE subject NOT LIKE '%.audit.sealed.%'`,
      ),
    ),
  );
  return counts.reduce((sum, [row]) => sum + row!.count, 0);
}

/** The newest fact that a database announced of some types. */
const newestFact = async (url: string, types: readonly { type: string }[]): Promise<string> =>
  (
    await query<{ id: string }>(
      url,
      'SELECT id FROM outbox WHERE subject = ANY ($1) ORDER BY position DESC LIMIT 1',
      [types.map(({ type }) => type)],
    )
  )[0]!.id;

/** Waits for the effect of one fact; looking it up costs next to nothing. */
const effectOf = (url: string, { durable }: Reader, factId: string) =>
  until(
    async () =>
      (await query(url, 'SELECT 1 FROM inbox WHERE durable = $1 AND fact_id = $2', [durable, factId]))
        .length > 0,
    `${durable} has reacted to the last fact`,
  );

const recorded = async (url: string, { durable }: Reader): Promise<number> =>
  (
    await query<{ count: number }>(url, 'SELECT count(*)::int AS count FROM inbox WHERE durable = $1', [
      durable,
    ])
  )[0]!.count;

/** When the newest effect was committed, in milliseconds since 1970. Needs `track_commit_timestamp`. */
const lastEffect = async (url: string, { durable }: Reader): Promise<number> =>
  (
    await query<{ at: number }>(
      url,
      `SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)))::float8 * 1000 AS at FROM inbox
       WHERE durable = $1 AND at >= (SELECT max(at) FROM inbox WHERE durable = $1)`,
      [durable],
    )
  )[0]!.at;

/** One connection for each database, kept: connecting anew would take time from what is measured. */
const pools = new Map<string, pg.Pool>();
async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const pool = pools.get(url) ?? new pg.Pool({ connectionString: url, max: 1 });
  pools.set(url, pool);
  return (await pool.query<Row>(sql, parameters)).rows;
}

async function until<T>(condition: () => Promise<T>, what: string): Promise<NonNullable<T>> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > giveUpAt) throw new Error(`Not within ${PATIENCE_MS / 1000} s: ${what}`);
    await delay(50);
  }
}
