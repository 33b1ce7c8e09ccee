import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Person, Post } from '../person/person.entity.ts';

@Entity('account')
@Index('account_login_once', { synchronize: false }) // unique over lower(login), which TypeORM cannot say
@Check('account_login_shape', `login ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$'`)
export class Account {
  @PrimaryColumn('uuid', { name: 'person_id' })
  @ForeignKey(() => Person, 'personId', { name: 'account_person' })
  personId: string;
  @Column('text')
  login: string;
  /** Argon2id in PHC form; null: no password yet, so no sign-in. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;
}

/** From one sign-in to its end. */
@Entity('session')
@Check('session_opened_by', `opened_by IN ('password', 'provider')`)
@Check('session_end', '(ended_at IS NULL) = (ended_because IS NULL)')
@Check(
  'session_ended_because',
  `ended_because IN ('signed-out', 'token-reused', 'password-changed', 'second-factor', 'ended')`,
)
export class Session {
  @PrimaryColumn('uuid', { name: 'session_id' })
  sessionId: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Person, 'personId', { name: 'session_person' })
  @Index('session_by_person')
  personId: string;
  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;
  /** No refresh leads beyond this instant. */
  @Column('timestamptz', { name: 'expires_at' })
  @Index('session_by_expiry')
  expiresAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
  @Column('text', { name: 'ended_because', nullable: true })
  /** `ended`: by the person, from another session. `second-factor`: it was turned on, or taken off by an administrator. */
  endedBecause: 'signed-out' | 'token-reused' | 'password-changed' | 'second-factor' | 'ended' | null;
  /** What the browser called itself. */
  @Column('text')
  device: string;
  /** `provider`: by single sign-on, whose second factor is not ours to ask for. */
  @Column('text', { name: 'opened_by' })
  openedBy: 'password' | 'provider';
  /** When it began or was last renewed. */
  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;
}

/** Only the SHA-256 of a token is kept: whoever reads this table cannot use it. */
@Entity('refresh_token')
@Index('refresh_token_by_session', ['sessionId'])
@Check('refresh_token_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class RefreshToken {
  @PrimaryColumn('text')
  sha256: string;
  @Column('uuid', { name: 'session_id' })
  @ForeignKey(() => Session, 'sessionId', { name: 'refresh_token_session', onDelete: 'CASCADE' })
  sessionId: string;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
  /** When it, or another answer to the same token before it, was first used. */
  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;
}

/** Attempts since the last success; by the SHA-256 of the login, since people type passwords into the wrong field. */
@Entity('sign_in_attempt')
@Check('sign_in_attempt_sha256', `login_sha256 ~ '^[0-9a-f]{64}$'`)
export class SignInAttempt {
  @PrimaryColumn('text', { name: 'login_sha256' })
  loginSha256: string;
  @Column('integer')
  failures: number;
  @Column('timestamptz', { name: 'last_at' })
  @Index('sign_in_attempt_by_age')
  lastAt: Date;
  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil: Date | null;
}

/** The key from which a person's application makes codes. */
@Entity('second_factor')
export class SecondFactor {
  @PrimaryColumn('uuid', { name: 'person_id' })
  @ForeignKey(() => Account, 'personId', { name: 'second_factor_account' })
  personId: string;
  @Column('text', { name: 'sealed_key' })
  sealedKey: string;
  @Column('timestamptz')
  since: Date;
  /** Of the newest code that was used: neither it nor one before it is good again. */
  @Column('integer', { name: 'last_step' })
  lastStep: number;
}

/** A key that a signed-in person was shown and has not proved yet. */
@Entity('offered_factor')
export class OfferedFactor {
  @PrimaryColumn('uuid', { name: 'person_id' })
  @ForeignKey(() => Account, 'personId', { name: 'offered_factor_account' })
  personId: string;
  @Column('text', { name: 'sealed_key' })
  sealedKey: string;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}

/** Stands in for one code of the application, once. */
@Entity('recovery_code')
@Check('recovery_code_hmac', `hmac ~ '^[0-9a-f]{64}$'`)
export class RecoveryCode {
  @PrimaryColumn('uuid', { name: 'person_id' })
  @ForeignKey(() => SecondFactor, 'personId', { name: 'recovery_code_factor', onDelete: 'CASCADE' })
  personId: string;
  @PrimaryColumn('integer')
  number: number;
  @Column('text')
  hmac: string;
  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;
}

