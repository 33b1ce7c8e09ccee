import { z } from 'zod';

/** The services that own data. A fact or request belongs to exactly one of them. */
export const SERVICES = ['directory', 'indicators', 'meetings', 'actions', 'notifications'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Streams that carry facts. `REFERENCE` keeps the newest message of each subject for ever, `FACTS` expires. */
export const FACTS_STREAM = 'LOKMIN_FACTS';
export const REFERENCE_STREAM = 'LOKMIN_REFERENCE';

/** A message never exceeds this many bytes; larger content is paged or travels as a file over HTTP. */
export const MESSAGE_LIMIT_BYTES = 512 * 1024;

/** A district code as Kemendagri writes it, for example `19.06`. */
export const districtCode = z.stringFormat('district-code', /^\d{2}\.\d{2}$/);
/** A reporting month, for example `2024-12`; of the years 1900-2199, so that the months around it exist too. */
export const period = z.stringFormat('period', /^(19|2[01])\d\d-(0[1-9]|1[0-2])$/);
/** An exact decimal written with a point; never a binary float. */
export const decimal = z.stringFormat('decimal', /^-?\d{1,30}(\.\d{1,30})?$/);
/** An instant, ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });
/** A calendar day in the unit's own time zone. */
export const day = z.iso.date();

/** What every fact carries around its data: CloudEvents 1.0 names with Lokmin's extensions. */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  /** Identity of the fact (UUID version 7): an effect happens once for it. */
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  /** The aggregate that the fact is about, by its id. */
  subject: z.string(),
  /** When it happened, by the announcing service's clock. */
  time: instant,
  districtcode: districtCode.nullable(),
  unitid: z.uuid().nullable(),
  /** Counts up with every change of the aggregate, from 1: for whole-state facts the highest one wins. */
  revision: z.int().positive(),
  /** The person, or guest, who caused it, or null when time or the system did. */
  actor: z.uuid().nullable(),
  /** The same for everything that one request set off, through all services. */
  correlationid: z.string(),
  /** The fact that caused this one, or null. */
  causationid: z.uuid().nullable(),
  /** W3C trace context, or null. */
  traceparent: z.string().nullable(),
});
export type Envelope = z.infer<typeof envelope>;

/** A kind of fact that a service promises to announce. */
export interface FactType<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly service: ServiceName;
  /** What it means, in one sentence, for the catalogue. */
  readonly meaning: string;
  readonly stream: typeof FACTS_STREAM | typeof REFERENCE_STREAM;
  readonly data: Data;
}

/** A fact as its readers get it. */
export type Fact<F extends FactType = FactType> =
  F extends FactType<infer Type, infer Data>
    ? Omit<Envelope, 'type'> & { type: Type; data: z.infer<Data> }
    : never;

const serviceOf = (type: string, position: number): ServiceName => {
  const service = type.split('.')[position] as ServiceName;
  if (!SERVICES.includes(service)) throw new Error(`Unknown service in the subject ${type}`);
  return service;
};

/** Declares something that happened. Subject = type = `lokmin.<service>.<noun>.<past-tense>.v<major>`. */
export function fact<
  Type extends `lokmin.${ServiceName}.${string}.${string}.v${number}`,
  Shape extends z.ZodRawShape,
>(type: Type, meaning: string, shape: Shape): FactType<Type, z.ZodObject<Shape>> {
  return { type, service: serviceOf(type, 1), meaning, stream: FACTS_STREAM, data: z.object(shape) };
}

/**
 * Declares reference state: the whole present state of one thing, on a subject of its own
 * (`lokmin.ref.<service>.<noun>.<id>`), of which the stream keeps the newest.
 */
export function reference<Type extends `lokmin.ref.${ServiceName}.${string}`, Shape extends z.ZodRawShape>(
  type: Type,
  meaning: string,
  shape: Shape,
): FactType<Type, z.ZodObject<Shape>> {
  return { type, service: serviceOf(type, 2), meaning, stream: REFERENCE_STREAM, data: z.object(shape) };
}

/** The NATS subject of one fact: its type, and for reference state the id of the thing behind it (`19.06` becomes `19_06`). */
export const subjectOf = (fact: Pick<FactType, 'type' | 'stream'>, aggregateId: string): string =>
  fact.stream === REFERENCE_STREAM ? `${fact.type}.${aggregateId.replaceAll('.', '_')}` : fact.type;
