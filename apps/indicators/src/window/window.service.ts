import { addMonths, parsePeriod, type Clock, type Zone } from '@lokmin/calendar';
import {
  DistrictWindows,
  ExtendWindow,
  Refusal,
  SetWindows,
  WindowExtended,
  WindowSet,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EvaluationStatus } from '../evaluation/evaluation.rules.ts';
import {
  checkDays,
  checkExtension,
  closedWindow,
  closesAt,
  isOpen,
  KINDS,
  windowOfEntry,
  type Extension,
  type WindowDays,
  type WindowKind,
} from './window.rules.ts';

type Queryable = Pick<Tx, 'query'>;
/** What was set for a month of a district. */
interface MonthWindows {
  readonly districtCode: string;
  readonly period: string;
  readonly zone: Zone;
  readonly days: WindowDays;
  readonly extensions: readonly Extension[];
}
/** A unit and month that somebody wants to enter something for. */
export interface WindowPlace {
  readonly unitId: string;
  readonly districtCode: string;
  readonly period: string;
}

/** So many months one command sets. */
const MONTHS = 24;

/** Until when months are entered and verified; the clock of this service decides. */
@Injectable()
export class Windows {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sets the windows of each month from one through another; both days null: none any more. */
  async set(input: AskInput<typeof SetWindows>): Promise<AskReply<typeof SetWindows>> {
    const { districtCode, fromPeriod, toPeriod, entryDay, verificationDay } = input;
    await this.roster.demand('window.keep', { districtCode });
    checkDays(input);
    const periods: string[] = [];
    for (
      let period = parsePeriod(fromPeriod);
      period <= toPeriod && periods.length <= MONTHS;
      period = addMonths(period, 1)
    )
      periods.push(period);
    if (periods.length === 0 || periods.length > MONTHS)
      throw new Refusal('window.months', { months: MONTHS }, 'toPeriod');
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, SetWindows.subject, input, async () => {
          const rows = await tx.query<{ period: string; revision: number }>(
            `INSERT INTO reporting_window AS kept (district_code, period, revision, set_in, entry_day, verification_day, set_by, set_at)
             SELECT $1, period, 1, 1, $3, $4, $5, $6 FROM unnest($2::text[]) AS period ORDER BY period
             ON CONFLICT (district_code, period) DO UPDATE
               SET revision = kept.revision + 1, set_in = kept.revision + 1, entry_day = excluded.entry_day,
                   verification_day = excluded.verification_day, set_by = excluded.set_by, set_at = excluded.set_at
             RETURNING period, revision`,
            [districtCode, periods, entryDay, verificationDay, by, tx.now],
          );
          for (const { period, revision } of rows)
            tx.announce(
              WindowSet,
              { id: `${districtCode}/${period}`, revision, districtCode, unitId: null },
              { districtCode, period, revision, entryDay, verificationDay },
            );
          return { months: rows.length };
        }),
    );
  }

  /** A later last day, with a reason. @throws Refusal `window.missing`, `window.not-later`, `not-found` */
  async extend(input: AskInput<typeof ExtendWindow>): Promise<AskReply<typeof ExtendWindow>> {
    const { districtCode, period, kind, unitId, until, reason } = input;
    await this.roster.demand('window.keep', { districtCode });
    if (unitId !== null && (await this.roster.unit(unitId)).districtCode !== districtCode)
      throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } }, 'unitId');
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, ExtendWindow.subject, input, async () => {
          await tx.query(
            'SELECT 1 FROM reporting_window WHERE district_code = $1 AND period = $2 FOR UPDATE',
            [districtCode, period],
          );
          const [month] = await read(tx, [districtCode], [period]);
          checkExtension(period, month?.days ?? null, kind, until);
          const [{ revision }] = (await tx.query<{ revision: number }>(
            `WITH kept AS (
               UPDATE reporting_window SET revision = revision + 1 WHERE district_code = $1 AND period = $2 RETURNING revision
             )
             INSERT INTO window_extension (district_code, period, revision, kind, unit_id, until, reason, extended_by, extended_at)
             SELECT $1, $2, revision, $3, $4, $5, $6, $7, $8 FROM kept RETURNING revision`,
            [districtCode, period, kind, unitId, until, reason, by, tx.now],
          )) as [{ revision: number }];
          tx.announce(
            WindowExtended,
            { id: `${districtCode}/${period}`, revision, districtCode, unitId },
            { districtCode, period, revision, kind, unitId, until, reason },
          );
          const extensions = [...month!.extensions, { kind, unitId, until }];
          return {
            closesAt: closesAt(kind, period, month!.days, extensions, unitId, month!.zone)!.toISOString(),
          };
        }),
    );
  }

  async list({
    districtCode,
    year,
  }: AskInput<typeof DistrictWindows>): Promise<AskReply<typeof DistrictWindows>> {
    await this.roster.demand('district.view', { districtCode });
    const months = await read(this.database, [districtCode], periodsOf(year));
    const told: (AskReply<typeof DistrictWindows>['months'][number]['extensions'][number] & {
      period: string;
    })[] = await this.database.query(
      `SELECT extension.period, extension.kind, unit.code AS "unitCode", unit.name AS "unitName", until::text, reason,
                coalesce(person.name, '') AS "extendedByName", extended_at AS "extendedAt"
         FROM window_extension AS extension JOIN reporting_window AS kept USING (district_code, period)
         LEFT JOIN known_unit AS unit ON unit.unit_id = extension.unit_id
         LEFT JOIN known_person AS person ON person.person_id = extended_by
         WHERE kept.district_code = $1 AND kept.period = ANY ($2::text[]) AND extension.revision > kept.set_in
         ORDER BY extension.period, extension.revision`,
      [districtCode, periodsOf(year)],
    );
    return {
      asOf: this.clock.now().toISOString(),
      districtName: await this.roster.districtName(districtCode),
      mayKeep: await this.roster.may('window.keep', { districtCode }),
      months: months.map(({ period, days, extensions, zone }) => ({
        period,
        ...days,
        entryClosesAt: closesAt('entry', period, days, extensions, null, zone)?.toISOString() ?? null,
        verificationClosesAt:
          closesAt('verification', period, days, extensions, null, zone)?.toISOString() ?? null,
        extensions: told
          .filter((it) => it.period === period)
          .map(({ period: _, ...it }) => ({ ...it, extendedAt: new Date(it.extendedAt).toISOString() })),
      })),
    };
  }

  /** When the windows of a unit close; null: never. */
  async ofUnit(
    { unitId, districtCode, period }: WindowPlace,
    db: Queryable = this.database,
  ): Promise<Record<WindowKind, Date | null> & { zone: Zone | null }> {
    const [month] = await read(db, [districtCode], [period]);
    const [entry, verification] = KINDS.map((kind) =>
      month ? closesAt(kind, period, month.days, month.extensions, unitId, month.zone) : null,
    ) as [Date | null, Date | null];
    return { entry, verification, zone: month?.zone ?? null };
  }

  /** @param status of the evaluation of that month, or null @throws Refusal `window.entry-closed`, `window.verification-closed` */
  async demandEntry(tx: Tx, place: WindowPlace, status: EvaluationStatus | null): Promise<void> {
    const windows = await this.ofUnit(place, tx);
    const kind = windowOfEntry(status ?? 'draft');
    if (!isOpen(windows[kind], tx.now))
      throw closedWindow(kind, place.period, windows[kind]!, windows.zone!, 'period');
  }

  /** When entry closes at many places; those where it never does are left out. */
  async entryCloses(
    places: readonly WindowPlace[],
    db: Queryable = this.database,
  ): Promise<Map<string, Date>> {
    const months = await monthsOf(db, places);
    return new Map(
      places.flatMap((place) => {
        const month = months.get(`${place.districtCode}/${place.period}`);
        const at =
          month && closesAt('entry', place.period, month.days, month.extensions, place.unitId, month.zone);
        return at ? [[placeKey(place), at] as const] : [];
      }),
    );
  }

  /** Of many places those whose window of a kind is closed, each with what is to be said. */
  async closed(
    tx: Tx,
    places: readonly (WindowPlace & { readonly kind: WindowKind })[],
  ): Promise<Map<string, Refusal>> {
    const closed = new Map<string, Refusal>();
    const byKey = await monthsOf(tx, places);
    for (const { unitId, districtCode, period, kind } of places) {
      const month = byKey.get(`${districtCode}/${period}`);
      const at = month && closesAt(kind, period, month.days, month.extensions, unitId, month.zone);
      if (at && !isOpen(at, tx.now))
        closed.set(placeKey({ unitId, period }), closedWindow(kind, period, at, month.zone));
    }
    return closed;
  }
}

