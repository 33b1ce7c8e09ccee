import {
  BundleDraft as DraftAsk,
  ChangeBundleDraft,
  DiscardBundleDraft,
  PublishBundleDraft,
  StartBundleDraft,
} from '@lokmin/contracts';
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
import { Decimal, Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import {
  Accumulation,
  Direction,
  IndicatorDefinition,
  Running,
  TimedPart,
  toDefinition,
} from '../indicator/indicator.types.ts';
import { Bands, DataElement } from './catalogue.api.ts';
import { LowerIsBetter } from './sheet.api.ts';

@ObjectType({ description: 'The bundle of a year while it is prepared; nothing is judged by it yet.' })
class BundleDraft {
  @Field(() => Int) revision: number;
  @Field() name: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The year whose bundle it was started from; null: the reference catalogue.',
  })
  fromYear: number | null;
  @Field(() => Bands) bands: Bands;
  @Field(() => LowerIsBetter) lowerIsBetter: LowerIsBetter;
  @Field(() => [IndicatorDefinition]) indicators: IndicatorDefinition[];
  @Field(() => [DataElement], { description: 'Empty: indicators name their own elements.' })
  elements: DataElement[];
  @Field() changedByName: string;
  @Field(() => Instant) changedAt: string;
}
@ObjectType()
class BundleDraftPart extends TimedPart {
  @Field(() => Boolean, { nullable: true, description: 'The bundle of the year is published already.' })
  published?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the caller may publish.' })
  mayPublish?: boolean | null;
  @Field(() => [Int], { nullable: true, description: 'Years with a published bundle, the newest first.' })
  publishedYears?: number[] | null;
  @Field(() => Int, { nullable: true, description: 'Indicators of the reference catalogue.' })
  referenceCount?: number | null;
  @Field(() => BundleDraft, { nullable: true, description: 'Null: none was started.' })
  draft?: BundleDraft | null;
}

@InputType()
class IndicatorDefinitionInput {
  @Field() code: string;
  @Field() nameId: string;
  @Field() nameEn: string;
  @Field() program: string;
  @Field() cluster: string;
  @Field({ description: '`percent`, `per mil`, `count`, ...' }) unit: string;
  @Field(() => Direction) direction: Direction;
  @Field(() => Accumulation) accumulation: Accumulation;
  @Field(() => Decimal, { nullable: true, description: 'Null: no target.' }) annualTarget?: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Null: a plain count without denominator.' })
  multiplier?: string | null;
  @Field({ description: 'What is counted, in words.' }) numerator: string;
  @Field() denominator: string;
  @Field() numeratorElement: string;
  @Field(() => String, { nullable: true }) denominatorElement?: string | null;
  @Field(() => String, { nullable: true, description: 'Of the registered target group.' })
  registeredElement?: string | null;
  @Field(() => Running, { nullable: true, description: 'Null: as the accumulation says.' })
  running?: Running | null;
  @Field(() => [Decimal], {
    nullable: true,
    description: 'With CURVE: percent due by the end of each month.',
  })
  curve?: string[] | null;
  @Field(() => [Int], { nullable: true, description: 'Months of the rounds of service; null: every month.' })
  activeMonths?: number[] | null;
  @Field(() => [String], { nullable: true, description: 'Families that use the same number.' })
  uses?: string[] | null;
  @Field() source: string;
  @Field(() => Int, { nullable: true, description: 'Counts from 1 to below this are hidden; null: none is.' })
  smallCountsBelow?: number | null;
  @Field(() => YearMonth, {
    nullable: true,
    description: 'The first month in which it is expected; null: all of the year.',
  })
  expectedFrom?: string | null;
}
@InputType()
class DataElementInput {
  @Field() code: string;
  @Field() nameId: string;
  @Field() nameEn: string;
  @Field({ description: 'What is counted; only like is added to like.' }) unit: string;
  @Field(() => [String], {
    nullable: true,
    description: 'Elements that it is the sum of; null: it is entered.',
  })
  sumOf?: string[] | null;
}
@InputType()
class BandsInput {
  @Field(() => Decimal) kurangAtMost: string;
  @Field(() => Decimal) baikFrom: string;
}
@InputType({ isAbstract: true })
abstract class OfDraft {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => Int) year: number;
}
@InputType()
class StartBundleDraftInput extends OfDraft {
  @Field(() => Int, {
    nullable: true,
    description: 'The year whose bundle it starts from; left out: the reference catalogue.',
  })
  fromYear?: number | null;
}
@InputType()
class ChangeBundleDraftInput extends OfDraft {
  @Field(() => Int) expectedRevision: number;
  @Field(() => String, { nullable: true, description: 'Left out: as it is; likewise below.' })
  name?: string | null;
  @Field(() => BandsInput, { nullable: true }) bands?: BandsInput | null;
  @Field(() => LowerIsBetter, { nullable: true }) lowerIsBetter?: LowerIsBetter | null;
  @Field(() => [IndicatorDefinitionInput], {
    nullable: true,
    description: 'New ones, and those that take the place of the one with their code.',
  })
  indicators?: IndicatorDefinitionInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Codes; the order of services and the scores do without them.',
  })
  retire?: string[] | null;
  @Field(() => [DataElementInput], { nullable: true }) elements?: DataElementInput[] | null;
  @Field(() => [String], { nullable: true }) retireElements?: string[] | null;
}
@InputType()
class DiscardBundleDraftInput extends OfDraft {
  @Field(() => Int) expectedRevision: number;
}
@InputType()
class PublishBundleDraftInput extends OfDraft {
  @Field(() => Int) expectedRevision: number;
}

