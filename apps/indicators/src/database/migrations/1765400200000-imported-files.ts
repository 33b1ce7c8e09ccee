import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ImportedFiles1765400200000 implements MigrationInterface {
  name = 'ImportedFiles1765400200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imported_file (
        imported_file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        sha256 text NOT NULL,
        name text NOT NULL,
        imported_by uuid NOT NULL,
        imported_at timestamptz NOT NULL,
        rows integer NOT NULL,
        changed integer NOT NULL
      );
      CREATE INDEX imported_file_by_content ON imported_file (sha256, imported_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE imported_file');
  }
}
