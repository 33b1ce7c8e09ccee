import { mayKnowToday } from '@lokmin/access';
import {
  DistrictActions,
  DistrictIndicator,
  DistrictIndicators,
  DistrictMeetings,
  DistrictNotifications,
  globalId,
  problem,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { ServiceUnavailable } from '@lokmin/messaging';
import {
  Args,
  Context,
  Extensions,
  Field,
  Info,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Posts } from '../access/posts.ts';
import { asGraphQLError, badInput } from '../graphql/errors.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { Decimal, YearMonth } from '../graphql/scalars.ts';
import { selectedBelow } from '../graphql/selected.ts';
import { Services, type Answer } from '../graphql/services.ts';
import { Node, PartStatus } from '../graphql/text.ts';
import {
  Bundle,
  Evaluation,
  IndicatorDefinition,
  IndicatorResult,
  JudgedIndicator,
  Judgement,
  Tally,
  TimedPart,
  toDefinition,
  toEvaluation,
  toJudged,
  toResult,
} from '../indicator/indicator.types.ts';
import { Meeting } from '../meeting/meeting.types.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

@ObjectType({ implements: () => [Node] })
export class District implements Node {
  readonly __typename = 'District';
  id: string;
  @Field({ description: 'As Kemendagri writes it, `19.06`.' }) code: string;

  constructor(code: string) {
    this.id = globalId('District', code);
    this.code = code;
  }
}

@ObjectType()
export class OverviewIndicatorsPart extends TimedPart {
  @Field(() => String, { nullable: true }) districtName?: string | null;
  @Field(() => Bundle, { nullable: true }) bundle?: Bundle | null;
  @Field(() => Int, { nullable: true, description: 'Puskesmas whose evaluation stands.' })
  submitted?: number | null;
  @Field(() => Int, { nullable: true }) expected?: number | null;
  @Field(() => Tally, { nullable: true, description: 'Sum over the puskesmas.' }) tally?: Tally | null;
}
@ObjectType()
export class OverviewActionsPart extends TimedPart {
  @Field(() => Int, { nullable: true }) proposed?: number | null;
  @Field(() => Int, { nullable: true, description: 'Ready or in progress, overdue ones included.' })
  open?: number | null;
  @Field(() => Int, { nullable: true }) overdue?: number | null;
  @Field(() => Int, { nullable: true, description: 'Agreed in a meeting, without owner and due date.' })
  needsCompletion?: number | null;
}
@ObjectType()
export class OverviewMeetingsPart extends TimedPart {
  @Field(() => Int, { nullable: true, description: 'Meetings that look at the period and are concluded.' })
  held?: number | null;
  @Field(() => Int, { nullable: true, description: 'Of these, those whose minutes are signed.' })
  signed?: number | null;
  @Field(() => Int, { nullable: true }) missed?: number | null;
  @Field(() => Int, { nullable: true }) expected?: number | null;
}
@ObjectType()
export class OverviewNotificationsPart extends TimedPart {
  @Field(() => Int, {
    nullable: true,
    description: 'Owners with unread news of their actions whom neither a mail nor the inbox reaches.',
  })
  unreachable?: number | null;
}
@ObjectType({
  description: 'Null fields belong to a part that is not OK; a null evaluation of an OK part: not submitted.',
})
export class OverviewRow {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => Evaluation, { nullable: true }) evaluation?: Evaluation | null;
  @Field(() => Tally, { nullable: true }) tally?: Tally | null;
  @Field(() => Int, { nullable: true }) warnings?: number | null;
  @Field(() => [JudgedIndicator], {
    nullable: true,
    description: 'The lowest performances among those judged kurang, worst first, at most three.',
  })
  worst?: JudgedIndicator[] | null;
  @Field(() => Int, { nullable: true }) proposedActions?: number | null;
  @Field(() => Int, { nullable: true }) openActions?: number | null;
  @Field(() => Int, { nullable: true }) overdueActions?: number | null;
  @Field(() => Int, { nullable: true }) actionsNeedingCompletion?: number | null;
  @Field(() => Int, { nullable: true, description: 'Owners whom nothing reaches.' })
  unreachable?: number | null;
  @Field(() => Meeting, { nullable: true, description: 'The meeting that looks at the period.' })
  meeting?: Meeting | null;
}
@ObjectType({
  description: 'Each part names the state of the service behind it; a stopped service never blanks the rest.',
})
export class DistrictOverview {
  @Field() districtCode: string;
  @Field(() => YearMonth) period: string;
  /** Null: of the whole district. */
  readonly coachingGroupId: string | null;
}

