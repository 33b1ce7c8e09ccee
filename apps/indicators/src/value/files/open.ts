import { open } from 'node:fs/promises';
import { openCsv, recordsOf, shapeOf } from './csv.ts';
import { isDhis2Header, openDhis2Csv, openDhis2Json } from './dhis2.ts';
import { CsvError } from 'csv-parse';
import type { ValuesFile } from './row.ts';
import { beginsAsWorkbook } from './workbook.ts';
import { openXlsx } from './xlsx.ts';

/** The reader for a file, by what it begins with: its name may say anything. @throws Refusal `import.unreadable` */
export async function openFile(path: string): Promise<ValuesFile> {
  const head = await headOf(path);
  if (beginsAsWorkbook(head)) return openXlsx(path);
  if (/^(\uFEFF)?\s*[{[]/.test(head.toString())) return openDhis2Json(path);
  const shape = await shapeOf(path);
  const records = recordsOf(path, shape);
  try {
    for await (const { record } of records) {
      if (isDhis2Header(record)) return openDhis2Csv(path, shape);
      break;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error; // what is wrong is said when it is read
  } finally {
    records.destroy();
  }
  return openCsv(path, shape);
}

/** What a file begins with. */
export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
