import { formatInstant, isZone, type Zone } from '@lokmin/calendar';
import { Alert, Button, Group, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import type { Failure } from '../api/failure.ts';
import { saveFile } from '../api/file.ts';
import { useLive } from '../api/live.ts';
import {
  CancelMeetingDocument,
  ConcludeMeetingDocument,
  DistrictChangedDocument,
  MeetingPageDocument,
  MoveMeetingDocument,
  OpenMeetingDocument,
  SaveNotesDocument,
  SignMinutesDocument,
  type AgendaFieldsFragment,
} from '../api/operations.generated.ts';
import { shareMeeting } from '../notification/share-text.ts';
import { Share } from '../notification/share.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, LiveMark, Loading, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { Agenda, type Table } from './agenda.tsx';
import { Attendance } from './attendance.tsx';
import { newTurns, useChange, type Meeting } from './change.ts';
import { useDrafts } from './drafts.ts';
import { earliness } from './early.ts';
import { MeetingMark, meetingsPage } from './marks.tsx';
import { fetchMinutes } from './minutes.ts';
import { ChangeFailure } from './notices.tsx';
import { outcomeOf } from './outcome.ts';
import { entryOf, StartFields, startOf, type StartEntry } from './start-fields.tsx';

/** `/lokmin/:id`: one meeting from its schedule to its signed minutes. */
export default function MeetingPage() {
  const { id = '' } = useParams();
  return <OneMeeting key={id} id={id} />;
}

function OneMeeting({ id }: { id: string }) {
  const { t, period } = useTexts();
  const viewer = useViewer();
  const result = useAsked(MeetingPageDocument, { id });
  const { askAgain } = result;
  const meeting = result.data?.meeting;
  const district = meeting ? districtOf(viewer, meeting.puskesmas.code) : null;
  const live = useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode === null || puskesmasCode === meeting?.puskesmas.code) askAgain();
  });
  const [turns] = useState(newTurns);
  const drafts = useDrafts(meeting?.revision ?? 0);
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => {
    if (meeting) turns.saw(meeting.revision);
  }, [turns, meeting]);

  if (!meeting) {
    return (
      <>
        <PageHeading title={t('meeting.title')} />
        {result.error ? (
          <QueryFailure error={result.error} retry={askAgain} />
        ) : result.waiting ? (
          <Loading />
        ) : (
          <Alert color="yellow">{t('meeting.not-found')}</Alert>
        )}
      </>
    );
  }
  const { puskesmas, status } = meeting;
  const table: Table = {
    meeting,
    turns,
    drafts,
    arranges: may(viewer, 'meeting.arrange', { puskesmas: puskesmas.code }),
    records: may(viewer, 'meeting.record', { puskesmas: puskesmas.code }),
    onDone: (text) => {
      setDone(text);
      askAgain();
    },
    askAgain,
  };
  const zone = puskesmas.timeZone && isZone(puskesmas.timeZone) ? puskesmas.timeZone : null;
  const concluded = status === 'CONCLUDED';
  return (
    <>
      <PageHeading
        title={t(concluded ? 'meeting.minutes-of' : 'meeting.of', {
          month: period(meeting.month),
          name: puskesmas.name,
        })}
        aside={
          <>
            <LiveMark state={live} />
            <PrintButton />
          </>
        }
      >
        <p className="marks">
          <MeetingMark status={status} />
          {concluded && (
            <span className={meeting.signedAt ? 'mark mark-signed' : 'mark mark-unsigned'}>
              {t(meeting.signedAt ? 'meeting.minutes-signed' : 'meeting.minutes-unsigned')}
            </span>
          )}
          <Link className="no-print" to={meetingsPage(puskesmas.code)}>
            {t('meetings.of', { name: puskesmas.name })}
          </Link>
        </p>
      </PageHeading>
      {result.error && <QueryFailure error={result.error} retry={askAgain} />}
      <Facts meeting={meeting} zone={zone} />
      <Share
        text={shareMeeting(
          {
            ...meeting,
            puskesmas: puskesmas.name,
            start: meeting.startsAt && formatInstant(new Date(meeting.startsAt), zone ?? 'Asia/Jakarta'),
          },
          location.origin + location.pathname,
        )}
      />
      <div className="no-print">
        <DoneNotice>{done}</DoneNotice>
      </div>
      {status === 'SCHEDULED' && table.arranges && zone && <Arrange table={table} zone={zone} />}
      {status === 'OPENED' && table.arranges && nothingWritten(meeting) && <TakeBack table={table} />}
      {concluded && <Minutes table={table} />}
      {/* The list of who is there comes first while it is being filled, and last while people prepare. */}
      {(status === 'OPENED' || concluded) && <Attendance table={table} />}
      <Agenda table={table} />
      {status !== 'OPENED' && !concluded && <Attendance table={table} />}
      {(status === 'OPENED' || concluded) && <Notes table={table} />}
      {status === 'OPENED' && table.arranges && <Conclude table={table} />}
      {concluded && <Signature table={table} zone={zone} />}
    </>
  );
}

