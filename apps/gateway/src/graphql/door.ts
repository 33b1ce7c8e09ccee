import { hash } from 'node:crypto';
import { invalidInput, problem, Refusal, type RefusalData } from '@lokmin/contracts';
import {
  causeOfRequest,
  CORRELATION_HEADER,
  ServiceUnavailable,
  withCause,
  type Cause,
  type Log,
} from '@lokmin/messaging';
import type { Clock } from '@lokmin/calendar';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifyServerOptions,
  onSendHookHandler,
  preHandlerHookHandler,
} from 'fastify';
import type { GraphQLError } from 'graphql';
import { z } from 'zod';
import { COST_OF_KEPT, type Budgets, type OutOfBudget } from '../access/budgets.ts';
import { nextMidnight } from '../access/posts.ts';
import type { RateLimit } from '../access/rate-limit.ts';
import { bearerToken, type Caller, type Tokens } from '../access/tokens.ts';
import type { KeptAnswers } from '../kept/kept-answers.ts';
import {
  isAnyUnheard,
  readSeen,
  SEEN_HEADER,
  stillToSend,
  writeSeen,
  type Seen,
  type SeenUntil,
} from '../kept/seen.ts';
import type { Facts } from '../live/facts.ts';
import { refuseAdHoc, textOf, type AdHocParts, type Asked } from './documents.ts';
import { newComposing, type Composing, type Context } from './context.ts';
import { telling } from './errors.ts';
import { languageOf } from './text.ts';

/** What a token says of a request. */
export interface Checked {
  readonly caller: Caller | null;
  /** A token was given and does not hold. */
  readonly badToken: boolean;
}
export interface Work extends Checked {
  readonly correlationId: string;
  readonly composing: Composing;
  /** Where the answer may be kept; null: nowhere. */
  readonly key: string | null;
  readonly seen: (Seen | SeenUntil)[];
  readonly made: (Seen | SeenUntil)[];
  /** Tells those who wait that the answer is kept. */
  kept?: () => void;
}

/** What the client was told of, by this process or another one, and whether this one may be behind it. */
interface ClientSeen {
  readonly seen: (Seen | SeenUntil)[];
  readonly isBehind: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the door of GraphQL. */
    lokmin: Work | null;
  }
}

export interface DoorParts extends AdHocParts {
  readonly tokens: Tokens;
  readonly rate: RateLimit;
  readonly budgets: Budgets;
  readonly kept: KeptAnswers;
  readonly facts: Facts;
  readonly clock: Clock;
}

export const GRAPHQL_PATH = '/graphql';

/** A refusal of a whole request, in the shape that GraphQL clients read. */
export const errorBody = (
  code: string,
  { message, code: refusal }: RefusalData,
  request: FastifyRequest,
): string =>
  JSON.stringify({
    errors: [
      {
        message: message[languageOf(request.headers['accept-language'])],
        extensions: { code, refusal, text: message },
      },
    ],
  });

export const refuse = (
  reply: FastifyReply,
  request: FastifyRequest,
  status: number,
  code: string,
  refusal: Refusal,
): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(errorBody(code, refusal.toData(), request));

export const refuseTooMany = (reply: FastifyReply, request: FastifyRequest, seconds: number): FastifyReply =>
  refuse(
    reply.header('retry-after', seconds),
    request,
    429,
    'TOO_MANY_REQUESTS',
    new Refusal('request.too-many', { seconds }),
  );

/** A refusal of a whole request by what it is about. */
export const refuseWhole = (
  reply: FastifyReply,
  request: FastifyRequest,
  refusal: Refusal | ServiceUnavailable,
): FastifyReply => {
  if (refusal instanceof ServiceUnavailable)
    return refuse(
      reply,
      request,
      503,
      'SERVICE_UNAVAILABLE',
      new Refusal('service.unavailable', { service: refusal.service }),
    );
  return refusal.code === 'access.signed-out'
    ? refuse(reply, request, 401, 'UNAUTHENTICATED', refusal)
    : refuse(reply, request, 403, 'FORBIDDEN', refusal);
};

