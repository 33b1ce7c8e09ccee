import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What a later start needs to recognise a process that an earlier one left behind. */
export interface ProcessRecord {
  pid: number;
  /** Start time of the process as the system states it: a recycled pid has another one. */
  startedAt: string;
  command: string;
  /** Where the process can be reached, when that is of interest. */
  address?: string;
}

/** How a process ended: its exit code, or the signal that ended it. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<ProcessEnd>;
  /** Undefined while the process runs. */
  readonly end: ProcessEnd | undefined;
  /** Asks the process to stop and waits; after `deadlineMs` (30,000) it is killed. Calling it again is harmless. */
  stop(deadlineMs?: number): Promise<void>;
  /** SIGKILL, as a crash or a power cut would end it; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Freezes the process (SIGSTOP): it keeps its connections and answers nothing. */
  pause(): void;
  resume(): void;
  /** Lets this process end although the started one still runs. */
  unref(): void;
}

/** The start time of a running process, as text that is only good for comparing; undefined when it has ended. */
function startTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // proc(5): the name in parentheses may hold spaces; the state is field 3, the start time field 22.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return started || undefined;
}

/** Whether the recorded process still runs, and its pid was not given to another one meanwhile. */
export function isSameProcess(record: ProcessRecord): boolean {
  return startTime(record.pid) === record.startedAt;
}

/** Reads what {@link writeRecord} wrote; undefined when there is no readable record. */
export function readRecord(file: string): ProcessRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
    return Number.isInteger(record.pid) && record.startedAt ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Records a running process in a file. */
export function writeRecord(file: string, pid: number, command: string, address?: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const record: ProcessRecord = { pid, startedAt: startTime(pid) ?? 'ended', command, address };
  writeFileSync(file, JSON.stringify(record) + '\n');
}

/**
 * Stops the process of a record, if it is still the same one, and removes the record.
 * @returns true when there was something to stop
 */
export async function stopLeftover(
  recordFile: string,
  signal: NodeJS.Signals = 'SIGTERM',
  deadlineMs = 15_000,
): Promise<boolean> {
  const record = readRecord(recordFile);
  const found = record !== undefined && isSameProcess(record);
  if (found) await stopProcess(record, signal, deadlineMs);
  rmSync(recordFile, { force: true });
  return found;
}

async function stopProcess(record: ProcessRecord, signal: NodeJS.Signals, deadlineMs: number): Promise<void> {
  const killAt = Date.now() + deadlineMs;
  send(record.pid, signal);
  send(record.pid, 'SIGCONT'); // a paused process would never read the first signal
  let killed = false;
  while (isSameProcess(record)) {
    if (!killed && Date.now() > killAt) {
      send(record.pid, 'SIGKILL');
      killed = true;
    }
    if (Date.now() > killAt + 10_000)
      throw new Error(`Process ${record.pid} (${record.command}) does not end`);
    await delay(20);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in a terminal reaches the one who started it only, and
 * records it in `recordFile`, so that a later start finds what a crash left behind. Its output is appended to `logFile`.
 */
export function startProcess(options: {
  name: string;
  command: string;
  arguments: string[];
  environment?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number };
  logFile: string;
  recordFile: string;
  stopSignal?: NodeJS.Signals;
}): RunningProcess {
  const { name, command, logFile, recordFile, stopSignal = 'SIGTERM' } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, options.arguments, {
    cwd: options.cwd,
    env: options.environment ?? process.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...options.user,
  });
  closeSync(log);
  let end: ProcessEnd | undefined;
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve((end = { code, signal })));
    // Only a program that cannot be started comes here; the message belongs where its output would be.
    child.once('error', (error) => {
      writeFileSync(logFile, `${error.message}\n`, { flag: 'a' });
      resolve((end = { code: 127, signal: null }));
    });
  });
  const pid = child.pid ?? 0;
  if (pid) writeRecord(recordFile, pid, [command, ...options.arguments].join(' '));
  void ended.then(() => {
    if (readRecord(recordFile)?.pid === pid) rmSync(recordFile, { force: true });
  });

  return {
    name,
    pid,
    ended,
    get end() {
      return end;
    },
    async stop(deadlineMs = 30_000) {
      if (end) return;
      send(pid, stopSignal);
      send(pid, 'SIGCONT');
      const deadline = new AbortController();
      const late = delay(deadlineMs, 'late', { signal: deadline.signal }).catch(() => undefined);
      if ((await Promise.race([ended, late])) === 'late') send(pid, 'SIGKILL');
      deadline.abort();
      await ended;
    },
    async kill() {
      if (!end) send(pid, 'SIGKILL');
      await ended;
    },
    pause: () => send(pid, 'SIGSTOP'),
    resume: () => send(pid, 'SIGCONT'),
    unref: () => child.unref(),
  };
}

/** The last lines of a log file, for a message that says why something did not start. */
export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** Command line of a running process, with its working folder where the system shows it; empty when it has ended. */
export function describeProcess(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}
