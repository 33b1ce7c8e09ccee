import { createServer } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import type { Log } from '@lokmin/messaging';
import { SMTPServer } from 'smtp-server';
import { MailFolder } from './folder.ts';
import { listPage, MAIL_POLICY, mailPage, PAGE_POLICY } from './pages.ts';

export interface MailboxOptions {
  readonly folder: string;
  readonly host: string;
  /** 0: a free one. */
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly log: Log;
  /** How many mails are kept; 1,000 when left out. */
  readonly kept?: number;
}
export interface Mailbox {
  readonly smtpPort: number;
  readonly httpPort: number;
  stop(): Promise<void>;
}

const LARGEST_BYTES = 5 * 1024 * 1024;
const PAGE = 50;

/** Opens both doors: SMTP to take mail, HTTP to show it. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { host, log } = options;
  const mails = new MailFolder(options.folder, options.kept);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_BYTES,
    logger: false,
    banner: 'Lokmin mailbox',
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', done);
      stream.on('end', () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error('The mail is too large'), { responseCode: 552 }));
        mails.keep(Buffer.concat(chunks)).then(
          (id) => {
            log.info({ id }, 'a mail was caught');
            done();
          },
          (error: Error) => {
            log.error({ err: error }, 'a mail could not be kept');
            done(Object.assign(error, { responseCode: 451 }));
          },
        );
      });
    },
  });
  smtp.on('error', (error) => log.debug({ err: error }, 'an SMTP connection ended'));

  const answer = async (url: URL): Promise<[status: number, type: string, body: string, policy?: string]> => {
    const [, id, part] = /^\/mail\/([0-9a-f-]{36})(\/html)?$/.exec(url.pathname) ?? [];
    if (id) {
      const mail = await mails.read(id);
      if (mail && !part) return [200, 'text/html', mailPage(mail)];
      if (mail?.html) return [200, 'text/html', mail.html, MAIL_POLICY];
    }
    switch (url.pathname) {
      case '/': {
        const found = await mails.list(PAGE + 1, url.searchParams.get('before') ?? undefined);
        const shown = found.slice(0, PAGE);
        return [
          200,
          'text/html',
          listPage(shown, mails.count, found.length > PAGE ? shown.at(-1)!.id : null),
        ];
      }
      case '/mails.json':
        return [200, 'application/json', JSON.stringify(await mails.list(mails.count))];
      case '/health/live':
      case '/health/ready':
        return [200, 'application/json', JSON.stringify({ service: 'mailbox', ready: true })];
      default:
        return [404, 'text/plain', 'Tidak ditemukan.\n'];
    }
  };
  const http = createServer((request, response) => {
    const send = ([status, type, body, policy = PAGE_POLICY]: Awaited<ReturnType<typeof answer>>) =>
      response
        .writeHead(status, {
          'content-type': `${type}; charset=utf-8`,
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
          'cross-origin-resource-policy': 'same-origin',
        })
        .end(body);
    // A foreign page can make its own name point here, but cannot make the browser call us by address.
    const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    if (name !== 'localhost' && isIP(name) === 0)
      return send([403, 'text/plain', 'Panggil dengan alamat IP.\n']);
    if (request.method !== 'GET') return send([405, 'text/plain', 'GET saja.\n']);
    const url = URL.parse(request.url ?? '/', 'http://mailbox') ?? new URL('http://mailbox/not-a-page');
    answer(url).then(send, (error: unknown) => {
      log.error({ err: error }, 'a page failed');
      send([500, 'text/plain', 'Terjadi kesalahan.\n']);
    });
  });
  await Promise.all([
    new Promise<void>((resolve, reject) => {
      smtp.server.once('error', reject);
      smtp.listen(options.smtpPort, host, resolve);
    }),
    new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(options.httpPort, host, resolve);
    }),
  ]);
  const smtpPort = (smtp.server.address() as AddressInfo).port;
  const httpPort = (http.address() as AddressInfo).port;
  log.info({ smtpPort, httpPort, mails: mails.count }, 'started');
  return {
    smtpPort,
    httpPort,
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => http.close(() => resolve())),
      ]);
    },
  };
}
