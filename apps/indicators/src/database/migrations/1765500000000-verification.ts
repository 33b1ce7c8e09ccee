import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Evaluations are verified by programme, single indicators are returned, and what is locked stays as it is. */
export class Verification1765500000000 implements MigrationInterface {
  name = 'Verification1765500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE evaluation DROP CONSTRAINT evaluation_status_check,
        ADD CONSTRAINT evaluation_status_check CHECK (status IN ('submitted', 'returned', 'verified', 'locked'));
      ALTER TABLE evaluation_history DROP CONSTRAINT evaluation_history_status_check,
        ADD CONSTRAINT evaluation_history_status_check
          CHECK (status IN ('submitted', 'returned', 'program_verified', 'verified', 'locked')),
        -- Of a return: the indicators that it names, each with its reason; empty: all of it.
        ADD COLUMN indicators jsonb,
        -- Of a submission: the indicators whose figures are other than those last verified or else last submitted.
        ADD COLUMN changed jsonb;

      -- One verification of one programme: of the figures that a submission froze, until a return or another
      -- submission ends it.
      CREATE TABLE evaluation_verification (
        evaluation_id uuid NOT NULL REFERENCES evaluation,
        program text NOT NULL,
        submission integer NOT NULL,
        verified_by uuid NOT NULL,
        verified_at timestamptz NOT NULL,
        ended_in integer,
        PRIMARY KEY (evaluation_id, program, submission),
        CONSTRAINT a_verification_ends_later CHECK (ended_in > submission)
      );
      CREATE UNIQUE INDEX one_verification_of_a_program ON evaluation_verification (evaluation_id, program)
        WHERE ended_in IS NULL;

      CREATE FUNCTION refuse_unlocking() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a locked evaluation is never changed' USING ERRCODE = 'check_violation';
      END $$;
      CREATE TRIGGER locked_stays BEFORE UPDATE OR DELETE ON evaluation FOR EACH ROW
        WHEN (OLD.status = 'locked') EXECUTE FUNCTION refuse_unlocking();
      CREATE FUNCTION refuse_unverifying() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM evaluation WHERE evaluation_id = OLD.evaluation_id AND status = 'locked') THEN
          RAISE EXCEPTION 'a locked evaluation is never changed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN coalesce(NEW, OLD);
      END $$;
      CREATE TRIGGER locked_stays_verified BEFORE UPDATE OR DELETE ON evaluation_verification FOR EACH ROW
        EXECUTE FUNCTION refuse_unverifying();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE evaluation_verification;
      DROP TRIGGER locked_stays ON evaluation;
      DROP FUNCTION refuse_unlocking;
      DROP FUNCTION refuse_unverifying;
      ALTER TABLE evaluation_history DROP COLUMN indicators, DROP COLUMN changed
    `);
  }
}
