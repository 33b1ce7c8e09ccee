import { z } from 'zod';
import { ask, command, expectedRevision, overviewPlace, page, pageOf } from './ask.ts';
import { day, decimal, districtCode, fact, instant, period } from './fact.ts';
import { lines, linesOrNone, oneLine, oneLineOrNone, withoutTwins } from './fields.ts';

/**
 * scheduled: has a start; opened: agenda and attendance list are frozen; concluded: its decisions were announced.
 * cancelled and missed wait for a new start: a month keeps its one meeting.
 */
export const MEETING_STATUSES = ['scheduled', 'opened', 'concluded', 'cancelled', 'missed'] as const;

/** The whole state of one meeting; the highest revision wins. */
const meetingState = {
  meetingId: z.uuid(),
  revision: z.int().positive(),
  unitId: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  districtCode,
  /** The month that the meeting belongs to, however often it is moved. */
  month: period,
  /** The month whose results it looks at. */
  dataPeriod: period,
  status: z.enum(MEETING_STATUSES),
  /** Null while nobody has scheduled it. */
  startsAt: instant.nullable(),
  /** Minutes, 5-720. */
  durationMinutes: z.int(),
  place: z.string(),
  concludedAt: instant.nullable(),
  /** The end of its month, once that has passed without a conclusion; kept when it is held late. */
  missedAt: instant.nullable(),
  signedAt: instant.nullable(),
};

export const MeetingScheduled = fact(
  'lokmin.meetings.meeting.scheduled.v1',
  'A monthly meeting has a start; everybody with a post in the unit is invited',
  meetingState,
);
export const MeetingMoved = fact(
  'lokmin.meetings.meeting.moved.v1',
  'The start, length or place of a scheduled meeting changed; its month stays',
  { ...meetingState, formerStartsAt: instant },
);
export const MeetingCancelled = fact(
  'lokmin.meetings.meeting.cancelled.v1',
  'A scheduled meeting will not be held then',
  { ...meetingState, reason: z.string() },
);
export const MeetingOpened = fact(
  'lokmin.meetings.meeting.opened.v1',
  'The meeting began; its agenda and its attendance list are frozen',
  meetingState,
);
export const MeetingEdited = fact(
  'lokmin.meetings.meeting.edited.v1',
  'Topics, decisions, attendance or notes of the meeting were written down; its status stays',
  meetingState,
);
export const MeetingConcluded = fact(
  'lokmin.meetings.meeting.concluded.v1',
  'The meeting ended; it names the actions that it agreed on and those that it carries over',
  {
    ...meetingState,
    /** Actions that the meeting agreed on, ready or not. */
    agreed: z.array(z.uuid()),
    /** Agreed actions of earlier meetings that go on. */
    carriedOver: z.array(z.uuid()),
    present: z.int().nonnegative(),
    invited: z.int().nonnegative(),
  },
);
export const MeetingMissed = fact(
  'lokmin.meetings.meeting.missed.v1',
  'A month ended without a concluded meeting',
  meetingState,
);
export const MinutesSigned = fact(
  'lokmin.meetings.minutes.signed.v1',
  'The head signed the minutes; nothing of the meeting can be changed any more',
  { ...meetingState, signedBy: z.uuid() },
);

/** review: an agreed action that goes on, or one completed since; proposal: no meeting agreed on it yet, ready or not; result: judged kurang, without either; topic: added by hand. */
export const AGENDA_KINDS = ['review', 'result', 'proposal', 'topic'] as const;
/** agree: a proposal; continue: a review, carried over; put_off: a proposal, it comes back; noted: a result or topic. */
export const AGENDA_DECISIONS = ['agree', 'continue', 'put_off', 'noted'] as const;
export const PRESENCES = ['expected', 'present', 'excused', 'absent'] as const;