/** A sign-in whose password was right and whose second step is to come. It is no session: nothing can be read with it. */
@Entity('sign_in_challenge')
@Check('sign_in_challenge_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class SignInChallenge {
  @PrimaryColumn('text')
  sha256: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Account, 'personId', { name: 'sign_in_challenge_account' })
  @Index('sign_in_challenge_by_person')
  personId: string;
  /** The key that is shown to somebody who has to have a second factor and has none yet; null: there is one. */
  @Column('text', { name: 'sealed_key', nullable: true })
  sealedKey: string | null;
  @Column('timestamptz', { name: 'expires_at' })
  @Index('sign_in_challenge_by_expiry')
  expiresAt: Date;
}

/** Lets a person set a password, once: on a printed slip, or told by whoever issued it. */
@Entity('one_time_code')
@Index('one_time_code_by_person', ['personId'])
@Index('one_time_code_one_open', ['personId'], { unique: true, where: 'ended_at IS NULL' })
@Check('one_time_code_hmac', `hmac ~ '^[0-9a-f]{64}$'`)
@Check('one_time_code_end', '(ended_at IS NULL) = (ended_because IS NULL)')
@Check('one_time_code_ended_because', `ended_because IN ('used', 'replaced', 'guessed')`)
export class OneTimeCode {
  @PrimaryColumn('uuid', { name: 'code_id' })
  codeId: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Account, 'personId', { name: 'one_time_code_account' })
  personId: string;
  @Column('text')
  hmac: string;
  @Column('uuid', { name: 'issued_by' })
  @ForeignKey(() => Person, 'personId', { name: 'one_time_code_issuer' })
  issuedBy: string;
  @Column('timestamptz', { name: 'issued_at' })
  issuedAt: Date;
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
  /** Wrong codes that were tried while it was open. */
  @Column('integer')
  failures: number;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
  @Column('text', { name: 'ended_because', nullable: true })
  endedBecause: 'used' | 'replaced' | 'guessed' | null;
}

/** How often a login, and an address, may try: one row for all replicas. By the SHA-256 of either. */
@Entity('sign_in_rate')
@Check('sign_in_rate_sha256', `sha256 ~ '^[0-9a-f]{64}$'`)
export class SignInRate {
  @PrimaryColumn('text')
  sha256: string;
  /** When all that was taken is filled up again, by the clock of the database. */
  @Column('timestamptz', { name: 'full_at' })
  @Index('sign_in_rate_by_age')
  fullAt: Date;
}

/** Who somebody is at a provider of single sign-on. */
@Entity('identity')
@Unique('identity_once', ['personId'])
export class Identity {
  @PrimaryColumn('text')
  issuer: string;
  @PrimaryColumn('text')
  subject: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Account, 'personId', { name: 'identity_account' })
  personId: string;
}

/** A post that claims gave: it ends when they no longer do. */
@Entity('mapped_post')
export class MappedPost {
  @PrimaryColumn('uuid', { name: 'post_id' })
  @ForeignKey(() => Post, 'postId', { name: 'mapped_post_post' })
  postId: string;
  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => Person, 'personId', { name: 'mapped_post_person' })
  @Index('mapped_post_by_person')
  personId: string;
}

/** Somebody is at the provider at present. */
@Entity('single_sign_on_attempt')
@Check(
  'single_sign_on_attempt_sha256',
  `state_sha256 ~ '^[0-9a-f]{64}$' AND binding_sha256 ~ '^[0-9a-f]{64}$'`,
)
export class SingleSignOnAttempt {
  @PrimaryColumn('text', { name: 'state_sha256' })
  stateSha256: string;
  /** Of what the browser holds in a cookie. */
  @Column('text', { name: 'binding_sha256' })
  bindingSha256: string;
  /** Nonce and PKCE verifier. */
  @Column('text')
  sealed: string;
  @Column('timestamptz', { name: 'expires_at' })
  @Index('single_sign_on_attempt_by_expiry')
  expiresAt: Date;
}

/** A key pair for access tokens. The private half never leaves this table. */
@Entity('token_key')
@Check('token_key_revision', 'revision > 0')
@Check('token_key_validity', 'not_after > signs_from')
export class TokenKey {
  @PrimaryColumn('text')
  kid: string;
  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: { kty: string; crv: string; x: string };
  @Column('jsonb', { name: 'private_jwk' })
  privateJwk: { kty: string; crv: string; x: string; d: string };
  /** It was announced earlier, so that every service knows it by now. */
  @Column('timestamptz', { name: 'signs_from' })
  signsFrom: Date;
  /** Its tokens are refused after this instant. */
  @Column('timestamptz', { name: 'not_after' })
  notAfter: Date;
  @Column('integer')
  revision: number;
}
