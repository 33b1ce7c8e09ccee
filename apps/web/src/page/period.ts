import { addMonths, isPeriod, parsePeriod, periodOf, yearOf, type Period } from '@lokmin/calendar';
import { useEffect, useEffectEvent, useState } from 'react';
import { useSearchParams } from 'react-router';

const remembered = 'lokmin.period';
/** No district has indicators of an earlier year. */
const FIRST_YEAR = 2023;

/** The month before this one: the lokakarya mini of January looks at December. */
export const lastMonth = (now: Date): Period =>
  addMonths(periodOf(now.getFullYear(), now.getMonth() + 1), -1);

const EARLIEST = periodOf(2000, 1);

/** No year is beyond this one, and none before there were indicators of this kind. */
const within = (period: Period, now: Date): Period => {
  const latest = periodOf(now.getFullYear(), 12);
  return period > latest ? latest : period < EARLIEST ? EARLIEST : period;
};

/** The period that a person chose: that of the address, else the one looked at last in this tab; null when none. */
export function chosenPeriod(address: string | null, last: string | null, now = new Date()): Period | null {
  const chosen = [address, last].find((text) => text !== null && isPeriod(text));
  return chosen ? within(parsePeriod(chosen), now) : null;
}

/** Where to look next for a year with indicators: the end of the year before, or null when there is none to look at. */
export const endOfYearBefore = (period: Period): Period | null =>
  yearOf(period) > FIRST_YEAR ? periodOf(yearOf(period) - 1, 12) : null;

/** The years that can be chosen, newest first: up to this one, and the year on the screen. */
export function yearsToChoose(period: Period, now: Date): number[] {
  const shown = yearOf(period);
  const [first, last] = [Math.min(FIRST_YEAR, shown), Math.max(now.getFullYear(), shown)];
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

/** Which period a page shows, and how to choose another. */
export interface PagePeriod {
  readonly period: Period;
  readonly choose: (period: Period) => void;
  /** The period where nobody has chosen one: may still be moved; null: somebody chose. */
  readonly guess: { readonly final: boolean; readonly move: (period: Period, final: boolean) => void } | null;
}

/** The period of this page, `?periode=2024-12`; while nobody chose one, last month. */
export function usePeriod(): PagePeriod {
  const [search, setSearch] = useSearchParams();
  const address = search.get('periode');
  const chosen = chosenPeriod(address, sessionStorage.getItem(remembered));
  const [guess, setGuess] = useState(() => ({ period: lastMonth(new Date()), final: false }));
  useEffect(() => {
    if (address !== null && isPeriod(address)) sessionStorage.setItem(remembered, address);
  }, [address]);
  return {
    period: chosen ?? guess.period,
    choose: (period) =>
      setSearch((params) => {
        params.set('periode', period);
        return params;
      }),
    guess: chosen ? null : { final: guess.final, move: (period, final) => setGuess({ period, final }) },
  };
}

/**
 * Moves a period that nobody chose to the end of the newest year for which indicators are published, and back to last
 * month where there is none.
 * @param isEmpty whether the answer for `period` says that its year has none
 * @returns true while it looks
 */
export function useNewestYear({ period, guess }: PagePeriod, isEmpty: boolean): boolean {
  const looking = isEmpty && guess !== null && !guess.final;
  const move = useEffectEvent(() => {
    const earlier = endOfYearBefore(period);
    guess?.move(earlier ?? lastMonth(new Date()), earlier === null);
  });
  useEffect(() => {
    if (looking) move();
  }, [looking, period]);
  return looking;
}
