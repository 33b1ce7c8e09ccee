import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Districts, units, people, posts and sign-in. */
export class Directory1763700100000 implements MigrationInterface {
  name = 'Directory1763700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE district (
        code text PRIMARY KEY,
        name text NOT NULL,
        province text NOT NULL,
        time_zone text NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT district_code_shape CHECK (code ~ '^[0-9]{2}[.][0-9]{2}$'),
        CONSTRAINT district_time_zone CHECK (time_zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
        CONSTRAINT district_revision CHECK (revision > 0)
      );

      CREATE TABLE unit (
        unit_id uuid PRIMARY KEY,
        kind text NOT NULL,
        district_code text NOT NULL CONSTRAINT unit_district REFERENCES district (code),
        code text NOT NULL CONSTRAINT unit_code_once UNIQUE,
        name text NOT NULL,
        kecamatan_code text,
        kecamatan_name text,
        valid_from date NOT NULL,
        valid_to date,
        revision integer NOT NULL,
        CONSTRAINT unit_kind CHECK (kind IN ('puskesmas', 'district_office')),
        CONSTRAINT unit_code_shape
          CHECK (CASE kind WHEN 'puskesmas' THEN code ~ '^[0-9]{7}$' ELSE code = district_code END),
        CONSTRAINT unit_kecamatan
          CHECK ((kind = 'puskesmas') = (kecamatan_code IS NOT NULL AND kecamatan_name IS NOT NULL)),
        CONSTRAINT unit_kecamatan_in_district
          CHECK (kecamatan_code ~ '^[0-9]{2}[.][0-9]{2}[.][0-9]{2}$' AND left(kecamatan_code, 5) = district_code),
        CONSTRAINT unit_validity CHECK (valid_to >= valid_from),
        CONSTRAINT unit_revision CHECK (revision > 0)
      );
      CREATE INDEX unit_by_district ON unit (district_code);

      CREATE TABLE unit_identifier (
        unit_id uuid NOT NULL CONSTRAINT unit_identifier_unit REFERENCES unit (unit_id),
        scheme text NOT NULL,
        valid_from date NOT NULL,
        value text NOT NULL,
        valid_to date,
        PRIMARY KEY (unit_id, scheme, valid_from),
        CONSTRAINT unit_identifier_scheme CHECK (scheme IN ('bps', 'old_code', 'bpjs', 'satusehat', 'dhis2')),
        CONSTRAINT unit_identifier_validity CHECK (valid_to >= valid_from)
      );
      CREATE UNIQUE INDEX unit_identifier_one_present ON unit_identifier (unit_id, scheme) WHERE valid_to IS NULL;
      CREATE UNIQUE INDEX unit_identifier_not_shared ON unit_identifier (scheme, value) WHERE valid_to IS NULL;

      CREATE TABLE village (
        village_id uuid PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT village_unit REFERENCES unit (unit_id),
        name text NOT NULL,
        synthetic boolean NOT NULL,
        CONSTRAINT village_name_once UNIQUE (unit_id, name)
      );

      CREATE TABLE person (
        person_id uuid PRIMARY KEY,
        name text NOT NULL,
        email text,
        phone text,
        active boolean NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT person_revision CHECK (revision > 0)
      );

      CREATE TABLE post (
        post_id uuid PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT post_person REFERENCES person (person_id),
        unit_id uuid NOT NULL CONSTRAINT post_unit REFERENCES unit (unit_id),
        role text NOT NULL,
        program text,
        title text NOT NULL,
        valid_from date NOT NULL,
        valid_to date,
        revision integer NOT NULL,
        CONSTRAINT post_role CHECK (
          role IN ('kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'petugas_dinas', 'administrator')),
        CONSTRAINT post_program CHECK (program IS NULL OR role = 'pemegang_program'),
        CONSTRAINT post_validity CHECK (valid_to >= valid_from),
        CONSTRAINT post_revision CHECK (revision > 0)
      );
      CREATE INDEX post_by_person ON post (person_id);
      CREATE INDEX post_by_unit ON post (unit_id);
      CREATE UNIQUE INDEX post_once ON post (person_id, unit_id, role, coalesce(program, ''), valid_from);
      CREATE UNIQUE INDEX post_one_present ON post (person_id, unit_id, role, coalesce(program, '')) WHERE valid_to IS NULL;

      CREATE TABLE account (
        person_id uuid PRIMARY KEY CONSTRAINT account_person REFERENCES person (person_id),
        login text NOT NULL,
        password_hash text,
        CONSTRAINT account_login_shape CHECK (login ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$')
      );
      CREATE UNIQUE INDEX account_login_once ON account (lower(login));

      CREATE TABLE session (
        session_id uuid PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT session_person REFERENCES person (person_id),
        started_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_because text,
        CONSTRAINT session_end CHECK ((ended_at IS NULL) = (ended_because IS NULL)),
        CONSTRAINT session_ended_because CHECK (ended_because IN ('signed-out', 'token-reused', 'password-changed'))
      );
      CREATE INDEX session_by_person ON session (person_id);
      CREATE INDEX session_by_expiry ON session (expires_at);

      CREATE TABLE refresh_token (
        sha256 text PRIMARY KEY,
        session_id uuid NOT NULL CONSTRAINT refresh_token_session REFERENCES session (session_id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT refresh_token_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX refresh_token_by_session ON refresh_token (session_id);
      CREATE UNIQUE INDEX refresh_token_one_unused ON refresh_token (session_id) WHERE used_at IS NULL;

      CREATE TABLE sign_in_attempt (
        login_sha256 text PRIMARY KEY,
        failures integer NOT NULL,
        last_at timestamptz NOT NULL,
        locked_until timestamptz,
        CONSTRAINT sign_in_attempt_sha256 CHECK (login_sha256 ~ '^[0-9a-f]{64}$')
      );
      CREATE INDEX sign_in_attempt_by_age ON sign_in_attempt (last_at);

      CREATE TABLE token_key (
        kid text PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_jwk jsonb NOT NULL,
        signs_from timestamptz NOT NULL,
        not_after timestamptz NOT NULL,
        revision integer NOT NULL,
        CONSTRAINT token_key_revision CHECK (revision > 0),
        CONSTRAINT token_key_validity CHECK (not_after > signs_from)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE token_key, sign_in_attempt, refresh_token, session, account, post, person, village, unit_identifier,
        unit, district
    `);
  }
}
