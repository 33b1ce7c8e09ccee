import {
  globalId,
  IndicatorDetail,
  IndicatorTrend,
  ListActions,
  ListPeople,
  RecordValues,
  SubmitEvaluation,
  UnitResults,
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
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Action, ActionsPart, ActionStatus } from '../action/action.types.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { asGraphQLError, orRefusal } from '../graphql/errors.ts';
import { readPage } from '../graphql/paging.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { Services, type KnownUnit } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import {
  Covers,
  Evaluation,
  IndicatorDetailPart,
  IndicatorTrendPart,
  Tally,
  toDefinition,
  toEvaluation,
  toResult,
  toTrendPoint,
  UnitResultsPart,
  ValueState,
  Warning,
  type DataValue,
  type RunSide,
  type TrendFigure,
} from '../indicator/indicator.types.ts';
import { PeoplePart, Puskesmas, toRole } from './puskesmas.types.ts';

@Resolver(() => Puskesmas)
export class PuskesmasApi {
  constructor(private readonly services: Services) {}

  @Query(() => Puskesmas, {
    nullable: true,
    description: 'By registration number; null when unknown or not visible.',
  })
  @Extensions({ asks: 1 })
  async puskesmas(@Args('code') code: string, @Context() context: RequestContext): Promise<Puskesmas | null> {
    let unit: KnownUnit | null;
    try {
      unit = await this.services.unitByCode(context, code);
    } catch (error) {
      throw asGraphQLError(error);
    }
    if (!unit) return null;
    if (unit.districtCode) context.composing.districts.add(unit.districtCode);
    return new Puskesmas(unit);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'IANA name, `Asia/Jakarta`; null while the directory is away.',
  })
  @Extensions({ asks: 1 })
  async timeZone(
    @Parent() { unitId, knownZone }: Puskesmas,
    @Context() context: RequestContext,
  ): Promise<string | null> {
    if (knownZone !== null) return knownZone;
    const { reply } = await this.services.part(context, this.services.unitById(context, unitId));
    return reply?.timeZone ?? null;
  }

  @ResolveField(() => UnitResultsPart, { description: 'As now, or as frozen in a standing evaluation.' })
  @Extensions({ asks: 1 })
  async results(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Context() context: RequestContext,
  ): Promise<UnitResultsPart> {
    const asking = this.services.query(context, UnitResults, { unitId, period });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { evaluation, tally, warnings } = reply.summary;
    return {
      status,
      message,
      asOf: reply.asOf,
      evaluation: evaluation && toEvaluation(evaluation),
      verification: reply.verification ?? null,
      windows: reply.windows ?? null,
      tally,
      warnings,
      results: reply.results.map(toResult),
    };
  }

  @ResolveField(() => IndicatorDetailPart, { description: 'One indicator down to the counts entered.' })
  @Extensions({ asks: 1 })
  async indicator(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<IndicatorDetailPart> {
    const asking = this.services.query(context, IndicatorDetail, { unitId, period, code });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    return {
      status,
      message,
      asOf: reply.asOf,
      definition: toDefinition(reply.definition),
      result: toResult(reply.result),
      values: reply.values as DataValue[],
      valuesHidden: reply.valuesHidden,
    };
  }

  @ResolveField(() => IndicatorTrendPart, {
    description: 'One indicator over the 24 months through a period.',
  })
  @Extensions({ asks: 1 })
  async trend(
    @Parent() { unitId }: Puskesmas,
    @Args('period', { type: () => YearMonth }) period: string,
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<IndicatorTrendPart> {
    const asking = this.services.query(context, IndicatorTrend, { unitId, period, code });
    const { status, message, reply } = await this.services.part(context, asking);
    if (!reply) return { status, message };
    const { asOf, observed, median, runs, smallBelow, points } = reply;
    return {
      status,
      message,
      asOf,
      observed: observed as TrendFigure,
      median,
      runs: runs.map((run) => ({ ...run, side: run.side as RunSide })),
      smallBelow,
      points: points.map(toTrendPoint),
    };
  }

  @ResolveField(() => ActionsPart, { description: 'Newest first.' })
  @Extensions({ asks: 1 })
  async actions(
    @Parent() { unitId }: Puskesmas,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('statuses', { type: () => [ActionStatus], nullable: true }) statuses: ActionStatus[] | null,
    @Args('indicatorCode', { type: () => String, nullable: true }) indicatorCode: string | null,
    @Context() context: RequestContext,
  ): Promise<ActionsPart> {
    const { status, message, reply } = await this.services.part(
      context,
      readPage(
        { first: first ?? 50, after },
        (page) =>
          this.services.query(context, ListActions, {
            unitId,
            statuses: statuses ?? [],
            indicatorCode: indicatorCode ?? null,
            ...page,
          }),
        (view) => new Action(view),
      ),
    );
    return { status, message, ...reply };
  }

  @ResolveField(() => PeoplePart, { description: 'People with a post of today here, for choosing an owner.' })
  @Extensions({ asks: 1 })
  async people(
    @Parent() { unitId }: Puskesmas,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<PeoplePart> {
    const { status, message, reply } = await this.services.part(
      context,
      readPage(
        { first: first ?? 200, after },
        (page) => this.services.query(context, ListPeople, { unitId, ...page }),
        ({ personId, name, title, role, program }) => ({
          id: globalId('Person', personId),
          name,
          title,
          role: toRole(role),
          program,
        }),
      ),
    );
    return { status, message, ...reply };
  }
}

@InputType()
class ValueInput {
  @Field({ description: 'For example `KIA-K1.num`.' }) element: string;
  @Field(() => Covers) covers: Covers;
  @Field(() => ValueState) state: ValueState;
  @Field(() => Decimal, { nullable: true }) value?: string | null;
}
@InputType()
class RecordValuesInput {
  @Field(() => ID, { description: 'A UUID; the same id again repeats nothing.' }) commandId: string;
  @Field({ description: 'Registration number.' }) puskesmas: string;
  @Field(() => YearMonth) period: string;
  @Field(() => [ValueInput]) values: ValueInput[];
}
@InputType()
class ObjectionInput {
  @Field({ description: 'Of an indicator that was returned.' }) code: string;
  @Field({ description: 'Why it is right as it is.' }) reason: string;
}
@InputType()
class SubmitEvaluationInput {
  @Field(() => ID) commandId: string;
  @Field() puskesmas: string;
  @Field(() => YearMonth) period: string;
  @Field(() => [ObjectionInput], {
    nullable: true,
    description: 'After a return: indicators of it that are right as they are.',
  })
  objections?: ObjectionInput[] | null;
}
@ObjectType()
class ValuesRecorded {
  readonly __typename = 'ValuesRecorded';
  @Field(() => Int, { description: 'How many values are other than before.' }) changed: number;
  @Field(() => [Warning]) warnings: Warning[];
  @Field(() => Puskesmas) puskesmas: Puskesmas;
}
@ObjectType()
class EvaluationSubmitted {
  readonly __typename = 'EvaluationSubmitted';
  @Field(() => Evaluation) evaluation: Evaluation;
  @Field(() => Tally) tally: Tally;
}
const RecordValuesResult = resultUnion('RecordValuesResult', () => [ValuesRecorded]);
const SubmitEvaluationResult = resultUnion('SubmitEvaluationResult', () => [EvaluationSubmitted]);

/** What is done to values and evaluations. */
@Resolver()
export class EvaluationApi {
  constructor(private readonly services: Services) {}

  @Mutation(() => RecordValuesResult, {
    description: 'Enters or corrects values of one month; all or nothing.',
  })
  recordValues(
    @Args('input') { commandId, puskesmas, period, values }: RecordValuesInput,
    @Context() context: RequestContext,
  ): Promise<ValuesRecorded | RefusalResult> {
    return orRefusal(async () => {
      const unit = await this.services.puskesmas(context, puskesmas);
      const { revision, changed, warnings } = await this.services.command(context, RecordValues, {
        commandId,
        unitId: unit.unitId,
        period,
        values: values.map(({ element, covers, state, value }) => ({
          element,
          covers,
          state,
          value: value ?? null,
        })),
      });
      if (changed > 0) this.services.made(context, `values ${unit.unitId} ${period}`, revision);
      return { __typename: 'ValuesRecorded', changed, warnings, puskesmas: new Puskesmas(unit) };
    });
  }

  @Mutation(() => SubmitEvaluationResult, { description: 'For the first time, or again after a return.' })
  submitEvaluation(
    @Args('input') { commandId, puskesmas, period, objections }: SubmitEvaluationInput,
    @Context() context: RequestContext,
  ): Promise<EvaluationSubmitted | RefusalResult> {
    return orRefusal(async () => {
      const { unitId } = await this.services.puskesmas(context, puskesmas);
      const { evaluation, tally } = await this.services.command(context, SubmitEvaluation, {
        commandId,
        unitId,
        period,
        objections: objections ?? [],
      });
      this.services.made(context, `evaluation ${evaluation.evaluationId}`, evaluation.revision);
      return { __typename: 'EvaluationSubmitted', evaluation: toEvaluation(evaluation), tally };
    });
  }
}