@ObjectType()
export class UnitIndicator {
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => IndicatorResult) result: IndicatorResult;
  @Field(() => Int, {
    nullable: true,
    description: 'By performance, the best 1; equal ones share it. Null without a performance.',
  })
  rank?: number | null;
}
@ObjectType({
  description: 'One indicator of a district: numerators and denominators are added, then divided.',
})
export class DistrictIndicatorPart extends TimedPart {
  @Field(() => IndicatorDefinition, { nullable: true }) definition?: IndicatorDefinition | null;
  @Field(() => Decimal, { nullable: true }) numerator?: string | null;
  @Field(() => Decimal, { nullable: true }) denominator?: string | null;
  @Field(() => Decimal, { nullable: true }) coverage?: string | null;
  @Field(() => Decimal, { nullable: true }) runningTarget?: string | null;
  @Field(() => Decimal, { nullable: true }) performance?: string | null;
  @Field(() => Judgement, { nullable: true }) judgement?: Judgement | null;
  @Field(() => Int, { nullable: true, description: 'Puskesmas with a value.' }) reporting?: number | null;
  @Field(() => Int, { nullable: true }) expected?: number | null;
  @Field(() => Int, { nullable: true, description: 'Puskesmas that have a rank.' }) ranked?: number | null;
  @Field(() => [UnitIndicator], { nullable: true }) units?: UnitIndicator[] | null;
}

/**
 * @param field the argument that it came from
 * @returns the code as Kemendagri writes it
 * @throws GraphQLError `BAD_USER_INPUT`
 */
export function parseDistrictCode(code: string, field = 'code'): string {
  const [, province, district] = /^(\d{2})\.?(\d{2})$/.exec(code) ?? [];
  if (!province || !district) throw badInput(field, problem('format.district-code'));
  return `${province}.${district}`;
}

@Resolver(() => District)
export class DistrictApi {
  constructor(
    private readonly services: Services,
    private readonly posts: Posts,
  ) {}

  @Query(() => District, {
    nullable: true,
    description: 'By official code: `19.06` or `1906`; null when unknown or not visible.',
  })
  async district(@Args('code') code: string, @Context() context: RequestContext): Promise<District | null> {
    return this.find(context, parseDistrictCode(code));
  }

  /**
   * The district, for somebody with a post in it. While the directory cannot say who that is, the services behind its
   * parts decide alone, as they do in any case.
   * @throws GraphQLError of a known code
   */
  async find(context: RequestContext, code: string): Promise<District | null> {
    context.composing.districts.add(code);
    try {
      const posts = await this.posts.of(context.caller!);
      return mayKnowToday(posts, { districtCode: code }) ? new District(code) : null;
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw asGraphQLError(error);
      return new District(code);
    }
  }

  @ResolveField(() => DistrictOverview)
  @Extensions({ asks: 4 })
  overview(
    @Parent() { code }: District,
    @Args('period', { type: () => YearMonth }) period: string,
  ): DistrictOverview {
    return { districtCode: code, coachingGroupId: null, period };
  }

  @ResolveField(() => DistrictIndicatorPart)
  @Extensions({ asks: 1 })
  indicator(
    @Parent() district: District,
    @Args('period', { type: () => YearMonth }) period: string,
    @Args('code') code: string,
    @Context() context: RequestContext,
  ): Promise<DistrictIndicatorPart> {
    return indicatorAcross(this.services, context, {
      districtCode: district.code,
      coachingGroupId: null,
      period,
      code,
    });
  }
}

/** One indicator across a district or a coaching group. */
export async function indicatorAcross(
  services: Services,
  context: RequestContext,
  question: AskInput<typeof DistrictIndicator>,
): Promise<DistrictIndicatorPart> {
  const asking = services.query(context, DistrictIndicator, question);
  const { status, message, reply } = await services.part(context, asking);
  if (!reply) return { status, message };
  return {
    status,
    message,
    asOf: reply.asOf,
    definition: toDefinition(reply.definition),
    ...reply.district,
    judgement: reply.district.hidden ? Judgement.DISEMBUNYIKAN : (reply.district.judgement as Judgement),
    units: reply.units.map((unit) => ({
      puskesmas: new Puskesmas({ unitId: unit.unitId, code: unit.unitCode, name: unit.unitName }),
      result: toResult(unit),
      rank: unit.rank,
    })),
    ranked: reply.ranked,
  };
}

