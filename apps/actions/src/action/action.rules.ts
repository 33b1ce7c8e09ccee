import { dayEnds, localDate, type Zone } from '@lokmin/calendar';
import { Refusal, type EvidenceFile } from '@lokmin/contracts';
import { evidenceOf } from '../evidence/evidence.rules.ts';
import type { Action, Support } from './action.entity.ts';

/** A new state of an action, and what its history says about it. */
export interface Change {
  readonly kind:
    | 'proposed'
    | 'supported'
    | 'unsupported'
    | 'withdrawn'
    | 'readied'
    | 'agreed'
    | 'carried_over'
    | 'progressed'
    | 'completed'
    | 'overdue';
  readonly action: Action;
  readonly note: string | null;
  /** Files that show it; of a report. */
  readonly evidence?: readonly EvidenceFile[];
}

/** What a submitted, returned or revised evaluation says about actions. */
export interface EvaluationNews {
  readonly evaluationId: string;
  readonly unitId: string;
  readonly districtCode: string;
  readonly period: string;
  /** Names of the indicators judged kurang, by code; none when it was returned. */
  readonly kurang: ReadonlyMap<string, string>;
  /** Why what it no longer supports is withdrawn: the reason of the return, or that it was revised. */
  readonly reason: string;
}
/** What is on record for the unit: its open actions, and every support that concerns them or comes from this evaluation. */
export interface OnRecord {
  readonly open: readonly Action[];
  readonly supports: readonly KnownSupport[];
}
export interface KnownSupport {
  readonly evaluationId: string;
  readonly indicatorCode: string;
  readonly actionId: string;
  readonly period: string;
  readonly indicatorName: string;
  readonly stands: boolean;
  /** True when the action it points to was completed: the finding has had its answer. */
  readonly answered: boolean;
}

/** Wording of a proposal until its head words it: at most 500 characters. */
export const proposalTitle = (indicatorName: string): string =>
  `Tindak lanjut: ${indicatorName}`.slice(0, 500);

/**
 * Brings the actions of a unit in line with the newest state of one of its evaluations. Each indicator judged kurang is
 * answered by one action: the one completed for this very finding, else the open one of the indicator, else a new
 * proposal. What no standing evaluation supports any more is withdrawn while it is a proposal that no meeting agreed on,
 * and flagged after that.
 * The outcome depends only on the newest states of the unit's evaluations, not on the order in which they came.
 */
export function followEvaluation(
  news: EvaluationNews,
  { open, supports }: OnRecord,
  now: Date,
  newId: () => string,
): { supports: Omit<Support, 'evaluation' | 'action'>[]; changes: Change[] } {
  const { evaluationId, period } = news;
  const openFor = new Map(open.map((action) => [action.indicatorCode, action]));
  const mine = new Map(
    supports
      .filter((support) => support.evaluationId === evaluationId)
      .map((support) => [support.indicatorCode, support]),
  );
  const proposed = new Set<string>();
  const changed: KnownSupport[] = [];
  for (const [indicatorCode, indicatorName] of news.kurang) {
    const before = mine.get(indicatorCode);
    if (before?.answered) {
      if (!before.stands) changed.push({ ...before, stands: true });
      continue;
    }
    let action = openFor.get(indicatorCode);
    if (!action) {
      action = aProposal(news, indicatorCode, indicatorName, now, newId());
      openFor.set(indicatorCode, action);
      proposed.add(action.actionId);
    }
    const { actionId } = action;
    if (before?.stands && before.actionId === actionId && before.indicatorName === indicatorName) continue;
    changed.push({
      evaluationId,
      indicatorCode,
      actionId,
      period,
      indicatorName,
      stands: true,
      answered: false,
    });
  }
  for (const before of mine.values())
    if (before.stands && !news.kurang.has(before.indicatorCode)) changed.push({ ...before, stands: false });

  const key = (support: KnownSupport) => `${support.evaluationId} ${support.indicatorCode}`;
  const present = new Map([...supports, ...changed].map((support) => [key(support), support]));
  const changes: Change[] = [];
  for (const { indicatorCode, actionId } of changed) {
    const action = openFor.get(indicatorCode);
    if (action?.actionId !== actionId) continue; // ended: nothing to bring in line
    const standing = [...present.values()].filter(
      (support) => support.actionId === actionId && support.stands,
    );
    changes.push(
      proposed.has(actionId)
        ? { kind: 'proposed', action, note: period }
        : weigh(action, standing, news, now),
    );
  }
  return { supports: changed.map(({ answered: _, ...support }) => support), changes };
}

const aProposal = (
  { evaluationId, unitId, districtCode, period }: EvaluationNews,
  indicatorCode: string,
  indicatorName: string,
  now: Date,
  actionId: string,
): Action => ({
  actionId,
  revision: 1,
  unitId,
  districtCode,
  indicatorCode,
  indicatorName,
  title: proposalTitle(indicatorName),
  status: 'proposed',
  ownerId: null,
  ownerName: null,
  ownerIsGuest: false,
  dueDate: null,
  dueEndsAt: null,
  progress: 0,
  overdueSince: null,
  unsupported: false,
  evaluationId,
  period,
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
  createdAt: now,
  updatedAt: now,
});

