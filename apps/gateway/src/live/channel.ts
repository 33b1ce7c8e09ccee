export interface Channel<T> extends AsyncIterableIterator<T> {
  push(item: T): void;
  /** Ends it after what was pushed. */
  end(): void;
  onEnd(listener: () => void): void;
}

const MOST_WAITING = 5_000;

/** From pushing to pulling: what is pushed waits until the reader takes it; a reader that lets too much wait is cut off. */
export function channel<T>(): Channel<T> {
  const waiting: T[] = [];
  let take: ((result: IteratorResult<T>) => void) | null = null;
  let ended = false;
  const listeners: (() => void)[] = [];
  const end = () => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener();
    if (waiting.length === 0) take?.({ done: true, value: undefined });
  };
  return {
    push(item) {
      if (ended) return;
      if (take) {
        take({ done: false, value: item });
        take = null;
      } else if (waiting.push(item) > MOST_WAITING) {
        waiting.length = 0;
        end();
      }
    },
    end,
    onEnd: (listener) => void (ended ? listener() : listeners.push(listener)),
    next() {
      const item = waiting.shift();
      if (item !== undefined) return Promise.resolve({ done: false, value: item });
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => (take = resolve));
    },
    return() {
      waiting.length = 0;
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
