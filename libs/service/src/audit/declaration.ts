import type { DataSource } from 'typeorm';

/** What is noted of the changes of one table. */
export interface Audited {
  /** The thing whose history a change belongs to, by the name that it has in global ids. */
  readonly record: string;
  /** The columns that name that thing; left out: the primary key. */
  readonly by?: readonly string[];
  /** The table that has the unit and the district where this one has neither; its key is the first column of `by`. */
  readonly within?: string;
  /** Columns whose content is never noted, only that it changed. */
  readonly secret?: readonly string[];
  /** Addresses of people: noted so that they can be told apart, not used. */
  readonly masked?: readonly string[];
  /** Large columns that stand elsewhere for good: noted by their SHA-256. */
  readonly digest?: readonly string[];
  /** The history that everybody sees who sees the thing leaves it out. */
  readonly unshown?: boolean;
}

/** Which tables of a service are audited. Every table is either audited or exempt, with the reason. */
export interface AuditDeclaration {
  readonly audited: Readonly<Record<string, Audited>>;
  readonly exempt: Readonly<Record<string, string>>;
  /** Tables with the district of each unit and the zone of each district; left out: the service's own copy. */
  readonly places?: { readonly units: string; readonly districts: string };
}

/** What every service audits beside its own tables. */
const AUDITED_EVERYWHERE: AuditDeclaration['audited'] = {
  dead_letter: { record: 'DeadLetter', digest: ['body'] },
};

