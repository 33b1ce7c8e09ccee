import {
  AUDIT,
  SERVICES,
  type AskInput,
  type AskReply,
  type AuditEntry,
  type ServiceName,
} from '@lokmin/contracts';

type Listing = AskReply<(typeof AUDIT)[ServiceName]['ListAudit']>;
type After = AskInput<(typeof AUDIT)[ServiceName]['ListAudit']>['after'];

/** Where a page of the whole trail ends: newest first, of one instant in order of the services, newest number first. */
export interface Place {
  readonly at: string;
  readonly service: ServiceName;
  readonly number: string;
}

const rank = (service: ServiceName): number => SERVICES.indexOf(service);
/** Below 0: `a` stands before `b`. */
function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.service !== b.service) return rank(a.service) - rank(b.service);
  return Number(BigInt(b.number) - BigInt(a.number));
}

/** Above every number that a service gives. */
const ABOVE_ALL = '9'.repeat(18);
/** Where a service goes on after a place: of that instant it has shown everything, something or nothing. */
function afterFor(service: ServiceName, place: Place | null): After {
  if (!place) return null;
  if (service === place.service) return { at: place.at, number: place.number };
  return { at: place.at, number: rank(service) < rank(place.service) ? '0' : ABOVE_ALL };
}

export interface TrailPage {
  readonly items: readonly AuditEntry[];
  /** Null: this was the last page. */
  readonly next: Place | null;
  /** Null: more than what is counted. */
  readonly totalCount: number | null;
  /** Services that did not answer: their entries are not among these. */
  readonly missing: readonly ServiceName[];
}

/**
 * One page of the trails of several services, merged.
 * @param ask gives a page of one service, or null when it does not answer
 */
export async function readTrail(
  services: readonly ServiceName[],
  first: number,
  after: Place | null,
  ask: (service: ServiceName, page: { first: number; after: After }) => Promise<Listing | null>,
): Promise<TrailPage> {
  const answers = await Promise.all(
    services.map(async (service) => ({
      service,
      page: await ask(service, { first, after: afterFor(service, after) }),
    })),
  );
  const pages = answers.flatMap(({ page }) => page ?? []);
  // A service that has more may have entries right behind its last one: what is older than that has to wait.
  const [horizon] = pages
    .filter(({ last }) => !last)
    .map(({ items }) => items.at(-1)!)
    .sort(compare);
  const merged = pages.flatMap(({ items }) => items).sort(compare);
  const items = merged.filter((entry) => !horizon || compare(entry, horizon) <= 0).slice(0, first);
  const end = items.at(-1);
  const more = merged.length > items.length || horizon !== undefined;
  return {
    items,
    next: more && end ? { at: end.at, service: end.service, number: end.number } : null,
    totalCount: pages.reduce<number | null>(
      (sum, { totalCount }) => (sum === null || totalCount === null ? null : sum + totalCount),
      0,
    ),
    missing: answers.filter(({ page }) => page === null).map(({ service }) => service),
  };
}

export const writePlace = ({ at, service, number }: Place): string =>
  Buffer.from(JSON.stringify([at, service, number])).toString('base64url');
/** @returns null for what is no such place */
export function parsePlace(cursor: string): Place | null {
  try {
    const [at, service, number] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const known = SERVICES.find((name) => name === service);
    if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !known) return null;
    return typeof number === 'string' && /^\d{1,18}$/.test(number)
      ? { at: new Date(at).toISOString(), service: known, number }
      : null;
  } catch {
    return null;
  }
}
