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
import { Bundles } from '../bundle/bundle.service.ts';
import { CellProblem, checkHeader, readRow, type ImportRow, type RowProblem } from './import.rules.ts';
import { isYearlyTargetGroup } from './value.rules.ts';
import { Values } from './value.service.ts';

export type ImportReport = z.infer<typeof importReport>;

/** The file cannot be imported: every row and column that is wrong (the first thousand), and nothing was saved. */
export class RowsRefused extends Error {
  constructor(
    readonly problems: readonly RowProblem[],
    readonly count: number,
  ) {
    super(`${count} rows cannot be imported`);
  }
}

const STAGED_AT_ONCE = 2_000;
const PROBLEMS_SHOWN = 1_000;
const WARNINGS_SHOWN = 200;

interface Staged {
  row: number;
  unitId: string;
  period: string;
  element: string;
  covers: 'month' | 'year_to_date';
  value: string | null;
  published: string | null;
}

/** Gathers what is wrong and what is odd, in bounded memory. */
class Findings {
  readonly problems: RowProblem[] = [];
  problemCount = 0;
  readonly warnings: ImportReport['warnings'] = [];
  warningCount = 0;

  problem(problem: RowProblem): void {
    this.problemCount += 1;
    if (this.problems.length < PROBLEMS_SHOWN) this.problems.push(problem);
  }

  warn(row: number, column: string, code: string, message: Text): void {
    this.warningCount += 1;
    if (this.warnings.length < WARNINGS_SHOWN) this.warnings.push({ row, column, code, message });
  }

