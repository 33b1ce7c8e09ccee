import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The data folder cannot be used as it is named: nothing was made, so there is nothing to look at or to delete. */
export class NoFolder extends Error {}

/**
 * Makes a data folder and the folders above it that are missing. One by one: Node's own recursive `mkdir` tries for ever,
 * without a way to stop it, where the system says that a folder is not there and does not let it be made (`/proc/nope`).
 * @param mode of every folder made
 * @param name how the person named it, for the message
 * @throws NoFolder
 */
export function makeFolder(folder: string, name: string, mode = 0o711): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new NoFolder(`${name} names ${folder}, which is a file: name a folder, or a new one.`);
  if (dirname(folder) !== folder) makeFolder(dirname(folder), name, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    throw new NoFolder(
      `The folder ${folder} (${name}) cannot be made: ${(error as Error).message}. Name another one.`,
      { cause: error },
    );
  }
}
