import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createRequest, useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';

/** A question of a page to the gateway, and what is known of its answer. */
export interface Asked<Data> {
  /** The newest good answer to this very question, perhaps one that was kept; undefined before it came. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  /** An answer is on its way. */
  readonly waiting: boolean;
  /**
   * Asks anew. News that arrives while an answer is on its way may be missing from that answer, so one more question
   * follows it; any number of such news make one question.
   */
  readonly askAgain: () => void;
}

export function useAsked<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const [state, ask] = useQuery<Data, AnyVariables>({ query, variables });
  // After another period or place was chosen the hook still holds the answer for the one before.
  const { key } = createRequest<Data, AnyVariables>(query, variables);
  const isCurrent = state.operation?.key === key;
  const data = isCurrent ? state.data : undefined;
  // An answer that was good stays on the screen when the next one fails; the error is told beside it.
  const [last, setLast] = useState<{ query: number; data: Data } | null>(null);
  if (isCurrent && data !== undefined && last?.data !== data) setLast({ query: key, data });
  const waiting = state.fetching || state.stale || !isCurrent;
  const owed = useRef(false);
  const askNow = useEffectEvent(() => ask({ requestPolicy: 'network-only' }));
  useEffect(() => {
    if (waiting || !owed.current) return;
    owed.current = false;
    askNow();
  }, [waiting]);
  return {
    data: data ?? (last?.query === key ? last.data : undefined),
    error: isCurrent ? state.error : undefined,
    waiting,
    askAgain: () => {
      if (waiting) owed.current = true;
      else ask({ requestPolicy: 'network-only' });
    },
  };
}
