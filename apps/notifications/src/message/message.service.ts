import { localDate, type Clock } from '@lokmin/calendar';
import {
  ActionCompleted,
  ActionOverdue,
  ActionReadied,
  EvaluationReturned,
  EvaluationRevised,
  MarkRead,
  MeetingCancelled,
  MeetingMissed,
  MeetingMoved,
  MeetingScheduled,
  MessageDelivered,
  MinutesSigned,
  Refusal,
  type AskInput,
  type AskReply,
  type FactOf,
  type Inbox,
  type READERS,
  type Role,
} from '@lokmin/contracts';
import { inTransaction, NotYet, once, type Tx } from '@lokmin/messaging';
import { CLOCK, cursorOf, type KnownUnit, parseCursor, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Deliveries } from '../delivery/delivery.service.ts';
import { Message } from './message.entity.ts';
import {
  concernedByAction,
  concernedByEvaluation,
  concernedByMeeting,
  concernsHeads,
  type HeldPost,
} from './message.rules.ts';
import { wordAction, wordMeeting, wordReturn, wordSubmission, type Wording } from './message.texts.ts';

/** What a message is about, as told by one fact. */
interface News {
  readonly about: Message['about'];
  readonly aboutId: string;
  readonly revision: number;
  /** What happened, for example `evaluation.submitted`. */
  readonly kind: string;
}

const VISIT_MS = 3_600_000;

