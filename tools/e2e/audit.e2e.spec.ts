import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { globalId, parseGlobalId, SERVICES, type ServiceName } from '@lokmin/contracts';
import { aPng, eventually } from '@lokmin/testing';
import { parse as parseCsv } from 'csv-parse/sync';
import { buildSchema } from 'graphql';
import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** Every mutation of the schema, done once by somebody who may; then the trail is asked what it knows of each. */
const checkout = join(import.meta.dirname, '../..');
const schema = buildSchema(readFileSync(join(checkout, 'apps/gateway/schema.graphql'), 'utf8'));
const MUTATIONS = Object.keys(schema.getMutationType()!.getFields());
const MANGGAR = '1012406';
const GANTUNG = '1012404';
const DISTRICT = '19.06';
const PERIOD = '2024-12';
const NOW = '2025-01-06T02:00:00.000Z';

const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const clockFile = join(clockFolder, 'now');
const setClock = (instant: string) => writeFileSync(clockFile, instant);

interface Entry {
  id: string;
  service: string;
  number: string;
  at: string;
  timeZone: string | null;
  actor: string;
  person: string | null;
  personName: string | null;
  session: string | null;
  role: string;
  operation: string | null;
  commandId: string | null;
  factId: string | null;
  correlationId: string | null;
  recordKind: string;
  record: string;
  part: string;
  change: string;
  unitName: string | null;
  changes: { field: string; before: string | null; after: string | null }[];
  seal: number | null;
}
const ENTRY = `id service number at timeZone actor person personName session role operation commandId factId correlationId
  recordKind record part change unitName changes { field before after } seal`;
interface Trail {
  status: string;
  totalCount: number | null;
  missing: string[] | null;
  nodes: Entry[] | null;
  edges: { cursor: string }[] | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
}

let demonstration: Demonstration;
let administrator: Person;
let officer: Person;
let head: Person;
let ktu: Person;
let kia: Person;
const signEverybodyIn = async () => {
  [administrator, officer, head, ktu, kia] = (await Promise.all(
    ['admin', 'dinas', 'kapus.manggar', 'ktu.manggar', 'kia.manggar'].map((login) =>
      demonstration.signIn(login),
    ),
  )) as [Person, Person, Person, Person, Person];
};

beforeAll(async () => {
  setClock(NOW);
  demonstration = await aRunningDemonstration({
    LOKMIN_TEST_CLOCK_FILE: clockFile,
    LOKMIN_RATE_PER_SECOND: '100000',
    LOKMIN_RATE_BURST: '100000',
    LOKMIN_ADHOC: 'everyone',
  });
  await signEverybodyIn();
}, 300_000);
afterAll(async () => {
  await demonstration?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

const idOf = async (person: Person) =>
  (await person.ask<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;
/** The session that a person is signed in with. */
const sessionOf = async (person: Person) =>
  (
    await person.ask<{ viewer: { sessions: { nodes: { id: string; present: boolean }[] } } }>(
      '{ viewer { sessions { nodes { id present } } } }',
    )
  ).viewer.sessions.nodes.find(({ present }) => present)!.id;
const trailOf = async (
  person: Person,
  args: Record<string, unknown> = {},
  fields = `nodes { ${ENTRY} } edges { cursor }`,
): Promise<Trail> =>
  (
    await person.ask<{ audit: Trail }>(
      `query ($district: String!, $puskesmas: String, $person: ID, $record: ID, $from: DateTime, $until: DateTime, $first: Int, $after: String) {
         audit(district: $district, puskesmas: $puskesmas, person: $person, record: $record, from: $from, until: $until, first: $first, after: $after) {
           status totalCount missing pageInfo { hasNextPage endCursor } ${fields} } }`,
      { district: DISTRICT, first: 200, ...args },
    )
  ).audit;
const wholeTrail = async (person: Person, args: Record<string, unknown> = {}): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo }: Trail = await trailOf(person, { ...args, after });
    entries.push(...nodes!);
    after = pageInfo!.endCursor;
    if (!pageInfo!.hasNextPage) return entries;
  }
};
const stored = async <Row extends pg.QueryResultRow>(service: ServiceName, sql: string): Promise<Row[]> => {
  const client = new pg.Client({
    connectionString: demonstration.system.databaseUrl(service),
    application_name: 'psql',
  });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};
/** `npm run audit -- ...` on this system. */
const audit = (...parameters: string[]) => command('audit', parameters);
/** A command of an operator on this system. */
async function command(
  program: 'audit' | 'lokmin',
  parameters: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(checkout, 'tools/local/typescript.mjs'),
      join(checkout, `tools/cli/${program}.ts`),
      ...parameters,
    ],
    {
      env: { ...process.env, LOKMIN_HOME: demonstration.system.home, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output, errors };
}

