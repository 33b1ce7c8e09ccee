import type { Clock } from '@lokmin/calendar';
import { SetPreferences, type AskInput, type AskReply, type Preferences } from '@lokmin/contracts';
import { demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MailSettings } from '../config.ts';
import { contactsOf } from '../delivery/contacts.ts';
import {
  afterQuietHours,
  DEFAULT_WISHES,
  nextDigest,
  type Category,
  type Wishes,
} from '../delivery/delivery.rules.ts';
import { MAIL } from '../delivery/delivery.service.ts';
import { Preference } from './preference.entity.ts';

/** How people want to be told; each chooses for themselves. */
@Injectable()
export class PreferencesOfPeople {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(MAIL) private readonly settings: MailSettings | null,
  ) {}

  ofCaller(): Promise<AskReply<typeof Preferences>> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => this.#of(this.roster.caller(), tx),
    );
  }

  /** @throws Refusal `revision.stale` */
  set(input: AskInput<typeof SetPreferences>): Promise<AskReply<typeof Preferences>> {
    const personId = this.roster.caller();
    const { email, digestHour, quietFrom, quietUntil, expectedRevision } = input;
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, SetPreferences.subject, input, async () => {
          await tx.query(
            `INSERT INTO preference (person_id, revision, email, digest_hour, quiet_from, quiet_until)
             VALUES ($1, 1, '{}', $2, $3, $4) ON CONFLICT DO NOTHING`,
            [personId, DEFAULT_WISHES.digestHour, DEFAULT_WISHES.quietFrom, DEFAULT_WISHES.quietUntil],
          );
          const before = await tx.manager.findOneOrFail(Preference, {
            where: { personId },
            lock: { mode: 'pessimistic_write' },
          });
          demandRevision(before.revision, expectedRevision);
          const wishes = { email, digestHour, quietFrom, quietUntil };
          await tx.manager.update(Preference, { personId }, { ...wishes, revision: before.revision + 1 });
          await this.#planAnew(personId, wishes, tx);
          return this.#of(personId, tx);
        }),
    );
  }

  /** Mails that wait follow the new wishes; what is part of a digest that is made already goes with it. */
  async #planAnew(personId: string, wishes: Wishes, tx: Tx): Promise<void> {
    const { zone } = (await contactsOf(tx, [personId], 'Asia/Jakarta')).get(personId)!;
    for (const category of Object.keys(wishes.email) as Category[]) {
      const timing = wishes.email[category];
      const waiting = `person_id = $1 AND status = 'queued' AND digest_id IS NULL
        AND message_id IN (SELECT message_id FROM message WHERE person_id = $1 AND about = $2)`;
      if (timing === 'off')
        await tx.query(
          `UPDATE delivery SET status = 'skipped', skip_reason = 'off', settled_at = $3 WHERE ${waiting}`,
          [personId, category, tx.now],
        );
      else
        await tx.query(
          `UPDATE delivery SET timing = $3, next_attempt_at =
             CASE WHEN $3 = 'digest' OR attempts = 0 THEN $4 ELSE next_attempt_at END WHERE ${waiting}`,
          [
            personId,
            category,
            timing,
            timing === 'digest' ? nextDigest(tx.now, wishes, zone) : afterQuietHours(tx.now, wishes, zone),
          ],
        );
    }
  }

  async #of(personId: string, tx: Tx): Promise<AskReply<typeof Preferences>> {
    const { wishes, zone, email, refused } = (await contactsOf(tx, [personId], 'Asia/Jakarta')).get(
      personId,
    )!;
    const row = await tx.manager.findOneBy(Preference, { personId });
    return {
      ...wishes,
      revision: row?.revision ?? 1,
      timeZone: zone,
      address: email,
      addressRefused: refused,
      mailIsSent: this.settings !== null,
    };
  }
}