type Indicators = AskReply<typeof DistrictIndicators>;
type Actions = AskReply<typeof DistrictActions>;
type Meetings = AskReply<typeof DistrictMeetings>;
type Notifications = AskReply<typeof DistrictNotifications>;

/** However much of it is selected, an overview asks each of its services at most once, all at the same time. */
@Resolver(() => DistrictOverview)
export class DistrictOverviewApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => OverviewIndicatorsPart)
  async indicators(
    @Parent() overview: DistrictOverview,
    @Context() context: RequestContext,
  ): Promise<OverviewIndicatorsPart> {
    const { status, message, reply } = await this.#indicators(overview, context);
    if (!reply) return { status, message };
    const { asOf, bundle, units } = reply;
    return {
      status,
      message,
      asOf,
      districtName: reply.districtName,
      bundle: bundle && { year: bundle.year, name: bundle.name, indicatorCount: bundle.indicators },
      submitted: units.filter(({ evaluation }) => evaluation && evaluation.status !== 'returned').length,
      expected: units.length,
      tally: sumOf(units.map((unit) => unit.tally)),
    };
  }

  @ResolveField(() => OverviewActionsPart)
  async actions(
    @Parent() overview: DistrictOverview,
    @Context() context: RequestContext,
  ): Promise<OverviewActionsPart> {
    const { status, message, reply } = await this.#actions(overview, context);
    if (!reply) return { status, message };
    const sum = (count: (unit: Actions['units'][number]) => number) =>
      reply.units.reduce((total, unit) => total + count(unit), 0);
    return {
      status,
      message,
      asOf: reply.asOf,
      proposed: sum((unit) => unit.proposed),
      open: sum((unit) => unit.open),
      overdue: sum((unit) => unit.overdue),
      needsCompletion: sum((unit) => unit.needsCompletion),
    };
  }

  @ResolveField(() => OverviewMeetingsPart)
  async meetings(
    @Parent() overview: DistrictOverview,
    @Context() context: RequestContext,
  ): Promise<OverviewMeetingsPart> {
    const { status, message, reply } = await this.#meetings(overview, context);
    if (!reply) return { status, message };
    const count = (is: (meeting: NonNullable<Meetings['units'][number]['meeting']>) => boolean) =>
      reply.units.filter(({ meeting }) => meeting && is(meeting)).length;
    return {
      status,
      message,
      asOf: reply.asOf,
      held: count((meeting) => meeting.status === 'concluded'),
      signed: count((meeting) => meeting.signedAt !== null),
      missed: count((meeting) => meeting.status === 'missed'),
      expected: reply.units.length,
    };
  }

  @ResolveField(() => OverviewNotificationsPart)
  async notifications(
    @Parent() overview: DistrictOverview,
    @Context() context: RequestContext,
  ): Promise<OverviewNotificationsPart> {
    const { status, message, reply } = await this.#notifications(overview, context);
    if (!reply) return { status, message };
    return {
      status,
      message,
      asOf: reply.asOf,
      unreachable: reply.units.reduce((total, { unreachable }) => total + unreachable, 0),
    };
  }

  @ResolveField(() => [OverviewRow], {
    description: 'One per puskesmas, joined from whatever parts answered.',
  })
  async rows(
    @Parent() overview: DistrictOverview,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OverviewRow[]> {
    const selected = selectedBelow(info);
    const needed = SERVICES_OF_A_ROW.filter((service) =>
      FIELDS_OF[service].some((field) => selected.has(field)),
    );
    let answers = await this.#ask(overview, context, needed.length > 0 ? needed : ['indicators']);
    // Every service names the puskesmas: while those that are needed do not answer, the others do.
    if (!Object.values(answers).some(({ reply }) => reply))
      answers = await this.#ask(overview, context, SERVICES_OF_A_ROW);
    return joinRows(answers);
  }

  /** Asks these services, all at the same time. */
  async #ask(
    overview: DistrictOverview,
    context: RequestContext,
    services: readonly ServiceOfARow[],
  ): Promise<RowAnswers> {
    const asks = {
      indicators: () => this.#indicators(overview, context),
      actions: () => this.#actions(overview, context),
      meetings: () => this.#meetings(overview, context),
      notifications: () => this.#notifications(overview, context),
    } satisfies Record<ServiceOfARow, () => Promise<unknown>>;
    return Object.fromEntries(
      await Promise.all(services.map(async (service) => [service, await asks[service]()])),
    ) as RowAnswers;
  }

  async #indicators(
    { districtCode, coachingGroupId, period }: DistrictOverview,
    context: RequestContext,
  ): Promise<Answer<Indicators>> {
    const answer = await this.services.part(
      context,
      this.services.query(context, DistrictIndicators, { districtCode, coachingGroupId, period }),
    );
    for (const { unitId, unitCode, unitName } of answer.reply?.units ?? [])
      this.services.remember({ unitId, code: unitCode, name: unitName, districtCode });
    return answer;
  }

  #meetings(
    { districtCode, coachingGroupId, period }: DistrictOverview,
    context: RequestContext,
  ): Promise<Answer<Meetings>> {
    return this.services.part(
      context,
      this.services.query(context, DistrictMeetings, { districtCode, coachingGroupId, period }),
    );
  }

  #notifications(
    { districtCode, coachingGroupId }: DistrictOverview,
    context: RequestContext,
  ): Promise<Answer<Notifications>> {
    return this.services.part(
      context,
      this.services.query(context, DistrictNotifications, { districtCode, coachingGroupId }),
    );
  }

  async #actions(
    { districtCode, coachingGroupId }: DistrictOverview,
    context: RequestContext,
  ): Promise<Answer<Actions>> {
    const answer = await this.services.part(
      context,
      this.services.query(context, DistrictActions, { districtCode, coachingGroupId }),
    );
    if (answer.reply?.validUntil) {
      const { composing } = context;
      composing.validUntil = Math.min(composing.validUntil, Date.parse(answer.reply.validUntil));
    }
    return answer;
  }
}

