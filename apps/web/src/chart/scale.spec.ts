import { axis, segments } from './scale.ts';

describe('an axis', () => {
  it('goes from 0 to at or above the highest figure in round steps', () => {
    expect(axis([97.3, 12])).toEqual([0, 20, 40, 60, 80, 100]);
    expect(axis([100])).toEqual([0, 20, 40, 60, 80, 100]);
    expect(axis([100.01])).toEqual([0, 50, 100, 150]);
    expect(axis([315.92])).toEqual([0, 100, 200, 300, 400]);
    expect(axis([0.7])).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(axis([])).toEqual(axis([0, 0]));
  });
});

describe('lines', () => {
  const has = (figure: number | null) => figure !== null;
  it('end at a gap, and where they are told to', () => {
    expect(segments([1, 2, null, 4, null], has)).toEqual([[0, 1], [3]]);
    expect(segments([1, 2, 3, 4], has, (_, i) => i === 2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(segments([null], has)).toEqual([]);
  });
});