describe('the audit trail', () => {
  /** What was done by whom: mutation, and under which command. */
  const done = new Map<string, { personId: string; commandId: string | null; subject: string }>();
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  /** A command that must not be refused. */
  const did = async <Result extends { __typename: string }>(
    name: string,
    person: Person,
    input: Record<string, unknown>,
    fields: string,
  ): Promise<Result> => {
    const commandId = randomUUID();
    const result = await person.command<Result>(name, input, fields, commandId);
    if (result.__typename === 'Refusal') throw new Error(`${name}: ${JSON.stringify(result)}`);
    done.set(name, { personId: await idOf(person), commandId, subject: kebab(name) });
    return result;
  };
  type Meeting = { id: string; revision: number };
  const meeting = async (name: string, person: Person, input: Record<string, unknown>) =>
    (
      await did<{ __typename: string; meeting: Meeting }>(
        name,
        person,
        input,
        '... on MeetingChanged { meeting { id revision } }',
      )
    ).meeting;
  const of = ({ id, revision }: Meeting) => ({ meeting: id, expectedRevision: revision });
  const detail = async (id: string) =>
    (
      await head.ask<{
        meeting: {
          agenda: { id: string; kind: string; title: string; actionId: string | null }[];
          attendees: { id: string }[];
        };
      }>(`query ($id: ID!) { meeting(id: $id) { agenda { id kind title actionId } attendees { id } } }`, {
        id,
      })
    ).meeting;
  const actions = async () =>
    (
      await head.ask<{
        puskesmas: {
          actions: { nodes: { id: string; revision: number; status: string; indicatorCode: string }[] };
        };
      }>(
        `{ puskesmas(code: "${MANGGAR}") { actions(first: 200) { nodes { id revision status indicatorCode } } } }`,
      )
    ).puskesmas.actions.nodes;
  const evaluation = async () =>
    (
      await head.ask<{ puskesmas: { results: { evaluation: { id: string; revision: number } } } }>(
        `{ puskesmas(code: "${MANGGAR}") { results(period: "${PERIOD}") { evaluation { id revision } } } }`,
      )
    ).puskesmas.results.evaluation;
  let january: Meeting;
  let actionId: string;

  it('is told of every mutation that the schema has', async () => {
    // Signing in, staying in, one's own password and devices.
    const leaver = await demonstration.signIn('pelaksana.manggar');
    const personId = await idOf(leaver);
    done.set('signIn', { personId, commandId: null, subject: 'sign-in' });
    setClock('2025-01-06T02:01:00.000Z');
    expect((await leaver.post('mutation { refreshSession { __typename } }')).data).toEqual({
      refreshSession: { __typename: 'Session' },
    });
    done.set('refreshSession', { personId, commandId: null, subject: 'refresh-session' });
    const other = await demonstration.signIn('pelaksana.manggar');
    const { viewer } = await leaver.ask<{
      viewer: { sessions: { nodes: { id: string; present: boolean }[] } };
    }>('{ viewer { sessions { nodes { id present } } } }');
    await did(
      'endSessions',
      leaver,
      { sessions: viewer.sessions.nodes.filter(({ present }) => !present).map(({ id }) => id) },
      '... on SessionsEnded { __typename }',
    );
    await did(
      'changePassword',
      leaver,
      { password: demonstration.system.secrets.demoPassword, newPassword: 'kata sandi yang lain' },
      '... on PasswordChanged { ended }',
    );
    // Two-step verification: on, to another telephone and off again, at last taken off by the administrator.
    const password = 'kata sandi yang lain';
    const codeOf = (key: string) =>
      new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({
        timestamp: Date.parse(readFileSync(clockFile, 'utf8')),
      });
    const turnOn = async () => {
      const { key } = await did<{ __typename: string; key: string }>(
        'startSecondFactor',
        leaver,
        { password },
        '... on SecondFactorKey { key }',
      );
      await did('confirmSecondFactor', leaver, { code: codeOf(key) }, '... on SecondFactorOn { ended }');
      return key;
    };
    const key = await turnOn();
    setClock('2025-01-06T02:02:00.000Z');
    const { signIn } = await leaver.ask<{ signIn: { challenge: string } }>(
      `mutation ($login: String!, $password: String!) { signIn(login: $login, password: $password) { ... on SecondStep { challenge } } }`,
      { login: leaver.login, password },
    );
    const { completeSignIn } = await leaver.ask<{ completeSignIn: { __typename: string } }>(
      'mutation ($challenge: String!, $code: String!) { completeSignIn(challenge: $challenge, code: $code) { __typename } }',
      { challenge: signIn.challenge, code: codeOf(key) },
    );
    expect(completeSignIn.__typename).toBe('Session');
    done.set('completeSignIn', { personId, commandId: null, subject: 'complete-sign-in' });
    setClock('2025-01-06T02:03:00.000Z');
    await did(
      'turnOffSecondFactor',
      leaver,
      { password, code: codeOf(key) },
      '... on SecondFactorOff { off }',
    );
    await turnOn();
    await did(
      'removeSecondFactor',
      administrator,
      { person: personId },
      '... on SecondFactorRemoved { removed }',
    );
    const { signIn: anew } = await leaver.ask<{ signIn: { __typename: string } }>(
      'mutation ($login: String!, $password: String!) { signIn(login: $login, password: $password) { __typename } }',
      { login: leaver.login, password },
    );
    expect(anew.__typename).toBe('Session');
    expect((await leaver.post('mutation { signOut { __typename } }')).errors).toBeUndefined();
    // A forgotten password: by a code of the head, on a slip.
    const { slips } = await did<{ __typename: string; slips: { login: string; code: string }[] }>(
      'issueCodes',
      head,
      { persons: [personId], validDays: 3 },
      '... on CodesIssued { slips { login code } }',
    );
    const { useCode } = await leaver.ask<{ useCode: { __typename: string } }>(
      `mutation ($login: String!, $code: String!, $newPassword: String!) {
         useCode(login: $login, code: $code, newPassword: $newPassword) { __typename } }`,
      { ...slips[0], newPassword: 'kata sandi dari slip' },
    );
    expect(useCode.__typename).toBe('Session');
    done.set('useCode', { personId, commandId: null, subject: 'use-code' });
    done.set('signOut', { personId, commandId: null, subject: 'sign-out' });
    expect(other.login).toBe(leaver.login);

    // An account for a program, from its making to its end.
    type Made = { __typename: string; account: { id: string; revision: number }; secret: string };
    const ofAccount = '... on ServiceAccountChanged { account { id revision } secret }';
    const { account } = await did<Made>(
      'makeServiceAccount',
      administrator,
      {
        district: DISTRICT,
        login: 'dasbor',
        name: 'Dasbor Dinas Kesehatan',
        role: 'AKUN_LAYANAN',
        expiresOn: '2025-06-30',
      },
      ofAccount,
    );
    const renewed = await did<Made>(
      'renewServiceSecret',
      administrator,
      { serviceAccount: account.id, expectedRevision: account.revision, oldHoldsHours: 0 },
      ofAccount,
    );
    expect(
      await Person.anonymous(demonstration.system.address).ask(
        'mutation ($secret: String!) { signInService(login: "dasbor", secret: $secret) { __typename } }',
        { secret: renewed.secret },
      ),
    ).toEqual({ signInService: { __typename: 'ServiceSession' } });
    done.set('signInService', {
      personId: globalId('Person', parseGlobalId(account.id)!.key),
      commandId: null,
      subject: 'sign-in-service',
    });
    await did<Made>(
      'revokeServiceAccount',
      administrator,
      { serviceAccount: account.id, expectedRevision: renewed.account.revision },
      ofAccount,
    );

    // Targets, quality, values and evaluation.
    await did(
      'confirmFinding',
      head,
      {
        district: DISTRICT,
        puskesmas: MANGGAR,
        period: PERIOD,
        subject: 'later_above_earlier IMU-DPT3 IMU-IDL',
        reason: 'Sebagian tercatat pada tahun lalu.',
      },
      '... on FindingConfirmed { finding { level } }',
    );
    // The bundle of another year, prepared twice and published once.
    const draft = { district: DISTRICT, year: 2031 };
    const drafting = { ...draft, expectedRevision: 1 };
    await did('startBundleDraft', officer, draft, '... on BundleDraftStarted { revision }');
    await did('discardBundleDraft', officer, drafting, '... on BundleDraftDiscarded { year }');
    await did('startBundleDraft', officer, draft, '... on BundleDraftStarted { revision }');
    await did(
      'changeBundleDraft',
      officer,
      { ...drafting, retire: ['P2-DBD'] },
      '... on BundleDraftChanged { revision }',
    );
    await did(
      'publishBundleDraft',
      administrator,
      { ...drafting, expectedRevision: 2 },
      '... on BundlePublished { indicatorCount }',
    );
    await did(
      'setTargets',
      officer,
      {
        district: DISTRICT,
        year: 2024,
        source: 'SK Kepala Dinas 440/12/2024',
        approvedBy: 'Kepala Dinas Kesehatan',
        approvedOn: '2024-01-15',
        targets: [{ indicatorCode: 'KIA-K4', puskesmas: MANGGAR, value: '97' }],
      },
      '... on TargetsSet { changed }',
    );
    await did(
      'setWindows',
      officer,
      { district: DISTRICT, fromPeriod: '2025-03', toPeriod: '2025-03', entryDay: 5, verificationDay: 10 },
      '... on WindowsSet { months }',
    );
    await did(
      'extendWindow',
      officer,
      {
        district: DISTRICT,
        period: '2025-03',
        kind: 'ENTRY',
        puskesmas: MANGGAR,
        until: '2025-04-09',
        reason: 'Jaringan terputus.',
      },
      '... on WindowExtended { closesAt }',
    );
    await did(
      'keepFileLayout',
      officer,
      {
        district: DISTRICT,
        year: 2024,
        name: 'Rekap KIA',
        expectedRevision: 0,
        headerFrom: 3,
        headerTo: 4,
        unit: 'B',
        columns: [{ column: 'D', element: 'KIA-K1.num', covers: 'MONTH' }],
      },
      '... on FileLayoutKept { layout { revision } }',
    );
    await did(
      'acceptDeviation',
      officer,
      {
        puskesmas: MANGGAR,
        indicatorCode: 'KIA-K1',
        period: PERIOD,
        reason: 'Bidan desa baru mulai bertugas bulan depan.',
        until: '2025-02-28',
      },
      '... on DeviationAccepted { deviation { until } }',
    );
    const whole = await evaluation();
    await did(
      'returnEvaluations',
      officer,
      {
        evaluations: [
          {
            evaluation: whole.id,
            expectedRevision: whole.revision,
            indicators: [{ code: 'KIA-K1', reason: 'Periksa pembilang.' }],
          },
        ],
      },
      '... on EvaluationsReturned { results { id } }',
    );
    await head.command(
      'submitEvaluation',
      { puskesmas: MANGGAR, period: PERIOD },
      '... on EvaluationSubmitted { tally { baik } }',
    );
    const { id, revision } = await evaluation();
    await did(
      'returnEvaluation',
      officer,
      { evaluation: id, expectedRevision: revision, reason: 'Periksa penyebut K1.' },
      '... on EvaluationReturned { evaluation { id } }',
    );
    await did(
      'recordValues',
      kia,
      {
        puskesmas: MANGGAR,
        period: PERIOD,
        values: [{ element: 'KIA-K1.num', covers: 'YEAR_TO_DATE', state: 'REPORTED', value: '7' }],
      },
      '... on ValuesRecorded { changed }',
    );
    await did(
      'submitEvaluation',
      head,
      { puskesmas: MANGGAR, period: PERIOD },
      '... on EvaluationSubmitted { tally { baik } }',
    );
    const again = await evaluation();
    await did(
      'verifyEvaluations',
      officer,
      { evaluations: [{ evaluation: again.id, expectedRevision: again.revision }] },
      '... on EvaluationsVerified { results { id } }',
    );
    await did(
      'lockEvaluations',
      officer,
      { district: '19.06', period: PERIOD, puskesmas: MANGGAR },
      '... on EvaluationsLocked { results { id } }',
    );

    // A meeting from its schedule to its minutes.
    const place = 'Aula puskesmas';
    january = await meeting('scheduleMeeting', ktu, {
      puskesmas: MANGGAR,
      month: '2025-01',
      startsAt: '2025-01-13T02:00:00Z',
      durationMinutes: 60,
      place,
    });
    january = await meeting('cancelMeeting', ktu, { ...of(january), reason: 'Aula dipakai.' });
    january = await meeting('scheduleMeeting', ktu, {
      puskesmas: MANGGAR,
      month: '2025-01',
      startsAt: '2025-01-13T02:00:00Z',
      durationMinutes: 60,
      place,
    });
    january = await meeting('moveMeeting', ktu, {
      ...of(january),
      startsAt: '2025-01-20T02:00:00Z',
      durationMinutes: 90,
      place,
    });
    const proposed = await eventually(async () => {
      const [found] = (await actions()).filter(({ status }) => status === 'PROPOSED');
      return found ?? null;
    });
    actionId = proposed.id;
    const owner = (
      await head.ask<{ puskesmas: { people: { nodes: { id: string; title: string }[] } } }>(
        `{ puskesmas(code: "${MANGGAR}") { people { nodes { id title } } } }`,
      )
    ).puskesmas.people.nodes.find(({ title }) => title.includes('KIA'))!;
    let action = (
      await did<{ __typename: string; action: { id: string; revision: number } }>(
        'readyAction',
        head,
        { action: proposed.id, expectedRevision: proposed.revision, owner: owner.id, dueDate: '2025-01-31' },
        '... on ActionChanged { action { id revision } }',
      )
    ).action;
    for (const title of ['Kebersihan', 'Parkir'])
      january = await meeting('addTopic', ktu, { ...of(january), title });
    const topics = (await detail(january.id)).agenda;
    january = await meeting('removeTopic', ktu, {
      ...of(january),
      item: topics.find(({ title }) => title === 'Parkir')!.id,
    });
    setClock('2025-01-20T02:00:00.000Z');
    await signEverybodyIn();
    january = await meeting('openMeeting', ktu, of(january));
    const { agenda, attendees } = await detail(january.id);
    january = await meeting('recordAttendance', ktu, {
      ...of(january),
      attendees: attendees.map(({ id }) => ({ attendee: id, presence: 'PRESENT' })),
    });
    for (const item of agenda.filter(({ kind }) => kind === 'PROPOSAL'))
      january = await meeting('decideItem', ktu, {
        ...of(january),
        item: item.id,
        note: 'Sepakat.',
        decision: 'AGREE',
      });
    january = await meeting('saveNotes', ktu, { ...of(january), notes: 'Ditutup dengan doa.' });
    january = await meeting('concludeMeeting', ktu, of(january));
    january = await meeting('signMinutes', head, of(january));

    // What was agreed.
    action = await eventually(async () => {
      const found = (await actions()).find((it) => it.id === actionId)!;
      return found.revision > action.revision ? found : null;
    });
    action = (
      await did<{ __typename: string; action: { id: string; revision: number } }>(
        'reportProgress',
        kia,
        { action: actionId, expectedRevision: action.revision, progress: 40, note: 'Separuh jalan.' },
        '... on ActionChanged { action { id revision } }',
      )
    ).action;
    const put = await fetch(
      `${kia.address}/files/evidence/${actionId}?name=foto.png&commandId=${randomUUID()}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${kia.token}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(aPng(20, 10)),
      },
    );
    const { id: photo } = (await put.json()) as { id: string };
    await did(
      'completeAction',
      kia,
      { action: actionId, expectedRevision: action.revision, note: 'Selesai.', evidence: [photo] },
      '... on ActionChanged { action { id revision } }',
    );

    // Somebody of another sector, who owns an action and reports on it by a link.
    type Guest = { id: string; revision: number; links: { id: string }[] };
    const card = { name: 'Sekretaris Camat', office: 'Kantor Camat Manggar', phone: '0812 0000 1234' };
    const ofGuest = '... on GuestChanged { guest { id revision links { id } } }';
    const { guest } = await did<{ __typename: string; guest: Guest }>(
      'addGuest',
      head,
      { puskesmas: MANGGAR, ...card },
      ofGuest,
    );
    const changed = await did<{ __typename: string; guest: Guest }>(
      'changeGuest',
      head,
      { guest: guest.id, expectedRevision: guest.revision, ...card, name: 'Sekcam Manggar' },
      ofGuest,
    );
    const forGuest = (await actions()).find(({ status }) => status === 'PROPOSED')!;
    const given = await eventually(async () => {
      const outcome = await head.command<{ __typename: string; action: { revision: number } }>(
        'readyAction',
        {
          action: forGuest.id,
          expectedRevision: forGuest.revision,
          owner: guest.id,
          dueDate: '2025-02-28',
        },
        '... on ActionChanged { action { revision } }',
      );
      return outcome.__typename === 'ActionChanged' ? outcome : undefined;
    });
    const issue = { guest: guest.id, action: forGuest.id, expiresOn: '2025-03-30' };
    const { secret, guest: linked } = await did<{ __typename: string; secret: string; guest: Guest }>(
      'issueGuestLink',
      ktu,
      issue,
      '... on GuestLinkIssued { secret guest { id revision links { id } } }',
    );
    const opened = await Person.openGuestLink(demonstration.system.address, secret);
    done.set('openGuestLink', { personId: guest.id, commandId: null, subject: 'open-guest-link' });
    const reporting = randomUUID();
    await eventually(async () => {
      const { __typename } = await opened.command<{ __typename: string }>(
        'reportAsGuest',
        { expectedRevision: given.action.revision, progress: 30, note: 'Edaran sudah terbit.' },
        '',
        reporting,
      );
      return __typename === 'GuestAction';
    });
    done.set('reportAsGuest', {
      personId: guest.id,
      commandId: reporting,
      subject: 'report-as-guest',
    });
    await did('revokeGuestLink', ktu, { link: linked.links[0]!.id }, ofGuest);
    await did('endGuest', head, { guest: guest.id, expectedRevision: changed.guest.revision + 2 }, ofGuest);

    // Messages and mails.
    await eventually(async () => {
      const { viewer } = await kia.ask<{ viewer: { inbox: { unread: number } } }>(
        '{ viewer { inbox { unread } } }',
      );
      return viewer.inbox.unread > 0;
    });
    await did('markMessagesRead', kia, { messages: [] }, '... on MessagesRead { __typename }');
    const { viewer: mine } = await kia.ask<{
      viewer: { preferences: { preferences: { revision: number } } };
    }>('{ viewer { preferences { preferences { revision } } } }');
    await did(
      'setPreferences',
      kia,
      {
        expectedRevision: mine.preferences.preferences.revision,
        action: 'AT_ONCE',
        evaluation: 'AT_ONCE',
        meeting: 'AT_ONCE',
        digestHour: 7,
        quietFrom: 20,
        quietUntil: 6,
      },
      '... on PreferencesSet { __typename }',
    );
    const [mail] = await eventually(async () => {
      const sent = await stored<{ deliveryId: string }>(
        'notifications',
        `SELECT delivery_id AS "deliveryId" FROM delivery WHERE status = 'sent' AND digest_id IS NULL ORDER BY 1 LIMIT 1`,
      );
      return sent.length > 0 ? sent : null;
    });
    // By hand, past the application: that is noted too.
    await stored(
      'notifications',
      `UPDATE delivery SET status = 'failed' WHERE delivery_id = '${mail!.deliveryId}'`,
    );
    await did(
      'sendAgain',
      administrator,
      { delivery: Buffer.from(`Delivery:${mail!.deliveryId}`).toString('base64url') },
      '... on QueuedAgain { delivery { id } }',
    );

    // Facts for another system.
    type Webhook = { id: string; revision: number };
    const wanted = {
      name: 'Penerima',
      url: 'http://127.0.0.1:1/',
      types: ['lokmin.actions.action.overdue.v1'],
    };
    const { webhook } = await did<{ __typename: string; webhook: Webhook }>(
      'createWebhook',
      administrator,
      { district: '19.06', ...wanted },
      '... on WebhookWithSecret { webhook { id revision } }',
    );
    const at = (expectedRevision: number) => ({ webhook: webhook.id, expectedRevision });
    await did(
      'changeWebhook',
      administrator,
      { ...at(1), ...wanted, name: 'Penerima lain', enabled: false },
      '... on WebhookChanged { webhook { id } }',
    );
    await did('rotateWebhookSecret', administrator, at(2), '... on WebhookWithSecret { __typename }');
    await did('testWebhook', administrator, { webhook: webhook.id }, '... on WebhookTested { __typename }');
    await did(
      'resendToWebhook',
      administrator,
      { webhook: webhook.id },
      '... on ResentToWebhook { __typename }',
    );
    await did('deleteWebhook', administrator, at(3), '... on WebhookDeleted { id }');

    // A fact that nobody can read, and another district's, which the administrator of this one does not see.
    const [letter] = await stored<{ id: string }>(
      'actions',
      `INSERT INTO dead_letter (durable, subject, district_code, body, attempts, reason)
       VALUES ('actions-roster', 'lokmin.ref.directory.unit.x', NULL, '{', 1, 'not JSON'),
         ('actions-roster', 'lokmin.ref.directory.unit.y', '19.05', '{}', 1, 'of elsewhere') RETURNING id::text`,
    );
    const deadLetters = '{ deadLetters(service: ACTIONS) { status totalCount nodes { id reason } } }';
    const deadLetter = globalId('DeadLetter', `actions:${letter!.id}`);
    expect((await administrator.post(deadLetters)).data).toEqual({
      deadLetters: { status: 'OK', totalCount: 1, nodes: [{ id: deadLetter, reason: 'not JSON' }] },
    });
    expect((await officer.post(deadLetters)).data).toMatchObject({
      deadLetters: { status: 'FORBIDDEN', nodes: null },
    });
    expect(
      await did<{ __typename: string; succeeded: boolean }>(
        'replayDeadLetter',
        administrator,
        { deadLetter },
        '... on DeadLetterReplayed { succeeded }',
      ),
    ).toMatchObject({ succeeded: false });

    expect([...done.keys()].sort()).toEqual([...MUTATIONS].sort());
  }, 120_000);

  it('has an entry of each: by whom, with which command, when', async () => {
    const entries = await wholeTrail(administrator);
    for (const name of MUTATIONS) {
      const { personId, commandId, subject } = done.get(name)!;
      const found = entries.filter((entry) =>
        commandId ? entry.commandId === commandId : entry.operation?.endsWith(`.${subject}`),
      );
      expect([name, found.length > 0]).toEqual([name, true]);
      for (const entry of found) {
        expect([name, entry.actor, entry.operation]).toEqual([
          name,
          'PERSON',
          expect.stringMatching(/^lokmin\.ask\.\w+\.[a-z-]+$/),
        ]);
        expect(entry.correlationId).toEqual(expect.any(String));
      }
      // Who signs in, renews or ends a session proves it by that itself.
      const whose = commandId
        ? found.map(({ person }) => person)
        : found.map(({ record }) => record).filter((record) => record === personId);
      expect([name, whose[0]]).toEqual([name, personId]);
    }
    const { commandId } = done.get('reportAsGuest')!;
    const byGuest = entries.find((entry) => entry.commandId === commandId && entry.part === 'action');
    expect(byGuest).toMatchObject({
      personName: 'Sekcam Manggar (Kantor Camat Manggar)',
      session: expect.any(String),
    });
    // Newest first, each once.
    const order = entries.map(({ at }) => Date.parse(at));
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('says what before and after, and on whose clocks', async () => {
    const entries = await wholeTrail(administrator, { record: actionId });
    const completed = entries.find(
      ({ commandId, part }) => commandId === done.get('completeAction')!.commandId && part === 'action',
    );
    expect(completed).toMatchObject({
      service: 'ACTIONS',
      at: '2025-01-20T09:00:00.000+07:00',
      timeZone: 'Asia/Jakarta',
      personName: expect.stringContaining('KIA'),
      session: await sessionOf(kia),
      recordKind: 'Action',
      record: actionId,
      change: 'CHANGED',
      unitName: 'Puskesmas Manggar',
    });
    expect(completed!.changes).toEqual(
      expect.arrayContaining([
        { field: 'progress', before: '40', after: '100' },
        { field: 'status', before: 'in_progress', after: 'completed' },
      ]),
    );
    // What a fact set off names the fact and the person behind it.
    expect(entries).toContainEqual(
      expect.objectContaining({
        actor: 'REACTION',
        operation: 'actions-follow-meeting',
        person: await idOf(ktu),
        factId: expect.any(String),
      }),
    );
  });

  it('holds no secret', async () => {
    const passwords = await wholeTrail(administrator);
    const changed = passwords.find(({ part, change }) => part === 'account' && change === 'CHANGED');
    expect(changed!.changes).toEqual([
      { field: 'password_hash', before: '{"secret":true}', after: '{"secret":true}' },
    ]);
    for (const service of SERVICES) {
      const [found] = await stored<{ all: string }>(
        service,
        `SELECT coalesce(string_agg(before::text || after::text, ' '), '') AS all FROM audit_entry`,
      );
      expect(found!.all).not.toMatch(/\$argon2|argon2id|"d":|@lokmin\.example/);
    }
  });

  it('names the role of the database where somebody changed something by hand', async () => {
    const byHand = (await wholeTrail(administrator)).filter(({ actor }) => actor === 'ROLE');
    expect(byHand.sort((a, b) => b.service.localeCompare(a.service))).toMatchObject([
      {
        service: 'NOTIFICATIONS',
        role: 'notifications',
        operation: 'psql',
        person: null,
        part: 'delivery',
        changes: [{ field: 'status', before: 'sent', after: 'failed' }],
      },
      // Of no district, so that every administrator sees it.
      { service: 'ACTIONS', role: 'actions', part: 'dead_letter', change: 'ADDED' },
    ]);
  });

  it('is a page at a time what it is as a whole, by time, person and thing', async () => {
    const all = await wholeTrail(administrator);
    const first = await trailOf(administrator, { first: 3 });
    expect(first).toMatchObject({ status: 'OK', totalCount: all.length, missing: [] });
    const second = await trailOf(administrator, { first: 3, after: first.edges![1]!.cursor });
    expect(second.nodes!.map(({ id }) => id)).toEqual(all.slice(2, 5).map(({ id }) => id));
    const person = await idOf(ktu);
    expect((await wholeTrail(administrator, { person })).map(({ id }) => id)).toEqual(
      all.filter((entry) => entry.person === person).map(({ id }) => id),
    );
    const later = await wholeTrail(administrator, { from: '2025-01-20T02:00:00Z' });
    expect(later.map(({ id }) => id)).toEqual(
      all.filter(({ at }) => Date.parse(at) >= Date.parse('2025-01-20T02:00:00Z')).map(({ id }) => id),
    );
    expect(later.length).toBeLessThan(all.length);
    expect(
      await administrator.post(`{ audit(district: "${DISTRICT}", after: "x") { status } }`),
    ).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('is for the administrator and the auditor of the district, and for a head as far as the own puskesmas', async () => {
    const mine = await wholeTrail(head, { puskesmas: MANGGAR });
    expect(mine.length).toBeGreaterThan(50);
    expect(new Set(mine.map(({ unitName }) => unitName))).toEqual(new Set(['Puskesmas Manggar']));
    for (const [person, args] of [
      [head, {}],
      [officer, {}],
      [ktu, { puskesmas: MANGGAR }],
    ] as const)
      expect(await trailOf(person, args)).toMatchObject({
        status: 'FORBIDDEN',
        nodes: null,
        totalCount: null,
      });
    // What one may not know of is answered as what is not there.
    for (const [person, args] of [
      [head, { puskesmas: GANTUNG }],
      [administrator, { district: '99.03' }],
    ] as const)
      expect(await trailOf(person, args, `message { id } nodes { ${ENTRY} }`)).toMatchObject({
        message: { id: expect.stringContaining('tidak ditemukan') },
        nodes: null,
        totalCount: null,
      });
  });

  it('is a riwayat on meeting, action and evaluation, for everybody who sees the thing', async () => {
    const { id: evaluationId } = await evaluation();
    const asked = `trail(first: 100) { status totalCount nodes { ${ENTRY} } }`;
    const seen = await ktu.ask<{
      meeting: { trail: Trail };
      action: { trail: Trail };
      puskesmas: { results: { evaluation: { id: string; trail: Trail } } };
    }>(
      `query ($meeting: ID!, $action: ID!) { meeting(id: $meeting) { ${asked} } action(id: $action) { ${asked} }
         puskesmas(code: "${MANGGAR}") { results(period: "${PERIOD}") { evaluation { id ${asked} } } } }`,
      { meeting: january.id, action: actionId },
    );
    expect(seen.puskesmas.results.evaluation.id).toBe(evaluationId);
    const told = (trail: Trail) => trail.nodes!.map(({ operation }) => operation?.split('.').at(-1));
    expect(told(seen.meeting.trail)).toEqual(
      expect.arrayContaining([
        'schedule-meeting',
        'move-meeting',
        'open-meeting',
        'decide-item',
        'sign-minutes',
      ]),
    );
    expect(told(seen.action.trail)).toEqual(
      expect.arrayContaining(['ready-action', 'actions-follow-meeting', 'complete-action']),
    );
    expect(told(seen.puskesmas.results.evaluation.trail)).toEqual(
      expect.arrayContaining(['return-evaluation', 'submit-evaluation']),
    );
    expect(seen.meeting.trail.nodes!.every(({ session }) => session === null)).toBe(true);
    const stranger = await demonstration.signIn('kapus.gantung');
    expect(
      await stranger.ask('query ($id: ID!) { meeting(id: $id) { trail { totalCount } } }', {
        id: january.id,
      }),
    ).toEqual({
      meeting: null,
    });
  });

  it('is exported as CSV to those who may see it', async () => {
    const get = (person: Person | null, query: string, language = 'id') =>
      fetch(`${demonstration.system.address}/files/audit?${query}`, {
        headers: {
          ...(person ? { authorization: `Bearer ${person.token}` } : {}),
          'accept-language': language,
        },
      });
    const answer = await get(administrator, 'district=1906');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parseCsv(bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
    const all = await wholeTrail(administrator);
    expect(rows.map((row) => [row['layanan']!.toUpperCase(), row['nomor'], row['waktu']])).toEqual(
      all.map(({ service, number, at }) => [service, number, at]),
    );
    const own = await get(head, `district=${DISTRICT}&puskesmas=${MANGGAR}`, 'en');
    const [heading, ...lines] = parseCsv(Buffer.from(await own.arrayBuffer()), {
      delimiter: ';',
      bom: true,
    }) as string[][];
    expect(heading!.slice(0, 4)).toEqual(['time', 'zone', 'service', 'number']);
    expect(lines.length).toBe((await wholeTrail(head, { puskesmas: MANGGAR })).length);
    for (const [person, query, status] of [
      [null, `district=${DISTRICT}`, 401],
      [officer, `district=${DISTRICT}`, 403],
      [head, `district=${DISTRICT}`, 403],
      [head, `district=${DISTRICT}&puskesmas=${GANTUNG}`, 404],
      [administrator, 'district=99.03', 404],
      [administrator, 'district=x', 422],
      [administrator, `district=${DISTRICT}&from=kemarin`, 422],
    ] as const)
      expect([query, (await get(person, query)).status]).toEqual([query, status]);
  });

  it('says which service does not answer, and exports nothing then', async () => {
    const { processes } = demonstration.system;
    await processes.stop('actions');
    try {
      const trail = await trailOf(administrator, { first: 5 });
      expect(trail).toMatchObject({ status: 'OK', missing: ['ACTIONS'] });
      expect(trail.nodes).toHaveLength(5);
      const answer = await fetch(`${demonstration.system.address}/files/audit?district=${DISTRICT}`, {
        headers: { authorization: `Bearer ${administrator.token}` },
      });
      expect(answer.status).toBe(503);
    } finally {
      await processes.start('actions');
    }
  }, 60_000);

  it('is found as it was sealed, by the command for operators, and written out by it', async () => {
    await eventually(
      async () => {
        const { code, output, errors } = await audit('verify');
        expect([code, errors]).toEqual([0, '']);
        return output.match(/ 0 not sealed yet, 0 seals not yet kept/g)?.length === SERVICES.length;
      },
      { deadlineMs: 60_000, everyMs: 1_000, what: 'everything is sealed, and the seals are kept' },
    );
    expect((await wholeTrail(administrator)).filter(({ seal }) => seal === null)).toEqual([]);
    const count = async () =>
      (
        await Promise.all(
          SERVICES.map((service) =>
            stored<{ n: number }>(service, 'SELECT count(*)::int AS n FROM audit_entry'),
          ),
        )
      ).reduce((sum, [row]) => sum + row!.n, 0);
    const csv = await audit('export');
    expect(csv.code).toBe(0);
    expect(parseCsv(csv.output, { delimiter: ';', bom: true, columns: true })).toHaveLength(await count());
    const lines = (await audit('export', 'actions', '--format', 'jsonl', '--from', NOW)).output
      .trim()
      .split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ service: 'actions', change: expect.any(String) });
    expect((await audit('verify', 'gateway')).code).toBe(2);
  }, 120_000);

  it('leaves with everything else that the system has of a puskesmas', async () => {
    const folder = join(clockFolder, 'manggar');
    const leave = (login: string, code = MANGGAR) =>
      command('lokmin', ['export', code, '--to', folder], {
        LOKMIN_LOGIN: login,
        LOKMIN_PASSWORD: demonstration.system.secrets.demoPassword,
      });
    const { code, output } = await leave('admin');
    expect([code, output]).toEqual([0, expect.stringMatching(/^Puskesmas Manggar: \d+ files in /m)]);
    const read = <T>(name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
    const { files } = read<{ files: { name: string; sha256: string }[] }>('index.json');
    expect(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
    ).toHaveLength(files.length + 1);
    for (const { name, sha256 } of files)
      expect([
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]).toEqual([name, sha256]);
    // As much as the databases have.
    const [unit] = await stored<{ id: string }>(
      'directory',
      `SELECT unit_id AS id FROM unit WHERE code = '${MANGGAR}'`,
    );
    const of = async (service: ServiceName, rows: string) => {
      const [found] = await stored<{ n: number }>(
        service,
        `SELECT count(*)::int AS n FROM ${rows} AND unit_id = '${unit!.id}'`,
      );
      return found!.n;
    };
    const named = (start: string, end = '.json') =>
      files.filter(({ name }) => name.startsWith(start) && name.endsWith(end));
    expect(named('results/').length).toBe(12);
    const { people, guests } = read<{ people: unknown[]; guests: { nodes: unknown[] } }>('puskesmas.json');
    expect(people.length).toBeGreaterThan(3);
    expect(guests.nodes.length).toBe(await of('directory', 'guest WHERE true'));
    const values = named('indicators/').flatMap(
      ({ name }) => read<{ values: { element: string; period: string; covers: string }[] }>(name).values,
    );
    const distinct = new Set(values.map(({ element, period, covers }) => `${element} ${period} ${covers}`));
    expect(distinct.size).toBe(await of('indicators', 'value WHERE true'));
    expect(distinct.size).toBeGreaterThan(100);
    const meetings = named('meetings/').map(({ name }) =>
      read<{ agenda: unknown[]; attendees: unknown[] }>(name),
    );
    expect(meetings.length).toBe(await of('meetings', 'meeting WHERE true'));
    for (const part of ['agenda_item', 'attendee'] as const)
      expect(
        meetings.flatMap(({ agenda, attendees }) => (part === 'attendee' ? attendees : agenda)).length,
      ).toBe(await of('meetings', `${part} JOIN meeting USING (meeting_id) WHERE true`));
    expect(named('meetings/', '.pdf').length).toBe(
      await of('meetings', 'meeting WHERE signed_at IS NOT NULL'),
    );
    const actions = named('actions/').map(({ name }) => read<{ history: { evidence: unknown[] }[] }>(name));
    expect(actions.length).toBe(await of('actions', 'action WHERE true'));
    const evidence = await of('actions', 'evidence JOIN action USING (action_id) WHERE true');
    expect(evidence).toBeGreaterThan(0);
    expect(actions.flatMap(({ history }) => history.flatMap((entry) => entry.evidence)).length).toBe(
      evidence,
    );
    expect(files.filter(({ name }) => /^actions\/[^/]+\//.test(name)).length).toBe(evidence);
    expect(actions.flatMap(({ history }) => history).length).toBe(
      await of('actions', 'action_entry JOIN action USING (action_id) WHERE true'),
    );
    expect(readFileSync(join(folder, 'audit.csv'), 'utf8').split('\n').length).toBeGreaterThan(50);

    expect(await leave('admin')).toMatchObject({ code: 1, errors: expect.stringContaining('is not empty') });
    rmSync(folder, { recursive: true });
    expect(await leave('admin', '1999999')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no puskesmas'),
    });
    expect(await leave('kapus.gantung')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('There is no puskesmas'),
    });
    expect(existsSync(folder)).toBe(false);
  }, 120_000);

  it('is found out where somebody who owns the database changed it', async () => {
    const [victim] = await stored<{ number: string }>(
      'actions',
      `SELECT min(number)::text AS number FROM audit_entry WHERE command_id = '${done.get('completeAction')!.commandId}'`,
    );
    await stored(
      'actions',
      `ALTER TABLE audit_entry DISABLE TRIGGER USER;
       UPDATE audit_entry SET person_id = NULL WHERE number = ${victim!.number}`,
    );
    const { code, output, errors } = await audit('verify');
    expect(code).toBe(1);
    expect(output).toContain(`actions: NOT AS IT WAS SEALED: entry ${victim!.number} was changed`);
    expect(output).toContain(
      'actions: NOT NOTING CHANGES: the trigger audit_entry.audit_entry_stays is switched off',
    );
    expect(output).toMatch(/^meetings: \d+ entries in \d+ seals fit/m);
    expect(errors).toContain('The audit trail of 1 of 5 services does not fit.');
  }, 60_000);
});
