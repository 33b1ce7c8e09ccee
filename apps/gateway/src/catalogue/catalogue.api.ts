import { DistrictTargets, SetTargets, type AskInput, type AskReply } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District, parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { Day, Decimal, Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import {
  Bundle,
  IndicatorDefinition,
  Running,
  TargetScope,
  TimedPart,
  toDefinition,
} from '../indicator/indicator.types.ts';

@ObjectType({
  description: 'One thing that is counted; a number is entered once and used by many indicators.',
})
export class DataElement {
  @Field() code: string;
  @Field() nameId: string;
  @Field() nameEn: string;
  @Field({ description: 'What is counted; only like is added to like.' }) unit: string;
  @Field(() => [String], {
    nullable: true,
    description: 'Elements that it is the sum of; null: it is entered.',
  })
  sumOf: string[] | null;
}
@ObjectType({
  description: 'kurang <= kurangAtMost < cukup < baikFrom <= baik, in percent of the running target.',
})
export class Bands {
  @Field(() => Decimal) kurangAtMost: string;
  @Field(() => Decimal) baikFrom: string;
}
@ObjectType({ description: 'A target beside the bundle.' })
class Target {
  @Field() indicatorCode: string;
  @Field(() => TargetScope) scope: TargetScope;
  @Field({ description: 'The puskesmas that it is for; empty for the whole district.' }) forName: string;
  @Field(() => Int, {
    nullable: true,
    description: '1-12: to be reached by the end of that month; null: of the year.',
  })
  month: number | null;
  @Field(() => Decimal, { description: 'In the unit of the indicator.' }) value: string;
  @Field(() => Running, { nullable: true }) running: Running | null;
  @Field(() => [Decimal], { nullable: true, description: 'Percent of it due by the end of each month.' })
  curve: string[] | null;
  @Field({ description: 'The document that says so.' }) source: string;
  @Field() approvedBy: string;
  @Field(() => Day) approvedOn: string;
  @Field() setByName: string;
  @Field(() => Instant) setAt: string;
}
@ObjectType({
  description: 'The indicators of a district and year, with the targets that were set beside them.',
})
class CataloguePart extends TimedPart {
  @Field(() => Bundle, { nullable: true, description: 'Null: none is published for the year.' })
  bundle?: Bundle | null;
  @Field(() => Bands, { nullable: true }) bands?: Bands | null;
  @Field(() => [IndicatorDefinition], { nullable: true }) indicators?: IndicatorDefinition[] | null;
  @Field(() => [DataElement], { nullable: true, description: 'Empty: indicators name their own elements.' })
  elements?: DataElement[] | null;
  @Field(() => [Target], {
    nullable: true,
    description: 'Those that hold, without those for puskesmas that the caller may not see.',
  })
  targets?: Target[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the caller may set targets.' })
  maySet?: boolean | null;
}

@InputType()
class TargetInput {
  @Field() indicatorCode: string;
  @Field(() => String, {
    nullable: true,
    description: 'Registration number; neither this nor a group: the district.',
  })
  puskesmas?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of its puskesmas of today.' }) coachingGroup?:
    string | null;
  @Field(() => Int, { nullable: true, description: '1-12; left out: for the year.' }) month?: number | null;
  @Field(() => Decimal, { nullable: true, description: 'Null withdraws the target.' }) value?: string | null;
  @Field(() => Running, { nullable: true, description: 'Left out: as the bundle says.' })
  running?: Running | null;
  @Field(() => [Decimal], {
    nullable: true,
    description: 'With CURVE: twelve percentages, never falling, 100 last.',
  })
  curve?: string[] | null;
}
@InputType()
class SetTargetsInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => Int) year: number;
  @Field({ description: 'The document that says so.' }) source: string;
  @Field() approvedBy: string;
  @Field(() => Day) approvedOn: string;
  @Field(() => [TargetInput]) targets: TargetInput[];
}
@ObjectType()
class TargetsSet {
  readonly __typename = 'TargetsSet';
  @Field(() => Int, { description: 'Targets that are new, other or withdrawn.' }) changed: number;
  @Field(() => Int, { description: 'Puskesmas whose results were computed again.' }) units: number;
}
const SetTargetsResult = resultUnion('SetTargetsResult', () => [TargetsSet]);

@Resolver(() => District)
export class CatalogueApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => CataloguePart)
  @Extensions({ asks: 1 })
  async catalogue(
    @Parent() { code }: District,
    @Args('year', { type: () => Int }) year: number,
    @Context() context: RequestContext,
  ): Promise<CataloguePart> {
    const asking = this.services.query(context, DistrictTargets, { districtCode: code, year });
    const { reply, ...part } = await this.services.part(context, asking);
    if (!reply) return part;
    const { asOf, bundle, targets, maySet } = reply;
    return {
      ...part,
      asOf,
      bundle: bundle && { year: bundle.year, name: bundle.name, indicatorCount: bundle.indicators.length },
      bands: bundle && bundle.rules.bands,
      indicators: bundle && bundle.indicators.map(toDefinition),
      elements: bundle && (bundle.elements ?? []),
      targets: targets.map(toTarget),
      maySet,
    };
  }

  @Mutation(() => SetTargetsResult, {
    description: 'Sets and withdraws targets beside the bundle of a year; all or nothing.',
  })
  setTargets(
    @Args('input') { district, targets, ...input }: SetTargetsInput,
    @Context() context: RequestContext,
  ): Promise<TargetsSet | RefusalResult> {
    return orRefusal(async () => {
      const asked: AskInput<typeof SetTargets>['targets'] = [];
      for (const [i, { puskesmas, coachingGroup, ...target }] of targets.entries())
        asked.push({
          ...target,
          unitId: puskesmas ? (await this.services.puskesmas(context, puskesmas)).unitId : null,
          coachingGroupId: coachingGroup
            ? keyOf('CoachingGroup', coachingGroup, `targets.${i}.coachingGroup`)
            : null,
          month: target.month ?? null,
          value: target.value ?? null,
          running: target.running ?? null,
          curve: target.curve ?? null,
        });
      const done = await this.services.command(context, SetTargets, {
        ...input,
        districtCode: parseDistrictCode(district, 'district'),
        targets: asked,
      });
      this.services.changed(context);
      return { __typename: 'TargetsSet', ...done };
    });
  }
}

const toTarget = ({ forId: _, ...target }: AskReply<typeof DistrictTargets>['targets'][number]): Target => ({
  ...target,
  scope: target.scope as TargetScope,
  running: target.running as Running | null,
});
