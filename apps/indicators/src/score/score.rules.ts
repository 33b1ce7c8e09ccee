import { parsePeriod } from '@lokmin/calendar';
import { Refusal, type Text } from '@lokmin/contracts';
import {
  aggregate,
  iks,
  MANAGEMENT_BANDS,
  managementScore,
  MEETING_SCALES,
  performanceBehind,
  planOf,
  serviceScore,
  spmScore,
  type Ratio,
  type Rules,
  type ScorePlan,
} from '@lokmin/evaluation';
import type { Yardstick } from '../bundle/yardstick.ts';
import type { ResultView } from '../value/rollup.entity.ts';

/** Lokakarya mini held in a year: management variables of PKP, counted in the year through the period. */
export const MEETINGS = { monthly: 'MAN-LOKMIN-BLN', quarterly: 'MAN-LOKMIN-TRI' } as const;
/** Families healthy, of those surveyed. */
const IKS = 'PISPK-IKS';
/** The services of SPM; what is there of goods, services and staff for each stands in an indicator of its own. */
const SPM = /^SPM-\d\d$/;
const fulfilmentOf = (service: string) => `${service}-BJS`;
/** What counts on other scales than percent of a target. */
const isApart = (code: string) =>
  code === MEETINGS.monthly || code === MEETINGS.quarterly || /^SPM-\d\d-BJS$/.test(code) || code === IKS;

/**
 * A plan names indicators of the bundle, each at most once, with weights above 0; its groups do not overlap.
 * @throws Refusal `bundle.scores`
 */
export function checkScores({ scores }: Pick<Rules, 'scores'>, codes: ReadonlySet<string>): void {
  const refuse = (problem: Text, field: string) => {
    throw new Refusal('bundle.scores', { problem }, `rules.scores.${field}`);
  };
  const { cukupFrom, baikFrom } = scores?.management ?? MANAGEMENT_BANDS;
  if (Number(cukupFrom) >= Number(baikFrom) || Number(baikFrom) > 10)
    refuse(
      {
        id: `batas cukup (${cukupFrom}) harus di bawah batas baik (${baikFrom}), yang paling banyak 10.`,
        en: `the cukup limit (${cukupFrom}) must lie below the baik limit (${baikFrom}), which is at most 10.`,
      },
      'management',
    );
  const seen = new Set<string>();
  const weigh = (name: string, weight: string | undefined, field: string) => {
    if (weight !== undefined && Number(weight) <= 0)
      refuse({ id: `bobot ${name} harus di atas 0.`, en: `the weight of ${name} must be above 0.` }, field);
  };
  scores?.programs?.forEach(({ name, weight, variables }, p) => {
    weigh(name, weight, `programs.${p}.weight`);
    variables.forEach((variable, v) => {
      weigh(variable.name, variable.weight, `programs.${p}.variables.${v}.weight`);
      variable.indicators.forEach(({ code, weight: own }, i) => {
        const field = `programs.${p}.variables.${v}.indicators.${i}`;
        weigh(code, own, `${field}.weight`);
        if (!codes.has(code))
          refuse(
            { id: `indikator ${code} tidak ada dalam paket.`, en: `indicator ${code} is not in the bundle.` },
            `${field}.code`,
          );
        if (seen.has(code))
          refuse(
            { id: `indikator ${code} muncul dua kali.`, en: `indicator ${code} appears twice.` },
            `${field}.code`,
          );
        seen.add(code);
      });
    });
  });
}

/** Results of one unit and period, by code. */
export type Results = ReadonlyMap<string, ResultView>;

