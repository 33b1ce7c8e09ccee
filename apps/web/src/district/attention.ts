/** What the order of the district's rows depends on; null counts are those of a part that did not answer. */
export interface Attention {
  puskesmas: { code: string; name: string };
  evaluation: { status: 'SUBMITTED' | 'RETURNED' | 'VERIFIED' | 'LOCKED' } | null;
  tally: { kurang: number } | null;
  overdueActions: number | null;
}

export const ORDERS = ['attention', 'kurang', 'overdue', 'name'] as const;
export type Order = (typeof ORDERS)[number];

const isSubmitted = (row: Attention) => row.evaluation !== null && row.evaluation.status !== 'RETURNED';
const kurang = (row: Attention) => row.tally?.kurang ?? -1;
const overdue = (row: Attention) => row.overdueActions ?? -1;
const byName = (a: Attention, b: Attention) =>
  a.puskesmas.name.localeCompare(b.puskesmas.name, 'id') || (a.puskesmas.code < b.puskesmas.code ? -1 : 1);

const COMPARE: Record<Order, (a: Attention, b: Attention) => number> = {
  /** Not submitted first (a returned evaluation is not submitted), then the most *kurang*, then the most overdue. */
  attention: (a, b) =>
    Number(isSubmitted(a)) - Number(isSubmitted(b)) || kurang(b) - kurang(a) || overdue(b) - overdue(a),
  kurang: (a, b) => kurang(b) - kurang(a),
  overdue: (a, b) => overdue(b) - overdue(a),
  name: () => 0,
};

/** The rows in this order; equal ones by name. A row whose part did not answer stands after those that did. */
export function sortRows<Row extends Attention>(rows: readonly Row[], order: Order): Row[] {
  return [...rows].sort((a, b) => COMPARE[order](a, b) || byName(a, b));
}
