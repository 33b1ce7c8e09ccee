import { monthOf, yearOf, type Period } from '@lokmin/calendar';

import { exact, Fraction, halfUp } from './exact.ts';
import type { CoverageState, IndicatorDefinition, Result } from './indicator.ts';

/** What a series needs of the definition that held in a month. */
export type Measure = Pick<
  IndicatorDefinition,
  | 'unit'
  | 'direction'
  | 'accumulation'
  | 'multiplier'
  | 'numeratorElement'
  | 'denominatorElement'
  | 'numeratorDefinition'
  | 'denominatorDefinition'
>;

/** One month of an indicator of one unit, as it was judged. Months follow one another without a hole. */
export interface TrendMonth {
  period: Period;
  /** null: that year does not have the indicator. */
  measure: Measure | null;
  /** null: nothing was recorded in that month. */
  result:
    | (Pick<
        Result,
        'numerator' | 'denominator' | 'coverage' | 'coverageState' | 'monthsReported' | 'monthsExpected'
      > & { warnings: readonly { code: string }[] })
    | null;
}

export interface TrendPoint {
  period: Period;
  /** As the month was judged (`cumulative`: the year through it), half up to 2 decimals; null is a gap, never zero. */
  coverage: string | null;
  /** Why there is a gap. A cumulative month in which nothing was reported is `missing`, though the sum of before stands. */
  state: CoverageState;
  /** What the month itself added to a cumulative figure, half up to 2 decimals; null when that cannot be told. */
  ofMonth: string | null;
  /** The denominator is so small that one case moves the figure by several points. */
  small: boolean;
  /** A state of an earlier month, or a year to date in place of the month: shown, and no observation of this month. */
  carried: boolean;
  /** From this month on the indicator is measured otherwise than in the month before. */
  redefined: boolean;
}

/** Consecutive points on one side of the median. */
export interface Run {
  side: 'above' | 'below';
  from: Period;
  to: Period;
  /** Points of the run; those on the median are skipped. */
  points: number;
}

export interface Trend {
  points: TrendPoint[];
  /** Which figures the median and the runs are of. */
  observed: 'coverage' | 'ofMonth';
  /** Half up to 2 decimals; null with fewer than `LEAST_OBSERVED` figures. */
  median: string | null;
  runs: Run[];
}

/** Denominators below this are marked: one case is more than 3 points of a percentage. */
export const SMALL_DENOMINATOR = 30;
/** With fewer figures a median says nothing; the table of runs of the source begins here. */
export const LEAST_OBSERVED = 10;
/** So many points in a row on one side of the median are no longer chance. */
export const RUN_LENGTH = 6;

/**
 * The months of an indicator as points, with their median and the runs about it: six or more consecutive points all
 * above or all below the median (a *shift*). A point on the median neither counts nor ends a run; a gap ends it. A run
 * asks to look for a cause: it is no judgement and changes none.
 *
 * The sum of a year rises by itself, so for `cumulative` the rule looks at what each month added; otherwise at the
 * figure of the month, a state that was only carried on counting for nothing. It looks at the months since the
 * indicator was last redefined.
 *
 * @param months the months to show, oldest first
 * @param before the month before the first; null when it is not known
 * @param smallBelow denominators, exclusive
 * @source Perla, Provost, Murray: The run chart, BMJ Quality & Safety 2011; 20:46-51, rule 1 (shift); docs/decisions/0030
 * @throws EvaluationError `evaluation.not-a-decimal`
 */
export function trend(
  months: readonly TrendMonth[],
  before: TrendMonth | null = null,
  smallBelow: number = SMALL_DENOMINATOR,
): Trend {
  const observations: (Fraction | null)[] = [];
  const points = months.map((month, i): TrendPoint => {
    const previous = i === 0 ? before : months[i - 1]!;
    const redefined =
      previous?.measure && month.measure ? !sameMeasure(previous.measure, month.measure) : false;
    const { result, measure } = month;
    if (result === null || measure === null) {
      observations.push(null);
      return { ...gap, period: month.period, redefined };
    }
    const cumulative = measure.accumulation === 'cumulative';
    const silent = cumulative && isSilent(month, previous);
    const carried = result.warnings.some(({ code }) => CARRIED.has(code));
    const coverage = silent ? null : result.coverage;
    const ofMonth = cumulative && !silent ? addedIn(month, previous) : null;
    observations.push(
      cumulative
        ? ofMonth
        : coverage === null || carried
          ? null
          : figureOf(result.numerator, result.denominator, measure),
    );
    return {
      period: month.period,
      coverage,
      state: silent ? 'missing' : result.coverageState,
      ofMonth: ofMonth && halfUp(ofMonth, 2),
      small:
        coverage !== null && result.denominator !== null && exact(result.denominator).compare(smallBelow) < 0,
      carried: carried && coverage !== null,
      redefined,
    };
  });
  const since = points.findLastIndex(({ redefined }) => redefined);
  const recent = observations.map((figure, i) => (i < since ? null : figure));
  const known = recent.filter((figure) => figure !== null);
  const middle = known.length < LEAST_OBSERVED ? null : median(known);
  return {
    points,
    observed:
      months.findLast(({ measure }) => measure)?.measure?.accumulation === 'cumulative'
        ? 'ofMonth'
        : 'coverage',
    median: middle && halfUp(middle, 2),
    runs: middle
      ? runsAbout(middle, recent).map(({ from, to, ...run }) => ({
          ...run,
          from: months[from]!.period,
          to: months[to]!.period,
        }))
      : [],
  };
}

