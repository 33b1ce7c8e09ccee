import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Guests of other sectors, and the links by which they do one thing each. */
export class Guests1765300100000 implements MigrationInterface {
  name = 'Guests1765300100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE guest (
        guest_id uuid PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT guest_unit REFERENCES unit (unit_id),
        district_code text NOT NULL,
        name text NOT NULL,
        office text NOT NULL,
        phone text,
        added_at timestamptz NOT NULL,
        ended_at timestamptz,
        revision integer NOT NULL CONSTRAINT guest_revision CHECK (revision > 0)
      );
      CREATE INDEX guest_by_unit ON guest (unit_id);
      CREATE TABLE guest_link (
        link_id uuid PRIMARY KEY,
        guest_id uuid NOT NULL CONSTRAINT guest_link_guest REFERENCES guest (guest_id),
        purpose text NOT NULL CONSTRAINT guest_link_purpose CHECK (purpose IN ('report-action')),
        about_id uuid NOT NULL,
        sha256 text NOT NULL CONSTRAINT guest_link_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_opened_at timestamptz,
        CONSTRAINT guest_link_secret_once UNIQUE (sha256)
      );
      CREATE INDEX guest_link_by_guest ON guest_link (guest_id);
      CREATE UNIQUE INDEX guest_link_one_open ON guest_link (guest_id, purpose, about_id) WHERE revoked_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE guest_link, guest');
  }
}
