import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  Refusal,
  RecordValues,
  ValuesRecorded,
  type SetTargets,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import type { IndicatorDefinition } from '@lokmin/evaluation';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { elementsOf, enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { Targets } from '../bundle/target.service.ts';
import type { Yardstick } from '../bundle/yardstick.ts';
import { stands, type EvaluationStatus } from '../evaluation/evaluation.rules.ts';
import { Windows } from '../window/window.service.ts';
import { rollUp, type RolledUp, type StoredValue } from './rollup.rules.ts';
import { checkEntered } from './value.rules.ts';
import type { WarningView } from './warning.ts';

@Injectable()
export class Values {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    private readonly windows: Windows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Enters or corrects values of one unit and period; the same values again change nothing. */
  async record(input: AskInput<typeof RecordValues>): Promise<AskReply<typeof RecordValues>> {
    const { unitId, period, values } = input;
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('unit.view', unit);
    const bundle = await this.bundles.demand(unit.districtCode, yearOf(parsePeriod(period)));
    const elements = elementsOf(bundle);
    const allowed = await this.roster.grants();
    for (const [i, { element }] of values.entries()) {
      const program = elements.get(element)?.indicator.program;
      // An unknown element has no programme: who may record nothing here learns nothing about the bundle.
      const programs = program ? [program] : new Set(bundle.indicators.map((indicator) => indicator.program));
      let may = false;
      for (const program of programs)
        may ||= await allowed('values.record', { districtCode: unit.districtCode, unitId, program });
      if (!may) throw new Refusal('access.forbidden', { operation: 'values.record' }, `values.${i}.element`);
    }
    await this.demandBegun(period, unit);
    checkEntered(values, elements, bundle);
    const enteredBy = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, RecordValues.subject, input, async () => {
          await lockYear(tx, [unitId], bundle.year);
          const changed = await tx.query<{ element: string }>(
            `INSERT INTO value AS kept (unit_id, period, element, covers, state, value, entered_by, entered_at)
           SELECT $1, $2, entered.element, entered.covers, entered.state, entered.value, $3, $4
           FROM unnest($5::text[], $6::text[], $7::text[], $8::numeric[]) AS entered (element, covers, state, value)
           ON CONFLICT (unit_id, period, element, covers) DO UPDATE
             SET state = excluded.state, value = excluded.value, entered_by = excluded.entered_by, entered_at = excluded.entered_at
             WHERE (kept.state, kept.value) IS DISTINCT FROM (excluded.state, excluded.value)
           RETURNING element`,
            [unitId, period, enteredBy, tx.now, ...columns(values)],
          );
          if (changed.length > 0) await this.demandOpen(tx, unit, period);
          await this.#dropPublished(tx, bundle, input, new Set(changed.map(({ element }) => element)));
          const rolledUp = changed.length > 0 ? await this.recompute(tx, bundle, unit, [period]) : undefined;
          const now = rolledUp?.get(period) ?? (await readRollup(tx, unitId, period));
          if (changed.length > 0) this.announce(tx, unit, period, now!.revision, changed.length);
          return {
            revision: now?.revision ?? 0,
            changed: changed.length,
            warnings: now ? warningsOf(now, bundle, new Set(values.map(({ element }) => element))) : [],
          };
        }),
    );
  }

  /** @throws Refusal `evaluation.submitted`, `evaluation.locked` while an evaluation of the values stands, `window.*` */
  async demandOpen(tx: Tx, unit: KnownUnit, period: string): Promise<void> {
    const [evaluation] = await tx.query<{ status: EvaluationStatus }>(
      'SELECT status FROM evaluation WHERE unit_id = $1 AND period = $2',
      [unit.unitId, period],
    );
    const status = evaluation?.status ?? null;
    if (status !== null && stands(status))
      throw new Refusal(
        status === 'locked' ? 'evaluation.locked' : 'evaluation.submitted',
        { period },
        'period',
      );
    await this.windows.demandEntry(tx, { ...unit, period }, status);
  }

  /** A figure that was printed beside the counts no longer says anything once one of them is mended by hand. */
  async #dropPublished(
    tx: Tx,
    bundle: Bundle,
    { unitId, period }: AskInput<typeof RecordValues>,
    changed: ReadonlySet<string>,
  ): Promise<void> {
    const numerators = bundle.indicators
      .filter((indicator) => feeds(bundle, indicator, changed))
      .map(({ numeratorElement }) => numeratorElement);
    await tx.query(
      `UPDATE value SET published_value = NULL
       WHERE unit_id = $1 AND period = $2 AND element = ANY ($3::text[]) AND published_value IS NOT NULL`,
      [unitId, period, numerators],
    );
  }

  /** @throws Refusal `period.future` for a month that has not begun in the unit's district */
  async demandBegun(period: string, unit: KnownUnit): Promise<void> {
    const today = await this.roster.today(unit.districtCode);
    if (period > today.slice(0, 7)) throw new Refusal('period.future', { period }, 'period');
  }

  announce(tx: Tx, unit: KnownUnit, period: string, revision: number, changed: number): void {
    const { unitId, code: unitCode, districtCode } = unit;
    tx.announce(
      ValuesRecorded,
      { id: `${unitId}/${period}`, revision, districtCode, unitId },
      { unitId, unitCode, districtCode, period, revision, changed },
    );
  }

  /**
   * Recomputes the rollups of the changed periods and of every later one of that year that exists, whole, from the
   * values. Call it under the lock of the unit's year book.
   * @returns the new rollups by period
   */
  async recompute(
    tx: Tx,
    bundle: Bundle,
    unit: KnownUnit,
    changed: readonly string[],
    known?: Yardstick,
  ): Promise<Map<string, RolledUp & { revision: number }>> {
    const { unitId } = unit;
    const measure =
      known ??
      (await tx.readOnce(`yardstick ${bundle.bundleId}`, () => this.targets.yardstick(bundle, tx.manager)));
    const first = [...changed].sort()[0]!;
    const later = await tx.query<{ period: string }>(
      'SELECT period FROM rollup WHERE unit_id = $1 AND period > $2 AND period <= $3',
      [unitId, first, `${bundle.year}-12`],
    );
    const periods = [...new Set([...changed, ...later.map((row) => row.period)])].sort();
    const values = await tx.query<StoredValue>(
      `SELECT period, element, covers, state, value::text, published_value::text AS "publishedValue"
       FROM value WHERE unit_id = $1 AND period BETWEEN $2 AND $3`,
      [unitId, `${bundle.year}-01`, periods.at(-1)],
    );
    const rolledUp = periods.map((period) => ({ period, ...rollUp(measure, unitId, period, values) }));
    const revisions = await tx.query<{ period: string; revision: number }>(
      `INSERT INTO rollup AS kept (unit_id, period, district_code, bundle_id, revision, tally, warnings, worst, results, computed_at)
       SELECT $1, new.period, $2, $3, 1, new.tally, new.warnings, new.worst, new.results, $4
       FROM unnest($5::text[], $6::jsonb[], $7::int[], $8::jsonb[], $9::jsonb[]) AS new (period, tally, warnings, worst, results)
       ON CONFLICT (unit_id, period) DO UPDATE
         SET revision = kept.revision + 1, tally = excluded.tally, warnings = excluded.warnings, worst = excluded.worst,
             results = excluded.results, computed_at = excluded.computed_at
       RETURNING period, revision`,
      [
        unitId,
        unit.districtCode,
        bundle.bundleId,
        tx.now,
        rolledUp.map((it) => it.period),
        rolledUp.map((it) => JSON.stringify(it.tally)),
        rolledUp.map((it) => it.warnings),
        rolledUp.map((it) => JSON.stringify(it.worst)),
        rolledUp.map((it) => JSON.stringify(it.results)),
      ],
    );
    const revisionOf = new Map(revisions.map((row) => [row.period, row.revision]));
    return new Map(
      rolledUp.map(({ period, ...it }) => [period, { ...it, revision: revisionOf.get(period)! }]),
    );
  }

  /** Sets targets, and judges again what they concern. */
  setTargets(input: AskInput<typeof SetTargets>): Promise<AskReply<typeof SetTargets>> {
    return this.targets.set(input, async (tx, measure, unitId) => {
      const { bundle } = measure;
      await lockYear(tx, [unitId], bundle.year);
      const rollups = await tx.query<{ period: string }>(
        'SELECT period FROM rollup WHERE unit_id = $1 AND period BETWEEN $2 AND $3',
        [unitId, `${bundle.year}-01`, `${bundle.year}-12`],
      );
      const unit = await this.roster.unit(unitId, tx.manager);
      await this.recompute(
        tx,
        bundle,
        unit,
        rollups.map(({ period }) => period),
        measure,
      );
      return rollups.length > 0;
    });
  }
}

