import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks: who has facts sent where, whose turn it is, and what became of each. */
export class Webhooks1764800000000 implements MigrationInterface {
  name = 'Webhooks1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        webhook_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        district_code text NOT NULL,
        name text NOT NULL,
        url text NOT NULL,
        types text[] NOT NULL,
        unit_ids uuid[],
        enabled boolean NOT NULL,
        created_at timestamptz NOT NULL,
        secret_number integer NOT NULL,
        former_secret_until timestamptz,
        asked text,
        asked_at timestamptz,
        CONSTRAINT webhook_types CHECK (cardinality(types) > 0),
        CONSTRAINT webhook_units CHECK (unit_ids IS NULL OR cardinality(unit_ids) > 0)
      );
      CREATE INDEX webhook_of_district ON webhook (district_code);
      CREATE TABLE webhook_turn (
        webhook_id uuid PRIMARY KEY,
        leased_until timestamptz,
        rests_until timestamptz,
        failures integer NOT NULL,
        failing_since timestamptz,
        last_delivered_at timestamptz,
        CONSTRAINT webhook_turn_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (webhook_id) ON DELETE CASCADE
      );
      CREATE TABLE webhook_sending (
        sending_id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL,
        fact_id uuid NOT NULL,
        type text NOT NULL,
        unit_id uuid,
        body text NOT NULL,
        status text NOT NULL,
        attempts integer NOT NULL,
        queued_at timestamptz NOT NULL,
        next_attempt_at timestamptz NOT NULL,
        settled_at timestamptz,
        last_status integer,
        last_error text,
        CONSTRAINT webhook_sending_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (webhook_id) ON DELETE CASCADE,
        CONSTRAINT webhook_sending_status CHECK (status IN ('queued', 'delivered', 'failed')),
        CONSTRAINT webhook_sending_is_settled CHECK ((status = 'queued') = (settled_at IS NULL))
      );
      CREATE UNIQUE INDEX webhook_sending_once ON webhook_sending (webhook_id, fact_id);
      CREATE INDEX webhook_sending_due ON webhook_sending (webhook_id, next_attempt_at, sending_id) WHERE status = 'queued';
      CREATE INDEX webhook_sending_log ON webhook_sending (webhook_id, queued_at, sending_id);
      CREATE INDEX webhook_sending_settled ON webhook_sending (settled_at) WHERE settled_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_sending, webhook_turn, webhook');
  }
}
