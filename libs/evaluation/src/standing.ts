import { monthOf, monthsThrough, periodOf, yearOf, type Period } from '@lokmin/calendar';

import { allDigits, EvaluationError, exact, Fraction } from './exact.ts';
import { enteredFor, NO_SUMS, type Sums } from './formula.ts';
import type { IndicatorDefinition, PartName, Reported, Warning } from './indicator.ts';

/** The exact parts of an indicator at a period, before anything is divided. */
export interface Standing {
  numerator: Fraction | null;
  denominator: Fraction | null;
  notApplicable: boolean;
  monthsReported: number;
  monthsExpected: number;
  warnings: Warning[];
}

/**
 * Which values stand for an indicator at a period. Only values of the same year up to the period count; *not reported*
 * says nothing, *not applicable* and an estimate say something.
 *
 * - **cumulative**, numerator: the newest year-to-date value plus the reported months after it; without one, the sum of
 *   the reported months. Missing months are a warning.
 * - **cumulative**, denominator: the target group (*sasaran*) of the whole year, so the newest year-to-date value as it
 *   is. Where less is better (low birth weight among births) the denominator is events that grow with the months, and is
 *   added up like the numerator. See docs/decisions/0002.
 * - **monthly**: both values of the month itself; when neither part has one, the year-to-date values of the period.
 * - **snapshot**: the latest period with both parts, year-to-date first. With active months it stands from its round
 *   until the next one is due.
 *
 * A part that is a sum of elements is the sum of what stands for each of them. An element that lacks its value leaves the
 * whole part missing (a warning names it): missing is not zero. One that does not apply is left out of the sum.
 *
 * @throws EvaluationError `evaluation.value-twice`, `evaluation.not-a-decimal`
 * @source docs/decisions/0002
 */
export function standingValues(
  definition: IndicatorDefinition,
  period: Period,
  values: readonly Reported[],
  sums: Sums = NO_SUMS,
): Standing {
  const ofElements = (element: string | null) =>
    element === null ? [] : enteredFor(element, sums).map((each) => statementsOf(each, period, values));
  const numerator = ofElements(definition.numeratorElement);
  const isCount = definition.multiplier === null;
  const denominator = isCount ? null : ofElements(definition.denominatorElement);
  switch (definition.accumulation) {
    case 'cumulative':
      return cumulative(definition, period, numerator, denominator);
    case 'monthly':
      return monthly(period, numerator, denominator);
    case 'snapshot':
      return snapshot(definition, period, numerator, denominator);
  }
}

/** What one element says, by month number. Silence (*not reported*) is left out. */
interface Statements {
  element: string;
  month: Map<number, Reported>;
  year_to_date: Map<number, Reported>;
}

function statementsOf(element: string, period: Period, values: readonly Reported[]): Statements {
  const statements: Statements = { element, month: new Map(), year_to_date: new Map() };
  const seen = new Set<string>();
  for (const value of values) {
    if (value.element !== element || yearOf(value.period) !== yearOf(period) || value.period > period)
      continue;
    const key = `${value.covers} ${value.period}`;
    if (seen.has(key)) {
      throw new EvaluationError('evaluation.value-twice', `${element} has two values for ${key}`, {
        element,
        key,
      });
    }
    seen.add(key);
    if (value.state === 'not_applicable' || isUsable(value))
      statements[value.covers].set(monthOf(value.period), value);
  }
  return statements;
}

type Usable = Reported & { value: string };

function isUsable(value: Reported | undefined): value is Usable {
  return (
    value !== undefined && value.value !== null && (value.state === 'reported' || value.state === 'estimated')
  );
}

const isNotApplicable = (value: Reported | undefined) => value?.state === 'not_applicable';

/** The active months up to the period, or every month when the indicator has no rounds. */
export function monthsDue(definition: IndicatorDefinition, period: Period): number[] {
  const months = monthsThrough(period).map(monthOf);
  return definition.activeMonths === null
    ? months
    : months.filter((month) => definition.activeMonths?.includes(month));
}

