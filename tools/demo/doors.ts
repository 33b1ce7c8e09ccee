/** The doors by which demonstrations, benchmarks and tests load a district: the same that people use. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal, SignIn, type AskReply, type AskType } from '@lokmin/contracts';
import { askService, ServiceUnavailable, type Bus } from '@lokmin/messaging';
import type { z } from 'zod';

/** Facts need moments to travel; after this something is wrong. */
const PATIENCE_MS = 60_000;

/** One row of `people.csv`: a post. */
export interface PersonRow {
  login: string;
  role: string;
  unit_code: string;
  title: string;
}

/** Imports a file of values. @throws Retry with what the import said, when it refuses for longer than news travels */
export async function importFile(
  address: string,
  token: string,
  name: string,
  body: string | Buffer,
): Promise<void> {
  await eventually(async () => {
    const response = await fetch(
      `${address}/imports/values?commandId=${randomUUID()}&name=${encodeURIComponent(name)}`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
        body: body as BodyInit,
      },
    );
    // Units that have not arrived yet are unknown at first.
    if (!response.ok)
      throw new Retry(`The results could not be imported: ${(await response.text()).slice(0, 500)}`);
  });
}

/** @returns an access token */
export const signIn = async (bus: Bus, login: string, password: string): Promise<string> => {
  let token = '';
  await eventually(async () => {
    const reply = await ask(bus, undefined, SignIn, { login, password });
    if ('challenge' in reply) throw new Error(`${login} signs in with a second factor`);
    token = reply.accessToken;
  });
  return token;
};

/** Asks as the command line does. */
export const ask = <A extends AskType>(
  bus: Bus,
  token: string | undefined,
  type: A,
  input: z.input<A['input']>,
): Promise<AskReply<A>> => askService(bus, type, input, { token, deadlineMs: 30_000 });

/** Takes one refusal for done: an earlier load did it. */
export async function passingOver(code: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === code)) throw error;
  });
}

/** Not yet: something that was just told to one service has not reached another. */
export class Retry extends Error {}
/** Refusals by a service that has not heard yet of a person, a post, a key or a bundle. */
const EARLY = ['access.signed-out', 'access.forbidden', 'not-found', 'bundle.missing'];

/** Repeats work that is refused only because news has not travelled yet, for a minute at most. */
export async function eventually(work: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const early =
        error instanceof Retry ||
        error instanceof ServiceUnavailable ||
        (error instanceof Refusal && EARLY.includes(error.code));
      if (!early || performance.now() > giveUpAt) throw error;
      await delay(100);
    }
  }
}
