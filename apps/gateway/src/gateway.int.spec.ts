import {
  ActionCompleted,
  CompleteAction,
  DistrictActions,
  DistrictIndicators,
  DistrictMeetings,
  DistrictNotifications,
  EndSessions,
  EvaluationReturned,
  FindAction,
  FindUnit,
  Inbox,
  ListGuests,
  invalidInput,
  ListDeliveries,
  Preferences,
  problem,
  SendAgain,
  SetPreferences,
  ReadyAction,
  ReportProgress,
  RefreshSession,
  Refusal,
  ReturnEvaluation,
  SignIn,
  SignOut,
  UnitState,
  Viewer,
  globalId,
  type AskReply,
  type EvidenceFile,
} from '@lokmin/contracts';
import { eventually } from '@lokmin/testing';
import {
  anEvaluation,
  answerForDistrict,
  DISTRICT,
  districtActions,
  districtIndicators,
  HEAD,
  KELAPA,
  MANGGAR,
  OFFICER,
  overview,
} from '../test/district.ts';
import { post, startPeers, type Peers } from '../test/peers.ts';
import { SPREAD_MS } from './kept/seen.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

const ACTION = '01890000-0000-7000-8000-0000000000f1';
const COMMAND = '01890000-0000-7000-8000-0000000000aa';

let peers: Peers;
let gateway: RunningGateway;
let officer: Record<string, string>;
let head: Record<string, string>;
beforeAll(async () => {
  peers = await startPeers();
  gateway = await startGateway(peers.config());
  await ready();
  officer = { authorization: `Bearer ${await peers.token(OFFICER)}` };
  head = { authorization: `Bearer ${await peers.token(HEAD)}` };
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});
beforeEach(() => {
  answerForDistrict(peers);
  gateway.kept.gap();
  for (const ask of [
    DistrictIndicators,
    DistrictActions,
    DistrictMeetings,
    DistrictNotifications,
    Viewer,
    FindUnit,
  ])
    peers.asked(ask);
});
const ready = () =>
  eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok, {
    what: 'the gateway is ready',
  });
const ask = (operation: Parameters<typeof post>[1], headers = officer) =>
  post(gateway.port, operation, headers);

/** Asks until an answer is kept: the first one may come before the posts of the person are known. */
const warm = (operation = overview(), headers = officer) =>
  eventually(async () => {
    await ask(operation, headers);
    peers.asked(DistrictIndicators);
    await ask(operation, headers);
    return peers.asked(DistrictIndicators) === 0;
  });
const tellOfReturn = (districtCode = DISTRICT, revision = 2) =>
  peers.announce(
    EvaluationReturned,
    { id: anEvaluation.evaluationId, revision, districtCode, unitId: MANGGAR },
    {
      evaluationId: anEvaluation.evaluationId,
      revision,
      unitId: MANGGAR,
      unitCode: '1012406',
      unitName: 'Manggar',
      districtCode,
      period: '2024-12',
      bundleId: '01890000-0000-7000-8000-0000000000b1',
      returnedBy: OFFICER,
      reason: 'Periksa lagi',
    },
  );
/** Rows of the overview with these fields; `...Met` spreads the meeting. */
const rowsOf = (fields: string) => ({
  query: `query ($code: String!, $period: YearMonth!) { district(code: $code) { overview(period: $period) { rows { ${fields} } } } }
    ${fields.includes('...Met') ? 'fragment Met on OverviewRow { meeting { id } }' : ''}`,
  variables: { code: DISTRICT, period: '2024-12' },
});
const isAskedAgain = async (operation = overview(), headers = officer) => {
  await ask(operation, headers);
  return peers.asked(DistrictIndicators) > 0;
};

describe('the district overview', () => {
  it('joins what indicators, actions, meetings and notifications answer, and asks each of them once', async () => {
    const { body } = await ask(overview('1906'));
    expect(body?.errors).toBeUndefined();
    expect(body?.data.district).toMatchObject({
      id: globalId('District', DISTRICT),
      code: DISTRICT,
      overview: {
        indicators: {
          status: 'OK',
          submitted: 1,
          expected: 2,
          tally: { baik: 60, kurang: 21, tanpaTarget: 12 },
        },
        actions: { status: 'OK', proposed: 3, open: 2, overdue: 1, needsCompletion: 0 },
        notifications: { status: 'OK', unreachable: 1 },
        meetings: { status: 'OK', held: 1, signed: 0, missed: 0, expected: 2 },
        rows: [
          {
            puskesmas: { id: globalId('Puskesmas', MANGGAR), code: '1012406', name: 'Manggar' },
            evaluation: { status: 'SUBMITTED', revision: 1 },
            proposedActions: 3,
            overdueActions: 1,
            meeting: { status: 'CONCLUDED', present: 20 },
          },
          { puskesmas: { code: '1012407' }, evaluation: null, tally: { kurang: 11 }, proposedActions: 0 },
        ],
      },
    });
    expect(
      [DistrictIndicators, DistrictActions, DistrictMeetings, DistrictNotifications, FindUnit].map((each) =>
        peers.asked(each),
      ),
    ).toEqual([1, 1, 1, 1, 0]);
  });

  it.each([
    ['indicators', 'actions', { evaluation: null, tally: null, proposedActions: 3 }],
    ['actions', 'indicators', { tally: { kurang: 10 }, proposedActions: null }],
    ['notifications', 'indicators', { tally: { kurang: 10 }, proposedActions: 3, unreachable: null }],
    ['meetings', 'actions', { tally: { kurang: 10 }, proposedActions: 3, meeting: null }],
  ] as const)(
    'names %s when it is stopped and shows the rest; when it is back nothing needs a restart',
    async (away, other, row) => {
      await peers.leave(away);
      const { body } = await ask(overview());
      const { [away]: missing, [other]: present, rows } = body?.data.district.overview;
      expect(missing).toMatchObject({
        status: 'UNAVAILABLE',
        message: { en: expect.stringContaining(away) },
      });
      expect(present.status).toBe('OK');
      expect(rows[0]).toMatchObject(row);
      await peers.join(away);
      expect((await ask(overview())).body?.data.district.overview[away].status).toBe('OK');
    },
  );

  it.each([
    ['evaluation { status }', [1, 0, 0, 0]],
    ['... on OverviewRow { proposedActions } ...Met', [0, 1, 1, 0]],
    ['unreachable', [0, 0, 0, 1]],
    ['puskesmas { code }', [1, 0, 0, 0]],
  ])('asks for rows of `%s` nothing but the services that fill them', async (fields, expected) => {
    const { body } = await ask(rowsOf(fields));
    expect(body?.errors).toBeUndefined();
    expect(body?.data.district.overview.rows).toHaveLength(2);
    expect(
      [DistrictIndicators, DistrictActions, DistrictMeetings, DistrictNotifications].map((each) =>
        peers.asked(each),
      ),
    ).toEqual(expected);
  });

  it('names the puskesmas also while no service answers that fills what is asked of them', async () => {
    await peers.leave('indicators');
    const { body } = await ask(rowsOf('puskesmas { code } tally { kurang }'));
    await peers.join('indicators');
    expect(body?.data.district.overview.rows).toEqual([
      { puskesmas: { code: '1012406' }, tally: null },
      { puskesmas: { code: '1012407' }, tally: null },
    ]);
  });

  it('does not need the directory', async () => {
    await peers.leave('directory');
    const { body } = await ask(overview());
    await peers.join('directory');
    expect(body?.data.district.overview.rows).toHaveLength(2);
  });

  it('is that of no district where the person holds no post, whether there is one or not', async () => {
    const code = '99.99';
    for (const operation of [
      overview(code),
      { query: `{ district: node(id: "${globalId('District', code)}") { id } }` },
    ])
      expect((await ask(operation)).body).toEqual({ data: { district: null } });
    expect(peers.asked(DistrictIndicators)).toBe(0);
    const own = await ask({ query: `{ node(id: "${globalId('District', DISTRICT)}") { id } }` });
    expect(own.body?.data.node).toEqual({ id: globalId('District', DISTRICT) });
  });

  it('waits no longer than its deadline for a service that is too slow', async () => {
    let answer = () => {};
    peers.answer(
      DistrictActions,
      () => new Promise((resolve) => (answer = () => resolve(districtActions()))),
    );
    const { body } = await ask(overview());
    answer();
    expect(body?.data.district.overview).toMatchObject({
      indicators: { status: 'OK' },
      actions: { status: 'UNAVAILABLE' },
    });
  });

  it('is forbidden where the posts do not reach, and a failing service is told by its number only', async () => {
    for (const each of [DistrictIndicators, DistrictMeetings, DistrictNotifications])
      peers.answer(each, () => {
        throw new Refusal('access.forbidden');
      });
    peers.answer(DistrictActions, () => {
      throw new Error('relation "secret" does not exist');
    });
    const { body, text } = await ask(overview());
    expect(body?.data.district.overview).toMatchObject({
      indicators: { status: 'FORBIDDEN', tally: null },
      actions: { status: 'UNAVAILABLE', message: { en: expect.stringContaining('peer') } },
      meetings: { status: 'FORBIDDEN', held: null },
      rows: [],
    });
    expect(text).not.toContain('secret');
  });
});

