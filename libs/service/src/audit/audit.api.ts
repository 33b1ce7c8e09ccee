import {
  AUDIT,
  MESSAGE_LIMIT_BYTES,
  type AskInput,
  type AskReply,
  type ServiceName,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Roster } from '../roster.ts';
import type { AuditDeclaration } from './declaration.ts';

type Asks = (typeof AUDIT)[ServiceName];
type Page = AskReply<Asks['ListAudit']>;
type After = AskInput<Asks['ListAudit']>['after'];

/** Entries are counted up to here. */
const COUNTED = 10_000;
/** A page ends before its entries fill a message. */
const PAGE_BYTES = MESSAGE_LIMIT_BYTES - 64 * 1024;
/** Of the things of a person, who is in no district for ever: where the person holds or held a post. */
const OF_DISTRICT = [
  'entry.district_code = $1',
  `entry.district_code IS NULL AND entry.record_kind = 'Person'
   AND entry.record_id IN (SELECT person_id::text FROM known_post WHERE known_post.district_code = $1)`,
  // What became of a fact that belongs to no district or cannot be read is the business of all.
  `entry.district_code IS NULL AND entry.record_kind = 'DeadLetter'`,
];

/** What a service tells of its audit trail, to those who may know. */
export function auditApi(service: ServiceName, { audited }: AuditDeclaration): Type {
  const asks = AUDIT[service];
  const unshown = Object.keys(audited).filter((table) => audited[table]!.unshown);

  @Controller()
  class AuditApi {
    constructor(
      @Inject(DataSource) private readonly database: DataSource,
      @Inject(Roster) private readonly roster: Roster,
    ) {}

    @Answers(asks.ListAudit)
    async listAudit({
      districtCode,
      unitId,
      personId,
      record,
      from,
      until,
      first,
      after,
    }: AskInput<Asks['ListAudit']>): Promise<Page> {
      await this.roster.demand('audit.view', { districtCode, ...(unitId && { unitId }) });
      return this.#page(
        OF_DISTRICT,
        `($2::uuid IS NULL OR entry.unit_id = $2) AND ($3::uuid IS NULL OR entry.person_id = $3)
         AND ($4::text IS NULL OR entry.record_kind = $4 AND entry.record_id = $5)
         AND ($6::timestamptz IS NULL OR entry.at >= $6) AND ($7::timestamptz IS NULL OR entry.at < $7)`,
        [districtCode, unitId, personId, record?.kind ?? null, record?.id ?? null, from, until],
        first,
        after,
      );
    }

    /** Whoever may see the thing, and who works there, may see how it came to be; a thing without a unit shows its history in the trail only. */
    @Answers(asks.ListHistory)
    async listHistory({ kind, id, first, after }: AskInput<Asks['ListHistory']>): Promise<Page> {
      const [place] = await this.database.query(
        `SELECT district_code AS "districtCode", unit_id AS "unitId" FROM audit_entry
         WHERE record_kind = $1 AND record_id = $2 AND unit_id IS NOT NULL ORDER BY at DESC, number DESC LIMIT 1`,
        [kind, id],
      );
      if (!place || !(await this.roster.may('people.view', place)))
        return { items: [], last: true, totalCount: 0 };
      const page = await this.#page(
        ['entry.record_kind = $1 AND entry.record_id = $2'],
        'entry.part <> ALL ($3)',
        [kind, id, unshown],
        first,
        after,
      );
      return { ...page, items: page.items.map((entry) => ({ ...entry, sessionId: null })) };
    }

    /** @param ways conditions that exclude each other, each in an order that an index has */
    async #page(
      ways: readonly string[],
      condition: string,
      parameters: unknown[],
      first: number,
      after: After,
    ): Promise<Page> {
      const n = parameters.length;
      const begins = `($${n + 1}::timestamptz IS NULL OR (at, number) < ($${n + 1}, $${n + 2}::bigint))`;
      const order = `ORDER BY entry.at DESC, entry.number DESC LIMIT $${n + 3}`;
      const rows: (Page['items'][number] & { at: Date | string })[] = await this.database.query(
        `SELECT '${service}' AS service, entry.number::text, entry.at, entry.time_zone AS "timeZone", actor, entry.person_id AS "personId",
           coalesce(person.name, guest.name || ' (' || guest.office || ')') AS "personName", session_id AS "sessionId",
           guest.guest_id IS NOT NULL AS "byGuest", role, operation, command_id AS "commandId",
           fact_id AS "factId", correlation_id AS "correlationId", json_build_object('kind', record_kind, 'id', record_id) AS record,
           part, part_key AS "partKey", change, entry.district_code AS "districtCode", entry.unit_id AS "unitId",
           unit.name AS "unitName", before, after,
           (SELECT seal FROM audit_seal WHERE until_number >= entry.number ORDER BY until_number LIMIT 1) AS seal
         FROM (${ways.map((way) => `(SELECT * FROM audit_entry AS entry WHERE ${way} AND ${condition} AND ${begins} ${order})`).join(' UNION ALL ')}) AS entry
         LEFT JOIN known_person AS person ON person.person_id = entry.person_id
         LEFT JOIN known_guest AS guest ON guest.guest_id = entry.person_id
         LEFT JOIN known_unit AS unit ON unit.unit_id = entry.unit_id
         ${order}`,
        [...parameters, after?.at ?? null, after?.number ?? null, first + 1],
      );
      const [{ count }] = await this.database.query(
        `SELECT count(*)::int FROM (
           ${ways.map((way) => `(SELECT FROM audit_entry AS entry WHERE ${way} AND ${condition} LIMIT ${COUNTED + 1})`).join(' UNION ALL ')}) AS found`,
        parameters,
      );
      const items: Page['items'] = [];
      let bytes = 0;
      for (const row of rows.slice(0, first)) {
        const item = { ...row, at: new Date(row.at).toISOString() };
        bytes += Buffer.byteLength(JSON.stringify(item));
        if (bytes > PAGE_BYTES && items.length > 0) break;
        items.push(item);
      }
      return { items, last: items.length === rows.length, totalCount: count > COUNTED ? null : count };
    }
  }
  return AuditApi;
}
