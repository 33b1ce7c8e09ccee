import { randomUUID } from 'node:crypto';
import {
  DistrictFileLayouts,
  IndicatorDetail,
  KeepFileLayout,
  PublishBundle,
  RecordValues,
  SubmitEvaluation,
  UnitPws,
  type Refusal,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { aService, MANGGAR, type TestService } from '@lokmin/testing';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeSheets from 'write-excel-file/node';
import { indicators } from './service.ts';
import { textOf } from './value/files/row.ts';
import { readWorkbook } from './value/files/workbook.ts';
import type { ImportReport } from './value/import.service.ts';

type Refused = {
  refusal: { code: string; message: { id: string; en: string } };
  errors: {
    sheet: string | null;
    row: number;
    column: string | null;
    value: string | null;
    message: { en: string };
  }[];
};
type Person = Parameters<TestService['token']>[0];

let service: TestService;

const bundle = {
  districtCode: '19.06',
  year: 2024,
  name: 'Paket 2024',
  rules: DEFAULT_RULES,
  indicators: [
    anIndicator('KIA-K1'),
    anIndicator('KIA-K4'),
    anIndicator('GIZ-DS', { program: 'Gizi', accumulation: 'monthly' }),
    anIndicator('IDX', { unit: 'index', accumulation: 'monthly' }),
    anIndicator('TB-CASES', {
      program: 'P2 TB',
      multiplier: null,
      denominatorElement: null,
      unit: 'count',
      annualTarget: null,
    }),
  ],
};

async function post<T>(
  content: string | Buffer,
  query: Record<string, string>,
  person: Person = 'administrator',
) {
  const response = await fetch(`${service.address}/imports/values?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${await service.token(person)}` },
    body: content as string,
  });
  return { status: response.status, body: (await response.json()) as T }; // shape asserted by each test
}
const save = async (content: string | Buffer, name = 'hasil.csv') =>
  (await post<ImportReport>(content, { name, commandId: randomUUID() })).body;
const dryRun = async (content: string | Buffer, name = 'hasil.csv') =>
  (await post<ImportReport>(content, { name, dryRun: 'true' })).body;
const refused = async (content: string | Buffer, name = 'hasil.csv') => {
  const { status, body } = await post<Refused>(content, { name, dryRun: 'true' });
  expect(status).toBe(422);
  return body;
};
const detail = (period: string, code: string) =>
  service.ask('headOfManggar', IndicatorDetail, { unitId: MANGGAR.unitId, period, code });

/** What an import could leave behind: how many rows of each table, and a digest of them. */
const everythingStored = () =>
  Promise.all(
    [
      'value',
      'village_value',
      'rollup',
      'year_book',
      'imported_file',
      'command',
      'audit_entry',
      'evaluation',
      'outbox',
    ].map(async (table) => {
      // The relay notes in the outbox what it has sent.
      const digest = table === 'outbox' ? 'NULL' : `md5(string_agg(it::text, '' ORDER BY it::text))`;
      const [found] = await service.database.query(
        `SELECT count(*)::int AS rows, ${digest} AS digest FROM ${table} AS it`,
      );
      return [table, found];
    }),
  );

beforeAll(async () => {
  service = await aService(indicators);
  await service.ask('administrator', PublishBundle, { commandId: randomUUID(), ...bundle });
}, 60_000);
afterAll(() => service?.stop());
beforeEach(() =>
  service.database.query(
    'TRUNCATE imported_file, village_value, evaluation_verification, evaluation_history, evaluation, rollup, value, year_book, outbox',
  ),
);

const header = 'period,puskesmas_reg_code,indicator_code,numerator,denominator';

describe('a dry run', () => {
  const first = [header, '2024-10,1012406,KIA-K1,40,700', '2024-10,1012404,KIA-K1,800,700'].join('\n');
  const second = [
    header,
    '2024-10,1012406,KIA-K1,41,700',
    '2024-10,1012406,KIA-K4,,700',
    '2024-10,1012404,KIA-K1,800,700',
  ].join('\n');

  it('reports what the real one does, and leaves no trace', async () => {
    await save(first);
    const before = await everythingStored();
    const tried = await dryRun(second);
    expect(await everythingStored()).toEqual(before);
    expect(tried).toMatchObject({ dryRun: true, rows: 3, added: 2, changed: 3, unchanged: 3, periods: 1 });
    expect(tried.changes).toEqual([
      {
        sheet: null,
        row: 2,
        unitCode: '1012406',
        unitName: 'Puskesmas Manggar',
        period: '2024-10',
        indicatorCode: 'KIA-K1',
        part: 'numerator',
        covers: 'month',
        before: { state: 'reported', value: '40' },
        after: { state: 'reported', value: '41' },
      },
      expect.objectContaining({ row: 3, before: null, after: { state: 'not_reported', value: null } }),
      expect.objectContaining({ row: 3, before: null, after: { state: 'reported', value: '700' } }),
    ]);
    expect(tried.warnings).toEqual([
      expect.objectContaining({ row: 4, code: 'numerator_above_denominator' }),
    ]);
    expect(await save(second)).toEqual({ ...tried, dryRun: false });
    expect((await detail('2024-10', 'KIA-K1')).result.numerator).toBe('41');
  });

  it('needs no command, and saving does', async () => {
    expect((await post(first, { name: 'a.csv' })).status).toBe(422);
    expect((await post(first, { name: 'a.csv', dryRun: 'true' })).status).toBe(200);
  });

  it('refuses what the real one refuses, in the same words', async () => {
    const wrong = `${header}\n2024-10,1012406,KIA-K9,x,700`;
    const real = await post<Refused>(wrong, { name: 'a.csv', commandId: randomUUID() });
    expect(await refused(wrong, 'a.csv')).toEqual(real.body);
    expect(real.body.errors.map(({ column }) => column)).toEqual(['indicator_code', 'numerator']);
  });

  it('holds for its moment: the report of the real run is of what is there then', async () => {
    expect(await dryRun(first)).toMatchObject({ added: 4, changed: 4 });
    await service.ask('headOfManggar', RecordValues, {
      commandId: randomUUID(),
      unitId: MANGGAR.unitId,
      period: '2024-10',
      values: [{ element: 'KIA-K1.num', covers: 'month', state: 'reported', value: '39' }],
    });
    expect(await save(first)).toMatchObject({ added: 3, changed: 4 });
  });

  it('says of a file that was imported before when that was and by whom, whatever its name is now', async () => {
    expect(await dryRun(first)).toMatchObject({ earlier: null });
    expect(await save(first, 'oktober.csv')).toMatchObject({ earlier: null });
    const again = await dryRun(first, 'oktober (revisi fix 2).csv');
    expect(again).toMatchObject({
      changed: 0,
      earlier: { file: 'oktober.csv', by: expect.stringMatching(/./) },
    });
    expect(Date.parse(again.earlier!.at)).not.toBeNaN();
    expect(await dryRun(`${first}\n`)).toMatchObject({ earlier: null });
  });
});

