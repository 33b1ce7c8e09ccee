/** Compares what is in the databases, the streams and the mailbox with what the answers imply: nothing lost, nothing doubled. */
import {
  isAuditSeal,
  FACTS_STREAM,
  READERS,
  REFERENCE_STREAM,
  SERVICES,
  type Reader,
  type ServiceName,
} from '@lokmin/contracts';
import type { Bus } from '@lokmin/messaging';
import { compare, none, readStream, type Counted, type Finding, type Rows } from './counting.ts';
import { newNumber, type Puskesmas } from './district.ts';
import type { Ledger } from './ledger.ts';
import { reckonActions } from './reckoning.actions.ts';
import { reckonMeetings } from './reckoning.meetings.ts';
import { reckonMails, reckonMessages } from './reckoning.messages.ts';
import type { Accomplished } from './work.ts';

/** Where to look. */
export interface Look {
  readonly rows: Rows;
  /** One that may read the streams. */
  readonly bus: Bus;
  /** Ids of the deliveries whose mails were caught, as often as they were. */
  readonly caught: () => Promise<string[]>;
}

/** What the services' own tables say, in words, so that two moments can be compared. */
export async function snapshot({ rows, caught }: Look): Promise<Map<string, string[]>> {
  const lines = async (service: ServiceName, sql: string) =>
    (await rows(service, sql)).map((row) => Object.values(row).join(' '));
  const taken = new Map<string, string[]>();
  for (const service of SERVICES) {
    taken.set(
      `facts announced by ${service}`,
      await lines(service, `SELECT id FROM outbox WHERE subject NOT LIKE '%.audit.sealed.%'`), // a seal comes with time
    );
    taken.set(`facts taken by ${service}`, await lines(service, 'SELECT durable, fact_id FROM inbox'));
  }
  taken.set(
    'evaluations',
    await lines('indicators', 'SELECT evaluation_id, revision, status FROM evaluation'),
  );
  taken.set('actions', await lines('actions', 'SELECT action_id, revision, status FROM action'));
  taken.set(
    'links to evaluations',
    await lines('actions', 'SELECT evaluation_id, indicator_code, action_id, stands FROM action_support'),
  );
  taken.set('messages', await lines('notifications', 'SELECT message_id, revision, kind FROM message'));
  taken.set('meetings', await lines('meetings', 'SELECT meeting_id, revision, status FROM meeting'));
  taken.set('items of agendas', await lines('meetings', 'SELECT item_id, kind, decision FROM agenda_item'));
  taken.set('mails', await lines('notifications', 'SELECT delivery_id, revision, status FROM delivery'));
  taken.set('mails caught', await caught());
  return taken;
}

export const compareSnapshots = (
  when: string,
  before: Map<string, string[]>,
  after: Map<string, string[]>,
): Finding[] => [...before].map(([what, lines]) => ({ when, ...compare(what, lines, after.get(what)!) }));

export interface Implied {
  readonly units: readonly Puskesmas[];
  readonly accomplished: Accomplished;
  readonly ledger: Ledger;
  /** Mails whose outcome the kills leave unknown. */
  readonly uncertainAtMost: number;
}

/** Everything, counted. */
export async function reckon(look: Look, implied: Implied, when: string): Promise<Finding[]> {
  const { rows, bus } = look;
  const counted = [
    ...(await reckonEvaluations(rows, implied)),
    ...(await reckonCommands(rows, implied)),
    ...(await reckonActions(rows, implied)),
    ...(await reckonMeetings(rows, implied)),
    ...(await reckonMessages(rows, implied)),
    ...(await reckonMails(look, implied)),
    ...(await reckonRosters(rows, implied)),
    ...(await reckonFacts(rows, bus)),
  ];
  return counted.map((one) => ({ when, ...one }));
}

async function reckonEvaluations(rows: Rows, { accomplished }: Implied): Promise<Counted[]> {
  const { evaluations } = accomplished;
  const found = await rows(
    'indicators',
    `SELECT code, period, evaluation_id, evaluation.revision, status,
            (SELECT string_agg(key, ',' ORDER BY key) FROM jsonb_each(results) WHERE value->>'judgement' = 'kurang') AS red
     FROM evaluation JOIN known_unit USING (unit_id)`,
  );
  const history = await rows('indicators', 'SELECT evaluation_id, revision, status FROM evaluation_history');
  const facts = await rows(
    'indicators',
    `SELECT subject, body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision FROM outbox
     WHERE subject LIKE 'lokmin.indicators.evaluation.%'`,
  );
  const steps = evaluations.flatMap(({ evaluationId, revision }) =>
    Array.from({ length: revision }, (_, i) => ({ evaluationId, revision: i + 1 })),
  );
  return [
    compare(
      'evaluations, each once with its revision and red indicators',
      evaluations.map(
        ({ unit, period, evaluationId, revision, red }) =>
          `${unit.code} ${period} ${evaluationId} revision ${revision} submitted, red: ${red.join(',')}`,
      ),
      found.map(
        (row) =>
          `${row['code']} ${row['period']} ${row['evaluation_id']} revision ${row['revision']} ${row['status']}, red: ${row['red'] ?? ''}`,
      ),
    ),
    compare(
      'submissions and returns in the history',
      steps.map(
        ({ evaluationId, revision }) =>
          `${evaluationId} revision ${revision} ${revision % 2 === 1 ? 'submitted' : 'returned'}`,
      ),
      history.map((row) => `${row['evaluation_id']} revision ${row['revision']} ${row['status']}`),
    ),
    compare(
      'facts announced of evaluations',
      steps.map(
        ({ evaluationId, revision }) =>
          `lokmin.indicators.evaluation.${revision === 1 ? 'submitted' : revision % 2 === 0 ? 'returned' : 'revised'}.v1 ${evaluationId} revision ${revision}`,
      ),
      facts.map((row) => `${row['subject']} ${row['id']} revision ${row['revision']}`),
    ),
  ];
}

