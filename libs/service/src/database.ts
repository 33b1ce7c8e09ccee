import {
  DeadLetterDistrict1765000000000,
  isOutage,
  Messaging1763700000000,
  type Log,
} from '@lokmin/messaging';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import { Audit1764500000000 } from './audit/audit.migration.ts';
import type { AuditDeclaration } from './audit/declaration.ts';
import { KnownCoachingGroups1764600000000 } from './coaching-groups.migration.ts';
import { KnownGuests1765300000000 } from './guests.migration.ts';
import { Roster1763700000001 } from './roster.migration.ts';
import { KnownVillages1765700000000 } from './villages.migration.ts';

/** What answers SQL with rows: a pool, a transaction, a client that only reads. Who asks says what a row is. */
export interface Queryable {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  readonly entities: Extract<MixedList<Function>, Function[]>;
  /** Migrations of the service's own tables, in order. */
  readonly migrations: Extract<MixedList<Function>, Function[]>;
  /** Whose changes the audit trail notes. */
  readonly audit: AuditDeclaration;
}

const PREPARED = new Map<string, pg.QueryConfig>();

/**
 * Marks SQL of fixed text that is asked again and again, wherever it is asked: every connection parses and plans it once.
 * It names its columns, so that a migration that adds one does not change what it returns.
 * @returns the same text
 */
export function prepared(sql: string): string {
  if (!PREPARED.has(sql)) PREPARED.set(sql, { name: `prepared_${PREPARED.size}`, text: sql });
  return sql;
}

/**
 * A connection that may break at any moment. Between leaving the pool and reaching TypeORM nobody else listens, and an
 * error that nobody hears ends the process; whoever then uses the connection is told that it is broken.
 */
class Connection extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
    const ask = this.query.bind(this) as (query: unknown, ...rest: unknown[]) => unknown;
    this.query = ((query: unknown, ...rest: unknown[]) => {
      const known = typeof query === 'string' ? PREPARED.get(query) : undefined;
      return ask(known ? { ...known } : query, ...rest);
    }) as pg.Client['query'];
  }
}

/** The one database of a service: shared tables (messaging, roster, audit) first, then its own. */
export const createDatabase = (
  name: string,
  url: string,
  connections: number,
  { entities, migrations }: Omit<DatabaseOptions, 'audit'>,
): DataSource =>
  new DataSource({
    name,
    type: 'postgres',
    url,
    entities,
    migrations: [
      Messaging1763700000000,
      Roster1763700000001,
      Audit1764500000000,
      KnownCoachingGroups1764600000000,
      DeadLetterDistrict1765000000000,
      KnownGuests1765300000000,
      KnownVillages1765700000000,
      ...migrations,
    ],
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: name,
    extra: { max: connections, connectionTimeoutMillis: 5_000, keepAlive: true, Client: Connection },
  } as DataSourceOptions);

const RETRY_MS = 500;

/** Connects; waits as long as the server is away, as it is while everything starts at once. */
export async function connectDatabase(database: DataSource, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await database.initialize();
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      log.warn({ err: error }, 'the database is away; waiting for it');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