describe('a file that Indonesian Excel wrote', () => {
  it('is read: semicolons, thousand dots, decimal commas, months by name, dashes, empty columns and rows at the end', async () => {
    const file = [
      'Kode Puskesmas;Nama Puskesmas;Tahun;Bulan;Kode Indikator;Pembilang;Penyebut;;',
      '1012406;Manggar;2024;Okt;IDX;1.234,5;2.000,0;;',
      '1012406;Manggar;2024;Okt;KIA-K1;-;1.234.567;;',
      ';;;;;;;;',
      '',
    ].join('\r\n');
    expect(await save(`\uFEFF${file}`)).toMatchObject({ rows: 2, changed: 4 });
    expect((await detail('2024-10', 'IDX')).result).toMatchObject({
      numerator: '1234.5',
      denominator: '2000',
    });
    expect(
      (await detail('2024-10', 'KIA-K1')).values.find(({ element }) => element === 'KIA-K1.num'),
    ).toMatchObject({
      state: 'not_reported',
    });
  });

  it('in Windows-1252 is read too, and its columns are named as it names them', async () => {
    const file = Buffer.from(
      'Periode;Kode Puskesmas;Nama Puskesmas;Kode Indikator;Pembilang;Penyebut\r\nOktober 2024;1012406;Caf\xe9 \x93M\x94;KIA-K1;1.234;#DIV/0!\r\n',
      'latin1',
    );
    expect((await refused(file)).errors).toMatchObject([
      { row: 2, column: 'Pembilang', value: '1.234', message: { en: expect.stringMatching(/example 1234/) } },
      { row: 2, column: 'Penyebut', value: '#DIV/0!' },
    ]);
  });
});

async function get(path: string, person: Person = 'administrator') {
  const response = await fetch(`${service.address}/exports/${path}`, {
    headers: { authorization: `Bearer ${await service.token(person)}` },
  });
  return {
    status: response.status,
    name: response.headers.get('content-disposition'),
    content: Buffer.from(await response.arrayBuffer()),
  };
}
const sheet = (rows: (string | number | null)[][]) =>
  writeSheets([
    { sheet: 'Isian', data: rows.map((row) => row.map((value) => (value === null ? null : { value }))) },
  ]).toBuffer();

describe('a workbook', () => {
  const columns = ['Kode puskesmas', 'Periode', 'Kode indikator', 'Pembilang', 'Penyebut'];

  it('that LibreOffice wrote is imported, and says which sheet it passed over', async () => {
    const file = readFileSync(join(import.meta.dirname, 'value/files/fixtures/libreoffice.xlsx'));
    const tried = await dryRun(file, 'laporan.xlsx');
    expect(tried).toMatchObject({
      rows: 3,
      added: 5,
      warnings: [{ sheet: 'Rekap', code: 'sheet_passed_over' }],
    });
    expect(await save(file, 'laporan.xlsx')).toEqual({ ...tried, dryRun: false });
    expect((await detail('2024-10', 'IDX')).result.numerator).toBe('0.3');
    expect((await detail('2024-10', 'KIA-K4')).values.map(({ value }) => value).sort()).toEqual([
      '1234567',
      '47',
    ]);
  });

  it('is filled in part: an empty cell says nothing, a dash that nothing was reported', async () => {
    await save(`${header}\n2024-10,1012406,KIA-K1,40,700\n2024-10,1012406,KIA-K4,30,`);
    const file = await sheet([
      ['Puskesmas Manggar'],
      columns,
      ['1012406', '2024-10', 'KIA-K1', null, null],
      ['1012406', '2024-10', 'KIA-K4', '-', null],
      [],
      ['1012406', '2024-10', 'GIZ-DS', 0, 12],
    ]);
    expect(await save(file, 'a.xlsx')).toMatchObject({ rows: 3, added: 2, changed: 3 });
    expect((await detail('2024-10', 'KIA-K1')).result.numerator).toBe('40');
  });

  it('is refused by sheet, row and column, as its columns are named', async () => {
    const file = await sheet([
      columns,
      ['1012406', 'Okt', 'KIA-K1', '1.234', '#REF!'],
      [null, '2024-10', 'KIA-K4', 1, -2],
    ]);
    expect((await refused(file, 'a.xlsx')).errors).toMatchObject([
      { sheet: 'Isian', row: 2, column: 'Periode (B)', value: 'Okt' },
      { sheet: 'Isian', row: 2, column: 'Pembilang (D)', value: '1.234' },
      { sheet: 'Isian', row: 2, column: 'Penyebut (E)', value: '#REF!' },
      { sheet: 'Isian', row: 3, column: 'Kode puskesmas (A)' },
      { sheet: 'Isian', row: 3, column: 'Penyebut (E)', value: '-2' },
    ]);
    expect((await refused(await sheet([['a', 'b']]), 'a.xlsx')).refusal.message.en).toMatch(/no header/);
  });
});

