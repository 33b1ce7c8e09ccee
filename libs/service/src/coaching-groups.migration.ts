import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A service's own copy of the coaching groups, and who coaches which. */
export class KnownCoachingGroups1764600000000 implements MigrationInterface {
  name = 'KnownCoachingGroups1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_coaching_group (
        coaching_group_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        district_code text NOT NULL,
        unit_ids uuid[] NOT NULL
      );
      ALTER TABLE known_post ADD COLUMN coaching_group_id uuid;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE known_post DROP COLUMN coaching_group_id;
      DROP TABLE known_coaching_group;
    `);
  }
}
