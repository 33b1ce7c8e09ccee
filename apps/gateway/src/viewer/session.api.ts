import type { Clock } from '@lokmin/calendar';
import {
  ChangePassword,
  CompleteSignIn,
  ConfirmSecondFactor,
  EndSessions,
  globalId,
  ListSessions,
  RefreshSession,
  Refusal,
  RemoveSecondFactor,
  SecondFactor as AskSecondFactor,
  SignIn,
  SignOut,
  SingleSignOn as AskSingleSignOn,
  StartSecondFactor,
  TurnOffSecondFactor,
  UseCode,
  type OpenedSession,
  type SecondStep as AskedStep,
} from '@lokmin/contracts';
import { Inject } from '@nestjs/common';
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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Public } from '../access/guard.ts';
import { CONFIG, type GatewayConfig } from '../config.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { Instant } from '../graphql/scalars.ts';
import { CLOCK, Services } from '../graphql/services.ts';
import { Part, RefusalResult, resultUnion } from '../graphql/text.ts';
import { readCookie, REFRESH, setCookie, whereFrom } from './cookies.ts';
import { Viewer } from './viewer.api.ts';

@ObjectType()
class Session {
  readonly __typename = 'Session';
  @Field({ description: 'For `Authorization: Bearer`; keep it in memory only.' }) accessToken: string;
  @Field(() => Instant) accessExpiresAt: string;
  @Field(() => Viewer) viewer: Viewer;
  @Field(() => [String], {
    nullable: true,
    description: 'Given once, by the sign-in that set up the second factor: each stands in for one code.',
  })
  recoveryCodes: string[] | null;
}
@ObjectType({ description: 'The key of a second factor, for an authenticator application.' })
export class SecondFactorKey {
  readonly __typename = 'SecondFactorKey';
  @Field({ description: 'In Base32, in groups of four characters, to type.' }) key: string;
  @Field({ description: '`otpauth://...`, for a QR code.' }) address: string;
}
@ObjectType({
  description: 'The password was right and a code is asked for: `completeSignIn`. It is no session yet.',
})
class SecondStep {
  readonly __typename = 'SecondStep';
  @Field() challenge: string;
  @Field(() => Instant) challengeExpiresAt: string;
  @Field(() => SecondFactorKey, {
    nullable: true,
    description:
      'For somebody whose posts demand a second factor and who has none: the key to set it up with now.',
  })
  setUp: SecondFactorKey | null;
}
@ObjectType()
class SignedOut {
  readonly __typename = 'SignedOut';
  @Field({ description: 'False when there was no session to end.' }) ended: boolean;
}
const SignInResult = resultUnion('SignInResult', () => [Session, SecondStep]);
const SignOutResult = resultUnion('SignOutResult', () => [SignedOut]);

@ObjectType({ description: 'Where a person is signed in.' })
export class OpenSession {
  @Field(() => ID) id: string;
  @Field({ description: 'What the browser calls itself; empty for a program.' }) device: string;
  @Field(() => Instant) startedAt: string;
  @Field(() => Instant, {
    description: 'When it was last renewed; it may have been used ten minutes longer.',
  })
  seenAt: string;
  @Field({ description: 'It is the one that asks.' }) present: boolean;
}
@ObjectType()
export class SessionsPart extends Part {
  @Field(() => [OpenSession], { nullable: true }) nodes?: OpenSession[] | null;
}

@InputType()
class EndSessionsInput {
  @Field(() => ID) commandId: string;
  @Field(() => [ID], { description: 'Ids of `Viewer.sessions`, 1 to 100.' }) sessions: string[];
}
@ObjectType()
class SessionsEnded {
  readonly __typename = 'SessionsEnded';
  @Field(() => Int) ended: number;
}
const EndSessionsResult = resultUnion('EndSessionsResult', () => [SessionsEnded]);

