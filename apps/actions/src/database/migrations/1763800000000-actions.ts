import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Actions with their history, the evaluations that speak for them, and counts by unit. */
export class Actions1763800000000 implements MigrationInterface {
  name = 'Actions1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE action (
        action_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        district_code text NOT NULL,
        indicator_code text NOT NULL,
        indicator_name text NOT NULL,
        title text NOT NULL,
        status text NOT NULL,
        owner_id uuid,
        owner_name text,
        due_date date,
        due_ends_at timestamptz,
        progress integer NOT NULL,
        overdue_since timestamptz,
        unsupported boolean NOT NULL,
        evaluation_id uuid NOT NULL,
        period text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT action_revision CHECK (revision > 0),
        CONSTRAINT action_status CHECK (status IN ('proposed', 'ready', 'in_progress', 'completed', 'withdrawn')),
        CONSTRAINT action_title CHECK (char_length(title) BETWEEN 1 AND 500),
        CONSTRAINT action_period CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        CONSTRAINT action_progress CHECK (progress BETWEEN 0 AND 100 AND (progress = 100) = (status = 'completed')),
        CONSTRAINT action_owner CHECK ((status IN ('ready', 'in_progress', 'completed')) = (owner_id IS NOT NULL)),
        CONSTRAINT action_agreed CHECK (num_nulls(owner_id, owner_name, due_date, due_ends_at) IN (0, 4)),
        CONSTRAINT action_overdue CHECK (overdue_since IS NULL OR overdue_since = due_ends_at),
        CONSTRAINT action_unsupported CHECK (NOT unsupported OR status IN ('ready', 'in_progress', 'completed'))
      );
      CREATE UNIQUE INDEX action_one_open_per_indicator ON action (unit_id, indicator_code)
        WHERE status IN ('proposed', 'ready', 'in_progress');
      CREATE INDEX action_by_unit ON action (unit_id, created_at, action_id);
      CREATE INDEX action_by_owner ON action (owner_id, created_at, action_id);
      CREATE TABLE action_entry (
        action_id uuid NOT NULL CONSTRAINT action_entry_of_action REFERENCES action,
        revision integer NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        kind text NOT NULL,
        note text,
        progress integer,
        PRIMARY KEY (action_id, revision)
      );
      CREATE TABLE followed_evaluation (
        evaluation_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        period text NOT NULL,
        standing boolean NOT NULL,
        CONSTRAINT followed_evaluation_revision CHECK (revision > 0)
      );
      CREATE TABLE action_support (
        evaluation_id uuid NOT NULL CONSTRAINT action_support_of_evaluation REFERENCES followed_evaluation,
        indicator_code text NOT NULL,
        action_id uuid NOT NULL CONSTRAINT action_support_of_action REFERENCES action,
        period text NOT NULL,
        indicator_name text NOT NULL,
        stands boolean NOT NULL,
        PRIMARY KEY (evaluation_id, indicator_code)
      );
      CREATE INDEX action_support_by_action ON action_support (action_id);
      CREATE TABLE unit_actions (
        unit_id uuid PRIMARY KEY,
        proposed integer NOT NULL DEFAULT 0,
        open integer NOT NULL DEFAULT 0,
        overdue integer NOT NULL DEFAULT 0,
        completed integer NOT NULL DEFAULT 0,
        next_due_at timestamptz,
        CONSTRAINT unit_actions_counts CHECK (proposed >= 0 AND overdue >= 0 AND open >= overdue AND completed >= 0)
      );
      CREATE INDEX unit_actions_by_due ON unit_actions (next_due_at) WHERE next_due_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE action_support, followed_evaluation, action_entry, action, unit_actions');
  }
}
