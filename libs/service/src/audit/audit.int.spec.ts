import { AUDIT, readersOf } from '@lokmin/contracts';
import { inTransaction, once, withCause, type Tx } from '@lokmin/messaging';
import { aDatabase, aFact, eventually, id, type TestDatabase } from '@lokmin/testing';
import pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { createDatabase } from '../database.ts';
import { auditGaps, auditTables, type AuditDeclaration } from './declaration.ts';
import { AuditSealer, firstPrevious, sealHash, unpackDigests, witnessReaction } from './seal.ts';
import { silentTriggers, verifyAudit } from './verify.ts';

class Things1800000000000 {
  name = 'Things1800000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE thing (thing_id uuid PRIMARY KEY, unit_id uuid NOT NULL, name text NOT NULL, size numeric,
        password text, email text, minutes jsonb);
      CREATE TABLE part (thing_id uuid REFERENCES thing, place integer, note text, PRIMARY KEY (thing_id, place));
      CREATE TABLE counter (n integer PRIMARY KEY);
    `);
  }
  async down(): Promise<void> {}
}

const declaration: AuditDeclaration = {
  audited: {
    thing: { record: 'Thing', secret: ['password'], masked: ['email'], digest: ['minutes'] },
    part: { record: 'Thing', by: ['thing_id'], within: 'place_of_thing' },
  },
  exempt: { counter: 'counts', place_of_thing: 'where things are' },
};
const MANGGAR = id(101);
const NOW = new Date('2025-02-03T01:02:03.456Z');
const THING = id(1);

let created: TestDatabase;
let database: DataSource;
let witness: DataSource;

const cleanDatabase = async () => {
  created = await aDatabase();
  database = createDatabase('meetings', created.url, 4, { entities: [], migrations: [Things1800000000000] });
  await database.initialize();
  await database.runMigrations();
  await database.query(`
    CREATE VIEW place_of_thing AS SELECT thing_id, unit_id, district_code FROM thing JOIN known_unit USING (unit_id);
    INSERT INTO known_district VALUES ('19.06', 1, 'Belitung Timur', 'Asia/Jakarta');
    INSERT INTO known_unit VALUES ('${MANGGAR}', 1, 'puskesmas', '19.06', '1012406', 'Manggar', 'Asia/Jakarta', '2020-01-01')`);
  await auditTables(database, declaration);
};
beforeEach(cleanDatabase);
afterEach(async () => {
  await database.destroy();
  await created.drop();
});

const change = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database, () => NOW, work);
const addThing = (tx: Pick<Tx, 'query'>, thingId = THING, name = 'Timbangan') =>
  tx.query('INSERT INTO thing VALUES ($1, $2, $3, 12.50, $4, $5, $6)', [
    thingId,
    MANGGAR,
    name,
    'sangat rahasia',
    'budi.santoso@puskesmas.example',
    '["panjang"]',
  ]);
const entries = (): Promise<Record<string, unknown>[]> =>
  database.query('SELECT * FROM audit_entry ORDER BY number');

describe('a change of an audited table', () => {
  it('is noted with who, when, zone, and what before and after', async () => {
    const person = id(7);
    const cause = {
      correlationId: 'korelasi-1',
      causationId: null,
      actor: person,
      sessionId: id(8),
      traceparent: null,
      by: { request: 'lokmin.ask.meetings.rename' },
    };
    await change((tx) => addThing(tx));
    await withCause(cause, () =>
      change((tx) =>
        once(tx, 'lokmin.ask.meetings.rename', { commandId: id(9) }, async () => {
          await tx.query(`UPDATE thing SET name = 'Dacin', size = 12.5`);
        }),
      ),
    );
    const [added, renamed] = await entries();
    expect(added).toMatchObject({
      at: NOW,
      actor: 'clock',
      time_zone: 'Asia/Jakarta',
      district_code: '19.06',
      unit_id: MANGGAR,
      record_kind: 'Thing',
      record_id: THING,
      part: 'thing',
      part_key: THING,
      change: 'added',
      before: null,
      after: { name: 'Timbangan', size: 12.5, unit_id: MANGGAR },
    });
    expect(renamed).toMatchObject({
      actor: 'person',
      person_id: person,
      session_id: id(8),
      role: created.name,
      operation: 'lokmin.ask.meetings.rename',
      command_id: id(9),
      correlation_id: 'korelasi-1',
      change: 'changed',
      before: { name: 'Timbangan' },
      after: { name: 'Dacin' },
    });
    expect(await entries()).toHaveLength(2);
  });

  it('shows no secret, masks addresses, and keeps large contents by their digest', async () => {
    await change((tx) => addThing(tx));
    await change((tx) => tx.query(`UPDATE thing SET password = 'lain', email = 'bunga@lokmin.example'`));
    const [added, changed] = await entries();
    expect(added!['after']).toMatchObject({
      password: { secret: true },
      email: 'bu…ple',
      minutes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(changed!['after']).toEqual({ password: { secret: true }, email: 'bu…ple' });
    expect(JSON.stringify(await entries())).not.toMatch(/rahasia|santoso|panjang|lain/);
  });

  it('is noted where it belongs to a thing of another table', async () => {
    await change((tx) => addThing(tx));
    await change((tx) => tx.query(`INSERT INTO part VALUES ($1, 1, 'roda')`, [THING]));
    await change((tx) => tx.query('DELETE FROM part'));
    expect((await entries()).slice(1)).toMatchObject([
      {
        record_id: THING,
        part: 'part',
        part_key: `${THING}:1`,
        change: 'added',
        unit_id: MANGGAR,
        district_code: '19.06',
      },
      { change: 'removed', before: { note: 'roda' }, after: null, unit_id: MANGGAR },
    ]);
  });

  it('is gone with a change that is taken back, and not noted where nothing changed', async () => {
    await expect(
      change(async (tx) => {
        await addThing(tx);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    await change((tx) => addThing(tx));
    await change((tx) => tx.query(`UPDATE thing SET name = name`));
    expect(await entries()).toHaveLength(1);
  });

  it('by hand is noted with the role of the database, even where the whole table is emptied', async () => {
    const client = new pg.Client({ connectionString: created.url, application_name: 'psql' });
    await client.connect();
    try {
      await addThing({ query: async (sql, values) => (await client.query(sql, values)).rows });
      await client.query('TRUNCATE thing CASCADE');
    } finally {
      await client.end();
    }
    expect(await entries()).toMatchObject([
      { actor: 'role', role: created.name, operation: 'psql', person_id: null, change: 'added' },
      { actor: 'role', part: 'thing', change: 'emptied' },
      { actor: 'role', part: 'part', change: 'emptied' },
    ]);
  });

  it('of a key is refused', async () => {
    await change((tx) => addThing(tx));
    await expect(change((tx) => tx.query('UPDATE thing SET thing_id = $1', [id(2)]))).rejects.toThrow(
      'the key of thing is never changed',
    );
  });
});

describe('the audit trail', () => {
  it.each([
    ['changed', `UPDATE audit_entry SET after = '{}'`],
    ['removed from', 'DELETE FROM audit_entry'],
    ['emptied', 'TRUNCATE audit_entry'],
    [
      'written by hand',
      `INSERT INTO audit_entry (at, actor, role, record_kind, record_id, part, part_key, change)
       VALUES (now(), 'person', 'x', 'Thing', 'x', 'thing', 'x', 'emptied')`,
    ],
    ['sealed anew', `UPDATE audit_seal SET sha256 = ''`],
    ['given another witness', `DELETE FROM audit_witness`],
  ])('is not %s', async (_what, sql) => {
    await change((tx) => addThing(tx));
    await expect(database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('says which table nobody decided about, and which trigger does not work', async () => {
    await database.query('CREATE TABLE novelty (n integer)');
    await database.query('ALTER TABLE part DISABLE TRIGGER audit_update');
    expect(await auditGaps(database, declaration)).toEqual([
      'novelty is neither audited nor exempt',
      'part has no working trigger audit_update',
    ]);
    expect(await silentTriggers(database)).toEqual(['a trigger of part does not work']);
    await auditTables(database, { ...declaration, audited: { thing: declaration.audited['thing']! } });
    await change((tx) => addThing(tx));
    await change((tx) => tx.query(`INSERT INTO part VALUES ($1, 1, 'roda')`, [THING]));
    expect((await entries()).map(({ part }) => part)).toEqual(['thing']);
  });
});

/** Done as somebody does it who owns the database: the triggers are switched off meanwhile. */
async function byForce(sql: string, parameters: unknown[] = []): Promise<void> {
  const tables = ['audit_entry', 'audit_seal', 'audit_witness'];
  for (const table of tables) await database.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await database.query(sql, parameters);
  for (const table of tables) await database.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

const aSealer = () => new AuditSealer('meetings', database, () => NOW);
/** Seals until so many entries are; a transaction of any database of this PostgreSQL may hold them back for a moment. */
async function sealAll(entries: number, sealers = [aSealer()]): Promise<void> {
  let sealed = 0;
  await eventually(async () => {
    for (const sealer of sealers) sealed += await sealer.seal();
    return sealed >= entries;
  });
  expect(sealed).toBe(entries);
}

describe('a sealed audit trail', () => {
  /** Two seals: over the entries 1-3 and 4-6. */
  beforeEach(async () => {
    witness = database;
    for (let n = 1; n <= 6; n++) {
      await change((tx) => addThing(tx, id(n), `Barang ${n}`));
      if (n % 3 === 0) await sealAll(3);
    }
    // What the service announced comes to the one that keeps it.
    const outbox: { body: string }[] = await database.query('SELECT body FROM outbox ORDER BY position');
    const reader = readersOf('actions').find(({ durable }) => durable === 'actions-witness')!;
    const reaction = witnessReaction('actions');
    expect(reaction.reader).toBe(reader);
    for (const { body } of [...outbox, ...outbox.toReversed()])
      await change((tx) => reaction.handle(JSON.parse(body), tx));
  });
  const verify = () => verifyAudit('meetings', database, witness);
  const finding = async () => (await verify()).finding?.what;

  it('says which trigger that guards it is switched off', async () => {
    expect(await silentTriggers(database)).toEqual([]);
    await database.query('ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_stays');
    expect(await silentTriggers(database)).toEqual([
      'the trigger audit_seal.audit_seal_stays is switched off',
    ]);
  });

  it('fits', async () => {
    await change((tx) => addThing(tx, id(7)));
    expect(await verify()).toEqual({
      service: 'meetings',
      entries: 6,
      seals: 2,
      unsealed: 1,
      unwitnessed: 0,
      finding: null,
    });
  });

  it.each([
    [
      'changed',
      `UPDATE audit_entry SET after = after || '{"name": "Lain"}' WHERE number = 5`,
      'entry 5 was changed',
    ],
    [
      'given to another person',
      `UPDATE audit_entry SET person_id = '${id(3)}' WHERE number = 2`,
      'entry 2 was changed',
    ],
    ['removed', 'DELETE FROM audit_entry WHERE number = 4', 'entry 4 was removed'],
    ['removed at the end', 'DELETE FROM audit_entry WHERE number = 6', 'entry 6 was removed'],
    [
      'put in the place of another',
      'UPDATE audit_entry SET number = number + 100 WHERE number IN (1, 2);' +
        'UPDATE audit_entry SET number = CASE number WHEN 101 THEN 2 ELSE 1 END WHERE number > 100',
      'entry 1 was changed',
    ],
  ])('tells which entry was %s', async (_how, sql, what) => {
    await byForce(`ALTER TABLE audit_entry ALTER number SET GENERATED BY DEFAULT; ${sql}`);
    expect(await finding()).toBe(what);
  });

  it('tells of an entry that was inserted where a number was free', async () => {
    await expect(
      change(async (tx) => {
        await addThing(tx, id(20));
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    await change((tx) => addThing(tx, id(8)));
    await sealAll(1);
    expect((await verify()).finding).toBeNull();
    await byForce(`INSERT INTO audit_entry OVERRIDING SYSTEM VALUE
      SELECT 7, at, time_zone, actor, person_id, session_id, role, operation, command_id, fact_id, correlation_id, record_kind,
        record_id, part, part_key, change, district_code, unit_id, before, after FROM audit_entry WHERE number = 6`);
    expect(await finding()).toBe('entry 7 was inserted after the sealing');
  });

  it('tells of seals that were changed, removed or follow another one', async () => {
    await byForce(`UPDATE audit_seal SET digests = digests || digests WHERE seal = 1`);
    expect(await finding()).toBe('seal 1 was changed (entries 1 to 3)');
    await cleanUp();
    await byForce(`DELETE FROM audit_seal WHERE seal = 1`);
    expect(await finding()).toBe('seal 1 is missing; it began at entry 1');
    await cleanUp();
    await byForce(`UPDATE audit_seal SET previous = repeat('0', 64) WHERE seal = 2`);
    expect(await finding()).toBe('seal 2 does not follow from the one before it');
  });
  /** Back to what was sealed, as a copy had it. */
  const cleanUp = async () => {
    await byForce('DELETE FROM audit_seal');
    await database.query(`SELECT setval('audit_entry_number_seq', 3)`);
    await sealAll(3);
    await database.query(`SELECT setval('audit_entry_number_seq', 6)`);
    await sealAll(3);
    expect((await verify()).finding).toBeNull();
  };

  it('tells when the whole chain was made anew over changed entries', async () => {
    await byForce(`UPDATE audit_entry SET person_id = '${id(3)}' WHERE number = 5`);
    await byForce('DELETE FROM audit_seal');
    await sealAll(6);
    // By itself the new chain fits.
    expect((await verifyAudit('meetings', database, null)).finding).toBeNull();
    expect(await finding()).toBe('seal 1 is another one than was announced: entries 1 to 3 were sealed anew');
  });

  it('tells when the newest entries are gone with their seal', async () => {
    await byForce('DELETE FROM audit_entry WHERE number > 3; DELETE FROM audit_seal WHERE seal = 2');
    expect((await verifyAudit('meetings', database, null)).finding).toBeNull();
    expect(await finding()).toBe('seal 2 was announced and is gone, with the entries from 4 to 6');
  });

  it('keeps the first seal that it was told of', async () => {
    const other = aFact(
      AUDIT.meetings.AuditSealed,
      { subject: 'meetings', revision: 2 },
      { seal: 2, untilNumber: '6', entries: 3, sha256: '0'.repeat(64) },
    );
    await change((tx) => witnessReaction('actions').handle(other as never, tx));
    expect(await finding()).toBeUndefined();
  });

  it('is hashed as it is written down', async () => {
    const [first] = await database.query(
      `SELECT seal, until_number::text AS "untilNumber", digests, previous, sha256, sealed_at AS "sealedAt" FROM audit_seal`,
    );
    expect(first.previous).toBe(firstPrevious('meetings'));
    expect(sealHash({ service: 'meetings', ...first })).toBe(first.sha256);
    expect(unpackDigests(first.digests).map(({ number }) => number)).toEqual([1n, 2n, 3n]);
  });
});

describe('sealing', () => {
  it('waits for transactions that took an earlier number', async () => {
    const sealer = aSealer();
    const slow = database.createQueryRunner();
    await slow.startTransaction();
    try {
      await addThing({ query: (sql, values) => slow.query(sql, values) }, id(1), 'Pelan');
      await change((tx) => addThing(tx, id(2), 'Cepat'));
      expect(await sealer.seal()).toBe(0);
      await change((tx) => addThing(tx, id(3), 'Nanti'));
      await slow.commitTransaction();
    } finally {
      await slow.release();
    }
    await sealAll(3, [sealer]);
    expect((await verifyAudit('meetings', database, null)).finding).toBeNull();
    expect(await sealer.seal()).toBe(0);
  });

  it('makes one chain, however many replicas seal at once', async () => {
    const sealers = Array.from({ length: 3 }, aSealer);
    const sealed: number[] = [];
    for (let n = 0; n < 8; n++) {
      await Promise.all([
        ...sealers.map(async (sealer) => void sealed.push(await sealer.seal())),
        ...Array.from({ length: 5 }, (_, i) => change((tx) => addThing(tx, id(n * 5 + i + 1)))),
      ]);
    }
    await sealAll(40 - sealed.reduce((sum, now) => sum + now, 0), sealers);
    const verdict = await verifyAudit('meetings', database, null);
    expect(verdict).toMatchObject({ entries: 40, unsealed: 0, finding: null });
  });

  it('takes many entries in several seals', async () => {
    await change((tx) =>
      tx.query(
        `INSERT INTO thing SELECT gen_random_uuid(), '${MANGGAR}', 'Barang ' || n FROM generate_series(1, 2500) AS n`,
      ),
    );
    await sealAll(2500);
    expect(await verifyAudit('meetings', database, null)).toMatchObject({
      entries: 2500,
      seals: 3,
      finding: null,
    });
  });
});