interface Part {
  value: Fraction | null;
  notApplicable: boolean;
  warnings: Warning[];
}

function part(name: PartName, used: Usable[], notApplicable: boolean, warnings: Warning[] = []): Part {
  const estimated = used.filter((value) => value.state === 'estimated').map((value) => value.period);
  if (estimated.length > 0) warnings.push({ code: 'estimated', part: name, periods: estimated });
  const value = used.length === 0 ? null : sum(used);
  return { value, notApplicable: value === null && notApplicable, warnings };
}

function sum(values: Usable[]): Fraction {
  return values.reduce((total, { value }) => total.add(exact(value)), new Fraction(0n));
}

/**
 * The sum of what stands for each element of a part; that of a single one is itself. What lacks its value is named,
 * and leaves the sum missing.
 */
function added<P extends Part>(
  name: PartName,
  elements: readonly Statements[],
  partOf: (one: Statements) => P,
): Part {
  const parts = elements.map((one) => ({ element: one.element, ...partOf(one) }));
  if (parts.length === 1) return parts[0]!;
  const applicable = parts.filter(({ notApplicable }) => !notApplicable);
  const lacking = applicable.filter(({ value }) => value === null);
  const known = applicable.flatMap(({ value }) => value ?? []);
  const warnings = parts.flatMap((one) => one.warnings);
  if (known.length > 0 && lacking.length > 0)
    warnings.push({ code: 'elements_missing', part: name, elements: lacking.map(({ element }) => element) });
  return {
    value: known.length === 0 || lacking.length > 0 ? null : known.reduce((total, value) => total.add(value)),
    notApplicable: parts.length > 0 && applicable.length === 0,
    warnings: warnings.filter((it, i) => warnings.findIndex((other) => isSame(it, other)) === i),
  };
}

const isSame = (a: Warning, b: Warning): boolean => JSON.stringify(a) === JSON.stringify(b);

function cumulative(
  definition: IndicatorDefinition,
  period: Period,
  numerator: readonly Statements[],
  denominator: readonly Statements[] | null,
): Standing {
  const due = monthsDue(definition, period);
  const months = numerator.map((one) => addUp('numerator', due, period, one));
  const top = added('numerator', numerator, (one) => months[numerator.indexOf(one)]!);
  const bottom =
    denominator &&
    added('denominator', denominator, (one) =>
      definition.direction === 'lower' ? addUp('denominator', due, period, one) : targetGroup(period, one),
    );
  return {
    ...together(top, bottom),
    // Of a sum: the months for which every element is there, of those for which any is due.
    monthsReported: Math.min(...months.map(({ monthsReported }) => monthsReported)),
    monthsExpected: Math.max(...months.map(({ monthsExpected }) => monthsExpected)),
  };
}

/** The months of a part from January through the period: newest year-to-date value plus the months after it. */
function addUp(name: PartName, due: number[], period: Period, statements: Statements) {
  const warnings: Warning[] = [];
  const base = newest(statements.year_to_date);
  const through = base === undefined ? 0 : monthOf(base.period);
  const months = monthsThrough(period).map(monthOf);
  const later = months.filter((month) => month > through);

  const used = [base, ...later.map((month) => statements.month.get(month))].filter(isUsable);
  const expected = due.filter((month) =>
    month > through ? !isNotApplicable(statements.month.get(month)) : isUsable(base),
  );
  const missing = expected.filter((month) => month > through && !statements.month.has(month));
  if (used.length > 0 && missing.length > 0)
    warnings.push({ code: 'months_missing', part: name, months: missing });
  if (isUsable(base)) warnings.push(...comparedWithMonths(name, base, due, statements));

  const saidNotApplicable = base !== undefined || (statements.month.size > 0 && expected.length === 0);
  return {
    ...part(name, used, saidNotApplicable, warnings),
    monthsReported: expected.length - missing.length,
    monthsExpected: expected.length,
  };
}

function newest(statements: Map<number, Reported>): Reported | undefined {
  return statements.size === 0 ? undefined : statements.get(Math.max(...statements.keys()));
}

