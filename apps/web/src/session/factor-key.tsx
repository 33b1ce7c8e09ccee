import { useMemo } from 'react';
import { encode } from 'uqr';
import { useTexts } from '../texts/texts.ts';

/** A QR code, drawn in the page: what is in it goes nowhere. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { ecc: 'M', border: 2 });
    const dark = data.flatMap((row, y) => row.map((is, x) => (is ? `M${x} ${y}h1v1h-1z` : '')));
    return { size, path: dark.join('') };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

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
