import {
  ActionProposed,
  EvaluationSubmitted,
  MeetingScheduled,
  FACTS,
  MessageDelivered,
  MinutesSigned,
  REFERENCE_STREAM,
  TokenKeyState,
  ValuesRecorded,
  isAuditSeal,
  type Envelope,
} from '@lokmin/contracts';

/** A whole successful answer as it goes over the wire. */
export interface KeptAnswer {
  readonly body: Buffer;
  readonly contentType: string;
}
interface Entry extends KeptAnswer {
  readonly districts: readonly string[];
  readonly validUntil: number;
  /** On the machine's own clock, in milliseconds. */
  readonly staleAt: number;
}

/**
 * What a service learns from reference state it announces to nobody, so nobody hears when it has learned it. An answer
 * composed within this time after such a fact is not kept.
 */
export const SETTLING_MS = 5_000;
/** However quiet a district is, its answers are composed anew after this time. */
export const KEPT_FOR_MS = 60_000;
/** Revisions heard are remembered for so many things; of another thing nothing is known. */
const HEARD = 20_000;
/** Bookkeeping of one entry, roughly. */
const ENTRY_BYTES = 500;

const isReference = new Set(
  FACTS.filter((fact) => fact.stream === REFERENCE_STREAM).map((fact) => fact.type),
);

/** A thing that has a revision, as mutations and facts name it: `values <unit> <period>`, `evaluation <id>`, `action <id>`, `meeting <id>`. */
export type Thing =
  `values ${string} ${string}` | `evaluation ${string}` | `action ${string}` | `meeting ${string}`;

/**
 * Whole answers kept as bytes. An answer stands for the districts it was composed from: a fact of one of them drops it,
 * a gap drops all. One that was begun before such a fact is not kept (`mark`), so what is found here is never older
 * than the newest fact heard.
 */
export class KeptAnswers {
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry>();
  readonly #ofDistrict = new Map<string, Set<string>>();
  #bytes = 0;

  /** Counts facts and gaps; the epoch of a district is the count at its last fact. */
  #count = 0;
  readonly #epochs = new Map<string, number>();
  #epochOfAll = 0;
  readonly #settledAt = new Map<string, number>();
  #allSettledAt = 0;

  readonly #heardRevisions = new Map<Thing, number>();

  constructor(
    private readonly limitBytes: number,
    /** The clock of the process, milliseconds since 1970. */
    private readonly now: () => number,
    /** The machine's own clock, which a test clock does not move. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** To be taken before the first service is asked. */
  mark(): number {
    return this.#count;
  }

  find(key: string): KeptAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.validUntil <= this.now() || entry.staleAt <= this.elapsed()) {
      this.#drop(key);
      return undefined;
    }
    if (this.#bytes > this.limitBytes / 2) {
      // The order of use matters only when something has to go soon.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  /**
   * Keeps an answer, unless something that it may show changed since `mark`.
   * @param validUntil milliseconds since 1970; it is not kept longer than `KEPT_FOR_MS` in any case
   * @returns whether it was kept
   */
  keep(
    key: string,
    answer: KeptAnswer,
    mark: number,
    districts: readonly string[],
    validUntil: number,
  ): boolean {
    const elapsed = this.elapsed();
    const size = answer.body.length + ENTRY_BYTES;
    if (districts.length === 0 || validUntil <= this.now() || size > this.limitBytes / 4) return false;
    if (this.#epochOfAll > mark || this.#allSettledAt > elapsed) return false;
    for (const district of districts) {
      if ((this.#epochs.get(district) ?? 0) > mark || (this.#settledAt.get(district) ?? 0) > elapsed)
        return false;
    }
    this.#drop(key);
    this.#entries.set(key, { ...answer, districts, validUntil, staleAt: elapsed + KEPT_FOR_MS });
    this.#bytes += size;
    for (const district of districts) {
      const keys = this.#ofDistrict.get(district) ?? new Set();
      this.#ofDistrict.set(district, keys.add(key));
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.limitBytes) break;
      this.#drop(oldest);
    }
    return true;
  }

  /** Drops what the fact may change: the answers of its district; of a fact without district, all. */
  heard(fact: Envelope & { data: unknown }): void {
    if (fact.type === TokenKeyState.type || fact.type === MessageDelivered.type || isAuditSeal(fact.type))
      return; // in no kept answer
    this.#count += 1;
    const settledAt = isReference.has(fact.type) ? this.elapsed() + SETTLING_MS : 0;
    const district = fact.districtcode;
    if (district === null) {
      this.#forgetAll();
      this.#allSettledAt = Math.max(this.#allSettledAt, settledAt);
    } else {
      this.#epochs.set(district, this.#count);
      if (settledAt > 0) this.#settledAt.set(district, settledAt);
      for (const key of this.#ofDistrict.get(district) ?? []) this.#drop(key);
    }
    const thing = thingOf(fact);
    if (thing) this.#rememberRevision(thing, fact.revision);
  }

  /** Facts may have been missed: nothing kept is trusted, nor what is being composed. */
  gap(): void {
    this.#count += 1;
    this.#forgetAll();
  }

  /** True when this process has heard of that revision: what is kept here is at least as new. */
  hasHeard(thing: Thing, revision: number): boolean {
    return (this.#heardRevisions.get(thing) ?? 0) >= revision;
  }

  #rememberRevision(thing: Thing, revision: number): void {
    const heard = this.#heardRevisions.get(thing) ?? 0;
    this.#heardRevisions.delete(thing);
    this.#heardRevisions.set(thing, Math.max(heard, revision));
    if (this.#heardRevisions.size > HEARD) {
      const [oldest] = this.#heardRevisions.keys();
      this.#heardRevisions.delete(oldest!);
    }
  }

  #forgetAll(): void {
    this.#epochOfAll = this.#count;
    this.#entries.clear();
    this.#ofDistrict.clear();
    this.#epochs.clear(); // all of them lie before the epoch of all
    this.#bytes = 0;
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.body.length + ENTRY_BYTES;
    for (const district of entry.districts) {
      const keys = this.#ofDistrict.get(district);
      keys?.delete(key);
      if (keys?.size === 0) this.#ofDistrict.delete(district);
    }
  }
}

const nounOf = (type: string) => type.split('.').slice(0, 3).join('.');
const NOUNS = {
  values: nounOf(ValuesRecorded.type),
  evaluation: nounOf(EvaluationSubmitted.type),
  action: nounOf(ActionProposed.type),
  meeting: nounOf(MeetingScheduled.type),
  minutes: nounOf(MinutesSigned.type),
};

/** What a fact says the revision of; null when no mutation of ours changes it. */
export function thingOf({ type, data }: Envelope & { data: unknown }): Thing | null {
  const about = data as Record<string, unknown>;
  switch (nounOf(type)) {
    case NOUNS.values:
      return `values ${String(about['unitId'])} ${String(about['period'])}`;
    case NOUNS.evaluation:
      return `evaluation ${String(about['evaluationId'])}`;
    case NOUNS.action:
      return `action ${String(about['actionId'])}`;
    case NOUNS.meeting:
    case NOUNS.minutes:
      return `meeting ${String(about['meetingId'])}`;
    default:
      return null;
  }
}
