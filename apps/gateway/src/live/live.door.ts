import { invalidInput, problem, Refusal } from '@lokmin/contracts';
import { currentCause, ServiceUnavailable, withCause, type Log } from '@lokmin/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
} from 'graphql';
import { createHandler } from 'graphql-sse';
import {
  causeOf,
  check,
  contextOf,
  countRequest,
  readBody,
  refuse,
  refuseOutOfBudget,
  refuseTooMany,
  refuseWhole,
  type Body,
  type Checked,
  type DoorParts,
  type Work,
} from '../graphql/door.ts';
import { COST_HEADER } from '../access/budgets.ts';
import { costOf } from '../graphql/cost.ts';
import { newComposing, type Context } from '../graphql/context.ts';
import { refuseAdHoc, type AdHocParts } from '../graphql/documents.ts';
import { formatErrors, telling } from '../graphql/errors.ts';
import { limitRules, MAX_TOKENS } from '../graphql/limits.ts';
import { languageOf, type Text } from '../graphql/text.ts';
import { pour } from './pour.ts';

export interface LiveOptions {
  readonly streamsPerPerson: number;
  /** A client that takes nothing for so long is cut off; it subscribes again and asks anew. */
  readonly slowMs: number;
  readonly log: Log;
}

export const LIVE_PATH = '/graphql/stream';
/** When one of too many streams may have ended. */
const CAP_RETRY_SECONDS = 30;
/** Timers of Node count no further. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Raw {
  readonly request: FastifyRequest;
  readonly checked: Checked;
  readonly document: DocumentNode;
}

/**
 * `POST /graphql/stream`: one subscription per request, over SSE. It executes beside Apollo, so it has the same rules of
 * its own: authentication, rate limit, tokens, validation. Other operations are refused.
 * @returns ends all streams
 */
export function openLiveDoor(
  server: FastifyInstance,
  parts: Pick<DoorParts, 'tokens' | 'rate' | 'budgets' | 'clock' | keyof AdHocParts>,
  { streamsPerPerson, slowMs, log }: LiveOptions,
): { close(): Promise<void>; readonly open: number } {
  const { tokens, rate, budgets, clock, schema } = parts;
  // No introspection switch is needed here: a subscription cannot select introspection, by the rules of GraphQL itself.
  const rules = [...specifiedRules, ...limitRules()];
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
    const text = formatted.extensions?.['text'] as Text;
    return { ...formatted, message: text[languageOf(headers['accept-language'])] };
  };
  const told = <R extends { errors?: readonly GraphQLError[] | undefined }>(
    result: R,
    request: FastifyRequest,
  ): R => ({ ...result, errors: result.errors?.map((error) => tell(error, request)) }) as R;

  /** @returns the operation when it may be executed, else what is wrong with it */
  const prepare = (params: Body): { document: DocumentNode; cost: number } | readonly GraphQLError[] => {
    let document;
    try {
      document = parse(params.query, { maxTokens: MAX_TOKENS });
    } catch (error) {
      return [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
    }
    const operation = getOperationAST(document, params.operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [telling('BAD_REQUEST', new Refusal('request.not-a-subscription').toData())];
    }
    const problems = validate(schema(), document, rules, { maxErrors: 20 });
    if (problems.length > 0) return problems.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
    const { errors } = getVariableValues(
      schema(),
      operation.variableDefinitions ?? [],
      params.variables ?? {},
    );
    if (errors) return errors.map((error) => coded(error, 'BAD_USER_INPUT'));
    try {
      return { document, cost: costOf(schema(), document, operation, params.variables ?? {}) };
    } catch (error) {
      return [error as GraphQLError];
    }
  };

  const handler = createHandler<Raw, unknown, Context & Record<PropertyKey, unknown>>({
    authenticate: () => null, // distinct connections only: no stream is reserved for a later request
    validate: () => [], // done by `prepare`, with all the rules
    onSubscribe: ({ raw: { request, checked, document } }, { operationName, variables }) => {
      const { correlationId } = currentCause();
      const work: Work = {
        ...checked,
        correlationId,
        composing: newComposing(0, 0),
        key: null,
        seen: [],
        made: [],
      };
      const contextValue = { ...contextOf(request, null, work) };
      return { schema: schema(), document, operationName, variableValues: variables, contextValue };
    },
    onOperation: (_context, { raw }, _args, result) => {
      if (!('errors' in result) || !result.errors) return;
      // With `data`, the library takes it for a result that it has to hand on.
      return told({ data: null, errors: result.errors }, raw.request);
    },
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
      return refuse(reply, request, 406, 'BAD_REQUEST', invalidInput('accept', problem('header.accept')));
    let params: Body;
    try {
      params = readBody(request.body);
    } catch (error) {
      return refuse(reply, request, 400, 'BAD_REQUEST', error as Refusal);
    }
    try {
      const refusal = await refuseAdHoc(params, checked, parts);
      if (refusal) return refuseWhole(reply, request, refusal);
    } catch (error) {
      if (error instanceof Refusal || error instanceof ServiceUnavailable)
        return refuseWhole(reply, request, error);
      throw error;
    }
    const prepared = prepare(params);
    if (!('document' in prepared)) {
      const errors = prepared.map((error) => tell(error, request));
      // By the protocol: an `EventSource` learns nothing from a 400, so what is wrong comes as the only event.
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(`event: next\ndata: ${JSON.stringify({ errors })}\n\n${COMPLETE}`);
    }
    const { document, cost } = prepared;
    const refused = budgets.spend(caller, request, reply, cost);
    if (refused) return refuseOutOfBudget(reply, request, refused);
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
    const stream = withCause(cause, () => serve({ request, checked, document }, params))
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

    async function serve(raw: Raw, { query, operationName, variables }: Body): Promise<void> {
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
        body: { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
        raw,
        context: undefined,
      });
      response.writeHead(init.status, init.statusText, {
        ...init.headers,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        [COST_HEADER]: String(reply.getHeader(COST_HEADER)),
      });
      if (chunks === null || typeof chunks === 'string') return void response.end(chunks ?? undefined);

      const end = () => void chunks.return(undefined);
      const expiry = setTimeout(end, Math.min(LONGEST_TIMER_MS, caller!.expiresAt - clock.now().getTime()));
      streams.add(end);
      response.on('close', end);
      response.on('error', end);
      if (closing || response.destroyed) end();
      try {
        await pour(completed(chunks), response, slowMs);
      } finally {
        clearTimeout(expiry);
        streams.delete(end);
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

const COMPLETE = 'event: complete\ndata: \n\n';

/** Says at the end that it is one, also where the gateway ends the stream. */
async function* completed(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let last = '';
  for await (const chunk of chunks) yield (last = chunk);
  if (!last.startsWith('event: complete')) yield COMPLETE;
}

const coded = (error: GraphQLError, code: string) => {
  const { message, nodes, source, positions, extensions, originalError = error } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    originalError,
    extensions: { code, ...extensions },
  });
};
