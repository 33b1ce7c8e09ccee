import type { ServiceOptions } from '@lokmin/service';
import { Action, ActionEntry, FollowedEvaluation, Support, UnitActions } from './action/action.entity.ts';
import { actionReactions } from './action/action.reactions.ts';
import { Actions } from './action/action.service.ts';
import { ActionsModule } from './app.module.ts';
import { Actions1763800000000 } from './database/migrations/1763800000000-actions.ts';
import { Agreement1763900000000 } from './database/migrations/1763900000000-agreement.ts';

/** The actions service: what it stores, what it reacts to, what it does as time passes. */
export const actions: ServiceOptions = {
  name: 'actions',
  module: ActionsModule,
  database: {
    entities: [Action, ActionEntry, FollowedEvaluation, Support, UnitActions],
    migrations: [Actions1763800000000, Agreement1763900000000],
  },
  reactions: (app) => actionReactions(app.get(Actions)),
  tick: (app) => app.get(Actions).markOverdue(),
};
