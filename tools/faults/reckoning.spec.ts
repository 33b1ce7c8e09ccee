import { planDisturbances } from './disturbances.ts';
import { countUncertain, uncertainAtMost } from './reckoning.messages.ts';

describe('mails of unknown outcome', () => {
  it('are at most the four at hand at each kill of a process that a mail passes', () => {
    const kill = (process: 'notifications' | 'mailbox' | 'postgres' | 'nats' | 'actions') => ({
      process,
      how: 'kill' as const,
    });
    expect(uncertainAtMost([kill('nats'), kill('actions'), { process: 'nats', how: 'pause' }])).toBe(0);
    expect(uncertainAtMost([kill('notifications'), kill('mailbox'), kill('postgres'), kill('nats')])).toBe(
      12,
    );
    const whole = planDisturbances({ submissions: 500, kills: 50, seed: 1, pauseMs: 1, loseVolume: true });
    expect(uncertainAtMost(whole)).toBeLessThan(80);
  });

  it('that are more than that are a difference, by their ids', () => {
    expect(countUncertain(['a', 'b'], 2).differences).toEqual([]);
    expect(countUncertain(['a', 'b', 'c'], 2)).toMatchObject({ expected: 2, found: 3, differences: ['c'] });
  });
});
