import { REFERENCE_STREAM } from '@lokmin/contracts';
import pg from 'pg';
import type { Bus } from './bus.ts';
import type { Log } from './log.ts';

const BATCH = 500;
/** Poll for rows whose notification was lost, and look whether the streams still hold what they acknowledged. */
const POLL_MS = 1_000;
const STREAM_CHECK_MS = 5_000;
const RETRY_MS = 500;
/** Advisory lock of the relay; every service has a database of its own, so one number serves all. */
const LOCK = 7_305_126;

interface Row {
  position: string;
  id: string;
  stream: string;
  subject: string;
  body: string;
}

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
        this.log.warn({ err: error }, 'the relay lost its database; it tries again');
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
    this.#checkedAt = 0;
    while (!lost()) {
      if (Date.now() - this.#checkedAt > STREAM_CHECK_MS) {
        if (!(await this.#refillWhatIsLost(client))) {
          if (this.#stopped) return;
          await this.#pause(RETRY_MS);
          continue;
        }
        this.#checkedAt = Date.now();
      }
      const { rows } = await client.query<Row>(
        'SELECT position, id, stream, subject, body FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT $1',
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
    const outcomes = await Promise.allSettled(
      rows.map((row) =>
        this.bus.js.publish(row.subject, row.body, {
          msgID: row.id,
          expect: { streamName: row.stream },
          timeout: 5_000,
        }),
      ),
    );
    const positions: string[] = [];
    const sequences: number[] = [];
    const failed: string[] = [];
    let reason: unknown;
    outcomes.forEach((outcome, i) => {
      if (outcome.status === 'fulfilled') {
        positions.push(rows[i]!.position);
        sequences.push(outcome.value.seq);
      } else {
        failed.push(rows[i]!.position);
        reason ??= outcome.reason;
      }
    });
    if (positions.length > 0) {
      await client.query(
        `UPDATE outbox SET published_at = now(), stream_sequence = ack.sequence, last_error = NULL
         FROM unnest($1::bigint[], $2::bigint[]) AS ack (position, sequence) WHERE outbox.position = ack.position`,
        [positions, sequences],
      );
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
    return failed.length === 0;
  }

  /**
   * Compares the newest acknowledged row of each subject with the newest message the stream holds for it. Where they
   * differ the stream lost facts (disk, power cut, deleted volume) and the rows go out again; readers know their ids.
   * Of the reference stream only the newest row of all is compared: a stream loses its end or everything.
   * @returns false when the streams could not be asked
   */
  async #refillWhatIsLost(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ stream: string; subject: string; id: string }>(
      `(SELECT DISTINCT ON (subject) stream, subject, id FROM outbox
        WHERE stream <> $1 AND published_at IS NOT NULL AND created_at > now() - make_interval(days => $2)
        ORDER BY subject, stream_sequence DESC)
       UNION ALL
       (SELECT stream, subject, id FROM outbox
        WHERE stream = $1 AND published_at IS NOT NULL ORDER BY stream_sequence DESC LIMIT 1)`,
      [REFERENCE_STREAM, REFILL_DAYS],
    );
    for (const { stream, subject, id } of rows) {
      let newest: string | null;
      try {
        newest = await this.#newestId(stream, subject);
      } catch (error) {
        this.log.debug({ err: error, stream }, 'the stream does not answer');
        return false;
      }
      if (newest === id) continue;
      const { rowCount } =
        stream === REFERENCE_STREAM
          ? await client.query(
              `UPDATE outbox SET published_at = NULL, stream_sequence = NULL WHERE position IN
                 (SELECT DISTINCT ON (subject) position FROM outbox WHERE stream = $1 ORDER BY subject, position DESC)`,
              [stream],
            )
          : await client.query(
              `UPDATE outbox SET published_at = NULL, stream_sequence = NULL
               WHERE subject = $1 AND published_at IS NOT NULL AND created_at > now() - make_interval(days => $2)`,
              [subject, REFILL_DAYS],
            );
      this.log.warn({ stream, subject, facts: rowCount }, 'the stream lost facts; they are published again');
    }
    return true;
  }

  /** Id of the newest message on a subject, or null. Asked by subject, so that permissions can keep to a service's own. */
  async #newestId(stream: string, subject: string): Promise<string | null> {
    const reply = await this.bus.connection.request(`$JS.API.DIRECT.GET.${stream}.${subject}`, '', {
      timeout: 2_000,
    });
    if (reply.headers?.code === 404) return null;
    const id = reply.headers?.get('Nats-Msg-Id');
    if (!id)
      throw new Error(
        `The stream ${stream} gave no message: ${reply.headers?.code} ${reply.headers?.description}`,
      );
    return id;
  }
}

/**
 * Forgets what no longer serves: facts that every stream has let go, ids that no stream can bring again.
 * The outbox keeps at least what a stream keeps, the inbox longer than the outbox; of reference state the newest row
 * of each subject stays for ever, so that a lost stream can be made again.
 */
export const RETENTION_DAYS = { stream: 90, outbox: 100, inbox: 130, command: 130 };
/** What the stream has let go by age is not lost: only younger facts are refilled, so an inbox still knows each of them. */
const REFILL_DAYS = RETENTION_DAYS.stream - 1;

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
