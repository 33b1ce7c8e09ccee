import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Findings of data quality that somebody confirmed with a reason. The findings themselves are computed when asked for. */
export class FindingConfirmations1765500100000 implements MigrationInterface {
  name = 'FindingConfirmations1765500100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE finding_confirmation (
        confirmation_id uuid PRIMARY KEY,
        district_code text NOT NULL,
        unit_id uuid,
        period character(7) NOT NULL,
        subject text NOT NULL,
        figures jsonb NOT NULL,
        reason text NOT NULL,
        confirmed_by uuid NOT NULL,
        confirmed_at timestamptz NOT NULL
      );
      CREATE INDEX confirmations_of_a_period ON finding_confirmation (district_code, period);
      CREATE TRIGGER confirmation_stays BEFORE UPDATE OR DELETE ON finding_confirmation FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE finding_confirmation');
  }
}
