import {
  FinishSingleSignOn,
  PostState,
  RefreshSession,
  SecondFactor,
  SingleSignOn,
  StartSingleSignOn,
  Viewer,
} from '@lokmin/contracts';
import { aDirectory, PASSWORD, type TestDirectory } from '../../test/directory.ts';
import { aProvider, type TestProvider } from '../../test/provider.ts';

const RETURN = 'http://lokmin.example/masuk/oidc/kembali';
const MAPPING = {
  login: 'preferred_username',
  posts: 'groups',
  grants: [
    { value: 'kapus-manggar', role: 'kepala_puskesmas', unit: '1012406', title: 'Kepala Puskesmas Manggar' },
    { value: 'kia-manggar', role: 'pemegang_program', program: 'KIA', unit: '1012406' },
    { value: 'dinas', role: 'petugas_dinas', unit: '19.06' },
    { value: 'hilang', role: 'ktu', unit: '9999999' },
  ],
  createPeople: true,
};

let directory: TestDirectory;
let provider: TestProvider;
beforeAll(async () => {
  provider = await aProvider({ id: 'lokmin', secret: 'rahasia-klien', returnAddress: RETURN });
  directory = await aDirectory({
    LOKMIN_PUBLIC_URL: 'http://lokmin.example',
    LOKMIN_OIDC_ISSUER: provider.issuer,
    LOKMIN_OIDC_CLIENT_ID: 'lokmin',
    LOKMIN_OIDC_CLIENT_SECRET: 'rahasia-klien',
    LOKMIN_OIDC_NAME: 'Akun Kabupaten',
    LOKMIN_OIDC_MAPPING: JSON.stringify(MAPPING),
    LOKMIN_SECOND_FACTOR_ROLES: 'petugas_dinas',
  });
  await directory.hire([
    ['kapus.manggar', '1012406', 'kepala_puskesmas'],
    ['keluar', '1012406', 'pelaksana'],
  ]);
});
afterAll(async () => {
  await directory?.stop();
  await provider?.stop();
});

const refusedAs = (code: string) => expect.objectContaining({ code });
const begin = () => directory.ask(StartSingleSignOn, {});
const finish = (returned: URL, binding: string) =>
  directory.ask(FinishSingleSignOn, { answer: returned.search, binding });
/** The whole way, in one browser. */
async function signIn(account: string, claims: Record<string, unknown>) {
  provider.accounts.set(account, claims);
  const { address, binding } = await begin();
  return finish(await provider.comeBack(address, account), binding);
}
const postsOf = async ({ accessToken }: { accessToken: string }) =>
  (await directory.ask(Viewer, {}, accessToken)).posts.map(({ role, program, unitCode }) =>
    [role, program, unitCode].filter(Boolean).join(' '),
  );

