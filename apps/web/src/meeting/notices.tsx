import type { Failure } from '../api/failure.ts';
import { FailureNotice, Hindrance } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';

/** Why a change of a meeting failed; after a change by others the page has asked again, and nothing typed is gone. */
export function ChangeFailure({ failure }: { failure: Failure | null }) {
  const { t } = useTexts();
  if (typeof failure === 'object' && failure?.code === 'revision.stale')
    return <Hindrance color="yellow">{t('meeting.stale')}</Hindrance>;
  return <FailureNotice failure={failure} />;
}
