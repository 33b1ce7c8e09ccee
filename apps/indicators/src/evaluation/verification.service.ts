import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import type { Operation } from '@lokmin/access';
import {
  EvaluationLocked,
  EvaluationProgramVerified,
  EvaluationReturned,
  EvaluationVerified,
  LockEvaluations,
  Refusal,
  ReturnEvaluation,
  ReturnEvaluations,
  VerifyEvaluations,
  type AskInput,
  type AskReply,
  type AskType,
} from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { placeKey, Windows } from '../window/window.service.ts';
import {
  awaiting,
  giveBack,
  stepFrom,
  verify,
  type Decided,
  type Decider,
  type EvaluationStatus,
  type Returned,
  type Verified,
} from './evaluation.rules.ts';
import { EVALUATION_COLUMNS, evaluationView, type EvaluationRow } from './evaluation.view.ts';

/** An evaluation while somebody decides about it, its row locked. */
interface Held extends Decided {
  readonly evaluationId: string;
  readonly unitId: string;
  readonly unitCode: string;
  readonly unitName: string;
  readonly districtCode: string;
  readonly bundleId: string;
  readonly bundle: Bundle;
}
/** What is written about it; each is one step, one line of its history and one fact. */
interface Transition {
  readonly held: Held;
  readonly status: EvaluationStatus;
  readonly entry: 'returned' | 'program_verified' | 'verified' | 'locked';
  readonly returned?: Returned;
  readonly verified?: Verified;
}
type View = NonNullable<ReturnType<typeof evaluationView>>;
type Attempt<T> = { readonly evaluationId: string; readonly held: Held | null } & (
  { readonly done: T; readonly refusal: null } | { readonly done: null; readonly refusal: Refusal }
);

const unknown = () =>
  new Refusal('not-found', { what: { id: 'Evaluasi', en: 'The evaluation' } }, 'evaluationId');
const isOfAccess = ({ code }: Refusal) => code === 'access.forbidden' || code === 'not-found';

/**
 * What the district does to evaluations: verifies, returns and locks them, one or many at once. Many are one
 * transaction: which of them are refused is known before anything is written, so nothing has to be undone, and the
 * same command again gives the same answers.
 */
