/**
 * The demonstration district: Kabupaten Belitung Timur with its real results of 2024. Everything goes through the doors
 * that people use, so loading it again changes nothing.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  DistrictActions,
  DistrictIndicators,
  FindUnit,
  ImportDirectory,
  PublishBundle,
  SubmitEvaluation,
} from '@lokmin/contracts';
import { connectBus, type Bus, type Log } from '@lokmin/messaging';
import { parse } from 'csv-parse/sync';
import { bundle2024, publishedRows, resultsFile } from './catalogue.ts';
import { ask, eventually, importFile, passingOver, Retry, signIn, type PersonRow } from './doors.ts';
import { playYear, reachedBy, type Year } from './year.ts';
import { villageResults } from './villages.ts';

const folder = join(import.meta.dirname, 'belitung-timur');
const DISTRICT = '19.06';
const PERIOD = '2024-12';
/** Login of the first administrator. */
export const ADMINISTRATOR = 'admin';

/** What loading needs of a running system (`tools/local/system.ts`). */
export interface DemonstrationTarget {
  readonly natsUrl: string;
  readonly secrets: { readonly demoPassword: string; readonly nats: Readonly<Record<'cli', string>> };
  command(service: 'directory', parameters: string[], environment?: Record<string, string>): Promise<void>;
  addressOf(name: 'indicators'): string;
}

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** @throws Error or Refusal naming the step that failed; what was done stays and is passed over the next time */
export async function loadDemonstration(
  system: DemonstrationTarget,
  report: (line: string) => void = () => {},
  year?: Year,
): Promise<void> {
  const bus = await connectBus({
    url: system.natsUrl,
    user: 'cli',
    password: system.secrets.nats.cli,
    log: quiet,
  });
  try {
    report('Making the first administrator');
    await makeFirstAdministrator(system, {
      code: DISTRICT,
      name: 'Kabupaten Belitung Timur',
      province: 'Kepulauan Bangka Belitung',
    });
    const password = system.secrets.demoPassword;
    const signInAdministrator = () => signIn(bus, ADMINISTRATOR, password);
    let administrator = await signInAdministrator();

    report('Loading units, coaching groups, villages and people');
    const people = await importDirectory(bus, administrator, password);
    report('Publishing the indicators of 2024');
    await publishBundle(bus, administrator);
    if (year) {
      const place = {
        bus,
        administrator: signInAdministrator,
        importAddress: system.addressOf('indicators'),
        password,
      };
      await playYear(place, people, report, year);
      await year.moveTo?.('2025-01-05T09:00:00+07:00');
      administrator = await signInAdministrator();
    }
    report('Importing the results of 2024');
    await importFile(
      system.addressOf('indicators'),
      administrator,
      basename(resultsFile),
      readFileSync(resultsFile),
    );

    report('Importing the synthetic figures of the villages');
    const december = villageResults(publishedRows(), 12, reachedBy);
    await importFile(
      system.addressOf('indicators'),
      administrator,
      'contoh-sintetis-desa-2024-12.csv',
      december,
    );

    report('Submitting the evaluations');
    const heads = people.filter((person) => person.role === 'kepala_puskesmas');
    for (const head of heads) await submit(bus, await signIn(bus, head.login, password), head.unit_code);
    report('Waiting for the proposed actions');
    await proposalsStand(bus, administrator);
  } finally {
    await bus.close();
  }
}

/** The directory refuses a second first administrator, which is as good. */
export async function makeFirstAdministrator(
  system: Pick<DemonstrationTarget, 'secrets' | 'command'>,
  district: { code: string; name: string; province: string },
): Promise<void> {
  const options = {
    login: ADMINISTRATOR,
    name: 'Administrator',
    district: district.code,
    'district-name': district.name,
    province: district.province,
    'time-zone': 'Asia/Jakarta',
  };
  const parameters = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const password = { LOKMIN_ADMINISTRATOR_PASSWORD: system.secrets.demoPassword };
  try {
    await system.command('directory', ['first-administrator', ...parameters], password);
  } catch (error) {
    if (!/has an administrator already/.test(String(error))) throw error;
  }
}

async function importDirectory(bus: Bus, token: string, initialPassword: string): Promise<PersonRow[]> {
  const kinds = ['units', 'coaching-groups', 'villages', 'people'] as const;
  const files = kinds.map((kind) => ({
    kind,
    name: `${kind}.csv`,
    content: readFileSync(join(folder, `${kind}.csv`), 'utf8'),
  }));
  const reply = await ask(bus, token, ImportDirectory, { commandId: randomUUID(), files, initialPassword });
  if (reply.errors.length > 0)
    throw new Error(`The demonstration files have errors: ${JSON.stringify(reply.errors)}`);
  return parse(files.at(-1)!.content, { columns: true }) as PersonRow[];
}

async function publishBundle(bus: Bus, token: string): Promise<void> {
  await eventually(() =>
    passingOver(
      'bundle.published',
      ask(bus, token, PublishBundle, { commandId: randomUUID(), ...bundle2024() }),
    ),
  );
}

async function submit(bus: Bus, token: string, unitCode: string): Promise<void> {
  const unitId = await unitIdOf(bus, token, unitCode);
  await eventually(() =>
    passingOver(
      'evaluation.submitted',
      ask(bus, token, SubmitEvaluation, { commandId: randomUUID(), unitId, period: PERIOD }),
    ),
  );
}

async function unitIdOf(bus: Bus, token: string, code: string): Promise<string> {
  const { unit } = await ask(bus, token, FindUnit, { unitId: null, code });
  if (!unit) throw new Error(`The directory does not know the puskesmas ${code}`);
  return unit.unitId;
}

/** Every red indicator of every evaluation has its proposal. */
async function proposalsStand(bus: Bus, token: string): Promise<void> {
  await eventually(async () => {
    const { units } = await ask(bus, token, DistrictIndicators, { districtCode: DISTRICT, period: PERIOD });
    const actions = await ask(bus, token, DistrictActions, { districtCode: DISTRICT });
    const red = units.reduce((sum, unit) => sum + unit.tally.kurang, 0);
    const followed = actions.units.reduce((sum, unit) => sum + unit.proposed + unit.open + unit.completed, 0);
    if (followed < red) throw new Retry(`${followed} of ${red} proposals stand`);
  });
}
