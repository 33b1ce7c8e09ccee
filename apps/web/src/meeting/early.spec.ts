import { earliness } from './early.ts';

describe('opening a meeting of 12 December, 09.00 WIT', () => {
  it.each([
    ['on the day before, in its zone', '2024-12-11T14:59:59Z', 'day'],
    ['on its day, while it is still the day before in Jakarta', '2024-12-11T15:00:00Z', 'hour'],
    ['a second before its start', '2024-12-11T23:59:59Z', 'hour'],
    ['at its start', '2024-12-12T00:00:00Z', null],
    ['late', '2024-12-20T00:00:00Z', null],
  ])('is early %s', (_, now, early) =>
    expect(earliness('2024-12-12T09:00:00+09:00', 'Asia/Jayapura', new Date(now))).toBe(early),
  );

  it('is never early without a start', () =>
    expect(earliness(null, 'Asia/Jakarta', new Date('2024-12-12T00:00:00Z'))).toBeNull());
});
