import {
  CoachingGroupState,
  DistrictState,
  PersonState,
  PostState,
  TokenKeyState,
  UnitState,
  type AskReply,
  type AskType,
  type Fact,
  type FactType,
} from '@lokmin/contracts';
import {
  askService,
  connectBus,
  inTransaction,
  natsServerConfiguration,
  provision,
  type Bus,
} from '@lokmin/messaging';
import {
  createLog,
  GUEST_AUDIENCE,
  migrate,
  Roster,
  serviceConfig,
  SESSION_CLAIM,
  startService,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
  type RunningService,
  type ServiceOptions,
} from '@lokmin/service';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { aDatabase } from './database.ts';
import { silent } from './log.ts';
import { aNats, type TestNats } from './nats.ts';

/** A fixed id from a small number: `id(7)` is `00000000-0000-7000-8000-000000000007`. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const MANGGAR = { unitId: id(101), code: '1012406', name: 'Puskesmas Manggar' };
export const GANTUNG = { unitId: id(102), code: '1012404', name: 'Puskesmas Gantung' };
export const OFFICE = { unitId: id(100), code: '19.06', name: 'Dinas Kesehatan' };
/** People of a small district 19.06, each with one post; `stranger` has none. */
export const PEOPLE = {
  headOfManggar: id(201),
  kiaOfManggar: id(202),
  staffOfManggar: id(203),
  headOfGantung: id(204),
  officer: id(205),
  administrator: id(206),
  giziOfManggar: id(207),
  ktuOfManggar: id(208),
  stranger: id(209),
  notulisOfGantung: id(210),
  /** Coaches Gantung. */
  coach: id(211),
  /** A service account. */
  program: id(212),
};
/** A coaching group, with Gantung in it alone. */
export const COACHING_GROUP = { coachingGroupId: id(400), code: 'TPCB-1', name: 'Kelompok Binaan 1' };
type PersonName = keyof typeof PEOPLE;

const POSTS: [PersonName, string, string, string | null, string][] = [
  ['headOfManggar', MANGGAR.unitId, 'kepala_puskesmas', null, 'Kepala Puskesmas Manggar'],
  ['kiaOfManggar', MANGGAR.unitId, 'pemegang_program', 'KIA', 'Pemegang Program KIA Manggar'],
  ['giziOfManggar', MANGGAR.unitId, 'pemegang_program', 'Gizi', 'Pemegang Program Gizi Manggar'],
  ['staffOfManggar', MANGGAR.unitId, 'pelaksana', null, 'Pelaksana Manggar'],
  ['ktuOfManggar', MANGGAR.unitId, 'ktu', null, 'Kasubag TU Manggar'],
  ['headOfGantung', GANTUNG.unitId, 'kepala_puskesmas', null, 'Kepala Puskesmas Gantung'],
  ['notulisOfGantung', GANTUNG.unitId, 'notulis', null, 'Notulis Gantung'],
  ['officer', OFFICE.unitId, 'petugas_dinas', null, 'Petugas Dinas Kesehatan'],
  ['coach', OFFICE.unitId, 'tpcb', null, 'Anggota TPCB'],
  ['program', OFFICE.unitId, 'akun_layanan', null, 'Akun layanan'],
  ['administrator', OFFICE.unitId, 'administrator', null, 'Administrator'],
];

const state = <F extends FactType>(
  type: F,
  subject: string,
  data: z.infer<F['data']>,
  revision = 1,
): Fact<F> => ({ type: type.type, subject, revision, data }) as unknown as Fact<F>;

/** The facts by which a service learns of the district: itself, units, people, posts. */
export function districtFacts() {
  const unit = (it: typeof MANGGAR, kind: 'puskesmas' | 'district_office') =>
    state(UnitState, it.unitId, {
      ...it,
      kind,
      districtCode: '19.06',
      kecamatanCode: null,
      kecamatanName: null,
      timeZone: 'Asia/Jakarta',
      validFrom: '2020-01-01',
      validTo: null,
      villages: [],
    });
  return [
    state(DistrictState, '19.06', {
      code: '19.06',
      name: 'Kabupaten Belitung Timur',
      province: 'Kepulauan Bangka Belitung',
      timeZone: 'Asia/Jakarta',
    }),
    unit(OFFICE, 'district_office'),
    unit(MANGGAR, 'puskesmas'),
    unit(GANTUNG, 'puskesmas'),
    ...Object.entries(PEOPLE).map(([name, personId]) => {
      const post = POSTS.find(([holder]) => holder === name);
      return state(PersonState, personId, {
        personId,
        name: post?.[4] ?? name,
        email: null,
        emailFailedAt: null,
        phone: null,
        active: true,
      });
    }),
    ...POSTS.map(([name, unitId, role, program, title], i) =>
      state(PostState, id(300 + i), {
        postId: id(300 + i),
        personId: PEOPLE[name],
        unitId,
        districtCode: '19.06',
        role: role as 'ktu',
        program,
        title,
        validFrom: '2020-01-01',
        validTo: null,
        coachingGroupId: role === 'tpcb' ? COACHING_GROUP.coachingGroupId : null,
      }),
    ),
    state(CoachingGroupState, COACHING_GROUP.coachingGroupId, {
      ...COACHING_GROUP,
      districtCode: '19.06',
      unitIds: [GANTUNG.unitId],
    }),
  ];
}

