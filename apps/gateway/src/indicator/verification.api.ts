import {
  EvaluationChanges,
  globalId,
  LockEvaluations,
  ReturnEvaluation,
  ReturnEvaluations,
  VerificationQueue,
  VerifyEvaluations,
  type AskReply,
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
import { keyOf } from '../graphql/ids.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import { Covers, Evaluation, Judgement, TimedPart, toEvaluation, ValueState } from './indicator.types.ts';

@ObjectType({ description: 'One puskesmas in the work list of the district.' })
class VerificationRow {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => Evaluation, { nullable: true, description: 'Null: not submitted.' })
  evaluation: Evaluation | null;
  @Field(() => Int) warnings: number;
  @Field(() => [String], { description: 'Programmes that are verified.' }) verified: string[];
  @Field(() => [String], { description: 'Programmes that wait for the caller.' }) mine: string[];
  @Field(() => Int, { description: 'Indicators that are returned; 0 also where all of it is.' })
  returned: number;
  @Field(() => Int, {
    description: 'Indicators that the puskesmas says are right although they were returned.',
  })
  objections: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'Indicators that differ from what was verified or submitted before; null: there was nothing before.',
  })
  changed: number | null;
}
@ObjectType()
class VerificationPart extends TimedPart {
  @Field(() => String, { nullable: true }) districtName?: string | null;
  @Field(() => [String], { nullable: true, description: 'The programmes of the bundle.' })
  programs?: string[] | null;
  @Field(() => [VerificationRow], { nullable: true }) rows?: VerificationRow[] | null;
}

@ObjectType()
class ChangedFigures {
  @Field(() => Judgement) judgement: Judgement;
  @Field(() => Decimal, { nullable: true }) numerator: string | null;
  @Field(() => Decimal, { nullable: true }) denominator: string | null;
  @Field(() => Decimal, { nullable: true }) coverage: string | null;
  @Field(() => Decimal, { nullable: true }) runningTarget: string | null;
  @Field(() => Decimal, { nullable: true }) performance: string | null;
}
@ObjectType()
class ChangedCount {
  @Field(() => ValueState) state: ValueState;
  @Field(() => Decimal, { nullable: true }) value: string | null;
}
@ObjectType()
class ChangedValue {
  @Field() element: string;
  @Field(() => YearMonth) period: string;
  @Field(() => Covers) covers: Covers;
  @Field(() => ChangedCount, { nullable: true, description: 'Null: there was none.' })
  before: ChangedCount | null;
  @Field(() => ChangedCount, { nullable: true, description: 'Null: there is none any more.' })
  after: ChangedCount | null;
}
@ObjectType({ description: 'From what to what an indicator changed, with the counts entered behind it.' })
class ChangedIndicator {
  @Field() code: string;
  @Field() name: string;
  @Field() nameEn: string;
  @Field() program: string;
  @Field() unit: string;
  @Field(() => Int, { description: 'The revision that it is compared with.' }) since: number;
  @Field({ description: 'That revision was verified; else it was only submitted.' }) sinceVerified: boolean;
  @Field(() => ChangedFigures, { nullable: true }) before: ChangedFigures | null;
  @Field(() => ChangedFigures, { nullable: true }) after: ChangedFigures | null;
  @Field(() => [ChangedValue]) values: ChangedValue[];
}
@ObjectType()
class EvaluationChangesPart extends TimedPart {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Submitted for the first time: nothing to compare with.',
  })
  first?: boolean | null;
  @Field(() => [ChangedIndicator], { nullable: true }) indicators?: ChangedIndicator[] | null;
}

@InputType()
class ReturnedIndicatorInput {
  @Field() code: string;
  @Field({ description: 'What has to be mended.' }) reason: string;
}
@InputType()
class ReturningInput {
  @Field(() => ID) evaluation: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => String, { nullable: true, description: 'May be left out where indicators are named.' })
  reason?: string | null;
  @Field(() => [ReturnedIndicatorInput], { nullable: true, description: 'Left out or empty: all of it.' })
  indicators?: ReturnedIndicatorInput[] | null;
}
@InputType()
class ReturnEvaluationInput extends ReturningInput {
  @Field(() => ID) commandId: string;
}
@InputType()
class ReturnEvaluationsInput {
  @Field(() => ID) commandId: string;
  @Field(() => [ReturningInput], { description: 'At most 200.' }) evaluations: ReturningInput[];
}
@InputType()
class SeenEvaluationInput {
  @Field(() => ID) evaluation: string;
  @Field(() => Int) expectedRevision: number;
}
@InputType()
class VerifyEvaluationsInput {
  @Field(() => ID) commandId: string;
  @Field(() => [SeenEvaluationInput], { description: 'At most 200.' }) evaluations: SeenEvaluationInput[];
  @Field(() => [String], { nullable: true, description: 'Left out: all that the caller may verify.' })
  programs?: string[] | null;
}
@InputType()
class LockEvaluationsInput {
  @Field(() => ID) commandId: string;
  @Field() district: string;
  @Field(() => YearMonth) period: string;
  @Field(() => String, { nullable: true, description: 'Registration number; left out: all of the district.' })
  puskesmas?: string | null;
}

