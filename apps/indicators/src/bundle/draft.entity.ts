import type { DataElement, IndicatorDefinition, Rules } from '@lokmin/evaluation';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The bundle of a year while it is prepared; gone when it is published. */
@Entity('bundle_draft')
export class Draft {
  @PrimaryColumn({ name: 'district_code', type: 'text' }) districtCode: string;
  @PrimaryColumn({ type: 'integer' }) year: number;
  @Column({ type: 'integer' }) revision: number;
  @Column({ type: 'text' }) name: string;
  /** The year whose bundle it was started from; null: the reference catalogue. */
  @Column({ name: 'from_year', type: 'integer', nullable: true }) fromYear: number | null;
  @Column({ type: 'jsonb' }) rules: Rules;
  @Column({ type: 'jsonb' }) elements: DataElement[];
  @Column({ name: 'changed_by', type: 'uuid' }) changedBy: string;
  @Column({ name: 'changed_at', type: 'timestamptz' }) changedAt: Date;
}

/** Each in a row of its own, so that the history says which one was changed. */
@Entity('drafted_indicator')
export class DraftedIndicator {
  @PrimaryColumn({ name: 'district_code', type: 'text' }) districtCode: string;
  @PrimaryColumn({ type: 'integer' }) year: number;
  @PrimaryColumn({ type: 'text' }) code: string;
  /** In the order of the catalogue; new ones come last. */
  @Column({ type: 'integer' }) place: number;
  @Column({ type: 'jsonb' }) definition: IndicatorDefinition;
}
