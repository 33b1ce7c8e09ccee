import { addMonths, localDate, parsePeriod, type Zone } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type {
  ActionState,
  AgendaItem,
  Attendee,
  KnownAction,
  Kurang,
  Meeting,
  MeetingStatus,
} from './meeting.entity.ts';

/** An item as the agenda takes it up, before it is frozen. */
export type Taken = Pick<
  AgendaItem,
  'kind' | 'title' | 'indicatorCode' | 'performance' | 'actionId' | 'actionState'
>;

const OPEN: readonly string[] = ['proposed', 'ready', 'in_progress'];

/** What the agenda and the minutes show of an action. */
export const stateOf = (action: KnownAction): ActionState => ({
  status: action.status,
  ownerName: action.ownerName,
  dueDate: action.dueDate,
  overdue: action.overdue && OPEN.includes(action.status),
  progress: action.progress,
  carriedOver: action.carriedOver,
});

/**
 * What a meeting has to look at: the agreed actions that go on, and those completed since the last meeting (overdue ones
 * first, then those carried over most often, then by due date); the open ones that no meeting agreed on yet, with or without an owner
 * (worst indicator first); and the indicators
 * judged kurang that have neither.
 * @param kurang of the standing evaluation of the data period; none when there is no such evaluation
 * @param since end of the last concluded meeting; completed actions from before were reviewed there
 */
export function agendaOf(
  actions: readonly KnownAction[],
  kurang: readonly Kurang[],
  since: Date | null,
): Taken[] {
  const performanceOf = new Map(kurang.map(({ code, performance }) => [code, performance]));
  const take =
    (kind: 'review' | 'proposal') =>
    (action: KnownAction): Taken => ({
      kind,
      title: action.title,
      indicatorCode: action.indicatorCode,
      performance: performanceOf.get(action.indicatorCode) ?? null,
      actionId: action.actionId,
      actionState: stateOf(action),
    });
  const byPerformance = (a: string | null | undefined, b: string | null | undefined) =>
    Number(a ?? Infinity) - Number(b ?? Infinity);
  const reviewed = actions
    .filter((action) =>
      OPEN.includes(action.status)
        ? action.agreed
        : action.status === 'completed' && (!since || action.changedAt > since),
    )
    .sort(
      (a, b) =>
        Number(stateOf(b).overdue) - Number(stateOf(a).overdue) ||
        b.carriedOver - a.carriedOver ||
        (a.dueDate ?? '9999').localeCompare(b.dueDate ?? '9999') ||
        a.actionId.localeCompare(b.actionId),
    );
  const proposals = actions
    .filter(({ status, agreed }) => OPEN.includes(status) && !agreed)
    .sort(
      (a, b) =>
        byPerformance(performanceOf.get(a.indicatorCode), performanceOf.get(b.indicatorCode)) ||
        a.indicatorCode.localeCompare(b.indicatorCode),
    );
  const answered = new Set([...reviewed, ...proposals].map(({ indicatorCode }) => indicatorCode));
  const results = kurang
    .filter(({ code }) => !answered.has(code))
    .sort((a, b) => byPerformance(a.performance, b.performance) || a.code.localeCompare(b.code))
    .map(({ code, name, performance }): Taken => ({
      kind: 'result',
      title: name,
      indicatorCode: code,
      performance,
      actionId: null,
      actionState: null,
    }));
  return [...reviewed.map(take('review')), ...proposals.map(take('proposal')), ...results];
}

const STATUS_ID: Record<MeetingStatus, string> = {
  scheduled: 'terjadwal',
  opened: 'berlangsung',
  concluded: 'selesai',
  cancelled: 'dibatalkan',
  missed: 'tidak terlaksana',
};

/** @throws Refusal `meeting.signed`, `meeting.wrong-status` */
export function demandStatus(meeting: Meeting, ...allowed: MeetingStatus[]): void {
  if (meeting.signedAt) throw new Refusal('meeting.signed');
  if (!allowed.includes(meeting.status))
    throw new Refusal('meeting.wrong-status', {
      status: meeting.status,
      statusId: STATUS_ID[meeting.status],
    });
}

/** Minutes exist from the opening on. @throws Refusal `meeting.wrong-status` */
export function demandMinutes({ status }: { status: MeetingStatus }): void {
  if (status !== 'opened' && status !== 'concluded')
    throw new Refusal('meeting.wrong-status', { status, statusId: STATUS_ID[status] });
}

/** When and where, as it was asked for. */
export interface Start {
  readonly startsAt: Date;
  readonly durationMinutes: number;
  readonly place: string;
}

/** A month before this was mistyped; so was a start further away than that. */
const FIRST_MONTH = '2000-01';
const YEARS_AHEAD = 5;

/**
 * The month and data period of a new meeting.
 * @param dataPeriod null: the month before
 * @throws Refusal `meeting.too-old`, `meeting.period-not-before`
 */
