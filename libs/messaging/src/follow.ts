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

export interface FollowOptions {
  /** Only subjects that this filter covers; left out: all. */
  readonly subject?: string;
  /** `now` (the default) hears what is announced from now on; `beginning` also what the stream holds, again after a gap. */
  readonly from?: 'now' | 'beginning';
}

/**
 * Follows the facts of a stream, for keeping answers fresh; nothing is acknowledged or recorded.
 * `onGap` is called whenever facts may have been missed (start, reconnect, lost heartbeat): forget everything then.
 */
export function followFacts(
  bus: Bus,
  stream: string,
  log: Log,
  onFact: (fact: Envelope & { data: unknown }) => void,
  onGap: () => void,
  { subject, from = 'now' }: FollowOptions = {},
): Follower {
  let stopped = false;
  let hears = false;
  let stopConsuming = () => {};
  const tellGap = () => {
    try {
      onGap();
    } catch (error) {
      log.error({ err: error, stream }, 'what may have been missed could not be told');
    }
  };
  const gap = () => {
    hears = false;
    tellGap();
  };
  const run = async () => {
    while (!stopped) {
      try {
        const consumer = await bus.js.consumers.get(stream, {
          deliver_policy: from === 'now' ? DeliverPolicy.New : DeliverPolicy.All,
          inactive_threshold: 30_000,
          ...(subject ? { filter_subjects: subject } : {}),
        });
        const messages = await consumer.consume({
          max_messages: 500,
          expires: 10_000,
          idle_heartbeat: HEARTBEAT_MS,
        });
        stopConsuming = () => messages.stop();
        if (stopped) messages.stop();
        tellGap();
        hears = true;
        const watch = async () => {
          for await (const status of messages.status()) {
            // The client would go on from the sequence it knew, which a stream made anew has not reached yet:
            // a new consumer is sound, and what was missed is a gap in any case.
            if (
              status.type === 'heartbeats_missed' ||
              status.type === 'ordered_consumer_recreated' ||
              status.type === 'consumer_deleted' ||
              status.type === 'consumer_not_found' ||
              status.type === 'stream_not_found' ||
              status.type === 'reset'
            ) {
              gap();
              messages.stop();
            }
          }
        };
        const watching = watch().catch((error: unknown) => {
          log.warn({ err: error, stream }, 'the stream is not watched any more; it is followed anew');
          messages.stop();
        });
        for await (const message of messages) {
          try {
            const body = message.json<{ data: unknown }>();
            onFact({ ...envelope.parse(body), data: body.data });
          } catch (error) {
            log.error({ err: error, subject: message.subject }, 'a fact could not be read');
            tellGap();
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
  bus.onReconnect(() => {
    gap();
    stopConsuming();
  });
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
