import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when mail servers refuse a person's address. */
export class FailedAddress1764100100000 implements MigrationInterface {
  name = 'FailedAddress1764100100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person ADD COLUMN email_failed_at timestamptz,
        ADD CONSTRAINT person_email_failed CHECK (email IS NOT NULL OR email_failed_at IS NULL)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP COLUMN email_failed_at');
  }
}