export function monthsOf(month: string, dataPeriod: string | null): { month: string; dataPeriod: string } {
  const looksAt = dataPeriod ?? addMonths(parsePeriod(month), -1);
  for (const [field, each] of Object.entries({ month, dataPeriod: looksAt }))
    if (each < FIRST_MONTH) throw new Refusal('meeting.too-old', { month: each, first: FIRST_MONTH }, field);
  if (looksAt >= month)
    throw new Refusal('meeting.period-not-before', { month, dataPeriod: looksAt }, 'dataPeriod');
  return { month, dataPeriod: looksAt };
}

/**
 * A meeting starts in its month or, when it is held late, after it.
 * @param today in the zone of the unit
 * @throws Refusal `meeting.outside-month`, `meeting.too-far`
 */
export function demandStart(month: string, { startsAt }: Start, zone: Zone, today: string): void {
  const day = localDate(startsAt, zone);
  const last = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`;
  if (day > last) throw new Refusal('meeting.too-far', { startsAt: day, last }, 'startsAt');
  if (day.slice(0, 7) < month)
    throw new Refusal('meeting.outside-month', { month, startsAt: day }, 'startsAt');
}

/**
 * A meeting opens on the day of its start or later; who meets earlier moves it first, so that everybody is told.
 * @param today in the zone of the unit
 * @throws Refusal `meeting.before-its-day`
 */
export function demandItsDay({ startsAt }: Meeting, zone: Zone, today: string): void {
  const day = localDate(startsAt!, zone);
  if (today < day) throw new Refusal('meeting.before-its-day', { startsAt: day });
}

/** Minutes of a meeting at which nobody was are none. @throws Refusal `meeting.nobody-present` */
export function demandPresent(attendees: readonly Pick<Attendee, 'presence'>[]): void {
  if (!attendees.some(({ presence }) => presence === 'present')) throw new Refusal('meeting.nobody-present');
}

/**
 * Nobody signs minutes that they took alone; of meetings held before this was kept, nobody is known who took them.
 * @throws Refusal `minutes.sole-hand`
 */
export function demandAnotherHand({ recordedBy }: Pick<Meeting, 'recordedBy'>, signer: string): void {
  if (recordedBy.length > 0 && recordedBy.every((person) => person === signer))
    throw new Refusal('minutes.sole-hand');
}

/**
 * An opening is taken back while nothing was written down under it.
 * @throws Refusal `meeting.begun`
 */
export function demandNothingWritten(
  { notes }: Meeting,
  items: readonly AgendaItem[],
  attendees: readonly Attendee[],
): void {
  const written =
    notes !== '' ||
    items.some(({ note, decision }) => note !== '' || decision !== null) ||
    attendees.some(({ presence }) => presence !== 'expected');
  if (written) throw new Refusal('meeting.begun');
}

/** What a concluded meeting announces. */
export interface Outcome {
  readonly agreed: string[];
  readonly carriedOver: string[];
}

/**
 * What the decisions of a meeting come to. Actions that ended meanwhile are neither agreed nor carried over.
 * @param items with the present state of each action
 * @throws Refusal `meeting.undecided`
 */
export function outcomeOf(items: readonly AgendaItem[]): Outcome {
  const standing = items.filter(({ actionState }) => actionState && OPEN.includes(actionState.status));
  const undecided = standing.filter(({ kind, decision }) => kind === 'proposal' && decision === null).length;
  if (undecided > 0) throw new Refusal('meeting.undecided', { count: undecided });
  return {
    agreed: standing.filter(({ decision }) => decision === 'agree').map(({ actionId }) => actionId!),
    carriedOver: standing.filter(({ kind }) => kind === 'review').map(({ actionId }) => actionId!),
  };
}

const FITTING: Record<AgendaItem['kind'], readonly AgendaItem['decision'][]> = {
  review: ['continue', 'noted', null],
  proposal: ['agree', 'put_off', null],
  result: ['noted', null],
  topic: ['noted', null],
};

/**
 * @param status of its action at present; null: it has none
 * @throws Refusal `meeting.decision-unfit`; what has ended is not continued
 */
export function demandFitting(
  { kind }: Pick<AgendaItem, 'kind'>,
  status: string | null,
  decision: AgendaItem['decision'],
): void {
  const ended = kind === 'review' && status !== null && !OPEN.includes(status);
  if (!FITTING[kind].includes(decision) || (ended && decision === 'continue'))
    throw new Refusal('meeting.decision-unfit', {}, 'decision');
}

const STANDING: readonly MeetingStatus[] = ['cancelled', 'missed', 'scheduled', 'opened', 'concluded'];

/** Of meetings that look at one period, the one that tells how far the unit is: the furthest, of several the newest month. */
export const furthest = <M extends Pick<Meeting, 'status' | 'month'>>(
  meetings: readonly M[],
): M | undefined =>
  [...meetings].sort(
    (a, b) => STANDING.indexOf(b.status) - STANDING.indexOf(a.status) || b.month.localeCompare(a.month),
  )[0];
