import fc from 'fast-check';
import type { IndicatorDefinition } from '@lokmin/evaluation';
import type { Bundle } from '../bundle/bundle.entity.ts';
import type { ResultView } from '../value/rollup.entity.ts';
import { isHidden, sensitiveOf, summaryWithout, withoutFigures } from './small-counts.rules.ts';

const BELOW = 5;
const result = (numerator: number, more: Partial<ResultView> = {}) =>
  ({
    code: 'KIA-AKI',
    judgement: 'kurang',
    numerator: String(numerator),
    denominator: '900',
    coverage: '1.00',
    performance: '50.00',
    accumulation: 'cumulative',
    warnings: [],
    ...more,
  }) as ResultView;
const yearOf = (results: ResultView[]) =>
  new Map(results.map((each, i) => [`2024-${String(i + 1).padStart(2, '0')}`, { [each.code]: each }]));
const hiddenIn = (results: ResultView[]) => {
  const year = yearOf(results);
  return [...year.keys()].map((period) => isHidden(year, period, 'KIA-AKI', BELOW));
};

describe('a small count', () => {
  it('is one from 1 to below the limit; none at all is none', () => {
    expect(hiddenIn([result(0)])).toEqual([false]);
    expect(hiddenIn([result(1)])).toEqual([true]);
    expect(hiddenIn([result(4)])).toEqual([true]);
    expect(hiddenIn([result(5)])).toEqual([false]);
    expect(hiddenIn([result(40, { denominator: '4' })])).toEqual([true]);
    expect(hiddenIn([result(897)])).toEqual([true]); // 3 are missing from the whole
    expect(hiddenIn([result(20, { numerator: null, denominator: null })])).toEqual([false]);
  });

  it('cannot be found by subtracting one shown month from another', () => {
    expect(hiddenIn([result(6), result(6), result(7), result(12)])).toEqual([false, false, true, false]);
    expect(hiddenIn([result(6), result(7)].map((each) => ({ ...each, accumulation: 'monthly' })))).toEqual([
      false,
      false,
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 12 }), (steps) => {
        let count = 0;
        const counts = steps.map((step) => (count = Math.max(0, count + step)));
        const hidden = hiddenIn(counts.map((each) => result(each)));
        const shown = [0, ...counts.filter((_, i) => !hidden[i])];
        for (const a of shown) for (const b of shown) expect(a === b || Math.abs(a - b) >= BELOW).toBe(true);
      }),
    );
  });

  it('hides whatever counts the same thing under another name', () => {
    const an = (code: string, more: object) =>
      ({ code, numeratorElement: `${code}.num`, denominatorElement: null, ...more }) as IndicatorDefinition;
    const bundle = {
      indicators: [
        an('KIA-AKI', { smallCountsBelow: BELOW }),
        an('LAIN', { denominatorElement: 'KIA-AKI.num' }),
        an('KIA-K1', {}),
      ],
      elements: [],
    } as unknown as Bundle;
    expect([...sensitiveOf(bundle)]).toEqual([
      ['KIA-AKI', BELOW],
      ['LAIN', BELOW],
    ]);
  });

  it('is hidden with everything that it could be reckoned from, and says that it is', () => {
    const warned = result(3, {
      warnings: [{ code: 'w', indicatorCode: null, message: { id: '3', en: '3' } }],
    });
    expect(JSON.stringify({ ...withoutFigures(warned), code: '', accumulation: '' })).not.toMatch(/[1-9]/);
    expect(withoutFigures(warned)).toMatchObject({ hidden: true, numerator: null, denominator: null });
    const shown = result(7, { code: 'KIA-K1', judgement: 'baik' });
    expect(summaryWithout([warned, shown], new Set(['KIA-AKI']))).toEqual({
      tally: { baik: 1, cukup: 0, kurang: 0, tanpa_target: 0, tanpa_data: 0, disembunyikan: 1 },
      warnings: 0,
      worst: [],
    });
  });
});
