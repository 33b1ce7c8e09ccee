/** One-shot in docker-compose.yml: makes the databases that are missing and brings each up to date. Safe to repeat. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@lokmin/contracts';
import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';
import { makeDatabases } from '../local/databases.ts';
import { passwordsOf } from './passwords.ts';

const checkout = join(import.meta.dirname, '../..');
const { LOKMIN_POSTGRES_PASSWORD, LOKMIN_POSTGRES_ADDRESS } = parseEnvironment(
  z.object({ LOKMIN_POSTGRES_PASSWORD: z.string().min(1), LOKMIN_POSTGRES_ADDRESS: z.string().min(1) }),
  process.env,
);
const passwords = passwordsOf(SERVICES, 'DATABASE');
const url = (user: string, password: string, database: string) =>
  `postgres://${user}:${encodeURIComponent(password)}@${LOKMIN_POSTGRES_ADDRESS}/${database}`;

const program = (service: ServiceName) => join(checkout, 'apps', service, 'dist', 'main.js');

async function migrate(service: ServiceName): Promise<boolean> {
  const child = spawn(process.execPath, ['--enable-source-maps', program(service), 'migrate'], {
    env: {
      ...process.env,
      LOKMIN_DATABASE_URL: url(service, passwords[service], service),
      // Asked of every process; a migration does not connect to NATS.
      LOKMIN_NATS_URL: 'nats://nats:4222',
      LOKMIN_NATS_USER: service,
      LOKMIN_NATS_PASSWORD: 'unused',
    },
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('exit', done);
  });
  console.log(code === 0 ? `${service}: up to date` : `${service}: the migration failed`);
  return code === 0;
}

await makeDatabases(url('postgres', LOKMIN_POSTGRES_PASSWORD, 'postgres'), passwords);
const done = await Promise.all(SERVICES.filter((service) => existsSync(program(service))).map(migrate));
process.exitCode = done.every(Boolean) ? 0 : 1;
