/** Compares what is in the databases and in the streams with what the answers imply: nothing lost, nothing doubled. */
import { DeliverPolicy, jetstreamManager } from '@nats-io/jetstream';
import {
  FACTS_STREAM,
  READERS,
  REFERENCE_STREAM,
  SERVICES,
  type Reader,
  type ServiceName,
} from '@lokmin/contracts';
import type { Bus } from '@lokmin/messaging';
import pg from 'pg';
import type { System } from '../local/system.ts';
import { LASTING, newNumber, OFFICERS, type Puskesmas } from './district.ts';
import type { Ledger } from './ledger.ts';
import type { Accomplished } from './work.ts';

/** One thing that was counted, and where it differs. */
export interface Finding {
  /** At which point of the test. */
  readonly when: string;
  readonly what: string;
  readonly expected: number;
  readonly found: number;
  /** With ids; empty when all is right. */
  readonly differences: readonly string[];
}

type Counted = Omit<Finding, 'when'>;
type Row = Record<string, string>;
export type Rows = (service: ServiceName, sql: string, parameters?: unknown[]) => Promise<Row[]>;

/** Reads the databases directly, beside the services. */
export async function readDatabases<T>(system: System, work: (rows: Rows) => Promise<T>): Promise<T> {
  const clients = new Map<ServiceName, pg.Client>();
  try {
    return await work(async (service, sql, parameters) => {
      let client = clients.get(service);
      if (!client) {
        client = new pg.Client(system.databaseUrl(service));
        client.on('error', () => {}); // the next query says it
        await client.connect();
        clients.set(service, client);
      }
      return (await client.query<Row>(sql, parameters)).rows;
    });
  } finally {
    for (const client of clients.values()) await client.end();
  }
}

/** Ids of the messages of a stream with their subjects, in order. */
export async function readStream(bus: Bus, stream: string): Promise<{ id: string; subject: string }[]> {
  const manager = await jetstreamManager(bus.connection);
  const { state } = await manager.streams.info(stream);
  const read: { id: string; subject: string }[] = [];
  if (state.messages === 0) return read;
  const consumer = await bus.js.consumers.get(stream, { deliver_policy: DeliverPolicy.All });
  const messages = await consumer.consume({ max_messages: 1_000 });
  for await (const message of messages) {
    read.push({ id: message.headers?.get('Nats-Msg-Id') ?? '', subject: message.subject });
    if (message.seq >= state.last_seq) break;
  }
  return read;
}

/** Both as multisets: what is missing, what is too much. */
function compare(what: string, expected: readonly string[], found: readonly string[]): Counted {
  const count = (items: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
    return counts;
  };
  const [wanted, present] = [count(expected), count(found)];
  const differences: string[] = [];
  for (const item of new Set([...wanted.keys(), ...present.keys()])) {
    const [want, have] = [wanted.get(item) ?? 0, present.get(item) ?? 0];
    if (have < want) differences.push(want === 1 ? `lost: ${item}` : `${have} of ${want}: ${item}`);
    if (have > want)
      differences.push(want === 0 ? `too much: ${item}` : `${have} instead of ${want}: ${item}`);
  }
  return { what, expected: expected.length, found: found.length, differences };
}
const none = (what: string, found: readonly string[]): Counted => compare(what, [], found);

