import { FACTS_STREAM, REFERENCE_STREAM, TokenKeyState, type Envelope } from '@lokmin/contracts';
import { followFacts, type Bus, type Follower, type Log } from '@lokmin/messaging';

export type HeardFact = Envelope & { data: unknown };
export interface FactListener {
  onFact(fact: HeardFact): void;
  /** Facts may have been missed. */
  onGap(): void;
  /** After a gap: the streams are heard again. */
  onHeardAgain?(): void;
}

const LOOK_MS = 250;

/** Everything that the services announce, as this process hears it; the token keys also from before its start. */
export class Facts {
  /** Each with whether it may have missed something since it was last told. */
  readonly #listeners = new Map<FactListener, boolean>();
  readonly #followers: readonly Follower[];
  readonly #timer: NodeJS.Timeout;

  constructor(bus: Bus, log: Log, onKey: (fact: HeardFact) => Promise<void>) {
    const onFact = (fact: HeardFact) => {
      for (const listener of this.#listeners.keys()) listener.onFact(fact);
    };
    const onGap = () => {
      for (const listener of this.#listeners.keys()) {
        this.#listeners.set(listener, true);
        listener.onGap();
      }
    };
    this.#followers = [
      followFacts(bus, FACTS_STREAM, log, onFact, onGap),
      followFacts(bus, REFERENCE_STREAM, log, onFact, onGap),
      followFacts(
        bus,
        REFERENCE_STREAM,
        log,
        (fact) => {
          onKey(fact).catch((error: unknown) =>
            log.error({ err: error, key: fact.subject }, 'a token key is unusable'),
          );
        },
        () => {},
        { from: 'beginning', subject: `${TokenKeyState.type}.*` },
      ),
    ];
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** True while no fact can pass unheard. */
  get hears(): boolean {
    return this.#followers.every((follower) => follower.hears);
  }

  listen(listener: FactListener): () => void {
    this.#listeners.set(listener, !this.hears);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#followers.map((follower) => follower.stop()));
  }

  #look(): void {
    if (!this.hears) return;
    for (const [listener, missed] of this.#listeners) {
      if (!missed) continue;
      this.#listeners.set(listener, false);
      listener.onHeardAgain?.();
    }
  }
}
