import { FindUnit, ListUnits, type AskInput, type AskReply } from '@lokmin/contracts';
import { Answers } from '@lokmin/messaging';
import { Roster } from '@lokmin/service';
import { Controller, Inject } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { unitState } from '../announce.ts';
import { Post } from '../person/person.entity.ts';
import { District, Unit } from './unit.entity.ts';

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
    const seesAll = await this.roster.may('unit.view', { districtCode });
    const held = seesAll ? [] : await manager.findBy(Post, { personId: this.roster.caller() });
    const all = await manager.find(Unit, {
      where: { districtCode, ...(seesAll ? {} : { unitId: In(held.map(({ unitId }) => unitId)) }) },
      order: { code: 'ASC' },
    });
    const visible: Unit[] = [];
    for (const unit of all) if (seesAll || (await this.#visible(unit))) visible.push(unit);
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

  #visible({ districtCode, unitId }: Unit): Promise<boolean> {
    return this.roster.may('unit.view', { districtCode, unitId });
  }

  #district(code: string): Promise<District> {
    return this.database.manager.findOneByOrFail(District, { code });
  }
}
