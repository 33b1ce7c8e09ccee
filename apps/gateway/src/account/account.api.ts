import { FindUnit, globalId, IssueCodes, ListAccounts, Refusal } from '@lokmin/contracts';
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
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { District } from '../district/district.api.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { readPage } from '../graphql/paging.ts';
import { Instant } from '../graphql/scalars.ts';
import { Services } from '../graphql/services.ts';
import { PagePart, RefusalResult, resultUnion } from '../graphql/text.ts';
import { Puskesmas } from '../puskesmas/puskesmas.types.ts';

@ObjectType({ description: 'How a person signs in.' })
export class Account {
  @Field(() => ID, { description: 'Of the `Person`.' }) id: string;
  @Field() name: string;
  @Field() title: string;
  @Field() login: string;
  @Field({ description: 'False: a one-time code is needed before the first sign-in.' }) hasPassword: boolean;
  @Field() hasSecondFactor: boolean;
  @Field(() => Instant, {
    nullable: true,
    description: 'Until when a one-time code that was issued and not used is good.',
  })
  codeExpiresAt: string | null;
  @Field({ description: 'The viewer may issue a code to this person.' }) mayIssue: boolean;
}
@ObjectType()
export class AccountEdge {
  @Field() cursor: string;
  @Field(() => Account) node: Account;
}
@ObjectType()
export class AccountsPart extends PagePart {
  @Field(() => [Account], { nullable: true }) nodes?: Account[] | null;
  @Field(() => [AccountEdge], { nullable: true }) edges?: AccountEdge[] | null;
}

@InputType()
class IssueCodesInput {
  @Field(() => ID) commandId: string;
  @Field(() => [ID], { description: 'Of people, 1 to 200: all get a code, or none.' }) persons: string[];
  @Field(() => Int, { description: '1 to 30.' }) validDays: number;
}
@ObjectType({ description: 'What stands on the slip of a person.' })
class Slip {
  @Field(() => ID, { description: 'Of the `Person`.' }) person: string;
  @Field() name: string;
  @Field() title: string;
  @Field() unitName: string;
  @Field() login: string;
  @Field({ description: 'Shown only now. Good once, at `useCode`.' }) code: string;
  @Field(() => Instant) expiresAt: string;
}
@ObjectType()
class CodesIssued {
  readonly __typename = 'CodesIssued';
  @Field(() => [Slip]) slips: Slip[];
}
const IssueCodesResult = resultUnion('IssueCodesResult', () => [CodesIssued]);

const accountsOf = async (
  services: Services,
  context: RequestContext,
  unitOf: () => Promise<string>,
  { first, after }: { first: number; after: string | null },
): Promise<AccountsPart> => {
  const { status, message, reply } = await services.part(
    context,
    readPage(
      { first: first ?? 200, after },
      async (page) => services.query(context, ListAccounts, { unitId: await unitOf(), ...page }),
      ({ personId, ...account }) => ({ id: globalId('Person', personId), ...account }),
    ),
  );
  return { status, message, ...reply };
};

@Resolver(() => Puskesmas)
export class AccountsOfPuskesmas {
  constructor(private readonly services: Services) {}

  @ResolveField(() => AccountsPart, {
    description: 'How the people with a post of today here sign in, for whoever issues one-time codes.',
  })
  @Extensions({ asks: 1 })
  accounts(
    @Parent() { unitId }: Puskesmas,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<AccountsPart> {
    return accountsOf(this.services, context, async () => unitId, { first, after });
  }

  @Mutation(() => IssueCodesResult, {
    description:
      'One-time codes, for slips or for somebody who forgot the password. An older code of a person is good no more.',
  })
  issueCodes(
    @Args('input') { commandId, persons, validDays }: IssueCodesInput,
    @Context() context: RequestContext,
  ): Promise<CodesIssued | RefusalResult> {
    return orRefusal(async () => {
      const personIds = persons.map((id, i) => keyOf('Person', id, `persons.${i}`));
      const { slips } = await this.services.command(context, IssueCodes, { commandId, personIds, validDays });
      return {
        __typename: 'CodesIssued',
        slips: slips.map(({ personId, ...slip }) => ({ person: globalId('Person', personId), ...slip })),
      };
    });
  }
}

@Resolver(() => District)
export class AccountsOfOffice {
  constructor(private readonly services: Services) {}

  @ResolveField(() => AccountsPart, {
    description: 'How the people of the district office sign in, for whoever issues one-time codes.',
  })
  @Extensions({ asks: 2 })
  accounts(
    @Parent() { code }: District,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Context() context: RequestContext,
  ): Promise<AccountsPart> {
    const office = async () => {
      const { unit } = await this.services.query(context, FindUnit, { unitId: null, code });
      if (!unit) throw new Refusal('not-found', { what: { id: 'Dinas kesehatan', en: 'The office' } });
      return unit.unitId;
    };
    return accountsOf(this.services, context, office, { first, after });
  }
}
