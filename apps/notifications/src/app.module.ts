import { Module } from '@nestjs/common';
import { mailSettings, webhookSettings } from './config.ts';
import { DeliveriesApi } from './delivery/delivery.api.ts';
import { Deliveries, MAIL } from './delivery/delivery.service.ts';
import { MessagesApi } from './message/message.api.ts';
import { Messages } from './message/message.service.ts';
import { PreferencesApi } from './preference/preference.api.ts';
import { PreferencesOfPeople } from './preference/preference.service.ts';
import { WebhooksApi } from './webhook/webhook.api.ts';
import { WEBHOOK, WebhooksOfDistricts } from './webhook/webhook.service.ts';

@Module({
  controllers: [MessagesApi, DeliveriesApi, PreferencesApi, WebhooksApi],
  providers: [
    Messages,
    Deliveries,
    PreferencesOfPeople,
    WebhooksOfDistricts,
    { provide: MAIL, useFactory: () => mailSettings(process.env) },
    { provide: WEBHOOK, useFactory: () => webhookSettings(process.env) },
  ],
})
export class NotificationsModule {}
