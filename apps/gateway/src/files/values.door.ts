import type { Readable } from 'node:stream';
import type { Clock } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { causeOf, check, countRequest, type DoorParts } from '../graphql/door.ts';
import { SEEN_HEADER, writeSeen } from '../kept/seen.ts';
import { forward, refuse, TooLarge } from './forward.ts';

export const FILES_PATH = '/files/values';
/** An import changes many things at once: for so long its sender goes past kept answers. */
const PAST_KEPT_MS = 10_000;

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
          'POST',
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
