import { Readable } from 'node:stream';
import { isPeriod } from '@lokmin/calendar';
import { readSent } from '@lokmin/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Dhis2 } from '../dhis2/dhis2.service.ts';
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
    format: z.enum(['csv', 'xlsx', 'dhis2-json', 'dhis2-csv']).default('csv'),
  })
  .refine(({ unit, district }) => (unit === undefined) !== (district === undefined), { path: ['unit'] });
const mappingQuery = z.object({ district: code, year: z.coerce.number().int().min(2000).max(2100) });
const templateQuery = z.object({ unit: code, period: month });

/**
 * `GET /exports/values?unit=<code> | district=<code>&from=2024-01&to=2024-12&format=csv|xlsx|dhis2-json|dhis2-csv`: the stored values.
 * `GET /exports/template?unit=<code>&period=2024-10`: a workbook to be filled in.
 * `GET /exports/dhis2-mapping?district=<code>&year=2024`: which data elements of DHIS2 are which, as the file that is imported.
 */
export function openExportDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const exports = app.get(ValuesExport);
  server.get('/exports/values', (request, reply) =>
    answer(app, request, reply, async () => {
      const { format, ...scope } = readSent(exportQuery, request.query);
      const as = format === 'dhis2-json' ? 'json' : format === 'dhis2-csv' ? 'csv' : null;
      const name = `nilai-${scope.unit ?? scope.district}-${scope.from}-${scope.to}.${as ? `dhis2.${as}` : format}`;
      const content = as
        ? Readable.from(await exports.dataValueSets(scope, as))
        : format === 'csv'
          ? Readable.from(await exports.csv(scope))
          : await exports.xlsx(scope);
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type(format === 'xlsx' ? XLSX : as === 'json' ? 'application/json' : CSV)
        .send(content);
    }),
  );
  server.get('/exports/dhis2-mapping', (request, reply) =>
    answer(app, request, reply, async () => {
      const { district, year } = readSent(mappingQuery, request.query);
      const content = await app.get(Dhis2).list(district, year);
      return reply
        .header('content-disposition', `attachment; filename="dhis2-${district}-${year}.csv"`)
        .type(CSV)
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
