import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@lokmin/calendar';
import {
  ConfirmSecondFactor,
  Refusal,
  RemoveSecondFactor,
  StartSecondFactor,
  TurnOffSecondFactor,
  type AskInput,
  type AskReply,
  type SecondFactor as AskSecondFactor,
  type SecondStep,
} from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { DIRECTORY_CONFIG, type DirectoryConfig } from '../config.ts';
import { demandAnswersFor } from '../person/reach.ts';
import { Attempts, doneBefore } from './attempts.ts';
import { isRightPassword, makeCode } from './password.ts';
import { Seal } from './seal.ts';
import {
  newFactorKey,
  OFFER_MINUTES,
  offerOf,
  plainCode,
  RECOVERY_CODES,
  STEP_MINUTES,
  stepOfCode,
} from './second-factor.rules.ts';
import {
  Account,
  OfferedFactor,
  RecoveryCode,
  SecondFactor,
  Session,
  SignInChallenge,
} from './session.entity.ts';
import { plusMinutes } from './session.rules.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The codes of an application on the person's phone, asked for after the password. */
@Injectable()
export class SecondFactors {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(Seal) private readonly seal: Seal,
    private readonly roster: Roster,
    @Inject(DIRECTORY_CONFIG) private readonly config: DirectoryConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What a person whose password was right has to do yet; null: nothing. Somebody whose posts demand a second factor
   * and who has none is shown a key, of this one sign-in alone.
   */
  async secondStep(tx: Tx, personId: string, login: string): Promise<SecondStep | null> {
    const has = await tx.manager.existsBy(SecondFactor, { personId });
    if (!has && !(await this.isRequired(tx, personId))) return null;
    const key = has ? null : newFactorKey();
    const challenge = randomBytes(32).toString('base64url');
    const expiresAt = plusMinutes(tx.now, key ? OFFER_MINUTES : STEP_MINUTES);
    await tx.manager.delete(SignInChallenge, { expiresAt: LessThanOrEqual(tx.now) });
    await tx.manager.insert(SignInChallenge, {
      sha256: sha256(challenge),
      personId,
      sealedKey: key && this.seal.close(key, personId),
      expiresAt,
    });
    return {
      challenge,
      challengeExpiresAt: expiresAt.toISOString(),
      setUp: key && offerOf(key, login),
    };
  }

  /** Whose sign-in a challenge is. @throws Refusal `sign-in.step-ended` */
  async whose(challenge: string): Promise<{ personId: string; login: string }> {
    const [found] = await this.database.query(
      `SELECT person_id AS "personId", login FROM sign_in_challenge JOIN account USING (person_id) JOIN person USING (person_id)
       WHERE sha256 = $1 AND expires_at > $2 AND active`,
      [sha256(challenge), this.clock.now()],
    );
    if (!found) throw new Refusal('sign-in.step-ended');
    return found;
  }

  /**
   * Takes the second step of a sign-in; its challenge is gone afterwards.
   * @returns recovery codes where the factor was set up by it
   * @throws Refusal `sign-in.step-ended`, `second-factor.wrong`
   */
  async takeStep(tx: Tx, challenge: string, code: string): Promise<string[] | null> {
    const step = await tx.manager.findOne(SignInChallenge, {
      where: { sha256: sha256(challenge) },
      lock: { mode: 'pessimistic_write' },
    });
    if (!step || step.expiresAt <= tx.now) throw new Refusal('sign-in.step-ended');
    const { personId, sealedKey } = step;
    let codes: string[] | null = null;
    if (sealedKey === null) {
      if (!(await this.prove(tx, personId, code))) throw new Refusal('second-factor.wrong', {}, 'code');
    } else {
      // Whoever set one up meanwhile, it is that one which counts now.
      if (await tx.manager.existsBy(SecondFactor, { personId })) throw new Refusal('sign-in.step-ended');
      codes = await this.#confirm(tx, personId, sealedKey, code);
    }
    await tx.manager.delete(SignInChallenge, { sha256: step.sha256 });
    return codes;
  }

