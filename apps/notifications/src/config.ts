import { parseEnvironment } from '@lokmin/service';
import { z } from 'zod';

const environment = z
  .object({
    /** `smtp://[user:password@]host[:port]` or `smtps://...`; left out: no mail is sent. */
    LOKMIN_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** Sender of every mail, for example `Lokmin <lokmin@dinkes.example>`. */
    LOKMIN_MAIL_FROM: z
      .string()
      .regex(/^[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/)
      .optional(),
    /** Address of the browser application, for the links in mails. */
    LOKMIN_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** `require`: mail never leaves without TLS, whatever the server offers. */
    LOKMIN_SMTP_TLS: z.enum(['offered', 'require']).default('offered'),
  })
  .superRefine((env, context) => {
    if (env.LOKMIN_SMTP_URL === undefined) return;
    for (const name of ['LOKMIN_MAIL_FROM', 'LOKMIN_PUBLIC_URL'] as const)
      if (env[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is needed where LOKMIN_SMTP_URL is set' });
  });

/** How mail leaves this installation. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
}

/** @returns null when no mail is sent; @throws Error naming every variable that is missing or wrong */
export function mailSettings(env: Record<string, string | undefined>): MailSettings | null {
  const given = parseEnvironment(environment, env);
  if (!given.LOKMIN_SMTP_URL) return null;
  const url = new URL(given.LOKMIN_SMTP_URL);
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTls: given.LOKMIN_SMTP_TLS === 'require',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    from: given.LOKMIN_MAIL_FROM!,
    publicUrl: given.LOKMIN_PUBLIC_URL!.replace(/\/+$/, ''),
  };
}

const webhooks = z.object({
  /** Of this service alone; the secrets of all webhooks are made from it. */
  LOKMIN_NOTIFICATIONS_KEY: z.string().min(20),
  /** Hosts, divided by commas, to which webhooks may go without TLS and in inner networks. */
  LOKMIN_WEBHOOK_HOSTS: z.string().default(''),
});

/** How facts leave this installation. */
export interface WebhookSettings {
  readonly key: string;
  readonly hosts: ReadonlySet<string>;
}

/** @throws Error naming every variable that is missing or wrong */
export function webhookSettings(env: Record<string, string | undefined>): WebhookSettings {
  const given = parseEnvironment(webhooks, env);
  const hosts = given.LOKMIN_WEBHOOK_HOSTS.toLowerCase().split(',');
  return {
    key: given.LOKMIN_NOTIFICATIONS_KEY,
    hosts: new Set(hosts.map((host) => host.trim()).filter((host) => host !== '')),
  };
}
