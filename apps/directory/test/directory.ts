import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDirectory, SignIn, type AskReply, type AskType, type OpenedSession } from '@lokmin/contracts';
import { askService, connectBus, natsServerConfiguration, provision } from '@lokmin/messaging';
import { createLog, migrate, serviceConfig, startService, type RunningService } from '@lokmin/service';
import { aDatabase, aNats, silent } from '@lokmin/testing';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { makeFirstAdministrator } from '../src/commands.ts';
import { directory } from '../src/service.ts';

export const PASSWORD = 'kata-sandi-uji-19';
const HEADER = 'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to';
const UNITS = `district_code,district_name,province,time_zone,kind,code,name,kecamatan_code,kecamatan_name,valid_from
19.06,Kabupaten Belitung Timur,Kepulauan Bangka Belitung,WIB,district_office,1906,Dinas Kesehatan,,,2020-01-01
19.06,Kabupaten Belitung Timur,Kepulauan Bangka Belitung,WIB,puskesmas,1012406,Puskesmas Manggar,19.06.01,Manggar,2020-01-01
19.06,Kabupaten Belitung Timur,Kepulauan Bangka Belitung,WIB,puskesmas,1012404,Puskesmas Gantung,19.06.02,Gantung,2020-01-01
`;
/** `login,unit,role[,programme]`, one post each; a login that comes twice holds both. */
export type Hired = readonly [login: string, unit: string, role: string, program?: string];

export interface TestDirectory {
  readonly running: RunningService;
  readonly database: DataSource;
  /** Another process of the same service, over the same database. */
  replica(): Promise<RunningService>;
  /** A request as the gateway sends it. */
  ask<A extends AskType>(ask: A, input: z.input<A['input']>, token?: string): Promise<AskReply<A>>;
  /** A sign-in of one step. */
  signIn(login: string, password?: string): Promise<OpenedSession>;
  as<A extends AskType>(login: string, ask: A, input: z.input<A['input']>): Promise<AskReply<A>>;
  /** Gives people posts from 2024 on; who is new gets `PASSWORD`, or none. */
  hire(people: readonly Hired[], initialPassword?: string | null): Promise<void>;
  personOf(login: string): Promise<string>;
  /** Lets the test clock go on. */
  pass(minutes: number): void;
  now(): Date;
  stop(): Promise<void>;
}

/**
 * The directory with a database and a bus of its own, the district 19.06 with two puskesmas, and the administrator
 * `admin`. Stop it in `afterAll`.
 */
export async function aDirectory(environment: Record<string, string> = {}): Promise<TestDirectory> {
  const folder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
  let now = new Date('2026-11-21T03:00:00Z');
  const pass = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
    writeFileSync(join(folder, 'now'), now.toISOString());
  };
  pass(0);
  const variables: Record<string, string> = {
    LOKMIN_TEST_CLOCK_FILE: join(folder, 'now'),
    LOKMIN_ADMINISTRATOR_PASSWORD: PASSWORD,
    LOKMIN_DIRECTORY_KEY: 'k'.repeat(40),
    ...environment,
  };
  Object.assign(process.env, variables);
  const created = await aDatabase();
  const nats = await aNats((place) => natsServerConfiguration(place as never));
  const connect = (user: 'provisioner' | 'gateway') =>
    connectBus({ url: nats.url, user, password: nats.passwords[user], log: silent });
  const provisioner = await connect('provisioner');
  await provision(provisioner);
  const config = serviceConfig({
    NODE_ENV: 'test',
    LOKMIN_NATS_URL: nats.url,
    LOKMIN_NATS_USER: 'directory',
    LOKMIN_NATS_PASSWORD: nats.passwords.directory,
    LOKMIN_DATABASE_URL: created.url,
    LOKMIN_HTTP_PORT: '0',
    LOKMIN_LOG_LEVEL: process.env['LOKMIN_LOG_LEVEL'] ?? 'silent',
  });
  const log = createLog('directory', config.LOKMIN_LOG_LEVEL);
  await migrate(directory, config, log);
  const running = await startService(directory, config, log);
  const replicas: RunningService[] = [];
  const database = running.app.get(DataSource);
  const gateway = await connect('gateway');

  const ask: TestDirectory['ask'] = (to, input, token) =>
    askService(gateway, to, input, { token, deadlineMs: 10_000 });
  const signIn: TestDirectory['signIn'] = async (login, password = PASSWORD) => {
    const reply = await ask(SignIn, { login, password });
    if ('challenge' in reply) throw new Error(`${login} signs in with a second factor`);
    return reply;
  };
  const hire: TestDirectory['hire'] = async (people, initialPassword = PASSWORD) => {
    const rows = people.map(
      ([login, unit, role, program = '']) =>
        `${login},${login} (sintetis),,,${unit},${role},${program},${role} ${unit},2024-01-01,`,
    );
    const { errors } = await ask(
      ImportDirectory,
      {
        commandId: randomUUID(),
        files: [
          { kind: 'units', name: 'units.csv', content: UNITS },
          { kind: 'people', name: 'people.csv', content: [HEADER, ...rows].join('\n') },
        ],
        initialPassword,
      },
      (await signIn('admin')).accessToken,
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
  };
  await makeFirstAdministrator(
    running.app,
    ['--login', 'admin', '--name', 'Administrator', '--district', '1906'].concat([
      '--district-name',
      'Kabupaten Belitung Timur',
      '--province',
      'Kepulauan Bangka Belitung',
    ]),
  );
  return {
    running,
    database,
    replica: async () => {
      const other = await startService(directory, config, log);
      replicas.push(other);
      return other;
    },
    ask,
    signIn,
    as: async (login, to, input) => ask(to, input, (await signIn(login)).accessToken),
    hire,
    personOf: async (login) =>
      (await database.query('SELECT person_id AS id FROM account WHERE login = $1', [login]))[0].id as string,
    pass,
    now: () => now,
    stop: async () => {
      for (const name of Object.keys(variables)) delete process.env[name];
      for (const each of [...replicas, running]) await each.stop();
      await gateway.close();
      await provisioner.close();
      await nats.stop();
      await created.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