/** Refuses an operation that costs more than is left of the budget. */
export const refuseOutOfBudget = (
  reply: FastifyReply,
  request: FastifyRequest,
  { refusal, retryAfterSeconds }: OutOfBudget,
): FastifyReply =>
  retryAfterSeconds === null
    ? refuse(reply, request, 400, 'BAD_USER_INPUT', refusal)
    : refuse(reply.header('retry-after', retryAfterSeconds), request, 429, 'TOO_MANY_REQUESTS', refusal);
/** The same as an error of GraphQL, for a reply that says when it will do. */
export function outOfBudget({ refusal, retryAfterSeconds }: OutOfBudget, reply: FastifyReply): GraphQLError {
  if (retryAfterSeconds === null) return telling('BAD_USER_INPUT', refusal.toData(), 400);
  void reply.header('retry-after', retryAfterSeconds);
  return telling('TOO_MANY_REQUESTS', refusal.toData(), 429);
}

/** Answers what no door took: an address that is none, and a request that failed before its door could look at it. */
export class Adapter extends FastifyAdapter {
  constructor(
    options: FastifyServerOptions & { skipMiddie: boolean },
    private readonly log: Log,
  ) {
    super(options);
  }

  override setNotFoundHandler() {
    return this.getInstance().setNotFoundHandler((request, reply) =>
      refuse(
        reply,
        request,
        404,
        'NOT_FOUND',
        new Refusal('not-found', { what: { id: 'Alamat ini', en: 'This address' } }),
      ),
    );
  }

  override setErrorHandler() {
    return this.getInstance().setErrorHandler((error: { statusCode?: number }, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status === 413)
        return refuse(reply, request, status, 'BAD_REQUEST', new Refusal('request.too-large'));
      if (status === 415)
        return refuse(
          reply,
          request,
          status,
          'BAD_REQUEST',
          invalidInput('content-type', problem('header.content-type')),
        );
      if (status < 500)
        return refuse(reply, request, status, 'BAD_REQUEST', new Refusal('request.unreadable'));
      const { correlationId } = causeOf(request, null);
      this.log.error({ err: error, correlationId, path: request.url }, 'a request failed');
      return refuse(reply, request, status, 'INTERNAL', new Refusal('internal', { correlationId }));
    });
  }
}

