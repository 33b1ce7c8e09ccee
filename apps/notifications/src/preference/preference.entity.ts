import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Wishes } from '../delivery/delivery.rules.ts';

/** How a person wants to be told; whoever never chose has no row. */
@Entity('preference')
@Check(
  'preference_hours',
  'digest_hour BETWEEN 0 AND 23 AND quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23',
)
@Check('preference_revision', 'revision > 0')
export class Preference {
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'preference_pkey' })
  personId: string;
  @Column('integer')
  revision: number;
  /** Category to timing; what is not named has its default. */
  @Column('jsonb')
  email: Partial<Wishes['email']>;
  @Column('smallint', { name: 'digest_hour' })
  digestHour: number;
  @Column('smallint', { name: 'quiet_from' })
  quietFrom: number;
  @Column('smallint', { name: 'quiet_until' })
  quietUntil: number;
}

/** When a person last opened the inbox, to the hour. */
@Entity('inbox_visit')
export class InboxVisit {
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'inbox_visit_pkey' })
  personId: string;
  @Column('timestamptz')
  at: Date;
}
