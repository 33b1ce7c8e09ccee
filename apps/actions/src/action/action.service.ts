import { localDate, type Clock } from '@lokmin/calendar';
import {
  ActionAgreed,
  ActionCarriedOver,
  ActionCompleted,
  ActionOverdue,
  ActionProgressed,
  ActionProposed,
  ActionReadied,
  ActionSupported,
  ActionUnsupported,
  ActionWithdrawn,
  CompleteAction,
  EvaluationReturned,
  GUEST_REPORTS,
  ReadyAction,
  Refusal,
  ReportAsGuest,
  ReportProgress,
  type AskInput,
  type AskReply,
  type DistrictActions,
  type EvidenceFile,
  type FactOf,
  type FindAction,
  type GuestAction,
  type ListActions,
  type READERS,
} from '@lokmin/contracts';
import { currentCause, demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import {
  CLOCK,
  cursorOf,
  type KnownUnit,
  type LinkInForce,
  parseCursor,
  prepared,
  Roster,
} from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThanOrEqual, Not, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Evidence } from '../evidence/evidence.entity.ts';
import { Action, ActionEntry, OPEN, Support } from './action.entity.ts';
import {
  agreeOnAction,
  becomeOverdue,
  carryOver,
  completeAction,
  followEvaluation,
  readyAction,
  reportProgress,
  type Change,
  type KnownSupport,
} from './action.rules.ts';

type ActionView = AskReply<typeof ReadyAction>;
type GuestView = AskReply<typeof GuestAction>;
const COUNTS = prepared(`
  SELECT unit_id AS "unitId", code AS "unitCode", name AS "unitName", coalesce(proposed, 0) AS proposed,
         coalesce(open, 0) AS open, coalesce(overdue, 0) AS overdue, coalesce(completed, 0) AS completed,
         coalesce(needs_completion, 0) AS "needsCompletion", next_due_at AS "nextDueAt"
  FROM known_unit LEFT JOIN unit_actions USING (unit_id)
  WHERE district_code = $1 AND kind = 'puskesmas' AND (valid_to IS NULL OR valid_to >= ($2::timestamptz AT TIME ZONE time_zone)::date)
    AND ($3::uuid[] IS NULL OR unit_id = ANY ($3))
  ORDER BY code`);
/** Units whose overdue actions one transaction of the clock takes. */
const UNITS_PER_TICK = 50;

