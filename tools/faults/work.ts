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
  corrections,
  getsNewNumbers,
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
import type { People } from './people.ts';
import type { Progress } from './progress.ts';

const A_MONTH_MS = 30 * 86_400_000;

/** An evaluation as the answers said it is. */
export interface Evaluated {
  readonly unit: Puskesmas;
  readonly period: string;
  readonly evaluationId: string;
  readonly revision: number;
  readonly red: readonly string[];
}

/** What was answered, and so must be there. */
export class Accomplished {
  readonly evaluations: Evaluated[] = [];
  /** Puskesmas that made their lasting action ready. */
  readonly readied: Puskesmas[] = [];
  /** Puskesmas whose people have new numbers. */
  readonly renumbered: Puskesmas[] = [];
}

export interface Place {
  readonly people: People;
  readonly accomplished: Accomplished;
  readonly progress: Progress;
  readonly unitId: (code: string) => string;
  readonly personId: (login: string) => string;
}

/** One puskesmas works through its months; side by side with others. */
export async function workThrough(unit: Puskesmas, months: number, place: Place): Promise<void> {
  for (let month = 1; month <= months; month++) {
    await place.progress.begin();
    await evaluate(unit, month, place);
    place.progress.finish();
    if (month === 1 && readiesAnAction(unit)) await ready(unit, place);
  }
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
  { people, accomplished, unitId: idOf }: Pick<Place, 'people' | 'accomplished' | 'unitId'>,
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
  accomplished.evaluations.push({ unit, period, evaluationId, revision, red: redOf(unit, month, returned) });
}

const PATIENCE_MS = 120_000;

/** The head gives the lasting proposal an owner as soon as it is there. */
async function ready(
  unit: Puskesmas,
  { people, accomplished, unitId, personId }: Pick<Place, 'people' | 'accomplished' | 'unitId' | 'personId'>,
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
        await people.command(
          unit.head,
          ReadyAction,
          {
            actionId: proposal.actionId,
            expectedRevision: proposal.revision,
            ownerId: personId(unit.holder),
            dueDate: new Date(Date.now() + A_MONTH_MS).toISOString().slice(0, 10),
            title: null,
          },
          { unit: unit.code, period: null },
        );
        return void accomplished.readied.push(unit);
      } catch (error) {
        // A further red month was linked meanwhile: look again.
        if (!(error instanceof Refusal && error.code === 'revision.stale')) throw error;
      }
    }
    if (performance.now() > giveUpAt) throw new Error(`No proposal for ${LASTING} of ${unit.code} appears`);
    await delay(100);
  }
}
