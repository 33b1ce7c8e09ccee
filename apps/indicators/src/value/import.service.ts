import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { formatDecimal, parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import { Refusal, type importReport, type Text } from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit, type KnownVillage } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { elementsOf, sumsIn, type ElementUse } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { Dhis2 } from '../dhis2/dhis2.service.ts';
import type { Mapped, Mapping } from '../dhis2/dhis2.rules.ts';
import { Layouts, type AskedLayout } from '../layout/layout.service.ts';
import { noted, type Note } from './files/noted.ts';
import { openFile } from './files/open.ts';
import type { WindowKind } from '../window/window.rules.ts';
import { placeKey, Windows, type WindowPlace } from '../window/window.service.ts';
import { textOf, type FileRow, type Place, type RowProblem, type ValuesFile } from './files/row.ts';
import {
  CellProblem,
  demandWritable,
  readCode,
  readPart,
  readPeriod,
  readPublished,
  type Cells,
  type When,
} from './import.rules.ts';
import type { ValueState } from './value.entity.ts';
import { countsWhole, isYearlyTargetGroup } from './value.rules.ts';
import {
  addSums,
  keepVillages,
  namesVillages,
  setVillagesApart,
  villageOf,
} from '../village/village-import.ts';
import { RowsRefused } from './refused.ts';
import { Values } from './value.service.ts';

export type ImportReport = z.infer<typeof importReport>;

/** Ends the transaction of a dry run, so that nothing of it stays. */
class DryRun extends Error {
  constructor(readonly report: ImportReport) {
    super('a dry run is rolled back');
  }
}

/** Characters that go to the database at once. */
const COPIED_AT_ONCE = 64 * 1024;
/** Reading ends when so much is wrong. */
const PROBLEMS = 1_000;
const WARNINGS_SHOWN = 200;
const CHANGES_SHOWN = 200;

/** A file that somebody sent, as it lies on the disk. */
export interface SentFile {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  /** It is a workbook of the district's own. */
  readonly layout?: AskedLayout;
}

interface Staged {
  /** Counts the rows of the file from 1, over all its sheets. */
  ordinal: number;
  sheet: string | null;
  row: number;
  unitId: string;
  /** null: the value of the puskesmas itself. */
  villageId: string | null;
  period: string;
  /** Code as it stands in the file. */
  indicator: string;
  part: 'numerator' | 'denominator';
  element: string;
  covers: 'month' | 'year_to_date';
  state: ValueState;
  value: string | null;
  published: string | null;
}

/** What a file calls the columns that are named after all of it was read. */
interface Names {
  readonly period: string;
  readonly wholeYear: boolean;
  readonly indicator: string;
}

function namesIn({ cells, columns }: FileRow): Names {
  const period = 'year' in cells ? 'year' : 'period';
  return {
    period: columns?.[period] ?? period,
    wholeYear: period === 'year' && !('month' in cells),
    indicator: columns?.['indicator_code'] ?? 'indicator_code',
  };
}

/** Gathers what is wrong and what is odd, in bounded memory. */
class Findings {
  readonly problems: RowProblem[] = [];
  readonly warnings: ImportReport['warnings'] = [];
  warningCount = 0;

  /** @throws RowsRefused when so much is wrong that reading on helps nobody */
  readonly problem = (problem: RowProblem): void => {
    // The values of one row of a sheet may all have the same puskesmas or month that is wrong.
    if (isDeepStrictEqual(problem, this.problems.at(-1))) return;
    if (this.problems.length === PROBLEMS) throw this.#refused(true);
    this.problems.push(problem);
  };

  warn({ sheet, row }: Place, column: string | null, code: string, message: Text): void {
    this.warningCount += 1;
    if (this.warnings.length < WARNINGS_SHOWN) this.warnings.push({ sheet, row, column, code, message });
  }

  readonly notice = (place: Place, code: string, message: Text): void =>
    this.warn(place, null, code, message);

  /** @throws RowsRefused when anything was wrong */
  demandClean(): void {
    if (this.problems.length > 0) throw this.#refused(false);
  }

  #refused(more: boolean): RowsRefused {
    const sheets = new Map(
      [...new Set(this.problems.map(({ sheet }) => sheet))].map((sheet, i) => [sheet, i]),
    );
    return new RowsRefused(
      this.problems.sort((a, b) => sheets.get(a.sheet)! - sheets.get(b.sheet)! || a.row - b.row),
      more,
    );
  }
}

