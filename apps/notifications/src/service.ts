import type { ServiceOptions } from '@lokmin/service';
import { NotificationsModule } from './app.module.ts';
import { Notifications1763800000000 } from './database/migrations/1763800000000-notifications.ts';
import { Message } from './message/message.entity.ts';
import { messageReactions } from './message/message.reactions.ts';
import { Messages } from './message/message.service.ts';

/** The notifications service: what it stores and what it reacts to. */
export const notifications: ServiceOptions = {
  name: 'notifications',
  module: NotificationsModule,
  database: { entities: [Message], migrations: [Notifications1763800000000] },
  reactions: (app) => messageReactions(app.get(Messages)),
};
