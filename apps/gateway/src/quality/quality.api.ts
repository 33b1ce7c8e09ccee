import { ConfirmFinding, DistrictFindings, UnitFindings, type AskReply } from '@lokmin/contracts';
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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District, parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion, Text } from '../graphql/text.ts';
import { TimedPart } from '../indicator/indicator.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

enum FindingLevel {
  BLOCK = 'block',
  REASON = 'reason',
  WARN = 'warn',
  NOTE = 'note',
}
registerEnumType(FindingLevel, {
  name: 'FindingLevel',
  valuesMap: {
    BLOCK: { description: 'Nothing is submitted while it stands.' },
    REASON: { description: 'Nothing is submitted before somebody confirmed it with a reason.' },
  },
});

@ObjectType()
class FindingConfirmation {
  @Field() reason: string;
  @Field() byName: string;
  @Field(() => Instant) at: string;
}
@ObjectType({ description: 'Figures that contradict each other or stand out; it hinders only by its level.' })
class Finding {
  @Field({ description: 'Which rule found it, `later_above_earlier`; explained in docs/indicators.md.' })
  rule: string;
  @Field(() => FindingLevel) level: FindingLevel;
  @Field({ description: 'For `confirmFinding`.' }) subject: string;
  @Field(() => Puskesmas, { nullable: true, description: 'Null: it is about the district.' })
  puskesmas: Puskesmas | null;
  @Field(() => [String]) indicatorCodes: string[];
  @Field(() => Text, { description: 'What, how much, and what it may mean.' }) message: Text;
  @Field(() => FindingConfirmation, { nullable: true, description: 'Null: nobody confirmed these figures.' })
  confirmation: FindingConfirmation | null;
}
@ObjectType()
class FindingsPart extends TimedPart {
  @Field(() => [Finding], { nullable: true }) findings?: Finding[] | null;
}

@InputType()
class ConfirmFindingInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => String, { nullable: true, description: 'Left out: a finding about the district.' })
  puskesmas?: string | null;
  @Field(() => YearMonth) period: string;
  @Field() subject: string;
  @Field({ description: 'Why the figures are right.' }) reason: string;
}
@ObjectType()
class FindingConfirmed {
  readonly __typename = 'FindingConfirmed';
  @Field(() => Finding) finding: Finding;
}
const ConfirmFindingResult = resultUnion('ConfirmFindingResult', () => [FindingConfirmed]);

const toFinding = ({
  unit,
  level,
  ...finding
}: AskReply<typeof UnitFindings>['findings'][number]): Finding => ({
  ...finding,
  level: level as FindingLevel,
  puskesmas: unit && new Puskesmas(unit),
});

@Resolver(() => Puskesmas)
export class QualityOfPuskesmas {
  constructor(private readonly services: Services) {}

  @ResolveField(() => FindingsPart, {
    description: 'What the figures of a month say against each other and against the months before.',
  })
  @Extensions({ asks: 1 })
  async findings(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<FindingsPart> {
    const asking = this.services.query(context, UnitFindings, { unitId, period });
    const { reply, ...part } = await this.services.part(context, asking);
    return { ...part, asOf: reply?.asOf, findings: reply && reply.findings.map(toFinding) };
  }
}

@Resolver(() => District)
export class QualityApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => FindingsPart, {
    description:
      'What the figures of a month say against each other, puskesmas by puskesmas and across them, and against the year before.',
  })
  @Extensions({ asks: 1 })
  async findings(
    @Parent() { code }: District,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<FindingsPart> {
    const asking = this.services.query(context, DistrictFindings, { districtCode: code, period });
    const { reply, ...part } = await this.services.part(context, asking);
    return { ...part, asOf: reply?.asOf, findings: reply && reply.findings.map(toFinding) };
  }

  @Mutation(() => ConfirmFindingResult, {
    description: 'Says why the figures of a finding are right; it holds until they change.',
  })
  confirmFinding(
    @Args('input') { district, puskesmas, ...input }: ConfirmFindingInput,
    @Context() context: RequestContext,
  ): Promise<FindingConfirmed | RefusalResult> {
    return orRefusal(async () => {
      const unit = puskesmas ? await this.services.puskesmas(context, puskesmas) : null;
      const { finding } = await this.services.command(context, ConfirmFinding, {
        ...input,
        districtCode: parseDistrictCode(district, 'district'),
        unitId: unit?.unitId ?? null,
      });
      this.services.changed(context);
      return { __typename: 'FindingConfirmed', finding: toFinding(finding) };
    });
  }
}
