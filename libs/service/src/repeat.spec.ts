import { setImmediate } from 'node:timers/promises';
import { eventually, silent } from '@lokmin/testing';
import { repeat } from './repeat.ts';

describe('repeated work', () => {
  it('is never done twice at once, and holds up no other', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let [slow, quick] = [0, 0];
    const endSlow = repeat(1, 'slow', () => ((slow += 1), promise), silent);
    const endQuick = repeat(1, 'quick', async () => (quick += 1), silent);
    await eventually(() => quick > 5 && slow > 0);
    expect(slow).toBe(1);
    let ended = false;
    const ending = endSlow().then(() => (ended = true));
    await setImmediate();
    expect(ended).toBe(false);
    resolve();
    await ending;
    await endQuick();
  });

  it('is tried again after a failure', async () => {
    let tries = 0;
    const end = repeat(1, 'failing', () => ((tries += 1), Promise.reject(new Error('no'))), silent);
    await eventually(() => tries > 2);
    await end();
  });
});
