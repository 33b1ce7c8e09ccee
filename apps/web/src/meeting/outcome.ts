import type { AgendaFieldsFragment } from '../api/operations.generated.ts';

const OPEN = new Set<string | null>(['PROPOSED', 'READY', 'IN_PROGRESS']);

/** The sections of an agenda, in the order of the meeting. */
export const SECTIONS = [
  'REVIEW',
  'PROPOSAL',
  'RESULT',
  'TOPIC',
] as const satisfies AgendaFieldsFragment['kind'][];

type Decision = NonNullable<AgendaFieldsFragment['decision']>;

/** Which decisions fit an item; the first is the usual one. What has ended is not continued. */
export const fittingOf = ({
  kind,
  actionStatus,
}: Pick<AgendaFieldsFragment, 'kind' | 'actionStatus'>): readonly Decision[] =>
  kind === 'REVIEW' && !OPEN.has(actionStatus) ? ['NOTED'] : FITTING[kind];

const FITTING = {
  REVIEW: ['CONTINUE', 'NOTED'],
  PROPOSAL: ['AGREE', 'PUT_OFF'],
  RESULT: ['NOTED'],
  TOPIC: ['NOTED'],
} as const satisfies Record<AgendaFieldsFragment['kind'], Decision[]>;

/** What a meeting would come to if it were concluded now, by the rule of the meetings service. */
export function outcomeOf<Item extends Pick<AgendaFieldsFragment, 'kind' | 'decision' | 'actionStatus'>>(
  agenda: readonly Item[],
) {
  const standing = agenda.filter(({ actionStatus }) => OPEN.has(actionStatus));
  const agreed = standing.filter(({ kind, decision }) => kind === 'PROPOSAL' && decision === 'AGREE');
  const carriedOver = standing.filter(({ kind }) => kind === 'REVIEW');
  return {
    agreed,
    carriedOver,
    putOff: standing.filter(({ decision }) => decision === 'PUT_OFF'),
    /** Agreed on, now or earlier, and without owner and due date. */
    incomplete: [...agreed, ...carriedOver].filter(({ actionStatus }) => actionStatus === 'PROPOSED'),
    /** Proposals without a decision: they keep the meeting from being concluded. */
    undecided: standing.filter(({ kind, decision }) => kind === 'PROPOSAL' && decision === null),
  };
}
