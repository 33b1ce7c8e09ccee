import { useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { CoachingGroupOverviewDocument } from '../api/operations.generated.ts';
import { usePeriod } from '../page/period.ts';
import { useTexts } from '../texts/texts.ts';
import { OverviewPage } from './district-page.tsx';

/** `/kabupaten/:code/binaan/:group?periode=`: the puskesmas of a coaching group, as the district page shows all. */
export default function CoachingGroupPage() {
  const { t } = useTexts();
  const { code: district = '', group: code = '' } = useParams();
  const page = usePeriod();
  const asked = useAsked(CoachingGroupOverviewDocument, { district, code, period: page.period });
  const group = asked.data?.coachingGroup;
  return (
    <OverviewPage
      of="coaching-group"
      district={district}
      page={page}
      asked={asked}
      overview={group?.overview}
      title={group?.name ?? t('coaching-group.title', { code })}
      missing={asked.data && !group ? t('coaching-group.not-found', { code }) : null}
    />
  );
}
