import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DIRECTORY_CONFIG, type DirectoryConfig } from '../config.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps secrets in the database that a hash cannot hold, with a key that is not in the database. */
@Injectable()
export class Seal {
  readonly #keys: { readonly cipher: Buffer; readonly hash: Buffer } | null;

  constructor(
    @Inject(DIRECTORY_CONFIG) { LOKMIN_DIRECTORY_KEY: key }: Pick<DirectoryConfig, 'LOKMIN_DIRECTORY_KEY'>,
  ) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', key!, '', `lokmin directory ${use}`, 32));
    this.#keys = key === undefined ? null : { cipher: derive('cipher'), hash: derive('hash') };
  }

  /** @throws Error when the process was given no key */
  demandKey(): { readonly cipher: Buffer; readonly hash: Buffer } {
    if (!this.#keys) throw new Error('The environment of this process lacks LOKMIN_DIRECTORY_KEY');
    return this.#keys;
  }

  /** AES-256-GCM. @param about whose it is: opened for anything else it is refused */
  close(secret: Uint8Array, about: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.demandKey().cipher, nonce).setAAD(Buffer.from(about));
    const hidden = Buffer.concat([cipher.update(secret), cipher.final()]);
    return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')}`;
  }

  /** @throws Error when it was closed with another key, or about something else */
  open(sealed: string, about: string): Buffer {
    const [version, text] = sealed.split('.');
    if (version !== VERSION || !text) throw new Error('A sealed secret is not of a known form');
    const bytes = Buffer.from(text, 'base64url');
    const cipher = createDecipheriv('aes-256-gcm', this.demandKey().cipher, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()]);
    } catch (error) {
      throw new Error('A sealed secret does not open: LOKMIN_DIRECTORY_KEY is not the one that closed it', {
        cause: error,
      });
    }
  }

  /** HMAC-SHA256 in hex, for short codes: without the key nobody can try them on a copy of the database. */
  hash(code: string, about: string): string {
    return createHmac('sha256', this.demandKey().hash).update(`${about} ${code}`).digest('hex');
  }
}
