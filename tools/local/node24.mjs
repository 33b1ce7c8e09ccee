// Plain JavaScript for any Node.js from 20.19. Runs a TypeScript file of ours with the pinned Node.js, after bringing
// node_modules in line with the lockfile:
//   node tools/local/node24.mjs <file.ts> [arguments]
//   node tools/local/node24.mjs --npm [arguments of npm]      (the lockfile is only changed with the pinned Node.js)
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [first, ...rest] = process.argv.slice(2);
if (!first) fail('Usage: node tools/local/node24.mjs <file.ts> [arguments]   or   --npm [arguments of npm]');

if (first !== '--npm') await import('./install.mjs');
const node = pinnedNode();
const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
let parameters;
if (first === '--npm') {
  const npm = process.env.npm_execpath;
  if (!npm) fail('Run this as `npm run npm24 -- <arguments of npm>`.');
  // The system's npm may trust certificates that npm under another Node.js does not know.
  const cafile = npmSetting(npm, 'cafile');
  if (cafile && existsSync(cafile)) environment.NODE_EXTRA_CA_CERTS ??= cafile;
  parameters = [npm, ...rest];
} else {
  parameters = ['--import', join(checkout, 'tools/local/typescript.mjs'), join(checkout, first), ...rest];
}

const child = spawn(node, parameters, { env: environment, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// A SIGTERM for npm ends npm and its shell only: whoever asked for this is gone, so it stops in order.
const asker = process.ppid;
setInterval(() => process.ppid === asker || child.kill('SIGTERM'), 250).unref();
child.on('error', (error) => fail(`${node} does not run: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));

/** Path of the pinned Node.js out of node_modules; where npm has none for the platform, a system one that is new enough. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(checkout, 'node_modules', `node-${platform}-${process.arch}`, 'bin', program);
  const version = readFileSync(join(checkout, '.node-version'), 'utf8').trim();
  if (existsSync(pinned)) {
    const found = spawnSync(pinned, ['--version'], { encoding: 'utf8' }).stdout?.trim();
    if (found === `v${version}`) return pinned;
    fail(
      `${pinned} should be Node.js ${version} and is ${found || 'not a program for this machine'}: run \`npm ci\`.`,
    );
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 9)) return process.execPath;
  return fail(
    `There is no Node.js ${version} for ${process.platform}-${process.arch} among the npm packages, and this Node.js is ` +
      `${process.version}.\nInstall Node.js ${version} (https://nodejs.org/, or \`nvm install ${version}\`) and run the same command again.`,
  );
}

function npmSetting(npm, name) {
  const { stdout } = spawnSync(process.execPath, [npm, 'config', 'get', name], { encoding: 'utf8' });
  const value = stdout?.trim();
  return value && value !== 'null' && value !== 'undefined' ? value : undefined;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
