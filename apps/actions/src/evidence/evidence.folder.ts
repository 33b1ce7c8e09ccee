import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EVIDENCE_LIMIT_MB, Refusal } from '@lokmin/contracts';
import { HEAD_BYTES } from './evidence.rules.ts';

const LIMIT_BYTES = EVIDENCE_LIMIT_MB * 1024 * 1024;
/** A file that has been coming for so long comes no more: the gateway waits for minutes. */
const LEFT_BEHIND_MS = 3_600_000;

/** What has arrived, under a name of its own until it is kept. */
export interface Received {
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Its first bytes, as many as there are of HEAD_BYTES. */
  readonly head: Buffer;
}

/**
 * Contents of files on disk, each under its SHA-256. Replicas of the service share the folder. A content appears whole or
 * not at all: it is written elsewhere, brought to the disk and renamed.
 */
export class EvidenceFolder {
  readonly #coming: string;

  constructor(private readonly folder: string) {
    this.#coming = join(folder, 'coming');
  }

  /** @throws Error when the folder cannot be made or written */
  async prepare(): Promise<void> {
    await mkdir(this.#coming, { recursive: true, mode: 0o700 });
    const probe = join(this.#coming, randomUUID());
    await (await open(probe, 'wx', 0o600)).close();
    await rm(probe);
  }

  /**
   * Takes in a body, and gives up what `work` has not kept of it.
   * @throws Refusal `evidence.too-large`; Error when it ends before its end
   */
  async receive<T>(body: Readable, work: (received: Received) => Promise<T>): Promise<T> {
    const path = join(this.#coming, randomUUID());
    try {
      const hash = createHash('sha256');
      let size = 0;
      let head = Buffer.alloc(0);
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          size += chunk.length;
          if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
          done(
            size > LIMIT_BYTES ? new Refusal('evidence.too-large', { limit: EVIDENCE_LIMIT_MB }) : null,
            chunk,
          );
        },
      });
      await pipeline(body, measure, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
      return await work({ path, sha256: hash.digest('hex'), size, head });
    } finally {
      await rm(path, { force: true });
    }
  }

  /** From now on it lies under its SHA-256, also after a power cut. The same content again changes nothing. */
  async keep({ path, sha256 }: Received): Promise<void> {
    await rename(path, join(this.folder, sha256));
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** @returns the content; null when it is not there */
  async read(sha256: string): Promise<Readable | null> {
    try {
      return (await open(join(this.folder, sha256), 'r')).createReadStream();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(join(this.folder, sha256), { force: true });
  }

  /** Removes what a crash left half received. Its age is that of the machine's clock, as the disk has it. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#coming)) {
      const path = join(this.#coming, name);
      const found = await stat(path).catch(() => null); // another replica may be faster
      if (found && found.mtimeMs < Date.now() - LEFT_BEHIND_MS) await rm(path, { force: true });
    }
  }
}
