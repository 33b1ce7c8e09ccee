import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Data elements of bundles, and targets that are set beside them. */
export class Targets1765400000000 implements MigrationInterface {
  name = 'Targets1765400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bundle ADD COLUMN elements jsonb NOT NULL DEFAULT '[]';

      CREATE TABLE target (
        target_id uuid PRIMARY KEY,
        district_code text NOT NULL,
        year integer NOT NULL,
        indicator_code text NOT NULL,
        scope text NOT NULL CHECK (scope IN ('unit', 'coaching_group', 'district')),
        for_id uuid,
        for_name text NOT NULL,
        unit_ids uuid[],
        month integer CHECK (month BETWEEN 1 AND 12),
        value numeric NOT NULL CHECK (value >= 0),
        running text CHECK (running IN ('flat', 'pro_rata', 'curve')),
        curve numeric[],
        source text NOT NULL,
        approved_by text NOT NULL,
        approved_on date NOT NULL,
        set_by uuid NOT NULL,
        set_at timestamptz NOT NULL,
        withdrawn_by uuid,
        withdrawn_at timestamptz,
        CONSTRAINT a_target_is_for_somebody CHECK ((scope = 'district') = (for_id IS NULL) AND (for_id IS NULL) = (unit_ids IS NULL)),
        CONSTRAINT a_curve_when_it_runs_by_one CHECK ((curve IS NOT NULL) = (running IS NOT DISTINCT FROM 'curve')),
        CONSTRAINT a_month_does_not_run CHECK (month IS NULL OR running IS NULL),
        CONSTRAINT withdrawn_by_somebody CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
      );
      CREATE UNIQUE INDEX one_target_at_a_time ON target (district_code, year, indicator_code, for_id, month) NULLS NOT DISTINCT
        WHERE withdrawn_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE target; ALTER TABLE bundle DROP COLUMN elements');
  }
}
