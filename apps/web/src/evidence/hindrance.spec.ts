import { hindranceOf } from './hindrance.ts';

describe('a file that was chosen', () => {
  const LARGEST = 5 * 1024 * 1024;
  it.each([
    [0, false, 'empty'],
    [0, true, 'empty'],
    [1, false, null],
    [1, true, 'unreadable'],
    [LARGEST, false, null],
    [LARGEST + 1, false, 'too-large'],
  ])('of %i bytes, unreadable: %s, is hindered by: %s', (size, unreadable, hindrance) =>
    expect(hindranceOf({ content: { size }, unreadable })).toBe(hindrance),
  );
});
