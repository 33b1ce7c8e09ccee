import { isUncertain } from '../api/command-ids.ts';
import type { Failure } from '../api/failure.ts';
import type { RefusalFieldsFragment } from '../api/operations.generated.ts';
import type { RowError } from './error-file.ts';

/** What an accepted file changed. */
export interface ImportReport {
  file: string;
  sha256: string;
  rows: number;
  changed: number;
  unchanged: number;
  /** (puskesmas, period) pairs whose values changed. */
  periods: number;
  warnings: { row: number; column: string | null; code: string; message: { id: string; en: string } }[];
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
