import { createClient, NetworkError, type RequestParams } from 'graphql-sse';
import { useEffect, useEffectEvent, useState } from 'react';
import type { TypedDocumentNode } from 'urql';
import type { KnownDocument } from './known.ts';
import { seenHere } from './seen.ts';
import { authorization, renewSession } from '../session/session.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** A timer that comes this late means that the machine slept: what was connected before may be dead without saying so. */
const SLEPT_MS = 30_000;

interface Stream {
  /** Connects anew, at once. */
  reconnect(): void;
  close(): void;
}

/** One subscription over one connection after another: after a break again by itself, with growing pauses. */
function openStream(
  documentId: string,
  variables: Record<string, unknown>,
  onEvent: (data: unknown) => void,
  onState: (state: LiveState) => void,
): Stream {
  let retryMs = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: () => void = () => {};

  function connect(): void {
    const client = createClient({ url: '/graphql/stream', retryAttempts: 0, headers: authorization });
    let ended = false;
    let stood = false;
    end = () => {
      ended = true;
      clearTimeout(timer);
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
    client.subscribe(
      { documentId, variables } as unknown as RequestParams, // the gateway has the text
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
    end();
    retryMs = FIRST_RETRY_MS;
    connect();
  }

  let lastTick = Date.now();
  const ticks = setInterval(() => {
    if (Date.now() - lastTick > SLEPT_MS) reconnect();
    lastTick = Date.now();
  }, 5_000);
  const cutOff = () => {
    end();
    onState('lost');
  };
  addEventListener('online', reconnect);
  addEventListener('offline', cutOff);
  onState('connecting');
  connect();
  return {
    reconnect,
    close() {
      clearInterval(ticks);
      removeEventListener('online', reconnect);
      removeEventListener('offline', cutOff);
      end();
    },
  };
}

/** What the page that holds the connection tells the others, and what a new page asks it. */
type Word = { state: LiveState } | { event: unknown } | { hello: true };

/**
 * Follows a subscription for as long as it is wanted. A browser allows six connections to one server, so of the pages
 * that follow the same thing one holds the connection and tells the others, and a hidden page holds none. (Taking turns
 * needs HTTPS or this machine; elsewhere each visible page holds its own.)
 * @param onEvent every event, the first one of each connection included: it says that the subscription stands
 * @returns ends it
 */
export function follow<Data, Variables extends Record<string, unknown>>(
  { documentId }: TypedDocumentNode<Data, Variables> & KnownDocument,
  variables: Variables,
  onEvent: (data: Data) => void,
  onState: (state: LiveState) => void,
): () => void {
  const name = `lokmin-live ${documentId} ${JSON.stringify(variables)}`;
  const others = new BroadcastChannel(name);
  const tell = (word: Word) => others.postMessage(word);
  let stream: Stream | null = null;
  let leave: AbortController | null = null;
  let state: LiveState = 'connecting';
  let standing: unknown = null;

  /** Holds the connection until `left`. */
  const lead = (left: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (left.aborted) return resolve();
      stream = openStream(
        documentId,
        variables,
        (data) => {
          standing ??= data;
          tell({ event: data });
          hear(data);
        },
        (next) => {
          state = next;
          tell({ state });
          onState(state);
        },
      );
      left.addEventListener('abort', () => {
        stream?.close();
        stream = null;
        resolve();
      });
    });

  /** An event may say what to send back with what is asked then. */
  const hear = (data: unknown) => {
    for (const change of Object.values(data as Record<string, { seen?: string | null }>))
      seenHere.hear(change.seen ?? null);
    onEvent(data as Data);
  };

  others.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if ('hello' in word) {
      if (!stream) return;
      tell({ state });
      // Whoever comes later asks anew for what it shows, as after the first event of a connection of its own.
      if (standing !== null) tell({ event: standing });
    } else if (stream) return;
    else if ('state' in word) onState(word.state);
    else hear(word.event);
  };

  function come(): void {
    if (leave || globalThis.document.hidden) return;
    leave = new AbortController();
    const { signal } = leave;
    tell({ hello: true });
    const turn = navigator.locks
      ? navigator.locks.request(name, { signal }, () => lead(signal))
      : lead(signal);
    turn.catch((error: unknown) => {
      if (!signal.aborted) throw error; // left while waiting for the turn
    });
  }
  function go(): void {
    leave?.abort();
    leave = null;
  }
  const onVisibility = () => (globalThis.document.hidden ? go() : come());

  globalThis.document.addEventListener('visibilitychange', onVisibility);
  come();
  return () => {
    globalThis.document.removeEventListener('visibilitychange', onVisibility);
    go();
    others.close();
  };
}

/**
 * Follows a subscription while the component is on the screen.
 * @param variables null: nothing to follow yet
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables> & KnownDocument,
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
