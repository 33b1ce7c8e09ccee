import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  ActionOverdue,
  ActionReadied,
  DistrictNotifications,
  EvaluationSubmitted,
  Inbox,
  ListDeliveries,
  MarkRead,
  MessageFailed,
  PersonUnreachable,
  Preferences,
  READERS,
  SendAgain,
  SetPreferences,
} from '@lokmin/contracts';
import { serviceConfig, startService, createLog, type RunningService } from '@lokmin/service';
import {
  aFact,
  aService,
  aSubmission,
  aTestClock,
  deliver,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { notifications } from '../service.ts';
import { Deliveries } from './delivery.service.ts';

/** What the mail server of the tests does with the next mails: the code it answers at a stage, or the line it cuts. */
type Conduct = { at: 'connect' | 'rcpt' | 'data'; code: number } | 'cut after the text' | 'take';

/** A real SMTP server on loopback. */
async function aMailServer() {
  const taken: { to: string; subject: string; messageId: string; text: string }[] = [];
  const sockets = new Set<Socket>();
  let conduct: Conduct = 'take';
  const refusal = (code: number) => Object.assign(new Error('not now'), { responseCode: code });
  const refusing = (stage: string) =>
    typeof conduct === 'object' && conduct.at === stage ? conduct.code : null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onConnect: (_, done) => (refusing('connect') ? done(refusal(refusing('connect')!)) : done()),
    onRcptTo: (_, __, done) => (refusing('rcpt') ? done(refusal(refusing('rcpt')!)) : done()),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusing('data')) return done(refusal(refusing('data')!));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          taken.push({
            to: session.envelope.rcptTo[0]!.address,
            subject: mail.subject ?? '',
            messageId: mail.messageId ?? '',
            text: mail.text ?? '',
          });
          if (conduct === 'cut after the text') for (const socket of sockets) socket.destroy();
          else done();
        });
      });
    },
  });
  server.on('error', () => {}); // lines that are cut
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    port,
    taken,
    does: (next: Conduct) => (conduct = next),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

let post: Awaited<ReturnType<typeof aMailServer>>;
let service: TestService;
let second: RunningService;
let clock: TestClock;
beforeAll(async () => {
  process.env['LOKMIN_NOTIFICATIONS_KEY'] = 'a key that only this test knows';
  clock = aTestClock('2025-01-10T02:00:00Z');
  post = await aMailServer();
  Object.assign(process.env, {
    LOKMIN_SMTP_URL: `smtp://127.0.0.1:${post.port}`,
    LOKMIN_MAIL_FROM: 'Lokmin <lokmin@dinkes.example>',
    LOKMIN_PUBLIC_URL: 'https://lokmin.example',
  });
  // Time passes when the test says so.
  const timeless = { ...notifications, tick: undefined };
  service = await aService(timeless);
  const config = serviceConfig({
    NODE_ENV: 'test',
    LOKMIN_NATS_URL: service.nats.url,
    LOKMIN_NATS_USER: 'notifications',
    LOKMIN_NATS_PASSWORD: service.nats.passwords.notifications,
    LOKMIN_DATABASE_URL: service.databaseUrl,
    LOKMIN_HTTP_PORT: '0',
    LOKMIN_LOG_LEVEL: 'silent',
  });
  second = await startService(timeless, config, createLog('notifications', 'silent'));
});
afterAll(async () => {
  for (const name of ['LOKMIN_SMTP_URL', 'LOKMIN_MAIL_FROM', 'LOKMIN_PUBLIC_URL']) delete process.env[name];
  clock.release();
  await second?.stop();
  await service?.stop();
  await post?.stop();
});
beforeEach(async () => {
  clock.set('2025-01-10T02:00:00Z'); // 09.00 WIB
  post.does('take');
  post.taken.length = 0;
  await service.database.query('TRUNCATE message, delivery, preference, inbox_visit, outbox, command');
  await service.database.query(`UPDATE known_person SET email = person_id || '@puskesmas.example'`);
});