@ObjectType({ description: 'Two-step verification: codes of an application beside the password.' })
export class SecondFactorPart extends Part {
  @Field(() => Boolean, { nullable: true }) on?: boolean | null;
  @Field(() => Instant, { nullable: true, description: 'When it was turned on.' }) since?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'A post of today demands it.' })
  required?: boolean | null;
  @Field(() => Int, { nullable: true }) recoveryCodesLeft?: number | null;
}
@InputType()
class StartSecondFactorInput {
  @Field(() => ID) commandId: string;
  @Field() password: string;
  @Field(() => String, { nullable: true, description: 'A present code; needed while a factor is on.' })
  code?: string | null;
}
const StartSecondFactorResult = resultUnion('StartSecondFactorResult', () => [SecondFactorKey]);
@InputType()
class ConfirmSecondFactorInput {
  @Field(() => ID) commandId: string;
  @Field({ description: 'The first code of the new key.' }) code: string;
}
@ObjectType()
class SecondFactorOn {
  readonly __typename = 'SecondFactorOn';
  @Field(() => [String], { description: 'Shown only now: each stands in for one code.' })
  recoveryCodes: string[];
  @Field(() => Int, { description: 'Other sessions that ended by it.' }) ended: number;
}
const ConfirmSecondFactorResult = resultUnion('ConfirmSecondFactorResult', () => [SecondFactorOn]);
@InputType()
class TurnOffSecondFactorInput {
  @Field(() => ID) commandId: string;
  @Field() password: string;
  @Field({ description: 'A present code, or a recovery code.' }) code: string;
}
@ObjectType()
class SecondFactorOff {
  readonly __typename = 'SecondFactorOff';
  @Field() off: boolean;
}
const TurnOffSecondFactorResult = resultUnion('TurnOffSecondFactorResult', () => [SecondFactorOff]);
@InputType()
class RemoveSecondFactorInput {
  @Field(() => ID) commandId: string;
  @Field(() => ID, { description: 'Of a `Person`.' }) person: string;
}
@ObjectType()
class SecondFactorRemoved {
  readonly __typename = 'SecondFactorRemoved';
  @Field({ description: 'False when there was none.' }) removed: boolean;
  @Field(() => Int, { description: 'Sessions of the person that ended by it.' }) ended: number;
}
const RemoveSecondFactorResult = resultUnion('RemoveSecondFactorResult', () => [SecondFactorRemoved]);

@InputType()
class ChangePasswordInput {
  @Field(() => ID) commandId: string;
  @Field() password: string;
  @Field({ description: 'At least 12 characters, without the login.' }) newPassword: string;
}
@ObjectType()
class PasswordChanged {
  readonly __typename = 'PasswordChanged';
  @Field(() => Int, { description: 'Other sessions that ended by it.' }) ended: number;
}
const ChangePasswordResult = resultUnion('ChangePasswordResult', () => [PasswordChanged]);

const stepOf = ({ setUp, ...step }: AskedStep): SecondStep => ({
  __typename: 'SecondStep',
  ...step,
  setUp: setUp && { __typename: 'SecondFactorKey', ...setUp },
});

@ObjectType({ description: 'Signing in with the account of another system, at `/masuk/oidc`.' })
class SingleSignOn {
  @Field({ description: 'What people call that system.' }) name: string;
}

/** The refresh token travels only in an HttpOnly, SameSite=Strict cookie of this path. */
@Resolver(() => Viewer)
export class SessionApi {
  constructor(
    private readonly services: Services,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Public()
  @Query(() => SingleSignOn, { nullable: true, description: 'Null where there is none.' })
  @Extensions({ asks: 1 })
  async singleSignOn(@Context() context: RequestContext): Promise<SingleSignOn | null> {
    const { name } = await this.services.queryOrError(context, AskSingleSignOn, {});
    return name === null ? null : { name };
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'Also sets the cookie from which `refreshSession` lives.' })
  signIn(
    @Args('login') login: string,
    @Args('password') password: string,
    @Context() context: RequestContext,
  ): Promise<Session | SecondStep | RefusalResult> {
    return orRefusal(async () => {
      const from = whereFrom(context.request);
      const reply = await this.services.command(context, SignIn, { login, password, ...from });
      return 'challenge' in reply ? stepOf(reply) : this.#open(context, reply);
    });
  }

