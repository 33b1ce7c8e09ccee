import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Under which names the data elements of a district's year are known in DHIS2. */
export class Dhis2Elements1765600100000 implements MigrationInterface {
  name = 'Dhis2Elements1765600100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dhis2_element (
        district_code text NOT NULL,
        year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
        element text NOT NULL,
        data_element text NOT NULL,
        category_option_combo text NOT NULL,
        covers text NOT NULL CHECK (covers IN ('month', 'year_to_date')),
        PRIMARY KEY (district_code, year, element),
        CONSTRAINT one_element_for_each_of_dhis2 UNIQUE (district_code, year, data_element, category_option_combo)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dhis2_element');
  }
}
