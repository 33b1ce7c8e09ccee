import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Indicators1763800000000 implements MigrationInterface {
  name = 'Indicators1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bundle (
        bundle_id uuid PRIMARY KEY,
        district_code text NOT NULL,
        year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        name text NOT NULL,
        rules jsonb NOT NULL,
        indicators jsonb NOT NULL,
        published_by uuid NOT NULL,
        published_at timestamptz NOT NULL,
        CONSTRAINT one_bundle_per_district_and_year UNIQUE (district_code, year)
      );

      -- The year's book of one unit: its row is the lock under which values change and rollups are recomputed.
      CREATE TABLE year_book (
        unit_id uuid NOT NULL,
        year integer NOT NULL,
        PRIMARY KEY (unit_id, year)
      );

      CREATE TABLE value (
        unit_id uuid NOT NULL,
        period character(7) NOT NULL CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        element text NOT NULL,
        covers text NOT NULL CHECK (covers IN ('month', 'year_to_date')),
        state text NOT NULL CHECK (state IN ('reported', 'estimated', 'not_reported', 'not_applicable')),
        value numeric CHECK (value >= 0),
        published_value numeric,
        entered_by uuid NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (unit_id, period, element, covers),
        CONSTRAINT a_number_exactly_when_reported CHECK ((state IN ('reported', 'estimated')) = (value IS NOT NULL))
      );

      CREATE TABLE rollup (
        unit_id uuid NOT NULL,
        period character(7) NOT NULL,
        district_code text NOT NULL,
        bundle_id uuid NOT NULL REFERENCES bundle,
        revision integer NOT NULL CHECK (revision > 0),
        tally jsonb NOT NULL,
        warnings integer NOT NULL,
        worst jsonb NOT NULL,
        results jsonb NOT NULL,
        computed_at timestamptz NOT NULL,
        PRIMARY KEY (unit_id, period)
      );

      CREATE TABLE evaluation (
        evaluation_id uuid PRIMARY KEY,
        unit_id uuid NOT NULL,
        period character(7) NOT NULL,
        bundle_id uuid NOT NULL REFERENCES bundle,
        district_code text NOT NULL,
        revision integer NOT NULL CHECK (revision > 0),
        status text NOT NULL CHECK (status IN ('submitted', 'returned')),
        submitted_by uuid NOT NULL,
        submitted_at timestamptz NOT NULL,
        returned_by uuid,
        returned_at timestamptz,
        returned_reason text,
        tally jsonb NOT NULL,
        warnings integer NOT NULL,
        worst jsonb NOT NULL,
        results jsonb NOT NULL,
        CONSTRAINT one_evaluation_per_unit_period_bundle UNIQUE (unit_id, period, bundle_id),
        CONSTRAINT a_return_has_its_reason CHECK (
          (status = 'returned') = (returned_by IS NOT NULL AND returned_at IS NOT NULL AND length(trim(returned_reason)) > 0)
        )
      );

      -- What each submission froze and why each return was made; never changed afterwards.
      CREATE TABLE evaluation_history (
        evaluation_id uuid NOT NULL REFERENCES evaluation,
        revision integer NOT NULL,
        status text NOT NULL CHECK (status IN ('submitted', 'returned')),
        at timestamptz NOT NULL,
        by uuid NOT NULL,
        reason text,
        frozen jsonb,
        PRIMARY KEY (evaluation_id, revision),
        CONSTRAINT a_submission_freezes CHECK ((status = 'submitted') = (frozen IS NOT NULL))
      );

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
      END $$;
      CREATE TRIGGER bundle_is_published BEFORE UPDATE OR DELETE ON bundle FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON evaluation_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE evaluation_history, evaluation, rollup, value, year_book, bundle; DROP FUNCTION refuse_change',
    );
  }
}
