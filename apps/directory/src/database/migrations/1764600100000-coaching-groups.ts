import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Coaching groups of puskesmas, and the members of the teams that coach them. */
export class CoachingGroups1764600100000 implements MigrationInterface {
  name = 'CoachingGroups1764600100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE coaching_group (
        coaching_group_id uuid PRIMARY KEY,
        district_code text NOT NULL CONSTRAINT coaching_group_district REFERENCES district (code),
        code text NOT NULL,
        name text NOT NULL,
        revision integer NOT NULL CONSTRAINT coaching_group_revision CHECK (revision > 0),
        CONSTRAINT coaching_group_code_once UNIQUE (district_code, code)
      );
      ALTER TABLE unit ADD COLUMN coaching_group_id uuid
          CONSTRAINT unit_coaching_group REFERENCES coaching_group (coaching_group_id),
        ADD CONSTRAINT unit_coached CHECK (coaching_group_id IS NULL OR kind = 'puskesmas');
      CREATE INDEX unit_by_coaching_group ON unit (coaching_group_id);
      ALTER TABLE post DROP CONSTRAINT post_role,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis',
          'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'tpcb', 'administrator')),
        ADD COLUMN coaching_group_id uuid
          CONSTRAINT post_coaching_group_known REFERENCES coaching_group (coaching_group_id),
        ADD CONSTRAINT post_coaching_group CHECK ((role = 'tpcb') = (coaching_group_id IS NOT NULL));
      DROP INDEX post_once, post_one_present;
      CREATE UNIQUE INDEX post_once
        ON post (person_id, unit_id, role, coalesce(program, ''), coalesce(coaching_group_id, person_id), valid_from);
      CREATE UNIQUE INDEX post_one_present
        ON post (person_id, unit_id, role, coalesce(program, ''), coalesce(coaching_group_id, person_id)) WHERE valid_to IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX post_once, post_one_present;
      DELETE FROM post WHERE role = 'tpcb';
      CREATE UNIQUE INDEX post_once ON post (person_id, unit_id, role, coalesce(program, ''), valid_from);
      CREATE UNIQUE INDEX post_one_present ON post (person_id, unit_id, role, coalesce(program, '')) WHERE valid_to IS NULL;
      ALTER TABLE post DROP CONSTRAINT post_role, DROP COLUMN coaching_group_id,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis',
          'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'administrator'));
      ALTER TABLE unit DROP COLUMN coaching_group_id;
      DROP TABLE coaching_group;
    `);
  }
}
