import { Button, CloseButton, Loader, Progress } from '@mantine/core';
import { useId } from 'react';
import { Hindrance, wordFailure } from '../page/notices.tsx';
import { useTexts, type Texts } from '../texts/texts.ts';
import type { Chosen, useChosen } from './chosen.ts';
import { hindranceOf, LIMIT_MB, PER_REPORT } from './hindrance.ts';
import { sizeIn } from './size.ts';
import { Thumbnail } from './thumbnail.tsx';

/** Files of a report or a completion: to choose, to look at, to drop again. They are sent with either. */
export function EvidenceField({
  files: { chosen, preparing, sending, share, tooMany, choose, drop },
}: {
  files: ReturnType<typeof useChosen>;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  const id = useId();
  return (
    <div className="evidence-field">
      <div className="file">
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept="image/*,application/pdf"
          multiple
          aria-label={t('evidence')}
          aria-describedby={`${id}-hint`}
          disabled={sending || preparing || chosen.length >= PER_REPORT}
          onChange={(event) => {
            void choose([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = ''; // the same file can be chosen again after it was dropped
          }}
        />
        <b>{t('evidence')}</b>
        <label htmlFor={id} className="plain-button">
          {t('evidence.choose')}
        </label>
        {preparing && (
          <span role="status">
            <Loader size="xs" aria-hidden="true" /> {t('evidence.preparing')}
          </span>
        )}
      </div>
      <p id={`${id}-hint`} className="small">
        {t('evidence.hint', { files: PER_REPORT, limit: LIMIT_MB })}
      </p>
      {tooMany && (
        <p className="error" role="alert">
          {t('evidence.too-many', { files: PER_REPORT })}
        </p>
      )}
      {chosen.length > 0 && (
        <ul className="evidence" data-testid="evidence-chosen">
          {chosen.map((one) => {
            const wrong = wordHindrance(texts, one);
            return (
              <li key={one.key}>
                <Thumbnail content={one.content} type={one.content.type} />
                <span className="evidence-name">
                  {one.content.name} <small>{sizeIn(one.content.size, count)}</small>
                </span>
                <CloseButton
                  aria-label={t('evidence.drop', { name: one.content.name })}
                  disabled={sending}
                  onClick={() => drop(one.key)}
                />
                {wrong && (
                  <p className="error" role="alert">
                    {wrong}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {share !== null && (
        <div role="status">
          <p>{t('evidence.sending', { percent: count(Math.floor(share * 100)) })}</p>
          <Progress.Root>
            <Progress.Section value={share * 100} aria-label={t('evidence')} />
          </Progress.Root>
        </div>
      )}
    </div>
  );
}

/** Why a file cannot be sent, or was not; null when nothing is wrong with it. */
function wordHindrance(texts: Texts, one: Chosen): string | null {
  const hindrance = hindranceOf(one);
  if (hindrance) return texts.t(`evidence.${hindrance}`, { limit: LIMIT_MB });
  return one.failure && wordFailure(texts, one.failure);
}

/** Names the files that kept a report from going out, beside the button that was pressed: the list of the files may be out of sight. */
export function HinderingFiles({
  files: { chosen, sending, drop },
}: {
  files: Pick<ReturnType<typeof useChosen>, 'chosen' | 'sending' | 'drop'>;
}) {
  const texts = useTexts();
  const hindering = chosen.filter((one) => wordHindrance(texts, one) !== null);
  if (hindering.length === 0) return null;
  return (
    <Hindrance title={texts.t('evidence.hindered')}>
      {hindering.map((one) => (
        <div key={one.key}>
          <p>
            <b>{one.content.name}</b>: {wordHindrance(texts, one)}
          </p>
          <Button
            size="xs"
            variant="default"
            mb="xs"
            disabled={sending}
            aria-label={`${texts.t('evidence.remove')}: ${one.content.name}`}
            onClick={() => drop(one.key)}
          >
            {texts.t('evidence.remove')}
          </Button>
        </div>
      ))}
    </Hindrance>
  );
}
