/**
 * Import of values: a CSV file of 1,212,000 values against PostgreSQL's own COPY of the same values into a table with the same
 * indexes and checks, the memory that it takes, a workbook of 50,000 cells; the summary of a district beside a hundred others;
 * and the verification of a whole district. The figures are synthetic.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { DistrictIndicators, PublishBundle, VerifyEvaluations } from '@lokmin/contracts';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import readSheets from 'read-excel-file/node';
import writeSheets from 'write-excel-file/node';
import { bundle2024 } from '../demo/catalogue.ts';
import { ask, signIn } from '../demo/doors.ts';
import { ADMINISTRATOR } from '../demo/load.ts';
import type { System } from '../local/system.ts';
import { DISTRICT, inParallel, PERIODS, submit, type BenchDistrict, type BenchUnit } from './district.ts';
import { median, quantile, show, type Outcome } from './figures.ts';

/** Of the large file; years of their own for the workbook and the small file, so that all go into empty months, as COPY does. */
const YEARS = [2018, 2019, 2020, 2021, 2022];
const WORKBOOK_YEAR = 2016;
const SMALL_YEAR = 2017;
const CODES = Array.from({ length: 100 }, (_, i) => `SIN-${String(i).padStart(3, '0')}`);
const MOST_OF_COPY = 3;
const WATCH_MS = 200;
const CELLS = 50_000;
const CELLS_SECONDS = 10;
/** A file five times as large may take so much more. */
const FLAT_MB = 64;
const ASKED = 40;
/** Puskesmas of other districts, beside the 101. */
const OTHERS = 9_999;
const MOST_OF_ALONE = 1.3;
const LAST_PERIOD = `${YEARS.at(-1)}-12`;
/** Neither shown by the overview nor sampled for its latency. */
const VERIFIED_PERIOD = PERIODS[5]!;
const SINGLY = 10;