  /** Whether the code is right; it is used up by this. Without a factor none is. */
  async prove(tx: Tx, personId: string, typed: string): Promise<boolean> {
    const factor = await tx.manager.findOne(SecondFactor, {
      where: { personId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!factor) return false;
    const code = plainCode(typed);
    const step = stepOfCode(this.seal.open(factor.sealedKey, personId), code, tx.now, factor.lastStep);
    if (step !== null) {
      await tx.manager.update(SecondFactor, { personId }, { lastStep: step });
      return true;
    }
    const { affected } = await tx.manager.update(
      RecoveryCode,
      { personId, hmac: this.seal.hash(code, personId), usedAt: IsNull() },
      { usedAt: tx.now },
    );
    return affected === 1;
  }

  /** Whether a post of today demands a second factor. */
  async isRequired(db: Pick<Tx, 'query'>, personId: string): Promise<boolean> {
    const roles = this.config.LOKMIN_SECOND_FACTOR_ROLES;
    if (roles.length === 0) return false;
    const found = await db.query(
      `SELECT FROM post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code
       WHERE person_id = $1 AND role = ANY ($2) AND ($3::timestamptz AT TIME ZONE district.time_zone)::date
         BETWEEN post.valid_from AND coalesce(post.valid_to, 'infinity') LIMIT 1`,
      [personId, roles, this.clock.now()],
    );
    return found.length > 0;
  }

  /** A session may not outlive the day on which its person has to have a second factor, and has none. */
  async isMissing(tx: Tx, personId: string): Promise<boolean> {
    return (await this.isRequired(tx, personId)) && !(await tx.manager.existsBy(SecondFactor, { personId }));
  }

  /** How the caller's second factor stands. */
  async state(): Promise<AskReply<typeof AskSecondFactor>> {
    const personId = this.roster.caller();
    const { manager } = this.database;
    const factor = await manager.findOneBy(SecondFactor, { personId });
    return {
      since: factor?.since.toISOString() ?? null,
      required: await this.isRequired(manager, personId),
      recoveryCodesLeft: await manager.countBy(RecoveryCode, { personId, usedAt: IsNull() }),
    };
  }

  /**
   * Shows the caller a new key; it counts once its first code was given. While a factor is on, a code of it is needed:
   * so a telephone is changed, and so new recovery codes are made.
   * @throws Refusal `password.wrong`, `second-factor.code-needed`, `second-factor.wrong`, `second-factor.offer-ended`, `sign-in.locked`
   */
  async start(input: AskInput<typeof StartSecondFactor>): Promise<AskReply<typeof StartSecondFactor>> {
    const { commandId, password, code } = input;
    const personId = this.roster.caller();
    const login = await this.#demandPassword(personId, password);
    const done = await doneBefore(this.database, StartSecondFactor, commandId, personId);
    return this.#transaction(async (tx) => {
      if (!done) {
        if (await tx.manager.existsBy(SecondFactor, { personId })) {
          if (code === null) throw new Refusal('second-factor.code-needed', {}, 'code');
          if (!(await this.prove(tx, personId, code))) throw new Refusal('second-factor.wrong', {}, 'code');
        }
        await once(tx, StartSecondFactor.subject, { commandId }, async () => {
          const offer = {
            personId,
            sealedKey: this.seal.close(newFactorKey(), personId),
            expiresAt: plusMinutes(tx.now, OFFER_MINUTES),
          };
          await tx.manager.upsert(OfferedFactor, offer, ['personId']);
          return {}; // the key stays out of what is kept of a command
        });
      }
      await this.attempts.clear(tx, login);
      const offered = await this.#offered(tx, personId);
      return offerOf(this.seal.open(offered.sealedKey, personId), login);
    });
  }

