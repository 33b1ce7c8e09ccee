import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who took the minutes; of meetings held before, nobody is known. */
export class RecordedBy1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE meeting ADD recorded_by uuid[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE meeting DROP recorded_by');
  }
}
