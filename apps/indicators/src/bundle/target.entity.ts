import type { Running } from '@lokmin/evaluation';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A target beside the bundle. One that is set again withdraws the one before, which stays as it was. Whom a coaching
 * group's target is for is kept as it was on the day it was set: the document that says so names them.
 */
@Entity('target')
@Check('target_scope_check', `scope IN ('unit', 'coaching_group', 'district')`)
@Check('target_month_check', 'month BETWEEN 1 AND 12')
@Check('target_value_check', 'value >= 0')
@Check(
  'a_target_is_for_somebody',
  `(scope = 'district') = (for_id IS NULL) AND (for_id IS NULL) = (unit_ids IS NULL)`,
)
@Check('target_running_check', `running IN ('flat', 'pro_rata', 'curve')`)
@Check('a_curve_when_it_runs_by_one', `(curve IS NOT NULL) = (running IS NOT DISTINCT FROM 'curve')`)
@Check('a_month_does_not_run', 'month IS NULL OR running IS NULL')
@Check('withdrawn_by_somebody', '(withdrawn_by IS NULL) = (withdrawn_at IS NULL)')
@Index('one_target_at_a_time', { synchronize: false }) // nulls not distinct, which TypeORM cannot say
export class SetTarget {
  @PrimaryColumn({ name: 'target_id', type: 'uuid' }) targetId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @Column({ type: 'integer' }) year: number;
  @Column({ name: 'indicator_code', type: 'text' }) indicatorCode: string;
  @Column({ type: 'text' }) scope: 'unit' | 'coaching_group' | 'district';
  @Column({ name: 'for_id', type: 'uuid', nullable: true }) forId: string | null;
  @Column({ name: 'for_name', type: 'text' }) forName: string;
  @Column({ name: 'unit_ids', type: 'uuid', array: true, nullable: true }) unitIds: string[] | null;
  @Column({ type: 'integer', nullable: true }) month: number | null;
  /** Exact decimal as text, in the unit of the indicator. */
  @Column({ type: 'numeric' }) value: string;
  @Column({ type: 'text', nullable: true }) running: Running | null;
  /** Percent due by the end of each of the twelve months. */
  @Column({ type: 'numeric', array: true, nullable: true }) curve: string[] | null;
  @Column({ type: 'text' }) source: string;
  @Column({ name: 'approved_by', type: 'text' }) approvedBy: string;
  @Column({ name: 'approved_on', type: 'date' }) approvedOn: string;
  @Column({ name: 'set_by', type: 'uuid' }) setBy: string;
  @Column({ name: 'set_at', type: 'timestamptz' }) setAt: Date;
  @Column({ name: 'withdrawn_by', type: 'uuid', nullable: true }) withdrawnBy: string | null;
  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true }) withdrawnAt: Date | null;
}