  /**
   * Turns the offered key on by its first code; every other session of the caller ends.
   * @throws Refusal `second-factor.wrong`, `second-factor.offer-ended`, `second-factor.codes-shown`, `sign-in.locked`
   */
  async confirm(input: AskInput<typeof ConfirmSecondFactor>): Promise<AskReply<typeof ConfirmSecondFactor>> {
    const { commandId, code, refreshToken } = input;
    const personId = this.roster.caller();
    const { login } = await this.database.manager.findOneByOrFail(Account, { personId });
    await this.attempts.count(login);
    const { ended, recoveryCodes } = await this.#transaction(async (tx) => {
      let recoveryCodes: string[] | null = null;
      const { ended } = await once(tx, ConfirmSecondFactor.subject, { commandId }, async () => {
        const { sealedKey } = await this.#offered(tx, personId);
        recoveryCodes = await this.#confirm(tx, personId, sealedKey, code);
        await tx.manager.delete(OfferedFactor, { personId });
        const [present] = await tx.query<{ id: string }>(
          `SELECT session_id AS id FROM refresh_token JOIN session USING (session_id) WHERE sha256 = $1 AND person_id = $2`,
          [refreshToken === null ? '' : sha256(refreshToken), personId],
        );
        return { ended: await this.#endSessions(tx, personId, present?.id) };
      });
      await this.attempts.clear(tx, login);
      return { ended, recoveryCodes: recoveryCodes as string[] | null };
    });
    if (!recoveryCodes) throw new Refusal('second-factor.codes-shown');
    return { recoveryCodes, ended };
  }

  /** @throws Refusal `second-factor.off`, `second-factor.required`, `password.wrong`, `second-factor.wrong`, `sign-in.locked` */
  async turnOff(input: AskInput<typeof TurnOffSecondFactor>): Promise<AskReply<typeof TurnOffSecondFactor>> {
    const { commandId, password, code } = input;
    const personId = this.roster.caller();
    const login = await this.#demandPassword(personId, password);
    const done = await doneBefore<AskReply<typeof TurnOffSecondFactor>>(
      this.database,
      TurnOffSecondFactor,
      commandId,
      personId,
    );
    return this.#transaction(async (tx) => {
      if (done) {
        await this.attempts.clear(tx, login);
        return done;
      }
      if (!(await tx.manager.existsBy(SecondFactor, { personId }))) throw new Refusal('second-factor.off');
      if (await this.isRequired(tx, personId)) throw new Refusal('second-factor.required');
      if (!(await this.prove(tx, personId, code))) throw new Refusal('second-factor.wrong', {}, 'code');
      await this.attempts.clear(tx, login);
      return once(tx, TurnOffSecondFactor.subject, { commandId }, async () => {
        await this.#takeOff(tx, personId);
        return { off: true };
      });
    });
  }

  /**
   * Takes the factor off somebody who lost it. The person's sessions end; where their posts demand a factor, the next
   * sign-in sets up another one.
   * @throws Refusal `not-found`, `access.forbidden`, `access.further-reach`, `second-factor.own`
   */
  async remove(input: AskInput<typeof RemoveSecondFactor>): Promise<AskReply<typeof RemoveSecondFactor>> {
    const { personId } = input;
    await demandAnswersFor(
      this.database,
      this.roster,
      'second-factor.remove',
      [personId],
      this.clock.now(),
      () => 'personId',
    );
    if (personId === this.roster.caller()) throw new Refusal('second-factor.own');
    return this.#transaction((tx) =>
      once(tx, RemoveSecondFactor.subject, input, async () => {
        const removed = await this.#takeOff(tx, personId);
        return { removed, ended: removed ? await this.#endSessions(tx, personId) : 0 };
      }),
    );
  }

  /** For operators. @returns null for an unknown login, else whether there was a factor */
  async removeOf(login: string): Promise<boolean | null> {
    return this.#transaction(async (tx) => {
      const [account] = await tx.query<{ person_id: string }>(
        'SELECT person_id FROM account WHERE lower(login) = lower($1)',
        [login.trim()],
      );
      if (!account) return null;
      const removed = await this.#takeOff(tx, account.person_id);
      if (removed) await this.#endSessions(tx, account.person_id);
      await this.attempts.clear(tx, login);
      return removed;
    });
  }

  async #takeOff(tx: Tx, personId: string): Promise<boolean> {
    await tx.manager.delete(SignInChallenge, { personId });
    await tx.manager.delete(OfferedFactor, { personId });
    await tx.manager.delete(RecoveryCode, { personId });
    const { affected } = await tx.manager.delete(SecondFactor, { personId });
    return affected === 1;
  }

  async #endSessions(tx: Tx, personId: string, except?: string): Promise<number> {
    const { affected } = await tx.manager.update(
      Session,
      { personId, endedAt: IsNull(), ...(except && { sessionId: Not(except) }) },
      { endedAt: tx.now, endedBecause: 'second-factor' },
    );
    return affected ?? 0;
  }

  /** @throws Refusal `second-factor.wrong` */
  async #confirm(tx: Tx, personId: string, sealedKey: string, code: string): Promise<string[]> {
    const step = stepOfCode(this.seal.open(sealedKey, personId), plainCode(code), tx.now, 0);
    if (step === null) throw new Refusal('second-factor.wrong', {}, 'code');
    await tx.manager.upsert(SecondFactor, { personId, sealedKey, since: tx.now, lastStep: step }, [
      'personId',
    ]);
    const codes = Array.from({ length: RECOVERY_CODES }, () => makeCode(3, 4));
    await tx.manager.delete(RecoveryCode, { personId });
    await tx.manager.insert(
      RecoveryCode,
      codes.map((each, i) => ({
        personId,
        number: i + 1,
        hmac: this.seal.hash(plainCode(each), personId),
        usedAt: null,
      })),
    );
    return codes;
  }

  async #offered(tx: Tx, personId: string): Promise<OfferedFactor> {
    const offered = await tx.manager.findOne(OfferedFactor, {
      where: { personId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!offered || offered.expiresAt <= tx.now) throw new Refusal('second-factor.offer-ended');
    return offered;
  }

  /** Guesses count like those of a sign-in. @returns the login @throws Refusal `password.wrong`, `sign-in.locked` */
  async #demandPassword(personId: string, password: string): Promise<string> {
    const { login, passwordHash } = await this.database.manager.findOneByOrFail(Account, { personId });
    await this.attempts.count(login);
    if (!(await isRightPassword(password, passwordHash))) throw new Refusal('password.wrong', {}, 'password');
    return login;
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}
