import { Alert, Button } from '@mantine/core';
import { useTexts } from '../texts/texts.ts';

/** Codes that are shown only now; the person says when they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTexts();
  return (
    <section className="recovery-codes" aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">{t('factor.codes')}</h2>
      <Alert color="yellow" role="status">
        {t('factor.codes.hint')}
      </Alert>
      <ol data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="no-print">
        {navigator.clipboard && (
          <Button variant="default" onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>
            {t('factor.codes.copy')}
          </Button>
        )}{' '}
        <Button onClick={onKept}>{t('factor.codes.kept')}</Button>
      </div>
    </section>
  );
}
