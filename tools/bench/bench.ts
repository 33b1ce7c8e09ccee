/**
 * `npm run bench`: how fast the system is, as ratios to what this machine can do at best and to others' servers on it. It
 * starts a system of its own in a temporary folder, loads a synthetic district, measures, prints one report and stops
 * everything. No figure here makes a test fail.
 *   --only facts,overview,latency,import   some parts
 *   --record                        also puts the report into docs/benchmarks.md
 *   --rounds 2                      other than five rounds of the overview, for a first look
 *   --without-peers                 without the servers of others, which need the npm registry the first time
 *   --profile                       leaves CPU profiles of our processes in the run's folder
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findNatsServer, startNatsServer, type RunningNats } from '@lokmin/engines';
import { startSystem, type System } from '../local/system.ts';
import { loadDistrict } from './district.ts';
import { asText, show, type Aim, type Outcome, type Table } from './figures.ts';
import { measureFacts } from './facts.ts';
import { measureImport } from './import.ts';
import { measureLatency } from './latency.ts';
import { measureOverview } from './overview.ts';
import { installPeers } from './peers.ts';
import { IN_PRODUCTION } from './worker.ts';

/** The aim for all processes at rest, PostgreSQL and NATS included. */
const AT_REST_MB = 900;
const REST_MS = 20_000;
const NOTHING: Usage = { resident: 0, share: 0 };
const PARTS = ['overview', 'latency', 'import', 'facts'] as const;

const { values: chosen } = parseArgs({
  options: {
    only: { type: 'string' },
    record: { type: 'boolean' },
    rounds: { type: 'string', default: '5' },
    'without-peers': { type: 'boolean', default: false },
    profile: { type: 'boolean' },
  },
});
const parts: readonly string[] = chosen.only?.split(',') ?? PARTS;
const unknown = parts.filter((part) => !(PARTS as readonly string[]).includes(part));
if (unknown.length > 0) throw new Error(`No part ${unknown.join(', ')}; there are ${PARTS.join(', ')}`);
const rounds = Number(chosen.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is a whole number from 1 on`);
const withPeers = !chosen['without-peers'];

const checkout = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'lokmin-bench-'));
chmodSync(folder, 0o711); // PostgreSQL may run as another user and has to pass through
const profileFolder = chosen.profile ? join(folder, 'profiles') : undefined;
if (profileFolder) mkdirSync(profileFolder);

const began = performance.now();
const report = (line: string) =>
  console.log(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${line}`);
const stopStarting = new AbortController();
const { promise: interrupted, reject: interrupt } = Promise.withResolvers<never>();
interrupted.catch(() => {}); // it is raced below
// A terminal, npm and a supervisor may each send one: the first one counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    const reason = new Error(`Stopped by ${signal}`);
    stopStarting.abort(reason);
    interrupt(reason);
  });