/** The inbox: who is told what, once. */
@Injectable()
export class Messages {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly deliveries: Deliveries,
  ) {}

  /** The caller's own messages, newest first. */
  async inbox({ first, after, unreadOnly }: AskInput<typeof Inbox>): Promise<AskReply<typeof Inbox>> {
    const personId = this.roster.caller();
    await this.#noteVisit(personId);
    const query = this.database.manager
      .createQueryBuilder(Message, 'message')
      .where('message.personId = :personId', { personId });
    if (unreadOnly) query.andWhere('message.readAt IS NULL');
    const totalCount = await query.getCount();
    const unread = unreadOnly ? totalCount : await this.#unread(personId);
    if (after) query.andWhere('(message.deliveredAt, message.messageId) < (:at, :id)', parseCursor(after));
    const rows = await query
      .orderBy('message.deliveredAt', 'DESC')
      .addOrderBy('message.messageId', 'DESC')
      .limit(first + 1)
      .getMany();
    const page = rows.slice(0, first);
    return {
      items: page.map((message) => ({
        messageId: message.messageId,
        about: message.about,
        aboutId: message.aboutId,
        unitCode: message.unitCode,
        unitName: message.unitName,
        kind: message.kind,
        title: message.title,
        body: message.body,
        link: message.link,
        deliveredAt: message.deliveredAt.toISOString(),
        readAt: message.readAt?.toISOString() ?? null,
      })),
      next: rows.length > first ? cursorOf(page.at(-1)!.deliveredAt, page.at(-1)!.messageId) : null,
      totalCount,
      unread,
    };
  }

  /**
   * Marks messages of the caller as read, all of them when none is named.
   * @throws Refusal `not-found` when one of them is not in the caller's inbox; then none is marked
   */
  async markRead(input: AskInput<typeof MarkRead>): Promise<AskReply<typeof MarkRead>> {
    const personId = this.roster.caller();
    const messageIds = [...new Set(input.messageIds)];
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, MarkRead.subject, input, async () => {
          const some = messageIds.length > 0 ? { messageId: In(messageIds) } : {};
          if (
            messageIds.length > 0 &&
            (await tx.manager.countBy(Message, { personId, ...some })) < messageIds.length
          )
            throw new Refusal('not-found', { what: { id: 'Pesan', en: 'The message' } }, 'messageIds');
          const read = await tx.query<{ message_id: string }>(
            `WITH read AS (
               UPDATE message SET read_at = $2
               WHERE person_id = $1 AND read_at IS NULL AND ($3::uuid[] = '{}' OR message_id = ANY ($3))
               RETURNING message_id)
             SELECT message_id FROM read`,
            [personId, tx.now, messageIds],
          );
          await this.deliveries.dropRead(
            tx,
            read.map(({ message_id }) => message_id),
          );
          return { unread: await this.#unread(personId, tx) };
        }),
    );
  }

  /** Tells the people concerned of a submitted, returned or revised evaluation. */
  async tellOfEvaluation(fact: FactOf<typeof READERS.notificationsTellOfEvaluation>, tx: Tx): Promise<void> {
    const { evaluationId, revision, unitId } = fact.data;
    const unit = await this.#known(unitId, fact.actor, tx);
    const posts = await holders(tx, unit, localDate(new Date(fact.time), unit.timeZone), [
      'kepala_puskesmas',
      'ktu',
      'pemegang_program',
      'petugas_dinas',
      'verifikator',
    ]);
    const news = { about: 'evaluation', aboutId: evaluationId, revision } as const;
    if (fact.type === EvaluationReturned.type) {
      const { reason } = fact.data;
      const letters = [...concernedByEvaluation(posts, fact.actor, null)].map(([personId, concern]) => ({
        personId,
        wording: wordReturn(fact.data, reason, concern),
      }));
      return this.#deliver(tx, unit, { ...news, kind: 'evaluation.returned' }, letters);
    }
    const judged = fact.data.judged.map(({ program, judgement }) => ({
      program,
      kurang: judgement === 'kurang',
    }));
    const again = fact.type === EvaluationRevised.type;
    const programs = new Set(judged.map(({ program }) => program));
    const letters = [...concernedByEvaluation(posts, fact.actor, programs)].map(([personId, concern]) => ({
      personId,
      wording: wordSubmission(fact.data, again, judged, concern),
    }));
    return this.#deliver(
      tx,
      unit,
      { ...news, kind: again ? 'evaluation.revised' : 'evaluation.submitted' },
      letters,
    );
  }

  /** Tells its owner, the owner before and the head what happened to an action; not whoever left the puskesmas. */
  async tellOfAction(fact: FactOf<typeof READERS.notificationsTellOfAction>, tx: Tx): Promise<void> {
    const what = HAPPENED[fact.type];
    const { actionId, revision, unitId, ownerId } = fact.data;
    const unit = await this.#known(unitId, fact.actor, tx);
    const day = localDate(new Date(fact.time), unit.timeZone);
    const heads = concernsHeads(what) ? await holders(tx, unit, day, ['kepala_puskesmas']) : [];
    const concerned = concernedByAction(
      what,
      {
        // A guest has no inbox and no address: whoever made the action ready passes the link on (decision 0025).
        owner: fact.data.ownerIsGuest ? null : ownerId,
        formerOwner: fact.type === ActionReadied.type ? fact.data.formerOwnerId : null,
        heads: heads.map(({ personId }) => personId),
      },
      fact.actor,
    );
    const note = fact.type === ActionCompleted.type ? fact.data.note : '';
    const gone = await this.roster.whoLeft(unitId, [...concerned.keys()], day, tx);
    // Whoever was just made the owner has a post there, though news of it may still be on its way.
    if (what === 'readied' && ownerId !== null) gone.delete(ownerId);
    const letters = [...concerned]
      .filter(([personId]) => !gone.has(personId))
      .map(([personId, part]) => ({
        personId,
        wording: wordAction(what, fact.data, part, note),
        asOwner: part === 'owner',
      }));
    await this.#deliver(
      tx,
      unit,
      { about: 'action', aboutId: actionId, revision, kind: `action.${what}` },
      letters,
    );
  }

  /**
   * Invites the people of the puskesmas, and tells its leaders and the district what became of a month. A start that has
   * passed already, of minutes that are written up afterwards, invites nobody.
   */
  async tellOfMeeting(fact: FactOf<typeof READERS.notificationsTellOfMeeting>, tx: Tx): Promise<void> {
    const what = OF_MEETING[fact.type];
    const { meetingId, revision, unitId, startsAt } = fact.data;
    if ((what === 'scheduled' || what === 'moved') && startsAt !== null && startsAt <= fact.time) return;
    const unit = await this.#known(unitId, fact.actor, tx);
    const day = localDate(new Date(fact.time), unit.timeZone);
    const posts = await holders(tx, unit, day, concernedByMeeting(what));
    const wording = wordMeeting(what, fact.data, unit.timeZone, {
      ...(fact.type === MeetingMoved.type ? { formerStartsAt: fact.data.formerStartsAt } : {}),
      ...(fact.type === MeetingCancelled.type ? { reason: fact.data.reason } : {}),
    });
    const people = new Set(posts.map(({ personId }) => personId));
    if (fact.actor !== null) people.delete(fact.actor);
    await this.#deliver(
      tx,
      unit,
      { about: 'meeting', aboutId: meetingId, revision, kind: `meeting.${what}` },
      [...people].map((personId) => ({ personId, wording })),
    );
  }

  /**
   * The unit, once it and the person behind the fact, with a post, are known here: then the directory's announcement
   * that brought them has arrived, and with it the posts of those to be told.
   * @throws NotYet
   */
  async #known(unitId: string, actor: string | null, tx: Tx): Promise<KnownUnit> {
    const unit = await this.roster.unitOrNotYet(unitId, tx);
    if (actor !== null) {
      const known = await tx.readOnce(`person with a post ${actor}`, () =>
        tx.query(
          'SELECT 1 FROM known_person JOIN known_post USING (person_id) WHERE person_id = $1 LIMIT 1',
          [actor],
        ),
      );
      if (known.length === 0) throw new NotYet(`person ${actor} with a post`);
    }
    return unit;
  }

  /**
   * Puts letters into inboxes and queues the mails that tell of them. A message that already tells of this or of newer
   * news stays as it is.
   */
  async #deliver(
    tx: Tx,
    unit: KnownUnit,
    { about, aboutId, revision, kind }: News,
    letters: readonly { personId: string; wording: Wording; asOwner?: boolean }[],
  ): Promise<void> {
    if (letters.length === 0) return;
    // Always in the order of persons: two deliveries at once wait for each other and never in a circle.
    const rows = letters
      .map(({ personId, wording, asOwner = false }) => ({
        message_id: uuidv7(),
        person_id: personId,
        as_owner: asOwner,
        ...wording,
      }))
      .sort((a, b) => (a.person_id < b.person_id ? -1 : 1));
    const told = await tx.query<{ messageId: string; personId: string; revision: number }>(
      `INSERT INTO message AS known (message_id, revision, person_id, about, about_id, news_revision, unit_id, unit_code,
                                     unit_name, kind, title, body, link, as_owner, delivered_at)
       SELECT message_id, 1, person_id, $2, $3, $4, $5, $6, $7, $8, title, body, link, as_owner, $9
       FROM jsonb_to_recordset($1) AS letter (message_id uuid, person_id uuid, title jsonb, body jsonb, link text, as_owner boolean)
       ON CONFLICT (person_id, about, about_id) DO UPDATE SET
         revision = known.revision + 1, news_revision = excluded.news_revision, unit_code = excluded.unit_code,
         unit_name = excluded.unit_name, kind = excluded.kind, title = excluded.title, body = excluded.body,
         link = excluded.link, as_owner = excluded.as_owner, delivered_at = excluded.delivered_at, read_at = NULL
       WHERE known.news_revision < excluded.news_revision
       RETURNING message_id AS "messageId", person_id AS "personId", revision`,
      [JSON.stringify(rows), about, aboutId, revision, unit.unitId, unit.code, unit.name, kind, tx.now],
    );
    const { districtCode, unitId } = unit;
    for (const message of told)
      tx.announce(
        MessageDelivered,
        { id: message.messageId, revision: message.revision, districtCode, unitId },
        { ...message, channel: 'inbox', about, aboutId },
      );
    const byPerson = new Map(letters.map((letter) => [letter.personId, letter]));
    await this.deliveries.queue(
      tx,
      unit,
      about,
      aboutId,
      told.map((message) => {
        const { wording, asOwner = false } = byPerson.get(message.personId)!;
        return { ...message, asOwner, letter: wording };
      }),
    );
  }

  /** Who opens the inbox is taken to find what stands in it; noted to the hour, so that most looks write nothing. */
  async #noteVisit(personId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.query(
      `INSERT INTO inbox_visit AS visit (person_id, at)
       SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM inbox_visit WHERE person_id = $1 AND at > $3)
       ON CONFLICT (person_id) DO UPDATE SET at = greatest(visit.at, excluded.at)`,
      [personId, now, new Date(now.getTime() - VISIT_MS)],
    );
  }

  #unread(personId: string, { manager }: Pick<Tx, 'manager'> = this.database): Promise<number> {
    return manager.countBy(Message, { personId, readAt: IsNull() });
  }
}

