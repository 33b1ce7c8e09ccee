import type { Clock } from '@lokmin/calendar';
import {
  DistrictTargets,
  Refusal,
  SetTargets,
  TargetsSet,
  type AskInput,
  type AskReply,
} from '@lokmin/contracts';
import { checkRunning } from '@lokmin/evaluation';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Bundle } from './bundle.entity.ts';
import { refusing } from './bundle.rules.ts';
import { Bundles } from './bundle.service.ts';
import { SetTarget } from './target.entity.ts';
import { yardstick, type Yardstick } from './yardstick.ts';

type Asked = AskInput<typeof SetTargets>['targets'][number];

/** Recomputes the rollups of a unit and year under its lock; given by the values, which depend on targets. */
export type Recompute = (tx: Tx, measure: Yardstick, unitId: string) => Promise<boolean>;

/** Whom a target is for. */
interface Aim {
  readonly scope: SetTarget['scope'];
  readonly forId: string | null;
  readonly forName: string;
  /** Null: every puskesmas of the district. */
  readonly unitIds: string[] | null;
}

@Injectable()
export class Targets {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the puskesmas of a district are judged by in the year of its bundle. */
  async yardstick(bundle: Bundle, manager: EntityManager = this.database.manager): Promise<Yardstick> {
    const { districtCode, year } = bundle;
    return yardstick(bundle, await manager.findBy(SetTarget, { districtCode, year, withdrawnAt: IsNull() }));
  }