@Injectable()
export class Verification {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly windows: Windows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, `access.forbidden` when no evaluation may be verified by the caller */
  async verify(input: AskInput<typeof VerifyEvaluations>): Promise<AskReply<typeof VerifyEvaluations>> {
    const expected = new Map(input.evaluations.map((it) => [it.evaluationId, it.expectedRevision]));
    return this.#once(VerifyEvaluations, input, async (tx) => {
      const attempts = await this.#decide(tx, [...expected.keys()], 'evaluation.verify', (held, by) =>
        verify(held, by, input.programs, expected.get(held.evaluationId)!),
      );
      demandSome(attempts);
      const transitions = attempts.flatMap(({ held, done }): Transition[] =>
        held && done
          ? [
              {
                held,
                status: done.status,
                entry: done.status === 'verified' ? 'verified' : 'program_verified',
                verified: done,
              },
            ]
          : [],
      );
      const views = await this.#move(tx, transitions);
      return {
        results: attempts.map((attempt) => ({
          ...outcomeOf(attempt, views),
          programs: [...(attempt.done?.programs ?? [])],
          awaiting: [...(attempt.done?.awaiting ?? (attempt.held ? awaiting(attempt.held) : []))],
        })),
      };
    });
  }

  /** Gives back, with a reason, what somebody else submitted. @throws Refusal those of `giveBack` in evaluation.rules.ts */
  async giveBack(input: AskInput<typeof ReturnEvaluation>): Promise<AskReply<typeof ReturnEvaluation>> {
    const { commandId: _, ...returning } = input;
    return this.#once(ReturnEvaluation, input, async (tx) => {
      const { attempts, views } = await this.#giveBack(tx, [returning]);
      const [{ refusal }] = attempts as [Attempt<Returned>];
      if (refusal) throw refusal;
      return { evaluation: views.get(input.evaluationId)! };
    });
  }

  async giveBackMany(input: AskInput<typeof ReturnEvaluations>): Promise<AskReply<typeof ReturnEvaluations>> {
    return this.#once(ReturnEvaluations, input, async (tx) => {
      const { attempts, views } = await this.#giveBack(tx, input.evaluations);
      demandSome(attempts);
      return { results: attempts.map((attempt) => outcomeOf(attempt, views)) };
    });
  }

  async #giveBack(tx: Tx, returnings: AskInput<typeof ReturnEvaluations>['evaluations']) {
    const asked = new Map(returnings.map((it) => [it.evaluationId, it]));
    const attempts = await this.#decide(tx, [...asked.keys()], 'evaluation.return', (held, by) =>
      giveBack(held, by, asked.get(held.evaluationId)!),
    );
    const transitions = attempts.flatMap(({ held, done }): Transition[] =>
      held && done ? [{ held, status: 'returned', entry: 'returned', returned: done }] : [],
    );
    return { attempts, views: await this.#move(tx, transitions) };
  }

  /** Locks what is verified. @throws Refusal `not-found`, `access.forbidden` */
  async lock(input: AskInput<typeof LockEvaluations>): Promise<AskReply<typeof LockEvaluations>> {
    const { districtCode, period, unitId } = input;
    if (unitId !== null && (await this.roster.unit(unitId)).districtCode !== districtCode)
      throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } }, 'unitId');
    await this.roster.demand('evaluation.lock', { districtCode, ...(unitId !== null && { unitId }) });
    return this.#once(LockEvaluations, input, async (tx) => {
      const units = await tx.query<{
        unitId: string;
        unitCode: string;
        unitName: string;
        evaluationId: string | null;
      }>(
        `SELECT unit.unit_id AS "unitId", unit.code AS "unitCode", unit.name AS "unitName", evaluation_id AS "evaluationId"
         FROM known_unit AS unit LEFT JOIN evaluation ON evaluation.unit_id = unit.unit_id AND period = $2
         WHERE unit.district_code = $1 AND unit.kind = 'puskesmas' AND ($3::uuid IS NULL OR unit.unit_id = $3)
           AND (evaluation_id IS NOT NULL OR ${OPEN_IN_PERIOD('unit', '$2')})
         ORDER BY unit.code`,
        [districtCode, period, unitId],
      );
      const ids = units.flatMap(({ evaluationId }) => evaluationId ?? []);
      const held = await this.#hold(tx, ids);
      const attempts = new Map(
        units.map(({ unitId, evaluationId }) => {
          const one = evaluationId === null ? null : held.get(evaluationId)!;
          return [
            unitId,
            attempt(evaluationId ?? '', one, () =>
              stepFrom('lock', one?.status ?? 'draft', {
                period,
                awaiting: one ? awaiting(one).join(', ') : '',
              }),
            ),
          ];
        }),
      );
      const views = await this.#move(
        tx,
        [...attempts.values()].flatMap(({ held, done }): Transition[] =>
          held && done ? [{ held, status: done, entry: 'locked' }] : [],
        ),
      );
      return {
        results: units.map(({ unitId, unitCode, unitName, evaluationId }) => ({
          ...outcomeOf(attempts.get(unitId)!, views),
          evaluationId,
          unitCode,
          unitName,
        })),
      };
    });
  }

  #once<A extends AskType>(
    ask: A,
    input: { readonly commandId: string },
    work: (tx: Tx) => Promise<AskReply<A>>,
  ): Promise<AskReply<A>> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => once(tx, ask.subject, input, () => work(tx)),
    );
  }

  /** Decides about each, in the order given; who may not know of one hears the same as of one that is not there. */
  async #decide<T>(
    tx: Tx,
    evaluationIds: readonly string[],
    operation: Operation,
    decide: (held: Held, by: Decider) => T,
  ): Promise<Attempt<T>[]> {
    const held = await this.#hold(tx, evaluationIds);
    const may = await this.roster.grants();
    const personId = this.roster.caller();
    const closed = await this.windows.closed(
      tx,
      [...held.values()].map((it) => ({ ...it, kind: 'verification' })),
    );
    const attempts: Attempt<T>[] = [];
    for (const evaluationId of evaluationIds) {
      const one = held.get(evaluationId);
      const target = one && { districtCode: one.districtCode, unitId: one.unitId };
      if (!target || !(await may('unit.view', target))) {
        attempts.push({ evaluationId, held: null, done: null, refusal: unknown() });
        continue;
      }
      const allowed = new Set<string | undefined>();
      if (await may(operation, target)) allowed.add(undefined);
      for (const program of new Set(one.programOf.values()))
        if (await may(operation, { ...target, program })) allowed.add(program);
      attempts.push(
        attempt(evaluationId, one, () => {
          const decided = decide(one, { personId, may: (program) => allowed.has(program) });
          const refusal = closed.get(placeKey(one));
          if (refusal) throw refusal;
          return decided;
        }),
      );
    }
    return attempts;
  }

  /** Locks the rows, in one order everywhere, and reads what deciding about them needs. */
  async #hold(tx: Tx, evaluationIds: readonly string[]): Promise<Map<string, Held>> {
    await tx.query(
      'SELECT 1 FROM evaluation WHERE evaluation_id = ANY ($1::uuid[]) ORDER BY evaluation_id FOR UPDATE',
      [evaluationIds],
    );
    const rows = await tx.query<Omit<Held, 'bundle' | 'programOf'>>(
      `SELECT evaluation_id AS "evaluationId", evaluation.revision, status, period, bundle_id AS "bundleId",
              submitted_by AS "submittedBy", unit_id AS "unitId", unit.code AS "unitCode", unit.name AS "unitName",
              unit.district_code AS "districtCode",
              (SELECT max(revision) FROM evaluation_history AS history
               WHERE history.evaluation_id = evaluation.evaluation_id AND history.status = 'submitted') AS submission,
              ARRAY(SELECT program FROM evaluation_verification AS verification
                    WHERE verification.evaluation_id = evaluation.evaluation_id AND ended_in IS NULL) AS verified
       FROM evaluation JOIN known_unit AS unit USING (unit_id) WHERE evaluation_id = ANY ($1::uuid[])`,
      [evaluationIds],
    );
    const held = new Map<string, Held>();
    for (const row of rows) {
      const bundle = await this.bundles.demand(row.districtCode, yearOf(parsePeriod(row.period)));
      const programOf = new Map(bundle.indicators.map(({ code, program }) => [code, program]));
      held.set(row.evaluationId, { ...row, bundle, programOf });
    }
    return held;
  }

  /** Writes the steps, and announces each. @returns the evaluations as they are now */
  async #move(tx: Tx, transitions: readonly Transition[]): Promise<Map<string, View>> {
    if (transitions.length === 0) return new Map();
    const by = this.roster.caller();
    const ids = transitions.map(({ held }) => held.evaluationId);
    const revisions = transitions.map(({ held }) => held.revision + 1);
    const reasons = transitions.map(({ returned }) => returned?.reason ?? null);
    await tx.query(
      `UPDATE evaluation SET status = step.status, revision = step.revision, returned_reason = step.reason,
              returned_by = CASE WHEN step.status = 'returned' THEN $5::uuid END,
              returned_at = CASE WHEN step.status = 'returned' THEN $6::timestamptz END
       FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[]) AS step (evaluation_id, status, revision, reason)
       WHERE evaluation.evaluation_id = step.evaluation_id`,
      [ids, transitions.map(({ status }) => status), revisions, reasons, by, tx.now],
    );
    await tx.query(
      `INSERT INTO evaluation_history (evaluation_id, revision, status, at, by, reason, indicators)
       SELECT step.evaluation_id, step.revision, step.entry, $6, $7, step.reason, step.indicators
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::jsonb[]) AS step (evaluation_id, revision, entry, reason, indicators)`,
      [
        ids,
        revisions,
        transitions.map(({ entry }) => entry),
        reasons,
        transitions.map(({ returned }) => (returned ? JSON.stringify(returned.indicators) : null)),
        tx.now,
        by,
      ],
    );
    const verified = transitions.flatMap(({ held, verified }) =>
      (verified?.programs ?? []).map((program) => ({ held, program })),
    );
    if (verified.length > 0)
      await tx.query(
        `INSERT INTO evaluation_verification (evaluation_id, program, submission, verified_by, verified_at)
         SELECT new.evaluation_id, new.program, new.submission, $4, $5
         FROM unnest($1::uuid[], $2::text[], $3::int[]) AS new (evaluation_id, program, submission)`,
        [
          verified.map(({ held }) => held.evaluationId),
          verified.map(({ program }) => program),
          verified.map(({ held }) => held.submission),
          by,
          tx.now,
        ],
      );
    for (const { held, returned } of transitions)
      if (returned) await endVerifications(tx, held.evaluationId, returned.ended, held.revision + 1);
    for (const transition of transitions) this.#announce(tx, transition, by);
    const rows = await tx.query<EvaluationRow>(
      `SELECT ${EVALUATION_COLUMNS} FROM evaluation LEFT JOIN known_person AS person ON person.person_id = submitted_by
       WHERE evaluation_id = ANY ($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.evaluation_id!, evaluationView(row)!]));
  }

  #announce(tx: Tx, { held, entry, returned, verified }: Transition, by: string): void {
    const { evaluationId, unitId, unitCode, unitName, districtCode, period, bundleId } = held;
    const revision = held.revision + 1;
    const about = { id: evaluationId, revision, districtCode, unitId };
    const key = { evaluationId, revision, unitId, unitCode, unitName, districtCode, period, bundleId };
    if (returned) {
      const nameOf = new Map(held.bundle.indicators.map(({ code, nameId }) => [code, nameId]));
      const indicators = returned.indicators.map((it) => ({ ...it, name: nameOf.get(it.code)! }));
      tx.announce(EvaluationReturned, about, {
        ...key,
        returnedBy: by,
        reason: returned.reason,
        ...(indicators.length > 0 && { indicators }),
      });
    } else if (verified) {
      const told = { ...key, verifiedBy: by, programs: [...verified.programs] };
      if (entry === 'verified') tx.announce(EvaluationVerified, about, told);
      else tx.announce(EvaluationProgramVerified, about, { ...told, awaiting: [...verified.awaiting] });
    } else tx.announce(EvaluationLocked, about, { ...key, lockedBy: by });
  }
}

/** Units that were open on some day of the month. */
const OPEN_IN_PERIOD = (unit: string, period: string) =>
  `(${unit}.valid_from < (${period} || '-01')::date + interval '1 month' AND (${unit}.valid_to IS NULL OR ${unit}.valid_to >= (${period} || '-01')::date))`;

function attempt<T>(evaluationId: string, held: Held | null, decide: () => T): Attempt<T> {
  try {
    return { evaluationId, held, done: decide(), refusal: null };
  } catch (error) {
    if (error instanceof Refusal) return { evaluationId, held, done: null, refusal: error };
    throw error;
  }
}

/** Where nothing at all is the caller's to decide about, the command itself is refused. */
function demandSome(attempts: readonly Attempt<unknown>[]): void {
  const [first] = attempts;
  if (first?.refusal && attempts.every(({ refusal }) => refusal && isOfAccess(refusal))) throw first.refusal;
}

const outcomeOf = ({ evaluationId, held, refusal }: Attempt<unknown>, views: ReadonlyMap<string, View>) => ({
  evaluationId,
  unitCode: held?.unitCode ?? null,
  unitName: held?.unitName ?? null,
  evaluation: views.get(evaluationId) ?? null,
  refusal: refusal?.toData() ?? null,
});

/** @param revision of the return or the submission that ends them */
export async function endVerifications(
  tx: Tx,
  evaluationId: string,
  programs: readonly string[],
  revision: number,
): Promise<void> {
  if (programs.length === 0) return;
  await tx.query(
    `UPDATE evaluation_verification SET ended_in = $3
     WHERE evaluation_id = $1 AND program = ANY ($2::text[]) AND ended_in IS NULL`,
    [evaluationId, programs, revision],
  );
}
