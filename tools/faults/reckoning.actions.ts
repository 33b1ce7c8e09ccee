/** What must have become of the actions: one for each finding, agreed on by one meeting, carried over by the later ones. */
import { compare, none, type Counted, type Rows } from './counting.ts';
import { LASTING } from './district.ts';
import { redSoFar } from './meetings.ts';
import type { Implied } from './reckoning.ts';

/** One open action for each puskesmas and indicator that is red in any month, linked to all those months. */
export async function reckonActions(rows: Rows, { units, accomplished }: Implied): Promise<Counted[]> {
  const months = new Map(
    units.flatMap((unit) =>
      [...redSoFar(unit, accomplished)].map(([code, periods]) => [`${unit.code} ${code}`, periods] as const),
    ),
  );
  const readied = new Set(accomplished.readied.map(({ unit }) => `${unit.code} ${LASTING}`));
  const open = await rows(
    'actions',
    `SELECT unit.code, action.indicator_code AS indicator, status,
            string_agg(support.period, ',' ORDER BY support.period) AS months, action.period AS newest
     FROM action JOIN known_unit AS unit USING (unit_id)
     LEFT JOIN action_support AS support ON support.action_id = action.action_id AND stands
     WHERE status IN ('proposed', 'ready', 'in_progress') GROUP BY action.action_id, unit.code`,
  );
  const links = await rows(
    'actions',
    `SELECT support.evaluation_id, support.indicator_code FROM action_support AS support WHERE stands`,
  );
  const followed = await rows('actions', 'SELECT evaluation_id, revision, standing FROM followed_evaluation');
  const dangling = await rows(
    'actions',
    `SELECT action_id, status FROM action JOIN action_support USING (action_id) WHERE stands AND status = 'withdrawn'`,
  );
  const history = await rows(
    'actions',
    `SELECT action_id, revision, n FROM action
     JOIN LATERAL (SELECT count(*)::int AS n, max(revision) AS last FROM action_entry AS e WHERE e.action_id = action.action_id) AS entries ON true
     WHERE n <> revision OR last <> revision`,
  );
  const entries = await rows('actions', 'SELECT action_id, revision, kind FROM action_entry');
  const facts = await rows(
    'actions',
    `SELECT replace(split_part(subject, '.', 4), '-', '_') AS kind, body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision
     FROM outbox WHERE subject LIKE 'lokmin.actions.action.%'`,
  );
  const miscounted = await rows(
    'actions',
    `SELECT unit_id FROM unit_actions AS kept JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'proposed') AS proposed,
              count(*) FILTER (WHERE status IN ('ready', 'in_progress')) AS open,
              count(*) FILTER (WHERE status = 'proposed' AND agreed_at IS NOT NULL) AS needs_completion
       FROM action WHERE action.unit_id = kept.unit_id) AS now ON true
     WHERE (kept.proposed, kept.open, kept.needs_completion) IS DISTINCT FROM (now.proposed, now.open, now.needs_completion)`,
  );
  return [
    compare(
      'open actions, one for each puskesmas and red indicator, linked to its red months',
      [...months].map(([key, periods]) => {
        const sorted = periods.toSorted();
        return `${key} ${readied.has(key) ? 'ready' : 'proposed'} for ${sorted.join(',')}, newest ${sorted.at(-1)}`;
      }),
      open.map(
        (row) =>
          `${row['code']} ${row['indicator']} ${row['status']} for ${row['months']}, newest ${row['newest']}`,
      ),
    ),
    compare(
      'links from evaluations to actions',
      accomplished.evaluations.flatMap(({ evaluationId, red }) =>
        red.map((code) => `${evaluationId} ${code}`),
      ),
      links.map((row) => `${row['evaluation_id']} ${row['indicator_code']}`),
    ),
    compare(
      'evaluations as actions know them',
      accomplished.evaluations.map(
        ({ evaluationId, revision }) => `${evaluationId} revision ${revision} true`,
      ),
      followed.map((row) => `${row['evaluation_id']} revision ${row['revision']} ${row['standing']}`),
    ),
    none(
      'withdrawn actions that an evaluation still supports',
      dangling.map((row) => row['action_id']!),
    ),
    none(
      'actions with a gap in their history',
      history.map((row) => `${row['action_id']} revision ${row['revision']}, ${row['n']} entries`),
    ),
    compare(
      'facts announced of actions',
      entries.map((row) => `${row['action_id']} revision ${row['revision']} ${row['kind']}`),
      facts.map((row) => `${row['id']} revision ${row['revision']} ${row['kind']}`),
    ),
    none(
      'puskesmas whose counts of actions are wrong',
      miscounted.map((row) => row['unit_id']!),
    ),
  ];
}
