import { TokenKeyState } from '@lokmin/contracts';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@lokmin/service';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { HeardFact } from '../live/facts.ts';
import { Tokens } from './tokens.ts';

const PERSON = '01890000-0000-7000-8000-000000000001';
const start = new Date('2025-01-10T01:00:00Z');

describe('an access token', () => {
  let now: Date;
  let tokens: Tokens;
  let privateKey: CryptoKey;
  const keyFact = async (publicKey: CryptoKey, notAfter: string, revision = 1) => {
    const { kty, crv, x } = await exportJWK(publicKey);
    return {
      type: TokenKeyState.type,
      revision,
      subject: 'key-1',
      data: { kid: 'key-1', publicJwk: { kty, crv, x }, notAfter },
    } as HeardFact;
  };
  let publicKey: CryptoKey;
  beforeEach(async () => {
    now = start;
    tokens = new Tokens({ now: () => now });
    ({ privateKey, publicKey } = await generateKeyPair('EdDSA'));
    await tokens.learn(await keyFact(publicKey, '2025-01-10T03:00:00Z'));
  });
  const sign = (
    minutes: number,
    { key = privateKey, kid = 'key-1', issuer = TOKEN_ISSUER, audience = TOKEN_AUDIENCE } = {},
  ) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setSubject(PERSON)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(start)
      .setExpirationTime(new Date(start.getTime() + minutes * 60_000))
      .sign(key);

  it('proves the person and is remembered until it expires', async () => {
    const token = await sign(10);
    expect(tokens.recall(token)).toBeUndefined();
    expect(await tokens.verify(token)).toMatchObject({ personId: PERSON });
    expect(tokens.recall(token)).toMatchObject({ personId: PERSON });
    now = new Date(start.getTime() + 10 * 60_000);
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toThrow('exp');
  });

  it.each([
    ['of another key', async () => sign(10, { key: (await generateKeyPair('EdDSA')).privateKey })],
    ['of an unknown key id', async () => sign(10, { kid: 'key-2' })],
    ['of another issuer', async () => sign(10, { issuer: 'somebody' })],
    ['for another audience', async () => sign(10, { audience: 'others' })],
    ['without signature', async () => `${(await sign(10)).split('.').slice(0, 2).join('.')}.`],
    ['with the algorithm none', async () => `${btoa('{"alg":"none"}')}.${(await sign(10)).split('.')[1]}.`],
    ['that is no token', async () => 'Bearer'],
    ['without end', async () => 'x'.repeat(100_000)],
  ])('%s is refused', async (_what, token) => {
    await expect(tokens.verify(await token())).rejects.toThrow();
  });

  it('ends with its key', async () => {
    const token = await sign(24 * 60);
    await tokens.verify(token);
    now = new Date('2025-01-10T03:00:00Z');
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toThrow('the key has ended');
  });

  it('is forgotten when its key is given an earlier end; an older revision of the key changes nothing', async () => {
    const token = await sign(10);
    await tokens.verify(token);
    await tokens.learn(await keyFact(publicKey, '2025-01-10T00:30:00Z', 2));
    expect(tokens.recall(token)).toBeUndefined();
    await tokens.learn(await keyFact(publicKey, '2025-01-10T03:00:00Z', 1));
    await expect(tokens.verify(token)).rejects.toThrow('the key has ended');
  });
});
