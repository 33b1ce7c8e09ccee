import { Refusal, type EVALUATION_STATUSES } from '@lokmin/contracts';
import { demandRevision } from '@lokmin/messaging';
import type { ResultView } from '../value/rollup.entity.ts';

export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];
/** Where an evaluation is before somebody has submitted it. */
export type Standing = EvaluationStatus | 'draft';
export type Step = 'submit' | 'return' | 'verify' | 'lock';

/**
 * The whole life of an evaluation: what each step leads to from where, and what is said where it leads nowhere.
 * Verifying leads to `verified` with the last programme; until then the evaluation stays `submitted`.
 * `docs/evaluation-workflow.md` draws it from here.
 */
export const STEPS = {
  submit: {
    draft: 'submitted',
    submitted: { refusal: 'evaluation.submitted' },
    returned: 'submitted',
    verified: { refusal: 'evaluation.submitted' },
    locked: { refusal: 'evaluation.locked' },
  },
  return: {
    draft: { refusal: 'evaluation.not-begun' },
    submitted: 'returned',
    returned: { refusal: 'evaluation.not-submitted' },
    verified: 'returned',
    locked: { refusal: 'evaluation.locked' },
  },
  verify: {
    draft: { refusal: 'evaluation.not-begun' },
    submitted: 'verified',
    returned: { refusal: 'evaluation.returned' },
    verified: { refusal: 'evaluation.verified' },
    locked: { refusal: 'evaluation.locked' },
  },
  lock: {
    draft: { refusal: 'evaluation.not-begun' },
    submitted: { refusal: 'evaluation.not-verified' },
    returned: { refusal: 'evaluation.returned' },
    verified: 'locked',
    locked: { refusal: 'evaluation.locked' },
  },
} as const satisfies Record<
  Step,
  Record<Standing, EvaluationStatus | { readonly refusal: `evaluation.${string}` }>
>;

/** @returns where the step leads @throws Refusal the one that `STEPS` names */
export function stepFrom(
  step: Step,
  from: Standing,
  details: Record<string, unknown>,
  field: string | null = null,
): EvaluationStatus {
  const to = STEPS[step][from];
  if (typeof to !== 'string') throw new Refusal(to.refusal, details, field);
  return to;
}

/** The values of an evaluation that stands cannot be changed, and it speaks with what it froze. */
export const stands = (status: Standing): boolean => status !== 'draft' && status !== 'returned';

/** An evaluation as somebody decides about it. */
export interface Decided {
  readonly status: EvaluationStatus;
  readonly revision: number;
  /** Revision of the submission that was last made. */
  readonly submission: number;
  readonly period: string;
  readonly submittedBy: string;
  /** Of the indicators of its bundle: the code with the programme. */
  readonly programOf: ReadonlyMap<string, string>;
  /** Programmes whose verification holds. */
  readonly verified: readonly string[];
}

export const programsOf = ({ programOf }: Pick<Decided, 'programOf'>): string[] => [
  ...new Set(programOf.values()),
];
export const awaiting = (evaluation: Pick<Decided, 'programOf' | 'verified'>): string[] =>
  programsOf(evaluation).filter((program) => !evaluation.verified.includes(program));

/** The caller, and what they may do with a programme of the evaluation (left out: with all of it). */
export interface Decider {
  readonly personId: string;
  readonly may: (program?: string) => boolean;
}

export interface Verified {
  readonly programs: readonly string[];
  readonly awaiting: readonly string[];
  readonly status: EvaluationStatus;
}

/**
 * Decides which programmes are verified now. What was submitted is what is verified, so what others verified since the
 * caller looked does not matter; a later submission does.
 * @param asked the programmes, or null for all that the caller may verify
 * @throws Refusal `access.forbidden`, `evaluation.*`, `revision.stale`
 */
export function verify(
  evaluation: Decided,
  by: Decider,
  asked: readonly string[] | null,
  expectedRevision: number,
): Verified {
  const { status, period, revision, submission } = evaluation;
  const programs = programsOf(evaluation);
  const unknown = asked?.find((program) => !programs.includes(program));
  const mine = (asked ?? programs).filter((program) => by.may(program));
  if (mine.length === 0 || mine.length < (asked?.length ?? 0))
    throw new Refusal('access.forbidden', { operation: 'evaluation.verify' });
  if (unknown !== undefined)
    throw new Refusal('evaluation.unknown-program', { program: unknown }, 'programs');
  const to = stepFrom('verify', status, { period });
  if (expectedRevision < submission || expectedRevision > revision)
    demandRevision(revision, expectedRevision);
  if (evaluation.submittedBy === by.personId) throw new Refusal('evaluation.own');
  const now = mine.filter((program) => !evaluation.verified.includes(program));
  if (now.length === 0) throw new Refusal('evaluation.verified', { period });
  const left = awaiting(evaluation).filter((program) => !now.includes(program));
  return { programs: now, awaiting: left, status: left.length === 0 ? to : status };
}

export interface Returning {
  readonly expectedRevision: number;
  readonly reason?: string | undefined;
  readonly indicators: readonly { readonly code: string; readonly reason: string }[];
}
export interface Returned {
  readonly reason: string;
  readonly indicators: readonly {
    readonly code: string;
    readonly program: string;
    readonly reason: string;
  }[];
  /** Programmes whose verification ends. */
  readonly ended: readonly string[];
}

/**
 * Decides about a return: of all of it, which ends every verification, or of single indicators, which ends those of
 * their programmes and leaves the others.
 * @throws Refusal `access.forbidden`, `evaluation.*`, `revision.stale`
 */
