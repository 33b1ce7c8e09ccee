import type { Log } from '@lokmin/messaging';

/**
 * Does `work` every so many milliseconds, but never twice at once; a failure is logged, and it is tried again.
 * @returns its end, which waits for the work at hand
 */
export function repeat(
  milliseconds: number,
  what: string,
  work: () => Promise<unknown>,
  log: Log,
): () => Promise<void> {
  let atHand: Promise<void> | null = null;
  const timer = setInterval(() => {
    atHand ??= work()
      .then(
        () => {},
        (error: unknown) => log.warn({ err: error }, `${what} failed; it is tried again`),
      )
      .finally(() => (atHand = null));
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await atHand;
  };
}
