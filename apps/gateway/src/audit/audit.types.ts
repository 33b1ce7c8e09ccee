import { instantIn, isZone } from '@lokmin/calendar';
import { globalId, SERVICES, type AuditEntry as Entry, type ServiceName } from '@lokmin/contracts';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Instant } from '../graphql/scalars.ts';
import { PagePart } from '../graphql/text.ts';

/** The services by the names that they have in the schema. */
export const AuditService = Object.fromEntries(
  SERVICES.map((service) => [service.toUpperCase(), service]),
) as Record<Uppercase<ServiceName>, ServiceName>;
registerEnumType(AuditService, {
  name: 'AuditService',
  description: 'A service of the system, as the one in whose trail an entry stands.',
});

export enum AuditActor {
  PERSON = 'person',
  REACTION = 'reaction',
  CLOCK = 'clock',
  OPERATOR = 'operator',
  ROLE = 'role',
}
registerEnumType(AuditActor, {
  name: 'AuditActor',
  description: 'Who changed something.',
  valuesMap: {
    PERSON: { description: 'A person, by `operation`; null where nobody was signed in yet.' },
    REACTION: { description: 'A reaction to the fact `factId`, which the person caused.' },
    CLOCK: { description: 'Nobody: time passed.' },
    OPERATOR: { description: 'A command of an operator on the server.' },
    ROLE: { description: 'Somebody by hand in the database, past the application.' },
  },
});

export enum AuditChangeKind {
  ADDED = 'added',
  CHANGED = 'changed',
  REMOVED = 'removed',
  EMPTIED = 'emptied',
}
registerEnumType(AuditChangeKind, { name: 'AuditChangeKind', description: 'What happened to a row.' });

@ObjectType({ description: 'A column that is other than before. Null: it was or is empty.' })
export class AuditChange {
  @Field() field: string;
  @Field(() => String, { nullable: true, description: 'Text as it is, anything else as JSON.' })
  before: string | null;
  @Field(() => String, { nullable: true }) after: string | null;
}

@ObjectType({ description: 'One change of one row: who, when, what before and after.' })
export class AuditEntry {
  @Field(() => ID) id: string;
  @Field(() => AuditService) service: ServiceName;
  @Field({ description: 'Counts up within the service.' }) number: string;
  @Field(() => Instant, { description: 'With the offset of `timeZone`.' }) at: string;
  @Field(() => String, { nullable: true, description: 'Of the district; null where it belongs to none.' })
  timeZone: string | null;
  @Field(() => AuditActor) actor: AuditActor;
  @Field(() => ID, { nullable: true, description: 'A person, or a guest.' }) person: string | null;
  @Field(() => String, { nullable: true }) personName: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Where the person was signed in, or the link of the guest; in the trail only.',
  })
  session: string | null;
  @Field({ description: 'Role of the database that wrote it.' }) role: string;
  @Field(() => String, {
    nullable: true,
    description: 'The request, the reader of the fact, or the command of the operator.',
  })
  operation: string | null;
  @Field(() => ID, { nullable: true }) commandId: string | null;
  @Field(() => ID, { nullable: true }) factId: string | null;
  @Field(() => String, { nullable: true, description: 'The same for everything that one request set off.' })
  correlationId: string | null;
  @Field({ description: '`Meeting`, `Action`, `Evaluation`, `Value`, `Person`, ...' }) recordKind: string;
  @Field(() => ID, { description: 'The thing whose history this belongs to.' }) record: string;
  @Field({ description: 'The table of the row.' }) part: string;
  @Field({ description: 'The key of the row.' }) partKey: string;
  @Field(() => AuditChangeKind) change: AuditChangeKind;
  @Field(() => String, { nullable: true }) districtCode: string | null;
  @Field(() => String, { nullable: true }) unitName: string | null;
  @Field(() => [AuditChange], { description: 'In order of their names.' }) changes: AuditChange[];
  @Field(() => Int, { nullable: true, description: 'The seal that covers it; null for the first seconds.' })
  seal: number | null;
}
@ObjectType()
export class AuditEdge {
  @Field() cursor: string;
  @Field(() => AuditEntry) node: AuditEntry;
}
@ObjectType({ description: 'Newest first. `totalCount` is null above 10,000.' })
export class AuditPart extends PagePart {
  @Field(() => [AuditEntry], { nullable: true }) nodes?: AuditEntry[] | null;
  @Field(() => [AuditEdge], { nullable: true }) edges?: AuditEdge[] | null;
  @Field(() => [AuditService], {
    nullable: true,
    description: 'Services that did not answer: what they noted is not among these entries.',
  })
  missing?: readonly ServiceName[] | null;
}

/** An instant on the clocks of its zone, with the offset; in UTC where it has no zone. */
export const atOf = ({ at, timeZone }: Entry): string =>
  timeZone !== null && isZone(timeZone) ? instantIn(new Date(at), timeZone) : at;

const written = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export const toEntry = (entry: Entry): AuditEntry => {
  const { before, after } = entry;
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return {
    id: globalId('AuditEntry', `${entry.service}:${entry.number}`),
    service: entry.service,
    number: entry.number,
    at: atOf(entry),
    timeZone: entry.timeZone,
    actor: entry.actor as AuditActor,
    person: entry.personId && globalId(entry.byGuest ? 'Guest' : 'Person', entry.personId),
    personName: entry.personName,
    session: entry.sessionId && globalId(entry.byGuest ? 'GuestLink' : 'Session', entry.sessionId),
    role: entry.role,
    operation: entry.operation,
    commandId: entry.commandId,
    factId: entry.factId,
    correlationId: entry.correlationId,
    recordKind: entry.record.kind,
    record: globalId(entry.record.kind, entry.record.id),
    part: entry.part,
    partKey: entry.partKey,
    change: entry.change as AuditChangeKind,
    districtCode: entry.districtCode,
    unitName: entry.unitName,
    changes: fields.map((field) => ({
      field,
      before: written(before?.[field]),
      after: written(after?.[field]),
    })),
    seal: entry.seal,
  };
};
