import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts of programs: each is a person of its own with one post, and signs in by a secret. */
export class ServiceAccounts1764800000000 implements MigrationInterface {
  name = 'ServiceAccounts1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE post DROP CONSTRAINT post_role,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis',
          'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'tpcb', 'akun_layanan', 'administrator'));
      CREATE TABLE service_account (
        person_id uuid PRIMARY KEY CONSTRAINT service_account_person REFERENCES person (person_id),
        district_code text NOT NULL CONSTRAINT service_account_district REFERENCES district (code),
        login text NOT NULL CONSTRAINT service_account_login_shape CHECK (login ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$'),
        post_id uuid NOT NULL CONSTRAINT service_account_post REFERENCES post (post_id),
        made_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        revision integer NOT NULL CONSTRAINT service_account_revision CHECK (revision > 0)
      );
      CREATE UNIQUE INDEX service_account_login_once ON service_account (lower(login));
      CREATE INDEX service_account_by_district ON service_account (district_code);
      CREATE TABLE service_secret (
        secret_id uuid PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT service_secret_account REFERENCES service_account (person_id),
        sha256 text NOT NULL CONSTRAINT service_secret_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL,
        ends_at timestamptz,
        last_used_at timestamptz
      );
      CREATE INDEX service_secret_by_account ON service_secret (person_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE service_secret, service_account;
      DELETE FROM post WHERE role = 'akun_layanan';
      ALTER TABLE post DROP CONSTRAINT post_role,
        ADD CONSTRAINT post_role CHECK (role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis',
          'petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor', 'tpcb', 'administrator'));
    `);
  }
}
