import { Refusal, type RefusalData } from '@lokmin/contracts';
import { currentCause, ServiceUnavailable, type Log } from '@lokmin/messaging';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { RefusalResult } from './text.ts';

/** Codes of GraphQL errors that a client may see as they are; every other error is masked. */
const KNOWN = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
]);

/** An error of the whole request, in the two languages; the reply shows the one that the client prefers. */
const telling = (code: string, refusal: RefusalData, status?: number): GraphQLError =>
  new GraphQLError(refusal.message.id, {
    extensions: {
      code,
      text: refusal.message,
      refusal: refusal.code,
      ...(status ? { http: { status } } : {}),
    },
  });

export const signedOut = (): GraphQLError =>
  telling('UNAUTHENTICATED', new Refusal('access.signed-out').toData(), 401);
export const badInput = (field: string, problem: string): GraphQLError =>
  telling('BAD_USER_INPUT', new Refusal('input.invalid', { field, problem }, field).toData());
export const forbidden = (): GraphQLError => telling('FORBIDDEN', new Refusal('access.forbidden').toData());

/** A refusal or an absent service where the schema has no typed place for it. */
export function asGraphQLError(error: unknown): unknown {
  if (error instanceof ServiceUnavailable)
    return telling(
      'SERVICE_UNAVAILABLE',
      new Refusal('service.unavailable', { service: error.service }).toData(),
    );
  if (!(error instanceof Refusal) || error.code === 'internal') return error;
  const data = error.toData();
  switch (error.code) {
    case 'access.signed-out':
      return telling('UNAUTHENTICATED', data, 401);
    case 'access.forbidden':
      return telling('FORBIDDEN', data);
    case 'not-found':
      return telling('NOT_FOUND', data);
    default:
      return telling('BAD_USER_INPUT', data);
  }
}

/** Runs a mutation: what the service refuses, and that it is away, is a typed result; anything else is unexpected. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | RefusalResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceUnavailable)
      return new RefusalResult(new Refusal('service.unavailable', { service: error.service }).toData());
    if (error instanceof Refusal && error.code !== 'internal') return new RefusalResult(error.toData());
    throw error;
  }
}

/** Lets known codes through; of anything else only a number is told, and the log has the rest under that number. */
export const formatErrors =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code = '', text, refusal } = formatted.extensions ?? {};
    const place = {
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
    };
    if (KNOWN.has(String(code))) {
      return {
        message: formatted.message,
        ...place,
        extensions: { code, ...(text ? { text, refusal } : {}) },
      };
    }
    const original = unwrapResolverError(error);
    const correlationId = correlationOf(original);
    log.error({ err: original, path: formatted.path, correlationId }, 'a request failed');
    const masked = new Refusal('internal', { correlationId }).toData();
    return {
      message: masked.message.id,
      ...place,
      extensions: { code: 'INTERNAL', correlationId, text: masked.message, refusal: masked.code },
    };
  };

/** A service that failed says under which number it logged that; it is the number of this request. */
const correlationOf = (error: unknown): string =>
  error instanceof Refusal && typeof error.details['correlationId'] === 'string'
    ? error.details['correlationId']
    : currentCause().correlationId;
