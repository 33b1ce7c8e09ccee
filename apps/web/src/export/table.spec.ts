import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { exact, writeCsv, writeXlsx, type Table } from './table.ts';

const table: Table = {
  name: 'KIA-K1-2024-12',
  about: [
    ['Indikator', 'K1 (KIA-K1)'],
    ['Keadaan per', '22 November 2026 08.00 WIB'],
  ],
  head: ['Kode', 'Puskesmas', 'Pembilang', 'Cakupan', 'Penilaian'],
  rows: [
    [null, 'Kabupaten', exact('1731'), exact('76.80'), 'kurang'],
    ['1012406', 'Puskesmas "Manggar"; kota', exact(0), exact('-0.50'), 'baik'],
    ['0012404', '=HYPERLINK("http://x")', null, 'belum ada data', 'tanpa data'],
    ['1012401', '-1+1', exact('12345678901234567890.12'), exact('0.1'), null],
  ],
  definitions: [['Cakupan', 'Pembilang ÷ penyebut × pengali']],
};

describe('a table as CSV', () => {
  it('has a byte order mark, semicolons and decimal commas; a zero is a zero and what is missing is empty', () => {
    expect(writeCsv(table)).toBe(
      '\uFEFFKode;Puskesmas;Pembilang;Cakupan;Penilaian\r\n' +
        ';Kabupaten;1731;76,80;kurang\r\n' +
        '1012406;"Puskesmas ""Manggar""; kota";0;-0,50;baik\r\n' +
        `0012404;"'=HYPERLINK(""http://x"")";;belum ada data;tanpa data\r\n` +
        "1012401;'-1+1;12345678901234567890,12;0,1;\r\n",
    );
  });
});

describe('a table as a workbook', () => {
  const read = async (sheet: string | number) =>
    readSheet(Buffer.from(await (await writeXlsx(table, 'Definisi')).arrayBuffer()), sheet);

  it('has what it is about, and every figure exactly: as a number where one holds it, else as text', async () => {
    expect(await read(1)).toEqual([
      ['Indikator', 'K1 (KIA-K1)', null, null, null],
      ['Keadaan per', '22 November 2026 08.00 WIB', null, null, null],
      [null, null, null, null, null],
      ['Kode', 'Puskesmas', 'Pembilang', 'Cakupan', 'Penilaian'],
      [null, 'Kabupaten', 1731, 76.8, 'kurang'],
      ['1012406', 'Puskesmas "Manggar"; kota', 0, -0.5, 'baik'],
      ['0012404', '=HYPERLINK("http://x")', null, 'belum ada data', 'tanpa data'],
      ['1012401', '-1+1', '12345678901234567890.12', 0.1, null],
    ]);
  });

  it('has the meaning of its words on a sheet of its own', async () => {
    expect(await read('Definisi')).toEqual([['Cakupan', 'Pembilang ÷ penyebut × pengali']]);
  });

  it('is written by what only an export fetches', () => {
    const source = readFileSync(join(import.meta.dirname, 'table.ts'), 'utf8');
    expect(source).not.toMatch(/^import .*write-excel-file/m);
  });
});
