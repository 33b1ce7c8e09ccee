import type { MeetingFieldsFragment } from '../api/operations.generated.ts';
import { useTexts } from '../texts/texts.ts';

export const meetingPage = (id: string): string => `/lokmin/${encodeURIComponent(id)}`;
export const meetingsPage = (code: string): string => `/puskesmas/${code}/lokmin`;

/** Where a meeting stands; null: nobody has scheduled it. */
export function MeetingMark({ status }: { status: MeetingFieldsFragment['status'] | null }) {
  const { t } = useTexts();
  return (
    <span className={`mark mark-${status ?? 'none'}`} data-testid="meeting-status">
      {t(`meeting.status.${status ?? 'none'}`)}
    </span>
  );
}