describe('single sign-on', () => {
  it('is offered by the name that people know', async () => {
    expect(await directory.ask(SingleSignOn, {})).toEqual({ name: 'Akun Kabupaten' });
  });

  it('asks the provider with PKCE, state and nonce, and for nothing that could be read on the way', async () => {
    const { address, binding } = await begin();
    const asked = new URL(address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(asked.get(name)!.length).toBeGreaterThanOrEqual(43);
    expect(asked.get('redirect_uri')).toBe(RETURN);
    const rows = JSON.stringify(await directory.database.query('SELECT * FROM single_sign_on_attempt'));
    for (const secret of [binding, asked.get('state')!, asked.get('nonce')!])
      expect(rows).not.toContain(secret);
  });

  it('makes a person with the posts that the claims give, announces them, and knows them again', async () => {
    const claims = { preferred_username: 'budi', name: 'Budi (sintetis)', groups: ['kia-manggar', 'lain'] };
    const session = await signIn('sub-budi', claims);
    expect(await postsOf(session)).toEqual(['pemegang_program KIA 1012406']);
    const again = await signIn('sub-budi', { ...claims, preferred_username: 'budi.baru' });
    expect(again.personId).toBe(session.personId);
    const announced = await directory.database.query(
      `SELECT count(*)::int AS n FROM outbox WHERE subject LIKE $1 AND body::jsonb -> 'data' ->> 'personId' = $2`,
      [`${PostState.type}.%`, session.personId],
    );
    expect(announced).toEqual([{ n: 1 }]);
    expect((await directory.ask(RefreshSession, { refreshToken: again.refreshToken })).personId).toBe(
      session.personId,
    );
  });

  it('takes the new key of a provider that changed it between two sign-ins, and none that it does not publish', async () => {
    const claims = { preferred_username: 'citra', groups: ['kia-manggar'] };
    await signIn('sub-citra', claims);
    await provider.rotate();
    await signIn('sub-citra', claims);
    await provider.rotate('the old key'); // as if somebody else had signed
    await expect(signIn('sub-citra', claims)).rejects.toEqual(refusedAs('sso.refused'));
    await provider.rotate();
  });

  it('ends posts that the claims no longer give, and gives them again', async () => {
    const claims = (...groups: string[]) => ({ preferred_username: 'dewi', groups });
    expect(await postsOf(await signIn('sub-dewi', claims('kia-manggar', 'kapus-manggar')))).toHaveLength(2);
    expect(await postsOf(await signIn('sub-dewi', claims('kia-manggar')))).toEqual([
      'pemegang_program KIA 1012406',
    ]);
    expect(await postsOf(await signIn('sub-dewi', claims('kapus-manggar')))).toEqual([
      'kepala_puskesmas 1012406',
    ]);
    directory.pass(3 * 24 * 60);
    const session = await signIn('sub-dewi', claims('kia-manggar', 'kapus-manggar'));
    expect(await postsOf(session)).toHaveLength(2);
    await expect(signIn('sub-dewi', claims('apa-saja'))).rejects.toEqual(refusedAs('sso.no-post'));
    expect(await postsOf(session)).toEqual([]);
  });

  it('says what is missing, and makes nobody of it', async () => {
    const people = async () =>
      (await directory.database.query('SELECT count(*)::int AS n FROM person'))[0].n as number;
    const before = await people();
    for (const [claims, code] of [
      [{ groups: ['kia-manggar'] }, 'sso.claim-missing'],
      [{ preferred_username: 'eka' }, 'sso.claim-missing'],
      [{ preferred_username: 'eka', groups: ['administrator'] }, 'sso.no-post'],
      [{ preferred_username: 'eka', groups: ['hilang'] }, 'sso.unknown-unit'],
    ] as const)
      await expect(signIn('sub-eka', claims)).rejects.toEqual(refusedAs(code));
    expect(await people()).toBe(before);
  });

  it('raises nobody to an account that holds more than the claims give', async () => {
    const claims = (login: string, ...groups: string[]) => ({ preferred_username: login, groups });
    for (const login of ['admin', 'ADMIN', 'kapus.manggar'])
      await expect(signIn(`sub-${login}`, claims(login, 'kia-manggar'))).rejects.toEqual(
        refusedAs('sso.no-account'),
      );
    // The head's own account, once the claims say that it is the head.
    const session = await signIn('sub-kapus', claims('kapus.manggar', 'kapus-manggar'));
    expect(session.personId).toBe(await directory.personOf('kapus.manggar'));
    // And it is that one identity's from then on.
    await expect(signIn('sub-lain', claims('kapus.manggar', 'kapus-manggar'))).rejects.toEqual(
      refusedAs('sso.no-account'),
    );
    // Local accounts go on beside it.
    await directory.signIn('admin', PASSWORD);
    await directory.signIn('kapus.manggar', PASSWORD);
  });

  it('lets nobody in who is active no more', async () => {
    const claims = { preferred_username: 'fajar', groups: ['kia-manggar'] };
    const { personId } = await signIn('sub-fajar', claims);
    await directory.database.query('UPDATE person SET active = false WHERE person_id = $1', [personId]);
    await expect(signIn('sub-fajar', claims)).rejects.toEqual(refusedAs('sso.no-account'));
  });

  it('trusts the second factor of the provider; a session lasts half a day', async () => {
    const session = await signIn('sub-gita', { preferred_username: 'gita', groups: ['dinas'] });
    expect(await directory.ask(SecondFactor, {}, session.accessToken)).toMatchObject({
      since: null,
      required: true,
    });
    const next = await directory.ask(RefreshSession, { refreshToken: session.refreshToken });
    expect(Date.parse(next.refreshExpiresAt) - directory.now().getTime()).toBe(12 * 3_600_000);
  });
});

describe('what comes back from the provider', () => {
  const claims = { preferred_username: 'hadi', groups: ['kia-manggar'] };
  beforeAll(() => void provider.accounts.set('sub-hadi', claims));

  it('is taken once', async () => {
    const { address, binding } = await begin();
    const returned = await provider.comeBack(address, 'sub-hadi');
    await finish(returned, binding);
    await expect(finish(returned, binding)).rejects.toEqual(refusedAs('sso.attempt-ended'));
  });

  it('is taken from the browser alone that began, and within ten minutes', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const returned = await provider.comeBack(theirs.address, 'sub-hadi');
    await expect(finish(returned, mine.binding)).rejects.toEqual(refusedAs('sso.attempt-ended'));
    await finish(returned, theirs.binding);
    const slow = await begin();
    const late = await provider.comeBack(slow.address, 'sub-hadi');
    directory.pass(10);
    await expect(finish(late, slow.binding)).rejects.toEqual(refusedAs('sso.attempt-ended'));
  });

  it('is refused with a code of another sign-in, and when the person did not agree', async () => {
    const [one, two] = [await begin(), await begin()];
    const foreign = await provider.comeBack(one.address, 'sub-hadi');
    const returned = await provider.comeBack(two.address, 'sub-hadi');
    returned.searchParams.set('code', foreign.searchParams.get('code')!); // of another verifier and nonce
    await expect(finish(returned, two.binding)).rejects.toEqual(refusedAs('sso.refused'));
    const third = await begin();
    const denied = new URL(RETURN);
    denied.searchParams.set('state', new URL(third.address).searchParams.get('state')!);
    denied.searchParams.set('error', 'access_denied');
    denied.searchParams.set('iss', provider.issuer);
    await expect(finish(denied, third.binding)).rejects.toEqual(refusedAs('sso.refused'));
    await expect(finish(new URL(RETURN), third.binding)).rejects.toEqual(refusedAs('sso.attempt-ended'));
  });
});