/** The tables that every service has beside its own, and why they are not audited. */
export const EXEMPT_EVERYWHERE: AuditDeclaration['exempt'] = {
  migrations: 'changed by an upgrade only',
  outbox: 'what changes here is announced; the change itself is audited',
  inbox: 'which facts were taken',
  durable: 'since when a reader exists',
  command: 'which commands were done; entries name them',
  known_district: 'a copy of the directory',
  known_unit: 'a copy of the directory',
  known_person: 'a copy of the directory',
  known_post: 'a copy of the directory',
  known_coaching_group: 'a copy of the directory',
  known_guest: 'a copy of the directory',
  known_key: 'a copy of the directory',
  audit_entry: 'the trail itself',
  audit_seal: 'the trail itself',
  audit_witness: 'the seals of another service',
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const list = (names: readonly string[]): string => names.map(literal).join(', ');

interface Table {
  readonly columns: ReadonlySet<string>;
  readonly key: readonly string[];
}

/** What of a row is noted, as an expression over `row`. */
function image(row: string, { secret = [], masked = [], digest = [] }: Audited): string {
  const replaced = [
    ...secret.map((column) => [column, `'{"secret": true}'::jsonb`] as const),
    ...masked.map((column) => {
      const text = `${row}.${quoted(column)}::text`;
      return [column, `to_jsonb(left(${text}, 2) || '…' || right(${text}, 3))`] as const;
    }),
    ...digest.map((column) => {
      const text = `${row}.${quoted(column)}::text`;
      return [
        column,
        `jsonb_build_object('sha256', encode(sha256(convert_to(${text}, 'UTF8')), 'hex'))`,
      ] as const;
    }),
  ];
  if (replaced.length === 0) return `to_jsonb(${row})`;
  const pairs = replaced.map(
    ([column, shown]) =>
      `${literal(column)}, CASE WHEN ${row}.${quoted(column)} IS NULL THEN 'null'::jsonb ELSE ${shown} END`,
  );
  return `to_jsonb(${row}) || jsonb_build_object(${pairs.join(', ')})`;
}

/** The function that notes the changes of a table, and the triggers that call it once for each statement. */
function triggersOf(
  name: string,
  table: Table,
  audited: Audited,
  { units, districts }: NonNullable<AuditDeclaration['places']>,
): string {
  const { record, within, by = table.key } = audited;
  const text = (row: string, columns: readonly string[]) =>
    columns.length === 1
      ? `${row}.${quoted(columns[0]!)}::text`
      : `concat_ws(':', ${columns.map((column) => `${row}.${quoted(column)}`).join(', ')})`;
  const has = (column: string) => table.columns.has(column);
  const joins = (row: string) => {
    const parent = within
      ? `LEFT JOIN ${quoted(within)} AS parent ON parent.${quoted(by[0]!)} = ${row}.${quoted(by[0]!)}`
      : '';
    const from = within ? 'parent' : row;
    const unitId = within || has('unit_id') ? `${from}.unit_id` : 'NULL::uuid';
    const own =
      within || has('district_code') ? `${from}.district_code` : name === districts ? `${row}.code` : null;
    const unit = own === null && unitId !== 'NULL::uuid';
    const district = own ?? (unit ? 'unit_of.district_code' : 'NULL::text');
    return {
      unitId,
      district,
      sql: `${parent}
        ${unit ? `LEFT JOIN ${quoted(units)} AS unit_of ON unit_of.unit_id = ${unitId}` : ''}
        LEFT JOIN ${quoted(districts)} AS district_of ON district_of.code = ${district}`,
    };
  };
  const write = (change: string, row: string, from: string, before: string, after: string, where = '') => {
    const place = joins(row);
    // MATERIALIZED: read from its setting once, not once for each column of each row.
    return `WITH cause AS MATERIALIZED (SELECT * FROM audit_cause()) INSERT INTO audit_entry (at, time_zone, actor, person_id, session_id, role, operation, command_id, fact_id, correlation_id,
          record_kind, record_id, part, part_key, change, district_code, unit_id, before, after)
        SELECT cause.at, district_of.time_zone, cause.actor, cause.person_id, cause.session_id, session_user, cause.operation,
          cause.command_id, cause.fact_id, cause.correlation_id, ${literal(record)}, ${text(row, by)}, ${literal(name)},
          ${text(row, table.key)}, ${literal(change)}, ${place.district}, ${place.unitId}, ${before}, ${after}
        FROM cause CROSS JOIN ${from}
        ${place.sql}
        ${where};`;
  };
  const same = table.key.map((column) => `was.${quoted(column)} = now_is.${quoted(column)}`).join(' AND ');
  // OFFSET 0: computed once for a row, not once for each of its columns.
  const difference = `LATERAL (
          SELECT jsonb_object_agg(key, images.before -> key) AS before, jsonb_object_agg(key, images.after -> key) AS after
          FROM (SELECT ${image('was', audited)} AS before, ${image('now_is', audited)} AS after OFFSET 0) AS images,
            (SELECT to_jsonb(was) AS was, to_jsonb(now_is) AS now_is OFFSET 0) AS whole, jsonb_object_keys(whole.now_is) AS key
          WHERE whole.was -> key IS DISTINCT FROM whole.now_is -> key) AS changed`;
  const body = `
    CREATE OR REPLACE FUNCTION ${quoted(`audit_of_${name}`)}() RETURNS trigger LANGUAGE plpgsql AS $audit$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        ${write('added', 'now_is', 'new_rows AS now_is', 'NULL', image('now_is', audited))}
      ELSIF TG_OP = 'UPDATE' THEN
        IF EXISTS (SELECT FROM new_rows AS now_is WHERE NOT EXISTS (SELECT FROM old_rows AS was WHERE ${same})) THEN
          RAISE EXCEPTION 'the key of % is never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END IF;
        ${write(
          'changed',
          'now_is',
          `(old_rows AS was JOIN new_rows AS now_is ON ${same}) CROSS JOIN ${difference}`,
          'changed.before',
          'changed.after',
          'WHERE changed.after IS NOT NULL',
        )}
      ELSIF TG_OP = 'DELETE' THEN
        ${write('removed', 'was', 'old_rows AS was', image('was', audited), 'NULL')}
      ELSE
        INSERT INTO audit_entry (at, actor, person_id, session_id, role, operation, command_id, fact_id, correlation_id,
          record_kind, record_id, part, part_key, change)
        SELECT at, actor, person_id, session_id, session_user, operation, command_id, fact_id, correlation_id,
          ${literal(record)}, '*', ${literal(name)}, '*', 'emptied' FROM audit_cause();
      END IF;
      RETURN NULL;
    END $audit$;`;
  const trigger = (event: string, tables: string) => `
    CREATE OR REPLACE TRIGGER audit_${event.toLowerCase()} AFTER ${event} ON ${quoted(name)} ${tables}
      FOR EACH STATEMENT EXECUTE FUNCTION ${quoted(`audit_of_${name}`)}();`;
  return [
    body,
    trigger('INSERT', 'REFERENCING NEW TABLE AS new_rows'),
    trigger('UPDATE', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'),
    trigger('DELETE', 'REFERENCING OLD TABLE AS old_rows'),
    trigger('TRUNCATE', ''),
  ].join('\n');
}

async function tablesOf(database: DataSource): Promise<Map<string, Table>> {
  const rows: { name: string; columns: string[]; key: string[] | null }[] = await database.query(`
    SELECT relname::text AS name,
      (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
       WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped) AS columns,
      (SELECT array_agg(attname::text ORDER BY place) FROM pg_index,
         unnest(indkey) WITH ORDINALITY AS part (attnum, place) JOIN pg_attribute USING (attnum)
       WHERE indrelid = pg_class.oid AND indisprimary AND attrelid = pg_class.oid) AS key
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`);
  return new Map(rows.map(({ name, columns, key }) => [name, { columns: new Set(columns), key: key ?? [] }]));
}

/**
 * Makes the triggers as they are declared, and takes away those of tables that are no longer audited. Safe to repeat.
 * @throws Error naming a table or a column that is declared and not there
 */
export async function auditTables(database: DataSource, declaration: AuditDeclaration): Promise<void> {
  const everything = { ...AUDITED_EVERYWHERE, ...declaration.audited };
  const tables = await tablesOf(database);
  const places = declaration.places ?? { units: 'known_unit', districts: 'known_district' };
  const triggers = Object.entries(everything).map(([name, audited]) => {
    const table = tables.get(name);
    if (!table) throw new Error(`The table ${name} is declared as audited and is not there`);
    const { by = [], secret = [], masked = [], digest = [] } = audited;
    for (const column of [...by, ...secret, ...masked, ...digest])
      if (!table.columns.has(column)) throw new Error(`The table ${name} has no column ${column}`);
    return triggersOf(name, table, audited, places);
  });
  const kept = Object.keys(everything).map((name) => `audit_of_${name}`);
  await database.transaction(async (manager) => {
    const old: { name: string }[] = await manager.query(
      `SELECT quote_ident(proname) AS name FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'audit\\_of\\_%' AND proname <> ALL ($1)`,
      [kept],
    );
    for (const { name } of old) await manager.query(`DROP FUNCTION ${name}() CASCADE`);
    for (const sql of triggers) await manager.query(sql);
  });
}

const EVENTS = ['audit_insert', 'audit_update', 'audit_delete', 'audit_truncate'];

/** What of the declaration does not hold in the database: tables that nobody decided about, triggers that are gone or switched off. */
export async function auditGaps(database: DataSource, declaration: AuditDeclaration): Promise<string[]> {
  const everything = { ...AUDITED_EVERYWHERE, ...declaration.audited };
  const exempt = { ...EXEMPT_EVERYWHERE, ...declaration.exempt };
  const triggers: { name: string }[] = await database.query(
    `SELECT tgrelid::regclass::text || '.' || tgname AS name FROM pg_trigger
     WHERE NOT tgisinternal AND tgenabled = 'O' AND tgname = ANY (ARRAY[${list(EVENTS)}])`,
  );
  const there = new Set(triggers.map(({ name }) => name.replaceAll('"', '')));
  return [...(await tablesOf(database)).keys()].sort().flatMap((name) => {
    if (name in everything && name in exempt) return [`${name} is both audited and exempt`];
    if (name in everything)
      return EVENTS.filter((event) => !there.has(`${name}.${event}`)).map(
        (event) => `${name} has no working trigger ${event}`,
      );
    return name in exempt ? [] : [`${name} is neither audited nor exempt`];
  });
}
