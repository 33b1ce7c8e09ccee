import { createHash } from 'node:crypto';
import { Refusal } from '@lokmin/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DIRECTORY_CONFIG, type DirectoryConfig } from '../config.ts';

/** One address stands for many people: a puskesmas, an office. */
const ADDRESS_TIMES = 10;

/** How often one login, and one address, may try to sign in; counted in the database, so that replicas share it. */
@Injectable()
export class SignInRates {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DIRECTORY_CONFIG) private readonly config: DirectoryConfig,
  ) {}

  /**
   * Takes one try.
   * @param address where it came from; null: from within, where nobody is limited
   * @param login null: not known yet, or, as with the link of a guest, none
   * @throws Refusal `request.too-many`
   */
  async take(address: string | null, login: string | null): Promise<void> {
    if (address === null) return;
    const perMinute = this.config.LOKMIN_SIGN_IN_RATE_PER_MINUTE;
    await this.#take(`address ${address}`, perMinute * ADDRESS_TIMES);
    if (login !== null) await this.#take(`login ${login.trim().toLowerCase()}`, perMinute);
  }

  /** A bucket of one minute's tries, filled evenly; told by the one clock that all replicas share. */
  async #take(key: string, perMinute: number): Promise<void> {
    const sha256 = createHash('sha256').update(key).digest('hex');
    const interval = 60 / perMinute;
    const burst = Math.max(1, perMinute) * interval;
    const taken: unknown[] = await this.database.query(
      `INSERT INTO sign_in_rate AS rate VALUES ($1, clock_timestamp() + make_interval(secs => $2))
       ON CONFLICT (sha256) DO UPDATE
         SET full_at = greatest(rate.full_at, clock_timestamp()) + make_interval(secs => $2)
         WHERE rate.full_at <= clock_timestamp() + make_interval(secs => $3::float8 - $2::float8)
       RETURNING 1`,
      [sha256, interval, burst],
    );
    if (taken.length > 0) return;
    const [{ seconds }] = await this.database.query(
      `SELECT ceil(extract(epoch FROM full_at - clock_timestamp()) + $2::float8 - $3::float8)::int AS seconds
       FROM sign_in_rate WHERE sha256 = $1`,
      [sha256, interval, burst],
    );
    throw new Refusal('request.too-many', { seconds: Math.max(1, seconds as number) });
  }

  /** What is full again is as good as not there. */
  async forget(): Promise<void> {
    await this.database.query('DELETE FROM sign_in_rate WHERE full_at < clock_timestamp()');
  }
}
