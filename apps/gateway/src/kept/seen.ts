import { SETTLING_MS, thingOf, type KeptAnswers, type Thing } from './kept-answers.ts';
import type { HeardFact } from '../live/facts.ts';

/**
 * The header in which a mutation's reply says which revisions it made, and in which the client sends them back with
 * later requests: `evaluation <id>@<revision>@<ms>, past@<ms>`. A process that has not heard of one of them goes past
 * its kept answers. What was heard half a minute ago, or is older than some minutes, is left out of the next reply.
 */
export const SEEN_HEADER = 'lokmin-seen';
const FORGET_MS = 10 * 60_000;
/** By then every process has heard it, or knows that it hears nothing and keeps nothing. */
export const SPREAD_MS = 30_000;
const ENTRIES = 20;
const CHARACTERS = 3_000;

export interface Seen {
  readonly thing: Thing;
  readonly revision: number;
  /** When the reply was given, milliseconds since 1970. */
  readonly at: number;
}
/** No revision is known (an imported file changes many things): go past kept answers until then. */
export interface SeenUntil {
  readonly until: number;
}

const REVISION = /^((?:values|evaluation|action|meeting) [\w -]{1,100})@(\d{1,9})@(\d{1,16})$/;
const UNTIL = /^past@(\d{1,16})$/;

/** What a client sent back; anything that is not ours is passed over. */
export function readSeen(header: string | undefined): (Seen | SeenUntil)[] {
  if (!header || header.length > CHARACTERS) return [];
  return header.split(',').flatMap((part): (Seen | SeenUntil)[] => {
    const revision = REVISION.exec(part.trim());
    if (revision)
      return [{ thing: revision[1] as Thing, revision: Number(revision[2]), at: Number(revision[3]) }];
    const until = UNTIL.exec(part.trim());
    return until ? [{ until: Number(until[1]) }] : [];
  });
}

const isYoung = (each: Seen | SeenUntil, now: number): boolean =>
  'until' in each ? each.until > now && each.until < now + FORGET_MS : each.at > now - FORGET_MS;
const isBehind = (each: Seen | SeenUntil, kept: KeptAnswers): boolean =>
  'until' in each || !kept.hasHeard(each.thing, each.revision);

/** True when this process may be behind one of them: what it kept may be older. */
export const isAnyUnheard = (seen: readonly (Seen | SeenUntil)[], kept: KeptAnswers, now: number): boolean =>
  seen.some((each) => isYoung(each, now) && isBehind(each, kept));

/**
 * Those that the client is to send again: what this process has not heard, and for some time what it has, since the next
 * request may come to another one.
 */
export const stillToSend = (
  seen: readonly (Seen | SeenUntil)[],
  kept: KeptAnswers,
  now: number,
): (Seen | SeenUntil)[] =>
  seen.filter(
    (each) => isYoung(each, now) && (isBehind(each, kept) || ('at' in each && each.at > now - SPREAD_MS)),
  );

export const writeSeen = (seen: readonly (Seen | SeenUntil)[]): string =>
  seen
    .slice(-ENTRIES)
    .map((each) => ('until' in each ? `past@${each.until}` : `${each.thing}@${each.revision}@${each.at}`))
    .join(', ');

/**
 * What a page that is told of a fact sends back, so that no other process answers it from before that: one that has not
 * heard of it goes past its kept answers. Reference data has no revision of a thing here; it settles in some seconds.
 * @param now milliseconds since 1970
 */
export const seenOf = (fact: HeardFact, now: number): string => {
  const thing = thingOf(fact);
  return writeSeen([thing ? { thing, revision: fact.revision, at: now } : { until: now + SETTLING_MS }]);
};
