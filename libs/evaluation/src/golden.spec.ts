import { periodOf } from '@lokmin/calendar';
import { goldenCases } from '../testing/index.ts';
import { judge } from './index.ts';

describe('the golden cases', () => {
  const cases = goldenCases(2024);

  it('are two hundred and more, of every state and judgement', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(new Set(cases.map(({ expected }) => expected.coverageState)).size).toBe(4);
    expect(new Set(cases.map(({ expected }) => expected.judgement)).size).toBe(5);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const result = judge(one.definition, one.rules, periodOf(2024, one.month), one.values);
    expect(result).toMatchObject(one.expected);
  });
});
