import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

export type Covers = 'month' | 'year_to_date';
export type ValueState = 'reported' | 'estimated' | 'not_reported' | 'not_applicable';

/** One count as a unit reported it. Missing is not zero: a number stands exactly where one was reported. */
@Entity()
@Check('value_period_check', `period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`)
@Check('value_covers_check', `covers IN ('month', 'year_to_date')`)
@Check('value_state_check', `state IN ('reported', 'estimated', 'not_reported', 'not_applicable')`)
@Check('value_value_check', 'value >= 0')
@Check('a_number_exactly_when_reported', `(state IN ('reported', 'estimated')) = (value IS NOT NULL)`)
export class Value {
  @PrimaryColumn({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @PrimaryColumn({ type: 'character', length: 7 }) period: string;
  @PrimaryColumn({ type: 'text' }) element: string;
  @PrimaryColumn({ type: 'text' }) covers: Covers;
  @Column({ type: 'text' }) state: ValueState;
  /** Exact decimal as text; null unless reported or estimated. */
  @Column({ type: 'numeric', nullable: true }) value: string | null;
  /** The percentage that a publication prints for the indicator; kept beside its numerator, for comparison only. */
  @Column({ name: 'published_value', type: 'numeric', nullable: true }) publishedValue: string | null;
  @Column({ name: 'entered_by', type: 'uuid' }) enteredBy: string;
  @Column({ name: 'entered_at', type: 'timestamptz' }) enteredAt: Date;
}

/** The year's book of one unit: its row is the lock under which values change and rollups are recomputed. */
@Entity()
export class YearBook {
  @PrimaryColumn({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @PrimaryColumn({ type: 'integer' }) year: number;
}