/** The scores of one unit and period. @param held meetings concluded in the year through the period; 0: none is known of */
export function scoresOf(measure: Yardstick, unitId: string, period: string, results: Results, held: number) {
  const { bundle } = measure;
  const at = parsePeriod(period);
  const definitions = new Map(bundle.indicators.map((definition) => [definition.code, definition]));
  const hasTarget = (code: string) =>
    !isApart(code) &&
    (definitions.get(code)?.annualTarget !== null || measure.target(unitId, code, at) !== null);
  const plan: ScorePlan = bundle.rules.scores?.programs
    ? { programs: bundle.rules.scores.programs }
    : planOf(bundle.indicators, hasTarget);
  const service = serviceScore(
    plan,
    (code) => {
      const result = results.get(code);
      const definition = definitions.get(code);
      return {
        raw:
          result && definition
            ? performanceBehind(definition, bundle.rules, at, result, measure.target(unitId, code, at))
            : null,
        applies: result?.coverageState !== 'not_applicable',
      };
    },
    bundle.rules.bands,
  );
  return {
    service: {
      ...service,
      programs: service.programs.map((program) => ({
        ...program,
        variables: program.variables.map((variable) => ({
          ...variable,
          inputs: variable.inputs.map((input) => {
            const definition = definitions.get(input.code);
            const result = results.get(input.code);
            return {
              ...input,
              name: definition?.nameId ?? input.code,
              nameEn: definition?.nameEn ?? input.code,
              coverageState: result?.coverageState ?? ('missing' as const),
              hidden: result?.hidden ?? false,
            };
          }),
        })),
      })),
    },
    management: management(bundle.rules, results, held),
    spm: spm(measure, (code) => ratio(results.get(code))),
    iks: iksOf(ratio(results.get(IKS))),
  };
}

/** SPM and IKS of several units together: counts are added, then divided; null of one that is not for the caller. */
export function scoresAcross(measure: Yardstick, period: string, units: readonly Results[]) {
  const { bundle } = measure;
  const sum = (code: string): Ratio => {
    const definition = bundle.indicators.find((indicator) => indicator.code === code);
    const results = units.flatMap((unit) => unit.get(code) ?? []);
    if (!definition || results.some(({ hidden }) => hidden)) return ratio(undefined);
    return aggregate(definition, bundle.rules, parsePeriod(period), results);
  };
  return { spm: spm(measure, sum), iks: iksOf(sum(IKS)) };
}

const ratio = (result: ResultView | undefined): Ratio => ({
  numerator: result?.numerator ?? null,
  denominator: result?.denominator ?? null,
});
const iksOf = ({ numerator, denominator }: Ratio) =>
  numerator === null || denominator === null ? null : iks(numerator, denominator);

function spm({ bundle }: Yardstick, ratioOf: (code: string) => Ratio) {
  const services = bundle.indicators.filter(({ code }) => SPM.test(code));
  if (services.length === 0) return null;
  const score = spmScore(
    services.map(({ code }) => ({ code, coverage: ratioOf(code), fulfilment: ratioOf(fulfilmentOf(code)) })),
  );
  return {
    ...score,
    services: score.services.map((each, i) => ({
      ...each,
      name: services[i]!.nameId,
      nameEn: services[i]!.nameEn,
    })),
  };
}

/**
 * Monthly meetings are those that were concluded; of a unit that concluded none here, and of quarterly ones, it is the
 * count that was entered. Without either nothing is known.
 */
function management({ scores }: Rules, results: Results, held: number) {
  const entered = (code: string) => {
    const count = results.get(code)?.numerator;
    return count === null || count === undefined ? null : Math.floor(Number(count));
  };
  const variables = [
    {
      code: MEETINGS.monthly,
      count: held > 0 ? held : entered(MEETINGS.monthly),
      source: held > 0 ? ('meetings' as const) : ('value' as const),
      scale: MEETING_SCALES.monthly,
    },
    {
      code: MEETINGS.quarterly,
      count: entered(MEETINGS.quarterly),
      source: 'value' as const,
      scale: MEETING_SCALES.quarterly,
    },
  ];
  const score = managementScore(variables, scores?.management);
  return {
    ...score,
    variables: score.variables.map((each, i) => ({ ...each, source: variables[i]!.source })),
  };
}
