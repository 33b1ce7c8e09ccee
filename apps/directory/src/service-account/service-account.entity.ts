import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person, Post } from '../person/person.entity.ts';
import { District } from '../unit/unit.entity.ts';

/** An account of a program. To every service it is a person, with one post that ends when the account does. */
@Entity('service_account')
@Index('service_account_login_once', { synchronize: false }) // unique over lower(login), which TypeORM cannot say
@Check('service_account_login_shape', `login ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$'`)
@Check('service_account_revision', 'revision > 0')
export class ServiceAccount {
  @PrimaryColumn('uuid', { name: 'person_id' })
  @ForeignKey(() => Person, 'personId', { name: 'service_account_person' })
  personId: string;
  @Column('text', { name: 'district_code' })
  @ForeignKey(() => District, 'code', { name: 'service_account_district' })
  @Index('service_account_by_district')
  districtCode: string;
  @Column('text')
  login: string;
  @Column('uuid', { name: 'post_id' })
  @ForeignKey(() => Post, 'postId', { name: 'service_account_post' })
  postId: string;
  @Column('timestamptz', { name: 'made_at' })
  madeAt: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
  @Column('integer')
  revision: number;
}

/** Of a secret only the SHA-256 is kept, which suffices for 256 bits of chance: nobody can guess what it was. */
@Entity('service_secret')
@Check('service_secret_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class ServiceSecret {
  @PrimaryColumn('uuid', { name: 'secret_id' })
  secretId: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => ServiceAccount, 'personId', { name: 'service_secret_account' })
  @Index('service_secret_by_account')
  personId: string;
  @Column('text')
  sha256: string;
  @Column('timestamptz', { name: 'made_at' })
  madeAt: Date;
  /** Null: as long as the account. */
  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
