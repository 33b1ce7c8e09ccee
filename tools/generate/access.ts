import { MATRIX, ROLES, type Operation, type Role, type Scope } from '@lokmin/access';

const OPERATIONS: Record<Operation, string> = {
  'district.view': 'See the whole district: overview, trends, deliveries',
  'unit.view': 'See a puskesmas: results, meetings, actions',
  'people.view': 'See who holds which post, with contacts',
  'counts.small': 'See counts so small that they can point to a person',
  'values.record': 'Record and import values',
  'evaluation.submit': 'Submit an evaluation',
  'evaluation.return': 'Return a submitted evaluation, or single indicators of it',
  'evaluation.verify': 'Verify programmes of a submitted evaluation',
  'evaluation.lock': 'Lock verified evaluations of a period',
  'window.keep': 'Set until when months are entered and verified, and extend that',
  'meeting.arrange': 'Schedule, move, cancel, open and conclude a meeting',
  'meeting.record': 'Write down topics, decisions, attendance and notes',
  'minutes.sign': 'Sign the minutes',
  'action.ready': 'Give an action its owner and due date',
  'deviation.accept': 'Accept for a while that an indicator misses its target',
  'target.set': 'Set targets beside the bundle of a year',
  'mapping.keep': 'Keep which data elements of DHIS2 are which of ours',
  'bundle.draft': 'Prepare the indicators of a year',
  'layout.keep': "Keep what stands where in workbooks of the district's own",
  'bundle.publish': 'Publish the indicators of a year',
  'directory.import': 'Import units and people',
  'code.issue': 'Issue a one-time code to somebody who has no password, or forgot it',
  'second-factor.remove': 'Take the second factor off somebody who lost it',
  'service-account.keep': 'Make service accounts, renew their secrets and end them',
  'guest.keep': 'Keep guests of other sectors, and issue and revoke their links',
  'audit.view': 'See who changed what: the audit trail and its export',
  'webhook.manage': 'Have facts sent to other systems (webhooks)',
  'system.operate': 'Look after deliveries, dead letters and keys',
  'api.adhoc': "Ask the API in words of one's own, and for its schema",
};
const REACH: Record<Scope, string> = {
  'own unit': 'own unit',
  'own programme in own unit': 'own programme',
  'own coaching group': 'coaching group',
  'own district': 'district',
  'own programme in own district': 'own programme, district',
};

/** The matrix of `@lokmin/access` for people: one row for each operation, one column for each role. */
export function accessTable(): string {
  const roles = Object.keys(ROLES) as Role[];
  const grants: Record<Operation, Partial<Record<Role, Scope>>> = MATRIX;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['Operation', ...roles.map((role) => `\`${role}\``)]),
    row(['---', ...roles.map(() => '---')]),
    ...(Object.keys(MATRIX) as Operation[]).map((operation) =>
      row([
        `${OPERATIONS[operation]} (\`${operation}\`)`,
        ...roles.map((role) => {
          const scope = grants[operation][role];
          return scope ? REACH[scope] : '-';
        }),
      ]),
    ),
  ].join('\n');
}
