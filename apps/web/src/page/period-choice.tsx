import { monthOf, periodOf, yearOf, type Period } from '@lokmin/calendar';
import { NativeSelect } from '@mantine/core';
import { useTexts } from '../texts/texts.ts';
import { yearsToChoose } from './period.ts';

/** Month and year of the page. */
export function PeriodChoice({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t, period: word } = useTexts();
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: word(periodOf(yearOf(period), index + 1)).replace(/ \d+$/, ''),
  }));
  return (
    <div className="period no-print" role="group" aria-label={t('period.label')}>
      <NativeSelect
        aria-label={t('period.month')}
        data={months}
        value={String(monthOf(period))}
        onChange={(event) => onChange(periodOf(yearOf(period), Number(event.currentTarget.value)))}
      />
      <NativeSelect
        aria-label={t('period.year')}
        data={yearsToChoose(period, new Date()).map(String)}
        value={String(yearOf(period))}
        onChange={(event) => onChange(periodOf(Number(event.currentTarget.value), monthOf(period)))}
      />
    </div>
  );
}
