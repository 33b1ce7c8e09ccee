import { FACTS_STREAM, REFERENCE_STREAM } from '@lokmin/contracts';
import { createInbox, headers, type Msg } from '@nats-io/transport-node';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Bus } from './bus.ts';
import type { Log } from './log.ts';

const BATCH = 500;
/** Poll for rows whose notification was lost, and look whether the streams still hold what they acknowledged. */
const POLL_MS = 1_000;
const STREAM_CHECK_MS = 5_000;
const RETRY_MS = 500;
const ACK_TIMEOUT_MS = 5_000;
/** Advisory lock of the relay; every service has a database of its own, so one number serves all. */
const LOCK = 7_305_126;

/**
 * The newest acknowledged row of each subject of the stream $1, and of the stream $2 as a whole. It steps from subject to
 * subject along the index: what it costs does not grow with the outbox.
 */
const NEWEST = `
  WITH RECURSIVE kind AS (
    (SELECT subject FROM outbox WHERE stream = $1 AND published_at IS NOT NULL ORDER BY subject LIMIT 1)
    UNION ALL
    SELECT next.subject FROM kind CROSS JOIN LATERAL (
      SELECT subject FROM outbox WHERE stream = $1 AND subject > kind.subject AND published_at IS NOT NULL
      ORDER BY subject LIMIT 1) AS next
  ), newest AS (
    SELECT fact.* FROM kind CROSS JOIN LATERAL (
      SELECT * FROM outbox
      WHERE stream = $1 AND outbox.subject = kind.subject AND published_at IS NOT NULL AND stream_sequence IS NOT NULL
      ORDER BY stream_sequence DESC LIMIT 1) AS fact
    UNION ALL
    (SELECT * FROM outbox WHERE stream = $2 AND published_at IS NOT NULL AND stream_sequence IS NOT NULL
     ORDER BY stream_sequence DESC LIMIT 1)
  )
  SELECT stream, subject, id, stream_sequence::float8 AS sequence, created_at AS "createdAt" FROM newest`;

interface Row {
  position: string;
  id: string;
  stream: string;
  subject: string;
  body: string;
  createdAt: Date;
}

/** The newest fact that a stream acknowledged: of each subject, but of the reference stream as a whole. */
interface Newest {
  stream: string;
  subject: string;
  id: string;
  sequence: number;
  createdAt: Date;
}
const placeOf = ({ stream, subject }: Pick<Newest, 'stream' | 'subject'>): string =>
  stream === REFERENCE_STREAM ? stream : subject;

/**
 * Publishes the outbox of one service in order. One relay is active per service: it holds an advisory lock on a
 * connection of its own; any other replica waits for that lock and takes over when the holder dies.
 */
export class Relay {
  #stopped = false;
  #wake: () => void = () => {};
  #woken = false;
  #running: Promise<void> | undefined;
  #checkedAt = 0;
  /** `bus.losses` at the last look at the streams: nothing is published on a connection before a look. */
  #checkedLosses = -1;
  /** What the streams acknowledged last; right as long as this relay is the active one. */
  readonly #newest = new Map<string, Newest>();
  /** True while this process is the active relay. */
  active = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    bus.onReconnect(() => this.#look());
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Publishes what is at hand, then lets go of the lock. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rouse();
    await this.#running;
  }

