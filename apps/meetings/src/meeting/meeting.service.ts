import type { Operation } from '@lokmin/access';
import { addMonths, localDate, monthEnds, parsePeriod, type Clock } from '@lokmin/calendar';
import {
  AddTopic,
  CancelMeeting,
  ConcludeMeeting,
  DecideItem,
  EvaluationReturned,
  MeetingCancelled,
  MeetingConcluded,
  MeetingMissed,
  MeetingMoved,
  MeetingEdited,
  MeetingOpened,
  MeetingScheduled,
  MinutesSigned,
  MoveMeeting,
  OpenMeeting,
  RecordAttendance,
  Refusal,
  RemoveTopic,
  SaveNotes,
  ScheduleMeeting,
  SignMinutes,
  type AskInput,
  type AskReply,
  type DistrictMeetings,
  type FactOf,
  type FindMeeting,
  type ListMeetings,
  type READERS,
} from '@lokmin/contracts';
import { demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, type KnownUnit, notACursor, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { AgendaItem, Attendee, KnownAction, KnownEvaluation, Meeting } from './meeting.entity.ts';
import {
  agendaOf,
  demandAnotherHand,
  demandFitting,
  demandItsDay,
  demandNothingWritten,
  demandPresent,
  furthest,
  demandStart,
  demandStatus,
  monthsOf,
  outcomeOf,
  stateOf,
  type Start,
  type Taken,
} from './meeting.rules.ts';

type MeetingView = AskReply<typeof ScheduleMeeting>;
export type MeetingDetail = AskReply<typeof FindMeeting>;

/** Units whose month has ended that one transaction of the clock takes. */
const UNITS_PER_TICK = 50;

/** Meetings: who may arrange and see them, what their agendas are made of, what is announced when they change. */
@Injectable()
export class Meetings {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Per puskesmas the meeting that looks at a period; as many reads however many puskesmas there are. */
  async district({
    districtCode,
    coachingGroupId,
    period,
  }: AskInput<typeof DistrictMeetings>): Promise<AskReply<typeof DistrictMeetings>> {
    const { only, today } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const now = this.clock.now();
    const units = await this.roster.puskesmasOf(districtCode, only, today);
    const all = await this.database.manager.findBy(Meeting, {
      districtCode,
      dataPeriod: period,
      ...(only && { unitId: In(only) }),
    });
    const meetings = [...Map.groupBy(all, ({ unitId }) => unitId).values()].map((each) => furthest(each)!);
    const views = new Map((await this.#views(meetings, units)).map((view) => [view.unitId, view] as const));
    return {
      asOf: now.toISOString(),
      units: units.map(({ unitId, code, name }) => ({
        unitId,
        unitCode: code,
        unitName: name,
        meeting: views.get(unitId) ?? null,
      })),
    };
  }

  /** @throws Refusal `not-found`, `access.forbidden` */
  async list({
    unitId,
    first,
    after,
  }: AskInput<typeof ListMeetings>): Promise<AskReply<typeof ListMeetings>> {
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('unit.view', unit);
    if (after !== null && !/^\d{4}-\d\d$/.test(after)) throw notACursor();
    const rows = await this.database.manager.find(Meeting, {
      where: { unitId, ...(after ? { month: LessThan(after) } : {}) },
      order: { month: 'DESC' },
      take: first + 1,
    });
    const page = rows.slice(0, first);
    return {
      items: await this.#views(page, [unit]),
      next: rows.length > first ? page.at(-1)!.month : null,
      totalCount: await this.database.manager.countBy(Meeting, { unitId }),
    };
  }

  /** @throws Refusal `not-found`, `access.forbidden` */
  async find({ meetingId }: AskInput<typeof FindMeeting>): Promise<MeetingDetail> {
    const { meeting, unit } = await this.#visible(meetingId);
    const seesFigures = await this.roster.may('counts.small', unit);
    return inTransaction(
      this.database,
      () => this.clock.now(),
      async (tx) => ({
        meeting: (await this.#views([meeting], [unit], tx.manager))[0]!,
        agenda: (await agenda(tx, meeting)).map((item) => itemView(item, seesFigures)),
        attendees: await this.#attendees(tx, meeting, unit),
        notes: meeting.notes,
      }),
    );
  }

  /** What the minutes are drawn from. @throws Refusal `not-found`, `access.forbidden` */
  async minutes(meetingId: string): Promise<{
    detail: MeetingDetail;
    place: { districtName: string; timeZone: KnownUnit['timeZone'] };
  }> {
    const detail = await this.find({ meetingId });
    const unit = await this.roster.unit(detail.meeting.unitId);
    await this.roster.demand('counts.small', unit); // figures are printed in them
    const { districtCode, timeZone } = unit;
    return { detail, place: { districtName: await this.roster.districtName(districtCode), timeZone } };
  }

  /**
   * Schedules the meeting of a month; also a cancelled or missed one again.
   * @throws Refusal `not-found`, `access.forbidden`, `meeting.exists`, `meeting.too-old`, `meeting.period-not-before`, `meeting.outside-month`, `meeting.too-far`
   */
  async schedule(input: AskInput<typeof ScheduleMeeting>): Promise<MeetingView> {
    const unit = await this.roster.unit(input.unitId);
    await this.roster.demand('meeting.arrange', unit);
    if (unit.kind !== 'puskesmas')
      throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } }, 'unitId');
    const months = monthsOf(input.month, input.dataPeriod);
    const start = startOf(input);
    demandStart(input.month, start, unit.timeZone, localDate(this.clock.now(), unit.timeZone));
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, ScheduleMeeting.subject, input, async () => {
          const { unitId, districtCode } = unit;
          await lockUnit(tx, unit);
          const before = await tx.manager.findOneBy(Meeting, { unitId, month: input.month });
          if (before && before.status !== 'cancelled' && before.status !== 'missed')
            throw new Refusal('meeting.exists', { month: input.month }, 'month');
          const meeting: Meeting = {
            meetingId: uuidv7(),
            districtCode,
            openedAt: null,
            concludedAt: null,
            missedAt: null,
            signedAt: null,
            signedBy: null,
            notes: '',
            recordedBy: [],
            ...before,
            unitId,
            ...months,
            ...start,
            revision: (before?.revision ?? 0) + 1,
            status: 'scheduled',
            scheduledBy: this.roster.caller(),
            cancelledReason: null,
          };
          await tx.manager.save(Meeting, meeting);
          announce(tx, unit, meeting, MeetingScheduled, {});
          return (await this.#views([meeting], [unit], tx.manager))[0]!;
        }),
    );
  }

  /** @throws Refusal `meeting.outside-month`, `meeting.too-far`, and those of every change */
  async move(input: AskInput<typeof MoveMeeting>): Promise<MeetingView> {
    return this.#change(MoveMeeting.subject, 'meeting.arrange', input, ({ tx, meeting, unit }) => {
      demandStatus(meeting, 'scheduled');
      const start = startOf(input);
      demandStart(meeting.month, start, unit.timeZone, localDate(tx.now, unit.timeZone));
      const formerStartsAt = meeting.startsAt!.toISOString();
      Object.assign(meeting, start);
      return () => announce(tx, unit, meeting, MeetingMoved, { formerStartsAt });
    });
  }

  /**
   * An opened one too, while nothing was written down: its agenda and its attendance list are made anew when it is opened again.
   * @throws Refusal `meeting.begun`, and those of every change
   */
  async cancel(input: AskInput<typeof CancelMeeting>): Promise<MeetingView> {
    return this.#change(CancelMeeting.subject, 'meeting.arrange', input, async ({ tx, meeting, unit }) => {
      demandStatus(meeting, 'scheduled', 'opened');
      const { meetingId } = meeting;
      if (meeting.status === 'opened') {
        const items = await tx.manager.findBy(AgendaItem, { meetingId });
        demandNothingWritten(meeting, items, await tx.manager.findBy(Attendee, { meetingId }));
        await tx.manager.delete(AgendaItem, { meetingId, kind: Not('topic') });
        await tx.manager.delete(Attendee, { meetingId });
      }
      const { reason } = input;
      Object.assign(meeting, {
        status: 'cancelled',
        cancelledReason: reason,
        openedAt: null,
        recordedBy: [],
      });
      return () => announce(tx, unit, meeting, MeetingCancelled, { reason });
    });
  }

  /**
   * Freezes the agenda, and the attendance list as the people with a post in the unit on that day.
   * @throws Refusal `meeting.before-its-day`, and those of every change
   */
  async open(input: AskInput<typeof OpenMeeting>): Promise<MeetingView> {
    return this.#change(OpenMeeting.subject, 'meeting.arrange', input, async ({ tx, meeting, unit }) => {
      demandStatus(meeting, 'scheduled');
      demandItsDay(meeting, unit.timeZone, localDate(tx.now, unit.timeZone));
      const taken = await takeUp(tx, meeting);
      // Topics were there first, from 1 on; everything else stands before them.
      await tx.manager.insert(
        AgendaItem,
        taken.map((item, i) => ({
          ...item,
          itemId: uuidv7(),
          meetingId: meeting.meetingId,
          position: i + 1 - taken.length,
          note: '',
          decision: null,
        })) as never,
      );
      const invited = await this.#attendees(tx, meeting, unit);
      await tx.manager.insert(
        Attendee,
        invited.map((one) => ({ ...one, attendeeId: uuidv7(), meetingId: meeting.meetingId })),
      );
      Object.assign(meeting, { status: 'opened', openedAt: tx.now });
      return () => announce(tx, unit, meeting, MeetingOpened, {});
    });
  }

  async addTopic(input: AskInput<typeof AddTopic>): Promise<MeetingView> {
    return this.#change(AddTopic.subject, 'meeting.record', input, async ({ tx, meeting }) => {
      demandStatus(meeting, 'scheduled', 'opened');
      const last = await tx.manager.maximum(AgendaItem, 'position', { meetingId: meeting.meetingId });
      await tx.manager.insert(AgendaItem, {
        itemId: uuidv7(),
        meetingId: meeting.meetingId,
        position: (last ?? 0) + 1,
        kind: 'topic',
        title: input.title,
        indicatorCode: null,
        performance: null,
        actionId: null,
        actionState: null,
        note: '',
        decision: null,
      });
    });
  }

  async removeTopic(input: AskInput<typeof RemoveTopic>): Promise<MeetingView> {
    return this.#change(RemoveTopic.subject, 'meeting.record', input, async ({ tx, meeting }) => {
      demandStatus(meeting, 'scheduled');
      const { itemId } = await itemOf(tx, meeting, input.itemId);
      await tx.manager.delete(AgendaItem, { itemId });
    });
  }

  /** @throws Refusal `meeting.decision-unfit`, and those of every change */
  async decide(input: AskInput<typeof DecideItem>): Promise<MeetingView> {
    return this.#change(DecideItem.subject, 'meeting.record', input, async ({ tx, meeting }) => {
      demandStatus(meeting, 'opened');
      const item = await itemOf(tx, meeting, input.itemId);
      const { note, decision } = input;
      const action = item.actionId && (await tx.manager.findOneBy(KnownAction, { actionId: item.actionId }));
      demandFitting(item, action ? action.status : null, decision);
      if (note === item.note && decision === item.decision) return UNCHANGED;
      await tx.manager.update(AgendaItem, { itemId: item.itemId }, { note, decision });
    });
  }

  /**
   * Also after the conclusion, until the minutes are signed; then somebody stays present.
   * @throws Refusal `meeting.guest-listed`, `meeting.nobody-present`, and those of every change
   */
  async recordAttendance(input: AskInput<typeof RecordAttendance>): Promise<MeetingView> {
    return this.#change(RecordAttendance.subject, 'meeting.record', input, async ({ tx, meeting }) => {
      demandStatus(meeting, 'opened', 'concluded');
      const { meetingId } = meeting;
      const listed = await tx.manager.findBy(Attendee, { meetingId });
      const double = input.guests.findIndex((guest) =>
        listed.some(
          ({ personId, name, position }) =>
            personId === null && name === guest.name && position === guest.position,
        ),
      );
      if (double >= 0)
        throw new Refusal('meeting.guest-listed', { name: input.guests[double]!.name }, `guests.${double}`);
      const known = new Map(listed.map(({ attendeeId, presence }) => [attendeeId, presence]));
      const stranger = input.attendees.findIndex(({ attendeeId }) => !known.has(attendeeId));
      if (stranger >= 0)
        throw new Refusal(
          'not-found',
          { what: { id: 'Peserta', en: 'The attendee' } },
          `attendees.${stranger}.attendeeId`,
        );
      const changed = input.attendees.filter(
        ({ attendeeId, presence }) => presence !== known.get(attendeeId),
      );
      if (changed.length === 0 && input.guests.length === 0) return UNCHANGED;
      await tx.query(
        `UPDATE attendee SET presence = given.presence
         FROM jsonb_to_recordset($1) AS given ("attendeeId" uuid, presence text) WHERE attendee_id = given."attendeeId"`,
        [JSON.stringify(changed)],
      );
      await tx.manager.insert(
        Attendee,
        input.guests.map((guest) => ({
          ...guest,
          attendeeId: uuidv7(),
          meetingId,
          personId: null,
          presence: 'present' as const,
        })),
      );
      if (meeting.status === 'concluded') demandPresent(await tx.manager.findBy(Attendee, { meetingId }));
    });
  }

  /** Also after the conclusion, until the minutes are signed. */
  async saveNotes(input: AskInput<typeof SaveNotes>): Promise<MeetingView> {
    return this.#change(SaveNotes.subject, 'meeting.record', input, ({ meeting }) => {
      demandStatus(meeting, 'opened', 'concluded');
      if (meeting.notes === input.notes) return UNCHANGED;
      meeting.notes = input.notes;
    });
  }

  /** @throws Refusal `meeting.undecided`, `meeting.nobody-present`, and those of every change */
  async conclude(input: AskInput<typeof ConcludeMeeting>): Promise<MeetingView> {
    return this.#change(ConcludeMeeting.subject, 'meeting.arrange', input, async ({ tx, meeting, unit }) => {
      demandStatus(meeting, 'opened');
      const { meetingId } = meeting;
      const items = await agenda(tx, meeting);
      const attendees = await tx.manager.findBy(Attendee, { meetingId });
      demandPresent(attendees);
      const present = attendees.filter(({ presence }) => presence === 'present').length;
      const outcome = outcomeOf(items as AgendaItem[]);
      await tx.query(
        `UPDATE agenda_item AS item SET action_state = state."actionState"
         FROM jsonb_to_recordset($1) AS state ("itemId" uuid, "actionState" jsonb) WHERE item.item_id = state."itemId"`,
        [JSON.stringify(items.filter(({ actionState }) => actionState !== null))],
      );
      Object.assign(meeting, { status: 'concluded', concludedAt: tx.now });
      return () =>
        announce(tx, unit, meeting, MeetingConcluded, { ...outcome, present, invited: attendees.length });
    });
  }

  /**
   * The head signs minutes that somebody else took too: from then on PostgreSQL refuses every change of the meeting.
   * @throws Refusal `meeting.nobody-present`, `minutes.sole-hand`, and those of every change
   */
  async sign(input: AskInput<typeof SignMinutes>): Promise<MeetingView> {
    return this.#change(SignMinutes.subject, 'minutes.sign', input, async ({ tx, meeting, unit }) => {
      demandStatus(meeting, 'concluded');
      demandPresent(await tx.manager.findBy(Attendee, { meetingId: meeting.meetingId }));
      const signedBy = this.roster.caller();
      demandAnotherHand(meeting, signedBy);
      Object.assign(meeting, { signedAt: tx.now, signedBy });
      return () => announce(tx, unit, meeting, MinutesSigned, { signedBy });
    });
  }

  /** Keeps the newest revision of an evaluation. */
  async followEvaluation(fact: FactOf<typeof READERS.meetingsFollowEvaluation>, tx: Tx): Promise<void> {
    const { evaluationId, revision, unitId, period } = fact.data;
    const kurang =
      fact.type === EvaluationReturned.type
        ? []
        : fact.data.judged
            .filter(({ judgement }) => judgement === 'kurang')
            .map(({ code, name, performance }) => ({ code, name, performance }));
    await tx.query(
      `INSERT INTO known_evaluation AS known (evaluation_id, revision, unit_id, period, standing, kurang) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (evaluation_id) DO UPDATE SET revision = excluded.revision, standing = excluded.standing, kurang = excluded.kurang
       WHERE known.revision < excluded.revision`,
      [evaluationId, revision, unitId, period, fact.type !== EvaluationReturned.type, JSON.stringify(kurang)],
    );
  }

  /** Keeps the newest revision of an action. */
  async followAction(fact: FactOf<typeof READERS.meetingsFollowAction>, tx: Tx): Promise<void> {
    const { data } = fact;
    await tx.query(
      `INSERT INTO known_action AS known (action_id, revision, unit_id, indicator_code, title, status, owner_name, due_date,
                                          overdue, progress, agreed, carried_over, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (action_id) DO UPDATE SET
         revision = excluded.revision, indicator_code = excluded.indicator_code, title = excluded.title, status = excluded.status,
         owner_name = excluded.owner_name, due_date = excluded.due_date, overdue = excluded.overdue, progress = excluded.progress,
         agreed = excluded.agreed, carried_over = excluded.carried_over, changed_at = excluded.changed_at
       WHERE known.revision < excluded.revision`,
      [
        data.actionId,
        data.revision,
        data.unitId,
        data.indicatorCode,
        data.title,
        data.status,
        data.ownerName,
        data.dueDate,
        data.overdueSince !== null,
        data.progress,
        data.agreedAt !== null,
        data.carriedOver,
        fact.time,
      ],
    );
  }

  /**
   * Marks months that ended without a concluded meeting, from the month on in which this service first heard of the unit.
   * Several processes may do so at once: each claims units of its own.
   */
  async markMissed(): Promise<void> {
    const now = this.clock.now();
    const newUnits: KnownUnit[] = await this.database.query(
      `SELECT unit_id AS "unitId", time_zone AS "timeZone" FROM known_unit
       WHERE kind = 'puskesmas' AND NOT EXISTS (SELECT FROM unit_calendar AS c WHERE c.unit_id = known_unit.unit_id)`,
    );
    for (const unit of newUnits)
      await inTransaction(
        this.database,
        () => now,
        (tx) => lockUnit(tx, unit),
      );
    for (let claimed = UNITS_PER_TICK; claimed === UNITS_PER_TICK;)
      claimed = await inTransaction(
        this.database,
        () => this.clock.now(),
        async (tx) => {
          const ended = await tx.query<{ unitId: string; month: string }>(
            `SELECT unit_id AS "unitId", month FROM unit_calendar WHERE ends_at <= $1
           ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
            [tx.now, UNITS_PER_TICK],
          );
          for (const { unitId, month } of ended)
            await this.#endMonth(tx, await this.roster.unit(unitId, tx), month);
          return ended.length;
        },
      );
  }

  async #endMonth(tx: Tx, unit: KnownUnit, month: string): Promise<void> {
    const { unitId, districtCode, timeZone } = unit;
    const endsAt = monthEnds(parsePeriod(month), timeZone);
    const next = addMonths(parsePeriod(month), 1);
    await tx.query('UPDATE unit_calendar SET month = $2, ends_at = $3 WHERE unit_id = $1', [
      unitId,
      next,
      monthEnds(next, timeZone),
    ]);
    if (unit.validTo !== null && unit.validTo < `${month}-28`) return; // closed before the month was over
    const before = await tx.manager.findOne(Meeting, {
      where: { unitId, month },
      lock: { mode: 'pessimistic_write' },
    });
    if (before?.status === 'opened' || before?.status === 'concluded') return;
    const meeting: Meeting = {
      meetingId: uuidv7(),
      unitId,
      districtCode,
      month,
      dataPeriod: addMonths(parsePeriod(month), -1),
      startsAt: null,
      durationMinutes: 120,
      place: '',
      scheduledBy: null,
      cancelledReason: null,
      openedAt: null,
      concludedAt: null,
      signedAt: null,
      signedBy: null,
      notes: '',
      recordedBy: [],
      ...before,
      revision: (before?.revision ?? 0) + 1,
      status: 'missed',
      missedAt: endsAt,
    };
    await tx.manager.save(Meeting, meeting);
    announce(tx, unit, meeting, MeetingMissed, {});
  }

  /** @throws Refusal `not-found`, `access.forbidden` when the caller may not see the unit of the meeting */
  async #visible(meetingId: string): Promise<{ meeting: Meeting; unit: KnownUnit }> {
    const meeting = await this.database.manager.findOneBy(Meeting, { meetingId });
    const unknown = () => new Refusal('not-found', { what: { id: 'Lokakarya mini', en: 'The meeting' } });
    if (!meeting) throw unknown();
    const unit = await this.roster.unit(meeting.unitId);
    await this.roster.demand('unit.view', unit, unknown);
    return { meeting, unit };
  }

  /**
   * One change of a meeting under its lock. `work` mends the meeting and may return what to announce once the revision counts.
   * @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `meeting.signed`, `meeting.wrong-status`
   */
  async #change(
    subject: string,
    needs: Operation,
    input: { commandId: string; meetingId: string; expectedRevision: number },
    work: (at: { tx: Tx; meeting: Meeting; unit: KnownUnit }) => Work | Promise<Work>,
  ): Promise<MeetingView> {
    const { unit } = await this.#visible(input.meetingId);
    await this.roster.demand(needs, unit);
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, subject, input, async () => {
          const meeting = await tx.manager.findOneOrFail(Meeting, {
            where: { meetingId: input.meetingId },
            lock: { mode: 'pessimistic_write' },
          });
          demandRevision(meeting.revision, input.expectedRevision);
          const done = await work({ tx, meeting, unit });
          // Whoever saves the notes as they stand has read them, and takes the minutes too.
          const caller = this.roster.caller();
          const writes = done !== UNCHANGED || subject === SaveNotes.subject;
          const takes =
            needs === 'meeting.record' && writes && meeting.openedAt && !meeting.recordedBy.includes(caller);
          if (takes) meeting.recordedBy.push(caller);
          if (done !== UNCHANGED || takes) {
            meeting.revision += 1;
            await tx.manager.save(Meeting, meeting);
            if (typeof done === 'function') done();
            else announce(tx, unit, meeting, MeetingEdited, {});
          }
          return (await this.#views([meeting], [unit], tx.manager))[0]!;
        }),
    );
  }

  /** The attendance list; until the meeting is opened, who holds a post in the unit on its day. */
  async #attendees(
    tx: Tx,
    { meetingId, status, startsAt }: Meeting,
    unit: KnownUnit,
  ): Promise<MeetingDetail['attendees']> {
    if (status === 'opened' || status === 'concluded') {
      const rows = await tx.manager.find(Attendee, {
        where: { meetingId },
        order: { personId: { direction: 'ASC', nulls: 'LAST' }, name: 'ASC', attendeeId: 'ASC' },
      });
      return rows
        .sort(
          (a, b) =>
            Number(a.personId === null) - Number(b.personId === null) || a.name.localeCompare(b.name, 'id'),
        )
        .map(({ attendeeId, personId, name, position, presence }) => ({
          attendeeId,
          personId,
          name,
          position,
          presence,
        }));
    }
    const posts = await this.roster.postsAt(
      { unitId: unit.unitId },
      localDate(startsAt && startsAt > tx.now ? startsAt : tx.now, unit.timeZone),
      tx,
    );
    const people = new Map<string, { name: string; titles: string[] }>();
    for (const { personId, personName, title } of posts) {
      const person = people.get(personId) ?? { name: personName, titles: [] };
      person.titles.push(title);
      people.set(personId, person);
    }
    return [...people]
      .map(([personId, { name, titles }]) => ({
        attendeeId: null,
        personId,
        name,
        position: [...new Set(titles)].join(', '), // one post for each programme, often under one title
        presence: 'expected' as const,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'id'));
  }

  async #views(
    meetings: readonly Meeting[],
    units: readonly KnownUnit[],
    manager: EntityManager = this.database.manager,
  ): Promise<MeetingView[]> {
    if (meetings.length === 0) return [];
    const unitOf = new Map(units.map((unit) => [unit.unitId, unit]));
    const counts: { meetingId: string; invited: number; present: number }[] = await manager.query(
      `SELECT meeting_id AS "meetingId", count(*)::int AS invited, (count(*) FILTER (WHERE presence = 'present'))::int AS present
       FROM attendee WHERE meeting_id = ANY ($1) GROUP BY meeting_id`,
      [meetings.map(({ meetingId }) => meetingId)],
    );
    const countOf = new Map(counts.map((count) => [count.meetingId, count]));
    const people: { person_id: string; name: string }[] = await manager.query(
      'SELECT person_id, name FROM known_person WHERE person_id = ANY ($1)',
      [meetings.flatMap(({ scheduledBy, signedBy }) => [scheduledBy, signedBy]).filter((id) => id !== null)],
    );
    const nameOf = new Map(people.map(({ person_id, name }) => [person_id, name]));
    return meetings
      .filter(({ unitId }) => unitOf.has(unitId))
      .map((meeting) => {
        const { invited = 0, present = 0 } = countOf.get(meeting.meetingId) ?? {};
        return {
          ...meetingState(meeting, unitOf.get(meeting.unitId)!),
          openedAt: meeting.openedAt?.toISOString() ?? null,
          scheduledByName: nameOf.get(meeting.scheduledBy ?? '') ?? null,
          cancelledReason: meeting.cancelledReason,
          signedByName: nameOf.get(meeting.signedBy ?? '') ?? null,
          invited,
          present,
        };
      });
  }
}

/** What was asked for was so already: the meeting keeps its revision. */
const UNCHANGED = Symbol('unchanged');
/** Announces what became of the meeting; nothing when it was only edited. */
type Work = void | (() => void) | typeof UNCHANGED;

/** Takes the lock under which a unit's meetings are made; its row says from which month on they are looked for. */
async function lockUnit(tx: Tx, { unitId, timeZone }: Pick<KnownUnit, 'unitId' | 'timeZone'>): Promise<void> {
  const month = parsePeriod(localDate(tx.now, timeZone).slice(0, 7));
  await tx.query(
    `INSERT INTO unit_calendar (unit_id, month, ends_at) VALUES ($1, $2, $3)
     ON CONFLICT (unit_id) DO UPDATE SET unit_id = excluded.unit_id`,
    [unitId, month, monthEnds(month, timeZone)],
  );
}

/** What the agenda would take up now. */
async function takeUp(tx: Tx, { meetingId, unitId, dataPeriod }: Meeting): Promise<Taken[]> {
  const [evaluation] = await tx.manager.findBy(KnownEvaluation, {
    unitId,
    period: dataPeriod,
    standing: true,
  });
  const actions = await tx.manager.findBy(KnownAction, { unitId, status: Not('withdrawn') });
  const [last] = await tx.manager.find(Meeting, {
    where: { unitId, meetingId: Not(meetingId), concludedAt: Not(IsNull()) },
    order: { concludedAt: 'DESC' },
    take: 1,
  });
  return agendaOf(actions, evaluation?.kurang ?? [], last?.concludedAt ?? null);
}

type Item = Taken & Pick<AgendaItem, 'note' | 'decision'> & { itemId: string | null };

/**
 * The agenda in order. Until the meeting is opened it is taken up anew at each look; while it is open, its actions are shown as they are now;
 * once it is concluded, as they were then.
 */
async function agenda(tx: Tx, meeting: Meeting): Promise<Item[]> {
  const rows = await tx.manager.find(AgendaItem, {
    where: { meetingId: meeting.meetingId },
    order: { position: 'ASC' },
  });
  switch (meeting.status) {
    case 'concluded':
      return rows;
    case 'opened': {
      const actionIds = rows.map(({ actionId }) => actionId).filter((id) => id !== null);
      const known = await tx.manager.findBy(KnownAction, { actionId: In(actionIds) });
      const now = new Map(known.map((action) => [action.actionId, stateOf(action)]));
      return rows.map((row) => ({ ...row, actionState: now.get(row.actionId ?? '') ?? row.actionState }));
    }
    default: {
      const taken = await takeUp(tx, meeting);
      return [...taken.map((item) => ({ ...item, itemId: null, note: '', decision: null })), ...rows];
    }
  }
}

const itemView = ({ actionState, ...item }: Item, seesFigures: boolean): MeetingDetail['agenda'][number] => ({
  itemId: item.itemId,
  kind: item.kind,
  title: item.title,
  indicatorCode: item.indicatorCode,
  performance: seesFigures ? item.performance : null,
  performanceHidden: !seesFigures && item.indicatorCode !== null,
  actionId: item.actionId,
  actionStatus: actionState?.status ?? null,
  ownerName: actionState?.ownerName ?? null,
  dueDate: actionState?.dueDate ?? null,
  overdue: actionState?.overdue ?? false,
  progress: actionState?.progress ?? null,
  carriedOver: actionState?.carriedOver ?? 0,
  note: item.note,
  decision: item.decision,
});

/** @throws Refusal `not-found` */
async function itemOf(tx: Tx, { meetingId }: Meeting, itemId: string): Promise<AgendaItem> {
  const item = await tx.manager.findOneBy(AgendaItem, { meetingId, itemId });
  if (!item)
    throw new Refusal('not-found', { what: { id: 'Butir agenda', en: 'The item of the agenda' } }, 'itemId');
  return item;
}

const startOf = ({
  startsAt,
  durationMinutes,
  place,
}: {
  startsAt: string;
  durationMinutes: number;
  place: string;
}): Start => ({
  startsAt: new Date(startsAt),
  durationMinutes,
  place,
});

const meetingState = (meeting: Meeting, unit: KnownUnit) => ({
  meetingId: meeting.meetingId,
  revision: meeting.revision,
  unitId: unit.unitId,
  unitCode: unit.code,
  unitName: unit.name,
  districtCode: unit.districtCode,
  month: meeting.month,
  dataPeriod: meeting.dataPeriod,
  status: meeting.status,
  startsAt: meeting.startsAt?.toISOString() ?? null,
  durationMinutes: meeting.durationMinutes,
  place: meeting.place,
  concludedAt: meeting.concludedAt?.toISOString() ?? null,
  missedAt: meeting.missedAt?.toISOString() ?? null,
  signedAt: meeting.signedAt?.toISOString() ?? null,
});

/** Announces a change of a meeting with its whole state. */
function announce<F extends Parameters<Tx['announce']>[0], More extends object>(
  tx: Tx,
  unit: KnownUnit,
  meeting: Meeting,
  fact: F,
  more: More,
): void {
  const { districtCode, unitId } = unit;
  tx.announce(fact, { id: meeting.meetingId, revision: meeting.revision, districtCode, unitId }, {
    ...meetingState(meeting, unit),
    ...more,
  } as never);
}
