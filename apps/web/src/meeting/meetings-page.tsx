import { addMonths, isZone, type Period, type Zone } from '@lokmin/calendar';
import { Alert, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useForm, type UseFormRegister } from 'react-hook-form';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  PuskesmasMeetingsDocument,
  ScheduleMeetingDocument,
  type MeetingFieldsFragment,
} from '../api/operations.generated.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { MeetingMark, meetingPage } from './marks.tsx';
import { monthsToSchedule, nextMonth, periodsToLookAt, presentMonth } from './months.ts';
import { entryOf, StartFields, startOf, type StartEntry } from './start-fields.tsx';

/** Months on the screen at first, and how many more at a time. */
const PAGE = 24;
/** As many as the service gives at once. */
const MOST = 200;

/** `/puskesmas/:code/lokmin`: the meetings of one puskesmas, newest month first. */
export default function MeetingsPage() {
  const { t, count } = useTexts();
  const viewer = useViewer();
  const { code = '' } = useParams();
  const [first, setFirst] = useState(PAGE);
  const result = useAsked(PuskesmasMeetingsDocument, { code, first });
  const { askAgain } = result;
  const district = districtOf(viewer, code);
  const live = useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode === null || puskesmasCode === code) askAgain();
  });
  const [scheduling, setScheduling] = useState<Period | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const puskesmas = result.data?.puskesmas;
  const part = puskesmas?.meetings;
  const meetings = part?.nodes ?? [];
  const zone = puskesmas?.timeZone && isZone(puskesmas.timeZone) ? puskesmas.timeZone : null;
  const arranges = may(viewer, 'meeting.arrange', { puskesmas: code });
  return (
    <>
      <PageHeading
        title={puskesmas ? t('meetings.of', { name: puskesmas.name }) : t('meetings.title')}
        aside={
          <>
            <LiveMark state={live} />
            <PrintButton />
          </>
        }
      >
        <p>
          {t('puskesmas.code', { code })}
          <Link className="spaced no-print" to={`/puskesmas/${code}`}>
            {t('meetings.puskesmas')}
          </Link>
        </p>
      </PageHeading>
      {result.error && <QueryFailure error={result.error} retry={askAgain} />}
      {!puskesmas && !result.error && result.waiting && <Loading />}
      {result.data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.meetings" />}
      {arranges && part?.nodes && zone && (
        <Button
          className="no-print"
          onClick={() => setScheduling(nextMonth(presentMonth(new Date(), zone), meetings))}
        >
          {t('meetings.schedule')}
        </Button>
      )}
      {arranges && part?.nodes && !zone && <Alert color="yellow">{t('meetings.no-zone')}</Alert>}
      <DoneNotice>{done}</DoneNotice>
      {part?.nodes && meetings.length === 0 && <p>{t('meetings.none')}</p>}
      {meetings.length > 0 && (
        <MeetingTable
          meetings={meetings}
          zone={zone}
          scheduleAgain={arranges && zone ? (month) => setScheduling(month) : null}
        />
      )}
      {part?.pageInfo?.hasNextPage && first < MOST && (
        <Button
          variant="default"
          className="no-print"
          onClick={() => setFirst(Math.min(first + PAGE, MOST))}
          aria-label={`${t('app.more')} (${count(meetings.length)})`}
        >
          {t('app.more')}
        </Button>
      )}
      {scheduling && zone && puskesmas && (
        <ScheduleForm
          code={puskesmas.code}
          zone={zone}
          month={scheduling}
          before={meetings.find(({ place }) => place !== '')}
          onClose={() => setScheduling(null)}
          onDone={(text) => {
            setScheduling(null);
            setDone(text);
            askAgain();
          }}
        />
      )}
    </>
  );
}

