import { demandUntil } from './deviation.rules.ts';

describe('the last day of an accepted deviation', () => {
  const refused = expect.objectContaining({ code: 'deviation.until' });
  it.each(['2025-02-03', '2025-02-04', '2026-02-04'])('%s may be chosen on 3 February 2025', (until) => {
    expect(() => demandUntil(until, '2025-02-03')).not.toThrow();
  });
  it.each(['2025-02-02', '2026-02-05'])('%s may not', (until) => {
    expect(() => demandUntil(until, '2025-02-03')).toThrow(refused);
  });
});
