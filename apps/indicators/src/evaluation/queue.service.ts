import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  Refusal,
  type AskInput,
  type AskReply,
  type EvaluationChanges,
  type UnitResults,
  type VerificationQueue,
} from '@lokmin/contracts';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { changesSince, readFrozen } from './changes.ts';
import { programsOf, STEPS, type Returned } from './evaluation.rules.ts';
import { EVALUATION_COLUMNS, evaluationView, type EvaluationRow } from './evaluation.view.ts';

/** What is shown of a verification: the work list of the district, what changed, how far one evaluation is. */
@Injectable()
export class Queue {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For those who may see every count of the district: what changed is told to the last digit. */
  async list({
    districtCode,
    period,
  }: AskInput<typeof VerificationQueue>): Promise<AskReply<typeof VerificationQueue>> {
    await this.roster.demand('counts.small', { districtCode });
    const [districtName, today, bundle, may] = await Promise.all([
      this.roster.districtName(districtCode),
      this.roster.today(districtCode),
      this.bundles.find(districtCode, yearOf(parsePeriod(period))),
      this.roster.grants(),
    ]);
    const programs = bundle ? programsOfBundle(bundle) : [];
    const rows: (EvaluationRow & {
      unit_id: string;
      unit_code: string;
      unit_name: string;
      warnings: number | null;
      verified: string[];
      returned: number | null;
      objections: number | null;
      changed: string[] | null;
    })[] = await this.database.query(
      `SELECT unit.unit_id, unit.code AS unit_code, unit.name AS unit_name, ${EVALUATION_COLUMNS},
              CASE WHEN evaluation.status <> 'returned' THEN evaluation.warnings ELSE rollup.warnings END AS warnings,
              ARRAY(SELECT program FROM evaluation_verification AS verification
                    WHERE verification.evaluation_id = evaluation.evaluation_id AND ended_in IS NULL) AS verified,
              (SELECT jsonb_array_length(indicators) FROM evaluation_history AS history
               WHERE history.evaluation_id = evaluation.evaluation_id AND history.revision = evaluation.revision
                 AND evaluation.status = 'returned' AND indicators IS NOT NULL) AS returned,
              submission.changed, CASE WHEN evaluation.status <> 'returned' THEN jsonb_array_length(submission.indicators) END AS objections
       FROM known_unit AS unit
       LEFT JOIN rollup ON rollup.unit_id = unit.unit_id AND rollup.period = $1
       LEFT JOIN evaluation ON evaluation.unit_id = unit.unit_id AND evaluation.period = $1
       LEFT JOIN LATERAL (
         SELECT changed, indicators FROM evaluation_history AS history
         WHERE history.evaluation_id = evaluation.evaluation_id AND history.status = 'submitted'
         ORDER BY revision DESC LIMIT 1) AS submission ON true
       LEFT JOIN known_person AS person ON person.person_id = evaluation.submitted_by
       WHERE unit.district_code = $2 AND unit.kind = 'puskesmas' AND (unit.valid_to IS NULL OR unit.valid_to >= $3::date)
       ORDER BY unit.code`,
      [period, districtCode, today],
    );
    const caller = this.roster.caller();
    const units = [];
    for (const row of rows) {
      const mine: string[] = [];
      const waits = row.evaluation_id !== null && typeof STEPS.verify[row.status] === 'string';
      if (waits && row.submitted_by !== caller)
        for (const program of programs)
          if (
            !row.verified.includes(program) &&
            (await may('evaluation.verify', { districtCode, unitId: row.unit_id, program }))
          )
            mine.push(program);
      units.push({
        unitId: row.unit_id,
        unitCode: row.unit_code,
        unitName: row.unit_name,
        evaluation: evaluationView(row),
        warnings: row.warnings ?? 0,
        verified: programs.filter((program) => row.verified.includes(program)),
        mine,
        returned: row.returned ?? 0,
        objections: row.objections ?? 0,
        changed: row.changed?.length ?? null,
      });
    }
    return { asOf: this.clock.now().toISOString(), districtCode, districtName, period, programs, units };
  }

