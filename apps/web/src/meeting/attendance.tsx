import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { RecordAttendanceDocument, type AttendeeFieldsFragment } from '../api/operations.generated.ts';
import { useTexts } from '../texts/texts.ts';
import type { Table } from './agenda.tsx';
import { useChange } from './change.ts';
import { ChangeFailure } from './notices.tsx';

type Presence = AttendeeFieldsFragment['presence'];
const CHOICES = ['PRESENT', 'EXCUSED', 'ABSENT'] as const satisfies Presence[];

/** Who is invited; from the opening on who is there, one tap for each. */
export function Attendance({ table }: { table: Table }) {
  const { t, count } = useTexts();
  const { meeting, turns } = table;
  const { attendees, status, revision } = meeting;
  const listed = status === 'OPENED' || status === 'CONCLUDED';
  const records = table.records && (status === 'OPENED' || (status === 'CONCLUDED' && !meeting.signedAt));
  const change = useChange(RecordAttendanceDocument, (data) => data.recordAttendance, {
    id: meeting.id,
    turns,
  });
  // A tap shows at once; `savedAt` is the revision from which on the page shows it by itself.
  const [taps, setTaps] = useState<Record<string, { presence: Presence; savedAt: number | null }>>({});
  const presenceOf = ({ id, presence }: AttendeeFieldsFragment): Presence => {
    const tap = id === null ? undefined : taps[id];
    return tap && (tap.savedAt === null || revision < tap.savedAt) ? tap.presence : presence;
  };
  const present = attendees.filter((each) => presenceOf(each) === 'PRESENT').length;

  async function record(ids: string[], presence: Presence) {
    const all = (savedAt: number | null) =>
      Object.fromEntries(ids.map((id) => [id, { presence, savedAt }] as const));
    setTaps((before) => ({ ...before, ...all(null) }));
    const done = await change.send(
      { attendees: ids.map((attendee) => ({ attendee, presence })) },
      () => true, // what was tapped last counts, whoever tapped
    );
    setTaps((before) => {
      const mine = Object.entries(before).filter(
        ([id, tap]) => !(ids.includes(id) && tap.savedAt === null && tap.presence === presence),
      );
      return { ...Object.fromEntries(mine), ...(done && all(done.revision)) };
    });
  }
  const waiting = attendees.flatMap((each) =>
    each.id !== null && presenceOf(each) === 'EXPECTED' ? [each.id] : [],
  );
  return (
    <section aria-labelledby="attendance">
      <h2 id="attendance">{t(listed ? 'attendance.title' : 'attendance.invited')}</h2>
      {!listed && <p className="small">{t('attendance.as-now')}</p>}
      {listed && (
        <p data-testid="present">
          {t('meeting.present', { present: count(present), invited: count(attendees.length) })}
        </p>
      )}
      {records && waiting.length > 0 && (
        <Button
          size="xs"
          variant="default"
          mb="xs"
          className="no-print"
          onClick={() => void record(waiting, 'PRESENT')}
        >
          {t('attendance.all')}
        </Button>
      )}
      <ChangeFailure failure={change.failure} />
      {attendees.length === 0 && <p>{t('attendance.none')}</p>}
      <ul className="attendance" data-testid="attendance">
        {attendees.map((each, index) => {
          const presence = presenceOf(each);
          return (
            <li key={each.id ?? index}>
              <span>
                <b>{each.name}</b>
                {/* An account named by its post says it once. */}
                {each.position !== each.name && <small>{each.position}</small>}
              </span>
              {records && each.id !== null ? (
                <span className="choices no-print" role="group" aria-label={each.name}>
                  {CHOICES.map((choice) => (
                    <button
                      key={choice}
                      type="button"
                      className={`choice choice-${choice}`}
                      aria-pressed={presence === choice}
                      onClick={() => void record([each.id!], presence === choice ? 'EXPECTED' : choice)}
                    >
                      {t(`presence.${choice}`)}
                    </button>
                  ))}
                </span>
              ) : null}
              {listed && (
                <span className={records ? 'presence print-only' : 'presence'}>
                  {t(`presence.${presence}`)}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {records && <AddGuest table={table} />}
    </section>
  );
}

/** Somebody without a post in the unit, by name. */
function AddGuest({ table }: { table: Table }) {
  const { t } = useTexts();
  const { meeting, turns, drafts } = table;
  const [name, position] = [drafts.text('guest', ''), drafts.text('guest from', '')];
  const change = useChange(RecordAttendanceDocument, (data) => data.recordAttendance, {
    id: meeting.id,
    turns,
  });
  async function add(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '' || change.sending) return;
    const guest = { name: name.trim(), position: position.trim() };
    if (!(await change.send({ guests: [guest] }, () => true))) return;
    drafts.drop('guest');
    drafts.drop('guest from');
    table.onDone(t('attendance.guest.added', { name: guest.name }));
  }
  return (
    <form className="one-line no-print" onSubmit={(event) => void add(event)} noValidate>
      <TextInput
        label={t('attendance.guest')}
        value={name}
        onChange={(event) => drafts.type('guest', event.currentTarget.value, '')}
      />
      <TextInput
        label={t('attendance.guest.from')}
        value={position}
        onChange={(event) => drafts.type('guest from', event.currentTarget.value, '')}
      />
      <Button type="submit" variant="default" loading={change.sending}>
        {t('attendance.guest.add')}
      </Button>
      <ChangeFailure failure={change.failure} />
    </form>
  );
}
