import { globalId, type AskReply, type FindMeeting } from '@lokmin/contracts';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ActionStatus } from '../action/action.types.ts';
import { Day, Decimal, Instant, YearMonth } from '../graphql/scalars.ts';
import { Node, PagePart } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

export enum MeetingStatus {
  SCHEDULED = 'scheduled',
  OPENED = 'opened',
  CONCLUDED = 'concluded',
  CANCELLED = 'cancelled',
  MISSED = 'missed',
}
export enum AgendaKind {
  REVIEW = 'review',
  RESULT = 'result',
  PROPOSAL = 'proposal',
  TOPIC = 'topic',
}
export enum AgendaDecision {
  AGREE = 'agree',
  CONTINUE = 'continue',
  PUT_OFF = 'put_off',
  NOTED = 'noted',
}
export enum Presence {
  EXPECTED = 'expected',
  PRESENT = 'present',
  EXCUSED = 'excused',
  ABSENT = 'absent',
}
registerEnumType(MeetingStatus, {
  name: 'MeetingStatus',
  description: 'OPENED: agenda and attendance list are frozen. CANCELLED and MISSED can be scheduled again.',
});
registerEnumType(AgendaKind, {
  name: 'AgendaKind',
  description:
    'REVIEW: an agreed action that goes on, or one completed since; PROPOSAL: no meeting agreed on it yet; RESULT: judged kurang, without either; TOPIC: added by hand.',
});
registerEnumType(AgendaDecision, {
  name: 'AgendaDecision',
  description: 'AGREE, PUT_OFF: of a proposal; CONTINUE, NOTED: of a review; NOTED: of a result or topic.',
});
registerEnumType(Presence, { name: 'Presence' });

type Detail = AskReply<typeof FindMeeting>;

@ObjectType()
export class AgendaItem {
  @Field(() => ID, { nullable: true, description: 'Null while it is taken anew at each look.' })
  id: string | null;
  @Field(() => AgendaKind) kind: AgendaKind;
  @Field() title: string;
  @Field(() => String, { nullable: true }) indicatorCode: string | null;
  @Field(() => Decimal, { nullable: true, description: 'Percent of the running target, of a red indicator.' })
  performance: string | null;
  @Field({ description: 'There may be one, which whoever may not see small counts is not shown.' })
  performanceHidden: boolean;
  @Field(() => ID, { nullable: true, description: 'Id of the action, for `action`.' }) actionId:
    string | null;
  @Field(() => ActionStatus, { nullable: true }) actionStatus: ActionStatus | null;
  @Field(() => String, { nullable: true }) ownerName: string | null;
  @Field(() => Day, { nullable: true }) dueDate: string | null;
  @Field() overdue: boolean;
  @Field(() => Int, { nullable: true, description: 'Whole percent.' }) progress: number | null;
  @Field(() => Int, { description: 'In how many meetings it was carried over.' }) carriedOver: number;
  @Field() note: string;
  @Field(() => AgendaDecision, { nullable: true }) decision: AgendaDecision | null;
}
@ObjectType()
export class Attendee {
  @Field(() => ID, { nullable: true, description: 'Null until the meeting is opened.' }) id: string | null;
  @Field() name: string;
  @Field({ description: 'Post in the unit, or where a guest comes from.' }) position: string;
  @Field(() => Presence) presence: Presence;
}

@ObjectType({
  implements: () => [Node],
  description: 'The one monthly meeting (lokakarya mini) of a puskesmas and month.',
})
export class Meeting implements Node {
  readonly __typename = 'Meeting';
  id: string;
  @Field(() => Int, { description: 'To be sent back with a command on it.' }) revision: number;
  @Field(() => Puskesmas) puskesmas: Puskesmas;
  @Field(() => YearMonth, { description: 'The month it belongs to, however often it is moved.' })
  month: string;
  @Field(() => YearMonth, { description: 'The month whose results it looks at.' }) dataPeriod: string;
  @Field(() => MeetingStatus) status: MeetingStatus;
  @Field(() => Instant, { nullable: true }) startsAt: string | null;
  @Field(() => Int) durationMinutes: number;
  @Field() place: string;
  @Field(() => Instant, { nullable: true }) concludedAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'The end of its month, once that passed without it.' })
  missedAt: string | null;
  @Field(() => Instant, { nullable: true, description: 'When the head signed the minutes.' })
  signedAt: string | null;
  @Field(() => String, { nullable: true }) signedByName: string | null;
  @Field(() => String, { nullable: true }) cancelledReason: string | null;
  @Field(() => Int, { description: 'On the attendance list; 0 until it is opened.' }) invited: number;
  @Field(() => Int) present: number;
  readonly meetingId: string;

  /** @param detail where the reply brought it along */
  constructor(
    view: Detail['meeting'],
    readonly detail: Detail | null = null,
  ) {
    this.id = globalId('Meeting', view.meetingId);
    this.meetingId = view.meetingId;
    this.revision = view.revision;
    this.puskesmas = new Puskesmas({ unitId: view.unitId, code: view.unitCode, name: view.unitName });
    this.month = view.month;
    this.dataPeriod = view.dataPeriod;
    this.status = view.status as MeetingStatus;
    this.startsAt = view.startsAt;
    this.durationMinutes = view.durationMinutes;
    this.place = view.place;
    this.concludedAt = view.concludedAt;
    this.missedAt = view.missedAt;
    this.signedAt = view.signedAt;
    this.signedByName = view.signedByName;
    this.cancelledReason = view.cancelledReason;
    this.invited = view.invited;
    this.present = view.present;
  }
}

export const toAgendaItem = ({ itemId, actionId, ...item }: Detail['agenda'][number]): AgendaItem => ({
  ...item,
  id: itemId && globalId('AgendaItem', itemId),
  kind: item.kind as AgendaKind,
  actionId: actionId && globalId('Action', actionId),
  actionStatus: item.actionStatus as ActionStatus | null,
  decision: item.decision as AgendaDecision | null,
});
export const toAttendee = ({
  attendeeId,
  name,
  position,
  presence,
}: Detail['attendees'][number]): Attendee => ({
  id: attendeeId && globalId('Attendee', attendeeId),
  name,
  position,
  presence: presence as Presence,
});

@ObjectType()
export class MeetingEdge {
  @Field() cursor: string;
  @Field(() => Meeting) node: Meeting;
}
@ObjectType()
export class MeetingsPart extends PagePart {
  @Field(() => [Meeting], { nullable: true }) nodes?: Meeting[] | null;
  @Field(() => [MeetingEdge], { nullable: true }) edges?: MeetingEdge[] | null;
}
