import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { engines } from './engines.ts';

export interface TestDatabase {
  /** Connection URL of the role that owns this database and nothing else. */
  url: string;
  name: string;
  /** Ends all sessions and drops database and role. What a test leaves goes with the test run anyway. */
  drop(): Promise<void>;
}

/** A fresh, empty database of its own role, in the PostgreSQL of the test run. */
export async function aDatabase(): Promise<TestDatabase> {
  const { superuserUrl } = engines();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asSuperuser(superuserUrl, [
    `create role ${name} login password '${name}'`,
    `create database ${name} owner ${name} template template0`,
    `revoke all on database ${name} from public`,
  ]);
  const url = new URL(superuserUrl);
  url.username = name;
  url.password = name;
  url.pathname = name;
  return {
    url: url.href,
    name,
    drop: () =>
      asSuperuser(superuserUrl, [
        `drop database if exists ${name} with (force)`,
        `drop role if exists ${name}`,
      ]),
  };
}

async function asSuperuser(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
