/** The header by which the gateway says which revisions a command made, and by which they are sent back. */
export const SEEN_HEADER = 'lokmin-seen';

const entries = (header: string | null): string[] =>
  (header ?? '').split(',').flatMap((entry) => entry.trim() || []);

/** More than a page hears of between two answers; the gateway reads no longer a header. */
const MOST = 40;

/**
 * Remembers what this page's own commands made and what it was told of, so that a gateway that has not heard of it yet does
 * not answer from what it kept. An answer says what is left to remember of what its request sent; what other answers
 * brought meanwhile stays. Of one thing the newest word counts.
 */
export function seenRevisions() {
  /** By the thing, as `evaluation <id>` or `past`. */
  let seen = new Map<string, string>();
  const add = (more: readonly string[]) => {
    for (const entry of more) {
      const [thing = '', revision] = entry.split('@');
      if (Number(seen.get(thing)?.split('@')[1] ?? 0) > Number(revision)) continue;
      seen.delete(thing);
      seen.set(thing, entry);
    }
    seen = new Map([...seen].slice(-MOST));
  };
  return {
    /** The header of the next request, or null when there is nothing to say. */
    toSend: (): string | null => (seen.size > 0 ? [...seen.values()].join(', ') : null),
    /** @param received null when the answer does not speak of it */
    accept(sent: string | null, received: string | null): void {
      if (received === null) return;
      for (const entry of entries(sent)) {
        const thing = entry.split('@', 1)[0]!;
        if (seen.get(thing) === entry) seen.delete(thing);
      }
      add(entries(received));
    },
    /** @param entry of a live event; null when it has none */
    hear: (entry: string | null): void => add(entries(entry)),
  };
}

export const seenHere = seenRevisions();

/** `fetch` that says what this page has seen. */
export const fetchSeen: typeof fetch = async (input, init) => {
  const sent = seenHere.toSend();
  const headers = new Headers(init?.headers);
  if (sent) headers.set(SEEN_HEADER, sent);
  const answer = await fetch(input, { ...init, headers });
  seenHere.accept(sent, answer.headers.get(SEEN_HEADER));
  return answer;
};
