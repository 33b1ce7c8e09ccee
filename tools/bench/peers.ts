/** Other servers that the bench measures beside ours. They have a lockfile of their own and are installed here alone. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { System } from '../local/system.ts';
import { startWorker, type Worker } from './worker.ts';

const checkout = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'peers');

interface Locked {
  readonly packages: Record<string, { version?: string; optional?: boolean; peer?: boolean }>;
}
const lockOf = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Locked;

/** The version that the lockfile of the peers names. */
export const versionOf = (name: string): string =>
  lockOf('package-lock.json').packages[`node_modules/${name}`]!.version!;

/** npm writes what it installed last, so an installation that was cut short says nothing of itself. */
function areInstalled(): boolean {
  try {
    const installed = lockOf('node_modules/.package-lock.json').packages;
    return Object.entries(lockOf('package-lock.json').packages).every(
      ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
    );
  } catch {
    return false;
  }
}

/**
 * Installs the peers by their lockfile, where they are not yet.
 * @throws Error that says what to do where they cannot be had
 */
export function installPeers(report: (line: string) => void): void {
  if (areInstalled()) return;
  report(
    'Installing what is measured beside (npm ci in tools/bench/peers): half a minute, the first time only',
  );
  // No audit, as in tools/local/install.mjs.
  const { status } = spawnSync(
    process.execPath,
    [join(checkout, 'tools/local/node24.mjs'), '--npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status !== 0)
    throw new Error(
      'PostGraphile, which the bench measures beside Lokmin, could not be installed into tools/bench/peers/node_modules. ' +
        'What npm says stands above; most often the package registry cannot be reached (check the network, a proxy, `npm ping`). ' +
        'Run `npm run bench` again when it can, or `npm run bench -- --without-peers` to measure the rest.',
    );
}

/** What PostGraphile may see: a schema of its own with one view. */
const SCHEMA = 'bench';
const ROLE = 'bench_reader';
/**
 * Of each puskesmas and month what our overview shows of it, by the same rule: a submitted evaluation speaks with what it
 * froze, anything else with its rollup of now.
 */
const VIEW = `
  CREATE VIEW ${SCHEMA}.overview AS
  SELECT unit.district_code, rollup.period, unit.unit_id, unit.code, unit.name,
         evaluation.evaluation_id, evaluation.revision, evaluation.status, evaluation.submitted_at,
         evaluation.returned_reason, evaluation.returned_at, coalesce(person.name, '') AS submitted_by_name,
         CASE WHEN evaluation.status = 'submitted' THEN evaluation.tally ELSE rollup.tally END AS tally,
         CASE WHEN evaluation.status = 'submitted' THEN evaluation.warnings ELSE rollup.warnings END AS warnings,
         CASE WHEN evaluation.status = 'submitted' THEN evaluation.worst ELSE rollup.worst END AS worst
  FROM known_unit AS unit
  JOIN rollup USING (unit_id)
  LEFT JOIN evaluation USING (unit_id, period)
  LEFT JOIN known_person AS person ON person.person_id = evaluation.submitted_by
  WHERE unit.kind = 'puskesmas'`;

const OPERATION_ID = 'district-overview';
const OPERATION = `query ($district: String!, $period: String!) {
  allOverviewsList(condition: { districtCode: $district, period: $period }, orderBy: CODE_ASC) {
    code
    name
    evaluationId
    revision
    status
    submittedByName
    submittedAt
    returnedReason
    returnedAt
    tally
    warnings
    worst
  }
}`;

type PostGraphile = {
  open(place: { databaseUrl: string; schema: string; operations: Record<string, string> }): Promise<string>;
};

export interface RunningPeer {
  readonly address: string;
  /** What asks it for the overview. */
  readonly body: (district: string, period: string) => string;
  stop(): Promise<void>;
}

/** Starts PostGraphile over the tables of the indicators service, with a role that reads nothing but its view. */
export async function startPostGraphile(system: System, profileFolder?: string): Promise<RunningPeer> {
  const password = randomBytes(16).toString('hex');
  const url = new URL(system.superuserUrl);
  url.pathname = new URL(system.databaseUrl('indicators')).pathname;
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${password}'`);
    await client.query(`ALTER ROLE ${ROLE} SET default_transaction_read_only = on`);
    await client.query(`GRANT CONNECT ON DATABASE ${url.pathname.slice(1)} TO ${ROLE}`);
    await client.query(`CREATE SCHEMA ${SCHEMA}`);
    await client.query(VIEW);
    await client.query(
      `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${ROLE}; GRANT SELECT ON ${SCHEMA}.overview TO ${ROLE}`,
    );
  } finally {
    await client.end();
  }
  url.username = ROLE;
  url.password = password;
  const worker: Worker<PostGraphile> = startWorker<PostGraphile>(
    'postgraphile',
    profileFolder,
    'peers/postgraphile.mjs',
  );
  try {
    const operations = { [OPERATION_ID]: OPERATION };
    return {
      address: await worker.do('open', { databaseUrl: url.href, schema: SCHEMA, operations }),
      body: (district, period) =>
        JSON.stringify({ documentId: OPERATION_ID, variables: { district, period } }),
      stop: () => worker.stop(),
    };
  } catch (error) {
    await worker.stop();
    throw error;
  }
}
