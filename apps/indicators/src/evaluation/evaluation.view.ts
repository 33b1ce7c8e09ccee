import type { EvaluationStatus } from './evaluation.entity.ts';

export interface EvaluationRow {
  evaluation_id: string | null;
  revision: number;
  status: EvaluationStatus;
  submitted_by: string;
  submitted_by_name: string;
  submitted_at: Date;
  returned_reason: string | null;
  returned_at: Date | null;
}

/** An evaluation as others see it; null when there is none. */
export const evaluationView = (row: EvaluationRow) =>
  row.evaluation_id === null
    ? null
    : {
        evaluationId: row.evaluation_id,
        revision: row.revision,
        status: row.status,
        submittedBy: row.submitted_by,
        submittedByName: row.submitted_by_name,
        submittedAt: row.submitted_at.toISOString(),
        returnedReason: row.returned_reason,
        returnedAt: row.returned_at?.toISOString() ?? null,
      };
