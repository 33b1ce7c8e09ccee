import type { Period } from '@lokmin/calendar';

import type { ScorePlan } from './composite.ts';
import { EvaluationError, exact } from './exact.ts';
import type { QualityRules } from './quality.ts';

/** `higher`: more is better. `lower`: less is better, the target is a ceiling. `info`: shown, never judged. */
export type Direction = 'higher' | 'lower' | 'info';

/** How the months of a year make the figure of a period: see `standing.ts`. */
export type Accumulation = 'cumulative' | 'monthly' | 'snapshot';

/**
 * How much of a target for the year is due by the end of each month. `flat`: all of it from January. `pro_rata`:
 * month / 12 of it. `curve`: percent of it by month, given beside.
 */
export type Running = 'flat' | 'pro_rata' | 'curve';

/** When how much of a target is due. Left out or null: as the accumulation says. See `target.ts`. */
export interface Runs {
  running?: Running | null;
  /** With `curve`: percent by the end of each of the twelve months, never falling, 100 in December. */
  curve?: string[] | null;
}

/** One indicator of a yearly bundle. Numbers are decimal strings. */
export interface IndicatorDefinition extends Runs {
  code: string;
  nameId: string;
  nameEn: string;
  program: string;
  cluster: string;
  /** Unit of coverage and target: `percent`, `per mil`, `count`, `ratio 0-1`, ... */
  unit: string;
  direction: Direction;
  accumulation: Accumulation;
  /** Months (1-12) in which the service or measurement round happens; null: every month. */
  activeMonths: number[] | null;
  /** Coverage = numerator / denominator x multiplier. null: a count, which has no denominator. */
  multiplier: string | null;
  numeratorElement: string;
  denominatorElement: string | null;
  /** For the whole year, in `unit`; null: no target. */
  annualTarget: string | null;
  /** Element with the registered target group (*sasaran riil*) beside the projected one, by which the unit is judged. */
  registeredElement?: string | null;
  /** Families that use the same number: `SPM`, `PKP`, `INM`, `PWS-KIA`, ... */
  uses?: string[];
  numeratorDefinition: string;
  denominatorDefinition: string;
  source: string;
  /** Counts from 1 to below this can point to a person, so that not everybody may see them; null: every count may be seen. */
  smallCountsBelow?: number | null;
  /** The first month, `2024-07`, in which it is expected to be reported; null or left out: all of the year. */
  expectedFrom?: string | null | undefined;
}

/** What a district decides about judging. */
export interface Rules {
  /** Performance in percent: kurang <= kurangAtMost < cukup < baikFrom <= baik. See docs/decisions/0001. */
  bands: { kurangAtMost: string; baikFrom: string };
  /**
   * Performance where less is better. `ratio`: 100 up to the target, then target / actual x 100. `linear`:
   * (2 - actual / target) x 100, which goes above 100 and below 0.
   */
  lowerIsBetter: 'ratio' | 'linear';
  /** Which services come before which, and how much findings hinder; left out: none, and the levels of the rules. */
  quality?: QualityRules;
  /** How scores are made of the indicators; left out: by programme, each indicator a variable, all of equal weight. */
  scores?: {
    programs?: ScorePlan['programs'] | undefined;
    /** On the scale 0 to 10. */
    management?: { cukupFrom: string; baikFrom: string } | undefined;
  };
}

/** @source Pedoman PKP: kurang <= 80, cukup 81-90, baik >= 91; its gaps are closed by docs/decisions/0001. */
export const DEFAULT_RULES: Rules = { bands: { kurangAtMost: '80', baikFrom: '91' }, lowerIsBetter: 'ratio' };

/**
 * Two thresholds leave no hole; this refuses the ones that would overlap or leave no room for *cukup*. Call it where a
 * district saves its rules.
 * @throws EvaluationError `evaluation.bands-overlap`, `evaluation.not-a-decimal`
 */
export function checkBands(bands: Rules['bands']): void {
  if (exact(bands.kurangAtMost).gte(exact(bands.baikFrom))) {
    throw new EvaluationError(
      'evaluation.bands-overlap',
      `kurangAtMost (${bands.kurangAtMost}) must be below baikFrom (${bands.baikFrom})`,
      { ...bands },
    );
  }
}

/** One value as a unit reported it. Its key is (unit, period, element, covers); the engine sees one unit at a time. */
export interface Reported {
  period: Period;
  element: string;
  /** `year_to_date` stands for the sum from January through its period, and wins over the months. */
  covers: 'month' | 'year_to_date';
  state: 'reported' | 'estimated' | 'not_reported' | 'not_applicable';
  /** Decimal string; null when nothing was reported. A reported 0 is a value. */
  value: string | null;
}

export type Judgement = 'baik' | 'cukup' | 'kurang' | 'tanpa_target' | 'tanpa_data';
export const JUDGEMENTS: readonly Judgement[] = ['baik', 'cukup', 'kurang', 'tanpa_target', 'tanpa_data'];

export type CoverageState = 'value' | 'missing' | 'zero_denominator' | 'not_applicable';

export type PartName = 'numerator' | 'denominator';

/** Something to look at; a warning never changes a figure. Sizes are exact decimal strings. */
export type Warning =
  | { code: 'numerator_above_denominator'; excess: string }
  | { code: 'zero_denominator' }
  | { code: 'not_integer'; part: PartName; value: string }
  /** Months 1-12 that should have been reported and were not. */
  | { code: 'months_missing'; part: PartName; months: number[] }
  | { code: 'estimated'; part: PartName; periods: Period[] }
  /** difference = yearToDate - sumOfMonths */
  | {
      code: 'year_to_date_differs_from_months';
      part: PartName;
      period: Period;
      yearToDate: string;
      sumOfMonths: string;
      difference: string;
    }
  /** A monthly indicator without a value of the month shows the year to date instead. */
  | { code: 'year_to_date_stands_in' }
  /** A snapshot shows the state of this earlier period. */
  | { code: 'state_of_earlier_period'; period: Period }
  /** The target group of a cumulative indicator belongs to the year; values of single months cannot stand for it. */
  | { code: 'denominator_only_by_month' }
  /** A part is a sum, and these of its elements have no value. */
  | { code: 'elements_missing'; part: PartName; elements: string[] }
  /** No round of service has been due this year, or the curve has none of the target due. `firstRound`: month 1-12 */
  | { code: 'no_round_yet'; firstRound: number }
  | { code: 'target_unusable'; target: string };

/** What is said of one indicator, of one puskesmas or of a district. */
export interface Judged {
  /** Exact decimal string without trailing zeros; null when missing or not applicable. */
  numerator: string | null;
  /** Likewise; also null for a count. */
  denominator: string | null;
  /** In the unit of the indicator, half up to 2 decimals, never clipped: above 100 is possible. A count: the count. */
  coverage: string | null;
  coverageState: CoverageState;
  /** The part of the yearly target that is due by this period, half up to 2 decimals; null without target. */
  runningTarget: string | null;
  /** Percent of the running target reached, half up to 2 decimals, not capped. The judgement uses it before rounding. */
  performance: string | null;
  /** The same, capped at 100 as the PKP score defines it. */
  performanceCapped: string | null;
  judgement: Judgement;
  /** Of the registered target group, where the indicator has one and it is known: never judged. */
  registered?: { denominator: string; coverage: string } | null;
  warnings: Warning[];
}

/** One indicator of one unit in one period. */
export interface Result extends Judged {
  /** Months the numerator covers, of those it should cover by this period (1 for monthly and snapshot). */
  monthsReported: number;
  monthsExpected: number;
}