/** A year-to-date value and a complete set of its months should agree; when some month is missing nothing can be said. */
function comparedWithMonths(name: PartName, base: Usable, due: number[], statements: Statements): Warning[] {
  const through = monthOf(base.period);
  const months = [...statements.month.values()].filter((value) => monthOf(value.period) <= through);
  const complete = due.every((month) => month > through || statements.month.has(month));
  const usable = months.filter(isUsable);
  if (!complete || usable.length === 0) return [];
  const yearToDate = exact(base.value);
  const sumOfMonths = sum(usable);
  if (yearToDate.equals(sumOfMonths)) return [];
  return [
    {
      code: 'year_to_date_differs_from_months',
      part: name,
      period: base.period,
      yearToDate: allDigits(yearToDate),
      sumOfMonths: allDigits(sumOfMonths),
      difference: allDigits(yearToDate.sub(sumOfMonths)),
    },
  ];
}

function targetGroup(period: Period, statements: Statements): Part {
  const stated = newest(statements.year_to_date);
  const warnings: Warning[] = [];
  const months = [...statements.month.values()];
  if (stated === undefined && months.some(isUsable)) warnings.push({ code: 'denominator_only_by_month' });
  const notApplicable = isNotApplicable(stated ?? statements.month.get(monthOf(period)));
  return part('denominator', isUsable(stated) ? [stated] : [], notApplicable, warnings);
}

function monthly(
  period: Period,
  numerator: readonly Statements[],
  denominator: readonly Statements[] | null,
): Standing {
  const month = monthOf(period);
  const ofMonth = [...numerator, ...(denominator ?? [])].some((one) => one.month.has(month));
  const covers = ofMonth ? 'month' : 'year_to_date';
  const standing = atOnce(numerator, denominator, (one) => one[covers].get(month));
  if (covers === 'year_to_date' && standing.numerator !== null)
    standing.warnings.push({ code: 'year_to_date_stands_in' });
  return standing;
}

function snapshot(
  definition: IndicatorDefinition,
  period: Period,
  numerator: readonly Statements[],
  denominator: readonly Statements[] | null,
): Standing {
  const at = (month: number) =>
    atOnce(numerator, denominator, (one) => one.year_to_date.get(month) ?? one.month.get(month));

  const rounds = definition.activeMonths === null ? [] : monthsDue(definition, period);
  const since = Math.max(1, ...rounds);
  for (let month = monthOf(period); month >= since; month -= 1) {
    const state = at(month);
    if (!state.notApplicable && (state.numerator === null || (denominator && state.denominator === null)))
      continue;
    if (month < monthOf(period)) {
      state.warnings.push({ code: 'state_of_earlier_period', period: periodOf(yearOf(period), month) });
    }
    return state;
  }
  return at(monthOf(period)); // one part at most: missing, but what is known is shown
}

/** Both parts as stated for one period. `null` as denominator: a count. */
function atOnce(
  numerator: readonly Statements[],
  denominator: readonly Statements[] | null,
  statedBy: (one: Statements) => Reported | undefined,
): Standing {
  const onePart = (name: PartName, elements: readonly Statements[]) =>
    added(name, elements, (one) => {
      const stated = statedBy(one);
      return part(name, isUsable(stated) ? [stated] : [], isNotApplicable(stated));
    });
  const standing = together(
    onePart('numerator', numerator),
    denominator && onePart('denominator', denominator),
  );
  return {
    ...standing,
    monthsReported: standing.numerator === null ? 0 : 1,
    monthsExpected: standing.notApplicable ? 0 : 1,
  };
}

function together(numerator: Part, denominator: Part | null) {
  const notApplicable = numerator.notApplicable || (denominator?.notApplicable ?? false);
  return {
    numerator: notApplicable ? null : numerator.value,
    denominator: notApplicable ? null : (denominator?.value ?? null),
    notApplicable,
    warnings: notApplicable ? [] : [...numerator.warnings, ...(denominator?.warnings ?? [])],
  };
}
