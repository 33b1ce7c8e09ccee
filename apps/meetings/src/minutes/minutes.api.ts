import { isOutage, withCause } from '@lokmin/messaging';
import { Refusal } from '@lokmin/contracts';
import { LOG, Roster } from '@lokmin/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Meetings } from '../meeting/meeting.service.ts';
import { demandMinutes } from '../meeting/meeting.rules.ts';
import { minutesOf } from './minutes.document.ts';
import { renderPdf } from './minutes.pdf.ts';

const meetingId = z.uuid();

/**
 * `GET /minutes/<meeting id>`, `Authorization: Bearer <token>`. 200: the minutes as PDF; a draft until they are signed.
 * 401, 403, 404, 409 (not opened yet), 503: `{ refusal }`.
 */
export function openMinutesDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const roster = app.get(Roster);
  const meetings = app.get(Meetings);
  const log = app.get<Logger>(LOG);
  server.get('/minutes/:meetingId', async (request, reply) => {
    const given = request.headers['lokmin-correlation'];
    const correlationId = typeof given === 'string' && /^[\w-]{1,100}$/.test(given) ? given : uuidv7();
    try {
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (!token) throw new Refusal('access.signed-out');
      const { actor } = await roster.identify(token);
      const asked = meetingId.safeParse((request.params as { meetingId: string }).meetingId);
      if (!asked.success)
        throw new Refusal('not-found', { what: { id: 'Lokakarya mini', en: 'The meeting' } });
      const { traceparent } = request.headers;
      const cause = {
        correlationId,
        causationId: null,
        actor,
        traceparent: typeof traceparent === 'string' ? traceparent : null,
      };
      const { detail, place } = await withCause(cause, () => meetings.minutes(asked.data));
      demandMinutes(detail.meeting);
      const pdf = await renderPdf(minutesOf(detail, place));
      const { unitCode, month } = detail.meeting;
      return await reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="notulen-${unitCode}-${month}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(pdf);
    } catch (error) {
      if (error instanceof Refusal)
        return reply.status(STATUS[error.code] ?? 422).send({ refusal: error.toData() });
      const away = isOutage(error);
      log[away ? 'warn' : 'error']({ err: error, correlationId }, 'minutes could not be drawn');
      const refusal = away
        ? new Refusal('service.unavailable', { service: 'meetings' })
        : new Refusal('internal', { correlationId });
      return reply.status(away ? 503 : 500).send({ refusal: refusal.toData() });
    }
  });
}

const STATUS: Record<string, number> = {
  'access.signed-out': 401,
  'access.forbidden': 403,
  'not-found': 404,
  'meeting.wrong-status': 409,
};
