import type { IndicatorDefinition } from '../src/index.ts';

/** A percentage that is cumulative, with 100 as its target and elements of its own; `given` is what the case is about. */
export const anIndicator = (code: string, given: Partial<IndicatorDefinition> = {}): IndicatorDefinition => ({
  code,
  nameId: `Cakupan ${code}`,
  nameEn: `Coverage ${code}`,
  program: 'KIA',
  cluster: '2-ibu-anak',
  unit: 'percent',
  direction: 'higher',
  accumulation: 'cumulative',
  activeMonths: null,
  multiplier: '100',
  numeratorElement: `${code}.num`,
  denominatorElement: `${code}.den`,
  annualTarget: '100',
  numeratorDefinition: '',
  denominatorDefinition: '',
  source: '',
  ...given,
});
