import { readFileSync } from 'node:fs';
import { parsePeriod, periodOf } from '@lokmin/calendar';
import {
  DEFAULT_RULES,
  judge,
  pwsStatus,
  targetFor,
  type IndicatorDefinition,
  type Reported,
  type Rules,
  type Target,
} from './index.ts';
import { exact } from './exact.ts';
import { anIndicator } from '../testing/index.ts';

const text = readFileSync(new URL('../../../docs/indicators.md', import.meta.url), 'utf8');

/** The rows of a table of docs/indicators.md, by the words of its head. */
function casesOf(name: string): Record<string, string>[] {
  const [, table] = new RegExp(`<!-- cases: ${name} -->\\s+([^]*?)\\s+<!-- end -->`).exec(text) ?? [];
  const [head, , ...rows] = table!.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head![i]!, cell])));
}

const indicator = (what: Partial<IndicatorDefinition>) =>
  anIndicator('X', { numeratorElement: 'n', denominatorElement: 'd', annualTarget: null, ...what });
const values = (month: number, row: Record<string, string>): Reported[] =>
  (['Numerator', 'Denominator'] as const).map((part) => ({
    period: parsePeriod(periodOf(2024, month)),
    element: part === 'Numerator' ? 'n' : 'd',
    covers: 'year_to_date',
    state: 'reported',
    value: row[part]!,
  }));

describe('the worked examples of docs/indicators.md', () => {
  it.each(casesOf('performance').map((row) => [row['Source'], row]))('%s', (_, row) => {
    const definition = indicator({
      accumulation: row['Kind'] as IndicatorDefinition['accumulation'],
      annualTarget: row['Target']!,
      activeMonths: row['Rounds'] ? row['Rounds'].split(' ').map(Number) : null,
    });
    const month = Number(row['Month']);
    expect(judge(definition, DEFAULT_RULES, periodOf(2024, month), values(month, row))).toMatchObject({
      coverage: row['Coverage'],
      runningTarget: row['Due'],
      performance: row['Performance'],
      judgement: row['Judgement'],
    });
  });

  it.each(casesOf('lower').map((row) => [row['Numerator'], row['Formula'], row]))(
    'a ceiling: %s by %s',
    (_, __, row) => {
      const rules: Rules = { ...DEFAULT_RULES, lowerIsBetter: row['Formula'] as Rules['lowerIsBetter'] };
      const definition = indicator({
        direction: 'lower',
        accumulation: 'snapshot',
        annualTarget: row['Ceiling']!,
      });
      expect(judge(definition, rules, periodOf(2024, 12), values(12, row))).toMatchObject({
        coverage: row['Coverage'],
        performance: row['Performance'],
        judgement: row['Judgement'],
      });
    },
  );

  it.each(casesOf('pws').map((row) => [row['Remark'], row]))('the status of a village: %s', (_, row) => {
    const status = pwsStatus({
      coverage: exact(row['Coverage']!),
      runningTarget: exact(row['Due']!),
      ofMonth: exact(row['This month']!),
      ofLastMonth: exact(row['Last month']!),
    });
    expect(status).toBe(row['Status']);
  });

  it('hold for the order of targets: each where those before it are taken away', () => {
    const rows = casesOf('precedence').filter((row) => row['For'] !== 'bundle');
    const targets: Target[] = rows.map((row) => ({
      indicatorCode: 'X',
      unitId: row['For'] === 'puskesmas' ? 'a' : null,
      coachingGroupId: row['For'] === 'coaching group' ? 'g' : null,
      month: row['When'] === 'the month' ? 12 : null,
      value: row['Target']!,
    }));
    const unit = { unitId: 'a', coachingGroupIds: ['g'] };
    expect(
      targets.map((_, i) => targetFor(targets.slice(i).toReversed(), 'X', unit, periodOf(2024, 12))?.value),
    ).toEqual(rows.map((row) => row['Target']));
    expect(targetFor([], 'X', unit, periodOf(2024, 12))).toBeNull();
  });
});
