import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A service's own copy of the guests, with the links that are open. */
export class KnownGuests1765300000000 implements MigrationInterface {
  name = 'KnownGuests1765300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE known_guest (
        guest_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        district_code text NOT NULL,
        name text NOT NULL,
        office text NOT NULL,
        active boolean NOT NULL,
        links jsonb NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_guest');
  }
}
