import { exact, Fraction, halfUp } from './exact.ts';

/**
 * What a finding asks for. `block`: nothing is submitted while it stands. `reason`: somebody has to confirm it with a
 * reason first. `warn` and `note` hinder nobody.
 */
export type Level = 'block' | 'reason' | 'warn' | 'note';
export const LEVELS: readonly Level[] = ['block', 'reason', 'warn', 'note'];

/** Rules of data quality, each with its level where a bundle says nothing else. */
export const RULES_OF_QUALITY = {
  /** More were reached than there are: the target group is too small, or the count too large. */
  numerator_above_denominator: 'warn',
  /** A later service reached more than the one that comes before it. */
  later_above_earlier: 'warn',
  /** A printed percentage does not follow from its own counts. */
  published_unexplained: 'warn',
  /** It does so in every puskesmas: the column was copied from another one. */
  published_column_copied: 'warn',
  /** Two indicators have the same counts in every puskesmas. */
  same_everywhere: 'warn',
  /** Two puskesmas have the same target group. */
  same_target_group: 'warn',
  /** The target group is far from that of a year before. */
  target_group_jump: 'warn',
  /** Two indicators exchanged their target groups from one year to the next. */
  target_groups_exchanged: 'warn',
  /** The counts of every puskesmas are those of a year before. */
  same_as_last_year: 'warn',
  /** A month has the counts of the month before it. */
  same_as_last_month: 'note',
  /** A count of the month is far from those of the months before it. */
  outlier: 'note',
} as const satisfies Record<string, Level>;
export type QualityRule = keyof typeof RULES_OF_QUALITY;

/** Two indicators of which the later one cannot reach more people than the earlier one, other than by late counting. */
export interface Sequence {
  earlier: string;
  later: string;
}

/** What the rules look at of one indicator: exact decimals, as a result has them. */
export interface Figures {
  code: string;
  numerator: string | null;
  denominator: string | null;
  multiplier: string | null;
  /** Whether the denominator is a target group of the year. */
  hasTargetGroup: boolean;
  /** The percentage that a publication prints, and whether the counts explain it; null: none is printed. */
  published: { value: string; explained: boolean } | null;
}

export interface UnitFigures {
  unitId: string;
  figures: readonly Figures[];
  /** Of the same month of the year before; left out or empty: not known. */
  lastYear?: readonly Figures[];
}

export interface Finding {
  rule: QualityRule;
  level: Level;
  /** Null: it is about the district. */
  unitId: string | null;
  /** What it is about, in the order of the rule. */
  indicatorCodes: string[];
  /** Other units that it is about. */
  otherUnitIds: string[];
  /** What it was found from, by name: exact decimals and counts. A confirmation holds while these stay. */
  figures: Record<string, string>;
}

/** What a bundle says of quality. */
export interface QualityRules {
  sequences: Sequence[];
  /** Levels other than those of `RULES_OF_QUALITY`. */
  levels: Partial<Record<QualityRule, Level>>;
}

const found = (
  { levels }: QualityRules,
  rule: QualityRule,
  finding: Partial<Omit<Finding, 'rule' | 'level'>>,
): Finding => ({
  unitId: null,
  indicatorCodes: [],
  otherUnitIds: [],
  figures: {},
  ...finding,
  rule,
  level: levels[rule] ?? RULES_OF_QUALITY[rule],
});

/** With multiplier 1 the parts are scores (an index, a mean), and a numerator above is normal. */
const isShare = ({ multiplier }: Figures) => multiplier !== null && multiplier !== '1';

/**
 * What the counts of one unit and period say against each other.
 * @source Profil Kesehatan Belitung Timur 2024: early breastfeeding of Kelapa Kampit 635 / 201; K4 146 above K1 139 in
 *   Dendang; success rate of TB in Gantung printed as 17.65 where 28 / 34 is 82.35
 */
export function findingsOfUnit({ unitId, figures }: UnitFigures, rules: QualityRules): Finding[] {
  const findings: Finding[] = [];
  const byCode = new Map(figures.map((each) => [each.code, each]));
  for (const each of figures) {
    const { code, numerator, denominator, published } = each;
    if (numerator === null || denominator === null) continue;
    const [above, below] = [exact(numerator), exact(denominator)];
    if (isShare(each) && below.n !== 0n && above.gt(below))
      findings.push(
        found(rules, 'numerator_above_denominator', {
          unitId,
          indicatorCodes: [code],
          figures: { numerator, denominator, percent: halfUp(above.div(below).mul(100n), 2) },
        }),
      );
    if (published && !published.explained && below.n !== 0n)
      findings.push(
        found(rules, 'published_unexplained', {
          unitId,
          indicatorCodes: [code],
          figures: {
            numerator,
            denominator,
            published: published.value,
            recomputed: halfUp(above.div(below).mul(exact(each.multiplier ?? '1')), 2),
          },
        }),
      );
  }
  for (const { earlier, later } of rules.sequences) {
    const [before, after] = [earlier, later].map((code) => byCode.get(code)?.numerator ?? null) as [
      string | null,
      string | null,
    ];
    if (before === null || after === null || !exact(after).gt(exact(before))) continue;
    findings.push(
      found(rules, 'later_above_earlier', {
        unitId,
        indicatorCodes: [earlier, later],
        figures: { earlier: before, later: after },
      }),
    );
  }
  return findings;
}

