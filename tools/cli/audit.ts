/** The audit trail for operators: `npm run audit -- verify` and `npm run audit -- export`. It reads the databases themselves. */
import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { SERVICES, witnessOf, type ServiceName } from '@lokmin/contracts';
import { silentTriggers, verifyAudit, type Queryable } from '@lokmin/service';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import pg from 'pg';
import { Problem } from './connection.ts';

const checkout = join(import.meta.dirname, '../..');
const say = (text: string) => console.log(text);

/** Connection URLs from LOKMIN_<SERVICE>_DATABASE_URL, else from the data folder of a local system. @throws Problem */
function databaseUrls(env: Record<string, string | undefined>): Record<ServiceName, string> {
  const given = SERVICES.map(
    (service) => [service, env[`LOKMIN_${service.toUpperCase()}_DATABASE_URL`]] as const,
  );
  if (given.every(([, url]) => url)) return Object.fromEntries(given) as Record<ServiceName, string>;
  const home = resolve(env['INIT_CWD'] ?? '.', env['LOKMIN_HOME'] || join(checkout, '.lokmin'));
  const read = (name: string): unknown => {
    const file = join(home, name);
    if (!existsSync(file))
      throw new Problem(
        `There is no running system in ${home} (${name} is missing).\n` +
          'Start it with `npm start`, name its data folder in LOKMIN_HOME, or set LOKMIN_<SERVICE>_DATABASE_URL of every service.',
        3,
      );
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  const { databases } = read('secrets.json') as { databases: Record<ServiceName, string> };
  const { superuserUrl } = read(join('run', 'addresses.json')) as { superuserUrl: string };
  return Object.fromEntries(
    SERVICES.map((service) => {
      const url = new URL(superuserUrl);
      url.username = url.pathname = service;
      url.password = databases[service];
      return [service, url.href];
    }),
  ) as Record<ServiceName, string>;
}

/** Nothing here may change what it looks at: the connections are read-only. */
async function withDatabases(
  services: readonly ServiceName[],
  work: (databases: ReadonlyMap<ServiceName, Queryable>) => Promise<void>,
): Promise<void> {
  const urls = databaseUrls(process.env);
  const clients = new Map<ServiceName, pg.Client>();
  try {
    for (const service of services) {
      const client = new pg.Client({
        connectionString: urls[service],
        application_name: 'audit',
        options: '-c default_transaction_read_only=on',
        connectionTimeoutMillis: 5_000,
      });
      client.on('error', () => {}); // whoever asks next is told
      try {
        await client.connect();
      } catch (error) {
        throw new Problem(`The database of ${service} does not answer: ${(error as Error).message}`, 3);
      }
      clients.set(service, client);
    }
    await work(
      new Map(
        [...clients].map(([service, client]) => [
          service,
          { query: async (sql, parameters) => (await client.query(sql, parameters)).rows },
        ]),
      ),
    );
  } finally {
    for (const client of clients.values()) await client.end().catch(() => {});
  }
}

const chosen = (services: readonly ServiceName[]): readonly ServiceName[] =>
  services.length > 0 ? services : SERVICES;

async function verify(given: readonly ServiceName[]): Promise<void> {
  const services = chosen(given);
  const needed = [...new Set(services.flatMap((service) => [service, witnessOf(service)]))];
  let wrong = 0;
  await withDatabases(needed, async (databases) => {
    for (const service of services) {
      const database = databases.get(service)!;
      const { entries, seals, unsealed, unwitnessed, finding } = await verifyAudit(
        service,
        database,
        databases.get(witnessOf(service))!,
      );
      const silent = await silentTriggers(database);
      if (finding) {
        const number = finding.number === null ? '' : ` (first entry that does not fit: ${finding.number})`;
        say(`${service}: NOT AS IT WAS SEALED: ${finding.what}${number}; ${entries} entries before it fit`);
      } else {
        say(
          `${service}: ${entries} entries in ${seals} seals fit; ${unsealed} not sealed yet, ${unwitnessed} seals not yet kept by ${witnessOf(service)}`,
        );
      }
      for (const trigger of silent) say(`${service}: NOT NOTING CHANGES: ${trigger}`);
      if (finding || silent.length > 0) wrong += 1;
    }
  });
  if (wrong > 0)
    throw new Problem(`The audit trail of ${wrong} of ${services.length} services does not fit.`, 1);
}

const COLUMNS = `entry.number::text, to_char(at AT TIME ZONE coalesce(time_zone, 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS.MS') AS local_time,
  coalesce(time_zone, 'UTC') AS time_zone, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, actor,
  entry.person_id, person.name AS person_name, session_id, role, operation, command_id, fact_id, correlation_id, record_kind,
  record_id, part, part_key, change, district_code, unit_id, before, after,
  (SELECT seal FROM audit_seal WHERE until_number >= entry.number ORDER BY until_number LIMIT 1) AS seal`;

/** One cell: quoted where it must be, and never taken for a formula by a spreadsheet. */
function cell(value: unknown): string {
  const text =
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

interface ExportOptions {
  readonly format: 'csv' | 'jsonl';
  readonly from?: string;
  readonly until?: string;
}

async function exportEntries(
  given: readonly ServiceName[],
  { format, from, until }: ExportOptions,
): Promise<void> {
  const write = async (text: string) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  const services = chosen(given);
  await withDatabases(services, async (databases) => {
    let headed = false;
    for (const service of services) {
      let after = '0';
      for (;;) {
        const rows = (await databases.get(service)!.query(
          `SELECT ${COLUMNS} FROM audit_entry AS entry LEFT JOIN known_person AS person ON person.person_id = entry.person_id
           WHERE entry.number > $1 AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::timestamptz IS NULL OR at < $3)
           ORDER BY entry.number LIMIT 1000`,
          [after, from ?? null, until ?? null],
        )) as ({ number: string } & Record<string, unknown>)[];
        if (rows.length === 0) break;
        if (format === 'csv' && !headed)
          await write(`\uFEFF${['service', ...Object.keys(rows[0]!)].join(';')}\r\n`);
        headed = true;
        for (const row of rows)
          await write(
            format === 'csv'
              ? `${[service, ...Object.values(row)].map(cell).join(';')}\r\n`
              : `${JSON.stringify({ service, ...row })}\n`,
          );
        after = rows.at(-1)!.number;
      }
    }
  });
}

const instant = (text: string): string => {
  if (Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('an instant such as 2025-01-31T00:00:00+07:00');
  return new Date(text).toISOString();
};
const someServices = () => new Argument('[services...]', 'which services; none named: all').choices(SERVICES);

const program = new Command('audit')
  .description('The audit trail: who changed what, when.')
  .showHelpAfterError('(add --help for what it takes)')
  .addHelpText(
    'after',
    `
It reads the databases of a local system by its data folder (LOKMIN_HOME, else .lokmin in the checkout), of any other one
by LOKMIN_<SERVICE>_DATABASE_URL of every service.

Exit codes: 0 everything fits; 1 something does not; 2 used wrongly; 3 a database does not answer.`,
  );
program
  .command('verify')
  .description('walks the chain of seals and says where it first does not fit')
  .addArgument(someServices())
  .action(verify);
program
  .command('export')
  .description('writes every entry to the output, in order, service by service')
  .addArgument(someServices())
  .addOption(
    new Option('--format <format>', 'csv (semicolons, byte order mark) or JSON lines')
      .choices(['csv', 'jsonl'])
      .default('csv'),
  )
  .option('--from <instant>', 'not before this instant', instant)
  .option('--until <instant>', 'before this instant', instant)
  .action(exportEntries);
program.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
for (const command of program.commands)
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
