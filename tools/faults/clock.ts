import { renameSync, writeFileSync } from 'node:fs';

const EVERY_MS = 100;
const HOUR_MS = 3_600_000;
const WIB = 7 * HOUR_MS;

/** The time of all processes of a system: it passes as fast as it does elsewhere, from a chosen instant on, and can be moved on. */
export class PassingClock {
  #ahead: number;
  readonly #ticking: NodeJS.Timeout;

  /** @param file `LOKMIN_TEST_CLOCK_FILE` of the processes; @param begin ISO 8601 with `Z` or an offset */
  constructor(
    readonly file: string,
    begin: string,
  ) {
    this.#ahead = Date.parse(begin) - Date.now();
    this.#write();
    this.#ticking = setInterval(() => this.#write(), EVERY_MS).unref();
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  moveOn(milliseconds: number): void {
    this.#ahead += milliseconds;
    this.#write();
  }

  /** The local day (WIB) whose digests tell what happens now: their hour is 6. */
  digestDay(): string {
    return new Date(this.#nextDigest() + WIB).toISOString().slice(0, 10);
  }

  /** Moves on to shortly after the hour of the next digests. */
  moveToDigest(): void {
    this.moveOn(this.#nextDigest() - this.now().getTime());
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #nextDigest(): number {
    const local = this.now().getTime() + WIB;
    const today = Math.floor(local / (24 * HOUR_MS)) * 24 * HOUR_MS + 6 * HOUR_MS;
    return (local < today ? today : today + 24 * HOUR_MS) - WIB;
  }

  /** A process that starts meanwhile never finds half an instant. */
  #write(): void {
    writeFileSync(`${this.file}.part`, this.now().toISOString());
    renameSync(`${this.file}.part`, this.file);
  }
}
