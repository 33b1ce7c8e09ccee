import { DistrictScores, UnitScores, type AskReply } from '@lokmin/contracts';
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
import { District } from '../district/district.api.ts';
import { CoachingGroup } from '../district/coaching-group.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { CoverageState, Judgement, TimedPart } from '../indicator/indicator.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

enum SpmCategory {
  TUNTAS_PARIPURNA = 'tuntas_paripurna',
  TUNTAS_UTAMA = 'tuntas_utama',
  TUNTAS_MADYA = 'tuntas_madya',
  TUNTAS_PRATAMA = 'tuntas_pratama',
  TUNTAS_MUDA = 'tuntas_muda',
  BELUM_TUNTAS = 'belum_tuntas',
}
enum IksCategory {
  SEHAT = 'sehat',
  PRA_SEHAT = 'pra_sehat',
  TIDAK_SEHAT = 'tidak_sehat',
}
enum CountSource {
  MEETINGS = 'meetings',
  VALUE = 'value',
}
registerEnumType(SpmCategory, { name: 'SpmCategory' });
registerEnumType(IksCategory, { name: 'IksCategory' });
registerEnumType(CountSource, {
  name: 'CountSource',
  description: 'Meetings that were concluded here, or the count that was entered.',
});

@ObjectType({ isAbstract: true })
abstract class Score {
  @Field(() => Decimal, { nullable: true, description: 'Percent; null when nothing of it is known.' })
  score: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Without the cap of 100 on each indicator.' })
  raw: string | null;
  @Field(() => Int, { description: 'Parts with a figure; what is missing is left out.' }) used: number;
  @Field(() => Int, { description: 'Parts that apply.' }) of: number;
}
@ObjectType()
class ScoreInput {
  @Field({ description: 'Of the indicator.' }) code: string;
  @Field() name: string;
  @Field() nameEn: string;
  @Field(() => Decimal, { nullable: true, description: 'At most 100.' }) score: string | null;
  @Field(() => Decimal, { nullable: true }) raw: string | null;
  @Field(() => CoverageState, { description: 'Why there is none.' }) coverageState: CoverageState;
  @Field({ description: 'There is one, and it is not for the caller: a count in it is small.' })
  hidden: boolean;
}
@ObjectType()
class VariableScore extends Score {
  @Field() name: string;
  @Field(() => [ScoreInput]) inputs: ScoreInput[];
}
@ObjectType()
class ProgramScore extends Score {
  @Field() name: string;
  @Field(() => Judgement, { nullable: true }) category: Judgement | null;
}
@ObjectType()
class ProgramScoreInFull extends ProgramScore {
  @Field(() => [VariableScore]) variables: VariableScore[];
}
@ObjectType({ description: 'PKP, service coverage: means of means, each indicator with at most 100.' })
class ServiceScore extends Score {
  @Field(() => Judgement, { nullable: true }) category: Judgement | null;
  @Field(() => [ProgramScore]) programs: ProgramScore[];
}
@ObjectType()
class ServiceScoreInFull extends Score {
  @Field(() => Judgement, { nullable: true }) category: Judgement | null;
  /** As many as a puskesmas has as a rule; with its variables and their inputs the list stands in three lists. */
  @Field(() => [ProgramScoreInFull])
  @Extensions({ items: 20 })
  programs: ProgramScoreInFull[];
}
@ObjectType()
class ManagementVariable {
  @Field() code: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Meetings of the year through the period; null: not known.',
  })
  count: number | null;
  @Field(() => Decimal, { nullable: true, description: '0, 4, 7 or 10.' }) points: string | null;
  @Field(() => CountSource) source: CountSource;
}
@ObjectType({ description: 'PKP, management, on the scale 0 to 10.' })
class ManagementScore {
  @Field(() => Decimal, { nullable: true }) score: string | null;
  @Field(() => Int) used: number;
  @Field(() => Int) of: number;
  @Field(() => Judgement, { nullable: true }) category: Judgement | null;
  @Field(() => [ManagementVariable]) variables: ManagementVariable[];
}
@ObjectType()
class SpmService {
  @Field() code: string;
  @Field() name: string;
  @Field() nameEn: string;
  @Field(() => Decimal, { nullable: true, description: 'Percent, not capped.' }) coverage: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Of goods, services and staff, percent.' })
  fulfilment: string | null;
  @Field(() => Decimal, {
    nullable: true,
    description: '80% of the coverage, at most 100, and 20% of these.',
  })
  quality: string | null;
}
@ObjectType({ description: 'Minimum service standards.' })
class SpmScore {
  @Field(() => Decimal, { nullable: true, description: 'Plain mean of the services that are known.' })
  index: string | null;
  @Field(() => Int) used: number;
  @Field(() => Int) of: number;
  @Field(() => SpmCategory, { nullable: true, description: 'Null until every service is known.' })
  category: SpmCategory | null;
  @Field(() => [SpmService]) services: SpmService[];
}
@ObjectType({ description: 'Index of healthy families, 0 to 1.' })
class IksScore {
  @Field(() => Decimal) index: string;
  @Field(() => IksCategory) category: IksCategory;
}

