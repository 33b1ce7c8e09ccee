import { execFile, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A program that Lokmin needs is not there and cannot be fetched; the message says how to get it. */
export class MissingProgram extends Error {}

/** Debian puts servers where the PATH of an ordinary user does not look. */
const serverFolders = process.platform === 'win32' ? [] : ['/usr/local/sbin', '/usr/sbin', '/sbin'];

function onPath(...names: string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...serverFolders];
  const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.map((file) => (process.platform === 'win32' ? `${file}.exe` : file)).find(isProgram);
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
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lokmin');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function run(
  command: string,
  parameters: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<{ failed: boolean; said: string }> {
  return new Promise((resolve) => {
    execFile(command, parameters, { encoding: 'utf8', ...options }, (error, output, complaints) =>
      resolve({ failed: error !== null, said: `${output}${complaints}`.trim() || (error?.message ?? '') }),
    );
  });
}

/**
 * Path of a nats-server: on PATH, or the one of Debian's package, which is unpacked into the cache folder of the user
 * and not installed, so that no second server starts by itself.
 * @throws MissingProgram
 */
export async function findNatsServer(): Promise<string> {
  const found = onPath('nats-server');
  if (found) return found;
  const cached = join(cacheFolder(), 'nats-server');
  if (isProgram(cached)) return cached;
  const problem = await unpackFromDebian('nats-server', 'usr/sbin/nats-server', cached);
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
async function unpackFromDebian(name: string, file: string, target: string): Promise<string | undefined> {
  if (!onPath('apt-get') || !onPath('dpkg')) return 'This system has no apt-get to fetch it with.';
  const folder = join(cacheFolder(), `unpack-${name}-${process.pid}`);
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  try {
    // As root, apt-get would hand the download to a user who may not enter the cache folder.
    const settings = ['-o', 'APT::Sandbox::User=root'];
    const download = (...more: string[]) =>
      run('apt-get', [...settings, ...more, 'download', name], { cwd: folder });
    let fetched = await download();
    if (fetched.failed) {
      // Package lists of our own: those of the system may be missing or old, and only root may renew them.
      const own = ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${folder}`];
      await run('apt-get', [...settings, ...own, 'update'], { cwd: folder });
      fetched = await download(...own);
    }
    const archive = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
    if (!archive) return `apt-get could not fetch it: ${fetched.said.split('\n').at(-1)}`;
    const unpacked = await run('dpkg', ['-x', archive, 'files'], { cwd: folder });
    if (unpacked.failed) return `dpkg could not unpack ${archive}: ${unpacked.said}`;
    renameSync(join(folder, 'files', file), target);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Chromium {
  path: string;
  /** Arguments that this Chromium needs. */
  arguments: string[];
  /** Variables that this Chromium needs, beside those of the process. */
  environment: Record<string, string>;
}

/**
 * A Chromium for browser tests, which load our own pages only: on PATH, or the one that the npm package
 * `@sparticuz/chromium` (Linux, x64) carries with the libraries it needs, unpacked into the cache folder of the user.
 * @throws MissingProgram
 */
export async function findChromium(): Promise<Chromium> {
  // Its sandbox is refused to root, and to everybody in many containers.
  const parameters = ['--no-sandbox'];
  const found = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  if (found && spawnSync(found, ['--version']).status === 0) {
    return { path: found, arguments: parameters, environment: {} };
  }
  const { folder, problem } = await unpackFromNpm();
  const environment: Record<string, string> = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
  if (!existsSync('/etc/fonts/fonts.conf')) environment['FONTCONFIG_PATH'] = join(folder, 'fonts');
  const path = join(folder, 'chromium');
  const tried = spawnSync(path, ['--version', ...parameters], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (tried.status === 0) return { path, arguments: parameters, environment };
  throw new MissingProgram(
    `Browser tests need Chromium, and there is none on PATH.\n` +
      `The one of the npm package @sparticuz/chromium does not run here: ${problem ?? tried.error?.message ?? tried.stderr}\n` +
      `Ways to get one:\n` +
      `  Debian:  sudo apt-get install chromium\n` +
      `  others:  install Chromium or Google Chrome so that \`chromium\` or \`google-chrome\` is on PATH`,
  );
}

async function unpackFromNpm(): Promise<{ folder: string; problem?: string }> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  } catch {
    return { folder: cacheFolder(), problem: 'it is not installed' };
  }
  const { size } = statSync(join(entry, '../../bin/chromium.br'));
  const folder = join(cacheFolder(), `chromium-${size}`); // another version has another size
  if (existsSync(folder)) return { folder };
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  // The package unpacks into the folder for temporary files, its libraries only where it believes to be in AWS Lambda.
  const program = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)}); await chromium.executablePath();`;
  const unpacked = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: unfinished,
    env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  if (!unpacked.failed && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return unpacked.failed ? { folder, problem: unpacked.said } : { folder };
}
