import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fastPostgresSettings, freePort, readRecord } from '@lokmin/engines';
import { aFolder, eventually } from '@lokmin/testing';
import pg from 'pg';
import { AlreadyRunning, startSystem, type System } from './system.ts';

const checkout = join(import.meta.dirname, '../..');
/** Against hanging: another system may be under test beside this one. */
const PATIENCE_MS = 240_000;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

const isReady = async (system: System, name: 'indicators') =>
  (await fetch(`${system.addressOf(name)}/health/ready`)).ok;

describe('a local system', () => {
  let system: System;
  const said: string[] = [];
  beforeAll(async () => {
    system = await startSystem({
      home: aFolder(),
      mode: 'test',
      postgresSettings: fastPostgresSettings,
      report: (line) => said.push(line),
    });
  }, PATIENCE_MS);
  afterAll(() => system?.stop(), PATIENCE_MS);

  it('gives each service a database that no other service may enter', async () => {
    const [mine] = await query(
      system.databaseUrl('indicators'),
      'select current_user as role, current_database() as db',
    );
    expect(mine).toEqual({ role: 'indicators', db: 'indicators' });
    const foreign = system.databaseUrl('indicators').replace(/indicators$/, 'directory');
    await expect(query(foreign, 'select 1')).rejects.toThrow(/permission denied for database/);
  });

  it('keeps its secrets to its owner', () => {
    expect(statSync(join(system.home, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(system.home, 'run/addresses.json')).mode & 0o777).toBe(0o600);
  });

  it('is one per data folder', async () => {
    await expect(startSystem({ home: system.home })).rejects.toThrow(AlreadyRunning);
    expect(system.processes.isRunning('indicators')).toBe(true);
  });

  it(
    'starts a crashed service, NATS and PostgreSQL again, on their addresses',
    async () => {
      for (const name of ['indicators', 'nats', 'postgres'] as const) {
        const before = system.processes.pid(name)!;
        process.kill(before, 'SIGKILL');
        await eventually(() => said.some((line) => line.startsWith(`${name} ended by itself (SIGKILL`)));
        await eventually(() => (system.processes.pid(name) ?? before) !== before, { deadlineMs: 30_000 });
        await eventually(() => isReady(system, 'indicators'), {
          deadlineMs: 30_000,
          what: `ready after a crash of ${name}`,
        });
      }
    },
    PATIENCE_MS,
  );

  it(
    'leaves down what somebody has killed or stopped, until it is started',
    async () => {
      await system.processes.kill('indicators');
      await system.processes.stop('notifications');
      expect(system.processes.isRunning('indicators')).toBe(false);
      await expect(isReady(system, 'indicators')).rejects.toThrow('fetch failed');
      await Promise.all([system.processes.start('indicators'), system.processes.start('notifications')]);
      expect(await isReady(system, 'indicators')).toBe(true);
      expect(said.filter((line) => line.startsWith('notifications ended'))).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'stops everything it started',
    async () => {
      const pids = system.processes.names.map((name) => system.processes.pid(name)!);
      expect(pids.every(isAlive)).toBe(true);
      await Promise.all([system.stop(), system.stop()]);
      expect(pids.filter(isAlive)).toEqual([]);
      expect(existsSync(join(system.home, 'run/system.json'))).toBe(false);
    },
    PATIENCE_MS,
  );
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('npm start', () => {
  const started: ChildProcess[] = [];
  afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

  function start(home: string, environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['tools/local/node24.mjs', 'tools/local/start.ts'], {
      cwd: checkout,
      env: {
        ...process.env,
        INIT_CWD: checkout,
        LOKMIN_HOME: home,
        LOKMIN_DEMO_PASSWORD: 'buka-pintu-2024',
        LOKMIN_DEMO_MONTHS: '2', // the whole year has a test of its own
        ...environment,
      },
    });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return {
      child,
      ended,
      output: () => output,
      ready: () =>
        Promise.race([
          eventually(() => /^Lokmin is ready: (\S+)\n$/m.exec(output)?.[1], {
            deadlineMs: PATIENCE_MS,
            what: 'ready',
          }).catch((error: unknown): never => {
            throw new Error(`It said:\n${output}`, { cause: error });
          }),
          ended.then((code): never => {
            throw new Error(`ended with code ${code}:\n${output}`);
          }),
        ]),
    };
  }

  it(
    'keeps the data, clears what a crash left behind, and stops at a signal',
    async () => {
      const home = aFolder();
      const [gateway, mailbox] = [String(await freePort()), String(await freePort())];
      const port = { LOKMIN_PORT: gateway, LOKMIN_MAILBOX_PORT: mailbox };
      const first = start(home, port);
      const address = await first.ready();
      expect(address).toBe(`http://127.0.0.1:${gateway}`);
      expect(first.output()).toContain(`Mail:      http://127.0.0.1:${mailbox} `);
      expect((await fetch(`${address}/health/ready`)).status).toBe(200);
      expect(first.output()).toContain('buka-pintu-2024');
      const { superuserUrl } = JSON.parse(readFileSync(join(home, 'run/addresses.json'), 'utf8')) as {
        superuserUrl: string;
      };
      await query(superuserUrl, 'create table kept as select 7 as n');

      // A crash: whoever started everything is gone at once, the rest runs on.
      const owner = readRecord(join(home, 'run/system.json'))!;
      const left = ['indicators', 'gateway'].map(
        (name) => readRecord(join(home, 'run', `${name}.json`))!.pid,
      );
      process.kill(owner.pid, 'SIGKILL');
      await first.ended;
      expect(left.every(isAlive)).toBe(true);

      const second = start(home, { ...port, LOKMIN_DEMO_PASSWORD: 'another-password' });
      expect(await second.ready()).toBe(address);
      expect(second.output()).toMatch(/Stopped indicators, which an earlier start had left behind/);
      expect(second.output()).not.toMatch(/Loading/);
      expect(second.output()).toMatch(/LOKMIN_DEMO_PASSWORD is not used[^]*buka-pintu-2024/);
      const again = JSON.parse(readFileSync(join(home, 'run/addresses.json'), 'utf8')) as {
        superuserUrl: string;
      };
      expect(await query(again.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);

      const pids = ['indicators', 'gateway', 'provisioner'].map(
        (name) => readRecord(join(home, 'run', `${name}.json`))!.pid,
      );
      second.child.kill('SIGINT');
      second.child.kill('SIGTERM');
      expect(await second.ended).toBe(0);
      expect([...left, ...pids].filter(isAlive)).toEqual([]);
    },
    2 * PATIENCE_MS,
  );

  it(
    'stops while it is still starting',
    async () => {
      const run = start(aFolder());
      await eventually(() => run.output().includes('Starting NATS'), { deadlineMs: PATIENCE_MS });
      run.child.kill('SIGTERM');
      expect(await run.ended).toBe(0);
      expect(run.output()).not.toMatch(/could not start/);
    },
    PATIENCE_MS,
  );

  it.each(['LOKMIN_PORT', 'LOKMIN_MAILBOX_PORT'])(
    'says that the port of %s is taken',
    async (variable) => {
      const port = await freePort();
      const other = createServer().listen(port, '127.0.0.1');
      try {
        const run = start(aFolder(), { [variable]: String(port) });
        expect(await run.ended).toBe(1);
        expect(run.output()).toMatch(new RegExp(`Port ${port} \\(${variable}\\) is taken[^]*What to do:`));
      } finally {
        other.close();
      }
    },
    PATIENCE_MS,
  );
});
