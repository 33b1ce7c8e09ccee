import {
  globalId,
  type DistrictIndicators,
  type IndicatorDetail,
  type IndicatorTrend,
  type UnitResults,
} from '@lokmin/contracts';
import type { AskReply } from '@lokmin/contracts';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Day, Decimal, Instant, YearMonth } from '../graphql/scalars.ts';
import { Part, Text } from '../graphql/text.ts';

export enum Judgement {
  BAIK = 'baik',
  CUKUP = 'cukup',
  KURANG = 'kurang',
  TANPA_TARGET = 'tanpa_target',
  TANPA_DATA = 'tanpa_data',
  DISEMBUNYIKAN = 'disembunyikan',
}
export enum EvaluationStatus {
  SUBMITTED = 'submitted',
  RETURNED = 'returned',
  VERIFIED = 'verified',
  LOCKED = 'locked',
}
export enum Direction {
  HIGHER = 'higher',
  LOWER = 'lower',
  INFO = 'info',
}
export enum Accumulation {
  CUMULATIVE = 'cumulative',
  MONTHLY = 'monthly',
  SNAPSHOT = 'snapshot',
}
export enum CoverageState {
  VALUE = 'value',
  MISSING = 'missing',
  ZERO_DENOMINATOR = 'zero_denominator',
  NOT_APPLICABLE = 'not_applicable',
}
export enum Covers {
  MONTH = 'month',
  YEAR_TO_DATE = 'year_to_date',
}
export enum ValueState {
  REPORTED = 'reported',
  ESTIMATED = 'estimated',
  NOT_REPORTED = 'not_reported',
  NOT_APPLICABLE = 'not_applicable',
}
export enum Running {
  FLAT = 'flat',
  PRO_RATA = 'pro_rata',
  CURVE = 'curve',
}
export enum TargetScope {
  UNIT = 'unit',
  COACHING_GROUP = 'coaching_group',
  DISTRICT = 'district',
}
registerEnumType(Running, {
  name: 'Running',
  description: 'When how much of a target for the year is due: all of it, month / 12, or percent by month.',
});
registerEnumType(TargetScope, { name: 'TargetScope', description: 'Whom a target was set for.' });
registerEnumType(Judgement, {
  name: 'Judgement',
  description: 'An indicator judged against its running target by uncapped performance.',
  valuesMap: {
    DISEMBUNYIKAN: {
      description:
        'Hidden: there are figures and a judgement, and a count in them is so small that it can point to a person.',
    },
  },
});
registerEnumType(EvaluationStatus, {
  name: 'EvaluationStatus',
  description: 'All but RETURNED stand: their values are locked.',
  valuesMap: {
    VERIFIED: { description: 'The district agrees with every programme.' },
    LOCKED: { description: 'Verified, and never returned or changed again.' },
  },
});
registerEnumType(Direction, { name: 'Direction', description: 'Which way is better; INFO is never judged.' });
registerEnumType(Accumulation, { name: 'Accumulation', description: 'How months add up within a year.' });
registerEnumType(CoverageState, { name: 'CoverageState', description: 'Why there is a coverage or none.' });
export enum TrendFigure {
  COVERAGE = 'coverage',
  OF_MONTH = 'ofMonth',
}
export enum RunSide {
  ABOVE = 'above',
  BELOW = 'below',
}
registerEnumType(TrendFigure, {
  name: 'TrendFigure',
  description: 'Which figures the median and the runs are of.',
  valuesMap: {
    COVERAGE: { description: 'The figure of the month.' },
    OF_MONTH: { description: 'What the month added to a cumulative figure, which rises by itself.' },
  },
});
registerEnumType(RunSide, { name: 'RunSide' });
registerEnumType(Covers, {
  name: 'Covers',
  description: 'What a value counts: one month, or the year through its month.',
});
registerEnumType(ValueState, { name: 'ValueState', description: 'Missing is not zero: 0 is REPORTED.' });