  /** Asks for a look at the streams at once; lost ones are refilled. */
  #look(): void {
    this.#checkedAt = 0;
    this.#rouse();
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake();
  }

  async #pause(ms: number): Promise<void> {
    if (this.#stopped || this.#woken) return void (this.#woken = false);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#woken = false;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const client = new pg.Client({
        connectionString: this.databaseUrl,
        application_name: 'relay',
        keepAlive: true,
      });
      let lost = false;
      client.on('error', () => {
        lost = true;
        this.#rouse();
      });
      client.on('notification', () => this.#rouse());
      try {
        await client.connect();
        await this.#relay(client, () => lost);
      } catch (error) {
        this.log.warn({ err: error }, 'the relay failed; it tries again');
        await this.#pause(RETRY_MS);
      } finally {
        this.active = false;
        await client.end().catch(() => {});
      }
    }
  }

  async #relay(client: pg.Client, lost: () => boolean): Promise<void> {
    while (!this.#stopped && !lost()) {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
        LOCK,
      ]);
      if (rows[0]?.held) break;
      await this.#pause(POLL_MS);
    }
    if (this.#stopped || lost()) return;
    this.active = true;
    await client.query('LISTEN outbox');
    await this.#recall(client);
    this.#checkedAt = 0;
    while (!lost()) {
      const { losses } = this.bus;
      if (Date.now() - this.#checkedAt > STREAM_CHECK_MS || losses !== this.#checkedLosses) {
        if (!(await this.#refillWhatIsLost(client))) {
          if (this.#stopped) return;
          await this.#pause(RETRY_MS);
          continue;
        }
        this.#checkedAt = Date.now();
        this.#checkedLosses = losses;
      }
      const { rows } = await client.query<Row>(
        'SELECT position, id, stream, subject, body, created_at AS "createdAt" FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT $1',
        [BATCH],
      );
      const allOut = await this.#publish(client, rows);
      if (this.#stopped && (rows.length === 0 || !allOut)) return;
      if (!allOut) {
        this.#checkedAt = 0; // the stream itself may be gone
        await this.#pause(RETRY_MS);
      } else if (rows.length < BATCH) await this.#pause(POLL_MS);
    }
  }

  async #publish(client: pg.Client, rows: Row[]): Promise<boolean> {
    if (rows.length === 0) return true;
    // Behind a new connection the stream may have been lost, and a newer fact on it would hide that.
    if (this.bus.losses !== this.#checkedLosses) return false;
    const outcomes = await publishAll(this.bus, rows);
    const published: Newest[] = [];
    const positions: string[] = [];
    const failed: string[] = [];
    const madeAnew = new Set<string>();
    let reason: unknown;
    outcomes.forEach((outcome, i) => {
      const row = rows[i]!;
      if (outcome instanceof Error) {
        failed.push(row.position);
        reason ??= outcome;
      } else {
        const { sequence, duplicate } = outcome;
        positions.push(row.position);
        published.push({ ...row, sequence });
        if (!duplicate && sequence <= this.#highest(row.stream)) madeAnew.add(row.stream);
      }
    });
    if (positions.length > 0) {
      await client.query(
        `UPDATE outbox SET published_at = now(), stream_sequence = ack.sequence, last_error = NULL
         FROM unnest($1::bigint[], $2::bigint[]) AS ack (position, sequence) WHERE outbox.position = ack.position`,
        [positions, published.map(({ sequence }) => sequence)],
      );
      for (const fact of published) this.#remember(fact);
    }
    if (failed.length > 0) {
      await client.query(
        'UPDATE outbox SET attempts = attempts + 1, last_error = $2 WHERE position = ANY ($1::bigint[])',
        [failed, String(reason)],
      );
      this.log.warn(
        { err: reason, facts: failed.length },
        'facts could not be published; they stay in the outbox',
      );
    }
    for (const stream of madeAnew) await this.#refill(client, stream, null);
    return failed.length === 0 && madeAnew.size === 0;
  }

  /** Reads what the streams acknowledged last, when this relay becomes the active one. */
  async #recall(client: pg.Client): Promise<void> {
    const { rows } = await client.query<Newest>(NEWEST, [FACTS_STREAM, REFERENCE_STREAM]);
    this.#newest.clear();
    for (const fact of rows) this.#remember(fact);
  }

  #remember({ stream, subject, id, sequence, createdAt }: Newest): void {
    const known = this.#newest.get(placeOf({ stream, subject }));
    if (known && known.sequence > sequence) return;
    this.#newest.set(placeOf({ stream, subject }), { stream, subject, id, sequence, createdAt });
  }

  /** The highest sequence that a stream acknowledged to this service: a new fact gets one above it, or the stream is another. */
  #highest(stream: string): number {
    const facts = [...this.#newest.values()].filter((fact) => fact.stream === stream);
    return Math.max(0, ...facts.map(({ sequence }) => sequence));
  }

  /**
   * Compares the newest acknowledged fact of each subject with the newest message the stream holds for it. Where that is
   * an earlier one the stream lost facts (disk, power cut, deleted volume) and the rows go out again; readers know their
   * ids. A later one was published by a relay that ended before it could note it.
   * Of the reference stream only the newest fact of all is compared: a stream loses its end or everything.
   * @returns false when the streams could not be asked
   */
  async #refillWhatIsLost(client: pg.Client): Promise<boolean> {
    for (const { stream, subject, id, sequence, createdAt } of [...this.#newest.values()]) {
      if (stream !== REFERENCE_STREAM && Date.now() - createdAt.getTime() > REFILL_DAYS * DAY_MS) continue;
      try {
        const held = await this.#newestHeld(stream, subject);
        if (held && (held.id === id || held.sequence > sequence)) continue;
      } catch (error) {
        this.log.debug({ err: error, stream }, 'the stream does not answer');
        return false;
      }
      await this.#refill(client, stream, stream === REFERENCE_STREAM ? null : subject);
    }
    return true;
  }

  /**
   * Lets the facts of a subject, or of a whole stream, go out again: of reference state the newest of each subject, of
   * others those that the stream would still keep. What a stream that is gone acknowledged says nothing any more.
   */
  async #refill(client: pg.Client, stream: string, subject: string | null): Promise<void> {
    const { rowCount } = await client.query(
      `UPDATE outbox SET stream_sequence = NULL, published_at = CASE WHEN ${MAY_GO_OUT_AGAIN} THEN NULL ELSE published_at END
       WHERE stream = $1 AND ($2::text IS NULL OR subject = $2) AND published_at IS NOT NULL`,
      [stream, subject],
    );
    for (const [place, fact] of [...this.#newest])
      if (fact.stream === stream && (subject === null || fact.subject === subject))
        this.#newest.delete(place);
    this.log.warn({ stream, subject, facts: rowCount }, 'the stream lost facts; they are published again');
  }

  /** The newest message on a subject, or null. Asked by subject, so that permissions can keep to a service's own. */
  async #newestHeld(stream: string, subject: string): Promise<{ id: string; sequence: number } | null> {
    const { headers } = await this.bus.connection.request(`$JS.API.DIRECT.GET.${stream}.${subject}`, '', {
      timeout: 2_000,
    });
    if (headers?.code === 404) return null;
    const [id, sequence] = [headers?.get('Nats-Msg-Id'), Number(headers?.get('Nats-Sequence'))];
    if (!id || !sequence)
      throw new Error(`The stream ${stream} gave no message: ${headers?.code} ${headers?.description}`);
    return { id, sequence };
  }
}

interface Acknowledged {
  readonly sequence: number;
  /** The stream had it already. */
  readonly duplicate: boolean;
}

/**
 * Publishes rows in order, without waiting in between. One inbox and one timer serve them all: the client's own publish
 * makes a timer, a race of promises and an error object for every message, which cost more than all else the relay does.
 * @returns for each row what its stream acknowledged, or why there is no acknowledgement
 */
async function publishAll(
  { connection, user }: Bus,
  rows: readonly Row[],
): Promise<(Acknowledged | Error)[]> {
  const outcomes: (Acknowledged | Error | undefined)[] = rows.map(() => undefined);
  const inbox = createInbox(`_INBOX.${user}`);
  const { promise: allIn, resolve } = Promise.withResolvers<void>();
  let open = rows.length;
  const subscription = connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      const i = error ? -1 : Number(message.subject.slice(inbox.length + 1));
      if (!(i in outcomes) || outcomes[i]) return;
      outcomes[i] = acknowledgementIn(message);
      if (--open === 0) resolve();
    },
  });
  const timer = setTimeout(resolve, ACK_TIMEOUT_MS);
  try {
    rows.forEach((row, i) => {
      const head = headers();
      head.set('Nats-Msg-Id', row.id);
      head.set('Nats-Expected-Stream', row.stream);
      connection.publish(row.subject, row.body, { headers: head, reply: `${inbox}.${i}` });
    });
    await allIn;
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
  return outcomes.map((outcome) => outcome ?? new Error(`no acknowledgement within ${ACK_TIMEOUT_MS} ms`));
}

