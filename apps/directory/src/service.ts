import { Roster, type ServiceOptions } from '@lokmin/service';
import { DirectoryModule } from './app.module.ts';
import { makeFirstAdministrator, removeSecondFactor, rotateKey, setPassword } from './commands.ts';
import { FailedAddress1764100100000 } from './database/migrations/1764100100000-failed-address.ts';
import { Roles1764300000000 } from './database/migrations/1764300000000-roles.ts';
import { CoachingGroups1764600100000 } from './database/migrations/1764600100000-coaching-groups.ts';
import { Devices1764400000000 } from './database/migrations/1764400000000-devices.ts';
import { SecondFactor1764700000000 } from './database/migrations/1764700000000-second-factor.ts';
import { OneTimeCodes1764700100000 } from './database/migrations/1764700100000-one-time-codes.ts';
import { ServiceAccounts1764800000000 } from './database/migrations/1764800000000-service-accounts.ts';
import { SingleSignOn1764900000000 } from './database/migrations/1764900000000-single-sign-on.ts';
import { Directory1763700100000 } from './database/migrations/1763700100000-directory.ts';
import { LostRefreshAnswers1763850000000 } from './database/migrations/1763850000000-lost-refresh-answers.ts';
import { Guests1765300100000 } from './database/migrations/1765300100000-guests.ts';
import { VillageCodes1765700100000 } from './database/migrations/1765700100000-village-codes.ts';
import { Guest, GuestLink } from './guest/guest.entity.ts';
import { Person, Post } from './person/person.entity.ts';
import { personReactions } from './person/person.reactions.ts';
import { ServiceAccount, ServiceSecret } from './service-account/service-account.entity.ts';
import { ContactPurge } from './person/purge.ts';
import { Keys } from './session/keys.ts';
import { SignInRates } from './session/rate.ts';
import { Seal } from './session/seal.ts';
import {
  Account,
  Identity,
  MappedPost,
  OfferedFactor,
  OneTimeCode,
  RecoveryCode,
  RefreshToken,
  SecondFactor,
  Session,
  SignInAttempt,
  SignInChallenge,
  SignInRate,
  SingleSignOnAttempt,
  TokenKey,
} from './session/session.entity.ts';
import { CoachingGroup, District, Unit, UnitIdentifier, Village } from './unit/unit.entity.ts';

/** The directory as a service: what it keeps, and what happens as time passes. */
export const directory: ServiceOptions = {
  name: 'directory',
  module: DirectoryModule,
  database: {
    entities: [
      District,
      CoachingGroup,
      Unit,
      UnitIdentifier,
      Village,
      Person,
      Post,
      Account,
      Session,
      RefreshToken,
      SignInAttempt,
      SecondFactor,
      OfferedFactor,
      RecoveryCode,
      SignInChallenge,
      OneTimeCode,
      SignInRate,
      ServiceAccount,
      ServiceSecret,
      Guest,
      GuestLink,
      Identity,
      MappedPost,
      SingleSignOnAttempt,
      TokenKey,
    ],
    migrations: [
      Directory1763700100000,
      LostRefreshAnswers1763850000000,
      FailedAddress1764100100000,
      Roles1764300000000,
      Devices1764400000000,
      CoachingGroups1764600100000,
      SecondFactor1764700000000,
      OneTimeCodes1764700100000,
      ServiceAccounts1764800000000,
      SingleSignOn1764900000000,
      Guests1765300100000,
      VillageCodes1765700100000,
    ],
    audit: {
      audited: {
        district: { record: 'District' },
        coaching_group: { record: 'CoachingGroup' },
        unit: { record: 'Puskesmas' },
        unit_identifier: { record: 'Puskesmas', by: ['unit_id'] },
        village: { record: 'Puskesmas', by: ['unit_id'] },
        person: { record: 'Person', masked: ['email', 'phone'] },
        post: { record: 'Person', by: ['person_id'] },
        account: { record: 'Person', secret: ['password_hash'] },
        session: { record: 'Person', by: ['person_id'] },
        second_factor: { record: 'Person', by: ['person_id'], secret: ['sealed_key'] },
        offered_factor: { record: 'Person', by: ['person_id'], secret: ['sealed_key'] },
        recovery_code: { record: 'Person', by: ['person_id'], secret: ['hmac'] },
        one_time_code: { record: 'Person', by: ['person_id'], secret: ['hmac'] },
        service_account: { record: 'Person', by: ['person_id'] },
        service_secret: { record: 'Person', by: ['person_id'], secret: ['sha256'] },
        guest: { record: 'Guest', masked: ['phone'] },
        guest_link: { record: 'Guest', by: ['guest_id'], within: 'guest', secret: ['sha256'] },
        identity: { record: 'Person', by: ['person_id'] },
        mapped_post: { record: 'Person', by: ['person_id'] },
        token_key: { record: 'TokenKey', secret: ['private_jwk'] },
      },
      exempt: {
        refresh_token: 'secrets of a session; each renewal is noted at the session',
        sign_in_challenge: 'a sign-in between its two steps, for some minutes',
        single_sign_on_attempt: 'somebody is at the provider, for some minutes',
        sign_in_rate: 'counts tries by a hash of login or address, for some minutes',
        sign_in_attempt: 'counts wrong passwords by a hash of the login, for some hours',
      },
      places: { units: 'unit', districts: 'district' },
    },
  },
  reactions: (app) => personReactions(app.get(Roster)),
  prepare: async (app) => {
    app.get(Seal).demandKey();
    await app.get(Keys).keep();
  },
  tick: async (app) => {
    await app.get(Keys).keep();
    await app.get(SignInRates).forget();
    await app.get(ContactPurge).keep();
  },
  commands: {
    'first-administrator': makeFirstAdministrator,
    'set-password': setPassword,
    'remove-second-factor': removeSecondFactor,
    'rotate-key': rotateKey,
  },
};
