import {
  AddTopic,
  CancelMeeting,
  ConcludeMeeting,
  DecideItem,
  DistrictMeetings,
  FindMeeting,
  ListMeetings,
  MoveMeeting,
  OpenMeeting,
  RecordAttendance,
  RemoveTopic,
  SaveNotes,
  ScheduleMeeting,
  SignMinutes,
  type AskInput,
} from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Controller } from '@nestjs/common';
import { Meetings } from './meeting.service.ts';

/** Every request that this service answers. */
@Controller()
export class MeetingsApi {
  constructor(private readonly meetings: Meetings) {}

  @Answers(DistrictMeetings)
  districtMeetings(input: AskInput<typeof DistrictMeetings>) {
    return this.meetings.district(input);
  }

  @Answers(ListMeetings)
  listMeetings(input: AskInput<typeof ListMeetings>) {
    return this.meetings.list(input);
  }

  @Answers(FindMeeting)
  findMeeting(input: AskInput<typeof FindMeeting>) {
    return this.meetings.find(input);
  }

  @Answers(ScheduleMeeting)
  scheduleMeeting(input: AskInput<typeof ScheduleMeeting>) {
    return this.meetings.schedule(input);
  }

  @Answers(MoveMeeting)
  moveMeeting(input: AskInput<typeof MoveMeeting>) {
    return this.meetings.move(input);
  }

  @Answers(CancelMeeting)
  cancelMeeting(input: AskInput<typeof CancelMeeting>) {
    return this.meetings.cancel(input);
  }

  @Answers(OpenMeeting)
  openMeeting(input: AskInput<typeof OpenMeeting>) {
    return this.meetings.open(input);
  }

  @Answers(AddTopic)
  addTopic(input: AskInput<typeof AddTopic>) {
    return this.meetings.addTopic(input);
  }

  @Answers(RemoveTopic)
  removeTopic(input: AskInput<typeof RemoveTopic>) {
    return this.meetings.removeTopic(input);
  }

  @Answers(DecideItem)
  decideItem(input: AskInput<typeof DecideItem>) {
    return this.meetings.decide(input);
  }

  @Answers(RecordAttendance)
  recordAttendance(input: AskInput<typeof RecordAttendance>) {
    return this.meetings.recordAttendance(input);
  }

  @Answers(SaveNotes)
  saveNotes(input: AskInput<typeof SaveNotes>) {
    return this.meetings.saveNotes(input);
  }

  @Answers(ConcludeMeeting)
  concludeMeeting(input: AskInput<typeof ConcludeMeeting>) {
    return this.meetings.conclude(input);
  }

  @Answers(SignMinutes)
  signMinutes(input: AskInput<typeof SignMinutes>) {
    return this.meetings.sign(input);
  }
}
