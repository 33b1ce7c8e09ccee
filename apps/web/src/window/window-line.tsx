import { isZone } from '@lokmin/calendar';
import { useTexts } from '../texts/texts.ts';

/** Until when a month can be entered and submitted, on the clocks of the district. */
export function WindowLine({
  until,
  zone,
  period,
}: {
  until: { at: string; closed: boolean } | null;
  zone: string | null | undefined;
  period: string;
}) {
  const { t, instant, period: word } = useTexts();
  if (!until) return null;
  const at = instant(until.at, zone && isZone(zone) ? zone : null);
  return (
    <p className={until.closed ? 'window closed' : 'window'} data-testid="window">
      <span aria-hidden="true">{until.closed ? '⛔' : '⏳'}</span>{' '}
      {t(until.closed ? 'window.closed' : 'window.open', { period: word(period), at })}
    </p>
  );
}
