import { DeliverPolicy } from '@nats-io/jetstream';
import { envelope, type Envelope } from '@lokmin/contracts';
import type { Bus } from './bus.ts';
import type { Log } from './log.ts';

const RETRY_MS = 500;
const HEARTBEAT_MS = 1_000;

export interface Follower {
  /** False while facts may be passing unheard. */
  readonly hears: boolean;
  stop(): Promise<void>;
}

/**
 * Follows every fact of a stream from now on, for keeping answers fresh; nothing is acknowledged or recorded.
 * `onGap` is called whenever facts may have been missed (start, reconnect, lost heartbeat): forget everything then.
 */
export function followFacts(
  bus: Bus,
  stream: string,
  log: Log,
  onFact: (fact: Envelope & { data: unknown }) => void,
  onGap: () => void,
): Follower {
  let stopped = false;
  let hears = false;
  let stopConsuming = () => {};
  const gap = () => {
    hears = false;
    onGap();
  };
  const run = async () => {
    while (!stopped) {
      try {
        const consumer = await bus.js.consumers.get(stream, {
          deliver_policy: DeliverPolicy.New,
          inactive_threshold: 30_000,
        });
        const messages = await consumer.consume({
          max_messages: 500,
          expires: 10_000,
          idle_heartbeat: HEARTBEAT_MS,
        });
        stopConsuming = () => messages.stop();
        onGap();
        hears = true;
        const watch = async () => {
          for await (const status of messages.status()) {
            if (
              status.type === 'heartbeats_missed' ||
              status.type === 'ordered_consumer_recreated' ||
              status.type === 'consumer_deleted' ||
              status.type === 'reset'
            )
              gap();
            else if (status.type === 'stream_not_found' || status.type === 'consumer_not_found')
              messages.stop();
            else if (status.type === 'heartbeat' || status.type === 'next') hears = true;
          }
        };
        const watching = watch();
        for await (const message of messages) {
          try {
            const body = message.json<{ data: unknown }>();
            onFact({ ...envelope.parse(body), data: body.data });
          } catch (error) {
            log.error({ err: error, subject: message.subject }, 'a fact could not be read');
            gap();
          }
        }
        await watching;
      } catch (error) {
        log.debug({ err: error, stream }, 'the stream is away; waiting for it');
      }
      gap();
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };
  bus.onReconnect(gap);
  const running = run();
  return {
    get hears() {
      return hears && bus.connected;
    },
    stop: async () => {
      stopped = true;
      stopConsuming();
      await running;
    },
  };
}
