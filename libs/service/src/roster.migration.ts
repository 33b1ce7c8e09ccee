import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A service's own copy of what the directory announces. */
export class Roster1763700000001 implements MigrationInterface {
  name = 'Roster1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_district (
        code text PRIMARY KEY,
        revision integer NOT NULL,
        name text NOT NULL,
        time_zone text NOT NULL
      );
      CREATE TABLE known_unit (
        unit_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        kind text NOT NULL,
        district_code text NOT NULL,
        code text NOT NULL,
        name text NOT NULL,
        time_zone text NOT NULL,
        valid_from date NOT NULL,
        valid_to date
      );
      CREATE INDEX known_unit_by_district ON known_unit (district_code, code);
      CREATE INDEX known_unit_by_code ON known_unit (code);
      CREATE TABLE known_person (
        person_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        name text NOT NULL,
        email text,
        phone text,
        active boolean NOT NULL
      );
      CREATE TABLE known_post (
        post_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        person_id uuid NOT NULL,
        unit_id uuid NOT NULL,
        district_code text NOT NULL,
        role text NOT NULL,
        program text,
        title text NOT NULL,
        valid_from date NOT NULL,
        valid_to date
      );
      CREATE INDEX known_post_by_person ON known_post (person_id);
      CREATE INDEX known_post_by_unit ON known_post (unit_id);
      CREATE INDEX known_post_by_district ON known_post (district_code, role);
      CREATE TABLE known_key (
        kid text PRIMARY KEY,
        revision integer NOT NULL,
        public_jwk jsonb NOT NULL,
        not_after timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_district, known_unit, known_person, known_post, known_key');
  }
}
