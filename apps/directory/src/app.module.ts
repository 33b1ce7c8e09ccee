import { Module } from '@nestjs/common';
import { DirectoryImport } from './import/import.service.ts';
import { ImportApi } from './import/import.api.ts';
import { PersonApi } from './person/person.api.ts';
import { Keys } from './session/keys.ts';
import { SessionApi } from './session/session.api.ts';
import { Sessions } from './session/session.service.ts';
import { UnitApi } from './unit/unit.api.ts';

@Module({
  controllers: [SessionApi, UnitApi, PersonApi, ImportApi],
  providers: [Keys, Sessions, DirectoryImport],
})
export class DirectoryModule {}