function MeetingTable({
  meetings,
  zone,
  scheduleAgain,
}: {
  meetings: MeetingFieldsFragment[];
  zone: Zone | null;
  scheduleAgain: ((month: Period) => void) | null;
}) {
  const { t, period, instant, count } = useTexts();
  return (
    <table className="table cards" role="table" data-testid="meetings">
      <caption className="visually-hidden">{t('meetings.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(['month', 'status', 'start', 'present', 'minutes'] as const).map((column) => (
            <th key={column} scope="col" role="columnheader">
              {t(`meetings.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {meetings.map((meeting) => (
          <tr key={meeting.id} role="row" data-testid={`meeting-${meeting.month}`}>
            <th scope="row" role="rowheader">
              <Link to={meetingPage(meeting.id)}>{period(meeting.month)}</Link>
              <small>{t('meetings.looks-at', { period: period(meeting.dataPeriod) })}</small>
            </th>
            <td role="cell" className="typed" data-label={t('meetings.column.status')}>
              <MeetingMark status={meeting.status} />
              {meeting.status === 'CANCELLED' && <small>{meeting.cancelledReason}</small>}
              {scheduleAgain && (meeting.status === 'CANCELLED' || meeting.status === 'MISSED') && (
                <Button
                  size="compact-xs"
                  variant="default"
                  mt={6}
                  className="no-print"
                  aria-label={`${t('meetings.again')}: ${period(meeting.month)}`}
                  onClick={() => scheduleAgain(meeting.month as Period)}
                >
                  {t('meetings.again')}
                </Button>
              )}
            </td>
            <td role="cell" className="typed" data-label={t('meetings.column.start')}>
              {meeting.startsAt ? (
                <span>
                  {instant(meeting.startsAt, zone)}
                  <small>
                    {t('meeting.minutes', { count: count(meeting.durationMinutes) })}, {meeting.place}
                  </small>
                </span>
              ) : (
                <span className="nothing">{t('meeting.status.none')}</span>
              )}
            </td>
            <td role="cell" data-label={t('meetings.column.present')}>
              {meeting.status === 'CONCLUDED' ? (
                <span>
                  {t('meeting.present', {
                    present: count(meeting.present),
                    invited: count(meeting.invited),
                  })}
                </span>
              ) : (
                <span className="nothing">{t('meetings.not-yet')}</span>
              )}
            </td>
            <td role="cell" data-label={t('meetings.column.minutes')}>
              {meeting.status === 'CONCLUDED' ? (
                <span className={meeting.signedAt ? 'mark mark-signed' : 'mark mark-unsigned'}>
                  {t(meeting.signedAt ? 'meeting.signed' : 'meeting.unsigned')}
                </span>
              ) : (
                <span className="nothing">{t('meetings.not-yet')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ScheduleEntry extends StartEntry {
  month: string;
  /** Empty: the month before. */
  dataPeriod: string;
}

function ScheduleForm({
  code,
  zone,
  month: asked,
  before,
  onClose,
  onDone,
}: {
  code: string;
  zone: Zone;
  month: Period;
  /** The newest meeting with a place, whose length and place are proposed again. */
  before: MeetingFieldsFragment | undefined;
  onClose: () => void;
  onDone: (text: string) => void;
}) {
  const { t, period, instant } = useTexts();
  const command = useCommand(ScheduleMeetingDocument, (data) => data.scheduleMeeting);
  const { register, handleSubmit, formState, watch } = useForm<ScheduleEntry>({
    defaultValues: {
      ...entryOf(
        { startsAt: null, durationMinutes: before?.durationMinutes ?? 120, place: before?.place ?? '' },
        zone,
      ),
      month: asked,
      dataPeriod: '',
    },
  });
  const month = watch('month') as Period;
  const submit = handleSubmit(async ({ month, dataPeriod, ...entry }) => {
    const done = await command.send({
      puskesmas: code,
      month,
      dataPeriod: dataPeriod === '' ? null : dataPeriod,
      ...startOf(entry, zone),
    });
    if (!done) return;
    onDone(
      t('meetings.scheduled.done', {
        month: period(done.meeting.month),
        at: done.meeting.startsAt ? instant(done.meeting.startsAt, zone) : '',
      }),
    );
  });
  return (
    <Question
      title={t('meetings.schedule')}
      open
      onClose={onClose}
      onConfirm={() => void submit()}
      confirm={t('meeting.schedule.save')}
      sending={command.sending}
    >
      <NativeSelect
        label={t('meeting.month')}
        data={monthsToSchedule(presentMonth(new Date(), zone), asked).map((value) => ({
          value,
          label: period(value),
        }))}
        {...register('month')}
      />
      <NativeSelect
        label={t('meeting.data-period')}
        data={[
          { value: '', label: period(addMonths(month, -1)) },
          ...periodsToLookAt(month)
            .slice(1)
            .map((value) => ({ value, label: period(value) })),
        ]}
        {...register('dataPeriod')}
      />
      <StartFields
        register={register as unknown as UseFormRegister<StartEntry>}
        errors={formState.errors}
        zone={zone}
      />
      <p className="small">{t('meeting.schedule.effect')}</p>
      <FailureNotice failure={command.failure} />
    </Question>
  );
}