  /** @throws RowsRefused when anything was wrong */
  demandClean(): void {
    if (this.problemCount > 0)
      throw new RowsRefused(
        this.problems.sort((a, b) => a.row - b.row),
        this.problemCount,
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
   * @throws RowsRefused naming rows and columns; Refusal `import.unreadable`
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
          const rows = await this.#stage(tx, file.path, delimiter, findings, units);
          findings.demandClean();
          await this.#refuseDuplicates(tx, findings);
          const { changed, unchanged } = await this.#findChanges(tx, findings);
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

  /** Reads every row into a temporary table, noting what is wrong. @returns the number of rows */
  async #stage(
    tx: Tx,
    path: string,
    delimiter: string,
    findings: Findings,
    units: Map<string, KnownUnit>,
  ): Promise<number> {
    await tx.query(`
      CREATE TEMPORARY TABLE import_row (
        row integer NOT NULL, unit_id uuid NOT NULL, period character(7) NOT NULL, element text NOT NULL, covers text NOT NULL,
        value numeric, published numeric
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
          if (findings.problemCount > 0) break;
          continue;
        }
        rows += 1;
        const row = info.lines;
        try {
          if (record.length !== columns.length) throw columnCount(record.length, columns.length);
          const cells = Object.fromEntries(columns.map((column, i) => [column, record[i]!]));
          staged.push(...(await check.read(row, cells, findings)));
        } catch (error) {
          if (!(error instanceof CellProblem)) throw error;
          findings.problem({ row, column: error.column, value: error.value, message: error.text });
        }
        if (staged.length >= STAGED_AT_ONCE) {
          await stage(tx, staged);
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
    await stage(tx, staged);
    return rows;
  }

  async #refuseDuplicates(tx: Tx, findings: Findings): Promise<void> {
    const twice = await tx.query<{ row: number; element: string; first: number }>(
      `SELECT row, element, first FROM (
         SELECT row, element, min(row) OVER same AS first, row_number() OVER (same ORDER BY row) AS nth
         FROM import_row WINDOW same AS (PARTITION BY unit_id, period, element, covers)) AS counted
       WHERE nth > 1 ORDER BY row LIMIT $1`,
      [PROBLEMS_SHOWN],
    );
    for (const { row, element, first } of twice) {
      findings.problem({
        row,
        column: 'indicator_code',
        value: element,
        message: { id: `Baris ini mengulang baris ${first}.`, en: `This row repeats row ${first}.` },
      });
    }
  }

  /** Locks the years concerned and keeps what differs from the values at hand. */
  async #findChanges(tx: Tx, findings: Findings): Promise<{ changed: number; unchanged: number }> {
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
      [PROBLEMS_SHOWN],
    );
    for (const { row, period } of locked) {
      const { id, en } = new Refusal('evaluation.submitted', { period }).toData().message;
      findings.problem({ row, column: null, value: null, message: { id, en } });
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

  /** @returns the values of one row @throws CellProblem */
  async read(row: number, cells: Record<string, string>, findings: Findings): Promise<Staged[]> {
    const unit = await this.#unit((cells['puskesmas_reg_code'] ?? '').trim());
    const year = Number((cells['year'] ?? cells['period'] ?? '').trim().slice(0, 4));
    const bundle = await this.#bundle(unit.districtCode, year);
    const find = (code: string) => bundle?.indicators.find((indicator) => indicator.code === code);
    const read = readRow(cells, (code) => !/^(index|ratio)/.test(find(code)?.unit ?? ''));
    if (!bundle)
      throw problemOf(
        'year' in cells ? 'year' : 'period',
        String(year),
        new Refusal('bundle.missing', { district: unit.districtCode, year }),
      );
    const indicator = find(read.indicator);
    if (!indicator) {
      throw new CellProblem('indicator_code', read.indicator, {
        id: `Indikator ini tidak ada dalam paket ${bundle.name}.`,
        en: `This indicator is not in the bundle ${bundle.name}.`,
      });
    }
    if (!(await this.#mayRecord(unit, indicator.program))) {
      throw new CellProblem('puskesmas_reg_code', read.puskesmas, {
        id: `Anda tidak berwenang mengisi program ${indicator.program} puskesmas ini.`,
        en: `You may not record the programme ${indicator.program} of this puskesmas.`,
      });
    }
    if (read.period > (await this.#thisMonth(unit.districtCode)))
      throw problemOf('period', read.period, new Refusal('period.future', { period: read.period }));
    this.#compareParts(row, read, indicator.multiplier, findings);
    const common = { row, unitId: unit.unitId, period: read.period };
    const values: Staged[] = [
      {
        ...common,
        element: indicator.numeratorElement,
        covers: read.covers,
        value: read.numerator,
        published: read.published,
      },
    ];
    if (indicator.denominatorElement) {
      // An empty target group says nothing; what is known of the year stays.
      const covers = isYearlyTargetGroup({ indicator, part: 'denominator' }) ? 'year_to_date' : read.covers;
      if (read.denominator !== null)
        values.push({
          ...common,
          element: indicator.denominatorElement,
          covers,
          value: read.denominator,
          published: null,
        });
    } else if (read.denominator !== null) {
      throw new CellProblem('denominator', read.denominator, {
        id: 'Indikator ini berupa jumlah, tanpa penyebut. Kosongkan kolom ini.',
        en: 'This indicator is a count without denominator. Leave this cell empty.',
      });
    }
    return values;
  }

  #compareParts(
    row: number,
    { numerator, denominator }: ImportRow,
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
    if (!unit || unit.kind !== 'puskesmas') {
      throw new CellProblem('puskesmas_reg_code', code, {
        id: 'Kode puskesmas ini tidak dikenal.',
        en: 'This puskesmas code is not known.',
      });
    }
    this.units.set(code, unit);
    return unit;
  }

  async #bundle(districtCode: string, year: number): Promise<Bundle | null> {
    const key = `${districtCode}/${year}`;
    if (!this.#bundles.has(key))
      this.#bundles.set(key, Number.isInteger(year) ? await this.bundles.find(districtCode, year) : null);
    return this.#bundles.get(key)!;
  }

  async #mayRecord({ unitId, districtCode }: KnownUnit, program: string): Promise<boolean> {
    const key = `${unitId}/${program}`;
    if (!this.#allowed.has(key))
      this.#allowed.set(key, await this.grants('values.record', { districtCode, unitId, program }));
    return this.#allowed.get(key)!;
  }

  async #thisMonth(districtCode: string): Promise<string> {
    if (!this.#months.has(districtCode))
      this.#months.set(districtCode, (await this.roster.today(districtCode)).slice(0, 7));
    return this.#months.get(districtCode)!;
  }
}

async function stage(tx: Tx, staged: readonly Staged[]): Promise<void> {
  if (staged.length === 0) return;
  const column = <K extends keyof Staged>(key: K) => staged.map((value) => value[key]);
  await tx.query(
    `INSERT INTO import_row (row, unit_id, period, element, covers, value, published)
     SELECT * FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::numeric[], $7::numeric[])`,
    [
      column('row'),
      column('unitId'),
      column('period'),
      column('element'),
      column('covers'),
      column('value'),
      column('published'),
    ],
  );
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

const columnCount = (found: number, expected: number) =>
  new CellProblem(null, null, {
    id: `Baris ini punya ${found} kolom, judulnya ${expected}.`,
    en: `This row has ${found} columns, the header has ${expected}.`,
  });

const problemOf = (column: string, value: string, refusal: Refusal) =>
  new CellProblem(column, value, refusal.toData().message);
