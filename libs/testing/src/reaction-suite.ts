import { AUDIT, PostState, UnitState, type Fact, type FactOf, type Reader } from '@lokmin/contracts';
import { inTransaction, processBatch, type Reaction, type ReactionContext } from '@lokmin/messaging';
import { auditGaps, Roster, SERVICE, type ServiceOptions, type ServiceState } from '@lokmin/service';
import type { DataSource } from 'typeorm';
import { aFact, delivery } from './facts.ts';
import { id, MANGGAR, PEOPLE, type TestService } from './service.ts';

export interface ReactionSuite<R extends Reader> {
  readonly reader: R;
  /** The running service whose reaction it is; its tables are emptied before each test. */
  readonly service: () => TestService;
  /** What happened, in that order. */
  readonly facts: readonly FactOf<R>[];
  /** What the directory announced before and the reaction needs. Left out: it needs nothing. */
  readonly needs?: readonly Pick<Fact, 'type' | 'revision' | 'data'>[];
  /** Puts into the service's own tables what stands there before. Left out: nothing. */
  readonly given?: (service: TestService) => Promise<void>;
  /** What must not depend on how the facts were delivered. */
  readonly snapshot: (database: DataSource) => Promise<unknown>;
  /** The snapshot after all of them. */
  readonly outcome: unknown;
}

/** How deliveries may differ from what happened, by name. */
export function arrangements<T>(facts: readonly T[]): [string, T[]][] {
  const late = facts.map((fact, i): [string, T[]] => [
    `fact ${i + 1} comes last`,
    [...facts.filter((other) => other !== fact), fact],
  ]);
  const orders: [string, T[]][] =
    facts.length <= 4
      ? permutations(facts).map((order) => [
          `in the order ${order.map((fact) => facts.indexOf(fact) + 1).join(' ')}`,
          order,
        ])
      : [['in reverse', facts.toReversed()], ...late];
  return [
    ['as they happened', [...facts]],
    ['each twice', facts.flatMap((fact) => [fact, fact])],
    ['all of them, then all again', [...facts, ...facts]],
    ['all of them, then all again in reverse', [...facts, ...facts.toReversed()]],
    ...orders,
  ];
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      );

/**
 * The tests that every reaction passes: the same outcome however often and in whatever order its facts arrive, one by
 * one, in one batch or at two processes at once; nothing done and nothing lost before what it needs is there; each
 * delivery acknowledged once.
 */
export function reactionSuite<R extends Reader>(suite: ReactionSuite<R>): void {
  const { reader, facts, needs = [], snapshot, outcome } = suite;
  describe(reader.durable, () => {
    let context: ReactionContext;
    let reaction: Reaction;
    let database: DataSource;
    let arrive: () => Promise<void>;

    beforeEach(async () => {
      const service = suite.service();
      const state = service.running.app.get<ServiceState>(SERVICE);
      const roster = service.running.app.get(Roster);
      ({ context } = state);
      ({ database } = context);
      reaction = state.reactions.find((it) => it.reader === (reader as Reader))!;
      arrive = () =>
        inTransaction(database, context.now, async (tx) => {
          for (const fact of needs) await roster.learn(fact as Parameters<Roster['learn']>[0], tx);
        });
      await emptyTables(database);
      await suite.given?.(service);
    });

    /** Delivers; @returns the facts that the reaction asked for again */
    const deliver = async (order: readonly Fact[], batch: boolean, attempt = 1): Promise<Fact[]> => {
      const answers = order.map(() => [] as ('ack' | 'later')[]);
      const deliveries = order.map((fact, i) => delivery(fact, (given) => answers[i]!.push(given), attempt));
      if (batch) await processBatch(context, reaction, deliveries);
      else for (const delivery of deliveries) await processBatch(context, reaction, [delivery]);
      for (const given of answers) expect(given).toHaveLength(1);
      return order.filter((_, i) => answers[i]![0] === 'later');
    };

    const expectOutcome = async () => {
      expect(await snapshot(database)).toEqual(outcome);
      expect(await database.query('SELECT reason FROM dead_letter')).toEqual([]);
      if (reader.kind === 'effect') {
        const taken = await database.query('SELECT fact_id FROM inbox WHERE durable = $1 ORDER BY 1', [
          reader.durable,
        ]);
        expect(taken.map((row: { fact_id: string }) => row.fact_id)).toEqual(
          facts.map((fact) => fact.id).sort(),
        );
      }
    };

    for (const batch of [false, true]) {
      describe(batch ? 'in one batch' : 'one by one', () => {
        it.each(arrangements<Fact>(facts))('takes them %s', async (_, order) => {
          await arrive();
          expect(await deliver(order, batch)).toEqual([]);
          await expectOutcome();
        });

        if (needs.length > 0)
          it('waits for what it needs and loses nothing', async () => {
            const before = await snapshot(database);
            const waiting = await deliver(facts, batch);
            expect(waiting.length).toBeGreaterThan(0);
            expect(await snapshot(database)).toEqual(before);
            await arrive();
            expect(await deliver(waiting, batch, 2)).toEqual([]);
            await expectOutcome();
          });
      });
    }

    it('takes them from two processes at once', async () => {
      await arrive();
      await Promise.all([deliver(facts, true), deliver(facts.toReversed(), false), deliver(facts, false)]);
      await expectOutcome();
    });
  });
}

