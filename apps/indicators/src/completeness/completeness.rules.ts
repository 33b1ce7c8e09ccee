import { isOpen } from '../window/window.rules.ts';

/** An indicator as far as it is expected. */
export interface Expected {
  readonly code: string;
  /** Months (1-12) of its rounds; null: every month. */
  readonly activeMonths: readonly number[] | null;
  /** The first month in which it is expected, `2024-07`; null or left out: from the beginning of the year. */
  readonly expectedFrom?: string | null | undefined;
  /** Entered elements of its numerator: it is reported when each of them is. */
  readonly elements: readonly string[];
}
/** The days, `YYYY-MM-DD`, on which a unit opened and on which it was open last. */
export interface OpenDays {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Whether a unit is open on some day of a month: what it does not see, it need not report. */
export const isOpenIn = ({ validFrom, validTo }: OpenDays, period: string): boolean =>
  validFrom.slice(0, 7) <= period && (validTo === null || validTo.slice(0, 7) >= period);

/** The indicators that a unit is expected to report in a month. */
export const expectedIn = (indicators: readonly Expected[], unit: OpenDays, period: string): Expected[] =>
  isOpenIn(unit, period)
    ? indicators.filter(
        ({ activeMonths, expectedFrom }) =>
          (!activeMonths || activeMonths.includes(Number(period.slice(5)))) &&
          (!expectedFrom || expectedFrom <= period),
      )
    : [];

/** How many of them are reported, by the elements of which something was entered for the month; 0 counts, missing does not. */
export const reportedOf = (expected: readonly Expected[], entered: ReadonlySet<string>): number =>
  expected.filter(({ elements }) => elements.length > 0 && elements.every((element) => entered.has(element)))
    .length;

export const TIMELINESS = ['not_expected', 'running', 'on_time', 'submitted', 'late', 'missing'] as const;
export type Timeliness = (typeof TIMELINESS)[number];

/**
 * Whether an evaluation came in time. `running`: the month, or its window, is not over. `submitted`: it came, and there
 * was no window to be in time for. A later return changes nothing: it was submitted when it was submitted first.
 * @param firstSubmittedAt when it was submitted for the first time; null: never
 * @param closesAt when the window of entry closes for the unit; null: there is none
 * @param monthEnds the first instant after the month
 */
export function timelinessOf(
  isExpected: boolean,
  firstSubmittedAt: Date | null,
  closesAt: Date | null,
  monthEnds: Date,
  now: Date,
): Timeliness {
  if (firstSubmittedAt !== null) {
    if (closesAt === null) return 'submitted';
    return isOpen(closesAt, firstSubmittedAt) ? 'on_time' : 'late';
  }
  if (!isExpected) return 'not_expected';
  return isOpen(closesAt ?? monthEnds, now) ? 'running' : 'missing';
}
