import { decimalText } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import type { Bundle } from '../bundle/bundle.entity.ts';
import type { ElementUse } from '../bundle/bundle.rules.ts';
import type { Covers, ValueState } from './value.entity.ts';

export interface EnteredValue {
  readonly element: string;
  readonly covers: Covers;
  readonly state: ValueState;
  readonly value: string | null;
}

/** 15 digits are exact for every reader, also one that counts in binary floats. */
const MAX_DIGITS = 15;
const MAX_DECIMALS = 6;

/** Whether the counts of an indicator are whole; those of an index or a ratio need not be. */
export const countsWhole = ({ unit }: { unit: string }): boolean => !/^(index|ratio)/.test(unit);

/**
 * The same for what people type and what files hold.
 * @param value decimal, not negative
 * @throws Refusal `value.too-large`, `value.not-whole`, `value.too-fine`
 */
export function demandCount(value: string, whole: boolean, element: string, field: string): void {
  const [, digits, decimals] = /^0*(\d*?)(?:\.(\d*?)0*)?$/.exec(value) as unknown as [
    string,
    string,
    string?,
  ];
  if (digits.length > MAX_DIGITS)
    throw new Refusal('value.too-large', { element, digits: MAX_DIGITS }, field);
  if (whole && decimals) throw new Refusal('value.not-whole', { element }, field);
  if (decimals && decimals.length > MAX_DECIMALS)
    throw new Refusal('value.too-fine', { element, decimals: MAX_DECIMALS }, field);
}

/**
 * What may be entered: known elements, once each, numbers where a number is claimed and nowhere else, none negative.
 * The yearly target group of a cumulative indicator covers the year, never a single month.
 * @throws Refusal `value.*` naming the field
 */
export function checkEntered(
  values: readonly EnteredValue[],
  elements: ReadonlyMap<string, ElementUse>,
  bundle: Pick<Bundle, 'year' | 'elements'>,
): void {
  const seen = new Set<string>();
  values.forEach(({ element, covers, state, value }, i) => {
    const field = `values.${i}`;
    const use = elements.get(element);
    if (!use) {
      const parts = bundle.elements.find(({ code }) => code === element)?.sumOf;
      throw parts
        ? new Refusal('value.computed', { element, parts: parts.join(' + ') }, `${field}.element`)
        : new Refusal('value.unknown-element', { element, year: bundle.year }, `${field}.element`);
    }
    const key = `${element}/${covers}`;
    if (seen.has(key)) throw new Refusal('value.duplicate', { element }, `${field}.element`);
    seen.add(key);
    const claimed = state === 'reported' || state === 'estimated';
    if (claimed && value === null) throw new Refusal('value.missing', { element }, `${field}.value`);
    if (!claimed && value !== null) throw new Refusal('value.missing', { element }, `${field}.state`);
    if (value !== null && value.startsWith('-') && /[1-9]/.test(value))
      throw new Refusal('value.negative', { element, value: decimalText(value) }, `${field}.value`);
    if (value !== null)
      demandCount(value.replace('-', ''), countsWhole(use.indicator), element, `${field}.value`);
    if (covers === 'month' && isYearlyTargetGroup(use)) {
      throw new Refusal(
        'value.covers',
        { element, allowed: { id: 'Januari sampai bulan ini', en: 'January through this month' } },
        `${field}.covers`,
      );
    }
  });
}

export const isYearlyTargetGroup = ({ indicator, part }: ElementUse): boolean =>
  part === 'denominator' && indicator.accumulation === 'cumulative' && indicator.direction !== 'lower';
