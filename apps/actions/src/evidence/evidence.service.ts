import type { Readable } from 'node:stream';
import type { Clock } from '@lokmin/calendar';
import { Refusal, type EvidenceFile } from '@lokmin/contracts';
import { inTransaction, once } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Action } from '../action/action.entity.ts';
import { demandOwner } from '../action/action.rules.ts';
import { Actions } from '../action/action.service.ts';
import { Evidence } from './evidence.entity.ts';
import { EvidenceFolder } from './evidence.folder.ts';
import { cleanName, demandRoom, nameOf, typeOf } from './evidence.rules.ts';

/** A file that no report shows is kept for so long, and so is a content without a file. */
const UNUSED_MS = 24 * 3_600_000;
const CLEAN_MS = 600_000;
const AT_ONCE = 100;

/** Files of evidence: put by the owner of an action, shown by a report, read by whoever sees the action. */
@Injectable()
export class EvidenceFiles {
  #cleanedAt = -Infinity;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly actions: Actions,
    private readonly folder: EvidenceFolder,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes a file for a report that is still to come. The row of its content is there before the content, and the content
   * before the file: whatever ends this on the way, nothing half is seen and nothing stays for ever.
   * @throws Refusal `not-found`, `access.forbidden`, `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.empty`,
   * `evidence.too-large`, `evidence.wrong-type`, `evidence.too-many`, `command.reused`
   */
  async put(
    { commandId, actionId, name: given }: { commandId: string; actionId: string; name: string },
    body: Readable,
  ): Promise<EvidenceFile> {
    const { action } = await this.actions.visible(actionId);
    // Said before the file is read; but a command that was done is answered as it was then.
    const done = await this.database.query('SELECT FROM command WHERE command_id = $1', [commandId]);
    if (done.length === 0) await this.#demand(action, this.database.manager);
    return this.folder.receive(body, async (received) => {
      const { size, sha256, head } = received;
      const type = typeOf(head);
      if (size === 0) throw new Refusal('evidence.empty', { name: cleanName(given) });
      if (!type) throw new Refusal('evidence.wrong-type', { name: cleanName(given) });
      const content = { name: nameOf(given, type), size, type, sha256 };
      const command = { commandId, actionId, ...content };
      await this.database.query(
        `INSERT INTO evidence_content (sha256, came_at) VALUES ($1, $2)
         ON CONFLICT (sha256) DO UPDATE SET came_at = greatest(evidence_content.came_at, excluded.came_at)`,
        [sha256, this.clock.now()],
      );
      await this.folder.keep(received);
      return inTransaction(
        this.database,
        () => this.clock.now(),
        (tx) =>
          once(tx, 'put-evidence', command, async () => {
            const locked = await tx.manager.findOneOrFail(Action, {
              where: { actionId },
              lock: { mode: 'pessimistic_write' },
            });
            await this.#demand(locked, tx.manager);
            const file = { fileId: uuidv7(), ...content };
            await tx.manager.insert(Evidence, {
              ...file,
              actionId,
              putBy: this.roster.caller(),
              putAt: tx.now,
            });
            return file;
          }),
      );
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden` when the caller may not see its action */
  async read(fileId: string): Promise<{ file: Evidence; content: () => Promise<Readable | null> }> {
    const file = await this.database.manager.findOneBy(Evidence, { fileId });
    if (!file) throw unknownFile();
    await this.actions.visible(file.actionId);
    return { file, content: () => this.folder.read(file.sha256) };
  }

  /** Cleans every ten minutes or so. */
  async tick(): Promise<void> {
    const now = this.clock.now().getTime();
    if (Math.abs(now - this.#cleanedAt) < CLEAN_MS) return; // a clock may also be set back
    this.#cleanedAt = now;
    await this.clean();
  }

  /** Removes files that waited for a report for a day, contents that no file has any more, and what a crash left behind. */
  async clean(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - UNUSED_MS);
    await this.database.query('DELETE FROM evidence WHERE revision IS NULL AND put_at < $1', [before]);
    for (let removed = AT_ONCE; removed === AT_ONCE;) {
      removed = await this.database.transaction(async (manager) => {
        // The row goes with the lock on it: whoever puts the same content again waits, and makes both anew.
        const rows: { sha256: string }[] = await manager.query(
          `SELECT sha256 FROM evidence_content AS content
           WHERE came_at < $1 AND NOT EXISTS (SELECT FROM evidence WHERE sha256 = content.sha256)
           LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
          [before],
        );
        for (const { sha256 } of rows) await this.folder.remove(sha256);
        await manager.query('DELETE FROM evidence_content WHERE sha256 = ANY ($1)', [
          rows.map(({ sha256 }) => sha256),
        ]);
        return rows.length;
      });
    }
    await this.folder.sweep();
  }

  async #demand(action: Action, manager: EntityManager): Promise<void> {
    demandOwner(action, this.roster.caller());
    demandRoom(await manager.countBy(Evidence, { actionId: action.actionId, revision: IsNull() }));
  }
}

export const unknownFile = () => new Refusal('not-found', { what: { id: 'Berkas bukti', en: 'The file' } });
