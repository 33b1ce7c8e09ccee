import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { causeOf, check, countRequest, type DoorParts } from '../graphql/door.ts';
import { SEEN_HEADER, writeSeen } from '../kept/seen.ts';

export const FILES_PATH = '/files/values';
/** An import changes many things at once: for so long its sender goes past kept answers. */
const PAST_KEPT_MS = 10_000;

class TooLarge extends Error {}

/**
 * `POST /files/values?name=...&commandId=...`: streams the file to the indicators service and its answer back; nothing
 * is held here. What the gateway itself refuses has the shape that the service's refusals have.
 */
export function openValuesDoor(
  server: FastifyInstance,
  { tokens, rate }: Pick<DoorParts, 'tokens' | 'rate'>,
  config: GatewayConfig,
  clock: Clock,
  log: Log,
): void {
  const limitBytes = config.LOKMIN_FILE_LIMIT_MB * 1024 * 1024;

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body)); // the file stays a stream
    scope.addHook('onSend', (request, reply, payload, done) => {
      // Answered before the whole file was read: the rest of it must not be taken for the next request.
      if (!request.raw.complete) void reply.header('connection', 'close');
      done(null, payload);
    });
    scope.post(FILES_PATH, { bodyLimit: limitBytes }, async (request, reply) => {
      const { caller } = await check(request, tokens);
      const { correlationId, traceparent } = causeOf(request, caller);
      void reply.header('lokmin-correlation', correlationId);
      const wait = countRequest(rate, caller, request);
      if (wait > 0)
        return refuse(
          reply.header('retry-after', wait),
          429,
          new Refusal('request.too-many', { seconds: wait }),
        );
      if (!caller) return refuse(reply, 401, new Refusal('access.signed-out'));
      const away = new Refusal('service.unavailable', { service: 'indicators' });
      if (!config.LOKMIN_INDICATORS_URL) return refuse(reply, 503, away);
      const tooLarge = new Refusal('import.too-large', { limit: config.LOKMIN_FILE_LIMIT_MB });
      if (Number(request.headers['content-length'] ?? 0) > limitBytes) return refuse(reply, 413, tooLarge);

      const target = new URL(
        `/imports/values${new URL(request.url, 'http://here').search}`,
        config.LOKMIN_INDICATORS_URL,
      );
      const headers: Record<string, string> = {
        authorization: `Bearer ${caller.token}`,
        'lokmin-correlation': correlationId,
        ...(traceparent ? { traceparent } : {}),
      };
      for (const name of ['content-type', 'content-length', 'accept-language']) {
        const value = request.headers[name];
        if (typeof value === 'string') headers[name] = value;
      }
      try {
        const answer = await forward(
          target,
          headers,
          request.body as Readable | undefined,
          limitBytes,
          config.LOKMIN_FILE_DEADLINE_MS,
        );
        void reply.code(answer.statusCode ?? 502);
        const type = answer.headers['content-type'];
        if (type) void reply.header('content-type', type);
        if (answer.statusCode === 200)
          void reply.header(SEEN_HEADER, writeSeen([{ until: clock.now().getTime() + PAST_KEPT_MS }]));
        return reply.send(answer);
      } catch (error) {
        if (error instanceof TooLarge) return refuse(reply, 413, tooLarge);
        log.warn({ err: error, correlationId }, 'a file could not be handed on');
        return refuse(reply, 503, away);
      }
    });
  });
}

const refuse = (reply: FastifyReply, status: number, refusal: Refusal) =>
  reply.code(status).send({ refusal: refusal.toData(), errors: [] });

/** Sends the body on as it comes. @returns the answer, as soon as its head is there */
async function forward(
  target: URL,
  headers: Record<string, string>,
  body: Readable | undefined,
  limitBytes: number,
  deadlineMs: number,
): Promise<IncomingMessage> {
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const sending = send(target, { method: 'POST', headers, signal: AbortSignal.timeout(deadlineMs) });
  const answering = new Promise<IncomingMessage>((resolve, reject) => {
    sending.on('response', resolve);
    sending.on('error', reject);
  });
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limitBytes ? new TooLarge() : null, chunk);
    },
  });
  if (!body) sending.end();
  const piping = body ? pipeline(body, measure, sending) : Promise.resolve();
  // The service may answer before it has read everything (a refusal): then its answer counts, not the broken pipe.
  const failed = piping.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => {
      if (error instanceof TooLarge) throw error;
      return answering;
    },
  );
  answering.catch(() => {});
  return Promise.race([answering, failed]);
}
