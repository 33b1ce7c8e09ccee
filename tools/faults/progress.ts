/**
 * Counts submissions and lets none begin beyond a limit, which each disturbance moves on: so disturbances are spread
 * over the work, however fast it goes, and some of the work falls into each.
 */
export class Progress {
  done = 0;
  #begun = 0;
  #limit: number;
  #failure: { error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for leave to begin one. */
  async begin(): Promise<void> {
    await this.#when(() => this.#begun < this.#limit);
    this.#begun++;
  }

  /** Says that one was answered. */
  finish(): void {
    this.done++;
    this.#wake();
  }

  allow(limit: number): void {
    this.#limit = limit;
    this.#wake();
  }

  reached(count: number): Promise<void> {
    return this.#when(() => this.done >= count);
  }

  /** Ends every wait with this error. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  async #when(condition: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (condition()) return;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