export function giveBack(
  evaluation: Decided,
  by: Decider,
  { expectedRevision, reason, indicators }: Returning,
): Returned {
  const named = indicators.map((indicator, i) => ({
    ...indicator,
    program: evaluation.programOf.get(indicator.code),
    field: `indicators.${i}.code`,
  }));
  const mayAll =
    named.length === 0
      ? by.may()
      : named.every(({ program }) => (program === undefined ? by.may() : by.may(program)));
  if (!mayAll) throw new Refusal('access.forbidden', { operation: 'evaluation.return' });
  stepFrom('return', evaluation.status, { period: evaluation.period });
  demandRevision(evaluation.revision, expectedRevision);
  if (evaluation.submittedBy === by.personId) throw new Refusal('evaluation.own');
  const known = named.map(({ code, program, reason, field }) => {
    if (program === undefined) throw new Refusal('evaluation.unknown-indicator', { code }, field);
    return { code, program, reason };
  });
  if (reason === undefined && known.length === 0)
    throw new Refusal('evaluation.reason-missing', {}, 'reason');
  const programs = new Set(known.map(({ program }) => program));
  return {
    reason: reason ?? known.map((indicator) => `${indicator.code}: ${indicator.reason}`).join('\n'),
    indicators: known,
    ended: evaluation.verified.filter((program) => known.length === 0 || programs.has(program)),
  };
}

/**
 * Objections to the return that stands: the puskesmas says that indicators of it are right as they are.
 * @param returned the return; null: nothing is returned. Without indicators all of it is
 * @throws Refusal `evaluation.not-returned` naming the field
 */
export function objectTo(
  returned: Pick<Returned, 'indicators'> | null,
  programOf: ReadonlyMap<string, string>,
  objections: Returning['indicators'],
): Returned['indicators'] {
  return objections.map(({ code, reason }, i) => {
    const program = programOf.get(code);
    const isReturned =
      returned &&
      (returned.indicators.length === 0 || returned.indicators.some((indicator) => indicator.code === code));
    if (program === undefined || !isReturned)
      throw new Refusal('evaluation.not-returned', { code }, `objections.${i}.code`);
    return { code, program, reason };
  });
}

/** What a submission froze. */
export interface Frozen {
  readonly results: Readonly<Record<string, ResultView>>;
  readonly values: readonly FrozenValue[];
}
export interface FrozenValue {
  readonly period: string;
  readonly element: string;
  readonly covers: 'month' | 'year_to_date';
  readonly state: string;
  readonly value: string | null;
}
type Figure = (typeof FIGURES)[number];
export const FIGURES = ['numerator', 'denominator', 'coverage', 'runningTarget', 'performance'] as const;

export interface ValueChange {
  readonly period: string;
  readonly element: string;
  readonly covers: FrozenValue['covers'];
  readonly before: Pick<FrozenValue, 'state' | 'value'> | null;
  readonly after: Pick<FrozenValue, 'state' | 'value'> | null;
}
export interface IndicatorChange {
  readonly code: string;
  readonly before: Pick<ResultView, Figure | 'judgement'> | null;
  readonly after: Pick<ResultView, Figure | 'judgement'> | null;
  /** The counts entered that are other than before, also where they cancel each other out. */
  readonly values: readonly ValueChange[];
}

/** An indicator with the elements that its figures are made of. */
export interface Made {
  readonly code: string;
  readonly elements: readonly string[];
}

/**
 * The indicators whose figures, or the counts behind them, are other in one submission than in another, in the order
 * of `indicators`. A number in another spelling (`12`, `12.0`) is the same number.
 */
export function changesBetween(
  before: Frozen,
  after: Frozen,
  indicators: readonly Made[],
): IndicatorChange[] {
  const keyOf = ({ element, period, covers }: FrozenValue) => `${element} ${period} ${covers}`;
  const [was, is] = [before, after].map(({ values }) => new Map(values.map((it) => [keyOf(it), it]))) as [
    Map<string, FrozenValue>,
    Map<string, FrozenValue>,
  ];
  const byElement = new Map<string, ValueChange[]>();
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const [a, b] = [was.get(key), is.get(key)];
    if (a && b && a.state === b.state && isSame(a.value, b.value)) continue;
    const { element, period, covers } = (b ?? a)!;
    const told = (it: FrozenValue | undefined) => (it ? { state: it.state, value: it.value } : null);
    const change = { element, period, covers, before: told(a), after: told(b) };
    byElement.set(element, [...(byElement.get(element) ?? []), change]);
  }
  return indicators.flatMap(({ code, elements }) => {
    const [a, b] = [before.results[code], after.results[code]];
    const values = elements.flatMap((element) => byElement.get(element) ?? []);
    const isOther =
      !a !== !b ||
      (a && b && (a.judgement !== b.judgement || FIGURES.some((figure) => !isSame(a[figure], b[figure]))));
    return isOther || values.length > 0 ? [{ code, before: figuresOf(a), after: figuresOf(b), values }] : [];
  });
}

const figuresOf = (result: ResultView | undefined): IndicatorChange['before'] =>
  result
    ? {
        numerator: result.numerator,
        denominator: result.denominator,
        coverage: result.coverage,
        runningTarget: result.runningTarget,
        performance: result.performance,
        judgement: result.judgement,
      }
    : null;

const isSame = (a: string | null, b: string | null): boolean => a === b || plain(a) === plain(b);
const plain = (decimal: string | null): string | undefined =>
  decimal?.includes('.') ? decimal.replace(/\.?0+$/, '') : (decimal ?? undefined);
