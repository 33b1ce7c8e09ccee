import { randomUUID } from 'node:crypto';
import {
  ChangePassword,
  CompleteSignIn,
  ConfirmSecondFactor,
  ListSessions,
  RefreshSession,
  RemoveSecondFactor,
  SecondFactor,
  SignIn,
  StartSecondFactor,
  TurnOffSecondFactor,
  Viewer,
  type OpenedSession,
  type SecondStep,
} from '@lokmin/contracts';
import { Secret, TOTP } from 'otpauth';
import { aDirectory, PASSWORD, type TestDirectory } from '../../test/directory.ts';
import { directoryConfig } from '../config.ts';
import { removeSecondFactor } from '../commands.ts';

let directory: TestDirectory;
beforeAll(async () => {
  directory = await aDirectory({ LOKMIN_SECOND_FACTOR_ROLES: 'kepala_dinas, verifikator' });
  await directory.hire([
    ['kapus.manggar', '1012406', 'kepala_puskesmas'],
    ['kapus.gantung', '1012404', 'kepala_puskesmas'],
    ['ktu.manggar', '1012406', 'ktu'],
    ['hp.hilang', '1012406', 'pelaksana'],
    ['kadis', '19.06', 'kepala_dinas'],
    ['verifikator', '19.06', 'verifikator'],
  ]);
});
afterAll(() => directory?.stop());

