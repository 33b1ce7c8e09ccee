import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ImportDirectory, PublishBundle, Refusal } from '@lokmin/contracts';
import type { System } from '../local/system.ts';
import {
  ADMINISTRATOR,
  bundle,
  DISTRICT,
  othersCsv,
  signingInCsv,
  unitsCsv,
  valuesCsv,
  type Puskesmas,
} from './district.ts';
import type { PassingClock } from './clock.ts';
import { readDatabases } from './counting.ts';
import type { Ledger } from './ledger.ts';
import type { People } from './people.ts';
import { Progress } from './progress.ts';
import { Accomplished, type Place } from './work.ts';

/** People, indicators and values, through the doors that people use. */
export async function loadDistrict(
  system: System,
  people: People,
  ledger: Ledger,
  units: readonly Puskesmas[],
  months: number,
): Promise<void> {
  const administrator = {
    login: ADMINISTRATOR,
    name: 'Administrator uji (sintetis)',
    district: DISTRICT.code,
    'district-name': DISTRICT.name,
    province: DISTRICT.province,
  };
  await system.command(
    'directory',
    [
      'first-administrator',
      ...Object.entries(administrator).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    { LOKMIN_ADMINISTRATOR_PASSWORD: system.secrets.demoPassword },
  );
  const load = (files: { kind: 'units' | 'people'; content: string }[], initialPassword: string | null) =>
    people.command(
      ADMINISTRATOR,
      ImportDirectory,
      { files: files.map((file) => ({ ...file, name: `${file.kind}.csv` })), initialPassword },
      { unit: DISTRICT.code, period: null },
    );
  const first = await load(
    [
      { kind: 'units', content: unitsCsv(units) },
      { kind: 'people', content: signingInCsv(units) },
    ],
    system.secrets.demoPassword,
  );
  const second = await load([{ kind: 'people', content: othersCsv(units) }], null);
  for (const { errors } of [first, second])
    if (errors.length > 0) throw new Error(`The synthetic district has errors: ${JSON.stringify(errors[0])}`);
  await eventually(() =>
    people.command(ADMINISTRATOR, PublishBundle, bundle, { unit: DISTRICT.code, period: null }),
  );
  const values = valuesCsv(units, months);
  const entry = ledger.note({
    commandId: randomUUID(),
    service: 'indicators',
    verb: 'import-values',
    unit: DISTRICT.code,
    period: null,
  });
  await eventually(async () => {
    entry.tries++;
    const response = await fetch(
      `${system.addressOf('indicators')}/imports/values?commandId=${entry.commandId}&name=nilai.csv`,
      {
        method: 'POST',
        headers: {
          'content-type': 'text/csv',
          authorization: `Bearer ${await people.tokenOf(ADMINISTRATOR)}`,
        },
        body: values,
      },
    );
    if (!response.ok)
      throw new Early(`The values could not be imported: ${(await response.text()).slice(0, 300)}`);
    ledger.answered(entry, await response.json());
  });
}

/** Something that was just told to one service has not reached another. */
class Early extends Error {}
const EARLY_MS = 60_000;

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + EARLY_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const early =
        error instanceof Early ||
        (error instanceof Refusal && ['access.forbidden', 'not-found'].includes(error.code));
      if (!early || performance.now() > giveUpAt) throw error;
      await delay(100);
    }
  }
}

/** What the people at work need to know of the loaded district. */
export async function findPlace(system: System, people: People, clock: PassingClock): Promise<Place> {
  return readDatabases(system, async (rows) => {
    const read = async (sql: string) =>
      new Map((await rows('directory', sql)).map((row) => [row['name']!, row['id']!]));
    const unitIds = await read('SELECT code AS name, unit_id AS id FROM unit');
    const personIds = await read('SELECT login AS name, person_id AS id FROM account');
    return {
      people,
      clock,
      accomplished: new Accomplished(),
      progress: new Progress(0),
      unitId: (code) => unitIds.get(code)!,
      personId: (login) => personIds.get(login)!,
    };
  });
}
