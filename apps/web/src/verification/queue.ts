/** What the order and the counts of the work list depend on. */
export interface QueueRow {
  readonly puskesmas: { readonly code: string; readonly name: string };
  readonly evaluation: { readonly status: 'SUBMITTED' | 'RETURNED' | 'VERIFIED' | 'LOCKED' } | null;
  readonly mine: readonly string[];
}
export const STANDINGS = ['waiting', 'SUBMITTED', 'RETURNED', 'none', 'VERIFIED', 'LOCKED'] as const;
export type QueueStanding = (typeof STANDINGS)[number];

/** Where a row stands: `waiting` when something of it waits for the person; `none` while nothing was submitted. */
export const standingOf = ({ evaluation, mine }: QueueRow): QueueStanding =>
  mine.length > 0 ? 'waiting' : (evaluation?.status ?? 'none');

/** What waits for the person first, what needs nobody last; equal ones by name. */
export function sortQueue<Row extends QueueRow>(rows: readonly Row[]): Row[] {
  const rank = (row: Row) => STANDINGS.indexOf(standingOf(row));
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || a.puskesmas.name.localeCompare(b.puskesmas.name, 'id'),
  );
}

/** How many rows stand where. */
export function countStandings(rows: readonly QueueRow[]): Record<QueueStanding, number> {
  const counts = { waiting: 0, SUBMITTED: 0, RETURNED: 0, none: 0, VERIFIED: 0, LOCKED: 0 };
  for (const row of rows) counts[standingOf(row)] += 1;
  return counts;
}

/** The programmes that the person would verify of these rows, each once, in the order of the bundle. */
export const programsOf = (rows: readonly QueueRow[], programs: readonly string[]): string[] =>
  programs.filter((program) => rows.some(({ mine }) => mine.includes(program)));
