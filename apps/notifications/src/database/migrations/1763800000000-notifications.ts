import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox: one message for each person and thing. */
export class Notifications1763800000000 implements MigrationInterface {
  name = 'Notifications1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE message (
        message_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        person_id uuid NOT NULL,
        about text NOT NULL,
        about_id uuid NOT NULL,
        news_revision integer NOT NULL,
        unit_id uuid NOT NULL,
        unit_code text NOT NULL,
        unit_name text NOT NULL,
        kind text NOT NULL,
        title jsonb NOT NULL,
        body jsonb NOT NULL,
        link text NOT NULL,
        delivered_at timestamptz NOT NULL,
        read_at timestamptz,
        CONSTRAINT message_revision CHECK (revision > 0 AND news_revision > 0),
        CONSTRAINT message_about CHECK (about IN ('evaluation', 'action')),
        CONSTRAINT message_link CHECK (link LIKE '/%')
      );
      CREATE UNIQUE INDEX message_one_per_subject ON message (person_id, about, about_id);
      CREATE INDEX message_by_person ON message (person_id, delivered_at, message_id);
      CREATE INDEX message_unread ON message (person_id) WHERE read_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE message');
  }
}