const requestBody = z.looseObject({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

/** A request as GraphQL takes it. */
export interface Body extends Asked {
  readonly variables: Record<string, unknown> | null;
  readonly extensions: Record<string, unknown> | null;
}

/**
 * Reads the body of a request for GraphQL, the same at both doors: `query`, or `documentId` for an operation of the browser
 * application.
 * @throws Refusal `input.invalid` for what is not JSON, `request.batched`, `request.unreadable`, `request.unknown-document`
 */
export function readBody(raw: unknown): Body {
  let body: unknown;
  try {
    body = JSON.parse(String(raw));
  } catch {
    throw invalidInput(null, problem('not-json'));
  }
  if (Array.isArray(body)) throw new Refusal('request.batched');
  const parsed = requestBody.safeParse(body);
  if (!parsed.success) throw new Refusal('request.unreadable');
  const { query, documentId, operationName = null, variables = null, extensions = null } = parsed.data;
  const about = { operationName, variables, extensions };
  if (typeof documentId !== 'string') {
    if (typeof query !== 'string') throw new Refusal('request.unreadable');
    return { query, ...about, adHoc: true };
  }
  if (query) throw new Refusal('request.unreadable'); // which of the two is meant?
  const text = textOf(documentId);
  if (text === undefined) throw new Refusal('request.unknown-document');
  return { query: text, ...about, adHoc: false };
}

/** Who asks; the same for every door. A bad token is told, not thrown: some requests need none. */
export async function check(request: FastifyRequest, tokens: Tokens): Promise<Checked> {
  const token = bearerToken(request.headers.authorization);
  if (token === undefined) return { caller: null, badToken: request.headers.authorization !== undefined };
  try {
    return { caller: await tokens.verify(token), badToken: false };
  } catch {
    return { caller: null, badToken: true };
  }
}

/** Under which number a request can be followed. */
export const causeOf = ({ headers }: FastifyRequest, caller: Caller | null): Cause =>
  causeOfRequest(headers, caller?.personId ?? null);

/** Counts a request against its person, or its address while nobody is proven. @returns seconds to wait, 0: allowed */
export const countRequest = (rate: RateLimit, caller: Caller | null, request: FastifyRequest): number =>
  rate.take(caller?.personId ?? `address ${request.ip}`);

/**
 * Puts the checks in front of Apollo, and the kept answers behind the checks: token, rate limit, operation. A kept
 * answer was composed for exactly these bytes of an operation, so that operation was found valid then.
 */
export function openGraphQLDoor(server: FastifyInstance, parts: DoorParts): void {
  const { tokens, posts, rate, budgets, kept, facts, clock } = parts;
  server.decorateRequest('lokmin', null);
  /** What is being composed at present, by the key under which it may be kept. */
  const underway = new Map<string, { readonly mark: number; readonly over: Promise<void> }>();

  // Hooks of the one route, so that no other request passes through them.
  server.addHook('onRoute', (route) => {
    if (route.url !== GRAPHQL_PATH) return;
    route.preHandler = preHandler;
    route.onSend = onSend;
  });

  const preHandler: preHandlerHookHandler = (request, reply, done) => {
    const caller = tokens.recall(bearerToken(request.headers.authorization) ?? '');
    if (caller) return enter(request, reply, { caller, badToken: false }, done);
    check(request, tokens).then((checked) => enter(request, reply, checked, done), done);
  };

  /** Nothing is awaited here: between the look-up of a kept answer and its sending no fact can come. */
  const enter = (
    request: FastifyRequest,
    reply: FastifyReply,
    { caller, badToken }: Checked,
    done: (error?: Error) => void,
  ): void => {
    const wait = countRequest(rate, caller, request);
    if (wait > 0) return void refuseTooMany(reply, request, wait);

    const raw = Buffer.isBuffer(request.body) ? request.body : null;
    const seenHeader = request.headers[SEEN_HEADER];
    let seen: (Seen | SeenUntil)[] = [];
    let isBehind = false;
    if (seenHeader !== undefined) {
      const all = readSeen(String(seenHeader));
      const now = clock.now().getTime();
      isBehind = isAnyUnheard(all, kept, now);
      seen = stillToSend(all, kept, now);
      void reply.header(SEEN_HEADER, writeSeen(seen));
    }
    const key =
      raw && caller && facts.hears ? keyOf(request, raw, posts.permissionsOf(caller.personId)) : null;
    const go = () => compose(request, { caller, badToken }, raw, key, { seen, isBehind }, reply, done);
    if (key === null || isBehind) return go();
    if (sendKept(request, reply, caller, key)) return;
    // When something changed, many pages ask the same at once: one composes, the others take what it kept.
    const first = underway.get(key);
    if (first?.mark !== kept.mark()) return go();
    first.over.then(() => {
      if (!sendKept(request, reply, caller, key)) go();
    }, done);
  };

  const sendKept = (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller | null,
    key: string,
  ): boolean => {
    const answer = kept.find(key);
    if (!answer) return false;
    const refused = budgets.spend(caller, request, reply, COST_OF_KEPT);
    if (refused) void refuseOutOfBudget(reply, request, refused);
    else void reply.header('content-type', answer.contentType).send(answer.body);
    return true;
  };

  /** Lets the request through to Apollo, when it may be made. */
  const compose = (
    request: FastifyRequest,
    checked: Checked,
    raw: Buffer | null,
    key: string | null,
    client: ClientSeen,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ): void => {
    if (!raw) return void refuse(reply, request, 400, 'BAD_REQUEST', new Refusal('request.unreadable'));
    let body: Body;
    try {
      body = readBody(raw);
    } catch (error) {
      return void refuse(reply, request, 400, 'BAD_REQUEST', error as Refusal);
    }
    request.body = body;
    const decide = (refusal: Refusal | null) =>
      refusal ? void refuseWhole(reply, request, refusal) : begin(request, checked, key, client, reply, done);
    const refusal = refuseAdHoc(body, checked, parts);
    if (refusal instanceof Promise)
      refusal.then(decide, (error: unknown) =>
        error instanceof Refusal || error instanceof ServiceUnavailable
          ? void refuseWhole(reply, request, error)
          : done(error as Error),
      );
    else decide(refusal);
  };

  const begin = (
    request: FastifyRequest,
    { caller, badToken }: Checked,
    key: string | null,
    { seen, isBehind }: ClientSeen,
    reply: FastifyReply,
    done: () => void,
  ): void => {
    const cause = causeOf(request, caller);
    const mark = kept.mark();
    request.lokmin = {
      caller,
      badToken,
      correlationId: cause.correlationId,
      composing: newComposing(mark, nextMidnight(clock.now())),
      key,
      seen,
      made: [],
    };
    if (key && !isBehind && underway.get(key)?.mark !== mark) {
      const over = new Promise<void>((resolve) => {
        reply.raw.once('close', resolve); // also after every answer
        request.lokmin!.kept = resolve;
      });
      const mine = { mark, over };
      underway.set(key, mine);
      void over.then(() => {
        if (underway.get(key) === mine) underway.delete(key);
      });
    }
    withCause(cause, () => {
      // Posts are asked for beside the answer, so that the next one can be shared with people of the same posts.
      if (caller && key && !posts.recall(caller.personId)) posts.of(caller).catch(() => {});
      done();
    });
  };

  const onSend: onSendHookHandler = (request, reply, payload, done) => {
    const work = request.lokmin;
    if (!work) return done(null, payload);
    void reply.header(CORRELATION_HEADER, work.correlationId);
    if (work.made.length > 0) void reply.header(SEEN_HEADER, writeSeen([...work.seen, ...work.made]));
    const { composing, caller } = work;
    if (
      work.key &&
      caller &&
      composing.whole &&
      !composing.partial &&
      reply.statusCode === 200 &&
      typeof payload === 'string' &&
      facts.hears
    ) {
      // Under the posts as they are known now; if they changed meanwhile, so did the epoch.
      const raw = work.key.slice(work.key.indexOf('\n'));
      const body = Buffer.from(payload);
      kept.keep(
        posts.permissionsOf(caller.personId) + raw,
        { body, contentType: String(reply.getHeader('content-type')) },
        composing.mark,
        [...composing.districts],
        composing.validUntil,
      );
      work.kept?.();
      return done(null, body);
    }
    done(null, payload);
  };
}

/** Operation, variables, language, form of the answer and permission set. */
function keyOf(request: FastifyRequest, raw: Buffer, permissions: string): string {
  const { accept = '', 'accept-language': acceptLanguage } = request.headers;
  return `${permissions}\n${languageOf(acceptLanguage)} ${accept} ${hash('sha256', raw, 'base64url')}`;
}

/** What resolvers get: always a new object, and nothing here throws. */
export const contextOf = (
  request: FastifyRequest,
  reply: FastifyReply | null,
  work: Work | null,
): Context => ({
  caller: work?.caller ?? null,
  badToken: work?.badToken ?? true,
  language: languageOf(request.headers['accept-language']),
  request,
  reply,
  composing: work?.composing ?? newComposing(0, 0),
  made: work?.made ?? [],
  asked: new Map(),
});
