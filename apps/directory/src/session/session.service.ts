import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@lokmin/calendar';
import {
  ChangePassword,
  EndSessions,
  Refusal,
  type AskInput,
  type AskReply,
  type CompleteSignIn,
  type ListSessions,
  type OpenedSession,
  type SignIn,
  type UseCode,
} from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Person } from '../person/person.entity.ts';
import { Attempts, doneBefore } from './attempts.ts';
import { Keys } from './keys.ts';
import { hashPassword, isRightPassword, isSamePassword } from './password.ts';
import { OneTimeCodes } from './one-time-code.service.ts';
import { SignInRates } from './rate.ts';
import { SecondFactors } from './second-factor.service.ts';
import { Account, RefreshToken, Session, SignInChallenge } from './session.entity.ts';
import {
  isStrongPassword,
  LOST_ANSWER_SECONDS,
  PASSWORD_LEAST,
  plusDays,
  plusMinutes,
  PROVIDER_SESSION_DAYS,
  REFRESH_DAYS,
  SESSION_DAYS,
} from './session.rules.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export type Issued = { refreshToken: string; refreshExpiresAt: Date; personId: string; sessionId: string };

/** Signing in, staying signed in, signing out. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SecondFactors) private readonly factors: SecondFactors,
    @Inject(OneTimeCodes) private readonly codes: OneTimeCodes,
    @Inject(SignInRates) private readonly rates: SignInRates,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * An unknown login is answered like a wrong password: same words, same time, same lock.
   * @throws Refusal `sign-in.wrong`, `sign-in.locked`
   */
  async signIn({
    login,
    password,
    device,
    address,
  }: AskInput<typeof SignIn>): Promise<AskReply<typeof SignIn>> {
    await this.rates.take(address, login);
    await this.attempts.count(login);
    const account = await this.#activeAccount(login.trim());
    if (!(await isRightPassword(password, account?.passwordHash ?? null)) || !account)
      throw new Refusal('sign-in.wrong');
    const outcome = await this.#transaction(async (tx) => {
      // A password that is changed at this moment ends what was there: nothing of the old one may come after it.
      const [still] = await tx.query(
        'SELECT FROM account WHERE person_id = $1 AND password_hash = $2 FOR SHARE',
        [account.personId, account.passwordHash],
      );
      if (!still) throw new Refusal('sign-in.wrong');
      // What was counted stays until the second step too was right: a known password buys no guesses of codes.
      const step = await this.factors.secondStep(tx, account.personId, login.trim());
      return step ?? this.#enter(tx, account.personId, login, device);
    });
    return 'challenge' in outcome ? outcome : this.withAccess(outcome);
  }

  /**
   * The second step of a sign-in. Wrong codes count like wrong passwords.
   * @throws Refusal `sign-in.step-ended`, `second-factor.wrong`, `sign-in.locked`
   */
  async completeSignIn({
    challenge,
    code,
    device,
    address,
  }: AskInput<typeof CompleteSignIn>): Promise<AskReply<typeof CompleteSignIn>> {
    await this.rates.take(address, null);
    const { personId, login } = await this.factors.whose(challenge);
    await this.attempts.count(login);
    const { issued, recoveryCodes } = await this.#transaction(async (tx) => ({
      recoveryCodes: await this.factors.takeStep(tx, challenge, code),
      issued: await this.#enter(tx, personId, login, device),
    }));
    return { ...(await this.withAccess(issued)), recoveryCodes };
  }

  /**
   * Sets a password with a one-time code and signs in; sessions that were open end. A second factor is asked for as
   * after any password.
   * @throws Refusal `code.wrong`, `password.weak`, `sign-in.locked`, `request.too-many`
   */
  async useCode({
    login,
    code,
    newPassword,
    device,
    address,
  }: AskInput<typeof UseCode>): Promise<AskReply<typeof UseCode>> {
    await this.rates.take(address, login);
    if (!isStrongPassword(newPassword, login.trim()))
      throw new Refusal('password.weak', { least: PASSWORD_LEAST }, 'newPassword');
    await this.attempts.count(login);
    const account = await this.#activeAccount(login.trim());
    const codeId = await this.codes.demandRight(account?.personId ?? null, code);
    const { personId } = account!;
    const passwordHash = await hashPassword(newPassword);
    const outcome = await this.#transaction(async (tx) => {
      await this.codes.use(tx, codeId);
      await tx.manager.update(Account, { personId }, { passwordHash });
      await tx.manager.update(
        Session,
        { personId, endedAt: IsNull() },
        { endedAt: tx.now, endedBecause: 'password-changed' },
      );
      await tx.manager.delete(SignInChallenge, { personId });
      const step = await this.factors.secondStep(tx, personId, login.trim());
      return step ?? this.#enter(tx, personId, login, device);
    });
    return 'challenge' in outcome ? outcome : this.withAccess(outcome);
  }

  async #enter(tx: Tx, personId: string, login: string, device: string): Promise<Issued> {
    await this.attempts.clear(tx, login);
    return this.begin(tx, personId, device, 'password');
  }

  /** Begins a session; `withAccess` gives its tokens once this is committed. */
  async begin(tx: Tx, personId: string, device: string, openedBy: Session['openedBy']): Promise<Issued> {
    await tx.manager.delete(Session, { expiresAt: LessThan(tx.now) });
    const session = tx.manager.create(Session, {
      sessionId: uuidv7(),
      personId,
      startedAt: tx.now,
      expiresAt: plusDays(tx.now, openedBy === 'provider' ? PROVIDER_SESSION_DAYS : SESSION_DAYS),
      endedAt: null,
      endedBecause: null,
      device,
      openedBy,
      seenAt: tx.now,
    });
    await tx.manager.insert(Session, session);
    return issueRefreshToken(tx, session);
  }

  /**
   * Exchanges a refresh token for a new pair. One that was used before is in two hands: its session ends. Unless the
   * answer was but lost, or two pages of a browser asked at once: for half a minute, while none of its answers is used.
   * @throws Refusal `session.ended`
   */
  async refresh(refreshToken: string): Promise<OpenedSession> {
    const issued = await this.#transaction(async (tx) => {
      const found = await lockSession(tx, refreshToken);
      if (!found) return null;
      const { token, session } = found;
      if (session.endedAt || session.expiresAt <= tx.now || token.expiresAt <= tx.now) return null;
      if (token.usedAt && !(await mayComeAgain(tx, token, token.usedAt))) {
        await tx.manager.update(Session, session.sessionId, {
          endedAt: tx.now,
          endedBecause: 'token-reused',
        });
        return null;
      }
      if (!(await tx.manager.existsBy(Person, { personId: session.personId, active: true }))) return null;
      if (session.openedBy === 'password' && (await this.factors.isMissing(tx, session.personId)))
        return null;
      const { sessionId } = session;
      if (!token.usedAt)
        await tx.manager.update(RefreshToken, { sessionId, usedAt: IsNull() }, { usedAt: tx.now });
      await tx.manager.update(Session, { sessionId }, { seenAt: tx.now });
      return issueRefreshToken(tx, session);
    });
    if (!issued) throw new Refusal('session.ended'); // thrown outside, so that the ending of the session stays
    return this.withAccess(issued);
  }

  /** @returns whether a session ended by it; a token that is not known any more is no error */
  async signOut(refreshToken: string): Promise<boolean> {
    return this.#transaction(async (tx) => {
      const found = await lockSession(tx, refreshToken);
      if (!found || found.session.endedAt) return false;
      await tx.manager.update(Session, found.session.sessionId, {
        endedAt: tx.now,
        endedBecause: 'signed-out',
      });
      return true;
    });
  }

  /** Where the caller is signed in: sessions that may still be renewed. */
  async list({ refreshToken }: AskInput<typeof ListSessions>): Promise<AskReply<typeof ListSessions>> {
    const now = this.clock.now();
    const present = await this.#sessionOf(refreshToken);
    const found = await this.database.manager.find(Session, {
      where: {
        personId: this.roster.caller(),
        endedAt: IsNull(),
        expiresAt: MoreThan(now),
        seenAt: MoreThan(plusDays(now, -REFRESH_DAYS)),
      },
      order: { seenAt: 'DESC', sessionId: 'DESC' },
      take: 100,
    });
    return {
      items: found.map(({ sessionId, device, startedAt, seenAt }) => ({
        sessionId,
        device,
        startedAt: startedAt.toISOString(),
        seenAt: seenAt.toISOString(),
        present: sessionId === present,
      })),
    };
  }

  /** @throws Refusal `not-found` when one is not the caller's; then none ends */
  async end(input: AskInput<typeof EndSessions>): Promise<AskReply<typeof EndSessions>> {
    const personId = this.roster.caller();
    const sessionIds = [...new Set(input.sessionIds)];
    return this.#transaction((tx) =>
      once(tx, EndSessions.subject, input, async () => {
        const own = { sessionId: In(sessionIds), personId };
        if ((await tx.manager.countBy(Session, own)) < sessionIds.length)
          throw new Refusal('not-found', { what: { id: 'Sesi', en: 'The session' } }, 'sessionIds');
        const { affected } = await tx.manager.update(
          Session,
          { ...own, endedAt: IsNull() },
          { endedAt: tx.now, endedBecause: 'ended' },
        );
        return { ended: affected ?? 0 };
      }),
    );
  }

  /**
   * Guesses of the present password count like those of a sign-in.
   * @throws Refusal `password.wrong`, `password.weak`, `password.unchanged`, `sign-in.locked`
   */
  async changePassword(input: AskInput<typeof ChangePassword>): Promise<AskReply<typeof ChangePassword>> {
    const { commandId, password, newPassword, refreshToken } = input;
    const personId = this.roster.caller();
    const account = await this.database.manager.findOneBy(Account, { personId });
    if (!account) throw new Refusal('access.forbidden'); // a service account has secrets instead
    const { login, passwordHash: present } = account;
    // The passwords stay out of what is kept of the command, whose hash is a fast one: done already is what holds.
    const done = await doneBefore<AskReply<typeof ChangePassword>>(
      this.database,
      ChangePassword,
      commandId,
      personId,
    );
    if (done) {
      if (await isRightPassword(newPassword, present)) return done;
      throw new Refusal('command.reused', {}, 'commandId');
    }
    if (!isStrongPassword(newPassword, login))
      throw new Refusal('password.weak', { least: PASSWORD_LEAST }, 'newPassword');
    await this.attempts.count(login);
    if (!(await isRightPassword(password, present))) throw new Refusal('password.wrong', {}, 'password');
    if (isSamePassword(newPassword, password)) throw new Refusal('password.unchanged', {}, 'newPassword');
    const goesOn = await this.#sessionOf(refreshToken);
    const passwordHash = await hashPassword(newPassword);
    return this.#transaction((tx) =>
      once(tx, ChangePassword.subject, { commandId }, async () => {
        const { affected } = await tx.manager.update(
          Account,
          { personId, passwordHash: present ?? IsNull() },
          { passwordHash },
        );
        // Changed meanwhile by another: what was given is no longer the present one.
        if (affected === 0) throw new Refusal('password.wrong', {}, 'password');
        const others = await tx.manager.update(
          Session,
          { personId, endedAt: IsNull(), ...(goesOn && { sessionId: Not(goesOn) }) },
          { endedAt: tx.now, endedBecause: 'password-changed' },
        );
        await tx.manager.delete(SignInChallenge, { personId });
        await this.attempts.clear(tx, login);
        return { ended: others.affected ?? 0 };
      }),
    );
  }

  /** The session of a refresh token, of the caller; null when there is none. */
  async #sessionOf(refreshToken: string | null): Promise<string | null> {
    if (refreshToken === null) return null;
    const [found] = await this.database.query(
      `SELECT session_id AS "sessionId" FROM refresh_token JOIN session USING (session_id)
       WHERE sha256 = $1 AND person_id = $2`,
      [sha256(refreshToken), this.roster.caller()],
    );
    return (found?.sessionId as string | undefined) ?? null;
  }

  /**
   * Sets a password and ends every session that began with the old one.
   * @returns false when the login is unknown
   */
  async setPassword(login: string, password: string): Promise<boolean> {
    const passwordHash = await hashPassword(password);
    return this.#transaction(async (tx) => {
      const [account] = await tx.query<{ person_id: string }>(
        'SELECT person_id FROM account WHERE lower(login) = lower($1) FOR UPDATE',
        [login.trim()],
      );
      if (!account) return false;
      const personId = account.person_id;
      await tx.manager.update(Account, personId, { passwordHash });
      await tx.manager.update(
        Session,
        { personId, endedAt: IsNull() },
        { endedAt: tx.now, endedBecause: 'password-changed' },
      );
      await tx.manager.delete(SignInChallenge, { personId });
      await this.attempts.clear(tx, login);
      return true;
    });
  }

  async #activeAccount(login: string): Promise<{ personId: string; passwordHash: string | null } | null> {
    const [account] = await this.database.query(
      `SELECT person_id AS "personId", password_hash AS "passwordHash" FROM account JOIN person USING (person_id)
       WHERE lower(login) = lower($1) AND active`,
      [login],
    );
    return account ?? null;
  }

  async withAccess({ refreshToken, refreshExpiresAt, personId, sessionId }: Issued): Promise<OpenedSession> {
    const access = await this.keys.sign(personId, sessionId);
    return {
      accessToken: access.token,
      accessExpiresAt: access.expiresAt.toISOString(),
      refreshToken,
      refreshExpiresAt: refreshExpiresAt.toISOString(),
      personId,
    };
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}

