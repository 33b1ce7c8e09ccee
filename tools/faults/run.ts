import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus, type Log } from '@lokmin/messaging';
import { startSystem, type System } from '../local/system.ts';
import { PassingClock } from './clock.ts';
import { readDatabases, readMailbox, type Finding } from './counting.ts';
import { disturb, planDisturbances, type Disturbance } from './disturbances.ts';
import { BEGIN, puskesmas, type Puskesmas } from './district.ts';
import { Ledger } from './ledger.ts';
import { findPlace, loadDistrict } from './load.ts';
import { People } from './people.ts';
import { untilQuiet } from './quiet.ts';
import { compareSnapshots, reckon, snapshot, type Look } from './reckoning.ts';
import { countMails, uncertainAtMost } from './reckoning.messages.ts';
import { tellFindings, tellWork } from './tell.ts';
import { evaluate, workThrough, type Place } from './work.ts';

export interface FaultTest {
  readonly units: number;
  /** Months evaluated by each, at most 10. */
  readonly months: number;
  readonly kills: number;
  /** Freeze NATS for so long once; null: not. */
  readonly pauseMs: number | null;
  /** One of the kills of NATS takes its volume with it, in the middle of the work. */
  readonly loseVolume: boolean;
  readonly seed: number;
  readonly report: (line: string) => void;
  readonly postgresSettings?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export interface Outcome {
  readonly passed: boolean;
  /** What was done and found, for people. */
  readonly text: string;
  /** Ledger and data folder with the logs; gone when all is right. */
  readonly folder: string;
}

/** How many puskesmas work at the same time. */
const SIDE_BY_SIDE = 6;
const QUIET_MS = 120_000;
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A synthetic district submits its evaluations and holds its meetings while every process is killed in turn; afterwards
 * everything, mails included, is counted against the ledger. Then the streams' volume is deleted, and counted again.
 */
export async function testFaults(test: FaultTest): Promise<Outcome> {
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'lokmin-faults-'));
  chmodSync(folder, 0o711); // for root, PostgreSQL runs as another user
  const home = join(folder, 'home');
  const units = Array.from({ length: test.units }, (_, at) => puskesmas(at));
  const submissions = test.units * test.months;
  const ledger = new Ledger(folder);
  const ended: string[] = [];
  const said: string[] = [];
  const open: Bus[] = [];
  const report = (line: string) =>
    test.report(`[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s] ${line}`);

  const clock = new PassingClock(join(folder, 'now'), BEGIN);
  report(`Fault test, seed ${test.seed}: ${test.units} synthetic puskesmas, ${submissions} evaluations`);
  const system = await startSystem({
    home,
    mode: 'test',
    environment: { LOKMIN_TEST_CLOCK_FILE: clock.file },
    postgresSettings: test.postgresSettings,
    signal: test.signal,
    report: (line) => {
      if (/ended by itself|does not start/.test(line)) ended.push(line);
      report(line);
    },
  });
  const findings: Finding[] = [];
  let failure: unknown;
  try {
    const busOf = async (user: 'cli' | 'provisioner') => {
      const bus = await connectBus({
        url: system.natsUrl,
        user,
        password: system.secrets.nats[user],
        log: silent,
      });
      open.push(bus);
      return bus;
    };
    const people = new People(await busOf('cli'), system.secrets.demoPassword, ledger);
    report('Loading the synthetic district');
    await loadDistrict(system, people, ledger, units, test.months + 1);
    const place = await findPlace(system, people, clock);
    test.signal?.addEventListener('abort', () => place.progress.fail(test.signal!.reason));

    const plan = planDisturbances({ submissions, ...test });
    await workUnderFaults(system, units, test, plan, place, report);
    const { accomplished } = place;
    report(
      `${submissions} evaluations and ${accomplished.meetings.length} meetings are answered; waiting until everything is quiet`,
    );

    const reader = await busOf('provisioner');
    const implied = { units, accomplished, ledger, uncertainAtMost: uncertainAtMost(plan) };
    await readDatabases(system, async (rows) => {
      // What never comes to rest is told, and counted as it is; then the rest of the test would say nothing more.
      const quiet = async (when: string) => {
        const until = (mails: boolean) =>
          untilQuiet(rows, reader, { deadlineMs: QUIET_MS, mails }, test.signal);
        let moving = await until(false);
        if (moving.length === 0) {
          // The digests go out, and whatever a killed process was sending is given up.
          clock.moveToDigest();
          moving = await until(true);
        }
        if (moving.length > 0)
          findings.push({
            when,
            what: 'still moving',
            expected: 0,
            found: moving.length,
            differences: moving,
          });
        return moving.length === 0;
      };
      const look: Look = { rows, bus: reader, caught: () => readMailbox(system) };
      const atRest = await quiet('after the kills');
      report('Counting against the ledger');
      findings.push(...(await reckon(look, implied, 'after the kills')));
      said.push(...tellWork(plan, ledger, accomplished, await countMails(look)));
      if (!atRest) return;

      report('Deleting the volume of the streams');
      const before = await snapshot(look);
      await disturb(system, { at: submissions, process: 'nats', how: 'lose volume', downMs: 0 });
      const full = await quiet('after the volume was deleted');
      report('Counting what it is now');
      findings.push(...compareSnapshots('after the volume was deleted', before, await snapshot(look)));
      if (!full) return;

      await evaluate(units[0]!, test.months + 1, place);
      await quiet('one evaluation later');
      report('One more evaluation went through; counting');
      findings.push(...(await reckon(look, implied, 'one evaluation later')));
    });
  } catch (error) {
    failure = error;
  } finally {
    await Promise.all(open.map((bus) => bus.close()));
    await system.stop();
    clock.stop();
  }
  findings.push({
    when: 'all the time',
    what: 'processes that ended by themselves',
    expected: 0,
    found: ended.length,
    differences: ended,
  });
  const passed = failure === undefined && findings.every(({ differences }) => differences.length === 0);
  const lines = [
    ...said,
    ...tellFindings(findings),
    ...(failure === undefined
      ? []
      : [
          '',
          `The test broke off: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`,
        ]),
    ...(passed ? [] : ['', `Logs: ${join(home, 'logs')}`, `Ledger: ${ledger.file}`]),
    '',
    `${passed ? 'Nothing was lost and nothing doubled' : 'The fault test FAILED'} (${((performance.now() - began) / 1000).toFixed(0)} s)`,
  ];
  if (passed) rmSync(folder, { recursive: true, force: true });
  return { passed, text: lines.join('\n'), folder };
}

