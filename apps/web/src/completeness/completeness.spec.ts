import { percentReported, reporting, shadeOf, type Month } from './completeness.ts';

const month = (timeliness: Month['timeliness'], reported = 0, expected = 10): Month => ({
  timeliness,
  reported,
  expected,
});

describe('completeness', () => {
  it('is 100 for all of it alone, and nothing where nothing is expected', () => {
    expect(percentReported(month('ON_TIME', 199, 200))).toBe(99);
    expect(percentReported(month('ON_TIME', 200, 200))).toBe(100);
    expect(percentReported(month('MISSING', 0))).toBe(0);
    expect(percentReported(month('NOT_EXPECTED', 0, 0))).toBeNull();
  });

  it('counts who was expected, who submitted and who in time', () => {
    const all = (['NOT_EXPECTED', 'RUNNING', 'ON_TIME', 'SUBMITTED', 'LATE', 'MISSING'] as const).map((it) =>
      month(it),
    );
    expect(reporting(all)).toEqual({ expected: 5, submitted: 3, onTime: 1 });
    expect(reporting([])).toEqual({ expected: 0, submitted: 0, onTime: 0 });
  });

  it('is drawn in four steps', () => {
    expect([0, 1, 49, 50, 99, 100].map(shadeOf)).toEqual([0, 1, 1, 2, 2, 3]);
  });
});
