/**
 * `npm test`: every check, in the order in which a failure is cheapest to find. `--long` adds the *.long.spec.ts and the
 * full fault test. The last line is `tests: N passed, N failed, N skipped`: the specs of Jest's own result; a failed
 * check of another kind counts as one failure.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(import.meta.dirname, '../..');
const long = process.argv.includes('--long');
const results = mkdtempSync(join(tmpdir(), 'lokmin-results-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
// Nothing that Nx starts may outlive the checks.
const environment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  LOKMIN_LONG_TESTS: long ? '1' : '',
  LOKMIN_BUILT: '',
};

/**
 * Runs a program of node_modules, or a file of ours, with the Node.js that runs this file.
 * @param said what it writes, when it has ended; left out: it is shown as it comes
 */
function run(script: string, parameters: string[], said?: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...script.split(' '), ...parameters], {
      cwd: checkout,
      env: environment,
      stdio: said ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => said?.push(text));
    const stop = (signal: NodeJS.Signals) => child.kill(signal);
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(code === 0);
    });
  });
}

async function step(name: string, work: (said: string[]) => boolean | Promise<boolean>): Promise<void> {
  console.log(`\n== ${name} ...`);
  const started = performance.now();
  const said: string[] = [];
  const passed = await work(said);
  if (said.length > 0) console.log(`\n== ${name}:\n${said.join('').trimEnd()}`);
  const line = `${passed ? 'ok    ' : 'FAILED'}  ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  summary.push(line);
  console.log(`== ${line}`);
}

async function check(name: string, work: (said: string[]) => boolean | Promise<boolean>): Promise<void> {
  await step(name, async (said) => {
    const passed = await work(said);
    if (!passed) counts.failed++;
    return passed;
  });
}

interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Spec files that could not be run at all. */
  numRuntimeErrorTestSuites: number;
}

async function jest(name: string, parameters: string[]): Promise<void> {
  await step(name, async () => {
    const file = join(results, `${summary.length}.json`);
    const passed = await run('--experimental-vm-modules --disable-warning=ExperimentalWarning', [
      'node_modules/jest/bin/jest.js',
      '--config=jest.config.mjs',
      '--json',
      `--outputFile=${file}`,
      '--passWithNoTests',
      ...parameters,
    ]);
    if (!existsSync(file)) {
      counts.failed++;
      return false;
    }
    const result = JSON.parse(readFileSync(file, 'utf8')) as JestResult;
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    counts.passed += result.numPassedTests;
    counts.failed += failed || (passed ? 0 : 1);
    counts.skipped += result.numPendingTests + result.numTodoTests;
    return passed;
  });
}

/** `npm ci` refuses a lockfile that lacks a workspace; here it is said before somebody clones. */
function everyWorkspaceIsLocked(): boolean {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const missing = globSync('{apps/*,libs/*,tools}/package.json', { cwd: checkout }).filter(
    (file) => !packages[file.slice(0, -'/package.json'.length)],
  );
  if (missing.length > 0) {
    console.log(
      `Not in package-lock.json: ${missing.join(', ')}. Run \`npm run npm24 -- install\` and commit the lockfile.`,
    );
  }
  return missing.length === 0;
}

await check('lockfile', everyWorkspaceIsLocked);
const types = async () => {
  await check('types', (said) => run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json'], said));
  await check('types of the web application', (said) =>
    run('node_modules/typescript/bin/tsc', ['-p', 'apps/web/tsconfig.json', '--noEmit'], said),
  );
  await check('formatting (npm run format mends it)', (said) =>
    run('node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], said),
  );
};
const lint = async () => {
  // Without the graph that Nx keeps in its cache the border rule would pass over every file.
  await check('lint and module borders', async (said) => {
    const graph = await run('node_modules/nx/dist/bin/nx.js', ['show', 'projects'], said);
    return graph && run('node_modules/eslint/bin/eslint.js', ['--max-warnings=0', '.'], said);
  });
  await check('generated files are current (npm run generate makes them)', (said) =>
    run('--import ./tools/local/typescript.mjs', ['tools/generate/generate.ts', '--check'], said),
  );
};
// Each of these keeps one core busy.
await Promise.all([types(), lint()]);
const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
await jest('unit and integration tests', [
  workers,
  '--testPathIgnorePatterns=/node_modules/',
  '/dist/',
  '\\.(e2e|long)\\.spec\\.ts$',
]);
await check('build', (said) => run('node_modules/nx/dist/bin/nx.js', ['run-many', '--target=build'], said));
environment.LOKMIN_BUILT = '1';
// Each of these starts a whole system, and waits most of the time: two at a time.
await jest('end-to-end tests', ['--maxWorkers=2', '\\.e2e\\.spec\\.ts$']);
environment.LOKMIN_BUILT = '';
if (long) {
  await jest('long tests', ['--runInBand', '\\.long\\.spec\\.ts$']);
  await check('fault test', () => run('--import ./tools/local/typescript.mjs', ['tools/faults/faults.ts']));
}

rmSync(results, { recursive: true });
console.log(`\n${summary.join('\n')}\n`);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
