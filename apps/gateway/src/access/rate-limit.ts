interface Bucket {
  tokens: number;
  /** Milliseconds of the monotonic clock. */
  filledAt: number;
}

const BUCKETS = 50_000;
const SWEEP_MS = 1_000;

/** A token bucket for each key: `burst` at once, refilled with `perSecond`. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = 0;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one, or as many as are named. @returns 0 when allowed, else the seconds to wait, rounded up; nothing is taken then */
  take(key: string, amount = 1): number {
    const now = this.now();
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      if (this.#buckets.size >= BUCKETS) this.#forgetFull(now);
      bucket = { tokens: this.burst, filledAt: now };
      this.#buckets.set(key, bucket);
    } else {
      bucket.tokens = this.#level(bucket, now);
      bucket.filledAt = now;
    }
    if (bucket.tokens < amount) return Math.ceil((amount - bucket.tokens) / this.perSecond);
    bucket.tokens -= amount;
    return 0;
  }

  /** Gives back what was taken and not used. */
  give(key: string, amount: number): void {
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.tokens = Math.min(this.burst, bucket.tokens + amount);
  }

  /** How many can be taken now. */
  left(key: string): number {
    const bucket = this.#buckets.get(key);
    return bucket ? this.#level(bucket, this.now()) : this.burst;
  }

  #level({ tokens, filledAt }: Bucket, now: number): number {
    return Math.min(this.burst, tokens + ((now - filledAt) / 1_000) * this.perSecond);
  }

  /** A full bucket is as good as none. When all are in use, the oldest one goes. */
  #forgetFull(now: number): void {
    if (now - this.#sweptAt > SWEEP_MS) {
      this.#sweptAt = now;
      for (const [key, bucket] of this.#buckets)
        if (this.#level(bucket, now) >= this.burst) this.#buckets.delete(key);
    }
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= BUCKETS && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
