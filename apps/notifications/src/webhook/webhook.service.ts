import type { Clock } from '@lokmin/calendar';
import {
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  DELIVERIES_KEPT_DAYS,
  FORMER_SECRET_HOURS,
  Refusal,
  Resend,
  RotateWebhookSecret,
  TEST_TYPE,
  TestWebhook,
  WEBHOOKS_A_DISTRICT,
  type AskInput,
  type AskReply,
  type Fact,
  type ListSendings,
  type Webhooks as ListWebhooks,
} from '@lokmin/contracts';
import { delayAfter, demandRevision, inTransaction, once, type Log, type Tx } from '@lokmin/messaging';
import { CLOCK, cursorOf, LOG, parseCursor, Roster, type Queryable } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { WebhookSettings } from '../config.ts';
import { objection, post, REQUEST_MS, type Answer } from './address.ts';
import { signed, writeSecret } from './signature.ts';
import { Webhook, WebhookTurn } from './webhook.entity.ts';

/** Injection token of `WebhookSettings`. */
export const WEBHOOK = Symbol('webhook');

type View = AskReply<typeof ChangeWebhook>;
type SendingView = AskReply<typeof TestWebhook>;

/** A request at hand. */
interface Attempt {
  readonly sendingId: string;
  readonly webhookId: string;
  readonly factId: string;
  readonly attempts: number;
  readonly failures: number;
  readonly url: string;
  readonly body: string;
  readonly secretNumbers: readonly number[];
}

const HOUR_MS = 3_600_000;
/** Longer than any request: after it, a process that took a turn is gone. */
const LEASE_MS = 3 * REQUEST_MS;
/** Webhooks that one replica sends to at once. */
const AT_ONCE = 4;
/** One tick sends for this long at most, so that a stop is not kept waiting. */
const TICK_MS = 5_000;
/** However long an address has failed, it is tried again after so many waits as those of this attempt (5 minutes). */
const LONGEST_REST = 9;
const FORGOTTEN_A_TICK = 1_000;

