import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProcess, type RunningProcess } from '@lokmin/engines';
import { connectBus, natsServerConfiguration, provision, type Bus, type Log } from '@lokmin/messaging';
import { aDatabase, aNats, eventually, type TestDatabase, type TestNats } from '@lokmin/testing';
import pg from 'pg';
import { findPlace } from './connection.ts';

const checkout = join(import.meta.dirname, '../..');
const demo = join(checkout, 'tools/demo/belitung-timur');
const home = mkdtempSync(join(tmpdir(), 'lokmin-cli-'));
const PASSWORD = 'kata-sandi-uji-19';
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const fromSource = (file: string) => [
  '--import',
  join(checkout, 'tools/local/typescript.mjs'),
  join(checkout, file),
];

type Service = 'directory' | 'indicators';
let nats: TestNats;
let provisioner: Bus;
const databases = {} as Record<Service, TestDatabase>;
const processes: RunningProcess[] = [];
const addresses = {} as Record<Service, string>;

async function start(service: Service): Promise<void> {
  databases[service] = await aDatabase();
  const port = await freePort();
  addresses[service] = `http://127.0.0.1:${port}`;
  const run = (parameters: string[]) =>
    startProcess({
      name: service,
      command: process.execPath,
      arguments: [...fromSource(`apps/${service}/src/main.ts`), ...parameters],
      environment: {
        ...process.env,
        NODE_ENV: 'test',
        LOKMIN_NATS_URL: nats.url,
        LOKMIN_NATS_USER: service,
        LOKMIN_NATS_PASSWORD: nats.passwords[service],
        LOKMIN_DATABASE_URL: databases[service].url,
        LOKMIN_HTTP_PORT: String(port),
        LOKMIN_ADMINISTRATOR_PASSWORD: PASSWORD,
        LOKMIN_DIRECTORY_KEY: 'k'.repeat(40),
      },
      logFile: join(home, `${service}.log`),
      recordFile: join(home, `${service}${parameters.length}.json`),
    });
  expect(await run(['migrate']).ended).toEqual({ code: 0, signal: null });
  if (service === 'directory') {
    const administrator = ['--login', 'admin', '--name', 'Administrator', '--district', '19.06'];
    const district = [
      '--district-name',
      'Kabupaten Belitung Timur',
      '--province',
      'Kepulauan Bangka Belitung',
    ];
    const made = await run(['first-administrator', ...administrator, ...district]).ended;
    expect(made).toEqual({ code: 0, signal: null });
  }
  processes.push(run([]));
  await eventually(async () => (await fetch(`${addresses[service]}/health/live`)).ok, { deadlineMs: 30_000 });
}

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command line as a person does, in the name of the administrator. */
async function lokmin(parameters: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [...fromSource('tools/cli/lokmin.ts'), ...parameters], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      INIT_CWD: home,
      LOKMIN_NATS_URL: nats.url,
      LOKMIN_NATS_PASSWORD: nats.passwords.cli,
      LOKMIN_INDICATORS_URL: addresses.indicators,
      LOKMIN_LOGIN: 'admin',
      LOKMIN_PASSWORD: PASSWORD,
      ...env,
    },
  });
  const outcome: Outcome = { code: null, out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (outcome.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (outcome.err += text.toString()));
  outcome.code = await new Promise((done) => child.once('close', done));
  return outcome;
}

const file = (name: string, content: string): string => {
  writeFileSync(join(home, name), content);
  return name;
};

beforeAll(async () => {
  nats = await aNats((place) => natsServerConfiguration(place as never));
  provisioner = await connectBus({
    url: nats.url,
    user: 'provisioner',
    password: nats.passwords.provisioner,
    log: quiet,
  });
  await provision(provisioner);
  await Promise.all([start('directory'), start('indicators')]);
}, 240_000);

afterAll(async () => {
  await Promise.all(processes.map((running) => running.stop()));
  await provisioner?.close();
  await nats?.stop();
});

