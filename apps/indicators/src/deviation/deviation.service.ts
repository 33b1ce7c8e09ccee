import { dayEnds, parsePeriod, yearOf, type Clock, type Zone } from '@lokmin/calendar';
import {
  AcceptDeviation,
  DeviationAccepted,
  Refusal,
  type AskInput,
  type AskReply,
  type UnitDeviations,
} from '@lokmin/contracts';
import { inTransaction, once } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Bundles } from '../bundle/bundle.service.ts';
import { Deviation } from './deviation.entity.ts';
import { demandUntil } from './deviation.rules.ts';

type View = AskReply<typeof UnitDeviations>['deviations'][number];

const STANDING = `
  SELECT deviation_id AS "deviationId", indicator_code AS "indicatorCode", from_period AS "fromPeriod", until::text, reason,
         coalesce(person.name, '') AS "acceptedByName", accepted_at AS "acceptedAt"
  FROM accepted_deviation LEFT JOIN known_person AS person ON person.person_id = accepted_by
  WHERE unit_id = $1 AND replaced_at IS NULL AND until >= $2::date AND ($3::text IS NULL OR indicator_code = $3)
  ORDER BY indicator_code`;

@Injectable()
export class Deviations {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those that stand today. */
  async ofUnit({ unitId }: AskInput<typeof UnitDeviations>): Promise<AskReply<typeof UnitDeviations>> {
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('unit.view', { districtCode: unit.districtCode, unitId });
    const today = await this.roster.today(unit.districtCode);
    return {
      asOf: this.clock.now().toISOString(),
      deviations: await this.#standing(this.database, unit, today, null),
    };
  }

  /**
   * Accepts it in place of the one that stands, through a day in the district.
   * @throws Refusal `deviation.until`, `not-found`, `bundle.missing`, `access.forbidden`
   */
  async accept(input: AskInput<typeof AcceptDeviation>): Promise<AskReply<typeof AcceptDeviation>> {
    const { unitId, indicatorCode, period, reason, until } = input;
    const unit = await this.roster.unit(unitId);
    const { districtCode } = unit;
    await this.roster.demand('deviation.accept', { districtCode, unitId });
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    if (!bundle.indicators.some(({ code }) => code === indicatorCode))
      throw new Refusal(
        'not-found',
        { what: { id: `Indikator ${indicatorCode}`, en: `Indicator ${indicatorCode}` } },
        'indicatorCode',
      );
    const today = await this.roster.today(districtCode);
    demandUntil(until, today);
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, AcceptDeviation.subject, input, async () => {
          const subject = `${unitId}/${indicatorCode}`;
          await tx.query(`SELECT pg_advisory_xact_lock(hashtext('deviation'), hashtext($1))`, [subject]);
          await tx.query(
            `UPDATE accepted_deviation SET replaced_at = $3 WHERE unit_id = $1 AND indicator_code = $2 AND replaced_at IS NULL`,
            [unitId, indicatorCode, tx.now],
          );
          const deviationId = uuidv7();
          await tx.manager.insert(Deviation, {
            deviationId,
            districtCode,
            unitId,
            indicatorCode,
            fromPeriod: period,
            until,
            reason,
            acceptedBy: by,
            acceptedAt: tx.now,
            replacedAt: null,
          });
          const [count] = await tx.query<{ revision: number }>(
            'SELECT count(*)::int AS revision FROM accepted_deviation WHERE unit_id = $1 AND indicator_code = $2',
            [unitId, indicatorCode],
          );
          const { revision } = count!;
          tx.announce(
            DeviationAccepted,
            { id: subject, revision, districtCode, unitId },
            {
              deviationId,
              revision,
              unitId,
              unitCode: unit.code,
              districtCode,
              indicatorCode,
              fromPeriod: period,
              until,
              reason,
              acceptedBy: by,
            },
          );
          const [deviation] = await this.#standing(tx.manager, unit, today, indicatorCode);
          return { deviation: deviation! };
        }),
    );
  }

  async #standing(
    db: Pick<DataSource, 'query'>,
    { unitId, timeZone }: KnownUnit,
    today: string,
    code: string | null,
  ): Promise<View[]> {
    const rows: (Omit<View, 'acceptedAt' | 'endsAt'> & { acceptedAt: Date })[] = await db.query(STANDING, [
      unitId,
      today,
      code,
    ]);
    return rows.map((row) => ({
      ...row,
      acceptedAt: row.acceptedAt.toISOString(),
      endsAt: dayEnds(row.until, timeZone as Zone).toISOString(),
    }));
  }
}
