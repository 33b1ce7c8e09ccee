import { addMonths, parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import {
  ConfirmFinding,
  FindingConfirmed,
  Refusal,
  type AskInput,
  type AskReply,
  type DistrictFindings,
  type UnitFindings,
} from '@lokmin/contracts';
import {
  findingsAcross,
  findingsOfMonth,
  findingsOfUnit,
  findingText,
  subjectOf,
  type Figures,
  type Finding,
  type MonthsOfElement,
  type QualityRules,
  type UnitFigures,
} from '@lokmin/evaluation';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { elementsOf } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { sensitiveOf } from '../evaluation/small-counts.rules.ts';
import type { ResultView } from '../value/rollup.entity.ts';
import { isYearlyTargetGroup } from '../value/value.rules.ts';
import { Confirmation } from './confirmation.entity.ts';

type FindingView = AskReply<typeof UnitFindings>['findings'][number];
type Place = Pick<KnownUnit, 'unitId' | 'code' | 'name'>;

/** How many months before the one that is looked at say what is usual. */
const MONTHS_BEFORE = 24;

/** What the recorded figures say against each other. Findings are computed when asked for; only confirmations are kept. */
@Injectable()
export class Quality {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ofUnit({ unitId, period }: AskInput<typeof UnitFindings>): Promise<AskReply<typeof UnitFindings>> {
    const unit = await this.roster.unit(unitId);
    await this.roster.demand('unit.view', { districtCode: unit.districtCode, unitId });
    const bundle = await this.bundles.demand(unit.districtCode, yearOf(parsePeriod(period)));
    const findings = await this.#findingsOf(this.database.manager, bundle, unit, period);
    return {
      asOf: this.clock.now().toISOString(),
      findings: await this.#shown(bundle, period, findings, [unit]),
    };
  }

  async ofDistrict({
    districtCode,
    coachingGroupId,
    period,
  }: AskInput<typeof DistrictFindings>): Promise<AskReply<typeof DistrictFindings>> {
    const { only, today } = await this.roster.demandOverview(districtCode, coachingGroupId);
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const units = await this.#working(this.database.manager, districtCode, today);
    const findings = await this.#findingsAcross(this.database.manager, bundle, units, period);
    const concerned = findings.filter(
      ({ unitId, otherUnitIds }) =>
        // Of a coaching group only what is about its puskesmas and nobody else's.
        only === null || (unitId !== null && [unitId, ...otherUnitIds].every((each) => only.includes(each))),
    );
    return {
      asOf: this.clock.now().toISOString(),
      findings: await this.#shown(bundle, period, concerned, units),
    };
  }

  /** Says why the figures of a finding are right. @throws Refusal `finding.gone` when it is not found any more */
  async confirm(input: AskInput<typeof ConfirmFinding>): Promise<AskReply<typeof ConfirmFinding>> {
    const { districtCode, unitId, period, subject, reason } = input;
    const unit = unitId === null ? null : await this.roster.unit(unitId);
    if (unit && unit.districtCode !== districtCode)
      throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } }, 'unitId');
    if (unit) await this.roster.demand('unit.view', { districtCode, unitId: unit.unitId });
    else await this.roster.demand('evaluation.return', { districtCode });
    const bundle = await this.bundles.demand(districtCode, yearOf(parsePeriod(period)));
    const by = this.roster.caller();
    const today = await this.roster.today(districtCode);
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, ConfirmFinding.subject, input, async () => {
          const units = unit ? [unit] : await this.#working(tx.manager, districtCode, today);
          const findings = unit
            ? await this.#findingsOf(tx.manager, bundle, unit, period)
            : await this.#findingsAcross(tx.manager, bundle, units, period);
          const finding = findings.find((each) => subjectOf(each) === subject);
          if (!finding) throw new Refusal('finding.gone', {}, 'subject');
          if (unit) await this.#demandMayConfirm(bundle, unit, finding);
          const confirmationId = uuidv7();
          await tx.manager.insert(Confirmation, {
            confirmationId,
            districtCode,
            unitId,
            period,
            subject,
            figures: finding.figures,
            reason,
            confirmedBy: by,
            confirmedAt: tx.now,
          });
          tx.announce(
            FindingConfirmed,
            { id: confirmationId, revision: 1, districtCode, unitId },
            { confirmationId, districtCode, unitId, period, subject, confirmedBy: by, reason },
          );
          const [view] = await this.#views(tx.manager, bundle, period, [finding], units);
          return { finding: view! };
        }),
    );
  }

  /**
   * Call it where figures are submitted, under the lock of the unit's year.
   * @throws Refusal `evaluation.blocked`, `evaluation.reason-needed` naming the first finding
   */
  async demandSubmittable(tx: Tx, bundle: Bundle, unit: KnownUnit, period: string): Promise<void> {
    const findings = await this.#findingsOf(tx.manager, bundle, unit, period);
    const hindering = findings.filter(({ level }) => level === 'block' || level === 'reason');
    if (hindering.length === 0) return;
    const views = await this.#views(tx.manager, bundle, period, hindering, [unit]);
    const blocked = views.find(({ level }) => level === 'block');
    const unconfirmed = views.filter(({ level, confirmation }) => level === 'reason' && !confirmation);
    if (blocked) throw new Refusal('evaluation.blocked', { finding: blocked.message }, 'period');
    if (unconfirmed.length > 0)
      throw new Refusal(
        'evaluation.reason-needed',
        { count: unconfirmed.length, finding: unconfirmed[0]!.message },
        'period',
      );
  }

  /** Who records the programme of the indicator, or submits for the unit. */
  async #demandMayConfirm(
    { indicators }: Bundle,
    { unitId, districtCode }: KnownUnit,
    finding: Finding,
  ): Promise<void> {
    const program = indicators.find(({ code }) => code === finding.indicatorCodes.at(-1))?.program;
    const allowed = await this.roster.grants();
    if (await allowed('evaluation.submit', { districtCode, unitId })) return;
    await this.roster.demand('values.record', { districtCode, unitId, ...(program && { program }) });
  }

  async #working(manager: EntityManager, districtCode: string, today: string): Promise<Place[]> {
    return manager.query(
      `SELECT unit_id AS "unitId", code, name FROM known_unit
       WHERE district_code = $1 AND kind = 'puskesmas' AND (valid_to IS NULL OR valid_to >= $2::date) ORDER BY code`,
      [districtCode, today],
    );
  }

  async #findingsOf(manager: EntityManager, bundle: Bundle, unit: Place, period: string): Promise<Finding[]> {
    const rules = rulesOf(bundle);
    const [figures] = await this.#figures(manager, bundle, [unit.unitId], period);
    const months = await this.#months(manager, bundle, unit.unitId, period);
    return [...findingsOfUnit(figures!, rules), ...findingsOfMonth(unit.unitId, months, rules)];
  }

  async #findingsAcross(
    manager: EntityManager,
    bundle: Bundle,
    units: readonly Place[],
    period: string,
  ): Promise<Finding[]> {
    const unitIds = units.map(({ unitId }) => unitId);
    const before = addMonths(parsePeriod(period), -12);
    const bundleBefore = await this.bundles.find(bundle.districtCode, bundle.year - 1);
    const [now, lastYear] = await Promise.all([
      this.#figures(manager, bundle, unitIds, period),
      bundleBefore ? this.#figures(manager, bundleBefore, unitIds, before) : [],
    ]);
    const rules = rulesOf(bundle);
    const all = now.map((unit, i) => ({ ...unit, lastYear: lastYear[i]?.figures ?? [] }));
    return [...all.flatMap((unit) => findingsOfUnit(unit, rules)), ...findingsAcross(all, rules)];
  }

  /** What the rollups of these units have, in their order. */
  async #figures(
    manager: EntityManager,
    bundle: Bundle,
    unitIds: readonly string[],
    period: string,
  ): Promise<UnitFigures[]> {
    const rollups: { unitId: string; results: Record<string, ResultView> }[] = await manager.query(
      'SELECT unit_id AS "unitId", results FROM rollup WHERE unit_id = ANY ($1) AND period = $2',
      [unitIds, period],
    );
    const printed: { unitId: string; element: string; value: string }[] = await manager.query(
      `SELECT unit_id AS "unitId", element, published_value::text AS value FROM value
       WHERE unit_id = ANY ($1) AND period = $2 AND published_value IS NOT NULL`,
      [unitIds, period],
    );
    const resultsOf = new Map(rollups.map(({ unitId, results }) => [unitId, results]));
    const printedAt = new Map(printed.map(({ unitId, element, value }) => [`${unitId} ${element}`, value]));
    return unitIds.map((unitId) => ({
      unitId,
      figures: bundle.indicators.flatMap((indicator): Figures[] => {
        const result = resultsOf.get(unitId)?.[indicator.code];
        if (!result) return [];
        const value = printedAt.get(`${unitId} ${indicator.numeratorElement}`);
        return [
          {
            code: indicator.code,
            numerator: result.numerator,
            denominator: result.denominator,
            multiplier: indicator.multiplier,
            hasTargetGroup: isYearlyTargetGroup({ indicator, part: 'denominator' }),
            published:
              value === undefined || result.coverage === null
                ? null
                : { value, explained: !result.warnings.some(({ code }) => code === 'published_unexplained') },
          },
        ];
      }),
    }));
  }

  /** The month's own counts of a unit, and those of the months before. */
  async #months(
    manager: EntityManager,
    bundle: Bundle,
    unitId: string,
    period: string,
  ): Promise<MonthsOfElement[]> {
    const values: { element: string; period: string; value: string }[] = await manager.query(
      `SELECT element, period, value::text FROM value
       WHERE unit_id = $1 AND period BETWEEN $2 AND $3 AND covers = 'month' AND state = 'reported' ORDER BY element, period`,
      [unitId, addMonths(parsePeriod(period), -MONTHS_BEFORE), period],
    );
    const uses = elementsOf(bundle);
    return [...Map.groupBy(values, ({ element }) => element)].flatMap(([element, months]) => {
      const use = uses.get(element);
      const last = months.at(-1)!;
      if (!use || last.period !== period) return [];
      return {
        indicatorCode: use.indicator.code,
        element,
        value: last.value,
        before: months.slice(0, -1).map(({ value }) => value),
        follows: months.at(-2)?.period === addMonths(parsePeriod(period), -1),
      };
    });
  }

  /** Without what would tell of a small count to who may not see it (decision 0024). */
  async #shown(
    bundle: Bundle,
    period: string,
    findings: readonly Finding[],
    units: readonly Place[],
  ): Promise<FindingView[]> {
    const sensitive = sensitiveOf(bundle);
    const allowed = await this.roster.grants();
    const { districtCode } = bundle;
    const seesAll = new Map<string, boolean>();
    for (const { unitId } of units)
      seesAll.set(unitId, await allowed('counts.small', { districtCode, unitId }));
    const shown = findings.filter(
      ({ unitId, indicatorCodes }) =>
        !indicatorCodes.some((code) => sensitive.has(code)) ||
        (unitId === null ? [...seesAll.values()].every(Boolean) : seesAll.get(unitId)),
    );
    return this.#views(this.database.manager, bundle, period, shown, units);
  }

  async #views(
    manager: EntityManager,
    bundle: Bundle,
    period: string,
    findings: readonly Finding[],
    units: readonly Place[],
  ): Promise<FindingView[]> {
    const confirmations: {
      unitId: string | null;
      subject: string;
      figures: Record<string, string>;
      reason: string;
      byName: string;
      at: Date;
    }[] = await manager.query(
      `SELECT DISTINCT ON (unit_id, subject) unit_id AS "unitId", subject, figures, reason, coalesce(person.name, '') AS "byName", confirmed_at AS at
       FROM finding_confirmation LEFT JOIN known_person AS person ON person.person_id = confirmed_by
       WHERE district_code = $1 AND period = $2 ORDER BY unit_id, subject, confirmed_at DESC`,
      [bundle.districtCode, period],
    );
    const confirmed = new Map(confirmations.map((each) => [`${each.unitId} ${each.subject}`, each]));
    const places = new Map(units.map((unit) => [unit.unitId, unit]));
    const nameOf = new Map(bundle.indicators.map(({ code, nameId, nameEn }) => [code, { nameId, nameEn }]));
    const textIn = (finding: Finding, language: 'nameId' | 'nameEn') =>
      findingText(finding, {
        indicator: (code) => nameOf.get(code)?.[language] ?? code,
        unit: (unitId) => places.get(unitId)?.name ?? unitId,
      });
    return findings.map((finding) => {
      const subject = subjectOf(finding);
      const known = confirmed.get(`${finding.unitId} ${subject}`);
      const holds = known && same(known.figures, finding.figures);
      const unit = finding.unitId === null ? null : places.get(finding.unitId)!;
      return {
        rule: finding.rule,
        level: finding.level,
        subject,
        unit: unit && { unitId: unit.unitId, code: unit.code, name: unit.name },
        indicatorCodes: finding.indicatorCodes,
        message: { id: textIn(finding, 'nameId').id, en: textIn(finding, 'nameEn').en },
        confirmation: holds
          ? { reason: known.reason, byName: known.byName, at: new Date(known.at).toISOString() }
          : null,
      };
    });
  }
}

const rulesOf = ({ rules }: Bundle): QualityRules => ({
  sequences: rules.quality?.sequences ?? [],
  levels: rules.quality?.levels ?? {},
});

const same = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => b[name] === value);
