import type { Clock } from '@lokmin/calendar';
import { ListPeople, Refusal, Viewer, type AskInput, type AskReply } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Controller, Inject } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Unit } from '../unit/unit.entity.ts';
import { BY_TITLE_AND_NAME, endOf, IS_AFTER, pageOf } from './paging.ts';
import { Person } from './person.entity.ts';

/** Posts of today, by the local day of their district; `$1` is the present instant. */
const POSTS_OF_TODAY = `
  post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code
  WHERE ($1::timestamptz AT TIME ZONE district.time_zone)::date
    BETWEEN post.valid_from AND coalesce(post.valid_to, 'infinity')`;

type ListedPerson = AskReply<typeof ListPeople>['items'][number] & { isAfter: boolean | null };

@Controller()
export class PersonApi {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Roster) private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Answers(Viewer)
  async viewer(): Promise<AskReply<typeof Viewer>> {
    const personId = this.roster.caller();
    const person = await this.database.manager.findOneBy(Person, { personId, active: true });
    if (!person) throw new Refusal('access.signed-out');
    const posts = await this.database.query(
      `SELECT post_id AS "postId", person_id AS "personId", unit_id AS "unitId", district_code AS "districtCode", role,
         program, title, post.valid_from::text AS "validFrom", post.valid_to::text AS "validTo",
         unit.code AS "unitCode", unit.name AS "unitName",
         (SELECT jsonb_build_object('coachingGroupId', held.coaching_group_id, 'districtCode', held.district_code,
            'code', held.code, 'name', held.name, 'units', (
              SELECT coalesce(jsonb_agg(jsonb_build_object('unitId', coached.unit_id, 'code', coached.code, 'name', coached.name)
                ORDER BY coached.code), '[]') FROM unit AS coached WHERE coached.coaching_group_id = held.coaching_group_id))
          FROM coaching_group AS held WHERE held.coaching_group_id = post.coaching_group_id) AS "coachingGroup"
       FROM ${POSTS_OF_TODAY} AND person_id = $2 ORDER BY title, program NULLS FIRST, post_id`,
      [this.clock.now(), personId],
    );
    const { name, email, phone, active } = person;
    return { personId, name, email, phone, active, posts };
  }

  /** Each person once, with the first of their posts there, in order of title and name. */
  @Answers(ListPeople)
  async listPeople({
    unitId,
    first,
    after,
  }: AskInput<typeof ListPeople>): Promise<AskReply<typeof ListPeople>> {
    const unit = await this.database.manager.findOneBy(Unit, { unitId });
    if (!unit) throw new Refusal('not-found', { what: { id: 'Unit', en: 'The unit' } });
    await this.roster.demand('people.view', { districtCode: unit.districtCode, unitId });
    const people = await this.database.query<ListedPerson[]>(
      `SELECT *, ${IS_AFTER} FROM (
         SELECT DISTINCT ON (person_id) person_id AS "personId", person.name, title, role, program
         FROM person JOIN (SELECT post.* FROM ${POSTS_OF_TODAY} AND unit_id = $2) AS held USING (person_id)
         WHERE person.active ORDER BY person_id, title, program NULLS FIRST, post_id
       ) AS people ORDER BY ${BY_TITLE_AND_NAME}`,
      [this.clock.now(), unitId, ...endOf(after)],
    );
    return pageOf(people, first);
  }
}
