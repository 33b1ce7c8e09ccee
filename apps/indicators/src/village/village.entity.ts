import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Covers, ValueState } from '../value/value.entity.ts';

/** One count of one village. It never stands for the puskesmas by itself: see docs/decisions/0033. */
@Entity('village_value')
@Index('village_value_by_unit', ['unitId', 'element', 'period'])
@Check('village_value_period_check', `period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`)
@Check('village_value_covers_check', `covers IN ('month', 'year_to_date')`)
@Check('village_value_state_check', `state IN ('reported', 'estimated', 'not_reported', 'not_applicable')`)
@Check('village_value_value_check', 'value >= 0')
@Check(
  'a_number_exactly_when_a_village_reported',
  `(state IN ('reported', 'estimated')) = (value IS NOT NULL)`,
)
export class VillageValue {
  @PrimaryColumn({ name: 'village_id', type: 'uuid' }) villageId: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @PrimaryColumn({ type: 'character', length: 7 }) period: string;
  @PrimaryColumn({ type: 'text' }) element: string;
  @PrimaryColumn({ type: 'text' }) covers: Covers;
  @Column({ type: 'text' }) state: ValueState;
  /** Exact decimal as text; null unless reported or estimated. */
  @Column({ type: 'numeric', nullable: true }) value: string | null;
  @Column({ name: 'entered_by', type: 'uuid' }) enteredBy: string;
  @Column({ name: 'entered_at', type: 'timestamptz' }) enteredAt: Date;
}
