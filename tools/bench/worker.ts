/** Work in a process of its own, as in reality: the bench asks, the worker does and answers. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

type Work = Record<string, (input: never) => unknown>;

export interface Worker<W extends Work> {
  readonly pid: number;
  do<K extends keyof W & string>(what: K, ...input: Parameters<W[K]>): Promise<Awaited<ReturnType<W[K]>>>;
  stop(): Promise<void>;
}

/** Libraries check more while somebody develops; measured is what runs in a district. */
export const IN_PRODUCTION = { NODE_ENV: 'production' };

interface Asked {
  readonly id: number;
  readonly what: string;
  readonly input: unknown;
}
interface Answered {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/**
 * Starts `tools/bench/<name>.ts` with the Node.js and the loader of this process.
 * @param profileFolder where it leaves a CPU profile at its end; left out: none is made
 * @param file another file of `tools/bench`
 */
export function startWorker<W extends Work>(
  name: string,
  profileFolder?: string,
  file = `${name}.ts`,
): Worker<W> {
  const profiling = profileFolder
    ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`]
    : [];
  const child = fork(join(import.meta.dirname, file), {
    execArgv: [...process.execArgv, ...profiling],
    env: { ...process.env, ...IN_PRODUCTION, GRAPHILE_ENV: 'production' },
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let last = 0;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', ({ id, result, error }: Answered) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(result as never);
    else asked?.reject(new Error(`${name}: ${error}`));
  });
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended`));
  });
  return {
    pid: child.pid!,
    do: (what, ...[input]) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        child.send({ id, what, input } satisfies Asked);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The worker's side: answers until the bench goes. */
export function serve(work: Work, close: () => Promise<void>): void {
  process.on('message', ({ id, what, input }: Asked) => {
    const answer = (answered: Omit<Answered, 'id'>) =>
      process.connected && process.send!({ id, ...answered });
    Promise.resolve()
      .then(() => work[what]!(input as never))
      .then(
        (result) => answer({ result }),
        (error: unknown) =>
          answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.on('SIGINT', () => {}); // the bench ends its workers, in its own order
  process.once('disconnect', () => void close().finally(() => process.exit()));
}