function Facts({ meeting, zone }: { meeting: Meeting; zone: Zone | null }) {
  const { t, period, instant, count } = useTexts();
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('action.puskesmas')}</dt>
        <dd>
          <Link to={`/puskesmas/${meeting.puskesmas.code}?periode=${meeting.dataPeriod}`}>
            {meeting.puskesmas.name}
          </Link>
        </dd>
        <dt>{t('meeting.start')}</dt>
        <dd>
          {meeting.startsAt ? (
            <>
              {instant(meeting.startsAt, zone)},{' '}
              {t('meeting.minutes', { count: count(meeting.durationMinutes) })}
            </>
          ) : (
            t('meeting.status.none')
          )}
        </dd>
        {meeting.place && (
          <>
            <dt>{t('meeting.place')}</dt>
            <dd>{meeting.place}</dd>
          </>
        )}
        <dt>{t('meeting.data-period')}</dt>
        <dd>{period(meeting.dataPeriod)}</dd>
        {meeting.concludedAt && (
          <>
            <dt>{t('meeting.concluded-at')}</dt>
            <dd>{instant(meeting.concludedAt, zone)}</dd>
          </>
        )}
        {meeting.status === 'CANCELLED' && (
          <>
            <dt>{t('meeting.cancel.reason')}</dt>
            <dd>{meeting.cancelledReason}</dd>
          </>
        )}
      </dl>
      {(meeting.status === 'CANCELLED' || meeting.status === 'MISSED') && (
        <p className="small no-print">{t('meeting.again')}</p>
      )}
    </section>
  );
}

/** What can be done with a scheduled meeting: open it, move it, cancel it. */
function Arrange({ table, zone }: { table: Table; zone: Zone }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState<'open' | 'move' | 'cancel' | null>(null);
  const close = () => setAsking(null);
  const done = (text: string) => {
    close();
    table.onDone(text);
  };
  return (
    <Group className="no-print">
      <Button onClick={() => setAsking('open')}>{t('meeting.open')}</Button>
      <Button variant="default" onClick={() => setAsking('move')}>
        {t('meeting.move')}
      </Button>
      <Button variant="default" onClick={() => setAsking('cancel')}>
        {t('meeting.cancel')}
      </Button>
      {asking === 'open' && <Open table={table} zone={zone} onClose={close} onDone={done} />}
      {asking === 'move' && <Move table={table} zone={zone} onClose={close} onDone={done} />}
      {asking === 'cancel' && <Cancel table={table} onClose={close} onDone={done} />}
    </Group>
  );
}

/** Attendance, decisions and notes are as the opening left them. */
const nothingWritten = ({ notes, agenda, attendees }: Meeting): boolean =>
  notes === '' &&
  agenda.every(({ note, decision }) => note === '' && decision === null) &&
  attendees.every(({ presence }) => presence === 'EXPECTED');

/** An opening by mistake. */
function TakeBack({ table }: { table: Table }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  return (
    <p className="small no-print">
      {t('meeting.take-back')}{' '}
      <Button variant="subtle" size="compact-sm" onClick={() => setAsking(true)}>
        {t('meeting.cancel')}
      </Button>
      {asking && <Cancel table={table} onClose={() => setAsking(false)} onDone={table.onDone} />}
    </p>
  );
}

interface Asking {
  table: Table;
  onClose: () => void;
  onDone: (text: string) => void;
}

function Open({ table: { meeting, turns }, zone, onClose, onDone }: Asking & { zone: Zone }) {
  const { t, count, instant } = useTexts();
  const [now] = useState(() => new Date());
  const early = earliness(meeting.startsAt, zone, now);
  const at = meeting.startsAt ? instant(meeting.startsAt, zone) : '';
  const change = useChange(OpenMeetingDocument, (data) => data.openMeeting, { id: meeting.id, turns });
  async function open() {
    if (await change.send({})) onDone(t('meeting.open.done'));
  }
  return (
    <Question
      title={t('meeting.open')}
      open
      onClose={onClose}
      onConfirm={() => void open()}
      confirm={t('meeting.open')}
      sending={change.sending}
      hindrance={
        early === 'day' ? { title: t('meeting.open.day'), reasons: t('meeting.open.day.why', { at }) } : null
      }
    >
      {early === 'hour' && (
        <Alert color="yellow" title={t('meeting.open.hour')}>
          {t('meeting.open.hour.why', { at })}
        </Alert>
      )}
      <p>
        <b>
          {t('meeting.open.confirm', {
            items: count(meeting.agenda.length),
            people: count(meeting.attendees.length),
          })}
        </b>
      </p>
      <p>{t('meeting.open.effect')}</p>
      <ChangeFailure failure={change.failure} />
    </Question>
  );
}