@ObjectType()
class EvaluationReturned {
  readonly __typename = 'EvaluationReturned';
  @Field(() => Evaluation) evaluation: Evaluation;
}
@ObjectType({ description: 'What became of one of many, or why nothing did.' })
class EvaluationOutcome {
  @Field(() => ID, { nullable: true, description: 'Null: nothing was ever submitted.' }) id: string | null;
  @Field(() => String, { nullable: true }) puskesmasCode: string | null;
  @Field(() => String, { nullable: true }) puskesmasName: string | null;
  @Field(() => Evaluation, { nullable: true, description: 'As it is now; null when refused.' })
  evaluation: Evaluation | null;
  @Field(() => RefusalResult, { nullable: true }) refusal: RefusalResult | null;
}
@ObjectType()
class VerificationOutcome extends EvaluationOutcome {
  @Field(() => [String], { description: 'Programmes verified now.' }) programs: string[];
  @Field(() => [String], { description: 'Programmes that still wait, for whomever.' }) awaiting: string[];
}
@ObjectType()
class EvaluationsReturned {
  readonly __typename = 'EvaluationsReturned';
  @Field(() => [EvaluationOutcome], { description: 'One for each, in the order given.' })
  results: EvaluationOutcome[];
}
@ObjectType()
class EvaluationsVerified {
  readonly __typename = 'EvaluationsVerified';
  @Field(() => [VerificationOutcome], { description: 'One for each, in the order given.' })
  results: VerificationOutcome[];
}
@ObjectType()
class EvaluationsLocked {
  readonly __typename = 'EvaluationsLocked';
  @Field(() => [EvaluationOutcome], { description: 'One for each puskesmas, in order of code.' })
  results: EvaluationOutcome[];
}
const ReturnEvaluationResult = resultUnion('ReturnEvaluationResult', () => [EvaluationReturned]);
const ReturnEvaluationsResult = resultUnion('ReturnEvaluationsResult', () => [EvaluationsReturned]);
const VerifyEvaluationsResult = resultUnion('VerifyEvaluationsResult', () => [EvaluationsVerified]);
const LockEvaluationsResult = resultUnion('LockEvaluationsResult', () => [EvaluationsLocked]);

/** The work list of the district for one period. */
@Resolver(() => District)
export class VerificationQueueApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => VerificationPart, {
    description: 'Where every evaluation of a period stands, for the office.',
  })
  @Extensions({ asks: 1 })
  async verification(
    @Parent() { code }: District,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<VerificationPart> {
    const asking = this.services.query(context, VerificationQueue, { districtCode: code, period });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    return {
      status,
      message,
      asOf: reply.asOf,
      districtName: reply.districtName,
      programs: reply.programs,
      rows: reply.units.map(({ unitId, unitCode, unitName, evaluation, ...row }) => ({
        ...row,
        puskesmas: new Puskesmas({ unitId, code: unitCode, name: unitName }),
        evaluation: evaluation && toEvaluation(evaluation),
      })),
    };
  }
}

@Resolver(() => Evaluation)
export class EvaluationChangesApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => EvaluationChangesPart, {
    description:
      'What the newest submission changed since its programmes were verified last, or else submitted last.',
  })
  @Extensions({ asks: 1 })
  async changes(
    @Parent() { id }: Evaluation,
    @Context() context: RequestContext,
  ): Promise<EvaluationChangesPart> {
    const asking = this.services.query(context, EvaluationChanges, {
      evaluationId: keyOf('Evaluation', id, 'id'),
    });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    return {
      status,
      message,
      asOf: reply.asOf,
      first: reply.first,
      indicators: reply.indicators as ChangedIndicator[],
    };
  }
}

