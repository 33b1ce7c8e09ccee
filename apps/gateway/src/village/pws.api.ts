import { globalId, UnitPws } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ID,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { CoverageState, IndicatorDefinition, TimedPart, toDefinition } from '../indicator/indicator.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

enum PwsStatus {
  BAIK = 'baik',
  CUKUP = 'cukup',
  KURANG = 'kurang',
  JELEK = 'jelek',
}
registerEnumType(PwsStatus, {
  name: 'PwsStatus',
  description: 'Of a village. Not the judgements of indicators: above the target but falling is KURANG.',
  valuesMap: {
    BAIK: { description: 'The running target is reached, and the month did not fall behind the one before.' },
    CUKUP: { description: 'Below the running target, and the month did not fall behind the one before.' },
    KURANG: { description: 'The running target is reached, and the month fell behind the one before.' },
    JELEK: { description: 'Below the running target, and the month fell behind the one before.' },
  },
});
enum PwsArrow {
  UP = 'up',
  LEVEL = 'level',
  DOWN = 'down',
}
registerEnumType(PwsArrow, {
  name: 'PwsArrow',
  description: "This month's own coverage against last month's.",
});
enum PwsReason {
  NOT_MEASURED = 'not_measured',
  IN_ROUNDS = 'in_rounds',
  NOT_APPLICABLE = 'not_applicable',
  NO_TARGET = 'no_target',
  NO_DATA = 'no_data',
  NO_TARGET_GROUP = 'no_target_group',
  ZERO_TARGET_GROUP = 'zero_target_group',
  MONTH_MISSING = 'month_missing',
  LAST_MONTH_MISSING = 'last_month_missing',
}
registerEnumType(PwsReason, {
  name: 'PwsReason',
  description: 'Why a village has no status.',
  valuesMap: {
    NOT_MEASURED: { description: 'A count, only for information, or less is better.' },
    IN_ROUNDS: { description: 'The service happens in rounds: a month has no month before it.' },
    NO_DATA: { description: 'The village reported nothing in this year.' },
    MONTH_MISSING: { description: 'Earlier months stand; what this month added is not known.' },
  },
});

@ObjectType({ description: 'One indicator of one village in one month. Missing is null, never zero.' })
class PwsVillage {
  @Field(() => ID) id: string;
  @Field(() => String, { nullable: true, description: 'As Kemendagri writes it, `19.06.01.2001`.' })
  code: string | null;
  @Field() name: string;
  @Field(() => Decimal, { nullable: true, description: 'Of the year through the month, or of the month.' })
  numerator: string | null;
  @Field(() => Decimal, { nullable: true }) denominator: string | null;
  @Field(() => Decimal, { nullable: true }) coverage: string | null;
  @Field(() => CoverageState) coverageState: CoverageState;
  @Field(() => Decimal, { nullable: true, description: 'What the month itself added or had.' })
  numeratorOfMonth: string | null;
  @Field(() => Decimal, { nullable: true, description: "The month's own coverage." }) ofMonth: string | null;
  @Field(() => Decimal, { nullable: true }) ofLastMonth: string | null;
  @Field(() => PwsArrow, { nullable: true }) arrow: PwsArrow | null;
  @Field(() => PwsStatus, { nullable: true }) status: PwsStatus | null;
  @Field(() => PwsReason, { nullable: true }) reason: PwsReason | null;
}
@ObjectType()
class PwsIndicator {
  @Field() code: string;
  @Field() name: string;
  @Field() nameEn: string;
  @Field() program: string;
}
@ObjectType({ description: 'The local area monitoring (PWS) of one puskesmas, as recorded now.' })
class PwsPart extends TimedPart {
  @Field(() => IndicatorDefinition, { nullable: true }) definition?: IndicatorDefinition | null;
  @Field(() => Decimal, { nullable: true, description: 'What should be reached by the month.' })
  runningTarget?: string | null;
  @Field(() => Decimal, { nullable: true }) annualTarget?: string | null;
  @Field(() => [PwsVillage], {
    nullable: true,
    description: 'Highest coverage first, without a figure last.',
  })
  villages?: PwsVillage[] | null;
  @Field(() => Decimal, { nullable: true, description: 'What the puskesmas itself says.' })
  numerator?: string | null;
  @Field(() => Decimal, { nullable: true }) denominator?: string | null;
  @Field(() => Decimal, { nullable: true }) coverage?: string | null;
  @Field(() => Decimal, { nullable: true, description: 'What the villages that said something add up to.' })
  villageNumerator?: string | null;
  @Field(() => Decimal, { nullable: true }) villageDenominator?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Counts of villages are small, and not for you.' })
  hidden?: boolean | null;
  @Field(() => [PwsIndicator], { nullable: true, description: 'The indicators that have a status.' })
  indicators?: PwsIndicator[] | null;
}

@Resolver(() => Puskesmas)
export class PwsApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => PwsPart, {
    description:
      'The villages of a puskesmas by one indicator, with their status. Without code: the first of which villages reported.',
  })
  @Extensions({ asks: 1 })
  async pws(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Args('code', { type: () => String, nullable: true }) code: string | null,
    @Context() context: RequestContext,
  ): Promise<PwsPart> {
    const asking = this.services.query(context, UnitPws, { unitId, period, code: code ?? null });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { definition, villages, puskesmas, sum, ...part } = reply;
    return {
      status,
      message,
      ...part,
      ...puskesmas,
      villageNumerator: sum.numerator,
      villageDenominator: sum.denominator,
      definition: definition && toDefinition(definition),
      villages: villages.map(
        ({ villageId, ...village }) => ({ id: globalId('Village', villageId), ...village }) as PwsVillage,
      ),
    };
  }
}