/** Facts for other systems: queued once with the fact, signed, sent until they are taken or a day is over. */
@Injectable()
export class WebhooksOfDistricts {
  #forgotAt = 0;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(WEBHOOK) private readonly settings: WebhookSettings,
  ) {}

  /** Queues a fact for every webhook that wants it. */
  async queue(fact: Fact, tx: Tx): Promise<void> {
    const { districtcode, unitid, type, time } = fact;
    const webhooks = await tx.readOnce(`webhooks of ${districtcode}`, () =>
      tx.manager.findBy(Webhook, { districtCode: districtcode ?? '' }),
    );
    const wanting = webhooks.filter(
      ({ types, unitIds, createdAt }) =>
        types.includes(type) &&
        (unitIds === null || (unitid !== null && unitIds.includes(unitid))) &&
        createdAt <= new Date(time),
    );
    if (wanting.length === 0) return;
    const body = JSON.stringify(fact);
    for (const { webhookId } of wanting) await this.#enqueue(tx, webhookId, fact, body);
  }

  async list({ districtCode }: AskInput<typeof ListWebhooks>): Promise<AskReply<typeof ListWebhooks>> {
    await this.roster.demand('webhook.manage', { districtCode });
    return { items: await this.#views(this.database, 'district_code = $1', districtCode) };
  }

  /** @throws Refusal `webhook.address`, `webhook.too-many`, `not-found` for a puskesmas of another district */
  async create(input: AskInput<typeof CreateWebhook>): Promise<AskReply<typeof CreateWebhook>> {
    const { districtCode, name, url, types, unitCodes } = input;
    await this.roster.demand('webhook.manage', { districtCode });
    const webhook = await this.#command(CreateWebhook.subject, input, async (tx) => {
      const unitIds = await this.#check(districtCode, url, unitCodes);
      // Two at once count one after the other.
      await tx.query(`SELECT FROM known_district WHERE code = $1 FOR UPDATE`, [districtCode]);
      if ((await tx.manager.countBy(Webhook, { districtCode })) >= WEBHOOKS_A_DISTRICT)
        throw new Refusal('webhook.too-many', { limit: WEBHOOKS_A_DISTRICT });
      const webhookId = uuidv7();
      await tx.manager.insert(Webhook, {
        webhookId,
        revision: 1,
        districtCode,
        name,
        url,
        types,
        unitIds,
        enabled: true,
        createdAt: tx.now,
        secretNumber: 1,
      });
      await tx.manager.insert(WebhookTurn, { webhookId, failures: 0 });
      return this.#view(tx, webhookId);
    });
    return this.#withSecret(webhook);
  }

  /** @throws Refusal `not-found`, `revision.stale`, `webhook.address` */
  change(input: AskInput<typeof ChangeWebhook>): Promise<View> {
    const { webhookId, name, url, types, unitCodes, enabled } = input;
    return this.#command(ChangeWebhook.subject, input, async (tx) => {
      const before = await this.#hold(tx, webhookId, input.expectedRevision);
      const unitIds = await this.#check(before.districtCode, url, unitCodes);
      const same =
        before.name === name &&
        before.url === url &&
        before.enabled === enabled &&
        String(before.types) === String(types) &&
        String(before.unitIds) === String(unitIds);
      if (!same)
        await tx.manager.update(
          Webhook,
          { webhookId },
          { revision: before.revision + 1, name, url, types, unitIds, enabled },
        );
      // An address that was corrected is tried at once.
      if (before.url !== url || (enabled && !before.enabled)) await this.#wake(tx, webhookId);
      return this.#view(tx, webhookId);
    });
  }

  /** @throws Refusal `not-found`, `revision.stale` */
  async rotate(input: AskInput<typeof RotateWebhookSecret>): Promise<AskReply<typeof RotateWebhookSecret>> {
    const { webhookId } = input;
    const webhook = await this.#command(RotateWebhookSecret.subject, input, async (tx) => {
      const { revision, secretNumber } = await this.#hold(tx, webhookId, input.expectedRevision);
      await tx.manager.update(
        Webhook,
        { webhookId },
        {
          revision: revision + 1,
          secretNumber: secretNumber + 1,
          formerSecretUntil: new Date(tx.now.getTime() + FORMER_SECRET_HOURS * HOUR_MS),
        },
      );
      return this.#view(tx, webhookId);
    });
    return this.#withSecret(webhook);
  }

  /** @throws Refusal `not-found`, `revision.stale` */
  delete(input: AskInput<typeof DeleteWebhook>): Promise<AskReply<typeof DeleteWebhook>> {
    const { webhookId } = input;
    return this.#command(DeleteWebhook.subject, input, async (tx) => {
      await this.#hold(tx, webhookId, input.expectedRevision);
      await tx.manager.delete(Webhook, { webhookId });
      return { webhookId };
    });
  }

  /** @throws Refusal `not-found` */
  test(input: AskInput<typeof TestWebhook>): Promise<SendingView> {
    const { webhookId } = input;
    return this.#command(TestWebhook.subject, input, async (tx) => {
      const { districtCode } = await this.#hold(tx, webhookId);
      const id = uuidv7();
      const fact = {
        specversion: '1.0',
        id,
        source: 'lokmin/notifications',
        type: TEST_TYPE,
        subject: webhookId,
        time: tx.now.toISOString(),
        districtcode: districtCode,
        unitid: null,
        data: { webhookId },
      };
      const sendingId = await this.#enqueue(tx, webhookId, fact, JSON.stringify(fact));
      await this.#noteAsked(tx, webhookId, 'test');
      await this.#wake(tx, webhookId);
      const [row] = await tx.query<ListedSending>(`${SENDINGS} WHERE sending_id = $1`, [sendingId]);
      return sendingViewOf(row!);
    });
  }

  /** @throws Refusal `not-found`, `webhook.waits` */
  resend(input: AskInput<typeof Resend>): Promise<AskReply<typeof Resend>> {
    const { webhookId, sendingId } = input;
    return this.#command(Resend.subject, input, async (tx) => {
      await this.#hold(tx, webhookId);
      if (sendingId !== null) {
        const [found] = await tx.query<{ status: string }>(
          'SELECT status FROM webhook_sending WHERE sending_id = $1 AND webhook_id = $2 FOR UPDATE',
          [sendingId, webhookId],
        );
        if (!found) throw new Refusal('not-found', { what: SENDING }, 'sendingId');
        if (found.status === 'queued') throw new Refusal('webhook.waits', {}, 'sendingId');
      }
      const queued = await tx.query(
        `WITH again AS (
           UPDATE webhook_sending SET status = 'queued', attempts = 0, next_attempt_at = $3, settled_at = NULL
           WHERE webhook_id = $1 AND (sending_id = $2 OR $2::uuid IS NULL AND status = 'failed') RETURNING sending_id)
         SELECT * FROM again`,
        [webhookId, sendingId, tx.now],
      );
      await this.#noteAsked(tx, webhookId, `resend ${sendingId ?? 'failed'}`);
      await this.#wake(tx, webhookId);
      return { queued: queued.length };
    });
  }

  async sendings({
    webhookId,
    status,
    first,
    after,
  }: AskInput<typeof ListSendings>): Promise<AskReply<typeof ListSendings>> {
    await this.#find(this.database, webhookId);
    const end = after === null ? null : parseCursor(after);
    const where = 'webhook_id = $1 AND ($2::text IS NULL OR status = $2)';
    const rows = await this.database.query<ListedSending[]>(
      `${SENDINGS} WHERE ${where} AND ($3::timestamptz IS NULL OR (queued_at, sending_id) < ($3, $4::uuid))
       ORDER BY queued_at DESC, sending_id DESC LIMIT $5`,
      [webhookId, status, end?.at ?? null, end?.id ?? null, first + 1],
    );
    const [{ count }] = await this.database.query<[{ count: number }]>(
      `SELECT count(*)::int FROM webhook_sending WHERE ${where}`,
      [webhookId, status],
    );
    const items = rows.slice(0, first);
    const last = items.at(-1);
    return {
      items: items.map(sendingViewOf),
      next: last && rows.length > first ? cursorOf(last.queuedAt, last.sendingId) : null,
      totalCount: count,
    };
  }

  /** What happens as time passes: what is due is sent, what is long settled is forgotten. */
  async work(): Promise<void> {
    const until = performance.now() + TICK_MS;
    const send = async () => {
      while (performance.now() < until) {
        const attempt = await this.#claim();
        if (!attempt) return;
        const { url, body, secretNumbers } = attempt;
        const answer = await post(
          url,
          {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            'user-agent': 'Lokmin',
            ...signed(this.settings.key, attempt, secretNumbers, this.clock.now()),
          },
          body,
          this.settings.hosts,
        );
        await this.#record(attempt, answer);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    if (performance.now() - this.#forgotAt > HOUR_MS || this.#forgotAt === 0) {
      this.#forgotAt = performance.now();
      await this.#forget();
    }
  }

  async #enqueue(
    tx: Tx,
    webhookId: string,
    { id, type, unitid }: Pick<Fact, 'id' | 'unitid'> & { type: string },
    body: string,
  ): Promise<string> {
    const sendingId = uuidv7();
    await tx.query(
      `INSERT INTO webhook_sending (sending_id, webhook_id, fact_id, type, unit_id, body, status, attempts, queued_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $7) ON CONFLICT (webhook_id, fact_id) DO NOTHING`,
      [sendingId, webhookId, id, type, unitid, body, tx.now],
    );
    return sendingId;
  }

  /** Takes the turn of a webhook that has something due; nobody else sends to it meanwhile, so that facts go out in order. */
  #claim(): Promise<Attempt | null> {
    return this.#in(async (tx) => {
      const [due] = await tx.query<
        Omit<Attempt, 'secretNumbers'> & { secretNumber: number; former: boolean }
      >(
        `SELECT sending_id AS "sendingId", turn.webhook_id AS "webhookId", fact_id AS "factId", attempts, failures, url, body,
           secret_number AS "secretNumber", coalesce(former_secret_until > $1, false) AS former
         FROM webhook_turn AS turn JOIN webhook USING (webhook_id) CROSS JOIN LATERAL (
           SELECT sending_id, fact_id, attempts, body, next_attempt_at FROM webhook_sending AS sending
           WHERE sending.webhook_id = turn.webhook_id AND status = 'queued' AND next_attempt_at <= $1
           ORDER BY next_attempt_at, sending_id LIMIT 1) AS due
         WHERE enabled AND (leased_until IS NULL OR leased_until <= $1) AND (rests_until IS NULL OR rests_until <= $1)
         ORDER BY due.next_attempt_at, sending_id LIMIT 1 FOR UPDATE OF turn SKIP LOCKED`,
        [tx.now],
      );
      if (!due) return null;
      const { secretNumber, former, ...attempt } = due;
      await tx.query('UPDATE webhook_turn SET leased_until = $2 WHERE webhook_id = $1', [
        due.webhookId,
        new Date(tx.now.getTime() + LEASE_MS),
      ]);
      await tx.query('UPDATE webhook_sending SET attempts = attempts + 1 WHERE sending_id = $1', [
        due.sendingId,
      ]);
      return {
        ...attempt,
        attempts: due.attempts + 1,
        secretNumbers: former ? [secretNumber, secretNumber - 1] : [secretNumber],
      };
    });
  }

  async #record({ sendingId, webhookId, attempts, failures }: Attempt, answer: Answer): Promise<void> {
    const status = 'status' in answer ? answer.status : null;
    const taken = status !== null && status >= 200 && status < 300;
    const error = taken ? null : 'error' in answer ? answer.error : answer.said || `HTTP ${status}`;
    const wait = taken ? null : delayAfter(attempts);
    await this.#in(async (tx) => {
      await tx.query(
        `UPDATE webhook_sending SET status = $2, last_status = $3, last_error = $4, next_attempt_at = $5, settled_at = $6
         WHERE sending_id = $1`,
        [
          sendingId,
          taken ? 'delivered' : wait === null ? 'failed' : 'queued',
          status,
          error,
          new Date(tx.now.getTime() + (wait ?? 0)),
          wait === null ? tx.now : null,
        ],
      );
      const rest = taken ? null : delayAfter(Math.min(failures + 1, LONGEST_REST))!;
      await tx.query(
        `UPDATE webhook_turn SET leased_until = NULL, failures = $2, rests_until = $3,
           failing_since = CASE WHEN $4 THEN NULL ELSE coalesce(failing_since, $5) END,
           last_delivered_at = CASE WHEN $4 THEN $5 ELSE last_delivered_at END
         WHERE webhook_id = $1`,
        [
          webhookId,
          taken ? 0 : failures + 1,
          rest === null ? null : new Date(tx.now.getTime() + rest),
          taken,
          tx.now,
        ],
      );
    });
    const about = { webhook: webhookId, sending: sendingId, attempt: attempts };
    if (taken) this.log.info(about, 'a fact was taken by a webhook');
    else this.log.warn({ ...about, status, error }, 'a fact was not taken by a webhook');
  }

  async #forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DELIVERIES_KEPT_DAYS * 24 * HOUR_MS);
    for (;;) {
      const gone = await this.#in((tx) =>
        tx.query(
          `WITH gone AS (
             DELETE FROM webhook_sending WHERE sending_id IN (
               SELECT sending_id FROM webhook_sending WHERE settled_at < $1 LIMIT $2) RETURNING sending_id)
           SELECT * FROM gone`,
          [before, FORGOTTEN_A_TICK],
        ),
      );
      if (gone.length < FORGOTTEN_A_TICK) return;
    }
  }

  /** The caller may see it, or it is not there. @throws Refusal `not-found` */
  async #find(db: Queryable, webhookId: string): Promise<void> {
    const [found] = await db.query<{ districtCode: string }>(
      'SELECT district_code AS "districtCode" FROM webhook WHERE webhook_id = $1',
      [webhookId],
    );
    if (!found || !(await this.roster.may('webhook.manage', found)))
      throw new Refusal('not-found', { what: WEBHOOK_NAME }, 'webhookId');
  }

  /** The same, locked. @throws Refusal `not-found`, `revision.stale` */
  async #hold(tx: Tx, webhookId: string, expectedRevision?: number): Promise<Webhook> {
    await this.#find(tx, webhookId);
    const webhook = await tx.manager.findOne(Webhook, {
      where: { webhookId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!webhook) throw new Refusal('not-found', { what: WEBHOOK_NAME }, 'webhookId');
    if (expectedRevision !== undefined) demandRevision(webhook.revision, expectedRevision);
    return webhook;
  }

  /** @returns the ids of the puskesmas. @throws Refusal `webhook.address`, `not-found` */
  async #check(
    districtCode: string,
    url: string,
    unitCodes: readonly string[] | null,
  ): Promise<string[] | null> {
    const wrong = objection(url, this.settings.hosts);
    if (wrong) throw new Refusal('webhook.address', { problem: wrong }, 'url');
    if (unitCodes === null) return null;
    const known = new Map(
      (await this.roster.puskesmasOf(districtCode, null)).map(({ code, unitId }) => [code, unitId]),
    );
    return unitCodes.map((code, i) => {
      const unitId = known.get(code);
      if (!unitId) throw new Refusal('not-found', { what: `Puskesmas ${code}` }, `unitCodes.${i}`);
      return unitId;
    });
  }

  #noteAsked(tx: Tx, webhookId: string, asked: string): Promise<unknown> {
    return tx.manager.update(Webhook, { webhookId }, { asked, askedAt: tx.now });
  }

  #wake(tx: Tx, webhookId: string): Promise<unknown> {
    return tx.query('UPDATE webhook_turn SET rests_until = NULL, failures = 0 WHERE webhook_id = $1', [
      webhookId,
    ]);
  }

  async #view(db: Queryable, webhookId: string): Promise<View> {
    const [view] = await this.#views(db, 'webhook_id = $1', webhookId);
    return view!;
  }

  async #views(db: Queryable, where: string, value: string): Promise<View[]> {
    const rows = await db.query<ListedWebhook>(
      `SELECT webhook_id AS "webhookId", revision, district_code AS "districtCode", name, url, types, enabled,
         CASE WHEN unit_ids IS NULL THEN NULL ELSE coalesce((
           SELECT json_agg(json_build_object('unitId', unit_id, 'code', unit.code, 'name', unit.name) ORDER BY unit.code)
           FROM known_unit AS unit WHERE unit_id = ANY (unit_ids)), '[]') END AS units,
         CASE WHEN former_secret_until > $2 THEN former_secret_until END AS "formerSecretUntil",
         (SELECT count(*)::int FROM webhook_sending AS sending WHERE sending.webhook_id = webhook.webhook_id AND status = 'queued') AS queued,
         (SELECT count(*)::int FROM webhook_sending AS sending WHERE sending.webhook_id = webhook.webhook_id AND status = 'failed') AS failed,
         last_delivered_at AS "lastDeliveredAt", failing_since AS "failingSince"
       FROM webhook JOIN webhook_turn USING (webhook_id) WHERE ${where} ORDER BY created_at, webhook_id`,
      [value, this.clock.now()],
    );
    return rows.map((row) => ({
      ...row,
      formerSecretUntil: row.formerSecretUntil?.toISOString() ?? null,
      lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
      failingSince: row.failingSince?.toISOString() ?? null,
    }));
  }

  /** Adds the secret to a reply that is kept without it. */
  async #withSecret(webhook: View): Promise<AskReply<typeof CreateWebhook>> {
    const { webhookId } = webhook;
    const found = await this.database.manager.findOneBy(Webhook, { webhookId });
    if (!found) throw new Refusal('not-found', { what: WEBHOOK_NAME });
    return { webhook, secret: writeSecret(this.settings.key, webhookId, found.secretNumber) };
  }

  #command<T>(subject: string, input: { readonly commandId: string }, work: (tx: Tx) => Promise<T>) {
    return this.#in((tx) => once(tx, subject, input, () => work(tx)));
  }

  #in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}

