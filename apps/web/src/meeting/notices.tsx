import { Alert } from '@mantine/core';
import type { Failure } from '../api/failure.ts';
import { FailureNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';

/** Why a change of a meeting failed; after a change by others the page has asked again, and nothing typed is gone. */
export function ChangeFailure({ failure }: { failure: Failure | null }) {
  const { t } = useTexts();
  if (typeof failure === 'object' && failure?.code === 'revision.stale')
    return (
      <Alert color="yellow" role="alert">
        {t('meeting.stale')}
      </Alert>
    );
  return <FailureNotice failure={failure} />;
}
