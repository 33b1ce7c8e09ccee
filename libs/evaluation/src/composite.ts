import { exact, Fraction, halfUp } from './exact.ts';
import type { Rules } from './indicator.ts';

/** A score of several figures, half up to 2 decimals. */
export interface Score {
  /** From figures capped where the score defines a cap; null when none is known. */
  score: string | null;
  /** The same without a cap. */
  raw: string | null;
  /** Parts with a figure, of those that apply: what is missing is left out, and said. */
  used: number;
  of: number;
}

interface Exact {
  score: Fraction | null;
  raw: Fraction | null;
  used: number;
  of: number;
}
const shown = ({ score, raw, used, of }: Exact): Score => ({
  score: score && halfUp(score, 2),
  raw: raw && halfUp(raw, 2),
  used,
  of,
});

/** Part of a whole; `weight` is a positive decimal, left out: 1. A part that does not apply is not expected. */
interface Weighed {
  score: Fraction | null;
  raw: Fraction | null;
  weight?: string | undefined;
  applies?: boolean;
}

function meanOf(parts: readonly Weighed[]): Exact {
  const expected = parts.filter(({ applies }) => applies !== false);
  const known = expected.flatMap(({ score, raw, weight = '1' }) =>
    score && raw ? [{ score, raw, weight: exact(weight) }] : [],
  );
  const weights = known.reduce((sum, { weight }) => sum.add(weight), new Fraction(0n));
  const mean = (of: 'score' | 'raw') =>
    known.length === 0
      ? null
      : known.reduce((sum, part) => sum.add(part[of].mul(part.weight)), new Fraction(0n)).div(weights);
  return { score: mean('score'), raw: mean('raw'), used: known.length, of: expected.length };
}

const HUNDRED = new Fraction(100n);
const capped = (figure: Fraction): Fraction => (figure.gt(HUNDRED) ? HUNDRED : figure);

export type ScoreCategory = 'baik' | 'cukup' | 'kurang';

/** Which indicators make which variable of which programme. Names are the district's own. */
export interface ScorePlan {
  programs: {
    name: string;
    weight?: string | undefined;
    variables: {
      name: string;
      weight?: string | undefined;
      indicators: { code: string; weight?: string | undefined }[];
    }[];
  }[];
}

/**
 * The plan of a bundle that has none: a programme of each `program` in order of appearance, each judged indicator a
 * variable of its own. Indicators without a target or that are only shown count for nothing.
 */
export function planOf(
  indicators: readonly { code: string; nameId: string; program: string; direction: string }[],
  hasTarget: (code: string) => boolean,
): ScorePlan {
  const byProgram = Map.groupBy(
    indicators.filter(({ code, direction }) => direction !== 'info' && hasTarget(code)),
    ({ program }) => program,
  );
  return {
    programs: [...byProgram].map(([name, members]) => ({
      name,
      variables: members.map(({ code, nameId }) => ({ name: nameId, indicators: [{ code }] })),
    })),
  };
}

/** What is known of one indicator. `raw`: percent of its target, exact, not capped. */
export interface ScoreInput {
  raw: Fraction | null;
  applies: boolean;
}

export interface ProgramScore extends Score {
  name: string;
  category: ScoreCategory | null;
  variables: (Score & {
    name: string;
    inputs: { code: string; score: string | null; raw: string | null }[];
  })[];
}
export interface ServiceScore extends Score {
  category: ScoreCategory | null;
  programs: ProgramScore[];
}

/**
 * The PKP score of service coverage: sub-variables make a variable, variables a programme, programmes the whole, each by
 * the mean, or the weighted mean where the plan gives weights. A sub-variable counts with at most 100. What is missing is
 * left out at its own level and counted there. Exact until the end.
 *
 * @param inputOf by code
 * @source Pedoman PKP: roll-up and groups; the groups' gaps are closed by docs/decisions/0001
 */