@ObjectType({ description: 'How many indicators fall under each judgement; together all of the bundle.' })
export class Tally {
  @Field(() => Int) baik: number;
  @Field(() => Int) cukup: number;
  @Field(() => Int) kurang: number;
  @Field(() => Int, { name: 'tanpaTarget' }) tanpa_target: number;
  @Field(() => Int, { name: 'tanpaData' }) tanpa_data: number;
  @Field(() => Int, {
    nullable: true,
    description: 'Beside these, for who may not see small counts: indicators that are hidden. Null: none.',
  })
  disembunyikan?: number | null;
}

@ObjectType()
export class Bundle {
  @Field(() => Int) year: number;
  @Field() name: string;
  @Field(() => Int) indicatorCount: number;
}

@ObjectType({ description: 'Figures are exact, rounded half up to two decimals for showing.' })
export class JudgedIndicator {
  @Field() code: string;
  @Field() name: string;
  @Field() program: string;
  @Field() unit: string;
  @Field(() => Judgement) judgement: Judgement;
  @Field(() => Decimal, { nullable: true }) numerator: string | null;
  @Field(() => Decimal, { nullable: true }) denominator: string | null;
  @Field(() => Decimal, { nullable: true, description: "In the indicator's unit." }) coverage: string | null;
  @Field(() => Decimal, { nullable: true, description: 'What should be reached by this month.' })
  runningTarget: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Percent of the running target, uncapped.' })
  performance: string | null;
}

@ObjectType({ description: 'What a puskesmas submitted for a period: values, targets and bands frozen.' })
export class Evaluation {
  @Field(() => ID) id: string;
  @Field(() => Int, { description: 'To be sent back with a command on it.' }) revision: number;
  @Field(() => EvaluationStatus) status: EvaluationStatus;
  @Field() submittedByName: string;
  @Field(() => Instant) submittedAt: string;
  @Field(() => String, { nullable: true }) returnedReason: string | null;
  @Field(() => Instant, { nullable: true }) returnedAt: string | null;
}
type EvaluationView = NonNullable<AskReply<typeof UnitResults>['summary']['evaluation']>;

export const toEvaluation = (view: EvaluationView): Evaluation => ({
  ...view,
  status: view.status as EvaluationStatus,
  id: globalId('Evaluation', view.evaluationId),
});

@ObjectType()
export class ReturnedIndicator {
  @Field() code: string;
  @Field() name: string;
  @Field() program: string;
  @Field() reason: string;
}
@ObjectType()
export class ProgramVerification {
  @Field() program: string;
  @Field(() => String, { nullable: true }) verifiedByName: string | null;
  @Field(() => Instant, { nullable: true, description: 'Null: not verified, or no longer.' })
  verifiedAt: string | null;
}
@ObjectType({ description: 'How far the district has come with an evaluation.' })
export class EvaluationVerification {
  @Field(() => [ProgramVerification], { description: 'Every programme of the bundle.' })
  programs: ProgramVerification[];
  @Field(() => [ReturnedIndicator], {
    description: 'What is to be mended; empty where all of it was returned, or nothing is.',
  })
  returned: ReturnedIndicator[];
  @Field(() => [ReturnedIndicator], {
    description: 'Indicators that were returned, and why the puskesmas says that they are right.',
  })
  objections: ReturnedIndicator[];
  @Field(() => Instant, { nullable: true, description: 'When the last programme was verified.' })
  verifiedAt: string | null;
  @Field(() => String, { nullable: true }) lockedByName: string | null;
  @Field(() => Instant, { nullable: true }) lockedAt: string | null;
}

@ObjectType()
export class Warning {
  @Field() code: string;
  @Field(() => String, { nullable: true }) indicatorCode: string | null;
  @Field(() => Text) message: Text;
}

