import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deviations from targets that the district accepted for a while. */
export class AcceptedDeviations1765600200000 implements MigrationInterface {
  name = 'AcceptedDeviations1765600200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accepted_deviation (
        deviation_id uuid PRIMARY KEY,
        district_code text NOT NULL,
        unit_id uuid NOT NULL,
        indicator_code text NOT NULL,
        from_period character(7) NOT NULL,
        until date NOT NULL,
        reason text NOT NULL,
        accepted_by uuid NOT NULL,
        accepted_at timestamptz NOT NULL,
        replaced_at timestamptz,
        CONSTRAINT a_deviation_has_its_reason CHECK (length(trim(reason)) > 0)
      );
      CREATE UNIQUE INDEX one_deviation_at_a_time ON accepted_deviation (unit_id, indicator_code) WHERE replaced_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE accepted_deviation');
  }
}
