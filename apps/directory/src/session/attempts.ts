import { createHash } from 'node:crypto';
import type { Clock } from '@lokmin/calendar';
import { Refusal, type AskType } from '@lokmin/contracts';
import { inTransaction, type Tx } from '@lokmin/messaging';
import { CLOCK } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { SignInAttempt } from './session.entity.ts';
import { FORGET_FAILURES_HOURS, lockedUntil, plusMinutes } from './session.rules.ts';

const ofLogin = (login: string) => ({
  loginSha256: createHash('sha256').update(login.trim().toLowerCase()).digest('hex'),
});

/** Counts wrong passwords and wrong codes of a login, together: whoever guesses either has to wait. */
@Injectable()
export class Attempts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts the attempt as failed before anything is looked at, so that guesses sent at the same moment count one by
   * one; a success clears the count.
   * @throws Refusal `sign-in.locked`
   */
  async count(login: string): Promise<void> {
    const { loginSha256 } = ofLogin(login);
    const locked = await inTransaction(
      this.database,
      () => this.clock.now(),
      async (tx) => {
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
      },
    );
    if (locked) throw new Refusal('sign-in.locked', { seconds: locked });
  }

  /** After a success. */
  async clear(tx: Tx, login: string): Promise<void> {
    await tx.manager.delete(SignInAttempt, ofLogin(login));
  }
}

/**
 * The answer of a command that was done before, for commands whose input is secret and not part of what is kept of
 * them; null when it was not done.
 * @throws Refusal `command.reused`
 */
export async function doneBefore<Reply>(
  database: Pick<DataSource, 'query'>,
  { subject }: AskType,
  commandId: string,
  personId: string,
): Promise<Reply | null> {
  const [found] = await database.query(
    'SELECT person_id, operation, reply FROM command WHERE command_id = $1',
    [commandId],
  );
  if (!found) return null;
  if (found.person_id !== personId || found.operation !== subject)
    throw new Refusal('command.reused', {}, 'commandId');
  return found.reply as Reply;
}
