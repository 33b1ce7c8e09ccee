import { SERVICES, type AuditEntry, type ServiceName } from '@lokmin/contracts';
import fc from 'fast-check';
import { parsePlace, readTrail, writePlace, type Place } from './trail.ts';

const instant = (second: number) => new Date(Date.UTC(2025, 1, 3, 0, 0, second)).toISOString();
const entry = (service: ServiceName, number: number, second: number) =>
  ({ service, number: String(number), at: instant(second) }) as AuditEntry;
const nameOf = ({ service, number }: Place) => `${service} ${number}`;

/** What a service answers that has these entries; it gives at most `most` in a page, as where entries are large. */
function listing(entries: readonly AuditEntry[], service: ServiceName, most: number) {
  const own = entries
    .filter((it) => it.service === service)
    .sort((a, b) => (a.at === b.at ? Number(b.number) - Number(a.number) : a.at < b.at ? 1 : -1));
  return ({ first, after }: { first: number; after: { at: string; number: string } | null }) => {
    const rest = own.filter(
      ({ at, number }) =>
        !after || at < after.at || (at === after.at && BigInt(number) < BigInt(after.number)),
    );
    const items = rest.slice(0, Math.min(first, most));
    return { items, last: items.length === rest.length, totalCount: own.length };
  };
}

describe('the trail of all services', () => {
  it('has each entry once, newest first, however it is paged', async () => {
    const arbitrary = fc.array(fc.tuple(fc.nat(4), fc.nat(6)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        arbitrary,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        async (drawn, first, most) => {
          const entries = drawn.map(([service, second], i) => entry(SERVICES[service]!, i + 1, second));
          const read: AuditEntry[] = [];
          let after: Place | null = null;
          do {
            const page = await readTrail(SERVICES, first, after, async (service, page) =>
              listing(entries, service, most)(page),
            );
            expect(page.items.length).toBeLessThanOrEqual(first);
            expect(page.totalCount).toBe(entries.length);
            read.push(...page.items);
            after = page.next && parsePlace(writePlace(page.next));
          } while (after);
          expect(read.map(nameOf).sort()).toEqual(entries.map(nameOf).sort());
          expect(read.map(({ at }) => at)).toEqual(
            entries
              .map(({ at }) => at)
              .sort()
              .reverse(),
          );
        },
      ),
    );
  });

  it('names the services that did not answer', async () => {
    const page = await readTrail(SERVICES, 5, null, async (service, asked) =>
      service === 'actions' ? null : listing([entry('meetings', 1, 1)], service, 5)(asked),
    );
    expect(page).toMatchObject({ items: [{ service: 'meetings' }], next: null, missing: ['actions'] });
  });

  it('goes on after no place that it did not give', () => {
    for (const cursor of ['', 'x', writePlace({ at: 'x', service: 'actions', number: '1' }), 'WzFd'])
      expect(parsePlace(cursor)).toBeNull();
  });
});
