import type { Tx } from '@lokmin/messaging';
import type { Bundle } from '../bundle/bundle.entity.ts';
import { enteredElements, sumsIn } from '../bundle/bundle.rules.ts';
import { changesBetween, type Frozen, type IndicatorChange } from './evaluation.rules.ts';

/** Reads what one submission froze. */
export const readFrozen = async (
  tx: Pick<Tx, 'query'>,
  evaluationId: string,
  revision: number,
): Promise<Frozen> =>
  (
    (await tx.query<{ frozen: Frozen }>(
      'SELECT frozen FROM evaluation_history WHERE evaluation_id = $1 AND revision = $2',
      [evaluationId, revision],
    )) as [{ frozen: Frozen }]
  )[0].frozen;

/** What each programme is compared with: the submission that was verified last, or else the one before. */
interface Base {
  readonly submission: number;
  readonly verified: boolean;
  /** The programme is verified as of that submission, and nothing has ended that. */
  readonly holds: boolean;
}
export interface ProgramChanges {
  readonly program: string;
  readonly base: Base | null;
  readonly changes: readonly IndicatorChange[];
}

/**
 * What is other, by programme, in a submission than when the programme was last verified, or else last submitted.
 * @param revision of the submission
 * @param now what it froze
 */
export async function changesSince(
  tx: Pick<Tx, 'query'>,
  bundle: Bundle,
  evaluationId: string,
  revision: number,
  now: Frozen,
): Promise<ProgramChanges[]> {
  const verified = await tx.query<{ program: string; submission: number; holds: boolean }>(
    `SELECT DISTINCT ON (program) program, submission, ended_in IS NULL AS holds
     FROM evaluation_verification WHERE evaluation_id = $1 ORDER BY program, submission DESC`,
    [evaluationId],
  );
  const earlier = await tx.query<{ revision: number; frozen: Frozen }>(
    `SELECT revision, frozen FROM evaluation_history WHERE evaluation_id = $1 AND status = 'submitted' AND revision < $2
       AND (revision = ANY ($3::int[]) OR revision = (
         SELECT max(revision) FROM evaluation_history WHERE evaluation_id = $1 AND status = 'submitted' AND revision < $2))`,
    [evaluationId, revision, verified.map(({ submission }) => submission)],
  );
  const frozen = new Map([...earlier.map((it) => [it.revision, it.frozen] as const), [revision, now]]);
  const sums = sumsIn(bundle);
  const made = (own: Bundle['indicators']) =>
    own.map((indicator) => ({ code: indicator.code, elements: enteredElements(indicator, sums) }));
  const before = Math.max(0, ...earlier.map((it) => it.revision));
  return [...Map.groupBy(bundle.indicators, ({ program }) => program)].map(([program, own]) => {
    const last = verified.find((it) => it.program === program);
    const base = last
      ? { submission: last.submission, verified: true, holds: last.holds }
      : before > 0
        ? { submission: before, verified: false, holds: false }
        : null;
    return {
      program,
      base,
      changes: base ? changesBetween(frozen.get(base.submission)!, now, made(own)) : [],
    };
  });
}
