import { formatPeriod, monthOf, parsePeriod, yearOf } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import { NO_SUMS, type IndicatorDefinition } from '@lokmin/evaluation';
import { Roster, type KnownUnit } from '@lokmin/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import writeSheets from 'write-excel-file/node';
import { elementsOf, sumsIn } from '../bundle/bundle.rules.ts';
import { Bundles } from '../bundle/bundle.service.ts';
import { CSV_HEADER, periodOut, valueOut } from '../dhis2/dhis2.rules.ts';
import { Dhis2 } from '../dhis2/dhis2.service.ts';
import { isYearlyTargetGroup } from './value.rules.ts';
import {
  COVERS_WORDS,
  csvCell,
  csvNumber,
  EXPORTED_COLUMNS,
  rowsOf,
  stateWord,
  xlsxNumber,
  type ExportedRow,
  type KeptValue,
} from './export.rules.ts';
import { NOTES } from './files/xlsx.ts';

/** What a workbook holds at most; a text file has no such bound. */
const XLSX_ROWS = 50_000;

type UnitRow = ExportedRow & { readonly unit: KnownUnit };

/** Whose values of which months are written. */
export interface ExportScope {
  /** Code of a puskesmas, or of a district for all of its puskesmas. */
  readonly unit?: string | undefined;
  readonly district?: string | undefined;
  readonly from: string;
  readonly to: string;
}

const GREY = '#E8ECEF';
const bold = (value: string) => ({ value, fontWeight: 'bold' as const, wrap: true, backgroundColor: GREY });
const given = (value: string | null) =>
  value ? { value, backgroundColor: GREY, wrap: true } : { value: '', backgroundColor: GREY };

