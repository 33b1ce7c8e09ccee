import { Readable } from 'node:stream';
import { isPeriod } from '@lokmin/calendar';
import { readSent } from '@lokmin/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answer, CSV, XLSX } from './door.ts';
import { ValuesExport } from './export.service.ts';

const code = z.string().regex(/^[\w.]{1,20}$/);
const month = z.string().refine(isPeriod);
const exportQuery = z
  .object({
    unit: code.optional(),
    district: code.optional(),
    from: month,
    to: month,
    format: z.enum(['csv', 'xlsx']).default('csv'),
  })
  .refine(({ unit, district }) => (unit === undefined) !== (district === undefined), { path: ['unit'] });
const templateQuery = z.object({ unit: code, period: month });

/**
 * `GET /exports/values?unit=<code> | district=<code>&from=2024-01&to=2024-12&format=csv|xlsx`: the stored values.
 * `GET /exports/template?unit=<code>&period=2024-10`: a workbook to be filled in.
 */
export function openExportDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const exports = app.get(ValuesExport);
  server.get('/exports/values', (request, reply) =>
    answer(app, request, reply, async () => {
      const { format, ...scope } = readSent(exportQuery, request.query);
      const name = `nilai-${scope.unit ?? scope.district}-${scope.from}-${scope.to}.${format}`;
      const content = format === 'csv' ? Readable.from(await exports.csv(scope)) : await exports.xlsx(scope);
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(format === 'csv' ? CSV : XLSX)
        .send(content);
    }),
  );
  server.get('/exports/template', (request, reply) =>
    answer(app, request, reply, async () => {
      const { unit: asked, period } = readSent(templateQuery, request.query);
      const { unit, content } = await exports.template(asked, period);
      return reply
        .header('content-disposition', `attachment; filename="isian-${unit.code}-${period}.xlsx"`)
        .type(XLSX)
        .send(content);
    }),
  );
}