export const meetingView = z.object({
  ...meetingState,
  openedAt: instant.nullable(),
  scheduledByName: z.string().nullable(),
  cancelledReason: z.string().nullable(),
  signedByName: z.string().nullable(),
  /** On the attendance list, 0 until the meeting is opened. */
  invited: z.int().nonnegative(),
  present: z.int().nonnegative(),
});
export const agendaItem = z.object({
  /** Of an opened meeting or a topic; null while the item is taken anew from what is known at each look. */
  itemId: z.uuid().nullable(),
  kind: z.enum(AGENDA_KINDS),
  title: z.string(),
  indicatorCode: z.string().nullable(),
  /** Percent of the running target, two decimals, where the evaluation judged the indicator kurang. */
  performance: decimal.nullable(),
  /** There may be one, and it is not for the caller, who may see no small counts. */
  performanceHidden: z.boolean().default(false),
  actionId: z.uuid().nullable(),
  /** Present state of the action. */
  actionStatus: z.string().nullable(),
  ownerName: z.string().nullable(),
  dueDate: day.nullable(),
  overdue: z.boolean(),
  progress: z.int().nullable(),
  /** In how many meetings it was carried over. */
  carriedOver: z.int().nonnegative(),
  note: z.string(),
  decision: z.enum(AGENDA_DECISIONS).nullable(),
});
export const attendee = z.object({
  attendeeId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  name: z.string(),
  /** Post in the unit, or where a guest comes from. */
  position: z.string(),
  presence: z.enum(PRESENCES),
});
export const meetingDetail = z.object({
  meeting: meetingView,
  agenda: z.array(agendaItem),
  attendees: z.array(attendee),
  notes: z.string(),
});

export const DistrictMeetings = ask(
  'meetings',
  'district-summary',
  'Per puskesmas of a district or coaching group: the meeting that looks at a period',
  { ...overviewPlace, period },
  z.object({
    asOf: instant,
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        meeting: meetingView.nullable(),
      }),
    ),
  }),
);
export const ListMeetings = ask(
  'meetings',
  'list-meetings',
  'Meetings of a unit, newest month first',
  { unitId: z.uuid(), ...page },
  pageOf(meetingView),
);
export const FindMeeting = ask(
  'meetings',
  'find-meeting',
  'One meeting with agenda, attendance and notes; until it is opened these are what is known now',
  { meetingId: z.uuid() },
  meetingDetail,
);

const start = {
  /** With the offset of the unit, as it was typed. */
  startsAt: instant,
  durationMinutes: z.int().min(5).max(720),
  place: oneLine(200),
};
export const ScheduleMeeting = ask(
  'meetings',
  'schedule-meeting',
  'Schedules the monthly meeting of a unit; also a cancelled or missed one again',
  {
    ...command,
    unitId: z.uuid(),
    month: period,
    /** Null: the month before. */
    dataPeriod: period.nullable().default(null),
    ...start,
  },
  meetingView,
);
const change = { ...command, ...expectedRevision, meetingId: z.uuid() };
export const MoveMeeting = ask(
  'meetings',
  'move-meeting',
  'Moves a scheduled meeting; it keeps its month',
  { ...change, ...start },
  meetingView,
);
export const CancelMeeting = ask(
  'meetings',
  'cancel-meeting',
  'Cancels a scheduled meeting, or an opened one in which nothing was written down, saying why',
  { ...change, reason: lines(1000) },
  meetingView,
);
export const OpenMeeting = ask(
  'meetings',
  'open-meeting',
  'Opens a scheduled meeting on the day of its start or later: freezes agenda and attendance list',
  change,
  meetingView,
);
export const AddTopic = ask(
  'meetings',
  'add-topic',
  'Adds a topic to the agenda of a meeting that is not concluded',
  { ...change, title: oneLine(500) },
  meetingView,
);
export const RemoveTopic = ask(
  'meetings',
  'remove-topic',
  'Takes a topic off the agenda of a meeting that is not opened',
  { ...change, itemId: z.uuid() },
  meetingView,
);
export const DecideItem = ask(
  'meetings',
  'decide-item',
  'Records what an opened meeting said and decided about an item',
  {
    ...change,
    itemId: z.uuid(),
    note: linesOrNone(4000).trim(),
    decision: z.enum(AGENDA_DECISIONS).nullable(),
  },
  meetingView,
);
/** However it is typed, it is the same person from the same place. */
const sameGuest = (guest: { name: string; position: string }): string =>
  [guest.name, guest.position]
    .map((words) => words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' '))
    .join('\n');
