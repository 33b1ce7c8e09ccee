import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Bundle } from '../bundle/bundle.entity.ts';
import type { JudgedIndicator, ResultView, Tally } from '../value/rollup.entity.ts';
import type { EvaluationStatus } from './evaluation.rules.ts';

/** The evaluation of one unit, period and bundle as last submitted; what it froze does not follow later values. */
@Entity()
@Unique('one_evaluation_per_unit_period_bundle', ['unitId', 'period', 'bundleId'])
@Check('evaluation_revision_check', 'revision > 0')
@Check('evaluation_status_check', `status IN ('submitted', 'returned', 'verified', 'locked')`)
@Check(
  'a_return_has_its_reason',
  `(status = 'returned') = (returned_by IS NOT NULL AND returned_at IS NOT NULL AND length(trim(returned_reason)) > 0)`,
)
export class Evaluation {
  @PrimaryColumn({ name: 'evaluation_id', type: 'uuid' }) evaluationId: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @Column({ type: 'character', length: 7 }) period: string;
  @ForeignKey(() => Bundle, { name: 'evaluation_bundle_id_fkey' })
  @Column({ name: 'bundle_id', type: 'uuid' })
  bundleId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'text' }) status: EvaluationStatus;
  @Column({ name: 'submitted_by', type: 'uuid' }) submittedBy: string;
  @Column({ name: 'submitted_at', type: 'timestamptz' }) submittedAt: Date;
  @Column({ name: 'returned_by', type: 'uuid', nullable: true }) returnedBy: string | null;
  @Column({ name: 'returned_at', type: 'timestamptz', nullable: true }) returnedAt: Date | null;
  @Column({ name: 'returned_reason', type: 'text', nullable: true }) returnedReason: string | null;
  @Column({ type: 'jsonb' }) tally: Tally;
  @Column({ type: 'integer' }) warnings: number;
  @Column({ type: 'jsonb' }) worst: JudgedIndicator[];
  @Column({ type: 'jsonb' }) results: Record<string, ResultView>;
}
