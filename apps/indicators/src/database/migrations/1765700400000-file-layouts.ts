import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands where in workbooks of a district's own. */
export class FileLayouts1765700400000 implements MigrationInterface {
  name = 'FileLayouts1765700400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE file_layout (
        layout_id uuid PRIMARY KEY,
        district_code text NOT NULL,
        year integer NOT NULL,
        name text NOT NULL,
        revision integer NOT NULL CHECK (revision > 0),
        content jsonb NOT NULL,
        kept_by uuid NOT NULL,
        kept_at timestamptz NOT NULL,
        CONSTRAINT one_layout_of_a_name UNIQUE (district_code, year, name)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE file_layout');
  }
}
