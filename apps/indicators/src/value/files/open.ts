import { open } from 'node:fs/promises';
import { openCsv } from './csv.ts';
import type { ValuesFile } from './row.ts';
import { beginsAsWorkbook } from './workbook.ts';
import { openXlsx } from './xlsx.ts';

/** The reader for a file, by what it begins with: its name may say anything. @throws Refusal `import.unreadable` */
export async function openFile(path: string): Promise<ValuesFile> {
  const file = await open(path);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  return beginsAsWorkbook(head) ? openXlsx(path) : openCsv(path);
}
