import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which meetings were held, for the management variables of scores. */
export class ConcludedMeetings1765500200000 implements MigrationInterface {
  name = 'ConcludedMeetings1765500200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE concluded_meeting (
        meeting_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        district_code text NOT NULL,
        month character(7) NOT NULL
      );
      CREATE INDEX concluded_meeting_by_unit ON concluded_meeting (unit_id, month);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE concluded_meeting');
  }
}
