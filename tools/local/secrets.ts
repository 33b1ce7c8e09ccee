import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@lokmin/contracts';
import { NATS_USERS, type NatsUser } from '@lokmin/messaging';
import { z } from 'zod';

const schema = z.object({
  postgresSuperuser: z.string(),
  databases: z.record(z.string(), z.string()),
  nats: z.record(z.string(), z.string()),
  demoPassword: z.string(),
  // younger than the others:
  directoryKey: z.string().optional(),
  notificationsKey: z.string().optional(),
});

/** What only this installation knows, made at its first start. */
export interface Secrets {
  postgresSuperuser: string;
  databases: Record<ServiceName, string>;
  nats: Record<NatsUser, string>;
  demoPassword: string;
  /** Seals secrets in the directory's database. */
  directoryKey: string;
  /** The secrets of webhooks are made from it. */
  notificationsKey: string;
}

/**
 * Reads `secrets.json` of the data folder, or makes it (mode 600); passwords that a newer version needs are added.
 * @param demoPassword of the demonstration accounts when they are made; a random one when left out
 * @throws Error when data is there whose passwords are lost
 */
export function openSecrets(home: string, demoPassword?: string): Secrets {
  const file = join(home, 'secrets.json');
  const found = existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (!found && existsSync(join(home, 'postgres', 'cluster'))) {
    throw new Error(
      `${home} holds a database, but ${file} with its passwords is gone. Put that file back, or begin anew: delete ${home}.`,
    );
  }
  const password = () => randomBytes(18).toString('base64url');
  const filled = <K extends string>(names: readonly K[], known: Record<string, string> = {}) =>
    Object.fromEntries(names.map((name) => [name, known[name] ?? password()])) as Record<K, string>;
  const secrets: Secrets = {
    postgresSuperuser: found?.postgresSuperuser ?? password(),
    databases: filled(SERVICES, found?.databases),
    nats: filled(NATS_USERS, found?.nats),
    demoPassword: found?.demoPassword ?? demoPassword ?? randomBytes(9).toString('base64url'),
    directoryKey: found?.directoryKey ?? randomBytes(32).toString('base64url'),
    notificationsKey: found?.notificationsKey ?? randomBytes(32).toString('base64url'),
  };
  const text = JSON.stringify(secrets, null, 2) + '\n';
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
