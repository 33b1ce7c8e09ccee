import { spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import {
  fastPostgresSettings,
  freePort,
  isPortFree,
  isSameProcess,
  readRecord,
  startNatsServer,
  startPostgres,
  startProcess,
  stopLeftover,
  writeRecord,
  type NatsPlace,
  type RunningProcess,
} from './index.ts';

let folder: string;
const running: RunningProcess[] = [];
const keep = <T extends RunningProcess>(started: T): T => (running.push(started), started);

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lokmin-engines-')));
  chmodSync(folder, 0o711);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((started) => started.kill()));
  rmSync(folder, { recursive: true, force: true });
});

const aPostgres = async (options: { port?: number; dataFolder?: string } = {}) =>
  keep(
    await startPostgres({
      dataFolder: join(folder, 'postgres'),
      superuserPassword: 'opened sesame',
      settings: fastPostgresSettings,
      ...options,
    }),
  );

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('PostgreSQL', () => {
  it('keeps its data through a kill and comes back on its port', async () => {
    const first = await aPostgres();
    await query(first.superuserUrl, 'create table kept as select 7 as n');
    await first.kill();
    const second = await aPostgres({ port: first.port });
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(await query(second.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('asks for a password, and listens on loopback only', async () => {
    const { superuserUrl } = await aPostgres();
    await expect(query(superuserUrl.replace('opened', 'closed'), 'select 1')).rejects.toThrow(/password/);
    expect(await query(superuserUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(superuserUrl, 'show unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
  });

  it('keeps what was committed by default: nothing is switched off', async () => {
    const durable = keep(
      await startPostgres({ dataFolder: join(folder, 'durable'), superuserPassword: 'x' }),
    );
    for (const name of [...Object.keys(fastPostgresSettings), 'synchronous_commit']) {
      expect(await query(durable.superuserUrl, `show ${name}`)).toEqual([{ [name]: 'on' }]);
    }
  });

  it('takes over from a server that a crash left behind', async () => {
    const left = await aPostgres();
    const next = await aPostgres();
    expect(left.end).toBeDefined();
    expect(next.pid).not.toBe(left.pid);
    expect(await query(next.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('is not held up by a pid file whose pid is another program now', async () => {
    const first = await aPostgres();
    const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await first.stop();
    const other = keep(aSleeper());
    writeFileSync(pidFile, [other.pid, ...lines.slice(1)].join('\n'));
    const second = await aPostgres();
    expect(await query(second.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(other.end).toBeUndefined();
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('lies elsewhere when root keeps its folder to itself', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const dataFolder = join(closed, 'postgres');
    const first = await aPostgres({ dataFolder });
    expect(lstatSync(dataFolder).isSymbolicLink()).toBe(true);
    const lies = realpathSync(dataFolder);
    await query(first.superuserUrl, 'create table kept as select 7 as n');
    await first.stop();
    const second = await aPostgres({ dataFolder });
    expect(await query(second.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();

    // Data whose folder was deleted goes with the next start of any server.
    rmSync(closed, { recursive: true });
    await aPostgres();
    expect(lstatSync(lies, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('NATS', () => {
  const configuration = ({ port, storeFolder }: NatsPlace) =>
    `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${storeFolder}" }\n`;
  const aServer = async (port?: number) =>
    keep(await startNatsServer({ folder: join(folder, 'nats'), configuration, port }));

  it('takes over from a server that a crash left behind', async () => {
    const left = await aServer();
    const next = await aServer(left.port);
    expect(left.end).toBeDefined();
    const connection = await connect({ servers: next.url });
    expect(connection.info?.jetstream).toBe(true);
    await connection.close();
  });

  it('says what its log says when the configuration is wrong', async () => {
    const start = startNatsServer({ folder: join(folder, 'wrong'), configuration: () => 'port: many' });
    await expect(start).rejects.toThrow(/does not start[^]*nats.conf:1/);
  });
});

function aSleeper(name = 'sleeper', program = 'setInterval(() => {}, 1000)') {
  return startProcess({
    name,
    command: process.execPath,
    arguments: ['--eval', program],
    logFile: join(folder, `${name}.log`),
    recordFile: join(folder, `${name}.json`),
  });
}

describe('a process', () => {
  it('is known again by pid and start time', async () => {
    const sleeper = keep(aSleeper());
    const record = readRecord(join(folder, 'sleeper.json'))!;
    expect(isSameProcess(record)).toBe(true);
    expect(isSameProcess({ ...record, startedAt: 'another time' })).toBe(false);
    await sleeper.kill();
    expect(isSameProcess(record)).toBe(false);
  });

  it('left behind is stopped, a stranger with its pid is not', async () => {
    const sleeper = keep(aSleeper());
    const file = join(folder, 'sleeper.json');
    const record = readRecord(file)!;
    writeFileSync(file, JSON.stringify({ ...record, startedAt: 'another time' }));
    expect(await stopLeftover(file)).toBe(false);
    expect(sleeper.end).toBeUndefined();

    writeRecord(file, sleeper.pid, 'node');
    expect(await stopLeftover(file)).toBe(true);
    expect(await sleeper.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(readRecord(file)).toBeUndefined();
  });

  it('that does not listen is killed when its time is up, even when it is paused', async () => {
    const deaf = keep(
      aSleeper('deaf', `process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)`),
    );
    const giveUpAt = performance.now() + 10_000;
    while (!readFileSync(join(folder, 'deaf.log'), 'utf8')) {
      if (performance.now() > giveUpAt) throw new Error('The process said nothing within 10 s');
      await new Promise(setImmediate);
    }
    deaf.pause();
    await Promise.all([deaf.stop(50), deaf.stop(50)]);
    expect(deaf.end).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('that cannot be started says so in its log', async () => {
    const missing = startProcess({
      name: 'missing',
      command: join(folder, 'nothing-here'),
      arguments: [],
      logFile: join(folder, 'missing.log'),
      recordFile: join(folder, 'missing.json'),
    });
    expect((await missing.ended).code).toBe(127);
    expect(readFileSync(join(folder, 'missing.log'), 'utf8')).toMatch(/ENOENT/);
    await missing.stop();
  });
});

describe('a port', () => {
  it('is free until somebody listens', async () => {
    const port = await freePort();
    expect(port).toBeGreaterThanOrEqual(20_000);
    const child = spawn(process.execPath, [
      '--eval',
      `require('net').createServer().listen(${port}, '0.0.0.0', () => console.log('up'))`,
    ]);
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      expect(await isPortFree(port)).toBe(false);
    } finally {
      child.kill();
    }
  });
});
