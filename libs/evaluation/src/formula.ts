import type { IndicatorDefinition } from './indicator.ts';

/** One thing that is counted. Indicators of a bundle share elements, so that a number is entered once and used many times. */
export interface DataElement {
  code: string;
  nameId: string;
  nameEn: string;
  /** What is counted: `people`, `visits`, `villages`, ... Only like is added to like. */
  unit: string;
  /** Codes of the elements that it is the sum of; null: it is entered. */
  sumOf: string[] | null;
}

/** Elements that are computed, each with the entered elements that it is the sum of. */
export type Sums = ReadonlyMap<string, readonly string[]>;
export const NO_SUMS: Sums = new Map();

/** The entered elements behind one: itself, or what it is the sum of. */
export const enteredFor = (element: string, sums: Sums): readonly string[] => sums.get(element) ?? [element];

/** Something wrong with the formulas of a bundle. `at` names the element or indicator. */
export type FormulaProblem =
  | { code: 'element-twice'; at: string }
  | { code: 'element-unknown'; at: string; element: string }
  /** The elements of the circle, in order. */
  | { code: 'circle'; at: string; circle: string[] }
  /** The sum would count this element more than once. */
  | { code: 'counted-twice'; at: string; element: string }
  | { code: 'unit-differs'; at: string; unit: string; element: string; elementUnit: string }
  /** A percentage of people among people has multiplier 100, a count has none. */
  | { code: 'multiplier'; at: string; unit: string; multiplier: string; expected: string };

/** Multipliers that a unit of an indicator leaves no choice about; others (`index`, `ratio 0-1`, ...) do. */
function expectedMultiplier(unit: string): string | null | undefined {
  if (unit === 'count') return null;
  if (unit === 'percent') return '100';
  if (unit === 'per mil') return '1000';
  const per = /^per ([\d,]+)\b/.exec(unit);
  return per ? per[1]!.replaceAll(',', '') : undefined;
}

/**
 * Everything that is wrong with formulas: codes that stand twice or nowhere, sums that go in a circle, count an element
 * twice or add unlike things, a percentage of unlike things, a multiplier that does not fit its unit.
 *
 * @param elements may be empty: then the indicators name their own elements, and none is computed
 */
export function formulaProblems(
  elements: readonly DataElement[],
  indicators: readonly Pick<
    IndicatorDefinition,
    'code' | 'unit' | 'multiplier' | 'numeratorElement' | 'denominatorElement'
  >[],
): FormulaProblem[] {
  const problems: FormulaProblem[] = [];
  const known = new Map<string, DataElement>();
  for (const element of elements) {
    if (known.has(element.code)) problems.push({ code: 'element-twice', at: element.code });
    known.set(element.code, element);
  }
  for (const { code: at, unit, sumOf } of elements) {
    for (const code of sumOf ?? []) {
      const part = known.get(code);
      if (!part) problems.push({ code: 'element-unknown', at, element: code });
      else if (part.unit !== unit)
        problems.push({ code: 'unit-differs', at, unit, element: code, elementUnit: part.unit });
    }
    const circle = circleFrom(at, known);
    if (circle) problems.push({ code: 'circle', at, circle });
    else {
      const leaves = entered(at, known);
      for (const element of new Set(leaves.filter((leaf, i) => leaves.indexOf(leaf) !== i)))
        problems.push({ code: 'counted-twice', at, element });
    }
  }
  for (const { code: at, unit, multiplier, numeratorElement, denominatorElement } of indicators) {
    const expected = expectedMultiplier(unit);
    if (expected !== undefined && !sameNumber(expected, multiplier))
      problems.push({
        code: 'multiplier',
        at,
        unit,
        multiplier: multiplier ?? '-',
        expected: expected ?? '-',
      });
    if (known.size === 0) continue;
    for (const element of [numeratorElement, denominatorElement])
      if (element !== null && !known.has(element)) problems.push({ code: 'element-unknown', at, element });
    const [above, below] = [known.get(numeratorElement), known.get(denominatorElement ?? '')];
    if (unit === 'percent' && above && below && above.unit !== below.unit)
      problems.push({
        code: 'unit-differs',
        at,
        unit: above.unit,
        element: below.code,
        elementUnit: below.unit,
      });
  }
  return problems;
}

const sameNumber = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : Number(a) === Number(b);

/** @returns the elements of a circle that passes through `code`, or null */
function circleFrom(code: string, known: ReadonlyMap<string, DataElement>): string[] | null {
  const walk = (at: string, path: readonly string[]): string[] | null => {
    if (path.length > 0 && at === code) return [...path, at];
    if (path.includes(at)) return null; // a circle that does not pass through `code`: told of its own elements
    for (const part of known.get(at)?.sumOf ?? []) {
      const circle = walk(part, [...path, at]);
      if (circle) return circle;
    }
    return null;
  };
  return walk(code, []);
}

/** What an element is the sum of, entered elements only. Call it where there is no circle through the element. */
function entered(
  code: string,
  known: ReadonlyMap<string, DataElement>,
  path: readonly string[] = [],
): string[] {
  const sumOf = known.get(code)?.sumOf;
  if (!sumOf || path.includes(code)) return [code];
  return sumOf.flatMap((part) => entered(part, known, [...path, code]));
}

/** @param elements of a bundle without formula problems */
export function sumsOf(elements: readonly DataElement[]): Sums {
  const known = new Map(elements.map((element) => [element.code, element]));
  return new Map(
    elements.filter(({ sumOf }) => sumOf !== null).map(({ code }) => [code, entered(code, known)]),
  );
}
