import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { uuidv7 } from 'uuidv7';

/** A mail as a list shows it. */
export interface Summary {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}
/** A whole mail. */
export interface StoredMail extends Summary {
  readonly text: string;
  /** Null when the mail has none. */
  readonly html: string | null;
}

const FILE = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})\.eml$/;
/** Mails that a folder keeps; an older one goes when a newer one comes. */
export const KEPT = 1_000;

/** Mails in a folder, one file each, the newest `kept`. */
export class MailFolder {
  /** Ids, oldest first: an id begins with the time of its making. */
  readonly #ids: string[];
  readonly #summaries = new Map<string, Summary>();

  constructor(
    private readonly folder: string,
    private readonly kept = KEPT,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder);
    for (const name of names.filter((name) => name.endsWith('.part'))) rmSync(join(folder, name)); // cut short by a crash
    this.#ids = names.flatMap((name) => FILE.exec(name)?.[1] ?? []).sort();
  }

  /** Resolves when the mail is on disk whole, under its final name. @returns its id */
  async keep(raw: Buffer): Promise<string> {
    const id = uuidv7();
    const part = `${this.#path(id)}.part`;
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(raw);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, this.#path(id));
    this.#ids.push(id);
    this.#ids.sort(); // of two at once the later one may be done first
    for (const old of this.#ids.splice(0, Math.max(0, this.#ids.length - this.kept))) {
      this.#summaries.delete(old);
      await rm(this.#path(old), { force: true });
    }
    return id;
  }

  /** Newest first, at most `first`, older than the mail `before`. */
  async list(first: number, before?: string): Promise<Summary[]> {
    const ids = this.#ids.filter((id) => before === undefined || id < before).slice(-first);
    const found: Summary[] = [];
    for (const id of ids.toReversed()) {
      if (!this.#summaries.has(id)) await this.read(id);
      const summary = this.#summaries.get(id);
      if (summary) found.push(summary);
    }
    return found;
  }

  get count(): number {
    return this.#ids.length;
  }

  /** @returns null when there is no such mail */
  async read(id: string): Promise<StoredMail | null> {
    if (!this.#ids.includes(id)) return null;
    const mail = await PostalMime.parse(await readFile(this.#path(id)));
    const summary = {
      id,
      receivedAt: new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toISOString(),
      from: mail.from?.address ?? '',
      to: (mail.to ?? []).map(({ address }) => address ?? '').join(', '),
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
    };
    this.#summaries.set(id, summary);
    return { ...summary, text: mail.text ?? '', html: mail.html ?? null };
  }

  #path(id: string): string {
    return join(this.folder, `${id}.eml`);
  }
}
