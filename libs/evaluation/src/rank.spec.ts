import { rank } from './index.ts';

describe('places', () => {
  it.each([
    ['nobody', [], []],
    ['one alone', ['79.51'], [1]],
    ['the greatest first', ['80.00', '100.00', '9.50'], [2, 1, 3]],
    ['equal figures share a place, and the next one is free', ['90', '95.5', '95.50', '80'], [3, 1, 1, 4]],
    ['all alike', ['0', '0.00', '-0.0'], [1, 1, 1]],
    [
      'who has no figure has no place, and is not the last: 0 is a figure',
      [null, '0.00', null, '0.01'],
      [null, 2, null, 1],
    ],
    ['no figure anywhere', [null, null], [null, null]],
    ['above a hundred, below zero', ['112.40', '-3.10', '100.00'], [1, 3, 2]],
    ['digits that a double would lose', ['0.1000000000000000001', '0.1'], [1, 2]],
  ])('%s', (_what, figures, places) => {
    expect(rank(figures)).toEqual(places);
  });
});
