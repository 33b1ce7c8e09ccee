import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '@lokmin/contracts';
import { z } from 'zod';
import { stateOf } from '../../dhis2/dhis2.rules.ts';
import { recordsOf, type CsvShape } from './csv.ts';
import type { FileRow, ValuesFile } from './row.ts';

const ROWS_AT_ONCE = 1_000;
const JSON_LIMIT_MB = 16;

const text = z.string().default('');
/** dataValueSets of DHIS2: what stands at the top holds for every value that does not say it itself. */
const dataValueSet = z.object({
  period: text,
  orgUnit: text,
  dataValues: z.array(
    z.object({
      dataElement: z.string(),
      period: z.string().optional(),
      orgUnit: z.string().optional(),
      categoryOptionCombo: text,
      value: z.union([z.string(), z.number().transform(String)]).default(''),
      comment: text,
      deleted: z.boolean().default(false),
    }),
  ),
});
interface Sent {
  readonly dataElement: string;
  readonly period: string;
  readonly orgUnit: string;
  readonly categoryOptionCombo: string;
  readonly value: string;
  readonly comment: string;
  readonly deleted: boolean;
}

/** What DHIS2 calls what the import knows by other names. */
const COLUMNS = {
  puskesmas_reg_code: 'orgUnit',
  period: 'period',
  data_element: 'dataElement',
  numerator: 'value',
  indicator_code: 'dataElement',
};

function rowOf(row: number, it: Sent): FileRow {
  const value = it.value.trim();
  return {
    place: { sheet: null, row },
    cells: {
      puskesmas_reg_code: it.orgUnit,
      period: it.period,
      data_element: it.dataElement.trim(),
      category_option_combo: it.categoryOptionCombo.trim(),
      // DHIS2 writes numbers with a decimal point, so nothing in them is ambiguous; a deleted value is none.
      numerator: it.deleted || value === '' ? '' : /^\d+(\.\d+)?$/.test(value) ? { exact: value } : value,
      numerator_state: stateOf(it.deleted, it.comment),
    },
    columns: COLUMNS,
  };
}

/** JSON as `/api/dataValueSets` gives and takes it; rows are counted in `dataValues`, from 1. @throws Refusal `import.unreadable` */
export async function openDhis2Json(path: string): Promise<ValuesFile> {
  const unreadable = (reason: string) => new Refusal('import.unreadable', { reason });
  if ((await stat(path)).size > JSON_LIMIT_MB * 1024 * 1024)
    throw unreadable(
      `JSON di atas ${JSON_LIMIT_MB} MB; kirim sebagai CSV / JSON above ${JSON_LIMIT_MB} MB; send it as CSV`,
    );
  let content: unknown;
  try {
    content = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(`bukan JSON / not JSON (${(error as Error).message})`);
  }
  const parsed = dataValueSet.safeParse(content);
  if (!parsed.success) {
    const at = parsed.error.issues[0]!.path.join('.') || 'dataValues';
    throw unreadable(`bukan dataValueSets DHIS2, lihat ${at} / not dataValueSets of DHIS2, see ${at}`);
  }
  const { period, orgUnit, dataValues } = parsed.data;
  return {
    format: 'dhis2-json',
    async *rows() {
      for (let i = 0; i < dataValues.length; i += ROWS_AT_ONCE)
        yield dataValues
          .slice(i, i + ROWS_AT_ONCE)
          .map((it, n) =>
            rowOf(i + n + 1, { ...it, period: it.period ?? period, orgUnit: it.orgUnit ?? orgUnit }),
          );
    },
  };
}

/** Whether these are the first columns of dataValueSets in CSV, in one of the spellings in which they are written. */
export const isDhis2Header = (columns: readonly string[]): boolean =>
  columns
    .slice(0, 3)
    .map((name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z]/g, ''),
    )
    .join() === 'dataelement,period,orgunit';

/** CSV by the place of its columns: the names behind the third differ from server to server. */
export function openDhis2Csv(path: string, shape: CsvShape): ValuesFile {
  return {
    format: 'dhis2-csv',
    async *rows() {
      const records = recordsOf(path, shape);
      let header = true;
      let rows: FileRow[] = [];
      try {
        for await (const { record, info } of records) {
          const [dataElement = '', period = '', orgUnit = '', categoryOptionCombo = '', , value = ''] =
            record;
          const [comment = '', , deleted = ''] = record.slice(8);
          if (!header)
            rows.push(
              rowOf(info.lines, {
                dataElement,
                period,
                orgUnit,
                categoryOptionCombo,
                value,
                comment,
                deleted: deleted.trim().toLowerCase() === 'true',
              }),
            );
          header = false;
          if (rows.length >= ROWS_AT_ONCE) {
            yield rows;
            rows = [];
          }
        }
        yield rows;
      } finally {
        records.destroy();
      }
    },
  };
}