describe('what goes out', () => {
  beforeEach(async () => {
    const file = [
      'period,covers,puskesmas_reg_code,indicator_code,numerator,numerator_state,denominator,denominator_state,published_value',
      '2024-10,month,1012406,KIA-K1,40,,700,,',
      '2024-10,year_to_date,1012406,KIA-K1,400,,,,57.14',
      '2024-10,month,1012406,KIA-K4,,not_reported,,absent,',
      '2024-10,month,1012406,GIZ-DS,12,estimated,,not_reported,',
      '2024-10,month,1012406,IDX,1.2340,,76.61,,',
      '2024-11,month,1012406,IDX,,absent,4,,',
      '2024-11,month,1012406,TB-CASES,,not_applicable,,,',
      '2024-10,month,1012404,KIA-K1,7,,90,,',
    ].join('\n');
    expect(await save(file)).toMatchObject({ rows: 8, added: 12, warningCount: 0 });
  });

  it.each(['csv', 'xlsx'])(
    'and comes in again changes nothing, as %s: states, totals, printed figures and all',
    async (format) => {
      const { status, name, content } = await get(
        `values?district=19.06&from=2024-01&to=2024-12&format=${format}`,
      );
      expect([status, name]).toEqual([200, `attachment; filename="nilai-19.06-2024-01-2024-12.${format}"`]);
      expect(await save(content, `nilai.${format}`)).toMatchObject({ rows: 8, changed: 0, unchanged: 12 });
      // Into an empty system it brings all of it back.
      const kept = () =>
        service.database.query(
          'SELECT unit_id, period, element, covers, state, trim_scale(value) AS value, published_value FROM value ORDER BY 1, 2, 3, 4',
        );
      const before = await kept();
      await service.database.query('TRUNCATE rollup, value');
      expect(await save(content, `nilai.${format}`)).toMatchObject({ added: 12 });
      expect(await kept()).toEqual(before);
    },
  );

  it('as text is as Indonesian Excel reads it, with nothing ambiguous', async () => {
    const text = (await get('values?unit=1012406&from=2024-10&to=2024-10')).content.toString();
    expect(text).toMatch(/^\uFEFFKode puskesmas;/);
    expect(text.match(/^.*;IDX;.*$/m)?.[0]).toBe(
      '1012406;Puskesmas Manggar;2024-10;IDX;Cakupan IDX;index;bulan;1,2340;dilaporkan;76,61;dilaporkan;',
    );
    expect(text).not.toContain('1012404');
  });

  it('is for those who may see the unit, and a template for those who record', async () => {
    const ofManggar = 'unit=1012406&from=2024-10&to=2024-10';
    expect((await get(`values?${ofManggar}`, 'headOfManggar')).status).toBe(200);
    expect((await get(`values?${ofManggar}`, 'headOfGantung')).status).toBe(404);
    expect((await get('values?unit=9999999&from=2024-10&to=2024-10')).status).toBe(404);
    expect((await get('values?from=2024-10&to=2024-10')).status).toBe(422);
    expect((await get('template?unit=1012406&period=2024-10', 'officer')).status).toBe(403);
    expect((await get('template?unit=1012406&period=2023-10')).status).toBe(422);
  });

  it('as a template holds the programme of who asks, comes back without a change, and takes what is filled in', async () => {
    const { content, name } = await get('template?unit=1012406&period=2024-11', 'kiaOfManggar');
    expect(name).toBe('attachment; filename="isian-1012406-2024-11.xlsx"');
    const path = join(tmpdir(), `${randomUUID()}.xlsx`);
    await writeFile(path, content);
    const [form, notes, ...others] = await readWorkbook(path);
    await rm(path);
    expect([form!.name, notes!.name, others]).toEqual(['Isian', 'Petunjuk', []]);
    expect(form!.rows[0]![0]).toBe('Puskesmas Manggar (1012406), November 2024');
    expect(form!.rows.slice(2).map((row) => [row[3], row[9], row[10], row[11]])).toEqual([
      ['KIA-K1', { exact: '40' }, { exact: '700' }, null],
      ['KIA-K4', '', null, null].map((cell) => cell || null),
      ['IDX', { exact: '1.234' }, { exact: '76.61' }, null],
    ]);
    expect(await dryRun(content, 'isian.xlsx')).toMatchObject({ rows: 3, changed: 0, warningCount: 0 });
    const filled = await sheet(
      form!.rows.map((row, i) =>
        row.map((cell, column) => (i === 2 && column === 11 ? 45 : cell === null ? null : textOf(cell))),
      ),
    );
    expect(await save(filled, 'isian.xlsx')).toMatchObject({
      added: 1,
      changed: 1,
      changes: [{ row: 3, indicatorCode: 'KIA-K1' }],
    });
  });
});

