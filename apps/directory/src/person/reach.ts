import { mayAnswerFor, type Answering, type HeldPost } from '@lokmin/access';
import { Refusal } from '@lokmin/contracts';
import type { Roster } from '@lokmin/service';
import type { DataSource } from 'typeorm';

interface PostWithDays extends HeldPost {
  readonly personId: string;
  /** The local day in the district of the post. */
  readonly today: string;
}

const notEnded = (
  database: Pick<DataSource, 'query'>,
  personIds: readonly string[],
  now: Date,
): Promise<PostWithDays[]> =>
  database.query(
    `SELECT person_id AS "personId", unit_id AS "unitId", district_code AS "districtCode", role, program,
       post.valid_from::text AS "validFrom", post.valid_to::text AS "validTo",
       ($2::timestamptz AT TIME ZONE district.time_zone)::date::text AS today
     FROM post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code JOIN person USING (person_id)
     WHERE person_id = ANY ($1) AND person.active
       AND coalesce(post.valid_to, 'infinity') >= ($2::timestamptz AT TIME ZONE district.time_zone)::date`,
    [personIds, now],
  );

/**
 * Whether the caller may act on the way of signing in of each person: within the matrix, and on nobody whose posts reach
 * further than the caller's own. Posts that begin later count too: the way in outlives today.
 */
export async function answersFor(
  database: Pick<DataSource, 'query'>,
  roster: Roster,
  operation: Answering,
  personIds: readonly string[],
  now: Date,
): Promise<(personId: string) => ReturnType<typeof mayAnswerFor>> {
  const own = await notEnded(database, [roster.caller()], now);
  const held = own.filter(({ validFrom, today }) => validFrom <= today);
  const theirs = Map.groupBy(await notEnded(database, personIds, now), ({ personId }) => personId);
  return (personId) => mayAnswerFor(held, operation, theirs.get(personId) ?? []);
}

/**
 * Decides the same, or refuses.
 * @param fieldOf names the person in the input
 * @throws Refusal `not-found` where the caller may see none of the person's posts; `access.forbidden`; `access.further-reach`
 */
export async function demandAnswersFor(
  database: Pick<DataSource, 'query'>,
  roster: Roster,
  operation: Answering,
  personIds: readonly string[],
  now: Date,
  fieldOf: (index: number) => string,
): Promise<void> {
  const answer = await answersFor(database, roster, operation, personIds, now);
  const mayDo = await roster.grants();
  const posts = Map.groupBy(await notEnded(database, personIds, now), ({ personId }) => personId);
  for (const [i, personId] of personIds.entries()) {
    let seen = false;
    for (const { districtCode, unitId } of posts.get(personId) ?? [])
      seen ||= await mayDo('unit.view', { districtCode, unitId });
    if (!seen) throw new Refusal('not-found', { what: { id: 'Petugas', en: 'The person' } }, fieldOf(i));
    const said = answer(personId);
    if (said === 'forbidden') throw new Refusal('access.forbidden', { operation });
    if (said === 'further reach') throw new Refusal('access.further-reach', {}, fieldOf(i));
  }
}
