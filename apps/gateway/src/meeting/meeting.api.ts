import {
  AddTopic,
  CancelMeeting,
  ConcludeMeeting,
  DecideItem,
  FindMeeting,
  ListMeetings,
  MoveMeeting,
  OpenMeeting,
  RecordAttendance,
  Refusal,
  RemoveTopic,
  SaveNotes,
  ScheduleMeeting,
  SignMinutes,
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
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { asGraphQLError, orRefusal } from '../graphql/errors.ts';
import { keyOf, uuidOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant, YearMonth } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { RefusalResult, resultUnion } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';
import {
  AgendaDecision,
  AgendaItem,
  Attendee,
  Meeting,
  MeetingsPart,
  Presence,
  toAgendaItem,
  toAttendee,
} from './meeting.types.ts';

@InputType({ isAbstract: true })
class MeetingCommand {
  @Field(() => ID, { description: 'A UUID; the same id again repeats nothing.' }) commandId: string;
  @Field(() => ID) meeting: string;
  @Field(() => Int) expectedRevision: number;
}
@InputType()
class ScheduleMeetingInput {
  @Field(() => ID) commandId: string;
  @Field({ description: 'Registration number.' }) puskesmas: string;
  @Field(() => YearMonth) month: string;
  @Field(() => YearMonth, { nullable: true, description: 'Left out: the month before.' })
  dataPeriod?: string | null;
  @Field(() => Instant) startsAt: string;
  @Field(() => Int, { description: 'Minutes, 5-720.' }) durationMinutes: number;
  @Field() place: string;
}
@InputType()
class MoveMeetingInput extends MeetingCommand {
  @Field(() => Instant) startsAt: string;
  @Field(() => Int, { description: 'Minutes, 5-720.' }) durationMinutes: number;
  @Field() place: string;
}
@InputType()
class CancelMeetingInput extends MeetingCommand {
  @Field() reason: string;
}
@InputType()
class OpenMeetingInput extends MeetingCommand {}
@InputType()
class ConcludeMeetingInput extends MeetingCommand {}
@InputType()
class SignMinutesInput extends MeetingCommand {}
@InputType()
class AddTopicInput extends MeetingCommand {
  @Field() title: string;
}
@InputType()
class RemoveTopicInput extends MeetingCommand {
  @Field(() => ID) item: string;
}
@InputType()
class DecideItemInput extends MeetingCommand {
  @Field(() => ID) item: string;
  @Field({ description: 'What was said; at most 4,000 characters.' }) note: string;
  @Field(() => AgendaDecision, { nullable: true }) decision?: AgendaDecision | null;
}
@InputType()
class AttendanceInput {
  @Field(() => ID) attendee: string;
  @Field(() => Presence) presence: Presence;
}
@InputType()
class GuestInput {
  @Field() name: string;
  @Field({ description: 'Where the guest comes from.' }) position: string;
}
@InputType()
class RecordAttendanceInput extends MeetingCommand {
  @Field(() => [AttendanceInput], { nullable: true }) attendees?: AttendanceInput[] | null;
  @Field(() => [GuestInput], { nullable: true }) guests?: GuestInput[] | null;
}
@InputType()
class SaveNotesInput extends MeetingCommand {
  @Field({ description: 'At most 20,000 characters.' }) notes: string;
}
@ObjectType()
class MeetingChanged {
  readonly __typename = 'MeetingChanged';
  @Field(() => Meeting) meeting: Meeting;
}
const MeetingResult = resultUnion('MeetingResult', () => [MeetingChanged]);
type Result = Promise<MeetingChanged | RefusalResult>;

@Resolver(() => Meeting)
export class MeetingApi {
  constructor(private readonly services: Services) {}

  @Query(() => Meeting, { nullable: true, description: 'Null when it is unknown or not visible.' })
  @Extensions({ asks: 1 })
  async meeting(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<Meeting | null> {
    const key = uuidOf('Meeting', id);
    if (!key) return null;
    try {
      return await this.find(context, key);
    } catch (error) {
      throw asGraphQLError(error);
    }
  }

  /** @throws Refusal, ServiceUnavailable */
  async find(context: RequestContext, meetingId: string): Promise<Meeting | null> {
    try {
      const detail = await this.services.query(context, FindMeeting, { meetingId });
      return new Meeting(detail.meeting, detail);
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'not-found' || error.code === 'access.forbidden'))
        return null;
      throw error;
    }
  }

  @ResolveField(() => [AgendaItem], { description: 'In order. Ask for it of one meeting, not of a list.' })
  @Extensions({ asks: 1 })
  async agenda(@Parent() meeting: Meeting, @Context() context: RequestContext): Promise<AgendaItem[]> {
    return (await this.#detail(meeting, context)).agenda.map(toAgendaItem);
  }

  @ResolveField(() => [Attendee], { description: 'Until the meeting is opened: who holds a post then.' })
  @Extensions({ asks: 1 })
  async attendees(@Parent() meeting: Meeting, @Context() context: RequestContext): Promise<Attendee[]> {
    return (await this.#detail(meeting, context)).attendees.map(toAttendee);
  }

  @ResolveField(() => String)
  @Extensions({ asks: 1 })
  async notes(@Parent() meeting: Meeting, @Context() context: RequestContext): Promise<string> {
    return (await this.#detail(meeting, context)).notes;
  }

  @Mutation(() => MeetingResult, { description: 'Also a cancelled or missed one again.' })
  scheduleMeeting(
    @Args('input') { puskesmas, dataPeriod, ...input }: ScheduleMeetingInput,
    @Context() context: RequestContext,
  ): Result {
    return this.#change(context, async () => {
      const unit = await this.services.puskesmas(context, puskesmas);
      return this.services.command(context, ScheduleMeeting, {
        ...input,
        unitId: unit.unitId,
        dataPeriod: dataPeriod ?? null,
      });
    });
  }

  @Mutation(() => MeetingResult, { description: 'It keeps its month.' })
  moveMeeting(@Args('input') input: MoveMeetingInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, MoveMeeting, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult)
  cancelMeeting(@Args('input') input: CancelMeetingInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, CancelMeeting, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult, { description: 'Freezes agenda and attendance list.' })
  openMeeting(@Args('input') input: OpenMeetingInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, OpenMeeting, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult)
  addTopic(@Args('input') input: AddTopicInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, AddTopic, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult)
  removeTopic(
    @Args('input') { item, ...input }: RemoveTopicInput,
    @Context() context: RequestContext,
  ): Result {
    return this.#change(context, () =>
      this.services.command(context, RemoveTopic, {
        ...withMeetingId(input),
        itemId: keyOf('AgendaItem', item, 'item'),
      }),
    );
  }

  @Mutation(() => MeetingResult, { description: 'What an opened meeting said and decided about an item.' })
  decideItem(
    @Args('input') { item, decision, ...input }: DecideItemInput,
    @Context() context: RequestContext,
  ): Result {
    return this.#change(context, () =>
      this.services.command(context, DecideItem, {
        ...withMeetingId(input),
        itemId: keyOf('AgendaItem', item, 'item'),
        decision: decision ?? null,
      }),
    );
  }

  @Mutation(() => MeetingResult, { description: 'Who was there; guests are added as present.' })
  recordAttendance(
    @Args('input') { attendees, guests, ...input }: RecordAttendanceInput,
    @Context() context: RequestContext,
  ): Result {
    return this.#change(context, () =>
      this.services.command(context, RecordAttendance, {
        ...withMeetingId(input),
        attendees: (attendees ?? []).map(({ attendee, presence }, i) => ({
          attendeeId: keyOf('Attendee', attendee, `attendees.${i}.attendee`),
          presence,
        })),
        guests: (guests ?? []).map(({ name, position }) => ({ name, position })),
      }),
    );
  }

  @Mutation(() => MeetingResult)
  saveNotes(@Args('input') input: SaveNotesInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, SaveNotes, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult, { description: 'What it agreed on and carries over is announced.' })
  concludeMeeting(@Args('input') input: ConcludeMeetingInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, ConcludeMeeting, withMeetingId(input)));
  }

  @Mutation(() => MeetingResult, { description: 'By the head; nothing of the meeting changes afterwards.' })
  signMinutes(@Args('input') input: SignMinutesInput, @Context() context: RequestContext): Result {
    return this.#change(context, () => this.services.command(context, SignMinutes, withMeetingId(input)));
  }

  async #detail(meeting: Meeting, context: RequestContext): Promise<AskReply<typeof FindMeeting>> {
    return (
      meeting.detail ??
      (await this.services.queryOrError(context, FindMeeting, { meetingId: meeting.meetingId }))
    );
  }

  /** Who made a change goes past answers that do not know of it yet. */
  #change(context: RequestContext, command: () => Promise<AskReply<typeof ScheduleMeeting>>): Result {
    return orRefusal(async () => {
      const view = await command();
      this.services.made(context, `meeting ${view.meetingId}`, view.revision);
      return { __typename: 'MeetingChanged' as const, meeting: new Meeting(view) };
    });
  }
}

/** The meetings of a puskesmas, where the puskesmas is shown. */
@Resolver(() => Puskesmas)
export class PuskesmasMeetingsApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => MeetingsPart, { description: 'Newest month first.' })
  @Extensions({ asks: 1 })
  async meetings(
    @Parent() { unitId }: Puskesmas,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 24 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<MeetingsPart> {
    const { status, message, reply } = await this.services.part(
      context,
      readPage(
        { first: first ?? 24, after },
        (page) => this.services.query(context, ListMeetings, { unitId, ...page }),
        (view) => new Meeting(view),
      ),
    );
    return { status, message, ...reply };
  }
}

/** The services know a meeting by its key. */
const withMeetingId = <T extends { meeting: string }>({ meeting, ...input }: T) => ({
  ...input,
  meetingId: keyOf('Meeting', meeting, 'meeting'),
});
