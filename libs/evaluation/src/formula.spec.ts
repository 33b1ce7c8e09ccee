import { formulaProblems, sumsOf, type DataElement } from './index.ts';

const element = (code: string, sumOf: string[] | null = null, unit = 'people'): DataElement => ({
  code,
  nameId: code,
  nameEn: code,
  unit,
  sumOf,
});
const indicator = (what: Partial<Parameters<typeof formulaProblems>[1][number]> = {}) => ({
  code: 'KN',
  unit: 'percent',
  multiplier: '100',
  numeratorElement: 'kn',
  denominatorElement: 'births',
  ...what,
});
const catalogue = [
  element('kn', ['kn.girls', 'kn.boys']),
  element('kn.girls'),
  element('kn.boys'),
  element('births'),
];

describe('formulas', () => {
  it('of a sum and a plain element have no problem, and a sum is what is entered for it', () => {
    expect(formulaProblems(catalogue, [indicator()])).toEqual([]);
    expect(sumsOf(catalogue)).toEqual(new Map([['kn', ['kn.girls', 'kn.boys']]]));
  });

  it('may be sums of sums', () => {
    const nested = [...catalogue, element('all', ['kn', 'twins']), element('twins')];
    expect(formulaProblems(nested, [])).toEqual([]);
    expect(sumsOf(nested).get('all')).toEqual(['kn.girls', 'kn.boys', 'twins']);
  });

  it('need no catalogue of elements', () => {
    expect(formulaProblems([], [indicator()])).toEqual([]);
  });

  it.each([
    [
      'an unknown code of an indicator',
      catalogue,
      indicator({ denominatorElement: 'birth' }),
      { code: 'element-unknown', at: 'KN', element: 'birth' },
    ],
    [
      'an unknown code of a sum',
      [...catalogue, element('sum', ['kn', 'gone'])],
      indicator(),
      { code: 'element-unknown', at: 'sum', element: 'gone' },
    ],
    [
      'a code that stands twice',
      [...catalogue, element('births')],
      indicator(),
      { code: 'element-twice', at: 'births' },
    ],
    [
      'a sum of itself',
      [...catalogue, element('a', ['a'])],
      indicator(),
      { code: 'circle', at: 'a', circle: ['a', 'a'] },
    ],
    [
      'a circle of three',
      [...catalogue, element('a', ['b']), element('b', ['c']), element('c', ['a'])],
      indicator(),
      { code: 'circle', at: 'a', circle: ['a', 'b', 'c', 'a'] },
    ],
    [
      'an element that is counted twice',
      [...catalogue, element('double', ['kn', 'kn.girls'])],
      indicator(),
      { code: 'counted-twice', at: 'double', element: 'kn.girls' },
    ],
    [
      'unlike things in a sum',
      [...catalogue, element('mixed', ['births', 'visits']), element('visits', null, 'visits')],
      indicator(),
      { code: 'unit-differs', at: 'mixed', unit: 'people', element: 'visits', elementUnit: 'visits' },
    ],
    [
      'a percentage of unlike things',
      [...catalogue, element('visits', null, 'visits')],
      indicator({ numeratorElement: 'visits' }),
      { code: 'unit-differs', at: 'KN', unit: 'visits', element: 'births', elementUnit: 'people' },
    ],
    [
      'a multiplier that is not that of the unit',
      catalogue,
      indicator({ multiplier: '1000' }),
      { code: 'multiplier', at: 'KN', unit: 'percent', multiplier: '1000', expected: '100' },
    ],
    [
      'a count with a multiplier',
      catalogue,
      indicator({ unit: 'count' }),
      { code: 'multiplier', at: 'KN', unit: 'count', multiplier: '100', expected: '-' },
    ],
  ])('are refused for %s', (_, elements, of, problem) => {
    expect(formulaProblems(elements, [of])).toContainEqual(problem);
  });

  it('may relate unlike things in a rate', () => {
    const rate = indicator({
      unit: 'per 100,000 live births',
      multiplier: '100000',
      numeratorElement: 'deaths',
    });
    expect(formulaProblems([...catalogue, element('deaths', null, 'deaths')], [rate])).toEqual([]);
  });

  it('of a bundle with two circles name both', () => {
    const circles = [element('a', ['b']), element('b', ['a']), element('c', ['d']), element('d', ['c', 'a'])];
    expect(formulaProblems(circles, []).map(({ code, at }) => `${code} ${at}`)).toEqual(
      expect.arrayContaining(['circle a', 'circle b', 'circle c', 'circle d']),
    );
  });
});
