import { exact, Fraction, halfUp } from './exact.ts';

/**
 * SPM quality of one service: 80 % service coverage, capped at 100, plus 20 % fulfilment of goods, services and staff.
 * Both in percent, as uncapped decimal strings.
 * @returns percent, half up to 2 decimals
 * @source domain notes on indicators, section 1 (recomputed for the 12 services of 2024)
 */
export function spmQuality(service: string, goods: string): string {
  const capped = exact(service).gt(100n) ? new Fraction(100n) : exact(service);
  return halfUp(capped.mul(8n, 10n).add(exact(goods).mul(2n, 10n)), 2);
}

/**
 * The healthy family index of PIS-PK: yes / (yes + no); answers "not applicable" are left out beforehand.
 * Both are whole numbers of answers.
 * @returns index half up to 3 decimals with its class, judged on the exact index (above 0.8 *sehat*, from 0.5
 *   *pra-sehat*); null when no answer applies
 * @source domain notes on indicators, section 1
 */
export function familyIndex(
  yes: number,
  no: number,
): { index: string; status: 'sehat' | 'pra_sehat' | 'tidak_sehat' } | null {
  if (yes + no === 0) return null;
  const index = new Fraction(BigInt(yes), BigInt(yes + no));
  const status = index.gt(exact('0.8')) ? 'sehat' : index.gte(exact('0.5')) ? 'pra_sehat' : 'tidak_sehat';
  return { index: halfUp(index, 3), status };
}
