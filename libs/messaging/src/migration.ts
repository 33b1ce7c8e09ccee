import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that announcing, reacting and answering commands need in every service's database. */
export class Messaging1763700000000 implements MigrationInterface {
  name = 'Messaging1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        stream text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        stream_sequence bigint,
        attempts integer NOT NULL DEFAULT 0,
        last_error text
      );
      CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;
      CREATE INDEX outbox_by_subject ON outbox (stream, subject, stream_sequence DESC) WHERE published_at IS NOT NULL;
      CREATE TABLE inbox (
        durable text NOT NULL,
        fact_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (durable, fact_id)
      );
      CREATE TABLE durable (
        name text PRIMARY KEY,
        first_existed_at timestamptz NOT NULL
      );
      CREATE TABLE dead_letter (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        durable text NOT NULL,
        fact_id uuid,
        subject text NOT NULL,
        body text NOT NULL,
        attempts integer NOT NULL,
        reason text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        replayed_at timestamptz
      );
      CREATE TABLE command (
        command_id uuid PRIMARY KEY,
        person_id uuid,
        operation text NOT NULL,
        payload_sha256 text NOT NULL,
        reply jsonb,
        at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox, inbox, durable, dead_letter, command');
  }
}

/** Whose operators see a dead letter: those of the fact's district; of one that cannot be read or has none, all. */
export class DeadLetterDistrict1765000000000 implements MigrationInterface {
  name = 'DeadLetterDistrict1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE dead_letter ADD COLUMN district_code text;
      UPDATE dead_letter SET district_code = substring(CASE WHEN body IS JSON OBJECT THEN body::json->>'districtcode' END FROM '^\\d{2}\\.\\d{2}$');
      CREATE INDEX dead_letter_waiting ON dead_letter (id) WHERE replayed_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX dead_letter_waiting; ALTER TABLE dead_letter DROP COLUMN district_code');
  }
}
