import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  asksOf,
  globalId,
  ImportDirectory,
  parseGlobalId,
  ROLES,
  SENT_TYPES,
  SERVICES,
  type AskType,
} from '@lokmin/contracts';
import { askService, connectBus } from '@lokmin/messaging';
import { eventually } from '@lokmin/testing';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { ask } from '../demo/doors.ts';
import { Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** Every field of the schema, asked by everybody with the ids of a puskesmas that is none of their business. */
const schema = buildSchema(
  readFileSync(join(import.meta.dirname, '../../apps/gateway/schema.graphql'), 'utf8'),
);
const OWN = '1012406'; // Manggar
const FOREIGN = '1012404'; // Gantung
const DISTRICT = '19.06';
const ELSEWHERE = '99.03';
/** The coaching group of Gantung, without Manggar; `tpcb.utara` coaches that of Manggar. */
const FOREIGN_GROUP = 'TPCB-2';
const PASSWORD = 'kata sandi uji akses';
/** Roles whose person holds the post in the office of another district, beside its administrator. */
const OFFICES = ['petugas_dinas', 'verifikator', 'kepala_dinas', 'auditor'];

let demonstration: Demonstration;
/** One person for each role, in Manggar or in the office of another district. */
const people = new Map<string, Person>();
let administrator: Person;

beforeAll(async () => {
  demonstration = await aRunningDemonstration({
    LOKMIN_RATE_PER_SECOND: '100000',
    LOKMIN_RATE_BURST: '100000',
    LOKMIN_ADHOC: 'everyone',
  });
  const { system } = demonstration;
  administrator = await demonstration.signIn('admin');
  await system.command(
    'directory',
    [
      'first-administrator',
      '--login',
      'admin.99',
      '--name',
      'Administrator 99',
      '--district',
      ELSEWHERE,
    ].concat(['--district-name', 'Kabupaten Uji (sintetis)', '--province', 'Provinsi Uji (sintetis)']),
    { LOKMIN_ADMINISTRATOR_PASSWORD: PASSWORD },
  );
  const bus = await connectBus({
    url: system.natsUrl,
    user: 'cli',
    password: system.secrets.nats.cli,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const header = 'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to';
  const hire = async (by: Person, rows: string[]) => {
    const { errors } = await ask(bus, by.token, ImportDirectory, {
      commandId: randomUUID(),
      files: [{ kind: 'people', name: 'people.csv', content: [header, ...rows].join('\n') }],
      initialPassword: PASSWORD,
    });
    expect(errors).toEqual([]);
  };
  const row = (login: string, unit: string, role: string) =>
    `${login},${login} (sintetis),,,${unit},${role},,${role},2024-01-01,`;
  const away = await Person.signIn(system.address, 'admin.99', PASSWORD);
  try {
    await eventually(() =>
      hire(
        away,
        OFFICES.map((role) => row(`${role}.99`, ELSEWHERE, role)),
      ).then(() => true),
    );
    await hire(administrator, [row('notulis.manggar', OWN, 'notulis')]);
  } finally {
    await bus.close();
  }
  people.set('administrator', away);
  for (const role of OFFICES) people.set(role, await Person.signIn(system.address, `${role}.99`, PASSWORD));
  const { secret } = await away.command<{ secret: string }>(
    'makeServiceAccount',
    {
      district: ELSEWHERE,
      login: 'program.99',
      name: 'Program 99 (sintetis)',
      role: 'AKUN_LAYANAN',
      expiresOn: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10),
    },
    '... on ServiceAccountChanged { secret }',
  );
  people.set('akun_layanan', await Person.signInService(system.address, 'program.99', secret));
  people.set('notulis', await Person.signIn(system.address, 'notulis.manggar', PASSWORD));
  for (const [role, login] of [
    ['kepala_puskesmas', 'kapus.manggar'],
    ['ktu', 'ktu.manggar'],
    ['pemegang_program', 'kia.manggar'],
    ['pelaksana', 'pelaksana.manggar'],
    ['tpcb', 'tpcb.utara'],
  ] as const)
    people.set(role, await demonstration.signIn(login));
}, 300_000);
afterAll(() => demonstration?.stop(), 60_000);

// --- Queries that reach every field ---

/** Values of the arguments that a field cannot do without. A new one has to be named here. */
const argument = (name: string, parent: string, target: Target): string => {
  const values: Record<string, string | number> = {
    'Query.code':
      parent === 'Query.district'
        ? target.district
        : parent === 'Query.coachingGroup'
          ? FOREIGN_GROUP
          : target.code,
    'Query.district': target.district,
    period: '2024-12',
    code: 'KIA-K1',
    year: 2024,
    webhook: globalId('Webhook', randomUUID()),
  };
  const value = values[`${parent.split('.')[0]}.${name}`] ?? values[name];
  if (value === undefined) throw new Error(`${parent} needs ${name}, of which this test knows no value`);
  return JSON.stringify(value);
};
interface Target {
  readonly district: string;
  readonly code: string;
}

/** The scalars of a type; every object below it gets a query of its own. */
const leaves = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => field.args.length === 0 && isLeafType(getNamedType(field.type)))
    .map(({ name }) => name)
    .concat('__typename');

interface Way {
  readonly field: string;
  readonly selections: readonly string[];
  readonly around: (selection: string) => string;
}

/** Ways that reach every field of every object once, the shortest ones. */
function ways(target: Target, ids: readonly string[]): Way[] {
  const found: Way[] = [];
  const seen = new Set<string>();
  type Place = { type: GraphQLObjectType; around: (selection: string) => string };
  let front: Place[] = [{ type: schema.getQueryType()!, around: (inner) => `{ ${inner} }` }];
  while (front.length > 0) {
    const next: Place[] = [];
    for (const { type, around } of front) {
      // `node` leads everywhere, by ids alone: last, so that what has a way of its own is reached by that.
      const fields = Object.values(type.getFields()).sort(
        (x, y) => +(x.name === 'node') - +(y.name === 'node'),
      );
      for (const field of fields) {
        const coordinate = `${type.name}.${field.name}`;
        const end = getNamedType(field.type);
        // What is the person's own is no leak.
        if (seen.has(coordinate) || coordinate === 'Query.viewer' || isLeafType(end)) continue;
        seen.add(coordinate);
        for (const call of callsOf(field, coordinate, target, ids)) {
          const kinds = isObjectType(end) ? [end] : isInterfaceType(end) ? schema.getPossibleTypes(end) : [];
          for (const kind of kinds) {
            const inside = (inner: string) =>
              around(`${call} { ${kind === end ? inner : `__typename ... on ${kind.name} { ${inner} }`} }`);
            found.push({ field: coordinate, selections: leaves(kind), around: inside });
            next.push({ type: kind, around: inside });
          }
        }
      }
    }
    front = next;
  }
  return found;
}
function callsOf(
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
  target: Target,
  ids: readonly string[],
): string[] {
  const needed = field.args.filter(
    ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
  );
  if (needed.length === 1 && needed[0]!.name === 'id')
    return ids.map((id) => `${field.name}(id: ${JSON.stringify(id)})`);
  const given = needed.map(({ name, type }) => {
    const named = getNamedType(type);
    return `${name}: ${isEnumType(named) ? named.getValues()[0]!.name : argument(name, coordinate, target)}`;
  });
  if (field.args.some(({ name }) => name === 'first')) given.push('first: 2');
  return [given.length > 0 ? `${field.name}(${given.join(', ')})` : field.name];
}

/** Every text and every larger number of an answer. */
function words(value: unknown, into = new Set<string>()): Set<string> {
  if (typeof value === 'string' && value.length > 2) into.add(value);
  else if (typeof value === 'number' && value >= 100) into.add(String(value));
  else if (Array.isArray(value)) for (const each of value) words(each, into);
  else if (value && typeof value === 'object') for (const each of Object.values(value)) words(each, into);
  return into;
}

/** What a person reads of a puskesmas by every way but `viewer`, which shows what is the person's own. */
async function readAll(person: Person, target: Target, ids: readonly string[]): Promise<Set<string>> {
  const read = new Set<string>();
  const ask = async (field: string, query: string): Promise<boolean> => {
    const { data, errors = [] } = await person.post(query);
    if (errors.some(({ extensions }) => extensions?.['refusal'] === 'request.too-costly')) return false;
    // A refusal is as good an answer as any; a question that is none tests nothing.
    for (const error of errors)
      if (/VALIDATION|PARSE|INTERNAL|too-many/.test(String(error.extensions?.['code'])))
        throw new Error(`${field}: ${JSON.stringify(error)} ${query}`);
    words([data, errors.map(({ message, extensions }) => [message, extensions])], read);
    return true;
  };
  for (const { field, selections, around } of ways(target, ids))
    if (!(await ask(field, around(selections.join(' ')))))
      for (const selection of selections) await ask(field, around(selection));
  return read;
}

/** Ids of things of the puskesmas, as its administrator reads them. */
const idsIn = (read: ReadonlySet<string>) =>
  [...read].filter((word) =>
    [
      'Action',
      'Meeting',
      'Evaluation',
      'Puskesmas',
      'EvidenceFile',
      'Delivery',
      'Person',
      'Guest',
      'GuestLink',
    ].includes(parseGlobalId(word)?.type ?? ''),
  );

/** A guest of a puskesmas who owns one of its proposals from now on. @returns the action, the guest, and the secret of a link to it */
async function linkFor(head: Person, code: string, name: string) {
  const { puskesmas } = await head.ask<{
    puskesmas: { actions: { nodes: { id: string; revision: number }[] } };
  }>(`{ puskesmas(code: "${code}") { actions(first: 1, statuses: [PROPOSED]) { nodes { id revision } } } }`);
  const [action] = puskesmas.actions.nodes;
  const { guest } = await head.command<{ guest: { id: string } }>(
    'addGuest',
    { puskesmas: code, name, office: `Kantor Camat ${code}`, phone: `0812 ${code}` },
    '... on GuestChanged { guest { id } }',
  );
  await eventually(async () => {
    const { __typename } = await head.command(
      'readyAction',
      {
        action: action!.id,
        expectedRevision: action!.revision,
        owner: guest.id,
        dueDate: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
      },
      '',
    );
    return __typename === 'ActionChanged'; // the actions service hears of the guest in a moment
  });
  const { secret, guest: linked } = await head.command<{
    secret: string;
    guest: { links: { id: string }[] };
  }>(
    'issueGuestLink',
    {
      guest: guest.id,
      action: action!.id,
      expiresOn: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
    },
    '... on GuestLinkIssued { secret guest { links { id } } }',
  );
  return { action: action!.id, guest: guest.id, link: linked.links[0]!.id, secret };
}

describe('access', () => {
  /** What only Gantung has. */
  let marks: Set<string>;
  let ids: string[];
  let head: Person;
  const foreign: Target = { district: DISTRICT, code: FOREIGN };

  beforeAll(async () => {
    head = await demonstration.signIn('kapus.gantung');
    const held = await head.command<{ __typename: string }>(
      'scheduleMeeting',
      {
        puskesmas: FOREIGN,
        month: new Date().toISOString().slice(0, 7),
        startsAt: new Date(Date.now() + 3_600_000).toISOString(),
        durationMinutes: 60,
        place: 'Aula Gantung',
      },
      '... on MeetingChanged { meeting { id } }',
    );
    expect(held.__typename).toBe('MeetingChanged');
    await linkFor(head, FOREIGN, 'Sekcam Gantung (sintetis)');
    const some = await readAll(head, foreign, []);
    // One of each kind, so that every way by an id is gone once.
    ids = [...new Map(idsIn(some).map((id) => [parseGlobalId(id)!.type, id])).values()];
    expect(ids.map((id) => parseGlobalId(id)!.type)).toEqual(
      expect.arrayContaining(['Action', 'Meeting', 'Guest', 'GuestLink']),
    );
    const officer = await demonstration.signIn('dinas');
    const { data } = await officer.post<{ coachingGroup: { id: string } }>(
      `{ coachingGroup(district: "${DISTRICT}", code: "${FOREIGN_GROUP}") { id } }`,
    );
    ids.push(data!.coachingGroup.id);
    const theirs = await readAll(head, foreign, ids);
    const ours = await readAll(people.get('kepala_puskesmas')!, { district: DISTRICT, code: OWN }, []);
    marks = new Set([...theirs].filter((word) => !ours.has(word) && !ids.includes(word) && word !== FOREIGN));
    expect(marks.size).toBeGreaterThan(100);
  }, 120_000);

  it('is tried with every role', () => {
    expect([...people.keys()].sort()).toEqual([...ROLES].sort());
  });

  it.each([...ROLES])(
    '%s reads nothing of another puskesmas, by no field of the schema',
    async (role) => {
      const read = await readAll(people.get(role)!, foreign, ids);
      expect([...read].filter((word) => marks.has(word))).toEqual([]);
    },
    60_000,
  );

  it('a member of a coaching team sees the puskesmas of the own group, and the group as a whole', async () => {
    const coach = people.get('tpcb')!;
    const overview = `overview(period: "2024-12") { indicators { status expected } actions { status }
      meetings { status expected } notifications { status } rows { puskesmas { code } } }`;
    const { data } = await coach.post<{
      coachingGroup: { overview: { rows: { puskesmas: { code: string } }[] } };
    }>(
      `{ coachingGroup(district: "${DISTRICT}", code: "TPCB-1") { ${overview}
           indicator(period: "2024-12", code: "KIA-K1") { status expected } } }`,
    );
    expect(data!.coachingGroup).toMatchObject({
      overview: {
        indicators: { status: 'OK', expected: 3 },
        actions: { status: 'OK' },
        meetings: { status: 'OK', expected: 3 },
        notifications: { status: 'OK' },
      },
      indicator: { status: 'OK', expected: 3 },
    });
    const codes = data!.coachingGroup.overview.rows.map(({ puskesmas }) => puskesmas.code);
    expect(codes).toEqual(['1012406', '1012407', '1012408']);
    for (const code of codes)
      expect((await coach.post(`{ puskesmas(code: "${code}") { code } }`)).data).toEqual({
        puskesmas: { code },
      });
    expect((await coach.post(`{ district(code: "${DISTRICT}") { ${overview} } }`)).data).toMatchObject({
      district: {
        overview: {
          indicators: { status: 'FORBIDDEN' },
          actions: { status: 'FORBIDDEN' },
          meetings: { status: 'FORBIDDEN' },
          notifications: { status: 'FORBIDDEN' },
          rows: [],
        },
      },
    });
  });

  it('a district where a person holds no post is one that is not there', async () => {
    const district = (code: string) => `{ district(code: "${code}") { id } }`;
    for (const [role, code] of [
      ['auditor', DISTRICT],
      ['ktu', ELSEWHERE],
      ['ktu', '99.99'],
    ] as const)
      expect(await people.get(role)!.post(district(code))).toEqual({ data: { district: null } });
    expect((await people.get('ktu')!.post(district(DISTRICT))).data).toMatchObject({
      district: { id: globalId('District', DISTRICT) },
    });
  });

  it('nobody reads anything who is not signed in', async () => {
    const read = await readAll(Person.anonymous(demonstration.system.address), foreign, ids);
    expect([...read].filter((word) => marks.has(word))).toEqual([]);
  }, 60_000);

  it('is refused by every service itself to whoever asks past the gateway without a good token', async () => {
    const { system } = demonstration;
    const bus = await connectBus({
      url: system.natsUrl,
      user: 'cli',
      password: system.secrets.nats.cli,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    const [head, body] = people.get('ktu')!.token!.split('.');
    const closed = SERVICES.flatMap(asksOf).filter(({ access }) => access !== 'public');
    expect(closed.length).toBeGreaterThan(60);
    try {
      for (const token of [undefined, `${head}.${body}.${'A'.repeat(86)}`])
        for (const { service, subject } of closed)
          expect([
            subject,
            await askService(bus, { service, subject } as AskType, {}, { token }).catch(({ code }) => code),
          ]).toEqual([subject, 'access.signed-out']);
    } finally {
      await bus.close();
    }
  });

  describe('a command on another puskesmas', () => {
    /** Of the person alone, whoever it is. */
    const OWN_ONLY = [
      'signIn',
      'signInService',
      'completeSignIn',
      'useCode',
      'signOut',
      'refreshSession',
      'changePassword',
      'startSecondFactor',
      'confirmSecondFactor',
      'turnOffSecondFactor',
      'setPreferences',
      'openGuestLink',
      'reportAsGuest',
    ];
    /** Of a district as a whole: tried below. */
    const OF_A_DISTRICT = ['makeServiceAccount'];
    const commands = Object.values(schema.getMutationType()!.getFields()).filter(
      ({ name }) => ![...OWN_ONLY, ...OF_A_DISTRICT].includes(name),
    );
    /** One of the district of Gantung. */
    let deadLetter: string;
    beforeAll(async () => {
      const database = new pg.Client(demonstration.system.databaseUrl('actions'));
      await database.connect();
      const { rows } = await database.query<{ id: string }>(
        `INSERT INTO dead_letter (durable, subject, district_code, body, attempts, reason)
         VALUES ('actions-roster', 'lokmin.ref.directory.unit.x', '${DISTRICT}', '{', 1, 'uji') RETURNING id::text`,
      );
      await database.end();
      deadLetter = rows[0]!.id;
    });
    const NOBODYS = '9999999';
    const NO_DISTRICT = '99.98';
    /** An input that would do, with things of Gantung in it, or with things that are nowhere. */
    const inputOf = (type: GraphQLInputType, name: string, role: string, isThere = true): unknown => {
      const idOf = (kind: string) =>
        (isThere && ids.find((id) => parseGlobalId(id)!.type === kind)) || globalId(kind, randomUUID());
      if (isNonNullType(type)) return inputOf(type.ofType, name, role, isThere);
      if (isListType(type)) return name === 'evidence' ? [] : [inputOf(type.ofType, name, role, isThere)];
      if (isInputObjectType(type))
        return Object.fromEntries(
          Object.values(type.getFields())
            .filter((field) => isNonNullType(field.type))
            .map((field) => [field.name, inputOf(field.type, field.name, role, isThere)]),
        );
      if (isEnumType(type)) return type.getValues()[0]!.name;
      const values: Record<string, unknown> = {
        commandId: randomUUID(),
        expectedRevision: 1,
        puskesmas: isThere ? FOREIGN : NOBODYS,
        // One where the person holds no post.
        district: !isThere
          ? NO_DISTRICT
          : [...OFFICES, 'administrator', 'akun_layanan'].includes(role)
            ? DISTRICT
            : ELSEWHERE,
        url: 'https://penerima.example/',
        enabled: true,
        types: SENT_TYPES[0],
        webhook: globalId('Webhook', randomUUID()),
        period: '2024-12',
        year: 2024,
        approvedOn: '2024-01-15',
        fromPeriod: '2024-12',
        toPeriod: '2024-12',
        until: '2025-01-09',
        month: '2027-01',
        startsAt: '2027-01-11T02:00:00Z',
        durationMinutes: 60,
        dueDate: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
        progress: 10,
        element: 'KIA-K1.num',
        column: 'D',
        unit: 'B',
        headerFrom: 1,
        headerTo: 1,
        meeting: idOf('Meeting'),
        action: idOf('Action'),
        evaluation: idOf('Evaluation'),
        owner: idOf('Person'),
        person: idOf('Person'),
        persons: idOf('Person'),
        validDays: 3,
        delivery: globalId('Delivery', randomUUID()),
        deadLetter: globalId('DeadLetter', `actions:${isThere ? deadLetter : 999_999_999}`),
        sessions: globalId('Session', randomUUID()),
        messages: globalId('Message', randomUUID()),
        item: globalId('AgendaItem', randomUUID()),
        attendee: globalId('Attendee', randomUUID()),
        serviceAccount: globalId('ServiceAccount', randomUUID()),
        oldHoldsHours: 24,
        guest: idOf('Guest'),
        link: idOf('GuestLink'),
        expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      };
      return name in values ? values[name] : 'uji';
    };

    it('makes no service account where its sender is no administrator', async () => {
      const making = async (role: string, district: string) =>
        people.get(role)!.command(
          'makeServiceAccount',
          {
            district,
            login: `uji-${role}`,
            name: 'Uji',
            role: 'AUDITOR',
            expiresOn: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
          },
          '... on ServiceAccountChanged { secret }',
        );
      const inPuskesmas = ['kepala_puskesmas', 'ktu', 'pemegang_program', 'pelaksana', 'notulis', 'tpcb'];
      for (const role of ROLES) {
        const isHere = inPuskesmas.includes(role);
        expect([role, await making(role, DISTRICT)]).toMatchObject([
          role,
          { code: isHere ? 'access.forbidden' : 'not-found' },
        ]);
        if (!isHere && role !== 'administrator')
          expect([role, await making(role, ELSEWHERE)]).toMatchObject([role, { code: 'access.forbidden' }]);
        expect([role, await making(role, '99.99')]).toMatchObject([role, { code: 'not-found' }]);
      }
    });

    it.each([...ROLES])(
      'is answered to %s, whichever it is, as one on things that are nowhere, and changes nothing',
      async (role) => {
        const head = await demonstration.signIn('kapus.gantung');
        const before = await readAll(head, foreign, ids);
        for (const { name, args } of commands) {
          const refused = async (isThere: boolean) => {
            const input = inputOf(args[0]!.type, 'input', role, isThere) as Record<string, unknown>;
            const { data, errors } = await people
              .get(role)!
              .post<Record<string, object>>(
                `mutation ($input: ${String(args[0]!.type)}) { ${name}(input: $input) { __typename ... on Refusal { code field message { id en } details { name value } } } }`,
                { input },
              );
            return [
              name,
              errors,
              JSON.stringify(data).replace(/\b(\d{7}|\d\d\.\d\d)\b|(?<=(tertahan|letter) )\d+/g, 'code'),
            ];
          };
          const answer = await refused(true);
          // What is of the system as a whole is there for everybody to know.
          const code =
            name === 'replayDeadLetter' && role !== 'administrator' ? 'access.forbidden' : 'not-found';
          expect(answer).toEqual([name, undefined, expect.stringContaining(`"code":"${code}"`)]);
          expect(answer).toEqual(await refused(false));
        }
        const still = await readAll(head, foreign, ids);
        const changed = [...still].filter((word) => !before.has(word) && !/^\d{4}-\d\d-\d\dT/.test(word));
        expect(changed).toEqual([]);
      },
      60_000,
    );

    describe('of a guest', () => {
      const own: Target = { district: DISTRICT, code: OWN };
      let guest: Person;
      let link: string;
      let ownIds: string[];
      const LOOK = `{ guestAction { __typename ... on Refusal { code }
        ... on GuestAction { revision guestName unitName indicatorName title status dueDate progress overdue linkExpiresAt reports { at progress note } } } }`;
      type Look = { guestAction: { __typename: string; revision: number; title: string; code?: string } };
      const headOfOwn = () => people.get('kepala_puskesmas')!;

      beforeAll(async () => {
        const made = await linkFor(headOfOwn(), OWN, 'Sekcam Manggar (sintetis)');
        ({ link } = made);
        guest = await Person.openGuestLink(demonstration.system.address, made.secret);
        await eventually(async () => (await guest.ask<Look>(LOOK)).guestAction.__typename === 'GuestAction');
        const some = await readAll(headOfOwn(), own, [made.action, made.guest]);
        ownIds = [...new Map(idsIn(some).map((id) => [parseGlobalId(id)!.type, id])).values()];
        ownIds.push(made.action, made.guest, made.link);
      }, 120_000);

      it('opens the one action and nothing else, by no field of the schema, of the own puskesmas or another', async () => {
        const its = words(await guest.ask<Look>(LOOK));
        expect(its.size).toBeGreaterThan(5);
        for (const [target, things] of [
          [own, ownIds],
          [foreign, ids],
        ] as const) {
          const everybodys = await readAll(Person.anonymous(demonstration.system.address), target, things);
          const read = await readAll(guest, target, things);
          expect([...read].filter((word) => !its.has(word) && !everybodys.has(word))).toEqual([]);
        }
      }, 60_000);

      it('is refused before anything is looked at, whichever command it is', async () => {
        const before = await readAll(headOfOwn(), own, ownIds);
        for (const { name, args } of commands) {
          const input = inputOf(args[0]!.type, 'input', 'kepala_puskesmas');
          const { data, errors } = await guest.post(
            `mutation ($input: ${String(args[0]!.type)}) { ${name}(input: $input) { __typename } }`,
            { input },
          );
          expect([name, data ?? null, errors?.[0]?.extensions?.['code']]).toEqual([
            name,
            null,
            'UNAUTHENTICATED',
          ]);
        }
        const still = await readAll(headOfOwn(), own, ownIds);
        expect([...still].filter((word) => !before.has(word) && !/^\d{4}-\d\d-\d\dT/.test(word))).toEqual([]);
      }, 60_000);

      it('has no files, no stream, and no answer of a service that is for people', async () => {
        const { address, natsUrl, secrets } = demonstration.system;
        const authorization = { authorization: `Bearer ${guest.token}` };
        const idOf = (type: string) => ownIds.find((id) => parseGlobalId(id)!.type === type)!;
        const doors: [string, RequestInit][] = [
          [`/files/audit?district=${DISTRICT}`, {}],
          [`/files/minutes/${globalId('Meeting', randomUUID())}`, {}],
          [`/files/evidence/${globalId('EvidenceFile', randomUUID())}`, {}],
          [
            `/files/evidence/${idOf('Action')}?name=a.png&commandId=${randomUUID()}`,
            { method: 'POST', body: 'x' },
          ],
          [`/files/values?name=a.csv&commandId=${randomUUID()}`, { method: 'POST', body: 'x' }],
          ['/files/values?unit=1012406&from=2024-01&to=2024-12', {}],
          ['/files/values/dhis2-mapping?district=19.06&year=2024', {}],
          ['/files/values/template?unit=1012406&period=2024-12', {}],
        ];
        for (const [path, request] of doors) {
          const { status } = await fetch(address + path, { ...request, headers: authorization });
          expect([path, status]).toEqual([path, 401]);
        }
        for (const query of [
          `subscription { districtChanged(code: "${DISTRICT}") { __typename } }`,
          'subscription { inboxChanged { __typename } }',
        ]) {
          const { status } = await fetch(`${address}/graphql/stream`, {
            method: 'POST',
            headers: { ...authorization, 'content-type': 'application/json', accept: 'text/event-stream' },
            body: JSON.stringify({ query }),
          });
          expect([query, status]).toEqual([query, 401]);
        }
        const bus = await connectBus({
          url: natsUrl,
          user: 'cli',
          password: secrets.nats.cli,
          log: { debug() {}, info() {}, warn() {}, error() {} },
        });
        try {
          // Every request for people, also with what no request takes: a guest's token is no key to any of them.
          const asks = SERVICES.flatMap(asksOf).filter(({ access }) => access === 'signed-in');
          for (const asked of asks)
            await expect(
              askService(bus, asked, {}, { token: guest.token }).catch((error: { code: string }) => [
                asked.subject,
                error.code,
              ]),
            ).resolves.toEqual([asked.subject, 'access.signed-out']);
        } finally {
          await bus.close();
        }
      });

      it('reports on its action, until the link is revoked', async () => {
        const report = async () => {
          const { revision } = (await guest.ask<Look>(LOOK)).guestAction;
          return guest.command(
            'reportAsGuest',
            { expectedRevision: revision, progress: 20, note: 'Rapat desa sudah diadakan.' },
            '... on GuestAction { progress reports { note } }',
          );
        };
        expect(await report()).toMatchObject({
          progress: 20,
          reports: [{ note: 'Rapat desa sudah diadakan.' }],
        });
        const revoked = await headOfOwn().command('revokeGuestLink', { link }, '');
        expect(revoked.__typename).toBe('GuestChanged');
        await eventually(async () => (await guest.ask<Look>(LOOK)).guestAction.code === 'access.signed-out');
        expect(
          await guest.command('reportAsGuest', { expectedRevision: 9, progress: 30, note: 'x' }, ''),
        ).toMatchObject({ code: 'access.signed-out' });
      });
    });
  });
});