@ObjectType({ description: 'Of the registered target group (sasaran riil), for comparison; never judged.' })
export class Registered {
  @Field(() => Decimal) denominator: string;
  @Field(() => Decimal) coverage: string;
}
@ObjectType({ description: 'Where a target comes from that was set beside the bundle.' })
export class TargetSource {
  @Field(() => TargetScope) scope: TargetScope;
  @Field({ description: 'The document that says so.' }) source: string;
  @Field() approvedBy: string;
  @Field(() => Day) approvedOn: string;
}
@ObjectType()
export class IndicatorResult extends JudgedIndicator {
  @Field() nameEn: string;
  @Field(() => Direction) direction: Direction;
  @Field(() => Accumulation) accumulation: Accumulation;
  @Field(() => Decimal, { nullable: true }) annualTarget: string | null;
  @Field(() => CoverageState) coverageState: CoverageState;
  @Field(() => Decimal, { nullable: true, description: 'As PKP shows it: at most 100.' })
  performanceCapped: string | null;
  @Field(() => Int) monthsReported: number;
  @Field(() => Int) monthsExpected: number;
  @Field(() => [Warning]) warnings: Warning[];
  @Field(() => Registered, { nullable: true }) registered?: Registered | null;
  @Field(() => TargetSource, { nullable: true, description: 'Null: the target is that of the bundle.' })
  targetSource?: TargetSource | null;
}
/** Services name enum values as the enums here do; only the type differs. */
export const toResult = (view: AskReply<typeof UnitResults>['results'][number]): IndicatorResult =>
  ({ ...view, judgement: view.hidden ? Judgement.DISEMBUNYIKAN : view.judgement }) as IndicatorResult;
export const toJudged = (
  view: AskReply<typeof DistrictIndicators>['units'][number]['worst'][number],
): JudgedIndicator => view as JudgedIndicator;

@ObjectType()
export class IndicatorDefinition {
  @Field() code: string;
  @Field() nameId: string;
  @Field() nameEn: string;
  @Field() program: string;
  @Field() cluster: string;
  @Field() unit: string;
  @Field(() => Direction) direction: Direction;
  @Field(() => Accumulation) accumulation: Accumulation;
  @Field(() => Decimal, { nullable: true }) annualTarget: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Null: a plain count without denominator.' })
  multiplier: string | null;
  @Field({ description: 'What is counted, in words.' }) numerator: string;
  @Field() denominator: string;
  @Field() numeratorElement: string;
  @Field(() => String, { nullable: true }) denominatorElement: string | null;
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
  activeMonths: number[] | null;
  @Field(() => [String], { description: 'Families that use the same number: `SPM`, `PKP`, `INM`, ...' })
  uses: string[];
  @Field() source: string;
  @Field(() => Int, {
    nullable: true,
    description:
      'Counts from 1 to below this are hidden from whoever may not see small counts; null: none is.',
  })
  smallCountsBelow: number | null;
  @Field(() => YearMonth, {
    nullable: true,
    description: 'The first month in which it is expected; null: all of the year.',
  })
  expectedFrom?: string | null;
}

export const toDefinition = (view: AskReply<typeof IndicatorDetail>['definition']): IndicatorDefinition => ({
  ...view,
  direction: view.direction as Direction,
  accumulation: view.accumulation as Accumulation,
  numerator: view.numeratorDefinition,
  denominator: view.denominatorDefinition,
  running: (view.running ?? null) as Running | null,
  uses: view.uses ?? [],
});

@ObjectType()
export class DataValue {
  @Field() element: string;
  @Field(() => YearMonth) period: string;
  @Field(() => Covers) covers: Covers;
  @Field(() => ValueState) state: ValueState;
  @Field(() => Decimal, { nullable: true }) value: string | null;
  @Field(() => Decimal, { nullable: true, description: 'As the source printed it, when it differs.' })
  publishedValue: string | null;
  @Field() enteredByName: string;
  @Field(() => Instant) enteredAt: string;
}

@ObjectType({ isAbstract: true })
export abstract class TimedPart extends Part {
  @Field(() => Instant, { nullable: true, description: 'When the service composed it.' })
  asOf?: string | null;
}

