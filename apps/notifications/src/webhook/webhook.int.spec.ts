import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import {
  ActionOverdue,
  ActionReadied,
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  EvaluationSubmitted,
  ListSendings,
  READERS,
  Resend,
  RotateWebhookSecret,
  TestWebhook,
  Webhooks,
  type Fact,
} from '@lokmin/contracts';
import { createLog, serviceConfig, startService, type RunningService } from '@lokmin/service';
import {
  aFact,
  aService,
  aSubmission,
  aTestClock,
  deliver,
  GANTUNG,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import { Webhook as Verifier } from 'standardwebhooks';
import { notifications } from '../service.ts';
import { WebhooksOfDistricts } from './webhook.service.ts';

/** A receiver on loopback, which answers as the test says. */
async function aReceiver() {
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  let answer: number | 'nothing' | 'elsewhere' = 204;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      if (answer === 'nothing') request.socket.destroy();
      else if (answer === 'elsewhere') response.writeHead(307, { location: '/other' }).end();
      else response.writeHead(answer).end(answer === 500 ? 'the database is full' : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/lokmin`,
    got,
    answers: (next: typeof answer) => (answer = next),
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

let receiver: Awaited<ReturnType<typeof aReceiver>>;
let service: TestService;
let second: RunningService;
let clock: TestClock;
const NOW = Date.parse('2025-01-10T02:00:00Z');
let now = NOW;
const after = (seconds: number) => clock.set(new Date((now += seconds * 1_000)).toISOString());
beforeAll(async () => {
  process.env['LOKMIN_NOTIFICATIONS_KEY'] = 'a key that only this test knows';
  process.env['LOKMIN_WEBHOOK_HOSTS'] = '127.0.0.1, Dhis2.Dinkes.local';
  clock = aTestClock(new Date(NOW).toISOString());
  receiver = await aReceiver();
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
  delete process.env['LOKMIN_WEBHOOK_HOSTS'];
  clock?.release();
  await second?.stop();
  await service?.stop();
  await receiver?.stop();
});
beforeEach(async () => {
  now = NOW;
  after(0);
  receiver.answers(204);
  receiver.got.length = 0;
  await service.database.query('TRUNCATE webhook, webhook_turn, webhook_sending, outbox, command CASCADE');
});

const { headOfManggar } = PEOPLE;
const READIED = ActionReadied.type;
const OVERDUE = ActionOverdue.type;
interface Wanted {
  name: string;
  url: string;
  types: string[];
  unitCodes: string[] | null;
}
const wanted = (): Wanted => ({
  name: 'DHIS2 kabupaten',
  url: receiver.url,
  types: [READIED, OVERDUE],
  unitCodes: null,
});
const create = (input: Partial<Wanted> = {}) =>
  service.ask('administrator', CreateWebhook, {
    commandId: randomUUID(),
    districtCode: '19.06',
    ...wanted(),
    ...input,
  });
const action = (unit: typeof MANGGAR, revision: number) => ({
  actionId: id(11),
  revision,
  unitId: unit.unitId,
  unitCode: unit.code,
  unitName: unit.name,
  districtCode: '19.06',
  indicatorCode: 'KIA-K1',
  indicatorName: 'Cakupan K1',
  title: 'Sapu bersih K1',
  status: 'ready' as const,
  ownerId: PEOPLE.kiaOfManggar,
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
const time = () => new Date(now).toISOString();
const about = (unit: typeof MANGGAR, revision: number) => ({
  actor: headOfManggar,
  unitid: unit.unitId,
  districtcode: '19.06',
  subject: id(11),
  revision,
  time: time(),
});
const readied = (unit = MANGGAR, revision = 2): Fact =>
  aFact(ActionReadied, about(unit, revision), { ...action(unit, revision), formerOwnerId: null }) as Fact;
const overdue = (revision: number): Fact =>
  aFact(ActionOverdue, about(MANGGAR, revision), action(MANGGAR, revision)) as Fact;
const announce = (fact: Fact) => deliver(service, READERS.notificationsSendActions, fact as never);
const work = ({ app }: RunningService = service.running) => app.get(WebhooksOfDistricts).work();
const list = async () => (await service.ask('administrator', Webhooks, { districtCode: '19.06' })).items;
const sendings = async (webhookId: string) =>
  (await service.ask('administrator', ListSendings, { webhookId })).items;

describe('a webhook', () => {
  it('gets the facts that it wants, to the letter, signed as the standard has it', async () => {
    const { webhook, secret } = await create();
    const fact = readied();
    await announce(fact);
    await deliver(
      service,
      READERS.notificationsSendIndicators,
      aSubmission(EvaluationSubmitted, { evaluationId: id(1), period: '2024-12', revision: 1 }, []) as never,
    );
    await work();
    expect(receiver.got).toHaveLength(1);
    const [{ headers, body }] = receiver.got as [(typeof receiver.got)[0]];
    expect(JSON.parse(body)).toEqual(fact);
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': fact.id,
      'webhook-timestamp': String(now / 1_000),
    });
    // By the library of the standard itself.
    const verifier = new Verifier(secret);
    expect(headers['webhook-signature']).toBe(verifier.sign(fact.id, new Date(now), body));
    expect(await list()).toMatchObject([
      { webhookId: webhook.webhookId, queued: 0, failed: 0, failingSince: null, lastDeliveredAt: time() },
    ]);
    expect(await sendings(webhook.webhookId)).toMatchObject([
      { status: 'delivered', attempts: 1, lastStatus: 204, type: READIED, unitName: MANGGAR.name },
    ]);
  });

  it('gets only the facts of its puskesmas, of its district, from when it was made', async () => {
    const before = readied(MANGGAR, 1);
    after(60);
    await create({ unitCodes: [MANGGAR.code] });
    await announce(before);
    await announce(readied(GANTUNG));
    const wantedFact = readied(MANGGAR, 3);
    await announce(wantedFact);
    await announce({ ...readied(MANGGAR, 4), districtcode: '19.05' });
    await work();
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([wantedFact.id]);
  });

  it('gets a fact once, however often it is delivered here and however many replicas send', async () => {
    await create();
    const fact = readied();
    await announce(fact);
    await service.database.query('DELETE FROM inbox');
    await announce(fact);
    for (let revision = 5; revision < 25; revision++) await announce(overdue(revision));
    await Promise.all([work(), work(second), work(), work(second)]);
    expect(receiver.got).toHaveLength(21);
    const revisions = receiver.got.map(({ body }) => (JSON.parse(body) as Fact).revision);
    expect(revisions).toEqual([2, ...Array.from({ length: 20 }, (_, i) => i + 5)]); // in order too
  });

  it('that fails is tried again with growing pauses, its facts under their ids, until it takes them', async () => {
    const { webhook } = await create();
    const [first, later] = [readied(), overdue(3)];
    await announce(first);
    await announce(later);
    receiver.answers(500);
    await work();
    await work();
    expect(receiver.got).toHaveLength(1); // its address rests
    expect(await list()).toMatchObject([{ queued: 2, failingSince: time() }]);
    expect(await sendings(webhook.webhookId)).toMatchObject([
      { attempts: 0 },
      { attempts: 1, status: 'queued', lastStatus: 500, lastError: 'the database is full' },
    ]);
    receiver.answers('nothing');
    after(1);
    await work();
    expect(receiver.got).toHaveLength(2);
    receiver.answers(200);
    after(10);
    await work();
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([first.id, later.id]),
    );
    expect(await list()).toMatchObject([{ queued: 0, failingSince: null }]);
  });

  it('is not followed to another address', async () => {
    const { webhook } = await create();
    receiver.answers('elsewhere');
    await announce(readied());
    await work();
    expect(receiver.got).toHaveLength(1);
    expect(await sendings(webhook.webhookId)).toMatchObject([{ status: 'queued', lastStatus: 307 }]);
  });

  it('that failed for a day is given up, and sent again when somebody says so', async () => {
    const { webhook } = await create();
    await announce(readied());
    receiver.answers(503);
    for (let hours = 0; hours < 60; hours++) {
      await work();
      after(1_801);
    }
    expect(await sendings(webhook.webhookId)).toMatchObject([{ status: 'failed', nextAttemptAt: null }]);
    const attempts = receiver.got.length;
    after(3_600);
    await work();
    expect(receiver.got).toHaveLength(attempts);
    receiver.answers(204);
    const again = { commandId: randomUUID(), webhookId: webhook.webhookId, sendingId: null };
    expect(await service.ask('administrator', Resend, again)).toEqual({ queued: 1 });
    expect(await service.ask('administrator', Resend, again)).toEqual({ queued: 1 }); // the same command
    await work();
    expect(receiver.got).toHaveLength(attempts + 1);
    const [done] = await sendings(webhook.webhookId);
    expect(done).toMatchObject({ status: 'delivered' });
    const one = { commandId: randomUUID(), webhookId: webhook.webhookId, sendingId: done!.sendingId };
    expect(await service.ask('administrator', Resend, one)).toEqual({ queued: 1 });
    await expect(
      service.ask('administrator', Resend, { ...one, commandId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'webhook.waits' });
  });

  it('is sent to again after a process ended in the middle of it', async () => {
    await create();
    await announce(readied());
    await service.database.query('UPDATE webhook_turn SET leased_until = $1', [new Date(now + 30_000)]);
    await work();
    expect(receiver.got).toHaveLength(0);
    after(31);
    await work();
    expect(receiver.got).toHaveLength(1);
  });

  it('that is held gets nothing, and what waited when it goes on', async () => {
    const { webhook } = await create();
    const change = (enabled: boolean, expectedRevision: number) =>
      service.ask('administrator', ChangeWebhook, {
        commandId: randomUUID(),
        webhookId: webhook.webhookId,
        expectedRevision,
        ...wanted(),
        enabled,
      });
    await change(false, 1);
    await announce(readied());
    await work();
    expect(receiver.got).toHaveLength(0);
    await expect(change(true, 1)).rejects.toMatchObject({ code: 'revision.stale' });
    expect(await change(true, 2)).toMatchObject({ revision: 3, enabled: true });
    expect(await change(true, 3)).toMatchObject({ revision: 3 }); // nothing changed
    await work();
    expect(receiver.got).toHaveLength(1);
  });

  it('gets a new secret, beside which the former one signs for a day', async () => {
    const { webhook, secret } = await create();
    const rotation = { commandId: randomUUID(), webhookId: webhook.webhookId, expectedRevision: 1 };
    const rotated = await service.ask('administrator', RotateWebhookSecret, rotation);
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.webhook.formerSecretUntil).toBe(new Date(now + 24 * 3_600_000).toISOString());
    const signatures = async () => {
      await service.ask('administrator', TestWebhook, {
        commandId: randomUUID(),
        webhookId: webhook.webhookId,
      });
      await work();
      const { headers, body } = receiver.got.at(-1)!;
      const by = (key: string) => new Verifier(key).sign(String(headers['webhook-id']), new Date(now), body);
      return {
        sent: headers['webhook-signature'],
        both: `${by(rotated.secret)} ${by(secret)}`,
        one: by(rotated.secret),
      };
    };
    const during = await signatures();
    expect(during.sent).toBe(during.both);
    after(25 * 3_600);
    const afterwards = await signatures();
    expect(afterwards.sent).toBe(afterwards.one);
    // Nothing that could sign stands in the database, not even in the kept replies of commands.
    for (const table of ['webhook', 'command', 'audit_entry', 'webhook_sending']) {
      const [{ text }] = await service.database.query(
        `SELECT coalesce(string_agg(t::text, ''), '') AS text FROM ${table} AS t`,
      );
      for (const key of [secret, rotated.secret]) expect(text).not.toContain(key.slice(6, 30));
    }
  });

  it('is tried with a request that tells nothing of the district', async () => {
    const { webhook } = await create();
    const sending = await service.ask('administrator', TestWebhook, {
      commandId: randomUUID(),
      webhookId: webhook.webhookId,
    });
    expect(sending).toMatchObject({ status: 'queued', attempts: 0 });
    await work();
    expect(JSON.parse(receiver.got[0]!.body)).toMatchObject({
      type: 'lokmin.notifications.webhook.tested.v1',
      data: { webhookId: webhook.webhookId },
    });
  });

  it('ends with its log', async () => {
    const { webhook } = await create();
    await announce(readied());
    await service.ask('administrator', DeleteWebhook, {
      commandId: randomUUID(),
      webhookId: webhook.webhookId,
      expectedRevision: 1,
    });
    expect(await list()).toEqual([]);
    await work();
    expect(receiver.got).toHaveLength(0);
    await expect(sendings(webhook.webhookId)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is forgotten of what was settled a month ago', async () => {
    const { webhook } = await create();
    await announce(readied());
    await work();
    after(31 * 24 * 3_600);
    const other = await startAgain();
    try {
      await work(other);
      expect(await sendings(webhook.webhookId)).toEqual([]);
    } finally {
      await other.stop();
    }
  });
});

/** A process that has not looked for old rows yet. */
const startAgain = () =>
  startService(
    { ...notifications, tick: undefined },
    serviceConfig({
      NODE_ENV: 'test',
      LOKMIN_NATS_URL: service.nats.url,
      LOKMIN_NATS_USER: 'notifications',
      LOKMIN_NATS_PASSWORD: service.nats.passwords.notifications,
      LOKMIN_DATABASE_URL: service.databaseUrl,
      LOKMIN_HTTP_PORT: '0',
      LOKMIN_LOG_LEVEL: 'silent',
    }),
    createLog('notifications', 'silent'),
  );

describe('webhooks are refused', () => {
  it.each([
    'http://dhis2.example/x',
    'https://user:secret@dhis2.example/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://167838211/x',
    'https://0x0a.1.2.3/x',
  ])('at %s', async (url) => {
    await expect(create({ url })).rejects.toMatchObject({ code: 'webhook.address', field: 'url' });
    expect(await list()).toEqual([]);
  });

  it('at a name that leads into an inner network, when it is sent to', async () => {
    const { webhook } = await create({ url: 'https://localhost:9/x' });
    await announce(readied());
    await work();
    expect(await sendings(webhook.webhookId)).toMatchObject([
      { status: 'queued', lastStatus: null, lastError: expect.stringContaining('inner network') },
    ]);
  });

  it('but at hosts that the operator listed, whatever their case', async () => {
    await create({ url: 'http://DHIS2.dinkes.local/x' });
    expect(await list()).toMatchObject([{ url: 'http://DHIS2.dinkes.local/x' }]);
  });

  it('where input is wrong', async () => {
    await expect(create({ types: ['lokmin.meetings.meeting.edited.v1'] })).rejects.toMatchObject({
      code: 'input.invalid',
      field: 'types.0',
    });
    await expect(create({ types: [READIED, READIED] })).rejects.toMatchObject({ field: 'types.1' });
    await expect(create({ types: [] })).rejects.toMatchObject({ field: 'types' });
    await expect(create({ url: 'ftp://x' })).rejects.toMatchObject({ field: 'url' });
    await expect(create({ unitCodes: [MANGGAR.code, '9999999'] })).rejects.toMatchObject({
      code: 'not-found',
      field: 'unitCodes.1',
    });
  });

  it('to everybody but administrators, who may not know that one is there', async () => {
    const { webhook } = await create();
    for (const [person, code] of [
      ['officer', 'access.forbidden'],
      ['headOfManggar', 'access.forbidden'],
      ['stranger', 'not-found'],
    ] as const) {
      await expect(service.ask(person, Webhooks, { districtCode: '19.06' })).rejects.toMatchObject({ code });
      await expect(
        service.ask(person, CreateWebhook, { commandId: randomUUID(), districtCode: '19.06', ...wanted() }),
      ).rejects.toMatchObject({ code });
      const { webhookId } = webhook;
      for (const asking of [
        () => service.ask(person, ListSendings, { webhookId }),
        () => service.ask(person, TestWebhook, { commandId: randomUUID(), webhookId }),
        () => service.ask(person, Resend, { commandId: randomUUID(), webhookId, sendingId: null }),
        () => service.ask(person, DeleteWebhook, { commandId: randomUUID(), webhookId, expectedRevision: 1 }),
        () =>
          service.ask(person, RotateWebhookSecret, {
            commandId: randomUUID(),
            webhookId,
            expectedRevision: 1,
          }),
      ])
        await expect(asking()).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await list()).toHaveLength(1);
  });

  it('beyond twenty of a district, also when two come at once', async () => {
    for (let i = 0; i < 19; i++) await create();
    const outcomes = await Promise.allSettled([create(), create()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await list()).toHaveLength(20);
  });
});
