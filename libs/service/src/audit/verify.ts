import type { ServiceName } from '@lokmin/contracts';
import type { Queryable } from '../database.ts';
import { digestEntries, firstPrevious, sealHash, unpackDigests, type EntryDigest } from './seal.ts';

/** What does not fit in an audit trail, the first of it. */
export interface AuditFinding {
  /** Number of the entry; null where only a seal does not fit. */
  readonly number: string | null;
  readonly seal: number | null;
  readonly what: string;
}

export interface AuditVerdict {
  readonly service: ServiceName;
  readonly entries: number;
  readonly seals: number;
  /** Entries that no seal covers yet. */
  readonly unsealed: number;
  /** Seals that the other service has not kept: the newest ones, for a moment. */
  readonly unwitnessed: number;
  readonly finding: AuditFinding | null;
}

/** Audited tables whose changes are not noted: a trigger is switched off or gone. */
export async function silentTriggers(database: Queryable): Promise<string[]> {
  const rows: { name: string; working: number }[] = await database.query(
    `SELECT replace(proname, 'audit_of_', '') AS name, count(tgname) FILTER (WHERE tgenabled IN ('O', 'A'))::int AS working
     FROM pg_proc LEFT JOIN pg_trigger ON tgfoid = pg_proc.oid AND NOT tgisinternal
     WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'audit\\_of\\_%' GROUP BY proname ORDER BY proname`,
  );
  const off: { name: string }[] = await database.query(
    `SELECT tgrelid::regclass::text || '.' || tgname AS name FROM pg_trigger
     WHERE tgrelid::regclass::text LIKE 'audit\\_%' AND NOT tgisinternal AND tgenabled NOT IN ('O', 'A') ORDER BY 1`,
  );
  return [
    ...rows.filter(({ working }) => working < 4).map(({ name }) => `a trigger of ${name} does not work`),
    ...off.map(({ name }) => `the trigger ${name} is switched off`),
  ];
}

interface SealRow {
  seal: number;
  untilNumber: string;
  digests: Buffer;
  previous: string;
  sha256: string;
  sealedAt: Date;
}
interface WitnessRow {
  seal: number;
  untilNumber: string;
  sha256: string;
}

const BATCH = 1_000;
const END = 2n ** 63n - 1n;

/** Where what is there parts from what was sealed; null where they are the same. */
function partingOf(
  sealed: readonly EntryDigest[],
  there: readonly EntryDigest[],
): { number: bigint; what: string } | null {
  for (let i = 0; i < Math.max(sealed.length, there.length); i++) {
    const [was, is] = [sealed[i], there[i]];
    if (!was || (is && is.number < was.number))
      return { number: is!.number, what: 'was inserted after the sealing' };
    if (!is || is.number > was.number) return { number: was.number, what: 'was removed' };
    if (is.sha256 !== was.sha256) return { number: was.number, what: 'was changed' };
  }
  return null;
}

/**
 * Walks the chain of a service from its first entry and says where it first does not fit: an entry that was changed,
 * removed or inserted after the sealing, a seal that does not follow from the one before, or one of which the other
 * service was told something else.
 * @param witness the database of the service that keeps the seals; null: not looked at
 */
export async function verifyAudit(
  service: ServiceName,
  database: Queryable,
  witness: Queryable | null,
): Promise<AuditVerdict> {
  const kept: WitnessRow[] = witness
    ? await witness.query(
        'SELECT seal, until_number::text AS "untilNumber", sha256 FROM audit_witness WHERE service = $1 ORDER BY seal',
        [service],
      )
    : [];
  const witnessed = new Map(kept.map((row) => [row.seal, row]));
  let [entries, seals, unwitnessed, unsealed] = [0, 0, 0, 0];
  let previous = firstPrevious(service);
  let until = 0n;
  const verdict = (finding: AuditFinding | null): AuditVerdict => ({
    service,
    entries,
    seals,
    unsealed,
    unwitnessed,
    finding,
  });
  for (;;) {
    const [row] = await database.query<SealRow>(
      `SELECT seal, until_number::text AS "untilNumber", digests, previous, sha256, sealed_at AS "sealedAt"
       FROM audit_seal WHERE seal > $1 ORDER BY seal LIMIT 1`,
      [seals],
    );
    const expected = seals + 1;
    const first = String(until + 1n);
    if (!row) break;
    if (row.seal !== expected)
      return verdict({
        number: null,
        seal: expected,
        what: `seal ${expected} is missing; it began at entry ${first}`,
      });
    if (row.previous !== previous)
      return verdict({
        number: null,
        seal: row.seal,
        what: `seal ${row.seal} does not follow from the one before it`,
      });
    let sealed: EntryDigest[] | null = null;
    try {
      if (sealHash({ service, ...row }) === row.sha256) sealed = unpackDigests(row.digests);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    if (!sealed || String(sealed.at(-1)?.number) !== row.untilNumber)
      return verdict({
        number: null,
        seal: row.seal,
        what: `seal ${row.seal} was changed (entries ${first} to ${row.untilNumber})`,
      });
    const told = witnessed.get(row.seal);
    if (told && told.sha256 !== row.sha256)
      return verdict({
        number: null,
        seal: row.seal,
        what: `seal ${row.seal} is another one than was announced: entries ${first} to ${told.untilNumber} were sealed anew`,
      });
    if (witness && !told) unwitnessed += 1;
    const there: EntryDigest[] = await digestEntries(
      database,
      until,
      BigInt(row.untilNumber),
      sealed.length + 1,
    );
    const parting = partingOf(sealed, there);
    if (parting)
      return verdict({
        number: String(parting.number),
        seal: row.seal,
        what: `entry ${parting.number} ${parting.what}`,
      });
    entries += there.length;
    seals = row.seal;
    previous = row.sha256;
    until = BigInt(row.untilNumber);
  }
  const beyond = kept.find(({ seal }) => seal > seals);
  if (beyond)
    return verdict({
      number: null,
      seal: beyond.seal,
      what: `seal ${beyond.seal} was announced and is gone, with the entries from ${until + 1n} to ${beyond.untilNumber}`,
    });
  for (let after = until; ;) {
    const rest = await digestEntries(database, after, END, BATCH);
    unsealed += rest.length;
    if (rest.length < BATCH) break;
    after = rest.at(-1)!.number;
  }
  return verdict(null);
}
