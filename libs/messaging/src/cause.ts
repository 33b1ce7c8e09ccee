import { AsyncLocalStorage } from 'node:async_hooks';
import { uuidv7 } from 'uuidv7';

/** Why something is being done: it travels with every request and fact, so that one press can be followed everywhere. */
export interface Cause {
  readonly correlationId: string;
  /** The fact that set this off, or null when a person or the clock did. */
  readonly causationId: string | null;
  /** The person behind it, or null. */
  readonly actor: string | null;
  readonly traceparent: string | null;
}

const causes = new AsyncLocalStorage<Cause>();

/** The cause of the work at hand; outside of any, the system's own with a new correlation id. */
export const currentCause = (): Cause =>
  causes.getStore() ?? { correlationId: uuidv7(), causationId: null, actor: null, traceparent: null };

export const withCause = <T>(cause: Cause, work: () => T): T => causes.run(cause, work);
