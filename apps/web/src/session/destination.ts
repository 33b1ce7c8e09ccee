/**
 * The page to open after sign-in. Only an address of this application is followed, so that a link cannot send somebody
 * who just signed in to another site.
 */
export function inside(page: string | null): string {
  if (page === null || !page.startsWith('/')) return '/';
  const here = 'http://lokmin.invalid';
  const url = URL.parse(page, here);
  return url?.origin === here ? url.pathname + url.search + url.hash : '/';
}

/** The sign-in page that leads back to this one. */
export const signInFor = (page: string): string =>
  page === '/' ? '/masuk' : `/masuk?ke=${encodeURIComponent(page)}`;
