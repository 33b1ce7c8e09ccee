import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second factor beside the password. */
export class SecondFactor1764700000000 implements MigrationInterface {
  name = 'SecondFactor1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE second_factor (
        person_id uuid PRIMARY KEY CONSTRAINT second_factor_account REFERENCES account (person_id),
        sealed_key text NOT NULL,
        since timestamptz NOT NULL,
        last_step integer NOT NULL
      );
      CREATE TABLE offered_factor (
        person_id uuid PRIMARY KEY CONSTRAINT offered_factor_account REFERENCES account (person_id),
        sealed_key text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE TABLE recovery_code (
        person_id uuid NOT NULL CONSTRAINT recovery_code_factor REFERENCES second_factor (person_id) ON DELETE CASCADE,
        number integer NOT NULL,
        hmac text NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (person_id, number),
        CONSTRAINT recovery_code_hmac CHECK (hmac ~ '^[0-9a-f]{64}$')
      );
      CREATE TABLE sign_in_challenge (
        sha256 text PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT sign_in_challenge_account REFERENCES account (person_id),
        sealed_key text,
        expires_at timestamptz NOT NULL,
        CONSTRAINT sign_in_challenge_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX sign_in_challenge_by_person ON sign_in_challenge (person_id);
      CREATE INDEX sign_in_challenge_by_expiry ON sign_in_challenge (expires_at);
      ALTER TABLE session DROP CONSTRAINT session_ended_because, ADD CONSTRAINT session_ended_because CHECK (
        ended_because IN ('signed-out', 'token-reused', 'password-changed', 'second-factor', 'ended'))
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE session SET ended_because = 'ended' WHERE ended_because = 'second-factor';
      ALTER TABLE session DROP CONSTRAINT session_ended_because, ADD CONSTRAINT session_ended_because CHECK (
        ended_because IN ('signed-out', 'token-reused', 'password-changed', 'ended'));
      DROP TABLE sign_in_challenge, recovery_code, offered_factor, second_factor
    `);
  }
}
