import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Villages have the code by which files name them. */
export class VillageCodes1765700100000 implements MigrationInterface {
  name = 'VillageCodes1765700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE village ADD COLUMN code text
          CONSTRAINT village_code_shape CHECK (code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}[.][0-9]{4}$'),
        ADD CONSTRAINT village_code_once UNIQUE (code)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE village DROP COLUMN code');
  }
}
