/** What must have become of the meetings, their agendas and what they agreed on. */
import { compare, type Counted, type Rows } from './counting.ts';
import { LASTING } from './district.ts';
import type { Implied } from './reckoning.ts';

export async function reckonMeetings(rows: Rows, { accomplished }: Implied): Promise<Counted[]> {
  const { meetings, evaluations } = accomplished;
  const held = meetings.filter(({ status }) => status === 'concluded');
  const logins = await loginsById(rows);
  const found = await rows(
    'meetings',
    'SELECT code, month, meeting_id, meeting.revision, status FROM meeting JOIN known_unit USING (unit_id)',
  );
  const items = await rows(
    'meetings',
    'SELECT meeting_id, kind, coalesce(indicator_code, title) AS about, decision FROM agenda_item',
  );
  const attendees = await rows('meetings', 'SELECT meeting_id, person_id, presence FROM attendee');
  const facts = await rows(
    'meetings',
    `SELECT split_part(subject, '.', 4) AS step, body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision
     FROM outbox WHERE subject LIKE ANY ('{lokmin.meetings.meeting.%,lokmin.meetings.minutes.%}')`,
  );
  const agreed = await rows(
    'actions',
    `SELECT code, indicator_code AS indicator, agreed_in, carried_over, status
     FROM action JOIN known_unit USING (unit_id) WHERE agreed_at IS NOT NULL OR carried_over > 0`,
  );
  const entries = await rows(
    'actions',
    `SELECT code, indicator_code AS indicator, entry.kind, note
     FROM action_entry AS entry JOIN action USING (action_id) JOIN known_unit USING (unit_id)
     WHERE entry.kind IN ('agreed', 'carried_over')`,
  );
  const known = async (sql: string) =>
    (await rows('meetings', sql)).map((row) => Object.values(row).join(' '));
  const actions = await rows(
    'actions',
    `SELECT action_id, revision, status, agreed_at IS NOT NULL AS agreed, carried_over FROM action`,
  );
  return [
    compare(
      'meetings, one for each puskesmas and month, at the revision of the last answer',
      meetings.map(
        ({ unit, month, meetingId, revision, status }) =>
          `${unit.code} ${month} ${meetingId} revision ${revision} ${status}`,
      ),
      found.map(
        (row) =>
          `${row['code']} ${row['month']} ${row['meeting_id']} revision ${row['revision']} ${row['status']}`,
      ),
    ),
    compare(
      'items of agendas, each once with its decision',
      meetings.flatMap(({ meetingId, agenda }) =>
        agenda.map(({ kind, about, decision }) => `${meetingId} ${kind} ${about} ${decision}`),
      ),
      items.map((row) => `${row['meeting_id']} ${row['kind']} ${row['about']} ${row['decision']}`),
    ),
    compare(
      'people on attendance lists',
      held.flatMap(({ unit, meetingId }) => [
        ...[unit.head, unit.ktu, unit.holder, unit.outsider].map((login) => `${meetingId} ${login} present`),
        `${meetingId} ${unit.staff} excused`,
        `${meetingId} guest present`,
      ]),
      attendees.map(
        (row) => `${row['meeting_id']} ${logins.get(row['person_id']!) ?? 'guest'} ${row['presence']}`,
      ),
    ),
    compare(
      'facts announced of meetings',
      meetings.flatMap(({ meetingId, steps }) =>
        steps.map(({ step, revision }) => `${step} ${meetingId} revision ${revision}`),
      ),
      facts.map((row) => `${row['step']} ${row['id']} revision ${row['revision']}`),
    ),
    compare(
      'actions agreed on, each by the meeting that first did, carried over by the later ones',
      held.flatMap((met) =>
        met.agreed.map((code) => {
          const later = held.filter((other) => other.unit === met.unit && other.carriedOver.includes(code));
          const ready = code === LASTING && accomplished.readied.some(({ unit }) => unit === met.unit);
          return `${met.unit.code} ${code} ${ready ? 'ready' : 'proposed'} in ${met.meetingId}, carried over ${later.length} times`;
        }),
      ),
      agreed.map(
        (row) =>
          `${row['code']} ${row['indicator']} ${row['status']} in ${row['agreed_in']}, carried over ${row['carried_over']} times`,
      ),
    ),
    compare(
      'agreements and carryings over in the history of actions',
      held.flatMap(({ unit, month, agreed, carriedOver }) => [
        ...agreed.map((code) => `${unit.code} ${code} agreed ${month}`),
        ...carriedOver.map((code) => `${unit.code} ${code} carried_over ${month}`),
      ]),
      entries.map((row) => `${row['code']} ${row['indicator']} ${row['kind']} ${row['note']}`),
    ),
    compare(
      'evaluations as meetings know them',
      evaluations.map(({ evaluationId, revision }) => `${evaluationId} ${revision} true`),
      await known('SELECT evaluation_id, revision, standing FROM known_evaluation'),
    ),
    compare(
      'actions as meetings know them',
      actions.map((row) => Object.values(row).join(' ')),
      await known('SELECT action_id, revision, status, agreed, carried_over FROM known_action'),
    ),
  ];
}

/** Login names by the id of the person. */
export async function loginsById(rows: Rows): Promise<Map<string, string>> {
  const accounts = await rows('directory', 'SELECT person_id, login FROM account');
  return new Map(accounts.map((row) => [row['person_id']!, row['login']!]));
}