/** The state of an open action after what speaks for it changed. */
function weigh(
  action: Action,
  standing: readonly KnownSupport[],
  { period, reason }: EvaluationNews,
  now: Date,
): Change {
  const next = { ...action, revision: action.revision + 1, updatedAt: now };
  const [newest] = [...standing].sort((a, b) =>
    a.period === b.period ? (a.evaluationId < b.evaluationId ? 1 : -1) : a.period < b.period ? 1 : -1,
  );
  if (!newest)
    return action.status === 'proposed' && !action.agreedAt
      ? { kind: 'withdrawn', action: { ...next, status: 'withdrawn' }, note: reason }
      : { kind: 'unsupported', action: { ...next, unsupported: true }, note: reason };
  const { evaluationId, indicatorName } = newest;
  return {
    kind: 'supported',
    action: {
      ...next,
      unsupported: false,
      evaluationId,
      period: newest.period,
      indicatorName,
      title: action.status === 'proposed' ? proposalTitle(indicatorName) : action.title,
    },
    note: period,
  };
}

const refuseEnded = (action: Action) => {
  if (action.status === 'completed' || action.status === 'withdrawn') throw new Refusal('action.ended');
};

/** An action of a monthly meeting is done within its plan of five years, or the year was mistyped. */
const YEARS_AHEAD = 5;

/**
 * Gives a proposal, or an open action again, its owner and due date. The due day counts in the unit's time zone.
 * A day that has not ended makes an overdue action punctual again.
 * @param given.title null keeps the wording
 * @throws Refusal `action.ended`, `action.due-in-past`, `action.due-too-far`
 */
export function readyAction(
  action: Action,
  given: {
    owner: { id: string; name: string; isGuest: boolean };
    dueDate: string;
    title: string | null;
  },
  zone: Zone,
  now: Date,
): Change {
  refuseEnded(action);
  const { owner, dueDate, title } = given;
  const today = localDate(now, zone);
  if (dueDate < today) throw new Refusal('action.due-in-past', { dueDate, today }, 'dueDate');
  const last = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`;
  if (dueDate > last) throw new Refusal('action.due-too-far', { dueDate, last }, 'dueDate');
  return {
    kind: 'readied',
    action: {
      ...action,
      revision: action.revision + 1,
      status: action.status === 'proposed' ? 'ready' : action.status,
      ownerId: owner.id,
      ownerName: owner.name,
      ownerIsGuest: owner.isGuest,
      dueDate,
      dueEndsAt: dayEnds(dueDate, zone),
      overdueSince: null,
      title: title ?? action.title,
      updatedAt: now,
    },
    note: `${owner.name}, ${dueDate}`,
  };
}

/** Only its owner reports on it. @throws Refusal `action.ended`, `action.not-ready`, `action.not-owner` */
export function demandOwner(action: Action, personId: string): void {
  refuseEnded(action);
  if (action.ownerId === null) throw new Refusal('action.not-ready');
  if (action.ownerId !== personId) throw new Refusal('action.not-owner');
}

/**
 * Its owner says how far it is.
 * @param given.progress whole percent, 0-99
 * @param given.evidence ids of the files that show it
 * @param unused files of the action that no report shows yet
 * @throws Refusal `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.unusable`
 */
export function reportProgress(
  action: Action,
  given: { personId: string; progress: number; note: string; evidence: readonly string[] },
  unused: readonly EvidenceFile[],
  now: Date,
): Change {
  demandOwner(action, given.personId);
  return {
    kind: 'progressed',
    action: {
      ...action,
      revision: action.revision + 1,
      status: 'in_progress',
      progress: given.progress,
      updatedAt: now,
    },
    note: given.note,
    evidence: evidenceOf(given.evidence, unused),
  };
}

/**
 * Its owner completes it. That it was late, if it was, stays on record.
 * @param given.evidence ids of the files that show it
 * @param unused files of the action that no report shows yet
 * @throws Refusal `action.ended`, `action.not-ready`, `action.not-owner`, `evidence.unusable`
 */
export function completeAction(
  action: Action,
  given: { personId: string; note: string; evidence: readonly string[] },
  unused: readonly EvidenceFile[],
  now: Date,
): Change {
  demandOwner(action, given.personId);
  return {
    kind: 'completed',
    action: {
      ...action,
      revision: action.revision + 1,
      status: 'completed',
      progress: 100,
      updatedAt: now,
    },
    note: given.note,
    evidence: evidenceOf(given.evidence, unused),
  };
}

/** The end of the due day has passed before completion. */
export const becomeOverdue = (action: Action, now: Date): Change => ({
  kind: 'overdue',
  action: { ...action, revision: action.revision + 1, overdueSince: action.dueEndsAt, updatedAt: now },
  note: action.dueDate,
});

/** The meeting that decided, the month it belongs to, and when it was concluded. */
export interface Agreement {
  readonly meetingId: string;
  readonly month: string;
  readonly at: Date;
}

const hasEnded = ({ status }: Action) => status === 'completed' || status === 'withdrawn';

/** The meeting agreed on it, ready or not. @returns null when that changes nothing: it has ended, or was agreed on before */
export const agreeOnAction = (
  action: Action,
  { meetingId, month, at }: Agreement,
  now: Date,
): Change | null =>
  hasEnded(action) || action.agreedAt
    ? null
    : {
        kind: 'agreed',
        action: {
          ...action,
          revision: action.revision + 1,
          agreedAt: at,
          agreedIn: meetingId,
          updatedAt: now,
        },
        note: month,
      };

/** The meeting found it not yet done. @returns null when it has ended meanwhile */
export const carryOver = (action: Action, { month }: Agreement, now: Date): Change | null =>
  hasEnded(action)
    ? null
    : {
        kind: 'carried_over',
        action: {
          ...action,
          revision: action.revision + 1,
          carriedOver: action.carriedOver + 1,
          updatedAt: now,
        },
        note: month,
      };
