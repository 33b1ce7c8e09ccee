/** Reads what is in the databases, the streams and the mailbox, and compares it with what must be there. */
import { DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import type { ServiceName } from '@lokmin/contracts';
import type { Bus } from '@lokmin/messaging';
import pg from 'pg';
import type { System } from '../local/system.ts';

/** One thing that was counted, and where it differs. */
export interface Finding {
  /** At which point of the test. */
  readonly when: string;
  readonly what: string;
  readonly expected: number;
  readonly found: number;
  /** With ids; empty when all is right. */
  readonly differences: readonly string[];
}

export type Counted = Omit<Finding, 'when'>;
export type Row = Record<string, string>;
export type Rows = (service: ServiceName, sql: string, parameters?: unknown[]) => Promise<Row[]>;

/** Reads the databases directly, beside the services. */
export async function readDatabases<T>(system: System, work: (rows: Rows) => Promise<T>): Promise<T> {
  const clients = new Map<ServiceName, pg.Client>();
  try {
    return await work(async (service, sql, parameters) => {
      let client = clients.get(service);
      if (!client) {
        client = new pg.Client(system.databaseUrl(service));
        client.on('error', () => {}); // the next query says it
        await client.connect();
        clients.set(service, client);
      }
      return (await client.query<Row>(sql, parameters)).rows;
    });
  } finally {
    for (const client of clients.values()) await client.end();
  }
}

/** Ids of the messages of a stream with their subjects, in order. */
export async function readStream(bus: Bus, stream: string): Promise<{ id: string; subject: string }[]> {
  const manager = await jetstreamManager(bus.connection);
  const { state } = await manager.streams.info(stream);
  const read: { id: string; subject: string }[] = [];
  if (state.messages === 0) return read;
  const consumer = await bus.js.consumers.get(stream, { deliver_policy: DeliverPolicy.All });
  const messages = await consumer.consume({ max_messages: 1_000 });
  for await (const message of messages) {
    read.push({ id: message.headers?.get('Nats-Msg-Id') ?? '', subject: message.subject });
    if (message.seq >= state.last_seq) break;
  }
  return read;
}

/** Both as multisets: what is missing, what is too much. */
export function compare(what: string, expected: readonly string[], found: readonly string[]): Counted {
  const count = (items: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
    return counts;
  };
  const [wanted, present] = [count(expected), count(found)];
  const differences: string[] = [];
  for (const item of new Set([...wanted.keys(), ...present.keys()])) {
    const [want, have] = [wanted.get(item) ?? 0, present.get(item) ?? 0];
    if (have < want) differences.push(want === 1 ? `lost: ${item}` : `${have} of ${want}: ${item}`);
    if (have > want)
      differences.push(want === 0 ? `too much: ${item}` : `${have} instead of ${want}: ${item}`);
  }
  return { what, expected: expected.length, found: found.length, differences };
}
export const none = (what: string, found: readonly string[]): Counted => compare(what, [], found);

/** Ids of the deliveries whose mails stand in the mailbox, by their Message-IDs; one that came twice stands here twice. */
export async function readMailbox(system: System): Promise<string[]> {
  const response = await fetch(`${system.addressOf('mailbox')}/mails.json`);
  const mails = (await response.json()) as { messageId: string }[];
  return mails.map(({ messageId }) => messageId.slice(1, messageId.indexOf('@')));
}
