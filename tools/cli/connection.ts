import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import {
  CompleteSignIn,
  RefreshSession,
  SignIn,
  type AskInput,
  type AskReply,
  type AskType,
} from '@lokmin/contracts';
import { askService, connectBus, type Bus, type Log } from '@lokmin/messaging';
import type { z } from 'zod';

const checkout = join(import.meta.dirname, '../..');
/** An import hashes passwords and writes thousands of rows; a person waits at the terminal. */
const DEADLINE_MS = 120_000;
const CONNECT_MS = 5_000;
/** A token is renewed before it has less than this left. */
const LEFT_MS = 60_000;

/** Something the operator can mend; it ends the command with `exitCode` and its words alone. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Where the system is and what lets this process in. */
export interface Place {
  natsUrl: string;
  natsPassword: string;
  /** Where values are uploaded; null: unknown. */
  valuesUrl: string | null;
  /** Of the gateway; null: unknown. */
  address: string | null;
  /** Environment of the directory's own process, for its commands; null where that runs elsewhere. */
  directory: Record<string, string> | null;
}

type Env = Record<string, string | undefined>;

/** From the variables when LOKMIN_NATS_URL is set, else from the data folder of a local system. @throws Problem */
export function findPlace(env: Env): Place {
  if (!env['LOKMIN_NATS_URL']) return localPlace(env);
  const natsPassword = env['LOKMIN_NATS_PASSWORD'];
  if (!natsPassword)
    throw new Problem(
      'LOKMIN_NATS_URL is set, so LOKMIN_NATS_PASSWORD (of the NATS user cli) is needed too.',
      2,
    );
  return {
    natsUrl: env['LOKMIN_NATS_URL'],
    natsPassword,
    valuesUrl: valuesUrl(env, null),
    address: env['LOKMIN_ADDRESS'] || null,
    directory: directoryBeside(env),
  };
}

/** Where the command line may work on the directory's own database, as in a container of its own. */
function directoryBeside(env: Env): Record<string, string> | null {
  const database = env['LOKMIN_DIRECTORY_DATABASE_URL'];
  const password = env['LOKMIN_DIRECTORY_NATS_PASSWORD'];
  if (!database || !password) return null;
  return {
    LOKMIN_NATS_USER: 'directory',
    LOKMIN_NATS_PASSWORD: password,
    LOKMIN_DATABASE_URL: database,
    LOKMIN_HTTP_PORT: '0',
  };
}

/** What `npm start` wrote into its data folder. */
interface Secrets {
  nats: Record<string, string>;
  databases: Record<string, string>;
}
interface Addresses {
  address: string;
  natsUrl: string;
  superuserUrl: string;
}

function localPlace(env: Env): Place {
  const home = resolve(env['INIT_CWD'] ?? '.', env['LOKMIN_HOME'] || join(checkout, '.lokmin'));
  const read = <T>(name: string): T => {
    const file = join(home, name);
    if (!existsSync(file))
      throw new Problem(
        `There is no running system in ${home} (${name} is missing).\n` +
          'Start it with `npm start`, name its data folder in LOKMIN_HOME, or set LOKMIN_NATS_URL and LOKMIN_NATS_PASSWORD.',
        3,
      );
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  };
  const secrets = read<Secrets>('secrets.json');
  const addresses = read<Addresses>(join('run', 'addresses.json'));
  const database = new URL(addresses.superuserUrl);
  database.username = database.pathname = 'directory';
  database.password = secrets.databases['directory']!;
  return {
    natsUrl: addresses.natsUrl,
    natsPassword: secrets.nats['cli']!,
    valuesUrl: valuesUrl(env, addresses.address),
    address: env['LOKMIN_ADDRESS'] || addresses.address,
    directory: {
      NODE_ENV: 'development',
      LOKMIN_NATS_URL: addresses.natsUrl,
      LOKMIN_NATS_USER: 'directory',
      LOKMIN_NATS_PASSWORD: secrets.nats['directory']!,
      LOKMIN_DATABASE_URL: database.href,
      LOKMIN_HTTP_PORT: '0',
    },
  };
}

