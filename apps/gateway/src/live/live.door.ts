import type { ServerResponse } from 'node:http';
import { Refusal } from '@lokmin/contracts';
import { currentCause, withCause, type Log } from '@lokmin/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { createHandler, type RequestParams } from 'graphql-sse';
import { z } from 'zod';
import {
  causeOf,
  check,
  contextOf,
  countRequest,
  refuse,
  refuseTooMany,
  type Checked,
  type DoorParts,
  type Work,
} from '../graphql/door.ts';
import { newComposing, type Context } from '../graphql/context.ts';
import { formatErrors } from '../graphql/errors.ts';
import { limitRules, MAX_TOKENS, withoutSuggestions } from '../graphql/limits.ts';
import { languageOf, type Text } from '../graphql/text.ts';

export interface LiveOptions {
  readonly schema: () => GraphQLSchema;
  readonly introspection: boolean;
  readonly streamsPerPerson: number;
  readonly log: Log;
}

export const LIVE_PATH = '/graphql/stream';
/** When one of too many streams may have ended. */
const CAP_RETRY_SECONDS = 30;
/** A client that takes nothing for so long, or leaves so much untaken, is cut off; it subscribes again and asks anew. */
const SLOW_MS = 10_000;
const UNTAKEN_BYTES = 256 * 1024;
type Prepared = ExecutionArgs & { contextValue: Context & Record<PropertyKey, unknown> };

/** Timers of Node count no further. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Raw {
  readonly request: FastifyRequest;
  readonly checked: Checked;
}

/**
 * `POST /graphql/stream`: one subscription per request, over SSE. It executes beside Apollo, so it has the same rules of
 * its own: authentication, rate limit, tokens, validation, introspection switch. Other operations are refused.
 * @returns ends all streams
 */
