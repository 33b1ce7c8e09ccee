/** What people do in the synthetic district while processes are killed; and what must come of it. */
import {
  ImportDirectory,
  ListActions,
  ReadyAction,
  RecordValues,
  Refusal,
  ReturnEvaluation,
  SubmitEvaluation,
} from '@lokmin/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ADMINISTRATOR,
  callsAMeetingOff,
  corrections,
  DUE_DATE,
  getsNewNumbers,
  holdsMeetings,
  isReturned,
  LASTING,
  newNumber,
  OFFICERS,
  othersCsv,
  periodOf,
  readiesAnAction,
  redOf,
  type Puskesmas,
} from './district.ts';
import type { PassingClock } from './clock.ts';
import { arrangeMeeting, callOff, holdMeeting, type Met } from './meetings.ts';
import type { People } from './people.ts';
import type { Progress } from './progress.ts';

/** An evaluation as the answers said it is. */
export interface Evaluated {
  readonly unit: Puskesmas;
  readonly period: string;
  readonly evaluationId: string;
  readonly revision: number;
  readonly red: readonly string[];
  /** Local day of the digests that tell of it. */
  readonly digestDay: string;
}

/** What was answered, and so must be there. */
export class Accomplished {
  readonly evaluations: Evaluated[] = [];
  readonly meetings: Met[] = [];
  /** Lasting actions that were made ready, at the revision that gave them an owner. */
  readonly readied: { readonly unit: Puskesmas; readonly actionId: string; readonly revision: number }[] = [];
  /** Puskesmas whose people have new numbers. */
  readonly renumbered: Puskesmas[] = [];
}

export interface Place {
  readonly people: People;
  readonly accomplished: Accomplished;
  readonly progress: Progress;
  readonly clock: PassingClock;
  readonly unitId: (code: string) => string;
  readonly personId: (login: string) => string;
}

/** One puskesmas works through its months; side by side with others. */
export async function workThrough(unit: Puskesmas, months: number, place: Place): Promise<void> {
  for (let month = 1; month <= months; month++) {
    await place.progress.begin();
    const meeting = holdsMeetings(unit) ? await arrangeMeeting(unit, month, place) : null;
    await evaluate(unit, month, place);
    place.progress.finish();
    if (month === 1 && readiesAnAction(unit)) await readyLasting(unit, place);
    if (meeting) await holdMeeting(meeting, place);
  }
  if (callsAMeetingOff(unit)) await callOff(await arrangeMeeting(unit, months + 1, place), place);
  if (getsNewNumbers(unit)) {
    const content = othersCsv([unit], newNumber);
    await place.people.command(
      ADMINISTRATOR,
      ImportDirectory,
      { files: [{ kind: 'people', name: 'orang.csv', content }], initialPassword: null },
      { unit: unit.code, period: null },
    );
    place.accomplished.renumbered.push(unit);
  }
}

/** Submits one evaluation; some are returned, corrected and submitted again. */
export async function evaluate(
  unit: Puskesmas,
  month: number,
  { people, accomplished, clock, unitId: idOf }: Place,
): Promise<void> {
  const period = periodOf(month);
  const unitId = idOf(unit.code);
  const about = { unit: unit.code, period };
  const submit = async () =>
    (await people.command(unit.head, SubmitEvaluation, { unitId, period }, about)).evaluation;
  let { evaluationId, revision } = await submit();
  const returned = isReturned(unit, month);
  if (returned) {
    await people.command(
      OFFICERS[0],
      ReturnEvaluation,
      { evaluationId, expectedRevision: revision, reason: 'Periksa lagi angkanya (uji)' },
      about,
    );
    const values = [...corrections(unit, month)].map(([code, value]) => ({
      element: `${code}.num`,
      covers: 'month' as const,
      state: 'reported' as const,
      value: String(value),
    }));
    await people.command(unit.head, RecordValues, { unitId, period, values }, about);
    ({ evaluationId, revision } = await submit());
  }
  accomplished.evaluations.push({
    ...{ unit, period, evaluationId, revision },
    red: redOf(unit, month, returned),
    digestDay: clock.digestDay(),
  });
}

const PATIENCE_MS = 120_000;

/** The head gives the lasting proposal an owner as soon as it is there. */
export async function readyLasting(
  unit: Puskesmas,
  { people, accomplished, unitId, personId }: Place,
): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const { items } = await people.ask(unit.head, ListActions, {
      unitId: unitId(unit.code),
      statuses: ['proposed'],
      indicatorCode: LASTING,
    });
    const [proposal] = items;
    if (proposal) {
      try {
        const { actionId, revision } = await people.command(
          unit.head,
          ReadyAction,
          {
            actionId: proposal.actionId,
            expectedRevision: proposal.revision,
            ownerId: personId(unit.holder),
            dueDate: DUE_DATE,
            title: null,
          },
          { unit: unit.code, period: null },
        );
        return void accomplished.readied.push({ unit, actionId, revision });
      } catch (error) {
        // A further red month was linked meanwhile: look again.
        if (!(error instanceof Refusal && error.code === 'revision.stale')) throw error;
      }
    }
    if (performance.now() > giveUpAt) throw new Error(`No proposal for ${LASTING} of ${unit.code} appears`);
    await delay(100);
  }
}
