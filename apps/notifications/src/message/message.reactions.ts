import { READERS } from '@lokmin/contracts';
import { react, type Reaction } from '@lokmin/messaging';
import type { Messages } from './message.service.ts';

/** What the notifications service does when others announce something. */
export const messageReactions = (messages: Messages): Reaction[] => [
  react(READERS.notificationsTellOfEvaluation, (fact, tx) => messages.tellOfEvaluation(fact, tx)),
  react(READERS.notificationsTellOfMeeting, (fact, tx) => messages.tellOfMeeting(fact, tx)),
  react(READERS.notificationsTellOfAction, (fact, tx) => messages.tellOfAction(fact, tx)),
];