describe('a kept answer', () => {
  it('is served without asking, byte for byte, until a fact of its district', async () => {
    await warm();
    const { text, headers } = await ask(overview());
    expect(peers.asked(DistrictIndicators)).toBe(0);
    expect(headers.get('content-type')).toContain('json');
    await tellOfReturn('19.05');
    await eventually(() => gateway.kept.hasHeard(`evaluation ${anEvaluation.evaluationId}`, 2));
    expect((await ask(overview())).text).toBe(text);
    expect(peers.asked(DistrictIndicators)).toBe(0);
    await tellOfReturn(DISTRICT, 3);
    await eventually(() => isAskedAgain());
  });

  it('is shared by people of the same posts, and by nobody else', async () => {
    const colleague = '01890000-0000-7000-8000-000000000009';
    const { posts, ...person } = await new Promise<AskReply<typeof Viewer>>((resolve) => {
      answerForDistrict(peers);
      resolve({
        personId: colleague,
        name: 'Petugas Dinas lain',
        email: null,
        phone: null,
        active: true,
        posts: [
          {
            postId: '01890000-0000-7000-8000-0000000000c9',
            personId: colleague,
            unitId: '01890000-0000-7000-8000-0000000000d0',
            districtCode: DISTRICT,
            role: 'petugas_dinas',
            program: null,
            title: 'Petugas Dinas',
            validFrom: '2024-01-01',
            validTo: null,
            coachingGroup: null,
            unitCode: DISTRICT,
            unitName: 'Dinas Kesehatan',
          },
        ],
      });
    });
    await warm();
    peers.answer(Viewer, () => ({ ...person, posts }));
    const other = { authorization: `Bearer ${await peers.token(colleague)}` };
    await eventually(async () => !(await isAskedAgain(overview(), other)));
    answerForDistrict(peers);
    peers.asked(Viewer);
    await ask({ query: '{ district(code: "19.06") { id } }' }, head); // its posts get known
    await eventually(() => peers.asked(Viewer) > 0);
    await ask({ query: '{ district(code: "19.06") { id } }' }, head);
    expect(await isAskedAgain(overview(), head)).toBe(true);
  });

  it('is composed once when many ask for it at the same time', async () => {
    await warm();
    gateway.kept.gap();
    const release = Promise.withResolvers<void>();
    peers.answer(DistrictIndicators, async () => {
      await release.promise;
      return districtIndicators();
    });
    const asking = Array.from({ length: 10 }, () => ask(overview()));
    await eventually(() => peers.asked(DistrictActions) > 0);
    release.resolve();
    const texts = new Set((await Promise.all(asking)).map(({ text }) => text));
    expect([texts.size, peers.asked(DistrictIndicators)]).toEqual([1, 1]);
  });

  it('is not waited for when it cannot be kept', async () => {
    await warm();
    gateway.kept.gap();
    await peers.leave('actions');
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(overview())));
    await peers.join('actions');
    expect(answers.map(({ body }) => body?.data.district.overview.actions.status)).toEqual(
      Array(5).fill('UNAVAILABLE'),
    );
  });

  it('is another one in another language, for other variables and for another operation', async () => {
    await warm();
    expect(await isAskedAgain(overview(), { ...officer, 'accept-language': 'en' })).toBe(true);
    expect(await isAskedAgain(overview('1906'))).toBe(true);
    const { query, variables } = overview();
    expect(await isAskedAgain({ query: `${query} `, variables })).toBe(true);
  });

  it('is not made of something that changed while it was composed', async () => {
    await warm();
    peers.answer(DistrictIndicators, async () => {
      await tellOfReturn(DISTRICT, 10);
      await eventually(() => gateway.kept.hasHeard(`evaluation ${anEvaluation.evaluationId}`, 10));
      return districtIndicators();
    });
    gateway.kept.gap();
    await ask(overview());
    peers.asked(DistrictIndicators);
    peers.answer(DistrictIndicators, districtIndicators);
    expect(await isAskedAgain()).toBe(true);
    expect(await isAskedAgain()).toBe(false);
  });

  it('is never partial', async () => {
    await warm();
    gateway.kept.gap();
    await peers.leave('actions');
    for (let i = 0; i < 3; i += 1) expect(await isAskedAgain()).toBe(true);
    await peers.join('actions');
  });

  it('is never of one person', async () => {
    await warm();
    peers.answer(Inbox, () => ({ items: [], next: null, totalCount: 0, unread: 4 }));
    peers.asked(Inbox);
    const query = '{ viewer { inbox { unread } } district(code: "19.06") { id } }';
    for (let i = 0; i < 3; i += 1) await ask({ query });
    expect(peers.asked(Inbox)).toBe(3);
  });

  it('is never of guests, whose telephone numbers and openings change unannounced', async () => {
    await warm();
    peers.answer(ListGuests, () => ({ items: [] }));
    peers.asked(ListGuests);
    const query = '{ puskesmas(code: "1012406") { name guests { status } } }';
    for (let i = 0; i < 3; i += 1)
      expect((await ask({ query })).body?.data.puskesmas.guests).toEqual({ status: 'OK' });
    expect(peers.asked(ListGuests)).toBe(3);
  });

  it('ends when a service says that it changes by the clock', async () => {
    await warm();
    gateway.kept.gap();
    peers.answer(DistrictActions, () => ({
      ...districtActions(),
      validUntil: new Date(Date.now() + 300).toISOString(),
    }));
    await ask(overview());
    peers.asked(DistrictIndicators);
    expect(await isAskedAgain()).toBe(false);
    await eventually(() => isAskedAgain());
  });

  it('is not made just after reference data changed, which a service may not have learned yet', async () => {
    await warm();
    const elsewhere = '19.07';
    const neighbour = {
      authorization: `Bearer ${await peers.token('01890000-0000-7000-8000-00000000000a')}`,
    };
    peers.answer(Viewer, () => ({
      personId: '01890000-0000-7000-8000-00000000000a',
      name: 'Petugas Dinas tetangga',
      email: null,
      phone: null,
      active: true,
      posts: [
        {
          postId: '01890000-0000-7000-8000-0000000000ca',
          personId: '01890000-0000-7000-8000-00000000000a',
          unitId: '01890000-0000-7000-8000-0000000000d1',
          districtCode: elsewhere,
          role: 'petugas_dinas' as const,
          program: null,
          title: 'Petugas Dinas',
          validFrom: '2024-01-01',
          validTo: null,
          coachingGroup: null,
          unitCode: elsewhere,
          unitName: 'Dinas Kesehatan',
        },
      ],
    }));
    await warm(overview(elsewhere), neighbour);
    const heard = Promise.withResolvers<void>();
    const silence = gateway.facts.listen({
      onFact: ({ type }) => type === UnitState.type && heard.resolve(),
      onGap: () => {},
    });
    await peers.announce(
      UnitState,
      { id: KELAPA, revision: 2, districtCode: elsewhere },
      {
        unitId: KELAPA,
        kind: 'puskesmas',
        districtCode: elsewhere,
        code: '1012407',
        name: 'Kelapa Kampit',
        kecamatanCode: null,
        kecamatanName: null,
        timeZone: 'Asia/Jakarta',
        validFrom: '2000-01-01',
        validTo: null,
        villages: [],
      },
    );
    await heard.promise;
    silence();
    for (let i = 0; i < 3; i += 1) expect(await isAskedAgain(overview(elsewhere), neighbour)).toBe(true);
    expect(await isAskedAgain()).toBe(false);
  });

  it('is passed by for a client that has seen more than this process has heard', async () => {
    await warm();
    const seen = `evaluation ${anEvaluation.evaluationId}@90@${Date.now()}`;
    const { headers } = await ask(overview(), { ...officer, 'lokmin-seen': seen });
    expect(peers.asked(DistrictIndicators)).toBe(1);
    expect(headers.get('lokmin-seen')).toBe(seen);
    await tellOfReturn(DISTRICT, 90);
    await eventually(() => gateway.kept.hasHeard(`evaluation ${anEvaluation.evaluationId}`, 90));
    // It is sent again for a while, since the next request may come to another process; this one has heard.
    await warm();
    const again = await ask(overview(), { ...officer, 'lokmin-seen': seen });
    expect([again.headers.get('lokmin-seen'), peers.asked(DistrictIndicators)]).toEqual([seen, 0]);
    const older = seen.replace(/\d+$/, String(Date.now() - SPREAD_MS));
    expect((await ask(overview(), { ...officer, 'lokmin-seen': older })).headers.get('lokmin-seen')).toBe('');
  });

  it('is forgotten when the streams are not heard, and none is made until they are', async () => {
    await warm();
    await peers.nats.kill();
    await eventually(() => !gateway.facts.hears);
    const { body } = await ask(overview());
    expect(body?.data.district.overview.indicators.status).toBe('UNAVAILABLE');
    expect((await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).status).toBe(503);
    peers.answer(DistrictActions, () => ({ ...districtActions(), units: [] }));
    await peers.nats.start();
    await ready();
    const another = { query: '{ district(code: "19.06") { id } }' };
    peers.asked(Viewer);
    await eventually(async () => (await ask(another)).status === 200 && peers.asked(Viewer) > 0);
    await ask(another); // the posts are known again: what was kept before would be found
    expect((await ask(overview())).body?.data.district.overview.actions.proposed).toBe(0);
    await warm();
    await tellOfReturn(DISTRICT, 91);
    await eventually(() => isAskedAgain());
  }, 40_000);

  it('is refused like any other when the token does not hold or the rate is reached', async () => {
    await warm();
    expect((await ask(overview(), {})).status).toBe(401);
    const forged = `Bearer ${await peers.token(OFFICER, { forged: true })}`;
    expect((await ask(overview(), { authorization: forged })).status).toBe(401);
  });
});

