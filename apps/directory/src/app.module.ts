import { Module } from '@nestjs/common';
import { GuestApi } from './guest/guest.api.ts';
import { Guests } from './guest/guest.service.ts';
import { DirectoryImport } from './import/import.service.ts';
import { ImportApi } from './import/import.api.ts';
import { ContactPurge } from './person/purge.ts';
import { PersonApi } from './person/person.api.ts';
import { ServiceAccountApi } from './service-account/service-account.api.ts';
import { ServiceAccounts } from './service-account/service-account.service.ts';
import { DIRECTORY_CONFIG, directoryConfig } from './config.ts';
import { Attempts } from './session/attempts.ts';
import { Keys } from './session/keys.ts';
import { OneTimeCodes } from './session/one-time-code.service.ts';
import { SignInRates } from './session/rate.ts';
import { Seal } from './session/seal.ts';
import { SecondFactors } from './session/second-factor.service.ts';
import { SessionApi } from './session/session.api.ts';
import { SingleSignOn } from './session/single-sign-on.service.ts';
import { Sessions } from './session/session.service.ts';
import { UnitApi } from './unit/unit.api.ts';

@Module({
  controllers: [SessionApi, UnitApi, PersonApi, ImportApi, ServiceAccountApi, GuestApi],
  providers: [
    { provide: DIRECTORY_CONFIG, useFactory: () => directoryConfig(process.env) },
    Seal,
    Attempts,
    Keys,
    SecondFactors,
    OneTimeCodes,
    SignInRates,
    Sessions,
    SingleSignOn,
    DirectoryImport,
    ServiceAccounts,
    Guests,
    ContactPurge,
  ],
})
export class DirectoryModule {}
