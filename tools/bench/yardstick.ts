/** What this machine does at best: bare Fastify with a constant, or with one read of the rollups as JSON. */
import fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import { serve } from './worker.ts';

/** What the overview shows of each puskesmas, as one JSON text. $1 district, $2 period. */
const ROLLUPS = `
  SELECT json_agg(json_build_object(
           'unitId', unit.unit_id, 'code', unit.code, 'name', unit.name, 'tally', rollup.tally, 'warnings', rollup.warnings,
           'worst', rollup.worst, 'evaluationId', evaluation.evaluation_id, 'revision', evaluation.revision,
           'status', evaluation.status, 'submittedAt', evaluation.submitted_at) ORDER BY unit.code)::text AS body
  FROM known_unit AS unit
  LEFT JOIN rollup ON rollup.unit_id = unit.unit_id AND rollup.period = $2
  LEFT JOIN evaluation ON evaluation.unit_id = unit.unit_id AND evaluation.period = $2
  WHERE unit.district_code = $1 AND unit.kind = 'puskesmas'`;
const CONNECTIONS = 8; // as a service has

let server: FastifyInstance | undefined;
let pool: pg.Pool | undefined;

/** @returns the address */
async function listen(answer: () => Promise<Buffer | string> | Buffer): Promise<string> {
  server = fastify();
  // The same request comes in everywhere; here its body is taken and not looked at.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.post('/graphql', (_request, reply) => {
    void reply.header('content-type', 'application/json; charset=utf-8');
    return answer() as never;
  });
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const work = {
  constant: ({ body }: { body: Uint8Array }): Promise<string> => {
    const constant = Buffer.from(body);
    return listen(() => constant);
  },
  rollups: ({
    databaseUrl,
    district,
    period,
  }: {
    databaseUrl: string;
    district: string;
    period: string;
  }): Promise<string> => {
    const connections = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
    pool = connections;
    return listen(
      async () => (await connections.query<{ body: string }>(ROLLUPS, [district, period])).rows[0]!.body,
    );
  },
};
export type Yardstick = typeof work;

serve(work, async () => {
  await server?.close();
  await pool?.end();
});