describe('a person', () => {
  it.each([
    ['forged', { forged: true }],
    ['expired', { expires: '-1 minute' }],
    ['of an unknown key', { kid: 'key-9' }],
    ['of somebody else', { issuer: 'somebody' }],
  ])('with a token that is %s is signed out, without a reason or a stack', async (_what, claims) => {
    const authorization = `Bearer ${await peers.token(OFFICER, claims)}`;
    for (const operation of [overview(), { query: '{ viewer { id } }' }]) {
      const { status, body, text } = await ask(operation, { authorization });
      expect([status, body?.errors?.[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(text).not.toMatch(/stack|node_modules|signature|jwt/i);
    }
    expect(peers.asked(DistrictIndicators)).toBe(0);
  });

  it('who is signed out is null, and may ask for nothing else', async () => {
    expect((await ask({ query: '{ viewer { id } }' }, {})).body).toEqual({ data: { viewer: null } });
    for (const query of [
      `{ district(code: "19.06") { id } }`,
      `{ puskesmas(code: "1012406") { id } }`,
      `{ action(id: "x") { id } }`,
      `{ node(id: "x") { id } }`,
      `mutation { readyAction(input: {commandId: "x", action: "x", expectedRevision: 1, owner: "x", dueDate: "2025-01-01"}) { __typename } }`,
      `mutation { markMessagesRead(input: {commandId: "x", messages: []}) { __typename } }`,
    ])
      expect((await ask({ query }, {})).body?.errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  it('says how the person wants to be told, and changes it as asked', async () => {
    const told = {
      revision: 1,
      email: { evaluation: 'digest' as const, action: 'at_once' as const, meeting: 'at_once' as const },
      digestHour: 6,
      quietFrom: 21,
      quietUntil: 6,
      timeZone: 'Asia/Jakarta' as const,
      address: 'kapus@puskesmas.example',
      addressRefused: false,
      mailIsSent: true,
    };
    peers.answer(Preferences, () => told);
    const fields = 'revision evaluation action meeting digestHour quietFrom quietUntil address';
    const shown = await ask(
      { query: `{ viewer { preferences { status preferences { ${fields} } } } }` },
      head,
    );
    const { email: ____, timeZone: _, addressRefused: __, mailIsSent: ___, ...rest } = told;
    expect(shown.body?.data.viewer.preferences).toEqual({
      status: 'OK',
      preferences: { ...rest, evaluation: 'DIGEST', action: 'AT_ONCE', meeting: 'AT_ONCE' },
    });
    peers.answer(SetPreferences, ({ commandId: _, expectedRevision, ...wishes }) => ({
      ...told,
      ...wishes,
      revision: expectedRevision + 1,
    }));
    const query = `mutation ($input: SetPreferencesInput!) { setPreferences(input: $input) { ... on PreferencesSet { preferences { ${fields} } } } }`;
    const input = {
      commandId: crypto.randomUUID(),
      expectedRevision: 1,
      evaluation: 'OFF',
      action: 'DIGEST',
      meeting: 'OFF',
    };
    const set = await ask(
      { query, variables: { input: { ...input, digestHour: 7, quietFrom: 0, quietUntil: 0 } } },
      head,
    );
    expect(set.body?.data.setPreferences.preferences).toMatchObject({
      revision: 2,
      evaluation: 'OFF',
      action: 'DIGEST',
      digestHour: 7,
    });
  });

  it('shows mails to those who may see them, and hands on what the service refuses', async () => {
    const deliveryId = crypto.randomUUID();
    const delivery = {
      deliveryId,
      kind: 'message' as const,
      status: 'uncertain' as const,
      personId: HEAD,
      personName: 'Kepala Puskesmas Manggar',
      unitName: 'Manggar',
      subject: 'Lewat tenggat',
      address: 'kapus@puskesmas.example',
      attempts: 1,
      queuedAt: '2025-01-10T01:00:00.000Z',
      nextAttemptAt: null,
      settledAt: '2025-01-10T01:00:01.000Z',
      skipReason: null,
      lastError: 'x',
      rfcMessageId: '<x@y>',
      mayBeSentAgain: true,
    };
    peers.answer(ListDeliveries, ({ status }) =>
      status === 'uncertain'
        ? { items: [delivery], next: null, totalCount: 1 }
        : { items: [], next: null, totalCount: 0 },
    );
    const list = `{ deliveries(district: "19.06", status: UNCERTAIN) { status totalCount nodes { id status subject } } }`;
    expect((await ask({ query: list })).body?.data.deliveries).toEqual({
      status: 'OK',
      totalCount: 1,
      nodes: [{ id: globalId('Delivery', deliveryId), status: 'UNCERTAIN', subject: 'Lewat tenggat' }],
    });
    peers.answer(SendAgain, (input) => {
      if (input.deliveryId !== deliveryId)
        throw new Refusal('delivery.not-again', { status: 'sent' }, 'deliveryId');
      return { ...delivery, status: 'queued' as const };
    });
    const query = `mutation ($input: SendAgainInput!) { sendAgain(input: $input) { ... on QueuedAgain { delivery { status } } ... on Refusal { code field } } }`;
    const again = async (id: string) =>
      (
        await ask({
          query,
          variables: { input: { commandId: crypto.randomUUID(), delivery: globalId('Delivery', id) } },
        })
      ).body?.data.sendAgain;
    expect(await again(deliveryId)).toEqual({ delivery: { status: 'QUEUED' } });
    expect(await again(HEAD)).toEqual({ code: 'delivery.not-again', field: 'delivery' });
  });

  it('has posts from the directory and messages from notifications, either without the other', async () => {
    peers.answer(Inbox, () => ({ items: [], next: null, totalCount: 0, unread: 4 }));
    const query =
      '{ viewer { id name posts { role puskesmas { code } } inbox { status unread totalCount } } }';
    expect((await ask({ query }, head)).body?.data.viewer).toEqual({
      id: globalId('Person', HEAD),
      name: 'Kepala Puskesmas Manggar',
      posts: [{ role: 'KEPALA_PUSKESMAS', puskesmas: { code: '1012406' } }],
      inbox: { status: 'OK', unread: 4, totalCount: 0 },
    });
    await peers.leave('directory');
    const alone = await ask({ query: '{ viewer { id inbox { status unread } } }' }, head);
    expect(alone.body?.data.viewer.inbox).toEqual({ status: 'OK', unread: 4 });
    const named = await ask({ query: '{ viewer { name } }' }, head);
    expect(named.body).toMatchObject({
      data: { viewer: null },
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
    await peers.join('directory');
  });
});

describe('a session', () => {
  const open = (refreshToken: string) => async () => ({
    accessToken: await peers.token(HEAD),
    accessExpiresAt: new Date(Date.now() + 600_000).toISOString(),
    refreshToken,
    refreshExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    personId: HEAD,
  });
  const signIn = (headers: Record<string, string> = {}, login = 'kapus.manggar') =>
    ask(
      {
        query: `mutation($login: String!) { signIn(login: $login, password: "rahasia") {
          __typename ... on Session { accessToken viewer { id name } } ... on Refusal { code message { id } details { name value } } } }`,
        variables: { login },
      },
      headers,
    );

  it('gives the access token in the answer and the refresh token in a cookie only', async () => {
    peers.answer(SignIn, open('refresh-1'));
    const { body, headers, text } = await signIn();
    expect(body?.data.signIn).toMatchObject({
      __typename: 'Session',
      viewer: { id: globalId('Person', HEAD), name: 'Kepala Puskesmas Manggar' },
    });
    expect(text).not.toContain('refresh-1');
    expect(headers.get('set-cookie')).toMatch(
      /^lokmin-refresh=refresh-1; Path=\/graphql; HttpOnly; SameSite=Strict; Max-Age=8\d{4}$/,
    );
  });

  it('is renewed and ended by the cookie', async () => {
    let given = '';
    peers.answer(RefreshSession, ({ refreshToken }) => {
      given = refreshToken;
      return open('refresh-2')();
    });
    const refresh = { query: 'mutation { refreshSession { __typename ... on Refusal { code } } }' };
    const renewed = await ask(refresh, { cookie: 'other=1; lokmin-refresh=refresh-1' });
    expect([given, renewed.body?.data.refreshSession.__typename]).toEqual(['refresh-1', 'Session']);
    expect(renewed.headers.get('set-cookie')).toContain('lokmin-refresh=refresh-2');
    expect((await ask(refresh, {})).body?.data.refreshSession.code).toBe('session.ended');
    peers.answer(RefreshSession, () => {
      throw new Refusal('session.ended');
    });
    const ended = await ask(refresh, { cookie: 'lokmin-refresh=refresh-1' });
    expect(ended.headers.get('set-cookie')).toMatch(/lokmin-refresh=;.*Max-Age=0/);
    const signOut = () =>
      ask(
        { query: 'mutation { signOut { ... on SignedOut { ended } ... on Refusal { code } } }' },
        { cookie: 'lokmin-refresh=a' },
      );
    peers.answer(SignOut, () => {
      throw new Refusal('service.unavailable', { service: 'directory' });
    });
    const failed = await signOut();
    expect([failed.body?.data.signOut.code, failed.headers.get('set-cookie')]).toEqual([
      'service.unavailable',
      null,
    ]);
    peers.answer(SignOut, () => ({ ended: true }));
    const out = await signOut();
    expect(out.body?.data.signOut.ended).toBe(true);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it('cannot be reached by a form of another site', async () => {
    const send = (headers: Record<string, string>, body: string) =>
      fetch(`http://127.0.0.1:${gateway.port}/graphql`, { method: 'POST', headers, body });
    const operation = JSON.stringify({ query: 'mutation { signOut { __typename } }' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await send({ 'content-type': type, cookie: 'lokmin-refresh=a' }, operation)).ok).toBe(false);
    const got = await fetch(`http://127.0.0.1:${gateway.port}/graphql?query={viewer{id}}`, {
      headers: { ...officer, 'x-apollo-operation-name': 'A' },
    });
    expect([got.status, await got.text()]).toEqual([400, expect.stringContaining('request.unreadable')]);
  });

  it('is refused by name when the password is wrong; the directory is told where the attempt came from', async () => {
    let from: string | null = null;
    peers.answer(SignIn, ({ address }) => {
      from = address;
      throw new Refusal('sign-in.wrong');
    });
    expect((await signIn()).body?.data.signIn).toMatchObject({
      __typename: 'Refusal',
      code: 'sign-in.wrong',
    });
    expect(from).toBe('127.0.0.1');
  });
});

describe('a command', () => {
  const view: AskReply<typeof ReadyAction> = {
    actionId: ACTION,
    ownerLeft: false,
    revision: 4,
    unitId: MANGGAR,
    unitCode: '1012406',
    unitName: 'Manggar',
    districtCode: DISTRICT,
    indicatorCode: 'KIA-K1',
    indicatorName: 'K1',
    title: 'Kunjungan rumah',
    status: 'completed',
    ownerId: HEAD,
    ownerName: 'Kepala Puskesmas Manggar',
    dueDate: '2025-02-01',
    progress: 100,
    overdueSince: null,
    evaluationId: anEvaluation.evaluationId,
    period: '2024-12',
    unsupported: false,
    agreedAt: null,
    agreedIn: null,
    carriedOver: 0,
    overdue: false,
    periods: ['2024-12'],
    createdAt: '2025-01-06T02:00:00.000Z',
    updatedAt: '2025-01-06T02:00:00.000Z',
  };
  const complete = (action = globalId('Action', ACTION)) =>
    ask(
      {
        query: `mutation($action: ID!) { completeAction(input: {commandId: "${COMMAND}", action: $action, expectedRevision: 3, note: "selesai"}) {
        __typename ... on ActionChanged { action { id revision ownerId history { kind } } } ... on Refusal { code field message { id en } details { name value } } } }`,
        variables: { action },
      },
      head,
    );

  it('goes to its service with the caller’s token and its answer says what it made', async () => {
    peers.answer(CompleteAction, (input, { token }) => {
      expect([input.commandId, input.actionId, input.expectedRevision]).toEqual([COMMAND, ACTION, 3]);
      expect(`Bearer ${token}`).toBe(head['authorization']);
      return view;
    });
    peers.answer(FindAction, () => ({
      action: view,
      history: [
        { at: view.createdAt, actorName: null, kind: 'completed', note: null, progress: 100, evidence: [] },
      ],
    }));
    const { body, headers } = await complete();
    expect(body?.data.completeAction).toEqual({
      __typename: 'ActionChanged',
      action: {
        id: globalId('Action', ACTION),
        revision: 4,
        ownerId: globalId('Person', HEAD),
        history: [{ kind: 'completed' }],
      },
    });
    const seen = headers.get('lokmin-seen')!;
    expect(seen).toMatch(new RegExp(`^action ${ACTION}@4@\\d+$`));
    await peers.announce(
      ActionCompleted,
      { id: ACTION, revision: 4, districtCode: DISTRICT, unitId: MANGGAR },
      { ...view, note: 'selesai', evidence: [] },
    );
    await eventually(
      async () =>
        (
          await ask(overview(), {
            ...officer,
            'lokmin-seen': seen.replace(/\d+$/, String(Date.now() - SPREAD_MS)),
          })
        ).headers.get('lokmin-seen') === '',
    );
  });

  it('that names files of evidence hands on their keys; an entry shows them with the place where they are fetched', async () => {
    const fileId = '01890000-0000-7000-8000-0000000000f3';
    const file: EvidenceFile = {
      fileId,
      name: 'foto.jpg',
      size: 345_678,
      type: 'image/jpeg',
      sha256: 'a'.repeat(64),
    };
    const entry = { at: view.createdAt, actorName: null, kind: 'progressed', note: 'Foto', progress: 60 };
    const named: string[][] = [];
    peers.answer(ReportProgress, ({ evidence }) => {
      named.push(evidence);
      return view;
    });
    peers.answer(CompleteAction, ({ evidence }) => {
      named.push(evidence);
      return view;
    });
    peers.answer(FindAction, () => ({
      action: view,
      history: [{ ...entry, evidence: [file] }],
    }));
    const report = async (evidence: string, mutation = 'reportProgress', progress = 'progress: 60, ') =>
      (
        await ask(
          {
            query: `mutation { ${mutation}(input: {commandId: "${COMMAND}", action: "${globalId('Action', ACTION)}",
              expectedRevision: 3, ${progress}note: "Foto" ${evidence}}) {
              ... on ActionChanged { action { history { evidence { id name size type sha256 path } } } } ... on Refusal { code field } } }`,
          },
          head,
        )
      ).body?.data[mutation];
    const id = globalId('EvidenceFile', fileId);
    const { fileId: _, ...shown } = file;
    expect(await report(`, evidence: ["${id}"]`)).toEqual({
      action: { history: [{ evidence: [{ ...shown, id, path: `/files/evidence/${id}` }] }] },
    });
    await report('');
    await report(`, evidence: ["${id}"]`, 'completeAction', '');
    await report('', 'completeAction', '');
    expect(named).toEqual([[fileId], [], [fileId], []]);
    for (const mutation of [[], ['completeAction', '']])
      expect(await report(`, evidence: ["${globalId('Action', fileId)}"]`, ...mutation)).toEqual({
        code: 'input.invalid',
        field: 'evidence.0',
      });
  });

  it('that is refused is a typed result in both languages, with the names of this schema', async () => {
    peers.answer(CompleteAction, () => {
      throw new Refusal('revision.stale', { current: 5, expected: 3 }, 'expectedRevision');
    });
    expect((await complete()).body?.data.completeAction).toEqual({
      __typename: 'Refusal',
      code: 'revision.stale',
      field: 'expectedRevision',
      message: { id: expect.stringContaining('versi 5'), en: expect.stringContaining('revision 5') },
      details: [
        { name: 'current', value: '5' },
        { name: 'expected', value: '3' },
      ],
    });
    peers.answer(ReturnEvaluation, () => {
      throw new Refusal('not-found', { what: 'Evaluasi' }, 'evaluationId');
    });
    const returned = await ask({
      query: `mutation { returnEvaluation(input: {commandId: "${COMMAND}", evaluation: "${globalId('Evaluation', ACTION)}", expectedRevision: 1, reason: "x"}) { ... on Refusal { field } } }`,
    });
    expect(returned.body?.data.returnEvaluation.field).toBe('evaluation');
    peers.answer(EndSessions, () => {
      throw invalidInput('sessionIds.1', problem('format.uuid'));
    });
    const ended = await ask({
      query: `mutation { endSessions(input: {commandId: "${COMMAND}", sessions: ["${globalId('Session', ACTION)}"]}) { ... on Refusal { field message { id } details { name value } } } }`,
    });
    expect(ended.body?.data.endSessions).toMatchObject({
      field: 'sessions.1',
      message: { id: expect.stringMatching(/^Isian tidak sah pada sessions\.1: /) },
      details: [{ name: 'field', value: 'sessions.1' }, { name: 'problem' }],
    });
  });

  it('with what is no id says of what it should be one', async () => {
    const of = async (mutation: string, input: string) =>
      (
        await ask({
          query: `mutation { ${mutation}(input: {commandId: "${COMMAND}", ${input}}) { ... on Refusal { code field message { id en } } } }`,
        })
      ).body?.data[mutation];
    const meeting = `meeting: "${globalId('Meeting', ACTION)}", expectedRevision: 1`;
    expect(await of('removeTopic', `${meeting}, item: "xyz"`)).toEqual({
      code: 'input.invalid',
      field: 'item',
      message: {
        id: 'Isian tidak sah pada item: bukan id butir agenda; pakai id yang diberikan API ini untuk butir agenda.',
        en: 'The input is not valid at item: it is not the id of an item of an agenda; use the id that this API gave for an item of an agenda.',
      },
    });
    expect(await of('removeTopic', `${meeting}, item: "${globalId('AgendaItem', 'a')}"`)).toMatchObject({
      field: 'item',
    });
    expect(await of('submitEvaluation', 'puskesmas: "Manggar", period: "2024-12"')).toMatchObject({
      code: 'input.invalid',
      field: 'puskesmas',
      message: { id: expect.stringContaining('bukan nomor registrasi puskesmas; tulis tujuh angka') },
    });
    expect(await of('submitEvaluation', 'puskesmas: "9999999", period: "2024-12"')).toMatchObject({
      code: 'not-found',
      field: 'puskesmas',
    });
  });

  it('with the id of something else is refused before it leaves', async () => {
    peers.asked(CompleteAction);
    for (const id of [globalId('Puskesmas', ACTION), ACTION, 'x', ''])
      expect((await complete(id)).body?.data.completeAction).toMatchObject({
        code: 'input.invalid',
        field: 'action',
      });
    expect(peers.asked(CompleteAction)).toBe(0);
  });

  it('says so when its service is away', async () => {
    await peers.leave('actions');
    expect((await complete()).body?.data.completeAction).toMatchObject({ code: 'service.unavailable' });
    await peers.join('actions');
  });

  it('that fails unexpectedly shows a number and nothing else', async () => {
    peers.answer(CompleteAction, () => {
      throw new Error('password of postgres');
    });
    const { body, text } = await complete();
    expect(body?.errors).toEqual([
      {
        message: expect.stringContaining('Sebutkan nomor peer'),
        path: ['completeAction'],
        locations: expect.anything(),
        extensions: { code: 'INTERNAL', correlationId: 'peer', refusal: 'internal', text: expect.anything() },
      },
    ]);
    expect(text).not.toMatch(/password|stack|\.ts/);
    peers.answer(CompleteAction, () => ({ nonsense: true }) as never);
    const broken = await post(
      gateway.port,
      {
        query:
          'mutation { completeAction(input: {commandId: "a", action: "' +
          globalId('Action', ACTION) +
          '", expectedRevision: 1, note: "a"}) { ... on ActionChanged { action { title } } } }',
      },
      { ...head, 'accept-language': 'en', 'lokmin-correlation': 'my-own-number' },
    );
    expect(broken.body?.errors?.[0]).toMatchObject({
      message: expect.stringContaining('Give the number my-own-number'),
      extensions: { code: 'INTERNAL', correlationId: 'my-own-number' },
    });
    expect(broken.text).not.toMatch(/undefined|Cannot|\.ts/);
    expect(broken.headers.get('lokmin-correlation')).toBe('my-own-number');
  });
});

it('a stop finishes what is at hand and takes nothing new', async () => {
  const other = await startGateway(peers.config({ LOKMIN_QUERY_DEADLINE_MS: '10000' }));
  await eventually(async () => (await fetch(`http://127.0.0.1:${other.port}/health/ready`)).ok);
  const release = Promise.withResolvers<void>();
  peers.answer(DistrictIndicators, async () => {
    await release.promise;
    return districtIndicators();
  });
  const asking = post(other.port, overview(), officer);
  await eventually(() => peers.asked(DistrictIndicators) > 0);
  const stopping = other.stop();
  await eventually(() =>
    fetch(`http://127.0.0.1:${other.port}/health/live`).then(
      ({ status }) => status === 503,
      () => true,
    ),
  );
  release.resolve();
  expect((await asking).body?.data.district.overview.indicators.status).toBe('OK');
  await stopping;
});

describe('a puskesmas', () => {
  const results = {
    query:
      '{ puskesmas(code: "1012406") { id name timeZone results(period: "2024-12") { status message { en } } } }',
  };

  it('is found by code and again by its id', async () => {
    const { body } = await ask(results);
    const { id, name, timeZone } = body?.data.puskesmas;
    expect([name, timeZone]).toEqual(['Manggar', 'Asia/Jakarta']);
    const again = await ask({
      query: '{ node(id: "' + id + '") { __typename id ... on Puskesmas { code } } }',
    });
    expect(again.body?.data.node).toEqual({ __typename: 'Puskesmas', id, code: '1012406' });
    for (const nobody of [
      globalId('Puskesmas', ACTION),
      globalId('Nothing', ACTION),
      globalId('Person', HEAD),
      'x',
    ])
      expect((await ask({ query: `{ node(id: "${nobody}") { id } }` })).body).toEqual({
        data: { node: null },
      });
  });

  it('asked for by what is no id is null', async () => {
    const others = globalId('Meeting', 'a'); // of another type, and no UUID inside
    const { body } = await ask({
      query: `{ a: action(id: "xyz") { id } b: action(id: "${others}") { id } c: meeting(id: "xyz") { id } d: meeting(id: "${others}") { id } }`,
    });
    expect(body).toEqual({ data: { a: null, b: null, c: null, d: null } });
  });

  it('unknown or invisible is null', async () => {
    expect((await ask({ query: '{ puskesmas(code: "9999999") { id } }' })).body).toEqual({
      data: { puskesmas: null },
    });
  });

  it('keeps its name while the directory is away; its services decide what is seen', async () => {
    await ask(results);
    await peers.leave('directory');
    const { body } = await ask(results);
    expect(body?.data.puskesmas).toMatchObject({ name: 'Manggar', results: { status: 'OK' } });
    const unknown = await ask({ query: '{ puskesmas(code: "1012499") { id } }' });
    expect(unknown.body?.errors?.[0].extensions.code).toBe('SERVICE_UNAVAILABLE');
    await peers.join('directory');
  });
});

describe('a hostile or broken request', () => {
  const code = async (operation: Parameters<typeof post>[1]) => {
    const { body, status, text } = await ask(operation);
    expect(text).not.toMatch(/node_modules|stacktrace/);
    return [status, body?.errors?.[0]?.extensions.code];
  };

  it('does not leave the gateway', async () => {
    expect(await code(`{"query": "{ viewer`)).toEqual([400, 'BAD_REQUEST']);
    expect(await code({ query: '{ viewer' })).toEqual([400, 'GRAPHQL_PARSE_FAILED']);
    expect(await code({ query: '{ nothing }' })).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(await code({ query: `{ ${'viewer { id } '.repeat(1_500)} }` })).toEqual([
      400,
      'GRAPHQL_PARSE_FAILED',
    ]);
    expect(
      await code({
        query: `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: district(code: "19.06") { overview(period: "2024-12") { period } }`).join(' ')} }`,
      }),
    ).toEqual([400, expect.stringMatching(/BAD_USER_INPUT|VALIDATION/)]);
    expect(await code('[{"query": "{ viewer { id } }"}]')).toEqual([400, 'BAD_REQUEST']);
    expect(await code({ query: overview().query, variables: { code: DISTRICT, period: '2024-13' } })).toEqual(
      [400, 'BAD_USER_INPUT'],
    );
    expect(await code({ query: overview().query, variables: { code: DISTRICT, period: 202412 } })).toEqual([
      400,
      'BAD_USER_INPUT',
    ]);
    expect(
      await code({ query: overview().query, variables: { code: "19'; DROP", period: '2024-12' } }),
    ).toEqual([200, 'BAD_USER_INPUT']);
    expect(
      (await ask(JSON.stringify({ query: `{ viewer { id } } #${'x'.repeat(600 * 1024)}` }))).status,
    ).toBe(413);
    expect([peers.asked(DistrictIndicators), peers.asked(DistrictActions)]).toEqual([0, 0]);
  });

  const { query } = overview();
  type Operation = Exclude<Parameters<typeof post>[1], string> & {
    operationName?: string;
    extensions?: object;
  };
  const attend = (attendees: unknown): Operation => ({
    query: 'mutation A($input: RecordAttendanceInput!) { recordAttendance(input: $input) { __typename } }',
    variables: { input: { commandId: COMMAND, meeting: 'x', expectedRevision: 1, attendees } },
  });
  it.each<[what: string, operation: Operation | string, code: string, refusal: string, of: RegExp]>([
    ['broken JSON', '{"query": "{ viewer', 'BAD_REQUEST', 'input.invalid', /isi permintaan: bukan JSON/],
    [
      'several operations',
      '[{"query": "{ viewer { id } }"}]',
      'BAD_REQUEST',
      'request.batched',
      /satu per satu/,
    ],
    ['no operation', '{}', 'BAD_REQUEST', 'request.unreadable', /query dan variables/],
    [
      'variables as text',
      JSON.stringify({ query, variables: '{}' }),
      'BAD_REQUEST',
      'request.unreadable',
      /query dan variables/,
    ],
    ['an empty operation', { query: '' }, 'BAD_REQUEST', 'request.unreadable', /query dan variables/],
    [
      'a broken operation',
      { query: '{\n viewer {' },
      'GRAPHQL_PARSE_FAILED',
      'request.syntax',
      /baris 2, kolom 10/,
    ],
    [
      'an endless operation',
      { query: `{ ${'viewer { id } '.repeat(1_500)} }` },
      'GRAPHQL_PARSE_FAILED',
      'request.too-large',
      /terlalu besar/,
    ],
    [
      'an unknown field',
      { query: '{ nothing }' },
      'GRAPHQL_VALIDATION_FAILED',
      'request.not-in-schema',
      /baris 1, kolom 3/,
    ],
    [
      'too much at once',
      { query: `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }` },
      'GRAPHQL_VALIDATION_FAILED',
      'request.too-costly',
      /paling banyak 15 alias/,
    ],
    [
      'an unknown operation',
      { query: 'query A { viewer { id } } query B { viewer { id } }', operationName: 'C' },
      'OPERATION_RESOLUTION_FAILURE',
      'request.unknown-operation',
      /operationName/,
    ],
    [
      'a persisted operation',
      { query: '{ viewer { id } }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } },
      'PERSISTED_QUERY_NOT_SUPPORTED',
      'request.unreadable',
      /query dan variables/,
    ],
    [
      'a month that is none',
      { query, variables: { code: DISTRICT, period: '2024-13' } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada period: bukan bulan seperti 2024-12/,
    ],
    [
      'a month that is none, in the operation',
      { query: '{ district(code: "1906") { overview(period: "2024-13") { period } } }' },
      'GRAPHQL_VALIDATION_FAILED',
      'input.invalid',
      /pada baris 1, kolom 45: bukan bulan/,
    ],
    [
      'a variable left out',
      { query, variables: { code: DISTRICT } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada period: belum diisi/,
    ],
    [
      'a variable that is null',
      { query, variables: { code: DISTRICT, period: null } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada period: belum diisi/,
    ],
    [
      'a number for a text',
      { query, variables: { code: 1906, period: '2024-12' } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada code: harus berupa teks/,
    ],
    [
      'a part left out',
      attend([{ attendee: 'x' }]),
      'BAD_USER_INPUT',
      'input.invalid',
      /pada attendees\.0\.presence: belum diisi/,
    ],
    [
      'an unknown part',
      attend([{ attendee: 'x', presence: 'PRESENT', color: 'at "x"' }]),
      'BAD_USER_INPUT',
      'input.invalid',
      /pada attendees\.0\.color: bagian ini tidak dikenal/,
    ],
    [
      'an unknown choice',
      attend([{ attendee: 'x', presence: '"; at "input.y' }]),
      'BAD_USER_INPUT',
      'input.invalid',
      /pada attendees\.0\.presence: tidak ada pilihan itu; pilih salah satu nilai Presence/,
    ],
    ['null in a list', attend([null]), 'BAD_USER_INPUT', 'input.invalid', /pada attendees\.0: belum diisi/],
    [
      'a text for a list of parts',
      attend('x'),
      'BAD_USER_INPUT',
      'input.invalid',
      /pada attendees: harus berupa objek/,
    ],
    [
      'half a number',
      {
        query: 'query A($n: Int) { viewer { inbox(first: $n) { status } } }',
        variables: { n: 1.5 },
      },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada n: harus bilangan bulat/,
    ],
    [
      'a huge number',
      { query: 'query A($n: Int) { viewer { inbox(first: $n) { status } } }', variables: { n: 3e9 } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada n: terlalu besar; isi paling banyak 2\.147\.483\.647/,
    ],
    [
      'a page that is too long',
      { query: '{ viewer { inbox(first: 201) { status } } }' },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada first: terlalu besar; isi paling banyak 200/,
    ],
    [
      'a page after nothing',
      { query: '{ viewer { inbox(after: "~x") { status } } }' },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada after: bukan akhir sebuah halaman/,
    ],
    [
      'what is no district code',
      { query, variables: { code: "19'; DROP", period: '2024-12' } },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada code: bukan kode kabupaten\/kota; tulis empat angka/,
    ],
    [
      'what is no district code, among the mails',
      { query: '{ deliveries(district: "x") { status } }' },
      'BAD_USER_INPUT',
      'input.invalid',
      /pada district: bukan kode/,
    ],
  ])('with %s is told why in both languages', async (_what, operation, code, refusal, of) => {
    const told = async (language: string) => {
      const { body } = await ask(operation, { ...officer, 'accept-language': language });
      const [error] = body?.errors ?? [];
      expect(error).toMatchObject({ extensions: { code, refusal, text: { id: expect.stringMatching(of) } } });
      expect(error.message).toBe(error.extensions.text[language]);
      return error.extensions.text as { id: string; en: string };
    };
    const text = await told('id');
    expect(await told('en')).toEqual(text);
    expect(text.en).not.toBe(text.id);
    expect(text.en).toMatch(/^[A-Z].*\.$/);
    expect(text.id).toMatch(/^[A-Z].*\.$/);
  });

  it('that is no JSON by its own word, or no POST, is told in the same shape', async () => {
    const url = `http://127.0.0.1:${gateway.port}/graphql`;
    for (const [request, refusal] of [
      [{ method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }, 'input.invalid'],
      [{ method: 'POST' }, 'request.unreadable'],
      [{ method: 'GET', headers: officer }, 'request.unreadable'],
      [{ method: 'PUT', headers: officer }, 'not-found'],
    ] as const)
      expect(await (await fetch(url, request)).json()).toMatchObject({
        errors: [
          {
            message: expect.any(String),
            extensions: { refusal, text: { id: expect.any(String), en: expect.any(String) } },
          },
        ],
      });
  });

  it('is refused in one shape, also where there is no such address and where too much is sent', async () => {
    const shape = (refusal: string) => ({
      errors: [{ message: expect.any(String), extensions: { refusal, text: { id: expect.any(String) } } }],
    });
    const large = await ask(JSON.stringify({ query: `{ viewer { id } } #${'x'.repeat(600 * 1024)}` }));
    expect(large).toMatchObject({ status: 413, body: shape('request.too-large') });
    const nowhere = await fetch(`http://127.0.0.1:${gateway.port}/files/nothing`, {
      headers: { 'accept-language': 'en' },
    });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject(shape('not-found'));
  });

  it('learns no names near those it guesses', async () => {
    const { text } = await ask({ query: '{ distric(code: "19.06") { id } }' });
    expect(text).toContain('Cannot query field');
    expect(text).not.toMatch(/Did you mean|district"/);
  });

  it('reaches no WebSocket, on any path', async () => {
    for (const path of ['/graphql', '/graphql/stream', '/', '/health/live', '/anything'])
      expect(await upgrade(gateway.port, path)).toMatch(/^HTTP\/1\.1 400/);
    expect((await ask(overview())).status).toBe(200);
  });

  it('is held back when it comes too often', async () => {
    const slow = await startGateway(peers.config({ LOKMIN_RATE_BURST: '3', LOKMIN_RATE_PER_SECOND: '0.1' }));
    try {
      await eventually(async () => (await fetch(`http://127.0.0.1:${slow.port}/health/ready`)).ok);
      const statuses = [];
      for (let i = 0; i < 4; i += 1)
        statuses.push((await post(slow.port, { query: '{ viewer { id } }' }, officer)).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const refused = await post(slow.port, { query: '{ viewer { id } }' }, officer);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(refused.body?.errors?.[0].extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
      expect((await post(slow.port, { query: '{ viewer { id } }' }, head)).status).toBe(200);
    } finally {
      await slow.stop();
    }
  });

  it('gets a cookie that is Secure when that is asked for', async () => {
    const production = await startGateway(
      peers.config({ NODE_ENV: 'production', LOKMIN_COOKIE_SECURE: 'always' }),
    );
    try {
      await eventually(async () => (await fetch(`http://127.0.0.1:${production.port}/health/ready`)).ok);
      const out = await post(production.port, { query: 'mutation { signOut { __typename } }' });
      expect(out.headers.get('set-cookie')).toMatch(/^__Secure-lokmin-refresh=;.*; Secure$/);
    } finally {
      await production.stop();
    }
  });
});

/** Asks for a WebSocket. @returns what came back until the connection was closed */
async function upgrade(port: number, path: string): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
      ),
    );
    socket.on('data', (data) => (heard += String(data)));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
  });
}