describe('the own file of the user with a column of notes', () => {
  const notes = async (content: string | Buffer, language = 'id') => {
    const response = await fetch(`${service.address}/imports/values?answer=file&language=${language}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${await service.token('administrator')}`,
      },
      body: content as string,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      content: Buffer.from(await response.arrayBuffer()),
    };
  };

  it('is a text as it was, decoded, with what is wrong in each row', async () => {
    const file = Buffer.from(
      'Periode;Kode Puskesmas;Nama Puskesmas;Kode Indikator;Pembilang;Penyebut\n2024-10;1012406;"Caf\xe9; M";KIA-K1;1.234;x\n2024-10;1012406;M;KIA-K4;-;2\n',
      'latin1',
    );
    const { status, type, content } = await notes(file);
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(content.toString()).toBe(
      [
        '\uFEFFPeriode;Kode Puskesmas;Nama Puskesmas;Kode Indikator;Pembilang;Penyebut;Catatan impor',
        '2024-10;1012406;"Caf\u00e9; M";KIA-K1;1.234;x;"Pembilang: ""1.234"" dapat berarti ribuan atau pecahan. Tulis tanpa pemisah, misalnya 1234. Penyebut: Bukan angka."',
        '2024-10;1012406;M;KIA-K4;-;2;',
        '',
      ].join('\r\n'),
    );
    expect(await service.database.query('SELECT 1 FROM value')).toEqual([]);
  });

  it('is a workbook for a workbook, with warnings where nothing is wrong', async () => {
    const columns = ['Kode puskesmas', 'Periode', 'Kode indikator', 'Pembilang', 'Penyebut'];
    const { content } = await notes(
      await sheet([['Judul'], columns, ['1012406', '2024-10', 'KIA-K1', 800, 700]]),
      'en',
    );
    const path = join(tmpdir(), `${randomUUID()}.xlsx`);
    await writeFile(path, content);
    const [book] = await readWorkbook(path);
    await rm(path);
    expect(book!.rows).toEqual([
      ['Judul', null, null, null, null, 'Import notes'],
      [...columns, null],
      [
        '1012406',
        '2024-10',
        'KIA-K1',
        { exact: '800' },
        { exact: '700' },
        expect.stringMatching(/^Pembilang \(D\): The numerator 800 is 100 above/),
      ],
    ]);
  });

  it('is refused like the file itself where it cannot be read', async () => {
    expect((await notes(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]))).status).toBe(422);
  });
});

describe("a workbook of the district's own", () => {
  const book = readFileSync(join(import.meta.dirname, 'value/files/fixtures/district.xlsx'));
  const columns = [
    { column: 'C', header: 'Sasaran bumil', element: 'KIA-K1.den', covers: 'year_to_date' as const },
    { column: 'D', header: 'K1 / Abs', element: 'KIA-K1.num', covers: 'month' as const },
    { column: 'F', header: 'K4 / Abs', element: 'KIA-K4.num', covers: 'month' as const },
  ];
  const layout = {
    ...{ districtCode: '19.06', year: 2024, name: 'Rekap KIA', sheet: null, month: null },
    ...{ headerFrom: 3, headerTo: 4, unit: 'B', passOver: ['Jumlah'], columns },
    unitNames: [{ written: 'Gtg', code: '1012404' }],
  };
  const keep = (change: object = {}, expectedRevision = 0, person: Person = 'officer') =>
    service.ask(person, KeepFileLayout, { commandId: randomUUID(), ...layout, ...change, expectedRevision });
  const asked = { name: 'Rekap KIA.xlsx', layout: 'Rekap KIA', district: '19.06', year: '2024' };
  beforeEach(() => service.database.query('TRUNCATE file_layout'));

  it('is imported by a layout that is kept once: tried, saved, known again; failed formulas are named by their header', async () => {
    await keep();
    const october = { ...asked, period: '2024-10' };
    const tried = await post<ImportReport>(book, { ...october, dryRun: 'true' });
    expect(tried.body).toMatchObject({ rows: 2, added: 6, changed: 6, periods: 2 });
    const saved = await post<ImportReport>(book, { ...october, commandId: randomUUID() });
    expect(saved.body).toEqual({ ...tried.body, dryRun: false });
    expect((await detail('2024-10', 'KIA-K1')).result).toMatchObject({ numerator: '51', denominator: '693' });
    const again = await post<ImportReport>(book, { ...october, name: 'revisi fix 2.xlsx', dryRun: 'true' });
    expect(again.body).toMatchObject({ changed: 0, earlier: { file: 'Rekap KIA.xlsx' } });
    const whole = await post<Refused>(book, { ...asked, dryRun: 'true' });
    expect(whole.body.errors.map(({ sheet, row, column, value }) => [sheet, row, column, value])).toEqual([
      ['Bulan November', 6, 'K1 / Abs (D)', '#DIV/0!'],
    ]);
    const own = await post<Refused>(book, { ...october, dryRun: 'true' }, 'headOfManggar');
    expect(own.body.errors).toMatchObject([{ row: 6, column: 'B', value: 'PKM. GANTUNG' }]);
  });

  it('has a layout that is kept by the district alone, of elements that there are, by who saw the newest one', async () => {
    const refusal = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: Refusal) => error.code,
      );
    const { layout: first } = await keep();
    expect(first).toMatchObject({ name: 'Rekap KIA', revision: 1, zeroIsNotReported: false, columns });
    expect(await refusal(keep())).toBe('revision.stale');
    expect((await keep({ zeroIsNotReported: true }, 1)).layout.revision).toBe(2);
    expect(await refusal(keep({ name: 'B' }, 0, 'headOfManggar'))).toBe('access.forbidden');
    const [column] = columns;
    for (const [change, field] of [
      [{ columns: [{ ...column!, element: 'KIA-K9.num' }] }, 'columns.0.element'],
      [{ sheet: 'Okt' }, 'month'],
      [{ columns: [column!, { ...column!, element: 'KIA-K4.num' }] }, 'columns.1.column'],
    ] as const)
      await expect(keep({ name: 'B', ...change })).rejects.toMatchObject({ field });
    const listed = await service.ask('kiaOfManggar', DistrictFileLayouts, {
      districtCode: '19.06',
      year: 2024,
    });
    expect(listed).toMatchObject({ mayKeep: false, layouts: [{ revision: 2, zeroIsNotReported: true }] });
    for (const change of [{ layout: 'C' }, { district: '19.05' }])
      expect((await post<Refused>(book, { ...asked, ...change, dryRun: 'true' })).body.refusal.code).toBe(
        'not-found',
      );
    expect((await post<Refused>('a;b', { ...asked, dryRun: 'true' })).body.refusal.code).toBe(
      'import.unreadable',
    );
  });
});