/** What the services' own tables say, in words, so that two moments can be compared. */
export async function snapshot(rows: Rows): Promise<Map<string, string[]>> {
  const lines = async (service: ServiceName, sql: string) =>
    (await rows(service, sql)).map((row) => Object.values(row).join(' '));
  const taken = new Map<string, string[]>();
  for (const service of SERVICES) {
    taken.set(`facts announced by ${service}`, await lines(service, 'SELECT id FROM outbox'));
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
}

/** Everything, counted. `bus` is one that may read the streams. */
export async function reckon(rows: Rows, bus: Bus, implied: Implied, when: string): Promise<Finding[]> {
  const counted = [
    ...(await reckonEvaluations(rows, implied)),
    ...(await reckonCommands(rows, implied)),
    ...(await reckonActions(rows, implied)),
    ...(await reckonMessages(rows, implied)),
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
  for (const service of ['directory', 'indicators', 'actions'] as const)
    for (const row of await rows(service, 'SELECT command_id, reply IS NOT NULL AS replied FROM command'))
      kept.push(`${service} ${row['command_id']}${row['replied'] ? '' : ' without its answer'}`);
  const done = ledger.entries.filter(
    ({ answer }) => answer !== null && !(typeof answer === 'object' && 'refused' in answer),
  );
  const lines = done.map(({ service, commandId }) => `${service} ${commandId}`);
  return [compare('commands done, each once', lines, kept)];
}

/** One open action for each puskesmas and indicator that is red in any month, linked to all those months. */
async function reckonActions(rows: Rows, { accomplished }: Implied): Promise<Counted[]> {
  const months = new Map<string, string[]>();
  for (const { unit, red, period } of accomplished.evaluations)
    for (const code of red)
      months.set(`${unit.code} ${code}`, [...(months.get(`${unit.code} ${code}`) ?? []), period]);
  const readied = new Set(accomplished.readied.map(({ code }) => `${code} ${LASTING}`));
  const open = await rows(
    'actions',
    `SELECT unit.code, action.indicator_code AS indicator, status,
            string_agg(support.period, ',' ORDER BY support.period) AS months, action.period AS newest
     FROM action JOIN known_unit AS unit USING (unit_id)
     LEFT JOIN action_support AS support ON support.action_id = action.action_id AND stands
     WHERE status IN ('proposed', 'ready', 'in_progress') GROUP BY action.action_id, unit.code`,
  );
  const links = await rows(
    'actions',
    `SELECT support.evaluation_id, support.indicator_code FROM action_support AS support WHERE stands`,
  );
  const followed = await rows('actions', 'SELECT evaluation_id, revision, standing FROM followed_evaluation');
  const dangling = await rows(
    'actions',
    `SELECT action_id, status FROM action JOIN action_support USING (action_id) WHERE stands AND status = 'withdrawn'`,
  );
  const history = await rows(
    'actions',
    `SELECT action_id, revision, n FROM action
     JOIN LATERAL (SELECT count(*)::int AS n, max(revision) AS last FROM action_entry AS e WHERE e.action_id = action.action_id) AS entries ON true
     WHERE n <> revision OR last <> revision`,
  );
  const entries = await rows('actions', 'SELECT action_id, revision, kind FROM action_entry');
  const facts = await rows(
    'actions',
    `SELECT split_part(subject, '.', 4) AS kind, body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision
     FROM outbox WHERE subject LIKE 'lokmin.actions.action.%'`,
  );
  const miscounted = await rows(
    'actions',
    `SELECT unit_id FROM unit_actions AS kept JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'proposed') AS proposed,
              count(*) FILTER (WHERE status IN ('ready', 'in_progress')) AS open
       FROM action WHERE action.unit_id = kept.unit_id) AS now ON true
     WHERE (kept.proposed, kept.open) IS DISTINCT FROM (now.proposed, now.open)`,
  );
  return [
    compare(
      'open actions, one for each puskesmas and red indicator, linked to its red months',
      [...months].map(([key, periods]) => {
        const sorted = periods.toSorted();
        return `${key} ${readied.has(key) ? 'ready' : 'proposed'} for ${sorted.join(',')}, newest ${sorted.at(-1)}`;
      }),
      open.map(
        (row) =>
          `${row['code']} ${row['indicator']} ${row['status']} for ${row['months']}, newest ${row['newest']}`,
      ),
    ),
    compare(
      'links from evaluations to actions',
      accomplished.evaluations.flatMap(({ evaluationId, red }) =>
        red.map((code) => `${evaluationId} ${code}`),
      ),
      links.map((row) => `${row['evaluation_id']} ${row['indicator_code']}`),
    ),
    compare(
      'evaluations as actions know them',
      accomplished.evaluations.map(
        ({ evaluationId, revision }) => `${evaluationId} revision ${revision} true`,
      ),
      followed.map((row) => `${row['evaluation_id']} revision ${row['revision']} ${row['standing']}`),
    ),
    none(
      'withdrawn actions that an evaluation still supports',
      dangling.map((row) => row['action_id']!),
    ),
    none(
      'actions with a gap in their history',
      history.map((row) => `${row['action_id']} revision ${row['revision']}, ${row['n']} entries`),
    ),
    compare(
      'facts announced of actions',
      entries.map((row) => `${row['action_id']} revision ${row['revision']} ${row['kind']}`),
      facts.map((row) => `${row['id']} revision ${row['revision']} ${row['kind']}`),
    ),
    none(
      'puskesmas whose counts of actions are wrong',
      miscounted.map((row) => row['unit_id']!),
    ),
  ];
}

/** One message for each person and evaluation, with the newest that concerns the person. */
async function reckonMessages(rows: Rows, { accomplished }: Implied): Promise<Counted[]> {
  const logins = new Map(
    (await rows('directory', 'SELECT person_id, login FROM account')).map((row) => [
      row['person_id'],
      row['login'],
    ]),
  );
  const expected = accomplished.evaluations.flatMap(({ unit, evaluationId, revision }) => {
    const told = [unit.ktu, unit.holder, OFFICERS[1]];
    // The officer returned it, the head submitted it: nobody is told of what they did themselves.
    const lines = [...told, OFFICERS[0]].map(
      (login) => `${login} evaluation ${evaluationId} news ${revision}`,
    );
    if (revision > 1)
      for (const login of [unit.head, unit.outsider])
        lines.push(`${login} evaluation ${evaluationId} news ${revision - 1}`);
    return lines;
  });
  const actions = new Map(
    (
      await rows(
        'actions',
        `SELECT unit.code, action_id FROM action JOIN known_unit AS unit USING (unit_id)
         WHERE indicator_code = $1 AND status = 'ready'`,
        [LASTING],
      )
    ).map((row) => [row['code'], row['action_id']]),
  );
  const found = await rows('notifications', 'SELECT person_id, about, about_id, news_revision FROM message');
  const delivered = await rows(
    'notifications',
    `SELECT body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision FROM outbox
     WHERE subject LIKE 'lokmin.notifications.message.%'`,
  );
  const renewals = await rows(
    'notifications',
    'SELECT message_id AS id, n AS revision FROM message, generate_series(1, message.revision) AS n',
  );
  const line = (row: Row) => `${logins.get(row['person_id'])} ${row['about']} ${row['about_id']}`;
  return [
    compare(
      'messages about evaluations, one for each person and evaluation',
      expected,
      found
        .filter((row) => row['about'] === 'evaluation')
        .map((row) => `${line(row)} news ${row['news_revision']}`),
    ),
    compare(
      'messages about actions made ready',
      accomplished.readied.map((unit) => `${unit.holder} action ${actions.get(unit.code)}`),
      found.filter((row) => row['about'] === 'action').map(line),
    ),
    compare(
      'facts announced of messages',
      renewals.map((row) => `${row['id']} revision ${row['revision']}`),
      delivered.map((row) => `${row['id']} revision ${row['revision']}`),
    ),
  ];
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
      'SELECT id, stream, subject, published_at IS NULL AS waits, last_error FROM outbox ORDER BY position',
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
  const facts = [...new Set((await readStream(bus, FACTS_STREAM)).map(({ id }) => id))];
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
