import { READERS } from '@lokmin/contracts';
import { react, type Reaction } from '@lokmin/messaging';
import type { Meetings } from './meeting.service.ts';

/** What the meetings service does when others announce something: it keeps what its agendas are made of. */
export const meetingReactions = (meetings: Meetings): Reaction[] => [
  react(READERS.meetingsFollowEvaluation, (fact, tx) => meetings.followEvaluation(fact, tx)),
  react(READERS.meetingsFollowAction, (fact, tx) => meetings.followAction(fact, tx)),
];
