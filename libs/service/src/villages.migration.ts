import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The villages of each puskesmas, in a service's own copy of the units. */
export class KnownVillages1765700000000 implements MigrationInterface {
  name = 'KnownVillages1765700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE known_unit ADD COLUMN villages jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE known_unit DROP COLUMN villages');
  }
}