const refusedAs = (code: string) => expect.objectContaining({ code });
const codeOf = (key: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({
    timestamp: directory.now().getTime() + steps * 30_000,
  });
const firstStep = async (login: string, password = PASSWORD): Promise<SecondStep> => {
  const reply = await directory.ask(SignIn, { login, password });
  if (!('challenge' in reply)) throw new Error('No second step was asked for');
  return reply;
};
const complete = ({ challenge }: SecondStep, code: string) =>
  directory.ask(CompleteSignIn, { challenge, code });
const start = ({ accessToken }: OpenedSession, code: string | null = null, password = PASSWORD) =>
  directory.ask(StartSecondFactor, { commandId: randomUUID(), password, code }, accessToken);
const confirm = (
  { accessToken, refreshToken }: OpenedSession,
  code: string,
  commandId: string = randomUUID(),
) => directory.ask(ConfirmSecondFactor, { commandId, code, refreshToken }, accessToken);
/** Signs in, turns the factor on, and lets its first code grow old. */
async function turnOn(login: string) {
  const session = await directory.signIn(login);
  const { key } = await start(session);
  const { recoveryCodes } = await confirm(session, codeOf(key));
  directory.pass(1);
  return { session, key, recoveryCodes };
}
const takeOff = async (login: string) =>
  directory.as('admin', RemoveSecondFactor, {
    commandId: randomUUID(),
    personId: await directory.personOf(login),
  });
const attempts = () => directory.database.query('SELECT failures FROM sign_in_attempt');

describe('a second factor', () => {
  afterEach(async () => {
    await takeOff('kapus.manggar');
    await directory.database.query('DELETE FROM sign_in_attempt');
  });

  it('is turned on with the password and a first code, and ends the other sessions', async () => {
    const [here, there] = [await directory.signIn('kapus.manggar'), await directory.signIn('kapus.manggar')];
    await expect(start(here, null, 'wrong')).rejects.toEqual(refusedAs('password.wrong'));
    await expect(confirm(here, '123456')).rejects.toEqual(refusedAs('second-factor.offer-ended'));
    const { key } = await start(here);
    await expect(confirm(here, codeOf(key, 5))).rejects.toEqual(refusedAs('second-factor.wrong'));
    expect((await directory.ask(SecondFactor, {}, here.accessToken)).since).toBeNull();
    const commandId = randomUUID();
    const { recoveryCodes, ended } = await confirm(here, codeOf(key), commandId);
    expect(ended).toBeGreaterThanOrEqual(1);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes[0]).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/);
    await expect(directory.ask(RefreshSession, { refreshToken: there.refreshToken })).rejects.toEqual(
      refusedAs('session.ended'),
    );
    expect(await directory.ask(SecondFactor, {}, here.accessToken)).toEqual({
      since: directory.now().toISOString(),
      required: false,
      recoveryCodesLeft: 10,
    });
    // The answer was lost: what was shown once is not shown again.
    await expect(confirm(here, codeOf(key), commandId)).rejects.toEqual(
      refusedAs('second-factor.codes-shown'),
    );
    expect(await attempts()).toEqual([]);
  });

  it('that was asked for twice by one command is the same key', async () => {
    const { accessToken } = await directory.signIn('kapus.manggar');
    const command = { commandId: randomUUID(), password: PASSWORD, code: null };
    const offered = await directory.ask(StartSecondFactor, command, accessToken);
    expect(await directory.ask(StartSecondFactor, command, accessToken)).toEqual(offered);
    const another = { ...command, commandId: randomUUID() };
    expect((await directory.ask(StartSecondFactor, another, accessToken)).key).not.toBe(offered.key);
    const kept = await directory.database.query('SELECT reply::text FROM command');
    expect(JSON.stringify(kept)).not.toContain(offered.key.replaceAll(' ', ''));
    directory.pass(15);
    const later = await directory.signIn('kapus.manggar');
    await expect(confirm(later, codeOf(offered.key))).rejects.toEqual(refusedAs('second-factor.offer-ended'));
  });

  it('is asked for after the password: what the first step gives opens nothing', async () => {
    const { key } = await turnOn('kapus.manggar');
    const step = await firstStep('kapus.manggar');
    expect(step).toEqual({
      challenge: expect.any(String),
      challengeExpiresAt: new Date(directory.now().getTime() + 5 * 60_000).toISOString(),
      setUp: null,
    });
    await expect(directory.ask(Viewer, {}, step.challenge)).rejects.toEqual(refusedAs('access.signed-out'));
    await expect(directory.ask(RefreshSession, { refreshToken: step.challenge })).rejects.toEqual(
      refusedAs('session.ended'),
    );
    const { accessToken, recoveryCodes } = await complete(step, codeOf(key));
    expect(recoveryCodes).toBeNull();
    expect((await directory.ask(Viewer, {}, accessToken)).posts).toHaveLength(1);
    await expect(complete(step, codeOf(key, 1))).rejects.toEqual(refusedAs('sign-in.step-ended'));
    expect(await attempts()).toEqual([]);
  });

  it('takes a code once, also sent twice at the same moment; the next one is good', async () => {
    const { key } = await turnOn('kapus.manggar');
    const steps = [await firstStep('kapus.manggar'), await firstStep('kapus.manggar')];
    const answers = await Promise.allSettled(steps.map((step) => complete(step, codeOf(key))));
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'second-factor.wrong' },
    });
    await complete(await firstStep('kapus.manggar'), codeOf(key, 1));
  });

  it('takes codes one step early or late, no others', async () => {
    const { key } = await turnOn('kapus.manggar');
    directory.pass(5);
    for (const steps of [-2, 2])
      await expect(complete(await firstStep('kapus.manggar'), codeOf(key, steps))).rejects.toEqual(
        refusedAs('second-factor.wrong'),
      );
    await directory.database.query('DELETE FROM sign_in_attempt');
    for (const steps of [-1, 0, 1]) await complete(await firstStep('kapus.manggar'), codeOf(key, steps));
  });

  it('counts wrong codes toward the lock of the login; the right password between them clears nothing', async () => {
    await turnOn('kapus.manggar');
    const codes: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const step = await directory
        .ask(SignIn, { login: 'kapus.manggar', password: PASSWORD })
        .catch((e) => e);
      codes.push(step.code ?? 'step');
      if (step.code) continue;
      codes.push(await complete(step, '000000').catch(({ code }) => code));
    }
    expect(codes).toEqual([
      'step',
      'second-factor.wrong',
      'step',
      'second-factor.wrong',
      'step',
      'sign-in.locked',
      'sign-in.locked',
    ]);
  });

  it('is stood in for by each recovery code once, however it is typed; the database holds none', async () => {
    const { session, recoveryCodes } = await turnOn('kapus.manggar');
    const [first, second] = recoveryCodes as [string, string];
    await complete(await firstStep('kapus.manggar'), first.toUpperCase().replaceAll('-', ' '));
    await expect(complete(await firstStep('kapus.manggar'), first)).rejects.toEqual(
      refusedAs('second-factor.wrong'),
    );
    await complete(await firstStep('kapus.manggar'), second);
    expect(await directory.ask(SecondFactor, {}, session.accessToken)).toMatchObject({
      recoveryCodesLeft: 8,
    });
    const rows = JSON.stringify([
      await directory.database.query('SELECT * FROM recovery_code'),
      await directory.database.query('SELECT before, after FROM audit_entry'),
      await directory.database.query('SELECT reply FROM command'),
    ]);
    for (const code of recoveryCodes) expect(rows).not.toContain(code);
  });

  it('keeps its key sealed in the database', async () => {
    const { key } = await turnOn('kapus.manggar');
    const plain = Buffer.from(Secret.fromBase32(key.replaceAll(' ', '')).buffer);
    const rows = JSON.stringify([
      await directory.database.query('SELECT * FROM second_factor'),
      await directory.database.query('SELECT before, after FROM audit_entry'),
    ]);
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect(rows).not.toContain(plain.toString(form));
    expect(rows).not.toContain(key.replaceAll(' ', ''));
  });

  it('moves to another telephone with a present code, and makes new recovery codes', async () => {
    const { session, key, recoveryCodes } = await turnOn('kapus.manggar');
    await expect(start(session)).rejects.toEqual(refusedAs('second-factor.code-needed'));
    await expect(start(session, '000000')).rejects.toEqual(refusedAs('second-factor.wrong'));
    const { key: next } = await start(session, codeOf(key));
    directory.pass(1);
    await complete(await firstStep('kapus.manggar'), codeOf(key)); // until the new one is proved
    await confirm(session, codeOf(next));
    directory.pass(1);
    for (const old of [codeOf(key), recoveryCodes[0]!])
      await expect(complete(await firstStep('kapus.manggar'), old)).rejects.toEqual(
        refusedAs('second-factor.wrong'),
      );
    await directory.database.query('DELETE FROM sign_in_attempt');
    await complete(await firstStep('kapus.manggar'), codeOf(next));
  });

  it('is turned off with password and code', async () => {
    const { session, key } = await turnOn('kapus.manggar');
    const off = (password: string, code: string, commandId: string = randomUUID()) =>
      directory.ask(TurnOffSecondFactor, { commandId, password, code }, session.accessToken);
    await expect(off('wrong', codeOf(key))).rejects.toEqual(refusedAs('password.wrong'));
    await expect(off(PASSWORD, '000000')).rejects.toEqual(refusedAs('second-factor.wrong'));
    const commandId = randomUUID();
    expect(await off(PASSWORD, codeOf(key), commandId)).toEqual({ off: true });
    expect(await off(PASSWORD, codeOf(key), commandId)).toEqual({ off: true }); // the answer was lost
    await expect(off(PASSWORD, codeOf(key))).rejects.toEqual(refusedAs('second-factor.off'));
    await directory.signIn('kapus.manggar');
  });

  it('lets a begun sign-in end with the time, and with another password', async () => {
    const { session, key } = await turnOn('kapus.manggar');
    const late = await firstStep('kapus.manggar');
    directory.pass(5);
    await expect(complete(late, codeOf(key))).rejects.toEqual(refusedAs('sign-in.step-ended'));
    const begun = await firstStep('kapus.manggar');
    const { accessToken } = await directory.ask(RefreshSession, { refreshToken: session.refreshToken });
    const change = (password: string, newPassword: string) =>
      directory.ask(
        ChangePassword,
        { commandId: randomUUID(), password, newPassword, refreshToken: null },
        accessToken,
      );
    await change(PASSWORD, 'empat kata acak');
    try {
      await expect(complete(begun, codeOf(key))).rejects.toEqual(refusedAs('sign-in.step-ended'));
    } finally {
      await change('empat kata acak', PASSWORD);
    }
  });
});

