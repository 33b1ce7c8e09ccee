import { monthEnds, parsePeriod, type Clock, type Zone } from '@lokmin/calendar';
import type { AskInput, AskReply, DistrictCompleteness } from '@lokmin/contracts';
import { enteredFor } from '@lokmin/evaluation';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { placeKey, Windows, type WindowPlace } from '../window/window.service.ts';
import { expectedIn, isOpenIn, reportedOf, timelinessOf, type OpenDays } from './completeness.rules.ts';

/** What the puskesmas of a district reported of what is expected of them, and when they submitted it. */
@Injectable()
export class Completeness {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly windows: Windows,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ofDistrict({
    districtCode,
    year,
  }: AskInput<typeof DistrictCompleteness>): Promise<AskReply<typeof DistrictCompleteness>> {
    await this.roster.demand('district.view', { districtCode });
    const periods = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
    const [districtName, bundle, units, entered, submissions] = await Promise.all([
      this.roster.districtName(districtCode),
      this.bundles.find(districtCode, year),
      this.database.query<(OpenDays & { unitId: string; unitCode: string; unitName: string; zone: Zone })[]>(
        `SELECT unit_id AS "unitId", unit.code AS "unitCode", unit.name AS "unitName", valid_from::text AS "validFrom",
                valid_to::text AS "validTo", coalesce(district.time_zone, unit.time_zone) AS zone
         FROM known_unit AS unit LEFT JOIN known_district AS district ON district.code = unit.district_code
         WHERE unit.district_code = $1 AND unit.kind = 'puskesmas' ORDER BY unit.code`,
        [districtCode],
      ),
      this.database.query<{ unitId: string; period: string; elements: string[] }[]>(
        `SELECT unit_id AS "unitId", period, array_agg(DISTINCT element) AS elements FROM value
         WHERE unit_id IN (SELECT unit_id FROM known_unit WHERE district_code = $1 AND kind = 'puskesmas')
           AND period BETWEEN $2 AND $3 AND state <> 'not_reported'
         GROUP BY unit_id, period`,
        [districtCode, periods[0], periods[11]],
      ),
      this.database.query<{ unitId: string; period: string; at: Date }[]>(
        `SELECT unit_id AS "unitId", period, min(at) AS at FROM evaluation JOIN evaluation_history AS history USING (evaluation_id)
         WHERE district_code = $1 AND period BETWEEN $2 AND $3 AND history.status = 'submitted' GROUP BY unit_id, period`,
        [districtCode, periods[0], periods[11]],
      ),
    ]);
    const sums = bundle && sumsIn(bundle);
    const indicators = (bundle?.indicators ?? []).map((it) => ({
      ...it,
      elements: sums ? enteredFor(it.numeratorElement, sums) : [],
    }));
    const enteredAt = new Map(entered.map((it) => [placeKey(it), new Set(it.elements)]));
    const submittedAt = new Map(submissions.map((it) => [placeKey(it), new Date(it.at)]));
    // A unit that was never open in the year, and sent nothing either, is none of this year.
    const shown = units.filter((unit) =>
      periods.some((period) => isOpenIn(unit, period) || submittedAt.has(placeKey({ ...unit, period }))),
    );
    const places: WindowPlace[] = shown.flatMap(({ unitId }) =>
      periods.map((period) => ({ unitId, districtCode, period })),
    );
    const closing = await this.windows.entryCloses(places);
    const now = this.clock.now();
    return {
      asOf: now.toISOString(),
      districtName,
      year,
      hasBundle: bundle !== null,
      units: shown.map((unit) => ({
        unitId: unit.unitId,
        unitCode: unit.unitCode,
        unitName: unit.unitName,
        months: periods.map((period) => {
          const key = placeKey({ ...unit, period });
          const expected = expectedIn(indicators, unit, period);
          const first = submittedAt.get(key) ?? null;
          return {
            period,
            timeliness: timelinessOf(
              expected.length > 0,
              first,
              closing.get(key) ?? null,
              monthEnds(parsePeriod(period), unit.zone),
              now,
            ),
            expected: expected.length,
            reported: reportedOf(expected, enteredAt.get(key) ?? new Set()),
            submittedAt: first?.toISOString() ?? null,
          };
        }),
      })),
    };
  }
}
