import type { KeptAnswers, Thing } from './kept-answers.ts';

/**
 * The header in which a mutation's reply says which revisions it made, and in which the client sends them back with
 * later requests: `evaluation <id>@<revision>@<ms>, past@<ms>`. A process that has not heard of one of them goes past
 * its kept answers. What has been heard, or is older than some minutes, is left out of the next reply.
 */
export const SEEN_HEADER = 'lokmin-seen';
const FORGET_MS = 10 * 60_000;
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

/** Those that this process may be behind of. */
export const unheard = (
  seen: readonly (Seen | SeenUntil)[],
  kept: KeptAnswers,
  now: number,
): (Seen | SeenUntil)[] =>
  seen.filter((each) =>
    'until' in each
      ? each.until > now && each.until < now + FORGET_MS
      : each.at > now - FORGET_MS && !kept.hasHeard(each.thing, each.revision),
  );

export const writeSeen = (seen: readonly (Seen | SeenUntil)[]): string =>
  seen
    .slice(-ENTRIES)
    .map((each) => ('until' in each ? `past@${each.until}` : `${each.thing}@${each.revision}@${each.at}`))
    .join(', ');
