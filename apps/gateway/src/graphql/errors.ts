import { invalidInput, Refusal, type RefusalData, type Text } from '@lokmin/contracts';
import { currentCause, ServiceUnavailable, type Log } from '@lokmin/messaging';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { complain, isComplaint, withoutSuggestions } from './complaints.ts';
import { RefusalResult } from './text.ts';

/** A programmer's words are cut off here: they may quote what was sent. */
const LONGEST_DETAIL = 500;

/** An error of the whole request, in the two languages; the reply shows the one that the client prefers. */
export const telling = (code: string, refusal: RefusalData, status?: number): GraphQLError =>
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
export const badInput = (field: string, problem: Text): GraphQLError =>
  telling('BAD_USER_INPUT', invalidInput(field, problem).toData());

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

/**
 * What a client sees of an error: always a code, and a text in both languages under `extensions.text`. What GraphQL
 * itself found wrong keeps its exact words, for programmers, under `extensions.detail`. Of anything unexpected only a
 * number is told, and the log has the rest under that number.
 */
export const formatErrors =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code: given, text, refusal, detail } = formatted.extensions ?? {};
    const code = String(given);
    const place = {
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
    };
    if (text)
      return {
        message: (text as Text).id,
        ...place,
        extensions: { code, text, refusal, ...(detail ? { detail } : {}) },
      };
    if (isComplaint(code) && error instanceof Error) {
      const { message, code: refused } = complain(code, error, formatted).toData();
      return {
        message: message.id,
        ...place,
        extensions: {
          code,
          text: message,
          refusal: refused,
          detail: withoutSuggestions(formatted.message).slice(0, LONGEST_DETAIL),
        },
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