const WEBHOOK_NAME = { id: 'Webhook', en: 'The webhook' };
const SENDING = { id: 'Kiriman', en: 'The delivery' };

interface ListedWebhook extends Omit<View, 'formerSecretUntil' | 'lastDeliveredAt' | 'failingSince'> {
  formerSecretUntil: Date | null;
  lastDeliveredAt: Date | null;
  failingSince: Date | null;
}
interface ListedSending extends Omit<SendingView, 'queuedAt' | 'nextAttemptAt' | 'settledAt'> {
  queuedAt: Date;
  nextAttemptAt: Date;
  settledAt: Date | null;
}
const SENDINGS = `
  SELECT sending_id AS "sendingId", webhook_id AS "webhookId", fact_id AS "factId", type,
    (SELECT name FROM known_unit AS unit WHERE unit.unit_id = sending.unit_id) AS "unitName", status, attempts,
    queued_at AS "queuedAt", next_attempt_at AS "nextAttemptAt", settled_at AS "settledAt", last_status AS "lastStatus",
    last_error AS "lastError"
  FROM webhook_sending AS sending`;
const sendingViewOf = (row: ListedSending): SendingView => ({
  ...row,
  queuedAt: row.queuedAt.toISOString(),
  nextAttemptAt: row.status === 'queued' ? row.nextAttemptAt.toISOString() : null,
  settledAt: row.settledAt?.toISOString() ?? null,
});
