import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Log } from './log.ts';

export interface BusOptions {
  readonly url: string;
  /** NATS user of this process; also the name of its inbox, which no other process may read. */
  readonly user: string;
  readonly password: string;
  readonly log: Log;
  /** Milliseconds to try the first connection, where a person waits for it; without it, for ever, as services must. */
  readonly firstConnectMs?: number;
}

/** One connection of one process to NATS. It never gives up: it waits for NATS after every loss, and at start unless told not to. */
export interface Bus {
  readonly connection: NatsConnection;
  readonly js: JetStreamClient;
  readonly user: string;
  readonly connected: boolean;
  /** Counts the connections lost. Behind another connection the streams may be others, made anew with the same names. */
  readonly losses: number;
  /** Called after each re-connection. */
  onReconnect(listener: () => void): void;
  close(): Promise<void>;
}

/** @throws when `firstConnectMs` is given and NATS does not answer within it, or refuses this process */
export async function connectBus({ url, user, password, log, firstConnectMs }: BusOptions): Promise<Bus> {
  const connection = await connect({
    servers: url,
    user,
    pass: password,
    name: user,
    inboxPrefix: `_INBOX.${user}`,
    maxReconnectAttempts: -1,
    ...(firstConnectMs ? { timeout: firstConnectMs } : { waitOnFirstConnect: true }),
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 10_000,
    noAsyncTraces: true, // the client would capture stack traces for each request in advance, a quarter of the relay's time
  });
  let connected = true;
  let losses = 0;
  const reconnected: (() => void)[] = [];
  const watch = async () => {
    // A forbidden plain publish shows nowhere else.
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        connected = false;
        losses++;
        log.warn({ server: status.server }, 'NATS is gone; waiting for it');
      } else if (status.type === 'reconnect') {
        connected = true;
        log.info({ server: status.server }, 'NATS is back');
        for (const listener of reconnected) listener();
      } else if (status.type === 'error') log.error({ err: status.error }, 'NATS refused something');
    }
  };
  watch().catch((error: unknown) => log.error({ err: error }, 'NATS status ended'));
  return {
    connection,
    js: jetstream(connection, { timeout: 5_000 }),
    user,
    get connected() {
      return connected;
    },
    get losses() {
      return losses;
    },
    onReconnect: (listener) => reconnected.push(listener),
    close: async () => {
      if (!connection.isClosed()) await connection.close();
    },
  };
}
