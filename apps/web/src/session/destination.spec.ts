import { inside, signInFor } from './destination.ts';

describe('the page after sign-in', () => {
  it('is the one that was asked for', () => {
    const page = '/puskesmas/1012406?periode=2024-12#rtl';
    const asked = new URL(signInFor(page), 'http://localhost').searchParams.get('ke');
    expect(inside(asked)).toBe(page);
  });

  it.each([
    null,
    '',
    'https://example.org/',
    '//example.org/masuk',
    '/\\example.org',
    'javascript:alert(1)',
    'puskesmas',
  ])('is the start page instead of %s', (page) => {
    expect(inside(page)).toBe('/');
  });

  it('needs no address of its own for the start page', () => {
    expect(signInFor('/')).toBe('/masuk');
  });
});
