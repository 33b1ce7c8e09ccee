import { isUncertain } from '../api/command-ids.ts';
import type { Failure } from '../api/failure.ts';
import type { RefusalFieldsFragment } from '../api/operations.generated.ts';

/** One thing wrong with one cell of an uploaded file. */
export interface RowError {
  sheet: string | null;
  row: number;
  column: string | null;
  value: string | null;
  message: { id: string; en: string };
}

interface ImportedValue {
  state: 'reported' | 'estimated' | 'not_reported' | 'not_applicable';
  /** Exact decimal with a point. */
  value: string | null;
}

/** A value that differs from what is there. */
export interface Change {
  sheet: string | null;
  row: number;
  unitCode: string;
  unitName: string;
  period: string;
  indicatorCode: string;
  part: 'numerator' | 'denominator';
  covers: 'month' | 'year_to_date';
  before: ImportedValue | null;
  after: ImportedValue;
}

/** What a file changed, or would change. */
export interface ImportReport {
  file: string;
  sha256: string;
  /** Nothing was saved: it says what saving would do. */
  dryRun: boolean;
  rows: number;
  /** Values that were not there before. */
  added: number;
  /** Values that differ, the added ones among them. */
  changed: number;
  unchanged: number;
  /** (puskesmas, period) pairs whose values changed. */
  periods: number;
  /** The first of them: those that replace a value, then added ones. */
  changes: Change[];
  /** When this very file was imported last. */
  earlier: { file: string; by: string | null; at: string } | null;
  warnings: {
    sheet: string | null;
    row: number;
    column: string | null;
    code: string;
    message: { id: string; en: string };
  }[];
  /** All of them; `warnings` may hold fewer. */
  warningCount: number;
}

export type UploadOutcome =
  | { kind: 'report'; report: ImportReport }
  | {
      kind: 'refused';
      refusal: Pick<RefusalFieldsFragment, 'code' | 'message' | 'field'>;
      errors: RowError[];
    }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'stopped' };

/** Whether the outcome is known, so that the next press is a new command. */
export const isSettled = (outcome: UploadOutcome): boolean =>
  outcome.kind === 'report' || (outcome.kind === 'refused' && !isUncertain(outcome.refusal));

/** The door's answer: the report or `{refusal, errors}`; anything else is a failure of the server. */
export function readReply(text: string): UploadOutcome {
  try {
    const reply = JSON.parse(text) as Partial<ImportReport> & {
      refusal?: RefusalFieldsFragment;
      errors?: RowError[];
    };
    if (reply.rows !== undefined) return { kind: 'report', report: reply as ImportReport };
    if (reply.refusal?.message)
      return { kind: 'refused', refusal: reply.refusal, errors: reply.errors ?? [] };
  } catch {
    // Not an answer of ours, for example the error page of a proxy.
  }
  return { kind: 'failed', failure: 'internal' };
}
