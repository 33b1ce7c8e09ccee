/**
 * A random UUID (version 4). `crypto.randomUUID` exists only on pages served over HTTPS or from this machine; an office
 * server reached by its plain address has `getRandomValues` all the same.
 */
export function randomId(source: Crypto = crypto): string {
  if (typeof source.randomUUID === 'function') return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Refusals after which the command may yet have been done: the next press repeats it under the same id. */
const UNCERTAIN = new Set(['service.unavailable', 'request.too-many', 'internal']);
export const isUncertain = ({ code }: { code: string }): boolean => UNCERTAIN.has(code);

/** The commands of one form or button. */
export interface CommandIds {
  /** What to send for this content: exactly what was sent before while the outcome of the same content is not known. */
  inputFor<Content extends object>(content: Content): Content & { commandId: string };
  /** The outcome is known, done or refused: the next press is a new command. */
  settle(): void;
}

/**
 * A press whose answer was lost may have been done, so pressing again sends the same command: the service then answers
 * with the first outcome instead of doing it twice. Another content is another command; another `expectedRevision` is
 * not, since the page may have learned meanwhile what the first press did.
 */
export function commandIds(newId: () => string = randomId): CommandIds {
  let open: { content: string; input: object } | null = null;
  return {
    inputFor<Content extends object>(content: Content) {
      const text = JSON.stringify({ ...content, expectedRevision: undefined });
      if (open?.content !== text) open = { content: text, input: { ...content, commandId: newId() } };
      return open.input as Content & { commandId: string };
    },
    settle() {
      open = null;
    },
  };
}
