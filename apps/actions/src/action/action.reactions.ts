import { READERS } from '@lokmin/contracts';
import { react, type Reaction } from '@lokmin/messaging';
import type { Actions } from './action.service.ts';

/** What the actions service does when others announce something. */
export const actionReactions = (actions: Actions): Reaction[] => [
  react(READERS.actionsFollowMeeting, (fact, tx) => actions.followMeeting(fact, tx)),
  react(READERS.actionsFollowEvaluation, (fact, tx) => actions.followEvaluation(fact, tx)),
];
