import { globalId, ListCoachingGroups, type AskReply } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { asGraphQLError } from '../graphql/errors.ts';
import { YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Node } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import {
  District,
  DistrictIndicatorPart,
  DistrictOverview,
  indicatorAcross,
  parseDistrictCode,
} from './district.api.ts';

type Group = AskReply<typeof ListCoachingGroups>['items'][number];

@ObjectType({
  implements: () => [Node],
  description: 'Puskesmas of a district that one team of its office coaches (TPCB); no klaster of services.',
})
export class CoachingGroup implements Node {
  readonly __typename = 'CoachingGroup';
  id: string;
  @Field({ description: 'Given by the district.' }) code: string;
  @Field() name: string;
  @Field() districtCode: string;
  @Field(() => [Puskesmas]) puskesmas: Puskesmas[];
  readonly coachingGroupId: string;

  constructor({ coachingGroupId, code, name, districtCode, units }: Group) {
    this.id = globalId('CoachingGroup', coachingGroupId);
    this.code = code;
    this.name = name;
    this.districtCode = districtCode;
    this.puskesmas = units.map((unit) => new Puskesmas(unit));
    this.coachingGroupId = coachingGroupId;
  }
}

/** A coaching group has what a district has, of its own puskesmas. */
@Resolver(() => CoachingGroup)
export class CoachingGroupApi {
  constructor(private readonly services: Services) {}

  @Query(() => CoachingGroup, {
    nullable: true,
    description: 'By the code that its district gave it; null when unknown or not visible.',
  })
  @Extensions({ asks: 1 })
  async coachingGroup(
    @Args('district') district: string,
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<CoachingGroup | null> {
    const districtCode = parseDistrictCode(district, 'district');
    const groups = await this.#list(context, { districtCode, coachingGroupId: null });
    return groups.find((group) => group.code === code) ?? null;
  }

  /** @throws GraphQLError of a known code */
  async find(context: RequestContext, coachingGroupId: string): Promise<CoachingGroup | null> {
    const [group] = await this.#list(context, { districtCode: null, coachingGroupId });
    return group ?? null;
  }

  @ResolveField(() => DistrictOverview)
  @Extensions({ asks: 4 })
  overview(
    @Parent() { districtCode, coachingGroupId }: CoachingGroup,
    @Args('period', { type: () => YearMonth }) period: string,
  ): DistrictOverview {
    return { districtCode, coachingGroupId, period };
  }

  @ResolveField(() => DistrictIndicatorPart)
  @Extensions({ asks: 1 })
  indicator(
    @Parent() { districtCode, coachingGroupId }: CoachingGroup,
    @Args('period', { type: () => YearMonth }) period: string,
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<DistrictIndicatorPart> {
    return indicatorAcross(this.services, context, { districtCode, coachingGroupId, period, code });
  }

  /** Those of which the caller may see every puskesmas. */
  async of(context: RequestContext, { code }: District): Promise<CoachingGroup[]> {
    return this.#list(context, { districtCode: code, coachingGroupId: null });
  }

  async #list(
    context: RequestContext,
    which: { districtCode: string | null; coachingGroupId: string | null },
  ): Promise<CoachingGroup[]> {
    try {
      const { items } = await this.services.query(context, ListCoachingGroups, which);
      for (const { districtCode } of items) context.composing.districts.add(districtCode);
      return items.map((group) => new CoachingGroup(group));
    } catch (error) {
      throw asGraphQLError(error);
    }
  }
}

@Resolver(() => District)
export class CoachingGroupsApi {
  constructor(private readonly groups: CoachingGroupApi) {}

  @ResolveField(() => [CoachingGroup], {
    description: 'Of which the caller may see every puskesmas, in order of code.',
  })
  @Extensions({ asks: 1 })
  coachingGroups(@Parent() district: District, @Context() context: RequestContext): Promise<CoachingGroup[]> {
    return this.groups.of(context, district);
  }
}
