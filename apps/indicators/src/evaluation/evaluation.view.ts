import type { EvaluationStatus } from './evaluation.rules.ts';

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

/** What `evaluationView` is made of; tables `evaluation` and `person`, who submitted it. */
export const EVALUATION_COLUMNS = `evaluation.evaluation_id, evaluation.revision, evaluation.status, evaluation.submitted_by,
         evaluation.submitted_at, evaluation.returned_reason, evaluation.returned_at, coalesce(person.name, '') AS submitted_by_name`;

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
