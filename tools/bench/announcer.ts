/** A process that announces facts the way a service does: state and fact in one transaction, sent by the relay. */
import { setTimeout as delay } from 'node:timers/promises';
import { FACTS } from '@lokmin/contracts';
import {
  connectBus,
  currentCause,
  inTransaction,
  Relay,
  withCause,
  type About,
  type Bus,
} from '@lokmin/messaging';
import { createDatabase } from '@lokmin/service';
import type { DataSource } from 'typeorm';
import { inParallel, quiet } from './district.ts';
import { serve } from './worker.ts';

/** A fact to be announced; `type` names it. */
export interface ToAnnounce {
  readonly type: string;
  readonly about: About;
  /** The person behind it. */
  readonly actor: string | null;
  readonly data: Record<string, unknown>;
}
export interface Place {
  readonly databaseUrl: string;
  readonly nats: { url: string; user: string; password: string };
}

let bus: Bus;
let database: DataSource;
let databaseUrl: string;
let relay: Relay | undefined;

const work = {
  async open(place: Place): Promise<void> {
    databaseUrl = place.databaseUrl;
    bus = await connectBus({ ...place.nats, log: quiet });
    database = createDatabase('bench', databaseUrl, 8, { entities: [], migrations: [] });
    await database.initialize();
    await database.query(
      'CREATE TABLE IF NOT EXISTS bench_state (id uuid PRIMARY KEY, revision integer NOT NULL)',
    );
  },

  /** Changes the state of each thing and announces it, so many facts to a transaction, so many transactions at a time. */
  async write(order: {
    facts: readonly ToAnnounce[];
    perTransaction: number;
    writers: number;
  }): Promise<{ milliseconds: number }> {
    const { facts, perTransaction, writers } = order;
    const types = new Map(FACTS.map((fact) => [fact.type, fact]));
    const groups = Array.from({ length: Math.ceil(facts.length / perTransaction) }, (_, i) =>
      facts.slice(i * perTransaction, (i + 1) * perTransaction),
    );
    const began = performance.now();
    await inParallel(writers, groups, (group) =>
      inTransaction(
        database,
        () => new Date(),
        async (tx) => {
          await tx.query(
            `INSERT INTO bench_state AS known SELECT id, 1 FROM unnest($1::uuid[]) AS id
             ON CONFLICT (id) DO UPDATE SET revision = known.revision + 1`,
            [group.map(({ about }) => about.id)],
          );
          for (const { type, about, actor, data } of group)
            withCause({ ...currentCause(), actor }, () => tx.announce(types.get(type)!, about, data));
        },
      ),
    );
    return { milliseconds: performance.now() - began };
  },

  /** @returns the moment from which it was the active one, in milliseconds since 1970 */
  async startRelay(): Promise<number> {
    relay = new Relay(databaseUrl, bus, quiet);
    relay.start();
    while (!relay.active) await delay(1);
    return Date.now();
  },

  async stopRelay(): Promise<void> {
    await relay?.stop();
    relay = undefined;
  },

  /** Publishes to the stream with nothing around it. @returns messages a second */
  async publishRaw(order: {
    subject: string;
    bytes: number;
    inFlight: number;
    seconds: number;
  }): Promise<number> {
    const { subject, bytes, inFlight, seconds } = order;
    const body = new Uint8Array(bytes).fill(97);
    const began = performance.now();
    let sent = 0;
    const lane = async () => {
      while (performance.now() - began < seconds * 1000) {
        await bus.js.publish(subject, body);
        sent += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    return sent / ((performance.now() - began) / 1000);
  },
};
export type Announcer = typeof work;

serve(work, async () => {
  await relay?.stop();
  await bus?.close();
  await database?.destroy();
});
