import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import { whatsAppLink } from './share-text.ts';

/** Passes a text on: to WhatsApp, or through the clipboard. */
export function Share({ text }: { text: string }) {
  const { t } = useTexts();
  const [copied, setCopied] = useState<'done' | 'failed' | null>(null);
  const copy = () =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setCopied('done'),
      () => setCopied('failed'),
    );
  return (
    <div className="no-print" data-testid="share">
      <Group gap="xs">
        <Button
          component="a"
          href={whatsAppLink(text)}
          target="_blank"
          rel="noopener noreferrer"
          size="xs"
          variant="default"
        >
          {t('share.whatsapp')}
        </Button>
        <Button size="xs" variant="default" onClick={() => void copy()}>
          {t('share.copy')}
        </Button>
        <span role="status">{copied === 'done' && t('share.copied')}</span>
      </Group>
      {copied === 'failed' && (
        <textarea
          readOnly
          rows={6}
          className="share-text"
          aria-label={t('share.by-hand')}
          defaultValue={text}
        />
      )}
    </div>
  );
}
