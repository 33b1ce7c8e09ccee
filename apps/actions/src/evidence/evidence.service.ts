import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Clock } from '@lokmin/calendar';
import { Refusal, type EvidenceFile } from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Action } from '../action/action.entity.ts';
import { demandOwner } from '../action/action.rules.ts';
import { Actions } from '../action/action.service.ts';
import { isWhole } from './evidence.content.ts';
import { Evidence } from './evidence.entity.ts';
import { EvidenceFolder, type Received } from './evidence.folder.ts';
import { cleanName, nameOf, typeOf, UNUSED_LIMIT } from './evidence.rules.ts';

/** A file that no report shows is kept for so long, and so is a content without a file. */
const UNUSED_MS = 24 * 3_600_000;
const CLEAN_MS = 600_000;
const AT_ONCE = 100;
const OPERATION = 'put-evidence';

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
   * before the file: whatever ends this on the way, nothing half is seen and nothing stays for ever. Of the files of one
   * person and action that no report shows, the oldest give way.
   * @throws Refusal `not-found`, `access.forbidden`, `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.empty`,
   * `evidence.too-large`, `evidence.wrong-type`, `evidence.broken`, `command.reused`
   */
  async put(
    { commandId, actionId, name: given }: { commandId: string; actionId: string; name: string },
    body: Readable,
  ): Promise<EvidenceFile> {
    const { action } = await this.actions.visible(actionId);
    // Said before the file is read; but the caller's own command that was done is answered as it was then.
    const done = await this.database.query(
      'SELECT FROM command WHERE command_id = $1 AND person_id = $2 AND operation = $3',
      [commandId, this.roster.caller(), OPERATION],
    );
    const standsIn = await this.actions.mayStandIn(action);
    if (done.length === 0) demandOwner(action, this.actions.reportsAs(action, standsIn));
    return this.folder.receive(body, async (received) => {
      const { size, sha256, head } = received;
      const type = typeOf(head);
      if (size === 0) throw new Refusal('evidence.empty', { name: cleanName(given) });
      if (!type) throw new Refusal('evidence.wrong-type', { name: cleanName(given) });
      if (!isWhole(type, await readFile(received.path)))
        throw new Refusal('evidence.broken', { name: cleanName(given) });
      const file = { name: nameOf(given, type), size, type, sha256 };
      for (;;) {
        await this.database.query(
          `INSERT INTO evidence_content (sha256, came_at) VALUES ($1, $2)
           ON CONFLICT (sha256) DO UPDATE SET came_at = greatest(evidence_content.came_at, excluded.came_at)`,
          [sha256, this.clock.now()],
        );
        const kept = await this.#keep({ commandId, actionId, ...file }, received, standsIn);
        if (!kept) continue; // the row went with another file of this content: both are made anew
        await this.#removeContents(kept.gone);
        return kept.file;
      }
    });
  }

  /**
   * Decides, and then keeps content and file: what is refused leaves nothing in the folder.
   * @returns the file, and the contents of those that gave way to it; null when the row of its content is not there
   */
  async #keep(
    command: { commandId: string; actionId: string } & Omit<EvidenceFile, 'fileId'>,
    received: Received,
    standsIn: boolean,
  ): Promise<{ file: EvidenceFile; gone: readonly string[] } | null> {
    const { commandId: _, actionId, ...content } = command;
    let gone: readonly string[] = [];
    try {
      const file = await inTransaction(
        this.database,
        () => this.clock.now(),
        (tx) =>
          once(tx, OPERATION, command, async () => {
            const action = await tx.manager.findOneOrFail(Action, {
              where: { actionId },
              lock: { mode: 'pessimistic_write' }, // of many uploads at once each counts the others
            });
            const putBy = this.roster.caller();
            demandOwner(action, this.actions.reportsAs(action, standsIn));
            gone = await giveWay(tx, actionId, putBy);
            // Locked until the file is there: whoever would remove the content waits, and finds that it is needed.
            const known = await tx.query('SELECT FROM evidence_content WHERE sha256 = $1 FOR UPDATE', [
              content.sha256,
            ]);
            if (known.length === 0) throw new ContentRowGone();
            const file = { fileId: uuidv7(), ...content };
            await tx.manager.insert(Evidence, { ...file, actionId, putBy, putAt: tx.now });
            await this.folder.keep(received);
            return file;
          }),
      );
      return { file, gone };
    } catch (error) {
      if (error instanceof ContentRowGone) return null;
      throw error;
    }
  }

  /**
   * A file that no report shows yet is there only for who put it.
   * @throws Refusal `not-found`, also when the caller may not see its action
   */
  async read(fileId: string): Promise<{ file: Evidence; content: () => Promise<Readable | null> }> {
    const file = await this.database.manager.findOneBy(Evidence, { fileId });
    if (!file) throw unknownFile();
    await this.actions.visible(file.actionId, unknownFile);
    if (file.revision === null && file.putBy !== this.roster.caller()) throw unknownFile();
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
    await inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => tx.query('DELETE FROM evidence WHERE revision IS NULL AND put_at < $1', [before]),
    );
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

  /** Removes those contents that no file has any more. */
  async #removeContents(contents: readonly string[]): Promise<void> {
    if (contents.length === 0) return;
    await this.database.transaction(async (manager) => {
      // Two statements: the second sees the files of those for whom the first waited.
      await manager.query('SELECT FROM evidence_content WHERE sha256 = ANY ($1) ORDER BY sha256 FOR UPDATE', [
        contents,
      ]);
      const rows: { sha256: string }[] = await manager.query(
        `SELECT sha256 FROM evidence_content AS content
         WHERE sha256 = ANY ($1) AND NOT EXISTS (SELECT FROM evidence WHERE sha256 = content.sha256)`,
        [contents],
      );
      for (const { sha256 } of rows) await this.folder.remove(sha256);
      await manager.query('DELETE FROM evidence_content WHERE sha256 = ANY ($1)', [
        rows.map(({ sha256 }) => sha256),
      ]);
    });
  }
}

/** Makes room for one more file among those of a person and action that no report shows. @returns the contents of what goes */
async function giveWay(tx: Tx, actionId: string, putBy: string): Promise<string[]> {
  const gone = await tx.query<{ sha256: string }>(
    `WITH gone AS (
       DELETE FROM evidence WHERE file_id IN (
         SELECT file_id FROM evidence WHERE action_id = $1 AND put_by = $2 AND revision IS NULL
         ORDER BY put_at DESC, file_id DESC OFFSET $3)
       RETURNING sha256)
     SELECT DISTINCT sha256 FROM gone`,
    [actionId, putBy, UNUSED_LIMIT - 1],
  );
  return gone.map(({ sha256 }) => sha256);
}

class ContentRowGone extends Error {}

export const unknownFile = () => new Refusal('not-found', { what: { id: 'Berkas bukti', en: 'The file' } });
