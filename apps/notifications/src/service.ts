import type { Log } from '@lokmin/messaging';
import { LOG, type ServiceOptions } from '@lokmin/service';
import { NotificationsModule } from './app.module.ts';
import type { MailSettings } from './config.ts';
import { Mail1764100000000 } from './database/migrations/1764100000000-mail.ts';
import { Meetings1764200000000 } from './database/migrations/1764200000000-meetings.ts';
import { Notifications1763800000000 } from './database/migrations/1763800000000-notifications.ts';
import { Delivery } from './delivery/delivery.entity.ts';
import { Deliveries, MAIL } from './delivery/delivery.service.ts';
import { Message } from './message/message.entity.ts';
import { messageReactions } from './message/message.reactions.ts';
import { Messages } from './message/message.service.ts';
import { InboxVisit, Preference } from './preference/preference.entity.ts';

/** The notifications service: what it stores, what it reacts to and what it does as time passes. */
export const notifications: ServiceOptions = {
  name: 'notifications',
  module: NotificationsModule,
  database: {
    entities: [Message, Delivery, Preference, InboxVisit],
    migrations: [Notifications1763800000000, Mail1764100000000, Meetings1764200000000],
    audit: {
      audited: {
        message: { record: 'Message', digest: ['title', 'body'] },
        delivery: { record: 'Delivery', masked: ['address'], digest: ['letter', 'last_error'] },
        preference: { record: 'Person', by: ['person_id'] },
      },
      exempt: { inbox_visit: 'when somebody last looked; nothing changes by it' },
    },
  },
  reactions: (app) => messageReactions(app.get(Messages)),
  tick: (app) => app.get(Deliveries).work(),
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