export const placeKey = ({ unitId, period }: Pick<WindowPlace, 'unitId' | 'period'>): string =>
  `${unitId}/${period}`;

const periodsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);

/** What was set for the months of these places, by `district/period`. */
async function monthsOf(db: Queryable, places: readonly WindowPlace[]): Promise<Map<string, MonthWindows>> {
  if (places.length === 0) return new Map();
  const months = await read(
    db,
    [...new Set(places.map(({ districtCode }) => districtCode))],
    [...new Set(places.map(({ period }) => period))],
  );
  return new Map(months.map((month) => [`${month.districtCode}/${month.period}`, month]));
}

/** What was set for these months of these districts, in order. */
async function read(
  db: Queryable,
  districtCodes: readonly string[],
  periods: readonly string[],
): Promise<MonthWindows[]> {
  const rows = await db.query<{
    districtCode: string;
    period: string;
    zone: Zone | null;
    entryDay: number | null;
    verificationDay: number | null;
    extensions: Extension[];
  }>(
    `SELECT kept.district_code AS "districtCode", kept.period, district.time_zone AS zone, entry_day AS "entryDay",
            verification_day AS "verificationDay",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'unitId', unit_id, 'until', until::text)), '[]')
             FROM window_extension AS extension
             WHERE extension.district_code = kept.district_code AND extension.period = kept.period
               AND extension.revision > kept.set_in) AS extensions
     FROM reporting_window AS kept LEFT JOIN known_district AS district ON district.code = kept.district_code
     WHERE kept.district_code = ANY ($1::text[]) AND kept.period = ANY ($2::text[]) ORDER BY kept.period`,
    [districtCodes, periods],
  );
  return rows.map(({ districtCode, period, zone, extensions, entryDay, verificationDay }) => ({
    districtCode,
    period,
    zone: zone ?? 'Asia/Jakarta',
    days: { entryDay, verificationDay },
    extensions,
  }));
}