describe('dataValueSets of DHIS2', () => {
  const mapping = [
    'element,data_element,category_option_combo,covers',
    'KIA-K1.num,KIA-K1-NUM,HllvX50cXC0,month',
    'KIA-K1.den,KIA-K1-DEN,,month',
    'KIA-K4.num,fbfJHSPpUQD,,year_to_date',
    'GIZ-DS.num,GIZ-DS-NUM,,month',
    'IDX.num,IDX-NUM,,month',
    'IDX.den,IDX-DEN,,month',
    'TB-CASES.num,TB-NUM,,month',
  ].join('\n');
  const map = async (
    content: string,
    query: Record<string, string> = { commandId: randomUUID() },
    person: Person = 'administrator',
  ) => {
    const response = await fetch(
      `${service.address}/imports/dhis2-mapping?${new URLSearchParams({ district: '19.06', year: '2024', ...query })}`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${await service.token(person)}` },
        body: content,
      },
    );
    return { status: response.status, body: (await response.json()) as Refused & Record<string, unknown> };
  };
  beforeEach(async () => {
    await service.database.query('TRUNCATE dhis2_element');
    expect((await map(mapping)).status).toBe(200);
  });

  it('need a mapping, which an administrator keeps by the year: tried first, replaced whole, noted in the trail', async () => {
    const other = mapping
      .replace('KIA-K1-DEN,,', 'KIA-K1-NUM,,')
      .replace('\nTB-CASES.num,TB-NUM,,month', '')
      .concat('\nKIA-K4.den,K4-DEN,,month');
    const tried = await map(other, { dryRun: 'true' });
    expect(tried.body).toEqual({ dryRun: true, added: 1, changed: 1, removed: 1, unchanged: 5 });
    expect((await get('dhis2-mapping?district=19.06&year=2024')).content.toString()).toContain('TB-NUM');
    const commandId = randomUUID();
    const done = await map(other, { commandId });
    expect(done.body).toEqual({ ...tried.body, dryRun: false });
    expect((await map(other, { commandId })).body).toEqual(done.body);
    const listed = (await get('dhis2-mapping?district=19.06&year=2024')).content.toString();
    expect((await map(listed)).body).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 7 });
    expect(
      await service.database.query(
        `SELECT 1 FROM audit_entry WHERE command_id = $1 AND record_kind = 'Dhis2Element'`,
        [commandId],
      ),
    ).toHaveLength(4);
    for (const person of ['officer', 'headOfManggar'] as const)
      expect((await map(mapping, undefined, person)).status).toBe(403);
    expect((await get('dhis2-mapping?district=19.06&year=2024', 'officer')).status).toBe(403);
    expect((await map(mapping, { commandId: randomUUID(), year: '2023' })).body.refusal.code).toBe(
      'bundle.missing',
    );
  });

  it('names every row of a mapping that is wrong, and keeps the one that was', async () => {
    const { status, body } = await map(
      `${mapping}\nKIA-K9.num,A,,month\nKIA-K4.den,,,month\nKIA-K4.den,A B,,month\nKIA-K4.den,A,,week\nKIA-K1.num,A,,month\nKIA-K4.den,TB-NUM,,month`,
    );
    expect(status).toBe(422);
    expect(body.errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '9 element',
      '10 data_element',
      '11 data_element',
      '12 covers',
      '13 element',
      '14 element',
    ]);
    expect((await map('a,b\n1,2')).body.refusal.code).toBe('import.unreadable');
    expect((await map(mapping)).body).toMatchObject({ unchanged: 7 });
  });

  const json = JSON.stringify({
    dataSet: 'aBcDeFgHiJ1',
    completeDate: '2023-11-05',
    period: '202410',
    orgUnit: '1012406',
    attributeOptionCombo: 'HllvX50cXC0',
    dataValues: [
      { dataElement: 'KIA-K1-NUM', categoryOptionCombo: 'HllvX50cXC0', value: '51', comment: 'from SIMPUS' },
      { dataElement: 'KIA-K1-DEN', categoryOptionCombo: 'HllvX50cXC0', value: '693' },
      { dataElement: 'fbfJHSPpUQD', categoryOptionCombo: 'HllvX50cXC0', value: '470', followUp: false },
      { dataElement: 'IDX-NUM', value: '1.234' },
      { dataElement: 'GIZ-DS-NUM', value: '', deleted: true },
      { dataElement: 'IDX-DEN', period: '202411', orgUnit: '1012404', value: '5' },
    ],
  });

  it('in JSON come in: numbers with a decimal point, deleted values as not reported, the kind of count that the mapping says', async () => {
    const tried = await dryRun(json, 'dataValueSets.json');
    expect(tried).toMatchObject({ rows: 6, added: 6, warningCount: 0 });
    expect(await save(json, 'dataValueSets.json')).toEqual({ ...tried, dryRun: false });
    expect(
      await service.database.query(
        'SELECT period, element, covers, state, trim_scale(value) AS value FROM value ORDER BY 1, 2',
      ),
    ).toEqual([
      { period: '2024-10', element: 'GIZ-DS.num', covers: 'month', state: 'not_reported', value: null },
      { period: '2024-10', element: 'IDX.num', covers: 'month', state: 'reported', value: '1.234' },
      { period: '2024-10', element: 'KIA-K1.den', covers: 'year_to_date', state: 'reported', value: '693' },
      { period: '2024-10', element: 'KIA-K1.num', covers: 'month', state: 'reported', value: '51' },
      { period: '2024-10', element: 'KIA-K4.num', covers: 'year_to_date', state: 'reported', value: '470' },
      { period: '2024-11', element: 'IDX.den', covers: 'month', state: 'reported', value: '5' },
    ]);
  });

  it('in CSV come in by the place of the columns, whatever the later ones are called', async () => {
    const rows =
      'KIA-K1-NUM,202410,1012406,HllvX50cXC0,HllvX50cXC0,51,admin,2024-11-05T08:00:00,,false\nIDX-NUM,202410,1012406,,,1.234,,,perkiraan,\n';
    expect(
      await save(
        `"dataelement","period","orgunit","catoptcombo","attroptcombo","value","strby","lstupd","cmt"\n${rows}`,
      ),
    ).toMatchObject({ rows: 2, added: 2 });
    expect(
      await save(
        `dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,timestamp,comment,followup\n${rows}`,
      ),
    ).toMatchObject({ changed: 0, unchanged: 2 });
  });

  it('that name what nobody knows are refused with every conflict', async () => {
    const wrong = JSON.stringify({
      dataValues: [
        {
          dataElement: 'KIA-K1-NUM',
          period: '202410',
          orgUnit: '1012406',
          categoryOptionCombo: 'other',
          value: '5',
        },
        { dataElement: 'UNKNOWN', period: '202410', orgUnit: '1012406', value: '5' },
        { dataElement: 'IDX-NUM', period: '2024Q4', orgUnit: '1012406', value: '5' },
        { dataElement: 'IDX-NUM', period: '202410', orgUnit: 'DiszpKrYNg8', value: '5' },
        { dataElement: 'IDX-NUM', period: '202410', orgUnit: '1012406', value: '5,0x' },
      ],
    });
    expect((await refused(wrong, 'a.json')).errors).toMatchObject([
      { row: 1, column: 'dataElement', value: 'KIA-K1-NUM' },
      { row: 2, column: 'dataElement', value: 'UNKNOWN' },
      { row: 3, column: 'period', value: '2024Q4' },
      { row: 4, column: 'orgUnit', value: 'DiszpKrYNg8' },
      { row: 5, column: 'value', value: '5,0x' },
    ]);
    expect((await refused('{"dataValues":[{"value":"5"}]}', 'a.json')).refusal.message.en).toMatch(
      /see dataValues.0.dataElement/,
    );
    expect((await refused('{"dataValues":', 'a.json')).refusal.message.en).toMatch(/not JSON/);
    expect(
      (await post<Refused>(json, { name: 'a.json', dryRun: 'true' }, 'headOfGantung')).body.errors.map(
        ({ column }) => column,
      ),
    ).toContain('orgUnit');
  });

  it.each(['json', 'csv'])('go out as %s and come in again without a change', async (as) => {
    await save(json, 'a.json');
    await service.ask('headOfManggar', RecordValues, {
      commandId: randomUUID(),
      unitId: MANGGAR.unitId,
      period: '2024-10',
      values: [
        { element: 'IDX.den', covers: 'month', state: 'estimated', value: '2.5' },
        { element: 'TB-CASES.num', covers: 'month', state: 'not_applicable', value: null },
      ],
    });
    const { status, content } = await get(`values?district=19.06&from=2024-01&to=2024-12&format=dhis2-${as}`);
    expect(status).toBe(200);
    const rows = as === 'json' ? 7 : 6; // a deleted value has no place in CSV
    expect(await save(content, `keluar.${as}`)).toMatchObject({ rows, changed: 0, unchanged: rows });
    if (as === 'json')
      expect((JSON.parse(content.toString()) as { dataValues: unknown[] }).dataValues).toContainEqual({
        dataElement: 'KIA-K1-NUM',
        period: '202410',
        orgUnit: '1012406',
        categoryOptionCombo: 'HllvX50cXC0',
        value: '51',
      });
    else {
      expect(content.toString()).toMatch(
        /^dataelement,period,orgunit,catoptcombo,attroptcombo,value,storedby,lastupdated,comment,flwup\n/,
      );
      expect(content.toString()).toContain('\nKIA-K1-NUM,202410,1012406,HllvX50cXC0,,51,,,,\n');
    }
    await service.database.query('TRUNCATE dhis2_element');
    expect((await get(`values?district=19.06&from=2024-01&to=2024-12&format=dhis2-${as}`)).status).toBe(422);
  });
});

describe('villages', () => {
  const [NORTH, SOUTH, EAST] = [randomUUID(), randomUUID(), randomUUID()];
  const villageHeader = 'Periode;Kode puskesmas;Kode desa;Desa;Kode indikator;Pembilang;Penyebut';
  const rows = (...lines: string[]) => [villageHeader, ...lines].join('\n');
  const north = '2024-10;1012406;1906012001;;KIA-K1;10;100';
  const south = '2024-10;1012406;;desa  SELATAN;KIA-K1;20;200';
  const east = '2024-10;1012406;19.06.01.2003;Desa Timur;KIA-K1;5;60';
  const stored = () =>
    service.database.query(
      `SELECT state, trim_scale(value)::text AS value FROM value WHERE element = 'KIA-K1.num' AND period = '2024-10'`,
    );
  const warned = ({ warnings }: ImportReport) => warnings.map(({ row, message }) => [row, message.id]);

  beforeAll(() =>
    service.database.query(`UPDATE known_unit SET villages = $2 WHERE unit_id = $1`, [
      MANGGAR.unitId,
      JSON.stringify([
        { villageId: NORTH, code: '19.06.01.2001', name: 'Desa Utara' },
        { villageId: SOUTH, code: null, name: 'Desa Selatan' },
        { villageId: EAST, code: '19.06.01.2003', name: 'Desa Timur' },
      ]),
    ]),
  );
  afterAll(() => service.database.query(`UPDATE known_unit SET villages = '[]'`));

  it('make the sum of their puskesmas once all of them reported, and the puskesmas follows it', async () => {
    const first = await save(rows(north, south));
    expect(first).toMatchObject({ rows: 2, added: 4, changed: 4, periods: 1, warningCount: 2 });
    expect(warned(first)[0]).toEqual([
      2,
      'KIA-K1: belum ada data dari Desa Timur; jumlah desa belum dipakai sebagai angka puskesmas.',
    ]);
    expect(await stored()).toEqual([]);

    const rest = await save(rows(east));
    expect(rest).toMatchObject({ added: 4, changed: 4, periods: 1, warningCount: 0 });
    expect(rest.changes.map(({ unitName, part, after }) => [unitName, part, after.value])).toEqual([
      ['Desa Timur, Puskesmas Manggar', 'numerator', '5'],
      ['Puskesmas Manggar', 'numerator', '35'],
      ['Desa Timur, Puskesmas Manggar', 'denominator', '60'],
      ['Puskesmas Manggar', 'denominator', '360'],
    ]);
    expect((await detail('2024-10', 'KIA-K1')).result).toMatchObject({ numerator: '35', denominator: '360' });

    const corrected = await save(rows(east.replace(';5;', ';7;')));
    expect(corrected).toMatchObject({ added: 0, changed: 2, warningCount: 0 });
    expect(await stored()).toEqual([{ state: 'reported', value: '37' }]);
    expect(await save(rows(east.replace(';5;', ';7;')))).toMatchObject({
      changed: 0,
      unchanged: 2,
      periods: 0,
    });
  });

  it('leave alone what the puskesmas said otherwise: both are kept, and a warning says how they differ', async () => {
    await save(`${header}\n2024-10,1012406,KIA-K1,40,360`);
    const report = await save(rows(north, south, east));
    expect(report).toMatchObject({ added: 6, changed: 6, warningCount: 1 });
    expect(warned(report)).toEqual([[2, 'KIA-K1: jumlah desa 35, angka puskesmas 40. Keduanya disimpan.']]);
    expect(await stored()).toEqual([{ state: 'reported', value: '40' }]);
    const zero = await save(rows(east.replace(';5;', ';0;'), '2024-10;1012406;;Jumlah;KIA-K1;30;360'));
    expect(zero).toMatchObject({ changed: 2, warningCount: 0 }); // the total row is the puskesmas, and zero is a figure
    expect(await stored()).toEqual([{ state: 'reported', value: '30' }]);
  });

  it("come in a workbook of the district's own too, by its column of villages", async () => {
    const layout = {
      ...{ districtCode: '19.06', year: 2024, name: 'Desa', expectedRevision: 0, sheet: null, month: null },
      ...{ headerFrom: 1, headerTo: 1, unit: 'A', village: 'B' },
      columns: [
        { column: 'C', header: null, element: 'KIA-K1.num', covers: 'month' as const },
        { column: 'D', header: null, element: 'KIA-K1.den', covers: 'year_to_date' as const },
      ],
    };
    await service.ask('officer', KeepFileLayout, { commandId: randomUUID(), ...layout });
    const sheet = [
      ['Puskesmas', 'Desa', 'K1', 'Sasaran'],
      ['Manggar', 'Desa Utara', 10, 100],
      [null, 'desa selatan', 20, 200],
      [null, '19.06.01.2003', 5, 60],
    ];
    const data = sheet.map((row) => row.map((value) => (value === null ? null : { value })));
    const book = await writeSheets([{ sheet: 'Okt', data }]).toBuffer();
    const asked = { name: 'desa.xlsx', layout: 'Desa', district: '19.06', year: '2024' };
    const report = await post<ImportReport>(book, { ...asked, commandId: randomUUID() });
    expect(report.body).toMatchObject({ rows: 3, added: 8, changed: 8, periods: 1, warningCount: 0 });
    expect((await detail('2024-10', 'KIA-K1')).result).toMatchObject({ numerator: '35', denominator: '360' });
  });

  it('are asked of those alone where the service exists, and an estimate makes an estimated sum', async () => {
    const stated = `${villageHeader};Keadaan pembilang`;
    const report = await save(
      [
        stated,
        `${north};perkiraan`,
        `${south};dilaporkan`,
        `${east.replace(';5;60', ';;')};tidak berlaku`,
      ].join('\n'),
    );
    expect(report.warnings.map(({ message }) => message.en)).toEqual([
      'KIA-K1: no data from Desa Timur; the sum of the villages is not used for the puskesmas yet.', // its target group
    ]);
    expect(await stored()).toEqual([{ state: 'estimated', value: '30' }]);
  });

  it('are refused by the rules of their puskesmas', async () => {
    const { errors } = await refused(
      rows(
        north.replace('1906012001', '1906012009'),
        south.replace('desa  SELATAN', 'Desa Hilir'),
        east.replace('Desa Timur', 'Desa Utara'),
        north,
        north,
      ),
    );
    expect(errors.map(({ row, column, message }) => [row, column, message.en])).toEqual([
      [2, 'Kode desa', expect.stringContaining('19.06.01.2001 Desa Utara')],
      [3, 'Desa', expect.stringContaining('Desa Utara, Desa Selatan, Desa Timur')],
      [4, 'Desa', 'The code 19.06.01.2003 is that of Desa Timur.'],
      [6, 'Kode indikator', 'This row repeats row 5.'],
    ]);
    expect(
      (await post<Refused>(rows(north), { name: 'a.csv', dryRun: 'true' }, 'giziOfManggar')).status,
    ).toBe(422);
    await save(rows(north, south, east));
    await service.database.query('TRUNCATE outbox');
    await service.ask('headOfManggar', SubmitEvaluation, {
      commandId: randomUUID(),
      unitId: MANGGAR.unitId,
      period: '2024-10',
    });
    expect((await refused(rows(north.replace(';10;', ';11;')))).errors).toMatchObject([
      { row: 2, column: 'Periode' },
    ]);
  });

  it('are shown with their status, those without data by name, and beside them the puskesmas', async () => {
    await service.ask('administrator', PublishBundle, {
      commandId: randomUUID(),
      ...bundle,
      year: 2023,
      indicators: [anIndicator('KIA-K1'), anIndicator('KIA-AKI', { smallCountsBelow: 5 })],
    });
    await save(
      rows(
        north.replace('2024-10', '2023-12'),
        south.replace('2024-10', '2023-12').replace(';20;', ';2;'),
        north.replace('2024-10', '2024-01'),
        south.replace('2024-10', '2024-01'),
        north.replace('2024-10', '2023-12').replace('KIA-K1', 'KIA-AKI'),
        '2024-01;1012406;;;KIA-K1;40;360',
      ),
    );
    const january = await service.ask('staffOfManggar', UnitPws, {
      unitId: MANGGAR.unitId,
      period: '2024-01',
      code: null,
    });
    expect(january).toMatchObject({
      definition: { code: 'KIA-K1' },
      runningTarget: '8.33',
      puskesmas: { numerator: '40', denominator: '360', coverage: '11.11' },
      sum: { numerator: '30', denominator: '300' },
      hidden: false,
      indicators: [{ code: 'KIA-K1' }, { code: 'KIA-K4' }, { code: 'GIZ-DS' }, { code: 'IDX' }],
    });
    expect(
      january.villages.map(({ name, coverage, ofLastMonth, arrow, status, reason }) => [
        ...[name, coverage, ofLastMonth, arrow, status, reason],
      ]),
    ).toEqual([
      ['Desa Utara', '10.00', '10.00', 'level', 'baik', null],
      ['Desa Selatan', '10.00', '1.00', 'up', 'baik', null],
      ['Desa Timur', null, null, null, null, 'no_data'],
    ]);
    const deaths = { unitId: MANGGAR.unitId, period: '2023-12', code: 'KIA-AKI' };
    expect(await service.ask('headOfManggar', UnitPws, deaths)).toMatchObject({
      hidden: false,
      sum: { numerator: '10' },
    });
    const hidden = await service.ask('program', UnitPws, deaths);
    expect(hidden).toMatchObject({ hidden: true, sum: { numerator: null }, puskesmas: { numerator: null } });
    expect(new Set(hidden.villages.map(({ numerator, status }) => numerator ?? status))).toEqual(
      new Set([null]),
    );
    await expect(service.ask('headOfGantung', UnitPws, deaths)).rejects.toMatchObject({
      code: expect.any(String),
    });
  });

  it('announce once for each month, also when the puskesmas stays as it is', async () => {
    await save(rows(north));
    await service.database.query('TRUNCATE outbox');
    await save(rows(north.replace(';10;', ';11;')));
    const facts = await service.database.query(
      `SELECT body::jsonb -> 'data' ->> 'changed' AS changed FROM outbox ORDER BY position`,
    );
    expect(facts).toEqual([{ changed: '1' }]);
  });
});