export function serviceScore(
  plan: ScorePlan,
  inputOf: (code: string) => ScoreInput,
  bands: Rules['bands'],
): ServiceScore {
  const programs = plan.programs.map(({ name, weight, variables }) => {
    const parts = variables.map((variable) => {
      const inputs = variable.indicators.map(({ code, weight: own }) => {
        const { raw, applies } = inputOf(code);
        return { code, weight: own, score: raw && capped(raw), raw, applies };
      });
      const mean = meanOf(inputs);
      return { name: variable.name, weight: variable.weight, inputs, ...mean, applies: mean.of > 0 };
    });
    const mean = meanOf(parts);
    return { name, weight, parts, ...mean, applies: mean.of > 0 };
  });
  const whole = meanOf(programs);
  const categoryOf = (score: Fraction | null) => score && bandedAt(score, bands);
  return {
    ...shown(whole),
    category: categoryOf(whole.score),
    programs: programs.map((program) => ({
      name: program.name,
      ...shown(program),
      category: categoryOf(program.score),
      variables: program.parts.map((variable) => ({
        name: variable.name,
        ...shown(variable),
        inputs: variable.inputs.map(({ code, score, raw }) => ({
          code,
          score: score && halfUp(score, 2),
          raw: raw && halfUp(raw, 2),
        })),
      })),
    })),
  };
}

const bandedAt = (score: Fraction, { kurangAtMost, baikFrom }: Rules['bands']): ScoreCategory =>
  score.lte(exact(kurangAtMost)) ? 'kurang' : score.gte(exact(baikFrom)) ? 'baik' : 'cukup';

/** Points for a count in a year: those of the highest step that it reaches. Ascending, the first from 0. */
export type Scale = readonly { from: number; points: string }[];

/**
 * Monthly and quarterly lokakarya mini held in a year.
 * @source Pedoman PKP, management variables: monthly none 0, below 5 a year 4, 5-8 7, 9-12 10; quarterly none 0, below 2 4, 2-3 7, 4 10
 */
export const MEETING_SCALES = {
  monthly: [
    { from: 0, points: '0' },
    { from: 1, points: '4' },
    { from: 5, points: '7' },
    { from: 9, points: '10' },
  ],
  quarterly: [
    { from: 0, points: '0' },
    { from: 1, points: '4' },
    { from: 2, points: '7' },
    { from: 4, points: '10' },
  ],
} as const satisfies Record<string, Scale>;

/** Management, on the scale 0 to 10. @source Pedoman PKP: baik >= 8.5, cukup 5.5-8.4, kurang < 5.5; 8.4-8.5 is cukup */
export const MANAGEMENT_BANDS = { cukupFrom: '5.5', baikFrom: '8.5' };

export interface ManagementScore {
  /** 0 to 10, half up to 2 decimals; null when nothing is known. */
  score: string | null;
  used: number;
  of: number;
  category: ScoreCategory | null;
  variables: { code: string; count: number | null; points: string | null }[];
}

/** The mean of the management variables of which something is known. */
export function managementScore(
  variables: readonly { code: string; count: number | null; scale: Scale }[],
  bands: typeof MANAGEMENT_BANDS = MANAGEMENT_BANDS,
): ManagementScore {
  const scored = variables.map(({ code, count, scale }) => ({
    code,
    count,
    points: count === null ? null : scale.findLast(({ from }) => count >= from)!.points,
  }));
  const { score, used, of } = meanOf(
    scored.map(({ points }) => ({ score: points && exact(points), raw: points && exact(points) }) as Weighed),
  );
  return {
    score: score && halfUp(score, 2),
    used,
    of,
    category:
      score &&
      (score.gte(exact(bands.baikFrom)) ? 'baik' : score.gte(exact(bands.cukupFrom)) ? 'cukup' : 'kurang'),
    variables: scored,
  };
}

