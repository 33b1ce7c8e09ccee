import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { invalidInput, readSent, Refusal, unwritable, unwritableIn } from '@lokmin/contracts';
import { causeOfRequest, isOutage, withCause } from '@lokmin/messaging';
import { LOG, Roster } from '@lokmin/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RowsRefused, ValuesImport } from './import.service.ts';

const LIMIT_MB = 64;

const query = z.object({
  /** Of what is saved; a dry run has none. */
  commandId: z.uuid().optional(),
  dryRun: z.enum(['true', 'false']).default('false'),
  name: z.string().max(200).default('values.csv'),
});

/**
 * `POST /imports/values?commandId=<uuid>&name=<file name>`, body: the CSV file as it is, `Authorization: Bearer <token>`.
 * With `dryRun=true` the report says what would change, and nothing does.
 * 200: the report. 401, 403, 413, 422, 500, 503: `{ refusal, errors }`, where errors name row and column.
 */
export function openImportDoor(server: FastifyInstance, app: NestFastifyApplication): void {
  const roster = app.get(Roster);
  const imports = app.get(ValuesImport);
  const log = app.get<Logger>(LOG);
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body)); // the file stays a stream
    scope.post('/imports/values', { bodyLimit: LIMIT_MB * 1024 * 1024 }, async (request, reply) => {
      const unknown = causeOfRequest(request.headers, null);
      const { correlationId } = unknown;
      try {
        const asker = await roster.identify(bearer(request));
        const asked = readSent(query, request.query);
        const character = unwritableIn(asked.name);
        if (character) throw invalidInput('name', unwritable(character));
        const commandId = asked.dryRun === 'true' ? null : asked.commandId;
        if (commandId === undefined)
          throw invalidInput('commandId', { id: 'belum diisi; isi dahulu', en: 'it is missing; fill it in' });
        return await withCause({ ...unknown, ...asker }, () =>
          onDisk(request.body as Readable, (path, sha256) =>
            imports.import({ path, name: basename(asked.name), sha256 }, commandId),
          ),
        );
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
        if (isOutage(error)) {
          log.warn({ err: error, correlationId }, 'the database is away; a file was not imported');
          return refuse(new Refusal('service.unavailable', { service: 'indicators' }));
        }
        log.error({ err: error, correlationId }, 'an import failed');
        return refuse(new Refusal('internal', { correlationId }));
      }
    });
  });
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

function bearer({ headers }: FastifyRequest): string {
  const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!token) throw new Refusal('access.signed-out');
  return token;
}

const statusOf = ({ code }: Refusal): number =>
  ({
    'access.signed-out': 401,
    'access.forbidden': 403,
    'import.too-large': 413,
    internal: 500,
    'service.unavailable': 503,
  })[code as string] ?? 422;
