import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signing in with the account of an OpenID Connect provider. */
export class SingleSignOn1764900000000 implements MigrationInterface {
  name = 'SingleSignOn1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT identity_account REFERENCES account (person_id),
        PRIMARY KEY (issuer, subject),
        CONSTRAINT identity_once UNIQUE (person_id)
      );
      CREATE TABLE mapped_post (
        post_id uuid PRIMARY KEY CONSTRAINT mapped_post_post REFERENCES post (post_id),
        person_id uuid NOT NULL CONSTRAINT mapped_post_person REFERENCES person (person_id)
      );
      CREATE INDEX mapped_post_by_person ON mapped_post (person_id);
      CREATE TABLE single_sign_on_attempt (
        state_sha256 text PRIMARY KEY,
        binding_sha256 text NOT NULL,
        sealed text NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT single_sign_on_attempt_sha256
          CHECK (state_sha256 ~ '^[0-9a-f]{64}$' AND binding_sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX single_sign_on_attempt_by_expiry ON single_sign_on_attempt (expires_at);
      ALTER TABLE session ADD COLUMN opened_by text NOT NULL DEFAULT 'password',
        ADD CONSTRAINT session_opened_by CHECK (opened_by IN ('password', 'provider'));
      ALTER TABLE session ALTER COLUMN opened_by DROP DEFAULT
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session DROP COLUMN opened_by;
      DROP TABLE single_sign_on_attempt, mapped_post, identity
    `);
  }
}