describe('a second factor that was lost', () => {
  const remove = async (by: string, login: string) =>
    directory.as(by, RemoveSecondFactor, {
      commandId: randomUUID(),
      personId: await directory.personOf(login),
    });

  it('is taken off by an administrator; sessions end and the change is noted', async () => {
    const { session } = await turnOn('hp.hilang');
    const personId = await directory.personOf('hp.hilang');
    expect(await remove('admin', 'hp.hilang')).toEqual({ removed: true, ended: 1 });
    await expect(directory.ask(RefreshSession, { refreshToken: session.refreshToken })).rejects.toEqual(
      refusedAs('session.ended'),
    );
    await directory.signIn('hp.hilang');
    expect(await remove('admin', 'hp.hilang')).toEqual({ removed: false, ended: 0 });
    const noted = await directory.database.query(
      `SELECT change, operation, person_id FROM audit_entry WHERE record_id = $1 AND part = 'second_factor' ORDER BY number DESC LIMIT 1`,
      [personId],
    );
    expect(noted).toEqual([
      {
        change: 'removed',
        operation: RemoveSecondFactor.subject,
        person_id: await directory.personOf('admin'),
      },
    ]);
  });

  it('is not taken off by others, nor by oneself', async () => {
    await expect(remove('kapus.manggar', 'hp.hilang')).rejects.toEqual(refusedAs('access.forbidden'));
    await expect(remove('kapus.gantung', 'hp.hilang')).rejects.toEqual(refusedAs('not-found'));
    await expect(remove('admin', 'admin')).rejects.toEqual(refusedAs('second-factor.own'));
  });

  it('is taken off by the operator where nobody else can', async () => {
    const { key } = await turnOn('hp.hilang');
    await removeSecondFactor(directory.running.app, ['--login', 'HP.hilang']);
    const { accessToken } = await directory.signIn('hp.hilang');
    expect((await directory.ask(ListSessions, { refreshToken: null }, accessToken)).items).toHaveLength(1);
    expect(key).toBeDefined();
  });
});

