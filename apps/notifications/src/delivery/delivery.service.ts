import { localDate, type Clock, type Zone } from '@lokmin/calendar';
import {
  MessageFailed,
  PersonUnreachable,
  Refusal,
  SendAgain,
  type AskInput,
  type AskReply,
  type DistrictNotifications,
  type Fact,
  type ListDeliveries,
} from '@lokmin/contracts';
import { delayAfter, inTransaction, once, type Log, type Tx } from '@lokmin/messaging';
import { CLOCK, cursorOf, type KnownUnit, LOG, parseCursor, prepared, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { MailSettings } from '../config.ts';
import { contactsOf } from './contacts.ts';
import {
  afterQuietHours,
  DEFAULT_WISHES,
  INBOX_DAYS,
  looksIntoInbox,
  mayBeSentAgain,
  nextDigest,
  obstacle,
  type Category,
  type Contact,
  type SkipReason,
  type Timing,
} from './delivery.rules.ts';
import {
  digestSubject,
  oneLine,
  STATUS_NAMES,
  wordDigest,
  wordMail,
  type Letter,
  type Mail,
} from './delivery.texts.ts';
import { addressOf, handOver, type Outcome } from './smtp.ts';

/** Injection token of `MailSettings | null`. */
export const MAIL = Symbol('mail');

/** A message as it now stands in somebody's inbox. */
export interface Told {
  readonly messageId: string;
  readonly personId: string;
  readonly revision: number;
  readonly asOwner: boolean;
  readonly letter: Letter;
}

/** An attempt at hand: committed as `sending` before a word is said to the server. */
interface Attempt {
  readonly deliveryId: string;
  readonly revision: number;
  readonly attempts: number;
  readonly personId: string;
  readonly districtCode: string;
  readonly unitId: string | null;
  readonly messageId: string | null;
  readonly address: string;
  readonly mail: Mail;
}

/** After this long without an outcome nobody knows what became of an attempt. Longer than any talk (`TALK_MS`). */
const LEASE_MS = 5 * 60_000;
/** Mails that one replica hands over at once. */
const AT_ONCE = 4;
/** One tick sends for this long at most, so that a stop is not kept waiting. */
const TICK_MS = 5_000;
const DIGESTS_A_TICK = 100;

/** Owners in a district ($1) with unread news of their actions whom at a moment ($2) neither a mail reaches nor, for $3 days, the inbox. */
const UNREACHED = prepared(`
  SELECT message.unit_id AS "unitId", array_agg(DISTINCT message.person_id ORDER BY message.person_id) AS "personIds"
  FROM known_unit AS unit JOIN message USING (unit_id)
    JOIN delivery ON delivery.message_id = message.message_id AND message_revision = message.revision
    LEFT JOIN known_person AS person ON person.person_id = message.person_id
    LEFT JOIN inbox_visit AS visit ON visit.person_id = message.person_id
  WHERE unit.district_code = $1 AND as_owner AND read_at IS NULL
    AND (status = 'failed' OR status = 'skipped' AND skip_reason NOT IN ('read', 'superseded'))
    AND NOT (coalesce(person.active, true) AND coalesce(visit.at >= $2::timestamptz - $3 * interval '1 day', false))
  GROUP BY message.unit_id`);

/** Mails: queued with the message they tell of, handed over once, on record for good. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(MAIL) private readonly settings: MailSettings | null,
  ) {}

  /**
   * Queues one mail for each message, in the transaction that delivers the messages; mails that still wait to tell of
   * older news of the same are dropped. Announces owners whom neither mail nor inbox reaches.
   */
  async queue(
    tx: Tx,
    unit: KnownUnit,
    about: Category,
    aboutId: string,
    told: readonly Told[],
  ): Promise<void> {
    if (told.length === 0) return;
    await tx.query(
      `UPDATE delivery SET status = 'skipped', skip_reason = 'superseded', settled_at = $2
       WHERE message_id = ANY ($1) AND status = 'queued'`,
      [told.filter(({ revision }) => revision > 1).map(({ messageId }) => messageId), tx.now],
    );
    const contacts = await contactsOf(
      tx,
      told.map(({ personId }) => personId),
      unit.timeZone,
    );
    const rows = told.map(({ messageId, personId, revision, asOwner, letter }) => {
      const contact = contacts.get(personId) ?? null;
      const reason = obstacle(contact, about, this.settings !== null);
      if (reason && asOwner && !looksIntoInbox(contact, tx.now))
        tx.announce(
          PersonUnreachable,
          { id: messageId, revision, districtCode: unit.districtCode, unitId: unit.unitId },
          { personId, messageId, unitId: unit.unitId, about, aboutId, reason },
        );
      const wishes = contact?.wishes ?? DEFAULT_WISHES;
      const zone = contact?.zone ?? unit.timeZone;
      const timing = wishes.email[about];
      return {
        delivery_id: uuidv7(),
        message_id: messageId,
        message_revision: revision,
        person_id: personId,
        timing,
        subject: oneLine(letter.title.id),
        letter,
        status: reason ? 'skipped' : 'queued',
        skip_reason: reason,
        settled_at: reason ? tx.now : null,
        next_attempt_at:
          timing === 'digest' ? nextDigest(tx.now, wishes, zone) : afterQuietHours(tx.now, wishes, zone),
      };
    });
    await tx.query(
      `INSERT INTO delivery (delivery_id, revision, channel, person_id, message_id, message_revision, timing,
         district_code, unit_id, subject, letter, status, skip_reason, attempts, queued_at, next_attempt_at, settled_at, refused)
       SELECT delivery_id, 1, 'email', person_id, message_id, message_revision, timing,
         $2, $3, subject, letter, status, skip_reason, 0, $4, next_attempt_at, settled_at, false
       FROM jsonb_to_recordset($1) AS row (delivery_id uuid, person_id uuid, message_id uuid, message_revision integer,
         timing text, subject text, letter jsonb, status text, skip_reason text, next_attempt_at timestamptz, settled_at timestamptz)`,
      [JSON.stringify(rows), unit.districtCode, unit.unitId, tx.now],
    );
  }

  /** Drops mails that still wait about messages that were read in the inbox. */
  async dropRead(tx: Tx, messageIds: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE delivery SET status = 'skipped', skip_reason = 'read', settled_at = $2
       WHERE message_id = ANY ($1) AND status = 'queued'`,
      [messageIds, tx.now],
    );
  }

  /** What happens as time passes: lost attempts become uncertain, digests are made, mails go out. */
  async work(): Promise<void> {
    await this.#giveUpLostAttempts();
    await this.#makeDigests();
    const until = performance.now() + TICK_MS;
    let away = false;
    const send = async () => {
      while (!away && performance.now() < until) {
        const attempt = await this.#claim();
        if (attempt === null) return;
        if (attempt === 'settled') continue;
        const outcome = await handOver(this.settings!, {
          ...attempt.mail,
          to: attempt.address,
          messageId: this.#messageIdOf(attempt.deliveryId),
          date: this.clock.now(),
        });
        away ||= outcome.end === 'later' && outcome.away;
        await this.#record(attempt, outcome);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
  }

  /** How many mails are in which state, and whether mail is sent at all. */
  async state(): Promise<{ mailIsSent: boolean; counts: Record<string, number> }> {
    const rows: { status: string; count: number }[] = await this.database.query(
      `SELECT status, count(*)::int FROM delivery WHERE digest_id IS NULL GROUP BY status ORDER BY status`,
    );
    return {
      mailIsSent: this.settings !== null,
      counts: Object.fromEntries(rows.map(({ status, count }) => [status, count])),
    };
  }

  /** Mails of a district, newest first; a message that goes with a digest is not listed beside it. */
  async list({
    districtCode,
    status,
    first,
    after,
  }: AskInput<typeof ListDeliveries>): Promise<AskReply<typeof ListDeliveries>> {
    await this.roster.demand('system.operate', { districtCode });
    const end = after === null ? null : parseCursor(after);
    const where = `district_code = $1 AND digest_id IS NULL AND ($2::text IS NULL OR status = $2)`;
    const rows: ListedRow[] = await this.database.query(
      `${LISTED} WHERE ${where} AND ($3::timestamptz IS NULL OR (queued_at, delivery_id) < ($3, $4::uuid))
       ORDER BY queued_at DESC, delivery_id DESC LIMIT $5`,
      [districtCode, status, end?.at ?? null, end?.id ?? null, first + 1],
    );
    const [{ count }] = await this.database.query(`SELECT count(*)::int FROM delivery WHERE ${where}`, [
      districtCode,
      status,
    ]);
    const items = rows.slice(0, first);
    const last = items.at(-1);
    return {
      items: items.map((row) => this.#view(row)),
      next: last && rows.length > first ? cursorOf(last.queuedAt, last.deliveryId) : null,
      totalCount: count,
    };
  }

  /**
   * Queues a mail again, now. Whether its address was refused before no longer counts: who presses this knows better.
   * @throws Refusal `not-found`, `delivery.not-again`
   */
  async sendAgain(input: AskInput<typeof SendAgain>): Promise<AskReply<typeof SendAgain>> {
    const { deliveryId } = input;
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, SendAgain.subject, input, async () => {
          const [found] = await tx.query<{
            districtCode: string;
            status: keyof typeof STATUS_NAMES;
            skipReason: SkipReason | null;
            personId: string;
          }>(
            `SELECT district_code AS "districtCode", status, skip_reason AS "skipReason", person_id AS "personId"
             FROM delivery WHERE delivery_id = $1 AND digest_id IS NULL FOR UPDATE`,
            [deliveryId],
          );
          // Only who looks after mails sees them.
          if (!found || !(await this.roster.may('system.operate', found)))
            throw new Refusal('not-found', { what: { id: 'Surel', en: 'The mail' } }, 'deliveryId');
          if (!mayBeSentAgain(found.status, found.skipReason))
            throw new Refusal('delivery.not-again', { status: STATUS_NAMES[found.status] }, 'deliveryId');
          await tx.query(
            `UPDATE delivery SET status = 'queued', skip_reason = NULL, revision = revision + 1, attempts = 0,
               next_attempt_at = $2, sending_since = NULL, settled_at = NULL,
               timing = CASE WHEN timing IS NULL THEN NULL ELSE 'at_once' END
             WHERE delivery_id = $1 OR digest_id = $1 AND status <> 'skipped'`,
            [deliveryId, tx.now],
          );
          await tx.query('UPDATE delivery SET refused = false WHERE person_id = $1 AND refused', [
            found.personId,
          ]);
          const [row] = await tx.query<ListedRow>(`${LISTED} WHERE delivery_id = $1`, [deliveryId]);
          return this.#view(row!);
        }),
    );
  }

  /** Owners with unread news of their actions whom neither mail nor inbox reached, by puskesmas. */
  async districtSummary({
    districtCode,
    coachingGroupId,
  }: AskInput<typeof DistrictNotifications>): Promise<AskReply<typeof DistrictNotifications>> {
    const { only, today } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const now = this.clock.now();
    const found: { unitId: string; personIds: string[] }[] = await this.database.query(UNREACHED, [
      districtCode,
      now,
      INBOX_DAYS,
    ]);
    const byUnit = new Map(found.map(({ unitId, personIds }) => [unitId, personIds]));
    const units = await this.roster.puskesmasOf(districtCode, only, today);
    return {
      asOf: now.toISOString(),
      units: units.map(({ unitId, code, name }) => {
        const personIds = byUnit.get(unitId) ?? [];
        return { unitId, unitCode: code, unitName: name, unreachable: personIds.length, personIds };
      }),
    };
  }

  #view(row: ListedRow): AskReply<typeof SendAgain> {
    return {
      ...row,
      queuedAt: row.queuedAt.toISOString(),
      nextAttemptAt: row.status === 'queued' ? row.nextAttemptAt.toISOString() : null,
      settledAt: row.settledAt?.toISOString() ?? null,
      rfcMessageId: this.#messageIdOf(row.deliveryId),
      mayBeSentAgain: mayBeSentAgain(row.status, row.skipReason),
    };
  }

  /** The same for every attempt, so that a mail that arrives twice can be told to be one. */
  #messageIdOf(deliveryId: string): string {
    const sender = this.settings ? addressOf(this.settings.from) : 'lokmin@localhost';
    return `<${deliveryId}@${sender.slice(sender.lastIndexOf('@') + 1)}>`;
  }

  #in<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }

  async #giveUpLostAttempts(): Promise<void> {
    const lost = await this.#in((tx) =>
      tx.query(
        `WITH lost AS (
           UPDATE delivery SET status = 'uncertain', settled_at = $1,
             last_error = 'the process that was sending it ended before it knew'
           WHERE status = 'sending' AND sending_since < $2 RETURNING delivery_id)
         SELECT * FROM lost`,
        [this.clock.now(), new Date(this.clock.now().getTime() - LEASE_MS)],
      ),
    );
    if (lost.length > 0)
      this.log.warn({ deliveries: lost.length }, 'what became of these mails is uncertain');
  }

  /** Makes the digests that are due, each in a transaction of its own; one for a person and local day. */
  async #makeDigests(): Promise<void> {
    const people: { personId: string }[] = await this.database.query(
      `SELECT DISTINCT person_id AS "personId" FROM delivery
       WHERE status = 'queued' AND digest_id IS NULL AND timing = 'digest' AND next_attempt_at <= $1 LIMIT $2`,
      [this.clock.now(), DIGESTS_A_TICK],
    );
    for (const { personId } of people) await this.#in((tx) => this.#makeDigest(tx, personId));
  }

  async #makeDigest(tx: Tx, personId: string): Promise<void> {
    // Locked: another replica that makes the same digest finds nothing left when it gets here.
    const parts = await tx.query<{ deliveryId: string; districtCode: string; unitId: string }>(
      `SELECT delivery_id AS "deliveryId", district_code AS "districtCode", unit_id AS "unitId" FROM delivery
       WHERE person_id = $1 AND status = 'queued' AND digest_id IS NULL AND timing = 'digest' AND next_attempt_at <= $2
       ORDER BY queued_at, delivery_id FOR UPDATE`,
      [personId, tx.now],
    );
    const [oldest] = parts;
    if (!oldest) return;
    const contact = await this.#contact(tx, personId, oldest.unitId);
    const zone = contact?.zone ?? (await this.#zoneOf(tx, oldest.unitId));
    const day = localDate(tx.now, zone);
    const ids = parts.map(({ deliveryId }) => deliveryId);
    const [digest] = await tx.query<{ deliveryId: string }>(
      `INSERT INTO delivery (delivery_id, revision, channel, person_id, digest_day, district_code, subject, status,
         attempts, queued_at, next_attempt_at, refused)
       VALUES ($1, 1, 'email', $2, $3, $4, $5, 'queued', 0, $6, $6, false)
       ON CONFLICT (person_id, digest_day) WHERE digest_day IS NOT NULL DO NOTHING RETURNING delivery_id AS "deliveryId"`,
      [uuidv7(), personId, day, oldest.districtCode, digestSubject(ids.length, day), tx.now],
    );
    if (digest)
      await tx.query('UPDATE delivery SET digest_id = $2 WHERE delivery_id = ANY ($1)', [
        ids,
        digest.deliveryId,
      ]);
    else
      await tx.query('UPDATE delivery SET next_attempt_at = $2 WHERE delivery_id = ANY ($1)', [
        ids,
        nextDigest(tx.now, contact?.wishes ?? DEFAULT_WISHES, zone, true),
      ]);
  }

  /**
   * Takes the next mail that is due and commits it as `sending`, so that nobody else takes it.
   * @returns null when none is due; `settled` when the one taken does not go out now after all
   */
  #claim(): Promise<Attempt | 'settled' | null> {
    return this.#in(async (tx) => {
      const [due] = await tx.query<{
        deliveryId: string;
        revision: number;
        attempts: number;
        personId: string;
        messageId: string | null;
        districtCode: string;
        unitId: string | null;
        digestDay: string | null;
        letter: Letter | null;
        timing: Timing | null;
      }>(
        `SELECT delivery_id AS "deliveryId", revision, attempts, person_id AS "personId", message_id AS "messageId",
           district_code AS "districtCode", unit_id AS "unitId", digest_day::text AS "digestDay", letter, timing
         FROM delivery
         WHERE status = 'queued' AND digest_id IS NULL AND timing IS DISTINCT FROM 'digest' AND next_attempt_at <= $1
         ORDER BY next_attempt_at, delivery_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [tx.now],
      );
      if (!due) return null;
      const { deliveryId, digestDay } = due;
      const contact = await this.#contact(tx, due.personId, due.unitId);
      // What a person wants was asked when it was queued, and is asked again whenever that changes (preferences).
      const reason = obstacle(contact, null, this.settings !== null);
      if (reason) return this.#skip(tx, deliveryId, reason);
      if (!contact) {
        await this.#postpone(tx, { ...due, attempts: due.attempts + 1 }, 'the person is not known here yet');
        return 'settled';
      }
      const calm = afterQuietHours(tx.now, contact.wishes, contact.zone);
      if (digestDay === null && calm > tx.now) {
        await tx.query('UPDATE delivery SET next_attempt_at = $2 WHERE delivery_id = $1', [deliveryId, calm]);
        return 'settled';
      }
      let mail: Mail;
      if (digestDay === null) mail = wordMail(due.letter!, this.settings!.publicUrl);
      else {
        const parts = await tx.query<{ letter: Letter }>(
          `SELECT letter FROM delivery WHERE digest_id = $1 AND status = 'queued' ORDER BY queued_at, delivery_id FOR UPDATE`,
          [deliveryId],
        );
        if (parts.length === 0) return this.#skip(tx, deliveryId, 'read');
        mail = wordDigest(
          parts.map(({ letter }) => letter),
          digestDay,
          this.settings!.publicUrl,
        );
      }
      await tx.query(
        `UPDATE delivery SET status = 'sending', revision = revision + 1, attempts = attempts + 1, sending_since = $2,
           address = $3, subject = CASE WHEN delivery_id = $1 THEN $4 ELSE subject END
         WHERE (delivery_id = $1 OR digest_id = $1) AND status = 'queued'`,
        [deliveryId, tx.now, contact.email, mail.subject],
      );
      return {
        ...due,
        revision: due.revision + 1,
        attempts: due.attempts + 1,
        address: contact.email!,
        mail,
      };
    });
  }

  /** The outcome of an attempt; that of an attempt which somebody has sent again since is no longer of interest. */
  async #record(attempt: Attempt, outcome: Outcome): Promise<void> {
    const { deliveryId } = attempt;
    const about = { delivery: deliveryId, attempt: attempt.attempts };
    await this.#in(async (tx) => {
      const [mine] = await tx.query(
        `SELECT FROM delivery WHERE delivery_id = $1 AND revision = $2 AND status IN ('sending', 'uncertain') FOR UPDATE`,
        [deliveryId, attempt.revision],
      );
      if (!mine) return this.log.warn({ ...about, outcome }, 'an outcome came too late to be recorded');
      switch (outcome.end) {
        case 'sent':
          this.log.info(about, 'a mail was sent');
          await this.#settle(tx, deliveryId, 'sent', null);
          return;
        case 'uncertain':
          this.log.warn({ ...about, detail: outcome.detail }, 'whether a mail was taken is uncertain');
          await this.#settle(tx, deliveryId, 'uncertain', outcome.detail);
          return;
        case 'later':
          this.log.warn({ ...about, detail: outcome.detail }, 'a mail was not taken; it is tried again');
          if (!(await this.#postpone(tx, attempt, outcome.detail)))
            await this.#fail(tx, attempt, 'gave-up', outcome.detail);
          return;
        case 'refused':
          this.log.warn({ ...about, detail: outcome.detail }, 'a mail was refused for good');
          await this.#fail(tx, attempt, outcome.by, outcome.detail);
          if (outcome.by === 'recipient-refused')
            await tx.query('UPDATE delivery SET refused = true WHERE delivery_id = $1', [deliveryId]);
          return;
      }
    });
  }

  async #settle(tx: Tx, deliveryId: string, status: 'sent' | 'failed' | 'uncertain', error: string | null) {
    await tx.query(
      `UPDATE delivery SET status = $2, settled_at = $3, last_error = $4, sending_since = NULL
       WHERE delivery_id = $1 OR digest_id = $1 AND status <> 'skipped'`,
      [deliveryId, status, tx.now, error],
    );
  }

  /** Queues for another try. @returns false when a day of trying is over */
  async #postpone(tx: Tx, { deliveryId, attempts }: Pick<Attempt, 'deliveryId' | 'attempts'>, error: string) {
    const wait = delayAfter(attempts);
    if (wait === null) return false;
    await tx.query(
      `UPDATE delivery SET status = 'queued', attempts = $2, next_attempt_at = $3, last_error = $4, sending_since = NULL
       WHERE delivery_id = $1 OR digest_id = $1 AND status <> 'skipped'`,
      [deliveryId, attempts, new Date(tx.now.getTime() + wait), error],
    );
    return true;
  }

  async #skip(tx: Tx, deliveryId: string, reason: SkipReason): Promise<'settled'> {
    await tx.query(
      `UPDATE delivery SET status = 'skipped', skip_reason = $2, settled_at = $3
       WHERE (delivery_id = $1 OR digest_id = $1) AND status = 'queued'`,
      [deliveryId, reason, tx.now],
    );
    await this.#tellUnreachable(tx, deliveryId, reason);
    return 'settled';
  }

  async #fail(
    tx: Tx,
    attempt: Attempt,
    reason: 'recipient-refused' | 'message-refused' | 'gave-up',
    detail: string,
  ): Promise<void> {
    const { deliveryId, revision, districtCode, unitId, personId, messageId, address } = attempt;
    await this.#settle(tx, deliveryId, 'failed', detail);
    tx.announce(
      MessageFailed,
      { id: deliveryId, revision, districtCode, unitId },
      { deliveryId, personId, messageId, channel: 'email', address, reason, detail },
    );
    await this.#tellUnreachable(
      tx,
      deliveryId,
      reason === 'recipient-refused' ? 'address-refused' : 'failed',
    );
  }

  /** Announces the owner whose unread news a mail did not bring, unless they look into the inbox. */
  async #tellUnreachable(tx: Tx, deliveryId: string, reason: UnreachableReason | SkipReason): Promise<void> {
    if (reason === 'read' || reason === 'superseded') return;
    const news = await tx.query<{
      messageId: string;
      revision: number;
      personId: string;
      unitId: string;
      districtCode: string;
      about: Category;
      aboutId: string;
    }>(
      `SELECT message_id AS "messageId", message.revision, message.person_id AS "personId", message.unit_id AS "unitId",
         district_code AS "districtCode", about, about_id AS "aboutId"
       FROM delivery JOIN message USING (message_id)
       WHERE (delivery_id = $1 OR digest_id = $1) AND message_revision = message.revision AND as_owner AND read_at IS NULL`,
      [deliveryId],
    );
    for (const { messageId, revision, districtCode, ...rest } of news) {
      const contact = await this.#contact(tx, rest.personId, rest.unitId);
      if (looksIntoInbox(contact, tx.now)) continue;
      tx.announce(
        PersonUnreachable,
        { id: messageId, revision, districtCode, unitId: rest.unitId },
        { messageId, ...rest, reason },
      );
    }
  }

  async #contact(tx: Tx, personId: string, unitId: string | null): Promise<Contact | null> {
    const contacts = await contactsOf(tx, [personId], await this.#zoneOf(tx, unitId));
    return contacts.get(personId) ?? null;
  }

  async #zoneOf(tx: Tx, unitId: string | null): Promise<Zone> {
    const unit = unitId && (await this.roster.findUnit({ unitId }, tx));
    return unit ? unit.timeZone : 'Asia/Jakarta';
  }
}

type UnreachableReason = Fact<typeof PersonUnreachable>['data']['reason'];

interface ListedRow extends Omit<AskReply<typeof SendAgain>, 'queuedAt' | 'nextAttemptAt' | 'settledAt'> {
  queuedAt: Date;
  nextAttemptAt: Date;
  settledAt: Date | null;
}
const LISTED = `
  SELECT delivery_id AS "deliveryId", CASE WHEN digest_day IS NULL THEN 'message' ELSE 'digest' END AS kind, status,
    person_id AS "personId", coalesce((SELECT name FROM known_person AS person WHERE person.person_id = delivery.person_id), '-') AS "personName",
    (SELECT name FROM known_unit AS unit WHERE unit.unit_id = delivery.unit_id) AS "unitName", subject, address, attempts,
    queued_at AS "queuedAt", next_attempt_at AS "nextAttemptAt", settled_at AS "settledAt", skip_reason AS "skipReason",
    last_error AS "lastError"
  FROM delivery`;