/** Fewer puskesmas with the same counts are chance. */
const UNITS_AT_LEAST = 3;
/** Target groups smaller than this are the same by chance. */
const GROUP_AT_LEAST = 100;
/** A target group that differs by more than this from the year before is looked at, in percent. */
const JUMP_PERCENT = 15;

/**
 * What the counts of a district say against each other, beside what `findingsOfUnit` says of each of its units.
 * @source Profil Kesehatan Belitung Timur 2024: K4 and K6 the same in all seven; every success rate of TB printed
 *   contradicts its counts; 805 people of 60 and more in both Renggiang and Simpang Pesak; target group of hypertension
 *   28,832 and then 23,737
 */
export function findingsAcross(units: readonly UnitFigures[], rules: QualityRules): Finding[] {
  return [
    ...sameEverywhere(units, rules),
    ...columnsCopied(units, rules),
    ...sameTargetGroups(units, rules),
    ...againstLastYear(units, rules),
  ];
}

const codesOf = (units: readonly UnitFigures[]): string[] => [
  ...new Set(units.flatMap(({ figures }) => figures.map(({ code }) => code))),
];
const pairOf = (figures: Figures | undefined): string | null =>
  !figures || figures.numerator === null || figures.denominator === null
    ? null
    : `${figures.numerator} / ${figures.denominator}`;

function sameEverywhere(units: readonly UnitFigures[], rules: QualityRules): Finding[] {
  // Indicators by all their counts in order: those that share the text share every count.
  const byCounts = new Map<string, string[]>();
  for (const code of codesOf(units)) {
    const pairs = units.map(({ figures }) => pairOf(figures.find((each) => each.code === code)));
    const known = pairs.filter((pair) => pair !== null);
    const different = new Set(known);
    // Alike in all and 0 in all says nothing; so do two counts that both parts agree on in too few puskesmas.
    if (known.length < UNITS_AT_LEAST || different.size < UNITS_AT_LEAST) continue;
    const counts = JSON.stringify(pairs);
    byCounts.set(counts, [...(byCounts.get(counts) ?? []), code]);
  }
  return [...byCounts]
    .filter(([, codes]) => codes.length > 1)
    .map(([counts, indicatorCodes]) =>
      found(rules, 'same_everywhere', {
        indicatorCodes,
        figures: {
          counts,
          units: String(JSON.parse(counts).filter((pair: unknown) => pair !== null).length),
        },
      }),
    );
}

function columnsCopied(units: readonly UnitFigures[], rules: QualityRules): Finding[] {
  return codesOf(units).flatMap((code) => {
    const printed = units.flatMap(
      ({ figures }) => figures.find((each) => each.code === code)?.published ?? [],
    );
    if (printed.length < UNITS_AT_LEAST || printed.some(({ explained }) => explained)) return [];
    return found(rules, 'published_column_copied', {
      indicatorCodes: [code],
      figures: { units: String(printed.length), published: printed.map(({ value }) => value).join(' ') },
    });
  });
}

function sameTargetGroups(units: readonly UnitFigures[], rules: QualityRules): Finding[] {
  const findings: Finding[] = [];
  for (const code of codesOf(units)) {
    const groups = Map.groupBy(
      units.flatMap(({ unitId, figures }) => {
        const each = figures.find((one) => one.code === code);
        return each?.hasTargetGroup &&
          each.denominator !== null &&
          exact(each.denominator).gte(GROUP_AT_LEAST)
          ? { unitId, denominator: each.denominator }
          : [];
      }),
      ({ denominator }) => denominator,
    );
    for (const [denominator, [first, ...others]] of groups)
      if (others.length > 0)
        findings.push(
          found(rules, 'same_target_group', {
            unitId: first!.unitId,
            otherUnitIds: others.map(({ unitId }) => unitId),
            indicatorCodes: [code],
            figures: { denominator },
          }),
        );
  }
  return findings;
}

