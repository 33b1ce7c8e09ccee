/** What specs of other projects need to try indicators. */
export { anIndicator } from './an-indicator.ts';
export { goldenCases, type GoldenCase } from './golden-cases.ts';