/** Empties every table but those that say what the service is: its migrations and its readers. */
async function emptyTables(database: DataSource): Promise<void> {
  const tables: { name: string }[] = await database.query(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT IN ('migrations', 'durable', 'audit_entry', 'audit_seal', 'audit_witness')`,
  );
  await database.query(
    'ALTER TABLE audit_witness DISABLE TRIGGER USER; TRUNCATE audit_witness; ALTER TABLE audit_witness ENABLE TRIGGER USER',
  );
  await database.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
}

/** The suite of the reaction that every service has: its own copy of what the directory announces. */
export function rosterSuite<R extends Reader>({
  reader,
  service,
}: {
  reader: R;
  service: () => TestService;
}): void {
  const unit = (revision: number, name: string) =>
    aFact(
      UnitState,
      { subject: MANGGAR.unitId, revision },
      {
        ...MANGGAR,
        name,
        kind: 'puskesmas',
        districtCode: '19.06',
        kecamatanCode: '19.06.01',
        kecamatanName: 'Manggar',
        timeZone: 'Asia/Jakarta',
        validFrom: '2020-01-01',
        validTo: null,
        villages: [],
      },
    );
  const post = (revision: number, validTo: string | null) =>
    aFact(
      PostState,
      { subject: id(300), revision },
      {
        postId: id(300),
        personId: PEOPLE.headOfManggar,
        unitId: MANGGAR.unitId,
        districtCode: '19.06',
        role: 'kepala_puskesmas',
        program: null,
        title: 'Kepala Puskesmas Manggar',
        validFrom: '2020-01-01',
        validTo,
        coachingGroupId: null,
      },
    );
  reactionSuite<Reader>({
    reader,
    service,
    facts: [unit(1, 'Manggar'), post(1, null), unit(2, 'Puskesmas Manggar'), post(2, '2025-06-30')],
    snapshot: async (database) => ({
      units: await database.query('SELECT name, revision FROM known_unit'),
      posts: await database.query('SELECT role, valid_to::text, revision FROM known_post'),
    }),
    outcome: {
      units: [{ name: 'Puskesmas Manggar', revision: 2 }],
      posts: [{ role: 'kepala_puskesmas', valid_to: '2025-06-30', revision: 2 }],
    },
  });
}

/** The suite of the other reaction that every service has: it keeps the seals of another one's audit trail. */
export function witnessSuite<R extends Reader>({
  reader,
  service,
}: {
  reader: R;
  service: () => TestService;
}): void {
  const of = reader.facts[0]!.service;
  const sealed = (seal: number) =>
    aFact(
      AUDIT[of].AuditSealed,
      { subject: of, revision: seal },
      { seal, untilNumber: String(seal * 10), entries: 10, sha256: String(seal).repeat(64) },
    ) as Fact as FactOf<R>;
  reactionSuite<R>({
    reader,
    service,
    facts: [sealed(1), sealed(2), sealed(3)],
    snapshot: (database) =>
      database.query('SELECT service, seal, until_number, sha256 FROM audit_witness ORDER BY seal'),
    outcome: [1, 2, 3].map((seal) => ({
      service: of,
      seal,
      until_number: String(seal * 10),
      sha256: String(seal).repeat(64),
    })),
  });
}

/** Every table of a service is audited, by triggers that work, or exempt with a reason. */
export function auditSuite({ database }: ServiceOptions, service: () => TestService): void {
  it('audits each of its tables, or says why not', async () => {
    expect(await auditGaps(service().database, database.audit)).toEqual([]);
  });
}
