import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventually } from '@lokmin/testing';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

const examples = join(import.meta.dirname, '../../docs/examples');
const MANGGAR = /Puskesmas Manggar[ │]+17[ │]+10[ │]+22[ │]+6[ │]+0[ │]/;
const K1 = 'KIA-K1: 1731 / 2254 = 76.80 %';

let demonstration: Demonstration;
beforeAll(async () => {
  demonstration = await aRunningDemonstration();
}, 300_000);
afterAll(() => demonstration?.stop(), 60_000);

/** An example at work, as its reader runs it. */
function run(program: string, parameters: readonly string[], environment: Record<string, string> = {}) {
  const { system } = demonstration;
  const running = spawn(program, parameters, {
    env: {
      ...process.env,
      NO_COLOR: '1',
      LOKMIN_ADDRESS: system.address,
      LOKMIN_LOGIN: 'dinas',
      LOKMIN_PASSWORD: system.secrets.demoPassword,
      LOKMIN_NATS_URL: system.natsUrl,
      LOKMIN_NATS_PASSWORD: system.secrets.nats.reader,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [running.stdout, running.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = once(running, 'close').then(([code]) => ({ code: code as number, text: lines.join('\n') }));
  return { lines, ended, stop: () => running.kill('SIGINT') };
}

// The example is for machines that have both; where one is missing there is nothing to run, and the count of skipped tests says so.
const hasTools = ['curl', 'jq'].every((tool) => spawnSync(tool, ['--version']).error === undefined);
(hasTools ? describe : describe.skip)('with curl and jq', () => {
  const district = (...parameters: string[]) =>
    run('sh', [join(examples, 'district.sh'), ...parameters]).ended;

  it('the district is a table', async () => {
    const { code, text } = await district();
    expect([code, text]).toEqual([0, expect.stringMatching(MANGGAR)]);
    expect(text).toContain(K1);
  });

  it('a program signs in with the secret of a service account, and not once that is revoked', async () => {
    const administrator = await demonstration.signIn('admin');
    const { account, secret } = await administrator.command<{
      account: { id: string; revision: number };
      secret: string;
    }>(
      'makeServiceAccount',
      {
        district: '19.06',
        login: 'dasbor',
        name: 'Dasbor Dinas Kesehatan',
        role: 'AKUN_LAYANAN',
        expiresOn: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10),
      },
      '... on ServiceAccountChanged { account { id revision } secret }',
    );
    const environment = { LOKMIN_LOGIN: 'dasbor', LOKMIN_SECRET: secret, LOKMIN_PASSWORD: '' };
    const dashboard = () => run('sh', [join(examples, 'district.sh')], environment).ended;
    const { code, text } = await dashboard();
    expect([code, text]).toEqual([0, expect.stringMatching(MANGGAR)]);
    await administrator.command(
      'revokeServiceAccount',
      { serviceAccount: account.id, expectedRevision: account.revision },
      '... on ServiceAccountChanged { secret }',
    );
    expect(await dashboard()).toEqual({ code: 5, text: expect.stringContaining('has ended') });
  });

  it('a refusal is told', async () => {
    expect(await district('99.99')).toEqual({ code: 5, text: expect.stringContaining('error') });
    expect(await district('19.06', '2024-13')).toEqual({
      code: 5,
      text: expect.stringContaining('not valid at period'),
    });
  });
});

it('the typed client prints the same', async () => {
  const { code, text } = await run(process.execPath, [join(examples, 'district.ts')]).ended;
  expect([code, text]).toEqual([0, expect.stringMatching(MANGGAR)]);
  expect(text).toContain(K1);
});

it('facts are followed from the first one on, each as the catalogue says, and live', async () => {
  const filter = 'lokmin.indicators.>';
  const following = run(process.execPath, [join(examples, 'facts.ts'), filter, '1']);
  const submitted = () =>
    following.lines.filter((line) => line.includes('lokmin.indicators.evaluation.submitted.v1')).length;
  await eventually(() => submitted() === 7, { deadlineMs: 30_000 });

  const officer = await demonstration.signIn('dinas');
  const { puskesmas } = await officer.ask<{
    puskesmas: { results: { evaluation: { id: string; revision: number } } };
  }>('{ puskesmas(code: "1012406") { results(period: "2024-12") { evaluation { id revision } } } }');
  const { id, revision } = puskesmas.results.evaluation;
  const returned = await officer.command<{ __typename: string }>(
    'returnEvaluation',
    { evaluation: id, expectedRevision: revision, reason: 'Periksa penyebut K1.' },
    '... on EvaluationReturned { evaluation { id } }',
  );
  expect(returned.__typename).toBe('EvaluationReturned');
  await eventually(
    () =>
      following.lines.some((line) =>
        /evaluation\.returned\.v1 {2}revision 2 {2}Puskesmas Manggar {2}2024-12/.test(line),
      ),
    { deadlineMs: 30_000 },
  );
  following.stop();
  const { code, text } = await following.ended;
  expect([code, text.match(/\(.+\)/g)]).toEqual([0, null]); // no fact differs from its description
  expect(text).toMatch(/Go on with \d+$/);
}, 90_000);

it('whoever follows facts reads nothing else and changes nothing', async () => {
  const { system } = demonstration;
  const refused: string[] = [];
  const connection = await connect({
    servers: system.natsUrl,
    user: 'reader',
    pass: system.secrets.nats.reader,
    inboxPrefix: '_INBOX.reader',
  });
  try {
    void (async () => {
      for await (const status of connection.status())
        if (status.type === 'error') refused.push(String(status.error));
    })();
    // The check itself would be refused: it asks for the account's limits.
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2_000 });
    connection.publish('lokmin.indicators.evaluation.submitted.v1', '{}');
    connection.subscribe('lokmin.ask.>');
    connection.subscribe('lokmin.ref.>');
    await expect(manager.consumers.add('LOKMIN_FACTS', { durable_name: 'mine' })).rejects.toThrow();
    await expect(manager.consumers.delete('LOKMIN_FACTS', 'actions-propose')).rejects.toThrow();
    await expect(manager.streams.purge('LOKMIN_FACTS')).rejects.toThrow();
    await expect(manager.direct.getMessage('LOKMIN_REFERENCE', { seq: 1 })).rejects.toThrow();
    await eventually(() => refused.length >= 3);
    expect(refused.join('\n')).toContain('lokmin.indicators.evaluation.submitted.v1');
  } finally {
    await connection.close();
  }
});

it('a webhook brings facts to a receiver that looks at their signatures', async () => {
  const administrator = await demonstration.signIn('admin');
  const officer = await demonstration.signIn('dinas');
  const wanted = {
    name: 'Penerima uji',
    types: ['lokmin.indicators.evaluation.returned.v1'],
    puskesmas: ['1012404'],
  };
  // The receiver needs the secret before it listens, and the webhook its address: that is corrected afterwards.
  const made = await administrator.command<{ secret: string; webhook: { id: string; revision: number } }>(
    'createWebhook',
    { district: '19.06', url: 'http://127.0.0.1:1/', ...wanted },
    '... on WebhookWithSecret { secret webhook { id revision } }',
  );
  const receiver = run(process.execPath, [join(examples, 'webhook.ts'), '0'], {
    LOKMIN_WEBHOOK_SECRET: made.secret,
  });
  try {
    const url = await eventually(() => /listening at (\S+)/.exec(receiver.lines.join('\n'))?.[1] ?? null);
    const webhook = made.webhook.id;
    await administrator.command(
      'changeWebhook',
      { webhook, expectedRevision: made.webhook.revision, url, enabled: true, ...wanted },
      '... on WebhookChanged { webhook { revision } }',
    );
    await administrator.command('testWebhook', { webhook }, '... on WebhookTested { sending { status } }');
    await eventually(() => receiver.lines.some((line) => line.includes('webhook.tested.v1')));

    const { puskesmas } = await officer.ask<{
      puskesmas: { results: { evaluation: { id: string; revision: number } } };
    }>('{ puskesmas(code: "1012404") { results(period: "2024-12") { evaluation { id revision } } } }');
    const { id, revision } = puskesmas.results.evaluation;
    const returned = await officer.command<{ __typename: string }>(
      'returnEvaluation',
      { evaluation: id, expectedRevision: revision, reason: 'Periksa penyebut K1.' },
      '... on EvaluationReturned { evaluation { id } }',
    );
    expect(returned.__typename).toBe('EvaluationReturned');
    await eventually(() => receiver.lines.some((line) => line.includes('evaluation.returned.v1')));
    await eventually(async () => {
      const { webhookSendings } = await administrator.ask<{
        webhookSendings: { nodes: { status: string; attempts: number; unitName: string }[] };
      }>(
        'query ($webhook: ID!) { webhookSendings(webhook: $webhook) { nodes { status attempts unitName } } }',
        {
          webhook,
        },
      );
      expect(webhookSendings.nodes).toEqual([
        { status: 'DELIVERED', attempts: 1, unitName: 'Puskesmas Gantung' },
        { status: 'DELIVERED', attempts: 1, unitName: null },
      ]);
      return true;
    });

    // What somebody else sends is not believed.
    const forged = await fetch(url, { method: 'POST', body: '{}' });
    expect([forged.status, await forged.text()]).toEqual([401, 'it is too old']);
  } finally {
    receiver.stop();
  }
  const { text } = await receiver.ended;
  expect(text.match(/evaluation\.returned/g)).toHaveLength(1);
}, 60_000);
