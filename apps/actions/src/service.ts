import type { ServiceOptions } from '@lokmin/service';
import { Action, ActionEntry, FollowedEvaluation, Support, UnitActions } from './action/action.entity.ts';
import { actionReactions } from './action/action.reactions.ts';
import { Actions } from './action/action.service.ts';
import { ActionsModule } from './app.module.ts';
import { Actions1763800000000 } from './database/migrations/1763800000000-actions.ts';
import { Agreement1763900000000 } from './database/migrations/1763900000000-agreement.ts';
import { Evidence1764300000000 } from './database/migrations/1764300000000-evidence.ts';
import { GuestOwners1765300200000 } from './database/migrations/1765300200000-guest-owners.ts';
import { openEvidenceDoor } from './evidence/evidence.api.ts';
import { Evidence, EvidenceContent } from './evidence/evidence.entity.ts';
import { EvidenceFolder } from './evidence/evidence.folder.ts';
import { EvidenceFiles } from './evidence/evidence.service.ts';

/** The actions service: what it stores, what it reacts to, what it does as time passes. */
export const actions: ServiceOptions = {
  name: 'actions',
  module: ActionsModule,
  database: {
    entities: [Action, ActionEntry, FollowedEvaluation, Support, UnitActions, Evidence, EvidenceContent],
    migrations: [
      Actions1763800000000,
      Agreement1763900000000,
      Evidence1764300000000,
      GuestOwners1765300200000,
    ],
    audit: {
      audited: {
        action: { record: 'Action' },
        action_entry: { record: 'Action', by: ['action_id'], within: 'action' },
        action_support: { record: 'Action', by: ['action_id'], within: 'action' },
        // Until a report shows it, a file is there only for who put it.
        evidence: { record: 'Action', by: ['action_id'], within: 'action', unshown: true },
      },
      exempt: {
        followed_evaluation: 'a copy of what indicators announce',
        unit_actions: 'counts of the actions',
        evidence_content: 'which contents lie in the folder; the files that they are of are audited',
      },
    },
  },
  reactions: (app) => actionReactions(app.get(Actions)),
  prepare: (app) => app.get(EvidenceFolder).prepare(),
  http: openEvidenceDoor,
  tick: async (app) => {
    await app.get(Actions).markOverdue();
    await app.get(EvidenceFiles).tick();
  },
};
