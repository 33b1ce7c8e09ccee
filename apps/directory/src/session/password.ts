import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2); // runs in the thread pool, not on the event loop

const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;

/** However a keyboard composes its letters. */
const composed = (password: string) => password.normalize('NFC');
export const isSamePassword = (one: string, other: string): boolean => composed(one) === composed(other);

const tagOf = (password: string, nonce: Buffer, memory = MEMORY_KIB, passes = PASSES, parallelism = LANES) =>
  derive('argon2id', {
    message: composed(password),
    nonce,
    memory,
    passes,
    parallelism,
    tagLength: TAG_BYTES,
  });

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** @returns Argon2id (19 MiB, 2 passes, 1 lane) in PHC form, with a salt of its own */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await tagOf(password, salt);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

/** Without a hash (unknown login, no password yet) it works as long as with one, and says no. */
export async function isRightPassword(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) {
    await tagOf(password, randomBytes(16));
    return false;
  }
  const [, memory, passes, lanes, salt, tag] = PHC.exec(hash) ?? [];
  if (!salt || !tag) throw new Error('A stored password hash is not Argon2id in PHC form');
  const given = await tagOf(
    password,
    Buffer.from(salt, 'base64'),
    Number(memory),
    Number(passes),
    Number(lanes),
  );
  return timingSafeEqual(given, Buffer.from(tag, 'base64'));
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'; // none that look alike

/** @returns groups of letters and digits that nobody confuses, 5 bits of chance each */
export const makeCode = (groups: number, length: number): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  ).join('-');

/** @returns four groups of five letters and digits, 100 bits of chance */
export const makePassword = (): string => makeCode(4, 5);
