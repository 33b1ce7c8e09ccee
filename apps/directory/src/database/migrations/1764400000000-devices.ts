import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On which device a session is, and when it was last renewed; it may be ended from another one. */
export class Devices1764400000000 implements MigrationInterface {
  name = 'Devices1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session ADD COLUMN device text NOT NULL DEFAULT '', ADD COLUMN seen_at timestamptz,
        DROP CONSTRAINT session_ended_because, ADD CONSTRAINT session_ended_because CHECK (
          ended_because IN ('signed-out', 'token-reused', 'password-changed', 'ended'));
      UPDATE session SET seen_at = started_at;
      ALTER TABLE session ALTER COLUMN seen_at SET NOT NULL, ALTER COLUMN device DROP DEFAULT
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE session SET ended_because = 'signed-out' WHERE ended_because = 'ended';
      ALTER TABLE session DROP COLUMN device, DROP COLUMN seen_at,
        DROP CONSTRAINT session_ended_because, ADD CONSTRAINT session_ended_because CHECK (
          ended_because IN ('signed-out', 'token-reused', 'password-changed'))
    `);
  }
}
