import { setTimeout as delay } from 'node:timers/promises';
import { envelope, Refusal, type Fact, type FactOf, type Reader } from '@lokmin/contracts';
import type { DataSource } from 'typeorm';
import { currentCause, withCause } from './cause.ts';
import type { Log } from './log.ts';
import { inTransaction, once, type Tx } from './transaction.ts';

/** Something that this reaction needs has not arrived yet; it is tried again later, for a day. */
export class NotYet extends Error {}

/** What a service does when a fact arrives, bound to the reader that is declared for it in the contracts. */
export interface Reaction<R extends Reader = Reader> {
  readonly reader: R;
  /** Changes state only through `tx`; may announce facts; returns when done. */
  readonly handle: (fact: FactOf<R>, tx: Tx) => Promise<void>;
}
/** Binds a reader to its handler. */
export const react = <R extends Reader>(reader: R, handle: Reaction<R>['handle']): Reaction =>
  ({ reader, handle }) as unknown as Reaction;

/** One message as it was delivered; JetStream's message has this shape. */
export interface Delivery {
  readonly data: Uint8Array;
  readonly subject: string;
  /** From 1. */
  readonly attempt: number;
  ack(): void;
  /** Asks for it again after `milliseconds`. */
  later(milliseconds: number): void;
  /** Says that it is still at hand, so that nobody else gets it meanwhile. */
  working(): void;
}

export interface ReactionContext {
  readonly database: DataSource;
  readonly now: () => Date;
  readonly log: Log;
}

const SECOND = 1_000;
/** Waits between attempts, in milliseconds; the last one repeats until a day has passed. */
const DELAYS_MS = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 1800].map((seconds) => seconds * SECOND);
const DAY_MS = 24 * 3600 * SECOND;

/** @returns how long to wait after this attempt (from 1), in milliseconds; null when a day of trying is over */
export function delayAfter(attempt: number): number | null {
  const last = DELAYS_MS.length - 1;
  const waited =
    DELAYS_MS.slice(0, attempt - 1).reduce((sum, ms) => sum + ms, 0) +
    Math.max(0, attempt - 1 - DELAYS_MS.length) * DELAYS_MS[last]!;
  return waited >= DAY_MS ? null : DELAYS_MS[Math.min(attempt - 1, last)]!;
}

/** True for a failure of the database itself rather than of this fact: it says nothing about the fact. */
export function isOutage(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|53|57P)/.test(code) ||
    /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)/.test(code) ||
    /Connection terminated|connection timeout|timeout expired|timeout exceeded when trying to connect|not queryable|query runner (was )?already released/i.test(
      message,
    )
  );
}

type Decoded = { fact: Fact } | { broken: string } | { foreign: true };

