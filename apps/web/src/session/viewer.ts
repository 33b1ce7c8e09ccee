import { createContext, use, useSyncExternalStore } from 'react';
import type { ViewerFieldsFragment } from '../api/operations.generated.ts';
import { readSession, watchSession, type SessionState } from './session.ts';

export type Viewer = ViewerFieldsFragment;

export const useSession = (): SessionState => useSyncExternalStore(watchSession, readSession);

export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in person; only below the pages that ask for sign-in. */
export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('This page is shown only to somebody signed in');
  return viewer;
}

/** What a screen offers; whether it is allowed is decided in the services. */
export const isDistrictOfficer = (viewer: Viewer): boolean =>
  viewer.posts.some((post) => post.role === 'PETUGAS_DINAS' || post.role === 'ADMINISTRATOR');

export const returnsEvaluations = (viewer: Viewer): boolean =>
  viewer.posts.some((post) => post.role === 'PETUGAS_DINAS');

export const isHead = (viewer: Viewer, puskesmas: string): boolean =>
  viewer.posts.some((post) => post.role === 'KEPALA_PUSKESMAS' && post.puskesmas?.code === puskesmas);

export const entersValues = (viewer: Viewer, puskesmas: string, program?: string): boolean =>
  isHead(viewer, puskesmas) ||
  viewer.posts.some(
    (post) =>
      post.role === 'PEMEGANG_PROGRAM' &&
      post.puskesmas?.code === puskesmas &&
      (post.program === null || program === undefined || post.program === program),
  );

/** The district of a puskesmas that the person works in, or else of the person's first post. */
export const districtOf = (viewer: Viewer, puskesmas?: string): string | null =>
  (viewer.posts.find((post) => post.puskesmas?.code === puskesmas) ?? viewer.posts[0])?.districtCode ?? null;

/** Where the person starts: the district page for its officers, else the own puskesmas. */
export function startPage(viewer: Viewer): string | null {
  const district = viewer.posts.find(
    (post) => post.role === 'PETUGAS_DINAS' || post.role === 'ADMINISTRATOR',
  );
  if (district) return `/kabupaten/${district.districtCode}`;
  const own = viewer.posts.find((post) => post.puskesmas !== null);
  return own?.puskesmas ? `/puskesmas/${own.puskesmas.code}` : null;
}
