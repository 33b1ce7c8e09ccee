import { z } from 'zod';
import { ask } from './ask.ts';
import { oneLine } from './fields.ts';
import { districtCode, fact, instant, SERVICES, type ServiceName } from './fact.ts';

/** Who changed something: a person, a reaction to a fact, the passing of time, an operator's command, or a role of the database by hand. */
export const AUDIT_ACTORS = ['person', 'reaction', 'clock', 'operator', 'role'] as const;
/** What happened to a row; `emptied`: the whole table was. */
export const AUDIT_CHANGES = ['added', 'changed', 'removed', 'emptied'] as const;

/** One change of one row, as the audit trail of its service has it. */
const auditEntry = z.object({
  service: z.enum(SERVICES),
  /** Counts up within the service; numbers may be missing, of changes that were taken back. */
  number: z.string(),
  at: instant,
  /** Zone of the district that the thing belongs to; null where it belongs to none. */
  timeZone: z.string().nullable(),
  actor: z.enum(AUDIT_ACTORS),
  /** The person behind it, also behind the fact of a reaction. */
  personId: z.uuid().nullable(),
  personName: z.string().nullable(),
  /** The session, or of a guest the link. */
  sessionId: z.uuid().nullable(),
  /** Not a person but a guest, who came by a link. */
  byGuest: z.boolean(),
  /** Role of the database that wrote it. */
  role: z.string(),
  /** Request, durable of the reader, or operator's command. */
  operation: z.string().nullable(),
  commandId: z.uuid().nullable(),
  factId: z.uuid().nullable(),
  correlationId: z.string().nullable(),
  /** The thing whose history it belongs to. */
  record: z.object({ kind: z.string(), id: z.string() }),
  /** The row that changed: its table, and its key. */
  part: z.string(),
  partKey: z.string(),
  change: z.enum(AUDIT_CHANGES),
  districtCode: districtCode.nullable(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  /** Columns that changed (all of a row that was added or removed), as they were and as they are. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** The seal that covers it; null: it is not sealed yet, which takes some seconds. */
  seal: z.int().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** After which entry, newest first, a page begins: those of an instant have the order of their numbers. */
const after = z
  .object({ at: instant, number: z.stringFormat('digits', /^\d{1,18}$/) })
  .nullable()
  .default(null);
/** A thing by the name that it has in global ids, and its key. */
const thing = { kind: oneLine(50), id: oneLine(200) };
const auditPage = { first: z.int().min(1).max(200).default(50), after };
const entries = z.object({
  items: z.array(auditEntry),
  /** False: the next page has more. A page may be shorter than asked for, where its entries are large. */
  last: z.boolean(),
  /** Null: more than 10,000. */
  totalCount: z.int().nonnegative().nullable(),
});

/** What every service tells of its audit trail. */
const audit = (service: ServiceName) => ({
  AuditSealed: fact(
    `lokmin.${service}.audit.sealed.v1`,
    `A batch of the audit trail of ${service} is sealed; another service keeps the seal, so that it cannot be made anew unseen`,
    {
      seal: z.int().positive(),
      /** The last number that it covers; the first one follows that of the seal before. */
      untilNumber: z.string(),
      entries: z.int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    },
  ),
  ListAudit: ask(
    service,
    'list-audit',
    'Who changed what in a district or a unit, newest first',
    {
      districtCode,
      unitId: z.uuid().nullable().default(null),
      /** Only what this person did. */
      personId: z.uuid().nullable().default(null),
      record: z.object(thing).nullable().default(null),
      from: instant.nullable().default(null),
      /** Without this instant itself. */
      until: instant.nullable().default(null),
      ...auditPage,
    },
    entries,
  ),
  ListHistory: ask(
    service,
    'list-history',
    'How one thing came to be what it is, newest first',
    { ...thing, ...auditPage },
    entries,
  ),
});

export const AUDIT = Object.fromEntries(SERVICES.map((service) => [service, audit(service)])) as Record<
  ServiceName,
  ReturnType<typeof audit>
>;

/** The service that keeps the seals of another one. */
export const witnessOf = (service: ServiceName): ServiceName =>
  SERVICES[(SERVICES.indexOf(service) + 1) % SERVICES.length]!;
export const isAuditSeal = (type: string): boolean => type.endsWith('.audit.sealed.v1');
