import { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  let now = 0;
  const limit = () => new RateLimit(2, 3, () => now);
  beforeEach(() => (now = 0));

  it('allows a burst, then says how long to wait', () => {
    const rate = limit();
    expect([rate.take('a'), rate.take('a'), rate.take('a')]).toEqual([0, 0, 0]);
    expect(rate.take('a')).toBe(1);
  });

  it('refills with time, never above the burst', () => {
    const rate = limit();
    for (let i = 0; i < 3; i += 1) rate.take('a');
    now = 500;
    expect([rate.take('a'), rate.take('a')]).toEqual([0, 1]);
    now = 3_600_000;
    expect([rate.take('a'), rate.take('a'), rate.take('a'), rate.take('a')]).toEqual([0, 0, 0, 1]);
  });

  it('counts each key for itself', () => {
    const rate = limit();
    for (let i = 0; i < 4; i += 1) rate.take('a');
    expect(rate.take('b')).toBe(0);
  });
});
