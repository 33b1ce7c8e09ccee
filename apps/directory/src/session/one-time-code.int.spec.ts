import { randomUUID } from 'node:crypto';
import {
  IssueCodes,
  ListAccounts,
  ListPeople,
  RefreshSession,
  SignIn,
  UseCode,
  Viewer,
  type AskReply,
} from '@lokmin/contracts';
import { aDirectory, type TestDirectory } from '../../test/directory.ts';

let directory: TestDirectory;
beforeAll(async () => {
  directory = await aDirectory();
  await directory.hire([
    ['kapus.manggar', '1012406', 'kepala_puskesmas'],
    ['ktu.manggar', '1012406', 'ktu'],
    ['kapus.gantung', '1012404', 'kepala_puskesmas'],
    ['rangkap', '1012406', 'pelaksana'],
    ['rangkap', '19.06', 'administrator'],
  ]);
  await directory.hire(
    [
      ['baru.satu', '1012406', 'pelaksana'],
      ['baru.dua', '1012406', 'pelaksana'],
      ['kia.manggar', '1012406', 'pemegang_program', 'KIA'],
    ],
    null,
  );
});
afterAll(() => directory?.stop());
afterEach(() => directory.database.query('DELETE FROM sign_in_attempt'));

const NEW = 'empat kata dari slip';
const refusedAs = (code: string) => expect.objectContaining({ code });
const unitOf = async (code: string): Promise<string> =>
  (await directory.database.query('SELECT unit_id AS id FROM unit WHERE code = $1', [code]))[0].id;
const issue = async (by: string, logins: string[], validDays = 14, commandId: string = randomUUID()) => {
  const personIds = await Promise.all(logins.map((login) => directory.personOf(login)));
  return (await directory.as(by, IssueCodes, { commandId, personIds, validDays })).slips;
};
const codeFor = async (login: string, by = 'admin') => (await issue(by, [login]))[0]!.code;
const use = (login: string, code: string, newPassword = NEW) =>
  directory.ask(UseCode, { login, code, newPassword });
const opened = async (login: string, code: string, newPassword = NEW) => {
  const reply = await use(login, code, newPassword);
  if ('challenge' in reply) throw new Error('A second step was asked for');
  return reply;
};