function Move({ table: { meeting, turns }, zone, onClose, onDone }: Asking & { zone: Zone }) {
  const { t, instant, period } = useTexts();
  const change = useChange(MoveMeetingDocument, (data) => data.moveMeeting, { id: meeting.id, turns });
  const { register, handleSubmit, formState } = useForm<StartEntry>({
    defaultValues: entryOf(meeting, zone),
  });
  const submit = handleSubmit(async (entry) => {
    const moved = await change.send(startOf(entry, zone));
    if (moved?.startsAt) onDone(t('meeting.move.done', { at: instant(moved.startsAt, zone) }));
  });
  return (
    <Question
      title={t('meeting.move')}
      open
      onClose={onClose}
      onConfirm={() => void submit()}
      confirm={t('meeting.move.save')}
      sending={change.sending}
    >
      <StartFields register={register} errors={formState.errors} zone={zone} />
      <p className="small">{t('meeting.move.effect', { month: period(meeting.month) })}</p>
      <ChangeFailure failure={change.failure} />
    </Question>
  );
}

function Cancel({ table: { meeting, turns }, onClose, onDone }: Asking) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const change = useChange(CancelMeetingDocument, (data) => data.cancelMeeting, { id: meeting.id, turns });
  async function cancel() {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    if (await change.send({ reason: reason.trim() })) onDone(t('meeting.cancel.done'));
  }
  return (
    <Question
      title={t('meeting.cancel')}
      open
      onClose={onClose}
      onConfirm={() => void cancel()}
      confirm={t('meeting.cancel')}
      sending={change.sending}
      danger
    >
      <p>{t('meeting.cancel.effect')}</p>
      <Textarea
        label={t('meeting.cancel.why')}
        data-autofocus
        rows={3}
        value={reason}
        error={missing && reason.trim() === '' && t('meeting.cancel.missing')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ChangeFailure failure={change.failure} />
    </Question>
  );
}

/** What was said beside the agenda; it can be mended until the minutes are signed. */
function Notes({ table }: { table: Table }) {
  const { t } = useTexts();
  const { meeting, turns, drafts, records, onDone } = table;
  const text = drafts.text('notes', meeting.notes);
  const base = drafts.base('notes', meeting.notes);
  const change = useChange(SaveNotesDocument, (data) => data.saveNotes, { id: meeting.id, turns });
  async function save() {
    const done = await change.send({ notes: text }, (now) => now.notes === (base ?? meeting.notes));
    if (!done) return;
    drafts.saved('notes', text, done.revision);
    onDone(t('notes.saved'));
  }
  const writes = records && !meeting.signedAt;
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{t('notes.title')}</h2>
      {writes ? (
        <div className="card decide no-print">
          <Textarea
            label={t('notes.label')}
            description={t('action.note.privacy')}
            rows={6}
            value={text}
            onChange={(event) => drafts.type('notes', event.currentTarget.value, meeting.notes)}
          />
          {base !== null && base !== meeting.notes && (
            <p className="small">
              {t('meeting.saved-meanwhile')} <q>{meeting.notes}</q>
            </p>
          )}
          <ChangeFailure failure={change.failure} />
          <div>
            <Button variant="default" loading={change.sending} onClick={() => void save()}>
              {t('notes.save')}
            </Button>{' '}
            {base !== null && <span className="small">{t('notes.unsaved')}</span>}
          </div>
        </div>
      ) : (
        base !== null && (
          <p className="small no-print">
            {t('meeting.unsaved')} <q>{text}</q>
          </p>
        )
      )}
      {meeting.notes ? (
        <blockquote className={writes ? 'print-only' : undefined}>{meeting.notes}</blockquote>
      ) : (
        !writes && <p>{t('notes.none')}</p>
      )}
    </section>
  );
}

