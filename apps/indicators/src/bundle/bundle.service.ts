import { BundleState, PublishBundle, Refusal, type AskInput, type AskReply } from '@lokmin/contracts';
import type { Clock } from '@lokmin/calendar';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Bundle } from './bundle.entity.ts';
import { checkBundle, type BundleContent } from './bundle.rules.ts';

@Injectable()
export class Bundles {
  /** Bundles never change once published, so they are read once. */
  readonly #published = new Map<string, Bundle>();

  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(districtCode: string, year: number): Promise<Bundle | null> {
    const key = `${districtCode}/${year}`;
    const known = this.#published.get(key);
    if (known) return known;
    const bundle = await this.database.getRepository(Bundle).findOneBy({ districtCode, year });
    if (bundle) this.#published.set(key, bundle);
    return bundle;
  }

  /** @param field of the command that named the year @throws Refusal `bundle.missing` */
  async demand(districtCode: string, year: number, field = 'period'): Promise<Bundle> {
    const bundle = await this.find(districtCode, year);
    if (!bundle) throw new Refusal('bundle.missing', { district: districtCode, year }, field);
    return bundle;
  }

  /** @throws Refusal `bundle.published` when the district has another bundle of that year; and see `checkBundle` */
  async publish(input: AskInput<typeof PublishBundle>): Promise<AskReply<typeof PublishBundle>> {
    await this.roster.demand('bundle.publish', { districtCode: input.districtCode });
    checkBundle(input);
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, PublishBundle.subject, input, async () => ({
          bundleId: await this.insert(tx, input, this.roster.caller()),
        })),
    );
  }

  /**
   * Publishes what was looked at before (`checkBundle`). @returns its id
   * @throws Refusal `bundle.published`
   */
  async insert(tx: Tx, content: BundleContent, publishedBy: string): Promise<string> {
    const { districtCode, year, name, rules, indicators, elements } = content;
    const bundleId = uuidv7();
    const inserted = await tx.query(
      `INSERT INTO bundle (bundle_id, district_code, year, name, rules, indicators, elements, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING bundle_id`,
      [
        bundleId,
        districtCode,
        year,
        name,
        JSON.stringify(rules),
        JSON.stringify(indicators),
        JSON.stringify(elements),
        publishedBy,
        tx.now,
      ],
    );
    if (inserted.length === 0) throw new Refusal('bundle.published', { year }, 'year');
    tx.announce(
      BundleState,
      { id: bundleId, revision: 1, districtCode, unitId: null },
      { bundleId, districtCode, year, name, rules, indicators, elements },
    );
    return bundleId;
  }
}
