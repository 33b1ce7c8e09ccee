import {
  AUDIT,
  invalidInput,
  parseGlobalId,
  problem,
  Refusal,
  SERVICES,
  type ServiceName,
} from '@lokmin/contracts';
import { ServiceUnavailable } from '@lokmin/messaging';
import {
  Args,
  ArgsType,
  Context,
  Extensions,
  Field,
  ID,
  Int,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Action } from '../action/action.types.ts';
import { parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { badInput } from '../graphql/errors.ts';
import { keyOf, uuidOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Evaluation } from '../indicator/indicator.types.ts';
import { Meeting } from '../meeting/meeting.types.ts';
import { AuditPart, AuditService, toEntry } from './audit.types.ts';
import { parsePlace, readTrail, writePlace } from './trail.ts';

const MOST = 200;

@ArgsType()
class AuditArguments {
  @Field({ description: '`19.06` or `1906`.' }) district: string;
  @Field(() => String, { nullable: true, description: 'Registration number: only of this puskesmas.' })
  puskesmas?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only what this person, or guest, did.' }) person?:
    string | null;
  @Field(() => ID, { nullable: true, description: 'Only the history of this thing, by its id.' })
  record?: string | null;
  @Field(() => Instant, { nullable: true }) from?: string | null;
  @Field(() => Instant, { nullable: true, description: 'Without this instant itself.' }) until?:
    string | null;
  @Field(() => [AuditService], { nullable: true, description: 'Left out: all.' }) services?:
    ServiceName[] | null;
  @Field(() => Int, { nullable: true, defaultValue: 50 }) first: number;
  @Field(() => String, { nullable: true }) after?: string | null;
}

/** Who changed what. */
@Resolver()
export class AuditApi {
  constructor(private readonly services: Services) {}

  @Query(() => AuditPart, {
    description:
      'Who changed what, newest first, from the trails of all services; for auditors and administrators of the district, and for the head of a puskesmas with `puskesmas`.',
  })
  @Extensions({ asks: 6 })
  async audit(
    @Args() { district, puskesmas, person, record, from, until, services, first, after }: AuditArguments,
    @Context() context: RequestContext,
  ): Promise<AuditPart> {
    const districtCode = parseDistrictCode(district, 'district');
    const place = after ? parsePlace(after) : null;
    if (after && !place) throw badInput('after', problem('format.cursor'));
    if ((first ?? 50) < 1) throw badInput('first', problem('too-small', { n: 1 }));
    if ((first ?? 50) > MOST) throw badInput('first', problem('too-large', { n: MOST }));
    const { reply, ...part } = await this.services.part(
      context,
      (async () => {
        const unit = puskesmas ? await this.services.unitByCode(context, puskesmas) : null;
        if (puskesmas && !unit)
          throw new Refusal('not-found', { what: `Puskesmas ${puskesmas}` }, 'puskesmas');
        const asked = {
          districtCode,
          unitId: unit?.unitId ?? null,
          personId: person ? (uuidOf('Guest', person) ?? keyOf('Person', person, 'person')) : null,
          record: record ? thingOf(record) : null,
          from: from ?? null,
          until: until ?? null,
        };
        return readTrail(
          services?.length ? [...new Set(services)] : SERVICES,
          first ?? 50,
          place,
          async (service, page) => {
            try {
              return await this.services.query(context, AUDIT[service].ListAudit, { ...asked, ...page });
            } catch (error) {
              if (!(error instanceof ServiceUnavailable)) throw error;
              context.composing.partial = true;
              return null;
            }
          },
        );
      })(),
    );
    if (!reply) return part;
    const nodes = reply.items.map(toEntry);
    return {
      ...part,
      nodes,
      edges: nodes.map((node, i) => ({ node, cursor: writePlace(reply.items[i]!) })),
      pageInfo: { hasNextPage: reply.next !== null, endCursor: reply.next && writePlace(reply.next) },
      totalCount: reply.totalCount,
      missing: reply.missing,
    };
  }
}

const A_THING = { id: 'data', en: 'a thing' };

/** @throws Refusal `input.invalid` */
function thingOf(id: string): { kind: string; id: string } {
  const parsed = parseGlobalId(id);
  if (!parsed) throw invalidInput('record', problem('format.id', { thing: A_THING }));
  return { kind: parsed.type, id: parsed.key };
}

const HISTORY = { description: 'How it came to be what it is (riwayat): each change, newest first.' };

/** The histories of things, where the things are shown. Each service decides by the unit of the thing. */
@Resolver(() => Meeting)
export class MeetingTrailApi {
  constructor(private readonly services: Services) {}

  @ResolveField('trail', () => AuditPart, HISTORY)
  @Extensions({ asks: 1 })
  trail(
    @Parent() { meetingId }: Meeting,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<AuditPart> {
    return historyOf(this.services, context, 'meetings', 'Meeting', meetingId, first, after);
  }
}

@Resolver(() => Action)
export class ActionTrailApi {
  constructor(private readonly services: Services) {}

  @ResolveField('trail', () => AuditPart, HISTORY)
  @Extensions({ asks: 1 })
  trail(
    @Parent() { id }: Action,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<AuditPart> {
    return historyOf(this.services, context, 'actions', 'Action', keyOf('Action', id, 'id'), first, after);
  }
}

@Resolver(() => Evaluation)
export class EvaluationTrailApi {
  constructor(private readonly services: Services) {}

  @ResolveField('trail', () => AuditPart, HISTORY)
  @Extensions({ asks: 1 })
  trail(
    @Parent() { id }: Evaluation,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<AuditPart> {
    const key = keyOf('Evaluation', id, 'id');
    return historyOf(this.services, context, 'indicators', 'Evaluation', key, first, after);
  }
}

async function historyOf(
  services: Services,
  context: RequestContext,
  service: ServiceName,
  kind: string,
  id: string,
  first: number,
  after: string | null,
): Promise<AuditPart> {
  let count: number | null = null;
  const { reply, ...part } = await services.part(
    context,
    readPage(
      { first: first ?? 50, after },
      async (page) => {
        const from = page.after === null ? null : parsePlace(page.after);
        if (page.after !== null && !from) throw badInput('after', problem('format.cursor'));
        const { items, last, totalCount } = await services.query(context, AUDIT[service].ListHistory, {
          kind,
          id,
          first: page.first,
          after: from && { at: from.at, number: from.number },
        });
        count = totalCount;
        return { items, next: last ? null : writePlace(items.at(-1)!), totalCount: totalCount ?? 0 };
      },
      toEntry,
    ),
  );
  return { ...part, ...reply, totalCount: count };
}
