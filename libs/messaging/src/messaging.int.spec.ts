import { rm } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';
import {
  DistrictState,
  EvaluationReturned,
  FACTS_STREAM,
  FindAction,
  READERS,
  REFERENCE_STREAM,
  Refusal,
  ReportProgress,
  type AskType,
} from '@lokmin/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { aDatabase, aNats, eventually, silent, type TestDatabase, type TestNats } from '@lokmin/testing';
import {
  DataSource,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { uuidv7 } from 'uuidv7';
import {
  AskServer,
  askService,
  connectBus,
  followFacts,
  Consumer,
  inTransaction,
  isOutage,
  DeadLetterDistrict1765000000000,
  Messaging1763700000000,
  natsServerConfiguration,
  NotYet,
  once,
  processBatch,
  provision,
  react,
  registerReaders,
  Relay,
  replayDeadLetter,
  ServiceUnavailable,
  withCause,
  type Bus,
  type Delivery,
  type Reaction,
  type Tx,
} from './index.ts';

const reader = READERS.actionsFollowEvaluation;
const now = () => new Date();
const person = uuidv7();

let nats: TestNats;
let storeFolder: string;
const databases: TestDatabase[] = [];
const open: { stop?(): Promise<void>; close?(): Promise<void>; destroy?(): Promise<void> }[] = [];

async function aMigratedDatabase(): Promise<DataSource & { url: string }> {
  const created = await aDatabase();
  databases.push(created);
  const database = new DataSource({
    type: 'postgres',
    url: created.url,
    migrations: [Messaging1763700000000, DeadLetterDistrict1765000000000],
  });
  await database.initialize();
  await database.runMigrations();
  await database.query('CREATE TABLE ledger (fact_id uuid NOT NULL, reason text NOT NULL)');
  await registerReaders(database, [reader], new Date(0));
  open.push(database);
  return Object.assign(database, { url: created.url });
}

const bus = async (user: Parameters<TestNats['as']>[0]): Promise<Bus> => {
  const connected = await connectBus({ url: nats.url, user, password: nats.passwords[user], log: silent });
  open.push(connected);
  return connected;
};

const announce = (tx: Tx, reason: string, evaluationId: string = uuidv7(), revision = 2): string =>
  tx.announce(
    EvaluationReturned,
    { id: evaluationId, revision, districtCode: '19.06', unitId: null },
    {
      evaluationId,
      revision,
      unitId: uuidv7(),
      unitCode: '1012406',
      unitName: 'Puskesmas Manggar',
      districtCode: '19.06',
      period: '2024-12',
      bundleId: uuidv7(),
      returnedBy: person,
      reason,
    },
  );
const announceOne = (database: DataSource, reason: string) =>
  inTransaction(database, now, async (tx) => announce(tx, reason));

const writeLedger: Reaction['handle'] = async (fact, tx) => {
  const { reason } = fact.data as { reason: string };
  await tx.query('INSERT INTO ledger (fact_id, reason) VALUES ($1, $2)', [fact.id, reason]);
};
const ledger = async (database: DataSource): Promise<string[]> =>
  (await database.query('SELECT reason FROM ledger ORDER BY reason')).map(
    (row: { reason: string }) => row.reason,
  );

const isAllOut = async (database: DataSource): Promise<boolean> =>
  (await database.query('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0;

function consume(database: DataSource, on: Bus): Consumer {
  const consumer = new Consumer(on, { database, now, log: silent }, react(reader, writeLedger));
  consumer.start();
  open.push(consumer);
  return consumer;
}
function relay(database: { url: string }, on: Bus): Relay {
  const started = new Relay(database.url, on, silent);
  started.start();
  open.push(started);
  return started;
}

beforeEach(async () => {
  nats = await aNats((place) => {
    storeFolder = place.storeFolder;
    return natsServerConfiguration(place as never);
  });
  await provision(await bus('provisioner'));
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await (one.stop?.() ?? one.close?.() ?? one.destroy?.());
  await nats.stop();
  for (const database of databases.splice(0)) await database.drop();
});

describe('a fact', () => {
  it('reaches its reaction once, whatever is published or delivered twice', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    relay(publisher, await bus('indicators'));
    consume(subscriber, await bus('actions'));
    await announceOne(publisher, 'one');
    await eventually(async () => (await ledger(subscriber)).length === 1);
    const [{ subject, body }] = await publisher.query('SELECT subject, body FROM outbox');
    // Under another message id, since the stream itself drops what it knows: this copy reaches the reaction.
    await (await bus('indicators')).js.publish(subject, body, { msgID: uuidv7() });
    await announceOne(publisher, 'two');
    await eventually(async () => (await ledger(subscriber)).length === 2);
    expect(await ledger(subscriber)).toEqual(['one', 'two']);
  });

  it('is not announced by a transaction that is rolled back', async () => {
    const publisher = await aMigratedDatabase();
    await expect(
      inTransaction(publisher, now, async (tx) => {
        announce(tx, 'never');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await publisher.query('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('keeps the order of its aggregate from the outbox to the stream', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    await inTransaction(publisher, now, async (tx) => {
      for (let i = 0; i < 1200; i++) announce(tx, String(i).padStart(4, '0'));
    });
    relay(publisher, await bus('indicators'));
    consume(subscriber, await bus('actions'));
    await eventually(async () => (await ledger(subscriber)).length === 1200, { deadlineMs: 20_000 });
    const sequences = await publisher.query('SELECT position FROM outbox ORDER BY stream_sequence');
    const positions = sequences.map((row: { position: string }) => Number(row.position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('goes out by another relay when the active one is gone', async () => {
    const publisher = await aMigratedDatabase();
    const on = await bus('indicators');
    const [first, second] = [relay(publisher, on), relay(publisher, on)];
    await eventually(() => first.active !== second.active, { what: 'exactly one relay is active' });
    const [active, waiting] = first.active ? [first, second] : [second, first];
    await active.stop();
    await announceOne(publisher, 'late');
    await eventually(() => waiting.active);
    await eventually(() => isAllOut(publisher));
  });

  it('comes back when the stream was lost with its disk, without a command and without a second effect', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    relay(publisher, await bus('indicators'));
    consume(subscriber, await bus('actions'));
    for (const reason of ['a', 'b', 'c']) await announceOne(publisher, reason);
    await eventually(async () => (await ledger(subscriber)).length === 3);
    await nats.kill();
    await rm(storeFolder, { recursive: true, force: true });
    await nats.start();
    const provisioner = await bus('provisioner');
    await eventually(async () => (await provision(provisioner)).length === 0, {
      what: 'streams and consumers stand again',
    });
    await announceOne(publisher, 'd');
    await eventually(async () => (await ledger(subscriber)).includes('d'), { deadlineMs: 20_000 });
    const manager = await jetstreamManager(provisioner.connection);
    await eventually(async () => (await manager.streams.info(FACTS_STREAM)).state.messages >= 4, {
      deadlineMs: 20_000,
    });
    await eventually(
      async () => (await manager.consumers.info(FACTS_STREAM, reader.durable)).num_pending === 0,
    );
    expect(await ledger(subscriber)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('comes back when its stream is deleted while newer ones of its kind go out', async () => {
    const publisher = await aMigratedDatabase();
    relay(publisher, await bus('indicators'));
    for (const reason of ['a', 'b', 'c']) await announceOne(publisher, reason);
    await eventually(() => isAllOut(publisher));
    const provisioner = await bus('provisioner');
    const manager = await jetstreamManager(provisioner.connection);
    await manager.streams.delete(FACTS_STREAM);
    await provision(provisioner);
    // Long before the relay looks again; these alone would hide the loss.
    for (const reason of ['d', 'e', 'f', 'g']) await announceOne(publisher, reason);
    await eventually(async () => (await manager.streams.info(FACTS_STREAM)).state.messages === 7);
  });

  it('is not published a second time because a relay ended before it could note the first', async () => {
    const publisher = await aMigratedDatabase();
    const on = await bus('indicators');
    const first = relay(publisher, on);
    for (const reason of ['a', 'b', 'c']) await announceOne(publisher, reason);
    await eventually(() => isAllOut(publisher));
    await first.stop();
    await publisher.query(
      `UPDATE outbox SET published_at = NULL, stream_sequence = NULL WHERE position = (SELECT max(position) FROM outbox)`,
    );
    await publisher.query(`UPDATE outbox SET published_at = '2026-01-01' WHERE published_at IS NOT NULL`);
    relay(publisher, on);
    await eventually(() => isAllOut(publisher));
    const again = await publisher.query(`SELECT 1 FROM outbox WHERE published_at > '2026-01-01'`);
    expect(again).toHaveLength(1);
  });

  it('older than an effect is passed over, so that a new reaction does not tell history', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    await subscriber.query(`UPDATE durable SET first_existed_at = now() + interval '1 hour'`);
    await announceOne(publisher, 'history');
    const [{ body }] = await publisher.query('SELECT body FROM outbox');
    const delivery = aDelivery(body);
    await processBatch({ database: subscriber, now, log: silent }, react(reader, writeLedger), [delivery]);
    expect(delivery.outcome).toBe('acknowledged');
    expect(await ledger(subscriber)).toEqual([]);
  });
});

describe('the state of a thing', () => {
  it('comes back in its newest form when the stream was lost, and then the stream is left in peace', async () => {
    const publisher = await aMigratedDatabase();
    const say = (unitId: string, revision: number) =>
      inTransaction(publisher, now, async (tx) =>
        tx.announce(
          DistrictState,
          { id: unitId, revision, districtCode: unitId, unitId: null },
          {
            code: unitId,
            name: `revision ${revision}`,
            province: 'Kepulauan Bangka Belitung',
            timeZone: 'Asia/Jakarta',
          },
        ),
      );
    const first = relay(publisher, await bus('directory'));
    for (const code of ['19.01', '19.02', '19.03'])
      for (const revision of [1, 2, 3]) await say(code, revision);
    await eventually(() => isAllOut(publisher));
    const provisioner = await bus('provisioner');
    const manager = await jetstreamManager(provisioner.connection);
    const lose = async () => {
      await manager.streams.delete(REFERENCE_STREAM);
      await provision(provisioner);
    };
    await lose();
    await first.stop(); // a new relay looks at the stream at once
    const second = relay(publisher, await bus('directory'));
    await eventually(
      async () => (await manager.streams.info(REFERENCE_STREAM)).state.messages === 3 && isAllOut(publisher),
    );
    const [{ at }] = await publisher.query('SELECT max(published_at)::text AS at FROM outbox');
    await second.stop();
    const third = relay(publisher, await bus('directory'));
    await eventually(() => third.active);
    await say('19.04', 1);
    await eventually(() => isAllOut(publisher));
    expect(
      await publisher.query(`SELECT subject FROM outbox WHERE published_at > $1::timestamptz`, [at]),
    ).toEqual([{ subject: 'lokmin.ref.directory.district.19_04' }]);
  });
});

interface Observed extends Delivery {
  outcome?: 'acknowledged' | number;
}
function aDelivery(body: string, attempt = 1): Observed {
  const delivery: Observed = {
    data: new TextEncoder().encode(body),
    subject: EvaluationReturned.type,
    attempt,
    ack: () => (delivery.outcome = 'acknowledged'),
    later: (milliseconds) => (delivery.outcome = milliseconds),
    working: () => {},
  };
  return delivery;
}

describe('a reaction', () => {
  const bodies = async (database: DataSource, count: number) => {
    for (let i = 0; i < count; i++) await announceOne(database, `r${i}`);
    return (await database.query('SELECT body FROM outbox ORDER BY position')).map(
      (row: { body: string }) => row.body,
    ) as string[];
  };

  it('that fails for one fact of a batch still does the others, and asks for that one later', async () => {
    const database = await aMigratedDatabase();
    const deliveries = (await bodies(database, 3)).map((body) => aDelivery(body));
    const reaction = react(reader, async (fact, tx) => {
      if ((fact.data as { reason: string }).reason === 'r1') throw new NotYet('its unit');
      await writeLedger(fact as never, tx);
    });
    await processBatch({ database, now, log: silent }, reaction, deliveries);
    expect(deliveries.map((delivery) => delivery.outcome)).toEqual(['acknowledged', 250, 'acknowledged']);
    expect(await ledger(database)).toEqual(['r0', 'r2']);
  });

  it('that refuses for good leaves a dead letter with the reason, which can be replayed once', async () => {
    const database = await aMigratedDatabase();
    const [body] = await bodies(database, 1);
    const context = { database, now, log: silent };
    const delivery = aDelivery(body!);
    await processBatch(
      context,
      react(reader, () => Promise.reject(new Refusal('access.forbidden'))),
      [delivery],
    );
    expect(delivery.outcome).toBe('acknowledged');
    const [letter] = await database.query('SELECT id, durable, attempts, reason FROM dead_letter');
    expect(letter).toMatchObject({ durable: reader.durable, attempts: 1 });
    expect(letter.reason).toContain('Your posts do not allow this');
    const reactions = [react(reader, writeLedger)];
    const command = { commandId: uuidv7(), id: letter.id };
    const replay = (input: typeof command, district: string) =>
      replayDeadLetter(context, reactions, 'replay', input, [district]);
    await expect(replay(command, '19.05')).rejects.toThrow('not found');
    expect(await replay(command, '19.06')).toBe(true);
    expect(await replay(command, '19.06')).toBe(true); // the same command
    expect(await ledger(database)).toEqual(['r0']);
    await expect(replay({ ...command, commandId: uuidv7() }, '19.06')).rejects.toThrow('not found');
  });

  describe('to a dead letter, replayed,', () => {
    const aDeadLetter = async () => {
      const database = await aMigratedDatabase();
      const context = { database, now, log: silent };
      const [body] = await bodies(database, 1);
      await processBatch(
        context,
        react(reader, () => Promise.reject(new Refusal('access.forbidden'))),
        [aDelivery(body!)],
      );
      const letters = (): Promise<{ id: string; attempts: number; replayed: boolean }[]> =>
        database.query(
          'SELECT id, attempts, replayed_at IS NOT NULL AS replayed FROM dead_letter ORDER BY id',
        );
      const replay = async (handle: Reaction['handle'], letter: string) =>
        replayDeadLetter(context, [react(reader, handle)], 'replay', { commandId: uuidv7(), id: letter }, [
          '19.06',
        ]);
      return { context, database, letters, replay, letter: (await letters())[0]!.id };
    };

    it('that fails again leaves a new dead letter, which can be replayed', async () => {
      const { database, letters, replay, letter } = await aDeadLetter();
      expect(await replay(() => Promise.reject(new NotYet('its unit')), letter)).toBe(false);
      expect(await letters()).toMatchObject([
        { attempts: 1, replayed: true },
        { attempts: 2, replayed: false },
      ]);
      expect(await replay(writeLedger, (await letters())[1]!.id)).toBe(true);
      expect(await ledger(database)).toEqual(['r0']);
    });

    it.each([
      ['57P01', 'the database is away', '57P01'],
      ['not-found', 'its reader is unknown', null],
    ])('answers %s and leaves the letter as it was while %s', async (code, _, outage) => {
      const { context, letters, replay, letter } = await aDeadLetter();
      const answer = outage
        ? replay(() => Promise.reject(Object.assign(new Error('terminating'), { code: outage })), letter)
        : replayDeadLetter(context, [], 'replay', { commandId: uuidv7(), id: letter }, ['19.06']);
      await expect(answer).rejects.toMatchObject({ code });
      expect(await letters()).toMatchObject([{ attempts: 1, replayed: false }]);
    });

    it('succeeds also when another fact goes to the dead letters meanwhile', async () => {
      const { context, replay, letter } = await aDeadLetter();
      const whileAnotherIsBuried: Reaction['handle'] = async (fact, tx) => {
        await processBatch(context, react(reader, writeLedger), [aDelivery('{}')]);
        await writeLedger(fact as never, tx);
      };
      expect(await replay(whileAnotherIsBuried, letter)).toBe(true);
    });
  });

  it('holds its facts while the database is away, which is no attempt', async () => {
    const database = await aMigratedDatabase();
    const delivery = aDelivery((await bodies(database, 1))[0]!);
    let outages = 1;
    const reaction = react(reader, async (fact, tx) => {
      if (outages-- > 0) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
      await writeLedger(fact as never, tx);
    });
    await processBatch({ database, now, log: silent }, reaction, [delivery], () => true);
    expect(delivery.outcome).toBe('acknowledged');
    expect(await ledger(database)).toEqual(['r0']);
    outages = 1;
    const hurried = aDelivery((await bodies(database, 1)).at(-1)!);
    await processBatch({ database, now, log: silent }, reaction, [hurried], () => false);
    expect(hurried.outcome).toBe(1_000);
  });

  it('gives up after a day of trying', async () => {
    const database = await aMigratedDatabase();
    const [body] = await bodies(database, 1);
    const never = react(reader, () => Promise.reject(new NotYet('something')));
    const [early, late] = [aDelivery(body!, 12), aDelivery(body!, 100)];
    await processBatch({ database, now, log: silent }, never, [early]);
    await processBatch({ database, now, log: silent }, never, [late]);
    expect(early.outcome).toBe(1_800_000);
    expect(late.outcome).toBe('acknowledged');
    expect(await database.query('SELECT attempts FROM dead_letter')).toEqual([{ attempts: 100 }]);
  });

  it('never sees a broken payload: that goes to the dead letters as it is', async () => {
    const database = await aMigratedDatabase();
    const delivery = aDelivery('{"specversion":"1.0","id":"x"}');
    await processBatch({ database, now, log: silent }, react(reader, writeLedger), [delivery]);
    expect(delivery.outcome).toBe('acknowledged');
    expect(await database.query('SELECT body, district_code FROM dead_letter')).toEqual([
      { body: '{"specversion":"1.0","id":"x"}', district_code: null },
    ]);
  });
});

describe('a consumer', () => {
  /** A reaction that waits at its first fact until it is let go. */
  const aSlowReaction = () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const reaction = react(reader, async (fact, tx) => {
      begun.resolve();
      await goOn.promise;
      await writeLedger(fact as never, tx);
    });
    return { reaction, begun: begun.promise, goOn: goOn.resolve };
  };
  const start = async (database: DataSource, reaction: Reaction) => {
    const consumer = new Consumer(await bus('actions'), { database, now, log: silent }, reaction);
    consumer.start();
    open.push(consumer);
  };

  it('that is deleted while a batch is at hand ends neither the process nor the reading', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    relay(publisher, await bus('indicators'));
    const { reaction, begun, goOn } = aSlowReaction();
    await start(subscriber, reaction);
    const unhandled: unknown[] = [];
    const outside = runInThisContext('process') as NodeJS.Process; // Jest's own copy hears nothing
    const note = (error: unknown) => unhandled.push(error);
    outside.on('unhandledRejection', note);
    try {
      await announceOne(publisher, 'a');
      await begun;
      const provisioner = await bus('provisioner');
      const manager = await jetstreamManager(provisioner.connection);
      await manager.consumers.delete(FACTS_STREAM, reader.durable);
      await provision(provisioner);
      goOn();
      await eventually(async () => (await ledger(subscriber)).length === 1);
      await announceOne(publisher, 'b');
      await eventually(async () => (await ledger(subscriber)).length === 2);
      const state = () => manager.consumers.info(FACTS_STREAM, reader.durable);
      await eventually(async () => {
        const { num_pending: pending, num_ack_pending: atHand } = await state();
        return pending + atHand === 0;
      });
      expect(unhandled).toEqual([]);
    } finally {
      outside.off('unhandledRejection', note);
    }
  });

  it('keeps what it holds while the database is away, beyond the time after which it would come again', async () => {
    const [publisher, subscriber] = [await aMigratedDatabase(), await aMigratedDatabase()];
    const manager = await jetstreamManager((await bus('provisioner')).connection);
    await manager.consumers.update(FACTS_STREAM, reader.durable, { ack_wait: nanos(2_000) });
    await inTransaction(publisher, now, async (tx) => {
      for (let i = 0; i < 300; i++) announce(tx, String(i)); // more than one batch
    });
    relay(publisher, await bus('indicators'));
    await eventually(() => isAllOut(publisher));
    const backAt = Date.now() + 4_000;
    await start(
      subscriber,
      react(reader, async (fact, tx) => {
        if (Date.now() < backAt) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
        await writeLedger(fact as never, tx);
      }),
    );
    await eventually(async () => (await ledger(subscriber)).length === 300);
    const { delivered } = await manager.consumers.info(FACTS_STREAM, reader.durable);
    expect(delivered.consumer_seq).toBe(300);
  });
});

describe('a follower', () => {
  it('goes on though its reader fails, whatever it was told', async () => {
    const publisher = await aMigratedDatabase();
    relay(publisher, await bus('indicators'));
    const heard: string[] = [];
    let gaps = 0;
    const follower = followFacts(
      await bus('gateway'),
      FACTS_STREAM,
      silent,
      ({ data }) => {
        heard.push((data as { reason: string }).reason);
        if (heard.length === 1) throw new Error('the reader fails');
      },
      () => {
        gaps += 1;
        throw new Error('the reader fails');
      },
    );
    open.push(follower);
    await eventually(() => follower.hears);
    await announceOne(publisher, 'a');
    await announceOne(publisher, 'b');
    await eventually(() => heard.includes('b'));
    expect(gaps).toBeGreaterThan(0);
  });
});

describe('a command', () => {
  const asPerson = <T>(work: () => T) =>
    withCause({ correlationId: 'c', causationId: null, actor: person, traceparent: null }, work);

  it('sent twice is done once and answered alike, also at the same moment', async () => {
    const database = await aMigratedDatabase();
    const input = { commandId: uuidv7(), reason: 'once' };
    const run = () =>
      asPerson(() =>
        inTransaction(database, now, (tx) =>
          once(tx, 'test', input, async () => ({ fact: announce(tx, 'once') })),
        ),
      );
    const [first, second] = await Promise.all([run(), run()]);
    expect(second).toEqual(first);
    expect(await run()).toEqual(first);
    expect(await database.query('SELECT id FROM outbox')).toEqual([{ id: first.fact }]);
  });

  it('with the id of another content is refused', async () => {
    const database = await aMigratedDatabase();
    const commandId = uuidv7();
    const run = (reason: string) =>
      asPerson(() =>
        inTransaction(database, now, (tx) => once(tx, 'test', { commandId, reason } as never, async () => 1)),
      );
    await run('a');
    await expect(run('b')).rejects.toMatchObject({ code: 'command.reused' });
  });
});

describe('a request', () => {
  const ask = async (
    handle: () => Promise<unknown>,
    type: AskType = FindAction,
    input: object = { actionId: uuidv7() },
  ) => {
    const server = new AskServer({
      bus: await bus('actions'),
      service: 'actions',
      asks: [type],
      identify: async () => ({ actor: person, sessionId: null }),
      log: silent,
    });
    server.addHandler(type.subject, handle);
    server.listen(() => {});
    open.push(server);
    return askService(await bus('cli'), type, input, { token: 'any' });
  };

  it('with a character that no text holds is refused, by the name of its field', async () => {
    const report = { commandId: uuidv7(), actionId: uuidv7(), expectedRevision: 1, progress: 50 };
    for (const note of ['sudah\u0000selesai', 'sudah\ud800', '\u202eselesai'])
      await expect(ask(() => Promise.resolve({}), ReportProgress, { ...report, note })).rejects.toMatchObject(
        { code: 'input.invalid', field: 'note' },
      );
  });

  it('of a service whose database is away is told so, as if the service were away', async () => {
    await expect(
      ask(() => Promise.reject(new QueryRunnerProviderAlreadyReleasedError())),
    ).rejects.toBeInstanceOf(ServiceUnavailable);
  });

  it('whose reply cannot be said is told no more than a number', async () => {
    await expect(ask(() => Promise.resolve({ action: 1n }))).rejects.toMatchObject({ code: 'internal' });
  });

  it('that fails for another reason is told no more than a number', async () => {
    await expect(ask(() => Promise.reject(new Error('secret')))).rejects.toMatchObject({ code: 'internal' });
  });

  it.each([
    ['terminated', { code: '57P01' }],
    ['refused', { code: 'ECONNREFUSED' }],
    ['unreachable', { code: 'EHOSTUNREACH' }],
    ['slow', new Error('timeout expired')],
    ['pool', new Error('timeout exceeded when trying to connect')],
    ['released', new QueryRunnerAlreadyReleasedError()],
  ])('knows a missing database: %s', (_, error) => expect(isOutage(error)).toBe(true));
});

describe('NATS itself', () => {
  it('refuses a process that publishes to a foreign subject, or answers for another service', async () => {
    const actions = await bus('actions');
    await expect(actions.js.publish('lokmin.indicators.evaluation.submitted.v1', '{}')).rejects.toThrow(
      /permission/i,
    );
    await expect(
      actions.connection.request('lokmin.ask.indicators.submit-evaluation', '{}', { timeout: 1000 }),
    ).rejects.toThrow(/permission/i);
    const eavesdropping = new Promise((resolve) =>
      actions.connection.subscribe('lokmin.ask.directory.sign-in', {
        callback: (error) => void (error && resolve(error.message)),
      }),
    );
    expect(await eavesdropping).toMatch(/permission/i);
  });
});
