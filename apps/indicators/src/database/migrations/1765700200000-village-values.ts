import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts of single villages, beside those of their puskesmas. */
export class VillageValues1765700200000 implements MigrationInterface {
  name = 'VillageValues1765700200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE village_value (
        village_id uuid NOT NULL,
        unit_id uuid NOT NULL,
        period character(7) NOT NULL CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        element text NOT NULL,
        covers text NOT NULL CHECK (covers IN ('month', 'year_to_date')),
        state text NOT NULL CHECK (state IN ('reported', 'estimated', 'not_reported', 'not_applicable')),
        value numeric CHECK (value >= 0),
        entered_by uuid NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (village_id, period, element, covers),
        CONSTRAINT a_number_exactly_when_a_village_reported
          CHECK ((state IN ('reported', 'estimated')) = (value IS NOT NULL))
      );
      CREATE INDEX village_value_by_unit ON village_value (unit_id, element, period);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE village_value');
  }
}
