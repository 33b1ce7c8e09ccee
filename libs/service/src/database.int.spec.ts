import { createServer, type AddressInfo } from 'node:net';
import { isOutage } from '@lokmin/messaging';
import { aDatabase, type TestDatabase } from '@lokmin/testing';
import type { DataSource } from 'typeorm';
import { createDatabase, prepared } from './database.ts';

/** A message of PostgreSQL's protocol: its type, its length, its content. */
const message = (type: string, content: Buffer | string) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(content)]);
};
const READY = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);
const ENDED = message(
  'E',
  'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0',
);

describe('a server that is killed in the moment in which a connection is ready', () => {
  it('is an outage like any other, and does not end the process', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(Buffer.concat([READY, ENDED])));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const database = createDatabase('test', `postgres://nobody@127.0.0.1:${port}/nothing`, 1, {
      entities: [],
      migrations: [],
    });
    try {
      const error: unknown = await database.initialize().catch((reason: unknown) => reason);
      expect([error, isOutage(error)]).toEqual([expect.any(Error), true]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe('SQL that is marked as prepared', () => {
  let created: TestDatabase;
  let database: DataSource;

  beforeEach(async () => {
    created = await aDatabase();
    database = createDatabase('indicators', created.url, 1, { entities: [], migrations: [] });
    await database.initialize();
  });
  afterEach(async () => {
    if (database.isInitialized) await database.destroy();
    await created.drop();
  });

  const known = async () =>
    (await database.query('SELECT statement FROM pg_prepared_statements')).map(
      ({ statement }: { statement: string }) => statement,
    );
  const SUM = prepared('SELECT $1::int + $2::int AS sum');

  it('is parsed once by a connection, however often it is asked', async () => {
    for (const two of [2, 3]) expect(await database.query(SUM, [1, two])).toEqual([{ sum: 1 + two }]);
    expect(await known()).toEqual([SUM]);
    await database.transaction((manager) => manager.query(SUM, [1, 4]));
    expect(await known()).toEqual([SUM]);
  });

  it('is not confused with other SQL', async () => {
    expect(await database.query('SELECT $1::int * $2::int AS product', [3, 4])).toEqual([{ product: 12 }]);
    expect(await database.query(SUM, [3, 4])).toEqual([{ sum: 7 }]);
    expect(await known()).toEqual([SUM]);
  });
});
