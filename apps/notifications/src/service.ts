import type { Log } from '@lokmin/messaging';
import { LOG, type ServiceOptions } from '@lokmin/service';
import { NotificationsModule } from './app.module.ts';
import type { MailSettings } from './config.ts';
import { Mail1764100000000 } from './database/migrations/1764100000000-mail.ts';
import { Meetings1764200000000 } from './database/migrations/1764200000000-meetings.ts';
import { Webhooks1764800000000 } from './database/migrations/1764800000000-webhooks.ts';
import { Notifications1763800000000 } from './database/migrations/1763800000000-notifications.ts';
import { Delivery } from './delivery/delivery.entity.ts';
import { Deliveries, MAIL } from './delivery/delivery.service.ts';
import { Message } from './message/message.entity.ts';
import { messageReactions } from './message/message.reactions.ts';
import { Messages } from './message/message.service.ts';
import { InboxVisit, Preference } from './preference/preference.entity.ts';
import { Webhook, WebhookSending, WebhookTurn } from './webhook/webhook.entity.ts';
import { webhookReactions } from './webhook/webhook.reactions.ts';
import { WebhooksOfDistricts } from './webhook/webhook.service.ts';

/** The notifications service: what it stores, what it reacts to and what it does as time passes. */
export const notifications: ServiceOptions = {
  name: 'notifications',
  module: NotificationsModule,
  database: {
    entities: [Message, Delivery, Preference, InboxVisit, Webhook, WebhookTurn, WebhookSending],
    migrations: [Notifications1763800000000, Mail1764100000000, Meetings1764200000000, Webhooks1764800000000],
    audit: {
      audited: {
        message: { record: 'Message', digest: ['title', 'body'] },
        delivery: { record: 'Delivery', masked: ['address'], digest: ['letter', 'last_error'] },
        preference: { record: 'Person', by: ['person_id'] },
        webhook: { record: 'Webhook' },
      },
      exempt: {
        inbox_visit: 'when somebody last looked; nothing changes by it',
        webhook_turn: 'when a webhook is sent to next',
        webhook_sending: 'the log of what was sent; what people ask of it is noted with the webhook',
      },
    },
  },
  reactions: (app) => [
    ...messageReactions(app.get(Messages)),
    ...webhookReactions(app.get(WebhooksOfDistricts)),
  ],
  tick: async (app) => {
    await Promise.all([app.get(Deliveries).work(), app.get(WebhooksOfDistricts).work()]);
  },
  prepare: async (app) => {
    const settings = app.get<MailSettings | null>(MAIL);
    const log = app.get<Log>(LOG);
    if (settings) log.info({ server: settings.host, port: settings.port }, 'mail goes out');
    else log.warn({}, 'LOKMIN_SMTP_URL is not set: no mail is sent, messages stand in the inbox only');
  },
  http: (server, app) => {
    server.get('/health/mail', () => app.get(Deliveries).state());
  },
};
