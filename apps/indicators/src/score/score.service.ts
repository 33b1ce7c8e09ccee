import { parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  READERS,
  type AskInput,
  type AskReply,
  type DistrictScores,
  type FactOf,
  type UnitScores,
} from '@lokmin/contracts';
import { react, type Reaction, type Tx } from '@lokmin/messaging';
import { CLOCK } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Bundles } from '../bundle/bundle.service.ts';
import { Targets } from '../bundle/target.service.ts';
import { Overview } from '../evaluation/overview.service.ts';
import type { ResultView } from '../value/rollup.entity.ts';
import { scoresAcross, scoresOf, type Results } from './score.rules.ts';

/** What is computed from the results of a unit or district: PKP, management, SPM, IKS. Nothing of it is stored. */
@Injectable()
export class Scores {
  constructor(
    private readonly database: DataSource,
    private readonly bundles: Bundles,
    private readonly targets: Targets,
    private readonly overview: Overview,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `bundle.missing` */
  async unit(input: AskInput<typeof UnitScores>): Promise<AskReply<typeof UnitScores>> {
    const { unitId, period } = input;
    const { bundle, results } = await this.overview.seenOf(input);
    const measure = await this.targets.yardstick(bundle);
    const held = await this.#held([unitId], period);
    return {
      asOf: this.clock.now().toISOString(),
      ...scoresOf(measure, unitId, period, byCode(results), held.get(unitId) ?? 0),
    };
  }

  /** @throws Refusal `bundle.missing` */
  async district(input: AskInput<typeof DistrictScores>): Promise<AskReply<typeof DistrictScores>> {
    const { districtCode, period } = input;
    const seen = await this.overview.seenAcross(input);
    const measure = await this.#measure(districtCode, period);
    const held = await this.#held(
      seen.map(({ unitId }) => unitId),
      period,
    );
    const units = seen.map((unit) => ({ ...unit, results: byCode(unit.results) }));
    return {
      asOf: this.clock.now().toISOString(),
      units: units.map(({ unitId, unitCode, unitName, results }) => {
        const { service, management, iks } = scoresOf(
          measure,
          unitId,
          period,
          results,
          held.get(unitId) ?? 0,
        );
        return { unitId, unitCode, unitName, service, management, iks };
      }),
      ...scoresAcross(
        measure,
        period,
        units.map(({ results }) => results),
      ),
    };
  }

  /** Keeps that a meeting was held, however often and in whatever order it is told. */
  async followMeeting({ data }: FactOf<typeof READERS.indicatorsFollowMeeting>, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO concluded_meeting AS known (meeting_id, revision, unit_id, district_code, month) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (meeting_id) DO UPDATE SET revision = excluded.revision, month = excluded.month WHERE known.revision < excluded.revision`,
      [data.meetingId, data.revision, data.unitId, data.districtCode, data.month],
    );
  }

  /** Meetings held in the year through a period, by unit; of a unit that is not in it none is known. */
  async #held(unitIds: readonly string[], period: string): Promise<Map<string, number>> {
    const rows: { unitId: string; held: number }[] = await this.database.query(
      `SELECT unit_id AS "unitId", count(DISTINCT month)::int AS held FROM concluded_meeting
       WHERE unit_id = ANY ($1) AND month BETWEEN $2 AND $3 GROUP BY unit_id`,
      [unitIds, `${period.slice(0, 4)}-01`, period],
    );
    return new Map(rows.map(({ unitId, held }) => [unitId, held]));
  }

  async #measure(districtCode: string, period: string) {
    return this.targets.yardstick(await this.bundles.demand(districtCode, yearOf(parsePeriod(period))));
  }
}

export const scoreReactions = (scores: Scores): Reaction[] => [
  react(READERS.indicatorsFollowMeeting, (fact, tx) => scores.followMeeting(fact, tx)),
];

const byCode = (results: readonly ResultView[]): Results =>
  new Map(results.map((result) => [result.code, result]));
