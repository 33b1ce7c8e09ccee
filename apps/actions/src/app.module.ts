import { Module } from '@nestjs/common';
import { ActionsApi } from './action/action.api.ts';
import { Actions } from './action/action.service.ts';

@Module({ controllers: [ActionsApi], providers: [Actions] })
export class ActionsModule {}
