import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Until when a month is entered and verified. */
export class Windows1765600000000 implements MigrationInterface {
  name = 'Windows1765600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row for each month for which a district ever set something. The days are those of the month after it.
      CREATE TABLE reporting_window (
        district_code text NOT NULL,
        period character(7) NOT NULL,
        revision integer NOT NULL CHECK (revision > 0),
        -- The revision in which the days were set: extensions from before that count no more.
        set_in integer NOT NULL,
        entry_day integer CHECK (entry_day BETWEEN 1 AND 28),
        verification_day integer CHECK (verification_day BETWEEN 1 AND 28),
        set_by uuid NOT NULL,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (district_code, period),
        CONSTRAINT verification_closes_last CHECK (verification_day >= entry_day)
      );
      CREATE TABLE window_extension (
        district_code text NOT NULL,
        period character(7) NOT NULL,
        revision integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('entry', 'verification')),
        unit_id uuid,
        until date NOT NULL,
        reason text NOT NULL CHECK (length(trim(reason)) > 0),
        extended_by uuid NOT NULL,
        extended_at timestamptz NOT NULL,
        PRIMARY KEY (district_code, period, revision),
        FOREIGN KEY (district_code, period) REFERENCES reporting_window
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE window_extension, reporting_window');
  }
}