  /**
   * Sets, changes and withdraws targets, and recomputes what they concern; the same again changes nothing.
   * @throws Refusal `target.*`, `bundle.missing`, `bundle.curve`, `not-found`
   */
  async set(input: AskInput<typeof SetTargets>, recompute: Recompute): Promise<AskReply<typeof SetTargets>> {
    const { districtCode, year, targets } = input;
    await this.roster.demand('target.set', { districtCode });
    const bundle = await this.bundles.demand(districtCode, year);
    checkTargets(bundle, targets);
    const by = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, SetTargets.subject, input, async () => {
          // One at a time for a district and year: what is set twice at once stands once.
          await tx.query(`SELECT pg_advisory_xact_lock(hashtext('targets'), hashtext($1))`, [
            `${districtCode}/${year}`,
          ]);
          let changed = 0;
          const concerned: (Aim & { code: string })[] = [];
          for (const [i, asked] of targets.entries()) {
            const aim = await this.#aim(tx, districtCode, asked, (name) => `targets.${i}.${name}`);
            if (!(await this.#put(tx, input, asked, aim, by))) continue;
            changed += 1;
            concerned.push({ ...aim, code: asked.indicatorCode });
          }
          if (changed === 0) return { changed, units: 0 };
          const measure = await this.yardstick(bundle, tx.manager);
          const unitIds: string[] = [];
          for (const unitId of await this.#unitsOf(tx, bundle, concerned))
            if (await recompute(tx, measure, unitId)) unitIds.push(unitId);
          const revision = await this.#revision(tx, districtCode, year);
          tx.announce(
            TargetsSet,
            { id: `${districtCode}/${year}`, revision, districtCode, unitId: null },
            { districtCode, year, unitIds },
          );
          return { changed, units: unitIds.length };
        }),
    );
  }

  async list({
    districtCode,
    year,
  }: AskInput<typeof DistrictTargets>): Promise<AskReply<typeof DistrictTargets>> {
    await this.roster.demandPostIn(districtCode);
    const bundle = await this.bundles.find(districtCode, year);
    const allowed = await this.roster.grants();
    const rows: (AskReply<typeof DistrictTargets>['targets'][number] & { unitIds: string[] | null })[] =
      await this.database.query(
        `SELECT unit_ids AS "unitIds", indicator_code AS "indicatorCode", scope, for_id AS "forId", for_name AS "forName", month, value::text, running, curve::text[], source,
              approved_by AS "approvedBy", approved_on::text AS "approvedOn", coalesce(person.name, '') AS "setByName", set_at AS "setAt"
       FROM target LEFT JOIN known_person AS person ON person.person_id = set_by
       WHERE district_code = $1 AND year = $2 AND withdrawn_at IS NULL
       ORDER BY indicator_code, scope, for_name, month NULLS FIRST`,
        [districtCode, year],
      );
    // What was set for a puskesmas is for those who may see it.
    const shown: typeof rows = [];
    for (const row of rows) {
      let visible = row.unitIds === null;
      for (const unitId of row.unitIds ?? [])
        visible ||= await allowed('unit.view', { districtCode, unitId });
      if (visible) shown.push(row);
    }
    return {
      asOf: this.clock.now().toISOString(),
      bundle: bundle && {
        bundleId: bundle.bundleId,
        districtCode,
        year,
        name: bundle.name,
        rules: bundle.rules,
        indicators: bundle.indicators.map((each) => ({
          ...each,
          smallCountsBelow: each.smallCountsBelow ?? null,
        })),
        elements: bundle.elements,
      },
      targets: shown.map(({ unitIds: _, ...row }) => ({ ...row, setAt: new Date(row.setAt).toISOString() })),
      maySet: await allowed('target.set', { districtCode }),
    };
  }

  /** @throws Refusal `not-found` for a puskesmas or coaching group that the district does not have */
  async #aim(
    tx: Tx,
    districtCode: string,
    { unitId, coachingGroupId }: Asked,
    field: (name: string) => string,
  ): Promise<Aim> {
    if (unitId !== null && coachingGroupId !== null)
      throw new Refusal('target.one-place', {}, field('coachingGroupId'));
    if (unitId !== null) {
      const unit = await this.roster.findUnit({ unitId }, tx.manager);
      if (!unit || unit.districtCode !== districtCode || unit.kind !== 'puskesmas')
        throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } }, field('unitId'));
      return { scope: 'unit', forId: unitId, forName: unit.name, unitIds: [unitId] };
    }
    if (coachingGroupId === null) return { scope: 'district', forId: null, forName: '', unitIds: null };
    const [group] = await tx.query<{ name: string; unitIds: string[] }>(
      `SELECT unit_ids AS "unitIds", (SELECT coalesce(string_agg(name, ', ' ORDER BY code), '') FROM known_unit WHERE unit_id = ANY (unit_ids)) AS name
       FROM known_coaching_group WHERE coaching_group_id = $1 AND district_code = $2`,
      [coachingGroupId, districtCode],
    );
    if (!group)
      throw new Refusal(
        'not-found',
        { what: { id: 'Kelompok binaan', en: 'The coaching group' } },
        field('coachingGroupId'),
      );
    return { scope: 'coaching_group', forId: coachingGroupId, forName: group.name, unitIds: group.unitIds };
  }

  /** Withdraws what stood and writes what is asked. @returns whether anything changed */
  async #put(
    tx: Tx,
    { districtCode, year, source, approvedBy, approvedOn }: AskInput<typeof SetTargets>,
    { indicatorCode, month, value, running, curve }: Asked,
    { scope, forId, forName, unitIds }: Aim,
    by: string,
  ): Promise<boolean> {
    const [stands] = await tx.query<{ targetId: string; same: boolean }>(
      `SELECT target_id AS "targetId",
              (value, running, curve, source, approved_by, approved_on, unit_ids) IS NOT DISTINCT FROM ($6::numeric, $7::text, $8::numeric[], $9, $10, $11::date, $12::uuid[]) AS same
       FROM target WHERE district_code = $1 AND year = $2 AND indicator_code = $3 AND withdrawn_at IS NULL
         AND (for_id, month) IS NOT DISTINCT FROM ($4::uuid, $5::integer) FOR UPDATE`,
      [
        districtCode,
        year,
        indicatorCode,
        forId,
        month,
        value,
        running,
        curve,
        source,
        approvedBy,
        approvedOn,
        unitIds,
      ],
    );
    if (stands?.same || (!stands && value === null)) return false;
    if (stands) await tx.manager.update(SetTarget, stands.targetId, { withdrawnBy: by, withdrawnAt: tx.now });
    if (value !== null)
      await tx.manager.insert(SetTarget, {
        targetId: uuidv7(),
        districtCode,
        year,
        indicatorCode,
        scope,
        forId,
        forName,
        unitIds,
        month,
        value,
        running,
        curve,
        source,
        approvedBy,
        approvedOn,
        setBy: by,
        setAt: tx.now,
        withdrawnBy: null,
        withdrawnAt: null,
      });
    return true;
  }

  /** The units that have results of the year and that one of these targets is for. */
  async #unitsOf(tx: Tx, { districtCode, year }: Bundle, concerned: readonly Aim[]): Promise<string[]> {
    const all = concerned.some(({ unitIds }) => unitIds === null);
    const rows = await tx.query<{ unitId: string }>(
      `SELECT DISTINCT unit_id AS "unitId" FROM rollup
       WHERE district_code = $1 AND period BETWEEN $2 AND $3 AND ($4::uuid[] IS NULL OR unit_id = ANY ($4)) ORDER BY 1`,
      [
        districtCode,
        `${year}-01`,
        `${year}-12`,
        all ? null : concerned.flatMap(({ unitIds }) => unitIds ?? []),
      ],
    );
    return rows.map(({ unitId }) => unitId);
  }

  /** Counts every setting and withdrawal of the district and year. */
  async #revision(tx: Tx, districtCode: string, year: number): Promise<number> {
    const [row] = await tx.query<{ revision: number }>(
      'SELECT (count(*) + count(withdrawn_at))::int AS revision FROM target WHERE district_code = $1 AND year = $2',
      [districtCode, year],
    );
    return row!.revision;
  }
}

/** @throws Refusal `target.*`, `bundle.curve` naming the field */
function checkTargets(bundle: Bundle, targets: readonly Asked[]): void {
  const seen = new Set<string>();
  targets.forEach(({ indicatorCode: code, unitId, coachingGroupId, month, value, running, curve }, i) => {
    const at = (name: string) => `targets.${i}.${name}`;
    const indicator = bundle.indicators.find((each) => each.code === code);
    if (!indicator)
      throw new Refusal('target.unknown-indicator', { code, year: bundle.year }, at('indicatorCode'));
    const key = `${code} ${unitId ?? coachingGroupId} ${month}`;
    if (seen.has(key)) throw new Refusal('target.twice', { code }, at('indicatorCode'));
    seen.add(key);
    if (value === null) return;
    if (indicator.direction === 'info')
      throw new Refusal('target.never-judged', { code }, at('indicatorCode'));
    const isZero = !/[1-9]/.test(value);
    if (value.startsWith('-') || (isZero && indicator.direction === 'higher'))
      throw new Refusal('target.value', { code }, at('value'));
    if (month !== null && running !== null) throw new Refusal('target.month-runs', {}, at('running'));
    refusing(
      () => checkRunning({ running, curve }, code),
      () => new Refusal('bundle.curve', { at: code }, at('curve')),
    );
  });
}