/** Through the gateway, or straight to the indicators service where that is named. */
function valuesUrl(env: Env, address: string | null): string | null {
  if (env['LOKMIN_INDICATORS_URL']) return `${env['LOKMIN_INDICATORS_URL']}/imports/values`;
  const gateway = env['LOKMIN_ADDRESS'] || address;
  return gateway && `${gateway}/files/values`;
}

/** A signed-in connection. */
export interface Session {
  /** An access token that holds for a minute at least: long work asks for it again and again. */
  token(): Promise<string>;
  ask<A extends AskType>(ask: A, input: z.input<A['input']>): Promise<AskReply<A>>;
}

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Signs in with LOKMIN_LOGIN and LOKMIN_PASSWORD (and LOKMIN_CODE), asking at the terminal for what is missing, and runs `work`.
 * @throws Problem, Refusal, ServiceUnavailable
 */
export async function signedIn<T>(
  env: Env,
  work: (session: Session, place: Place) => Promise<T>,
): Promise<T> {
  const place = findPlace(env);
  const credentials = await askCredentials(env);
  const bus = await connect(place);
  const ask = <A extends AskType>(to: A, input: z.input<A['input']>, token?: string) =>
    askService(bus, to, input, { token, deadlineMs: DEADLINE_MS });
  try {
    let session = await signIn(env, ask, credentials);
    const token = async () => {
      if (Date.parse(session.accessExpiresAt) - Date.now() < LEFT_MS)
        session = await ask(RefreshSession, { refreshToken: session.refreshToken });
      return session.accessToken;
    };
    return await work({ token, ask: async (to, input) => ask(to, input, await token()) }, place);
  } finally {
    await bus.close();
  }
}

/** A code of a second factor is LOKMIN_CODE, or asked for at the terminal */
async function signIn(
  env: Env,
  ask: <A extends AskType>(to: A, input: z.input<A['input']>) => Promise<AskReply<A>>,
  credentials: AskInput<typeof SignIn>,
): Promise<AskReply<typeof RefreshSession>> {
  const reply = await ask(SignIn, credentials);
  if (!('challenge' in reply)) return reply;
  if (reply.setUp)
    throw new Problem(
      'This account has to have a second factor: sign in with the browser once to set it up.',
    );
  const code = env['LOKMIN_CODE'] || (await prompt('Code', false));
  const { challenge } = reply;
  const { device } = credentials;
  return ask(CompleteSignIn, { challenge, code, device });
}

/** Our services wait for NATS for ever; a person at a terminal wants to be told. */
async function connect({ natsUrl, natsPassword }: Place): Promise<Bus> {
  try {
    return await connectBus({
      url: natsUrl,
      user: 'cli',
      password: natsPassword,
      log: quiet,
      firstConnectMs: CONNECT_MS,
    });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Problem(`NATS does not answer at ${natsUrl} (${reason}). Is the system running?`, 3);
  }
}

async function askCredentials(env: Env): Promise<AskInput<typeof SignIn>> {
  const login = env['LOKMIN_LOGIN'] || (await prompt('Login', false));
  const password = env['LOKMIN_PASSWORD'] || (await prompt('Password', true));
  return { login, password, device: 'lokmin (command line)', address: null };
}

async function prompt(what: 'Login' | 'Password' | 'Code', hidden: boolean): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Problem(
      what === 'Code'
        ? 'This account has a second factor: set LOKMIN_CODE to a present code of its application.'
        : 'Sign in as an administrator: set LOKMIN_LOGIN and LOKMIN_PASSWORD.',
      2,
    );
  let shown = true;
  const output = new Writable({
    write: (chunk, _encoding, done) => (shown ? process.stdout.write(chunk, () => done()) : done()),
  });
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    const answer = terminal.question(`${what}: `);
    shown = !hidden; // the question stands on the screen; the answer need not
    return await answer;
  } finally {
    terminal.close();
    if (hidden) process.stdout.write('\n');
  }
}
