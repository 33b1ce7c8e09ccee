import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages about meetings. */
export class Meetings1764200000000 implements MigrationInterface {
  name = 'Meetings1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message DROP CONSTRAINT message_about,
        ADD CONSTRAINT message_about CHECK (about IN ('evaluation', 'action', 'meeting'))
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE message DROP CONSTRAINT message_about,
        ADD CONSTRAINT message_about CHECK (about IN ('evaluation', 'action'))
    `);
  }
}
