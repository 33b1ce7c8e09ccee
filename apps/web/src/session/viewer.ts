import { createContext, use, useSyncExternalStore } from 'react';
import type { Viewer } from './posts.ts';
import { readSession, watchSession, type SessionState } from './session.ts';

export const useSession = (): SessionState => useSyncExternalStore(watchSession, readSession);

export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person; only below the pages that ask for sign-in. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('This page is shown only to somebody signed in');
  return viewer;
}
