import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Logger } from 'pino';
import { z } from 'zod';

/** How much a process says, as `LOKMIN_LOG_LEVEL` names it. */
export const logLevel = z
  .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  .default('info');

/** An error that nobody handles ends the process, loudly: whoever watches it starts it again. */
export function endOnUnhandled(log: Logger): void {
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'an error went unhandled; the process ends');
    process.exit(1);
  });
}

/** SIGTERM and SIGINT stop the process in order, once; it ends with 1 when the stop fails. */
export function stopOnSignal(log: Logger, stop: () => Promise<unknown>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the stop failed');
          process.exit(1);
        },
      );
    });
  }
}

/**
 * Gives back what only the start of the process took, a quarter of its memory; a process that does little might keep it for
 * hours. Takes some 50 ms, once.
 */
export function giveBackMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
