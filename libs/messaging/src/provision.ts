import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { FACTS_STREAM, READERS, REFERENCE_STREAM, STREAM_SUBJECTS, type Reader } from '@lokmin/contracts';
import { nanos } from '@nats-io/transport-node';
import type { Bus } from './bus.ts';
import { RETENTION_DAYS } from './relay.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A batch takes well under a second; what a killed process held comes again after this. */
const ACK_WAIT_MS = 10_000;

const STREAMS = [
  {
    name: FACTS_STREAM,
    subjects: STREAM_SUBJECTS.LOKMIN_FACTS,
    max_age: nanos(RETENTION_DAYS.stream * DAY_MS),
    max_msgs_per_subject: -1,
  },
  { name: REFERENCE_STREAM, subjects: STREAM_SUBJECTS.LOKMIN_REFERENCE, max_age: 0, max_msgs_per_subject: 1 },
];

/**
 * Makes every stream and durable consumer that is missing and brings changed ones up to date; safe to repeat.
 * A durable is made to deliver everything: which facts are older than a reader the service itself knows (`durable` table).
 * @returns the names of what it made
 */
export async function provision(bus: Bus): Promise<string[]> {
  const manager = await jetstreamManager(bus.connection, { timeout: 5_000 });
  const made: string[] = [];
  for (const stream of STREAMS) if (await ensureStream(manager, stream)) made.push(stream.name);
  for (const reader of Object.values(READERS) as Reader[])
    if (await ensureConsumer(manager, reader)) made.push(reader.durable);
  return made;
}

const absent = (error: unknown) => error instanceof JetStreamApiError && error.status === 404;

async function ensureStream(manager: JetStreamManager, stream: (typeof STREAMS)[number]): Promise<boolean> {
  const config = {
    ...stream,
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    allow_direct: true,
    duplicate_window: nanos(120_000),
  };
  try {
    const { config: present } = await manager.streams.info(stream.name);
    const changed =
      present.max_age !== config.max_age ||
      present.subjects.join() !== config.subjects.join() ||
      !present.allow_direct;
    if (changed) await manager.streams.update(stream.name, config);
    return false;
  } catch (error) {
    if (!absent(error)) throw error;
    await manager.streams.add(config);
    return true;
  }
}

async function ensureConsumer(manager: JetStreamManager, reader: Reader): Promise<boolean> {
  try {
    const { config } = await manager.consumers.info(reader.stream, reader.durable);
    if (config.filter_subject !== reader.filter)
      await manager.consumers.update(reader.stream, reader.durable, { filter_subject: reader.filter });
    return false;
  } catch (error) {
    if (!absent(error)) throw error;
    await manager.consumers.add(reader.stream, {
      durable_name: reader.durable,
      filter_subject: reader.filter,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      deliver_policy: DeliverPolicy.All,
      max_ack_pending: 2_000,
      max_deliver: -1,
    });
    return true;
  }
}
