/**
 * A synthetic district as large as the largest of Indonesia: 101 puskesmas, 40 of the indicators of the demonstration's
 * bundle, values for every month of 2023 and 2024. It is loaded through the doors that people use. No such district
 * exists.
 */
import { randomUUID } from 'node:crypto';
import { ImportDirectory, ListUnits, PublishBundle, SubmitEvaluation } from '@lokmin/contracts';
import { connectBus, type Bus, type Log } from '@lokmin/messaging';
import { bundle2024 } from '../demo/catalogue.ts';
import { ask, eventually, importFile, passingOver, signIn } from '../demo/doors.ts';
import { ADMINISTRATOR, makeFirstAdministrator } from '../demo/load.ts';
import type { System } from '../local/system.ts';

export const DISTRICT = {
  code: '99.02',
  name: 'Kabupaten Contoh (sintetis)',
  province: 'Provinsi Contoh (sintetis)',
};
const PUSKESMAS = 101;
const KECAMATAN = 25;
const PEOPLE_AT_ONCE = 20;
const INDICATORS = 40;
const YEARS = [2023, 2024];
const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
/** Months whose values are there; the last one is submitted and shown, the others wait to be submitted. */
export const PERIODS = YEARS.flatMap((year) => MONTHS.map((month) => `${year}-${month}`));
export const SHOWN_PERIOD = PERIODS.at(-1)!;

export interface BenchUnit {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  /** Access token of its head. */
  readonly head: string;
}
export interface BenchDistrict {
  readonly bus: Bus;
  /** Access token of the district officer. */
  readonly officer: string;
  readonly units: readonly BenchUnit[];
  readonly indicators: number;
}

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Of every unit and post. */
const VALID_FROM = `${YEARS[0]}-01-01`;
const numbers = Array.from({ length: PUSKESMAS }, (_, i) => i + 1);
const codeOf = (n: number) => `9902${String(n).padStart(3, '0')}`;
const nameOf = (n: number) => `Puskesmas Contoh ${n} (sintetis)`;
const lines = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\n') + '\n';

/** Loads the district into an empty system and submits every puskesmas' evaluation of the last month. */
export async function loadDistrict(system: System, report: (line: string) => void): Promise<BenchDistrict> {
  const bus = await connectBus({
    url: system.natsUrl,
    user: 'cli',
    password: system.secrets.nats.cli,
    log: quiet,
  });
  const password = system.secrets.demoPassword;
  report(`Loading the synthetic district ${DISTRICT.code}: units and people`);
  await makeFirstAdministrator(system, DISTRICT);
  const administrator = await signIn(bus, ADMINISTRATOR, password);
  await importDirectory(bus, administrator, password);

  const indicators = bundle2024().indicators.slice(0, INDICATORS);
  for (const year of YEARS) {
    report(`Publishing the indicators of ${year}`);
    const bundle = { ...bundle2024(), year, indicators, districtCode: DISTRICT.code };
    await eventually(() =>
      passingOver(
        'bundle.published',
        ask(bus, administrator, PublishBundle, {
          commandId: randomUUID(),
          ...bundle,
          name: `Paket indikator sintetis ${year}`,
        }),
      ),
    );
    const csv = resultsOf(indicators, year);
    report(`Importing ${csv.rows.toLocaleString('en')} rows of results`);
    await importFile(system.addressOf('indicators'), administrator, `results-${year}.csv`, csv.content);
  }

  report('Signing in the heads and submitting their evaluations');
  const officer = await signIn(bus, 'dinas', password);
  const { items } = await ask(bus, administrator, ListUnits, { districtCode: DISTRICT.code, first: 200 });
  const puskesmas = items.filter(({ kind }) => kind === 'puskesmas');
  const units: BenchUnit[] = [];
  for (const { unitId, code, name } of puskesmas)
    units.push({ unitId, code, name, head: await signIn(bus, `kapus.${code}`, password) });
  await eventually(async () => submitAll(bus, units, SHOWN_PERIOD));
  return { bus, officer, units, indicators: indicators.length };
}

