import { Refusal, TokenKeyState } from '@lokmin/contracts';
import { currentCause, inTransaction, withCause } from '@lokmin/messaging';
import { aDatabase, districtFacts, MANGGAR, PEOPLE, type TestDatabase } from '@lokmin/testing';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { DataSource } from 'typeorm';
import { createDatabase } from './database.ts';
import { Roster, TOKEN_AUDIENCE, TOKEN_ISSUER } from './roster.ts';

const START = new Date('2026-11-21T03:00:00Z');
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

let created: TestDatabase;
let database: DataSource;
let roster: Roster;
let now: Date;
let privateKey: CryptoKey;
let sign: (minutes: number) => Promise<string>;

beforeEach(async () => {
  now = START;
  created = await aDatabase();
  database = createDatabase('indicators', created.url, 2, { entities: [], migrations: [] });
  await database.initialize();
  await database.runMigrations();
  roster = new Roster(database, { now: () => now });
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  privateKey = pair.privateKey;
  const { kty, crv, x } = await exportJWK(pair.publicKey);
  const key = {
    type: TokenKeyState.type,
    subject: 'k',
    revision: 1,
    data: { kid: 'k', publicJwk: { kty, crv, x }, notAfter: minutesLater(60).toISOString() },
  };
  await inTransaction(
    database,
    () => now,
    async (tx) => {
      for (const fact of [...districtFacts(), key]) await roster.learn(fact as never, tx);
    },
  );
  sign = (minutes) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
      .setSubject(PEOPLE.officer)
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setExpirationTime(minutesLater(minutes))
      .sign(privateKey);
});

afterEach(async () => {
  if (database.isInitialized) await database.destroy();
  await created.drop();
});

describe('a token', () => {
  it('proves who asks', async () => {
    expect(await roster.identify(await sign(10))).toEqual({ actor: PEOPLE.officer, sessionId: null });
  });

  it('that the database cannot prove at present is not called signed out', async () => {
    const token = await sign(10);
    await created.drop();
    const problem: unknown = await roster.identify(token).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Error);
    expect(problem).not.toBeInstanceOf(Refusal);
  });

  it('is not accepted beyond the life of its key, also when the key was used before', async () => {
    const [first, second] = [await sign(90), await sign(91)];
    expect(await roster.identify(first)).toEqual({ actor: PEOPLE.officer, sessionId: null });
    now = minutesLater(61);
    for (const token of [first, second])
      await expect(roster.identify(token)).rejects.toMatchObject({ code: 'access.signed-out' });
  });

  it('of an unknown key, of none or of nobody is signed out', async () => {
    const ofKey = (kid: string) =>
      new SignJWT().setProtectedHeader({ alg: 'EdDSA', kid }).setExpirationTime('1h').sign(privateKey);
    for (const token of [await ofKey('k'), await ofKey('other'), await ofKey('a\0b'), 'nonsense'])
      await expect(roster.identify(token)).rejects.toMatchObject({ code: 'access.signed-out' });
  });
});

describe('what somebody may see of a district', () => {
  const DISTRICT = '19.06';
  const as = <T>(actor: string, work: () => Promise<T>) => withCause({ ...currentCause(), actor }, work);
  const overview = (code = DISTRICT) => as(PEOPLE.officer, () => roster.demandOverview(code, null));

  it('is decided by the posts of today, on the local day', async () => {
    now = new Date('2026-11-21T17:30:00Z');
    const { only, today, districtName, may } = await overview();
    expect([only, today, districtName]).toEqual([null, '2026-11-22', 'Kabupaten Belitung Timur']);
    expect(may('unit.view', { districtCode: DISTRICT, unitId: MANGGAR.unitId })).toBe(true);
    expect(may('evaluation.submit', { districtCode: DISTRICT, unitId: MANGGAR.unitId })).toBe(false);
    await expect(as(PEOPLE.headOfManggar, () => roster.demandOverview(DISTRICT, null))).rejects.toMatchObject(
      {
        code: 'access.forbidden',
      },
    );
  });

  it('is nothing where they hold no post, or are not active any more', async () => {
    await expect(overview('99.99')).rejects.toMatchObject({ code: 'not-found' });
    await database.query('UPDATE known_person SET active = false WHERE person_id = $1', [PEOPLE.officer]);
    await expect(overview()).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      as(PEOPLE.officer, () => roster.demand('district.view', { districtCode: DISTRICT })),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
