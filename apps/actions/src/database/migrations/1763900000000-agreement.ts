import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings agree on actions and carry them over. */
export class Agreement1763900000000 implements MigrationInterface {
  name = 'Agreement1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE action
        ADD agreed_at timestamptz,
        ADD agreed_in uuid,
        ADD carried_over integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT action_meeting CHECK ((agreed_at IS NULL) = (agreed_in IS NULL) AND carried_over >= 0),
        DROP CONSTRAINT action_unsupported,
        ADD CONSTRAINT action_unsupported
          CHECK (NOT unsupported OR agreed_at IS NOT NULL OR status IN ('ready', 'in_progress', 'completed'));
      ALTER TABLE action ALTER carried_over DROP DEFAULT;
      ALTER TABLE unit_actions
        ADD needs_completion integer NOT NULL DEFAULT 0 CONSTRAINT unit_actions_completion CHECK (needs_completion >= 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE unit_actions DROP needs_completion;
      ALTER TABLE action
        DROP CONSTRAINT action_unsupported, DROP CONSTRAINT action_meeting,
        DROP agreed_at, DROP agreed_in, DROP carried_over,
        ADD CONSTRAINT action_unsupported CHECK (NOT unsupported OR status IN ('ready', 'in_progress', 'completed'))
    `);
  }
}
