import { Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import type { DoorParts } from '../graphql/door.ts';
import { uuidOf } from '../graphql/ids.ts';
import { admit, forward, pick, refuse } from './forward.ts';

export const MINUTES_PATH = '/files/minutes';

/** `GET /files/minutes/<id of a Meeting>`: the minutes as PDF, from the meetings service, which decides who may have them. */
export function openMinutesDoor(
  server: FastifyInstance,
  parts: Pick<DoorParts, 'tokens' | 'rate'>,
  config: GatewayConfig,
  log: Log,
): void {
  server.get(`${MINUTES_PATH}/:id`, async (request, reply) => {
    const admitted = await admit(request, reply, parts);
    if (!admitted) return reply;
    const away = new Refusal('service.unavailable', { service: 'meetings' });
    if (!config.LOKMIN_MEETINGS_URL) return refuse(reply, 503, away);
    const meetingId = uuidOf('Meeting', (request.params as { id: string }).id);
    if (!meetingId)
      return refuse(
        reply,
        404,
        new Refusal('not-found', { what: { id: 'Lokakarya mini', en: 'The meeting' } }),
      );
    try {
      const answer = await forward(
        'GET',
        new URL(`/minutes/${meetingId}`, config.LOKMIN_MEETINGS_URL),
        admitted.headers,
        undefined,
        0,
        config.LOKMIN_FILE_DEADLINE_MS,
      );
      return reply
        .code(answer.statusCode ?? 502)
        .headers(pick(answer.headers, ['content-type', 'content-disposition', 'content-length']))
        .header('cache-control', 'private, no-store')
        .send(answer);
    } catch (error) {
      log.warn({ err: error, correlationId: admitted.correlationId }, 'the minutes could not be fetched');
      return refuse(reply, 503, away);
    }
  });
}
