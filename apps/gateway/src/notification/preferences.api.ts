import { Preferences as AskPreferences, SetPreferences, type AskReply } from '@lokmin/contracts';
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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { Services } from '../graphql/services.ts';
import { Part, RefusalResult, resultUnion } from '../graphql/text.ts';
import { Viewer } from '../viewer/viewer.api.ts';

export enum MailTiming {
  AT_ONCE = 'at_once',
  DIGEST = 'digest',
  OFF = 'off',
}
registerEnumType(MailTiming, {
  name: 'MailTiming',
  description: 'When mails about a kind of thing go out.',
  valuesMap: {
    AT_ONCE: { description: 'Each at once, outside quiet hours.' },
    DIGEST: { description: 'All of them in one mail a day.' },
    OFF: { description: 'None; the inbox has them all.' },
  },
});

@ObjectType({
  description: 'How a person wants to be told by mail. Hours are full hours of the local day, 0-23.',
})
export class Preferences {
  @Field(() => Int, { description: 'Send it back as `expectedRevision`.' }) revision: number;
  @Field(() => MailTiming) evaluation: MailTiming;
  @Field(() => MailTiming) action: MailTiming;
  @Field(() => MailTiming) meeting: MailTiming;
  @Field(() => Int) digestHour: number;
  @Field(() => Int, { description: 'The same as `quietUntil`: no quiet hours.' }) quietFrom: number;
  @Field(() => Int) quietUntil: number;
  @Field({ description: 'The zone of the hours, that of the unit of the person.' }) timeZone: string;
  @Field(() => String, { nullable: true, description: 'Where mails go; null: nowhere.' }) address:
    string | null;
  @Field({ description: 'The mail server refused the address.' }) addressRefused: boolean;
  @Field({ description: 'False where this installation sends no mail.' }) mailIsSent: boolean;
}
@ObjectType()
export class PreferencesPart extends Part {
  @Field(() => Preferences, { nullable: true }) preferences?: Preferences | null;
}

@InputType()
class SetPreferencesInput {
  @Field(() => ID) commandId: string;
  @Field(() => Int) expectedRevision: number;
  @Field(() => MailTiming) evaluation: MailTiming;
  @Field(() => MailTiming) action: MailTiming;
  @Field(() => MailTiming) meeting: MailTiming;
  @Field(() => Int) digestHour: number;
  @Field(() => Int) quietFrom: number;
  @Field(() => Int) quietUntil: number;
}
@ObjectType()
class PreferencesSet {
  readonly __typename = 'PreferencesSet';
  @Field(() => Preferences) preferences: Preferences;
}
const SetPreferencesResult = resultUnion('SetPreferencesResult', () => [PreferencesSet]);

const shown = ({ email, ...rest }: AskReply<typeof AskPreferences>): Preferences => ({
  ...rest,
  evaluation: email.evaluation as MailTiming,
  action: email.action as MailTiming,
  meeting: email.meeting as MailTiming,
});

@Resolver(() => Viewer)
export class PreferencesApi {
  constructor(private readonly services: Services) {}

  @ResolveField(() => PreferencesPart)
  @Extensions({ asks: 1 })
  async preferences(@Context() context: RequestContext): Promise<PreferencesPart> {
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, AskPreferences, {}),
    );
    return { ...part, preferences: reply && shown(reply) };
  }

  @Mutation(() => SetPreferencesResult, {
    description: 'Of the signed-in person; mails that wait follow it.',
  })
  setPreferences(
    @Args('input') { evaluation, action, meeting, ...input }: SetPreferencesInput,
    @Context() context: RequestContext,
  ): Promise<PreferencesSet | RefusalResult> {
    return orRefusal(async () => {
      const reply = await this.services.command(context, SetPreferences, {
        ...input,
        email: { evaluation, action, meeting },
      });
      return { __typename: 'PreferencesSet', preferences: shown(reply) };
    });
  }
}
