import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@lokmin/calendar';
import { Refusal, type AskReply, type SignIn } from '@lokmin/contracts';
import { inTransaction, type Tx } from '@lokmin/messaging';
import { CLOCK } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThan, MoreThan } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Person } from '../person/person.entity.ts';
import { Keys } from './keys.ts';
import { hashPassword, isRightPassword } from './password.ts';
import { Account, RefreshToken, Session, SignInAttempt } from './session.entity.ts';
import {
  FORGET_FAILURES_HOURS,
  lockedUntil,
  LOST_ANSWER_SECONDS,
  plusDays,
  plusMinutes,
  REFRESH_DAYS,
  SESSION_DAYS,
} from './session.rules.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Tokens = AskReply<typeof SignIn>;
type Issued = { refreshToken: string; refreshExpiresAt: Date; personId: string };

/** Signing in, staying signed in, signing out. */
@Injectable()
export class Sessions {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * An unknown login is answered like a wrong password: same words, same time, same lock.
   * @throws Refusal `sign-in.wrong`, `sign-in.locked`
   */
  async signIn(login: string, password: string): Promise<Tokens> {
    const loginSha256 = sha256(login.trim().toLowerCase());
    await this.#countAttempt(loginSha256);
    const account = await this.#activeAccount(login.trim());
    if (!(await isRightPassword(password, account?.passwordHash ?? null)) || !account)
      throw new Refusal('sign-in.wrong');
    const issued = await this.#transaction(async (tx) => {
      await tx.manager.delete(SignInAttempt, { loginSha256 });
      await tx.manager.delete(Session, { expiresAt: LessThan(tx.now) });
      const session = tx.manager.create(Session, {
        sessionId: uuidv7(),
        personId: account.personId,
        startedAt: tx.now,
        expiresAt: plusDays(tx.now, SESSION_DAYS),
        endedAt: null,
        endedBecause: null,
      });
      await tx.manager.insert(Session, session);
      return issueRefreshToken(tx, session);
    });
    return this.#withAccess(issued);
  }

  /**
   * Exchanges a refresh token for a new pair. One that was used before is in two hands: its session ends. Unless the
   * answer was but lost, or two pages of a browser asked at once: for half a minute, while none of its answers is used.
   * @throws Refusal `session.ended`
   */
  async refresh(refreshToken: string): Promise<Tokens> {
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
      const { sessionId } = session;
      if (!token.usedAt)
        await tx.manager.update(RefreshToken, { sessionId, usedAt: IsNull() }, { usedAt: tx.now });
      return issueRefreshToken(tx, session);
    });
    if (!issued) throw new Refusal('session.ended'); // thrown outside, so that the ending of the session stays
    return this.#withAccess(issued);
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
      await tx.manager.delete(SignInAttempt, { loginSha256: sha256(login.trim().toLowerCase()) });
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

  /**
   * Counts the attempt as failed before the password is looked at, so that guesses sent at the same moment count one
   * by one; a success clears the count.
   * @throws Refusal `sign-in.locked`
   */
  async #countAttempt(loginSha256: string): Promise<void> {
    const locked = await this.#transaction(async (tx) => {
      const forgetBefore = plusMinutes(tx.now, -FORGET_FAILURES_HOURS * 60);
      await tx.manager.delete(SignInAttempt, { lastAt: LessThan(forgetBefore) });
      const [attempt] = await tx.query<{ failures: number; locked_until: Date | null }>(
        `INSERT INTO sign_in_attempt (login_sha256, failures, last_at) VALUES ($1, 0, $2)
         ON CONFLICT (login_sha256) DO UPDATE SET last_at = excluded.last_at RETURNING failures, locked_until`,
        [loginSha256, tx.now],
      );
      const { failures: before, locked_until: until } = attempt!;
      if (until && until > tx.now) return Math.ceil((until.getTime() - tx.now.getTime()) / 1000);
      const failures = before + 1;
      await tx.manager.update(SignInAttempt, loginSha256, {
        failures,
        lockedUntil: lockedUntil(failures, tx.now),
      });
      return null;
    });
    if (locked) throw new Refusal('sign-in.locked', { seconds: locked });
  }

  async #withAccess({ refreshToken, refreshExpiresAt, personId }: Issued): Promise<Tokens> {
    const access = await this.keys.sign(personId);
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
  return { refreshToken, refreshExpiresAt, personId: session.personId };
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