function decode(reader: Reader, body: string): Decoded {
  try {
    const message: unknown = JSON.parse(body);
    const head = envelope.parse(message);
    const type = reader.facts.find((known) => known.type === head.type);
    if (!type) return { foreign: true }; // the filter covers more than this reader wants
    return { fact: { ...head, data: type.data.parse((message as { data: unknown }).data) } as Fact };
  } catch (error) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/**
 * Reacts to a batch: all in one transaction, or on any failure each in its own. A delivery is acknowledged after the
 * commit of its effect and never otherwise; what can never succeed goes to the dead letters.
 * @param waits whether to hold the batch while the database is away; each look asks again. Without, it comes again later
 */
export async function processBatch(
  context: ReactionContext,
  reaction: Reaction,
  deliveries: readonly Delivery[],
  waits: () => boolean = () => false,
): Promise<void> {
  const good: { delivery: Delivery; fact: Fact }[] = [];
  for (const delivery of deliveries) {
    const decoded = decode(reaction.reader, new TextDecoder().decode(delivery.data));
    if ('fact' in decoded) good.push({ delivery, fact: decoded.fact });
    else if ('foreign' in decoded) delivery.ack();
    else await bury(context, reaction, delivery, UNREADABLE, decoded.broken);
  }
  if (good.length === 0) return;
  try {
    await effectOnceThereIsADatabase(context, reaction, good, waits);
    for (const { delivery } of good) delivery.ack();
  } catch (error) {
    if (good.length === 1 || isOutage(error))
      for (const one of good) await failed(context, reaction, one, error);
    else for (const { delivery } of good) await processBatch(context, reaction, [delivery], waits);
  }
}

/** Holds the facts while the database is away: a delivery that could not even be tried must not count as an attempt. */
async function effectOnceThereIsADatabase(
  context: ReactionContext,
  reaction: Reaction,
  good: readonly { delivery: Delivery; fact: Fact }[],
  waits: () => boolean,
): Promise<void> {
  for (;;) {
    try {
      return await effect(
        context,
        reaction,
        good.map((one) => one.fact),
      );
    } catch (error) {
      if (!isOutage(error) || !waits()) throw error;
      const { durable } = reaction.reader;
      context.log.warn({ durable, facts: good.length, err: error }, 'the database is away; the facts wait');
      await delay(SECOND);
      for (const { delivery } of good) delivery.working();
    }
  }
}

async function effect(
  { database, now }: ReactionContext,
  { reader, handle }: Reaction,
  facts: readonly Fact[],
): Promise<void> {
  const by = { reader: reader.durable };
  const run = async (tx: Tx) => {
    const due = reader.kind === 'projection' ? facts : await unseen(tx, reader, facts);
    for (const fact of due) {
      const cause = {
        correlationId: fact.correlationid,
        causationId: fact.id,
        actor: fact.actor,
        traceparent: fact.traceparent,
        by,
      };
      await withCause(cause, async () => {
        // A projection keeps what others announced; there is nothing in it that the audit trail would note fact by fact.
        if (reader.kind === 'effect') await tx.tellCause();
        await handle(fact as never, tx);
      });
    }
  };
  await withCause({ ...currentCause(), by }, () => inTransaction(database, now, run));
}

/** The facts whose effect is still to come: not recorded before, and not older than the reader itself. */
async function unseen(tx: Tx, reader: Reader, facts: readonly Fact[]): Promise<Fact[]> {
  const rows = await tx.query<{ fact_id: string }>(
    `INSERT INTO inbox (durable, fact_id) SELECT $1, id FROM unnest($2::uuid[]) AS id ORDER BY id
     ON CONFLICT DO NOTHING RETURNING fact_id`,
    [reader.durable, [...new Set(facts.map((fact) => fact.id))]],
  );
  const [durable] = await tx.query<{ first_existed_at: Date }>(
    'SELECT first_existed_at FROM durable WHERE name = $1',
    [reader.durable],
  );
  if (!durable)
    throw new Error(`${reader.durable} is not registered; run the migrations of ${reader.service}`);
  const fresh = new Set(rows.map((row) => row.fact_id));
  return facts.filter((fact) => fresh.delete(fact.id) && new Date(fact.time) >= durable.first_existed_at);
}

async function failed(
  context: ReactionContext,
  reaction: Reaction,
  { delivery, fact }: { delivery: Delivery; fact: Fact },
  error: unknown,
): Promise<void> {
  const about = {
    durable: reaction.reader.durable,
    fact: fact.id,
    type: fact.type,
    correlationId: fact.correlationid,
    attempt: delivery.attempt,
  };
  if (isOutage(error)) {
    context.log.warn({ ...about, err: error }, 'the database is away; the fact waits');
    return delivery.later(SECOND);
  }
  const wait = error instanceof Refusal ? null : delayAfter(delivery.attempt);
  if (wait === null) return bury(context, reaction, delivery, fact, reasonOf(error));
  if (error instanceof NotYet)
    context.log.debug({ ...about, needs: error.message }, 'not yet; the fact waits');
  else context.log.error({ ...about, err: error }, 'a reaction failed; it is tried again');
  delivery.later(wait);
}

const UNREADABLE = { id: null, districtcode: null };

async function bury(
  { database, now, log }: ReactionContext,
  { reader }: Reaction,
  delivery: Delivery,
  { id: factId, districtcode: districtCode }: Pick<Fact, 'id' | 'districtcode'> | typeof UNREADABLE,
  reason: string,
): Promise<void> {
  try {
    const letter = {
      durable: reader.durable,
      factId,
      districtCode,
      subject: delivery.subject,
      body: new TextDecoder().decode(delivery.data).replaceAll('\0', ''),
      attempts: delivery.attempt,
      reason,
    };
    const cause = { ...currentCause(), causationId: factId, by: { reader: reader.durable } };
    await withCause(cause, () => inTransaction(database, now, (tx) => keepDeadLetter(tx, letter)));
    log.error({ durable: reader.durable, fact: factId, reason }, 'a fact went to the dead letters');
    delivery.ack();
  } catch (error) {
    log.warn({ err: error }, 'a dead letter could not be kept; the fact waits');
    delivery.later(SECOND);
  }
}

interface DeadLetter {
  readonly durable: string;
  readonly factId: string | null;
  readonly districtCode: string | null;
  readonly subject: string;
  readonly body: string;
  readonly attempts: number;
  readonly reason: string;
}

const keepDeadLetter = (
  tx: Tx,
  { durable, factId, districtCode, subject, body, attempts, reason }: DeadLetter,
): Promise<unknown> =>
  tx.query(
    `INSERT INTO dead_letter (durable, fact_id, district_code, subject, body, attempts, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [durable, factId, districtCode, subject, body, attempts, reason],
  );

/**
 * Reacts to a dead letter again, now. It counts as replayed once its effect is done or a new dead letter stands in its
 * place: whatever goes wrong before leaves it to be replayed again.
 * @param districts only a letter of one of these, or of none
 * @returns whether it succeeded; if not, a new dead letter says why
 * @throws Refusal `not-found` for a letter or a reader that is not there; the error itself when the database is away
 */
export async function replayDeadLetter(
  { database, now, log }: ReactionContext,
  reactions: readonly Reaction[],
  operation: string,
  input: { readonly commandId: string; readonly id: string },
  districts: readonly string[],
): Promise<boolean> {
  const find = async (on: Pick<Tx, 'query'>, lock: '' | 'FOR UPDATE') => {
    const [letter] = await on.query<DeadLetter>(
      `SELECT durable, fact_id AS "factId", district_code AS "districtCode", subject, body, attempts, reason FROM dead_letter
       WHERE id = $1 AND replayed_at IS NULL AND (district_code IS NULL OR district_code = ANY ($2)) ${lock}`,
      [input.id, districts],
    );
    return letter;
  };
  const settle = (letter: DeadLetter | undefined, reason: string | null) =>
    inTransaction(database, now, (tx) =>
      once(tx, operation, input, async () => {
        if (!letter || !(await find(tx, 'FOR UPDATE')))
          throw new Refusal('not-found', {
            what: { id: `Peristiwa tertahan ${input.id}`, en: `Dead letter ${input.id}` },
          });
        await tx.query('UPDATE dead_letter SET replayed_at = $2 WHERE id = $1', [input.id, tx.now]);
        if (reason !== null) await keepDeadLetter(tx, { ...letter, attempts: letter.attempts + 1, reason });
        return reason === null;
      }),
    );
  const letter = await find(database, '');
  if (!letter) return settle(letter, null); // done before by the same command, or not there
  const { durable, factId } = letter;
  const reaction = reactions.find(({ reader }) => reader.durable === durable);
  if (!reaction)
    throw new Refusal('not-found', { what: { id: `Pembaca ${durable}`, en: `Reader ${durable}` } });
  let reason: string | null = null;
  try {
    const decoded = decode(reaction.reader, letter.body);
    if ('broken' in decoded) throw new Error(decoded.broken);
    // Committed before the letter counts as replayed: should that fail, the inbox knows the effect.
    if ('fact' in decoded) await effect({ database, now, log }, reaction, [decoded.fact]);
  } catch (error) {
    if (isOutage(error)) throw error;
    reason = reasonOf(error);
    log.error({ durable, fact: factId, reason }, 'a replay failed');
  }
  return settle(letter, reason);
}

/** Registers the readers of a service with the moment they first existed; run with the migrations, before any start. */
export async function registerReaders(
  database: DataSource,
  readers: readonly Reader[],
  now: Date,
): Promise<void> {
  for (const { durable } of readers) {
    await database.query(
      'INSERT INTO durable (name, first_existed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [durable, now],
    );
  }
}
