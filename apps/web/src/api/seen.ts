/** The header by which the gateway says which revisions a command made, and by which they are sent back. */
export const SEEN_HEADER = 'lokmin-seen';

const entries = (header: string | null): string[] =>
  (header ?? '').split(',').flatMap((entry) => entry.trim() || []);

/**
 * Remembers what this page's own commands made, so that a gateway that has not heard of it yet does not answer from what
 * it kept. An answer says what is left to remember of what its request sent; what other answers brought meanwhile stays.
 */
export function seenRevisions() {
  let seen: string[] = [];
  return {
    /** The header of the next request, or null when there is nothing to say. */
    toSend: (): string | null => (seen.length > 0 ? seen.join(', ') : null),
    /** @param received null when the answer does not speak of it */
    accept(sent: string | null, received: string | null): void {
      if (received === null) return;
      const answered = new Set(entries(sent));
      seen = [...new Set([...seen.filter((entry) => !answered.has(entry)), ...entries(received)])];
    },
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
