import { addMonths, parsePeriod, periodOf, yearOf, type Clock, type Period } from '@lokmin/calendar';
import {
  Refusal,
  unknownDistrict,
  type AskInput,
  type AskReply,
  type DistrictIndicator,
  type DistrictIndicators,
  type DistrictMatrix,
  type IndicatorDetail,
  type IndicatorTrend,
  type UnitResults,
} from '@lokmin/contracts';
import { aggregate, rank, SMALL_DENOMINATOR, trend } from '@lokmin/evaluation';
import { CLOCK, prepared, Roster, type KnownUnit, type OverviewGrant } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import type { JudgedIndicator, ResultView, Tally } from '../value/rollup.entity.ts';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { Targets } from '../bundle/target.service.ts';
import type { Yardstick } from '../bundle/yardstick.ts';
import { silentResult } from '../value/rollup.rules.ts';
import { EVALUATION_COLUMNS, evaluationView, type EvaluationRow } from './evaluation.view.ts';
import { Windows, type WindowPlace } from '../window/window.service.ts';
import { Queue } from './queue.service.ts';
import {
  isHidden,
  sensitiveOf,
  summaryWithout,
  withoutFigures,
  type YearOfUnit,
} from './small-counts.rules.ts';

interface SummaryRow extends EvaluationRow {
  unit_id: string;
  unit_code: string;
  unit_name: string;
  rollup_revision: number | null;
  tally: Tally | null;
  warnings: number | null;
  worst: JudgedIndicator[] | null;
}

/**
 * One row per unit: an evaluation that stands speaks with what it froze, anything else with its rollup of now.
 * $1 period; the condition names the units.
 */
const summaries = (condition: string, more = '') => `
  SELECT unit.unit_id, unit.code AS unit_code, unit.name AS unit_name, rollup.revision AS rollup_revision,
         ${EVALUATION_COLUMNS},
         CASE WHEN evaluation.status <> 'returned' THEN evaluation.tally ELSE rollup.tally END AS tally,
         CASE WHEN evaluation.status <> 'returned' THEN evaluation.warnings ELSE rollup.warnings END AS warnings,
         CASE WHEN evaluation.status <> 'returned' THEN evaluation.worst ELSE rollup.worst END AS worst
         ${more}
  FROM known_unit AS unit
  LEFT JOIN rollup ON rollup.unit_id = unit.unit_id AND rollup.period = $1
  LEFT JOIN evaluation ON evaluation.unit_id = unit.unit_id AND evaluation.period = $1
  LEFT JOIN known_person AS person ON person.person_id = evaluation.submitted_by
  WHERE ${condition} ORDER BY unit.code`;

/** Puskesmas of a district ($2) that work on the local day $3; of them those in $4, or all where it is null. */
const WORKING = `unit.district_code = $2 AND unit.kind = 'puskesmas' AND (unit.valid_to IS NULL OR unit.valid_to >= $3::date)
  AND ($4::uuid[] IS NULL OR unit.unit_id = ANY ($4))`;

const SUMMARIES = prepared(summaries(WORKING));
const ALL_RESULTS = prepared(
  summaries(
    WORKING,
    `, CASE WHEN evaluation.status <> 'returned' THEN evaluation.results ELSE rollup.results END AS results`,
  ),
);
const ONE_INDICATOR = prepared(`
  SELECT unit.unit_id, unit.code AS unit_code, unit.name AS unit_name,
         CASE WHEN evaluation.status <> 'returned' THEN evaluation.results -> $5 ELSE rollup.results -> $5 END AS result
  FROM known_unit AS unit
  LEFT JOIN rollup ON rollup.unit_id = unit.unit_id AND rollup.period = $1
  LEFT JOIN evaluation ON evaluation.unit_id = unit.unit_id AND evaluation.period = $1
  WHERE ${WORKING} ORDER BY unit.code`);

