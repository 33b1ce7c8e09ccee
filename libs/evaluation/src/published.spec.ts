import { readFileSync } from 'node:fs';

import { parsePeriod } from '@lokmin/calendar';
import { parse } from 'csv-parse/sync';

import {
  aggregate,
  DEFAULT_RULES,
  explainPublished,
  judge,
  type IndicatorDefinition,
  type Reported,
} from './index.ts';
import { referenceIndicators } from './catalogue.ts';
import { exact, halfUp } from './exact.ts';

const demo = new URL('../../../tools/demo/belitung-timur/', import.meta.url);
const december = parsePeriod('2024-12');

interface Row {
  puskesmas: string;
  indicator_code: string;
  numerator: string;
  denominator: string;
  published_value: string;
  recomputed_value: string;
  flags: string;
}
const rows: Row[] = parse(readFileSync(new URL('indicator_results_2024.csv', demo)), { columns: true });

const catalogue = new Map(referenceIndicators().map((indicator) => [indicator.code, indicator]));

function definitionOf(row: Row): IndicatorDefinition {
  const definition = catalogue.get(row.indicator_code);
  if (!definition) throw new Error(`The catalogue lacks ${row.indicator_code}`);
  return definition;
}

/** The yearly figures as year-to-date values of December, as the demonstration loads them. */
function valuesOf(row: Row): Reported[] {
  const value = (element: string, text: string): Reported => ({
    period: december,
    element: `${row.indicator_code}.${element}`,
    covers: 'year_to_date',
    state: 'reported',
    value: text,
  });
  return [value('num', row.numerator), ...(row.denominator === '' ? [] : [value('den', row.denominator)])];
}

const resultOf = (row: Row) => judge(definitionOf(row), DEFAULT_RULES, december, valuesOf(row));

describe('the 385 published results of Belitung Timur 2024', () => {
  it('are all here', () => {
    expect(rows).toHaveLength(385);
    expect(new Set(rows.map((row) => row.indicator_code)).size).toBe(55);
  });

  it('give the recomputed value in each of the 364 rows with a denominator', () => {
    const fractions = rows.filter((row) => row.denominator !== '');
    expect(fractions).toHaveLength(364);
    expect(fractions.map((row) => resultOf(row).coverage)).toEqual(
      fractions.map((row) => row.recomputed_value),
    );
  });

  it('show the other 21 as counts, without a judgement', () => {
    const counts = rows.filter((row) => row.denominator === '');
    expect(counts).toHaveLength(21);
    for (const row of counts) {
      expect(resultOf(row)).toMatchObject({
        numerator: row.numerator,
        denominator: null,
        coverage: `${row.numerator}.00`,
        judgement: 'tanpa_target',
      });
    }
  });

  it('leave exactly the seven printed values of TB-SR unexplained', () => {
    const unexplained = rows.filter(
      (row) =>
        row.published_value !== '' &&
        explainPublished(
          row.numerator,
          row.denominator,
          definitionOf(row).multiplier ?? '',
          row.published_value,
        ) === 'unexplained',
    );
    expect(unexplained.map((row) => row.indicator_code)).toEqual(Array(7).fill('TB-SR'));
    expect(new Set(unexplained.map((row) => row.puskesmas)).size).toBe(7);
  });

  it('need the half unit in 29 rows: the 23 marked as rounded and 6 that differ by at most 0.02', () => {
    // The tables drop trailing zeros: "76" is 76.00.
    const differing = rows.filter(
      (row) =>
        row.indicator_code !== 'TB-SR' &&
        row.published_value !== '' &&
        halfUp(exact(row.published_value), 2) !== row.recomputed_value,
    );
    expect(differing).toHaveLength(29);
    const marked = rows.filter((row) => row.flags.includes('denominator_printed_rounded'));
    expect(marked).toHaveLength(23);
    expect(differing).toEqual(expect.arrayContaining(marked));
    const unmarked = differing.filter((row) => !marked.includes(row)).map((row) => row.indicator_code);
    expect([...new Set(unmarked)].sort()).toEqual(['P2-DIARE-BAL', 'P2-DIARE-SU', 'P2-PNEUMO-BALITA']);
  });

  it('warn of a numerator above the denominator in the 17 rows marked so', () => {
    const warned = rows.filter((row) =>
      resultOf(row).warnings.some(({ code }) => code === 'numerator_above_denominator'),
    );
    expect(warned).toEqual(rows.filter((row) => row.flags.includes('numerator_gt_denominator')));
    expect(warned).toHaveLength(17);
    const kelapaKampit = warned.find((row) => row.recomputed_value === '315.92');
    expect(kelapaKampit && resultOf(kelapaKampit).warnings).toEqual([
      { code: 'numerator_above_denominator', excess: '434' }, // 635 of 201
    ]);
  });

  it.each([
    ['KIA-K1', '1731', '2254', '76.80'],
    ['TB-SR', '149', '175', '85.14'],
  ])('give the district %s: %s / %s = %s', (code, numerator, denominator, coverage) => {
    const units = rows.filter((row) => row.indicator_code === code);
    const definition = definitionOf(units[0] as Row);
    expect(aggregate(definition, DEFAULT_RULES, december, units.map(resultOf))).toMatchObject({
      numerator,
      denominator,
      coverage,
      unitsReporting: 7,
      unitsExpected: 7,
    });
  });
});

