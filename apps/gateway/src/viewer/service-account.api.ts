import {
  globalId,
  ListServiceAccounts,
  MakeServiceAccount,
  RenewServiceSecret,
  RevokeServiceAccount,
  SignInService,
  type AskReply,
} from '@lokmin/contracts';
import {
  Args,
  Context,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { Public } from '../access/guard.ts';
import { parseDistrictCode } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { Instant, Day } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { Part, RefusalResult, resultUnion } from '../graphql/text.ts';

export enum ServiceAccountRole {
  AKUN_LAYANAN = 'akun_layanan',
  AUDITOR = 'auditor',
}
registerEnumType(ServiceAccountRole, {
  name: 'ServiceAccountRole',
  description: 'What a service account may read.',
  valuesMap: {
    AKUN_LAYANAN: { description: 'The figures, meetings and actions of the district.' },
    AUDITOR: { description: 'What an auditor reads: also people and the audit trail.' },
  },
});

@ObjectType({ description: 'A secret by which a service account signs in; never the secret itself.' })
export class ServiceSecret {
  @Field(() => Instant) madeAt: string;
  @Field(() => Instant, { nullable: true, description: 'Null: as long as the account.' })
  endsAt: string | null;
  @Field(() => Instant, { nullable: true }) lastUsedAt: string | null;
}
@ObjectType({ description: 'An account by which a program reads.' })
export class ServiceAccount {
  @Field(() => ID) id: string;
  @Field(() => Int) revision: number;
  @Field() login: string;
  @Field() name: string;
  @Field() districtCode: string;
  @Field(() => ServiceAccountRole) role: ServiceAccountRole;
  @Field(() => Day, { description: 'The last local day on which it reads.' }) expiresOn: string;
  @Field(() => Instant) madeAt: string;
  @Field(() => Instant, {
    nullable: true,
    description: 'When it last signed in, which it does every ten minutes while it works.',
  })
  lastUsedAt: string | null;
  @Field(() => Instant, { nullable: true }) revokedAt: string | null;
  @Field(() => [ServiceSecret], { description: 'Those that open it now, the newest first.' })
  secrets: ServiceSecret[];
}
@ObjectType()
export class ServiceAccountsPart extends Part {
  @Field(() => [ServiceAccount], { nullable: true }) nodes?: ServiceAccount[] | null;
}

@InputType()
class MakeServiceAccountInput {
  @Field(() => ID) commandId: string;
  @Field({ description: 'Code of the district, `19.06`.' }) district: string;
  @Field({ description: 'By which it signs in: 2 to 64 letters, digits, dots, underscores or hyphens.' })
  login: string;
  @Field({ description: 'What it is for; people read it in the audit trail.' }) name: string;
  @Field(() => ServiceAccountRole) role: ServiceAccountRole;
  @Field(() => Day, { description: 'At most 366 days from now.' }) expiresOn: string;
}
@InputType()
class RenewServiceSecretInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) serviceAccount: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => Int, { description: 'So many hours the secret before holds beside the new one; 0 to 168.' })
  oldHoldsHours: number;
}
@InputType()
class RevokeServiceAccountInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID) serviceAccount: string;
  @Field(() => Int) expectedRevision: number;
}
@ObjectType()
class ServiceAccountChanged {
  readonly __typename = 'ServiceAccountChanged';
  @Field(() => ServiceAccount) account: ServiceAccount;
  @Field(() => String, {
    nullable: true,
    description: 'A new secret. It is told only here and kept nowhere: null when the command is sent again.',
  })
  secret: string | null;
}
@ObjectType()
class ServiceSession {
  readonly __typename = 'ServiceSession';
  @Field({ description: 'For `Authorization: Bearer`; sign in again when it ends.' }) accessToken: string;
  @Field(() => Instant) accessExpiresAt: string;
}
const ServiceAccountResult = resultUnion('ServiceAccountResult', () => [ServiceAccountChanged]);
const SignInServiceResult = resultUnion('SignInServiceResult', () => [ServiceSession]);

const shown = ({
  serviceAccountId,
  role,
  ...rest
}: AskReply<typeof RevokeServiceAccount>): ServiceAccount => ({
  ...rest,
  id: globalId('ServiceAccount', serviceAccountId),
  role: role as ServiceAccountRole,
});
const changed = (
  account: AskReply<typeof RevokeServiceAccount>,
  secret: string | null,
): ServiceAccountChanged => ({ __typename: 'ServiceAccountChanged', account: shown(account), secret });

@Resolver()
export class ServiceAccountApi {
  constructor(private readonly services: Services) {}

  @Query(() => ServiceAccountsPart, {
    description: 'Accounts of programs, the newest first, for the administrators of the district.',
  })
  @Extensions({ asks: 1 })
  async serviceAccounts(
    @Args('district') district: string,
    @Context() context: RequestContext,
  ): Promise<ServiceAccountsPart> {
    const districtCode = parseDistrictCode(district, 'district');
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, ListServiceAccounts, { districtCode }),
    );
    return { ...part, nodes: reply && reply.items.map(shown) };
  }

  @Mutation(() => ServiceAccountResult, { description: 'An account for a program that reads.' })
  makeServiceAccount(
    @Args('input') { district, ...input }: MakeServiceAccountInput,
    @Context() context: RequestContext,
  ): Promise<ServiceAccountChanged | RefusalResult> {
    return orRefusal(async () => {
      const districtCode = parseDistrictCode(district, 'district');
      const { account, secret } = await this.services.command(context, MakeServiceAccount, {
        ...input,
        districtCode,
      });
      return changed(account, secret);
    });
  }

  @Mutation(() => ServiceAccountResult, {
    description: 'A new secret; the one before holds for some hours more.',
  })
  renewServiceSecret(
    @Args('input') { serviceAccount, ...input }: RenewServiceSecretInput,
    @Context() context: RequestContext,
  ): Promise<ServiceAccountChanged | RefusalResult> {
    return orRefusal(async () => {
      const serviceAccountId = keyOf('ServiceAccount', serviceAccount, 'serviceAccount');
      const { account, secret } = await this.services.command(context, RenewServiceSecret, {
        ...input,
        serviceAccountId,
      });
      return changed(account, secret);
    });
  }

  @Mutation(() => ServiceAccountResult, {
    description: 'Ends the account at once, with all that it was given.',
  })
  revokeServiceAccount(
    @Args('input') { serviceAccount, ...input }: RevokeServiceAccountInput,
    @Context() context: RequestContext,
  ): Promise<ServiceAccountChanged | RefusalResult> {
    return orRefusal(async () => {
      const serviceAccountId = keyOf('ServiceAccount', serviceAccount, 'serviceAccount');
      const account = await this.services.command(context, RevokeServiceAccount, {
        ...input,
        serviceAccountId,
      });
      return changed(account, null);
    });
  }

  @Public()
  @Mutation(() => SignInServiceResult, {
    description:
      'For programs, with the login and the secret of a service account: an access token for ten minutes.',
  })
  signInService(
    @Args('login') login: string,
    @Args('secret') secret: string,
    @Context() context: RequestContext,
  ): Promise<ServiceSession | RefusalResult> {
    return orRefusal(async () => {
      const { accessToken, accessExpiresAt } = await this.services.command(context, SignInService, {
        login,
        secret,
        address: context.request.ip,
      });
      return { __typename: 'ServiceSession', accessToken, accessExpiresAt };
    });
  }
}
