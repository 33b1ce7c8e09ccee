import type { Clock } from '@lokmin/calendar';
import {
  ChangeBundleDraft,
  DiscardBundleDraft,
  MOST_INDICATORS,
  PublishBundleDraft,
  Refusal,
  StartBundleDraft,
  type AskInput,
  type AskReply,
  type AskType,
  type BundleDraft,
} from '@lokmin/contracts';
import { DEFAULT_RULES } from '@lokmin/evaluation';
import { referenceIndicators } from '@lokmin/evaluation/catalogue';
import { demandRevision, inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Bundle } from './bundle.entity.ts';
import { checkBundle, withoutIndicators, type BundleContent } from './bundle.rules.ts';
import { Bundles } from './bundle.service.ts';
import { Draft, DraftedIndicator } from './draft.entity.ts';

type Of = Pick<Draft, 'districtCode' | 'year'>;
type Changes = AskInput<typeof ChangeBundleDraft>;

/** Bundles while they are prepared: seen by those who prepare them, announced to nobody. */
@Injectable()
export class Drafts {
  constructor(
    private readonly database: DataSource,
    private readonly roster: Roster,
    private readonly bundles: Bundles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find({ districtCode, year }: AskInput<typeof BundleDraft>): Promise<AskReply<typeof BundleDraft>> {
    await this.roster.demand('bundle.draft', { districtCode });
    const allowed = await this.roster.grants();
    const { manager } = this.database;
    const published = await manager.find(Bundle, {
      select: { year: true },
      where: { districtCode },
      order: { year: 'DESC' },
    });
    const draft = await manager.findOneBy(Draft, { districtCode, year });
    const [person]: { name: string }[] = await manager.query(
      'SELECT name FROM known_person WHERE person_id = $1',
      [draft?.changedBy ?? null],
    );
    return {
      asOf: this.clock.now().toISOString(),
      published: published.some((bundle) => bundle.year === year),
      mayPublish: await allowed('bundle.publish', { districtCode }),
      publishedYears: published.map((bundle) => bundle.year),
      referenceCount: referenceIndicators().length,
      draft: draft && {
        ...(await contentOf(manager, draft)),
        revision: draft.revision,
        fromYear: draft.fromYear,
        changedByName: person?.name ?? '',
        changedAt: draft.changedAt.toISOString(),
      },
    };
  }

  /** @throws Refusal `access.forbidden`, `bundle.published`, `bundle.drafted`, `bundle.missing` */
  async start(input: AskInput<typeof StartBundleDraft>): Promise<AskReply<typeof StartBundleDraft>> {
    const { districtCode, year, fromYear } = input;
    return this.#once(StartBundleDraft, input, 'bundle.draft', async (tx) => {
      if (await this.bundles.find(districtCode, year))
        throw new Refusal('bundle.published', { year }, 'year');
      const earlier =
        fromYear === null ? null : await this.bundles.demand(districtCode, fromYear, 'fromYear');
      const { rules, indicators, elements } = earlier ?? {
        rules: DEFAULT_RULES,
        indicators: referenceIndicators(),
        elements: [],
      };
      const started = await tx.query(
        `INSERT INTO bundle_draft (district_code, year, revision, name, from_year, rules, elements, changed_by, changed_at)
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING revision`,
        [
          districtCode,
          year,
          `Paket indikator ${year}`,
          fromYear,
          JSON.stringify(rules),
          JSON.stringify(elements),
          this.roster.caller(),
          tx.now,
        ],
      );
      if (started.length === 0) throw new Refusal('bundle.drafted', { year }, 'year');
      await tx.manager.insert(
        DraftedIndicator,
        // The month since which one is expected was one of the earlier year.
        indicators.map((each, place) => ({
          districtCode,
          year,
          code: each.code,
          place,
          definition: { ...each, expectedFrom: null },
        })),
      );
      return { revision: 1 };
    });
  }

  /**
   * @throws Refusal `access.forbidden`, `bundle.not-drafted`, `revision.stale`, `bundle.size`, `not-found`; and see
   * `checkBundle`
   */
  async change(input: Changes): Promise<AskReply<typeof ChangeBundleDraft>> {
    return this.#once(ChangeBundleDraft, input, 'bundle.draft', async (tx) => {
      const draft = await this.#demand(tx, input);
      const before = await contentOf(tx.manager, draft);
      const content = changed(before, input);
      await this.#write(tx, input, before, content);
      const { name, rules, elements } = content;
      const revision = draft.revision + 1;
      await tx.manager.update(Draft, of(draft), {
        revision,
        name,
        rules,
        elements,
        changedBy: this.roster.caller(),
        changedAt: tx.now,
      });
      return { revision };
    });
  }

  /** @throws Refusal `access.forbidden`, `bundle.not-drafted`, `revision.stale` */
  async discard(input: AskInput<typeof DiscardBundleDraft>): Promise<AskReply<typeof DiscardBundleDraft>> {
    return this.#once(DiscardBundleDraft, input, 'bundle.draft', async (tx) => {
      await this.#remove(tx, await this.#demand(tx, input));
      return {};
    });
  }

  /** @throws Refusal `access.forbidden`, `bundle.not-drafted`, `revision.stale`, `bundle.size`, `bundle.published`; and see `checkBundle` */
  async publish(input: AskInput<typeof PublishBundleDraft>): Promise<AskReply<typeof PublishBundleDraft>> {
    return this.#once(PublishBundleDraft, input, 'bundle.publish', async (tx) => {
      const draft = await this.#demand(tx, input);
      const content = await contentOf(tx.manager, draft);
      demandSize(content);
      checkBundle(content);
      const bundleId = await this.bundles.insert(tx, content, this.roster.caller());
      await this.#remove(tx, draft);
      return { bundleId, indicatorCount: content.indicators.length };
    });
  }

  async #once<Input extends Of & { commandId: string }, Reply>(
    { subject }: AskType,
    input: Input,
    operation: 'bundle.draft' | 'bundle.publish',
    work: (tx: Tx) => Promise<Reply>,
  ): Promise<Reply> {
    await this.roster.demand(operation, { districtCode: input.districtCode });
    return inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) => once(tx, subject, input, () => work(tx)),
    );
  }

  /** Locked until the transaction ends. @throws Refusal `bundle.not-drafted`, `revision.stale` */
  async #demand(tx: Tx, { expectedRevision, ...key }: Of & { expectedRevision: number }): Promise<Draft> {
    const draft = await tx.manager.findOne(Draft, { where: of(key), lock: { mode: 'pessimistic_write' } });
    if (!draft) throw new Refusal('bundle.not-drafted', { year: key.year }, 'year');
    demandRevision(draft.revision, expectedRevision);
    return draft;
  }

  async #write(tx: Tx, input: Changes, before: BundleContent, after: BundleContent): Promise<void> {
    const { districtCode, year, retire } = input;
    if (retire.length > 0)
      await tx.manager.delete(DraftedIndicator, { districtCode, year, code: In(retire) });
    const known = new Set(before.indicators.map(({ code }) => code).filter((code) => !retire.includes(code)));
    const [last] = await tx.query<{ place: number }>(
      'SELECT coalesce(max(place), -1) AS place FROM drafted_indicator WHERE district_code = $1 AND year = $2',
      [districtCode, year],
    );
    const put = new Set(input.indicators.map(({ code }) => code));
    for (const [i, definition] of after.indicators.filter(({ code }) => put.has(code)).entries()) {
      const key = { districtCode, year, code: definition.code };
      if (known.has(definition.code)) await tx.manager.update(DraftedIndicator, key, { definition });
      else await tx.manager.insert(DraftedIndicator, { ...key, place: last!.place + 1 + i, definition });
    }
  }

  async #remove(tx: Tx, draft: Draft): Promise<void> {
    await tx.manager.delete(DraftedIndicator, of(draft));
    await tx.manager.delete(Draft, of(draft));
  }
}

