// Plain JavaScript for any Node.js from 20.19: brings node_modules in line with package-lock.json, when it is not.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stamp = join(checkout, 'node_modules', '.lokmin-installed');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Lokmin needs Node.js 20.19 or newer, this is ${process.version}. Install one from https://nodejs.org/.`,
  );
}

/** What an installation depends on: the locked packages, and the platform whose binaries were taken. */
function wanted() {
  const lock = readFileSync(join(checkout, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

const hash = wanted();
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
  console.log('Installing the locked packages (npm ci): about a minute, the first time only ...');
  const npm = process.env.npm_execpath; // set by npm for its scripts
  const [command, ...before] = npm ? [process.execPath, npm] : ['npm'];
  const { status, error } = spawnSync(
    command,
    [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: checkout,
      stdio: 'inherit',
      shell: !npm && process.platform === 'win32',
    },
  );
  if (status !== 0) {
    fail(
      `The packages could not be installed${error ? `: ${error.message}` : ''}. What npm says stands above.\n` +
        `Most often the package registry cannot be reached (check the network, a proxy, \`npm ping\`), the disk is full,\n` +
        `or node_modules belongs to another user. Then run the same command again.`,
    );
  }
  writeFileSync(stamp, hash);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
