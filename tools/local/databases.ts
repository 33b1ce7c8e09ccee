import { SERVICES, type ServiceName } from '@lokmin/contracts';
import pg from 'pg';

/** One role and one database per service, which no other role may enter; safe to repeat, with other passwords too. */
export async function makeDatabases(
  superuserUrl: string,
  passwords: Readonly<Record<ServiceName, string>>,
): Promise<void> {
  const client = new pg.Client(superuserUrl);
  await client.connect();
  try {
    for (const service of SERVICES) {
      const has = async (query: string) => (await client.query(query, [service])).rowCount === 1;
      if (!(await has('select 1 from pg_roles where rolname = $1'))) {
        await client.query(`create role ${service} login`);
      }
      await client.query(`alter role ${service} password ${client.escapeLiteral(passwords[service])}`);
      if (!(await has('select 1 from pg_database where datname = $1'))) {
        await client.query(`create database ${service} owner ${service}`);
      }
      await client.query(`revoke all on database ${service} from public`);
    }
  } finally {
    await client.end();
  }
}
