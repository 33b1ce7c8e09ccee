/** `npm run test:faults`: kills everything in turn while a district works, meets and is told of it, and counts afterwards. `-- --seed 7` chooses another order. */
import { parseArgs } from 'node:util';
import { testFaults } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    units: { type: 'string', default: '100' },
    kills: { type: 'string', default: '50' },
  },
});
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => ended.abort(new Error(`stopped by ${signal}`)));

const { passed, text } = await testFaults({
  units: Number(values.units),
  months: 5,
  kills: Number(values.kills),
  pauseMs: 15_000,
  loseVolume: true,
  seed: Number(values.seed),
  report: (line) => console.log(line),
  signal: ended.signal,
});
console.log(text);
process.exit(passed ? 0 : 1);
