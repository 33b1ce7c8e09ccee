/** What people do at the monthly meetings of the synthetic district; and what must come of it. */
import {
  AddTopic,
  CancelMeeting,
  ConcludeMeeting,
  DecideItem,
  FindMeeting,
  ListActions,
  MoveMeeting,
  OpenMeeting,
  RecordAttendance,
  ScheduleMeeting,
  SignMinutes,
  type AskReply,
  type AskType,
} from '@lokmin/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { LASTING, MEETING_START, movesAMeeting, periodOf, type Puskesmas } from './district.ts';
import type { Accomplished, Place } from './work.ts';

type Step = 'scheduled' | 'edited' | 'moved' | 'cancelled' | 'opened' | 'concluded' | 'signed';

/** A meeting as the answers said it is. */
export interface Met {
  readonly unit: Puskesmas;
  readonly month: string;
  readonly meetingId: string;
  /** After the last answer. */
  revision: number;
  status: string;
  /** What was announced, at which revision. */
  readonly steps: { readonly step: Step; readonly revision: number }[];
  /** What the agenda must hold, and what was decided about it: a topic by its title, an action by its indicator. */
  readonly agenda: { readonly kind: string; readonly about: string; readonly decision: string | null }[];
  /** Indicators of the actions that it agreed on, and of those that it carried over. */
  readonly agreed: string[];
  readonly carriedOver: string[];
}

const TOPIC = 'Kunjungan lapangan (uji)';
const GUEST = { name: 'Petugas kecamatan (uji)', position: 'Kecamatan' };
const SETTLED_MS = 120_000;

/** The head schedules the meeting that looks at a month, with a topic; some move it. */
export async function arrangeMeeting(unit: Puskesmas, dataMonth: number, place: Place): Promise<Met> {
  const month = periodOf(dataMonth + 1);
  const start = { startsAt: MEETING_START, durationMinutes: 90, place: 'Aula (uji)' };
  const view = await place.people.command(
    unit.head,
    ScheduleMeeting,
    { unitId: place.unitId(unit.code), month, ...start },
    { unit: unit.code, period: month },
  );
  const { meetingId, revision, status } = view;
  const steps: Met['steps'] = [{ step: 'scheduled', revision }];
  const met: Met = {
    ...{ unit, month, meetingId, revision, status, steps },
    agenda: [],
    agreed: [],
    carriedOver: [],
  };
  place.accomplished.meetings.push(met);
  await change(met, place, AddTopic, { title: TOPIC });
  met.agenda.push({ kind: 'topic', about: TOPIC, decision: null });
  if (dataMonth === 1 && movesAMeeting(unit))
    await change(met, place, MoveMeeting, { ...start, place: 'Balai desa (uji)' }, 'moved');
  return met;
}

/** Calls off a meeting that was arranged. */
export const callOff = (met: Met, place: Place): Promise<void> =>
  change(met, place, CancelMeeting, { reason: 'Kunjungan dinas (uji)' }, 'cancelled');

/**
 * Opens a meeting as soon as its agenda tells of everything that was evaluated, agrees on the ready proposal and on the
 * first of the others, puts off the rest, and concludes; the first of a puskesmas is signed.
 */
