import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { formatDecimal, parsePeriod, yearOf, type Clock } from '@lokmin/calendar';
import { Refusal, type importReport, type Text } from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster, type KnownUnit } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { CsvError, parse, type Info } from 'csv-parse';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import {
  CellProblem,
  checkHeader,
  demandWritable,
  readCode,
  readCount,
  readPeriod,
  readPublished,
  type RowProblem,
} from './import.rules.ts';
import { countsWhole, isYearlyTargetGroup } from './value.rules.ts';
import { Values } from './value.service.ts';

export type ImportReport = z.infer<typeof importReport>;

/** The file cannot be imported: what is wrong by row and column, and nothing was saved. */
export class RowsRefused extends Error {
  constructor(
    readonly problems: readonly RowProblem[],
    /** Reading ended at a bound; what follows in the file was not looked at. */
    readonly more: boolean,
  ) {
    super(`${problems.length} things are wrong with the file`);
  }
}

const STAGED_AT_ONCE = 2_000;
/** Reading ends when so much is wrong. */
const PROBLEMS = 1_000;
const WARNINGS_SHOWN = 200;

interface Staged {
  row: number;
  unitId: string;
  period: string;
  /** Code as it stands in the file. */
  indicator: string;
  element: string;
  covers: 'month' | 'year_to_date';
  value: string | null;
  published: string | null;
}

/** Gathers what is wrong and what is odd, in bounded memory. */
class Findings {
  readonly problems: RowProblem[] = [];
  readonly warnings: ImportReport['warnings'] = [];
  warningCount = 0;

  /** @throws RowsRefused when so much is wrong that reading on helps nobody */
  problem(problem: RowProblem): void {
    if (this.problems.length === PROBLEMS) throw this.#refused(true);
    this.problems.push(problem);
  }

  warn(row: number, column: string, code: string, message: Text): void {
    this.warningCount += 1;
    if (this.warnings.length < WARNINGS_SHOWN) this.warnings.push({ row, column, code, message });
  }

  /** @throws RowsRefused when anything was wrong */
  demandClean(): void {
    if (this.problems.length > 0) throw this.#refused(false);
  }

