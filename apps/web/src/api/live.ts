import { createClient, NetworkError } from 'graphql-sse';
import { useEffect, useEffectEvent, useState } from 'react';
import { stringifyDocument, type TypedDocumentNode } from 'urql';
import { authorization, renewSession } from '../session/session.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** A timer that comes this late means that the machine slept: what was connected before may be dead without saying so. */
const SLEPT_MS = 30_000;

/**
 * Follows a subscription for as long as it is wanted: after a break it connects again by itself, with growing pauses,
 * at once when the network is back. A hidden page holds no connection, because a browser allows few to one server.
 * @param onEvent every event, the first one of each connection included: it says that the subscription stands
 * @returns ends it
 */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onEvent: (data: Data) => void,
  onState: (state: LiveState) => void,
): () => void {
  const query = stringifyDocument(document);
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | null = null;

  function connect(): void {
    clearTimeout(timer);
    if (close || globalThis.document.hidden) return;
    const client = createClient({ url: '/graphql/stream', retryAttempts: 0, headers: authorization });
    let ended = false;
    let stood = false;
    const end = () => {
      ended = true;
      close = null;
      client.dispose();
    };
    const again = () => {
      if (ended) return;
      end();
      onState('lost');
      // Half of the pause is chance, so that a hundred screens do not come back in one moment.
      timer = setTimeout(connect, retryMs / 2 + (Math.random() * retryMs) / 2);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
    const failed = async (error: unknown) => {
      const { status } = (error instanceof NetworkError ? error.response : null) ?? {};
      if (status === 401 && !ended) await renewSession();
      again();
    };
    // The gateway ends a stream with the token it was opened with, or when the person's posts changed.
    const complete = () => {
      if (ended || !stood) return again();
      end();
      connect();
    };
    close = end;
    client.subscribe<Data>(
      { query, variables },
      {
        next(result) {
          if (ended) return;
          if (!result.data || result.errors?.length) return again();
          stood = true;
          retryMs = FIRST_RETRY_MS;
          onState('live');
          onEvent(result.data);
        },
        error: (error) => void failed(error),
        complete,
      },
    );
  }
  function reconnect(): void {
    close?.();
    retryMs = FIRST_RETRY_MS;
    connect();
  }
  function onVisibility(): void {
    if (globalThis.document.hidden) close?.();
    else reconnect();
  }

  let lastTick = Date.now();
  const ticks = setInterval(() => {
    if (Date.now() - lastTick > SLEPT_MS) reconnect();
    lastTick = Date.now();
  }, 5_000);
  globalThis.document.addEventListener('visibilitychange', onVisibility);
  addEventListener('online', reconnect);
  onState('connecting');
  connect();
  return () => {
    clearTimeout(timer);
    clearInterval(ticks);
    globalThis.document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('online', reconnect);
    close?.();
  };
}

/**
 * Follows a subscription while the component is on the screen.
 * @param variables null: nothing to follow yet
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
  onEvent: (data: Data) => unknown,
): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const tell = useEffectEvent(onEvent);
  const key = variables && JSON.stringify(variables);
  useEffect(() => {
    if (key === null) return;
    return follow(document, JSON.parse(key) as Variables, (data) => tell(data), setState);
  }, [document, key]);
  return state;
}