describe('a second factor that a post demands', () => {
  it('is set up by the sign-in itself; before that there is no session', async () => {
    const step = await firstStep('kadis');
    expect(step.setUp?.address).toContain('otpauth://totp/Lokmin:kadis?');
    const other = await firstStep('kadis');
    expect(other.setUp!.key).not.toBe(step.setUp!.key); // who knows the password sees a key of their own
    await expect(complete(step, codeOf(other.setUp!.key))).rejects.toEqual(refusedAs('second-factor.wrong'));
    const session = await complete(step, codeOf(step.setUp!.key));
    expect(session.recoveryCodes).toHaveLength(10);
    await expect(complete(other, codeOf(other.setUp!.key))).rejects.toEqual(refusedAs('sign-in.step-ended'));
    expect(await directory.ask(SecondFactor, {}, session.accessToken)).toMatchObject({ required: true });
    directory.pass(1);
    expect((await firstStep('kadis')).setUp).toBeNull();
    const input = { commandId: randomUUID(), password: PASSWORD, code: codeOf(step.setUp!.key) };
    await expect(directory.ask(TurnOffSecondFactor, input, session.accessToken)).rejects.toEqual(
      refusedAs('second-factor.required'),
    );
  });

  it('ends sessions that began before it was demanded', async () => {
    const { challenge, setUp } = await firstStep('verifikator');
    const { refreshToken } = await directory.ask(CompleteSignIn, { challenge, code: codeOf(setUp!.key) });
    const next = await directory.ask(RefreshSession, { refreshToken });
    // As if it had begun without one.
    await directory.database.query('DELETE FROM second_factor WHERE person_id = $1', [
      await directory.personOf('verifikator'),
    ]);
    await expect(directory.ask(RefreshSession, { refreshToken: next.refreshToken })).rejects.toEqual(
      refusedAs('session.ended'),
    );
  });

  it('is demanded by roles of the district only', () => {
    const roles = (text: string) => directoryConfig({ LOKMIN_SECOND_FACTOR_ROLES: text });
    expect(roles('administrator').LOKMIN_SECOND_FACTOR_ROLES).toEqual(['administrator']);
    expect(roles('').LOKMIN_SECOND_FACTOR_ROLES).toEqual([]);
    for (const wrong of ['ktu', 'administrator,adminstrator'])
      expect(() => roles(wrong)).toThrow('LOKMIN_SECOND_FACTOR_ROLES');
  });
});