  /** For those who may see every count of the puskesmas. @throws Refusal `not-found`, `access.forbidden` */
  async changes({
    evaluationId,
  }: AskInput<typeof EvaluationChanges>): Promise<AskReply<typeof EvaluationChanges>> {
    const unknown = () =>
      new Refusal('not-found', { what: { id: 'Evaluasi', en: 'The evaluation' } }, 'evaluationId');
    const [found]: { unitId: string; districtCode: string; period: string; submission: number }[] =
      await this.database.query(
        `SELECT unit_id AS "unitId", unit.district_code AS "districtCode", period,
                (SELECT max(revision) FROM evaluation_history AS history
                 WHERE history.evaluation_id = evaluation.evaluation_id AND history.status = 'submitted') AS submission
         FROM evaluation JOIN known_unit AS unit USING (unit_id) WHERE evaluation_id = $1`,
        [evaluationId],
      );
    if (!found) throw unknown();
    const { unitId, districtCode, period, submission } = found;
    await this.roster.demand('counts.small', { districtCode, unitId }, unknown);
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const byProgram = await changesSince(
      this.database,
      bundle,
      evaluationId,
      submission,
      await readFrozen(this.database, evaluationId, submission),
    );
    return {
      asOf: this.clock.now().toISOString(),
      evaluationId,
      submission,
      first: byProgram.every(({ base }) => base === null),
      indicators: byProgram.flatMap(({ base, changes }) =>
        changes.map((change) => {
          const {
            nameId: name,
            nameEn,
            program,
            unit,
          } = bundle.indicators.find(({ code }) => code === change.code)!;
          return {
            ...change,
            name,
            nameEn,
            program,
            unit,
            since: base!.submission,
            sinceVerified: base!.verified,
            values: change.values as AskReply<typeof EvaluationChanges>['indicators'][number]['values'],
          };
        }),
      ),
    };
  }

  /** How far the district has come with one evaluation; null while nothing was submitted. */
  async progress(
    bundle: Bundle,
    evaluationId: string | null,
  ): Promise<AskReply<typeof UnitResults>['verification']> {
    if (evaluationId === null) return null;
    const [verified, [entry]]: [
      { program: string; name: string; at: Date }[],
      {
        status: string;
        at: Date;
        name: string;
        indicators: Returned['indicators'] | null;
        objections: Returned['indicators'] | null;
        verifiedAt: Date | null;
      }[],
    ] = await Promise.all([
      this.database.query(
        `SELECT program, coalesce(person.name, '') AS name, verified_at AS at
         FROM evaluation_verification LEFT JOIN known_person AS person ON person.person_id = verified_by
         WHERE evaluation_id = $1 AND ended_in IS NULL`,
        [evaluationId],
      ),
      this.database.query(
        `SELECT history.status, at, coalesce(person.name, '') AS name, indicators,
                (SELECT indicators FROM evaluation_history AS submission
                 WHERE submission.evaluation_id = $1 AND submission.status = 'submitted' ORDER BY revision DESC LIMIT 1) AS objections,
                (SELECT max(at) FROM evaluation_history AS earlier
                 WHERE earlier.evaluation_id = $1 AND earlier.status = 'verified') AS "verifiedAt"
         FROM evaluation JOIN evaluation_history AS history USING (evaluation_id, revision)
         LEFT JOIN known_person AS person ON person.person_id = by WHERE evaluation_id = $1`,
        [evaluationId],
      ),
    ]);
    if (!entry) return null;
    const nameOf = new Map(bundle.indicators.map(({ code, nameId }) => [code, nameId]));
    const named = (indicators: Returned['indicators'] | null) =>
      (indicators ?? []).map((it) => ({ ...it, name: nameOf.get(it.code) ?? it.code }));
    const isLocked = entry.status === 'locked';
    const isReturned = entry.status === 'returned';
    return {
      programs: programsOfBundle(bundle).map((program) => {
        const by = verified.find((it) => it.program === program);
        return { program, verifiedByName: by?.name ?? null, verifiedAt: by?.at.toISOString() ?? null };
      }),
      returned: isReturned ? named(entry.indicators) : [],
      objections: isReturned ? [] : named(entry.objections),
      verifiedAt: isLocked || entry.status === 'verified' ? (entry.verifiedAt?.toISOString() ?? null) : null,
      lockedByName: isLocked ? entry.name : null,
      lockedAt: isLocked ? entry.at.toISOString() : null,
    };
  }
}

const programsOfBundle = ({ indicators }: Bundle): string[] =>
  programsOf({ programOf: new Map(indicators.map(({ code, program }) => [code, program])) });
