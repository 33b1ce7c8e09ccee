/**
 * The whole system on one machine, every part its own process: PostgreSQL, nats-server, provisioner, services, gateway, and a
 * mailbox that catches what is mailed.
 * `npm start`, the end-to-end tests, the fault test and the benchmark all start it here.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { SERVICES, type ServiceName } from '@lokmin/contracts';
import {
  freePort,
  isPortFree,
  isSameProcess,
  lastLines,
  readRecord,
  startNatsServer,
  startPostgres,
  startProcess,
  stopLeftover,
  writeRecord,
  type RunningProcess,
} from '@lokmin/engines';
import { NATS_USERS, natsServerConfiguration, type NatsUser } from '@lokmin/messaging';
import { makeDatabases } from './databases.ts';
import { makeFolder } from './folder.ts';
import { openSecrets, type Secrets } from './secrets.ts';

const checkout = join(import.meta.dirname, '../..');

export type AppName = 'provisioner' | ServiceName | 'gateway' | 'mailbox';
export type ProcessName = 'postgres' | 'nats' | AppName;

export interface SystemOptions {
  /** Data folder; made when it is not there. */
  home: string;
  /** Choose loopback ports, after leftovers were stopped; a free one where left out. */
  choosePort?: Partial<Record<AppName, () => Promise<number>>>;
  /** Password of the demonstration accounts, used when `home` is new. */
  demoPassword?: string;
  /** `test` allows the test clock. */
  mode?: 'development' | 'test';
  /** A nats-server of one's own, instead of one that is started here. */
  natsUrl?: string;
  logLevel?: string;
  /** More variables for every process of ours. */
  environment?: Record<string, string>;
  /** PostgreSQL settings, such as `fastPostgresSettings` in tests. */
  postgresSettings?: Record<string, string>;
  /** Hears what is being done, one line each. */
  report?: (line: string) => void;
  /** Ends the start early; what was started is stopped. */
  signal?: AbortSignal;
}

/** Starts, stops and disturbs single processes. One that ends by itself is started again, with growing delay. */
export interface Processes {
  readonly names: readonly ProcessName[];
  isRunning(name: ProcessName): boolean;
  pid(name: ProcessName): number | undefined;
  /** Starts it again, on its old port, and waits until it is ready. */
  start(name: ProcessName): Promise<void>;
  /** Stops it in order; it stays down until `start`. */
  stop(name: ProcessName): Promise<void>;
  /** SIGKILL; it stays down until `start`. */
  kill(name: ProcessName): Promise<void>;
  /** Freezes it: connections stay, answers stop. */
  pause(name: ProcessName): void;
  resume(name: ProcessName): void;
}

export interface System {
  /** Where people go: the address of the gateway. */
  readonly address: string;
  readonly home: string;
  readonly secrets: Secrets;
  readonly natsUrl: string;
  /** Folder of nats-server, with JetStream's files in `jetstream/`; empty when it is somebody else's server. */
  readonly natsFolder: string;
  readonly superuserUrl: string;
  /** Where the mailbox takes mail, on loopback. */
  readonly mailboxPort: number;
  /** Loopback address of a process's own HTTP door (health, files). */
  addressOf(name: AppName): string;
  databaseUrl(service: ServiceName): string;
  readonly processes: Processes;
  /**
   * Runs an operators' command of a service (`apps/<service>/src/service.ts`) in an environment like the service's own.
   * @throws Error with what it printed when it fails
   */
  command(service: ServiceName, parameters: string[], environment?: Record<string, string>): Promise<void>;
  /** Starts one more gateway beside the first, on a port of its own. Whoever asks for it stops it, before the system. */
  anotherGateway(): Promise<{ readonly address: string } & Pick<RunningProcess, 'pause' | 'resume' | 'stop'>>;
  /** Stops everything in order: gateway, services, provisioner, mailbox, NATS, PostgreSQL. Calling it again is harmless. */
  stop(): Promise<void>;
}

/** A system is running on this data folder already. */
export class AlreadyRunning extends Error {
  readonly address: string | undefined;
  constructor(home: string, pid: number, address: string | undefined) {
    super(`Lokmin is running already on ${home} (process ${pid})${address ? `: ${address}` : ''}`);
    this.address = address;
  }
}

const READY_MS = 120_000;
const STOP_MS = 20_000;
const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 30_000;
/** A process that ran this long is started again at once when it ends. */
const STEADY_MS = 60_000;

