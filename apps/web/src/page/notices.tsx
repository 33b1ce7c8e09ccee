import { Alert, Button, Loader } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { failureOf, type Failure } from '../api/failure.ts';
import type { LiveState } from '../api/live.ts';
import type { PartStatus } from '../api/operations.generated.ts';
import { useTexts, type TextKey, type Texts } from '../texts/texts.ts';

/** A part of the page whose service did not answer as it should: named, with its message; the rest of the page stays. */
export function PartNotice({
  part,
  name,
}: {
  part: { status: PartStatus; asOf?: string | null; message: { id: string; en: string } | null };
  name: TextKey;
}) {
  const { t, say, instant } = useTexts();
  if (part.status === 'OK') {
    // It answered that it has nothing to show, and why.
    return (
      part.message && (
        <Alert color="yellow" role="status">
          {say(part.message)}
        </Alert>
      )
    );
  }
  const title = {
    STALE: 'part.stale',
    UNAVAILABLE: 'part.unavailable',
    FORBIDDEN: 'part.forbidden',
  } as const;
  return (
    <Alert
      color={part.status === 'UNAVAILABLE' ? 'red' : 'yellow'}
      role="status"
      title={t(title[part.status], { part: t(name) })}
    >
      {part.message && <>{say(part.message)} </>}
      {part.asOf && <>{t('part.as-of', { at: instant(part.asOf) })}. </>}
      {part.status === 'UNAVAILABLE' && t('part.rest')}
    </Alert>
  );
}

/**
 * What keeps something from being done. It is read aloud when it appears and comes into sight: on a phone the button that
 * was pressed may stand far from it.
 */
export function Hindrance({
  color = 'red',
  title,
  children,
}: {
  color?: 'red' | 'yellow';
  title?: string;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void place.current?.scrollIntoView({ block: 'nearest' }); // a promise in newer browsers, which is no clean-up
  }, []);
  return (
    <Alert ref={place} className="hindrance" color={color} role="alert" title={title}>
      {children}
    </Alert>
  );
}

/** A failure in words. */
export const wordFailure = ({ t, sayInFull }: Texts, failure: Failure): string =>
  failure === 'network' || failure === 'internal' ? t(`failure.${failure}`) : sayInFull(failure.message);

/** Why a command failed and what to do. */
export function FailureNotice({ failure }: { failure: Failure | null }) {
  const texts = useTexts();
  if (!failure) return null;
  return <Hindrance title={texts.t('failure.title')}>{wordFailure(texts, failure)}</Hindrance>;
}

/** What was done; read aloud when it appears. */
export const DoneNotice = ({ children }: { children: ReactNode }) => (
  <div role="status">
    {children && (
      <Alert color="teal" mt="sm">
        {children}
      </Alert>
    )}
  </div>
);

export function Loading() {
  const { t } = useTexts();
  return (
    <p className="loading" role="status">
      <Loader size="sm" aria-hidden="true" /> {t('app.loading')}
    </p>
  );
}

/** A question that got no answer at all. */
export function QueryFailure({ error, retry }: { error: CombinedError; retry: () => void }) {
  const { t, say } = useTexts();
  const failure = failureOf(error);
  return (
    <Alert
      color="red"
      role="alert"
      title={t(failure === 'network' ? 'session.unreachable' : 'failure.shown')}
    >
      <p>
        {failure === 'network'
          ? t('session.unreachable.body')
          : failure === 'internal'
            ? t('failure.internal')
            : say(failure.message)}
      </p>
      <Button variant="default" onClick={retry}>
        {t('app.retry')}
      </Button>
    </Alert>
  );
}

/** Whether the page changes by itself at this moment. */
export function LiveMark({ state }: { state: LiveState }) {
  const { t } = useTexts();
  return (
    <span className={`live live-${state}`} role="status" title={t(`live.${state}.hint`)} data-testid="live">
      <span className="live-dot" aria-hidden="true" /> {t(`live.${state}`)}
    </span>
  );
}
