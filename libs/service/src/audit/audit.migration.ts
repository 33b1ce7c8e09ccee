import { CAUSE_SETTING } from '@lokmin/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit trail of a service, its seals, and the seals that it keeps of another service. Nothing in them is ever changed. */
export class Audit1764500000000 implements MigrationInterface {
  name = 'Audit1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entry (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        time_zone text,
        actor text NOT NULL,
        person_id uuid,
        session_id uuid,
        role text NOT NULL,
        operation text,
        command_id uuid,
        fact_id uuid,
        correlation_id text,
        record_kind text NOT NULL,
        record_id text NOT NULL,
        part text NOT NULL,
        part_key text NOT NULL,
        change text NOT NULL,
        district_code text,
        unit_id uuid,
        before jsonb,
        after jsonb,
        CONSTRAINT audit_entry_actor CHECK (actor IN ('person', 'reaction', 'clock', 'operator', 'role')),
        CONSTRAINT audit_entry_change CHECK (
          CASE change WHEN 'added' THEN num_nulls(before, after) = 1 AND before IS NULL
            WHEN 'changed' THEN num_nulls(before, after) = 0 WHEN 'removed' THEN num_nulls(before, after) = 1 AND after IS NULL
            WHEN 'emptied' THEN num_nulls(before, after) = 2 ELSE false END)
      );
      CREATE INDEX audit_entry_by_record ON audit_entry (record_kind, record_id, at, number);
      CREATE INDEX audit_entry_by_district ON audit_entry (district_code, at, number);
      CREATE INDEX audit_entry_by_unit ON audit_entry (unit_id, at, number);
      CREATE INDEX audit_entry_by_person ON audit_entry (person_id, at, number);
      CREATE TABLE audit_seal (
        seal integer PRIMARY KEY,
        until_number bigint NOT NULL,
        digests bytea NOT NULL,
        previous text NOT NULL,
        sha256 text NOT NULL,
        sealed_at timestamptz NOT NULL,
        CONSTRAINT audit_seal_once UNIQUE (previous)
      );
      CREATE INDEX audit_seal_by_number ON audit_seal (until_number);
      CREATE TABLE audit_witness (
        service text NOT NULL,
        seal integer NOT NULL,
        until_number bigint NOT NULL,
        sha256 text NOT NULL,
        PRIMARY KEY (service, seal)
      );

      CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_audit_change();
      CREATE TRIGGER audit_seal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal EXECUTE FUNCTION refuse_audit_change();
      CREATE TRIGGER audit_witness_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_witness EXECUTE FUNCTION refuse_audit_change();
      CREATE FUNCTION refuse_audit_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF pg_trigger_depth() < 2 THEN
          RAISE EXCEPTION 'the audit trail is written by its triggers' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER audit_entry_by_trigger BEFORE INSERT ON audit_entry EXECUTE FUNCTION refuse_audit_by_hand();

      -- Why something changes, as the transaction was told; by hand nobody tells, and the role of the database stands for it.
      CREATE FUNCTION audit_cause() RETURNS TABLE (at timestamptz, actor text, person_id uuid, session_id uuid,
        operation text, command_id uuid, fact_id uuid, correlation_id text) LANGUAGE sql STABLE ROWS 1 AS $$
        SELECT coalesce((told->>'at')::timestamptz, date_trunc('milliseconds', now())), coalesce(told->>'kind', 'role'), (told->>'person')::uuid,
          (told->>'session')::uuid, CASE WHEN told IS NULL THEN current_setting('application_name') ELSE told->>'operation' END,
          (told->>'command')::uuid, (told->>'fact')::uuid, told->>'correlation'
        FROM (SELECT nullif(current_setting('${CAUSE_SETTING}', true), '')::jsonb AS told) AS setting
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The functions of single tables go with their triggers (CASCADE); what they wrote is what this gives up.
    await runner.query(`
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'audit\\_of\\_%' LOOP
          EXECUTE format('DROP FUNCTION %I() CASCADE', name);
        END LOOP;
      END $$;
      DROP TABLE audit_entry, audit_seal, audit_witness;
      DROP FUNCTION refuse_audit_change, refuse_audit_by_hand, audit_cause;
    `);
  }
}
