import {
  EvaluationReturned,
  type EvaluationRevised,
  type EvaluationSubmitted,
  type Fact,
  type FactType,
  type Reader,
} from '@lokmin/contracts';
import { processBatch, type Delivery } from '@lokmin/messaging';
import { SERVICE, type ServiceState } from '@lokmin/service';
import type { z } from 'zod';
import { id, MANGGAR, PEOPLE, type TestService } from './service.ts';

let made = 0;

/** A whole fact as a reader gets it; what does not matter to the case has a plain value. */
export function aFact<F extends FactType>(
  type: F,
  about: { subject: string; revision: number } & Partial<
    Pick<Fact, 'time' | 'actor' | 'unitid' | 'districtcode'>
  >,
  data: z.infer<F['data']>,
): Fact<F> {
  return {
    specversion: '1.0',
    id: id(900_000 + ++made),
    source: `lokmin/${type.service}`,
    type: type.type,
    time: '2100-01-01T00:00:00.000Z', // no reader is younger
    districtcode: null,
    unitid: null,
    actor: null,
    correlationid: `test-${made}`,
    causationid: null,
    traceparent: null,
    ...about,
    data,
  } as unknown as Fact<F>;
}

/** Which evaluation a fact tells of; of Puskesmas Manggar unless another unit is given. */
export interface AboutEvaluation {
  readonly evaluationId: string;
  readonly period: string;
  readonly revision: number;
  readonly unit?: typeof MANGGAR;
  /** Left out: the head of Manggar submits, the officer returns. */
  readonly actor?: string;
  readonly time?: string;
}
export interface Judged {
  readonly code: string;
  readonly name?: string;
  readonly program?: string;
  readonly judgement?: 'baik' | 'kurang';
}

const evaluationKey = ({ evaluationId, period, revision, unit = MANGGAR }: AboutEvaluation) => ({
  evaluationId,
  revision,
  unitId: unit.unitId,
  unitCode: unit.code,
  unitName: unit.name,
  districtCode: '19.06',
  period,
  bundleId: id(3),
});
const envelopeOf = ({ evaluationId, revision, unit = MANGGAR, time }: AboutEvaluation, actor: string) => ({
  subject: evaluationId,
  revision,
  actor,
  unitid: unit.unitId,
  districtcode: '19.06',
  ...(time ? { time } : {}),
});

/** An evaluation is submitted, or submitted again. What is not said of an indicator: judged kurang, programme KIA. */
export function aSubmission<F extends typeof EvaluationSubmitted | typeof EvaluationRevised>(
  type: F,
  about: AboutEvaluation,
  indicators: readonly Judged[],
): Fact<F> {
  const actor = about.actor ?? PEOPLE.headOfManggar;
  const judged = indicators.map(
    ({ code, name = `Cakupan ${code}`, program = 'KIA', judgement = 'kurang' }) => ({
      code,
      name,
      program,
      unit: 'percent',
      judgement,
      numerator: '1',
      denominator: '2',
      coverage: '50.00',
      runningTarget: '100.00',
      performance: '50.00',
    }),
  );
  const kurang = judged.filter(({ judgement }) => judgement === 'kurang').length;
  return aFact(type as typeof EvaluationSubmitted, envelopeOf(about, actor), {
    ...evaluationKey(about),
    submittedBy: actor,
    submittedAt: '2025-01-05T02:00:00Z',
    tally: { baik: judged.length - kurang, cukup: 0, kurang, tanpa_target: 0, tanpa_data: 0 },
    judged,
  }) as Fact<F>;
}

/** An evaluation is returned. */
export function aReturn(about: AboutEvaluation, reason: string): Fact<typeof EvaluationReturned> {
  const actor = about.actor ?? PEOPLE.officer;
  return aFact(EvaluationReturned, envelopeOf(about, actor), {
    ...evaluationKey(about),
    returnedBy: actor,
    reason,
  });
}

/**
 * Delivers facts to a reaction of a running service, one by one.
 * @returns how each was answered: `ack`, or `later`
 */
export async function deliver(
  service: TestService,
  reader: Reader,
  ...facts: Fact[]
): Promise<('ack' | 'later')[]> {
  const { context, reactions } = service.running.app.get<ServiceState>(SERVICE);
  const reaction = reactions.find((it) => it.reader === reader)!;
  const answers: ('ack' | 'later')[] = [];
  for (const fact of facts)
    await processBatch(context, reaction, [delivery(fact, (given) => answers.push(given))]);
  return answers;
}

/** A fact as JetStream delivers it. */
export const delivery = (fact: Fact, answer: (given: 'ack' | 'later') => void, attempt = 1): Delivery => ({
  data: new TextEncoder().encode(JSON.stringify(fact)),
  subject: fact.type,
  attempt,
  ack: () => answer('ack'),
  later: () => answer('later'),
  working: () => {},
});
