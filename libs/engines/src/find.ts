import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program that Lokmin needs is not there and cannot be fetched; the message says how to get it. */
export class MissingProgram extends Error {}

/** Debian puts servers where the PATH of an ordinary user does not look. */
const serverFolders = process.platform === 'win32' ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function onPath(...names: string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...serverFolders];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(base, 'lokmin');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Path of a nats-server: on PATH, or the one of Debian's package, which is unpacked into the cache folder of the user
 * and not installed, so that no second server starts by itself.
 * @throws MissingProgram
 */
export function findNatsServer(): string {
  const found = onPath('nats-server');
  if (found) return found;
  const cached = join(cacheFolder(), 'nats-server');
  if (isProgram(cached)) return cached;
  const problem = unpackFromDebian('nats-server', 'usr/sbin/nats-server', cached);
  if (!problem) return cached;
  throw new MissingProgram(
    `Lokmin needs nats-server (NATS with JetStream, 2.9 or newer), and there is none on PATH.\n` +
      `${problem}\n` +
      `Ways to get one:\n` +
      `  Debian, Ubuntu:  sudo apt-get install nats-server\n` +
      `  macOS:           brew install nats-server\n` +
      `  others:          put the program from https://github.com/nats-io/nats-server/releases on PATH\n` +
      `  elsewhere:       set NATS_URL to a server of your own`,
  );
}

/** Fetches a Debian package and puts one of its files at `target`. @returns why that was not possible, or undefined */
function unpackFromDebian(name: string, file: string, target: string): string | undefined {
  if (!onPath('apt-get') || !onPath('dpkg')) return 'This system has no apt-get to fetch it with.';
  const folder = join(cacheFolder(), `unpack-${name}-${process.pid}`);
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  try {
    const download = (...settings: string[]) =>
      spawnSync('apt-get', [...settings, 'download', name], { cwd: folder, encoding: 'utf8' });
    let fetched = download();
    if (fetched.status !== 0) {
      // Package lists of our own: those of the system may be missing, and only root may renew them.
      const own = ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${folder}`];
      spawnSync('apt-get', [...own, 'update'], { cwd: folder });
      fetched = download(...own);
    }
    const archive = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
    if (!archive) return `apt-get could not fetch it: ${fetched.stderr.trim().split('\n').at(-1)}`;
    const unpacked = spawnSync('dpkg', ['-x', archive, 'files'], { cwd: folder, encoding: 'utf8' });
    if (unpacked.status !== 0) return `dpkg could not unpack ${archive}: ${unpacked.stderr.trim()}`;
    renameSync(join(folder, 'files', file), target);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Chromium {
  path: string;
  /** Arguments that this Chromium needs, for this user. */
  arguments: string[];
}

/**
 * A Chromium for browser tests: on PATH, or the one of the npm package `@sparticuz/chromium`.
 * @throws MissingProgram
 */
export async function findChromium(): Promise<Chromium> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses its sandbox to root
  const found = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (found) return { path: found, arguments: sandbox };
  throw new MissingProgram('no chromium');
}
