import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Bus } from './bus.ts';
import { processBatch, type Delivery, type Reaction, type ReactionContext } from './reactions.ts';

const BATCH = 200;
const HEARTBEAT_MS = 1_000;
const RETRY_MS = 500;
/** Heard nothing, not even a heartbeat, for so long: the reader is deaf and the service not ready. */
const DEAF_AFTER_MS = 10_000;

const delivery = (message: JsMsg, answer: (work: () => void) => void): Delivery => ({
  data: message.data,
  subject: message.subject,
  attempt: message.info.deliveryCount,
  ack: () => answer(() => message.ack()),
  later: (milliseconds) => answer(() => message.nak(milliseconds)),
  working: () => answer(() => message.working()),
});

/** Feeds one reaction from its durable consumer: takes what is there, up to a batch, as soon as something is there. */
export class Consumer {
  #stopped = false;
  #messages: ConsumerMessages | undefined;
  #running: Promise<void> | undefined;
  #heardAt = 0;

  constructor(
    private readonly bus: Bus,
    private readonly context: ReactionContext,
    private readonly reaction: Reaction,
  ) {}

  get durable(): string {
    return this.reaction.reader.durable;
  }

  /** False when the stream was not heard for some seconds. */
  get hears(): boolean {
    return Date.now() - this.#heardAt < DEAF_AFTER_MS;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Finishes the batch at hand; what was fetched and not begun comes again, to this or another process. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#messages?.stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { reader } = this.reaction;
    while (!this.#stopped) {
      try {
        const consumer = await this.bus.js.consumers.get(reader.stream, reader.durable);
        this.#heardAt = Date.now();
        this.#messages = await consumer.consume({
          max_messages: BATCH * 2,
          expires: 10_000,
          idle_heartbeat: HEARTBEAT_MS,
          abort_on_missing_resource: true,
        });
        await this.#consume(this.#messages);
      } catch (error) {
        if (this.#stopped) return;
        this.context.log.debug(
          { err: error, durable: reader.durable },
          'the consumer is away; waiting for it',
        );
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #consume(messages: ConsumerMessages): Promise<void> {
    const waiting: Delivery[] = [];
    let wake = () => {};
    let ended = false;
    let gone = false;
    // Behind another connection, or when the consumer was made anew, the number of a message may mean another fact.
    const answering = (losses: number) => (work: () => void) => {
      if (!gone && this.bus.losses === losses) work();
    };
    const listen = async () => {
      for await (const status of messages.status())
        if (status.type === 'heartbeat' || status.type === 'next') this.#heardAt = Date.now();
    };
    const fetch = async () => {
      try {
        for await (const message of messages) {
          this.#heardAt = Date.now();
          waiting.push(delivery(message, answering(this.bus.losses)));
          wake();
        }
      } catch (error) {
        gone = true; // the consumer is missing
        throw error;
      } finally {
        ended = true;
        wake();
      }
    };
    const listening = listen();
    const fetching = fetch();
    // They may fail while a batch is at hand, long before they are waited for below.
    for (const each of [listening, fetching]) each.catch(() => {});
    const hold = () => {
      for (const message of waiting) message.working();
      return !this.#stopped;
    };
    try {
      while (!this.#stopped) {
        if (waiting.length > 0)
          await processBatch(this.context, this.reaction, waiting.splice(0, BATCH), hold);
        else if (ended) break;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      for (const message of waiting) message.later(0);
      messages.stop();
      await fetching;
      await listening;
    }
  }
}
