import { FinishSingleSignOn, Refusal, SingleSignOn, StartSingleSignOn } from '@lokmin/contracts';
import { post, startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

const PROVIDER = 'https://sso.example.go.id/auth?state=abc';
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

let peers: Peers;
let gateway: RunningGateway;
beforeAll(async () => {
  peers = await startPeers();
  gateway = await startGateway(peers.config({ LOKMIN_TRUST_PROXY: 'true' }));
  peers.answer(SingleSignOn, () => ({ name: 'Akun Kabupaten' }));
  peers.answer(StartSingleSignOn, () => ({
    address: PROVIDER,
    binding: 'binding-1',
    expiresAt: inMinutes(10),
  }));
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${gateway.port}${path}`, { redirect: 'manual', headers });
const HTTPS = { 'x-forwarded-proto': 'https' };

it('is offered to whoever is signed out', async () => {
  const { body } = await post(gateway.port, { query: '{ singleSignOn { name } }' });
  expect(body).toEqual({ data: { singleSignOn: { name: 'Akun Kabupaten' } } });
});

it('begins at the provider, bound to the browser by a cookie that no script reads', async () => {
  const plain = await get('/masuk/oidc');
  expect([plain.status, plain.headers.get('location')]).toEqual([302, PROVIDER]);
  expect(plain.headers.get('cache-control')).toBe('no-store');
  expect(plain.headers.get('set-cookie')).toMatch(
    /^lokmin-sso=binding-1; Path=\/masuk\/oidc; HttpOnly; SameSite=Lax; Max-Age=(59\d|600)$/,
  );
  expect((await get('/masuk/oidc', HTTPS)).headers.get('set-cookie')).toMatch(
    /^__Secure-lokmin-sso=.*; Secure$/,
  );
});

it('hands what came back to the directory, and makes its session the cookie of the pages', async () => {
  const given: unknown[] = [];
  peers.answer(FinishSingleSignOn, (input) => {
    given.push(input);
    return {
      accessToken: 'a.b.c',
      accessExpiresAt: inMinutes(10),
      refreshToken: 'refresh-1',
      refreshExpiresAt: inMinutes(60),
      personId: '01890000-0000-7000-8000-000000000001',
    };
  });
  const back = await get('/masuk/oidc/kembali?code=x&state=abc&iss=y', {
    cookie: 'lokmin-sso=binding-1',
    'user-agent': 'Firefox',
  });
  expect(given).toEqual([
    { answer: '?code=x&state=abc&iss=y', binding: 'binding-1', device: 'Firefox', address: '127.0.0.1' },
  ]);
  expect([back.status, back.headers.get('location'), await back.text()]).toEqual([302, '/', '']);
  const [over, session] = back.headers.getSetCookie();
  expect(over).toMatch(/^lokmin-sso=; .*Max-Age=0$/);
  expect(session).toMatch(
    /^lokmin-refresh=refresh-1; Path=\/graphql; HttpOnly; SameSite=Strict; Max-Age=3\d{3}$/,
  );
});

it('is not taken from a browser that did not begin', async () => {
  peers.asked(FinishSingleSignOn);
  const back = await get('/masuk/oidc/kembali?code=x&state=abc');
  expect(back.headers.get('location')).toBe('/masuk?gagal=sso.attempt-ended');
  expect(peers.asked(FinishSingleSignOn)).toBe(0);
});

it('leads to the sign-in page with what was refused, and gives no session', async () => {
  peers.answer(FinishSingleSignOn, () => {
    throw new Refusal('sso.no-post');
  });
  const back = await get('/masuk/oidc/kembali?code=x&state=abc', { cookie: 'lokmin-sso=binding-1' });
  expect(back.headers.get('location')).toBe('/masuk?gagal=sso.no-post');
  expect(back.headers.getSetCookie()).toHaveLength(1);
  await peers.leave('directory');
  try {
    expect((await get('/masuk/oidc')).headers.get('location')).toBe('/masuk?gagal=service.unavailable');
  } finally {
    await peers.join('directory');
  }
});
