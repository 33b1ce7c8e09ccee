import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessName, System } from '../local/system.ts';
import { readDatabases } from './counting.ts';

/** Every process that a fact or a mail passes. */
const VICTIMS = [
  'directory',
  'indicators',
  'meetings',
  'actions',
  'notifications',
  'provisioner',
  'nats',
  'postgres',
  'mailbox',
] as const satisfies ProcessName[];

export interface Disturbance {
  /** After so many submissions. */
  readonly at: number;
  readonly process: ProcessName;
  /** `kill`: SIGKILL. `pause`: SIGSTOP, so that connections stay and nobody answers. `lose volume`: killed, and its files are gone. */
  readonly how: 'kill' | 'pause' | 'lose volume';
  readonly downMs: number;
}

export interface PlanOptions {
  readonly submissions: number;
  readonly kills: number;
  readonly seed: number;
  /** Freeze NATS once, in the middle. */
  readonly pauseMs: number | null;
  /** One of the kills of NATS takes its volume with it. */
  readonly loseVolume: boolean;
}

/** The kills in turn, spread by progress. The same seed gives the same plan. */
export function planDisturbances(options: PlanOptions): Disturbance[] {
  const { submissions, kills, seed, pauseMs, loseVolume } = options;
  const random = mulberry32(seed);
  const victims: ProcessName[] = [];
  while (victims.length < kills) victims.push(...shuffled(VICTIMS, random));
  const waits = [0, 0, 500, 1_500, 3_000];
  const plan = victims.slice(0, kills).map((process, i): Disturbance => ({
    at: Math.floor(((i + 0.5) * submissions) / kills),
    process,
    how: 'kill',
    downMs: waits[Math.floor(random() * waits.length)]!,
  }));
  if (loseVolume) {
    const second = plan.findLastIndex(({ process }) => process === 'nats');
    if (second >= 0) plan[second] = { ...plan[second]!, how: 'lose volume' };
  }
  if (pauseMs !== null) {
    const middle = Math.floor(kills / 2);
    plan.splice(middle, 0, {
      at: Math.floor((middle * submissions) / kills),
      process: 'nats',
      how: 'pause',
      downMs: pauseMs,
    });
  }
  return plan;
}

/** @returns milliseconds until it was ready again */
export async function disturb(system: System, one: Disturbance): Promise<number> {
  const { processes, natsFolder } = system;
  if (one.process === 'mailbox' || one.process === 'notifications') await untilAMailIsOnItsWay(system);
  const began = performance.now();
  if (one.how === 'pause') {
    processes.pause(one.process);
    await delay(one.downMs);
    processes.resume(one.process);
  } else {
    await processes.kill(one.process);
    if (one.how === 'lose volume') rmSync(join(natsFolder, 'jetstream'), { recursive: true });
    await delay(one.downMs);
    await processes.start(one.process);
  }
  return performance.now() - began;
}

const SOON_MS = 3_000;

/** Between a mail's first word and the record of its end; those who send mails and take them are killed there. Waits for one that sets out soon. */
async function untilAMailIsOnItsWay(system: System): Promise<void> {
  const giveUpAt = performance.now() + SOON_MS;
  await readDatabases(system, async (rows) => {
    while (performance.now() < giveUpAt) {
      const sending = await rows('notifications', `SELECT FROM delivery WHERE status = 'sending' LIMIT 1`);
      if (sending.length > 0) return;
      await delay(2);
    }
  });
}

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** A small generator of repeatable numbers from 0 up to, not including, 1. @source mulberry32 by T. Ettinger, public domain */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
