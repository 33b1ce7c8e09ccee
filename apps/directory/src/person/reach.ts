import { mayAnswerFor, type Answering, type HeldPost } from '@lokmin/access';
import { Refusal } from '@lokmin/contracts';
import type { Roster } from '@lokmin/service';
import type { DataSource } from 'typeorm';

interface PostWithDays extends HeldPost {
  /** The local day in the district of the post. */
  readonly today: string;
}

/**
 * Decides whether the caller may act on somebody's way of signing in: within the matrix, and on nobody whose posts
 * reach further than the caller's own. Posts that begin later count too: the way in outlives today.
 * @throws Refusal `not-found` where the caller may see none of the person's posts; `access.forbidden`; `access.further-reach`
 */
export async function demandAnswerFor(
  database: Pick<DataSource, 'query'>,
  roster: Roster,
  operation: Answering,
  personId: string,
  now: Date,
): Promise<void> {
  const own = await notEnded(database, roster.caller(), now);
  const theirs = await notEnded(database, personId, now);
  let seen = false;
  for (const { districtCode, unitId } of theirs)
    seen ||= await roster.may('unit.view', { districtCode, unitId });
  if (!seen) throw new Refusal('not-found', { what: { id: 'Petugas', en: 'The person' } }, 'personId');
  const held = own.filter(({ validFrom, today }) => validFrom <= today);
  const answer = mayAnswerFor(held, operation, theirs);
  if (answer === 'forbidden') throw new Refusal('access.forbidden', { operation });
  if (answer === 'further reach') throw new Refusal('access.further-reach');
}

const notEnded = (
  database: Pick<DataSource, 'query'>,
  personId: string,
  now: Date,
): Promise<PostWithDays[]> =>
  database.query(
    `SELECT unit_id AS "unitId", district_code AS "districtCode", role, program, post.valid_from::text AS "validFrom",
       post.valid_to::text AS "validTo", ($2::timestamptz AT TIME ZONE district.time_zone)::date::text AS today
     FROM post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code JOIN person USING (person_id)
     WHERE person_id = $1 AND person.active
       AND coalesce(post.valid_to, 'infinity') >= ($2::timestamptz AT TIME ZONE district.time_zone)::date`,
    [personId, now],
  );