const of = ({ districtCode, year }: Of): Of => ({ districtCode, year });

async function contentOf(manager: EntityManager, draft: Draft): Promise<BundleContent> {
  const { name, rules, elements } = draft;
  const rows = await manager.find(DraftedIndicator, { where: of(draft), order: { place: 'ASC' } });
  return {
    ...of(draft),
    name,
    rules,
    indicators: rows.map(({ definition }) => ({
      ...definition,
      smallCountsBelow: definition.smallCountsBelow ?? null,
    })),
    elements,
  };
}

/** The draft as it would be. @throws Refusal `not-found`, `bundle.size`; and see `checkBundle` */
function changed(before: BundleContent, input: Changes): BundleContent {
  const gone = demandKnown(before.indicators, input.retire, 'retire', {
    id: 'Indikator',
    en: 'The indicator',
  });
  const elementsGone = demandKnown(before.elements, input.retireElements, 'retireElements', {
    id: 'Elemen data',
    en: 'The data element',
  });
  const rules = withoutIndicators(before.rules, gone);
  const content = {
    ...before,
    name: input.name ?? before.name,
    rules: {
      ...rules,
      bands: input.bands ?? rules.bands,
      lowerIsBetter: input.lowerIsBetter ?? rules.lowerIsBetter,
    },
    indicators: merged(before.indicators, gone, input.indicators),
    elements: merged(before.elements, elementsGone, input.elements),
  };
  demandSize(content, 0);
  try {
    checkBundle(content);
  } catch (error) {
    throw error instanceof Refusal ? inFieldsOf(input, content, error) : error;
  }
  return content;
}

