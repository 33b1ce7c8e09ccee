import { READERS, type FactOf } from '@lokmin/contracts';
import { react, type Reaction, type Tx } from '@lokmin/messaging';
import type { Roster } from '@lokmin/service';
import { Announcer } from '../announce.ts';
import { Person } from './person.entity.ts';

/** What the directory does about people when others announce something. */
export const personReactions = (roster: Roster): Reaction[] => [
  react(READERS.directoryMarkAddress, (fact, tx) => markAddress(fact, roster, tx)),
];

/** Marks an address that a mail server refused, as long as it is still the person's. */
async function markAddress(
  { time, data }: FactOf<typeof READERS.directoryMarkAddress>,
  roster: Roster,
  tx: Tx,
): Promise<void> {
  if (data.reason !== 'recipient-refused') return; // says nothing of the address
  const person = await tx.manager.findOne(Person, {
    where: { personId: data.personId, email: data.address },
    lock: { mode: 'pessimistic_write' },
  });
  if (!person || person.emailFailedAt) return;
  person.emailFailedAt = new Date(time);
  person.revision += 1;
  await tx.manager.save(Person, person);
  await new Announcer(tx, roster).person(person);
}
