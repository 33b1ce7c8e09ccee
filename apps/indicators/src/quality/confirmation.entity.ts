import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody looked at a finding and says why its figures are right. It holds while they stay; the newest one counts. */
@Entity('finding_confirmation')
@Index('confirmations_of_a_period', ['districtCode', 'period'])
export class Confirmation {
  @PrimaryColumn({ name: 'confirmation_id', type: 'uuid' }) confirmationId: string;
  @Column({ name: 'district_code', type: 'text' }) districtCode: string;
  /** Null: of the district. */
  @Column({ name: 'unit_id', type: 'uuid', nullable: true }) unitId: string | null;
  @Column({ type: 'character', length: 7 }) period: string;
  /** The rule and what it is about. */
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'jsonb' }) figures: Record<string, string>;
  @Column({ type: 'text' }) reason: string;
  @Column({ name: 'confirmed_by', type: 'uuid' }) confirmedBy: string;
  @Column({ name: 'confirmed_at', type: 'timestamptz' }) confirmedAt: Date;
}
