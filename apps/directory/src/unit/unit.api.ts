import { FindUnit, ListCoachingGroups, ListUnits, type AskInput, type AskReply } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Roster } from '@lokmin/service';
import { Controller, Inject } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { unitState } from '../announce.ts';
import { CoachingGroup, District, Unit } from './unit.entity.ts';

/** `1906` is `19.06`. */
export const dotted = (code: string): string => code.replace(/^(\d{2})(\d{2})$/, '$1.$2');

@Controller()
export class UnitApi {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Roster) private readonly roster: Roster,
  ) {}

  /** What the caller may not see is as unknown as what is not there. */
  @Answers(FindUnit)
  async findUnit({ unitId, code }: AskInput<typeof FindUnit>): Promise<AskReply<typeof FindUnit>> {
    const by = unitId ? { unitId } : code ? { code: dotted(code) } : null;
    const unit = by && (await this.database.manager.findOneBy(Unit, by));
    if (!unit || !(await this.#visible(unit))) return { unit: null };
    return { unit: { ...unitState(unit, await this.#district(unit.districtCode)), revision: unit.revision } };
  }

  /** The units that the caller may see, so that a puskesmas finds itself and the district all. */
  @Answers(ListUnits)
  async listUnits({
    districtCode,
    first,
    after,
  }: AskInput<typeof ListUnits>): Promise<AskReply<typeof ListUnits>> {
    const { manager } = this.database;
    const may = await this.roster.grants();
    const visible: Unit[] = [];
    for (const unit of await manager.find(Unit, { where: { districtCode }, order: { code: 'ASC' } }))
      if (await may('unit.view', { districtCode, unitId: unit.unitId })) visible.push(unit);
    if (visible.length === 0) return { items: [], next: null, totalCount: 0 };
    const from = visible.findIndex(({ code }) => after === null || code > after);
    const page = from < 0 ? [] : visible.slice(from, from + first);
    const last = page.at(-1);
    const district = await this.#district(districtCode);
    return {
      items: page.map((unit) => ({ ...unitState(unit, district), revision: unit.revision })),
      next: last && last !== visible.at(-1) ? last.code : null,
      totalCount: visible.length,
    };
  }

  /** For those who may see every puskesmas of it; a group is small, and a district has few of them. */
  @Answers(ListCoachingGroups)
  async listCoachingGroups({
    districtCode,
    coachingGroupId,
  }: AskInput<typeof ListCoachingGroups>): Promise<AskReply<typeof ListCoachingGroups>> {
    const { manager } = this.database;
    const by = { ...(districtCode && { districtCode }), ...(coachingGroupId && { coachingGroupId }) };
    if (!districtCode && !coachingGroupId) return { items: [] };
    const items: AskReply<typeof ListCoachingGroups>['items'] = [];
    for (const group of await manager.find(CoachingGroup, { where: by, order: { code: 'ASC' } })) {
      const units = await manager.find(Unit, {
        where: { coachingGroupId: group.coachingGroupId },
        order: { code: 'ASC' },
      });
      if (
        await this.roster.maySeeUnits(
          group.districtCode,
          units.map(({ unitId }) => unitId),
        )
      )
        items.push({ ...group, units: units.map(({ unitId, code, name }) => ({ unitId, code, name })) });
    }
    return { items };
  }

  #visible({ districtCode, unitId }: Unit): Promise<boolean> {
    return this.roster.may('unit.view', { districtCode, unitId });
  }

  #district(code: string): Promise<District> {
    return this.database.manager.findOneByOrFail(District, { code });
  }
}