  #refused(more: boolean): RowsRefused {
    return new RowsRefused(
      this.problems.sort((a, b) => a.row - b.row),
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Imports a results file, all or nothing, in memory that does not grow with it; the same file twice changes nothing.
   * One fact for each (unit, period) whose values changed.
   * @throws RowsRefused naming rows and columns; Refusal `import.unreadable`, `import.no-rows`
   */
  async import(
    file: { path: string; name: string; sha256: string },
    commandId: string,
  ): Promise<ImportReport> {
    const delimiter = await sniff(file.path);
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, 'import-values', { commandId, sha256: file.sha256 } as { commandId: string }, async () => {
          const findings = new Findings();
          const units = new Map<string, KnownUnit>();
          const { rows, periodColumn } = await this.#stage(tx, file.path, delimiter, findings, units);
          findings.demandClean();
          if (rows === 0) throw new Refusal('import.no-rows');
          const { changed, unchanged } = await this.#findChanges(tx, findings, periodColumn);
          findings.demandClean();
          const periods = changed > 0 ? await this.#apply(tx, units) : 0;
          return {
            file: file.name,
            sha256: file.sha256,
            rows,
            changed,
            unchanged,
            periods,
            warnings: findings.warnings,
            warningCount: findings.warningCount,
          };
        }),
    );
  }

  /** Reads every row into a temporary table, noting what is wrong. @returns the number of rows, and the column that says of when they are */
  async #stage(
    tx: Tx,
    path: string,
    delimiter: string,
    findings: Findings,
    units: Map<string, KnownUnit>,
  ): Promise<{ rows: number; periodColumn: string }> {
    await tx.query(`
      CREATE TEMPORARY TABLE import_row (
        row integer NOT NULL, unit_id uuid NOT NULL, period character(7) NOT NULL, indicator text NOT NULL,
        element text NOT NULL, covers text NOT NULL, value numeric, published numeric,
        UNIQUE (unit_id, period, element, covers)
      ) ON COMMIT DROP`);
    const check = new RowCheck(this.roster, this.bundles, units, await this.roster.grants());
    const parser = createReadStream(path).pipe(
      parse({
        delimiter,
        bom: true,
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        max_record_size: 100_000,
      }),
    );
    let columns: string[] | undefined;
    let rows = 0;
    let staged: Staged[] = [];
    try {
      for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
        if (!columns) {
          columns = record.map((name) => name.trim().toLowerCase());
          for (const problem of checkHeader(columns)) findings.problem(problem);
          if (findings.problems.length > 0) break;
          continue;
        }
        rows += 1;
        const row = info.lines;
        if (record.length !== columns.length) {
          findings.problem({ row, ...columnCount(record.length, columns.length) });
          continue;
        }
        const cells = Object.fromEntries(columns.map((column, i) => [column, record[i]!]));
        staged.push(...(await check.read(row, cells, findings)));
        if (staged.length >= STAGED_AT_ONCE) {
          await stage(tx, staged, findings);
          staged = [];
        }
      }
    } catch (error) {
      if (error instanceof CsvError) throw new Refusal('import.unreadable', { reason: `${error.message}` });
      throw error;
    } finally {
      parser.destroy();
    }
    if (!columns) throw new Refusal('import.unreadable', { reason: 'kosong / empty' });
    await stage(tx, staged, findings);
    return { rows, periodColumn: columns.includes('year') ? 'year' : 'period' };
  }

  /** Locks the years concerned and keeps what differs from the values at hand. */
  async #findChanges(
    tx: Tx,
    findings: Findings,
    periodColumn: string,
  ): Promise<{ changed: number; unchanged: number }> {
    const years = `SELECT DISTINCT unit_id, left(period, 4)::integer AS year FROM import_row`;
    await tx.query('ANALYZE import_row');
    await tx.query(
      `INSERT INTO year_book (unit_id, year) SELECT unit_id, year FROM (${years}) AS asked ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
    );
    await tx.query(
      `SELECT 1 FROM year_book JOIN (${years}) AS asked USING (unit_id, year) ORDER BY unit_id, year FOR UPDATE OF year_book`,
    );
    await tx.query(`
      CREATE TEMPORARY TABLE import_change ON COMMIT DROP AS
      SELECT import_row.*, CASE WHEN import_row.value IS NULL THEN 'not_reported' ELSE 'reported' END AS state
      FROM import_row LEFT JOIN value USING (unit_id, period, element, covers)
      WHERE value.unit_id IS NULL
         OR value.state <> CASE WHEN import_row.value IS NULL THEN 'not_reported' ELSE 'reported' END
         OR value.value IS DISTINCT FROM import_row.value
         OR (import_row.published IS NOT NULL AND value.published_value IS DISTINCT FROM import_row.published)`);
    const locked = await tx.query<{ row: number; period: string }>(
      `SELECT DISTINCT row, period FROM import_change JOIN evaluation USING (unit_id, period) WHERE status = 'submitted' ORDER BY row LIMIT $1`,
      [PROBLEMS + 1],
    );
    for (const { row, period } of locked) {
      const { id, en } = new Refusal('evaluation.submitted', { period }).toData().message;
      const value = periodColumn === 'year' ? period.slice(0, 4) : period;
      findings.problem({ row, column: periodColumn, value, message: { id, en } });
    }
    const [counts] = await tx.query<{ changed: number; unchanged: number }>(
      'SELECT (SELECT count(*) FROM import_change)::int AS changed, ((SELECT count(*) FROM import_row) - (SELECT count(*) FROM import_change))::int AS unchanged',
    );
    return counts!;
  }

  /** Writes the changes, recomputes each unit's rollups and announces. @returns how many (unit, period) changed */
  async #apply(tx: Tx, units: ReadonlyMap<string, KnownUnit>): Promise<number> {
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
      UPDATE value SET published_value = NULL FROM import_row AS beside JOIN import_change USING (row)
      WHERE value.unit_id = beside.unit_id AND value.period = beside.period AND value.element = beside.element
        AND value.covers = beside.covers AND beside.published IS NULL AND value.published_value IS NOT NULL`);
    const touched = await tx.query<{ unitId: string; period: string; changed: number }>(
      `SELECT unit_id AS "unitId", period, count(*)::int AS changed FROM import_change GROUP BY unit_id, period ORDER BY unit_id, period`,
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

/** Checks rows against units, bundles and the caller's posts, asking for each of them once. */
class RowCheck {
  readonly #bundles = new Map<string, Bundle | null>();
  readonly #allowed = new Map<string, boolean>();
  readonly #months = new Map<string, string>();

  constructor(
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly units: Map<string, KnownUnit>,
    private readonly grants: Awaited<ReturnType<Roster['grants']>>,
  ) {}

  /** Notes everything that is wrong with a row. @returns its values, none when anything is wrong */
  async read(row: number, cells: Record<string, string>, findings: Findings): Promise<Staged[]> {
    let clean = true;
    const attempt = async <T>(work: () => T | Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CellProblem)) throw error;
        clean = false;
        findings.problem({ row, column: error.column, value: error.value, message: error.text });
        return undefined;
      }
    };
    await attempt(() => demandWritable(cells));
    if (!clean) return [];
    const unit = await attempt(() => this.#unit(readCode(cells, 'puskesmas_reg_code')));
    const when = await attempt(() => readPeriod(cells));
    const code = await attempt(() => readCode(cells, 'indicator_code'));
    const bundle = unit && when && (await attempt(() => this.#bundle(unit, when.period, cells)));
    const indicator = bundle && code && (await attempt(() => definitionIn(bundle, code)));
    const whole = indicator ? countsWhole(indicator) : false;
    const numerator = await attempt(() => readCount(cells, 'numerator', whole));
    const denominator = await attempt(() => readCount(cells, 'denominator', whole));
    const published = await attempt(() => readPublished(cells));
    if (unit && indicator) await attempt(() => this.#demandMayRecord(unit, indicator.program));
    if (unit && when) await attempt(() => this.#demandBegun(unit, when.period, cells));
    if (indicator && !indicator.denominatorElement && denominator)
      await attempt(() => {
        throw new CellProblem('denominator', denominator, {
          id: 'Indikator ini berupa jumlah, tanpa penyebut. Kosongkan kolom ini.',
          en: 'This indicator is a count without denominator. Leave this cell empty.',
        });
      });
    if (bundle && indicator) {
      await attempt(() => demandEntered(bundle, 'numerator', numerator, indicator.numeratorElement));
      await attempt(() => demandEntered(bundle, 'denominator', denominator, indicator.denominatorElement));
    }
    if (!clean || !unit || !when || !indicator || numerator === undefined || denominator === undefined)
      return [];
    this.#compareParts(row, numerator, denominator, indicator.multiplier, findings);
    const common = { row, unitId: unit.unitId, period: when.period, indicator: indicator.code };
    const { numeratorElement, denominatorElement } = indicator;
    const values: Staged[] = [];
    if (!sumsIn(bundle!).has(numeratorElement))
      values.push({
        ...common,
        element: numeratorElement,
        covers: when.covers,
        value: numerator,
        published: published ?? null,
      });
    if (denominatorElement && denominator !== null) {
      // An empty target group says nothing; what is known of the year stays.
      const covers = isYearlyTargetGroup({ indicator, part: 'denominator' }) ? 'year_to_date' : when.covers;
      values.push({ ...common, element: denominatorElement, covers, value: denominator, published: null });
    }
    return values;
  }

  #compareParts(
    row: number,
    numerator: string | null,
    denominator: string | null,
    multiplier: string | null,
    findings: Findings,
  ): void {
    if (
      numerator === null ||
      denominator === null ||
      multiplier === null ||
      /\./.test(numerator + denominator)
    )
      return;
    const excess = BigInt(numerator) - BigInt(denominator);
    if (excess > 0n) {
      findings.warn(row, 'numerator', 'numerator_above_denominator', {
        id: `Pembilang ${formatDecimal(numerator)} melebihi penyebut ${formatDecimal(denominator)} sebanyak ${formatDecimal(String(excess))}.`,
        en: `The numerator ${formatDecimal(numerator, 'en')} is ${formatDecimal(String(excess), 'en')} above the denominator ${formatDecimal(denominator, 'en')}.`,
      });
    }
  }

  async #unit(code: string): Promise<KnownUnit> {
    const unit = this.units.get(code) ?? (code === '' ? null : await this.roster.findUnit({ code }));
    if (!unit || unit.kind !== 'puskesmas' || !(await this.#maySee(unit))) {
      throw new CellProblem('puskesmas_reg_code', code, {
        id: 'Kode puskesmas ini tidak dikenal.',
        en: 'This puskesmas code is not known.',
      });
    }
    this.units.set(code, unit);
    return unit;
  }

  /** Who may not see a puskesmas is told of it what is told of a code that nobody has. */
  async #maySee({ districtCode, unitId }: KnownUnit): Promise<boolean> {
    const allowed = this.#allowed.get(unitId) ?? (await this.grants('unit.view', { districtCode, unitId }));
    this.#allowed.set(unitId, allowed);
    return allowed;
  }

  async #bundle({ districtCode }: KnownUnit, period: string, cells: Record<string, string>): Promise<Bundle> {
    const year = yearOf(parsePeriod(period));
    const key = `${districtCode}/${year}`;
    if (!this.#bundles.has(key)) this.#bundles.set(key, await this.bundles.find(districtCode, year));
    const bundle = this.#bundles.get(key);
    if (!bundle)
      throw problemOf(
        'year' in cells ? 'year' : 'period',
        String(year),
        new Refusal('bundle.missing', { district: districtCode, year }),
      );
    return bundle;
  }

  async #demandMayRecord({ unitId, districtCode, code }: KnownUnit, program: string): Promise<void> {
    const key = `${unitId}/${program}`;
    if (!this.#allowed.has(key))
      this.#allowed.set(key, await this.grants('values.record', { districtCode, unitId, program }));
    if (!this.#allowed.get(key))
      throw new CellProblem('puskesmas_reg_code', code, {
        id: `Anda tidak berwenang mengisi program ${program} puskesmas ini.`,
        en: `You may not record the programme ${program} of this puskesmas.`,
      });
  }

  async #demandBegun(
    { districtCode }: KnownUnit,
    period: string,
    cells: Record<string, string>,
  ): Promise<void> {
    if (period > (await this.#thisMonth(districtCode)))
      throw problemOf('year' in cells ? 'year' : 'period', period, new Refusal('period.future', { period }));
  }

  async #thisMonth(districtCode: string): Promise<string> {
    if (!this.#months.has(districtCode))
      this.#months.set(districtCode, (await this.roster.today(districtCode)).slice(0, 7));
    return this.#months.get(districtCode)!;
  }
}

function definitionIn({ name, indicators }: Bundle, code: string): Bundle['indicators'][number] {
  const indicator = indicators.find((each) => each.code === code);
  if (!indicator)
    throw new CellProblem('indicator_code', code, {
      id: `Indikator ini tidak ada dalam paket ${name}.`,
      en: `This indicator is not in the bundle ${name}.`,
    });
  return indicator;
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

/** Keeps values aside; a row with one that an earlier row has too is a problem, once. */
async function stage(tx: Tx, staged: readonly Staged[], findings: Findings): Promise<void> {
  if (staged.length === 0) return;
  const column = <K extends keyof Staged>(key: K) => staged.map((value) => value[key]);
  const columns = [
    column('row'),
    column('unitId'),
    column('period'),
    column('indicator'),
    column('element'),
    column('covers'),
    column('value'),
    column('published'),
  ];
  const kept = await tx.query<{ row: number; element: string }>(
    `INSERT INTO import_row (row, unit_id, period, indicator, element, covers, value, published)
     SELECT * FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[])
     ON CONFLICT DO NOTHING RETURNING row, element`,
    columns,
  );
  if (kept.length === staged.length) return;
  const twice = await tx.query<{ row: number; indicator: string; first: number }>(
    `SELECT again.row, again.indicator, min(known.row)::int AS first
     FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
       AS again (row, unit_id, period, indicator, element, covers)
     JOIN import_row AS known USING (unit_id, period, element, covers)
     WHERE known.row < again.row GROUP BY again.row, again.indicator ORDER BY again.row`,
    columns.slice(0, 6),
  );
  for (const { row, indicator, first } of twice)
    findings.problem({
      row,
      column: 'indicator_code',
      value: indicator,
      message: { id: `Baris ini mengulang baris ${first}.`, en: `This row repeats row ${first}.` },
    });
}

/** Looks at the first bytes: text in UTF-8, and which of `,` and `;` separates. @throws Refusal `import.unreadable` */
async function sniff(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    if (bytesRead === 0) throw new Refusal('import.unreadable', { reason: 'kosong / empty' });
    if (head.includes(0)) throw new Refusal('import.unreadable', { reason: 'berkas biner / a binary file' });
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }); // the last character may be cut
    } catch {
      throw new Refusal('import.unreadable', { reason: 'bukan UTF-8 / not UTF-8' });
    }
    const header = head.toString('utf8').split(/\r?\n/, 1)[0]!;
    return header.split(';').length > header.split(',').length ? ';' : ',';
  } finally {
    await file.close();
  }
}

const columnCount = (found: number, expected: number): Omit<RowProblem, 'row'> => ({
  column: null,
  value: null,
  message: {
    id: `Baris ini punya ${found} kolom, judulnya ${expected}.`,
    en: `This row has ${found} columns, the header has ${expected}.`,
  },
});

const problemOf = (column: string, value: string, refusal: Refusal) =>
  new CellProblem(column, value, refusal.toData().message);