@ObjectType()
class BundleDraftStarted {
  readonly __typename = 'BundleDraftStarted';
  @Field(() => Int) revision: number;
}
@ObjectType()
class BundleDraftChanged {
  readonly __typename = 'BundleDraftChanged';
  @Field(() => Int) revision: number;
}
@ObjectType()
class BundleDraftDiscarded {
  readonly __typename = 'BundleDraftDiscarded';
  @Field(() => Int) year: number;
}
@ObjectType()
class BundlePublished {
  readonly __typename = 'BundlePublished';
  @Field(() => Int) year: number;
  @Field(() => Int) indicatorCount: number;
}
const StartBundleDraftResult = resultUnion('StartBundleDraftResult', () => [BundleDraftStarted]);
const ChangeBundleDraftResult = resultUnion('ChangeBundleDraftResult', () => [BundleDraftChanged]);
const DiscardBundleDraftResult = resultUnion('DiscardBundleDraftResult', () => [BundleDraftDiscarded]);
const PublishBundleDraftResult = resultUnion('PublishBundleDraftResult', () => [BundlePublished]);

@Resolver(() => District)
export class DraftApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => BundleDraftPart, {
    description: 'The bundle of a year as it is prepared, for those who prepare it.',
  })
  @Extensions({ asks: 1 })
  async bundleDraft(
    @Parent() { code }: District,
    @Args('year', { type: () => Int }) year: number,
    @Context() context: RequestContext,
  ): Promise<BundleDraftPart> {
    context.composing.partial = true; // it changes unannounced
    const asking = this.services.query(context, DraftAsk, { districtCode: code, year });
    const { reply, ...part } = await this.services.part(context, asking);
    if (!reply) return part;
    const { draft, ...rest } = reply;
    return {
      ...part,
      ...rest,
      draft: draft && {
        ...draft,
        bands: draft.rules.bands,
        lowerIsBetter: draft.rules.lowerIsBetter as LowerIsBetter,
        indicators: draft.indicators.map(toDefinition),
        elements: draft.elements ?? [],
      },
    };
  }

  @Mutation(() => StartBundleDraftResult, { description: 'Begins to prepare the bundle of a year.' })
  startBundleDraft(
    @Args('input') { district, fromYear, ...input }: StartBundleDraftInput,
    @Context() context: RequestContext,
  ): Promise<BundleDraftStarted | RefusalResult> {
    return orRefusal(async () => ({
      __typename: 'BundleDraftStarted',
      ...(await this.services.command(context, StartBundleDraft, {
        ...input,
        ...inDistrict(district),
        fromYear: fromYear ?? null,
      })),
    }));
  }

  @Mutation(() => ChangeBundleDraftResult, {
    description:
      'Names a draft, puts and retires indicators and data elements; all or nothing, and only what can be computed.',
  })
  changeBundleDraft(
    @Args('input')
    { district, indicators, elements, retire, retireElements, ...input }: ChangeBundleDraftInput,
    @Context() context: RequestContext,
  ): Promise<BundleDraftChanged | RefusalResult> {
    return orRefusal(async () => ({
      __typename: 'BundleDraftChanged',
      ...(await this.services.command(context, ChangeBundleDraft, {
        ...input,
        ...inDistrict(district),
        retire: retire ?? [],
        retireElements: retireElements ?? [],
        indicators: (indicators ?? []).map(({ numerator, denominator, uses, ...each }) => ({
          ...each,
          annualTarget: each.annualTarget ?? null,
          multiplier: each.multiplier ?? null,
          denominatorElement: each.denominatorElement ?? null,
          activeMonths: each.activeMonths ?? null,
          uses: uses ?? [],
          numeratorDefinition: numerator,
          denominatorDefinition: denominator,
        })),
        elements: (elements ?? []).map((each) => ({ ...each, sumOf: each.sumOf ?? null })),
      })),
    }));
  }

  @Mutation(() => DiscardBundleDraftResult, { description: 'Throws a draft away.' })
  discardBundleDraft(
    @Args('input') { district, ...input }: DiscardBundleDraftInput,
    @Context() context: RequestContext,
  ): Promise<BundleDraftDiscarded | RefusalResult> {
    return orRefusal(async () => {
      await this.services.command(context, DiscardBundleDraft, { ...input, ...inDistrict(district) });
      return { __typename: 'BundleDraftDiscarded', year: input.year };
    });
  }

  @Mutation(() => PublishBundleDraftResult, {
    description: 'Publishes a draft: from then on its year is judged by it, and it does not change.',
  })
  publishBundleDraft(
    @Args('input') { district, ...input }: PublishBundleDraftInput,
    @Context() context: RequestContext,
  ): Promise<BundlePublished | RefusalResult> {
    return orRefusal(async () => {
      const { indicatorCount } = await this.services.command(context, PublishBundleDraft, {
        ...input,
        ...inDistrict(district),
      });
      this.services.changed(context);
      return { __typename: 'BundlePublished', year: input.year, indicatorCount };
    });
  }
}

const inDistrict = (district: string) => ({ districtCode: parseDistrictCode(district, 'district') });
