import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engines } from './engines.ts';

export interface TestClock {
  /** @param instant ISO 8601 with `Z` or an offset */
  set(instant: string): void;
  /** Services started afterwards use the real clock again. */
  release(): void;
}

/** A clock for the services that this spec starts afterwards: they live at the instant that it shows. */
export function aTestClock(instant: string): TestClock {
  const file = join(mkdtempSync(join(engines().folder, 'clock-')), 'now');
  const set = (now: string) => writeFileSync(file, now);
  set(instant);
  process.env['LOKMIN_TEST_CLOCK_FILE'] = file;
  return { set, release: () => delete process.env['LOKMIN_TEST_CLOCK_FILE'] };
}