@ObjectType({ description: 'The first instants at which a month is closed here; null: never.' })
export class UnitWindows {
  @Field(() => Instant, { nullable: true, description: 'For what is not submitted yet.' })
  entryClosesAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'What is returned is mended until then.' })
  verificationClosesAt: string | null;
  @Field(() => String, { nullable: true, description: 'Of the district, IANA name.' }) zone: string | null;
}

@ObjectType()
export class UnitResultsPart extends TimedPart {
  @Field(() => Evaluation, { nullable: true }) evaluation?: Evaluation | null;
  @Field(() => EvaluationVerification, { nullable: true, description: 'Null while nothing was submitted.' })
  verification?: EvaluationVerification | null;
  @Field(() => UnitWindows, { nullable: true }) windows?: UnitWindows | null;
  @Field(() => Tally, { nullable: true }) tally?: Tally | null;
  @Field(() => Int, { nullable: true }) warnings?: number | null;
  @Field(() => [IndicatorResult], { nullable: true }) results?: IndicatorResult[] | null;
}

@ObjectType()
export class IndicatorDetailPart extends TimedPart {
  @Field(() => IndicatorDefinition, { nullable: true }) definition?: IndicatorDefinition | null;
  @Field(() => IndicatorResult, { nullable: true }) result?: IndicatorResult | null;
  @Field(() => [DataValue], { nullable: true }) values?: DataValue[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'The counts entered are kept from whoever may not see small counts; `values` is empty then.',
  })
  valuesHidden?: boolean | null;
}

@ObjectType({
  description: 'Six or more points in a row on one side of the median: it asks to look for a cause.',
})
export class TrendRun {
  @Field(() => RunSide) side: RunSide;
  @Field(() => YearMonth) from: string;
  @Field(() => YearMonth) to: string;
  @Field(() => Int) points: number;
}

@ObjectType()
export class TrendPoint {
  @Field(() => YearMonth) period: string;
  @Field(() => Decimal, { nullable: true, description: 'Null is a gap, never zero.' }) coverage:
    string | null;
  @Field(() => CoverageState, { description: 'Why there is a gap.' }) state: CoverageState;
  @Field(() => Decimal, { nullable: true }) numerator: string | null;
  @Field(() => Decimal, { nullable: true }) denominator: string | null;
  @Field(() => Judgement) judgement: Judgement;
  @Field(() => Decimal, {
    nullable: true,
    description: 'What the month added to a cumulative figure; null when that cannot be told.',
  })
  ofMonth: string | null;
  @Field(() => Decimal, { nullable: true }) annualTarget: string | null;
  @Field(() => Decimal, { nullable: true, description: 'What should be reached by the month.' })
  runningTarget: string | null;
  @Field({ description: 'Its denominator is below `smallBelow`: one case moves the figure much.' })
  small: boolean;
  @Field({ description: 'A state that still stands, or a year to date: no observation of this month.' })
  carried: boolean;
  @Field({ description: 'From this month on the indicator is measured otherwise.' }) redefined: boolean;
}

@ObjectType({ description: 'One indicator over 24 months.' })
export class IndicatorTrendPart extends TimedPart {
  @Field(() => TrendFigure, { nullable: true }) observed?: TrendFigure | null;
  @Field(() => Decimal, { nullable: true, description: 'Null with too few figures.' }) median?: string | null;
  @Field(() => [TrendRun], { nullable: true }) runs?: TrendRun[] | null;
  @Field(() => Int, { nullable: true }) smallBelow?: number | null;
  @Field(() => [TrendPoint], { nullable: true, description: 'Oldest first.' }) points?: TrendPoint[] | null;
}

export const toTrendPoint = (view: AskReply<typeof IndicatorTrend>['points'][number]): TrendPoint =>
  ({ ...view, judgement: view.hidden ? Judgement.DISEMBUNYIKAN : view.judgement }) as TrendPoint;
