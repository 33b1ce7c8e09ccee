import { linkUntil } from './link-until.ts';

describe('the last day that is proposed for a link', () => {
  const noon = new Date('2025-01-10T05:00:00Z');
  it.each([
    ['2025-01-31', '2025-03-02'],
    ['2025-03-11', '2025-04-10'],
    ['2025-03-12', '2025-04-10'],
    ['2024-12-01', '2025-02-09'],
    [null, '2025-02-09'],
  ])('for the due date %s is %s', (dueDate, until) => {
    expect(linkUntil(dueDate, noon)).toBe(until);
  });
});