async function importDirectory(bus: Bus, administrator: string, password: string): Promise<void> {
  const { code: district, name, province } = DISTRICT;
  const units = [
    ['district_code', 'district_name', 'province', 'time_zone', 'kind', 'code', 'name'].concat(
      'kecamatan_code',
      'kecamatan_name',
      'valid_from',
    ),
    [
      district,
      name,
      province,
      'WIB',
      'district_office',
      district,
      'Dinas Kesehatan Contoh',
      '',
      '',
      VALID_FROM,
    ],
    ...numbers.map((n) => {
      const kecamatan = String((n % KECAMATAN) + 1).padStart(2, '0');
      const place = [`${district}.${kecamatan}`, `Kecamatan Contoh ${kecamatan}`];
      return [district, name, province, 'WIB', 'puskesmas', codeOf(n), nameOf(n), ...place, VALID_FROM];
    }),
  ];
  const header = 'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to'.split(',');
  const person = (login: string, title: string, unit: string, role: string, program = '') => [
    login,
    title,
    '',
    '',
    unit,
    role,
    program,
    title,
    VALID_FROM,
    '',
  ];
  const signingIn = [
    person('dinas', 'Petugas Dinas Contoh', district, 'petugas_dinas'),
    ...numbers.map((n) => person(`kapus.${codeOf(n)}`, `Kepala ${nameOf(n)}`, codeOf(n), 'kepala_puskesmas')),
  ];
  // They are told of what happens and own actions, but never sign in: hashing their passwords would only take time.
  const others = numbers.flatMap((n) => [
    person(`ktu.${codeOf(n)}`, `Kepala Tata Usaha ${nameOf(n)}`, codeOf(n), 'ktu'),
    person(`kia.${codeOf(n)}`, `Pemegang Program KIA ${nameOf(n)}`, codeOf(n), 'pemegang_program', 'KIA'),
    person(`gizi.${codeOf(n)}`, `Pemegang Program Gizi ${nameOf(n)}`, codeOf(n), 'pemegang_program', 'Gizi'),
  ]);
  const load = async (
    files: [kind: 'units' | 'people', content: string][],
    initialPassword: string | null,
  ) => {
    const reply = await ask(bus, administrator, ImportDirectory, {
      commandId: randomUUID(),
      files: files.map(([kind, content]) => ({ kind, name: `${kind}.csv`, content })),
      initialPassword,
    });
    if (reply.errors.length > 0) throw new Error(`The files have errors: ${JSON.stringify(reply.errors[0])}`);
  };
  await load([['units', lines(...units)]], null);
  // A password is slow to hash on purpose, and a request has an end: so many people at a time.
  for (let i = 0; i < signingIn.length; i += PEOPLE_AT_ONCE)
    await load([['people', lines(header, ...signingIn.slice(i, i + PEOPLE_AT_ONCE))]], password);
  await load([['people', lines(header, ...others)]], null);
}

/** Values that grow through the year, a little different in each puskesmas, about a third of them judged kurang. */
function resultsOf(indicators: ReturnType<typeof bundle2024>['indicators'], year: number) {
  const rows = numbers.flatMap((n) =>
    indicators.flatMap(({ code, denominatorElement }, i) =>
      MONTHS.map((month, passed) => {
        const denominator = 200 + ((n * 37 + i * 11) % 400);
        const share = 0.55 + ((n * 7 + i * 13) % 50) / 100;
        const numerator = Math.floor((Math.min(share, 1) * denominator * (passed + 1)) / MONTHS.length);
        const below = denominatorElement === null ? '' : String(denominator);
        return [`${year}-${month}`, 'year_to_date', codeOf(n), code, String(numerator), below];
      }),
    ),
  );
  const header = ['period', 'covers', 'puskesmas_reg_code', 'indicator_code', 'numerator', 'denominator'];
  return { content: lines(header, ...rows), rows: rows.length };
}

/** Submits the evaluation of every unit, eight at a time; one that is submitted already is passed over. */
async function submitAll(bus: Bus, units: readonly BenchUnit[], period: string): Promise<void> {
  await inParallel(8, units, (unit) => passingOver('evaluation.submitted', submit(bus, unit, period)));
}

/** The head of a unit submits its evaluation. */
export const submit = (bus: Bus, unit: BenchUnit, period: string) =>
  ask(bus, unit.head, SubmitEvaluation, { commandId: randomUUID(), unitId: unit.unitId, period });

/** Does work for every item, so many at a time. */
export async function inParallel<T>(
  width: number,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
