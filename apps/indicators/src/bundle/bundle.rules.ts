import { decimalText } from '@lokmin/calendar';
import { Refusal, type AskInput, type PublishBundle, type Text } from '@lokmin/contracts';
import {
  checkBands,
  checkRunning,
  enteredFor,
  EvaluationError,
  formulaProblems,
  NO_SUMS,
  sumsOf,
  type FormulaProblem,
  type IndicatorDefinition,
  type Rules,
  type Sums,
} from '@lokmin/evaluation';
import { checkScores } from '../score/score.rules.ts';
import type { Bundle } from './bundle.entity.ts';

/** What a bundle says, whether it is published or prepared. */
export type BundleContent = Omit<AskInput<typeof PublishBundle>, 'commandId'>;

/**
 * What may be published: bands without overlap, indicator codes once each, curves that are curves, formulas that can be
 * computed. @throws Refusal `bundle.bands`, `bundle.indicator-twice`, `bundle.curve`, `bundle.scores`, `bundle.formula` naming the field
 */
export function checkBundle({
  rules,
  indicators,
  elements,
}: Pick<BundleContent, 'rules' | 'indicators' | 'elements'>): void {
  refusing(
    () => checkBands(rules.bands),
    () =>
      new Refusal(
        'bundle.bands',
        {
          kurangAtMost: decimalText(rules.bands.kurangAtMost),
          baikFrom: decimalText(rules.bands.baikFrom),
        },
        'rules.bands',
      ),
  );
  const codes = new Set<string>();
  indicators.forEach(({ code, running, curve }, i) => {
    if (codes.has(code)) throw new Refusal('bundle.indicator-twice', { code }, `indicators.${i}.code`);
    codes.add(code);
    refusing(
      () => checkRunning({ running, curve }, code),
      () => new Refusal('bundle.curve', { at: code }, `indicators.${i}.curve`),
    );
  });
  checkScores(rules, codes);
  const [problem] = formulaProblems(elements, indicators);
  if (problem) {
    const i = elements.findIndex(({ code }) => code === problem.at);
    const field = codes.has(problem.at)
      ? `indicators.${indicators.findIndex(({ code }) => code === problem.at)}`
      : `elements.${i}`;
    throw new Refusal('bundle.formula', { at: problem.at, problem: problemText(problem) }, field);
  }
}

/** The rules of a bundle that lost indicators: the order of services and the scores do without them. */
export function withoutIndicators(rules: Rules, gone: ReadonlySet<string>): Rules {
  const { quality, scores } = rules;
  return {
    ...rules,
    ...(quality && {
      quality: {
        ...quality,
        sequences: quality.sequences.filter(({ earlier, later }) => !gone.has(earlier) && !gone.has(later)),
      },
    }),
    ...(scores?.programs && {
      scores: {
        ...scores,
        programs: scores.programs.flatMap((program) => {
          const variables = program.variables.flatMap((variable) => {
            const indicators = variable.indicators.filter(({ code }) => !gone.has(code));
            return indicators.length > 0 ? [{ ...variable, indicators }] : [];
          });
          return variables.length > 0 ? [{ ...program, variables }] : [];
        }),
      },
    }),
  };
}

/** Turns what the engine refuses into a refusal; anything else goes on. */
export function refusing(check: () => void, refusal: () => Refusal): void {
  try {
    check();
  } catch (error) {
    throw error instanceof EvaluationError ? refusal() : error;
  }
}

function problemText(it: FormulaProblem): Text {
  switch (it.code) {
    case 'element-twice':
      return { id: 'kode elemen ini muncul dua kali.', en: 'this element code appears twice.' };
    case 'element-unknown':
      return {
        id: `elemen data ${it.element} tidak ada dalam paket.`,
        en: `data element ${it.element} is not in the bundle.`,
      };
    case 'circle':
      return {
        id: `penjumlahannya berputar: ${it.circle.join(' → ')}.`,
        en: `its sum goes in a circle: ${it.circle.join(' → ')}.`,
      };
    case 'counted-twice':
      return {
        id: `elemen ${it.element} terhitung lebih dari sekali.`,
        en: `element ${it.element} is counted more than once.`,
      };
    case 'unit-differs':
      return {
        id: `satuannya ${it.unit}, sedangkan ${it.element} bersatuan ${it.elementUnit}.`,
        en: `its unit is ${it.unit}, that of ${it.element} is ${it.elementUnit}.`,
      };
    case 'multiplier':
      return {
        id: `satuan ${it.unit} memerlukan pengali ${it.expected}, bukan ${it.multiplier}.`,
        en: `the unit ${it.unit} needs the multiplier ${it.expected}, not ${it.multiplier}.`,
      };
  }
}

const sums = new WeakMap<Bundle, Sums>();
/** The computed elements of a published bundle; worked out once. */
export function sumsIn(bundle: Bundle): Sums {
  if (bundle.elements.length === 0) return NO_SUMS;
  const known = sums.get(bundle) ?? sumsOf(bundle.elements);
  sums.set(bundle, known);
  return known;
}

/** Every entered element that an indicator is made of, and the registered target group beside them. */
export function enteredElements(
  { numeratorElement, denominatorElement, registeredElement }: IndicatorDefinition,
  sums: Sums,
): string[] {
  return [numeratorElement, denominatorElement, registeredElement].flatMap((element) =>
    element ? enteredFor(element, sums) : [],
  );
}

/** An element of a bundle that is entered: which indicator uses it, as what. */
export interface ElementUse {
  readonly indicator: IndicatorDefinition;
  readonly part: 'numerator' | 'denominator';
}

/** The entered elements of a bundle; the first indicator that uses one says what may be entered. */
export function elementsOf(bundle: Bundle): Map<string, ElementUse> {
  const uses = new Map<string, ElementUse>();
  const sums = sumsIn(bundle);
  for (const indicator of bundle.indicators) {
    const { numeratorElement, denominatorElement, registeredElement } = indicator;
    const note = (element: string | null | undefined, part: ElementUse['part']) => {
      for (const each of element ? enteredFor(element, sums) : [])
        if (!uses.has(each)) uses.set(each, { indicator, part });
    };
    note(numeratorElement, 'numerator');
    note(denominatorElement, 'denominator');
    note(registeredElement, 'denominator');
  }
  return uses;
}
