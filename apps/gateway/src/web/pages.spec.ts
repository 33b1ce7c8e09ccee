import { isFile } from './pages.ts';

describe('an address of the browser application', () => {
  it.each(['/assets/index-B1.js', '/assets/fonts/a.woff2', '/robots.txt'])('%s is a file', (pathname) => {
    expect(isFile(pathname)).toBe(true);
  });

  it.each(['/', '/masuk', '/kabupaten/19.06', '/kabupaten/19.06/indikator/KIA-K1', '/rtl/QWN0aW9uOjE'])(
    '%s is a page',
    (pathname) => {
      expect(isFile(pathname)).toBe(false);
    },
  );
});
