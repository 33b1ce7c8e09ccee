import { parsePeriod, periodOf } from '@lokmin/calendar';
import fc from 'fast-check';

import { aggregate, DEFAULT_RULES, judge, type Reported } from './index.ts';
import { anIndicator } from '../testing/index.ts';
import { Fraction, halfUp } from './exact.ts';

const indicator = anIndicator('X');
const december = parsePeriod('2024-12');

const yearToDate = (element: string, value: bigint | string): Reported => ({
  period: december,
  element,
  covers: 'year_to_date',
  state: 'reported',
  value: String(value),
});
const group = yearToDate('X.den', '1000');

/** Up to 30 digits: far beyond what a float holds. */
const count = fc.bigInt({ min: 0n, max: 10n ** 30n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 30n });
const judged = (values: Reported[]) => judge(indicator, DEFAULT_RULES, december, values);

describe('for all numbers', () => {
  it('a performance falls in exactly one band, the one that integer arithmetic says', () => {
    fc.assert(
      fc.property(count, positive, (numerator, denominator) => {
        const { judgement } = judged([yearToDate('X.num', numerator), yearToDate('X.den', denominator)]);
        const inBands = [
          ['kurang', numerator * 100n <= 80n * denominator],
          ['cukup', numerator * 100n > 80n * denominator && numerator * 100n < 91n * denominator],
          ['baik', numerator * 100n >= 91n * denominator],
        ].filter(([, inBand]) => inBand);
        expect(inBands.map(([band]) => band)).toEqual([judgement]);
      }),
    );
  });

  it('so do performances around the edges', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(80n, 91n),
        fc.bigInt({ min: -3n, max: 3n }),
        fc.integer({ min: 1, max: 28 }),
        (edge, off, digits) => {
          const unit = 10n ** BigInt(digits);
          const { judgement } = judged([
            yearToDate('X.num', edge * unit + off),
            yearToDate('X.den', 100n * unit),
          ]);
          const below = edge === 80n ? off <= 0n : off < 0n;
          expect(judgement).toBe(edge === 80n ? (below ? 'kurang' : 'cukup') : below ? 'cukup' : 'baik');
        },
      ),
    );
  });

  it('coverage is the half-up quotient, checked in integers', () => {
    fc.assert(
      fc.property(count, positive, (numerator, denominator) => {
        const shown = BigInt(halfUp(new Fraction(numerator, denominator).mul(100n), 2).replace('.', ''));
        // shown - 1/2 <= numerator x 10^4 / denominator < shown + 1/2
        const twice = 2n * numerator * 10_000n;
        expect((2n * shown - 1n) * denominator <= twice && twice < (2n * shown + 1n) * denominator).toBe(
          true,
        );
      }),
    );
  });

  it('the order of values and of units does not matter', () => {
    const monthValues = fc.array(count, { minLength: 12, maxLength: 12 }).map((values) =>
      values.map((value, index): Reported => ({
        ...yearToDate('X.num', value),
        covers: 'month',
        period: periodOf(2024, index + 1),
      })),
    );
    fc.assert(
      fc.property(
        monthValues.chain((values) =>
          fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: 12 })),
        ),
        ([values, shuffled]) => expect(judged([group, ...shuffled])).toEqual(judged([...values, group])),
      ),
    );
    const units = fc.array(fc.record({ numerator: count.map(String), denominator: count.map(String) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        units.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const [one, other] = [all, shuffled].map((parts) =>
            aggregate(
              indicator,
              DEFAULT_RULES,
              december,
              parts.map((part) => ({ ...part, coverageState: 'value' })),
            ),
          );
          expect(one).toEqual(other);
        },
      ),
    );
  });

  it('a year to date equal to its months changes nothing', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 12, maxLength: 12 }), (values) => {
        const byMonth = values.map((value, index): Reported => ({
          ...yearToDate('X.num', value),
          covers: 'month',
          period: periodOf(2024, index + 1),
        }));
        const total = yearToDate(
          'X.num',
          values.reduce((sum, value) => sum + value, 0n),
        );
        expect(judged([group, ...byMonth, total])).toEqual(judged([group, ...byMonth]));
        expect(judged([group, total])).toEqual(judged([group, ...byMonth]));
      }),
    );
  });

  it('both parts times the same factor give the same coverage, performance and judgement', () => {
    fc.assert(
      fc.property(count, positive, positive, (numerator, denominator, factor) => {
        const { coverage, performance, judgement } = judged([
          yearToDate('X.num', numerator),
          yearToDate('X.den', denominator),
        ]);
        const scaled = judged([
          yearToDate('X.num', numerator * factor),
          yearToDate('X.den', denominator * factor),
        ]);
        expect(scaled).toMatchObject({ coverage, performance, judgement });
      }),
    );
  });

  it('a sum keeps every digit, of decimals too', () => {
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 99 }), (one, other, cents) => {
        const values = [
          { ...yearToDate('X.num', `${one}.${String(cents).padStart(2, '0')}`), period: periodOf(2024, 11) },
          { ...yearToDate('X.num', other), covers: 'month' as const },
        ];
        const decimals = String(cents).padStart(2, '0').replace(/0+$/, '');
        expect(judged(values).numerator).toBe(`${one + other}${decimals && `.${decimals}`}`);
      }),
    );
  });
});