const TREND_MONTHS = 24;
/** One indicator ($4) of a unit ($1) in the months $2 to $3. */
const MONTHS = prepared(`
  SELECT period, CASE WHEN evaluation.status <> 'returned' THEN evaluation.results -> $4 ELSE rollup.results -> $4 END AS result
  FROM (SELECT unit_id, period, status, results FROM evaluation WHERE unit_id = $1 AND period BETWEEN $2 AND $3) AS evaluation
  FULL JOIN (SELECT unit_id, period, results FROM rollup WHERE unit_id = $1 AND period BETWEEN $2 AND $3) AS rollup
  USING (unit_id, period)`);

@Injectable()
export class Overview {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    private readonly queue: Queue,
    private readonly windows: Windows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async district({
    districtCode,
    coachingGroupId,
    period,
  }: AskInput<typeof DistrictIndicators>): Promise<AskReply<typeof DistrictIndicators>> {
    const [{ only, today, districtName, may }, bundle] = await Promise.all([
      this.roster.demandOverview(districtCode, coachingGroupId),
      this.bundles.find(districtCode, yearOf(parsePeriod(period))),
    ]);
    if (districtName === null) throw unknownDistrict(districtCode);
    const rows: SummaryRow[] = await this.database.query(SUMMARIES, [period, districtCode, today, only]);
    const unitIds = rows.map((row) => row.unit_id);
    const hidden = await this.#hidden(districtCode, bundle, period, unitIds, may);
    return {
      asOf: this.clock.now().toISOString(),
      districtCode,
      districtName,
      period,
      bundle: bundle && {
        bundleId: bundle.bundleId,
        year: bundle.year,
        name: bundle.name,
        indicators: bundle.indicators.length,
      },
      units: rows.map((row) => hidden.summary(summaryOf(row, bundle))),
    };
  }

  async unit(input: AskInput<typeof UnitResults>): Promise<AskReply<typeof UnitResults>> {
    const { bundle, summary, results } = await this.seenOf(input);
    return {
      asOf: this.clock.now().toISOString(),
      summary,
      verification: await this.queue.progress(bundle, summary.evaluation?.evaluationId ?? null),
      windows: await this.#windows({ ...input, districtCode: bundle.districtCode }),
      results,
    };
  }

