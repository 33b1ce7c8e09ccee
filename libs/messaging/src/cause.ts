import { AsyncLocalStorage } from 'node:async_hooks';
import { uuidv7 } from 'uuidv7';

/** Why something is being done: it travels with every request and fact, so that one press can be followed everywhere. */
export interface Cause {
  readonly correlationId: string;
  /** The fact that set this off, or null when a person or the clock did. */
  readonly causationId: string | null;
  /** The person or guest behind it, or null. */
  readonly actor: string | null;
  readonly traceparent: string | null;
  /** The session that the person is signed in with, where the token says so. */
  readonly sessionId?: string | null;
  /** What does it: the subject of the request, the durable of the reader, or an operator's command. Left out: the clock. */
  readonly by?: { readonly request: string } | { readonly reader: string } | { readonly operator: string };
}

/** Who asks, as an access token proves it. */
export interface Asker {
  /** The person, or the guest. */
  readonly actor: string;
  /** The session, or the link of a guest, that the token was given to; null where it does not say. */
  readonly sessionId: string | null;
}

const causes = new AsyncLocalStorage<Cause>();

/** The cause of the work at hand; outside of any, the system's own with a new correlation id. */
export const currentCause = (): Cause =>
  causes.getStore() ?? { correlationId: uuidv7(), causationId: null, actor: null, traceparent: null };

/** The HTTP header under which a client gives the number of its request, and is told it. */
export const CORRELATION_HEADER = 'lokmin-correlation';
const CORRELATION = /^[\w-]{8,64}$/;
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** Under which number an HTTP request can be followed: the client's own, if it gave one that fits. */
export function causeOfRequest(
  headers: Record<string, string | string[] | undefined>,
  actor: string | null,
): Cause {
  const correlation = headers[CORRELATION_HEADER];
  const traceparent = headers['traceparent'];
  return {
    correlationId: typeof correlation === 'string' && CORRELATION.test(correlation) ? correlation : uuidv7(),
    causationId: null,
    actor,
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : null,
  };
}

/** A command, and under which id it is kept. */
export interface CommandRun {
  readonly operation: string;
  readonly commandId: string;
}

/** Variable of a transaction in which the triggers of the audit trail find why something changes. */
export const CAUSE_SETTING = 'lokmin.cause';

/** What the audit trail is told of the cause at hand. Who changes something without telling is noted as a database role. */
export function causeForAudit(now: Date, command?: CommandRun): string {
  const { correlationId, causationId, actor, sessionId, by } = currentCause();
  const at = { at: now.toISOString(), person: actor, session: sessionId, correlation: correlationId };
  if (by && 'reader' in by)
    return JSON.stringify({ ...at, kind: 'reaction', operation: by.reader, fact: causationId });
  if (by && 'operator' in by) return JSON.stringify({ ...at, kind: 'operator', operation: by.operator });
  if (!by && !command && !actor) return JSON.stringify({ ...at, kind: 'clock' });
  const operation = command?.operation ?? (by && 'request' in by ? by.request : undefined);
  return JSON.stringify({ ...at, kind: 'person', operation, command: command?.commandId });
}

export const withCause = <T>(cause: Cause, work: () => T): T => causes.run(cause, work);
