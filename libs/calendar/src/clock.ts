import { readFileSync } from 'node:fs';

import { systemClock, type Clock } from './index.ts';

/**
 * The clock of a process. With `LOKMIN_TEST_CLOCK_FILE` set, the instant stands in that file (ISO 8601 with `Z` or
 * an offset) and is read anew at each `now()`, so that one file moves the time of every process of a test.
 * @throws Error when a test clock is asked for in production, or when the file holds no instant
 */
export function clockFromEnvironment(env: Record<string, string | undefined>): Clock {
  const file = env['LOKMIN_TEST_CLOCK_FILE'];
  if (!file) return systemClock;
  if (env['NODE_ENV'] === 'production') {
    throw new Error('LOKMIN_TEST_CLOCK_FILE is refused when NODE_ENV=production: unset one of them');
  }
  const clock = fileClock(file);
  clock.now(); // a wrong file stops the start, not the first request
  return clock;
}

function fileClock(file: string): Clock {
  let last: Date | undefined;
  return {
    now() {
      const text = readFileSync(file, 'utf8').trim();
      // A writer that truncates first leaves the file empty for a moment: the old time still holds.
      if (text === '' && last) return new Date(last);
      const time = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : new Date(Number.NaN);
      if (Number.isNaN(time.getTime())) {
        throw new Error(`The test clock file ${file} holds no ISO 8601 instant: ${JSON.stringify(text)}`);
      }
      last = time;
      return new Date(time);
    },
  };
}