function Conclude({ table }: { table: Table }) {
  const { t, count } = useTexts();
  const { meeting, turns, drafts, onDone, askAgain } = table;
  const [open, setOpen] = useState(false);
  const change = useChange(ConcludeMeetingDocument, (data) => data.concludeMeeting, {
    id: meeting.id,
    turns,
  });
  const outcome = outcomeOf(meeting.agenda);
  const unsaved = meeting.agenda.filter(
    ({ id, note }) => id !== null && drafts.base(`item ${id}`, note) !== null,
  );
  const nobody = !meeting.attendees.some(({ presence }) => presence === 'PRESENT');
  async function conclude() {
    if (!(await change.send({}))) return;
    setOpen(false);
    onDone(t('meeting.conclude.done'));
  }
  return (
    <div className="no-print">
      <Button
        onClick={() => {
          askAgain();
          change.forget();
          setOpen(true);
        }}
      >
        {t('meeting.conclude')}
      </Button>
      <Question
        title={t('meeting.conclude')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void conclude()}
        confirm={t('meeting.conclude')}
        sending={change.sending}
        hindrance={
          nobody || unsaved.length > 0 || outcome.undecided.length > 0
            ? {
                title: t('meeting.conclude.hindered'),
                reasons: (
                  <>
                    {nobody && <p>{t('meeting.conclude.nobody')}</p>}
                    <Hindering title={t('meeting.conclude.unsaved')} items={unsaved} />
                    <Hindering
                      title={t('meeting.conclude.undecided', { count: count(outcome.undecided.length) })}
                      items={outcome.undecided}
                    />
                  </>
                ),
              }
            : null
        }
      >
        <p>
          <b>
            {t('meeting.conclude.confirm', {
              agreed: count(outcome.agreed.length),
              carried: count(outcome.carriedOver.length),
            })}
          </b>
        </p>
        <Outcome title={t('meeting.conclude.agreed')} items={outcome.agreed} />
        <Outcome title={t('meeting.conclude.incomplete')} items={outcome.incomplete} danger />
        <Outcome title={t('meeting.conclude.carried')} items={outcome.carriedOver} />
        {outcome.putOff.length > 0 && (
          <p>{t('meeting.conclude.put-off', { count: count(outcome.putOff.length) })}</p>
        )}
        <p className="small">{t('meeting.conclude.effect')}</p>
        <ChangeFailure failure={change.failure} />
      </Question>
    </div>
  );
}

function Hindering({ title, items }: { title: string; items: AgendaFieldsFragment[] }) {
  if (items.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <Titles items={items} />
    </>
  );
}

function Outcome({
  title,
  items,
  danger = false,
}: {
  title: string;
  items: AgendaFieldsFragment[];
  danger?: boolean;
}) {
  if (items.length === 0) return null;
  return (
    <div className={danger ? 'outcome open' : 'outcome'}>
      <b>{title}</b>
      <Titles items={items} />
    </div>
  );
}

const Titles = ({ items }: { items: AgendaFieldsFragment[] }) => (
  <ul>
    {items.map((item) => (
      <li key={item.id}>{item.title}</li>
    ))}
  </ul>
);

/** The minutes of a concluded meeting: the head signs them, everybody can take them along. */
function Minutes({ table }: { table: Table }) {
  const { t } = useTexts();
  const viewer = useViewer();
  const { meeting, turns, onDone } = table;
  const [open, setOpen] = useState(false);
  const [fetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = useChange(SignMinutesDocument, (data) => data.signMinutes, { id: meeting.id, turns });
  const signs = !meeting.signedAt && may(viewer, 'minutes.sign', { puskesmas: meeting.puskesmas.code });
  async function sign() {
    if (!(await change.send({}))) return;
    setOpen(false);
    onDone(t('meeting.sign.done'));
  }
  async function download() {
    setFetching(true);
    setFailure(null);
    const minutes = await fetchMinutes(meeting.id);
    setFetching(false);
    if ('failure' in minutes) return setFailure(minutes.failure);
    saveFile(minutes, `notulen-${meeting.puskesmas.code}-${meeting.month}.pdf`);
  }
  return (
    <div className="no-print">
      <Group>
        {signs && <Button onClick={() => setOpen(true)}>{t('meeting.sign')}</Button>}
        <Button variant="default" loading={fetching} onClick={() => void download()}>
          {t('meeting.pdf')}
        </Button>
      </Group>
      <FailureNotice failure={failure} />
      <Question
        title={t('meeting.sign')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void sign()}
        confirm={t('meeting.sign')}
        sending={change.sending}
      >
        <p>
          <b>{t('meeting.sign.confirm', { name: meeting.puskesmas.name })}</b>
        </p>
        <p>{t('meeting.sign.effect')}</p>
        <ChangeFailure failure={change.failure} />
      </Question>
    </div>
  );
}

/** The end of the minutes: who signed them, or the line for a pen. */
function Signature({ table: { meeting }, zone }: { table: Table; zone: Zone | null }) {
  const { t, instant } = useTexts();
  return (
    <section
      className={meeting.signedAt ? 'signature' : 'signature print-only'}
      aria-label={t('meeting.head')}
    >
      <p>{t('meeting.head')}</p>
      {meeting.signedAt ? (
        <p data-testid="signed">
          <b>{meeting.signedByName}</b>
          <small>{t('meeting.signed-at', { at: instant(meeting.signedAt, zone) })}</small>
        </p>
      ) : (
        <p className="pen" />
      )}
    </section>
  );
}
