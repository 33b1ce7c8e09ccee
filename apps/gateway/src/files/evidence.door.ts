import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { evidenceFile, EVIDENCE_LIMIT_MB, Refusal } from '@lokmin/contracts';
import type { Log } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import { EVIDENCE_PATH, EvidenceFile } from '../action/action.types.ts';
import type { GatewayConfig } from '../config.ts';
import type { DoorParts } from '../graphql/door.ts';
import { uuidOf } from '../graphql/ids.ts';
import { admit, forward, openForStreams, pick, refuse, TooLarge } from './forward.ts';

const LIMIT_BYTES = EVIDENCE_LIMIT_MB * 1024 * 1024;

/**
 * `POST /files/evidence/<id of an Action>?name=...&commandId=...` streams a file to the actions service, for a report that
 * names the id of the answer. `GET /files/evidence/<id of an EvidenceFile>` fetches it. The service decides who may.
 */
export function openEvidenceDoor(
  server: FastifyInstance,
  parts: Pick<DoorParts, 'tokens' | 'rate'>,
  config: GatewayConfig,
  log: Log,
): void {
  const away = new Refusal('service.unavailable', { service: 'actions' });
  const tooLarge = new Refusal('evidence.too-large', { limit: EVIDENCE_LIMIT_MB });
  const idOf = (request: { params: unknown }) => (request.params as { id: string }).id;

  openForStreams(server, (scope) => {
    scope.post(`${EVIDENCE_PATH}/:id`, async (request, reply) => {
      const admitted = await admit(request, reply, parts);
      if (!admitted) return reply;
      if (!config.LOKMIN_ACTIONS_URL) return refuse(reply, 503, away);
      const actionId = uuidOf('Action', idOf(request));
      if (!actionId)
        return refuse(reply, 404, new Refusal('not-found', { what: { id: 'Kegiatan', en: 'The action' } }));
      if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES) return refuse(reply, 413, tooLarge);
      const { search } = new URL(request.url, 'http://here');
      try {
        const answer = await forward(
          'POST',
          new URL(`/actions/${actionId}/evidence${search}`, config.LOKMIN_ACTIONS_URL),
          { ...admitted.headers, ...pick(request.headers, ['content-type', 'content-length']) },
          request.body as Readable | undefined,
          LIMIT_BYTES,
          config.LOKMIN_FILE_DEADLINE_MS,
        );
        // A browser that is still sending would see a broken connection instead of what refuses it. The rest is small.
        const [said] = await Promise.all([
          text(answer),
          finished(request.raw, { writable: false }).catch(() => {}),
        ]);
        void reply.code(answer.statusCode ?? 502).type('application/json; charset=utf-8');
        return await reply.send(
          answer.statusCode === 200 ? new EvidenceFile(evidenceFile.parse(JSON.parse(said))) : said,
        );
      } catch (error) {
        if (error instanceof TooLarge) return refuse(reply, 413, tooLarge);
        log.warn({ err: error, correlationId: admitted.correlationId }, 'a file could not be handed on');
        return refuse(reply, 503, away);
      }
    });
  });

  server.get(`${EVIDENCE_PATH}/:id`, async (request, reply) => {
    const admitted = await admit(request, reply, parts);
    if (!admitted) return reply;
    if (!config.LOKMIN_ACTIONS_URL) return refuse(reply, 503, away);
    const fileId = uuidOf('EvidenceFile', idOf(request));
    if (!fileId)
      return refuse(reply, 404, new Refusal('not-found', { what: { id: 'Berkas bukti', en: 'The file' } }));
    try {
      const answer = await forward(
        'GET',
        new URL(`/evidence/${fileId}`, config.LOKMIN_ACTIONS_URL),
        { ...admitted.headers, ...pick(request.headers, ['if-none-match']) },
        undefined,
        0,
        config.LOKMIN_FILE_DEADLINE_MS,
      );
      return reply
        .code(answer.statusCode ?? 502)
        .headers(
          pick(answer.headers, [
            'content-type',
            'content-disposition',
            'content-length',
            'cache-control',
            'etag',
          ]),
        )
        .headers(NEVER_A_PAGE)
        .send(answer);
    } catch (error) {
      log.warn({ err: error, correlationId: admitted.correlationId }, 'a file could not be fetched');
      return refuse(reply, 503, away);
    }
  });
}

/** What somebody sent is not to run as a page of this address, whatever a browser takes it for. */
const NEVER_A_PAGE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};