export function openLiveDoor(
  server: FastifyInstance,
  { tokens, rate, clock }: Pick<DoorParts, 'tokens' | 'rate' | 'clock'>,
  { schema, introspection, streamsPerPerson, log }: LiveOptions,
): { close(): Promise<void>; readonly open: number } {
  const rules = [
    ...specifiedRules,
    ...limitRules(),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  const format = formatErrors(log);
  const perPerson = new Map<string, number>();
  const streams = new Set<() => void>();
  const running = new Set<Promise<void>>();
  let closing = false;

  const tell = (
    error: GraphQLError | GraphQLFormattedError,
    { headers }: FastifyRequest,
  ): GraphQLFormattedError => {
    const formatted = format(error instanceof GraphQLError ? error.toJSON() : error, error);
    const text = formatted.extensions?.['text'] as Text | undefined;
    const message = text
      ? text[languageOf(headers['accept-language'])]
      : withoutSuggestions(formatted.message);
    return { ...formatted, message };
  };
  const told = <R extends { errors?: readonly GraphQLError[] | undefined }>(
    result: R,
    request: FastifyRequest,
  ): R => ({ ...result, errors: result.errors?.map((error) => tell(error, request)) }) as R;
  const refused = (code: string, errors: readonly GraphQLError[]): ExecutionResult => ({
    errors: errors.map(
      ({ message, nodes, source, positions, extensions }) =>
        new GraphQLError(message, { nodes, source, positions, extensions: { code, ...extensions } }),
    ),
  });

  /** @returns what to execute, or why not */
  const prepare = ({ request, checked }: Raw, params: RequestParams): Prepared | ExecutionResult => {
    let document;
    try {
      document = parse(params.query, { maxTokens: MAX_TOKENS });
    } catch (error) {
      return refused('GRAPHQL_PARSE_FAILED', [error as GraphQLError]);
    }
    const operation = getOperationAST(document, params.operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      const message = 'This door takes one subscription; send other operations to /graphql.';
      return refused('BAD_REQUEST', [new GraphQLError(message)]);
    }
    const problems = validate(schema(), document, rules, { maxErrors: 20 });
    if (problems.length > 0) return refused('GRAPHQL_VALIDATION_FAILED', problems);
    const work: Work = {
      ...checked,
      correlationId: currentCause().correlationId,
      composing: newComposing(0, 0),
      key: null,
      seen: [],
      made: [],
    };
    return {
      schema: schema(),
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: { ...contextOf(request, null, work) },
    };
  };

  const handler = createHandler<Raw, unknown, Context & Record<PropertyKey, unknown>>({
    authenticate: () => null, // distinct connections only: no stream is reserved for a later request
    validate: () => [], // done by `prepare`, with all the rules
    onSubscribe: ({ raw }, params) => {
      const prepared = prepare(raw, params);
      return 'schema' in prepared ? prepared : told(prepared, raw.request);
    },
    onOperation: (_context, { raw }, _args, result) =>
      'errors' in result && result.errors ? told(result, raw.request) : undefined,
    onNext: (_context, { raw }, result) =>
      result.errors?.some((error) => error instanceof GraphQLError) ? told(result, raw.request) : undefined,
  });

  server.post(LIVE_PATH, async (request, reply) => {
    const checked = await check(request, tokens);
    const { caller } = checked;
    const wait = countRequest(rate, caller, request);
    if (wait > 0) return refuseTooMany(reply, request, wait);
    if (!caller) return refuse(reply, request, 401, 'UNAUTHENTICATED', new Refusal('access.signed-out'));
    if (!String(request.headers.accept).includes('text/event-stream'))
      return refuse(reply, request, 406, 'BAD_REQUEST', badRequest('accept', 'text/event-stream'));
    let params: RequestParams;
    try {
      params = paramsOf(request.body);
    } catch {
      return refuse(reply, request, 400, 'BAD_REQUEST', badRequest('(body)', 'JSON: {query, variables}'));
    }
    if (closing)
      return refuse(
        reply,
        request,
        503,
        'SERVICE_UNAVAILABLE',
        new Refusal('service.unavailable', { service: 'gateway' }),
      );
    const open = perPerson.get(caller.personId) ?? 0;
    if (open >= streamsPerPerson) return refuseTooMany(reply, request, CAP_RETRY_SECONDS);

    perPerson.set(caller.personId, open + 1);
    const cause = causeOf(request, caller);
    void reply.hijack();
    const stream = withCause(cause, () => serve({ request, checked }, params))
      .catch((error: unknown) => {
        log.error({ err: error, correlationId: cause.correlationId }, 'a stream failed');
        reply.raw.destroy();
      })
      .finally(() => {
        running.delete(stream);
        const left = (perPerson.get(caller.personId) ?? 1) - 1;
        if (left > 0) perPerson.set(caller.personId, left);
        else perPerson.delete(caller.personId);
      });
    running.add(stream);

    async function serve(raw: Raw, body: RequestParams): Promise<void> {
      const response = reply.raw;
      const [chunks, init] = await handler({
        method: 'POST',
        url: LIVE_PATH,
        headers: {
          get: (name) =>
            name.toLowerCase() === 'accept'
              ? 'text/event-stream'
              : (request.headers[name.toLowerCase()] as string),
        },
        body: body as unknown as Record<string, unknown>,
        raw,
        context: undefined,
      });
      response.writeHead(init.status, init.statusText, {
        ...init.headers,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      if (chunks === null || typeof chunks === 'string') return void response.end(chunks ?? undefined);

      let cut = false;
      const end = () => void chunks.return(undefined);
      const expiry = setTimeout(end, Math.min(LONGEST_TIMER_MS, caller!.expiresAt - clock.now().getTime()));
      streams.add(end);
      response.on('close', end);
      response.on('error', end);
      if (closing) end();
      try {
        for await (const chunk of chunks) {
          if (response.destroyed) break;
          if (response.write(chunk)) continue;
          if (response.writableLength < UNTAKEN_BYTES && (await drained(response, SLOW_MS))) continue;
          cut = true;
          break;
        }
      } finally {
        clearTimeout(expiry);
        streams.delete(end);
        response.off('close', end);
        if (cut) response.destroy();
        else response.end();
        end();
      }
    }
  });

  return {
    get open() {
      return running.size;
    },
    async close() {
      closing = true;
      for (const end of streams) end();
      await Promise.all(running);
    },
  };
}

const badRequest = (field: string, problem: string) =>
  new Refusal('input.invalid', { field, problem }, field);

const requestBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** @throws Error when the body is no request of GraphQL */
function paramsOf(raw: unknown): RequestParams {
  const { query, operationName, variables } = requestBody.parse(
    Buffer.isBuffer(raw) ? JSON.parse(raw.toString()) : raw,
  );
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

const drained = (response: ServerResponse, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const done = (yes: boolean) => {
      clearTimeout(timer);
      response.off('drain', onDrain).off('close', onClose);
      resolve(yes);
    };
    const onDrain = () => done(true);
    const onClose = () => done(false);
    const timer = setTimeout(() => done(false), withinMs);
    response.on('drain', onDrain).on('close', onClose);
  });
