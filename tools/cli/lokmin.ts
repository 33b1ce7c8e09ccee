/** The command line for operators: `npm run lokmin -- <command>`. */
import { spawn } from 'node:child_process';
import { existsSync, openAsBlob, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import {
  decimal,
  FindUnit,
  ImportDirectory,
  importErrors,
  importReport,
  OPERATING,
  PublishBundle,
  Refusal,
  refusal,
  SERVICES,
  type AskReply,
  type ServiceName,
  type Text,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { ServiceUnavailable } from '@lokmin/messaging';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { definitionOf } from '@lokmin/evaluation/catalogue';
import { exportPuskesmas } from './export.ts';
import { findPlace, Problem, signedIn, type Session } from './connection.ts';

const checkout = join(import.meta.dirname, '../..');
/** The rows travel in one message, which the bus keeps below 512 KB. */
const ROWS_LIMIT_KB = 480;
const WARNINGS_SHOWN = 20;

const say = (line: string) => console.log(line);
/** `1 row`, `2 rows`. */
const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;
const bilingual = ({ id, en }: Text) => `${id} / ${en}`;
const place = (row: number, column: string | null, sheet: string | null = null) =>
  `${sheet === null ? '' : `sheet ${sheet}, `}row ${row}${column ? `, column ${column}` : ''}`;

/** Paths are meant from where the person stands, which npm tells. */
const pathOf = (file: string) => resolve(process.env['INIT_CWD'] ?? '.', file);

async function read<T>(file: string, how: (path: string) => T | Promise<T>): Promise<T> {
  try {
    return await how(pathOf(file));
  } catch (error) {
    if (!existsSync(pathOf(file))) throw new Problem(`There is no file ${pathOf(file)}.`);
    throw new Problem(`${file} cannot be read: ${(error as Error).message}`);
  }
}
const readText = (file: string) => read(file, (path) => readFileSync(path, 'utf8'));

async function importRows(
  kind: 'units' | 'coaching-groups' | 'villages' | 'people',
  file: string,
): Promise<void> {
  const name = basename(file);
  const content = await readText(file);
  if (Buffer.byteLength(JSON.stringify(content)) > ROWS_LIMIT_KB * 1024)
    throw new Problem(`${name} is larger than ${ROWS_LIMIT_KB} KB: split it and import the parts in order.`);
  const initialPassword = kind === 'people' ? process.env['LOKMIN_INITIAL_PASSWORD'] || null : null;
  await signedIn(process.env, async ({ ask }) => {
    const report = await ask(ImportDirectory, {
      commandId: uuidv7(),
      files: [{ kind, name, content }],
      initialPassword,
    });
    for (const { row, column, message } of report.errors)
      say(`${name}, ${place(row, column)}: ${bilingual(message)}`);
    if (report.errors.length > 0)
      throw new Problem('Nothing was saved. Mend the rows named and import again.');
    say(`${name}: ${report.created} created, ${report.changed} changed, ${report.unchanged} unchanged`);
  });
}

const upload = z.union([importReport, z.object({ refusal, errors: importErrors.default([]) })]);

async function importValues(file: string, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const name = basename(file);
  const body = await read(file, (path) => openAsBlob(path));
  await signedIn(process.env, async ({ token }, { valuesUrl }) => {
    if (!valuesUrl) throw new Problem('Name the address of the system in LOKMIN_ADDRESS.', 2);
    if (!URL.canParse(valuesUrl)) throw new Problem(`There is no such address as ${valuesUrl}.`, 2);
    const url = new URL(valuesUrl);
    if (dryRun) url.searchParams.set('dryRun', 'true');
    else url.searchParams.set('commandId', uuidv7());
    url.searchParams.set('name', name);
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${await token()}`, 'content-type': 'text/csv' },
        body,
      });
    } catch (error) {
      throw new Problem(`${url.origin} does not answer: ${String((error as Error).cause ?? error)}`, 3);
    }
    const parsed = upload.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw new Problem(`${url.origin}${url.pathname} answered ${response.status}.`, 3);
    const answer = parsed.data;
    if ('refusal' in answer) {
      for (const { sheet, row, column, value, message } of answer.errors)
        say(
          `${name}, ${place(row, column, sheet)}${value === null ? '' : ` ("${value}")`}: ${bilingual(message)}`,
        );
      throw new Problem(bilingual(answer.refusal.message));
    }
    for (const { sheet, row, column, message } of answer.warnings.slice(0, WARNINGS_SHOWN))
      say(`${name}, ${place(row, column, sheet)}: warning: ${bilingual(message)}`);
    if (answer.warningCount > WARNINGS_SHOWN)
      say(`... and ${counted(answer.warningCount - WARNINGS_SHOWN, 'more warning')}`);
    const { rows, added, changed, unchanged, periods, earlier } = answer;
    if (earlier)
      say(
        `${name}: the very same file was imported ${earlier.at} as ${earlier.file}${earlier.by ? ` by ${earlier.by}` : ''}`,
      );
    say(
      `${name}: ${counted(rows, 'row')}, ${counted(changed, 'value')} ${dryRun ? 'would change' : 'changed'} (${added} new) in ${counted(periods, 'unit-period')}, ${unchanged} unchanged`,
    );
  });
}

const catalogue = z.object({
  indicators: z
    .array(
      z.object({
        code: z.string(),
        name_id: z.string(),
        name_en: z.string(),
        program: z.string(),
        cluster: z.string(),
        numerator: z.string(),
        denominator: z.string(),
        unit: z.string(),
        direction: z.enum(['higher', 'lower', 'info']),
        annual_target_percent: z.number().nullable(),
        accumulation: z.enum(['cumulative', 'monthly', 'snapshot']),
        source: z.string(),
        multiplier: z.number().nullable(),
        set: z.string().optional(),
        entry_period: z.enum(['monthly', 'quarterly', 'semester', 'annual']).optional(),
        active_months: z.array(z.int().min(1).max(12)).optional(),
        small_counts_below: z.int().min(2).max(100).optional(),
      }),
    )
    .min(1),
});

interface CatalogueOptions {
  district: string;
  year: number;
  name?: string;
  only?: string;
  kurangAtMost: string;
  baikFrom: string;
  lowerIsBetter: 'ratio' | 'linear';
}

async function importCatalogue(file: string, options: CatalogueOptions): Promise<void> {
  const fileName = basename(file);
  const content = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new Problem(`${fileName} is not JSON: ${(error as Error).message}`);
  }
  const parsed = catalogue.safeParse(json);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) say(`${fileName}, ${path.join('.')}: ${message}`);
    throw new Problem(`${fileName} is no catalogue of indicators.`);
  }
  const only = options.only?.split(',').map((code) => code.trim());
  const { indicators } = parsed.data;
  const unknown = only?.filter((code) => !indicators.some((indicator) => indicator.code === code)) ?? [];
  if (unknown.length > 0) throw new Problem(`${fileName} has no indicator ${unknown.join(', ')}.`);
  const chosen = only ? indicators.filter(({ code }) => only.includes(code)) : indicators;
  await signedIn(process.env, async ({ ask }) => {
    await ask(PublishBundle, {
      commandId: uuidv7(),
      districtCode: options.district.replace(/^(\d{2})(\d{2})$/, '$1.$2'),
      year: options.year,
      name: options.name ?? `Paket indikator ${options.year}`,
      rules: {
        bands: { kurangAtMost: options.kurangAtMost, baikFrom: options.baikFrom },
        lowerIsBetter: options.lowerIsBetter,
      },
      indicators: chosen.map(definitionOf),
    });
    say(
      `${fileName}: ${counted(chosen.length, 'indicator')} published for ${options.district}, ${options.year}`,
    );
  });
}

async function exportUnit(code: string, { to }: { to: string }): Promise<void> {
  await signedIn(process.env, async ({ token, ask }, { address }) => {
    if (!address || !URL.canParse(address))
      throw new Problem('Name the address of the system in LOKMIN_ADDRESS.', 2);
    const { unit } = await ask(FindUnit, { unitId: null, code });
    if (!unit) throw new Problem(`There is no puskesmas ${code}, or it is not for you to see.`);
    const files = await exportPuskesmas({ address, token }, unit, pathOf(to), say);
    say(`${unit.name}: ${counted(files, 'file')} in ${to}`);
  });
}

type DeadLetters = AskReply<(typeof OPERATING)[ServiceName]['ListDeadLetters']>;

/** Every dead letter of a service, newest first. */
async function* deadLetters({ ask }: Session, service: ServiceName) {
  let after: string | null = null;
  do {
    const page: DeadLetters = await ask(OPERATING[service].ListDeadLetters, { first: 200, after });
    yield* page.items;
    after = page.next;
  } while (after);
}

async function listDeadLetters(service: ServiceName): Promise<void> {
  await signedIn(process.env, async (session) => {
    let count = 0;
    for await (const letter of deadLetters(session, service)) {
      count++;
      const replayed = letter.replayedAt ? `, replayed ${letter.replayedAt}` : '';
      say(
        `${letter.id}  ${letter.at}  ${letter.durable}  ${letter.subject}  fact ${letter.factId ?? 'unreadable'}`,
      );
      say(`    after ${counted(letter.attempts, 'attempt')}: ${letter.reason}${replayed}`);
    }
    say(`${service}: ${counted(count, 'dead letter')}`);
  });
}

async function replayDeadLetters(service: ServiceName, id: string | undefined): Promise<void> {
  await signedIn(process.env, async (session) => {
    const ids = id ? [id] : [];
    if (!id) {
      for await (const letter of deadLetters(session, service))
        if (!letter.replayedAt) ids.unshift(letter.id); // oldest first
    }
    let failed = 0;
    for (const each of ids) {
      const { succeeded } = await session.ask(OPERATING[service].ReplayDeadLetter, {
        commandId: uuidv7(),
        id: each,
      });
      say(`${each}: ${succeeded ? 'done' : 'failed again; see the log of the service'}`);
      if (!succeeded) failed++;
    }
    if (failed > 0) throw new Problem(`${failed} of ${counted(ids.length, 'dead letter')} failed again.`);
    say(`${service}: ${counted(ids.length, 'dead letter')} replayed`);
  });
}

async function refill(service: ServiceName): Promise<void> {
  await signedIn(process.env, async ({ ask }) => {
    const { facts } = await ask(OPERATING[service].Refill, {});
    say(`${service}: ${counted(facts, 'fact')} published again`);
  });
}

async function health(): Promise<void> {
  await signedIn(process.env, async ({ ask }) => {
    const states = await Promise.all(
      SERVICES.map(async (service) => {
        try {
          return { service, ...(await ask(OPERATING[service].Health, {})) };
        } catch (error) {
          if (!(error instanceof ServiceUnavailable)) throw error;
          return { service, ready: false, missing: ['no answer'], unpublished: null, deadLetters: null };
        }
      }),
    );
    const columns = (cells: unknown[]) =>
      say(cells.map((cell, i) => String(cell ?? '-').padEnd([15, 7, 13, 14, 0][i]!)).join(''));
    columns(['service', 'ready', 'unpublished', 'dead letters', 'missing']);
    for (const { service, ready, unpublished, deadLetters, missing } of states)
      columns([service, ready ? 'yes' : 'NO', unpublished, deadLetters, missing.join(', ')]);
    const down = states.filter(({ ready }) => !ready);
    if (down.length > 0) throw new Problem(`Not ready: ${down.map(({ service }) => service).join(', ')}`);
  });
}

/** Runs a command of the directory's own program, in the directory's own database. */
async function directoryCommand(command: string, args: string[]): Promise<void> {
  const { directory } = findPlace(process.env);
  if (!directory)
    throw new Problem(
      `This works on the directory's own database: set LOKMIN_DIRECTORY_DATABASE_URL and LOKMIN_DIRECTORY_NATS_PASSWORD, ` +
        `or run it where the directory runs: node main.js ${command} ...`,
      2,
    );
  // In the image everything is built; in a checkout it runs from source.
  const built = import.meta.filename.endsWith('.js');
  const main = built
    ? [join(checkout, 'apps/directory/dist/main.js')]
    : [
        '--import',
        join(checkout, 'tools/local/typescript.mjs'),
        join(checkout, 'apps/directory/src/main.ts'),
      ];
  const child = spawn(process.execPath, [...main, command, ...args], {
    env: { ...process.env, ...directory, LOKMIN_LOG_LEVEL: 'fatal' },
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  if (code !== 0) throw new Problem('', code ?? 1);
}

const positiveYear = (text: string): number => {
  const year = Number(text);
  if (!Number.isInteger(year) || year < 2000 || year > 2100)
    throw new InvalidArgumentError('a year such as 2025');
  return year;
};
const decimalText = (text: string): string => {
  if (!decimal.safeParse(text).success) throw new InvalidArgumentError('a number with a point, such as 80');
  return text;
};
const aService = () => new Argument('<service>', 'which service').choices(SERVICES);
/** Passes the options of the person on as they are. */
const forwarded = (options: Record<string, string>): string[] =>
  Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);

const program = new Command('lokmin')
  .description('Operates a Lokmin system.')
  .showHelpAfterError('(add --help for what it takes)')
  .addHelpText(
    'after',
    `
It finds a local system by its data folder (LOKMIN_HOME, else .lokmin in the checkout), any other one by
LOKMIN_NATS_URL, LOKMIN_NATS_PASSWORD (of the NATS user cli) and LOKMIN_ADDRESS (of the gateway, for values).
It signs in with LOKMIN_LOGIN and LOKMIN_PASSWORD, or asks for them; LOKMIN_CODE is a code of a second factor.

Exit codes: 0 done; 1 refused, or something failed; 2 used wrongly; 3 the system does not answer.`,
  );

program
  .command('first-administrator')
  .description('makes the first administrator of a district, and the district where it is new')
  .requiredOption('--login <login>', 'what the person signs in with')
  .requiredOption('--name <name>', 'the name of the person, with titles')
  .requiredOption('--district <code>', 'Kemendagri code, such as 19.06')
  .option('--district-name <name>', 'for a new district, such as "Kabupaten Belitung Timur"')
  .option('--province <name>', 'for a new district')
  .option('--time-zone <zone>', 'Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)')
  .option('--email <address>', 'e-mail address of the person')
  .addHelpText(
    'after',
    '\nThe password comes from LOKMIN_ADMINISTRATOR_PASSWORD, else one is made and shown once.',
  )
  .action((options: Record<string, string>) => directoryCommand('first-administrator', forwarded(options)));
program
  .command('set-password')
  .description('sets a password and ends the sessions of the person')
  .requiredOption('--login <login>', 'whose password')
  .addHelpText('after', '\nThe password comes from LOKMIN_NEW_PASSWORD, else one is made and shown once.')
  .action((options: Record<string, string>) => directoryCommand('set-password', forwarded(options)));
program
  .command('remove-second-factor')
  .description('takes the second factor off somebody who lost it, and ends the sessions of the person')
  .requiredOption('--login <login>', 'whose second factor')
  .action((options: Record<string, string>) => directoryCommand('remove-second-factor', forwarded(options)));
program
  .command('rotate-key')
  .description('announces a new key for access tokens, which signs ten minutes later')
  .action(() => directoryCommand('rotate-key', []));

const imports = program
  .command('import')
  .description('imports a file; all or nothing, and the same file again changes nothing');
imports
  .command('units <csv>')
  .description('districts, district offices and puskesmas')
  .addHelpText(
    'after',
    '\nColumns: district_code,district_name,province,time_zone,kind,code,name,kecamatan_code,kecamatan_name,valid_from\nand, where known: id_bps,id_old_code,id_bpjs,id_satusehat,id_dhis2',
  )
  .action((file: string) => importRows('units', file));
imports
  .command('coaching-groups <csv>')
  .description('coaching groups (TPCB); one row for each puskesmas of a group')
  .addHelpText('after', '\nColumns: district_code,code,name,unit_code')
  .action((file: string) => importRows('coaching-groups', file));
imports
  .command('villages <csv>')
  .description('villages of the puskesmas')
  .addHelpText('after', '\nColumns: unit_code,name,synthetic')
  .action((file: string) => importRows('villages', file));
imports
  .command('people <csv>')
  .description('people, their accounts and posts; one row a post')
  .addHelpText(
    'after',
    '\nColumns: login,name,email,phone,unit_code,role,program,title,valid_from,valid_to\nand, for members of coaching teams (tpcb): coaching_group\nNew people cannot sign in before `set-password`, unless LOKMIN_INITIAL_PASSWORD gives them all one.',
  )
  .action((file: string) => importRows('people', file));
imports
  .command('values <csv>')
  .description('values of indicators')
  .addHelpText(
    'after',
    '\nColumns: puskesmas_reg_code,indicator_code,numerator,denominator and either period (2024-12) or year (2024)\nand, where known: covers (month or year_to_date), published_value. An empty cell is not reported, 0 is none.',
  )
  .option('--dry-run', 'says what would change, and changes nothing')
  .action(importValues);
imports
  .command('catalogue <json>')
  .description(
    "publishes a catalogue as a district's bundle of indicators of one year, which cannot be changed afterwards",
  )
  .addHelpText(
    'after',
    '\nThe file: {"indicators": [{code, name_id, name_en, program, cluster, numerator, denominator, unit, direction,\nannual_target_percent, accumulation, source, multiplier}]} and, where known, set, entry_period, active_months and small_counts_below in each.',
  )
  .requiredOption('--district <code>', 'Kemendagri code, such as 19.06')
  .requiredOption('--year <year>', 'year of the bundle', positiveYear)
  .option('--name <name>', 'name of the bundle (default: "Paket indikator <year>")')
  .option('--only <codes>', 'only these indicators, by code, separated by commas')
  .option(
    '--kurang-at-most <percent>',
    'performance up to which it is kurang',
    decimalText,
    DEFAULT_RULES.bands.kurangAtMost,
  )
  .option(
    '--baik-from <percent>',
    'performance from which it is baik',
    decimalText,
    DEFAULT_RULES.bands.baikFrom,
  )
  .addOption(
    new Option('--lower-is-better <rule>', 'performance where less is better')
      .choices(['ratio', 'linear'])
      .default(DEFAULT_RULES.lowerIsBetter),
  )
  .action(importCatalogue);

program
  .command('export <puskesmas>')
  .description('writes everything of a puskesmas, by its registration number, into a new folder')
  .requiredOption('--to <folder>', 'a folder that is not there yet')
  .addHelpText(
    'after',
    '\nJSON in the names of the GraphQL schema, minutes and evidence as they are, the audit trail as CSV,\nand index.json with the SHA-256 of each file. For administrators and auditors of the district.',
  )
  .action(exportUnit);

const letters = program.command('dead-letters').description('facts that a reaction could not take');
letters
  .command('list')
  .description('lists them, newest first')
  .addArgument(aService())
  .action(listDeadLetters);
letters
  .command('replay')
  .description('reacts to one again, or to all that were not replayed yet')
  .addArgument(aService())
  .argument('[id]', 'number of the dead letter')
  .action(replayDeadLetters);
program
  .command('refill')
  .description('publishes every fact that the service still keeps again; readers know what they have seen')
  .addArgument(aService())
  .action(refill);
program.command('health').description('state of every service').action(health);

program.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));
for (const command of [...program.commands, ...imports.commands, ...letters.commands])
  command.exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Problem) {
    if (error.message) console.error(error.message);
    process.exitCode = error.exitCode;
  } else if (error instanceof Refusal) {
    console.error(bilingual(error.toData().message));
    process.exitCode = 1;
  } else if (error instanceof ServiceUnavailable) {
    console.error(`${error.message}. Is it running? See its log.`);
    process.exitCode = 3;
  } else throw error;
}
