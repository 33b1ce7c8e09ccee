import { readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { aFolder } from '@lokmin/testing';
import { createTransport } from 'nodemailer';
import { startMailbox, type Mailbox } from './mailbox.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let folder: string;
let mailbox: Mailbox;
const open = async (kept?: number) => {
  mailbox = await startMailbox({ folder, host: '127.0.0.1', smtpPort: 0, httpPort: 0, log: quiet, kept });
};
beforeEach(async () => {
  folder = aFolder();
  await open();
});
afterEach(() => mailbox.stop());

const send = (given: object = {}) =>
  createTransport({ host: '127.0.0.1', port: mailbox.smtpPort }).sendMail({
    from: 'Lokmin <lokmin@dinkes.example>',
    to: 'kia@puskesmas.example',
    subject: 'Kegiatan <script>alert(1)</script>',
    text: 'Buka: https://lokmin.example/rtl/1?a=1&b=2\n<b>tebal</b>',
    html: '<p onclick="alert(1)">Isi</p><script>alert(1)</script>',
    messageId: '<1@dinkes.example>',
    ...given,
  });
const get = (path: string) => fetch(`http://127.0.0.1:${mailbox.httpPort}${path}`);
const mails = async () =>
  (await (await get('/mails.json')).json()) as {
    id: string;
    subject: string;
    to: string;
    messageId: string;
  }[];

/** As a browser calls when a page of somebody else makes its own name point here. */
const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) =>
    request({ port: mailbox.httpPort, host: '127.0.0.1', path: '/', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end(),
  );

describe('the mailbox', () => {
  it('answers to its address, not to a name that somebody made point to it', async () => {
    expect(await statusFor('mailbox.attacker.example')).toBe(403);
    expect(await statusFor('localhost:1')).toBe(200);
  });

  it('catches a mail and lists it', async () => {
    await send();
    expect(await mails()).toMatchObject([
      {
        to: 'kia@puskesmas.example',
        messageId: '<1@dinkes.example>',
        subject: 'Kegiatan <script>alert(1)</script>',
      },
    ]);
    const list = await get('/');
    expect(list.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await list.text()).toContain('Kegiatan &lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('shows a mail as text with its links, and its HTML in a sandbox without scripts', async () => {
    await send();
    const [mail] = await mails();
    const page = await (await get(`/mail/${mail!.id}`)).text();
    expect(page).toContain('&lt;b&gt;tebal&lt;/b&gt;');
    expect(page).toContain('<a href="https://lokmin.example/rtl/1?a=1&amp;b=2"');
    expect(page).not.toContain('<script>');
    expect(page).toContain(`<iframe sandbox="" title="HTML" src="/mail/${mail!.id}/html">`);
    const html = await get(`/mail/${mail!.id}/html`);
    const policy = html.headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox']));
    expect((await get(`/mail/${'0'.repeat(36)}`)).status).toBe(404);
    expect((await get('/mail/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });

  it('keeps its mails over a restart, without what a crash cut short', async () => {
    await send();
    const before = await mails();
    await mailbox.stop();
    writeFileSync(join(folder, 'x.eml.part'), 'half');
    await open();
    expect(await mails()).toEqual(before);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('keeps the newest ones only', async () => {
    await mailbox.stop();
    await open(3);
    for (const n of [1, 2, 3, 4, 5]) await send({ subject: `Surel ${n}` });
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Surel 5', 'Surel 4', 'Surel 3']);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('shows fifty on a page', async () => {
    await Promise.all(Array.from({ length: 51 }, (_, n) => send({ subject: `Surel ${n}` })));
    const first = await (await get('/')).text();
    const [, older] = /href="(\/\?before=[^"]+)"/.exec(first)!;
    const rest = await (await get(older!)).text();
    expect([first.match(/<li>/g)?.length, rest.match(/<li>/g)?.length]).toEqual([50, 1]);
  });
});
