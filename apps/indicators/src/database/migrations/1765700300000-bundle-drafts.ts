import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bundles while they are prepared. */
export class BundleDrafts1765700300000 implements MigrationInterface {
  name = 'BundleDrafts1765700300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bundle_draft (
        district_code text NOT NULL,
        year integer NOT NULL,
        revision integer NOT NULL,
        name text NOT NULL,
        from_year integer,
        rules jsonb NOT NULL,
        elements jsonb NOT NULL,
        changed_by uuid NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (district_code, year)
      );
      CREATE TABLE drafted_indicator (
        district_code text NOT NULL,
        year integer NOT NULL,
        code text NOT NULL,
        place integer NOT NULL,
        definition jsonb NOT NULL,
        PRIMARY KEY (district_code, year, code)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE drafted_indicator; DROP TABLE bundle_draft');
  }
}
