import type { Writable } from 'node:stream';

/** What may lie here untaken, beside what the network holds. */
export const UNTAKEN_BYTES = 256 * 1024;

/**
 * Writes chunks as they come, and ends. A reader that takes nothing for `slowMs`, or leaves too much untaken, is cut
 * off: it can ask anew, and holds no memory meanwhile.
 * @returns false when it was cut off or went away
 */
export async function pour(chunks: AsyncIterable<string>, to: Writable, slowMs: number): Promise<boolean> {
  for await (const chunk of chunks) {
    if (to.destroyed) return false;
    if (to.write(chunk)) continue;
    if (to.writableLength < UNTAKEN_BYTES && (await drained(to, slowMs))) continue;
    to.destroy();
    return false;
  }
  to.end();
  return true;
}

const drained = (stream: Writable, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const done = (yes: boolean) => {
      clearTimeout(timer);
      stream.off('drain', onDrain).off('close', onClose);
      resolve(yes);
    };
    const onDrain = () => done(true);
    const onClose = () => done(false);
    const timer = setTimeout(() => done(false), withinMs);
    stream.on('drain', onDrain).on('close', onClose);
  });
