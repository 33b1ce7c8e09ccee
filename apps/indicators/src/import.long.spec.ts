import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PublishBundle } from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { anIndicator } from '@lokmin/evaluation/testing';
import { aService, id, type TestService } from '@lokmin/testing';
import { indicators } from './service.ts';

const UNITS = 152;
const INDICATORS = 55;
const MONTHS = 12;
const codes = Array.from({ length: INDICATORS }, (_, i) => `SIN-${String(i).padStart(2, '0')}`);
/** A file four times as large may hold so much more; its 75,000 further rows as objects would take several times this. */
const MORE_MB = 15;

let service: TestService;

/** Synthetic figures: 152 units x 12 months x 55 indicators = 100,320 rows. */
function* rows(units: number): Generator<string> {
  yield 'period,puskesmas_reg_code,indicator_code,numerator,denominator\n';
  for (let unit = 0; unit < units; unit++)
    for (let month = 1; month <= MONTHS; month++)
      for (const [i, code] of codes.entries()) {
        yield `2024-${String(month).padStart(2, '0')},${9_000_000 + unit},${code},${(unit * 7 + month * 3 + i) % 90},${month === 1 ? 1000 + unit : ''}\n`;
      }
}

const upload = async (units: number) =>
  fetch(`${service.address}/imports/values?commandId=${randomUUID()}&name=besar.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${await service.token('administrator')}` },
    body: Readable.toWeb(Readable.from(rows(units))) as ReadableStream,
    duplex: 'half',
  } as RequestInit);

beforeAll(async () => {
  service = await aService(indicators);
  await service.database.query(
    `INSERT INTO known_unit (unit_id, revision, kind, district_code, code, name, time_zone, valid_from)
     SELECT gen_random_uuid(), 1, 'puskesmas', '19.06', (9000000 + n)::text, 'Sintetis ' || n, 'Asia/Jakarta', '2020-01-01'
     FROM generate_series(0, $1 - 1) AS n`,
    [UNITS],
  );
  await service.ask('administrator', PublishBundle, {
    commandId: id(1),
    districtCode: '19.06',
    year: 2024,
    name: 'Sintetis',
    rules: DEFAULT_RULES,
    indicators: codes.map((code) => anIndicator(code, { annualTarget: '90' })),
  });
}, 60_000);
afterAll(() => service?.stop());

/** Most memory that was really held (after a collection) while `work` ran, in MB. */
async function heldDuring(work: () => Promise<void>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let most = 0;
  const watch = setInterval(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    most = Math.max(most, heapUsed + external);
  }, 1000);
  await work();
  clearInterval(watch);
  return most / 1024 / 1024;
}

it('imports 100,000 rows in bounded memory with one fact per unit and period, and nothing the second time', async () => {
  const quarter = await heldDuring(async () => {
    expect(await (await upload(UNITS / 4)).json()).toMatchObject({ unchanged: 0 });
  });
  const whole = await heldDuring(async () => {
    expect(await (await upload(UNITS)).json()).toMatchObject({ rows: UNITS * INDICATORS * MONTHS });
  });
  expect(whole - quarter).toBeLessThan(MORE_MB);
  const [{ facts }] = await service.database.query(
    `SELECT count(*)::int AS facts FROM outbox WHERE subject LIKE '%values.recorded%'`,
  );
  expect(facts).toBe(UNITS * MONTHS);
  expect(await (await upload(UNITS)).json()).toMatchObject({ changed: 0, periods: 0 });
}, 300_000);
