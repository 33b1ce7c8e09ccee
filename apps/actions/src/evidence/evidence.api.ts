import { Readable } from 'node:stream';
import { readSent, Refusal } from '@lokmin/contracts';
import { causeOfRequest, isOutage, withCause } from '@lokmin/messaging';
import { LOG, Roster } from '@lokmin/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import { unknownAction } from '../action/action.service.ts';
import { EvidenceFiles, unknownFile } from './evidence.service.ts';

const query = z.object({ commandId: z.uuid(), name: z.string().max(1000).default('') });
const uuid = z.uuid();

/**
 * `POST /actions/<action id>/evidence?commandId=<uuid>&name=<file name>`, body: the file as it is. 200: the file's id, name,
 * size, type and SHA-256. `GET /evidence/<file id>`: the file. Both with `Authorization: Bearer <token>`.
 * 401, 403, 404, 409, 413, 422, 500, 503: `{ refusal, errors }`.
 */
export function openEvidenceDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const roster = app.get(Roster);
  const files = app.get(EvidenceFiles);
  const log = app.get<Logger>(LOG);

  /** Does something in the name of the person behind the token, and says in the usual shape why not. */
  const answer =
    (work: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const unknown = causeOfRequest(request.headers, null);
      const { correlationId } = unknown;
      const refuse = (refusal: Refusal) =>
        reply.status(STATUS[refusal.code] ?? 422).send({ refusal: refusal.toData(), errors: [] });
      try {
        const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
        if (!token) throw new Refusal('access.signed-out');
        const asker = await roster.identify(token);
        return await withCause({ ...unknown, ...asker }, () => work(request, reply));
      } catch (error) {
        if (error instanceof Refusal) return refuse(error);
        if (request.raw.destroyed && !request.raw.complete) {
          log.info({ correlationId }, 'a file ended before its end');
          return reply.status(400).send();
        }
        if (isOutage(error) || (error as NodeJS.ErrnoException).code === 'ENOSPC') {
          log.warn({ err: error, correlationId }, 'the database is away or the disk is full');
          return refuse(new Refusal('service.unavailable', { service: 'actions' }));
        }
        log.error({ err: error, correlationId }, 'a file of evidence failed');
        return refuse(new Refusal('internal', { correlationId }));
      }
    };

  server.get(
    '/evidence/:fileId',
    answer(async (request, reply) => {
      const fileId = uuid.safeParse((request.params as { fileId: string }).fileId);
      if (!fileId.success) throw unknownFile();
      const { file, content } = await files.read(fileId.data);
      const etag = `"${file.sha256}"`;
      // A file never changes; but whether the person may still have it is asked each time.
      void reply.header('cache-control', 'private, no-cache').header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      const stream = await content();
      if (!stream) {
        log.error({ fileId: file.fileId, sha256: file.sha256 }, 'the content of a file is not in the folder');
        throw unknownFile();
      }
      return reply
        .type(file.type)
        .header('content-length', file.size)
        .header('content-disposition', disposition(file.name))
        .send(stream);
    }),
  );

  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body)); // the file stays a stream
    scope.post(
      '/actions/:actionId/evidence',
      answer(async (request) => {
        const actionId = uuid.safeParse((request.params as { actionId: string }).actionId);
        if (!actionId.success) throw unknownAction();
        const asked = readSent(query, request.query);
        const body = (request.body as Readable | undefined) ?? Readable.from([]);
        return files.put({ ...asked, actionId: actionId.data }, body);
      }),
    );
  });
}

/** Saved, not shown: no browser is to make a page of what somebody sent. */
const disposition = (name: string): string =>
  `attachment; filename="${name.replace(/[^\w.() -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(
    name,
  ).replace(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`;

const STATUS: Record<string, number> = {
  'access.signed-out': 401,
  'access.forbidden': 403,
  'action.not-owner': 403,
  'not-found': 404,
  'action.ended': 409,
  'action.not-ready': 409,
  'command.reused': 409,
  'evidence.too-large': 413,
  internal: 500,
  'service.unavailable': 503,
};
