import { useTexts } from '../texts/texts.ts';

/** The source that published data must name, with the limit that goes with it; only where such data is shown. */
export function Attribution({
  district,
  period,
  villages = false,
}: {
  district: string | null;
  period: string;
  /** Figures of villages are shown, which nobody publishes. */
  villages?: boolean;
}) {
  const { t } = useTexts();
  if (district?.replace('.', '') !== '1906' || !period.startsWith('2024')) return null;
  return (
    <p className="attribution">
      {t('district.attribution')} {period < '2024-12' && <b>{t('district.attribution.synthetic')}</b>}{' '}
      {villages && <b>{t('district.attribution.villages')}</b>}
    </p>
  );
}
