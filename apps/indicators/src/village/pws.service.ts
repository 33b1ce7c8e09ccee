import { addMonths, parsePeriod, yearOf, type Clock, type Period } from '@lokmin/calendar';
import { Refusal, type AskInput, type AskReply, type UnitPws } from '@lokmin/contracts';
import {
  hasPws,
  judge,
  pws,
  pwsOrder,
  pwsSum,
  type IndicatorDefinition,
  type PwsYear,
  type Reported,
} from '@lokmin/evaluation';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { Targets } from '../bundle/target.service.ts';
import { sensitiveOf } from '../evaluation/small-counts.rules.ts';

type Reply = AskReply<typeof UnitPws>;

/** The local area monitoring (PWS): what the villages of a puskesmas reported, as it is now. */
@Injectable()
export class Pws {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, `bundle.missing`, `access.forbidden` */
  async ofUnit({ unitId, period: asked, code }: AskInput<typeof UnitPws>): Promise<Reply> {
    const period = parsePeriod(asked);
    const unit = await this.roster.unit(unitId);
    const { districtCode } = unit;
    await this.roster.demand('unit.view', { districtCode, unitId });
    const bundle = await this.bundles.demand(districtCode, yearOf(period));
    const measured = bundle.indicators.filter(hasPws);
    const definition =
      code === null ? await this.#first(unitId, period, bundle, measured) : definitionOf(bundle, code);
    const indicators = measured.map(({ code, nameId, nameEn, program }) => ({
      code,
      name: nameId,
      nameEn,
      program,
    }));
    const silent = { numerator: null, denominator: null };
    const nothing: Omit<Reply, 'villages'> = {
      asOf: this.clock.now().toISOString(),
      definition: definition && { ...definition, smallCountsBelow: definition.smallCountsBelow ?? null },
      runningTarget: null,
      annualTarget: null,
      puskesmas: { ...silent, coverage: null },
      sum: silent,
      hidden: false,
      indicators,
    };
    if (!definition) return { ...nothing, villages: [] };

    const target = (await this.targets.yardstick(bundle)).target(unitId, definition.code, period);
    const own = await this.#ownValues(unitId, period, bundle, definition);
    const { numerator, denominator, coverage, runningTarget } = judge(definition, bundle.rules, period, own, {
      sums: sumsIn(bundle),
      target,
    });
    const values = await this.#villageValues(unitId, period, bundle, definition);
    const before =
      yearOf(addMonths(period, -1)) < yearOf(period)
        ? await this.#lastYear(unitId, period, bundle, definition)
        : null;
    const villages = pwsOrder(
      (await this.roster.villages(unitId)).map((village) => ({
        ...village,
        result: pws(
          { definition, values: values.get(village.villageId) ?? [], sums: sumsIn(bundle) },
          bundle.rules,
          period,
          before?.(village.villageId) ?? null,
          target,
        ),
      })),
    ).map(({ result: { runningTarget: _, ...result }, ...village }) => ({ ...village, ...result }));
    const seen = {
      ...nothing,
      runningTarget,
      annualTarget: target && target.month === null ? target.value : definition.annualTarget,
    };
    const hidden =
      sensitiveOf(bundle).has(definition.code) &&
      !(await this.roster.may('counts.small', { districtCode, unitId }));
    if (hidden)
      return {
        ...seen,
        hidden,
        villages: villages
          .map(({ villageId, code, name }) => ({
            ...{ villageId, code, name, ...silent, coverage: null, coverageState: 'missing' as const },
            ...{
              numeratorOfMonth: null,
              ofMonth: null,
              ofLastMonth: null,
              arrow: null,
              status: null,
              reason: null,
            },
          }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      };
    return {
      ...seen,
      villages,
      puskesmas: { numerator, denominator, coverage },
      sum: {
        numerator: pwsSum(villages.map((village) => village.numerator)),
        denominator: pwsSum(villages.map((village) => village.denominator)),
      },
    };
  }

  /** Of the indicators that have a status the first of which villages said something in the year; else the first. */
  async #first(
    unitId: string,
    period: Period,
    bundle: Bundle,
    measured: readonly IndicatorDefinition[],
  ): Promise<IndicatorDefinition | null> {
    const rows: { element: string }[] = await this.database.query(
      `SELECT DISTINCT element FROM village_value WHERE unit_id = $1 AND period BETWEEN $2 AND $3`,
      [unitId, `${bundle.year}-01`, period],
    );
    const said = new Set(rows.map(({ element }) => element));
    const sums = sumsIn(bundle);
    return (
      measured.find((each) => enteredElements(each, sums).some((element) => said.has(element))) ??
      measured[0] ??
      null
    );
  }

  #ownValues(
    unitId: string,
    period: Period,
    bundle: Bundle,
    definition: IndicatorDefinition,
  ): Promise<Reported[]> {
    return this.database.query(
      `SELECT element, period, covers, state, value::text FROM value
       WHERE unit_id = $1 AND element = ANY ($2) AND period BETWEEN $3 AND $4`,
      [unitId, enteredElements(definition, sumsIn(bundle)), `${bundle.year}-01`, period],
    );
  }

  /** What each village said in the year through a period. */
  async #villageValues(
    unitId: string,
    period: Period,
    bundle: Bundle,
    definition: IndicatorDefinition,
  ): Promise<Map<string, Reported[]>> {
    const rows: (Reported & { villageId: string })[] = await this.database.query(
      `SELECT village_id AS "villageId", element, period, covers, state, value::text FROM village_value
       WHERE unit_id = $1 AND element = ANY ($2) AND period BETWEEN $3 AND $4`,
      [unitId, enteredElements(definition, sumsIn(bundle)), `${bundle.year}-01`, period],
    );
    return Map.groupBy(rows, ({ villageId }) => villageId);
  }

  /** The year before a January, as its own bundle measured it; null: it did not have the indicator. */
  async #lastYear(
    unitId: string,
    january: Period,
    { districtCode }: Bundle,
    { code }: IndicatorDefinition,
  ): Promise<((villageId: string) => PwsYear) | null> {
    const december = addMonths(january, -1);
    const bundle = await this.bundles.find(districtCode, yearOf(december));
    const definition = bundle?.indicators.find((each) => each.code === code);
    if (!bundle || !definition) return null;
    const values = await this.#villageValues(unitId, december, bundle, definition);
    return (villageId) => ({ definition, values: values.get(villageId) ?? [], sums: sumsIn(bundle) });
  }
}

/** @throws Refusal `not-found` */
function definitionOf(bundle: Bundle, code: string): IndicatorDefinition {
  const definition = bundle.indicators.find((indicator) => indicator.code === code);
  if (definition) return definition;
  throw new Refusal('not-found', { what: { id: `Indikator ${code}`, en: `Indicator ${code}` } }, 'code');
}