export interface TestService {
  readonly running: RunningService;
  readonly database: DataSource;
  readonly databaseUrl: string;
  readonly nats: TestNats;
  /** The address of its HTTP door. */
  readonly address: string;
  token(person: PersonName): Promise<string>;
  /** The token of a guest whose link was opened. */
  guestToken(guestId: string, linkId: string): Promise<string>;
  /** Asks over NATS as the gateway does, in the name of a person (null: nobody), or with a token. */
  ask<A extends AskType>(
    by: PersonName | { token: string } | null,
    ask: A,
    input: z.input<A['input']>,
  ): Promise<AskReply<A>>;
  /** The types and data of the facts in its outbox, oldest first; without seals of the audit trail, which come with time. */
  announced(): Promise<{ type: string; revision: number; data: Record<string, unknown> }[]>;
  stop(): Promise<void>;
}

/**
 * A service of its own database and nats-server that already knows the small district of `districtFacts`.
 * Stop it in `afterAll`.
 */
export async function aService(options: ServiceOptions): Promise<TestService> {
  const created = await aDatabase();
  const nats = await aNats((place) => natsServerConfiguration(place as never));
  const connect = (user: 'provisioner' | 'gateway') =>
    connectBus({ url: nats.url, user, password: nats.passwords[user], log: silent });
  const provisioner = await connect('provisioner');
  await provision(provisioner);
  const config = serviceConfig({
    NODE_ENV: 'test',
    LOKMIN_NATS_URL: nats.url,
    LOKMIN_NATS_USER: options.name,
    LOKMIN_NATS_PASSWORD: nats.passwords[options.name],
    LOKMIN_DATABASE_URL: created.url,
    LOKMIN_HTTP_PORT: '0',
    LOKMIN_LOG_LEVEL: process.env['LOKMIN_LOG_LEVEL'] ?? 'silent',
  });
  const log = createLog(options.name, config.LOKMIN_LOG_LEVEL);
  await migrate(options, config, log);
  const running = await startService(options, config, log);
  const database = running.app.get(DataSource);
  const gateway: Bus = await connect('gateway');

  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const { kty, crv, x } = await exportJWK(publicKey);
  const key = state(TokenKeyState, 'test', {
    kid: 'test',
    publicJwk: { kty: kty!, crv: crv!, x: x! },
    notAfter: '2100-01-01T00:00:00Z',
  });
  const roster = running.app.get(Roster);
  await inTransaction(
    database,
    () => new Date(),
    async (tx) => {
      for (const fact of [...districtFacts(), key]) await roster.learn(fact, tx);
    },
  );
  const sign = (subject: string, audience: string, claims: JWTPayload = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
      .setSubject(subject)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  const token = (person: PersonName) => sign(PEOPLE[person], TOKEN_AUDIENCE);
  return {
    running,
    database,
    databaseUrl: created.url,
    nats,
    address: `http://127.0.0.1:${running.port}`,
    token,
    guestToken: (guestId, linkId) => sign(guestId, GUEST_AUDIENCE, { [SESSION_CLAIM]: linkId }),
    ask: async (by, ask, input) =>
      askService(gateway, ask, input, {
        token: typeof by === 'string' ? await token(by) : by?.token,
        deadlineMs: 10_000,
      }),
    announced: async () =>
      (
        await database.query(
          `SELECT body FROM outbox WHERE subject NOT LIKE '%.audit.sealed.%' ORDER BY position`,
        )
      ).map(({ body }: { body: string }) => JSON.parse(body)),
    stop: async () => {
      await running.stop();
      await gateway.close();
      await provisioner.close();
      await nats.stop();
      await created.drop();
    },
  };
}
