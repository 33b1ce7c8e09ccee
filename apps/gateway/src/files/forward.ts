import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { Refusal } from '@lokmin/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/tokens.ts';
import { causeOf, check, countRequest, type DoorParts } from '../graphql/door.ts';

export class TooLarge extends Error {}

/** What the gateway itself refuses has the shape that the service's refusals have. */
export const refuse = (reply: FastifyReply, status: number, refusal: Refusal) =>
  reply.code(status).send({ refusal: refusal.toData(), errors: [] });

/** A request for a file that may go on to its service. */
export interface Admitted {
  readonly caller: Caller;
  readonly correlationId: string;
  /** What every request to a service carries. */
  readonly headers: Record<string, string>;
}

/** Checks token and rate, before anything is read. @returns null when the request was refused */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { tokens, rate }: Pick<DoorParts, 'tokens' | 'rate'>,
): Promise<Admitted | null> {
  const { caller } = await check(request, tokens);
  const { correlationId, traceparent } = causeOf(request, caller);
  void reply.header('lokmin-correlation', correlationId);
  const wait = countRequest(rate, caller, request);
  if (wait > 0) {
    void refuse(reply.header('retry-after', wait), 429, new Refusal('request.too-many', { seconds: wait }));
    return null;
  }
  if (!caller) {
    void refuse(reply, 401, new Refusal('access.signed-out'));
    return null;
  }
  const headers: Record<string, string> = {
    authorization: `Bearer ${caller.token}`,
    'lokmin-correlation': correlationId,
    ...(traceparent ? { traceparent } : {}),
  };
  return { caller, correlationId, headers };
}

/** A part of the server where bodies stay streams and are not held here; the server's limit of bodies does not count for these. */
export function openForStreams(server: FastifyInstance, open: (scope: FastifyInstance) => void): void {
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.addHook('onSend', (request, reply, payload, done) => {
      // Answered before the whole file was read: the rest of it must not be taken for the next request.
      if (!request.raw.complete) void reply.header('connection', 'close');
      done(null, payload);
    });
    open(scope);
  });
}

/** Copies headers that are there. */
export function pick(
  from: Record<string, string | string[] | undefined>,
  names: readonly string[],
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = from[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

/**
 * Sends a request on to a service, its body as it comes. A service that answers before it has read everything (a refusal)
 * is sent no more of it: what is left is read here and dropped.
 * @returns the answer, as soon as its head is there
 * @throws TooLarge; what the network says
 */
export async function forward(
  method: 'GET' | 'POST',
  target: URL,
  headers: Record<string, string>,
  body: Readable | undefined,
  limitBytes: number,
  deadlineMs: number,
): Promise<IncomingMessage> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  // A connection of its own: one kept from before may just be closing at the other end, and a stream cannot be sent twice.
  // Not announced as one for a single request, or a service that refuses early would close it before the refusal is read.
  const sending = send(target, {
    method,
    headers: { ...headers, connection: 'keep-alive' },
    agent: false,
    signal: AbortSignal.timeout(deadlineMs),
  });
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let answered = false;
    sending.on('error', reject);
    if (!body) sending.end();
    else {
      body.once('error', (error) => sending.destroy(error));
      body.once('close', () => body.readableEnded || sending.destroy(new Error('the sender went away')));
      body.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= limitBytes) return;
        if (answered) body.destroy();
        else sending.destroy(new TooLarge());
      });
      body.pipe(sending);
    }
    sending.once('response', (answer) => {
      answered = true;
      if (body && !body.readableEnded) {
        body.unpipe(sending);
        body.resume();
        answer.once('end', () => sending.destroy());
      }
      resolve(answer);
    });
  });
}
