import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { engines } from './engines.ts';

/**
 * A fresh folder of this test run. It goes at the end of the run, with the processes that were recorded in it (such as
 * those of a whole system whose data folder it is) and that a failed test left running.
 */
export function aFolder(): string {
  const folder = mkdtempSync(join(engines().folder, 'folder-'));
  chmodSync(folder, 0o711); // for root, PostgreSQL runs as another user
  return folder;
}
