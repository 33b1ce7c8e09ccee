import type { Clock } from '@lokmin/calendar';
import { inTransaction } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, Not } from 'typeorm';
import { Announcer } from '../announce.ts';
import { DIRECTORY_CONFIG, type DirectoryConfig } from '../config.ts';
import { Guest } from '../guest/guest.entity.ts';
import { plusDays } from '../session/session.rules.ts';
import { Person } from './person.entity.ts';

/** Looked for so often; days are what counts. */
const EVERY_MS = 60 * 60_000;
/** So many people in one transaction. */
const BATCH = 100;

/** Removes the contacts of people who left, and of guests who ended, long ago: nobody writes to them any more. Their names stay with what they did. */
@Injectable()
export class ContactPurge {
  #lookAgainAt = 0;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Roster) private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_CONFIG) private readonly config: DirectoryConfig,
  ) {}

  /** Safe to call often, by all replicas. */
  async keep(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < this.#lookAgainAt && now > this.#lookAgainAt - 2 * EVERY_MS) return; // a test clock may be set back
    while ((await this.#purgeSome()) === BATCH);
    await this.#purgeGuests();
    this.#lookAgainAt = now + EVERY_MS;
  }

  /** The telephone number of a guest is announced to nobody, and the gateway keeps no answer with guests: nobody has to hear of this. */
  async #purgeGuests(): Promise<void> {
    await inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        tx.manager.update(
          Guest,
          { phone: Not(IsNull()), endedAt: LessThan(plusDays(tx.now, -this.config.LOKMIN_CONTACT_DAYS)) },
          { phone: null },
        ),
    );
  }

  /**
   * Whose every post ended more than the days ago, by the local day of its district; who never held one stays as they are.
   * @returns how many it was
   */
  #purgeSome(): Promise<number> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      async (tx) => {
        const due = await tx.query<{ person_id: string }>(
          `SELECT person_id FROM person
           WHERE (email IS NOT NULL OR phone IS NOT NULL)
             AND EXISTS (SELECT FROM post WHERE post.person_id = person.person_id)
             AND NOT EXISTS (
               SELECT FROM post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code
               WHERE post.person_id = person.person_id
                 AND coalesce(post.valid_to, 'infinity') >= ($1::timestamptz AT TIME ZONE district.time_zone)::date - $2::integer)
           ORDER BY person_id LIMIT ${BATCH} FOR UPDATE OF person SKIP LOCKED`,
          [tx.now, this.config.LOKMIN_CONTACT_DAYS],
        );
        const announcer = new Announcer(tx, this.roster);
        const people = await tx.manager.findBy(Person, { personId: In(due.map((row) => row.person_id)) });
        for (const person of people) {
          Object.assign(person, { email: null, emailFailedAt: null, phone: null });
          person.revision += 1;
          await tx.manager.save(Person, person);
          await announcer.person(person);
        }
        return people.length;
      },
    );
  }
}
