import { Module } from '@nestjs/common';
import { MeetingsApi } from './meeting/meeting.api.ts';
import { Meetings } from './meeting/meeting.service.ts';

@Module({ controllers: [MeetingsApi], providers: [Meetings] })
export class MeetingsModule {}
