import { addMonths, parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import { Refusal, type AskInput, type AskReply, type EntrySheet, type Text } from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { Targets } from '../bundle/target.service.ts';
import { Values } from './value.service.ts';

/** How many months before January say what is usual, beside those of the year. */
const MONTHS_BEFORE = 24;

/** Everything that somebody needs to enter a month of a puskesmas and to see at once what it makes. */
@Injectable()
export class Sheets {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    private readonly values: Values,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `access.forbidden` for who records nothing there */
  async sheet({ unitId, period: asked }: AskInput<typeof EntrySheet>): Promise<AskReply<typeof EntrySheet>> {
    const period = parsePeriod(asked);
    const unit = await this.roster.unit(unitId);
    const { districtCode } = unit;
    await this.roster.demand('unit.view', { districtCode, unitId });
    const bundle = await this.bundles.demand(districtCode, yearOf(period));
    const allowed = await this.roster.grants();
    const recorded = new Map<string, boolean>();
    for (const program of new Set(bundle.indicators.map((indicator) => indicator.program)))
      recorded.set(program, await allowed('values.record', { districtCode, unitId, program }));
    const indicators = bundle.indicators.filter(({ program }) => recorded.get(program));
    if (indicators.length === 0) throw new Refusal('access.forbidden', { operation: 'values.record' });
    const sums = sumsIn(bundle);
    const elements = [...new Set(indicators.flatMap((indicator) => enteredElements(indicator, sums)))];
    const measure = await this.targets.yardstick(bundle);
    const values: AskReply<typeof EntrySheet>['values'] = await this.database.query(
      `SELECT element, period, covers, state, value::text FROM value
         WHERE unit_id = $1 AND element = ANY ($2) AND (period BETWEEN $3 AND $4 OR covers = 'month' AND period >= $5 AND period < $3)
         ORDER BY element, period, covers`,
      [unitId, elements, `${bundle.year}-01`, `${bundle.year}-12`, addMonths(period, -MONTHS_BEFORE)],
    );
    return {
      asOf: this.clock.now().toISOString(),
      closed: await this.#closed(unit, period),
      rules: bundle.rules,
      indicators: indicators.map((each) => ({ ...each, smallCountsBelow: each.smallCountsBelow ?? null })),
      elements: bundle.elements,
      targets: indicators.flatMap(({ code }) => {
        const target = measure.target(unitId, code, period);
        return target
          ? {
              indicatorCode: code,
              month: target.month,
              value: target.value,
              running: target.running,
              curve: target.curve,
            }
          : [];
      }),
      values,
    };
  }

  /** Why nothing can be entered now, so that nobody types in vain; null: it can. */
  #closed(unit: KnownUnit, period: string): Promise<Text | null> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => this.values.demandOpen(tx, unit, period),
    ).then(
      () => null,
      (error) => {
        if (error instanceof Refusal) return error.toData().message;
        throw error;
      },
    );
  }
}
