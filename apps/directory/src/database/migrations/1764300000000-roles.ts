import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Taker of minutes, verifier, head of the office and auditor; a verifier may have a programme. */
export class Roles1764300000000 implements MigrationInterface {
  name = 'Roles1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE post DROP CONSTRAINT post_role, DROP CONSTRAINT post_program,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis',
          'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'administrator')),
        ADD CONSTRAINT post_program CHECK (program IS NULL OR role IN ('pemegang_program', 'verifikator'))
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE post DROP CONSTRAINT post_role, DROP CONSTRAINT post_program,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana',
          'petugas_dinas', 'administrator')),
        ADD CONSTRAINT post_program CHECK (program IS NULL OR role = 'pemegang_program')
    `);
  }
}