const { kiaOfManggar, staffOfManggar, headOfManggar } = PEOPLE;
const action = (revision: number, ownerId: string, actionId = id(11)) => ({
  actionId,
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  indicatorCode: 'KIA-K1',
  indicatorName: 'Cakupan K1',
  title: 'Sapu bersih K1',
  status: 'ready' as const,
  ownerId,
  ownerName: 'Penanggung jawab',
  dueDate: '2025-01-31',
  progress: 0,
  overdueSince: null,
  evaluationId: id(1),
  period: '2024-12',
  unsupported: false,
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
});
const envelope = { actor: headOfManggar, unitid: MANGGAR.unitId, districtcode: '19.06' };
const readied = (ownerId = kiaOfManggar, actionId = id(11)) =>
  deliver(
    service,
    READERS.notificationsTellOfAction,
    aFact(
      ActionReadied,
      { ...envelope, subject: actionId, revision: 2 },
      { ...action(2, ownerId, actionId), formerOwnerId: null },
    ),
  );
const overdue = (revision: number) =>
  deliver(
    service,
    READERS.notificationsTellOfAction,
    aFact(
      ActionOverdue,
      { ...envelope, actor: null, subject: id(11), revision },
      action(revision, kiaOfManggar),
    ),
  );
const submitted = (evaluationId: string, period = '2024-12') =>
  deliver(
    service,
    READERS.notificationsTellOfEvaluation,
    aSubmission(EvaluationSubmitted, { evaluationId, period, revision: 1 }, [{ code: 'A' }]),
  );
const work = () => service.running.app.get(Deliveries).work();
const bothWork = () =>
  Promise.all([work(), second.app.get(Deliveries).work(), work(), second.app.get(Deliveries).work()]);
const log = (status: 'queued' | null = null) =>
  service.ask('administrator', ListDeliveries, { districtCode: '19.06', status, first: 50, after: null });
const only = async () => {
  const { items } = await log();
  expect(items).toHaveLength(1);
  return items[0]!;
};
const announced = async (type: string) =>
  (await service.announced()).filter((fact) => fact.type === type).map(({ data }) => data);
const choose = async (person: Parameters<TestService['ask']>[0], wishes: object) => {
  const { revision, email, digestHour, quietFrom, quietUntil } = await service.ask(person, Preferences, {});
  return service.ask(person, SetPreferences, {
    commandId: randomUUID(),
    expectedRevision: revision,
    ...{ email, digestHour, quietFrom, quietUntil },
    ...wishes,
  });
};
const unreachable = async () =>
  (await service.ask('officer', DistrictNotifications, { districtCode: '19.06' })).units.find(
    ({ unitCode }) => unitCode === MANGGAR.code,
  );