/** What the district does to evaluations. */
@Resolver()
export class VerificationApi {
  constructor(private readonly services: Services) {}

  @Mutation(() => ReturnEvaluationResult, {
    description: 'Gives an evaluation back with a reason, or single indicators of it with a reason each.',
  })
  returnEvaluation(
    @Args('input') { commandId, ...returning }: ReturnEvaluationInput,
    @Context() context: RequestContext,
  ): Promise<EvaluationReturned | RefusalResult> {
    return orRefusal(async () => {
      const { evaluation } = await this.services.command(context, ReturnEvaluation, {
        commandId,
        ...toReturning(returning, 'evaluation'),
      });
      this.services.made(context, `evaluation ${evaluation.evaluationId}`, evaluation.revision);
      return { __typename: 'EvaluationReturned', evaluation: toEvaluation(evaluation) };
    });
  }

  @Mutation(() => ReturnEvaluationsResult, { description: 'The same for many at once; one result for each.' })
  returnEvaluations(
    @Args('input') { commandId, evaluations }: ReturnEvaluationsInput,
    @Context() context: RequestContext,
  ): Promise<EvaluationsReturned | RefusalResult> {
    return orRefusal(async () => {
      const { results } = await this.services.command(context, ReturnEvaluations, {
        commandId,
        evaluations: evaluations.map((it, i) => toReturning(it, `evaluations.${i}.evaluation`)),
      });
      return { __typename: 'EvaluationsReturned', results: results.map((it) => this.#outcome(context, it)) };
    });
  }

  @Mutation(() => VerifyEvaluationsResult, {
    description: 'Verifies programmes of one or many evaluations; one result for each.',
  })
  verifyEvaluations(
    @Args('input') { commandId, evaluations, programs }: VerifyEvaluationsInput,
    @Context() context: RequestContext,
  ): Promise<EvaluationsVerified | RefusalResult> {
    return orRefusal(async () => {
      const { results } = await this.services.command(context, VerifyEvaluations, {
        commandId,
        evaluations: evaluations.map(({ evaluation, expectedRevision }, i) => ({
          evaluationId: keyOf('Evaluation', evaluation, `evaluations.${i}.evaluation`),
          expectedRevision,
        })),
        programs: programs ?? null,
      });
      return {
        __typename: 'EvaluationsVerified',
        results: results.map((it) => ({
          ...this.#outcome(context, it),
          programs: it.programs,
          awaiting: it.awaiting,
        })),
      };
    });
  }

  @Mutation(() => LockEvaluationsResult, {
    description: 'Locks for ever what is verified of a period; names what is not.',
  })
  lockEvaluations(
    @Args('input') { commandId, district, period, puskesmas }: LockEvaluationsInput,
    @Context() context: RequestContext,
  ): Promise<EvaluationsLocked | RefusalResult> {
    return orRefusal(async () => {
      const unit = puskesmas ? await this.services.puskesmas(context, puskesmas) : null;
      const { results } = await this.services.command(context, LockEvaluations, {
        commandId,
        districtCode: parseDistrictCode(district, 'district'),
        period,
        unitId: unit?.unitId ?? null,
      });
      return { __typename: 'EvaluationsLocked', results: results.map((it) => this.#outcome(context, it)) };
    });
  }

  #outcome(
    context: RequestContext,
    {
      evaluationId,
      unitCode,
      unitName,
      evaluation,
      refusal,
    }: AskReply<typeof LockEvaluations | typeof ReturnEvaluations>['results'][number],
  ): EvaluationOutcome {
    const now = evaluation && toEvaluation(evaluation);
    if (evaluation) this.services.made(context, `evaluation ${evaluation.evaluationId}`, evaluation.revision);
    return {
      id: evaluationId && globalId('Evaluation', evaluationId),
      puskesmasCode: unitCode,
      puskesmasName: unitName,
      evaluation: now,
      refusal: refusal && new RefusalResult(refusal),
    };
  }
}

const toReturning = (
  { evaluation, expectedRevision, reason, indicators }: ReturningInput,
  field: string,
) => ({
  evaluationId: keyOf('Evaluation', evaluation, field),
  expectedRevision,
  ...(typeof reason === 'string' && { reason }),
  indicators: (indicators ?? []).map(({ code, reason }) => ({ code, reason })),
});
