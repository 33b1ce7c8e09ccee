// Plain JavaScript for any Node.js from 20.19: brings node_modules in line with package-lock.json, when it is not.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Lokmin needs Node.js 20.19 or newer, this is ${process.version}. Install one from https://nodejs.org/.`,
  );
}

/**
 * Whether node_modules holds exactly the locked packages. npm writes what it installed into a lockfile of its own, last,
 * so an installation that was cut short has none.
 */
function isInstalled() {
  try {
    const packagesOf = (file) => JSON.parse(readFileSync(join(checkout, file), 'utf8')).packages;
    const locked = packagesOf('package-lock.json');
    const installed = packagesOf('node_modules/.package-lock.json');
    const same = (path) => installed[path]?.version === locked[path]?.version && Boolean(locked[path]);
    return (
      Object.keys(installed).every(same) &&
      // Optional packages are for other platforms; the rest has to be there.
      Object.entries(locked).every(([path, { optional }]) => path === '' || optional || path in installed)
    );
  } catch {
    return false;
  }
}

if (!isInstalled()) {
  console.log('Installing the locked packages (npm ci): about a minute, the first time only ...');
  const npm = process.env.npm_execpath; // set by npm for its scripts
  const [command, ...before] = npm ? [process.execPath, npm] : ['npm'];
  // No audit while installing: it would ask the network for what nobody who only wants to run Lokmin can act on. Who
  // keeps the dependencies runs `npm audit`.
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
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
