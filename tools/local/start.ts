/** `npm start`: the whole system with the demonstration district, until Ctrl-C. */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isPortFree } from '@lokmin/engines';
import { loadDemonstration } from '../demo/load.ts';
import { NoFolder } from './folder.ts';
import { SYNTHETIC_MONTHS } from '../demo/year.ts';
import { AlreadyRunning, demonstrationMarker, firstFreePort, startSystem, type System } from './system.ts';

const checkout = join(import.meta.dirname, '../..');
const FIRST_PORT = 4000;
const LAST_PORT = 65_535;
const HEARTBEAT_MS = 10_000;
/** What the directory asks of every password. */
const SHORTEST_PASSWORD = 12;

const home = resolve(process.env['INIT_CWD'] ?? '.', process.env['LOKMIN_HOME'] || join(checkout, '.lokmin'));
const began = performance.now();
const seconds = () => `[${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s]`;
let last = '';
const heartbeat = setInterval(() => console.log(`${seconds()}   still at it: ${last}`), HEARTBEAT_MS);
const report = (line: string) => {
  last = line;
  heartbeat.refresh();
  console.log(`${seconds()} ${line}`);
};

const ended = new AbortController();
let system: System | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // A terminal, npm and a supervisor may each send one: the first one counts.
  process.on(signal, () => {
    if (ended.signal.aborted) return;
    ended.abort(new Error(`stopped by ${signal}`));
    console.log(`\n${seconds()} Stopping (${signal}) ...`);
    if (system) void system.stop().then(() => goodbye());
  });
}

function goodbye(): never {
  console.log(`${seconds()} Stopped. The data stays in ${home}.`);
  process.exit(0);
}

try {
  console.log(`Lokmin, data folder ${home}`);
  const port = readWhole('LOKMIN_PORT', 1, LAST_PORT);
  const mailboxPort = readWhole('LOKMIN_MAILBOX_PORT', 1, LAST_PORT);
  if (port !== undefined && port === mailboxPort)
    throw new Error(`LOKMIN_PORT and LOKMIN_MAILBOX_PORT are both ${port}, and should differ`);
  const demoMonths = readWhole('LOKMIN_DEMO_MONTHS', 0, SYNTHETIC_MONTHS);
  const wantedPassword = process.env['LOKMIN_DEMO_PASSWORD'] || undefined;
  if (wantedPassword && wantedPassword.length < SHORTEST_PASSWORD) {
    throw new Error(`LOKMIN_DEMO_PASSWORD has to have at least ${SHORTEST_PASSWORD} characters`);
  }
  system = await startSystem({
    home,
    choosePort: {
      gateway: async () => (port === undefined ? firstFree(FIRST_PORT) : demandFree(port, 'LOKMIN_PORT')),
      ...(mailboxPort !== undefined && {
        mailbox: () => demandFree(mailboxPort, 'LOKMIN_MAILBOX_PORT'),
      }),
    },
    demoPassword: wantedPassword,
    natsUrl: process.env['NATS_URL'] || undefined,
    logLevel: process.env['LOKMIN_LOG_LEVEL'] || undefined,
    report,
    signal: ended.signal,
  });
  await loadDemonstrationOnce(system, demoMonths);
  ended.signal.throwIfAborted();
  clearInterval(heartbeat);

  const { demoPassword } = system.secrets;
  console.log('');
  if (wantedPassword && wantedPassword !== demoPassword) {
    console.log(
      'LOKMIN_DEMO_PASSWORD is not used: the accounts were made at an earlier start, with another password.',
    );
  }
  console.log(`GraphQL:   ${system.address}/graphql`);
  console.log(`Accounts:  see "Demonstration accounts" in README.md`);
  console.log(`Password:  ${demoPassword}   (kept in ${join(home, 'secrets.json')})`);
  console.log(`Mail:      ${system.addressOf('mailbox')}   (caught there; nothing reaches anybody)`);
  console.log(`Logs:      ${join(home, 'logs')}`);
  console.log(`Stop:      Ctrl-C`);
  console.log(`Lokmin is ready: ${system.address}`);
} catch (error) {
  clearInterval(heartbeat);
  if (ended.signal.aborted) {
    await system?.stop();
    goodbye();
  }
  await system?.stop();
  console.error(`\n${seconds()} Lokmin could not start, at the step: ${last || 'reading the settings'}`);
  console.error(error instanceof Error ? error.message : error);
  if (!(error instanceof AlreadyRunning) && !(error instanceof NoFolder)) {
    console.error(
      `\nWhat to do: mend what the message names and run \`npm start\` again; it goes on where it stopped.\n` +
        `The logs are in ${join(home, 'logs')}. To begin anew without any data, delete ${home}.`,
    );
  }
  process.exit(1);
}

function readWhole(variable: string, least: number, most: number): number | undefined {
  const text = process.env[variable];
  if (!text) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`${variable} is "${text}", and should be a whole number from ${least} to ${most}`);
  }
  return number;
}

/** @param variable that asked for the port */
async function demandFree(port: number, variable: string): Promise<number> {
  if (await isPortFree(port)) return port;
  throw new Error(
    `Port ${port} (${variable}) is taken by another program: stop that, or choose another port`,
  );
}

async function firstFree(first: number): Promise<number> {
  const port = await firstFreePort(first);
  if (port !== first) report(`Port ${first} is taken; using ${port}`);
  return port;
}

/** Loads the demonstration district into an empty system; a load that was cut short is repeated at the next start. */
async function loadDemonstrationOnce(running: System, months: number | undefined): Promise<void> {
  if (existsSync(demonstrationMarker(home))) return;
  await loadDemonstration(running, report, { months });
  writeFileSync(demonstrationMarker(home), `${new Date().toISOString()}\n`);
}