describe('a mail', () => {
  it('is queued with its message, sent once and on record', async () => {
    await readied();
    expect(await only()).toMatchObject({ status: 'queued', attempts: 0, address: null });
    await bothWork();
    await work();
    const sent = await only();
    expect(post.taken).toMatchObject([
      {
        to: `${kiaOfManggar}@puskesmas.example`,
        subject: 'Anda penanggung jawab: Sapu bersih K1',
        messageId: `<${sent.deliveryId}@dinkes.example>`,
        text: expect.stringContaining('Buka: https://lokmin.example/rtl/'),
      },
    ]);
    expect(sent).toMatchObject({
      status: 'sent',
      attempts: 1,
      address: `${kiaOfManggar}@puskesmas.example`,
      settledAt: '2025-01-10T02:00:00.000Z',
      rfcMessageId: post.taken[0]!.messageId,
      mayBeSentAgain: false,
    });
  });

  it('is sent once each by two replicas at work on many', async () => {
    for (let i = 0; i < 20; i++) await readied(kiaOfManggar, id(500 + i));
    await bothWork();
    expect(post.taken).toHaveLength(20);
    expect(new Set(post.taken.map(({ messageId }) => messageId)).size).toBe(20);
  });

  it('that is put off goes out later, with the same Message-ID', async () => {
    post.does({ at: 'rcpt', code: 450 });
    await readied();
    await work();
    const waiting = await only();
    expect(waiting).toMatchObject({
      status: 'queued',
      attempts: 1,
      lastError: expect.stringContaining('450'),
    });
    post.does('take');
    clock.set(new Date(Date.parse(waiting.nextAttemptAt!) - 1).toISOString());
    await work();
    expect(post.taken).toEqual([]);
    clock.set(waiting.nextAttemptAt!);
    await work();
    expect(post.taken).toMatchObject([{ messageId: waiting.rfcMessageId }]);
    expect(await only()).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('that nobody takes for a day fails, which says nothing of the address', async () => {
    await choose('kiaOfManggar', { quietFrom: 0, quietUntil: 0 });
    post.does({ at: 'connect', code: 421 });
    await readied();
    for (let i = 0; i < 100 && (await only()).status === 'queued'; i++) {
      clock.set((await only()).nextAttemptAt!);
      await work();
    }
    expect(Date.parse((await only()).settledAt!) - Date.parse('2025-01-10T02:00:00Z')).toBeGreaterThan(
      23 * 3_600_000,
    );
    expect(await announced(MessageFailed.type)).toMatchObject([
      { personId: kiaOfManggar, reason: 'gave-up', detail: expect.stringContaining('421') },
    ]);
    post.does('take');
    await readied(kiaOfManggar, id(12));
    await work();
    expect(post.taken).toHaveLength(1);
  });

  it('whose recipient is refused fails at once; its address is not used again until an operator says so', async () => {
    post.does({ at: 'rcpt', code: 550 });
    await readied();
    await work();
    const failed = await only();
    expect(failed).toMatchObject({ status: 'failed', attempts: 1, mayBeSentAgain: true });
    expect(await announced(MessageFailed.type)).toMatchObject([
      { reason: 'recipient-refused', address: `${kiaOfManggar}@puskesmas.example`, channel: 'email' },
    ]);
    post.does('take');
    await overdue(3);
    await work();
    expect(post.taken.map(({ to }) => to)).toEqual([`${headOfManggar}@puskesmas.example`]);
    expect((await log()).items.map(({ status, skipReason }) => [status, skipReason])).toContainEqual([
      'skipped',
      'address-refused',
    ]);
    const again = await service.ask('administrator', SendAgain, {
      commandId: randomUUID(),
      deliveryId: failed.deliveryId,
    });
    expect(again).toMatchObject({ status: 'queued', attempts: 0 });
    await work();
    expect(post.taken.at(-1)).toMatchObject({ messageId: failed.rfcMessageId });
  });

  it('whose text is refused fails, and the address stays good', async () => {
    post.does({ at: 'data', code: 554 });
    await readied();
    await work();
    expect(await announced(MessageFailed.type)).toMatchObject([{ reason: 'message-refused' }]);
    post.does('take');
    await readied(kiaOfManggar, id(12));
    await work();
    expect(post.taken).toHaveLength(1);
  });

  it('is uncertain when the line is cut after the text and before the answer, and is not sent again by itself', async () => {
    post.does('cut after the text');
    await readied();
    await work();
    const uncertain = await only();
    expect(uncertain).toMatchObject({ status: 'uncertain', mayBeSentAgain: true });
    post.does('take');
    clock.set('2025-01-12T02:00:00Z');
    await bothWork();
    expect(post.taken).toHaveLength(1);

    const command = { commandId: randomUUID(), deliveryId: uncertain.deliveryId };
    await service.ask('administrator', SendAgain, command);
    await service.ask('administrator', SendAgain, command);
    await bothWork();
    expect(post.taken.map(({ messageId }) => messageId)).toEqual([
      uncertain.rfcMessageId,
      uncertain.rfcMessageId,
    ]);
    await expect(
      service.ask('administrator', SendAgain, { ...command, commandId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'delivery.not-again' });
  });

  it('is uncertain when the process that was sending it is gone', async () => {
    await readied();
    await service.database.query(
      `UPDATE delivery SET status = 'sending', sending_since = $1, revision = revision + 1, address = 'x@y.example'`,
      ['2025-01-10T02:00:00Z'],
    );
    clock.set('2025-01-10T02:05:00Z');
    await work();
    expect(await only()).toMatchObject({ status: 'sending' });
    clock.set('2025-01-10T02:05:01Z');
    await work();
    expect(await only()).toMatchObject({ status: 'uncertain', settledAt: '2025-01-10T02:05:01.000Z' });
    expect(post.taken).toEqual([]);
  });

  it('waits through the quiet hours of the unit', async () => {
    clock.set('2025-01-10T14:00:00Z'); // 21.00 WIB
    await readied();
    clock.set('2025-01-10T17:00:00Z'); // midnight
    await work();
    clock.set('2025-01-10T22:59:59Z');
    await work();
    expect(post.taken).toEqual([]);
    clock.set('2025-01-10T23:00:00Z'); // 06.00
    await work();
    expect(post.taken).toHaveLength(1);
  });

  it('whose next attempt falls into quiet hours waits for their end', async () => {
    clock.set('2025-01-10T13:59:59Z');
    post.does({ at: 'rcpt', code: 450 });
    await readied();
    await work();
    post.does('take');
    clock.set('2025-01-10T14:00:00Z');
    await work();
    expect(await only()).toMatchObject({ status: 'queued', nextAttemptAt: '2025-01-10T23:00:00.000Z' });
  });

  it('is dropped when newer news takes its place, or when the message is read first', async () => {
    clock.set('2025-01-10T15:00:00Z');
    await readied();
    await overdue(3);
    const mine = async () =>
      (await log()).items
        .filter(({ personId }) => personId === kiaOfManggar)
        .map(({ status, skipReason }) => [status, skipReason]);
    expect((await mine()).sort()).toEqual([
      ['queued', null],
      ['skipped', 'superseded'],
    ]);
    await service.ask('kiaOfManggar', MarkRead, { commandId: randomUUID(), messageIds: [] });
    expect((await mine()).map(([, reason]) => reason).sort()).toEqual(['read', 'superseded']);
  });

  it('is not queued when the transaction of its message is rolled back', async () => {
    await service.database.query(`ALTER TABLE outbox ADD CONSTRAINT no_room CHECK (false) NOT VALID`);
    try {
      expect(await readied()).toEqual(['later']);
    } finally {
      await service.database.query(`ALTER TABLE outbox DROP CONSTRAINT no_room`);
    }
    expect(await service.database.query('SELECT FROM delivery')).toEqual([]);
  });
});

describe('the digest', () => {
  it('is one mail for a person and day, made once by two replicas', async () => {
    await submitted(id(1));
    clock.set('2025-01-10T03:00:00Z');
    await submitted(id(2), '2024-11');
    clock.set('2025-01-10T22:59:59Z');
    await bothWork();
    expect(post.taken).toEqual([]);
    clock.set('2025-01-10T23:00:00Z'); // the 11th, 06.00
    await bothWork();
    await bothWork();
    const mine = post.taken.filter(({ to }) => to.startsWith(PEOPLE.ktuOfManggar));
    expect(mine).toMatchObject([{ subject: 'Ringkasan Lokmin 11 Januari 2025: 2 kabar' }]);
    expect(mine[0]!.text).toMatch(/Evaluasi Desember 2024[^]*Evaluasi November 2024/);
    const [digest] = (await log()).items.filter(({ personId }) => personId === PEOPLE.ktuOfManggar);
    expect(digest).toMatchObject({ kind: 'digest', status: 'sent' });
    expect(await service.database.query(`SELECT FROM delivery WHERE status <> 'sent'`)).toEqual([]);
  });

  it('comes the day after when that of today is out', async () => {
    await submitted(id(1));
    clock.set('2025-01-10T23:00:00Z');
    await work();
    post.taken.length = 0;
    await choose('ktuOfManggar', { digestHour: 12 });
    await submitted(id(2), '2024-11');
    clock.set('2025-01-11T05:00:00Z'); // 12.00 of the same day
    await bothWork();
    expect(post.taken).toEqual([]);
    clock.set('2025-01-12T05:00:00Z');
    await bothWork();
    expect(post.taken.filter(({ to }) => to.startsWith(PEOPLE.ktuOfManggar))).toHaveLength(1);
  });

  it('leaves out what was read, and is not sent when nothing is left', async () => {
    await submitted(id(1));
    await service.ask('ktuOfManggar', MarkRead, { commandId: randomUUID(), messageIds: [] });
    clock.set('2025-01-10T23:00:00Z');
    await work();
    expect(post.taken.filter(({ to }) => to.startsWith(PEOPLE.ktuOfManggar))).toEqual([]);
  });
});

describe('preferences', () => {
  it('are what most people want until a person chooses', async () => {
    expect(await service.ask('kiaOfManggar', Preferences, {})).toEqual({
      revision: 1,
      email: { evaluation: 'digest', action: 'at_once', meeting: 'at_once' },
      digestHour: 6,
      quietFrom: 21,
      quietUntil: 6,
      timeZone: 'Asia/Jakarta',
      address: `${kiaOfManggar}@puskesmas.example`,
      addressRefused: false,
      mailIsSent: true,
    });
  });

  it('hold for mails that wait already', async () => {
    clock.set('2025-01-10T15:00:00Z');
    await readied();
    await choose('kiaOfManggar', { quietFrom: 0, quietUntil: 0 });
    await work();
    expect(post.taken).toHaveLength(1);
    await choose('kiaOfManggar', { email: { evaluation: 'off', action: 'digest', meeting: 'off' } });
    await readied(kiaOfManggar, id(12));
    await choose('kiaOfManggar', { email: { evaluation: 'off', action: 'off', meeting: 'off' } });
    expect((await log()).items.map(({ skipReason }) => skipReason)).toContain('off');
  });

  it('are refused from somebody who saw an older state, and from nobody', async () => {
    await choose('kiaOfManggar', { digestHour: 7 });
    const old = {
      commandId: randomUUID(),
      expectedRevision: 1,
      email: { evaluation: 'off', action: 'off', meeting: 'off' } as const,
      digestHour: 7,
      quietFrom: 1,
      quietUntil: 2,
    };
    await expect(service.ask('kiaOfManggar', SetPreferences, old)).rejects.toMatchObject({
      code: 'revision.stale',
    });
    await expect(service.ask(null, Preferences, {})).rejects.toMatchObject({ code: 'access.signed-out' });
  });
});

describe('an owner', () => {
  it('without an address who never opened the inbox is unreachable, announced and counted once', async () => {
    await service.database.query('UPDATE known_person SET email = NULL WHERE person_id = $1', [
      staffOfManggar,
    ]);
    await readied(staffOfManggar);
    expect(await announced(PersonUnreachable.type)).toEqual([
      {
        personId: staffOfManggar,
        messageId: expect.any(String),
        unitId: MANGGAR.unitId,
        about: 'action',
        aboutId: id(11),
        reason: 'no-address',
      },
    ]);
    expect(await unreachable()).toMatchObject({ unreachable: 1, personIds: [staffOfManggar] });
    expect(await log()).toMatchObject({ items: [{ status: 'skipped', skipReason: 'no-address' }] });

    await service.ask('staffOfManggar', Inbox, { first: 1, after: null, unreadOnly: true });
    expect(await unreachable()).toMatchObject({ unreachable: 0, personIds: [] });
    clock.set('2025-03-01T02:00:00Z'); // the look was too long ago
    expect(await unreachable()).toMatchObject({ unreachable: 1 });
  });

  it('who is a guest is told nothing and counts as nobody: the link is passed on by hand', async () => {
    const guest = id(601);
    await deliver(
      service,
      READERS.notificationsTellOfAction,
      aFact(
        ActionReadied,
        { ...envelope, subject: id(11), revision: 2 },
        { ...action(2, guest), ownerIsGuest: true, formerOwnerId: kiaOfManggar },
      ),
    );
    expect(await service.database.query('SELECT person_id AS id, kind FROM message')).toEqual([
      { id: kiaOfManggar, kind: 'action.readied' },
    ]);
    expect(await announced(PersonUnreachable.type)).toEqual([]);
    expect(await unreachable()).toMatchObject({ unreachable: 0 });
  });

  it('whose address is refused is unreachable from then on', async () => {
    await readied();
    expect(await unreachable()).toMatchObject({ unreachable: 0 });
    post.does({ at: 'rcpt', code: 550 });
    await work();
    expect(await announced(PersonUnreachable.type)).toMatchObject([
      { personId: kiaOfManggar, reason: 'address-refused' },
    ]);
    expect(await unreachable()).toMatchObject({ unreachable: 1 });
  });

  it('who looks into the inbox is reached, whatever becomes of mails', async () => {
    await service.ask('staffOfManggar', Inbox, { first: 1, after: null, unreadOnly: true });
    await service.database.query('UPDATE known_person SET email = NULL WHERE person_id = $1', [
      staffOfManggar,
    ]);
    await readied(staffOfManggar);
    expect(await announced(PersonUnreachable.type)).toEqual([]);
    expect(await unreachable()).toMatchObject({ unreachable: 0 });
  });
});

describe('the log of mails', () => {
  it('is for administrators of the district, newest first, page by page, by status', async () => {
    for (const [minute, n] of [11, 12, 13].entries()) {
      clock.set(`2025-01-10T02:0${minute}:00Z`);
      await readied(kiaOfManggar, id(n));
    }
    await work();
    clock.set('2025-01-10T02:05:00Z');
    await readied(kiaOfManggar, id(14));
    const page = (after: string | null) =>
      service.ask('administrator', ListDeliveries, {
        districtCode: '19.06',
        status: 'sent',
        first: 2,
        after,
      });
    const first = await page(null);
    const rest = await page(first.next);
    expect([...first.items, ...rest.items].map(({ queuedAt }) => queuedAt.slice(14, 16))).toEqual([
      '02',
      '01',
      '00',
    ]);
    expect([first.totalCount, rest.next]).toEqual([3, null]);
    expect((await log('queued')).items).toHaveLength(1);
    for (const person of ['officer', 'headOfManggar'] as const)
      await expect(
        service.ask(person, ListDeliveries, { districtCode: '19.06', status: null, first: 1, after: null }),
      ).rejects.toMatchObject({ code: 'access.forbidden' });
    const { deliveryId } = first.items[0]!;
    await expect(
      service.ask('officer', SendAgain, { commandId: randomUUID(), deliveryId }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is summed up at the health door', async () => {
    await readied();
    const response = await fetch(`${service.address}/health/mail`);
    expect(await response.json()).toEqual({ mailIsSent: true, counts: { queued: 1 } });
  });
});

describe('PostgreSQL', () => {
  it('refuses a second mail for one revision of a message, and a second digest of a day', async () => {
    await submitted(id(1));
    const copy = `INSERT INTO delivery SELECT (jsonb_populate_record(delivery, jsonb_build_object('delivery_id', uuidv7()))).* FROM delivery`;
    await expect(service.database.query(`${copy} WHERE message_id IS NOT NULL`)).rejects.toThrow(
      'delivery_once',
    );
    clock.set('2025-01-10T23:00:00Z');
    await work();
    await expect(service.database.query(`${copy} WHERE digest_day IS NOT NULL`)).rejects.toThrow(
      'delivery_one_digest_a_day',
    );
  });
});
