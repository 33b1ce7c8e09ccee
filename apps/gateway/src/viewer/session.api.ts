import type { Clock } from '@lokmin/calendar';
import {
  ChangePassword,
  EndSessions,
  globalId,
  ListSessions,
  RefreshSession,
  Refusal,
  SignIn,
  SignOut,
  type AskReply,
} from '@lokmin/contracts';
import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  createUnionType,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Public } from '../access/guard.ts';
import { RateLimit } from '../access/rate-limit.ts';
import { CONFIG, type GatewayConfig } from '../config.ts';
import type { Context as RequestContext } from '../graphql/context.ts';
import { orRefusal } from '../graphql/errors.ts';
import { keyOf } from '../graphql/ids.ts';
import { Instant } from '../graphql/scalars.ts';
import { CLOCK, Services } from '../graphql/services.ts';
import { Part, RefusalResult } from '../graphql/text.ts';
import { Viewer } from './viewer.api.ts';

@ObjectType()
class Session {
  readonly __typename = 'Session';
  @Field({ description: 'For `Authorization: Bearer`; keep it in memory only.' }) accessToken: string;
  @Field(() => Instant) accessExpiresAt: string;
  @Field(() => Viewer) viewer: Viewer;
}
@ObjectType()
class SignedOut {
  readonly __typename = 'SignedOut';
  @Field({ description: 'False when there was no session to end.' }) ended: boolean;
}
const resolveType = (value: { __typename: string }) => value.__typename;
const SignInResult = createUnionType({
  name: 'SignInResult',
  types: () => [Session, RefusalResult] as const,
  resolveType,
});
const SignOutResult = createUnionType({
  name: 'SignOutResult',
  types: () => [SignedOut, RefusalResult] as const,
  resolveType,
});

/** What a cookie can hold as it is. */
const TOKEN = /^[\w.~+/=-]{1,500}$/;

type Tokens = AskReply<typeof SignIn>;

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
const EndSessionsResult = createUnionType({
  name: 'EndSessionsResult',
  types: () => [SessionsEnded, RefusalResult] as const,
  resolveType,
});

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
const ChangePasswordResult = createUnionType({
  name: 'ChangePasswordResult',
  types: () => [PasswordChanged, RefusalResult] as const,
  resolveType,
});

/** The refresh token travels only in an HttpOnly, SameSite=Strict cookie of this path. */
@Resolver(() => Viewer)
export class SessionApi {
  readonly #perLogin: RateLimit;
  readonly #perAddress: RateLimit;

  constructor(
    private readonly services: Services,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const perMinute = config.LOKMIN_SIGN_IN_RATE_PER_MINUTE;
    this.#perLogin = new RateLimit(perMinute / 60, Math.max(1, perMinute));
    this.#perAddress = new RateLimit(perMinute / 6, Math.max(1, perMinute * 10));
  }

  @Public()
  @Mutation(() => SignInResult, { description: 'Also sets the cookie from which `refreshSession` lives.' })
  signIn(
    @Args('login') login: string,
    @Args('password') password: string,
    @Context() context: RequestContext,
  ): Promise<Session | RefusalResult> {
    return orRefusal(async () => {
      const wait = Math.max(
        this.#perAddress.take(context.request.ip),
        this.#perLogin.take(login.trim().toLowerCase().slice(0, 200)),
      );
      if (wait > 0) throw new Refusal('request.too-many', { seconds: wait });
      const device = (context.request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 300);
      return this.#open(context, await this.services.command(context, SignIn, { login, password, device }));
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

  #open(context: RequestContext, tokens: Tokens): Session {
    const { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt, personId } = tokens;
    const seconds = Math.floor((Date.parse(refreshExpiresAt) - this.clock.now().getTime()) / 1000);
    this.#setCookie(context, refreshToken, seconds);
    context.caller = { personId, token: accessToken, expiresAt: Date.parse(accessExpiresAt) };
    return { __typename: 'Session', accessToken, accessExpiresAt, viewer: new Viewer(context.caller) };
  }

  #isSecure({ request }: RequestContext): boolean {
    return this.config.LOKMIN_COOKIE_SECURE === 'always' || request.protocol === 'https';
  }

  /** Browsers take a name with this prefix only from HTTPS and only when it is Secure. */
  #cookieName(context: RequestContext): string {
    return this.#isSecure(context) ? '__Secure-lokmin-refresh' : 'lokmin-refresh';
  }

  #refreshToken(context: RequestContext): string | undefined {
    const name = this.#cookieName(context);
    const pairs = (context.request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    return value && TOKEN.test(value) ? value : undefined;
  }

  #setCookie(context: RequestContext, value: string, maxAgeSeconds: number): void {
    if (value !== '' && !TOKEN.test(value)) throw new Error('The refresh token does not fit into a cookie');
    const secure = this.#isSecure(context) ? '; Secure' : '';
    void context.reply?.header(
      'set-cookie',
      `${this.#cookieName(context)}=${value}; Path=/graphql; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`,
    );
  }
}
