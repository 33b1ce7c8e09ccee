import { chmodSync, globSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  fastPostgresSettings,
  isSameProcess,
  readRecord,
  startPostgres,
  stopLeftover,
  writeRecord,
} from '@lokmin/engines';
import { publishEngines } from './engines.ts';

const needsEngines = /\.(int|e2e|long)\.spec\.ts$/;
const runFolders = join(tmpdir(), `lokmin-tests-${process.getuid?.() ?? 0}`);

interface GlobalConfig {
  rootDir: string;
  testPathPatterns: {
    patterns: string[];
    toExecutor(options: { rootDir: string }): { isMatch(path: string): boolean };
  };
}

/** Starts one PostgreSQL for the test run, if one of its spec files can need it; a nats-server is started by each. */
export async function setup(config: GlobalConfig): Promise<() => Promise<void>> {
  await clearLeftovers();
  const chosen = config.testPathPatterns.toExecutor({ rootDir: config.rootDir });
  const specs = globSync('{apps,libs,tools}/**/*.spec.ts', {
    cwd: config.rootDir,
    exclude: (name) => name === 'node_modules' || name === 'dist',
  });
  if (!specs.some((spec) => needsEngines.test(spec) && chosen.isMatch(join(config.rootDir, spec)))) {
    return async () => {};
  }

  mkdirSync(runFolders, { recursive: true, mode: 0o711 });
  const folder = realpathSync(mkdtempSync(join(runFolders, 'run-')));
  chmodSync(folder, 0o711); // for root, PostgreSQL runs as another user
  writeRecord(join(folder, 'jest.json'), process.pid, 'jest');
  const postgres = await startPostgres({
    dataFolder: join(folder, 'postgres'),
    superuserPassword: 'test',
    settings: fastPostgresSettings,
  });
  publishEngines({ superuserUrl: postgres.superuserUrl, folder });
  return () => removeRun(folder);
}

/** Stops every process that was recorded below the folder of a test run and still runs, and removes the folder. */
async function removeRun(folder: string): Promise<void> {
  const records = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => basename(file) === 'process.json' || basename(dirname(file)) === 'run',
  );
  const engines = records.filter((file) => basename(file) === 'process.json');
  const apps = records.filter((file) => !engines.includes(file) && basename(file) !== 'system.json');
  for (const file of apps) await stopLeftover(join(folder, file), 'SIGKILL');
  await Promise.all(engines.map((file) => stopLeftover(join(folder, file), 'SIGINT')));
  rmSync(folder, { recursive: true, force: true });
}

/** A test run that was killed could not clean up: the next one does. */
async function clearLeftovers(): Promise<void> {
  for (const folder of globSync('run-*', { cwd: runFolders }).map((name) => join(runFolders, name))) {
    const owner = readRecord(join(folder, 'jest.json'));
    if (owner && !isSameProcess(owner)) await removeRun(folder);
  }
}
