import { exact } from './exact.ts';

/** True when two counts differ, and by less than `below`: the difference is a small count. Exact decimals. */
export function isSmallCount(count: string, other: string, below: number): boolean {
  const difference = exact(count).sub(exact(other)).abs();
  return difference.compare(0) > 0 && difference.compare(below) < 0;
}
