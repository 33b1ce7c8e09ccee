import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  EvaluationRevised,
  EvaluationSubmitted,
  Refusal,
  SubmitEvaluation,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { judgedOf, type RolledUp } from '../value/rollup.rules.ts';
import { Quality } from '../quality/quality.service.ts';
import { lockYear, readRollup, Values } from '../value/value.service.ts';
import { Windows } from '../window/window.service.ts';
import { changesSince } from './changes.ts';
import {
  objectTo,
  stepFrom,
  type EvaluationStatus,
  type FrozenValue,
  type Returned,
} from './evaluation.rules.ts';
import { EVALUATION_COLUMNS, evaluationView, type EvaluationRow } from './evaluation.view.ts';
import { endVerifications } from './verification.service.ts';

interface Submission {
  readonly evaluationId: string;
  readonly revision: number;
  readonly objections: Returned['indicators'];
}
interface Before {
  readonly evaluationId: string;
  readonly revision: number;
  readonly status: EvaluationStatus;
}

@Injectable()
export class Evaluations {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly values: Values,
    private readonly windows: Windows,
    private readonly quality: Quality,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Submits the evaluation of a period for the first time, or again after a return, freezing its results, targets,
   * bands and values. @throws Refusal `evaluation.submitted`, `evaluation.not-returned`, `evaluation.empty`, `evaluation.nothing-computed`, `bundle.missing`, `period.future`, `window.*`
   */
  async submit(input: AskInput<typeof SubmitEvaluation>): Promise<AskReply<typeof SubmitEvaluation>> {
    const { unitId, period } = input;
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('evaluation.submit', { districtCode: unit.districtCode, unitId });
    await this.values.demandBegun(period, unit);
    const bundle = await this.bundles.demand(unit.districtCode, yearOf(parsePeriod(period)));
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, SubmitEvaluation.subject, input, async () => {
          await lockYear(tx, [unitId], bundle.year); // values cannot change while they are frozen
          const rollup = await readRollup(tx, unitId, period);
          const [before] = await tx.query<Before>(
            `SELECT evaluation_id AS "evaluationId", revision, status FROM evaluation
           WHERE unit_id = $1 AND period = $2 AND bundle_id = $3 FOR UPDATE`,
            [unitId, period, bundle.bundleId],
          );
          stepFrom('submit', before?.status ?? 'draft', { period }, 'period');
          const objections = await this.#objections(tx, bundle, before, input.objections);
          await this.windows.demandEntry(tx, { ...unit, period }, before?.status ?? null);
          if (!rollup || rollup.tally.tanpa_data === bundle.indicators.length)
            throw new Refusal(
              (await hasValues(tx, unitId, period)) ? 'evaluation.nothing-computed' : 'evaluation.empty',
              { period },
              'period',
            );
          await this.quality.demandSubmittable(tx, bundle, unit, period);
          const evaluation = {
            evaluationId: before?.evaluationId ?? uuidv7(),
            revision: (before?.revision ?? 0) + 1,
          };
          const submission = { ...evaluation, objections };
          await this.#freeze(tx, unit, bundle, period, rollup, submission, by);
          this.#announceSubmission(tx, unit, bundle, period, rollup, submission, by);
          return { evaluation: await this.#view(tx, evaluation.evaluationId), tally: rollup.tally };
        }),
    );
  }

  /** @throws Refusal `evaluation.not-returned` */
  async #objections(
    tx: Tx,
    bundle: Bundle,
    before: Before | undefined,
    objections: AskInput<typeof SubmitEvaluation>['objections'],
  ): Promise<Submission['objections']> {
    if (objections.length === 0) return [];
    const [returned] = await tx.query<{ indicators: Returned['indicators'] | null }>(
      `SELECT indicators FROM evaluation_history WHERE evaluation_id = $1 AND revision = $2 AND status = 'returned'`,
      [before?.evaluationId ?? null, before?.revision ?? null],
    );
    const programOf = new Map(bundle.indicators.map(({ code, program }) => [code, program]));
    return objectTo(returned ? { indicators: returned.indicators ?? [] } : null, programOf, objections);
  }

  async #freeze(
    tx: Tx,
    unit: KnownUnit,
    bundle: Bundle,
    period: string,
    rollup: RolledUp,
    { evaluationId, revision, objections }: Submission,
    by: string,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO evaluation (evaluation_id, unit_id, period, bundle_id, district_code, revision, status, submitted_by, submitted_at, tally, warnings, worst, results)
       VALUES ($1, $2, $3, $4, $5, $6, 'submitted', $7, $8, $9, $10, $11, $12)
       ON CONFLICT (evaluation_id) DO UPDATE
         SET revision = excluded.revision, status = excluded.status, submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at,
             returned_by = NULL, returned_at = NULL, returned_reason = NULL,
             tally = excluded.tally, warnings = excluded.warnings, worst = excluded.worst, results = excluded.results`,
      [
        evaluationId,
        unit.unitId,
        period,
        bundle.bundleId,
        unit.districtCode,
        revision,
        by,
        tx.now,
        JSON.stringify(rollup.tally),
        rollup.warnings,
        JSON.stringify(rollup.worst),
        JSON.stringify(rollup.results),
      ],
    );
    // The bundle (targets, bands, definitions) never changes, so its id freezes it; the values are copied.
    const [{ values }] = (await tx.query<{ values: FrozenValue[] }>(
      `SELECT coalesce(jsonb_agg(jsonb_build_object('period', period, 'element', element, 'covers', covers, 'state', state, 'value', value::text) ORDER BY element, period, covers), '[]') AS values
       FROM value WHERE unit_id = $1 AND period BETWEEN $2 AND $3`,
      [unit.unitId, `${bundle.year}-01`, period],
    )) as [{ values: FrozenValue[] }];
    const { results } = rollup;
    // After a return: a programme that was verified and is the same as then stays verified.
    const since =
      revision === 1 ? null : await changesSince(tx, bundle, evaluationId, revision, { results, values });
    await tx.query(
      `INSERT INTO evaluation_history (evaluation_id, revision, status, at, by, frozen, changed, indicators) VALUES ($1, $2, 'submitted', $3, $4, $5, $6, $7)`,
      [
        evaluationId,
        revision,
        tx.now,
        by,
        JSON.stringify({ bundleId: bundle.bundleId, results, values }),
        since && JSON.stringify(since.flatMap(({ changes }) => changes.map(({ code }) => code))),
        objections.length > 0 ? JSON.stringify(objections) : null,
      ],
    );
    const other = (since ?? []).filter(({ base, changes }) => base?.holds && changes.length > 0);
    await endVerifications(
      tx,
      evaluationId,
      other.map(({ program }) => program),
      revision,
    );
  }

  #announceSubmission(
    tx: Tx,
    unit: KnownUnit,
    bundle: Bundle,
    period: string,
    rollup: RolledUp,
    { evaluationId, revision, objections }: Submission,
    by: string,
  ): void {
    const nameOf = new Map(bundle.indicators.map(({ code, nameId }) => [code, nameId]));
    const { unitId, districtCode } = unit;
    tx.announce(
      revision === 1 ? EvaluationSubmitted : EvaluationRevised,
      { id: evaluationId, revision, districtCode, unitId },
      {
        evaluationId,
        revision,
        unitId,
        unitCode: unit.code,
        unitName: unit.name,
        districtCode,
        period,
        bundleId: bundle.bundleId,
        submittedBy: by,
        submittedAt: tx.now.toISOString(),
        tally: rollup.tally,
        judged: bundle.indicators.map(({ code }) => judgedOf(rollup.results[code]!)),
        ...(objections.length > 0 && {
          objections: objections.map((each) => ({ ...each, name: nameOf.get(each.code)! })),
        }),
      },
    );
  }

  async #view(tx: Tx, evaluationId: string): Promise<NonNullable<ReturnType<typeof evaluationView>>> {
    const [row] = await tx.query<EvaluationRow>(
      `SELECT ${EVALUATION_COLUMNS}
       FROM evaluation LEFT JOIN known_person AS person ON person.person_id = submitted_by WHERE evaluation_id = $1`,
      [evaluationId],
    );
    return evaluationView(row!)!;
  }
}

/** Whether anything was reported of this year up to the period, be it too little to compute with. */
const hasValues = async (tx: Tx, unitId: string, period: string): Promise<boolean> =>
  (
    await tx.query(
      'SELECT 1 FROM value WHERE unit_id = $1 AND period BETWEEN $2 AND $3 AND value IS NOT NULL LIMIT 1',
      [unitId, `${period.slice(0, 4)}-01`, period],
    )
  ).length > 0;