/** Which service fills which fields of a row; the puskesmas every one of them names. */
const FIELDS_OF = {
  indicators: ['evaluation', 'tally', 'warnings', 'worst'],
  actions: ['proposedActions', 'openActions', 'overdueActions', 'actionsNeedingCompletion'],
  meetings: ['meeting'],
  notifications: ['unreachable'],
} as const satisfies Record<string, readonly (keyof OverviewRow)[]>;
type ServiceOfARow = keyof typeof FIELDS_OF;
const SERVICES_OF_A_ROW = Object.keys(FIELDS_OF) as ServiceOfARow[];

/** What those services said that were asked. */
interface RowAnswers {
  readonly indicators?: Answer<Indicators>;
  readonly actions?: Answer<Actions>;
  readonly meetings?: Answer<Meetings>;
  readonly notifications?: Answer<Notifications>;
}

/** One row per puskesmas that any service named, in order of code. */
function joinRows({ indicators, actions, meetings, notifications }: RowAnswers): OverviewRow[] {
  const rows = new Map<string, OverviewRow>();
  const rowOf = ({ unitId, unitCode, unitName }: { unitId: string; unitCode: string; unitName: string }) => {
    const row = rows.get(unitId) ?? {
      puskesmas: new Puskesmas({ unitId, code: unitCode, name: unitName }),
      ...(actions?.status === PartStatus.OK && actions.reply
        ? { proposedActions: 0, openActions: 0, overdueActions: 0, actionsNeedingCompletion: 0 }
        : {}),
    };
    rows.set(unitId, row);
    return row;
  };
  for (const unit of indicators?.reply?.units ?? []) {
    Object.assign(rowOf(unit), {
      evaluation: unit.evaluation && toEvaluation(unit.evaluation),
      tally: unit.tally,
      warnings: unit.warnings,
      worst: unit.worst.map(toJudged),
    } satisfies Partial<OverviewRow>);
  }
  for (const unit of actions?.reply?.units ?? []) {
    Object.assign(rowOf(unit), {
      proposedActions: unit.proposed,
      openActions: unit.open,
      overdueActions: unit.overdue,
      actionsNeedingCompletion: unit.needsCompletion,
    } satisfies Partial<OverviewRow>);
  }
  for (const unit of meetings?.reply?.units ?? [])
    rowOf(unit).meeting = unit.meeting && new Meeting(unit.meeting);
  for (const unit of notifications?.reply?.units ?? []) rowOf(unit).unreachable = unit.unreachable;
  return [...rows.values()].sort((a, b) => (a.puskesmas.code < b.puskesmas.code ? -1 : 1));
}

const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, tally) => ({
      baik: sum.baik + tally.baik,
      cukup: sum.cukup + tally.cukup,
      kurang: sum.kurang + tally.kurang,
      tanpa_target: sum.tanpa_target + tally.tanpa_target,
      tanpa_data: sum.tanpa_data + tally.tanpa_data,
      disembunyikan: (sum.disembunyikan ?? 0) + (tally.disembunyikan ?? 0) || null,
    }),
    { baik: 0, cukup: 0, kurang: 0, tanpa_target: 0, tanpa_data: 0 },
  );
