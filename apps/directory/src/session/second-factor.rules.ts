import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator application understands: SHA-1, six digits, 30 seconds (RFC 6238 with its defaults). */
const STEP_SECONDS = 30;
const FORM = { algorithm: 'SHA1', digits: 6, period: STEP_SECONDS } as const;
/** A code of the step before and after counts too: clocks of phones differ. */
const DRIFT_STEPS = 1;
const KEY_BYTES = 20; // as long as the hash, RFC 4226 section 4

/** How long a key waits for its first code. */
export const OFFER_MINUTES = 15;
/** How long a sign-in waits for its second step. */
export const STEP_MINUTES = 5;
export const RECOVERY_CODES = 10;

export const newFactorKey = (): Buffer => randomBytes(KEY_BYTES);

const secretOf = (key: Uint8Array) => new Secret({ buffer: new Uint8Array(key).buffer });

/** What a person's application needs: the key in groups of four to type, and the address that a QR code holds. */
export function offerOf(key: Uint8Array, login: string): { key: string; address: string } {
  const secret = secretOf(key);
  return {
    key: secret.base32.replace(/.{4}(?=.)/g, '$& '),
    address: new TOTP({ ...FORM, issuer: 'Lokmin', label: login, secret }).toString(),
  };
}

/**
 * The step (of 30 seconds since 1970) that a code belongs to, of those one step around now.
 * @param after the last step that was used: a code is good once
 * @returns null for a code that is wrong, too old, too early or used
 */
export function stepOfCode(key: Uint8Array, code: string, now: Date, after: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const secret = secretOf(key);
  const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
  let found: number | null = null;
  for (let step = present - DRIFT_STEPS; step <= present + DRIFT_STEPS; step += 1) {
    const timestamp = step * STEP_SECONDS * 1000;
    const right = TOTP.validate({ ...FORM, token: code, secret, timestamp, window: 0 }) === 0;
    if (right && step > after) found ??= step;
  }
  return found;
}

/** However a person writes a code down: without spaces and hyphens, in small letters. */
export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, '').toLowerCase();
