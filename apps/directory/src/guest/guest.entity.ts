import type { GUEST_PURPOSES } from '@lokmin/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Unit } from '../unit/unit.entity.ts';

/** Somebody of another sector, whom a puskesmas knows and who has no account. */
@Entity('guest')
@Check('guest_revision', 'revision > 0')
export class Guest {
  @PrimaryColumn('uuid', { name: 'guest_id' })
  guestId: string;
  @Column('uuid', { name: 'unit_id' })
  @ForeignKey(() => Unit, 'unitId', { name: 'guest_unit' })
  @Index('guest_by_unit')
  unitId: string;
  /** That of the unit, for the audit trail. */
  @Column('text', { name: 'district_code' })
  districtCode: string;
  @Column('text')
  name: string;
  /** Where the guest comes from. */
  @Column('text')
  office: string;
  @Column('text', { nullable: true })
  phone: string | null;
  @Column('timestamptz', { name: 'added_at' })
  addedAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
  @Column('integer')
  revision: number;
}

/** Of the secret only the SHA-256 is kept, which suffices for 256 bits of chance. */
@Entity('guest_link')
@Unique('guest_link_secret_once', ['sha256'])
@Index('guest_link_one_open', ['guestId', 'purpose', 'aboutId'], {
  unique: true,
  where: 'revoked_at IS NULL',
})
@Check('guest_link_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
@Check('guest_link_purpose', `purpose IN ('report-action')`)
export class GuestLink {
  @PrimaryColumn('uuid', { name: 'link_id' })
  linkId: string;
  @Column('uuid', { name: 'guest_id' })
  @ForeignKey(() => Guest, 'guestId', { name: 'guest_link_guest' })
  @Index('guest_link_by_guest')
  guestId: string;
  @Column('text')
  purpose: (typeof GUEST_PURPOSES)[number];
  /** What it is good for: an action. */
  @Column('uuid', { name: 'about_id' })
  aboutId: string;
  @Column('text')
  sha256: string;
  @Column('timestamptz', { name: 'made_at' })
  madeAt: Date;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
  @Column('timestamptz', { name: 'last_opened_at', nullable: true })
  lastOpenedAt: Date | null;
}
