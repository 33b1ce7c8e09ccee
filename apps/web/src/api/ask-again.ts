import { useEffect, useEffectEvent, useRef } from 'react';
import type { UseQueryExecute, UseQueryState } from 'urql';

/**
 * Asks anew for what a page shows. News that arrives while an answer is on its way may be missing from that answer, so
 * one more question follows it; any number of such news make one question.
 */
export function useAskAgain(
  state: Pick<UseQueryState, 'fetching' | 'stale'>,
  ask: UseQueryExecute,
): () => void {
  const owed = useRef(false);
  const busy = state.fetching || state.stale;
  const askNow = useEffectEvent(() => ask({ requestPolicy: 'network-only' }));
  useEffect(() => {
    if (busy || !owed.current) return;
    owed.current = false;
    askNow();
  }, [busy]);
  return () => {
    if (busy) owed.current = true;
    else ask({ requestPolicy: 'network-only' });
  };
}
