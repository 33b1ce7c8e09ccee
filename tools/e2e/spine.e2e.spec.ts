import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@lokmin/testing';
import pg from 'pg';
import { follow, Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** One path through the whole system, each step by the person whose step it is; the steps build on each other. */
const MANGGAR = '1012406';
const PERIOD = '2024-12';

interface Overview {
  district: {
    overview: {
      indicators: { status: string; submitted: number; expected: number };
      actions: { status: string; proposed: number; open: number; overdue: number };
      rows: {
        puskesmas: { code: string; name: string };
        evaluation: { id: string; revision: number; status: string; returnedReason: string | null } | null;
        tally: { baik: number; cukup: number; kurang: number; tanpaTarget: number; tanpaData: number };
        worst: { code: string }[];
        proposedActions: number;
        openActions: number;
        overdueActions: number;
      }[];
    };
  };
}
interface ActionNode {
  id: string;
  revision: number;
  indicatorCode: string;
  status: string;
  ownerName: string | null;
  progress: number;
  overdue: boolean;
  periods: string[];
}
interface InboxAnswer {
  viewer: {
    inbox: {
      unread: number;
      totalCount: number;
      nodes: { kind: string; readAt: string | null; body: { id: string }; link: string }[];
    };
  };
}

const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const clockFile = join(clockFolder, 'now');
const setClock = (instant: string) => writeFileSync(clockFile, instant);

let demonstration: Demonstration;
let officer: Person;
let head: Person;
let kia: Person;

/** Each question has another name, so that no kept answer replies: a kept one stays right while a service is away. */
let question = 0;
const overview = async () =>
  (
    await officer.ask<Overview>(
      `query Overview${question++}($period: YearMonth!) { district(code: "19.06") { overview(period: $period) {
         indicators { status submitted expected } actions { status proposed open overdue }
         rows { puskesmas { code name } evaluation { id revision status returnedReason }
                tally { baik cukup kurang tanpaTarget tanpaData } worst { code }
                proposedActions openActions overdueActions } } } }`,
      { period: PERIOD },
    )
  ).district.overview;
const manggar = async () => (await overview()).rows.find((row) => row.puskesmas.code === MANGGAR)!;

const actionsOf = async (person: Person, statuses: string[]) =>
  (
    await person.ask<{ puskesmas: { actions: { nodes: ActionNode[] } } }>(
      `query ($code: String!, $statuses: [ActionStatus!]) { puskesmas(code: $code) { actions(first: 200, statuses: $statuses) {
         nodes { id revision indicatorCode status ownerName progress overdue periods } } } }`,
      { code: MANGGAR, statuses },
    )
  ).puskesmas.actions.nodes;
const inboxOf = async (person: Person) =>
  (
    await person.ask<InboxAnswer>(
      `{ viewer { inbox(first: 50) { unread totalCount nodes { kind readAt body { id } link } } } }`,
    )
  ).viewer.inbox;
const stored = async <Row extends pg.QueryResultRow>(
  service: 'indicators' | 'actions' | 'notifications',
  sql: string,
): Promise<Row[]> => {
  const client = new pg.Client(demonstration.system.databaseUrl(service));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};
const submit = (person: Person, puskesmas: string, period: string) =>
  person.command(
    'submitEvaluation',
    { puskesmas, period },
    '... on EvaluationSubmitted { evaluation { id revision status } tally { kurang baik } }',
  );
const yearToDate = (element: string, value: string) => ({
  element,
  covers: 'YEAR_TO_DATE',
  state: 'REPORTED',
  value,
});

const signEverybodyIn = async () => {
  [officer, head, kia] = await Promise.all([
    demonstration.signIn('dinas'),
    demonstration.signIn('kapus.manggar'),
    demonstration.signIn('kia.manggar'),
  ]);
};

beforeAll(async () => {
  setClock('2025-01-10T02:00:00Z');
  demonstration = await aRunningDemonstration({
    LOKMIN_TEST_CLOCK_FILE: clockFile,
    LOKMIN_ADHOC: 'everyone',
  });
  await signEverybodyIn();
}, 300_000);
afterAll(async () => {
  await demonstration?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

describe('from imported results to a live dashboard', () => {
  const stopListening = new AbortController();
  let heard: Awaited<ReturnType<typeof follow>>;
  let redBefore: number;
  afterAll(() => stopListening.abort());

  it('shows the district seven submitted evaluations of 55 indicators, with proposals', async () => {
    const { indicators, actions, rows } = await overview();
    expect(indicators).toEqual({ status: 'OK', submitted: 7, expected: 7 });
    expect(rows.map((row) => row.puskesmas.code)).toEqual([
      '1012402',
      '1012403',
      '1012404',
      '1012405',
      '1012406',
      '1012407',
      '1012408',
    ]);
    for (const { tally } of rows)
      expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(55);
    expect(actions).toMatchObject({
      status: 'OK',
      open: 0,
      overdue: 0,
      proposed: rows.reduce((sum, row) => sum + row.tally.kurang, 0),
    });
    redBefore = (await manggar()).tally.kurang;
    expect(redBefore).toBeGreaterThan(3);
  });

  it('tells the people concerned, once each', async () => {
    expect(await inboxOf(officer)).toMatchObject({ totalCount: 7, unread: 7 });
    expect(await inboxOf(kia)).toMatchObject({ totalCount: 1 });
  });

  it('announces changes to a page that is open', async () => {
    heard = await follow(
      officer,
      'subscription { districtChanged(code: "19.06") { kind puskesmasCode period } }',
      stopListening.signal,
    );
    await eventually(() => heard.events.some((event) => event['districtChanged']!['kind'] === 'connected'));
  });

  it('an evaluation that is returned takes its proposals back and says why', async () => {
    const { evaluation } = await manggar();
    const returned = await officer.command(
      'returnEvaluation',
      {
        evaluation: evaluation!.id,
        expectedRevision: evaluation!.revision,
        reason: 'K1 berbeda dari register kohort',
      },
      '... on EvaluationReturned { evaluation { status revision } }',
    );
    expect(returned).toMatchObject({
      __typename: 'EvaluationReturned',
      evaluation: { status: 'RETURNED', revision: 2 },
    });
    await eventually(() =>
      heard.events.some(
        (event) =>
          event['districtChanged']!['kind'] === 'evaluation.returned' &&
          event['districtChanged']!['puskesmasCode'] === MANGGAR,
      ),
    );
    await eventually(async () => (await manggar()).proposedActions === 0);
    expect((await manggar()).evaluation).toMatchObject({
      status: 'RETURNED',
      returnedReason: 'K1 berbeda dari register kohort',
    });
    await eventually(async () =>
      (await inboxOf(head)).nodes.some(
        (message) => message.kind === 'evaluation.returned' && message.body.id.includes('register kohort'),
      ),
    );
    expect(
      await stored(
        'actions',
        `SELECT DISTINCT status FROM action JOIN known_unit USING (unit_id) WHERE code = '${MANGGAR}'`,
      ),
    ).toEqual([{ status: 'withdrawn' }]);
  });

  it('a programme holder corrects a value, and the head submits again', async () => {
    const recorded = await kia.command<{ __typename: string; changed?: number }>(
      'recordValues',
      { puskesmas: MANGGAR, period: PERIOD, values: [yearToDate('KIA-K1.num', '640')] },
      '... on ValuesRecorded { changed warnings { code } }',
    );
    expect(recorded).toMatchObject({ __typename: 'ValuesRecorded', changed: 1 });
    expect(await submit(head, MANGGAR, PERIOD)).toMatchObject({
      __typename: 'EvaluationSubmitted',
      evaluation: { revision: 3, status: 'SUBMITTED' },
      tally: { kurang: redBefore - 1 },
    });
    await eventually(() =>
      heard.events.some((event) => event['districtChanged']!['kind'] === 'evaluation.revised'),
    );
    await eventually(async () => (await manggar()).proposedActions === redBefore - 1);
    expect((await manggar()).worst.map(({ code }) => code)).not.toContain('KIA-K1');
    const proposals = await actionsOf(head, ['PROPOSED']);
    expect(proposals.map((action) => action.indicatorCode)).not.toContain('KIA-K1');
    expect(new Set(proposals.map((action) => action.indicatorCode)).size).toBe(proposals.length);
  });

  it('leaves one message per person and evaluation, in its newest state', async () => {
    await eventually(async () =>
      (await inboxOf(officer)).nodes.some((message) => message.kind === 'evaluation.revised'),
    );
    expect(await inboxOf(officer)).toMatchObject({ totalCount: 7 });
    const doubled = await stored(
      'notifications',
      `SELECT person_id FROM message WHERE about = 'evaluation' GROUP BY person_id, about_id HAVING count(*) > 1`,
    );
    expect(doubled).toEqual([]);
  });

  it('the head readies a proposal; its owner finds it, reports and completes it', async () => {
    const proposal = (await actionsOf(head, ['PROPOSED'])).find(
      (action) => action.indicatorCode === 'KIA-K4',
    )!;
    const { puskesmas } = await head.ask<{
      puskesmas: { people: { nodes: { id: string; name: string }[] } };
    }>(`{ puskesmas(code: "${MANGGAR}") { people { nodes { id name } } } }`);
    const owner = puskesmas.people.nodes.find((person) => person.name === 'Pemegang Program KIA Manggar')!;
    const fields = '... on ActionChanged { action { id revision status ownerName progress } }';
    const ready = await head.command<{ action: ActionNode }>(
      'readyAction',
      {
        action: proposal.id,
        expectedRevision: proposal.revision,
        owner: owner.id,
        dueDate: '2025-01-31',
        title: 'Sweeping ibu hamil yang belum K4',
      },
      fields,
    );
    expect(ready.action).toMatchObject({ status: 'READY', ownerName: 'Pemegang Program KIA Manggar' });
    await eventually(async () => (await manggar()).openActions === 1);
    const told = await eventually(async () =>
      (await inboxOf(kia)).nodes.find((message) => message.kind === 'action.readied'),
    );
    expect(told.link).toBe(`/rtl/${proposal.id}`);
    const mine = await kia.ask<{ viewer: { myActions: { nodes: ActionNode[] } } }>(
      '{ viewer { myActions { nodes { id indicatorCode } } } }',
    );
    expect(mine.viewer.myActions.nodes).toEqual([
      expect.objectContaining({ id: proposal.id, indicatorCode: 'KIA-K4' }),
    ]);

    const progressed = await kia.command<{ action: ActionNode }>(
      'reportProgress',
      {
        action: proposal.id,
        expectedRevision: ready.action.revision,
        progress: 60,
        note: 'Tiga desa selesai',
      },
      fields,
    );
    expect(progressed.action).toMatchObject({ status: 'IN_PROGRESS', progress: 60 });
    const completed = await kia.command<{ action: ActionNode }>(
      'completeAction',
      { action: proposal.id, expectedRevision: progressed.action.revision, note: 'Semua desa selesai' },
      fields,
    );
    expect(completed.action).toMatchObject({ status: 'COMPLETED', progress: 100 });
    await eventually(async () => (await manggar()).openActions === 0);
    await eventually(async () =>
      (await inboxOf(head)).nodes.some((message) => message.kind === 'action.completed'),
    );
  });

  it('an action whose due day ends becomes overdue by the clock', async () => {
    const [proposal] = await actionsOf(head, ['PROPOSED']);
    const { puskesmas } = await head.ask<{ puskesmas: { people: { nodes: { id: string }[] } } }>(
      `{ puskesmas(code: "${MANGGAR}") { people { nodes { id } } } }`,
    );
    const input = {
      action: proposal!.id,
      expectedRevision: proposal!.revision,
      owner: puskesmas.people.nodes[0]!.id,
    };
    expect(await head.command('readyAction', { ...input, dueDate: '2025-01-09' }, '')).toMatchObject({
      __typename: 'Refusal',
      code: 'action.due-in-past',
    });
    await head.command('readyAction', { ...input, dueDate: '2025-01-10' }, '');
    expect((await manggar()).overdueActions).toBe(0);
    setClock('2025-01-10T17:00:01Z'); // midnight in UTC+7 has passed
    await signEverybodyIn();
    await eventually(async () => (await manggar()).overdueActions === 1);
    await eventually(async () =>
      (await inboxOf(head)).nodes.some((message) => message.kind === 'action.overdue'),
    );
  });

  it('a file of a new period goes in through the gateway, once, and its evaluation is submitted', async () => {
    const csv =
      'period;puskesmas_reg_code;indicator_code;numerator;denominator\n2025-01;1012406;KIA-K1;40;700\n2025-01;1012406;KIA-K4;;700\n';
    const upload = async () => {
      const response = await fetch(
        `${demonstration.system.address}/files/values?name=januari.csv&commandId=${randomUUID()}`,
        {
          method: 'POST',
          headers: { 'content-type': 'text/csv', authorization: `Bearer ${kia.token}` },
          body: csv,
        },
      );
      return {
        status: response.status,
        body: (await response.json()) as {
          refusal?: { code: string };
          errors?: { row: number }[];
          changed?: number;
        },
      };
    };
    const refused = await upload();
    expect(refused).toMatchObject({ status: 422, body: { refusal: { code: 'import.rows' } } });
    expect(refused.body.errors!.map(({ row }) => row)).toEqual([2, 3]);

    const november = csv.replaceAll('2025-01', '2024-11');
    const sent = await fetch(
      `${demonstration.system.address}/files/values?name=november.csv&commandId=${randomUUID()}`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${kia.token}` },
        body: november,
      },
    );
    expect([sent.status, await sent.json()]).toMatchObject([200, { rows: 2, periods: 1 }]);
    expect(await submit(head, MANGGAR, '2024-11')).toMatchObject({
      __typename: 'EvaluationSubmitted',
      evaluation: { revision: 1 },
      tally: { kurang: 1 },
    });
    // The further red month of K1 makes a proposal of its own: December's K1 is no longer red and nothing is open for it.
    const k1 = await eventually(async () =>
      (await actionsOf(head, ['PROPOSED'])).find((action) => action.indicatorCode === 'KIA-K1'),
    );
    expect(k1.periods).toEqual(['2024-11']);
  });

  it('leaves a trace in each service: one evaluation, its history, its effects, all acknowledged', async () => {
    expect(
      await stored(
        'indicators',
        `SELECT h.revision, h.status
         FROM evaluation_history AS h JOIN evaluation AS e USING (evaluation_id) JOIN known_unit AS u ON u.unit_id = e.unit_id
         WHERE u.code = '${MANGGAR}' AND e.period = '${PERIOD}' ORDER BY h.revision`,
      ),
    ).toEqual([
      { revision: 1, status: 'submitted' },
      { revision: 2, status: 'returned' },
      { revision: 3, status: 'submitted' },
    ]);
    for (const service of ['indicators', 'actions', 'notifications'] as const) {
      await eventually(
        async () => (await stored(service, 'SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0,
      );
      expect(await stored(service, 'SELECT durable, reason FROM dead_letter')).toEqual([]);
    }
  });
});

describe('with a service stopped', () => {
  it.each([
    ['indicators', 'indicators'],
    ['actions', 'actions'],
    ['notifications', null],
    ['directory', null],
  ] as const)(
    '(%s) the overview answers with the missing part named, and all is well when it is back',
    async (service, part) => {
      await demonstration.system.processes.stop(service);
      const there = await overview();
      for (const name of ['indicators', 'actions'] as const)
        expect(there[name].status).toBe(name === part ? 'UNAVAILABLE' : 'OK');
      if (part !== 'indicators') expect(there.rows).toHaveLength(7);
      await demonstration.system.processes.start(service);
      await eventually(async () => {
        const { indicators, actions } = await overview();
        return indicators.status === 'OK' && actions.status === 'OK';
      });
      if (service === 'notifications') expect((await inboxOf(officer)).totalCount).toBeGreaterThan(6);
      if (service === 'directory') await demonstration.signIn('dinas');
    },
    60_000,
  );
});

describe('what is not allowed', () => {
  const query = `{ district(code: "19.06") { overview(period: "2024-12") { indicators { status } } } }`;

  it('a forged, foreign or missing token is told to sign in, without a stack trace', async () => {
    const nobody = Person.anonymous(demonstration.system.address);
    const [header, payload, signature] = officer.token!.split('.') as [string, string, string];
    const other = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: randomUUID() }),
    ).toString('base64url');
    const tokens = [
      undefined,
      'x.y.z',
      `${header}.${other}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    ];
    for (const token of tokens) {
      const answer = await nobody.post<{ district: unknown }>(query, {}, token);
      expect(JSON.stringify(answer)).not.toMatch(/node_modules|at .*\.(ts|js):/);
      expect(answer.data?.district ?? null).toBeNull();
      expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['UNAUTHENTICATED']);
    }
  });

  it('people of one puskesmas neither see the district nor act for another', async () => {
    const gantung = await demonstration.signIn('kapus.gantung');
    const seen = await gantung.post<Overview>(query);
    expect(JSON.stringify(seen)).not.toContain('"OK"');
    expect(await submit(gantung, MANGGAR, '2024-10')).toMatchObject({ __typename: 'Refusal' });
    const [action] = await actionsOf(head, ['PROPOSED']);
    const ready = await gantung.command(
      'readyAction',
      { action: action!.id, expectedRevision: action!.revision, owner: action!.id, dueDate: '2025-12-31' },
      '',
    );
    expect(ready.__typename).toBe('Refusal');
    const { node } = (
      await gantung.post<{ node: unknown }>('query ($id: ID!) { node(id: $id) { __typename id } }', {
        id: action!.id,
      })
    ).data ?? { node: null };
    expect(node).toBeNull();
  });

  it('wrong types are refused before any service is asked', async () => {
    for (const period of ['2024-13', '24-12', 'Desember']) {
      const answer = await officer.post(
        `query ($period: YearMonth!) { district(code: "19.06") { overview(period: $period) { indicators { status } } } }`,
        { period },
      );
      expect(answer.errors![0]).toMatchObject({
        message: expect.stringContaining('pada period: bukan bulan seperti 2024-12'),
        extensions: { code: 'BAD_USER_INPUT', detail: expect.stringContaining('YearMonth') },
      });
    }
  });
});
