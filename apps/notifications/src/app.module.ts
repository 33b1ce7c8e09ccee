import { Module } from '@nestjs/common';
import { mailSettings } from './config.ts';
import { DeliveriesApi } from './delivery/delivery.api.ts';
import { Deliveries, MAIL } from './delivery/delivery.service.ts';
import { MessagesApi } from './message/message.api.ts';
import { Messages } from './message/message.service.ts';
import { PreferencesApi } from './preference/preference.api.ts';
import { PreferencesOfPeople } from './preference/preference.service.ts';

@Module({
  controllers: [MessagesApi, DeliveriesApi, PreferencesApi],
  providers: [
    Messages,
    Deliveries,
    PreferencesOfPeople,
    { provide: MAIL, useFactory: () => mailSettings(process.env) },
  ],
})
export class NotificationsModule {}