export const RecordAttendance = ask(
  'meetings',
  'record-attendance',
  'Records who was there, at an opened meeting; people without a post are added by name',
  {
    ...change,
    attendees: z
      .array(z.object({ attendeeId: z.uuid(), presence: z.enum(PRESENCES) }))
      .max(500)
      .check(withoutTwins('attendee-twice', ({ attendeeId }) => attendeeId.toLowerCase(), 'attendeeId'))
      .default([]),
    guests: z
      .array(z.object({ name: oneLine(200), position: oneLineOrNone(200) }))
      .max(100)
      .check(withoutTwins('guest-twice', sameGuest, 'name'))
      .default([]),
  },
  meetingView,
);
export const SaveNotes = ask(
  'meetings',
  'save-notes',
  'Saves the notes of an opened meeting',
  { ...change, notes: linesOrNone(20_000) },
  meetingView,
);
export const ConcludeMeeting = ask(
  'meetings',
  'conclude-meeting',
  'Concludes an opened meeting: what it agreed on and carries over is announced',
  change,
  meetingView,
);
export const SignMinutes = ask(
  'meetings',
  'sign-minutes',
  'The head signs the minutes of a concluded meeting',
  change,
  meetingView,
);

export const meetingRefusals = {
  'meeting.exists': {
    id: 'Lokakarya mini bulan {month} sudah dijadwalkan. Pindahkan jadwalnya bila perlu.',
    en: 'The meeting of {month} is scheduled already. Move it if need be.',
  },
  'meeting.period-not-before': {
    id: 'Periode data {dataPeriod} harus sebelum bulan pertemuan {month}.',
    en: 'The data period {dataPeriod} must lie before the meeting month {month}.',
  },
  'meeting.outside-month': {
    id: 'Waktu mulai {startsAt} tidak berada di bulan {month} atau sesudahnya.',
    en: 'The start {startsAt} does not lie in {month} or later.',
  },
  'meeting.too-far': {
    id: 'Waktu mulai {startsAt} terlalu jauh. Pilih paling lambat {last}.',
    en: 'The start {startsAt} is too far away. Choose {last} at the latest.',
  },
  'meeting.too-old': {
    id: 'Bulan {month} terlalu lama berlalu. Pilih paling awal {first}.',
    en: '{month} is too long ago. Choose {first} at the earliest.',
  },
  'meeting.before-its-day': {
    id: 'Lokakarya mini ini dijadwalkan pada {startsAt}. Pindahkan jadwalnya dahulu bila diadakan lebih awal.',
    en: 'This meeting is scheduled on {startsAt}. Move it first when it is held earlier.',
  },
  'meeting.begun': {
    id: 'Kehadiran, keputusan atau catatan sudah diisi, sehingga lokakarya mini ini tidak dapat dibatalkan lagi. Selesaikan atau kosongkan dahulu isinya.',
    en: 'Attendance, decisions or notes were written down, so this meeting cannot be cancelled any more. Conclude it, or empty them first.',
  },
  'meeting.wrong-status': {
    id: 'Lokakarya mini ini berstatus {statusId}, sehingga ini tidak dapat dilakukan. Muat ulang halaman.',
    en: 'This meeting is {status}, so this cannot be done. Reload the page.',
  },
  'meeting.signed': {
    id: 'Notulen sudah disahkan; pertemuan ini tidak dapat diubah lagi.',
    en: 'The minutes are signed; this meeting cannot be changed any more.',
  },
  'meeting.decision-unfit': {
    id: 'Keputusan ini tidak cocok untuk butir agenda ini.',
    en: 'This decision does not fit this item of the agenda.',
  },
  'meeting.undecided': {
    id: 'Masih ada {count} usulan kegiatan tanpa keputusan. Sepakati atau tunda masing-masing dahulu.',
    en: '{count} proposed actions have no decision yet. Agree on or put off each of them first.',
  },
  'meeting.nobody-present': {
    id: 'Belum ada peserta yang hadir. Isi daftar hadir dahulu.',
    en: 'Nobody is recorded as present yet. Fill in the attendance first.',
  },
  'meeting.guest-listed': {
    id: '{name} sudah ada di daftar hadir.',
    en: '{name} is on the attendance list already.',
  },
  'minutes.sole-hand': {
    id: 'Notulen ini hanya Anda yang mengisi. Minta notulis atau KTU memeriksa dan menyimpan catatan rapat dahulu, lalu sahkan.',
    en: 'Only you took these minutes. Ask whoever takes the minutes or heads the administration to check and save the notes first, then sign.',
  },
} as const;
