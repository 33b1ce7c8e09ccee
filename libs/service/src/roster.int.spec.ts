import { Refusal, TokenKeyState } from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import { aDatabase, districtFacts, PEOPLE, type TestDatabase } from '@lokmin/testing';
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
