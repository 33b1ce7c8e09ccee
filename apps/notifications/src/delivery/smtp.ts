import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailSettings } from '../config.ts';
import type { Mail } from './delivery.texts.ts';

/** What is known after talking to the mail server. */
export type Outcome =
  | { readonly end: 'sent' }
  /** Not taken; worth another try. `away`: the server itself could not be talked to, so others would fare no better. */
  | { readonly end: 'later'; readonly detail: string; readonly away: boolean }
  /** Not taken and never will be. */
  | { readonly end: 'refused'; readonly by: 'recipient-refused' | 'message-refused'; readonly detail: string }
  /** The connection ended after the text had begun to go out and before the server answered. */
  | { readonly end: 'uncertain'; readonly detail: string };

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
/** Bound on a whole talk, which has to stay well below the lease of a delivery (delivery.service.ts). */
export const TALK_MS = 120_000;

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * Hands one mail to the mail server, over a connection of its own: a pool would send again by itself what it is not
 * sure of. Never throws for what a server or network does.
 */
export async function handOver(
  settings: MailSettings,
  mail: Mail & { readonly to: string; readonly messageId: string; readonly date: Date },
): Promise<Outcome> {
  const composed = await new MailComposer({
    from: settings.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: mail.date,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  let begun = false;
  // Read only once the server has said that it wants the text, so the first read is the first byte on its way.
  const source = new Readable({
    read() {
      begun = true;
      this.push(composed);
      this.push(null);
    },
  });
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTls,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  let patience: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      patience = setTimeout(() => reject(new Error(`no end after ${TALK_MS / 1000} s`)), TALK_MS);
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('the connection ended')));
      const send = () =>
        connection.send({ from: addressOf(settings.from), to: [mail.to] }, source, (error) =>
          error ? reject(error) : resolve(),
        );
      connection.connect((error) => {
        if (error) return reject(error);
        if (!settings.user) return send();
        connection.login({ credentials: { user: settings.user, pass: settings.password } }, (refused) =>
          refused ? reject(refused) : send(),
        );
      });
    });
    return { end: 'sent' };
  } catch (error) {
    return judge(error as SmtpError, begun);
  } finally {
    clearTimeout(patience);
    connection.on('error', () => {}); // what a connection says after its talk is over concerns nobody
    connection.close();
  }
}

/** What an error of a talk means for the mail; `begun`: its text had begun to go out. */
export function judge(error: SmtpError, begun: boolean): Outcome {
  const detail = error.message.slice(0, 500);
  const { responseCode, command = '' } = error;
  // An answer of the server is definite: it did not take the mail.
  if (responseCode !== undefined && responseCode >= 500) {
    if (command === 'RCPT TO') return { end: 'refused', by: 'recipient-refused', detail };
    if (command === 'DATA') return { end: 'refused', by: 'message-refused', detail };
    return { end: 'later', detail, away: true }; // login or sender refused: for the operator to mend
  }
  if (responseCode !== undefined && responseCode >= 400)
    return { end: 'later', detail, away: command !== 'RCPT TO' && command !== 'DATA' };
  if (begun) return { end: 'uncertain', detail };
  // What the client itself finds wrong with an address (EENVELOPE without an answer) will not get better.
  if (error.code === 'EENVELOPE') return { end: 'refused', by: 'recipient-refused', detail };
  return { end: 'later', detail, away: true };
}

/** `lokmin@x` out of `Lokmin <lokmin@x>`. */
export const addressOf = (sender: string): string => /<([^<>]+)>$/.exec(sender)?.[1] ?? sender;
