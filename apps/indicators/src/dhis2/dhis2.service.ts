import { type Clock } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import { inTransaction, once } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { elementsOf } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { recordsOf, shapeOf } from '../value/files/csv.ts';
import type { RowProblem } from '../value/files/row.ts';
import { CellProblem } from '../value/import.rules.ts';
import { RowsRefused } from '../value/refused.ts';
import { Mapping, MAPPING_COLUMNS, readMapped, type Mapped } from './dhis2.rules.ts';

export interface MappingReport {
  dryRun: boolean;
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
}

class DryRun extends Error {
  constructor(readonly report: MappingReport) {
    super('a dry run is rolled back');
  }
}

/** Which data elements of DHIS2 are which of a district's year. */
@Injectable()
export class Dhis2 {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null where the district has none for that year. */
  async find(
    districtCode: string,
    year: number,
    db: Pick<DataSource, 'query'> = this.database,
  ): Promise<Mapping | null> {
    const all: Mapped[] = await db.query(
      `SELECT element, data_element AS "dataElement", category_option_combo AS "categoryOptionCombo", covers
       FROM dhis2_element WHERE district_code = $1 AND year = $2 ORDER BY element`,
      [districtCode, year],
    );
    return all.length > 0 ? new Mapping(all) : null;
  }

  /** The mapping as the file that `keep` takes. @throws Refusal `access.forbidden` */
  async list(districtCode: string, year: number): Promise<string> {
    await this.roster.demand('mapping.keep', { districtCode });
    const all = (await this.find(districtCode, year))?.all ?? [];
    const rows = all.map((it) => [it.element, it.dataElement, it.categoryOptionCombo, it.covers]);
    return [MAPPING_COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
  }

  /**
   * Makes the mapping of a district's year what a file says, whole; a dry run rolls it back.
   * @param commandId null: a dry run
   * @throws RowsRefused; Refusal `access.forbidden`, `bundle.missing`, `import.unreadable`
   */
  async keep(
    file: { path: string; sha256: string },
    { district: districtCode, year }: { district: string; year: number },
    commandId: string | null,
  ): Promise<MappingReport> {
    await this.roster.demand('mapping.keep', { districtCode });
    const bundle = await this.bundles.demand(districtCode, year);
    const asked = await readMapping(file.path, new Set(elementsOf(bundle).keys()));
    const now = () => this.clock.now();
    const run = async (
      tx: Parameters<Parameters<typeof inTransaction<MappingReport>>[2]>[0],
      dryRun: boolean,
    ): Promise<MappingReport> => {
      // One at a time for a district and year.
      await tx.query('SELECT 1 FROM bundle WHERE bundle_id = $1 FOR UPDATE', [bundle.bundleId]);
      const before = new Map(
        ((await this.find(districtCode, year, tx.manager))?.all ?? []).map((it) => [it.element, it]),
      );
      const same = (a: Mapped, b: Mapped | undefined) => JSON.stringify(a) === JSON.stringify(b);
      const different = asked.filter((it) => !same(it, before.get(it.element)));
      const gone = [...before.keys()].filter((element) => !asked.some((it) => it.element === element));
      // What changes is taken away first: two elements may have changed places.
      await tx.query(
        'DELETE FROM dhis2_element WHERE district_code = $1 AND year = $2 AND element = ANY ($3::text[])',
        [districtCode, year, [...gone, ...different.map(({ element }) => element)]],
      );
      await tx.query(
        `INSERT INTO dhis2_element (district_code, year, element, data_element, category_option_combo, covers)
         SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])`,
        [
          districtCode,
          year,
          different.map((it) => it.element),
          different.map((it) => it.dataElement),
          different.map((it) => it.categoryOptionCombo),
          different.map((it) => it.covers),
        ],
      );
      const changed = different.filter(({ element }) => before.has(element)).length;
      return {
        dryRun,
        added: different.length - changed,
        changed,
        removed: gone.length,
        unchanged: asked.length - different.length,
      };
    };
    if (commandId !== null) {
      const input = { commandId, districtCode, year, sha256: file.sha256 };
      return inTransaction(this.database, now, (tx) => once(tx, 'map-dhis2', input, () => run(tx, false)));
    }
    try {
      return await inTransaction<MappingReport>(this.database, now, async (tx) => {
        throw new DryRun(await run(tx, true));
      });
    } catch (error) {
      if (error instanceof DryRun) return error.report;
      throw error;
    }
  }
}

/** @throws RowsRefused naming every row that is wrong */
async function readMapping(path: string, known: ReadonlySet<string>): Promise<Mapped[]> {
  const problems: RowProblem[] = [];
  const found: Mapped[] = [];
  let header = true;
  const records = recordsOf(path, await shapeOf(path));
  try {
    for await (const { record, info } of records) {
      const place = { sheet: null, row: info.lines };
      if (header) {
        header = false;
        if (
          record
            .slice(0, 4)
            .map((name) => name.trim().toLowerCase())
            .join() === MAPPING_COLUMNS.join()
        )
          continue;
        throw new Refusal('import.unreadable', {
          reason: `baris judulnya ${MAPPING_COLUMNS.join(',')} / its header is ${MAPPING_COLUMNS.join(',')}`,
        });
      }
      try {
        const mapped = readMapped(record, known);
        const twice = found.find(
          (it) =>
            it.element === mapped.element ||
            (it.dataElement === mapped.dataElement && it.categoryOptionCombo === mapped.categoryOptionCombo),
        );
        if (twice)
          throw new CellProblem('element', mapped.element, {
            id: 'Elemen ini, atau elemen DHIS2 ini, sudah dipetakan di baris sebelumnya.',
            en: 'This element, or this element of DHIS2, is mapped in an earlier row already.',
          });
        found.push(mapped);
      } catch (error) {
        if (!(error instanceof CellProblem)) throw error;
        problems.push({ ...place, column: error.column, value: error.value, message: error.text });
      }
    }
  } finally {
    records.destroy();
  }
  if (problems.length > 0) throw new RowsRefused(problems, false);
  return found;
}
