import type { Readable } from 'node:stream';
import type { Clock } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import type { DoorParts } from '../graphql/door.ts';
import { SEEN_HEADER, writeSeen } from '../kept/seen.ts';
import { admit, forward, openForStreams, pick, refuse, TooLarge } from './forward.ts';

export const FILES_PATH = '/files/values';
/** What may be downloaded, and from where in the indicators service. */
const DOWNLOADS = {
  [FILES_PATH]: '/exports/values',
  [`${FILES_PATH}/template`]: '/exports/template',
  [`${FILES_PATH}/dhis2-mapping`]: '/exports/dhis2-mapping',
};
/** What may be sent, and to where. */
const UPLOADS = {
  [FILES_PATH]: '/imports/values',
  [`${FILES_PATH}/dhis2-mapping`]: '/imports/dhis2-mapping',
};
/** An import changes many things at once: for so long its sender goes past kept answers. */
const PAST_KEPT_MS = 10_000;

/**
 * `POST /files/values?name=...&commandId=...` (or `dryRun=true`, which saves nothing): streams the file to the indicators service and its answer back; nothing
 * is held here. `GET /files/values?unit=...&from=...&to=...&format=...` and `GET /files/values/template?unit=...&period=...`:
 * stored values and a workbook to be filled in, from the same service, which decides who may have them.
 * What the gateway itself refuses has the shape that the service's refusals have.
 */
export function openValuesDoor(
  server: FastifyInstance,
  parts: Pick<DoorParts, 'tokens' | 'rate'>,
  config: GatewayConfig,
  clock: Clock,
  log: Log,
): void {
  const limitBytes = config.LOKMIN_FILE_LIMIT_MB * 1024 * 1024;

  for (const [path, source] of Object.entries(DOWNLOADS))
    server.get(path, async (request, reply) => {
      const admitted = await admit(request, reply, parts);
      if (!admitted) return reply;
      const away = new Refusal('service.unavailable', { service: 'indicators' });
      if (!config.LOKMIN_INDICATORS_URL) return refuse(reply, 503, away);
      const { search } = new URL(request.url, 'http://here');
      try {
        const answer = await forward(
          'GET',
          new URL(`${source}${search}`, config.LOKMIN_INDICATORS_URL),
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
        log.warn({ err: error, correlationId: admitted.correlationId }, 'values could not be fetched');
        return refuse(reply, 503, away);
      }
    });

  openForStreams(server, (scope) => {
    for (const [path, sink] of Object.entries(UPLOADS))
      scope.post(path, async (request, reply) => {
        const admitted = await admit(request, reply, parts);
        if (!admitted) return reply;
        const away = new Refusal('service.unavailable', { service: 'indicators' });
        if (!config.LOKMIN_INDICATORS_URL) return refuse(reply, 503, away);
        const tooLarge = new Refusal('import.too-large', { limit: config.LOKMIN_FILE_LIMIT_MB });
        if (Number(request.headers['content-length'] ?? 0) > limitBytes) return refuse(reply, 413, tooLarge);

        const target = new URL(
          `${sink}${new URL(request.url, 'http://here').search}`,
          config.LOKMIN_INDICATORS_URL,
        );
        const headers = {
          ...admitted.headers,
          ...pick(request.headers, ['content-type', 'content-length', 'accept-language']),
        };
        try {
          const answer = await forward(
            'POST',
            target,
            headers,
            request.body as Readable | undefined,
            limitBytes,
            config.LOKMIN_FILE_DEADLINE_MS,
          );
          void reply
            .code(answer.statusCode ?? 502)
            .headers(pick(answer.headers, ['content-type', 'content-disposition']));
          if (answer.statusCode === 200 && target.searchParams.has('commandId'))
            void reply.header(SEEN_HEADER, writeSeen([{ until: clock.now().getTime() + PAST_KEPT_MS }]));
          return reply.send(answer);
        } catch (error) {
          if (error instanceof TooLarge) return refuse(reply, 413, tooLarge);
          log.warn({ err: error, correlationId: admitted.correlationId }, 'a file could not be handed on');
          return refuse(reply, 503, away);
        }
      });
  });
}
