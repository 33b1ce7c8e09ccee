import { Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { causeOf, check, countRequest, type DoorParts } from '../graphql/door.ts';
import { keyOf } from '../graphql/ids.ts';
import { forward, refuse } from './forward.ts';

export const MINUTES_PATH = '/files/minutes';

/** `GET /files/minutes/<id of a Meeting>`: the minutes as PDF, from the meetings service, which decides who may have them. */
export function openMinutesDoor(
  server: FastifyInstance,
  { tokens, rate }: Pick<DoorParts, 'tokens' | 'rate'>,
  config: GatewayConfig,
  log: Log,
): void {
  server.get(`${MINUTES_PATH}/:id`, async (request, reply) => {
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
    const away = new Refusal('service.unavailable', { service: 'meetings' });
    if (!config.LOKMIN_MEETINGS_URL) return refuse(reply, 503, away);
    let meetingId: string;
    try {
      meetingId = keyOf('Meeting', (request.params as { id: string }).id, 'id');
    } catch {
      return refuse(reply, 404, new Refusal('not-found', { what: { id: 'Notulen', en: 'The minutes' } }));
    }
    try {
      const answer = await forward(
        'GET',
        new URL(`/minutes/${encodeURIComponent(meetingId)}`, config.LOKMIN_MEETINGS_URL),
        {
          authorization: `Bearer ${caller.token}`,
          'lokmin-correlation': correlationId,
          ...(traceparent ? { traceparent } : {}),
        },
        undefined,
        0,
        config.LOKMIN_FILE_DEADLINE_MS,
      );
      void reply.code(answer.statusCode ?? 502).header('cache-control', 'private, no-store');
      for (const name of ['content-type', 'content-disposition', 'content-length']) {
        const value = answer.headers[name];
        if (value) void reply.header(name, value);
      }
      return reply.send(answer);
    } catch (error) {
      log.warn({ err: error, correlationId }, 'the minutes could not be fetched');
      return refuse(reply, 503, away);
    }
  });
}