  @Public()
  @Mutation(() => SignInResult, {
    description:
      'Sets a password with a one-time code, as `issueCodes` gives it, and signs in; sessions that were open end.',
  })
  useCode(
    @Args('login') login: string,
    @Args('code') code: string,
    @Args('newPassword', { description: 'At least 12 characters, without the login.' }) newPassword: string,
    @Context() context: RequestContext,
  ): Promise<Session | SecondStep | RefusalResult> {
    return orRefusal(async () => {
      const from = whereFrom(context.request);
      const reply = await this.services.command(context, UseCode, { login, code, newPassword, ...from });
      return 'challenge' in reply ? stepOf(reply) : this.#open(context, reply);
    });
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'The second step of a sign-in.' })
  completeSignIn(
    @Args('challenge', { description: 'Of the `SecondStep`.' }) challenge: string,
    @Args('code', { description: 'Of the application, or a recovery code.' }) code: string,
    @Context() context: RequestContext,
  ): Promise<Session | RefusalResult> {
    return orRefusal(async () => {
      const { recoveryCodes, ...session } = await this.services.command(context, CompleteSignIn, {
        challenge,
        code,
        ...whereFrom(context.request),
      });
      return { ...this.#open(context, session), recoveryCodes };
    });
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'A new access token for the cookie, which is renewed too.' })
  refreshSession(@Context() context: RequestContext): Promise<Session | RefusalResult> {
    return orRefusal(async () => {
      const refreshToken = this.#refreshToken(context);
      if (!refreshToken) throw new Refusal('session.ended');
      try {
        return this.#open(context, await this.services.command(context, RefreshSession, { refreshToken }));
      } catch (error) {
        if (error instanceof Refusal && error.code === 'session.ended') this.#setCookie(context, '', 0);
        throw error;
      }
    });
  }

  @Public()
  @Mutation(() => SignOutResult)
  signOut(@Context() context: RequestContext): Promise<SignedOut | RefusalResult> {
    return orRefusal(async () => {
      const refreshToken = this.#refreshToken(context);
      const { ended } = refreshToken
        ? await this.services.command(context, SignOut, { refreshToken })
        : { ended: false };
      this.#setCookie(context, '', 0); // not before it is certain: without the cookie nobody could end the session
      return { __typename: 'SignedOut', ended };
    });
  }

  @ResolveField(() => SessionsPart, { description: 'Where the person is signed in, last used first.' })
  @Extensions({ asks: 1 })
  async sessions(@Context() context: RequestContext): Promise<SessionsPart> {
    const refreshToken = this.#refreshToken(context) ?? null;
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, ListSessions, { refreshToken }),
    );
    return {
      ...part,
      nodes:
        reply &&
        reply.items.map(({ sessionId, ...rest }) => ({ id: globalId('Session', sessionId), ...rest })),
    };
  }

  @Mutation(() => EndSessionsResult, {
    description: 'Signs the person out elsewhere; what a session was given already ends within ten minutes.',
  })
  endSessions(
    @Args('input') { commandId, sessions }: EndSessionsInput,
    @Context() context: RequestContext,
  ): Promise<SessionsEnded | RefusalResult> {
    return orRefusal(async () => {
      const sessionIds = sessions.map((id, i) => keyOf('Session', id, `sessions.${i}`));
      const { ended } = await this.services.command(context, EndSessions, { commandId, sessionIds });
      return { __typename: 'SessionsEnded', ended };
    });
  }

  @Mutation(() => ChangePasswordResult, { description: 'Every other session of the person ends.' })
  changePassword(
    @Args('input') input: ChangePasswordInput,
    @Context() context: RequestContext,
  ): Promise<PasswordChanged | RefusalResult> {
    return orRefusal(async () => {
      const refreshToken = this.#refreshToken(context) ?? null;
      const { ended } = await this.services.command(context, ChangePassword, { ...input, refreshToken });
      return { __typename: 'PasswordChanged', ended };
    });
  }

  @ResolveField(() => SecondFactorPart)
  @Extensions({ asks: 1 })
  async secondFactor(@Context() context: RequestContext): Promise<SecondFactorPart> {
    const { reply, ...part } = await this.services.part(
      context,
      this.services.query(context, AskSecondFactor, {}),
    );
    return { ...part, on: reply && reply.since !== null, ...reply };
  }

  @Mutation(() => StartSecondFactorResult, {
    description:
      'Shows a new key; `confirmSecondFactor` turns it on. While one is on, this changes the telephone and makes new recovery codes.',
  })
  startSecondFactor(
    @Args('input') { commandId, password, code }: StartSecondFactorInput,
    @Context() context: RequestContext,
  ): Promise<SecondFactorKey | RefusalResult> {
    return orRefusal(async () => ({
      __typename: 'SecondFactorKey',
      ...(await this.services.command(context, StartSecondFactor, {
        commandId,
        password,
        code: code ?? null,
      })),
    }));
  }

  @Mutation(() => ConfirmSecondFactorResult, { description: 'Every other session of the person ends.' })
  confirmSecondFactor(
    @Args('input') input: ConfirmSecondFactorInput,
    @Context() context: RequestContext,
  ): Promise<SecondFactorOn | RefusalResult> {
    return orRefusal(async () => {
      const refreshToken = this.#refreshToken(context) ?? null;
      const reply = await this.services.command(context, ConfirmSecondFactor, { ...input, refreshToken });
      return { __typename: 'SecondFactorOn', ...reply };
    });
  }

  @Mutation(() => TurnOffSecondFactorResult)
  turnOffSecondFactor(
    @Args('input') input: TurnOffSecondFactorInput,
    @Context() context: RequestContext,
  ): Promise<SecondFactorOff | RefusalResult> {
    return orRefusal(async () => ({
      __typename: 'SecondFactorOff',
      ...(await this.services.command(context, TurnOffSecondFactor, { ...input })),
    }));
  }

  @Mutation(() => RemoveSecondFactorResult, {
    description: 'For somebody who lost the telephone. The person signs in anew.',
  })
  removeSecondFactor(
    @Args('input') { commandId, person }: RemoveSecondFactorInput,
    @Context() context: RequestContext,
  ): Promise<SecondFactorRemoved | RefusalResult> {
    return orRefusal(async () => {
      const personId = keyOf('Person', person, 'person');
      const reply = await this.services.command(context, RemoveSecondFactor, { commandId, personId });
      return { __typename: 'SecondFactorRemoved', ...reply };
    });
  }

  #open(context: RequestContext, tokens: OpenedSession): Session {
    const { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt, personId } = tokens;
    const seconds = Math.floor((Date.parse(refreshExpiresAt) - this.clock.now().getTime()) / 1000);
    this.#setCookie(context, refreshToken, seconds);
    context.caller = { personId, kind: 'person', token: accessToken, expiresAt: Date.parse(accessExpiresAt) };
    return {
      __typename: 'Session',
      accessToken,
      accessExpiresAt,
      viewer: new Viewer(context.caller),
      recoveryCodes: null,
    };
  }

  #refreshToken({ request }: RequestContext): string | undefined {
    return readCookie(REFRESH, request, this.config);
  }

  #setCookie({ request, reply }: RequestContext, value: string, maxAgeSeconds: number): void {
    void reply?.header('set-cookie', setCookie(REFRESH, value, maxAgeSeconds, request, this.config));
  }
}