interface Row {
  readonly period: string;
  readonly unit: BenchUnit;
  readonly code: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** Two values each: every month of the years, every puskesmas, every indicator. */
function* rowsOf(units: readonly BenchUnit[], years: readonly number[]): Generator<Row> {
  let n = 0;
  for (const year of years)
    for (const unit of units)
      for (let month = 1; month <= 12; month++)
        for (const code of CODES) {
          const period = `${year}-${String(month).padStart(2, '0')}`;
          yield { period, unit, code, numerator: n % 90, denominator: 100 + (n % 37) };
          n += 1;
        }
}

function csvOf(units: readonly BenchUnit[], years: readonly number[]): Buffer {
  const lines = ['period,puskesmas_reg_code,indicator_code,numerator,denominator'];
  for (const { period, unit, code, numerator, denominator } of rowsOf(units, years))
    lines.push(`${period},${unit.code},${code},${numerator},${denominator}`);
  return Buffer.from(lines.join('\n'));
}

interface Imported {
  readonly seconds: number;
  readonly mostMb: number;
  readonly moreMb: number;
}

export async function measureImport(
  system: System,
  { bus, units }: BenchDistrict,
  report: (line: string) => void,
): Promise<Outcome> {
  const password = system.secrets.demoPassword;
  const administrator = await signIn(bus, ADMINISTRATOR, password);
  const officer = await signIn(bus, 'dinas', password);
  const [model] = bundle2024().indicators;
  for (const year of [WORKBOOK_YEAR, SMALL_YEAR, ...YEARS])
    await ask(bus, administrator, PublishBundle, {
      ...bundle2024(),
      commandId: randomUUID(),
      districtCode: DISTRICT.code,
      year,
      name: `Paket sintetis ${year}`,
      indicators: CODES.map((code) => ({
        ...model!,
        code,
        accumulation: 'monthly' as const,
        activeMonths: null,
        numeratorElement: `${code}.num`,
        denominatorElement: `${code}.den`,
      })),
    });
  const upload = async (content: Buffer, name: string) =>
    send(
      system,
      await signIn(bus, ADMINISTRATOR, password),
      content,
      name,
      system.processes.pid('indicators')!,
    );

  report('Verifying a whole district');
  const submitted: { evaluationId: string; expectedRevision: number }[] = [];
  await inParallel(4, units, async (unit) => {
    const { evaluation } = await submit(bus, unit, VERIFIED_PERIOD);
    submitted.push({ evaluationId: evaluation.evaluationId, expectedRevision: evaluation.revision });
  });
  const verify = (evaluations: typeof submitted) =>
    secondsOf(() => ask(bus, officer, VerifyEvaluations, { commandId: randomUUID(), evaluations }));
  const singly: number[] = [];
  for (const one of submitted.slice(0, SINGLY)) singly.push(1000 * (await verify([one])));
  const rest = submitted.slice(SINGLY);
  const together = 1000 * (await verify(rest));

  report('A workbook of 50,000 cells');
  const sheet = [['period', 'puskesmas_reg_code', 'indicator_code', 'numerator', 'denominator']].map((row) =>
    row.map((value) => ({ value })),
  ) as { value: string | number }[][];
  for (const { period, unit, code, numerator, denominator } of rowsOf(units, [WORKBOOK_YEAR])) {
    if (sheet.length === CELLS / 5) break;
    sheet.push([period, unit.code, code, numerator, denominator].map((value) => ({ value })));
  }
  const book = await writeSheets([{ sheet: 'Nilai', data: sheet }]).toBuffer();
  const bookPath = join(system.home, 'bench.xlsx');
  writeFileSync(bookPath, book);
  const read = await secondsOf(() => readSheets(bookPath));
  rmSync(bookPath);
  const workbook = await upload(book, 'nilai.xlsx');

  const client = new pg.Client({ connectionString: system.databaseUrl('indicators') });
  await client.connect();
  try {
    report('Importing a fifth of the values');
    const fifth = await upload(csvOf(units, [SMALL_YEAR]), 'seperlima.csv');
    const content = csvOf(units, YEARS);
    const values = units.length * CODES.length * 12 * YEARS.length * 2;
    report(`Importing ${values.toLocaleString('en')} values`);
    const whole = await upload(content, 'semua.csv');
    report('Copying the same values');
    const copy = await copySeconds(client, units, '');
    const audited = await copySeconds(
      client,
      units,
      `CREATE TRIGGER audit_insert AFTER INSERT ON copied_value REFERENCING NEW TABLE AS new_rows
       FOR EACH STATEMENT EXECUTE FUNCTION audit_of_value()`,
    );

    report('The summary of the district, alone and among others');
    const reader = await signIn(bus, 'dinas', password); // an import may outlast a session
    const summary = async (period: string) => {
      const took: number[] = [];
      for (let i = 0; i < ASKED; i++)
        took.push(
          1000 *
            (await secondsOf(() =>
              ask(bus, reader, DistrictIndicators, { districtCode: DISTRICT.code, period }),
            )),
        );
      return took;
    };
    await summary(LAST_PERIOD); // the first ones find nothing in memory
    const alone = await summary(LAST_PERIOD);
    report(`Putting ${OTHERS.toLocaleString('en')} puskesmas of others beside it`);
    await addOthers(client);
    await summary(LAST_PERIOD);
    const among = await summary(LAST_PERIOD);
    await removeOthers(client);

    const ratio = whole.seconds / copy;
    const row = (what: string, seconds: number, memory?: Imported) => [
      what,
      show(seconds),
      show(seconds / copy),
      memory ? show(memory.mostMb) : '-',
      memory ? show(memory.moreMb) : '-',
    ];
    const slower = median(among) / median(alone);
    const all = values.toLocaleString('en');
    return {
      tables: [
        {
          title: 'Import of values',
          about: `One file straight to the indicators service, from the first byte sent to the report: read, checked row by row against units, indicators and the caller's posts, compared with what is there, written with its audit trail, every rollup concerned recomputed, facts announced. COPY writes the same values into a table with the same indexes and checks, and nothing else; with the audit trail it also writes what the import has to write of each value beside it. Resident memory of the service, looked at every ${WATCH_MS} ms.`,
          columns: ['What', 'Seconds', 'Of COPY', 'Most MB', 'More than before, MB'],
          rows: [
            row(`COPY of ${all} values`, copy),
            row('COPY with the audit trail', audited),
            row(`CSV of ${all} values`, whole.seconds, whole),
            row('CSV of a fifth of them', fifth.seconds, fifth),
            row(`workbook of ${CELLS.toLocaleString('en')} cells`, workbook.seconds, workbook),
            row('reading that workbook, the library alone', read),
          ],
        },
        {
          title: 'Summary of a district, milliseconds',
          about: `The indicators service asked ${ASKED} times, one after the other, with ${units.length} puskesmas, ${CODES.length} indicators and ${YEARS.length * 12} months in its tables, and with ${OTHERS.toLocaleString('en')} puskesmas of other districts beside them, with as many months.`,
          columns: ['Puskesmas in the tables', 'p50', 'p95'],
          rows: [
            [String(units.length), show(median(alone)), show(quantile(alone, 0.95))],
            [(units.length + OTHERS).toLocaleString('en'), show(median(among)), show(quantile(among, 0.95))],
          ],
        },
        {
          title: 'Verification, milliseconds',
          about: 'One command for one puskesmas, and one command for all others of the district.',
          columns: ['What', 'Milliseconds', 'For each puskesmas'],
          rows: [
            [`one puskesmas, median of ${SINGLY}`, show(median(singly)), show(median(singly))],
            [`${rest.length} puskesmas at once`, show(together), show(together / rest.length)],
          ],
        },
      ],
      aims: [
        {
          aim: `import of ${all} values: at most ${MOST_OF_COPY} x COPY`,
          measured: `${show(ratio)}; of COPY with the audit trail ${show(whole.seconds / audited)}`,
          holds: ratio <= MOST_OF_COPY,
        },
        {
          aim: `memory of the import flat: at most ${FLAT_MB} MB more for five times the file`,
          measured: `${show(whole.mostMb - fifth.mostMb)} MB`,
          holds: whole.mostMb - fifth.mostMb <= FLAT_MB,
        },
        {
          aim: `workbook of ${CELLS.toLocaleString('en')} cells: under ${CELLS_SECONDS} s`,
          measured: `${show(workbook.seconds)} s, ${show(workbook.seconds / read)} x reading it`,
          holds: workbook.seconds < CELLS_SECONDS,
        },
        {
          aim: `summary of a district among ${(units.length + OTHERS).toLocaleString('en')} puskesmas: at most ${MOST_OF_ALONE} x alone`,
          measured: show(slower),
          holds: slower <= MOST_OF_ALONE,
        },
      ],
      figures: {
        import: { values, copy, audited, whole, fifth, workbook, read, alone, among, singly, together },
      },
    };
  } finally {
    await client.end();
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Sends a file to the import's door. @throws Error with what the import said, when it refuses */
async function send(
  system: System,
  token: string,
  content: Buffer,
  name: string,
  pid: number,
): Promise<Imported> {
  const resting = residentMb(pid);
  let mostMb = resting;
  let running = true;
  const watching = (async () => {
    while (running) {
      mostMb = Math.max(mostMb, residentMb(pid));
      await delay(WATCH_MS);
    }
  })();
  try {
    const seconds = await secondsOf(async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // Not fetch, which gives up on an answer that takes five minutes.
      const asking = request(
        `${system.addressOf('indicators')}/imports/values?commandId=${randomUUID()}&name=${name}`,
        { method: 'POST', headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` } },
        (answer) => {
          text(answer).then((said) => {
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`The import failed: ${said.slice(0, 500)}`));
          }, reject);
        },
      );
      asking.once('error', reject).end(content);
      await promise;
    });
    return { seconds, mostMb, moreMb: mostMb - resting };
  } finally {
    running = false;
    await watching;
  }
}

/** COPY of all values into a table like that of the values. @param prepare what else the table has */
async function copySeconds(client: pg.Client, units: readonly BenchUnit[], prepare: string): Promise<number> {
  await client.query('CREATE TABLE copied_value (LIKE value INCLUDING ALL)');
  if (prepare !== '') await client.query(prepare);
  const at = new Date().toISOString();
  const person = randomUUID();
  const lines = function* () {
    let some = '';
    for (const { period, unit, code, numerator, denominator } of rowsOf(units, YEARS)) {
      some += `${unit.unitId}\t${period}\t${code}.num\tmonth\treported\t${numerator}\t\\N\t${person}\t${at}\n${unit.unitId}\t${period}\t${code}.den\tmonth\treported\t${denominator}\t\\N\t${person}\t${at}\n`;
      if (some.length < 256 * 1024) continue;
      yield some;
      some = '';
    }
    yield some;
  };
  const made = [...lines()];
  try {
    return await secondsOf(() =>
      pipeline(
        Readable.from(made),
        client.query(
          copyFrom(
            'COPY copied_value (unit_id, period, element, covers, state, value, published_value, entered_by, entered_at) FROM STDIN',
          ),
        ),
      ),
    );
  } finally {
    await client.query('DROP TABLE copied_value');
  }
}

/** Other districts, with a rollup for each month; only the last one with its results, as the others are never read here. */
async function addOthers(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO known_unit (unit_id, revision, kind, district_code, code, name, time_zone, valid_from)
     SELECT gen_random_uuid(), 1, 'puskesmas', 'X' || (n / 101), 'X' || n, 'Sintetis ' || n, 'Asia/Jakarta', '2018-01-01'
     FROM generate_series(0, $1 - 1) AS n`,
    [OTHERS],
  );
  await client.query(
    `WITH own AS MATERIALIZED (
       SELECT * FROM rollup WHERE unit_id = (SELECT unit_id FROM rollup WHERE district_code = $1 LIMIT 1) AND period BETWEEN $2 AND $3
     )
     INSERT INTO rollup (unit_id, period, district_code, bundle_id, revision, tally, warnings, worst, results, computed_at)
     SELECT other.unit_id, period, other.district_code, bundle_id, 1, tally, warnings,
       CASE WHEN period = $3 THEN worst ELSE '[]' END, CASE WHEN period = $3 THEN results ELSE '{}' END, computed_at
     FROM own CROSS JOIN known_unit AS other WHERE other.code LIKE 'X%'`,
    [DISTRICT.code, `${YEARS[0]!}-01`, LAST_PERIOD],
  );
  await client.query('VACUUM ANALYZE rollup, known_unit');
}

async function removeOthers(client: pg.Client): Promise<void> {
  await client.query(`DELETE FROM rollup WHERE district_code LIKE 'X%'`);
  await client.query(`DELETE FROM known_unit WHERE code LIKE 'X%'`);
  await client.query('VACUUM ANALYZE rollup, known_unit');
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