/** Submissions that may begin while something is down; the others wait for it to be back. */
const MEANWHILE = 12;

/** The puskesmas work through their months, some side by side, while one process after the other is disturbed. */
async function workUnderFaults(
  system: System,
  units: readonly Puskesmas[],
  { months }: FaultTest,
  plan: readonly Disturbance[],
  place: Place,
  report: (line: string) => void,
): Promise<void> {
  const { progress } = place;
  const allowUntil = (next: number) => progress.allow((plan[next]?.at ?? Infinity) + MEANWHILE);
  const waiting = [...units];
  const work = async () => {
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) await workThrough(unit, months, place);
  };
  const disturbAll = async () => {
    for (const [i, one] of plan.entries()) {
      allowUntil(i);
      await progress.reached(one.at);
      const now = progress.done;
      const what = { kill: 'killed', pause: 'paused', 'lose volume': 'killed and its volume deleted' }[
        one.how
      ];
      const ms = await disturb(system, one);
      report(
        `${i + 1}/${plan.length} ${one.process} ${what} after ${now} evaluations, back after ${(ms / 1000).toFixed(1)} s (${progress.done} by then)`,
      );
    }
    allowUntil(plan.length);
  };
  const all = [disturbAll(), ...Array.from({ length: SIDE_BY_SIDE }, work)];
  for (const each of all) each.catch((error: unknown) => progress.fail(error));
  const outcomes = await Promise.allSettled(all);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
