import { AcceptDeviation, UnitDeviations } from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { Day, Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { TimedPart } from '../indicator/indicator.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

@ObjectType({
  description:
    'The district accepts for a while that an indicator misses its target; the judgement stays what it is.',
})
class AcceptedDeviation {
  @Field() indicatorCode: string;
  @Field(() => YearMonth, { description: 'First month of results that it is about.' }) fromPeriod: string;
  @Field(() => Day, { description: 'Last day in the district; afterwards it ends by itself.' }) until: string;
  @Field() reason: string;
  @Field() acceptedByName: string;
  @Field(() => Instant) acceptedAt: string;
}
@ObjectType()
class DeviationsPart extends TimedPart {
  @Field(() => [AcceptedDeviation], { nullable: true }) deviations?: AcceptedDeviation[] | null;
}
@InputType()
class AcceptDeviationInput {
  @Field(() => ID) commandId: string;
  @Field() puskesmas: string;
  @Field() indicatorCode: string;
  @Field(() => YearMonth, { description: 'First month of results that it is about.' }) period: string;
  @Field() reason: string;
  @Field(() => Day, { description: 'Today or later, at most a year ahead.' }) until: string;
}
@ObjectType()
class DeviationAccepted {
  readonly __typename = 'DeviationAccepted';
  @Field(() => AcceptedDeviation) deviation: AcceptedDeviation;
}
const AcceptDeviationResult = resultUnion('AcceptDeviationResult', () => [DeviationAccepted]);

@Resolver(() => Puskesmas)
export class DeviationApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => DeviationsPart, { description: 'That stand today, in order of indicator.' })
  @Extensions({ asks: 1 })
  async deviations(
    @Parent() { unitId }: Puskesmas,
    @Context() context: RequestContext,
  ): Promise<DeviationsPart> {
    const asking = this.services.query(context, UnitDeviations, { unitId });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { composing } = context;
    for (const { endsAt } of reply.deviations)
      composing.validUntil = Math.min(composing.validUntil, Date.parse(endsAt));
    return { status, message, asOf: reply.asOf, deviations: reply.deviations };
  }

  @Mutation(() => AcceptDeviationResult, {
    description: 'Accepts that an indicator misses its target, in place of what was accepted before.',
  })
  acceptDeviation(
    @Args('input') { puskesmas, ...input }: AcceptDeviationInput,
    @Context() context: RequestContext,
  ): Promise<DeviationAccepted | RefusalResult> {
    return orRefusal(async () => {
      const { unitId } = await this.services.puskesmas(context, puskesmas);
      const { deviation } = await this.services.command(context, AcceptDeviation, { ...input, unitId });
      this.services.changed(context);
      return { __typename: 'DeviationAccepted', deviation };
    });
  }
}