async function issueRefreshToken(tx: Tx, session: Session): Promise<Issued> {
  const refreshToken = randomBytes(32).toString('base64url');
  const unused = plusDays(tx.now, REFRESH_DAYS);
  const refreshExpiresAt = unused < session.expiresAt ? unused : session.expiresAt;
  await tx.manager.insert(RefreshToken, {
    sha256: sha256(refreshToken),
    sessionId: session.sessionId,
    expiresAt: refreshExpiresAt,
    usedAt: null,
  });
  return { refreshToken, refreshExpiresAt, personId: session.personId, sessionId: session.sessionId };
}

/** Whether what it gave is unused as yet: then no token of the session was used after it, and that was just now. */
const mayComeAgain = async (tx: Tx, { sessionId }: RefreshToken, usedAt: Date): Promise<boolean> =>
  usedAt >= plusMinutes(tx.now, -LOST_ANSWER_SECONDS / 60) &&
  !(await tx.manager.existsBy(RefreshToken, { sessionId, usedAt: MoreThan(usedAt) }));

/** The token and its session, locked: two uses of one token come one after the other. */
async function lockSession(
  tx: Tx,
  refreshToken: string,
): Promise<{ token: RefreshToken; session: Session } | null> {
  const key = { sha256: sha256(refreshToken) };
  const known = await tx.manager.findOneBy(RefreshToken, key);
  if (!known) return null;
  const session = await tx.manager.findOne(Session, {
    where: { sessionId: known.sessionId },
    lock: { mode: 'pessimistic_write' },
  });
  const token = await tx.manager.findOneBy(RefreshToken, key); // as it is now that the session is held
  return session && token ? { token, session } : null;
}
