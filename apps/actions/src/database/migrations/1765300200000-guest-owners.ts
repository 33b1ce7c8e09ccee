import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A guest may own an action. */
export class GuestOwners1765300200000 implements MigrationInterface {
  name = 'GuestOwners1765300200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE action ADD COLUMN owner_is_guest boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT action_guest CHECK (NOT owner_is_guest OR owner_id IS NOT NULL);
      ALTER TABLE action ALTER COLUMN owner_is_guest DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE action DROP COLUMN owner_is_guest');
  }
}
