/**
 * `npm run test:compose`: the whole system as containers, from a clean clone of what is committed. Needs a Docker engine;
 * takes some minutes and removes what it made. Variables: LOKMIN_COMPOSE (words by which compose is called),
 * LOKMIN_KEEP_BUILD=1 (leaves the steps of the build, for the next run), and NODE_IMAGE, POSTGRES_IMAGE, NATS_IMAGE as
 * docker-compose.yml has them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { READERS, SERVICES, type Reader, type ServiceName } from '@lokmin/contracts';
import { isPortFree } from '@lokmin/engines';
import { aJpeg, eventually } from '@lokmin/testing';
import { Person } from '../e2e/client.ts';
import { containersOf, findCompose, JOBS, shell, type Container } from './docker.ts';

const checkout = join(import.meta.dirname, '../..');
const project = `lokmintest${process.pid}`;
const PERIOD = '2024-12';
const MANGGAR = 'manggar';
/** From `up` to healthy, on two cores. */
const HEALTHY_AIM_S = 120;
const PATIENCE_MS = 180_000;

const began = performance.now();
const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
const say = (line: string) => console.log(`[${seconds(began).padStart(6)} s] ${line}`);

/** Runs one check and prints it. @throws what it throws: the next ones build on it */
async function check<T>(what: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  try {
    const result = await work();
    say(`ok      ${what}${typeof result === 'string' ? `: ${result}` : ''} (${seconds(since)} s)`);
    return result;
  } catch (error) {
    say(`FAILED  ${what}`);
    throw error;
  }
}
function same(found: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(found, wanted))
    throw new Error(`${what}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
}

let program: string;
try {
  program = findCompose();
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
if (spawnSync('git', ['-C', checkout, 'rev-parse', 'HEAD']).status !== 0) {
  console.error('The clean clone is made from a Git checkout, and this is none.');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'lokmin-compose-'));
const clone = join(folder, 'lokmin');
const environment: Record<string, string> = {
  COMPOSE_PROJECT_NAME: project,
  LOKMIN_IMAGE: 'lokmin-test',
  LOKMIN_TAG: String(process.pid),
  LOKMIN_BIND: '0.0.0.0',
  LOKMIN_ADHOC: 'everyone', // people of a puskesmas ask here without the browser application
};
const image = () => `${environment['LOKMIN_IMAGE']}:${environment['LOKMIN_TAG']}`;
const inClone = (line: string, env: Record<string, string> = {}) =>
  shell(line, { cwd: clone, env: { ...environment, ...env } });
const compose = (parameters: string) => inClone(`${program} ${parameters}`);

const manual = readFileSync(join(checkout, 'docs/operations.md'), 'utf8').split('\n');
/** Runs a line of docs/operations.md as an operator does. @throws Error when no such line stands there */
async function operate(line: string, env: Record<string, string> = {}): Promise<string> {
  if (!manual.includes(line)) throw new Error(`docs/operations.md has no line "${line}"`);
  return inClone(
    line.replaceAll('docker compose', program).replaceAll('lokmin_nats', `${project}_nats`),
    env,
  );
}

// --- What is asked of the system from outside ---

/** Rows of a query in a database, as text with | between the columns. */
async function stored(database: ServiceName, sql: string): Promise<string[]> {
  const postgres = (await containersOf(project)).find(({ service }) => service === 'postgres')!;
  const rows = await shell(`docker exec ${postgres.id} psql -U postgres -d ${database} -Atc "${sql}"`);
  return rows.split('\n').filter(Boolean);
}

/** The processes that stay up, by name, with as many containers as wanted, healthy; jobs ended well. */
async function healthy(
  replicas = 1,
  jobs: readonly string[] = ['configure', 'migrate'],
): Promise<Container[]> {
  const wanted = (await compose('config --services')).trim().split(/\s+/);
  const apps = [...SERVICES, 'gateway', 'provisioner'];
  return eventually(
    async () => {
      const containers = await containersOf(project);
      const broken = containers.filter(
        ({ service, status, exitCode }) => JOBS.includes(service) && status === 'exited' && exitCode !== 0,
      );
      const lacking = wanted.flatMap((service) => {
        if (['lokmin', 'audit', ...JOBS].includes(service)) return [];
        // docker-compose 1.29 lists the services of profiles that are not asked for, too.
        if (service === 'mailbox' && !containers.some((each) => each.service === service)) return [];
        const well = containers.filter(
          (each) => each.service === service && each.health === 'healthy',
        ).length;
        const needed = apps.includes(service) ? replicas : 1;
        return well === needed ? [] : [`${service} (${well} of ${needed} healthy)`];
      });
      for (const job of jobs)
        if (
          !containers.some(
            ({ service, status, exitCode }) => service === job && status === 'exited' && exitCode === 0,
          )
        )
          lacking.push(`${job} (not ended)`);
      if (broken.length + lacking.length > 0)
        throw new Error([...broken.map(({ service }) => `${service} failed`), ...lacking].join(', '));
      return containers;
    },
    { deadlineMs: PATIENCE_MS, everyMs: 250, what: 'every container healthy' },
  );
}

const addresses = (containers: Container[]) =>
  containers
    .filter(({ service }) => service === 'gateway')
    .flatMap(({ published }) => published.map((port) => `http://127.0.0.1:${port.split(':').at(-1)}`));

interface Row {
  puskesmas: { code: string; name: string };
  evaluation: { id: string; revision: number; status: string } | null;
  tally: Record<'baik' | 'cukup' | 'kurang' | 'tanpaTarget' | 'tanpaData', number>;
  proposedActions: number;
  openActions: number;
}
const overview = async (person: Person): Promise<Row[]> =>
  (
    await person.ask<{ district: { overview: { rows: Row[] } } }>(
      `query ($period: YearMonth!) { district(code: "19.06") { overview(period: $period) { rows {
         puskesmas { code name } evaluation { id revision status }
         tally { baik cukup kurang tanpaTarget tanpaData } proposedActions openActions } } } }`,
      { period: PERIOD },
    )
  ).district.overview.rows;

const returnEvaluation = async (officer: Person, { evaluation }: Row) => {
  const { __typename } = await officer.command(
    'returnEvaluation',
    {
      evaluation: evaluation!.id,
      expectedRevision: evaluation!.revision,
      reason: 'Angka berbeda dari register',
    },
    '',
  );
  same(__typename, 'EvaluationReturned', 'the answer to returnEvaluation');
};
const submit = async (head: Person, code: string) => {
  const answer = await head.command<{ __typename: string; tally: { kurang: number } }>(
    'submitEvaluation',
    { puskesmas: code, period: PERIOD },
    '... on EvaluationSubmitted { tally { kurang } }',
  );
  same(answer.__typename, 'EvaluationSubmitted', 'the answer to submitEvaluation');
  return answer.tally.kurang;
};

/** What every database says of facts: `announced <type>`, `done <durable>`, `unsent`. */
async function tallies(): Promise<Map<string, number>> {
  const found = await Promise.all(
    SERVICES.map((service) =>
      stored(
        service,
        `SELECT 'announced ' || subject, count(*) FROM outbox GROUP BY 1
         UNION ALL SELECT 'done ' || durable, count(*) FROM inbox GROUP BY 1
         UNION ALL SELECT 'unsent', count(*) FROM outbox WHERE published_at IS NULL`,
      ),
    ),
  );
  const sums = new Map<string, number>();
  for (const row of found.flat()) {
    const [what, number] = row.split('|') as [string, string];
    sums.set(what, (sums.get(what) ?? 0) + Number(number));
  }
  return sums;
}

/** Waits until every fact is sent and has its one effect in each reader. @returns effects by durable */
async function quiet(): Promise<Map<string, number>> {
  return eventually(
    async () => {
      const sums = await tallies();
      same(sums.get('unsent'), 0, 'facts that are not sent yet');
      const effects = new Map<string, number>();
      for (const { durable, kind, facts } of Object.values(READERS) as Reader[]) {
        if (kind !== 'effect') continue;
        const announced = facts.reduce((sum, { type }) => sum + (sums.get(`announced ${type}`) ?? 0), 0);
        same(sums.get(`done ${durable}`) ?? 0, announced, `effects of ${durable}`);
        effects.set(durable, announced);
      }
      return effects;
    },
    { deadlineMs: PATIENCE_MS, everyMs: 500, what: 'each fact has its one effect' },
  );
}
const FOLLOWED = 'actions-follow-evaluation';

/** What a double effect would leave behind; empty when there is none. */
async function doubles(): Promise<string[]> {
  const found: string[] = [];
  const none = async (what: string, database: ServiceName, sql: string) => {
    const rows = await stored(database, sql);
    if (rows.length > 0) found.push(`${what}: ${rows.slice(0, 5).join(' ')}`);
  };
  await none(
    'two open actions for one indicator',
    'actions',
    `SELECT unit_id, indicator_code FROM action WHERE status IN ('proposed', 'ready', 'in_progress') GROUP BY 1, 2 HAVING count(*) > 1`,
  );
  await none(
    'two messages about one evaluation',
    'notifications',
    `SELECT person_id, about_id FROM message WHERE about = 'evaluation' GROUP BY 1, 2 HAVING count(*) > 1`,
  );
  for (const service of SERVICES)
    await none(`dead letters of ${service}`, service, 'SELECT durable, reason FROM dead_letter');
  return found;
}

/** Which of the ports of this machine answer at an address, all 65,535 asked. */
async function openPorts(host: string): Promise<number[]> {
  const open: number[] = [];
  const answers = (port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port });
      const end = (is: boolean) => {
        socket.destroy();
        resolve(is);
      };
      socket.setTimeout(2_000, () => end(false));
      // Linux may connect a socket to itself where nobody listens.
      socket.once('connect', () => end(socket.localPort !== port));
      socket.once('error', () => end(false));
    });
  let next = 1;
  const worker = async () => {
    while (next <= 65_535) {
      const port = next++;
      if (await answers(port)) open.push(port);
    }
  };
  await Promise.all(Array.from({ length: 200 }, worker));
  return open.sort((a, b) => a - b);
}