export async function holdMeeting(met: Met, place: Place): Promise<void> {
  const { unit, meetingId, agenda } = met;
  const { people, accomplished } = place;
  const earlier = accomplished.meetings.filter((other) => other.unit === unit && other !== met);
  const agreedBefore = new Set(earlier.flatMap(({ agreed }) => agreed));
  await untilSettled(met, agreedBefore, place);
  await change(met, place, OpenMeeting, {}, 'opened');
  const opened = await people.ask(unit.head, FindMeeting, { meetingId });
  await change(met, place, RecordAttendance, {
    attendees: opened.attendees.map(({ attendeeId, personId }) => ({
      attendeeId: attendeeId!,
      presence: personId === place.personId(unit.staff) ? ('excused' as const) : ('present' as const),
    })),
    guests: [GUEST],
  });
  const red = redSoFar(unit, accomplished);
  const open = [...red.keys()].filter((code) => !agreedBefore.has(code)).toSorted();
  const unready = open.find((code) => code !== LASTING);
  met.agreed.push(...open.filter((code) => code === LASTING || code === unready));
  met.carriedOver.push(...[...agreedBefore].toSorted());
  agenda.length = 0;
  agenda.push(
    ...met.carriedOver.map((about) => ({ kind: 'review', about, decision: 'continue' })),
    ...open.map((about) => ({
      kind: 'proposal',
      about,
      decision: met.agreed.includes(about) ? 'agree' : 'put_off',
    })),
    { kind: 'topic', about: TOPIC, decision: 'noted' },
  );
  for (const { itemId, kind, title, indicatorCode } of opened.agenda) {
    const about = indicatorCode ?? title;
    const planned = agenda.find((item) => item.kind === kind && item.about === about);
    const decision = (planned?.decision ?? null) as z.input<(typeof DecideItem)['input']>['decision'];
    await change(met, place, DecideItem, { itemId: itemId!, note: `Dibahas: ${about}`, decision });
  }
  await change(met, place, ConcludeMeeting, {}, 'concluded');
  if (earlier.length === 0) await change(met, place, SignMinutes, {}, 'signed');
}

/** Months by red indicator, of all evaluations of a puskesmas. */
export function redSoFar(
  unit: Puskesmas,
  { evaluations }: Pick<Accomplished, 'evaluations'>,
): Map<string, string[]> {
  const months = new Map<string, string[]>();
  for (const { red, period } of evaluations.filter((evaluated) => evaluated.unit === unit))
    for (const code of red) months.set(code, [...(months.get(code) ?? []), period]);
  return months;
}

/** Waits until actions and agenda show what the evaluations and the earlier meetings come to: nothing is under way any more. */
async function untilSettled(
  { unit, meetingId }: Met,
  agreedBefore: ReadonlySet<string>,
  { people, unitId, accomplished }: Place,
): Promise<void> {
  const wanted = [...redSoFar(unit, accomplished)]
    .map(([code, periods]) => `${agreedBefore.has(code) ? 'review' : 'proposal'} ${code} ${periods.join()}`)
    .toSorted()
    .join('\n');
  const giveUpAt = performance.now() + SETTLED_MS;
  for (;;) {
    const { items } = await people.ask(unit.head, ListActions, {
      unitId: unitId(unit.code),
      statuses: ['proposed', 'ready'],
      first: 100,
    });
    const periodsOf = new Map(items.map(({ actionId, periods }) => [actionId, periods]));
    const { agenda } = await people.ask(unit.head, FindMeeting, { meetingId });
    const shown = agenda
      .filter(({ kind }) => kind !== 'topic')
      .map(
        ({ kind, indicatorCode, actionId }) =>
          `${kind} ${indicatorCode} ${periodsOf.get(actionId ?? '')?.join() ?? 'unknown'}`,
      )
      .toSorted()
      .join('\n');
    if (shown === wanted) return;
    if (performance.now() > giveUpAt)
      throw new Error(`The agenda of ${unit.code} should show\n${wanted}\nand shows\n${shown}`);
    await delay(100);
  }
}

/** One change of the meeting by its head - attendance by the head of administration -, at the revision that the answer before gave. */
async function change<A extends AskType>(
  met: Met,
  { people }: Place,
  type: A,
  more: Omit<z.input<A['input']>, 'commandId' | 'expectedRevision' | 'meetingId'>,
  step: Step = 'edited',
): Promise<void> {
  const { unit, month, meetingId, revision: expectedRevision } = met;
  const view = (await people.command(
    (type as AskType) === RecordAttendance ? unit.ktu : unit.head,
    type,
    { ...more, meetingId, expectedRevision } as unknown as z.input<A['input']>,
    { unit: unit.code, period: month },
  )) as AskReply<typeof OpenMeeting>;
  met.revision = view.revision;
  met.status = view.status;
  met.steps.push({ step, revision: view.revision });
}
