import { setTimeout as delay } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { FACTS_STREAM, READERS, REFERENCE_STREAM, SERVICES, type Reader } from '@lokmin/contracts';
import type { Bus } from '@lokmin/messaging';
import type { Rows } from './counting.ts';

const EVERY_MS = 250;
/** So many looks in a row must find nothing: a fact that was just taken may bring another one. */
const LOOKS = 3;

/**
 * Waits until nothing is under way: outboxes published, streams full, every reader through, and no mail waiting where `mails` says so.
 * @returns what still moves at the deadline; empty when all is quiet
 */
export async function untilQuiet(
  rows: Rows,
  bus: Bus,
  { deadlineMs, mails }: { deadlineMs: number; mails: boolean },
  signal?: AbortSignal,
): Promise<string[]> {
  const giveUpAt = performance.now() + deadlineMs;
  let quiet = 0;
  while (quiet < LOOKS) {
    signal?.throwIfAborted();
    const moving = await whatMoves(rows, bus, mails).catch((error: unknown) => [String(error)]);
    quiet = moving.length === 0 ? quiet + 1 : 0;
    if (moving.length > 0 && performance.now() > giveUpAt) return moving;
    await delay(EVERY_MS);
  }
  return [];
}

async function whatMoves(rows: Rows, bus: Bus, mails: boolean): Promise<string[]> {
  const moving: string[] = [];
  let facts = 0;
  let subjects = 0;
  for (const service of SERVICES) {
    const [count] = await rows(
      service,
      `SELECT count(*) FILTER (WHERE published_at IS NULL)::int AS waiting, max(last_error) AS error,
              count(*) FILTER (WHERE stream = $1)::int AS facts,
              count(DISTINCT subject) FILTER (WHERE stream = $2)::int AS subjects FROM outbox`,
      [FACTS_STREAM, REFERENCE_STREAM],
    );
    if (Number(count!['waiting']) > 0)
      moving.push(`${service} has ${count!['waiting']} facts to publish (${count!['error'] ?? 'no error'})`);
    facts += Number(count!['facts']);
    subjects += Number(count!['subjects']);
  }
  const manager = await jetstreamManager(bus.connection, { timeout: 2_000 });
  for (const [stream, least] of [
    [FACTS_STREAM, facts],
    [REFERENCE_STREAM, subjects],
  ] as const) {
    const { state } = await manager.streams.info(stream);
    if (state.messages < least) moving.push(`${stream} holds ${state.messages} of ${least} facts`);
  }
  for (const { stream, durable } of Object.values(READERS) as Reader[]) {
    const { num_pending: pending, num_ack_pending: unacknowledged } = await manager.consumers.info(
      stream,
      durable,
    );
    if (pending + unacknowledged > 0)
      moving.push(`${durable} has ${pending} facts to come and ${unacknowledged} at hand`);
  }
  if (mails)
    for (const { status, error, count } of await rows(
      'notifications',
      `SELECT status, max(last_error) AS error, count(*) FROM delivery WHERE status IN ('queued', 'sending') GROUP BY status`,
    ))
      moving.push(`${count} mails are ${status} (${error ?? 'no error'})`);
  return moving;
}
