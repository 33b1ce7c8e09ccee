import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  districtCode,
  invalidInput,
  period,
  problem,
  readSent,
  Refusal,
  unwritable,
  unwritableIn,
} from '@lokmin/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Dhis2 } from '../dhis2/dhis2.service.ts';
import type { AskedLayout } from '../layout/layout.service.ts';
import { answer, CSV, XLSX } from './door.ts';
import { ValuesImport } from './import.service.ts';

const LIMIT_MB = 64;

const mappingQuery = z.object({
  commandId: z.uuid().optional(),
  dryRun: z.enum(['true', 'false']).default('false'),
  district: z.string().regex(/^[\w.]{1,20}$/),
  year: z.coerce.number().int().min(2000).max(2100),
});
const query = z.object({
  /** Of what is saved; a dry run has none. */
  commandId: z.uuid().optional(),
  dryRun: z.enum(['true', 'false']).default('false'),
  /** `file`: the file that was sent comes back with a column that says what is wrong or odd; nothing is saved. */
  answer: z.enum(['report', 'file']).default('report'),
  language: z.enum(['id', 'en']).default('id'),
  name: z.string().max(200).default('values.csv'),
  /** The workbook is of the district's own; which layout it has. */
  layout: z.string().min(1).max(100).optional(),
  district: districtCode.optional(),
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  /** Of such a workbook this month alone. */
  period: period.optional(),
});

/**
 * `POST /imports/values?commandId=<uuid>&name=<file name>`, body: the CSV file as it is, `Authorization: Bearer <token>`.
 * With `layout=<name>&district=19.06&year=2024` (and `period=2024-10`) it is a workbook of the district's own, of which that month is read.
 * With `answer=file` the file itself comes back with a column of what is wrong with it, and nothing is saved.
 * `POST /imports/dhis2-mapping?district=<code>&year=2024&commandId=<uuid>`: which data elements of DHIS2 are which, whole.
 * With `dryRun=true` the report says what would change, and nothing does.
 * 200: the report. 401, 403, 413, 422, 500, 503: `{ refusal, errors }`, where errors name row and column.
 */
export function openImportDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const imports = app.get(ValuesImport);
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body)); // the file stays a stream
    scope.post('/imports/dhis2-mapping', { bodyLimit: LIMIT_MB * 1024 * 1024 }, (request, reply) =>
      answer(app, request, reply, () => {
        const asked = readSent(mappingQuery, request.query);
        const commandId = commandOf(asked);
        return onDisk(request.body as Readable, (path, sha256) =>
          app.get(Dhis2).keep({ path, sha256 }, asked, commandId),
        );
      }),
    );
    scope.post('/imports/values', { bodyLimit: LIMIT_MB * 1024 * 1024 }, (request, reply) => {
      return answer(app, request, reply, async () => {
        const asked = readSent(query, request.query);
        const character = unwritableIn(asked.name);
        if (character) throw invalidInput('name', unwritable(character));
        const layout = layoutIn(asked);
        if (asked.answer === 'file')
          return onDisk(request.body as Readable, async (path, sha256) => {
            const { format, content } = await imports.noted(
              { path, name: asked.name, sha256, ...(layout && { layout }) },
              asked.language,
            );
            // The file is on the disk only as long as this runs.
            const pieces: Buffer[] = [];
            if (Buffer.isBuffer(content)) pieces.push(content);
            else for await (const piece of content) pieces.push(Buffer.from(piece));
            return reply
              .header(
                'content-disposition',
                `attachment; filename="catatan-impor.${format === 'xlsx' ? 'xlsx' : 'csv'}"`,
              )
              .type(format === 'xlsx' ? XLSX : CSV)
              .send(Buffer.concat(pieces));
          });
        const commandId = commandOf(asked);
        return onDisk(request.body as Readable, (path, sha256) =>
          imports.import({ path, name: basename(asked.name), sha256, ...(layout && { layout }) }, commandId),
        );
      });
    });
  });
}

/** Undefined: the file says itself what its columns are. */
function layoutIn({ layout, district, year, period }: z.infer<typeof query>): AskedLayout | undefined {
  if (layout === undefined) return undefined;
  if (district === undefined) throw invalidInput('district', problem('missing'));
  if (year === undefined) throw invalidInput('year', problem('missing'));
  return { layout, districtCode: district, year, period: period ?? null };
}

/** Null: a dry run. */
function commandOf({
  dryRun,
  commandId,
}: {
  dryRun: 'true' | 'false';
  commandId?: string | undefined;
}): string | null {
  if (dryRun === 'true') return null;
  if (commandId !== undefined) return commandId;
  throw invalidInput('commandId', { id: 'belum diisi; isi dahulu', en: 'it is missing; fill it in' });
}

/** Spools the body to a temporary file, so that a slow sender holds no transaction open. */
async function onDisk<T>(
  body: Readable | undefined,
  work: (path: string, sha256: string) => Promise<T>,
): Promise<T> {
  if (!body) throw new Refusal('import.unreadable', { reason: 'kosong / empty' });
  const folder = await mkdtemp(join(tmpdir(), 'lokmin-import-'));
  try {
    const path = join(folder, 'file');
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(
          bytes > LIMIT_MB * 1024 * 1024 ? new Refusal('import.too-large', { limit: LIMIT_MB }) : null,
          chunk,
        );
      },
    });
    await pipeline(body, measure, createWriteStream(path));
    return await work(path, hash.digest('hex'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
