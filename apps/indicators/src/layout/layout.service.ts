import type { Clock } from '@lokmin/calendar';
import {
  FileLayoutKept,
  KeepFileLayout,
  Refusal,
  type AskInput,
  type AskReply,
  type DistrictFileLayouts,
} from '@lokmin/contracts';
import { demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { elementsOf } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import type { ValuesFile } from '../value/files/row.ts';
import { headOf } from '../value/files/open.ts';
import { beginsAsWorkbook, readWorkbook } from '../value/files/workbook.ts';
import type { LayoutContent } from './layout.entity.ts';
import { checkLayout, plainName, rowsByLayout } from './layout.rules.ts';

/** Which layout a sent file has, and which month of it is meant. */
export interface AskedLayout {
  readonly districtCode: string;
  readonly year: number;
  readonly layout: string;
  /** This month alone; null: every one that is in the file. */
  readonly period: string | null;
}

type Kept = AskReply<typeof KeepFileLayout>['layout'];
type Row = LayoutContent & Omit<Kept, keyof LayoutContent | 'keptAt'> & { keptAt: Date };

const COLUMNS = `layout_id AS "layoutId", year, kept.name, kept.revision, content, coalesce(person.name, '') AS "keptByName", kept_at AS "keptAt"`;
const viewOf = ({
  content,
  keptAt,
  ...rest
}: Omit<Row, keyof LayoutContent> & { content: LayoutContent }): Kept => ({
  ...rest,
  ...content,
  keptAt: new Date(keptAt).toISOString(),
});

/** What stands where in workbooks of the district's own. */
@Injectable()
export class Layouts {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For whoever holds a post in the district: each may import by them what they may record. */
  async list({
    districtCode,
    year,
  }: AskInput<typeof DistrictFileLayouts>): Promise<AskReply<typeof DistrictFileLayouts>> {
    await this.roster.demandPostIn(districtCode);
    const rows: Parameters<typeof viewOf>[0][] = await this.database.query(
      `SELECT ${COLUMNS} FROM file_layout AS kept LEFT JOIN known_person AS person ON person.person_id = kept_by
       WHERE district_code = $1 AND ($2::integer IS NULL OR year = $2) ORDER BY year DESC, kept.name`,
      [districtCode, year],
    );
    return {
      asOf: this.clock.now().toISOString(),
      mayKeep: await this.roster.may('layout.keep', { districtCode }),
      layouts: rows.map(viewOf),
    };
  }

  /**
   * Keeps a layout under its name, new or changed.
   * @throws Refusal `access.forbidden`, `bundle.missing`, `value.unknown-element`, `value.computed`, `revision.stale`
   */
  async keep(input: AskInput<typeof KeepFileLayout>): Promise<AskReply<typeof KeepFileLayout>> {
    const { commandId: _, districtCode, year, name, expectedRevision, ...content } = input;
    await this.roster.demand('layout.keep', { districtCode });
    checkLayout(content);
    const bundle = await this.bundles.demand(districtCode, year, 'year');
    const known = elementsOf(bundle);
    content.columns.forEach(({ element }, i) => {
      if (known.has(element)) return;
      const parts = bundle.elements.find(({ code }) => code === element)?.sumOf;
      throw parts
        ? new Refusal('value.computed', { element, parts: parts.join(' + ') }, `columns.${i}.element`)
        : new Refusal('value.unknown-element', { element, year }, `columns.${i}.element`);
    });
    const by = this.roster.caller();
    const keep = async (tx: Tx) => {
      // One at a time for a district and year.
      await tx.query('SELECT 1 FROM bundle WHERE bundle_id = $1 FOR UPDATE', [bundle.bundleId]);
      const [before] = await tx.query<{ revision: number }>(
        'SELECT revision FROM file_layout WHERE district_code = $1 AND year = $2 AND name = $3',
        [districtCode, year, name],
      );
      demandRevision(before?.revision ?? 0, expectedRevision);
      const [kept] = (await tx.query<{ layoutId: string; revision: number }>(
        `INSERT INTO file_layout AS kept (layout_id, district_code, year, name, revision, content, kept_by, kept_at)
         VALUES ($1, $2, $3, $4, 1, $5::jsonb, $6, $7)
         ON CONFLICT (district_code, year, name) DO UPDATE
           SET revision = kept.revision + 1, content = excluded.content, kept_by = excluded.kept_by, kept_at = excluded.kept_at
         RETURNING layout_id AS "layoutId", revision`,
        [uuidv7(), districtCode, year, name, JSON.stringify(content), by, tx.now],
      )) as [{ layoutId: string; revision: number }];
      const { layoutId, revision } = kept;
      tx.announce(
        FileLayoutKept,
        { id: layoutId, revision, districtCode, unitId: null },
        { layoutId, districtCode, year, name, revision, keptBy: by },
      );
      const person = await this.roster.findPerson(by, tx);
      return {
        layout: viewOf({ ...kept, year, name, content, keptByName: person?.name ?? '', keptAt: tx.now }),
      };
    };
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => once(tx, KeepFileLayout.subject, input, () => keep(tx)),
    );
  }

  /**
   * Opens a workbook of the district's own.
   * @throws Refusal `not-found`, `import.unreadable`
   */
  async open(path: string, { districtCode, year, layout: name, period }: AskedLayout): Promise<ValuesFile> {
    await this.roster.demandPostIn(districtCode);
    const [layout]: { content: LayoutContent }[] = await this.database.query(
      'SELECT content FROM file_layout WHERE district_code = $1 AND year = $2 AND name = $3',
      [districtCode, year, name],
    );
    if (!layout)
      throw new Refusal('not-found', { what: { id: 'Bentuk berkas', en: 'The layout' } }, 'layout');
    if (!beginsAsWorkbook(await headOf(path)))
      throw new Refusal('import.unreadable', {
        reason:
          'bentuk berkas ini hanya untuk buku kerja Excel (.xlsx) / this layout is for Excel workbooks (.xlsx) alone',
      });
    const codes = await this.#codesByName(districtCode);
    const sheets = await readWorkbook(path);
    const asked = {
      content: layout.content,
      year,
      period,
      codeOf: (name: string) => codes.get(plainName(name)),
    };
    return {
      format: 'xlsx',
      async *rows(wrong, odd) {
        yield* rowsByLayout(sheets, asked, wrong, odd);
      },
    };
  }

  /** The puskesmas that the caller may see; a name that two have is nobody's. */
  async #codesByName(districtCode: string): Promise<Map<string, string>> {
    const allowed = await this.roster.grants();
    const units = await this.roster.puskesmasOf(districtCode, null);
    const codes = new Map<string, string>();
    const twice = new Set<string>();
    for (const unit of units) {
      if (!(await allowed('unit.view', unit))) continue;
      const name = plainName(unit.name);
      if (codes.has(name)) twice.add(name);
      codes.set(name, unit.code);
    }
    for (const name of twice) codes.delete(name);
    return codes;
  }
}