describe('a one-time code', () => {
  it('lets somebody without a password set one and sign in; it is good once', async () => {
    await expect(directory.signIn('baru.satu')).rejects.toEqual(refusedAs('sign-in.wrong'));
    const [slip] = await issue('admin', ['baru.satu']);
    expect(slip).toEqual({
      personId: await directory.personOf('baru.satu'),
      name: 'baru.satu (sintetis)',
      title: 'pelaksana 1012406',
      unitName: 'Puskesmas Manggar',
      login: 'baru.satu',
      code: expect.stringMatching(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/),
      expiresAt: new Date(directory.now().getTime() + 14 * 24 * 60 * 60_000).toISOString(),
    });
    const typed = ` ${slip!.code.toUpperCase().replaceAll('-', ' ')}`;
    const { accessToken } = await opened('Baru.Satu', typed);
    expect((await directory.ask(Viewer, {}, accessToken)).posts).toHaveLength(1);
    await expect(use('baru.satu', slip!.code, 'lima kata lain lagi ya')).rejects.toEqual(
      refusedAs('code.wrong'),
    );
    await directory.signIn('baru.satu', NEW);
  });

  it('is used once also when it is sent twice at the same moment', async () => {
    const code = await codeFor('baru.dua');
    const answers = await Promise.allSettled([use('baru.dua', code), use('baru.dua', code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('resets a forgotten password: the old one goes on until then, and sessions end with it', async () => {
    await directory.hire([['lupa', '1012406', 'pelaksana']]);
    const old = await directory.signIn('lupa');
    const code = await codeFor('lupa', 'kapus.manggar');
    await directory.signIn('lupa');
    await opened('lupa', code);
    await expect(directory.ask(RefreshSession, { refreshToken: old.refreshToken })).rejects.toEqual(
      refusedAs('session.ended'),
    );
    await expect(directory.signIn('lupa')).rejects.toEqual(refusedAs('sign-in.wrong'));
    const noted = await directory.database.query(
      `SELECT change, operation FROM audit_entry WHERE record_id = $1 AND part = 'one_time_code' ORDER BY number`,
      [await directory.personOf('lupa')],
    );
    expect(noted).toEqual([
      { change: 'added', operation: IssueCodes.subject },
      { change: 'changed', operation: UseCode.subject },
    ]);
  });

  it('ends with its time, and with a newer one', async () => {
    const [first, second] = [await codeFor('baru.dua'), await codeFor('baru.dua')];
    await expect(use('baru.dua', first)).rejects.toEqual(refusedAs('code.wrong'));
    directory.pass(14 * 24 * 60);
    await expect(use('baru.dua', second)).rejects.toEqual(refusedAs('code.wrong'));
  });

  it('is not used up by a password that is too weak', async () => {
    const code = await codeFor('baru.dua');
    for (const weak of ['pendek', 'xx baru.dua xx'])
      await expect(use('baru.dua', code, weak)).rejects.toEqual(refusedAs('password.weak'));
    await opened('baru.dua', code);
  });

  it('ends after ten wrong ones; a login waits like after wrong passwords, whether it is there or not', async () => {
    const code = await codeFor('baru.dua');
    for (const login of ['baru.dua', 'tidak.ada']) {
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => use(login, 'aaaa-bbbb-cccc')));
      const codes = answers.map((answer) => (answer as PromiseRejectedResult).reason.code);
      expect(codes.filter((each) => each === 'code.wrong')).toHaveLength(5);
      expect(codes.filter((each) => each === 'sign-in.locked')).toHaveLength(3);
    }
    await directory.database.query('DELETE FROM sign_in_attempt');
    for (let i = 0; i < 5; i += 1) {
      await expect(use('baru.dua', 'aaaa-bbbb-cccc')).rejects.toEqual(refusedAs('code.wrong'));
      await directory.database.query('DELETE FROM sign_in_attempt');
    }
    await expect(use('baru.dua', code)).rejects.toEqual(refusedAs('code.wrong'));
    const [{ why }] = await directory.database.query(
      `SELECT ended_because AS why FROM one_time_code WHERE person_id = $1 ORDER BY code_id DESC LIMIT 1`,
      [await directory.personOf('baru.dua')],
    );
    expect(why).toBe('guessed');
  });

  it('is in no table and in no entry of the trail', async () => {
    const commandId = randomUUID();
    const { code } = (await issue('admin', ['baru.dua'], 3, commandId))[0]!;
    const rows = JSON.stringify([
      await directory.database.query('SELECT * FROM one_time_code'),
      await directory.database.query('SELECT before, after FROM audit_entry'),
      await directory.database.query('SELECT reply FROM command'),
    ]);
    expect(rows).not.toContain(code);
    expect(rows).not.toContain(code.replaceAll('-', ''));
    // The answer was lost: what was shown once is not shown again.
    await expect(issue('admin', ['baru.dua'], 3, commandId)).rejects.toEqual(refusedAs('code.shown-once'));
  });
});

describe('who issues codes', () => {
  it('is the head for the own puskesmas, and the head of administration for those who may do less', async () => {
    await issue('kapus.manggar', ['ktu.manggar', 'kia.manggar', 'baru.dua']);
    await issue('ktu.manggar', ['baru.dua']);
    for (const login of ['kapus.manggar', 'kia.manggar'])
      await expect(issue('ktu.manggar', ['baru.dua', login])).rejects.toMatchObject({
        code: 'access.further-reach',
        field: 'personIds.1',
      });
  });

  it('is nobody of the puskesmas where the person is an administrator as well', async () => {
    const open = async () =>
      (
        await directory.database.query('SELECT count(*)::int AS n FROM one_time_code WHERE ended_at IS NULL')
      )[0].n;
    const before = await open();
    for (const by of ['ktu.manggar', 'kapus.manggar'])
      await expect(issue(by, ['rangkap'])).rejects.toEqual(refusedAs('access.further-reach'));
    expect(await open()).toBe(before);
    await issue('admin', ['rangkap']);
  });

  it('is nobody of another puskesmas, and nobody for oneself', async () => {
    await expect(issue('kapus.gantung', ['baru.dua'])).rejects.toEqual(refusedAs('not-found'));
    await expect(issue('admin', ['admin'])).rejects.toEqual(refusedAs('code.own'));
  });

  it('sees who has a password and whose code is open, where codes may be issued', async () => {
    const list = async (by: string, unit: string): Promise<AskReply<typeof ListAccounts>> =>
      directory.as(by, ListAccounts, { unitId: await unitOf(unit) });
    await issue('admin', ['kia.manggar'], 2);
    const { items } = await list('ktu.manggar', '1012406');
    const of = (login: string) => items.find((account) => account.login === login);
    expect(of('kia.manggar')).toMatchObject({
      hasPassword: false,
      hasSecondFactor: false,
      codeExpiresAt: new Date(directory.now().getTime() + 2 * 24 * 60 * 60_000).toISOString(),
      mayIssue: false,
    });
    expect(of('baru.dua')).toMatchObject({ hasPassword: true, mayIssue: true });
    expect(of('ktu.manggar')).toMatchObject({ mayIssue: false });
    expect(of('rangkap')).toMatchObject({ mayIssue: false });
    const unitId = await unitOf('1012406');
    const { items: page, next } = await directory.as('admin', ListAccounts, { unitId, first: 2 });
    const rest = await directory.as('admin', ListAccounts, { unitId, after: next });
    expect([...page, ...rest.items].map(({ login }) => login)).toEqual(items.map(({ login }) => login));
    expect((await list('admin', '19.06')).items.map(({ login }) => login)).toContain('rangkap');
    await expect(list('kapus.gantung', '1012406')).rejects.toEqual(refusedAs('not-found'));
  });

  it.each([ListPeople, ListAccounts])(
    'lists people without a repeat or gap when one leaves meanwhile',
    async (ask) => {
      const unitId = await unitOf('1012406');
      const login = `pergi.${randomUUID().slice(0, 8)}`;
      await directory.hire([[login, '1012406', 'notulis']]);
      const leaver = await directory.personOf(login);
      const idsOf = async (first: number, after: string | null = null) => {
        const { items, next, totalCount } = await directory.as('admin', ask, { unitId, first, after });
        return { ids: items.map(({ personId }: { personId: string }) => personId), next, totalCount };
      };
      const all = await idsOf(200);
      const place = all.ids.indexOf(leaver) + 1;
      expect(place).toBeGreaterThan(0);
      const before = await idsOf(place);
      await directory.database.query(
        `UPDATE post SET valid_to = '2000-01-01', valid_from = '2000-01-01' WHERE person_id = $1`,
        [leaver],
      );
      const after = before.next ? await idsOf(200, before.next) : { ids: [], totalCount: all.totalCount - 1 };
      expect([...before.ids, ...after.ids]).toEqual(all.ids);
      expect(after.totalCount).toBe(all.totalCount - 1);
      await expect(idsOf(2, 'x')).rejects.toEqual(refusedAs('input.invalid'));
    },
  );
});

describe('how often one may try', () => {
  it('is one count for all replicas of the service', async () => {
    const other = await directory.replica();
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () =>
        directory.ask(SignIn, { login: 'siapa.saja', password: 'x', address: '203.0.113.7' }),
      ),
    );
    const codes = answers.map((answer) => (answer as PromiseRejectedResult).reason.code as string);
    const tried = codes.filter((code) => code !== 'request.too-many');
    expect(tried.length).toBeGreaterThanOrEqual(10);
    expect(tried.length).toBeLessThanOrEqual(12); // a try is filled up every six seconds
    // Codes of slips are counted with passwords, and an address over all logins.
    await expect(
      directory.ask(UseCode, { login: 'siapa.saja', code: 'x', newPassword: NEW, address: '203.0.113.8' }),
    ).rejects.toMatchObject({ code: 'request.too-many', details: { seconds: expect.any(Number) } });
    const many = await Promise.allSettled(
      Array.from({ length: 80 }, (_, i) =>
        directory.ask(SignIn, { login: `orang.${i}`, password: 'x', address: '203.0.113.7' }),
      ),
    );
    const refused = many.filter(
      (answer) => (answer as PromiseRejectedResult).reason.code === 'request.too-many',
    );
    expect(refused.length).toBeGreaterThan(0);
    // Another address is not held up by it.
    await expect(
      directory.ask(SignIn, { login: 'orang.lain', password: 'x', address: '203.0.113.9' }),
    ).rejects.toEqual(refusedAs('sign-in.wrong'));
    expect(other.port).not.toBe(directory.running.port);
  });
});