const columns = (values: AskInput<typeof RecordValues>['values']) => [
  values.map((value) => value.element),
  values.map((value) => value.covers),
  values.map((value) => value.state),
  values.map((value) => value.value),
];

/** Takes the lock under which values of these units and year change, in one order everywhere. */
export async function lockYear(tx: Tx, unitIds: readonly string[], year: number): Promise<void> {
  await tx.query(
    'INSERT INTO year_book (unit_id, year) SELECT unit_id, $2 FROM unnest($1::uuid[]) AS unit_id ORDER BY unit_id ON CONFLICT DO NOTHING',
    [unitIds, year],
  );
  await tx.query(
    'SELECT 1 FROM year_book WHERE unit_id = ANY ($1::uuid[]) AND year = $2 ORDER BY unit_id FOR UPDATE',
    [unitIds, year],
  );
}

export async function readRollup(
  tx: Pick<Tx, 'query'>,
  unitId: string,
  period: string,
): Promise<(RolledUp & { revision: number }) | undefined> {
  const [row] = await tx.query<RolledUp & { revision: number }>(
    'SELECT revision, tally, warnings, worst, results FROM rollup WHERE unit_id = $1 AND period = $2',
    [unitId, period],
  );
  return row;
}

const feeds = (bundle: Bundle, indicator: IndicatorDefinition, elements: ReadonlySet<string>): boolean =>
  enteredElements(indicator, sumsIn(bundle)).some((element) => elements.has(element));

/** The warnings of the indicators that these elements feed. */
const warningsOf = ({ results }: RolledUp, bundle: Bundle, elements: ReadonlySet<string>): WarningView[] =>
  bundle.indicators
    .filter((indicator) => feeds(bundle, indicator, elements))
    .flatMap(({ code }) => results[code]?.warnings ?? []);
