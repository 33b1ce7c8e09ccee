import { createHash } from 'node:crypto';
import { AUDIT, READERS, type FactOf, type Reader, type ServiceName } from '@lokmin/contracts';
import { inTransaction, react, type Reaction, type Tx } from '@lokmin/messaging';
import type { DataSource } from 'typeorm';
import type { Queryable } from '../database.ts';

/** Entries of one seal at most. */
const BATCH = 1_000;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * An entry in the form that is sealed: JSON of its columns in this order, as texts. `at` is in UTC with microseconds, and
 * `before` and `after` are as PostgreSQL writes jsonb.
 */
const SEALED_COLUMNS = [
  'number::text',
  `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  'time_zone',
  'actor',
  'person_id::text',
  'session_id::text',
  'role',
  'operation',
  'command_id::text',
  'fact_id::text',
  'correlation_id',
  'record_kind',
  'record_id',
  'part',
  'part_key',
  'change',
  'district_code',
  'unit_id::text',
  'before::text',
  'after::text',
];

/** The numbers and digests of entries, in order of their numbers. */
export interface EntryDigest {
  readonly number: bigint;
  readonly sha256: string;
}

/** The digests of the entries after one number and up to another, the first so many of them. */
export async function digestEntries(
  database: Queryable,
  after: bigint,
  until: bigint,
  limit: number,
): Promise<EntryDigest[]> {
  const rows: { columns: (string | null)[] }[] = await database.query(
    `SELECT ARRAY[${SEALED_COLUMNS.join(', ')}] AS columns FROM audit_entry
     WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3`,
    [String(after), String(until), limit],
  );
  return rows.map(({ columns }) => ({
    number: BigInt(columns[0]!),
    sha256: sha256(JSON.stringify(columns)).toString('hex'),
  }));
}

const DIGEST_BYTES = 8 + 32;
const packDigests = (digests: readonly EntryDigest[]): Buffer =>
  Buffer.concat(
    digests.map(({ number, sha256 }) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(number);
      return Buffer.concat([bytes, Buffer.from(sha256, 'hex')]);
    }),
  );
/** @throws RangeError when bytes are missing */
export function unpackDigests(bytes: Buffer): EntryDigest[] {
  if (bytes.length % DIGEST_BYTES !== 0) throw new RangeError('the digests of a seal are cut');
  return Array.from({ length: bytes.length / DIGEST_BYTES }, (_, i) => ({
    number: bytes.readBigUInt64BE(i * DIGEST_BYTES),
    sha256: bytes.toString('hex', i * DIGEST_BYTES + 8, (i + 1) * DIGEST_BYTES),
  }));
}

/** What the first seal of a service follows. */
export const firstPrevious = (service: ServiceName): string =>
  sha256(`lokmin audit ${service}`).toString('hex');

/** The hash of a seal: over the one before it, what it covers, and the digests of its entries. */
export const sealHash = (seal: {
  service: string;
  seal: number;
  previous: string;
  untilNumber: string;
  sealedAt: Date;
  digests: Buffer;
}): string =>
  sha256(
    JSON.stringify([
      seal.service,
      seal.seal,
      seal.previous,
      seal.untilNumber,
      seal.sealedAt.toISOString(),
      sha256(seal.digests.toString('hex')).toString('hex'),
    ]),
  ).toString('hex');

/**
 * Seals the audit trail of a service. Numbers are given before the commit, so a later one may be visible while an earlier
 * one is not yet: it marks how far numbers were given, and seals up to there once every transaction of that moment has ended.
 */
export class AuditSealer {
  #mark: { readonly until: bigint; readonly transaction: string } | null = null;

  constructor(
    private readonly service: ServiceName,
    private readonly database: DataSource,
    private readonly now: () => Date,
  ) {}

  /** @returns how many entries are sealed now; 0 as well while transactions of the last mark go on */
  async seal(): Promise<number> {
    this.#mark ??= await this.#given();
    if (!this.#mark) return 0;
    const { until, transaction } = this.#mark;
    const [ended] = await this.database.query(
      'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS all',
      [transaction],
    );
    if (!ended.all) return 0;
    let sealed = 0;
    for (let batch = BATCH; batch === BATCH; sealed += batch)
      batch = await inTransaction(this.database, this.now, (tx) => this.#sealBatch(tx, until));
    this.#mark = null;
    return sealed;
  }

  /** How far numbers were given, and a transaction that began after that; null when there is nothing new. */
  async #given(): Promise<{ until: bigint; transaction: string } | null> {
    const [last] = await this.database.query(
      `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS number,
         coalesce((SELECT until_number FROM audit_seal ORDER BY seal DESC LIMIT 1), 0) AS sealed FROM audit_entry_number_seq`,
    );
    if (BigInt(last.number) <= BigInt(last.sealed)) return null;
    const [{ transaction }] = await this.database.query('SELECT pg_current_xact_id()::text AS transaction');
    return { until: BigInt(last.number), transaction };
  }

  /** One replica at a time: each seal follows the newest. */
  async #sealBatch(tx: Tx, until: bigint): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('audit seal'))`);
    const [newest] = await tx.query<{ seal: number; untilNumber: string; sha256: string }>(
      'SELECT seal, until_number AS "untilNumber", sha256 FROM audit_seal ORDER BY seal DESC LIMIT 1',
    );
    const { service } = this;
    const digests = await digestEntries(tx, BigInt(newest?.untilNumber ?? 0), until, BATCH);
    if (digests.length === 0) return 0;
    const seal = {
      service,
      seal: (newest?.seal ?? 0) + 1,
      previous: newest?.sha256 ?? firstPrevious(service),
      untilNumber: String(digests.at(-1)!.number),
      sealedAt: tx.now,
      digests: packDigests(digests),
    };
    const sha256 = sealHash(seal);
    await tx.query(
      'INSERT INTO audit_seal (seal, until_number, digests, previous, sha256, sealed_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [seal.seal, seal.untilNumber, seal.digests, seal.previous, sha256, seal.sealedAt],
    );
    tx.announce(
      AUDIT[service].AuditSealed,
      { id: service, revision: seal.seal, districtCode: null, unitId: null },
      { seal: seal.seal, untilNumber: seal.untilNumber, entries: digests.length, sha256 },
    );
    return digests.length;
  }
}

/** Keeps the seals that another service announces: the first word on each stays. */
export function witnessReaction(service: ServiceName): Reaction {
  const reader = (Object.values(READERS) as Reader[]).find(
    ({ durable }) => durable === `${service}-witness`,
  ) as (typeof READERS)['meetingsWitness'];
  return react(reader, async (fact: FactOf<typeof reader>, tx) => {
    const { seal, untilNumber, sha256 } = fact.data;
    await tx.query(
      `INSERT INTO audit_witness (service, seal, until_number, sha256) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [fact.subject, seal, untilNumber, sha256],
    );
  });
}
