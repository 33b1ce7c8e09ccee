import { mayDoToday, mayKnowToday } from '@lokmin/access';
import {
  CoachingGroupState,
  BundleState,
  DistrictState,
  FACTS,
  MessageDelivered,
  PostState,
  REFERENCE_STREAM,
  UnitState,
  unknownDistrict,
} from '@lokmin/contracts';
import type { Clock } from '@lokmin/calendar';
import { Inject } from '@nestjs/common';
import { Args, Context, Field, ObjectType, Resolver, Subscription } from '@nestjs/graphql';
import type { HeldPost } from '../access/posts.ts';
import { Posts } from '../access/posts.ts';
import { parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { asGraphQLError } from '../graphql/errors.ts';
import { Instant, YearMonth } from '../graphql/scalars.ts';
import { CLOCK } from '../graphql/services.ts';
import { seenOf } from '../kept/seen.ts';
import { Facts, type HeardFact } from './facts.ts';
import { channel } from './channel.ts';

@ObjectType({ description: 'Ask again for what is shown.' })
export class DistrictChange {
  @Field() districtCode: string;
  @Field(() => String, { nullable: true }) puskesmasCode: string | null;
  @Field(() => YearMonth, { nullable: true }) period: string | null;
  @Field({
    description:
      '`connected` first; then `values.recorded`, `evaluation.submitted`, `action.readied`, ... as the facts are named, `unit.changed` and the like for reference data; `resync`: something may have been missed.',
  })
  kind: string;
  @Field(() => Instant) at: string;
  @Field(() => String, {
    nullable: true,
    description:
      'To be sent as `Lokmin-Seen` with what is asked then, also to another replica; null where nothing has changed yet.',
  })
  seen: string | null;
}
@ObjectType()
export class InboxChange {
  @Field({ description: '`connected` first; `message.delivered`; `resync`: something may have been missed.' })
  kind: string;
  @Field(() => Instant) at: string;
}

/** Reference state that a page shows. People change too often to tell a whole district. */
const SHOWN = new Set<string>([UnitState.type, DistrictState.type, BundleState.type]);
const REFERENCE = new Set(FACTS.filter(({ stream }) => stream === REFERENCE_STREAM).map(({ type }) => type));

/** Subscriptions; they are served over SSE only (live.door.ts). */
@Resolver()
export class LiveApi {
  constructor(
    private readonly facts: Facts,
    private readonly posts: Posts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Subscription(() => DistrictChange, {
    resolve: (change: DistrictChange) => change,
    description: 'Something of this district changed. The first event says that the subscription stands.',
  })
  async districtChanged(
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<AsyncIterableIterator<DistrictChange>> {
    const districtCode = parseDistrictCode(code);
    const told = (kind: string): DistrictChange => ({
      districtCode,
      puskesmasCode: null,
      period: null,
      kind,
      at: new Date().toISOString(),
      seen: null,
    });
    const changes = channel<DistrictChange>();
    const early: HeardFact[] = [];
    let reach: ((fact: HeardFact) => boolean) | null = null;
    const tell = (fact: HeardFact) => {
      if (!reach) return void early.push(fact);
      if (!reach(fact)) return;
      const change = changeOf(fact, districtCode, this.clock.now().getTime());
      if (change) changes.push(change);
    };
    // Listens before it asks: posts that change meanwhile end it too.
    const silence = this.facts.listen({
      onFact: (fact) => {
        if (
          fact.type === PostState.type &&
          (fact.data as { personId: string }).personId === context.caller?.personId
        )
          return changes.end(); // the client subscribes again, with the posts it has then
        if (fact.type === CoachingGroupState.type && fact.districtcode === districtCode) return changes.end();
        if (fact.districtcode === districtCode) tell(fact);
      },
      onGap: () => {},
      onHeardAgain: () => {
        this.#reach(context, districtCode).then(
          (now) => {
            reach = now;
            changes.push(told('resync'));
          },
          () => changes.end(), // the client subscribes again and hears what is wrong
        );
      },
    });
    changes.onEnd(silence);
    changes.push(told('connected'));
    try {
      reach = await this.#reach(context, districtCode);
    } catch (error) {
      changes.end();
      throw error;
    }
    early.forEach(tell);
    return changes;
  }

  @Subscription(() => InboxChange, { resolve: (change: InboxChange) => change })
  inboxChanged(@Context() context: RequestContext): AsyncIterableIterator<InboxChange> {
    const { personId } = context.caller!;
    const told = (kind: string, at = new Date().toISOString()): InboxChange => ({ kind, at });
    const changes = channel<InboxChange>();
    changes.push(told('connected'));
    const silence = this.facts.listen({
      onFact: ({ type, data, time }) => {
        if (type === MessageDelivered.type && (data as { personId: string }).personId === personId)
          changes.push(told('message.delivered', time));
      },
      onGap: () => {},
      onHeardAgain: () => changes.push(told('resync')),
    });
    changes.onEnd(silence);
    return changes;
  }

  /**
   * What of the district the caller's posts reach: the district office all of it, a coaching team those of its group, a
   * puskesmas its own changes.
   * @throws GraphQLError `NOT_FOUND` where they hold no post; `SERVICE_UNAVAILABLE` while the directory is away
   */
  async #reach(context: RequestContext, districtCode: string): Promise<(fact: HeardFact) => boolean> {
    let posts: readonly HeldPost[];
    try {
      posts = await this.posts.of(context.caller!);
    } catch (error) {
      throw asGraphQLError(error);
    }
    // The directory names the posts of today, by the district's own calendar.
    if (mayDoToday(posts, 'district.view', { districtCode })) return () => true;
    const units = new Set(
      posts
        .flatMap(({ unitId, coaches }) => [unitId, ...coaches])
        .filter((unitId) => mayDoToday(posts, 'unit.view', { districtCode, unitId })),
    );
    if (!mayKnowToday(posts, { districtCode })) throw asGraphQLError(unknownDistrict(districtCode));
    return ({ unitid, type }) => (unitid === null ? SHOWN.has(type) : units.has(unitid));
  }
}

function changeOf(fact: HeardFact, districtCode: string, now: number): DistrictChange | null {
  if (fact.type === MessageDelivered.type) return null; // somebody's own
  const isReference = REFERENCE.has(fact.type);
  if (isReference && !SHOWN.has(fact.type)) return null;
  const words = fact.type.split('.');
  const { unitCode, period, dataPeriod } = fact.data as Partial<
    Record<'unitCode' | 'period' | 'dataPeriod', string>
  >;
  return {
    districtCode,
    puskesmasCode: unitCode ?? null,
    period: period ?? dataPeriod ?? null,
    kind: isReference ? `${words[3]}.changed` : `${words[2]}.${words[3]}`,
    at: fact.time,
    seen: seenOf(fact, now),
  };
}
