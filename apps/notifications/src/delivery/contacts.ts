import type { Zone } from '@lokmin/calendar';
import type { Tx } from '@lokmin/messaging';
import { DEFAULT_WISHES, type Contact, type Wishes } from './delivery.rules.ts';

interface Row {
  personId: string;
  active: boolean;
  email: string | null;
  refused: boolean;
  wishes: Partial<Wishes['email']> | null;
  digestHour: number | null;
  quietFrom: number | null;
  quietUntil: number | null;
  seenAt: Date | null;
  zone: Zone | null;
}

/**
 * What is known of people whom mails may reach; who is not known yet is left out. Their zone is that of the unit where
 * they hold the newest post.
 * @param elsewhere zone of those without a post
 */
export async function contactsOf(
  db: Pick<Tx, 'query'>,
  personIds: readonly string[],
  elsewhere: Zone,
): Promise<Map<string, Contact>> {
  const rows = await db.query<Row>(
    `SELECT person_id AS "personId", active, person.email, preference.email AS wishes, digest_hour AS "digestHour",
       quiet_from AS "quietFrom", quiet_until AS "quietUntil", inbox_visit.at AS "seenAt",
       EXISTS (SELECT FROM delivery WHERE delivery.person_id = person.person_id AND address = person.email AND refused) AS refused,
       (SELECT time_zone FROM known_post AS post JOIN known_unit USING (unit_id)
        WHERE post.person_id = person.person_id ORDER BY post.valid_from DESC, post_id LIMIT 1) AS zone
     FROM known_person AS person LEFT JOIN preference USING (person_id) LEFT JOIN inbox_visit USING (person_id)
     WHERE person_id = ANY ($1)`,
    [personIds],
  );
  return new Map(
    rows.map(({ personId, wishes, digestHour, quietFrom, quietUntil, zone, ...rest }) => [
      personId,
      {
        ...rest,
        zone: zone ?? elsewhere,
        wishes: {
          email: { ...DEFAULT_WISHES.email, ...wishes },
          digestHour: digestHour ?? DEFAULT_WISHES.digestHour,
          quietFrom: quietFrom ?? DEFAULT_WISHES.quietFrom,
          quietUntil: quietUntil ?? DEFAULT_WISHES.quietUntil,
        },
      },
    ]),
  );
}