@ObjectType({ description: 'What is computed from the results of a puskesmas.' })
class UnitScoresPart extends TimedPart {
  @Field(() => ServiceScoreInFull, { nullable: true }) service?: ServiceScoreInFull | null;
  @Field(() => ManagementScore, { nullable: true }) management?: ManagementScore | null;
  @Field(() => SpmScore, { nullable: true, description: 'Null where the bundle has no SPM.' })
  spm?: SpmScore | null;
  @Field(() => IksScore, { nullable: true }) iks?: IksScore | null;
}
@ObjectType()
class PuskesmasScores {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => ServiceScore) service: ServiceScore;
  @Field(() => ManagementScore) management: ManagementScore;
  @Field(() => IksScore, { nullable: true }) iks: IksScore | null;
}
@ObjectType({ description: 'The scores of every puskesmas; SPM and IKS also of all together.' })
class DistrictScoresPart extends TimedPart {
  @Field(() => [PuskesmasScores], { nullable: true }) units?: PuskesmasScores[] | null;
  @Field(() => SpmScore, { nullable: true }) spm?: SpmScore | null;
  @Field(() => IksScore, { nullable: true }) iks?: IksScore | null;
}

/** Services name enum values as the enums here do; only the type differs. */
const asScores = <T>(reply: unknown): T => reply as T;

@Resolver(() => Puskesmas)
export class PuskesmasScoresApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => UnitScoresPart, {
    description: 'PKP, management, SPM and IKS, down to the indicators.',
  })
  @Extensions({ asks: 1 })
  async scores(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<UnitScoresPart> {
    const asking = this.services.query(context, UnitScores, { unitId, period });
    const { status, message, reply } = await this.services.part(context, asking);
    // Meetings count in them without announcing anything of their own: such an answer is not kept.
    context.composing.partial = true;
    return reply
      ? { status, message, ...asScores<Omit<UnitScoresPart, 'status' | 'message'>>(reply) }
      : { status, message };
  }
}

async function scoresAcross(
  services: Services,
  context: RequestContext,
  question: { districtCode: string; coachingGroupId: string | null; period: string },
): Promise<DistrictScoresPart> {
  const asking = services.query(context, DistrictScores, question);
  const { status, message, reply } = await services.part(context, asking);
  context.composing.partial = true;
  if (!reply) return { status, message };
  const { asOf, units, spm, iks } = reply;
  return {
    status,
    message,
    asOf,
    units: units.map(({ unitId, unitCode: code, unitName: name, ...scores }) => ({
      ...asScores<Omit<PuskesmasScores, 'puskesmas'>>(scores),
      puskesmas: new Puskesmas({ unitId, code, name }),
    })),
    ...asScores<Pick<DistrictScoresPart, 'spm' | 'iks'>>({ spm, iks } satisfies Partial<
      AskReply<typeof DistrictScores>
    >),
  };
}

@Resolver(() => District)
export class DistrictScoresApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => DistrictScoresPart)
  @Extensions({ asks: 1 })
  scores(
    @Parent() { code: districtCode }: District,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<DistrictScoresPart> {
    return scoresAcross(this.services, context, { districtCode, coachingGroupId: null, period });
  }
}

@Resolver(() => CoachingGroup)
export class CoachingGroupScoresApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => DistrictScoresPart)
  @Extensions({ asks: 1 })
  scores(
    @Parent() { districtCode, coachingGroupId }: CoachingGroup,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<DistrictScoresPart> {
    return scoresAcross(this.services, context, { districtCode, coachingGroupId, period });
  }
}
