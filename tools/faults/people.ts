import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal, SignIn, type AskReply, type AskType } from '@lokmin/contracts';
import { askService, ServiceUnavailable, type Bus } from '@lokmin/messaging';
import type { z } from 'zod';
import type { Entry, Ledger } from './ledger.ts';

const DEADLINE_MS = 2_500;
const PATIENCE_MS = 120_000;
const RETRY_MS = 100;

/** People at work: each is signed in when needed, and asks again, with the same command id, until there is an answer. */
export class People {
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(
    private readonly bus: Bus,
    private readonly password: string,
    private readonly ledger: Ledger,
  ) {}

  /** Asks until there is an answer. @throws Refusal that is one */
  async ask<A extends AskType>(login: string, type: A, input: z.input<A['input']>): Promise<AskReply<A>> {
    return this.#untilAnswered(
      async () =>
        askService(this.bus, type, input, { token: await this.#token(login), deadlineMs: DEADLINE_MS }),
      login,
    );
  }

  /** Sends a command and keeps it in the ledger. @throws Refusal that is an answer */
  async command<A extends AskType>(
    login: string,
    type: A,
    input: Omit<z.input<A['input']>, 'commandId'>,
    about: { unit: string; period: string | null },
  ): Promise<AskReply<A>> {
    const entry = this.ledger.note({
      commandId: randomUUID(),
      service: type.service as Entry['service'],
      verb: type.subject.split('.').at(-1)!,
      ...about,
    });
    const payload = { commandId: entry.commandId, ...input } as z.input<A['input']>;
    try {
      const answer = await this.#untilAnswered(
        async () => {
          const token = await this.#token(login);
          entry.tries++;
          return askService(this.bus, type, payload, { token, deadlineMs: DEADLINE_MS });
        },
        login,
        (why) => this.ledger.unanswered(entry, why),
      );
      this.ledger.answered(entry, answer);
      return answer;
    } catch (error) {
      this.ledger.answered(entry, { refused: error instanceof Refusal ? error.code : String(error) });
      throw error;
    }
  }

  /** A token for a door over HTTP. */
  tokenOf(login: string): Promise<string> {
    return this.#untilAnswered(() => this.#token(login), login);
  }

  async #untilAnswered<T>(
    work: () => Promise<T>,
    login: string,
    onRetry: (why: string) => void = () => {},
  ): Promise<T> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const why = noAnswer(error);
        if (!why || performance.now() > giveUpAt) throw error;
        if (why === 'access.signed-out') this.#tokens.delete(login);
        onRetry(why);
        await delay(RETRY_MS);
      }
    }
  }

  /** One sign-in at a time for each person; the token serves until it is refused. */
  #token(login: string): Promise<string> {
    const known = this.#tokens.get(login);
    if (known) return known;
    const signingIn = askService(
      this.bus,
      SignIn,
      { login, password: this.password },
      { deadlineMs: 2 * DEADLINE_MS },
    ).then((reply) => {
      if ('challenge' in reply) throw new Error(`${login} signs in with a second factor`);
      return reply.accessToken;
    });
    this.#tokens.set(login, signingIn);
    signingIn.catch(() => this.#tokens.delete(login));
    return signingIn;
  }
}

/** What a person would try again after, in one word; undefined for an answer. */
function noAnswer(error: unknown): string | undefined {
  if (error instanceof ServiceUnavailable) return 'no answer';
  if (!(error instanceof Refusal)) return undefined;
  // A service that was just started may not know the person's post yet: its roster is catching up.
  return ['service.unavailable', 'access.signed-out'].includes(error.code) ? error.code : undefined;
}
