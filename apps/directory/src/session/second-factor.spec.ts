import { offerOf, plainCode, stepOfCode } from './second-factor.rules.ts';
import { Seal } from './seal.ts';

/** RFC 6238, appendix B: the key of its SHA-1 rows. */
const KEY = Buffer.from('12345678901234567890', 'ascii');
const at = (seconds: number) => new Date(seconds * 1000);

describe('a code of the second factor', () => {
  // RFC 6238, appendix B; ours have six digits, which are the last six of its eight.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %d seconds ends like the one of RFC 6238', (seconds, code) => {
    expect(stepOfCode(KEY, code.slice(2), at(seconds), 0)).toBe(Math.floor(seconds / 30));
  });

  const code = '005924'; // of the step that holds 1234567890
  const step = Math.floor(1234567890 / 30);
  it.each([
    [-31, null],
    [-30, step],
    [29, step],
    [59, step],
    [60, null],
  ])('holds one step of 30 seconds to each side: %d seconds after the begin of its own', (seconds, found) => {
    expect(stepOfCode(KEY, code, at(step * 30 + seconds), 0)).toBe(found);
  });

  it('is good once, and none of a step before it is afterwards', () => {
    expect(stepOfCode(KEY, code, at(step * 30), step - 1)).toBe(step);
    expect(stepOfCode(KEY, code, at(step * 30), step)).toBeNull();
  });

  it.each(['', '00592', '0059240', '00592a', '005 924'])('is six digits, not %j', (typed) => {
    expect(stepOfCode(KEY, typed, at(step * 30), 0)).toBeNull();
  });

  it('may be typed with spaces and hyphens', () => {
    expect([plainCode('005 924'), plainCode('ABCD-efgh 2345')]).toEqual(['005924', 'abcdefgh2345']);
  });

  it('comes from a key that every application takes', () => {
    const { key, address } = offerOf(KEY, 'kapus.manggar');
    expect(key).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    expect(address).toBe(
      'otpauth://totp/Lokmin:kapus.manggar?issuer=Lokmin&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30',
    );
  });
});

describe('a sealed key', () => {
  const sealWith = (key: string) => new Seal({ LOKMIN_DIRECTORY_KEY: key });
  const seal = sealWith('a'.repeat(32));

  it('opens for its person, with the key that closed it', () => {
    const sealed = seal.close(KEY, 'person 1');
    expect(seal.open(sealed, 'person 1')).toEqual(KEY);
    expect(sealed).not.toContain(KEY.toString('base64url'));
    expect(seal.close(KEY, 'person 1')).not.toBe(sealed);
    expect(() => seal.open(sealed, 'person 2')).toThrow('does not open');
    expect(() => sealWith('b'.repeat(32)).open(sealed, 'person 1')).toThrow('does not open');
  });

  it('needs a key of the service', () => {
    const without = new Seal({});
    expect(() => without.close(KEY, 'person 1')).toThrow('LOKMIN_DIRECTORY_KEY');
  });
});
