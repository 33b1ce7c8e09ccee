import type { ServiceOptions } from '@lokmin/service';
import { MeetingsModule } from './app.module.ts';
import { Meetings1763900000000 } from './database/migrations/1763900000000-meetings.ts';
import { RecordedBy1764400000000 } from './database/migrations/1764400000000-recorded-by.ts';
import {
  AgendaItem,
  Attendee,
  KnownAction,
  KnownEvaluation,
  Meeting,
  UnitCalendar,
} from './meeting/meeting.entity.ts';
import { meetingReactions } from './meeting/meeting.reactions.ts';
import { openMinutesDoor } from './minutes/minutes.api.ts';
import { Meetings } from './meeting/meeting.service.ts';

/** The meetings service: what it stores, what it reacts to, what it does as time passes. */
export const meetings: ServiceOptions = {
  name: 'meetings',
  module: MeetingsModule,
  database: {
    entities: [Meeting, AgendaItem, Attendee, KnownEvaluation, KnownAction, UnitCalendar],
    migrations: [Meetings1763900000000, RecordedBy1764400000000],
    audit: {
      audited: {
        meeting: { record: 'Meeting' },
        agenda_item: { record: 'Meeting', by: ['meeting_id'], within: 'meeting' },
        attendee: { record: 'Meeting', by: ['meeting_id'], within: 'meeting' },
      },
      exempt: {
        known_evaluation: 'a copy of what indicators announce',
        known_action: 'a copy of what actions announce',
        unit_calendar: 'until when months were looked at',
      },
    },
  },
  reactions: (app) => meetingReactions(app.get(Meetings)),
  http: openMinutesDoor,
  tick: (app) => app.get(Meetings).markMissed(),
};