function acknowledgementIn(message: Msg): Acknowledged | Error {
  if (message.headers?.code === 503) return new Error('no stream takes this subject');
  const { seq, duplicate, error } = message.json<{
    seq?: number;
    duplicate?: boolean;
    error?: { description: string };
  }>();
  if (error || !seq) return new Error(error?.description ?? 'the acknowledgement names no sequence');
  return { sequence: seq, duplicate: duplicate ?? false };
}

/** The outbox keeps at least what a stream keeps, the inbox longer than the outbox. */
export const RETENTION_DAYS = { stream: 90, outbox: 100, inbox: 130, command: 130 };
/** What the stream has let go by age is not lost: only younger facts are refilled, so an inbox still knows each of them. */
const REFILL_DAYS = RETENTION_DAYS.stream - 1;
const DAY_MS = 24 * 3600 * 1000;
/** Which rows of the outbox a refill publishes again: of reference state the newest of each subject, of facts the younger ones. */
const MAY_GO_OUT_AGAIN = `CASE stream WHEN '${REFERENCE_STREAM}'
    THEN position IN (SELECT max(position) FROM outbox WHERE stream = '${REFERENCE_STREAM}' GROUP BY subject)
    ELSE created_at > now() - make_interval(days => ${REFILL_DAYS}) END`;

/**
 * Lets what a service announced go out again, as after a lost stream; readers know the ids.
 * @returns how many facts
 */
export async function refillStreams(database: DataSource): Promise<number> {
  const [, facts] = await database.query(
    `UPDATE outbox SET published_at = NULL, stream_sequence = NULL WHERE published_at IS NOT NULL AND ${MAY_GO_OUT_AGAIN}`,
  );
  await database.query(`SELECT pg_notify('outbox', '')`);
  return facts as number;
}

/**
 * Forgets what no longer serves: facts that every stream has let go, ids that no stream can bring again. Of reference
 * state the newest row of each subject stays for ever, so that a lost stream can be made again.
 */
export async function forgetOldRows(
  query: (sql: string, parameters: unknown[]) => Promise<unknown>,
): Promise<void> {
  await query(
    `DELETE FROM outbox USING (
       SELECT position, stream = $2 AND position = max(position) OVER (PARTITION BY stream, subject) AS newest FROM outbox
     ) AS row
     WHERE outbox.position = row.position AND NOT row.newest AND published_at IS NOT NULL
       AND created_at < now() - make_interval(days => $1)`,
    [RETENTION_DAYS.outbox, REFERENCE_STREAM],
  );
  await query('DELETE FROM inbox WHERE at < now() - make_interval(days => $1)', [RETENTION_DAYS.inbox]);
  await query('DELETE FROM command WHERE at < now() - make_interval(days => $1)', [RETENTION_DAYS.command]);
}
