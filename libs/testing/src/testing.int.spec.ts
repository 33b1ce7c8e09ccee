import pg from 'pg';
import { connect } from '@nats-io/transport-node';
import { aDatabase, aNats, eventually } from './index.ts';

describe('a database for a spec', () => {
  it('is empty, belongs to its own role and is closed to other roles', async () => {
    const [mine, other] = await Promise.all([aDatabase(), aDatabase()]);
    const client = new pg.Client(mine.url);
    await client.connect();
    await client.query('create table t (n int)');
    const { rows } = await client.query(
      `select current_user, (select rolsuper from pg_roles where rolname = current_user)`,
    );
    expect(rows).toEqual([{ current_user: mine.name, rolsuper: false }]);
    await client.end();

    const foreign = new URL(other.url);
    foreign.username = foreign.password = mine.name;
    await expect(new pg.Client(foreign.href).connect()).rejects.toThrow(/permission denied for database/);
    await Promise.all([mine.drop(), other.drop()]);
    await expect(new pg.Client(mine.url).connect()).rejects.toThrow(/password authentication failed/);
  });
});

describe('a NATS server for a spec', () => {
  it('comes back on its port after a kill', async () => {
    const nats = await aNats();
    await nats.kill();
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow();
    await nats.start();
    const connection = await connect({ servers: nats.url });
    expect(connection.info?.jetstream).toBe(true);
    await connection.close();
    await nats.stop();
    await nats.stop();
  });
});

describe('waiting for a condition', () => {
  it('returns its first true answer', async () => {
    let tries = 0;
    expect(await eventually(() => (++tries === 3 ? 'here' : undefined))).toBe('here');
  });

  it('names what did not come about, and why', async () => {
    const waiting = eventually(() => expect(1).toBe(2), { deadlineMs: 50, what: 'one is two' });
    await expect(waiting).rejects.toThrow(/Not within 50 ms: one is two[^]*Expected: .*2/);
  });
});
