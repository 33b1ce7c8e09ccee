import { BundleState, PublishBundle, Refusal, type AskInput, type AskReply } from '@lokmin/contracts';
import { decimalText, type Clock } from '@lokmin/calendar';
import { checkBands, EvaluationError, type IndicatorDefinition } from '@lokmin/evaluation';
import { inTransaction, once } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Bundle } from './bundle.entity.ts';

/** An element of a bundle: which indicator uses it, as what. */
export interface ElementUse {
  readonly indicator: IndicatorDefinition;
  readonly part: 'numerator' | 'denominator';
}

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

  /** @throws Refusal `bundle.missing` */
  async demand(districtCode: string, year: number): Promise<Bundle> {
    const bundle = await this.find(districtCode, year);
    if (!bundle) throw new Refusal('bundle.missing', { district: districtCode, year }, 'period');
    return bundle;
  }

  /** @throws Refusal `bundle.published` when the district has another bundle of that year, `bundle.bands` */
  async publish(input: AskInput<typeof PublishBundle>): Promise<AskReply<typeof PublishBundle>> {
    const { districtCode, year, name, rules, indicators } = input;
    await this.roster.demand('bundle.publish', { districtCode });
    try {
      checkBands(rules.bands);
    } catch (error) {
      if (error instanceof EvaluationError)
        throw new Refusal(
          'bundle.bands',
          {
            kurangAtMost: decimalText(rules.bands.kurangAtMost),
            baikFrom: decimalText(rules.bands.baikFrom),
          },
          'rules.bands',
        );
      throw error;
    }
    const publishedBy = this.roster.caller();
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, PublishBundle.subject, input, async () => {
          const bundleId = uuidv7();
          const inserted = await tx.query(
            `INSERT INTO bundle (bundle_id, district_code, year, name, rules, indicators, published_by, published_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING bundle_id`,
            [
              bundleId,
              districtCode,
              year,
              name,
              JSON.stringify(rules),
              JSON.stringify(indicators),
              publishedBy,
              tx.now,
            ],
          );
          if (inserted.length === 0) throw new Refusal('bundle.published', { year }, 'year');
          tx.announce(
            BundleState,
            { id: bundleId, revision: 1, districtCode, unitId: null },
            { bundleId, districtCode, year, name, rules, indicators },
          );
          return { bundleId };
        }),
    );
  }
}

/** Elements of a bundle with the indicators that use them; the first use names what may be entered. */
export function elementsOf({ indicators }: Bundle): Map<string, ElementUse> {
  const uses = new Map<string, ElementUse>();
  for (const indicator of indicators) {
    if (!uses.has(indicator.numeratorElement))
      uses.set(indicator.numeratorElement, { indicator, part: 'numerator' });
    const { denominatorElement } = indicator;
    if (denominatorElement && !uses.has(denominatorElement))
      uses.set(denominatorElement, { indicator, part: 'denominator' });
  }
  return uses;
}