describe('the command line', () => {
  it('finds a local system by its data folder', async () => {
    mkdirSync(join(home, 'data/run'), { recursive: true });
    file(
      'data/secrets.json',
      JSON.stringify({ nats: { cli: 'c', directory: 'd' }, databases: { directory: 'geheim' } }),
    );
    file(
      'data/run/addresses.json',
      JSON.stringify({
        address: 'http://127.0.0.1:4000',
        natsUrl: 'nats://127.0.0.1:4222',
        superuserUrl: 'postgres://postgres:root@127.0.0.1:5432/postgres',
      }),
    );
    expect(findPlace({ INIT_CWD: home, LOKMIN_HOME: 'data' })).toMatchObject({
      natsUrl: 'nats://127.0.0.1:4222',
      natsPassword: 'c',
      valuesUrl: 'http://127.0.0.1:4000/files/values',
      directory: { LOKMIN_DATABASE_URL: 'postgres://directory:geheim@127.0.0.1:5432/directory' },
    });
    const elsewhere = await lokmin(['health'], { LOKMIN_NATS_URL: '', LOKMIN_HOME: 'nowhere' });
    expect(elsewhere).toMatchObject({ code: 3, err: expect.stringContaining('npm start') });
  });

  it('takes the directory of the demonstration district, twice', async () => {
    for (const [kind, rows] of [
      ['units', 8],
      ['coaching-groups', 7],
      ['villages', 39],
      ['people', 130],
    ] as const) {
      const path = join(demo, `${kind}.csv`);
      const first = await lokmin(['import', kind, path], { LOKMIN_INITIAL_PASSWORD: PASSWORD });
      expect(first).toMatchObject({ code: 0, err: '' });
      const again = await lokmin(['import', kind, path]);
      expect(again.out).toBe(`${kind}.csv: 0 created, 0 changed, ${rows} unchanged\n`);
    }
  }, 240_000);

  it('names what is wrong with a file, and ends with 1', async () => {
    const bad = file('desa.csv', 'unit_code,name,synthetic\n9999999,Desa,ya\n');
    expect(await lokmin(['import', 'villages', bad])).toEqual({
      code: 1,
      out: 'desa.csv, row 2, column unit_code: Kode unit 9999999 tidak dikenal. / The unit code 9999999 is not known.\n',
      err: 'Nothing was saved. Mend the rows named and import again.\n',
    });
    for (const kind of ['units', 'coaching-groups', 'villages', 'people', 'values'])
      expect((await lokmin(['import', kind, '--help'])).out).toMatch(/^Columns: \w+,/m);
    expect((await lokmin(['import', 'catalogue', '--help'])).out).toContain('annual_target_percent');
    expect(await lokmin(['import', 'villages', 'nirgends.csv'])).toMatchObject({
      code: 1,
      err: `There is no file ${join(home, 'nirgends.csv')}.\n`,
    });
  });

  it('publishes a catalogue and imports values', async () => {
    const catalogue = [
      'import',
      'catalogue',
      join(checkout, 'libs/evaluation/catalogue/indicators.json'),
      '--district',
      '1906',
    ];
    expect(await lokmin([...catalogue, '--year', '2024', '--only', 'KIA-K1,TB-SR'])).toMatchObject({
      code: 0,
      out: 'indicators.json: 2 indicators published for 1906, 2024\n',
    });
    expect((await lokmin([...catalogue, '--year', '2024'])).code).toBe(1); // published bundles do not change
    expect((await lokmin([...catalogue, '--year', '2025', '--only', 'KIA-K99'])).err).toContain('KIA-K99');
    expect((await lokmin([...catalogue, '--year', '24'])).code).toBe(2);

    const head = 'puskesmas_reg_code,indicator_code,numerator,denominator,year\n';
    const good = file('nilai.csv', `${head}1012406,KIA-K1,551,693,2024\n`);
    expect(await lokmin(['import', 'values', good, '--dry-run'])).toMatchObject({
      code: 0,
      out: 'nilai.csv: 1 row, 2 values would change (2 new) in 1 unit-period, 0 unchanged\n',
    });
    expect(await lokmin(['import', 'values', good])).toMatchObject({
      code: 0,
      out: 'nilai.csv: 1 row, 2 values changed (2 new) in 1 unit-period, 0 unchanged\n',
    });
    const bad = file('salah.csv', `${head}1012406,KIA-K1,-5,693,2024\n`);
    expect(await lokmin(['import', 'values', bad])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^salah.csv, row 2, column numerator \("-5"\): /),
    });
  }, 240_000);

  it('shows the state of every service, and which one does not answer', async () => {
    const { code, out, err } = await lokmin(['health']);
    expect(out).toMatch(/^directory +yes +0 +0 *$/m);
    expect(out).toMatch(/^notifications +NO +- +- +no answer$/m);
    expect([code, err]).toEqual([1, 'Not ready: meetings, actions, notifications\n']);
  });

  it('ends at once with 3 when nothing answers, whatever was asked', async () => {
    const away = { LOKMIN_NATS_URL: `nats://127.0.0.1:${await freePort()}` };
    const people = file('orang.csv', 'login,name\n');
    for (const command of [['health'], ['dead-letters', 'list', 'directory'], ['import', 'people', people]])
      expect(await lokmin(command, away)).toEqual({
        code: 3,
        out: '',
        err: `NATS does not answer at ${away.LOKMIN_NATS_URL} (connection refused). Is the system running?\n`,
      });
  }, 30_000);

  it('lists and replays dead letters and refills', async () => {
    expect((await lokmin(['dead-letters', 'list', 'directory'])).out).toBe('directory: 0 dead letters\n');
    const client = new pg.Client(databases.directory.url);
    await client.connect();
    await client.query(
      `INSERT INTO dead_letter (durable, subject, body, attempts, reason) VALUES ('directory-roster', 'lokmin.ref.directory.unit.x', '{', 3, 'not JSON')`,
    );
    await client.query(
      `INSERT INTO outbox (id, stream, subject, body, created_at, published_at)
       VALUES (gen_random_uuid(), 'FACTS', 'lokmin.directory.old', '{}', now() - interval '99 days', now() - interval '99 days')`,
    );
    const listed = await lokmin(['dead-letters', 'list', 'directory']);
    expect(listed.out).toMatch(/directory-roster {2}lokmin.ref.directory.unit.x.*\n.*3 attempts: not JSON/);
    expect(await lokmin(['dead-letters', 'replay', 'directory'])).toMatchObject({
      code: 1,
      err: '1 of 1 dead letter failed again.\n',
    });
    expect((await lokmin(['refill', 'directory'])).out).toMatch(/^directory: \d\d+ facts published again\n$/);
    const { rows } = await client.query(
      `SELECT published_at FROM outbox WHERE subject = 'lokmin.directory.old'`,
    );
    await client.end();
    expect(rows).toEqual([{ published_at: expect.any(Date) }]); // readers may have forgotten that they knew it
  });

  it('is refused to others, and says so when nobody signs in', async () => {
    const other = { LOKMIN_LOGIN: 'kapus.manggar' };
    expect(await lokmin(['refill', 'directory'], other)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Your posts do not allow this.'),
    });
    expect(await lokmin(['refill', 'directory'], { LOKMIN_PASSWORD: 'wrong' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Login or password is wrong.'),
    });
    expect(await lokmin(['health'], { LOKMIN_LOGIN: '' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('LOKMIN_LOGIN'),
    });
    expect((await lokmin(['refill', 'kitchen'])).code).toBe(2);
  });
});
