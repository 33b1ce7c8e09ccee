import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings with agenda and attendance, and what their agendas are made of. Signed minutes cannot be changed. */
export class Meetings1763900000000 implements MigrationInterface {
  name = 'Meetings1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meeting (
        meeting_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        district_code text NOT NULL,
        month text NOT NULL,
        data_period text NOT NULL,
        status text NOT NULL,
        starts_at timestamptz,
        duration_minutes integer NOT NULL,
        place text NOT NULL,
        scheduled_by uuid,
        cancelled_reason text,
        opened_at timestamptz,
        concluded_at timestamptz,
        missed_at timestamptz,
        signed_at timestamptz,
        signed_by uuid,
        notes text NOT NULL,
        CONSTRAINT meeting_revision CHECK (revision > 0),
        CONSTRAINT meeting_months CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' AND data_period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' AND data_period < month),
        CONSTRAINT meeting_status CHECK (status IN ('scheduled', 'opened', 'concluded', 'cancelled', 'missed')),
        CONSTRAINT meeting_start CHECK (starts_at IS NOT NULL OR status = 'missed'),
        CONSTRAINT meeting_duration CHECK (duration_minutes BETWEEN 5 AND 720),
        CONSTRAINT meeting_opened CHECK ((opened_at IS NOT NULL) = (status IN ('opened', 'concluded'))),
        CONSTRAINT meeting_concluded CHECK ((concluded_at IS NOT NULL) = (status = 'concluded')),
        CONSTRAINT meeting_missed CHECK (status <> 'missed' OR missed_at IS NOT NULL),
        CONSTRAINT meeting_signed CHECK ((signed_at IS NULL) = (signed_by IS NULL) AND (signed_at IS NULL OR status = 'concluded'))
      );
      CREATE UNIQUE INDEX meeting_one_per_month ON meeting (unit_id, month);
      CREATE INDEX meeting_by_district ON meeting (district_code, data_period);
      CREATE TABLE agenda_item (
        item_id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL CONSTRAINT agenda_item_of_meeting REFERENCES meeting,
        position integer NOT NULL,
        kind text NOT NULL,
        title text NOT NULL,
        indicator_code text,
        performance numeric,
        action_id uuid,
        action_state jsonb,
        note text NOT NULL,
        decision text,
        CONSTRAINT agenda_item_kind CHECK (kind IN ('review', 'result', 'proposal', 'topic')),
        CONSTRAINT agenda_item_action CHECK ((kind IN ('review', 'proposal')) = (action_id IS NOT NULL) AND (action_id IS NULL) = (action_state IS NULL)),
        CONSTRAINT agenda_item_decision CHECK (decision IS NULL
          OR kind = 'review' AND decision IN ('continue', 'noted')
          OR kind = 'proposal' AND decision IN ('agree', 'put_off')
          OR kind IN ('result', 'topic') AND decision = 'noted')
      );
      CREATE UNIQUE INDEX agenda_item_by_position ON agenda_item (meeting_id, position);
      CREATE UNIQUE INDEX agenda_item_one_per_action ON agenda_item (meeting_id, action_id);
      CREATE TABLE attendee (
        attendee_id uuid PRIMARY KEY,
        meeting_id uuid NOT NULL CONSTRAINT attendee_of_meeting REFERENCES meeting,
        person_id uuid,
        name text NOT NULL,
        "position" text NOT NULL,
        presence text NOT NULL,
        CONSTRAINT attendee_presence CHECK (presence IN ('expected', 'present', 'excused', 'absent'))
      );
      CREATE UNIQUE INDEX attendee_once ON attendee (meeting_id, person_id);

      CREATE FUNCTION refuse_signed_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_TABLE_NAME = 'meeting' THEN
          IF OLD.signed_at IS NOT NULL THEN RAISE EXCEPTION 'the minutes of meeting % are signed', OLD.meeting_id; END IF;
        ELSIF EXISTS (SELECT FROM meeting WHERE signed_at IS NOT NULL
                      AND meeting_id IN (coalesce(NEW.meeting_id, OLD.meeting_id), coalesce(OLD.meeting_id, NEW.meeting_id))) THEN
          RAISE EXCEPTION 'the minutes of meeting % are signed', coalesce(NEW.meeting_id, OLD.meeting_id);
        END IF;
        RETURN coalesce(NEW, OLD);
      END $$;
      CREATE TRIGGER meeting_signed_stays BEFORE UPDATE OR DELETE ON meeting FOR EACH ROW EXECUTE FUNCTION refuse_signed_meeting();
      CREATE TRIGGER agenda_item_signed_stays BEFORE INSERT OR UPDATE OR DELETE ON agenda_item FOR EACH ROW EXECUTE FUNCTION refuse_signed_meeting();
      CREATE TRIGGER attendee_signed_stays BEFORE INSERT OR UPDATE OR DELETE ON attendee FOR EACH ROW EXECUTE FUNCTION refuse_signed_meeting();

      CREATE TABLE known_evaluation (
        evaluation_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        period text NOT NULL,
        standing boolean NOT NULL,
        kurang jsonb NOT NULL
      );
      CREATE INDEX known_evaluation_by_unit ON known_evaluation (unit_id, period);
      CREATE TABLE known_action (
        action_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        unit_id uuid NOT NULL,
        indicator_code text NOT NULL,
        title text NOT NULL,
        status text NOT NULL,
        owner_name text,
        due_date date,
        overdue boolean NOT NULL,
        progress integer NOT NULL,
        agreed boolean NOT NULL,
        carried_over integer NOT NULL,
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX known_action_by_unit ON known_action (unit_id, status);
      CREATE TABLE unit_calendar (
        unit_id uuid PRIMARY KEY,
        month text NOT NULL,
        ends_at timestamptz NOT NULL
      );
      CREATE INDEX unit_calendar_by_end ON unit_calendar (ends_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE unit_calendar, known_action, known_evaluation, attendee, agenda_item, meeting;
      DROP FUNCTION refuse_signed_meeting
    `);
  }
}