/** A refusal of the whole draft, about the field of the change that it is for; null where the change has none. */
function inFieldsOf(input: Changes, content: BundleContent, { code, details, field }: Refusal): Refusal {
  const [list, place, ...rest] = field?.split('.') ?? [];
  if (list === 'rules') return new Refusal(code, details, place === 'bands' ? 'bands' : null);
  if (list !== 'indicators' && list !== 'elements') return new Refusal(code, details, field);
  // Of two with one code the later one is too many.
  const at = input[list].findLastIndex((each) => each.code === content[list][Number(place)]?.code);
  return new Refusal(code, details, at < 0 ? null : [list, at, ...rest].join('.'));
}

/** @throws Refusal `not-found` naming the code that there is none of */
function demandKnown(
  list: readonly { code: string }[],
  codes: readonly string[],
  field: string,
  what: { id: string; en: string },
): Set<string> {
  const unknown = codes.findIndex((code) => !list.some((each) => each.code === code));
  if (unknown >= 0)
    throw new Refusal(
      'not-found',
      { what: { id: `${what.id} ${codes[unknown]}`, en: `${what.en} ${codes[unknown]}` } },
      `${field}.${unknown}`,
    );
  return new Set(codes);
}

/** Each at its place; what is new comes last, twice the same code stays twice and is refused by `checkBundle`. */
function merged<Each extends { code: string }>(
  before: readonly Each[],
  gone: ReadonlySet<string>,
  put: readonly Each[],
): Each[] {
  const rest = [...put];
  const kept = before.flatMap((each) => {
    if (gone.has(each.code)) return [];
    const i = rest.findIndex(({ code }) => code === each.code);
    return i < 0 ? [each] : rest.splice(i, 1);
  });
  return [...kept, ...rest];
}

/** @throws Refusal `bundle.size` */
function demandSize({ indicators }: BundleContent, least = 1): void {
  const count = indicators.length;
  if (count < least || count > MOST_INDICATORS)
    throw new Refusal('bundle.size', { count, most: MOST_INDICATORS }, 'indicators');
}
