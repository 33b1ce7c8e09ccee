import { fastPostgresSettings } from '@lokmin/engines';
import { testFaults } from './run.ts';

describe('a district at work while processes are killed', () => {
  // The short form; `npm run test:faults` is the whole one.
  it('loses nothing and doubles nothing', async () => {
    const { passed, text } = await testFaults({
      units: 10,
      months: 2,
      kills: 5,
      pauseMs: null,
      loseVolume: false,
      seed: 34, // meetings, notifications, mailbox, actions, NATS
      postgresSettings: fastPostgresSettings,
      report: () => {},
    });
    expect(passed ? '' : text).toBe('');
  }, 300_000);
});