@Injectable()
export class ValuesImport {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly values: Values,
    private readonly windows: Windows,
    private readonly dhis2: Dhis2,
    private readonly layouts: Layouts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Imports a results file, all or nothing, in memory that does not grow with it; the same file twice changes nothing.
   * One fact for each (unit, period) whose values changed. A dry run does all of it and rolls it back.
   * @param commandId null: a dry run
   * @throws RowsRefused naming rows and columns; Refusal `import.unreadable`, `import.no-rows`
   */
  async import(file: SentFile, commandId: string | null): Promise<ImportReport> {
    const now = () => this.clock.now();
    if (commandId !== null) {
      const { sha256, layout } = file;
      const input = { commandId, sha256, ...layout } as { commandId: string };
      return inTransaction(this.database, now, (tx) =>
        once(tx, 'import-values', input, () => this.#run(tx, file, false)),
      );
    }
    try {
      return await inTransaction(this.database, now, async (tx) => {
        throw new DryRun(await this.#run(tx, file, true));
      });
    } catch (error) {
      if (error instanceof DryRun) return error.report;
      throw error;
    }
  }

  /**
   * The file itself with a column that says what is wrong or odd in its rows: the first thousand errors, or the first warnings.
   * @throws Refusal `import.unreadable`, `import.no-rows`
   */
  async noted(
    file: SentFile,
    language: keyof Text,
  ): Promise<{ format: ValuesFile['format']; content: AsyncIterable<string> | Buffer }> {
    const { format } = await this.#open(file);
    let notes: readonly Note[];
    try {
      notes = (await this.import(file, null)).warnings;
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      notes = error.problems;
    }
    return { format, content: await noted(file.path, format, notes, language) };
  }

  async #run(tx: Tx, { path, name, sha256, layout }: SentFile, dryRun: boolean): Promise<ImportReport> {
    const file = await this.#open({ path, layout });
    const findings = new Findings();
    const units = new Map<string, KnownUnit>();
    const { rows, names, villages } = await this.#stage(
      tx,
      file.rows(findings.problem, findings.notice),
      findings,
      units,
    );
    findings.demandClean();
    if (rows === 0) throw new Refusal('import.no-rows');
    const counts = await this.#findChanges(tx, findings, names, villages);
    findings.demandClean();
    const changes = await listChanges(tx, units, villages);
    const earlier = await this.#earlierImport(tx, sha256);
    const periods = counts.changed > 0 ? await this.#apply(tx, units, villages) : 0;
    await tx.query(
      `INSERT INTO imported_file (sha256, name, imported_by, imported_at, rows, changed) VALUES ($1, $2, $3, $4, $5, $6)`,
      [sha256, name, this.roster.caller(), tx.now, rows, counts.changed],
    );
    const { warnings, warningCount } = findings;
    return { file: name, sha256, dryRun, rows, ...counts, periods, changes, earlier, warnings, warningCount };
  }

