import type { Role } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CoachingGroup, Unit } from '../unit/unit.entity.ts';

@Entity('person')
@Check('person_revision', 'revision > 0')
@Check('person_email_failed', 'email IS NOT NULL OR email_failed_at IS NULL')
export class Person {
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;
  /** With titles, as the person writes it. */
  @Column('text')
  name: string;
  @Column('text', { nullable: true })
  email: string | null;
  /** Since when mail servers refuse that address. */
  @Column('timestamptz', { name: 'email_failed_at', nullable: true })
  emailFailedAt: Date | null;
  @Column('text', { nullable: true })
  phone: string | null;
  @Column('boolean')
  active: boolean;
  @Column('integer')
  revision: number;
}

@Entity('post')
@Index('post_once', { synchronize: false }) // over coalesced columns, which TypeORM cannot say
@Index('post_one_present', { synchronize: false })
@Check(
  'post_role',
  `role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis', 'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'tpcb', 'akun_layanan', 'administrator')`,
)
@Check('post_program', `program IS NULL OR role IN ('pemegang_program', 'verifikator')`)
@Check('post_coaching_group', `(role = 'tpcb') = (coaching_group_id IS NOT NULL)`)
@Check('post_validity', 'valid_to >= valid_from')
@Check('post_revision', 'revision > 0')
export class Post {
  @PrimaryColumn('uuid', { name: 'post_id' })
  postId: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Person, 'personId', { name: 'post_person' })
  @Index('post_by_person')
  personId: string;
  @Column('uuid', { name: 'unit_id' })
  @ForeignKey(() => Unit, 'unitId', { name: 'post_unit' })
  @Index('post_by_unit')
  unitId: string;
  @Column('text')
  role: Role;
  /** The programme of a holder or of a verifier; null: all. */
  @Column('text', { nullable: true })
  program: string | null;
  /** The group that a member of a coaching team coaches. */
  @Column('uuid', { name: 'coaching_group_id', nullable: true })
  @ForeignKey(() => CoachingGroup, 'coachingGroupId', { name: 'post_coaching_group_known' })
  coachingGroupId: string | null;
  @Column('text')
  title: string;
  @Column('date', { name: 'valid_from' })
  validFrom: string;
  @Column('date', { name: 'valid_to', nullable: true })
  validTo: string | null;
  @Column('integer')
  revision: number;
}