/** The address by which other machines know this one. */
function ownAddress(): string {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This machine has no address but loopback');
  return found.address;
}

/** Two free ports, one after the other. */
async function twoPorts(): Promise<[number, number]> {
  for (let port = 21_000 + (process.pid % 9_000); port < 32_000; port += 2)
    if ((await isPortFree(port)) && (await isPortFree(port + 1))) return [port, port + 1];
  throw new Error('There are no two free ports between 21000 and 32000');
}

// --- The checks ---

async function run(): Promise<void> {
  const [port, nextPort] = await twoPorts();
  environment['LOKMIN_PORT'] = String(port);
  say(`compose: ${program} (${(await shell(`${program} version`)).split('\n')[0]})`);

  await check('a clean clone of what is committed', async () => {
    await shell(`git clone --quiet --no-hardlinks "${checkout}" "${clone}"`);
    return (await inClone('git log -1 --format="%h %s"')).trim();
  });
  await check('without passwords compose refuses, and says what to do', async () => {
    const refused = await compose('config -q').then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );
    if (!refused.includes('run tools/compose/secrets.sh')) throw new Error(refused);
  });
  await check('the first-run command makes them once', async () => {
    await operate('sh tools/compose/secrets.sh');
    const before = readFileSync(join(clone, '.env'), 'utf8');
    await operate('sh tools/compose/secrets.sh');
    same(readFileSync(join(clone, '.env'), 'utf8'), before, 'the passwords after a second run');
  });
  await check('the build', async () => {
    await operate('docker compose build');
    const { Size } = (JSON.parse(await shell(`docker image inspect ${image()}`)) as { Size: number }[])[0]!;
    const base = environmentOr('NODE_IMAGE', 'node:24-bookworm-slim');
    const of = (JSON.parse(await shell(`docker image inspect ${base}`)) as { Size: number }[])[0]!.Size;
    return `image of ${megabytes(Size)} MB, ${megabytes(Size - of)} MB of them above ${base}`;
  });
  await check('the image holds no passwords and no second Node.js', async () => {
    const found = await shell(
      `docker run --rm --entrypoint sh ${image()} -c "find / -xdev -name .env -o -xdev -name 'node-linux-*' 2>/dev/null | grep -v ^/proc" || true`,
    );
    same(found.trim(), '', 'files that should not be there');
  });

  const host = ownAddress();
  const openBefore = await openPorts(host);
  await check('from up to healthy', async () => {
    const since = performance.now();
    await operate('docker compose up -d');
    await healthy();
    const took = Number(seconds(since));
    if (took > HEALTHY_AIM_S) throw new Error(`${took} s, and should be ${HEALTHY_AIM_S} s at most`);
    return `${took} s`;
  });
  let containers = await containersOf(project);
  await check(`one port is published, found by a scan of all 65535 of ${host}`, async () => {
    same(
      containers.flatMap(({ published }) => published),
      [`4000/tcp 0.0.0.0:${port}`],
      'published ports',
    );
    const opened = (await openPorts(host)).filter((each) => !openBefore.includes(each));
    same(opened, [port], 'ports that opened');
    return String(port);
  });
  await check('no process runs as root', async () => {
    const users: string[] = [];
    for (const { id, service, status } of containers) {
      if (status !== 'running') continue;
      const [, ...lines] = (await shell(`docker top ${id} -eo pid,uid,comm`)).trim().split('\n');
      for (const line of lines) {
        const [, uid, name] = line.trim().split(/\s+/);
        if (uid === '0') throw new Error(`${name} of ${service} runs as root`);
        users.push(`${service}:${uid}`);
      }
    }
    return `${users.length} processes, users ${[...new Set(users.map((each) => each.split(':')[1]))].join(', ')}`;
  });
  await check('root file systems are read-only, without capabilities and new privileges', async () => {
    for (const each of containers) {
      const { readOnly, droppedCapabilities, securityOptions } = each;
      same(
        { readOnly, droppedCapabilities, securityOptions },
        { readOnly: true, droppedCapabilities: ['ALL'], securityOptions: ['no-new-privileges:true'] },
        each.service,
      );
      if (each.status !== 'running') continue;
      const written = await shell(
        `docker exec --user 0 ${each.id} sh -c 'touch /written 2>/dev/null && echo yes || echo no'`,
      );
      same(written.trim(), 'no', `root may write in ${each.service}`);
    }
  });

  await check('the demonstration district', async () => {
    await operate('docker compose --profile demo up -d');
    containers = await healthy(1, ['configure', 'migrate', 'demo']);
  });
  const password = /^LOKMIN_DEMO_PASSWORD=(.+)$/m.exec(readFileSync(join(clone, '.env'), 'utf8'))![1]!;
  // A replica that was just started may be away for the moment that its first connection to the database takes.
  const signIn = (address: string, login: string) =>
    eventually(() => Person.signIn(address, login, password), { deadlineMs: 30_000, everyMs: 1_000 });

  await check('a cycle through the published port', async () => {
    const [address] = addresses(containers) as [string];
    const [officer, head, kia] = await Promise.all([
      signIn(address, 'dinas'),
      signIn(address, `kapus.${MANGGAR}`),
      signIn(address, `kia.${MANGGAR}`),
    ]);
    const row = async () =>
      (await overview(officer)).find(({ puskesmas }) => /Manggar$/.test(puskesmas.name))!;
    const before = await row();
    same((await overview(officer)).filter(({ evaluation }) => evaluation).length, 7, 'evaluations');
    await returnEvaluation(officer, before);
    await eventually(async () => (await row()).proposedActions < before.proposedActions, {
      deadlineMs: 30_000,
    });
    const { __typename } = await kia.command(
      'recordValues',
      {
        puskesmas: before.puskesmas.code,
        period: PERIOD,
        values: [{ element: 'KIA-K1.num', covers: 'YEAR_TO_DATE', state: 'REPORTED', value: '640' }],
      },
      '',
    );
    same(__typename, 'ValuesRecorded', 'the answer to recordValues');
    const kurang = await submit(head, before.puskesmas.code);
    same(kurang, before.tally.kurang - 1, 'indicators that are kurang');
    await eventually(async () => (await row()).proposedActions === before.proposedActions - 1, {
      deadlineMs: 30_000,
    });
    const { puskesmas } = await head.ask<{
      puskesmas: {
        people: { nodes: { id: string; name: string }[] };
        actions: { nodes: { id: string; revision: number; indicatorCode: string }[] };
      };
    }>(
      `query ($code: String!) { puskesmas(code: $code) { people { nodes { id name } }
         actions(first: 200, statuses: [PROPOSED]) { nodes { id revision indicatorCode } } } }`,
      { code: before.puskesmas.code },
    );
    const proposal = puskesmas.actions.nodes.find(({ indicatorCode }) => indicatorCode === 'KIA-K4')!;
    const owner = puskesmas.people.nodes.find(({ name }) => name === 'Pemegang Program KIA Manggar')!;
    const dueDate = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const ready = await head.command(
      'readyAction',
      {
        action: proposal.id,
        expectedRevision: proposal.revision,
        owner: owner.id,
        dueDate,
        title: 'Sweeping K4',
      },
      '',
    );
    same(ready.__typename, 'ActionChanged', 'the answer to readyAction');
    await eventually(async () => (await row()).openActions === before.openActions + 1, {
      deadlineMs: 30_000,
    });
    await eventually(
      async () =>
        (
          await kia.ask<{ viewer: { inbox: { nodes: { link: string }[] } } }>(
            '{ viewer { inbox(first: 50) { nodes { link } } } }',
          )
        ).viewer.inbox.nodes.some(({ link }) => link.includes(proposal.id)),
      { deadlineMs: 30_000, what: 'the owner is told' },
    );
    await quiet();
    same(await doubles(), [], 'doubled');
  });

  await check(
    'every service twice: seven evaluations returned and submitted at once have one effect each',
    async () => {
      environment['LOKMIN_PORT'] = `${port}-${nextPort}`;
      const names = [...new Set(containers.map(({ service }) => service))].filter(
        (name) => ![...JOBS, 'postgres', 'nats'].includes(name),
      );
      await compose(`up -d ${names.map((name) => `--scale ${name}=2`).join(' ')}`);
      containers = await healthy(2);
      const both = addresses(containers);
      same(both.length, 2, 'gateways');
      const officers = await Promise.all(both.map((address) => signIn(address, 'dinas')));
      const before = await quiet();
      const rows = await overview(officers[0]!);
      const kurang = await Promise.all(
        rows.map(async (row, i) => {
          await returnEvaluation(officers[i % 2]!, row);
          const login = `kapus.${row.puskesmas.name
            .replace(/^Puskesmas /, '')
            .toLowerCase()
            .replaceAll(' ', '-')}`;
          return submit(await signIn(both[(i + 1) % 2]!, login), row.puskesmas.code);
        }),
      );
      const after = await quiet();
      same(after.get(FOLLOWED)! - before.get(FOLLOWED)!, 2 * rows.length, 'evaluations followed');
      same(await doubles(), [], 'doubled');
      const red = kurang.reduce((sum, each) => sum + each, 0);
      await eventually(
        async () => {
          const seen = await Promise.all(officers.map(overview));
          const followed = (each: Row[]) =>
            each.reduce((sum, { proposedActions, openActions }) => sum + proposedActions + openActions, 0);
          same(seen.map(followed), [red, red], 'actions that the two gateways show');
          return true;
        },
        { deadlineMs: 30_000 },
      );
      return `${names.length} services; ${[...after].map(([durable, effects]) => `${durable} ${effects}`).join(', ')}`;
    },
  );

  await check('killed containers come back, and nothing is lost', async () => {
    // `docker kill` counts as a stop by hand; here the process dies, as of a lack of memory.
    const victims = containers.filter(
      ({ service }, i) =>
        !JOBS.includes(service) && containers.findIndex((each) => each.service === service) === i,
    );
    await shell(
      `docker run --rm --pid=host --user 0 --entrypoint sh ${image()} -c "kill -9 ${victims.map(({ pid }) => pid).join(' ')}"`,
    );
    await eventually(
      async () => {
        const now = await containersOf(project);
        const still = victims.filter(({ id }) => !now.some((each) => each.id === id && each.restarts > 0));
        if (still.length > 0)
          throw new Error(`not started again: ${still.map(({ service }) => service).join(', ')}`);
        return true;
      },
      { deadlineMs: PATIENCE_MS, everyMs: 250 },
    );
    containers = await healthy(2);
    const [address] = addresses(containers) as [string];
    const officer = await signIn(address, 'dinas');
    const row = (await overview(officer))[0]!;
    await returnEvaluation(officer, row);
    await quiet();
    same(await doubles(), [], 'doubled');
    return victims.map(({ service }) => service).join(', ');
  });

  await check('down and up keep the data', async () => {
    const [address] = addresses(containers) as [string];
    const before = await overview(await signIn(address, 'dinas'));
    environment['LOKMIN_PORT'] = String(port);
    await operate('docker compose down');
    const since = performance.now();
    await operate('docker compose up -d');
    containers = await healthy();
    const took = seconds(since);
    const [again] = addresses(containers) as [string];
    same(await overview(await signIn(again, 'dinas')), before, 'the overview');
    return `healthy again after ${took} s`;
  });

  await check('lost streams come back from the databases, without a second effect', async () => {
    const before = await quiet();
    await operate('docker compose rm -sf nats configure');
    await operate('docker volume rm lokmin_nats');
    await operate('docker compose up -d');
    containers = await healthy();
    const [address] = addresses(containers) as [string];
    const officer = await signIn(address, 'dinas');
    const row = (await overview(officer)).find(({ evaluation }) => evaluation?.status === 'SUBMITTED')!;
    await returnEvaluation(officer, row);
    same((await quiet()).get(FOLLOWED), before.get(FOLLOWED)! + 1, 'evaluations followed');
    same(await doubles(), [], 'doubled');
  });

  await check(
    'a new system: everything gone, other passwords, and a mailbox that takes all mail',
    async () => {
      await operate('docker compose --profile demo --profile mailbox down -v');
      rmSync(join(clone, '.env'));
      const settings = [
        'COMPOSE_PROFILES=mailbox',
        'LOKMIN_SMTP_URL=smtp://mailbox:2525',
        'LOKMIN_MAIL_FROM=lokmin@dinkes.example',
        'LOKMIN_PUBLIC_URL=http://127.0.0.1:4000',
      ];
      for (const line of settings)
        if (!manual.includes(line)) throw new Error(`docs/operations.md has no line "${line}"`);
      writeFileSync(join(clone, '.env'), `${settings.join('\n')}\n`);
      await operate('sh tools/compose/secrets.sh');
      await operate('docker compose up -d');
      containers = await healthy();
      same(
        containers.some(({ service }) => service === 'mailbox'),
        true,
        'whether there is a mailbox',
      );
      const address = await operate(
        "docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' $(docker compose ps -q mailbox)",
      );
      same((await fetch(`http://${address.trim()}:4000/mails.json`)).status, 200, 'the page of the mailbox');
      await inClone(
        `docker exec ${containers.find(({ service }) => service === 'notifications')!.id} bash -c 'exec 3<>/dev/tcp/mailbox/2525 && read -r -u 3 greeting && [[ $greeting == 220* ]]'`,
      );
    },
  );
  const initial = 'pertama-kali-masuk';
  const administrator: Record<string, string> = { LOKMIN_LOGIN: 'admin' };
  await check(
    'the first administrator, units, people, catalogue and values by the command line',
    async () => {
      const made = await operate(
        "docker compose run --rm lokmin first-administrator --login admin --name 'Administrator' --district 19.06 --district-name 'Kabupaten Belitung Timur' --province 'Kepulauan Bangka Belitung' --time-zone Asia/Jakarta",
      );
      administrator['LOKMIN_PASSWORD'] = /Password \(shown only now\): (\S+)/.exec(made)![1]!;
      await operate('cp tools/demo/belitung-timur/*.csv libs/evaluation/catalogue/indicators.json files/');
      // A service refuses an administrator of whom it has not heard yet.
      await eventually(() => operate('docker compose run --rm lokmin health', administrator), {
        deadlineMs: 30_000,
      });
      await operate('docker compose run --rm lokmin import units units.csv', administrator);
      await operate(
        'docker compose run --rm lokmin import coaching-groups coaching-groups.csv',
        administrator,
      );
      await operate('docker compose run --rm lokmin import villages villages.csv', administrator);
      await operate('docker compose run --rm lokmin import people people.csv', {
        ...administrator,
        LOKMIN_INITIAL_PASSWORD: initial,
      });
      await operate(
        'docker compose run --rm lokmin import catalogue indicators.json --district 19.06 --year 2024',
        administrator,
      );
      const values = await eventually(
        () =>
          operate('docker compose run --rm lokmin import values indicator_results_2024.csv', administrator),
        { deadlineMs: 30_000 },
      );
      return values.trim().split('\n').at(-1)!.trim();
    },
  );
  await check('passwords, dead letters, refill and keys by the command line', async () => {
    await operate('docker compose run --rm lokmin set-password --login kapus.manggar', {
      LOKMIN_NEW_PASSWORD: password,
    });
    await operate('docker compose run --rm lokmin dead-letters list actions', administrator);
    await operate('docker compose run --rm lokmin dead-letters replay actions', administrator);
    await operate('docker compose run --rm lokmin refill indicators', administrator);
    await operate('docker compose run --rm lokmin rotate-key', administrator);
  });
  await check('the audit trail by the command line', async () => {
    const verdict = await operate('docker compose run --rm audit verify');
    await operate('docker compose run --rm -T audit export > audit.csv');
    await operate('docker compose run --rm -T audit export --format jsonl actions meetings > audit.jsonl');
    return verdict.trim().split('\n').at(-1)!;
  });
  await check('everything of a puskesmas, into a folder', async () => {
    await operate('mkdir -p export');
    const said = await operate(
      'docker compose run --rm --user "$(id -u):$(id -g)" -v "$PWD/export:/export" lokmin export 1012406 --to /export/1012406',
      administrator,
    );
    return said.trim().split('\n').at(-1)!;
  });
  const submitManggar = async () => {
    const [address] = addresses(containers) as [string];
    const head = await signIn(address, 'kapus.manggar');
    const code = (await overview(await Person.signIn(address, 'dinas', initial))).find(({ puskesmas }) =>
      /Manggar$/.test(puskesmas.name),
    )!.puskesmas.code;
    return submit(head, code);
  };
  /** The head takes on an action and shows a file of evidence. @returns where it is fetched */
  const PICTURE = aJpeg();
  const showEvidence = async (): Promise<string> => {
    const [address] = addresses(containers) as [string];
    const head = await signIn(address, 'kapus.manggar');
    const { viewer, puskesmas } = await head.ask<{
      viewer: { id: string };
      puskesmas: { actions: { nodes: { id: string; revision: number }[] } };
    }>(
      `query ($code: String!) { viewer { id } puskesmas(code: $code) { actions(first: 1, statuses: [PROPOSED]) { nodes { id revision } } } }`,
      { code: saved.find(({ puskesmas }) => /Manggar$/.test(puskesmas.name))!.puskesmas.code },
    );
    const [{ id: action, revision }] = puskesmas.actions.nodes as [{ id: string; revision: number }];
    const dueDate = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const changed = async (name: string, input: Record<string, unknown>) =>
      same((await head.command(name, { action, ...input }, '')).__typename, 'ActionChanged', name);
    await changed('readyAction', { expectedRevision: revision, owner: viewer.id, dueDate });
    const put = await fetch(
      `${address}/files/evidence/${action}?name=foto.jpg&commandId=${crypto.randomUUID()}`,
      { method: 'POST', headers: { authorization: `Bearer ${head.token}` }, body: PICTURE },
    );
    same(put.status, 200, 'the answer to a file of evidence');
    const { id, path } = (await put.json()) as { id: string; path: string };
    await changed('reportProgress', {
      expectedRevision: revision + 1,
      progress: 50,
      note: 'Lihat foto',
      evidence: [id],
    });
    return path;
  };
  let saved: Row[] = [];
  let evidence: string;
  let effects: Map<string, number>;
  await check('a backup', async () => {
    await submitManggar();
    effects = await quiet();
    const [address] = addresses(containers) as [string];
    const officer = await Person.signIn(address, 'dinas', initial);
    saved = await overview(officer);
    evidence = await showEvidence();
    await quiet();
    saved = await overview(officer);
    await operate(
      'docker compose stop $(docker compose ps --services | grep -vx -e postgres -e nats -e demo -e lokmin -e audit)',
    );
    await operate(
      'docker compose exec -T postgres pg_dumpall -U postgres --no-role-passwords | gzip > backup.sql.gz',
    );
    await operate(
      'docker compose run --rm --no-deps -T --entrypoint tar actions -C /data -cz . > evidence.tar.gz',
    );
    await operate('docker compose up -d');
    await healthy();
    return `${(await inClone('wc -c < backup.sql.gz')).trim()} bytes`;
  });
  await check('restored into a new system with other passwords, it goes on', async () => {
    await operate('docker compose --profile demo --profile mailbox down -v');
    rmSync(join(clone, '.env'));
    await operate('sh tools/compose/secrets.sh');
    await operate('docker compose up -d postgres');
    await operate(
      "docker compose exec -T postgres sh -c 'until pg_isready -q -h 127.0.0.1; do sleep 1; done'",
    );
    await operate(
      "gunzip -c backup.sql.gz | sed '/^CREATE ROLE postgres;$/d' | docker compose exec -T postgres psql -q -v ON_ERROR_STOP=1 -U postgres -d postgres > restore.log",
    );
    await operate(
      'docker compose run --rm --no-deps -T --entrypoint tar actions -C /data -xz < evidence.tar.gz',
    );
    await operate('docker compose up -d');
    containers = await healthy();
    const [address] = addresses(containers) as [string];
    const officer = await Person.signIn(address, 'dinas', initial);
    await eventually(async () => same(await overview(officer), saved, 'the overview') ?? true, {
      deadlineMs: 30_000,
    });
    const file = await fetch(address + evidence, {
      headers: { authorization: `Bearer ${officer.token}` },
    });
    same(Buffer.from(await file.arrayBuffer()), PICTURE, 'the file of evidence');
    await returnEvaluation(
      officer,
      saved.find(({ evaluation }) => evaluation)!,
    );
    same((await quiet()).get(FOLLOWED), effects.get(FOLLOWED)! + 1, 'evaluations followed');
    same(await doubles(), [], 'doubled');
  });
}

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
function environmentOr(name: string, otherwise: string): string {
  return process.env[name] || otherwise;
}

let cleaning: Promise<void> | undefined;
/** Once, however often it is asked for: a second signal waits for the same end. */
const cleanUp = (): Promise<void> => (cleaning ??= removeAll());
async function removeAll(): Promise<void> {
  const quietly = (line: string) =>
    inClone(line).catch((error: Error) => say(`not removed: ${error.message}`));
  say('Removing what was made ...');
  await quietly(`sh tools/compose/secrets.sh`);
  await quietly(`${program} --profile demo --profile mailbox down -v --remove-orphans`);
  await shell(`docker image rm ${image()}`).catch(() => {});
  if (!process.env['LOKMIN_KEEP_BUILD'])
    await shell('docker image prune -f --filter label=org.lokmin.step').catch(() => {});
  rmSync(folder, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    say(`stopped by ${signal}`);
    void cleanUp().then(() => process.exit(1));
  });

try {
  await run();
  await cleanUp();
  say('The whole system runs as containers.');
} catch (error) {
  if (!cleaning) {
    console.error(error instanceof Error ? error.message : error);
    console.error(await compose('logs --tail=15 --no-color').catch(() => ''));
    await cleanUp();
  }
  process.exitCode = 1;
}