const HAPPENED = {
  [ActionReadied.type]: 'readied',
  [ActionCompleted.type]: 'completed',
  [ActionOverdue.type]: 'overdue',
} as const;

const OF_MEETING = {
  [MeetingScheduled.type]: 'scheduled',
  [MeetingMoved.type]: 'moved',
  [MeetingCancelled.type]: 'cancelled',
  [MeetingMissed.type]: 'missed',
  [MinutesSigned.type]: 'signed',
} as const;

/** Posts that were held on a local day in the unit, and by officers of its district. */
async function holders(tx: Tx, unit: KnownUnit, today: string, roles: Role[]): Promise<HeldPost[]> {
  return tx.readOnce(`posts ${unit.unitId} ${today} ${roles.join()}`, () =>
    tx.query<{ personId: string; role: Role; program: string | null }>(
      `SELECT person_id AS "personId", role, program FROM known_post JOIN known_person USING (person_id)
       WHERE (unit_id = $1 OR district_code = $2 AND role IN ('petugas_dinas', 'verifikator')) AND role = ANY ($3) AND active
         AND valid_from <= $4::date AND (valid_to IS NULL OR valid_to >= $4::date)
       ORDER BY person_id`,
      [unit.unitId, unit.districtCode, roles, today],
    ),
  );
}
