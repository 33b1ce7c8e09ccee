import { QrCode } from '../page/qr-code.tsx';
import { useTexts } from '../texts/texts.ts';

/** The key of a second factor, to scan, to type, or to open where the application is on the same device. */
export default function FactorKey({ offered }: { offered: { key: string; address: string } }) {
  const { t } = useTexts();
  return (
    <div className="factor-key">
      <p>{t('factor.scan')}</p>
      <QrCode text={offered.address} label={t('factor.picture')} />
      <a href={offered.address}>{t('factor.open')}</a>
      <p>
        {t('factor.type')}
        <br />
        <code data-testid="factor-key">{offered.key}</code>
      </p>
    </div>
  );
}
