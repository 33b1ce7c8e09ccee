import { addMonths, comparePeriods, isPeriod, periodOf, type Period } from '@lokmin/calendar';
import { useSearchParams } from 'react-router';

const remembered = 'lokmin.period';

/** The month before this one: the lokakarya mini of January looks at December. */
const lastMonth = (now: Date): Period => addMonths(periodOf(now.getFullYear(), now.getMonth() + 1), -1);

/** The period of an address, else the one looked at last in this tab, else last month. */
export function choosePeriod(address: string | null, last: string | null, now: Date): Period {
  if (address !== null && isPeriod(address)) return address;
  if (last !== null && isPeriod(last)) return last;
  return lastMonth(now);
}

/** The years that can be chosen: from the first one with data of any district until now, and the year on the screen. */
export function yearsToChoose(period: Period, now: Date): number[] {
  const shown = Number(period.slice(0, 4));
  const [first, last] = [Math.min(2023, shown), Math.max(now.getFullYear(), shown)];
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

/** `?periode=2024-12` of this page, and how to change it. */
export function usePeriod(): [Period, (period: Period) => void] {
  const [search, setSearch] = useSearchParams();
  const period = choosePeriod(search.get('periode'), sessionStorage.getItem(remembered), new Date());
  sessionStorage.setItem(remembered, period);
  return [
    period,
    (next) =>
      setSearch((params) => {
        params.set('periode', next);
        return params;
      }),
  ];
}

/** True when the period has not begun. */
export const isFuture = (period: Period, now: Date): boolean =>
  comparePeriods(period, periodOf(now.getFullYear(), now.getMonth() + 1)) > 0;