  #open({ path, layout }: Pick<SentFile, 'path' | 'layout'>): Promise<ValuesFile> {
    return layout ? this.layouts.open(path, layout) : openFile(path);
  }

  /** Who imported this very file last, and when. Who has the same file learns nothing by it that is not theirs. */
  async #earlierImport(tx: Tx, sha256: string): Promise<ImportReport['earlier']> {
    const [last] = await tx.query<{ name: string; by: string; at: Date }>(
      `SELECT name, imported_by AS by, imported_at AS at FROM imported_file WHERE sha256 = $1 ORDER BY imported_at DESC LIMIT 1`,
      [sha256],
    );
    if (!last) return null;
    const person = await this.roster.findPerson(last.by, tx);
    return { file: last.name, by: person?.name ?? null, at: last.at.toISOString() };
  }

  /** Checks every row and puts its values into a temporary table, noting what is wrong. @returns the number of rows, and what the file calls its columns */
  async #stage(
    tx: Tx,
    rows: AsyncIterable<readonly FileRow[]>,
    findings: Findings,
    units: Map<string, KnownUnit>,
  ): Promise<{ rows: number; names: Names; villages: boolean }> {
    // What the sorts and joins of a whole file need at once; a file has a million rows and more.
    await tx.query(`SET LOCAL work_mem = '32MB'`);
    await tx.query(`
      CREATE TEMPORARY TABLE import_row (
        ordinal integer NOT NULL, sheet text, row integer NOT NULL, unit_id uuid NOT NULL, village_id uuid, period character(7) NOT NULL,
        indicator text NOT NULL, part text NOT NULL, element text NOT NULL, covers text NOT NULL,
        state text NOT NULL, value numeric, published numeric
      ) ON COMMIT DROP`);
    const check = new RowCheck(this.roster, this.bundles, this.dhis2, units, await this.roster.grants());
    let ordinal = 0;
    let names: Names = { period: 'period', wholeYear: false, indicator: 'indicator_code' };
    let read = 0;
    let place: Place | undefined;
    let failure = null as Error | null;
    const copied = async function* (): AsyncGenerator<string> {
      let lines = '';
      try {
        for await (const some of rows) {
          if (some[0]) names = namesIn(some[0]);
          for (const row of some) {
            ordinal += 1;
            if (row.place !== place) read += 1; // a row of a sheet may have many values
            place = row.place;
            const unknown = check.prepare(row);
            if (unknown) await unknown;
            for (const staged of check.read(ordinal, row, findings)) lines += lineOf(staged);
            if (lines.length < COPIED_AT_ONCE) continue;
            yield lines;
            lines = '';
          }
        }
        yield lines;
      } catch (error) {
        failure = error as Error; // thrown below: a COPY that is broken off would break the connection's transaction too
      }
    };
    const client = (await tx.manager.queryRunner!.connect()) as PoolClient;
    const copy = client.query(
      copyFrom(`COPY import_row (${STAGED.map(([, column]) => column).join(', ')}) FROM STDIN`),
    );
    await pipeline(Readable.from(copied()), copy);
    if (failure) throw failure;
    if (check.namedVillages) await setVillagesApart(tx);
    await tx.query('ANALYZE import_row');
    await dropRepeated(tx, findings, names, 'import_row', 'unit_id');
    if (check.namedVillages) await dropRepeated(tx, findings, names, 'import_village', 'village_id');
    return { rows: read, names, villages: check.namedVillages };
  }

  /** Locks the years concerned and keeps what differs from the values at hand. */
  async #findChanges(
    tx: Tx,
    findings: Findings,
    names: Names,
    villages: boolean,
  ): Promise<{ added: number; changed: number; unchanged: number }> {
    const rows = villages ? `(TABLE import_row UNION ALL TABLE import_village) AS rows` : 'import_row';
    const years = `SELECT DISTINCT unit_id, left(period, 4)::integer AS year FROM ${rows}`;
    await tx.query(
      `INSERT INTO year_book (unit_id, year) SELECT unit_id, year FROM (${years}) AS asked ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
    );
    await tx.query(
      `SELECT 1 FROM year_book JOIN (${years}) AS asked USING (unit_id, year) ORDER BY unit_id, year FOR UPDATE OF year_book`,
    );
    if (villages) await addSums(tx, findings.notice, WARNINGS_SHOWN);
    const changed = changesOf(villages);
    await tx.query(`
      CREATE TEMPORARY TABLE import_change ON COMMIT DROP AS
      SELECT import_row.*, value.state AS state_before, value.value AS value_before
      FROM import_row LEFT JOIN value USING (unit_id, period, element, covers)
      WHERE value.unit_id IS NULL
         OR value.state <> import_row.state
         OR value.value IS DISTINCT FROM import_row.value
         OR (import_row.published IS NOT NULL AND value.published_value IS DISTINCT FROM import_row.published)`);
    const locked = await tx.query<Place & { period: string }>(
      `SELECT sheet, row, period FROM ${changed} JOIN evaluation USING (unit_id, period) WHERE status <> 'returned'
       GROUP BY sheet, row, period ORDER BY min(ordinal) LIMIT $1`,
      [PROBLEMS + 1],
    );
    for (const { sheet, row, period } of locked) {
      const { id, en } = new Refusal('evaluation.submitted', { period }).toData().message;
      const value = names.wholeYear ? period.slice(0, 4) : period;
      findings.problem({ sheet, row, column: names.period, value, message: { id, en } });
    }
    const places = await tx.query<WindowPlace & { kind: WindowKind }>(
      `SELECT DISTINCT import_change.unit_id AS "unitId", unit.district_code AS "districtCode", import_change.period,
              CASE WHEN evaluation.status = 'returned' THEN 'verification' ELSE 'entry' END AS kind
       FROM ${changed} JOIN known_unit AS unit USING (unit_id)
       LEFT JOIN evaluation ON evaluation.unit_id = import_change.unit_id AND evaluation.period = import_change.period
       WHERE evaluation.status IS NULL OR evaluation.status = 'returned'`,
    );
    const closed = await this.windows.closed(tx, places);
    if (closed.size > 0) {
      const rows = await tx.query<Place & { unitId: string; period: string }>(
        `SELECT sheet, row, unit_id AS "unitId", period FROM ${changed}
         WHERE unit_id::text || '/' || period = ANY ($1::text[])
         GROUP BY sheet, row, unit_id, period ORDER BY min(ordinal) LIMIT $2`,
        [[...closed.keys()], PROBLEMS + 1],
      );
      for (const { sheet, row, unitId, period } of rows) {
        const { id, en } = closed.get(placeKey({ unitId, period }))!.toData().message;
        const value = names.wholeYear ? period.slice(0, 4) : period;
        findings.problem({ sheet, row, column: names.period, value, message: { id, en } });
      }
    }
    const [counts] = await tx.query<{ added: number; changed: number; unchanged: number }>(
      `SELECT count(*) FILTER (WHERE state_before IS NULL)::int AS added, count(*)::int AS changed,
         ((SELECT count(*) FROM ${rows}) - count(*))::int AS unchanged FROM ${changed}`,
    );
    return counts!;
  }

  /** Writes the changes, recomputes each unit's rollups and announces. @returns how many (unit, period) changed */
  async #apply(tx: Tx, units: ReadonlyMap<string, KnownUnit>, villages: boolean): Promise<number> {
    if (villages) await keepVillages(tx, this.roster.caller());
    await tx.query(
      `INSERT INTO value AS kept (unit_id, period, element, covers, state, value, published_value, entered_by, entered_at)
       SELECT unit_id, period, element, covers, state, value, published, $1, $2 FROM import_change
       ON CONFLICT (unit_id, period, element, covers) DO UPDATE
         SET state = excluded.state, value = excluded.value, published_value = coalesce(excluded.published_value, kept.published_value),
             entered_by = excluded.entered_by, entered_at = excluded.entered_at`,
      [this.roster.caller(), tx.now],
    );
    // A figure that was printed beside the old counts says nothing of the new ones, unless the file prints one again.
    await tx.query(`
      UPDATE value SET published_value = NULL FROM import_row AS beside JOIN import_change USING (ordinal)
      WHERE value.unit_id = beside.unit_id AND value.period = beside.period AND value.element = beside.element
        AND value.covers = beside.covers AND beside.published IS NULL AND value.published_value IS NOT NULL`);
    const touched = await tx.query<{ unitId: string; period: string; changed: number }>(
      `SELECT unit_id AS "unitId", period, count(*)::int AS changed FROM ${changesOf(villages)} GROUP BY unit_id, period ORDER BY unit_id, period`,
    );
    const byId = new Map([...units.values()].map((unit) => [unit.unitId, unit]));
    for (const book of Map.groupBy(
      touched,
      ({ unitId, period }) => `${unitId}/${period.slice(0, 4)}`,
    ).values()) {
      const unit = byId.get(book[0]!.unitId)!;
      const bundle = await this.bundles.demand(unit.districtCode, yearOf(parsePeriod(book[0]!.period)));
      const rolledUp = await this.values.recompute(
        tx,
        bundle,
        unit,
        book.map(({ period }) => period),
      );
      for (const { period, changed } of book)
        this.values.announce(tx, unit, period, rolledUp.get(period)!.revision, changed);
    }
    return touched.length;
  }
}

/** Everything that a file changes, under the name `import_change`: of the puskesmas alone, or also of villages. */
const changesOf = (villages: boolean): string =>
  villages ? '(TABLE import_change UNION ALL TABLE import_village_change) AS import_change' : 'import_change';

/** Checks rows against units, bundles and the caller's posts, asking for each of them once. */
class RowCheck {
  readonly #bundles = new Map<string, Bundle | null>();
  readonly #mappings = new Map<Bundle, Mapping | null>();
  readonly #uses = new Map<Bundle, ReadonlyMap<string, ElementUse>>();
  readonly #definitions = new Map<Bundle, ReadonlyMap<string, Bundle['indicators'][number]>>();
  readonly #allowed = new Map<string, boolean>();
  readonly #months = new Map<string, string>();
  readonly #unknown = new Set<string>();
  readonly #villages = new Map<string, readonly KnownVillage[]>();
  /** Whether some row was of a village. */
  namedVillages = false;

  constructor(
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly dhis2: Dhis2,
    private readonly units: Map<string, KnownUnit>,
    private readonly grants: Awaited<ReturnType<Roster['grants']>>,
  ) {}

  /** Asks for what must be known to read a row. @returns null when all of it is known, as it nearly always is */
  prepare({ cells }: FileRow): Promise<void> | null {
    const unitCode = textOf(cells['puskesmas_reg_code']);
    const unit = this.units.get(unitCode);
    if (!unit) return unitCode === '' || this.#unknown.has(unitCode) ? null : this.#learn(unitCode, cells);
    const year = yearIn(cells);
    if (year === null) return null;
    const bundle = this.#bundles.get(bundleKey(unit, year));
    if (bundle === undefined) return this.#learn(unitCode, cells);
    if (namesVillages(cells) && !this.#villages.has(unit.unitId)) return this.#learn(unitCode, cells);
    if (bundle && 'data_element' in cells && !this.#mappings.has(bundle)) return this.#learn(unitCode, cells);
    const program = bundle && this.#programOf(bundle, cells);
    return program && !this.#allowed.has(`${unit.unitId}/${program}`) ? this.#learn(unitCode, cells) : null;
  }

  async #learn(unitCode: string, cells: Cells): Promise<void> {
    const unit = this.units.get(unitCode) ?? (await this.roster.findUnit({ code: unitCode }));
    // Who may not see a puskesmas is told of it what is told of a code that nobody has.
    if (!unit || unit.kind !== 'puskesmas' || !(await this.grants('unit.view', unit))) {
      this.#unknown.add(unitCode);
      return;
    }
    this.units.set(unitCode, unit);
    const { unitId, districtCode } = unit;
    if (!this.#months.has(districtCode))
      this.#months.set(districtCode, (await this.roster.today(districtCode)).slice(0, 7));
    if (namesVillages(cells) && !this.#villages.has(unitId))
      this.#villages.set(unitId, await this.roster.villages(unitId));
    const year = yearIn(cells);
    if (year === null) return;
    const key = bundleKey(unit, year);
    if (!this.#bundles.has(key)) this.#bundles.set(key, await this.bundles.find(districtCode, year));
    const bundle = this.#bundles.get(key);
    if (bundle && 'data_element' in cells && !this.#mappings.has(bundle))
      this.#mappings.set(bundle, await this.dhis2.find(districtCode, year));
    const program = bundle && this.#programOf(bundle, cells);
    if (program)
      this.#allowed.set(
        `${unitId}/${program}`,
        await this.grants('values.record', { districtCode, unitId, program }),
      );
  }

  #programOf(bundle: Bundle, cells: Cells): string | undefined {
    if (!namesElement(cells)) return this.#definition(bundle, textOf(cells['indicator_code']))?.program;
    const mapped = this.#mapped(bundle, cells);
    return mapped && this.#use(bundle, mapped)?.indicator.program;
  }

  #mapped(bundle: Bundle, cells: Cells): Mapped | undefined {
    if ('element' in cells) {
      const covers = textOf(cells['covers']) === 'month' ? 'month' : 'year_to_date';
      return { element: textOf(cells['element']), dataElement: '', categoryOptionCombo: '', covers };
    }
    const [dataElement, combination] = [
      textOf(cells['data_element']),
      textOf(cells['category_option_combo']),
    ];
    return this.#mappings.get(bundle)?.find(dataElement, combination);
  }

  #use(bundle: Bundle, { element }: Mapped): ElementUse | undefined {
    const uses = this.#uses.get(bundle) ?? elementsOf(bundle);
    this.#uses.set(bundle, uses);
    return uses.get(element);
  }

  #definition(bundle: Bundle, code: string): Bundle['indicators'][number] | undefined {
    let byCode = this.#definitions.get(bundle);
    if (!byCode) {
      byCode = new Map(bundle.indicators.map((indicator) => [indicator.code, indicator]));
      this.#definitions.set(bundle, byCode);
    }
    return byCode.get(code);
  }

  /** Notes everything that is wrong with a row. @returns its values, none when anything is wrong */
  read(ordinal: number, { place, cells, columns }: FileRow, findings: Findings): Staged[] {
    let clean = true;
    const named = (column: string | null) => (column === null ? null : (columns?.[column] ?? column));
    const attempt = <T>(work: () => T): T | undefined => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof CellProblem)) throw error;
        clean = false;
        const { column, value, text } = error;
        findings.problem({ ...place, column: named(column), value, message: text });
        return undefined;
      }
    };
    attempt(() => demandWritable(cells));
    if (!clean) return [];
    const unit = attempt(() => this.#unit(readCode(cells, 'puskesmas_reg_code')));
    const when = attempt(() => readPeriod(cells));
    if (namesElement(cells)) {
      const staged = attempt(() => {
        const bundle = unit && when && this.#bundle(unit, when, cells);
        if (!bundle) return null;
        this.#demandBegun(unit, when, cells);
        const mapped = this.#demandMapped(bundle, cells);
        const { indicator, part } = mapped.use;
        this.#demandMayRecord(unit, indicator.program);
        const read = readPart(cells, 'numerator', countsWhole(indicator));
        // As in every workbook, an empty target group says nothing; what is known of the year stays.
        if ('element' in cells && part === 'denominator' && read?.state === 'not_reported') return null;
        const covers = isYearlyTargetGroup(mapped.use) ? 'year_to_date' : mapped.covers;
        const village = namesVillages(cells) ? villageOf(cells, this.#villages.get(unit.unitId) ?? []) : null;
        if (village) this.namedVillages = true;
        return (
          read && {
            ...{
              ordinal,
              ...place,
              unitId: unit.unitId,
              villageId: village?.villageId ?? null,
              period: when.period,
              indicator: indicator.code,
            },
            ...{ part, element: mapped.element, covers, ...read, published: null },
          }
        );
      });
      return staged && clean ? [staged] : [];
    }
    const village = namesVillages(cells)
      ? unit && attempt(() => villageOf(cells, this.#villages.get(unit.unitId) ?? []))
      : null;
    const code = attempt(() => readCode(cells, 'indicator_code'));
    const bundle = unit && when && attempt(() => this.#bundle(unit, when, cells));
    const indicator = bundle && code && attempt(() => this.#demandDefinition(bundle, code));
    const whole = indicator ? countsWhole(indicator) : false;
    const numerator = attempt(() => readPart(cells, 'numerator', whole));
    const denominator = attempt(() => readPart(cells, 'denominator', whole));
    const published = attempt(() => readPublished(cells));
    if (unit && indicator) attempt(() => this.#demandMayRecord(unit, indicator.program));
    if (unit && when) attempt(() => this.#demandBegun(unit, when, cells));
    if (indicator && !indicator.denominatorElement && denominator?.value)
      attempt(() => {
        throw new CellProblem('denominator', denominator.value, {
          id: 'Indikator ini berupa jumlah, tanpa penyebut. Kosongkan kolom ini.',
          en: 'This indicator is a count without denominator. Leave this cell empty.',
        });
      });
    if (bundle && indicator) {
      attempt(() => demandEntered(bundle, 'numerator', numerator?.value, indicator.numeratorElement));
      attempt(() => demandEntered(bundle, 'denominator', denominator?.value, indicator.denominatorElement));
    }
    if (!clean || !unit || !when || !bundle || !indicator) return [];
    if (numerator?.value && denominator?.value)
      compareParts(
        place,
        named('numerator')!,
        numerator.value,
        denominator.value,
        indicator.multiplier,
        findings,
      );
    if (village) this.namedVillages = true;
    const common = {
      ...{ ordinal, ...place, unitId: unit.unitId, villageId: village?.villageId ?? null },
      ...{ period: when.period, indicator: indicator.code },
    };
    const { numeratorElement, denominatorElement } = indicator;
    const values: Staged[] = [];
    if (numerator && !sumsIn(bundle).has(numeratorElement))
      values.push({
        ...common,
        part: 'numerator',
        element: numeratorElement,
        covers: when.covers,
        ...numerator,
        published: village ? null : (published ?? null),
      });
    if (denominatorElement && denominator && !sumsIn(bundle).has(denominatorElement)) {
      const covers = isYearlyTargetGroup({ indicator, part: 'denominator' }) ? 'year_to_date' : when.covers;
      values.push({
        ...common,
        part: 'denominator',
        element: denominatorElement,
        covers,
        ...denominator,
        published: null,
      });
    }
    return values;
  }

  #unit(code: string): KnownUnit {
    const unit = this.units.get(code);
    if (unit) return unit;
    throw new CellProblem('puskesmas_reg_code', code, {
      id: 'Kode puskesmas ini tidak dikenal.',
      en: 'This puskesmas code is not known.',
    });
  }

  #bundle(unit: KnownUnit, { period }: When, cells: Cells): Bundle {
    const year = yearOf(parsePeriod(period));
    const bundle = this.#bundles.get(bundleKey(unit, year));
    if (bundle) return bundle;
    throw problemOf(
      'year' in cells ? 'year' : 'period',
      String(year),
      new Refusal('bundle.missing', { district: unit.districtCode, year }),
    );
  }

  #demandMapped(bundle: Bundle, cells: Cells): Mapped & { use: ElementUse } {
    const mapped = this.#mapped(bundle, cells);
    const use = mapped && this.#use(bundle, mapped);
    if (use) return { ...mapped, use };
    if ('element' in cells)
      throw problemOf(
        'element',
        textOf(cells['element']),
        new Refusal('value.unknown-element', { element: textOf(cells['element']), year: bundle.year }),
      );
    throw new CellProblem('data_element', textOf(cells['data_element']), {
      id: `Elemen DHIS2 ini tidak ada dalam pemetaan tahun ${bundle.year}.`,
      en: `This data element of DHIS2 is not in the mapping of ${bundle.year}.`,
    });
  }

  #demandDefinition(bundle: Bundle, code: string): Bundle['indicators'][number] {
    const indicator = this.#definition(bundle, code);
    if (indicator) return indicator;
    throw new CellProblem('indicator_code', code, {
      id: `Indikator ini tidak ada dalam paket ${bundle.name}.`,
      en: `This indicator is not in the bundle ${bundle.name}.`,
    });
  }

  #demandMayRecord({ unitId, code }: KnownUnit, program: string): void {
    if (!this.#allowed.get(`${unitId}/${program}`))
      throw new CellProblem('puskesmas_reg_code', code, {
        id: `Anda tidak berwenang mengisi program ${program} puskesmas ini.`,
        en: `You may not record the programme ${program} of this puskesmas.`,
      });
  }

  #demandBegun({ districtCode }: KnownUnit, { period }: When, cells: Cells): void {
    if (period > this.#months.get(districtCode)!)
      throw problemOf('year' in cells ? 'year' : 'period', period, new Refusal('period.future', { period }));
  }
}

/** A part that is a sum is not entered: its elements are. @throws CellProblem */
function demandEntered(
  { elements }: Bundle,
  column: string,
  value: string | null | undefined,
  element: string | null,
): void {
  const parts = elements.find(({ code }) => code === element)?.sumOf;
  if (parts && value)
    throw problemOf(
      column,
      value,
      new Refusal('value.computed', { element: element!, parts: parts.join(' + ') }),
    );
}

/** Whether a row is one value of a data element, not the two of an indicator. */
const namesElement = (cells: Cells): boolean => 'data_element' in cells || 'element' in cells;

const bundleKey = ({ districtCode }: KnownUnit, year: number): string => `${districtCode}/${year}`;

/** The year that a row is of; null: it does not say in a way that can be read. */
function yearIn(cells: Cells): number | null {
  try {
    return yearOf(parsePeriod(readPeriod(cells).period));
  } catch (error) {
    if (error instanceof CellProblem) return null;
    throw error;
  }
}

function compareParts(
  place: Place,
  column: string,
  numerator: string,
  denominator: string,
  multiplier: string | null,
  findings: Findings,
): void {
  if (multiplier === null || /\./.test(numerator + denominator)) return;
  const excess = BigInt(numerator) - BigInt(denominator);
  if (excess <= 0n) return;
  findings.warn(place, column, 'numerator_above_denominator', {
    id: `Pembilang ${formatDecimal(numerator)} melebihi penyebut ${formatDecimal(denominator)} sebanyak ${formatDecimal(String(excess))}.`,
    en: `The numerator ${formatDecimal(numerator, 'en')} is ${formatDecimal(String(excess), 'en')} above the denominator ${formatDecimal(denominator, 'en')}.`,
  });
}

const VILLAGE_NAME = `(SELECT it ->> 'name' FROM known_unit AS unit, jsonb_array_elements(villages) AS it
  WHERE unit.unit_id = import_change.unit_id AND it ->> 'villageId' = village_id::text)`;

/** The changes that a person looks at before saving: those that replace a value first, then new ones, in the order of the file. */
async function listChanges(
  tx: Tx,
  units: ReadonlyMap<string, KnownUnit>,
  villages: boolean,
): Promise<ImportReport['changes']> {
  const byId = new Map([...units.values()].map((unit) => [unit.unitId, unit]));
  const rows = await tx.query<
    Omit<ImportReport['changes'][number], 'unitCode' | 'unitName' | 'before' | 'after'> & {
      unitId: string;
      village: string | null;
      state: ValueState;
      value: string | null;
      stateBefore: ValueState | null;
      valueBefore: string | null;
    }
  >(
    `SELECT sheet, row, unit_id AS "unitId", ${villages ? VILLAGE_NAME : 'NULL'} AS village, period, indicator AS "indicatorCode", part, covers,
       state, trim_scale(value)::text AS value, state_before AS "stateBefore", trim_scale(value_before)::text AS "valueBefore"
     FROM ${changesOf(villages)} ORDER BY state_before IS NULL, ordinal, part DESC, village_id LIMIT $1`,
    [CHANGES_SHOWN],
  );
  return rows.map(({ unitId, village, state, value, stateBefore, valueBefore, ...change }) => {
    const { code, name } = byId.get(unitId)!;
    return {
      ...change,
      unitCode: code,
      unitName: village === null ? name : `${village}, ${name}`,
      before: stateBefore === null ? null : { state: stateBefore, value: valueBefore },
      after: { state, value },
    };
  });
}

/** What is staged of a value, and where. */
const STAGED = [
  ['ordinal', 'ordinal'],
  ['sheet', 'sheet'],
  ['row', 'row'],
  ['unitId', 'unit_id'],
  ['villageId', 'village_id'],
  ['period', 'period'],
  ['indicator', 'indicator'],
  ['part', 'part'],
  ['element', 'element'],
  ['covers', 'covers'],
  ['state', 'state'],
  ['value', 'value'],
  ['published', 'published'],
] as const satisfies readonly (readonly [keyof Staged, string])[];

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of PostgreSQL's COPY. */
function lineOf(staged: Staged): string {
  let line = '';
  for (const [key] of STAGED) {
    const cell = staged[key];
    if (line !== '') line += '\t';
    if (cell === null) line += '\\N';
    else if (typeof cell === 'number') line += cell;
    else line += /[\\\t\n\r]/.test(cell) ? cell.replaceAll(/[\\\t\n\r]/g, (it) => ESCAPED[it]!) : cell;
  }
  return `${line}\n`;
}

/**
 * Keeps of each value what the first row says; a row with one that an earlier row has too is a problem, once. Two indicators
 * that share an element may both say the same of it.
 */
async function dropRepeated(
  tx: Tx,
  findings: Findings,
  names: Names,
  rows: 'import_row' | 'import_village',
  of: 'unit_id' | 'village_id',
): Promise<void> {
  const [{ repeated }] = (await tx.query<{ repeated: boolean }>(
    `SELECT EXISTS (SELECT FROM ${rows} GROUP BY ${of}, period, element, covers HAVING count(*) > 1) AS repeated`,
  )) as [{ repeated: boolean }];
  if (!repeated) return;
  const twice = await tx.query<Place & { indicator: string; first: number; firstSheet: string | null }>(
    `SELECT DISTINCT ON (again.ordinal) again.sheet, again.row, again.indicator, known.row AS first, known.sheet AS "firstSheet"
     FROM ${rows} AS again JOIN (
       SELECT DISTINCT ON (${of}, period, element, covers) * FROM ${rows}
       ORDER BY ${of}, period, element, covers, ordinal, part DESC
     ) AS known USING (${of}, period, element, covers)
     WHERE known.ordinal < again.ordinal AND (known.indicator = again.indicator
       OR (known.state, known.value) IS DISTINCT FROM (again.state, again.value))
     ORDER BY again.ordinal, known.ordinal LIMIT $1`,
    [PROBLEMS + 1],
  );
  for (const { sheet, row, indicator, first, firstSheet } of twice) {
    const elsewhere = firstSheet !== null && firstSheet !== sheet;
    findings.problem({
      sheet,
      row,
      column: names.indicator,
      value: indicator,
      message: {
        id: `Baris ini mengulang baris ${first}${elsewhere ? ` di lembar ${firstSheet}` : ''}.`,
        en: `This row repeats row ${first}${elsewhere ? ` of the sheet ${firstSheet}` : ''}.`,
      },
    });
  }
  await tx.query(
    `DELETE FROM ${rows} USING (
       SELECT ctid AS place, row_number() OVER (PARTITION BY ${of}, period, element, covers ORDER BY ordinal, part DESC) AS nth
       FROM ${rows}
     ) AS numbered WHERE ${rows}.ctid = numbered.place AND nth > 1`,
  );
}

const problemOf = (column: string, value: string, refusal: Refusal) =>
  new CellProblem(column, value, refusal.toData().message);