/** Values as files: what is stored, and templates to be filled in. Who may see small counts of a unit may have them. */
@Injectable()
export class ValuesExport {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    private readonly dhis2: Dhis2,
  ) {}

  /** @throws Refusal `not-found` for what the caller may not see */
  async #units({ unit: code, district }: Pick<ExportScope, 'unit' | 'district'>): Promise<KnownUnit[]> {
    const may = await this.roster.grants();
    const found = code ? await this.roster.findUnit({ code }) : null;
    const asked = code
      ? found?.kind === 'puskesmas'
        ? [found]
        : []
      : await this.roster.puskesmasOf(district ?? '', null);
    const units: KnownUnit[] = [];
    for (const unit of asked)
      if ((await may('unit.view', unit)) && (await may('counts.small', unit))) units.push(unit);
    if (units.length === 0)
      throw new Refusal('not-found', { what: { id: 'Puskesmas', en: 'The puskesmas' } });
    return units;
  }

  async #valuesOf({ unitId }: KnownUnit, from: string, to: string): Promise<KeptValue[]> {
    return this.database.query(
      `SELECT period, element, covers, state, trim_scale(value)::text AS value, trim_scale(published_value)::text AS published
       FROM value WHERE unit_id = $1 AND period BETWEEN $2 AND $3`,
      [unitId, from, to],
    );
  }

  /** Unit by unit, so that a district is never in memory as a whole. */
  async *#rows(units: readonly KnownUnit[], { from, to }: ExportScope): AsyncGenerator<UnitRow> {
    for (const unit of units) {
      const values = await this.#valuesOf(unit, from, to);
      const years = new Map<number, { indicators: ExportedRow['indicator'][]; sums: typeof NO_SUMS }>();
      for (const year of new Set(values.map(({ period }) => yearOf(parsePeriod(period))))) {
        const bundle = await this.bundles.find(unit.districtCode, year);
        years.set(
          year,
          bundle
            ? { indicators: bundle.indicators, sums: sumsIn(bundle) }
            : { indicators: [], sums: NO_SUMS },
        );
      }
      for (const row of rowsOf(values, (period) => years.get(yearOf(parsePeriod(period)))!))
        yield { ...row, unit };
    }
  }

  /** Text as Indonesian Excel reads it: UTF-8 with byte order mark, semicolons, decimal commas, in pieces. */
  async csv(scope: ExportScope): Promise<AsyncIterable<string>> {
    const units = await this.#units(scope);
    const rows = this.#rows(units, scope);
    return (async function* () {
      yield `\uFEFF${EXPORTED_COLUMNS.join(';')}\r\n`;
      for await (const { unit, period, covers, indicator, numerator, denominator } of rows)
        yield `${[
          unit.code,
          csvCell(unit.name),
          period,
          csvCell(indicator.code),
          csvCell(indicator.nameId),
          csvCell(indicator.unit),
          COVERS_WORDS[covers],
          csvNumber(numerator?.value ?? null),
          stateWord(numerator),
          csvNumber(denominator?.value ?? null),
          indicator.denominatorElement === null ? '' : stateWord(denominator),
          csvNumber(numerator?.published ?? null),
        ].join(';')}\r\n`;
    })();
  }

  /**
   * The stored values that are mapped, as dataValueSets of DHIS2 in pieces: the month's own count or the running total, as the
   * mapping says. What is not reported is said as deleted in JSON and left out of CSV; what does not apply is left out of both.
   * @throws Refusal `not-found`; `mapping.missing` when the district has none for a year that is asked for
   */
  async dataValueSets(scope: ExportScope, as: 'json' | 'csv'): Promise<AsyncIterable<string>> {
    const units = await this.#units(scope);
    const years = new Map<
      number,
      { element: string; covers: string; dataElement: string; categoryOptionCombo: string }[]
    >();
    const { districtCode } = units[0]!;
    for (let year = yearOf(parsePeriod(scope.from)); year <= yearOf(parsePeriod(scope.to)); year++) {
      const [bundle, mapping] = [
        await this.bundles.find(districtCode, year),
        await this.dhis2.find(districtCode, year),
      ];
      if (!bundle || !mapping) throw new Refusal('mapping.missing', { district: districtCode, year });
      const uses = elementsOf(bundle);
      const mapped = mapping.all.map((it) => {
        const use = uses.get(it.element);
        return { ...it, covers: use && isYearlyTargetGroup(use) ? 'year_to_date' : it.covers };
      });
      years.set(year, mapped);
    }
    const valuesOf = (unit: KnownUnit) => this.#valuesOf(unit, scope.from, scope.to);
    return (async function* () {
      let first = true;
      yield as === 'json' ? '{"dataValues":[' : `${CSV_HEADER}\n`;
      for (const unit of units) {
        const values = (await valuesOf(unit)).sort((a, b) => (a.period < b.period ? -1 : 1));
        for (const { period, element, covers, state, value } of values) {
          const named = years
            .get(yearOf(parsePeriod(period)))
            ?.find((it) => it.element === element && it.covers === covers);
          const out = named && valueOut(state, value);
          if (!out || (as === 'csv' && out.deleted)) continue;
          const { dataElement, categoryOptionCombo } = named;
          const at = periodOut(period);
          if (as === 'csv')
            yield `${dataElement},${at},${unit.code},${categoryOptionCombo},,${out.value},,,${out.comment ?? ''},\n`;
          else
            yield `${first ? '' : ','}\n${JSON.stringify({
              dataElement,
              period: at,
              orgUnit: unit.code,
              ...(categoryOptionCombo && { categoryOptionCombo }),
              ...out,
            })}`;
          first = false;
        }
      }
      if (as === 'json') yield '\n]}\n';
    })();
  }

  /** @throws Refusal `export.too-large` above 50,000 rows */
  async xlsx(scope: ExportScope): Promise<Buffer> {
    const data = [];
    for await (const { unit, period, covers, indicator, numerator, denominator } of this.#rows(
      await this.#units(scope),
      scope,
    )) {
      if (data.length === XLSX_ROWS) throw new Refusal('export.too-large', { rows: XLSX_ROWS });
      data.push([
        { value: unit.code },
        { value: unit.name },
        { value: period },
        { value: indicator.code },
        { value: indicator.nameId },
        { value: indicator.unit },
        { value: COVERS_WORDS[covers] },
        xlsxNumber(numerator?.value ?? null),
        { value: stateWord(numerator) },
        xlsxNumber(denominator?.value ?? null),
        indicator.denominatorElement === null ? null : { value: stateWord(denominator) },
        xlsxNumber(numerator?.published ?? null),
      ]);
    }
    return writeSheets([
      {
        sheet: 'Nilai',
        stickyRowsCount: 1,
        columns: EXPORTED_COLUMNS.map((name) => ({ width: /Nama|^Indikator/.test(name) ? 40 : 18 })),
        data: [EXPORTED_COLUMNS.map(bold), ...data],
      },
    ]).toBuffer();
  }

  /**
   * A workbook to be filled in for one month of one puskesmas: the indicators that the caller may record, with what was reported
   * the month before and what is there already. Grey cells are not to be filled.
   * @throws Refusal `not-found`, `access.forbidden`, `bundle.missing`
   */
  async template(code: string, period: string): Promise<{ unit: KnownUnit; content: Buffer }> {
    const unit = (await this.#units({ unit: code }))[0]!;
    const bundle = await this.bundles.demand(unit.districtCode, yearOf(parsePeriod(period)));
    const may = await this.roster.grants();
    const indicators: IndicatorDefinition[] = [];
    for (const indicator of bundle.indicators)
      if (await may('values.record', { ...unit, program: indicator.program })) indicators.push(indicator);
    if (indicators.length === 0) throw new Refusal('access.forbidden', { operation: 'values.record' });
    const month = monthOf(parsePeriod(period));
    const before = month === 1 ? null : `${period.slice(0, 5)}${String(month - 1).padStart(2, '0')}`;
    const sums = sumsIn(bundle);
    const rowsIn = async (of: string) =>
      new Map(
        rowsOf(await this.#valuesOf(unit, of, of), () => ({ indicators, sums }))
          .filter(({ covers }) => covers === 'month')
          .map((row) => [row.indicator.code, row]),
      );
    const now = await rowsIn(period);
    const last = before === null ? new Map<string, ExportedRow>() : await rowsIn(before);
    const columns: [string, number][] = [
      ['Kode puskesmas', 14],
      ['Periode', 10],
      ['Program', 14],
      ['Kode indikator', 14],
      ['Indikator', 36],
      ['Definisi pembilang', 36],
      ['Definisi penyebut', 36],
      ['Satuan', 10],
      ['Mencakup', 12],
      ['Pembilang bulan lalu', 12],
      ['Penyebut bulan lalu', 12],
      ['Pembilang', 14],
      ['Penyebut', 14],
    ];
    /** Empty and white where a number is to be written. */
    const entry = (
      row: ExportedRow | undefined,
      part: 'numerator' | 'denominator',
      element: string | null,
    ) => {
      if (element === null || sums.has(element)) return given(null);
      const kept = row?.[part];
      if (kept?.state === 'not_reported') return { value: '-' };
      // What is estimated would come back as reported.
      return kept?.state === 'reported' ? xlsxNumber(kept.value) : null;
    };
    const shown = (kept: KeptValue | null | undefined) => {
      const number = xlsxNumber(kept?.value ?? null);
      return number ? { ...number, backgroundColor: GREY } : given(null);
    };
    const rows = indicators.map((indicator) => [
      given(unit.code),
      given(period),
      given(indicator.program),
      given(indicator.code),
      given(indicator.nameId),
      given(indicator.numeratorDefinition),
      given(indicator.denominatorElement === null ? null : indicator.denominatorDefinition),
      given(indicator.unit),
      given(COVERS_WORDS.month),
      shown(last.get(indicator.code)?.numerator),
      shown(last.get(indicator.code)?.denominator),
      entry(now.get(indicator.code), 'numerator', indicator.numeratorElement),
      entry(now.get(indicator.code), 'denominator', indicator.denominatorElement),
    ]);
    const title = `${unit.name} (${unit.code}), ${formatPeriod(parsePeriod(period), 'id')}`;
    const content = await writeSheets([
      {
        sheet: 'Isian',
        stickyRowsCount: 2,
        columns: columns.map(([, width]) => ({ width })),
        data: [[{ value: title, fontWeight: 'bold' as const }], columns.map(([name]) => bold(name)), ...rows],
      },
      {
        sheet: NOTES,
        columns: [{ width: 100 }],
        data: NOTE_LINES.map((value) => [{ value, wrap: true }]),
      },
    ]).toBuffer();
    return { unit, content };
  }
}

const NOTE_LINES = [
  'Isi hanya kolom Pembilang dan Penyebut yang berwarna putih; sel abu-abu tidak perlu diubah.',
  'Tulis angka bulan ini saja. Sasaran setahun (penyebut indikator kumulatif) ditulis seluruhnya.',
  'Sel kosong: tidak ada yang disampaikan, nilai yang sudah tersimpan tetap. Tanda "-": belum dilaporkan. Angka 0: dilaporkan nol.',
  'Simpan sebagai .xlsx lalu unggah di halaman Impor. Yang akan berubah ditampilkan dahulu sebelum disimpan.',
];
