import { Readable } from 'node:stream';
import {
  AUDIT,
  FindUnit,
  invalidInput,
  problem,
  Refusal,
  SERVICES,
  type AuditEntry,
} from '@lokmin/contracts';
import { askService, ServiceUnavailable, withCause, type Bus, type Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { atOf } from '../audit/audit.types.ts';
import { readTrail, type Place } from '../audit/trail.ts';
import type { GatewayConfig } from '../config.ts';
import { causeOf, type DoorParts } from '../graphql/door.ts';
import { languageOf, type Language } from '../graphql/text.ts';
import { keyOf } from '../graphql/ids.ts';
import { admit, refuse } from './forward.ts';

export const AUDIT_PATH = '/files/audit';
const PAGE = 200;

const question = z.object({
  district: z.string().regex(/^\d{2}\.?\d{2}$/),
  puskesmas: z
    .string()
    .regex(/^\d{7}$/)
    .optional(),
  person: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

const STATUS: Record<string, number> = {
  'access.signed-out': 401,
  'access.forbidden': 403,
  'not-found': 404,
};

/** What each part of the question looks like. */
const FORMS = {
  district: 'format.district-code',
  puskesmas: 'format.unit-code',
  person: 'wrong-type.text',
  from: 'format.datetime',
  until: 'format.datetime',
} as const;

const COLUMNS: Record<Language, readonly string[]> = {
  id: 'waktu;zona;layanan;nomor;pelaku;nama;id_orang;sesi;peran_basis_data;perintah;id_perintah;id_fakta;korelasi;jenis;id;tabel;kunci;perubahan;kabupaten;unit;sebelum;sesudah;segel'.split(
    ';',
  ),
  en: 'time;zone;service;number;actor;name;person_id;session;database_role;operation;command_id;fact_id;correlation;kind;id;table;key;change;district;unit;before;after;seal'.split(
    ';',
  ),
};

/** One cell: quoted where it must be, and never taken for a formula by a spreadsheet. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(';')}\r\n`;
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const row = (entry: AuditEntry): string =>
  line([
    atOf(entry),
    entry.timeZone,
    entry.service,
    entry.number,
    entry.actor,
    entry.personName,
    entry.personId,
    entry.sessionId,
    entry.role,
    entry.operation,
    entry.commandId,
    entry.factId,
    entry.correlationId,
    entry.record.kind,
    entry.record.id,
    entry.part,
    entry.partKey,
    entry.change,
    entry.districtCode,
    entry.unitName,
    json(entry.before),
    json(entry.after),
    entry.seal,
  ]);

/**
 * `GET /files/audit?district=19.06[&puskesmas=<registration number>][&person=<id of a Person>][&from=...][&until=...]`: the
 * audit trail of all services as CSV, newest first, with semicolons and a byte order mark. A trail that does not answer
 * makes it fail: an export is whole, or it is broken off.
 */
export function openAuditDoor(
  server: FastifyInstance,
  parts: Pick<DoorParts, 'tokens' | 'rate'>,
  bus: Bus,
  config: GatewayConfig,
  log: Log,
): void {
  server.get(AUDIT_PATH, async (request, reply) => {
    const admitted = await admit(request, reply, parts);
    if (!admitted) return reply;
    const { caller } = admitted;
    const asked = question.safeParse(request.query);
    if (!asked.success) {
      const field = String(asked.error.issues[0]!.path[0]) as keyof typeof FORMS;
      return refuse(reply, 422, invalidInput(field, problem(FORMS[field])));
    }
    const options = { token: caller.token, deadlineMs: config.LOKMIN_QUERY_DEADLINE_MS };
    const language = languageOf(request.headers['accept-language']);
    const cause = causeOf(request, caller);
    const { district, puskesmas, person, from = null, until = null } = asked.data;

    const read = async (input: { unitId: string | null; personId: string | null }, after: Place | null) =>
      withCause(cause, () =>
        readTrail(SERVICES, PAGE, after, (service, page) =>
          askService(
            bus,
            AUDIT[service].ListAudit,
            { districtCode: `${district.slice(0, 2)}.${district.slice(-2)}`, ...input, from, until, ...page },
            options,
          ),
        ),
      );
    try {
      const personId = person ? keyOf('Person', person, 'person') : null;
      const unit = puskesmas
        ? (
            await withCause(cause, () =>
              askService(bus, FindUnit, { unitId: null, code: puskesmas }, options),
            )
          ).unit
        : null;
      if (puskesmas && !unit) throw new Refusal('not-found', { what: `Puskesmas ${puskesmas}` }, 'puskesmas');
      const input = { unitId: unit?.unitId ?? null, personId };
      const first = await read(input, null); // what is refused is refused before anything is sent
      async function* lines(): AsyncGenerator<string> {
        yield `\uFEFF${line(COLUMNS[language])}`;
        for (let page = first; ; page = await read(input, page.next)) {
          yield page.items.map(row).join('');
          if (!page.next) return;
        }
      }
      const file = Readable.from(lines());
      file.on('error', (error) =>
        log.warn(
          { err: error, correlationId: admitted.correlationId },
          'an export of the audit trail broke off',
        ),
      );
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit-${district}.csv"`)
        .header('cache-control', 'private, no-store')
        .send(file);
    } catch (error) {
      if (error instanceof ServiceUnavailable)
        return refuse(reply, 503, new Refusal('service.unavailable', { service: error.service }));
      if (!(error instanceof Refusal)) throw error;
      return refuse(reply, STATUS[error.code] ?? 422, error);
    }
  });
}