if (withPeers && parts.includes('overview')) {
  try {
    installPeers(report);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

/** What else the machine does takes from every figure: processes that wait or run, on average of the last minute. */
const busyBefore = loadavg()[0]!;

const machine = await describeMachine();
let system: System | undefined;
let nats: RunningNats | undefined;
const outcomes: Outcome[] = [];
let failure: unknown;
try {
  await Promise.race([run(), interrupted]);
} catch (error) {
  failure = error;
}
report('Stopping');
await system?.stop();
await nats?.stop();
for (const data of ['postgres', 'nats', 'bench-nats'])
  rmSync(join(folder, 'home', data), { recursive: true, force: true });
if (failure) {
  console.error(failure);
  process.exit(1);
}

async function run(): Promise<void> {
  system = await startSystem({
    home: join(folder, 'home'),
    report,
    logLevel: 'warn',
    signal: stopStarting.signal,
    // The moments of commits are read afterwards; everything else is as in every installation.
    postgresSettings: { track_commit_timestamp: 'on' },
    environment: {
      ...IN_PRODUCTION,
      // One person asks as often as the machine answers: no budget ends a measurement.
      LOKMIN_RATE_PER_SECOND: '1000000',
      LOKMIN_RATE_BURST: '1000000',
      LOKMIN_COST_PER_MINUTE: '1000000000',
      ...(profileFolder ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileFolder}` } : {}),
    },
  });
  report(`Resting for ${REST_MS / 1000} s`);
  await delay(REST_MS);
  const atRest = memoryOf(system);
  const district = await loadDistrict(system, report);
  for (const part of PARTS.filter((each) => parts.includes(each))) {
    if (part === 'overview')
      outcomes.push(await measureOverview(system, district, { report, profileFolder, rounds, withPeers }));
    if (part === 'latency') outcomes.push(await measureLatency(system, district, report));
    if (part === 'import') outcomes.push(await measureImport(system, district, report));
    if (part === 'facts') {
      nats = await startNatsServer({
        folder: join(system.home, 'bench-nats'),
        configuration: ({ port, storeFolder }) =>
          `listen: "127.0.0.1:${port}"\njetstream { store_dir: ${JSON.stringify(storeFolder)} }\n`,
      });
      outcomes.push(await measureFacts(system, nats.url, district, { report, profileFolder }));
    }
  }
  outcomes.push(memoryTable(atRest, memoryOf(system)));
  await district.bus.close();
}

function memoryTable(atRest: Memory, afterwards: Memory): Outcome {
  const sum = (memory: Memory, kind: 'resident' | 'share') =>
    Object.values(memory).reduce((total, each) => total + each[kind], 0);
  const shares = sum(atRest, 'share');
  const row = (name: string, rest: Usage, after: Usage) => [
    name,
    show(rest.resident),
    show(rest.share),
    show(after.resident),
    show(after.share),
  ];
  const total = (memory: Memory): Usage => ({
    resident: sum(memory, 'resident'),
    share: sum(memory, 'share'),
  });
  return {
    tables: [
      {
        title: 'Memory',
        about:
          'MB of each process, PostgreSQL with all its children: 20 s after the start, before anything was loaded; and after the run. Resident counts a page for each process that has it; the share divides it among them, so that only shares add up.',
        columns: ['Process', 'At rest', 'Its share', 'After the run', 'Its share'],
        rows: [
          ...Object.entries(atRest).map(([name, usage]) => row(name, usage, afterwards[name] ?? NOTHING)),
          row('all together', total(atRest), total(afterwards)),
        ],
      },
    ],
    aims: [
      {
        aim: `all processes at rest, PostgreSQL and NATS included: under ${AT_REST_MB} MB`,
        measured: `${show(shares)} MB by shares, ${show(sum(atRest, 'resident'))} MB resident`,
        holds: shares < AT_REST_MB,
      },
    ],
    figures: { memory: { atRest, afterwards } },
  };
}

const text = reportOf(outcomes);
console.log(`\n${text}`);
const figures = Object.assign({}, ...outcomes.map((outcome) => outcome.figures)) as Record<string, unknown>;
const file = join(folder, 'bench.json');
writeFileSync(file, JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2) + '\n');
console.log(`\nAll figures: ${file}`);
if (chosen.record) record(text);

function reportOf(all: readonly Outcome[]): string {
  const aims: Aim[] = all.flatMap((outcome) => outcome.aims);
  const tables: Table[] = all.flatMap((outcome) => outcome.tables);
  const summary: Table = {
    title: 'Aims',
    about: `Measured on ${machine}; ${show(busyBefore)} other processes were busy on average at the start. The run took ${show((performance.now() - began) / 1000)} s.`,
    columns: ['Aim', 'Measured', 'Holds'],
    rows: aims.map(({ aim, measured, holds }) => [aim, measured, holds ? 'yes' : 'no']),
  };
  return [...tables, summary].map(asText).join('\n\n');
}

async function describeMachine(): Promise<string> {
  const version = execFileSync(await findNatsServer(), ['--version'], { encoding: 'utf8' });
  return (
    `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, ` +
    `Node.js ${process.versions.node}, nats-server ${/[\d.]+/.exec(version)?.[0]}`
  );
}

/** Puts the report on top of docs/benchmarks.md; earlier ones stay below. */
function record(reported: string): void {
  const page = join(checkout, 'docs/benchmarks.md');
  const heading = '# Benchmarks';
  const about =
    'Reports of `npm run bench -- --record`, the newest first. Ratios say more than figures: machines differ.';
  const before = existsSync(page)
    ? readFileSync(page, 'utf8')
        .split(/^(?=## )/m)
        .slice(1)
        .join('')
    : '';
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(page, `${heading}\n\n${about}\n\n## ${today}\n\n${reported}\n${before ? `\n${before}` : ''}`);
  console.log(`Recorded in ${page}`);
}

/** What a process takes of the memory, in MB. */
interface Usage {
  readonly resident: number;
  readonly share: number;
}
type Memory = Record<string, Usage>;

/** The memory of each part of the system with its children, as Linux counts it. */
function memoryOf({ processes }: System): Memory {
  const memory: Memory = {};
  for (const name of processes.names) {
    const pid = processes.pid(name);
    if (!pid) continue;
    const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout.split('\n');
    const all = [String(pid), ...children.filter((child) => child !== '')].map(usageOf);
    memory[name] = {
      resident: all.reduce((total, { resident }) => total + resident, 0),
      share: all.reduce((total, { share }) => total + share, 0),
    };
  }
  return memory;
}

function usageOf(pid: string): Usage {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    return NOTHING; // it ended meanwhile
  }
  const mb = (field: string) => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { resident: mb('Rss'), share: mb('Pss') };
}
