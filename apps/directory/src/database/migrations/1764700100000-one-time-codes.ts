import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time codes for people without a password, and how often anybody may try to sign in. */
export class OneTimeCodes1764700100000 implements MigrationInterface {
  name = 'OneTimeCodes1764700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE one_time_code (
        code_id uuid PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT one_time_code_account REFERENCES account (person_id),
        hmac text NOT NULL,
        issued_by uuid NOT NULL CONSTRAINT one_time_code_issuer REFERENCES person (person_id),
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        failures integer NOT NULL,
        ended_at timestamptz,
        ended_because text,
        CONSTRAINT one_time_code_hmac CHECK (hmac ~ '^[0-9a-f]{64}$'),
        CONSTRAINT one_time_code_end CHECK ((ended_at IS NULL) = (ended_because IS NULL)),
        CONSTRAINT one_time_code_ended_because CHECK (ended_because IN ('used', 'replaced', 'guessed'))
      );
      CREATE INDEX one_time_code_by_person ON one_time_code (person_id);
      CREATE UNIQUE INDEX one_time_code_one_open ON one_time_code (person_id) WHERE ended_at IS NULL;
      CREATE TABLE sign_in_rate (
        sha256 text PRIMARY KEY,
        full_at timestamptz NOT NULL,
        CONSTRAINT sign_in_rate_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX sign_in_rate_by_age ON sign_in_rate (full_at)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sign_in_rate, one_time_code');
  }
}
