import { Alert } from '@mantine/core';
import { periodOf, yearOf, type Period } from '@lokmin/calendar';
import { Link } from 'react-router';
import { useTexts } from '../texts/texts.ts';

/** No indicators are published for the year: why, and the way to the ends of the years before. */
export function NoBundle({
  period,
  message,
}: {
  period: Period;
  message: { id: string; en: string } | null;
}) {
  const { t, say, period: word } = useTexts();
  return (
    <Alert color="yellow" role="status">
      {message ? say(message) : t('period.no-bundle', { year: yearOf(period) })}
      {[1, 2].map((years) => {
        const earlier = periodOf(yearOf(period) - years, 12);
        return (
          <Link key={years} to={`?periode=${earlier}`} className="spaced">
            {t('period.try', { period: word(earlier) })}
          </Link>
        );
      })}
    </Alert>
  );
}