/** Proposals and actions: who may read and change them, and what is announced when they change. */
@Injectable()
export class Actions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts by puskesmas, in one read of rows that every change keeps exact. */
  async district({
    districtCode,
    coachingGroupId,
  }: AskInput<typeof DistrictActions>): Promise<AskReply<typeof DistrictActions>> {
    const { only } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const now = this.clock.now();
    const rows: (Counts & { nextDueAt: Date | null })[] = await this.database.query(COUNTS, [
      districtCode,
      now,
      only,
    ]);
    const next = Math.min(...rows.map(({ nextDueAt }) => nextDueAt?.getTime() ?? Infinity));
    return {
      asOf: now.toISOString(),
      validUntil: Number.isFinite(next) ? new Date(next).toISOString() : null,
      units: rows.map(({ nextDueAt: _, ...counts }) => counts),
    };
  }

  /** Newest first. Without a unit: the caller's own, where the caller still holds a post. */
  async list(input: AskInput<typeof ListActions>): Promise<AskReply<typeof ListActions>> {
    const { unitId, statuses, indicatorCode, first, after } = input;
    const query = this.database.manager.createQueryBuilder(Action, 'action');
    if (unitId) {
      const { districtCode } = await this.roster.unit(unitId);
      await this.roster.demand('unit.view', { districtCode, unitId });
      query.where('action.unitId = :unitId', { unitId });
    } else {
      query.where('action.ownerId = :ownerId', { ownerId: this.roster.caller() }).andWhere(
        `EXISTS (SELECT FROM known_post AS post JOIN known_unit AS unit USING (unit_id)
                 WHERE post.person_id = :ownerId AND post.unit_id = action.unit_id
                   AND (:now::timestamptz AT TIME ZONE unit.time_zone)::date
                       BETWEEN post.valid_from AND coalesce(post.valid_to, 'infinity'))`,
        { now: this.clock.now() },
      );
    }
    if (statuses.length > 0) query.andWhere('action.status IN (:...statuses)', { statuses });
    if (indicatorCode) query.andWhere('action.indicatorCode = :indicatorCode', { indicatorCode });
    const totalCount = await query.getCount();
    if (after) query.andWhere('(action.createdAt, action.actionId) < (:at, :id)', parseCursor(after));
    const rows = await query
      .orderBy('action.createdAt', 'DESC')
      .addOrderBy('action.actionId', 'DESC')
      .limit(first + 1)
      .getMany();
    const page = rows.slice(0, first);
    return {
      items: await this.#views(page, this.database.manager),
      next: rows.length > first ? cursorOf(page.at(-1)!.createdAt, page.at(-1)!.actionId) : null,
      totalCount,
    };
  }

  /** @throws Refusal `not-found` */
  async find({ actionId }: AskInput<typeof FindAction>): Promise<AskReply<typeof FindAction>> {
    const { action } = await this.visible(actionId);
    const [view] = await this.#views([action], this.database.manager);
    const shown = await this.database.manager.find(Evidence, {
      where: { actionId, revision: Not(IsNull()) },
      order: { putAt: 'ASC', fileId: 'ASC' },
    });
    const history: (Omit<HistoryEntry, 'at' | 'evidence'> & { at: Date; revision: number })[] =
      await this.database.query(
        `SELECT action_entry.revision, at, coalesce(person.name, guest.name) AS "actorName", kind, note, progress
       FROM action_entry LEFT JOIN known_person AS person ON person_id = actor_id
         LEFT JOIN known_guest AS guest ON guest_id = actor_id
       WHERE action_id = $1 ORDER BY action_entry.revision`,
        [actionId],
      );
    return {
      action: view!,
      history: history.map(({ revision, at, ...entry }) => ({
        ...entry,
        at: at.toISOString(),
        evidence: shown.filter((file) => file.revision === revision).map(fileOf),
      })),
    };
  }

  /**
   * The head or the head of administration gives a proposal, or an open action again, its owner and due date.
   * @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `action.ended`, `action.due-in-past`, `action.due-too-far`, `action.owner-elsewhere`
   */
  async ready(input: AskInput<typeof ReadyAction>): Promise<ActionView> {
    const { unit } = await this.visible(input.actionId);
    await this.roster.demand('action.ready', unit);
    return this.#change(ReadyAction.subject, input, unit, async (action, tx) => {
      const owner = await this.#owner(input.ownerId, unit, tx);
      return readyAction(
        action,
        { owner, dueDate: input.dueDate, title: input.title },
        unit.timeZone,
        tx.now,
      );
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.unusable` */
  async progress(input: AskInput<typeof ReportProgress>): Promise<ActionView> {
    const { unit } = await this.visible(input.actionId);
    const standsIn = await this.mayStandIn(unit);
    const { progress, note, evidence } = input;
    return this.#change(ReportProgress.subject, input, unit, async (action, tx) => {
      const given = { personId: this.reportsAs(action, standsIn), progress, note, evidence };
      return reportProgress(action, given, await unusedOf(input, tx), tx.now);
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.unusable` */
  async complete(input: AskInput<typeof CompleteAction>): Promise<ActionView> {
    const { unit } = await this.visible(input.actionId);
    const standsIn = await this.mayStandIn(unit);
    const { note, evidence } = input;
    return this.#change(CompleteAction.subject, input, unit, async (action, tx) => {
      const given = { personId: this.reportsAs(action, standsIn), note, evidence };
      return completeAction(action, given, await unusedOf(input, tx), tx.now);
    });
  }

  /** @throws Refusal `access.signed-out`, `guest-link.other-owner` */
  async guestAction(): Promise<GuestView> {
    const { link, action, unit } = await this.#ofGuest();
    const { guestId, name, office } = link.guest;
    const reports = await this.database.manager.find(ActionEntry, {
      where: { actionId: action.actionId, actorId: guestId, kind: 'progressed' },
      order: { revision: 'DESC' },
      take: GUEST_REPORTS,
    });
    return {
      revision: action.revision,
      guestName: ownerName(name, office),
      unitName: unit.name,
      indicatorName: action.indicatorName,
      title: action.title,
      status: action.status,
      dueDate: action.dueDate!,
      progress: action.progress,
      overdue: isOverdue(action),
      reports: reports.map(({ at, progress, note }) => ({
        at: at.toISOString(),
        progress: progress!,
        note: note!,
      })),
      linkExpiresAt: link.expiresAt,
    };
  }

  /** @throws Refusal `access.signed-out`, `guest-link.other-owner`, `revision.stale`, `action.ended` */
  async reportAsGuest(input: AskInput<typeof ReportAsGuest>): Promise<GuestView> {
    const { link, action, unit } = await this.#ofGuest();
    const { progress, note } = input;
    const { actionId } = action;
    await this.#change(ReportAsGuest.subject, { ...input, actionId }, unit, (action, tx) =>
      reportProgress(action, { personId: link.guest.guestId, progress, note, evidence: [] }, [], tx.now),
    );
    return this.guestAction();
  }

  /** The one action that the guest who asks may see, while it is the guest's: by the link alone, whatever else is named. */
  async #ofGuest(): Promise<{ link: LinkInForce; action: Action; unit: KnownUnit }> {
    const link = await this.roster.guestLink('report-action');
    const action = await this.database.manager.findOneBy(Action, { actionId: link.aboutId });
    if (!action || action.ownerId !== link.guest.guestId) throw new Refusal('guest-link.other-owner');
    return { link, action, unit: await this.roster.unit(action.unitId) };
  }

  /** Somebody with a post in the unit, or a guest of it. @throws Refusal `action.owner-elsewhere` */
  async #owner(
    ownerId: string,
    unit: KnownUnit,
    tx: Tx,
  ): Promise<{ id: string; name: string; isGuest: boolean }> {
    const posts = await this.roster.postsAt({ unitId: unit.unitId }, localDate(tx.now, unit.timeZone), tx);
    const post = posts.find(({ personId }) => personId === ownerId);
    if (post) return { id: ownerId, name: post.personName, isGuest: false };
    const guest = await this.roster.findGuest(ownerId, tx);
    if (!guest?.active || guest.unitId !== unit.unitId)
      throw new Refusal('action.owner-elsewhere', {}, 'ownerId');
    return { id: ownerId, name: ownerName(guest.name, guest.office), isGuest: true };
  }

  /**
   * Whether the caller reports for guests there: who may give actions their owners. A guest may telephone, and has
   * nobody else who completes it. To be asked before a transaction, which holds a connection of its own.
   */
  mayStandIn({ districtCode, unitId }: Pick<Action, 'districtCode' | 'unitId'>): Promise<boolean> {
    return this.roster.may('action.ready', { districtCode, unitId });
  }

  /** In whose name the caller reports: the own, or that of the guest who owns the action. */
  reportsAs({ ownerId, ownerIsGuest }: Action, standsIn: boolean): string {
    return ownerIsGuest && standsIn ? ownerId! : this.roster.caller();
  }

  /** Proposes, links, withdraws and flags; news older than what is known of the evaluation changes nothing. */
  async followEvaluation(fact: FactOf<typeof READERS.actionsFollowEvaluation>, tx: Tx): Promise<void> {
    const { evaluationId, revision, unitId, period } = fact.data;
    const unit = await this.roster.unitOrNotYet(unitId, tx);
    await lockUnit(tx, unitId);
    const returned = fact.type === EvaluationReturned.type;
    const newer = await tx.query(
      `INSERT INTO followed_evaluation AS known (evaluation_id, revision, unit_id, period, standing) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (evaluation_id) DO UPDATE SET revision = excluded.revision, standing = excluded.standing
       WHERE known.revision < excluded.revision RETURNING revision`,
      [evaluationId, revision, unitId, period, !returned],
    );
    if (newer.length === 0) return;
    const open = await tx.manager.findBy(Action, { unitId, status: In([...OPEN]) });
    const supports = await tx.query<KnownSupport>(
      `SELECT support.evaluation_id AS "evaluationId", support.indicator_code AS "indicatorCode", action_id AS "actionId",
              support.period, support.indicator_name AS "indicatorName", support.stands, action.status = 'completed' AS answered
       FROM action_support AS support JOIN action USING (action_id)
       WHERE support.evaluation_id = $1 OR action_id = ANY ($2::uuid[])`,
      [evaluationId, open.map(({ actionId }) => actionId)],
    );
    const kurang = returned ? [] : fact.data.judged.filter(({ judgement }) => judgement === 'kurang');
    const followed = followEvaluation(
      {
        evaluationId,
        unitId,
        districtCode: unit.districtCode,
        period,
        kurang: new Map(kurang.map(({ code, name }) => [code, name])),
        reason: returned
          ? fact.data.reason
          : `Evaluasi ${period} direvisi; indikator ini tidak lagi dinilai kurang.`,
      },
      { open, supports },
      tx.now,
      uuidv7,
    );
    await record(tx, unit, followed.changes);
    if (followed.supports.length > 0)
      await tx.manager.upsert(Support, followed.supports, ['evaluationId', 'indicatorCode']);
  }

  /** Marks what a concluded meeting agreed on, and counts what it carried over; what has ended meanwhile stays as it is. */
  async followMeeting(fact: FactOf<typeof READERS.actionsFollowMeeting>, tx: Tx): Promise<void> {
    const { unitId, agreed, carriedOver, meetingId, month, concludedAt } = fact.data;
    const unit = await this.roster.unitOrNotYet(unitId, tx);
    await lockUnit(tx, unitId);
    const agreement = { meetingId, month, at: new Date(concludedAt ?? fact.time) };
    const known = await tx.manager.findBy(Action, { unitId, actionId: In([...agreed, ...carriedOver]) });
    const changes = known.map((action) =>
      (agreed.includes(action.actionId) ? agreeOnAction : carryOver)(action, agreement, tx.now),
    );
    await record(
      tx,
      unit,
      changes.filter((change) => change !== null),
    );
  }

  /** Marks the actions whose due day has ended. Several processes may do so at once: each claims units of its own. */
  async markOverdue(): Promise<void> {
    for (let claimed = UNITS_PER_TICK; claimed === UNITS_PER_TICK;) {
      claimed = await inTransaction(
        this.database,
        () => this.clock.now(),
        async (tx) => {
          const units = await tx.query<{ unit_id: string }>(
            `SELECT unit_id FROM unit_actions WHERE next_due_at <= $1
           ORDER BY next_due_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
            [tx.now, UNITS_PER_TICK],
          );
          for (const { unit_id: unitId } of units) {
            const late = await tx.manager.findBy(Action, {
              unitId,
              status: In(['ready', 'in_progress']),
              overdueSince: IsNull(),
              dueEndsAt: LessThanOrEqual(tx.now),
            });
            const unit = await this.roster.unit(unitId, tx);
            await record(
              tx,
              unit,
              late.map((action) => becomeOverdue(action, tx.now)),
            );
          }
          return units.length;
        },
      );
    }
  }

  /** @throws Refusal what `unknown` says of an action that is not there, or whose unit the caller may not see */
  async visible(actionId: string, unknown = unknownAction): Promise<{ action: Action; unit: KnownUnit }> {
    const action = await this.database.manager.findOneBy(Action, { actionId });
    if (!action) throw unknown();
    const unit = await this.roster.unit(action.unitId);
    await this.roster.demand('unit.view', unit, unknown);
    return { action, unit };
  }

  #change(
    operation: string,
    input: { commandId: string; actionId: string; expectedRevision: number },
    unit: KnownUnit,
    decide: (action: Action, tx: Tx) => Change | Promise<Change>,
  ): Promise<ActionView> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, operation, input, async () => {
          await lockUnit(tx, unit.unitId);
          const action = await tx.manager.findOneOrFail(Action, {
            where: { actionId: input.actionId },
            lock: { mode: 'pessimistic_write' },
          });
          demandRevision(action.revision, input.expectedRevision);
          const change = await decide(action, tx);
          await record(tx, unit, [change], action);
          const [view] = await this.#views([change.action], tx.manager);
          return view!;
        }),
    );
  }

  async #views(actions: readonly Action[], manager: EntityManager): Promise<ActionView[]> {
    const units = new Map<string, KnownUnit>();
    const open = actions.filter(({ ownerId, status }) => ownerId !== null && OPEN.includes(status));
    const ended = new Set(
      await this.roster.whoEnded(
        open.map(({ ownerId }) => ownerId!),
        manager,
      ),
    );
    const left = new Set<string>();
    for (const unitId of new Set(actions.map((action) => action.unitId))) {
      const unit = await this.roster.unit(unitId, manager);
      units.set(unitId, unit);
      const owners = open.filter((action) => action.unitId === unitId).map(({ ownerId }) => ownerId!);
      const today = localDate(this.clock.now(), unit.timeZone);
      for (const ownerId of await this.roster.whoLeft(unitId, owners, today, manager))
        left.add(`${unitId} ${ownerId}`);
    }
    const standing = await manager.findBy(Support, {
      actionId: In(actions.map(({ actionId }) => actionId)),
      stands: true,
    });
    return actions.map((action) => ({
      ...stateOf(action, units.get(action.unitId)!),
      overdue: isOverdue(action),
      ownerLeft:
        OPEN.includes(action.status) &&
        (ended.has(action.ownerId ?? '') || left.has(`${action.unitId} ${action.ownerId}`)),
      periods: [
        ...new Set(
          standing.filter(({ actionId }) => actionId === action.actionId).map(({ period }) => period),
        ),
      ].sort(),
      createdAt: action.createdAt.toISOString(),
      updatedAt: action.updatedAt.toISOString(),
    }));
  }
}

const ownerName = (name: string, office: string): string => `${name} (${office})`;
const isOverdue = ({ overdueSince, status }: Action): boolean =>
  overdueSince !== null && OPEN.includes(status);

type HistoryEntry = AskReply<typeof FindAction>['history'][number];
type Counts = AskReply<typeof DistrictActions>['units'][number];

/** Takes the lock under which all changes of a unit's actions happen, one after the other. */
const lockUnit = (tx: Tx, unitId: string) =>
  tx.query(
    'INSERT INTO unit_actions (unit_id) VALUES ($1) ON CONFLICT (unit_id) DO UPDATE SET unit_id = excluded.unit_id',
    [unitId],
  );

/** Saves new states with their history, counts the unit anew and announces each change. The unit is locked. */
async function record(
  tx: Tx,
  unit: KnownUnit,
  changes: readonly Change[],
  before: Action | null = null,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.manager.upsert(
    Action,
    changes.map(({ action }) => action),
    ['actionId'],
  );
  const { actor } = currentCause();
  await tx.manager.insert(
    ActionEntry,
    changes.map(({ action, kind, note }) => ({
      actionId: action.actionId,
      revision: action.revision,
      at: tx.now,
      actorId: actor,
      kind,
      note,
      progress: kind === 'progressed' ? action.progress : null,
    })),
  );
  for (const { action, evidence = [] } of changes)
    if (evidence.length > 0)
      await tx.manager.update(
        Evidence,
        { fileId: In(evidence.map(({ fileId }) => fileId)) },
        { revision: action.revision },
      );
  await tx.query(
    `UPDATE unit_actions SET proposed = now.proposed, open = now.open, overdue = now.overdue, completed = now.completed,
            needs_completion = now.needs_completion, next_due_at = now.next_due_at
     FROM (SELECT count(*) FILTER (WHERE status = 'proposed') AS proposed,
                  count(*) FILTER (WHERE status IN ('ready', 'in_progress')) AS open,
                  count(*) FILTER (WHERE status IN ('ready', 'in_progress') AND overdue_since IS NOT NULL) AS overdue,
                  count(*) FILTER (WHERE status = 'completed') AS completed,
                  count(*) FILTER (WHERE status = 'proposed' AND agreed_at IS NOT NULL) AS needs_completion,
                  min(due_ends_at) FILTER (WHERE status IN ('ready', 'in_progress') AND overdue_since IS NULL) AS next_due_at
           FROM action WHERE unit_id = $1) AS now
     WHERE unit_id = $1`,
    [unit.unitId],
  );
  for (const change of changes) announce(tx, unit, change, before);
}

function announce(
  tx: Tx,
  unit: KnownUnit,
  { kind, action, note, evidence = [] }: Change,
  before: Action | null,
): void {
  const state = stateOf(action, unit);
  const { districtCode, unitId } = unit;
  const about = { id: action.actionId, revision: action.revision, districtCode, unitId };
  switch (kind) {
    case 'proposed':
      return void tx.announce(ActionProposed, about, state);
    case 'supported':
      return void tx.announce(ActionSupported, about, state);
    case 'unsupported':
      return void tx.announce(ActionUnsupported, about, state);
    case 'withdrawn':
      return void tx.announce(ActionWithdrawn, about, { ...state, reason: note ?? '' });
    case 'readied': {
      const hasFormer = before && !before.ownerIsGuest && before.ownerId !== action.ownerId;
      const formerOwnerId = hasFormer ? before.ownerId : null;
      return void tx.announce(ActionReadied, about, { ...state, formerOwnerId });
    }
    case 'agreed':
      return void tx.announce(ActionAgreed, about, { ...state, month: note! });
    case 'carried_over':
      return void tx.announce(ActionCarriedOver, about, { ...state, month: note! });
    case 'progressed':
      return void tx.announce(ActionProgressed, about, {
        ...state,
        note: note ?? '',
        evidence: [...evidence],
      });
    case 'completed':
      return void tx.announce(ActionCompleted, about, {
        ...state,
        note: note ?? '',
        evidence: [...evidence],
      });
    case 'overdue':
      return void tx.announce(ActionOverdue, about, state);
  }
}

/** Those of the named files that no report of the action shows yet; they stay so until the transaction ends. */
async function unusedOf(
  { actionId, evidence }: { actionId: string; evidence: readonly string[] },
  tx: Tx,
): Promise<EvidenceFile[]> {
  const unused = await tx.manager.find(Evidence, {
    where: { actionId, fileId: In([...evidence]), revision: IsNull() },
    lock: { mode: 'pessimistic_write' },
  });
  return unused.map(fileOf);
}

const fileOf = ({ fileId, name, size, type, sha256 }: Evidence): EvidenceFile => ({
  fileId,
  name,
  size,
  type,
  sha256,
});

const stateOf = (action: Action, unit: KnownUnit) => ({
  actionId: action.actionId,
  revision: action.revision,
  unitId: action.unitId,
  unitCode: unit.code,
  unitName: unit.name,
  districtCode: action.districtCode,
  indicatorCode: action.indicatorCode,
  indicatorName: action.indicatorName,
  title: action.title,
  status: action.status,
  ownerId: action.ownerId,
  ownerName: action.ownerName,
  ownerIsGuest: action.ownerIsGuest,
  dueDate: action.dueDate,
  progress: action.progress,
  overdueSince: action.overdueSince?.toISOString() ?? null,
  evaluationId: action.evaluationId,
  period: action.period,
  unsupported: action.unsupported,
  agreedAt: action.agreedAt?.toISOString() ?? null,
  agreedIn: action.agreedIn,
  carriedOver: action.carriedOver,
});

export const unknownAction = () => new Refusal('not-found', { what: { id: 'Kegiatan', en: 'The action' } });