const gap = { coverage: null, state: 'missing', ofMonth: null, small: false, carried: false } as const;
/** Warnings of a result that say that its figure was not observed in its month. */
const CARRIED = new Set(['state_of_earlier_period', 'year_to_date_stands_in']);

const sameMeasure = (a: Measure, b: Measure): boolean =>
  (
    [
      'unit',
      'direction',
      'accumulation',
      'multiplier',
      'numeratorElement',
      'denominatorElement',
      'numeratorDefinition',
      'denominatorDefinition',
    ] as const
  ).every((key) => a[key] === b[key]);

/** What stood in the year before a month: nothing before January; null when it is not known. */
function standingBefore({ period }: TrendMonth, previous: TrendMonth | null) {
  if (monthOf(period) === 1)
    return { numerator: '0', denominator: '0', monthsReported: 0, monthsExpected: 0 };
  return previous && yearOf(previous.period) === yearOf(period) ? previous.result : null;
}

/** A month that was due, and whose silence leaves the sum of the months before standing. */
function isSilent(month: TrendMonth, previous: TrendMonth | null): boolean {
  const before = standingBefore(month, previous);
  return (
    before !== null &&
    month.result!.monthsExpected > before.monthsExpected &&
    month.result!.monthsReported === before.monthsReported
  );
}

/** What one month added: exactly one more month was due, and it was reported. */
function addedIn(month: TrendMonth, previous: TrendMonth | null): Fraction | null {
  const [now, before, measure] = [month.result!, standingBefore(month, previous), month.measure!];
  if (before === null || now.numerator === null || now.coverageState !== 'value') return null;
  if (now.monthsExpected - before.monthsExpected !== 1 || now.monthsReported - before.monthsReported !== 1)
    return null;
  const added = exact(now.numerator).sub(exact(before.numerator ?? '0'));
  if (measure.multiplier === null) return added;
  // Where less is better both parts grow with the months; otherwise the denominator is the target group of the year.
  const denominator =
    measure.direction === 'lower'
      ? exact(now.denominator!).sub(exact(before.denominator ?? '0'))
      : exact(now.denominator!);
  return denominator.compare(0) <= 0 ? null : added.div(denominator).mul(exact(measure.multiplier));
}

function figureOf(
  numerator: string | null,
  denominator: string | null,
  { multiplier }: Measure,
): Fraction | null {
  if (numerator === null) return null;
  if (multiplier === null || denominator === null) return exact(numerator);
  return exact(numerator).div(exact(denominator)).mul(exact(multiplier));
}

/**
 * The middle figure, or the mean of the two in the middle; exact.
 * @param figures at least one
 */
export function median(figures: readonly Fraction[]): Fraction {
  const ordered = figures.toSorted((a, b) => a.compare(b));
  const half = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[half]! : ordered[half - 1]!.add(ordered[half]!).div(2n);
}

function runsAbout(middle: Fraction, figures: readonly (Fraction | null)[]) {
  const runs: { side: Run['side'] | null; from: number; to: number; points: number }[] = [];
  for (const [i, figure] of figures.entries()) {
    const order = figure?.compare(middle);
    if (order === 0) continue;
    const side = order === undefined ? null : order > 0 ? 'above' : 'below';
    const current = runs.at(-1);
    if (current?.side === side) {
      current.to = i;
      current.points += 1;
    } else runs.push({ side, from: i, to: i, points: 1 });
  }
  return runs.flatMap(({ side, ...run }) =>
    side !== null && run.points >= RUN_LENGTH ? [{ ...run, side }] : [],
  );
}
