import { isStrongPassword, lockedUntil, plusDays, plusMinutes, signingKey } from './session.rules.ts';

const now = new Date('2026-11-21T03:00:00Z');

describe('the lock of a login', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 15],
    [6, 30],
    [9, 240],
    [11, 900],
    [1000, 900],
  ])('after %d failures in a row lasts %d seconds', (failures, seconds) => {
    const until = lockedUntil(failures, now);
    expect(until === null ? 0 : (until.getTime() - now.getTime()) / 1000).toBe(seconds);
  });
});

describe('a password', () => {
  it.each([
    ['empat kata acak', true],
    ['sebelas kar', false],
    ['duabelas kar', true],
    ['xxKapus.Manggarxx', false],
    [' '.repeat(14), false],
    [`   pendek${' '.repeat(14)}`, false],
    ['\u3000'.repeat(14), false],
  ])('%j is strong enough: %s', (password, strong) => {
    expect(isStrongPassword(password, 'kapus.manggar')).toBe(strong);
  });
});

describe('the key that signs', () => {
  const key = (kid: string, signsFrom: Date, notAfter = plusDays(signsFrom, 180)) => ({
    kid,
    signsFrom,
    notAfter,
  });
  const old = key('old', plusDays(now, -100), plusMinutes(now, 30));
  const present = key('present', plusMinutes(now, -1));
  const next = key('next', plusMinutes(now, 5));

  it('is the newest that may sign', () => {
    expect(signingKey([next, present, old], now)?.kid).toBe('present');
    expect(signingKey([next, old], now)?.kid).toBe('old');
  });

  it('is none that ends before its token does', () => {
    expect(signingKey([key('ending', plusDays(now, -1), plusMinutes(now, 9))], now)).toBeNull();
  });

  it('is the first to come when the clock was set back before all of them', () => {
    expect(signingKey([next, key('later', plusDays(now, 1))], now)?.kid).toBe('next');
  });
});
