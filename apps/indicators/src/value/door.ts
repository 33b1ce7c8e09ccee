import { Refusal } from '@lokmin/contracts';
import { causeOfRequest, isOutage, withCause } from '@lokmin/messaging';
import { LOG, Roster } from '@lokmin/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RowsRefused } from './refused.ts';

export const CSV = 'text/csv; charset=utf-8';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Answers a request for a file: says who asks to everything that `work` does, and what is refused as `{ refusal, errors }` with
 * 401, 403, 404, 413, 422, 500 or 503.
 */
export async function answer(
  app: NestFastifyApplication,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const unknown = causeOfRequest(request.headers, null);
  const { correlationId } = unknown;
  try {
    const asker = await app.get(Roster).identify(bearer(request));
    return await withCause({ ...unknown, ...asker }, work);
  } catch (error) {
    if (error instanceof RowsRefused) {
      const count = error.problems.length;
      const refusal = new Refusal(error.more ? 'import.rows-many' : 'import.rows', {
        count: { id: count.toLocaleString('id-ID'), en: count.toLocaleString('en') },
      });
      return reply.status(422).send({ refusal: refusal.toData(), errors: error.problems });
    }
    const refuse = (refusal: Refusal) =>
      reply.status(statusOf(refusal)).send({ refusal: refusal.toData(), errors: [] });
    if (error instanceof Refusal) return refuse(error);
    const log = app.get<Logger>(LOG);
    if (isOutage(error)) {
      log.warn({ err: error, correlationId }, 'the database is away; a file was not handled');
      return refuse(new Refusal('service.unavailable', { service: 'indicators' }));
    }
    log.error({ err: error, correlationId }, 'a file could not be handled');
    return refuse(new Refusal('internal', { correlationId }));
  }
}

function bearer({ headers }: FastifyRequest): string {
  const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!token) throw new Refusal('access.signed-out');
  return token;
}

const statusOf = ({ code }: Refusal): number =>
  ({
    'access.signed-out': 401,
    'access.forbidden': 403,
    'not-found': 404,
    'import.too-large': 413,
    internal: 500,
    'service.unavailable': 503,
  })[code as string] ?? 422;