describe('a published value', () => {
  it.each([
    // Gantung, TB-SR: printed 17.65, its counts give 28/34 = 82.35
    ['28', '34', '100', '17.65', 'unexplained'],
    ['28', '34', '100', '82.35', 'explained'],
    // 100/33.4 = 299.40, and 33.4 is printed as 33; 100/33 = 303.03
    ['100', '33', '100', '299.40', 'explained'],
    ['100', '33', '100', '298.50', 'unexplained'], // needs 33.501
    ['100', '33', '100', '298.51', 'explained'], // 33.5 gives 298.507
    ['100', '33', '100', '307.69', 'explained'], // 32.5 gives 307.692
    ['100', '33', '100', '307.70', 'unexplained'],
    ['100', '33.00', '100', '299.40', 'explained'],
    ['100', '33.0', '100', '299.40', 'explained'],
    ['100', '33.1', '100', '299.40', 'unexplained'], // printed to a tenth: 33.05 to 33.15
    ['0', '33', '100', '0.00', 'explained'],
    ['0', '33', '100', '0.01', 'unexplained'],
    ['0', '0', '100', '0', 'explained'],
    ['1', '0', '100', '250.00', 'explained'], // 0.4 is printed as 0
    ['1', '0', '100', '199.99', 'unexplained'],
    ['0', '0', '100', '5.00', 'unexplained'],
    ['1.0025', '1', '1', '2.01', 'explained'], // 0.5 gives 2.005, which is printed as 2.01
    ['1.5075', '1', '1', '1.00', 'unexplained'], // 1.5 gives 1.005, which is printed as 1.01
  ] as const)(
    '%s / %s x %s printed as %s is %s',
    (numerator, denominator, multiplier, published, verdict) => {
      expect(explainPublished(numerator, denominator, multiplier, published)).toBe(verdict);
    },
  );

  it('is rounded half up, once', () => {
    expect(halfUp(exact('12.5'), 1)).toBe('12.5');
    expect(halfUp(exact('0.125'), 2)).toBe('0.13');
    expect(halfUp(exact('-0.125'), 2)).toBe('-0.13');
    expect(halfUp(exact('-0.00125'), 2)).toBe('0.00');
    expect(halfUp(exact('2').div(exact('3')), 0)).toBe('1');
    expect(halfUp(exact('1.005'), 2)).toBe('1.01'); // no float holds it
  });
});
