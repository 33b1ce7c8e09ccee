import type { Operation } from '@lokmin/access';

/**
 * By which rule somebody gets what a field resolves to. The services decide (`libs/access`); that they decide so is
 * tried by `tools/e2e/access.e2e.spec.ts`. Beside the operations of the matrix:
 * `public`: needs no signed-in person. `own`: of the signed-in person alone. `own action`: of the owner of
 * the action, or of whom `action.ready` allows where a guest owns it.
 * `post in district`: for whoever holds a post there. `with the thing`: who sees the thing that has the field sees it.
 * `every unit`: for whoever may see every puskesmas of the group. `guest link`: of the guest whose link was opened, and no person.
 */
export type Rule =
  | Operation
  | 'public'
  | 'own'
  | 'own action'
  | 'post in district'
  | 'with the thing'
  | 'every unit'
  | 'guest link';

/** Every resolver of the schema by its rule. A field that is missing here fails `rules.spec.ts`, and so the build. */
export const RULES: Readonly<Record<string, Rule>> = {
  'Query.node': 'with the thing',
  'Query.viewer': 'public',
  'Query.singleSignOn': 'public',
  'Query.district': 'post in district',
  'Query.coachingGroup': 'every unit',
  'Query.puskesmas': 'unit.view',
  'Query.meeting': 'unit.view',
  'Query.action': 'unit.view',
  'Query.deliveries': 'system.operate',
  'Query.webhooks': 'webhook.manage',
  'Query.webhookSendings': 'webhook.manage',
  'Query.webhookTypes': 'public',
  'Query.serviceAccounts': 'service-account.keep',
  'Query.audit': 'audit.view',
  'Query.system': 'system.operate',
  'Query.deadLetters': 'system.operate',
  'Query.guestAction': 'guest link',

  'Viewer.name': 'own',
  'Viewer.posts': 'own',
  'Viewer.inbox': 'own',
  'Viewer.myActions': 'own',
  'Viewer.sessions': 'own',
  'Viewer.secondFactor': 'own',
  'Viewer.preferences': 'own',

  'District.overview': 'district.view',
  'District.indicator': 'district.view',
  'District.findings': 'district.view',
  'District.scores': 'district.view',
  'District.catalogue': 'post in district',
  'District.windows': 'district.view',
  'District.verification': 'counts.small',
  'District.coachingGroups': 'every unit',
  'District.accounts': 'code.issue',
  'CoachingGroup.overview': 'every unit',
  'CoachingGroup.indicator': 'every unit',
  'CoachingGroup.scores': 'every unit',
  // Of a district or of a coaching group, as the overview that they are parts of.
  'DistrictOverview.indicators': 'with the thing',
  'DistrictOverview.actions': 'with the thing',
  'DistrictOverview.meetings': 'with the thing',
  'DistrictOverview.notifications': 'with the thing',
  'DistrictOverview.rows': 'with the thing',

  'Puskesmas.timeZone': 'unit.view',
  'Puskesmas.results': 'unit.view',
  'Puskesmas.indicator': 'unit.view',
  'Puskesmas.trend': 'unit.view',
  'Puskesmas.sheet': 'values.record',
  'Puskesmas.findings': 'unit.view',
  'Puskesmas.scores': 'unit.view',
  'Puskesmas.meetings': 'unit.view',
  'Puskesmas.actions': 'unit.view',
  'Puskesmas.people': 'people.view',
  'Puskesmas.accounts': 'code.issue',
  'Puskesmas.guests': 'people.view',
  'Evaluation.changes': 'counts.small',
  'Evaluation.trail': 'with the thing',
  'Meeting.agenda': 'with the thing',
  'Meeting.attendees': 'with the thing',
  'Meeting.notes': 'with the thing',
  'Meeting.trail': 'with the thing',
  'Action.history': 'with the thing',
  'Action.trail': 'with the thing',

  'Mutation.signIn': 'public',
  'Mutation.completeSignIn': 'public',
  'Mutation.useCode': 'public',
  'Mutation.signInService': 'public',
  'Mutation.refreshSession': 'public',
  'Mutation.signOut': 'public',
  'Mutation.endSessions': 'own',
  'Mutation.changePassword': 'own',
  'Mutation.startSecondFactor': 'own',
  'Mutation.confirmSecondFactor': 'own',
  'Mutation.turnOffSecondFactor': 'own',
  'Mutation.removeSecondFactor': 'second-factor.remove',
  'Mutation.setPreferences': 'own',
  'Mutation.markMessagesRead': 'own',
  'Mutation.issueCodes': 'code.issue',
  'Mutation.makeServiceAccount': 'service-account.keep',
  'Mutation.renewServiceSecret': 'service-account.keep',
  'Mutation.revokeServiceAccount': 'service-account.keep',
  'Mutation.addGuest': 'guest.keep',
  'Mutation.changeGuest': 'guest.keep',
  'Mutation.endGuest': 'guest.keep',
  'Mutation.issueGuestLink': 'guest.keep',
  'Mutation.revokeGuestLink': 'guest.keep',
  'Mutation.openGuestLink': 'public',
  'Mutation.reportAsGuest': 'guest link',
  'Mutation.confirmFinding': 'values.record',
  'Mutation.setTargets': 'target.set',
  'Mutation.recordValues': 'values.record',
  'Mutation.submitEvaluation': 'evaluation.submit',
  'Mutation.returnEvaluation': 'evaluation.return',
  'Mutation.returnEvaluations': 'evaluation.return',
  'Mutation.verifyEvaluations': 'evaluation.verify',
  'Mutation.lockEvaluations': 'evaluation.lock',
  'Mutation.setWindows': 'window.keep',
  'Mutation.extendWindow': 'window.keep',
  'Mutation.scheduleMeeting': 'meeting.arrange',
  'Mutation.moveMeeting': 'meeting.arrange',
  'Mutation.cancelMeeting': 'meeting.arrange',
  'Mutation.openMeeting': 'meeting.arrange',
  'Mutation.concludeMeeting': 'meeting.arrange',
  'Mutation.addTopic': 'meeting.record',
  'Mutation.removeTopic': 'meeting.record',
  'Mutation.decideItem': 'meeting.record',
  'Mutation.recordAttendance': 'meeting.record',
  'Mutation.saveNotes': 'meeting.record',
  'Mutation.signMinutes': 'minutes.sign',
  'Mutation.readyAction': 'action.ready',
  'Mutation.reportProgress': 'own action',
  'Mutation.completeAction': 'own action',
  'Mutation.sendAgain': 'system.operate',
  'Mutation.replayDeadLetter': 'system.operate',
  'Mutation.createWebhook': 'webhook.manage',
  'Mutation.changeWebhook': 'webhook.manage',
  'Mutation.rotateWebhookSecret': 'webhook.manage',
  'Mutation.deleteWebhook': 'webhook.manage',
  'Mutation.testWebhook': 'webhook.manage',
  'Mutation.resendToWebhook': 'webhook.manage',

  'Subscription.districtChanged': 'post in district',
  'Subscription.inboxChanged': 'own',
};
