import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startNatsServer, type NatsPlace } from '@lokmin/engines';
import { engines } from './engines.ts';

/** The processes that have a NATS user of their own. */
export type NatsUser =
  'directory' | 'indicators' | 'meetings' | 'actions' | 'notifications' | 'gateway' | 'provisioner' | 'cli';

const users: NatsUser[] = [
  'directory',
  'indicators',
  'meetings',
  'actions',
  'notifications',
  'gateway',
  'provisioner',
  'cli',
];

export interface TestNats {
  /** `nats://127.0.0.1:<port>`; the same after `start()`. */
  url: string;
  /** What a connection of that process needs. */
  as(user: NatsUser): { servers: string; user: string; pass: string };
  passwords: Record<NatsUser, string>;
  /** Stops the server in order; what it stored stays until the test run ends. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same port and the same files. */
  start(): Promise<void>;
}

/**
 * A nats-server with JetStream of its own: nothing that another spec file does is seen here. Stop it in `afterAll`.
 * @param configuration text of the configuration (`natsServerConfiguration` of `@lokmin/messaging`); left out, the
 * server asks nobody who they are
 */
export async function aNats(
  configuration?: (place: NatsPlace & { passwords: Record<string, string> }) => string,
): Promise<TestNats> {
  const folder = mkdtempSync(join(engines().folder, 'nats-'));
  const passwords = Object.fromEntries(users.map((user) => [user, randomBytes(8).toString('hex')])) as Record<
    NatsUser,
    string
  >;
  const write = (place: NatsPlace) =>
    configuration
      ? configuration({ ...place, passwords })
      : `listen: "127.0.0.1:${place.port}"\njetstream { store_dir: ${JSON.stringify(place.storeFolder)} }\n`;
  let port: number | undefined;
  const start = async () => {
    const started = await startNatsServer({ folder, configuration: write, port });
    started.unref(); // a spec that does not stop it must not keep Jest waiting
    port = started.port;
    return started;
  };
  let server = await start();
  return {
    url: server.url,
    as: (user) => ({ servers: server.url, user, pass: passwords[user] }),
    passwords,
    stop: () => server.stop(),
    kill: () => server.kill(),
    start: async () => {
      server = await start();
    },
  };
}