/** Two counts, as they stand: decimals. */
export interface Ratio {
  numerator: string | null;
  denominator: string | null;
}
function percentOf({ numerator, denominator }: Ratio): Fraction | null {
  if (numerator === null || denominator === null) return null;
  const below = exact(denominator);
  return below.n === 0n ? null : exact(numerator).div(below).mul(100n);
}

/** Services of the minimum standard of a district. */
export const SPM_SERVICES = 12;

export const SPM_CATEGORIES = [
  ['tuntas_paripurna', '100'],
  ['tuntas_utama', '90'],
  ['tuntas_madya', '80'],
  ['tuntas_pratama', '70'],
  ['tuntas_muda', '60'],
  ['belum_tuntas', '0'],
] as const;
export type SpmCategory = (typeof SPM_CATEGORIES)[number][0];

export interface SpmScore {
  /** Mean of the services of which both parts are known, half up to 2 decimals. */
  index: string | null;
  used: number;
  of: number;
  /** Of the index before rounding; null until every service is known: a few good ones are no standard. */
  category: SpmCategory | null;
  services: {
    code: string;
    /** Percent, half up to 2 decimals, not capped. */
    coverage: string | null;
    fulfilment: string | null;
    /** 80% of the coverage, at most 100, and 20% of goods, services and staff. */
    quality: string | null;
  }[];
}

/**
 * The minimum service standards of a district: each service by 80% of its coverage (capped at 100) and 20% of what is
 * there of goods, services and staff; the index is the plain mean of the services.
 *
 * @param expected services of the standard; those that are not given are not known
 * @source Permendagri 59/2021; recomputed from the 12 rows of Belitung Timur 2024: index 87.62, Tuntas Madya
 */
export function spmScore(
  services: readonly { code: string; coverage: Ratio; fulfilment: Ratio }[],
  expected: number = SPM_SERVICES,
): SpmScore {
  const scored = services.map(({ code, ...parts }) => {
    const [coverage, fulfilment] = [percentOf(parts.coverage), percentOf(parts.fulfilment)];
    const quality =
      coverage && fulfilment && capped(coverage).mul(80n, 100n).add(capped(fulfilment).mul(20n, 100n));
    return { code, coverage, fulfilment, quality };
  });
  const { score, used } = meanOf(scored.map(({ quality }) => ({ score: quality, raw: quality })));
  const round = (figure: Fraction | null) => figure && halfUp(figure, 2);
  return {
    index: round(score),
    used,
    of: expected,
    category:
      score && used === expected ? SPM_CATEGORIES.find(([, from]) => score.gte(exact(from)))![0] : null,
    services: scored.map(({ code, ...figures }) => ({
      code,
      coverage: round(figures.coverage),
      fulfilment: round(figures.fulfilment),
      quality: round(figures.quality),
    })),
  };
}

export type IksCategory = 'sehat' | 'pra_sehat' | 'tidak_sehat';
export interface Iks {
  /** 0 to 1, half up to 3 decimals. */
  index: string;
  category: IksCategory;
}

/**
 * The *indeks keluarga sehat*: of a family its answers Y out of Y and T (N, not applicable, is left out); of an area the
 * families above 0.800 out of those surveyed. Above 0.800 *sehat*, 0.500 to 0.800 *pra-sehat*, below *tidak sehat*.
 *
 * @param counted answers Y, or healthy families; not negative
 * @param all answers Y and T, or families surveyed
 * @returns null when there is nothing to divide by
 * @source Permenkes 39/2016; Y 7, T 4, N 1 is 0.636, pra-sehat
 */
export function iks(counted: string, all: string): Iks | null {
  const below = exact(all);
  if (below.n === 0n) return null;
  const index = exact(counted).div(below);
  const category = index.gt(exact('0.8')) ? 'sehat' : index.gte(exact('0.5')) ? 'pra_sehat' : 'tidak_sehat';
  return { index: halfUp(index, 3), category };
}
