import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The district accepts for a while that an indicator of a unit misses its target. The judgement stays what it is. */
@Entity('accepted_deviation')
@Check('a_deviation_has_its_reason', 'length(TRIM(BOTH FROM reason)) > 0')
@Index('one_deviation_at_a_time', ['unitId', 'indicatorCode'], {
  unique: true,
  where: '(replaced_at IS NULL)',
})
export class Deviation {
  @PrimaryColumn({ name: 'deviation_id', type: 'uuid' }) deviationId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  @Column({ name: 'unit_id', type: 'uuid' }) unitId: string;
  @Column({ name: 'indicator_code', type: 'text' }) indicatorCode: string;
  /** The first month of results that it is about. */
  @Column({ name: 'from_period', type: 'character', length: 7 }) fromPeriod: string;
  /** Its last day in the district; afterwards it ends by itself. */
  @Column({ type: 'date' }) until: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ name: 'accepted_by', type: 'uuid' }) acceptedBy: string;
  @Column({ name: 'accepted_at', type: 'timestamptz' }) acceptedAt: Date;
  /** Another one was accepted in its place. */
  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true }) replacedAt: Date | null;
}
