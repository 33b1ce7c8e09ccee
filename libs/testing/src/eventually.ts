import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `condition` returns something other than undefined, null or false, and returns that. A condition may
 * also contain assertions: while it throws, it does not hold yet.
 * @param options.deadlineMs 10,000 unless given
 * @param options.everyMs pause between two tries, 20 unless given
 * @throws Error that names what was waited for, with the last failure as its cause
 */
export async function eventually<T>(
  condition: () => T | Promise<T>,
  options: { deadlineMs?: number; everyMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const { deadlineMs = 10_000, everyMs = 20, what = condition.toString() } = options;
  const giveUpAt = performance.now() + deadlineMs;
  let failure: unknown;
  let last: unknown;
  do {
    try {
      failure = undefined;
      last = await condition();
      if (last !== undefined && last !== null && last !== false) return last as NonNullable<T>;
    } catch (error) {
      failure = error;
    }
    await delay(everyMs);
  } while (performance.now() < giveUpAt);
  const reason = failure instanceof Error ? failure.message : `the last answer was ${String(last)}`;
  throw new Error(`Not within ${deadlineMs} ms: ${what}\n${reason}`, { cause: failure });
}