function againstLastYear(units: readonly UnitFigures[], rules: QualityRules): Finding[] {
  const findings: Finding[] = [];
  const of = (figures: readonly Figures[] | undefined, code: string) =>
    figures?.find((each) => each.code === code);
  const codes = codesOf(units);
  for (const { unitId, figures, lastYear } of units)
    for (const { code, denominator, hasTargetGroup } of figures) {
      const before = of(lastYear, code)?.denominator ?? null;
      if (!hasTargetGroup || denominator === null || before === null || exact(before).n === 0n) continue;
      const change = exact(denominator).sub(exact(before)).mul(100n).div(exact(before));
      if (change.abs().lte(JUMP_PERCENT)) continue;
      findings.push(
        found(rules, 'target_group_jump', {
          unitId,
          indicatorCodes: [code],
          figures: { before, denominator, percent: halfUp(change, 2) },
        }),
      );
    }
  const known = units.filter(({ lastYear }) => lastYear && lastYear.length > 0);
  if (known.length < UNITS_AT_LEAST) return findings;
  for (const code of codes) {
    const pairs = known.map(({ figures, lastYear }) => [
      pairOf(of(figures, code)),
      pairOf(of(lastYear, code)),
    ]);
    if (pairs.every(([now, before]) => now !== null && now === before))
      findings.push(
        found(rules, 'same_as_last_year', {
          indicatorCodes: [code],
          figures: { units: String(known.length), counts: pairs.map(([now]) => now).join(', ') },
        }),
      );
  }
  for (const [i, one] of codes.entries())
    for (const other of codes.slice(i + 1)) {
      const groups = known.map(({ figures, lastYear }) =>
        [of(figures, one), of(figures, other), of(lastYear, one), of(lastYear, other)].map(
          (each) => each?.denominator ?? null,
        ),
      );
      const exchanged = groups.every(([a, b, c, d]) => a && b && a !== b && a === d && b === c);
      if (exchanged)
        findings.push(
          found(rules, 'target_groups_exchanged', {
            indicatorCodes: [one, other],
            figures: { units: String(known.length), denominators: groups.map(([a]) => a).join(' ') },
          }),
        );
    }
  return findings;
}

/** The months of one element before the one that is looked at, the oldest first; a silent month is left out. */
export interface MonthsOfElement {
  indicatorCode: string;
  element: string;
  before: readonly string[];
  /** Whether the last of `before` is the month right before. */
  follows: boolean;
  value: string;
}

const MONTHS_AT_LEAST = 6;
/** 0.6745 of a normal distribution's standard deviation is its median deviation: 3.5 deviations, in exact parts. */
const [DEVIATIONS, MEDIAN_DEVIATION] = [35_000n, 6_745n];
/** Counts up to this apart are no finding, however steady the months before were. */
const APART_AT_LEAST = 10;

const median = (sorted: readonly Fraction[]): Fraction => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : sorted[middle - 1]!.add(sorted[middle]!).div(2n);
};
const sort = (values: readonly Fraction[]) => [...values].sort((a, b) => a.compare(b));

/**
 * What a month says against the months before it: the same counts again, and a count far away. Far is a modified z-score
 * above 3.5, by the median and the median deviation, which zeros and skewed counts do not move; where most months are the
 * same, the mean deviation stands in. Fewer than 6 months say nothing, nor does a difference below 10.
 * @source Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): modified z-score, 3.5
 */
export function findingsOfMonth(
  unitId: string,
  months: readonly MonthsOfElement[],
  rules: QualityRules,
): Finding[] {
  const findings: Finding[] = [];
  const follow = months.filter(({ follows, value }) => follows && exact(value).n !== 0n);
  for (const [indicatorCode, parts] of Map.groupBy(follow, (each) => each.indicatorCode))
    if (parts.every(({ before, value }) => exact(before.at(-1)!).equals(exact(value))))
      findings.push(
        found(rules, 'same_as_last_month', {
          unitId,
          indicatorCodes: [indicatorCode],
          figures: Object.fromEntries(parts.map(({ element, value }) => [element, value])),
        }),
      );
  for (const { indicatorCode, element, before, value } of months) {
    if (before.length < MONTHS_AT_LEAST) continue;
    const past = sort(before.map(exact));
    const middle = median(past);
    const away = exact(value).sub(middle).abs();
    if (away.lt(APART_AT_LEAST)) continue;
    const deviations = sort(past.map((each) => each.sub(middle).abs()));
    const deviation = median(deviations);
    const mean = deviations.reduce((total, each) => total.add(each)).div(BigInt(deviations.length));
    // Iglewicz and Hoaglin: 1.253314 times the mean deviation where the median deviation is 0.
    const isFar =
      deviation.n !== 0n
        ? away.mul(MEDIAN_DEVIATION).gt(deviation.mul(DEVIATIONS))
        : away.mul(1_000_000n).gt(mean.mul(1_253_314n * 7n).div(2n));
    if (isFar)
      findings.push(
        found(rules, 'outlier', {
          unitId,
          indicatorCodes: [indicatorCode],
          figures: { element, value, median: halfUp(middle, 1), months: String(before.length) },
        }),
      );
  }
  return findings;
}

/** What a confirmation is of: the rule and what it is about. It holds while the figures of the finding stay. */
export const subjectOf = ({ rule, indicatorCodes, otherUnitIds, figures }: Finding): string =>
  [rule, ...indicatorCodes, ...otherUnitIds, ...(rule === 'outlier' ? [figures['element']] : [])].join(' ');