interface Part {
  name: ProcessName;
  /** Starts the process; for the engines, until it answers. */
  spawn(): Promise<RunningProcess>;
  ready(running: RunningProcess): Promise<void>;
  running?: RunningProcess;
  startedAt: number;
  /** Whether it should run; false while somebody has stopped or killed it. */
  wanted: boolean;
  /** Whether it was ready once: before that, its end is a failed start and not a crash. */
  supervised: boolean;
  restarting: boolean;
  restartMs: number;
  /** Starts and stops of one part happen one after the other. */
  turn: Promise<unknown>;
}

/** @throws AlreadyRunning; Error that says which step failed, with the end of the log where there is one */
export async function startSystem(options: SystemOptions): Promise<System> {
  const home = resolve(options.home);
  const { report = () => {}, signal, mode = 'development' } = options;
  const logs = join(home, 'logs');
  const records = join(home, 'run');
  const lock = join(records, 'system.json');
  const apps: readonly AppName[] = ['mailbox', 'provisioner', ...SERVICES, 'gateway'];
  // Root's PostgreSQL runs as another user and has to pass through.
  makeFolder(home, 'LOKMIN_HOME');
  for (const folder of [logs, records]) makeFolder(folder, 'LOKMIN_HOME', 0o700);
  takeLock(lock, home);

  const parts = new Map<ProcessName, Part>();
  let stopping: Promise<void> | undefined;
  const down = async (part: Part, how: (running: RunningProcess) => Promise<void>) => {
    part.wanted = false;
    if (part.running) await how(part.running);
    await inTurn(part, async () => part.running && how(part.running)); // one that was just being started
  };
  const stopAll = async () => {
    for (const part of parts.values()) part.wanted = false;
    for (const names of [
      ['gateway'],
      SERVICES,
      ['provisioner'],
      ['mailbox'],
      ['nats'],
      ['postgres'],
    ] as const) {
      const found = names.flatMap((name) => parts.get(name) ?? []);
      await Promise.all(found.map((part) => down(part, (running) => running.stop(STOP_MS))));
    }
    rmSync(lock, { force: true });
  };
  const stop = () => (stopping ??= stopAll());

  const spawnPart = async (part: Part) => {
    const running = await part.spawn();
    part.running = running;
    part.startedAt = performance.now();
    void running.ended.then(() => restart(part));
    return running;
  };
  const launch = (part: Part) =>
    inTurn(part, async () => {
      if (!part.wanted || (part.running && !part.running.end)) return;
      await part.ready(await spawnPart(part));
      part.supervised = true;
    });
  const restart = async (part: Part) => {
    const given = () => !part.supervised || !part.wanted || stopping;
    if (part.restarting || given()) return;
    part.restarting = true;
    if (performance.now() - part.startedAt > STEADY_MS) part.restartMs = FIRST_RESTART_MS;
    const { code, signal: by } = part.running!.end!;
    let problem = `${part.name} ended by itself (${by ?? `code ${code}`}, see ${join(logs, `${part.name}.log`)})`;
    for (;;) {
      report(`${problem}; it is started again in ${part.restartMs / 1000} s`);
      await delay(part.restartMs, undefined, { ref: false });
      part.restartMs = Math.min(part.restartMs * 2, LONGEST_RESTART_MS);
      part.restarting = false;
      try {
        await inTurn(part, async () => {
          if (!given() && part.running?.end) await spawnPart(part);
        });
        return;
      } catch (error) {
        if (part.restarting || given()) return;
        part.restarting = true;
        problem = `${part.name} does not start: ${firstLine(error)}`;
      }
    }
  };
  const add = async (name: ProcessName, spawn: Part['spawn'], ready: Part['ready'] = async () => {}) => {
    signal?.throwIfAborted();
    const part: Part = {
      name,
      spawn,
      ready,
      startedAt: 0,
      wanted: true,
      supervised: false,
      restarting: false,
      restartMs: FIRST_RESTART_MS,
      turn: Promise.resolve(),
    };
    parts.set(name, part);
    await launch(part);
    signal?.throwIfAborted();
  };

  try {
    for (const name of ['gateway', ...SERVICES, 'provisioner', 'mailbox'] as const) {
      if (await stopLeftover(join(records, `${name}.json`))) {
        report(`Stopped ${name}, which an earlier start had left behind`);
      }
    }
    const ports = new Map<AppName, number>();
    for (const name of apps) {
      let port = await options.choosePort?.[name]?.();
      while (!port || [...ports.values()].includes(port)) port = await freePort();
      ports.set(name, port);
    }
    let mailboxPort = await freePort();
    while ([...ports.values()].includes(mailboxPort)) mailboxPort = await freePort();
    const isNew = !existsSync(join(home, 'secrets.json'));
    const secrets = openSecrets(home, options.demoPassword);

    report(isNew ? 'Making a PostgreSQL database and starting it' : 'Starting PostgreSQL');
    let postgresPort: number | undefined;
    const postgresLog = freshLog(logs, 'postgres');
    await add('postgres', async () => {
      const postgres = await startPostgres({
        dataFolder: join(home, 'postgres'),
        superuserPassword: secrets.postgresSuperuser,
        port: postgresPort,
        settings: options.postgresSettings,
        logFile: postgresLog,
      });
      postgresPort = postgres.port;
      return postgres;
    });
    const databaseUrl = (user: string, password: string, database: string) =>
      `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${postgresPort}/${database}`;
    const superuserUrl = databaseUrl('postgres', secrets.postgresSuperuser, 'postgres');
    const urlOf = (service: ServiceName) => databaseUrl(service, secrets.databases[service], service);
    await makeDatabases(superuserUrl, secrets.databases);

    const natsFolder = options.natsUrl ? '' : join(home, 'nats');
    let natsUrl = options.natsUrl ?? '';
    if (options.natsUrl) {
      report(`Using the NATS server at ${options.natsUrl}`);
      await tryForeignNats(options.natsUrl, home, secrets);
    } else {
      report('Starting NATS');
      let natsPort: number | undefined;
      const natsLog = freshLog(logs, 'nats');
      await add('nats', async () => {
        const nats = await startNatsServer({
          folder: natsFolder,
          configuration: (place) => natsServerConfiguration({ ...place, passwords: secrets.nats }),
          port: natsPort,
          logFile: natsLog,
        });
        natsPort = nats.port;
        natsUrl = nats.url;
        return nats;
      });
    }

    report('Building');
    await build(logs, apps, signal);

    const addressOf = (name: AppName) => `http://127.0.0.1:${ports.get(name)}`;
    const environmentOf = (name: AppName): NodeJS.ProcessEnv => ({
      ...process.env,
      NODE_ENV: mode,
      ...(name === 'mailbox'
        ? {
            LOKMIN_MAILBOX_FOLDER: join(home, 'mailbox'),
            LOKMIN_MAILBOX_SMTP_PORT: String(mailboxPort),
          }
        : {
            LOKMIN_NATS_URL: natsUrl,
            LOKMIN_NATS_USER: name,
            LOKMIN_NATS_PASSWORD: secrets.nats[name],
          }),
      ...(name === 'notifications'
        ? {
            ...mailEnvironment(mailboxPort, addressOf('gateway')),
            LOKMIN_NOTIFICATIONS_KEY: secrets.notificationsKey,
            LOKMIN_WEBHOOK_HOSTS: '127.0.0.1,localhost', // receivers on this machine can be tried
          }
        : {}),
      ...(isService(name) ? { LOKMIN_DATABASE_URL: urlOf(name) } : {}),
      ...(name === 'directory' ? { LOKMIN_DIRECTORY_KEY: secrets.directoryKey } : {}),
      ...(name === 'actions' ? { LOKMIN_EVIDENCE_FOLDER: join(home, 'evidence') } : {}),
      ...(name === 'gateway'
        ? {
            LOKMIN_WEB_ROOT: join(checkout, 'apps/web/dist'),
            LOKMIN_INDICATORS_URL: addressOf('indicators'),
            LOKMIN_MEETINGS_URL: addressOf('meetings'),
            LOKMIN_ACTIONS_URL: addressOf('actions'),
          }
        : {}),
      LOKMIN_HTTP_HOST: '127.0.0.1',
      LOKMIN_HTTP_PORT: String(ports.get(name)),
      LOKMIN_LOG_LEVEL: options.logLevel ?? 'info',
      ...options.environment,
    });
    const main = (name: AppName) => join(checkout, 'apps', name, 'dist', 'main.js');
    const startApp = (name: AppName) =>
      startProcess({
        name,
        command: process.execPath,
        arguments: ['--enable-source-maps', main(name)],
        environment: environmentOf(name),
        cwd: home,
        logFile: join(logs, `${name}.log`),
        recordFile: join(records, `${name}.json`),
      });
    const appReady = (name: AppName) => (running: RunningProcess) =>
      waitUntilReady(name, running, `${addressOf(name)}/health/ready`, join(logs, `${name}.log`), signal);
    for (const name of apps) freshLog(logs, name);

    const services = apps.filter(isService);
    report('Bringing the databases up to date');
    await Promise.all(
      services.map((name) =>
        runToEnd(`The migration of ${name}`, process.execPath, [main(name), 'migrate'], {
          env: environmentOf(name),
          cwd: home,
          logFile: join(logs, `${name}.log`),
          signal,
        }),
      ),
    );

    report(`Starting ${apps.join(', ')}`);
    const startAll = (names: readonly AppName[]) =>
      Promise.all(names.map((name) => add(name, async () => startApp(name), appReady(name))));
    await startAll(apps);

    const part = (name: ProcessName) => {
      const found = parts.get(name);
      if (!found) throw new Error(`There is no process ${name} in this system`);
      return found;
    };
    const address = addressOf('gateway');
    writeRecord(lock, process.pid, 'lokmin', address);
    writeFileSync(
      join(records, 'addresses.json'),
      JSON.stringify({ address, natsUrl, superuserUrl, apps: Object.fromEntries(ports) }, null, 2) + '\n',
      { mode: 0o600 },
    );
    return {
      address,
      home,
      secrets,
      natsUrl,
      natsFolder,
      superuserUrl,
      mailboxPort,
      addressOf,
      databaseUrl: urlOf,
      command: (service, parameters, environment) =>
        runToEnd(
          `The command ${parameters[0]} of ${service}`,
          process.execPath,
          [main(service), ...parameters],
          {
            env: { ...environmentOf(service), ...environment },
            cwd: home,
            logFile: join(logs, `${service}-command.log`),
            signal,
          },
        ),
      anotherGateway: async () => {
        const port = await freePort();
        const address = `http://127.0.0.1:${port}`;
        const logFile = join(logs, `gateway-${port}.log`);
        const running = startProcess({
          name: 'gateway',
          command: process.execPath,
          arguments: ['--enable-source-maps', main('gateway')],
          environment: { ...environmentOf('gateway'), LOKMIN_HTTP_PORT: String(port) },
          cwd: home,
          logFile,
          recordFile: join(records, `gateway-${port}.json`),
        });
        await waitUntilReady('gateway', running, `${address}/health/ready`, logFile, signal);
        return {
          address,
          pause: () => running.pause(),
          resume: () => running.resume(),
          stop: (withinMs) => running.stop(withinMs),
        };
      },
      processes: {
        names: [...parts.keys()],
        isRunning: (name) => part(name).running !== undefined && part(name).running!.end === undefined,
        pid: (name) => (part(name).running?.end === undefined ? part(name).running?.pid : undefined),
        start: async (name) => {
          part(name).wanted = true;
          await launch(part(name));
        },
        stop: (name) => down(part(name), (running) => running.stop(STOP_MS)),
        kill: (name) => down(part(name), (running) => running.kill()),
        pause: (name) => part(name).running?.pause(),
        resume: (name) => part(name).running?.resume(),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const isService = (name: AppName): name is ServiceName => (SERVICES as readonly string[]).includes(name);

function inTurn<T>(part: Part, work: () => Promise<T>): Promise<T> {
  const mine = part.turn.then(work);
  part.turn = mine.catch(() => {});
  return mine;
}

/** Mail goes to the mailbox, unless the environment names a mail server of its own. */
const mailEnvironment = (mailboxPort: number, address: string) => ({
  LOKMIN_SMTP_URL: process.env['LOKMIN_SMTP_URL'] || `smtp://127.0.0.1:${mailboxPort}`,
  LOKMIN_MAIL_FROM: process.env['LOKMIN_MAIL_FROM'] || 'Lokmin <lokmin@lokmin.example>',
  LOKMIN_PUBLIC_URL: process.env['LOKMIN_PUBLIC_URL'] || address,
});

/** One system per data folder; the lock of a process that is gone is taken over. */
function takeLock(file: string, home: string): void {
  const owner = readRecord(file);
  if (owner && isSameProcess(owner)) throw new AlreadyRunning(home, owner.pid, owner.address);
  writeRecord(file, process.pid, 'lokmin');
}

/** The log of this start; the one before is kept as `<name>.previous.log`. */
function freshLog(logs: string, name: string): string {
  const file = join(logs, `${name}.log`);
  if (existsSync(file)) renameSync(file, join(logs, `${name}.previous.log`));
  return file;
}

/** A server of somebody else has to know our users: their configuration is written down for it. */
async function tryForeignNats(url: string, home: string, secrets: Secrets): Promise<void> {
  const folder = join(home, 'nats');
  const file = join(folder, 'nats.conf');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { hostname, port } = new URL(url.includes('://') ? url : `nats://${url}`);
  const configuration = natsServerConfiguration({
    host: hostname,
    port: Number(port || 4222),
    storeFolder: join(folder, 'jetstream'),
    passwords: secrets.nats,
  });
  writeFileSync(file, configuration, { mode: 0o600 });
  for (const user of NATS_USERS) await tryLogin(url, user, secrets, file);
}

async function tryLogin(url: string, user: NatsUser, secrets: Secrets, file: string): Promise<void> {
  try {
    const connection = await connect({
      servers: url,
      user,
      pass: secrets.nats[user],
      reconnect: false,
      timeout: 5_000,
    });
    await connection.close();
  } catch (error) {
    throw new Error(
      `NATS_URL is set, but the user ${user} cannot connect to ${url}: ${firstLine(error)}.\n` +
        `That server has to know Lokmin's users: start it with \`nats-server --config ${file}\`, or unset NATS_URL.`,
      { cause: error },
    );
  }
}

/**
 * Builds what changed (Nx keeps the rest) and leaves no process behind. Whoever starts several systems at the same time
 * builds before and says so (`LOKMIN_BUILT`): two builds would write the same folders.
 */
async function build(logs: string, apps: readonly AppName[], signal?: AbortSignal): Promise<void> {
  if (process.env['LOKMIN_BUILT']) return;
  const projects = [...apps, 'web', 'tag:type:lib', 'tag:type:contracts'];
  await runToEnd(
    'The build',
    process.execPath,
    [
      join(checkout, 'node_modules/nx/dist/bin/nx.js'),
      'run-many',
      '--target=build',
      `--projects=${projects.join(',')}`,
    ],
    {
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1', NODE_ENV: 'production' },
      cwd: checkout,
      logFile: freshLog(logs, 'build'),
      signal,
    },
  );
}

/** Runs a program until it ends; its output goes to a log. @throws Error with the end of the log when it fails */
async function runToEnd(
  what: string,
  command: string,
  parameters: string[],
  options: { env: NodeJS.ProcessEnv; cwd: string; logFile: string; signal?: AbortSignal },
): Promise<void> {
  const { logFile, signal, env, cwd } = options;
  const child = spawn(command, parameters, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], signal });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => writeFileSync(logFile, chunk, { flag: 'a', mode: 0o600 }));
  }
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject); // an abort may say it a second time
    child.once('close', (status, by) => resolve(status ?? by));
  });
  signal?.throwIfAborted();
  if (code !== 0)
    throw new Error(`${what} failed (${code}). The end of ${logFile}:\n${lastLines(logFile, 30)}`);
}

/** Waits until the health door says 200. @throws Error when the process ends first, or is not ready in time */
async function waitUntilReady(
  name: string,
  running: RunningProcess,
  url: string,
  logFile: string,
  signal?: AbortSignal,
): Promise<void> {
  const giveUpAt = performance.now() + READY_MS;
  let last = 'no answer';
  while (!running.end) {
    signal?.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch (error) {
      last = firstLine(error);
    }
    if (performance.now() > giveUpAt) {
      throw new Error(
        `${name} runs but is not ready after ${READY_MS / 1000} s: ${last}\nThe end of ${logFile}:\n${lastLines(logFile)}`,
      );
    }
    await delay(25);
  }
  throw new Error(`${name} ended while starting. The end of ${logFile}:\n${lastLines(logFile, 30)}`);
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

/** Whether demonstration data was loaded into the data folder; written only after the load was complete. */
export const demonstrationMarker = (home: string) => join(home, 'demonstration-loaded');

/** The first port from `wanted` on that is free, within the next fifty. */
export async function firstFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 50; port++) if (await isPortFree(port)) return port;
  throw new Error(`None of the ports ${wanted} to ${wanted + 49} is free: set LOKMIN_PORT to one that is`);
}
