import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails: queue and log in one table, how people want to be told, and who opens the inbox. */
export class Mail1764100000000 implements MigrationInterface {
  name = 'Mail1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message ADD COLUMN as_owner boolean NOT NULL DEFAULT false;
      ALTER TABLE message ALTER COLUMN as_owner DROP DEFAULT;
      CREATE INDEX message_open_news_of_owners ON message (unit_id) WHERE as_owner AND read_at IS NULL;
      CREATE TABLE delivery (
        delivery_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        channel text NOT NULL,
        person_id uuid NOT NULL,
        message_id uuid,
        message_revision integer,
        digest_day date,
        digest_id uuid,
        timing text,
        district_code text NOT NULL,
        unit_id uuid,
        subject text NOT NULL,
        letter jsonb,
        status text NOT NULL,
        skip_reason text,
        attempts integer NOT NULL,
        queued_at timestamptz NOT NULL,
        next_attempt_at timestamptz NOT NULL,
        sending_since timestamptz,
        settled_at timestamptz,
        address text,
        refused boolean NOT NULL,
        last_error text,
        CONSTRAINT delivery_message FOREIGN KEY (message_id) REFERENCES message (message_id),
        CONSTRAINT delivery_digest FOREIGN KEY (digest_id) REFERENCES delivery (delivery_id),
        CONSTRAINT delivery_status CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'uncertain', 'skipped')),
        CONSTRAINT delivery_channel CHECK (channel = 'email'),
        CONSTRAINT delivery_skipped CHECK ((status = 'skipped') = (skip_reason IS NOT NULL)),
        CONSTRAINT delivery_sent CHECK (status NOT IN ('sending', 'sent', 'uncertain') OR digest_id IS NOT NULL OR address IS NOT NULL),
        CONSTRAINT delivery_is_message_or_digest CHECK (
          (message_id IS NULL) = (digest_day IS NOT NULL) AND (message_id IS NULL) = (message_revision IS NULL)
          AND (message_id IS NULL) = (letter IS NULL) AND (message_id IS NULL) = (timing IS NULL))
      );
      CREATE UNIQUE INDEX delivery_once ON delivery (message_id, message_revision, channel);
      CREATE UNIQUE INDEX delivery_one_digest_a_day ON delivery (person_id, digest_day) WHERE digest_day IS NOT NULL;
      CREATE INDEX delivery_due ON delivery (next_attempt_at, delivery_id) WHERE status = 'queued' AND digest_id IS NULL;
      CREATE INDEX delivery_sending ON delivery (sending_since) WHERE status = 'sending';
      CREATE INDEX delivery_of_digest ON delivery (digest_id) WHERE digest_id IS NOT NULL;
      CREATE INDEX delivery_refused ON delivery (person_id, address) WHERE refused;
      CREATE INDEX delivery_log ON delivery (district_code, queued_at, delivery_id) WHERE digest_id IS NULL;
      CREATE TABLE preference (
        person_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        email jsonb NOT NULL,
        digest_hour smallint NOT NULL,
        quiet_from smallint NOT NULL,
        quiet_until smallint NOT NULL,
        CONSTRAINT preference_hours CHECK (digest_hour BETWEEN 0 AND 23 AND quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23),
        CONSTRAINT preference_revision CHECK (revision > 0)
      );
      CREATE TABLE inbox_visit (
        person_id uuid PRIMARY KEY,
        at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE delivery, preference, inbox_visit;
      DROP INDEX message_open_news_of_owners;
      ALTER TABLE message DROP COLUMN as_owner;
    `);
  }
}
