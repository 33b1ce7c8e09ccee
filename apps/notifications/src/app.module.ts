import { Module } from '@nestjs/common';
import { MessagesApi } from './message/message.api.ts';
import { Messages } from './message/message.service.ts';

@Module({ controllers: [MessagesApi], providers: [Messages] })
export class NotificationsModule {}
