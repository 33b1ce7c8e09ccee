import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  EvaluationReturned,
  EvaluationRevised,
  EvaluationSubmitted,
  Refusal,
  ReturnEvaluation,
  SubmitEvaluation,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { judgedOf, type RolledUp } from '../value/rollup.rules.ts';
import { lockYear, readRollup, Values } from '../value/value.service.ts';
import { evaluationView, type EvaluationRow } from './evaluation.view.ts';

@Injectable()
export class Evaluations {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly values: Values,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Submits the evaluation of a period for the first time, or again after a return, freezing its results, targets,
   * bands and values. @throws Refusal `evaluation.submitted`, `evaluation.empty`, `evaluation.nothing-computed`, `bundle.missing`, `period.future`
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
          const [before] = await tx.query<{ evaluationId: string; revision: number; status: string }>(
            `SELECT evaluation_id AS "evaluationId", revision, status FROM evaluation
           WHERE unit_id = $1 AND period = $2 AND bundle_id = $3 FOR UPDATE`,
            [unitId, period, bundle.bundleId],
          );
          if (before?.status === 'submitted') throw new Refusal('evaluation.submitted', { period }, 'period');
          if (!rollup || rollup.tally.tanpa_data === bundle.indicators.length)
            throw new Refusal(
              (await hasValues(tx, unitId, period)) ? 'evaluation.nothing-computed' : 'evaluation.empty',
              { period },
              'period',
            );
          const evaluation = {
            evaluationId: before?.evaluationId ?? uuidv7(),
            revision: (before?.revision ?? 0) + 1,
          };
          await this.#freeze(tx, unit, bundle, period, rollup, evaluation, by);
          this.#announceSubmission(tx, unit, bundle, period, rollup, evaluation, by);
          return { evaluation: await this.#view(tx, evaluation.evaluationId), tally: rollup.tally };
        }),
    );
  }

  /** Gives back, with a reason, what somebody else submitted. @throws Refusal `evaluation.not-submitted`, `revision.stale`, `evaluation.own` */
  async giveBack(input: AskInput<typeof ReturnEvaluation>): Promise<AskReply<typeof ReturnEvaluation>> {
    const { evaluationId, expectedRevision, reason } = input;
    const [found] = await this.database.query('SELECT unit_id FROM evaluation WHERE evaluation_id = $1', [
      evaluationId,
    ]);
    const unknown = () =>
      new Refusal('not-found', { what: { id: 'Evaluasi', en: 'The evaluation' } }, 'evaluationId');
    if (!found) throw unknown();
    const unit = await this.roster.unit(found.unit_id as string);
    const { unitId, districtCode } = unit;
    await this.roster.demand('evaluation.return', { districtCode, unitId }, unknown);
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, ReturnEvaluation.subject, input, async () => {
          const [row] = await tx.query<{
            revision: number;
            status: string;
            period: string;
            bundleId: string;
            submittedBy: string;
          }>(
            `SELECT revision, status, period, bundle_id AS "bundleId", submitted_by AS "submittedBy"
             FROM evaluation WHERE evaluation_id = $1 FOR UPDATE`,
            [evaluationId],
          );
          if (row!.status !== 'submitted') throw new Refusal('evaluation.not-submitted');
          demandRevision(row!.revision, expectedRevision);
          if (row!.submittedBy === by) throw new Refusal('evaluation.own');
          const revision = row!.revision + 1;
          await tx.query(
            `UPDATE evaluation SET status = 'returned', revision = $2, returned_by = $3, returned_at = $4, returned_reason = $5 WHERE evaluation_id = $1`,
            [evaluationId, revision, by, tx.now, reason],
          );
          await tx.query(
            `INSERT INTO evaluation_history (evaluation_id, revision, status, at, by, reason) VALUES ($1, $2, 'returned', $3, $4, $5)`,
            [evaluationId, revision, tx.now, by, reason],
          );
          tx.announce(
            EvaluationReturned,
            { id: evaluationId, revision, districtCode, unitId },
            {
              evaluationId,
              revision,
              unitId,
              unitCode: unit.code,
              unitName: unit.name,
              districtCode,
              period: row!.period,
              bundleId: row!.bundleId,
              returnedBy: by,
              reason,
            },
          );
          return { evaluation: await this.#view(tx, evaluationId) };
        }),
    );
  }

  async #freeze(
    tx: Tx,
    unit: KnownUnit,
    bundle: Bundle,
    period: string,
    rollup: RolledUp,
    { evaluationId, revision }: { evaluationId: string; revision: number },
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
    await tx.query(
      `INSERT INTO evaluation_history (evaluation_id, revision, status, at, by, frozen)
       SELECT $1, $2, 'submitted', $3, $4, jsonb_build_object('bundleId', $5::text, 'results', $6::jsonb, 'values', (
         SELECT coalesce(jsonb_agg(jsonb_build_object('period', period, 'element', element, 'covers', covers, 'state', state, 'value', value::text) ORDER BY element, period, covers), '[]')
         FROM value WHERE unit_id = $7 AND period BETWEEN $8 AND $9))`,
      [
        evaluationId,
        revision,
        tx.now,
        by,
        bundle.bundleId,
        JSON.stringify(rollup.results),
        unit.unitId,
        `${bundle.year}-01`,
        period,
      ],
    );
  }

  #announceSubmission(
    tx: Tx,
    unit: KnownUnit,
    bundle: Bundle,
    period: string,
    rollup: RolledUp,
    { evaluationId, revision }: { evaluationId: string; revision: number },
    by: string,
  ): void {
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
      },
    );
  }

  async #view(tx: Tx, evaluationId: string): Promise<NonNullable<ReturnType<typeof evaluationView>>> {
    const [row] = await tx.query<EvaluationRow>(
      `SELECT evaluation.evaluation_id, evaluation.revision, status, submitted_by, coalesce(person.name, '') AS submitted_by_name, submitted_at, returned_reason, returned_at
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
