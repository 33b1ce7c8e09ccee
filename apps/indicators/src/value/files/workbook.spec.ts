import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import writeSheets from 'write-excel-file/node';
import { columnLetters, readWorkbook } from './workbook.ts';
import { unzip, zip } from './zip.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lokmin-workbook-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(content: Buffer): Promise<string> {
  const path = join(folder, 'book.xlsx');
  await writeFile(path, content);
  return path;
}
const refusal = async (content: Buffer) =>
  readWorkbook(await saved(content)).then(
    () => 'none',
    (error: Error) => error.message,
  );
const book = (data: Parameters<typeof writeSheets>[0]) => writeSheets(data as never).toBuffer();
const sheetXml = (cells: string) => `<worksheet><sheetData>${cells}</sheetData></worksheet>`;
/** A workbook by hand: what a sheet holds as XML. */
const byHand = (sheet: string, state = '') =>
  zip(
    new Map(
      Object.entries({
        'xl/workbook.xml': `<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="r1"${state}/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/></Relationships>`,
        'xl/worksheets/s.xml': sheet,
      }).map(([name, content]) => [name, Buffer.from(content)]),
    ),
  );

describe('a workbook', () => {
  it('that LibreOffice wrote is read: text, numbers, formulas, dates, failed formulas, merged cells, no hidden sheets', async () => {
    const [form, recap, ...others] = await readWorkbook(fixture('libreoffice.xlsx'));
    expect(others).toEqual([]);
    expect(form).toMatchObject({
      name: 'Isian',
      merged: [{ fromRow: 0, toRow: 0, fromColumn: 0, toColumn: 5 }],
    });
    expect(form!.rows.slice(2)).toEqual([
      ['Kode Puskesmas', 'Periode', 'Kode Indikator', 'Pembilang', 'Penyebut', 'Keterangan'],
      [{ exact: '1012406' }, '2024-10-01', 'KIA-K1', { exact: '51' }, { exact: '693' }, '<sesuai> & lengkap'],
      ['1012406', 'Oktober 2024', 'KIA-K4', '47', '1.234.567', null],
      ['1012406', 'Okt 2024', 'IDX', { exact: '0.3' }, '-', null],
    ]);
    expect(recap).toEqual({ name: 'Rekap', rows: [['Rekap untuk dicetak', '#DIV/0!']], merged: [] });
  });

  it('keeps numbers as its sheet shows them', async () => {
    const cells = ['79.510000000000005', '1E-7', '1.5E+3', '0', '123456789012345']
      .map((value, i) => `<c r="${columnLetters(i)}1"><v>${value}</v></c>`)
      .join('');
    const [sheet] = await readWorkbook(await saved(byHand(sheetXml(`<row r="1">${cells}</row>`))));
    expect(sheet).toMatchObject({ name: 'A & B' });
    expect(sheet!.rows[0]).toEqual(
      ['79.51', '0.0000001', '1500', '0', '123456789012345'].map((exact) => ({ exact })),
    );
  });

  it('may have formatted cells to the end of the sheet, which are not looked at', async () => {
    const [sheet] = await readWorkbook(
      await saved(
        byHand(
          sheetXml(
            '<row r="1"><c r="A1"><v>7</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"></c></row><row r="1048577"/>',
          ),
        ),
      ),
    );
    expect(sheet!.rows).toEqual([[{ exact: '7' }]]);
  });

  it('of 50,000 cells is read in bounded memory', async () => {
    const data = Array.from({ length: 10_000 }, (_, i) => [
      { value: '1012406' },
      { value: '2024-10' },
      { value: `SIN-${i}` },
      { value: i },
      { value: i + 1 },
    ]);
    const path = await saved(await book([{ sheet: 'A', data }]));
    const before = process.memoryUsage().rss;
    const [sheet] = await readWorkbook(path);
    expect([sheet!.rows.length, sheet!.rows[9_999]![3]]).toEqual([10_000, { exact: '9999' }]);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(250);
  });

  it.each([
    [
      'cut off',
      async () => (await book([{ sheet: 'A', data: [[{ value: 1 }]] }])).subarray(0, 900),
      /cut off/,
    ],
    [
      'with a broken content',
      async () => {
        const content = await book([{ sheet: 'A', data: [[{ value: 1 }]] }]);
        content.fill(0, 60, 120);
        return content;
      },
      /content is broken/,
    ],
    [
      'that is another archive',
      () => zip(new Map([['a.xml', Buffer.from('<a/>')]])),
      /not an Excel workbook/,
    ],
    [
      'whose sheet is missing',
      () => {
        const files = unzip(byHand(sheetXml('')), () => true, 1e6);
        files.delete('xl/worksheets/s.xml');
        return zip(files);
      },
      /the sheet A & B is missing/,
    ],
    [
      'with a sheet that is no XML',
      () => byHand('<worksheet><sheetData><row r="1"><c r="A1"'),
      /cannot be read/,
    ],
    [
      'behind a password',
      () =>
        Buffer.concat([
          Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
          Buffer.alloc(1024),
          Buffer.from('EncryptedPackage', 'utf16le'),
        ]),
      /protected by a password/,
    ],
    [
      'with a cell far out, which would take all memory to lay out',
      () => byHand(sheetXml('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
      /cells beyond/,
    ],
    [
      'with a row far down',
      () => byHand(sheetXml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
      /cells beyond/,
    ],
  ])('%s is refused in plain words', async (_what, content, says) => {
    expect(await refusal(await content())).toMatch(says);
  });

  it('of an old Excel is refused with what to do', async () => {
    await expect(readWorkbook(fixture('old.xls'))).rejects.toThrow(/save it as .xlsx/);
  });

  it('that would inflate to more than is bearable is refused before it does', () => {
    const bomb = zip(new Map([['xl/workbook.xml', Buffer.alloc(2_000_000)]]));
    expect(() => unzip(bomb, () => true, 1_000_000)).toThrow(/larger than 0 MB/);
    // One that lies about its size is inflated no further than it says.
    const packed = deflateRawSync(Buffer.alloc(5_000_000));
    const lying = zip(new Map([['a', packed]]));
    lying.writeUInt16LE(8, lying.indexOf('PK\x01\x02', 0, 'latin1') + 10);
    expect(() => unzip(lying, () => true, 1_000_000)).toThrow(/broken/);
  });
});
