import { createHash } from 'node:crypto';
import { MESSAGE_LIMIT_BYTES, Refusal, subjectOf, type FactType } from '@lokmin/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { CAUSE_SETTING, causeForAudit, currentCause } from './cause.ts';

/** What a fact is about. */
export interface About {
  /** Id of the aggregate; for reference state also the end of its subject. */
  readonly id: string;
  /** From 1, counting up with each change of the aggregate; take it while the aggregate is locked. */
  readonly revision: number;
  readonly districtCode: string | null;
  readonly unitId: string | null;
}

/** A running transaction: state changes through it and facts announced through it commit together or not at all. */
export interface Tx {
  readonly manager: EntityManager;
  /** The instant that this transaction counts as now. */
  readonly now: Date;
  /** Tells the audit trail that what follows has the cause at hand, where that is not the one of the whole transaction. */
  tellCause(): Promise<void>;
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Reads something once per transaction: the facts of one batch are often about the same unit and people. */
  readOnce<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Announces a fact with the commit. @returns its id */
  announce<F extends FactType>(fact: F, about: About, data: z.infer<F['data']>): string;
}

interface OutboxRow {
  id: string;
  stream: string;
  subject: string;
  body: string;
}

const RETRIABLE = new Set(['40001', '40P01']); // serialization failure, deadlock
const ATTEMPTS = 4;

/**
 * Runs `work` in one transaction; the facts it announces go to the outbox in the same transaction and wake the relay.
 * The audit trail is told why: the cause at hand. A deadlock or serialization failure runs it again, so `work` must do nothing outside the transaction.
 */
export async function inTransaction<T>(
  database: DataSource,
  now: () => Date,
  work: (tx: Tx) => Promise<T>,
  attempt = 1,
): Promise<T> {
  try {
    return await database.transaction(async (manager) => {
      const announced: OutboxRow[] = [];
      const reads = new Map<string, Promise<unknown>>();
      const at = now();
      const tx: Tx = {
        manager,
        now: at,
        tellCause: () => manager.query('SELECT set_config($1, $2, true)', [CAUSE_SETTING, causeForAudit(at)]),
        query: (sql, parameters) => manager.query(sql, parameters),
        readOnce: <T>(key: string, read: () => Promise<T>) => {
          const known = reads.get(key) ?? read();
          reads.set(key, known);
          return known as Promise<T>;
        },
        announce: (fact, about, data) => {
          const row = outboxRow(fact, about, data, tx.now);
          announced.push(row);
          return row.id;
        },
      };
      await tx.tellCause();
      const result = await work(tx);
      if (announced.length > 0) await writeOutbox(manager, announced);
      return result;
    });
  } catch (error) {
    if (attempt < ATTEMPTS && RETRIABLE.has((error as { code?: string }).code ?? '')) {
      return inTransaction(database, now, work, attempt + 1);
    }
    throw error;
  }
}

function outboxRow(fact: FactType, about: About, data: unknown, now: Date): OutboxRow {
  const cause = currentCause();
  const id = uuidv7();
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: `lokmin/${fact.service}`,
    type: fact.type,
    subject: about.id,
    time: now.toISOString(),
    districtcode: about.districtCode,
    unitid: about.unitId,
    revision: about.revision,
    actor: cause.actor,
    correlationid: cause.correlationId,
    causationid: cause.causationId,
    traceparent: cause.traceparent,
    data: fact.data.parse(data), // a service never announces what it did not promise
  });
  const bytes = Buffer.byteLength(body);
  if (bytes > MESSAGE_LIMIT_BYTES)
    throw new Error(`${fact.type} of ${about.id} has ${bytes} bytes, above ${MESSAGE_LIMIT_BYTES}`);
  return { id, stream: fact.stream, subject: subjectOf(fact, about.id), body };
}

async function writeOutbox(manager: EntityManager, rows: OutboxRow[]): Promise<void> {
  const columns = <K extends keyof OutboxRow>(key: K) => rows.map((row) => row[key]);
  // unnest keeps the order, so positions follow the order of announcing. The notification is delivered at commit.
  await manager.query(
    `INSERT INTO outbox (id, stream, subject, body)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
    [columns('id'), columns('stream'), columns('subject'), columns('body')],
  );
  await manager.query(`SELECT pg_notify('outbox', '')`);
}

/** JSON with sorted keys: the same content gives the same text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/**
 * Makes a command harmless when repeated: the first time `work` runs and its reply is kept in the same transaction,
 * afterwards the kept reply is given. Two at once: the second waits for the first.
 * @throws Refusal `command.reused` when the id was used with another content, operation or person
 */
export async function once<T>(
  tx: Tx,
  operation: string,
  input: { readonly commandId: string },
  work: () => Promise<T>,
): Promise<T> {
  const personId = currentCause().actor;
  const sha256 = createHash('sha256').update(canonical(input)).digest('hex');
  const inserted = await tx.query(
    `INSERT INTO command (command_id, person_id, operation, payload_sha256) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING command_id, set_config($5, $6, true)`,
    [
      input.commandId,
      personId,
      operation,
      sha256,
      CAUSE_SETTING,
      causeForAudit(tx.now, { operation, commandId: input.commandId }),
    ],
  );
  if (inserted.length === 0) {
    const [kept] = await tx.query<{
      person_id: string | null;
      operation: string;
      payload_sha256: string;
      reply: T;
    }>('SELECT person_id, operation, payload_sha256, reply FROM command WHERE command_id = $1', [
      input.commandId,
    ]);
    if (
      !kept ||
      kept.person_id !== personId ||
      kept.operation !== operation ||
      kept.payload_sha256 !== sha256
    ) {
      throw new Refusal('command.reused', {}, 'commandId');
    }
    return kept.reply;
  }
  const reply = await work();
  await tx.query('UPDATE command SET reply = $2::jsonb WHERE command_id = $1', [
    input.commandId,
    JSON.stringify(reply),
  ]);
  return reply;
}

/** @throws Refusal `revision.stale` when somebody changed the thing since the caller saw it */
export function demandRevision(current: number, expected: number): void {
  if (current !== expected) throw new Refusal('revision.stale', { current, expected }, 'expectedRevision');
}
