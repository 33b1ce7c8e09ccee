import { EntrySheet } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  Int,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Text } from '../graphql/text.ts';
import {
  Covers,
  IndicatorDefinition,
  Running,
  TimedPart,
  toDefinition,
  ValueState,
} from '../indicator/indicator.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import { Bands, DataElement } from './catalogue.api.ts';

export enum LowerIsBetter {
  RATIO = 'ratio',
  LINEAR = 'linear',
}
registerEnumType(LowerIsBetter, {
  name: 'LowerIsBetter',
  description: 'Performance where less is better: target / actual, or 2 - actual / target.',
});

@ObjectType()
class SheetTarget {
  @Field() indicatorCode: string;
  @Field(() => Int, { nullable: true }) month: number | null;
  @Field(() => Decimal) value: string;
  @Field(() => Running, { nullable: true }) running: Running | null;
  @Field(() => [Decimal], { nullable: true }) curve: string[] | null;
}
@ObjectType()
class SheetValue {
  @Field() element: string;
  @Field(() => YearMonth) period: string;
  @Field(() => Covers) covers: Covers;
  @Field(() => ValueState) state: ValueState;
  @Field(() => Decimal, { nullable: true }) value: string | null;
}
@ObjectType({ description: 'Services that follow each other: the later one cannot reach more people.' })
class Sequence {
  @Field() earlier: string;
  @Field() later: string;
}
@ObjectType({
  description: 'What the caller enters for a month, with what is needed to compute and check it at once.',
})
class SheetPart extends TimedPart {
  @Field(() => Text, { nullable: true, description: 'Why nothing can be entered now; null: it can.' })
  closed?: Text | null;
  @Field(() => [IndicatorDefinition], {
    nullable: true,
    description: 'Of the programmes that the caller records.',
  })
  indicators?: IndicatorDefinition[] | null;
  @Field(() => [DataElement], { nullable: true }) elements?: DataElement[] | null;
  @Field(() => Bands, { nullable: true }) bands?: Bands | null;
  @Field(() => LowerIsBetter, { nullable: true }) lowerIsBetter?: LowerIsBetter | null;
  @Field(() => [Sequence], { nullable: true }) sequences?: Sequence[] | null;
  @Field(() => [SheetTarget], { nullable: true, description: 'That were set beside the bundle and hold.' })
  targets?: SheetTarget[] | null;
  @Field(() => [SheetValue], {
    nullable: true,
    description: "Of the year, and the month's own of 24 months before.",
  })
  values?: SheetValue[] | null;
}

@Resolver(() => Puskesmas)
export class SheetApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => SheetPart)
  @Extensions({ asks: 1 })
  async sheet(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<SheetPart> {
    const asking = this.services.query(context, EntrySheet, { unitId, period });
    const { reply, ...part } = await this.services.part(context, asking);
    if (!reply) return part;
    const { asOf, closed, rules, indicators, elements, targets, values } = reply;
    return {
      ...part,
      asOf,
      closed,
      indicators: indicators.map(toDefinition),
      elements,
      bands: rules.bands,
      lowerIsBetter: rules.lowerIsBetter as LowerIsBetter,
      sequences: rules.quality?.sequences ?? [],
      targets: targets as SheetTarget[],
      values: values as SheetValue[],
    };
  }
}
