import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListActions, ReadyAction } from '@lokmin/contracts';
import { fastPostgresSettings } from '@lokmin/engines';
import { connectBus, type Bus } from '@lokmin/messaging';
import { aFolder, eventually, silent } from '@lokmin/testing';
import pg from 'pg';
import { startSystem, type System } from '../local/system.ts';
import { PassingClock } from './clock.ts';
import { readMailbox } from './counting.ts';
import { BEGIN, LASTING, puskesmas } from './district.ts';
import { Ledger } from './ledger.ts';
import { findPlace, loadDistrict } from './load.ts';
import { People } from './people.ts';
import { evaluate, readyLasting, type Place } from './work.ts';

/** What happens to the mail server's answer to the text of a mail. */
type Answering = (pass: () => void) => Promise<void>;

/** Lies between the notifications service and the mail server, and is told when the server has taken a mail. */
async function aDoor(serverPort: () => number) {
  let answering: Answering = async (pass) => pass();
  const door = createServer((client) => {
    const server = connect(serverPort(), '127.0.0.1');
    let tail = '';
    client.on('data', (chunk) => {
      tail = (tail + chunk.toString('latin1')).slice(-5);
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      const taken = tail === '\r\n.\r\n';
      if (!taken) return client.write(chunk);
      const now = answering;
      answering = async (pass) => pass();
      void now(() => client.write(chunk));
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    port: (door.address() as AddressInfo).port,
    /** Of the next mail only. */
    answers: (next: Answering) => (answering = next),
    stop: () => new Promise<unknown>((resolve) => door.close(resolve)),
  };
}

const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const unit = puskesmas(0);
let clock: PassingClock;
let door: Awaited<ReturnType<typeof aDoor>>;
let system: System;
let bus: Bus;
let place: Place;
let database: pg.Client;
beforeAll(async () => {
  clock = new PassingClock(join(clockFolder, 'now'), BEGIN);
  door = await aDoor(() => system.mailboxPort);
  system = await startSystem({
    home: aFolder(),
    mode: 'test',
    postgresSettings: fastPostgresSettings,
    environment: {
      LOKMIN_TEST_CLOCK_FILE: clock.file,
      LOKMIN_SMTP_URL: `smtp://127.0.0.1:${door.port}`,
    },
  });
  bus = await connectBus({
    url: system.natsUrl,
    user: 'cli',
    password: system.secrets.nats.cli,
    log: silent,
  });
  const ledger = new Ledger(clockFolder);
  const people = new People(bus, system.secrets.demoPassword, ledger);
  await loadDistrict(system, people, ledger, [unit], 1);
  place = await findPlace(system, people, clock);
  await evaluate(unit, 1, place);
  database = new pg.Client(system.databaseUrl('notifications'));
  await database.connect();
}, 300_000);
afterAll(async () => {
  await database?.end();
  await bus?.close();
  await system?.stop();
  await door?.stop();
  clock?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

/** The mails that went to the holder of the action at once, oldest first. */
const mails = async () =>
  (
    await database.query<{ id: string; status: string; attempts: number }>(
      `SELECT delivery_id AS id, delivery.status, attempts FROM delivery JOIN message USING (message_id)
       WHERE about = 'action' ORDER BY message_revision`,
    )
  ).rows;
const caught = async (id: string) => (await readMailbox(system)).filter((other) => other === id).length;
const inState = (n: number, status: string) =>
  eventually(async () => (await mails()).find((mail, i) => i === n && mail.status === status), {
    deadlineMs: 60_000,
    what: `mail ${n} is ${status}`,
  });
/** The head gives the action another due day, of which its owner is told. */
async function changeDueDay(dueDate: string): Promise<void> {
  const { items } = await place.people.ask(unit.head, ListActions, {
    unitId: place.unitId(unit.code),
    statuses: ['ready'],
    indicatorCode: LASTING,
  });
  const { actionId, revision } = items[0]!;
  await place.people.command(
    unit.head,
    ReadyAction,
    { actionId, expectedRevision: revision, ownerId: place.personId(unit.holder), dueDate, title: null },
    { unit: unit.code, period: null },
  );
}

describe('a mail that the server took and that nobody could note', () => {
  it('is uncertain when the server was killed before it answered, and is not sent again', async () => {
    const { processes } = system;
    const killed = new Promise<void>((resolve, reject) =>
      door.answers(() => processes.kill('mailbox').then(resolve, reject)),
    );
    await readyLasting(unit, place);
    await killed;
    await inState(0, 'uncertain');
    await processes.start('mailbox');

    clock.moveToDigest();
    await eventually(
      async () => {
        const { rows } = await database.query(
          `SELECT count(*)::int AS digests FROM delivery WHERE digest_day IS NOT NULL AND status = 'sent'`,
        );
        return rows[0].digests >= 4; // two officers, the head of administration and the programme's holder
      },
      { deadlineMs: 60_000, what: 'the digests of the next morning go out' },
    );
    const [mail] = await mails();
    expect([mail, await caught(mail!.id)]).toEqual([{ ...mail, status: 'uncertain', attempts: 1 }, 1]);
  }, 200_000);

  it('is uncertain when the service was killed with the answer in its hands, and is not sent again', async () => {
    const { processes } = system;
    const killed = new Promise<void>((resolve, reject) =>
      door.answers(async (pass) => {
        try {
          // While somebody else holds the row, the answer cannot be noted.
          await database.query('BEGIN');
          await database.query(`SELECT FROM delivery WHERE status = 'sending' FOR UPDATE`);
          pass();
          await eventually(
            async () =>
              (
                await database.query(
                  `SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
                )
              ).rowCount === 1,
            { deadlineMs: 60_000, what: 'the service is about to note that the mail was sent' },
          );
          await processes.kill('notifications');
          await database.query('ROLLBACK');
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      }),
    );
    await changeDueDay('2025-08-15');
    await killed;
    expect((await mails())[1]).toMatchObject({ status: 'sending', attempts: 1 });
    await processes.start('notifications');
    clock.moveOn(5 * 60_000);
    const lost = await inState(1, 'uncertain');

    await changeDueDay('2025-08-16');
    const next = await inState(2, 'sent');
    expect([await caught(lost.id), await caught(next.id)]).toEqual([1, 1]);
    expect((await mails())[1]).toEqual({ id: lost.id, status: 'uncertain', attempts: 1 });
  }, 200_000);
});