/** Each command was done once, and its answer is kept as it was given. */
async function reckonCommands(rows: Rows, { ledger }: Implied): Promise<Counted[]> {
  const kept: string[] = [];
  for (const service of ['directory', 'indicators', 'meetings', 'actions'] as const)
    for (const row of await rows(service, 'SELECT command_id, reply IS NOT NULL AS replied FROM command'))
      kept.push(`${service} ${row['command_id']}${row['replied'] ? '' : ' without its answer'}`);
  const done = ledger.entries.filter(
    ({ answer }) => answer !== null && !(typeof answer === 'object' && 'refused' in answer),
  );
  const lines = done.map(({ service, commandId }) => `${service} ${commandId}`);
  return [compare('commands done, each once', lines, kept)];
}

/** Every service knows the same people, units and posts as the directory. */
async function reckonRosters(rows: Rows, { accomplished }: Implied): Promise<Counted[]> {
  const read = async (service: ServiceName, prefix: string) => {
    const table = (name: string) => `${prefix}${name}`;
    return (
      await rows(
        service,
        `SELECT 'unit' AS kind, unit_id::text AS id, revision, name AS says FROM ${table('unit')}
         UNION ALL SELECT 'person', person_id::text, revision, coalesce(phone, '-') FROM ${table('person')}
         UNION ALL SELECT 'post', post_id::text, revision, role FROM ${table('post')}
         UNION ALL SELECT 'district', code, revision, name FROM ${table('district')}
         UNION ALL SELECT 'key', kid, revision, '' FROM ${prefix === '' ? 'token_key' : 'known_key'}`,
      )
    ).map((row) => `${row['kind']} ${row['id']} revision ${row['revision']} ${row['says']}`);
  };
  const directory = await read('directory', '');
  const findings: Counted[] = [];
  for (const service of SERVICES)
    findings.push(compare(`directory as ${service} knows it`, directory, await read(service, 'known_')));
  const numbers = await rows(
    'directory',
    'SELECT login, phone FROM person JOIN account USING (person_id) WHERE phone IS NOT NULL',
  );
  findings.push(
    compare(
      'people with a new telephone number',
      accomplished.renumbered.flatMap(({ ktu, holder, outsider, staff }) =>
        [ktu, holder, outsider, staff].map((login) => `${login} ${newNumber(login)}`),
      ),
      numbers.map((row) => `${row['login']} ${row['phone']}`),
    ),
  );
  return findings;
}

/** Every fact stands in its stream, and was taken once by each reader that wants it. */
async function reckonFacts(rows: Rows, bus: Bus): Promise<Counted[]> {
  const announced: { id: string; type: string }[] = [];
  const newest = new Map<string, string>();
  const findings: Counted[] = [];
  const unpublished: string[] = [];
  const dead: string[] = [];
  for (const service of SERVICES) {
    for (const row of await rows(
      service,
      `SELECT id, stream, subject, published_at IS NULL AS waits, last_error FROM outbox
       WHERE subject NOT LIKE '%.audit.sealed.%' ORDER BY position`, // one may come while this is counted
    )) {
      if (row['stream'] === REFERENCE_STREAM) newest.set(row['subject']!, row['id']!);
      else announced.push({ id: row['id']!, type: row['subject']! });
      if (row['waits'])
        unpublished.push(`${service} ${row['id']} ${row['subject']} ${row['last_error'] ?? ''}`);
    }
    for (const row of await rows(service, 'SELECT durable, fact_id, reason FROM dead_letter'))
      dead.push(`${row['durable']} ${row['fact_id']}: ${row['reason']?.split('\n')[0]}`);
  }
  findings.push(none('facts not published', unpublished), none('dead letters', dead));
  const facts = [
    ...new Set(
      (await readStream(bus, FACTS_STREAM)).flatMap(({ id, subject }) => (isAuditSeal(subject) ? [] : id)),
    ),
  ];
  findings.push(
    compare(
      'facts in the stream',
      announced.map(({ id }) => id),
      facts,
    ),
    compare(
      'reference state in the stream, the newest of each',
      [...newest].map(([subject, id]) => `${subject} ${id}`),
      (await readStream(bus, REFERENCE_STREAM)).map(({ subject, id }) => `${subject} ${id}`),
    ),
  );
  for (const reader of Object.values(READERS) as Reader[]) {
    if (reader.kind !== 'effect') continue;
    const types = new Set(reader.facts.map(({ type }) => type));
    const taken = await rows(reader.service, 'SELECT fact_id FROM inbox WHERE durable = $1', [
      reader.durable,
    ]);
    findings.push(
      compare(
        `facts taken by ${reader.durable}`,
        announced.filter(({ type }) => types.has(type)).map(({ id }) => id),
        taken.map((row) => row['fact_id']!),
      ),
    );
  }
  return findings;
}