  /** When the windows of a unit close, as others see it. */
  async #windows(place: WindowPlace): Promise<AskReply<typeof UnitResults>['windows']> {
    const { entry, verification, zone } = await this.windows.ofUnit(place);
    return {
      entryClosesAt: entry?.toISOString() ?? null,
      verificationClosesAt: verification?.toISOString() ?? null,
      zone,
    };
  }

  /** Every result of a unit as the caller may see it, for what is computed from them. @throws Refusal `bundle.missing` */
  async seenOf({ unitId, period }: AskInput<typeof UnitResults>) {
    const { districtCode } = await this.#visibleUnit(unitId);
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const [row] = await this.database.query(
      summaries(
        'unit.unit_id = $2',
        `, CASE WHEN evaluation.status <> 'returned' THEN evaluation.results ELSE rollup.results END AS results`,
      ),
      [period, unitId],
    );
    const hidden = await this.#hidden(districtCode, bundle, period, [unitId]);
    return {
      bundle,
      summary: hidden.summary(summaryOf(row, bundle)),
      results: resultsOf(await this.targets.yardstick(bundle), unitId, period, row.results).map((result) =>
        hidden.result(unitId, result),
      ),
    };
  }

  /** The same of each puskesmas of a district or coaching group. @throws Refusal `bundle.missing` */
  async seenAcross({ districtCode, coachingGroupId, period }: AskInput<typeof DistrictIndicators>) {
    const { only, today, may } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const rows: (SummaryRow & { results: Record<string, ResultView> | null })[] = await this.database.query(
      ALL_RESULTS,
      [period, districtCode, today, only],
    );
    const unitIds = rows.map((row) => row.unit_id);
    const hidden = await this.#hidden(districtCode, bundle, period, unitIds, may);
    const measure = await this.targets.yardstick(bundle);
    return rows.map((row) => ({
      unitId: row.unit_id,
      unitCode: row.unit_code,
      unitName: row.unit_name,
      results: resultsOf(measure, row.unit_id, period, row.results).map((result) =>
        hidden.result(row.unit_id, result),
      ),
    }));
  }

  /** Judgements and coverages of all of them, for a page that shows them at once. */
  async matrix(input: AskInput<typeof DistrictMatrix>): Promise<AskReply<typeof DistrictMatrix>> {
    const { districtCode, coachingGroupId, period } = input;
    const { districtName } = await this.roster.demandOverview(districtCode, coachingGroupId);
    if (districtName === null) throw unknownDistrict(districtCode);
    const bundle = await this.bundles.find(districtCode, yearOf(parsePeriod(period)));
    const units = bundle ? await this.seenAcross(input) : [];
    return {
      asOf: this.clock.now().toISOString(),
      districtName,
      hasBundle: bundle !== null,
      indicators: (bundle?.indicators ?? []).map(({ code, nameId, nameEn, program, unit }) => ({
        code,
        nameId,
        nameEn,
        program,
        unit,
      })),
      units: units.map(({ results, ...unit }) => ({
        ...unit,
        judgements: results.map((result) => result.judgement),
        coverages: results.map((result) => result.coverage),
        hidden: results.flatMap((result, i) => (result.hidden ? [i] : [])),
      })),
    };
  }

  async indicator({
    unitId,
    period,
    code,
  }: AskInput<typeof IndicatorDetail>): Promise<AskReply<typeof IndicatorDetail>> {
    const unit = await this.#visibleUnit(unitId);
    const { bundle, definition } = await this.#definition(unit.districtCode, period, code);
    const [row] = await this.database.query(
      `SELECT CASE WHEN evaluation.status <> 'returned' THEN evaluation.results -> $3 ELSE rollup.results -> $3 END AS result
       FROM (SELECT $1::uuid AS unit_id, $2::text AS period) AS asked
       LEFT JOIN rollup USING (unit_id, period) LEFT JOIN evaluation USING (unit_id, period)`,
      [unitId, period, code],
    );
    const values = await this.database.query(
      `SELECT element, period, covers, state, value::text, published_value::text AS "publishedValue",
              coalesce(person.name, '') AS "enteredByName", entered_at AS "enteredAt"
       FROM value LEFT JOIN known_person AS person ON person.person_id = entered_by
       WHERE unit_id = $1 AND period BETWEEN $2 AND $3 AND element = ANY ($4) ORDER BY period, element, covers`,
      [unitId, `${bundle.year}-01`, period, enteredElements(definition, sumsIn(bundle))],
    );
    const result =
      (row.result as ResultView | null) ??
      silentResult(await this.targets.yardstick(bundle), unitId, definition, period);
    const hidden = await this.#hidden(unit.districtCode, bundle, period, [unitId]);
    const valuesHidden = hidden.mayBe(unitId, code);
    return {
      asOf: this.clock.now().toISOString(),
      definition,
      result: hidden.result(unitId, result),
      values: valuesHidden ? [] : values,
      valuesHidden,
    };
  }

  async trend({
    unitId,
    period,
    code,
  }: AskInput<typeof IndicatorTrend>): Promise<AskReply<typeof IndicatorTrend>> {
    const unit = await this.#visibleUnit(unitId);
    const { definition } = await this.#definition(unit.districtCode, period, code);
    const last = parsePeriod(period);
    // One month more, to know what the first one added.
    const periods = Array.from({ length: TREND_MONTHS + 1 }, (_, i) => addMonths(last, i - TREND_MONTHS));
    const rows: { period: string; result: ResultView | null }[] = await this.database.query(MONTHS, [
      unitId,
      periods[0],
      period,
      code,
    ]);
    const stored = new Map(rows.map((row) => [row.period, row.result]));
    const years = new Map(
      await Promise.all(
        [...new Set(periods.map(yearOf))].map(async (year) => {
          const bundle = await this.bundles.find(unit.districtCode, year);
          const through = year === yearOf(last) ? last : periodOf(year, 12);
          const hidden = await this.#hidden(unit.districtCode, bundle, through, [unitId]);
          const measure = bundle?.indicators.find((indicator) => indicator.code === code) ?? null;
          const silent = bundle && measure && (await this.#silent(bundle, unitId, measure));
          return [year, { silent, measure, hidden }] as const;
        }),
      ),
    );
    const months = periods.map((each) => {
      const { measure, hidden } = years.get(yearOf(each))!;
      const result = stored.get(each) ?? null;
      const isHidden = result !== null && hidden.at(unitId, code, each);
      return { period: each, measure, result: isHidden ? null : result, isHidden };
    });
    const shown = months.slice(1);
    const { points, observed, median, runs } = trend(shown, months[0]);
    return {
      asOf: this.clock.now().toISOString(),
      definition,
      observed,
      median,
      runs,
      smallBelow: SMALL_DENOMINATOR,
      points: points.map((point, i) => {
        const { result, isHidden } = shown[i]!;
        // A silent month shows no counts, though the sum of the months before stands.
        const judged =
          point.state === 'missing' ? years.get(yearOf(point.period))!.silent?.(point.period) : result;
        return {
          ...point,
          numerator: judged?.numerator ?? null,
          denominator: judged?.denominator ?? null,
          judgement: judged?.judgement ?? 'tanpa_data',
          annualTarget: judged?.annualTarget ?? null,
          runningTarget: judged?.runningTarget ?? null,
          hidden: isHidden,
        };
      }),
    };
  }

  async districtIndicator({
    districtCode,
    coachingGroupId,
    period,
    code,
  }: AskInput<typeof DistrictIndicator>): Promise<AskReply<typeof DistrictIndicator>> {
    const { only, today, may } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const { bundle, definition } = await this.#definition(districtCode, period, code);
    const rows: { unit_id: string; unit_code: string; unit_name: string; result: ResultView | null }[] =
      await this.database.query(ONE_INDICATOR, [period, districtCode, today, only, code]);
    const measure = await this.targets.yardstick(bundle);
    const units = rows.map((row) => ({
      ...(row.result ?? silentResult(measure, row.unit_id, definition, period)),
      unitId: row.unit_id,
      unitCode: row.unit_code,
      unitName: row.unit_name,
    }));
    const sum = aggregate(
      definition,
      bundle.rules,
      parsePeriod(period),
      units,
      measure.target(null, code, parsePeriod(period)),
    );
    const hidden = await this.#hidden(
      districtCode,
      bundle,
      period,
      rows.map((row) => row.unit_id),
      may,
    );
    // The figure of one unit is the sum less those of the others.
    const sumHidden = units.some((unit) => hidden.result(unit.unitId, unit).hidden);
    // After hiding: a place among the others would tell of a figure that is not for the caller.
    const shown = units.map((unit) => ({ ...unit, ...hidden.result(unit.unitId, unit) }));
    const places = rank(shown.map(({ performance }) => performance));
    const unless = <T>(figure: T) => (sumHidden ? null : figure);
    return {
      asOf: this.clock.now().toISOString(),
      definition,
      district: {
        numerator: unless(sum.numerator),
        denominator: unless(sum.denominator),
        coverage: unless(sum.coverage),
        runningTarget: sum.runningTarget,
        performance: unless(sum.performance),
        judgement: sumHidden ? 'tanpa_data' : sum.judgement,
        hidden: sumHidden,
        reporting: sum.unitsReporting,
        expected: sum.unitsExpected,
      },
      units: shown.map((unit, i) => ({ ...unit, rank: places[i]! })),
      ranked: places.filter((place) => place !== null).length,
    };
  }

  /** What the caller may not see of these units in a period because counts are small (decision 0024). */
  async #hidden(
    districtCode: string,
    bundle: Bundle | null,
    period: string,
    unitIds: readonly string[],
    known?: OverviewGrant['may'],
  ) {
    const sensitive = bundle ? sensitiveOf(bundle) : new Map<string, number>();
    const blind: string[] = [];
    if (sensitive.size > 0) {
      const may = known ?? (await this.roster.grants());
      for (const unitId of unitIds)
        if (!(await may('counts.small', { districtCode, unitId }))) blind.push(unitId);
    }
    const years = await this.#years(blind, period, [...sensitive.keys()]);
    const isHiddenAt = (unitId: string, code: string, at = period) => {
      const [year, below] = [years.get(unitId), sensitive.get(code)];
      return year !== undefined && below !== undefined && isHidden(year, at, code, below);
    };
    return {
      /** Whether what stands of an indicator in a month of the year through the period is hidden. */
      at: isHiddenAt,
      /** A result as the caller may see it. */
      result: (unitId: string, result: ResultView): ResultView =>
        isHiddenAt(unitId, result.code) ? withoutFigures(result) : result,
      /** Whether some count of this indicator may be hidden there in some month. */
      mayBe: (unitId: string, code: string) => years.has(unitId) && sensitive.has(code),
      summary: (summary: UnitSummary): UnitSummary => {
        const results = years.get(summary.unitId)?.get(period);
        if (!results) return summary;
        const codes = [...sensitive.keys()].filter((code) => isHiddenAt(summary.unitId, code));
        return codes.length === 0
          ? summary
          : { ...summary, ...summaryWithout(Object.values(results), new Set(codes)) };
      },
    };
  }

  /** Of each unit the results of the year through a period, as they stand: of the period all, before it only these codes. */
  async #years(
    unitIds: readonly string[],
    period: string,
    codes: readonly string[],
  ): Promise<Map<string, YearOfUnit>> {
    const years = new Map<string, Map<string, Record<string, ResultView>>>(
      unitIds.map((unitId) => [unitId, new Map()]),
    );
    if (unitIds.length === 0) return years;
    const rows: { unitId: string; period: string; results: Record<string, ResultView> | null }[] =
      await this.database.query(
        `SELECT unit_id AS "unitId", period, CASE WHEN period = $2 THEN results ELSE (
             SELECT jsonb_object_agg(key, value) FROM jsonb_each(results) WHERE key = ANY ($4)) END AS results
         FROM (SELECT unit_id, period,
                 CASE WHEN evaluation.status <> 'returned' THEN evaluation.results ELSE rollup.results END AS results
               FROM rollup FULL JOIN evaluation USING (unit_id, period)
               WHERE unit_id = ANY ($1) AND period BETWEEN $3 AND $2) AS standing`,
        [unitIds, period, `${period.slice(0, 4)}-01`, codes],
      );
    for (const row of rows) if (row.results) years.get(row.unitId)!.set(row.period, row.results);
    return years;
  }

  /** What is said of an indicator in a month of which nothing was recorded: its target. */
  async #silent(bundle: Bundle, unitId: string, definition: Bundle['indicators'][number]) {
    const measure = await this.targets.yardstick(bundle);
    return (period: Period) => silentResult(measure, unitId, definition, period);
  }

  async #visibleUnit(unitId: string): Promise<KnownUnit> {
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('unit.view', { districtCode: unit.districtCode, unitId });
    return unit;
  }

  async #definition(districtCode: string, period: string, code: string) {
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const definition = bundle.indicators.find((indicator) => indicator.code === code);
    if (!definition)
      throw new Refusal('not-found', { what: { id: `Indikator ${code}`, en: `Indicator ${code}` } }, 'code');
    // A bundle that was published before there was such a thing says nothing of it.
    return { bundle, definition: { ...definition, smallCountsBelow: definition.smallCountsBelow ?? null } };
  }
}

type UnitSummary = AskReply<typeof UnitResults>['summary'];

function summaryOf(row: SummaryRow, bundle: Bundle | null): UnitSummary {
  return {
    unitId: row.unit_id,
    unitCode: row.unit_code,
    unitName: row.unit_name,
    revision: row.rollup_revision ?? 0,
    evaluation: evaluationView(row),
    // A unit that recorded nothing has every indicator without data.
    tally: row.tally ?? {
      baik: 0,
      cukup: 0,
      kurang: 0,
      tanpa_target: 0,
      tanpa_data: bundle?.indicators.length ?? 0,
    },
    warnings: row.warnings ?? 0,
    worst: row.worst ?? [],
  };
}

function resultsOf(
  measure: Yardstick,
  unitId: string,
  period: string,
  results: Record<string, ResultView> | null,
): ResultView[] {
  return measure.bundle.indicators.map(
    (definition) => results?.[definition.code] ?? silentResult(measure, unitId, definition, period),
  );
}
