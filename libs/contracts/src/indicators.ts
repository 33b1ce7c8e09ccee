import { z } from 'zod';
import { ask, command, expectedRevision, overviewPlace, refusal } from './ask.ts';
import { day, decimal, districtCode, fact, instant, period, reference } from './fact.ts';
import { lines, linesOrNone, oneLine, withoutTwins } from './fields.ts';

export const JUDGEMENTS = ['baik', 'cukup', 'kurang', 'tanpa_target', 'tanpa_data'] as const;
export const judgement = z.enum(JUDGEMENTS);
/** How many indicators fall under each judgement; the five add up to the indicators of the bundle. */
export const tally = z.object({
  baik: z.int().nonnegative(),
  cukup: z.int().nonnegative(),
  kurang: z.int().nonnegative(),
  tanpa_target: z.int().nonnegative(),
  tanpa_data: z.int().nonnegative(),
  /** Not among the five, for who may not see small counts: judgements that would give one away. Left out: none. */
  disembunyikan: z.int().nonnegative().optional(),
});

/** When how much of a target for the year is due (see `@lokmin/evaluation`). Left out or null: as the accumulation says. */
const runs = {
  running: z.enum(['flat', 'pro_rata', 'curve']).nullable().default(null),
  /** With `curve`: percent of it by the end of each of the twelve months. */
  curve: z.array(decimal).length(12).nullable().default(null),
};

export const dataElement = z.object({
  code: z.string(),
  nameId: z.string(),
  nameEn: z.string(),
  /** What is counted: `people`, `visits`, ...; only like is added to like. */
  unit: z.string(),
  /** Codes of the elements that it is the sum of; null: it is entered. */
  sumOf: z.array(z.string()).nullable(),
});

export const indicatorDefinition = z.object({
  code: z.string(),
  nameId: z.string(),
  nameEn: z.string(),
  program: z.string(),
  cluster: z.string(),
  /** `percent`, `count`, `per 100,000 live births`, ... */
  unit: z.string(),
  direction: z.enum(['higher', 'lower', 'info']),
  accumulation: z.enum(['cumulative', 'monthly', 'snapshot']),
  /** Months (1-12) in which the service happens, or null for all. */
  activeMonths: z.array(z.int().min(1).max(12)).nullable(),
  /** Factor on numerator / denominator; null: a plain count without denominator. */
  multiplier: decimal.nullable(),
  numeratorElement: z.string(),
  denominatorElement: z.string().nullable(),
  /** In the indicator's unit; null: no target, never coloured. */
  annualTarget: decimal.nullable(),
  numeratorDefinition: z.string(),
  denominatorDefinition: z.string(),
  source: z.string(),
  /** Counts from 1 to below this can point to a person: shown only to those who may see small counts. Null: to all. */
  smallCountsBelow: z.int().min(2).max(100).nullable().default(null),
  /** The first month in which it is expected to be reported; left out or null: all of the year. */
  expectedFrom: period.nullable().optional(),
  running: runs.running.optional(),
  curve: runs.curve.optional(),
  /** Element with the registered target group (*sasaran riil*), shown beside the one that is judged by. */
  registeredElement: z.string().nullable().optional(),
  /** Families that use the same number: `SPM`, `PKP`, `INM`, ... */
  uses: z.array(z.string()).optional(),
});

/** `block`: nothing is submitted while it stands; `reason`: not before somebody confirmed it; the others hinder nobody. */
export const findingLevel = z.enum(['block', 'reason', 'warn', 'note']);
/** Rules of data quality (see `@lokmin/evaluation`), each with its level where it is not the usual one. */
const findingLevels = z.object({
  numerator_above_denominator: findingLevel.optional(),
  later_above_earlier: findingLevel.optional(),
  published_unexplained: findingLevel.optional(),
  published_column_copied: findingLevel.optional(),
  same_everywhere: findingLevel.optional(),
  same_target_group: findingLevel.optional(),
  target_group_jump: findingLevel.optional(),
  target_groups_exchanged: findingLevel.optional(),
  same_as_last_year: findingLevel.optional(),
  same_as_last_month: findingLevel.optional(),
  outlier: findingLevel.optional(),
});
export const qualityRule = findingLevels.keyof();

/** How a district turns performance into judgements; see `@lokmin/evaluation`. */
export const judgementRules = z.object({
  bands: z.object({ kurangAtMost: decimal, baikFrom: decimal }),
  lowerIsBetter: z.enum(['ratio', 'linear']),
  quality: z
    .object({
      /** Indicators of which the later one cannot reach more people than the earlier one. */
      sequences: z.array(z.object({ earlier: z.string(), later: z.string() })).max(500),
      levels: findingLevels,
    })
    .optional(),
  /** How scores are made of the indicators; left out: by programme, each indicator a variable, all of equal weight. */
  scores: z
    .object({
      programs: z
        .array(
          z.object({
            name: oneLine(200),
            weight: decimal.optional(),
            variables: z
              .array(
                z.object({
                  name: oneLine(200),
                  weight: decimal.optional(),
                  indicators: z
                    .array(z.object({ code: z.string(), weight: decimal.optional() }))
                    .min(1)
                    .max(200),
                }),
              )
              .min(1)
              .max(100),
          }),
        )
        .min(1)
        .max(100)
        .optional(),
      /** Where the groups of management begin, on the scale 0 to 10. */
      management: z.object({ cukupFrom: decimal, baikFrom: decimal }).optional(),
    })
    .optional(),
});

export const BundleState = reference(
  'lokmin.ref.indicators.bundle',
  "A district's published indicators of one year, whole",
  {
    bundleId: z.uuid(),
    districtCode,
    year: z.int(),
    name: z.string(),
    rules: judgementRules,
    indicators: z.array(indicatorDefinition),
    /** Left out: the indicators name their own elements, and none is a sum. */
    elements: z.array(dataElement).optional(),
  },
);

/** One judged indicator as frozen in an evaluation. Figures are exact, rounded half up to two decimals for showing. */
export const judged = z.object({
  code: z.string(),
  name: z.string(),
  program: z.string(),
  unit: z.string(),
  judgement,
  numerator: decimal.nullable(),
  denominator: decimal.nullable(),
  /** In the indicator's unit, two decimals; null without data. */
  coverage: decimal.nullable(),
  /** What should be reached by this month, two decimals; null without target. */
  runningTarget: decimal.nullable(),
  /** Percent of the running target, uncapped, two decimals; null when not judged. */
  performance: decimal.nullable(),
});

const evaluationKey = {
  evaluationId: z.uuid(),
  /** Counts every submission, return and revision of this (unit, period, bundle) from 1. */
  revision: z.int().positive(),
  unitId: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  districtCode,
  period,
  bundleId: z.uuid(),
};
const evaluationState = {
  ...evaluationKey,
  submittedBy: z.uuid(),
  submittedAt: instant,
  tally,
  judged: z.array(judged),
};

export const ValuesRecorded = fact(
  'lokmin.indicators.values.recorded.v1',
  'Values of one unit and period were entered or imported; its rollup is recomputed',
  {
    unitId: z.uuid(),
    unitCode: z.string(),
    districtCode,
    period,
    /** Revision of the unit's rollup for this period. */
    revision: z.int().positive(),
    /** How many values changed. */
    changed: z.int().positive(),
  },
);
export const TargetsSet = fact(
  'lokmin.indicators.targets.set.v1',
  'Targets of a district and year were set or withdrawn beside its bundle; the rollups they concern are recomputed',
  {
    districtCode,
    year: z.int(),
    /** Units whose rollups changed. */
    unitIds: z.array(z.uuid()),
  },
);
export const DeviationAccepted = fact(
  'lokmin.indicators.deviation.accepted.v1',
  'The district accepts for a while that an indicator of a puskesmas misses its target; it replaces what was accepted before',
  {
    deviationId: z.uuid(),
    /** Counts what was accepted for this unit and indicator. */
    revision: z.int().positive(),
    unitId: z.uuid(),
    unitCode: z.string(),
    districtCode,
    indicatorCode: z.string(),
    /** First month of results that it is about. */
    fromPeriod: period,
    /** Last day in the district; no fact tells of its end. */
    until: day,
    reason: z.string(),
    acceptedBy: z.uuid(),
  },
);
export const FindingConfirmed = fact(
  'lokmin.indicators.finding.confirmed.v1',
  'Somebody says why the figures of a finding of data quality are right; it holds until they change',
  {
    confirmationId: z.uuid(),
    districtCode,
    /** Null: the finding is about the district. */
    unitId: z.uuid().nullable(),
    period,
    /** The rule and what it is about. */
    subject: z.string(),
    confirmedBy: z.uuid(),
    reason: z.string(),
  },
);
export const FileLayoutKept = fact(
  'lokmin.indicators.file-layout.kept.v1',
  'A district says, or says anew, what stands where in a workbook of its own',
  {
    layoutId: z.uuid(),
    districtCode,
    year: z.int(),
    name: z.string(),
    revision: z.int(),
    keptBy: z.uuid(),
  },
);
export const EvaluationSubmitted = fact(
  'lokmin.indicators.evaluation.submitted.v1',
  'A puskesmas submitted its first evaluation of a period; values, targets and bands are frozen in it',
  evaluationState,
);
/** Indicators that are returned, each with what has to be mended. */
const returnedIndicator = z.object({
  code: z.string(),
  name: z.string(),
  program: z.string(),
  reason: z.string(),
});
export const EvaluationReturned = fact(
  'lokmin.indicators.evaluation.returned.v1',
  'The district gave an evaluation back with a reason; what it supported no longer stands',
  {
    ...evaluationKey,
    returnedBy: z.uuid(),
    reason: z.string(),
    /** Left out or empty: all of it. */
    indicators: z.array(returnedIndicator).optional(),
  },
);
export const EvaluationRevised = fact(
  'lokmin.indicators.evaluation.revised.v1',
  'A returned evaluation was submitted again; it replaces the earlier one whole',
  {
    ...evaluationState,
    /** Returned indicators that the puskesmas says are right, each with the reason; left out: none. */
    objections: z.array(returnedIndicator).optional(),
  },
);
export const EvaluationProgramVerified = fact(
  'lokmin.indicators.evaluation.program-verified.v1',
  'The district verified programmes of an evaluation; others still wait',
  {
    ...evaluationKey,
    verifiedBy: z.uuid(),
    /** Those verified now. */
    programs: z.array(z.string()),
    awaiting: z.array(z.string()),
  },
);
export const EvaluationVerified = fact(
  'lokmin.indicators.evaluation.verified.v1',
  'The last programme of an evaluation was verified: the district agrees with all of it',
  {
    ...evaluationKey,
    verifiedBy: z.uuid(),
    /** Those verified now; the others were before. */
    programs: z.array(z.string()),
  },
);
export const EvaluationLocked = fact(
  'lokmin.indicators.evaluation.locked.v1',
  'A verified evaluation was locked: it is never returned or changed again',
  { ...evaluationKey, lockedBy: z.uuid() },
);

const windowKey = { districtCode, period, revision: z.int().positive() };
/** Of the month after the period, so that each month has it. */
const windowDay = z.int().min(1).max(28).nullable();
const windowKind = z.enum(['entry', 'verification']);
export const WindowSet = fact(
  'lokmin.indicators.window.set.v1',
  'A district set until when a month is entered and verified; extensions from before count no more',
  { ...windowKey, entryDay: windowDay, verificationDay: windowDay },
);
export const WindowExtended = fact(
  'lokmin.indicators.window.extended.v1',
  'A window of a month closes later, for one puskesmas or all of the district',
  { ...windowKey, kind: windowKind, unitId: z.uuid().nullable(), until: day, reason: z.string() },
);

/** `submitted`, `verified` and `locked` ones stand: their values are locked, and they speak with what they froze. */
export const EVALUATION_STATUSES = ['submitted', 'returned', 'verified', 'locked'] as const;
const evaluationView = z.object({
  evaluationId: z.uuid(),
  revision: z.int(),
  status: z.enum(EVALUATION_STATUSES),
  submittedBy: z.uuid(),
  submittedByName: z.string(),
  submittedAt: instant,
  returnedReason: z.string().nullable(),
  returnedAt: instant.nullable(),
});
export const warning = z.object({
  code: z.string(),
  indicatorCode: z.string().nullable(),
  message: z.object({ id: z.string(), en: z.string() }),
});
/** Who set a target beside the bundle, for whom. */
export const targetSource = z.object({
  scope: z.enum(['unit', 'coaching_group', 'district']),
  /** The document that says so. */
  source: z.string(),
  approvedBy: z.string(),
  approvedOn: day,
});
export const resultView = judged.extend({
  nameEn: z.string(),
  direction: z.enum(['higher', 'lower', 'info']),
  accumulation: z.enum(['cumulative', 'monthly', 'snapshot']),
  annualTarget: decimal.nullable(),
  coverageState: z.enum(['value', 'missing', 'zero_denominator', 'not_applicable']),
  /** Performance as PKP shows it: capped at 100. */
  performanceCapped: decimal.nullable(),
  monthsReported: z.int(),
  monthsExpected: z.int(),
  warnings: z.array(warning),
  /** Of the registered target group, for comparison; left out: there is none, or it is not known. */
  registered: z.object({ denominator: decimal, coverage: decimal }).nullable().optional(),
  /** Where the target comes from; left out: from the bundle. */
  targetSource: targetSource.optional(),
  /** The figures and the judgement are there, and not for the caller: a count in them is small. */
  hidden: z.boolean().optional(),
});

const unitSummary = z.object({
  unitId: z.uuid(),
  unitCode: z.string(),
  unitName: z.string(),
  /** Revision of the unit's rollup for the period; 0 when nothing was ever recorded. */
  revision: z.int().nonnegative(),
  evaluation: evaluationView.nullable(),
  tally,
  warnings: z.int().nonnegative(),
  /** The lowest performances among those judged *kurang*, worst first, at most three. */
  worst: z.array(judged),
});
export const DistrictIndicators = ask(
  'indicators',
  'district-summary',
  'Per puskesmas of a district or coaching group and period: evaluation, tally, worst indicators',
  { ...overviewPlace, period },
  z.object({
    asOf: instant,
    districtCode,
    districtName: z.string(),
    period,
    bundle: z.object({ bundleId: z.uuid(), year: z.int(), name: z.string(), indicators: z.int() }).nullable(),
    units: z.array(unitSummary),
  }),
);
const dataValue = z.object({
  element: z.string(),
  period,
  covers: z.enum(['month', 'year_to_date']),
  state: z.enum(['reported', 'estimated', 'not_reported', 'not_applicable']),
  value: decimal.nullable(),
  publishedValue: decimal.nullable(),
  enteredByName: z.string(),
  enteredAt: instant,
});
/** How far the district has come with an evaluation. */
const verificationView = z.object({
  /** Every programme of the bundle, in its order; null: not verified. */
  programs: z.array(
    z.object({ program: z.string(), verifiedByName: z.string().nullable(), verifiedAt: instant.nullable() }),
  ),
  /** Of the return that stands; empty: all of it was returned, or nothing is. */
  returned: z.array(returnedIndicator),
  /** Of the submission that stands: indicators that were returned, and why they are right. */
  objections: z.array(returnedIndicator),
  /** Of the whole. */
  verifiedAt: instant.nullable(),
  lockedByName: z.string().nullable(),
  lockedAt: instant.nullable(),
});
export const UnitResults = ask(
  'indicators',
  'unit-results',
  'All results of one unit and period, as now or as frozen in its evaluation',
  { unitId: z.uuid(), period },
  z.object({
    asOf: instant,
    summary: unitSummary,
    /** Null or left out while nothing was submitted. */
    verification: verificationView.nullable().optional(),
    /** When the windows of the month close here; null: never. Entry is for what is not submitted, what is returned is mended until verification closes. */
    windows: z
      .object({
        entryClosesAt: instant.nullable(),
        verificationClosesAt: instant.nullable(),
        zone: z.string().nullable(),
      })
      .optional(),
    results: z.array(resultView),
  }),
);
export const SetWindows = ask(
  'indicators',
  'set-windows',
  'Sets until when months are entered and verified: last days of the month after; null: no end',
  {
    ...command,
    districtCode,
    fromPeriod: period,
    toPeriod: period,
    entryDay: windowDay,
    verificationDay: windowDay,
  },
  z.object({ months: z.int() }),
);
export const ExtendWindow = ask(
  'indicators',
  'extend-window',
  'Lets a window close later, for one puskesmas or all of the district, with a reason',
  {
    ...command,
    districtCode,
    period,
    kind: windowKind,
    unitId: z.uuid().nullable(),
    until: day,
    reason: lines(1000),
  },
  z.object({ closesAt: instant }),
);
export const DistrictWindows = ask(
  'indicators',
  'district-windows',
  'The windows of a year with their extensions; months for which nothing was set are left out',
  { districtCode, year: z.int().min(2000).max(2100) },
  z.object({
    asOf: instant,
    districtName: z.string(),
    mayKeep: z.boolean(),
    months: z.array(
      z.object({
        period,
        entryDay: windowDay,
        verificationDay: windowDay,
        /** For the district as a whole; a puskesmas may have longer. */
        entryClosesAt: instant.nullable(),
        verificationClosesAt: instant.nullable(),
        extensions: z.array(
          z.object({
            kind: windowKind,
            unitCode: z.string().nullable(),
            unitName: z.string().nullable(),
            until: day,
            reason: z.string(),
            extendedByName: z.string(),
            extendedAt: instant,
          }),
        ),
      }),
    ),
  }),
);

const column = z.stringFormat('column', /^[A-Z]{1,2}$/);
/** A column (`B`), or one cell (`B2`). */
const columnOrCell = z.stringFormat('column-or-cell', /^[A-Z]{1,2}([1-9]\d{0,2})?$/);
const sheetRow = z.int().min(1).max(200);
/** What stands where in a workbook that a district made itself, so that it can be read as values. */
const fileLayout = {
  /** Null: every visible sheet that is named after a month, for that month. */
  sheet: oneLine(100).nullable(),
  /** Where the month stands; null: in the names of the sheets. */
  month: columnOrCell.nullable(),
  /** The rows of the header; figures stand below them. */
  headerFrom: sheetRow,
  headerTo: sheetRow,
  /** Where the puskesmas stands, by its registration number or its name. */
  unit: columnOrCell,
  /** The column with the village, by its code or its name; null: rows are of puskesmas. */
  village: column.nullable().default(null),
  /** What the file calls a puskesmas where it is neither. */
  unitNames: z
    .array(z.strictObject({ written: oneLine(200), code: z.stringFormat('unit-code', /^\d{7}$/) }))
    .max(300)
    .check(withoutTwins('listed-twice', ({ written }) => written.toLowerCase()))
    .default([]),
  /** How rows begin that are no puskesmas: sums and the like. */
  passOver: z.array(oneLine(100)).max(50).default([]),
  /** Whether people typed 0 where nothing was reported. */
  zeroIsNotReported: z.boolean().default(false),
  columns: z
    .array(
      z.strictObject({
        column,
        /** What its header says, from the upper row to the lower, between ` / `; null: not looked at. */
        header: oneLine(500).nullable(),
        element: oneLine(100),
        covers: z.enum(['month', 'year_to_date']),
      }),
    )
    .min(1)
    .max(400)
    .check(withoutTwins('listed-twice', ({ column }) => column, 'column')),
};
export const keptFileLayout = z.object({
  ...fileLayout,
  layoutId: z.uuid(),
  year: z.int(),
  name: z.string(),
  revision: z.int(),
  keptByName: z.string(),
  keptAt: instant,
});
export const KeepFileLayout = ask(
  'indicators',
  'keep-file-layout',
  "Keeps what stands where in a workbook of the district's own, by its name and year",
  {
    ...command,
    districtCode,
    year: z.int().min(2000).max(2100),
    name: oneLine(100),
    /** 0: there is none of this name yet. */
    expectedRevision: z.int().min(0),
    ...fileLayout,
  },
  z.object({ layout: keptFileLayout }),
);
export const DistrictFileLayouts = ask(
  'indicators',
  'district-file-layouts',
  "The district's own layouts of workbooks, of a year or (null) of all",
  { districtCode, year: z.int().min(2000).max(2100).nullable().default(null) },
  z.object({ asOf: instant, mayKeep: z.boolean(), layouts: z.array(keptFileLayout) }),
);

export const DistrictCompleteness = ask(
  'indicators',
  'district-completeness',
  'Per puskesmas and month of a year: how much of what is expected was reported, and whether it was submitted in time',
  { districtCode, year: z.int().min(2000).max(2100) },
  z.object({
    asOf: instant,
    districtName: z.string(),
    year: z.int(),
    hasBundle: z.boolean(),
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        /** All twelve, in order. */
        months: z.array(
          z.object({
            period,
            timeliness: z.enum(['not_expected', 'running', 'on_time', 'submitted', 'late', 'missing']),
            /** Indicators expected that month, and those of them that are reported. */
            expected: z.int().nonnegative(),
            reported: z.int().nonnegative(),
            /** For the first time. */
            submittedAt: instant.nullable(),
          }),
        ),
      }),
    ),
  }),
);

/** Per puskesmas of a district and period, what the district has to do with its evaluation. */
export const VerificationQueue = ask(
  'indicators',
  'verification-queue',
  'Per puskesmas of a district and period: where its evaluation stands, what waits for the caller, what changed',
  { districtCode, period },
  z.object({
    asOf: instant,
    districtCode,
    districtName: z.string(),
    period,
    /** The programmes of the year's bundle, in its order; empty without a bundle. */
    programs: z.array(z.string()),
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        evaluation: evaluationView.nullable(),
        warnings: z.int().nonnegative(),
        /** Programmes whose verification holds. */
        verified: z.array(z.string()),
        /** Programmes that the caller may verify and that wait for it; none while nothing is submitted. */
        mine: z.array(z.string()),
        /** Indicators that are returned; 0 also where all of it is. */
        returned: z.int().nonnegative(),
        /** Indicators that the puskesmas says are right although they were returned. */
        objections: z.int().nonnegative(),
        /** Indicators that differ from what was verified or submitted before; null: submitted for the first time. */
        changed: z.int().nonnegative().nullable(),
      }),
    ),
  }),
);
const changedFigures = judged
  .pick({
    judgement: true,
    numerator: true,
    denominator: true,
    coverage: true,
    runningTarget: true,
    performance: true,
  })
  .nullable();
const changedCount = z
  .object({
    state: z.enum(['reported', 'estimated', 'not_reported', 'not_applicable']),
    value: decimal.nullable(),
  })
  .nullable();
export const EvaluationChanges = ask(
  'indicators',
  'evaluation-changes',
  'What the newest submission changed, by indicator, since its programme was verified last or else submitted last',
  { evaluationId: z.uuid() },
  z.object({
    asOf: instant,
    evaluationId: z.uuid(),
    /** The submission that is looked at, and the first one: nothing to compare with. */
    submission: z.int().positive(),
    first: z.boolean(),
    indicators: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        nameEn: z.string(),
        program: z.string(),
        unit: z.string(),
        /** The submission that it is compared with, and whether that one was verified. */
        since: z.int().positive(),
        sinceVerified: z.boolean(),
        before: changedFigures,
        after: changedFigures,
        values: z.array(
          z.object({
            element: z.string(),
            period,
            covers: z.enum(['month', 'year_to_date']),
            before: changedCount,
            after: changedCount,
          }),
        ),
      }),
    ),
  }),
);
export const IndicatorDetail = ask(
  'indicators',
  'indicator-detail',
  'One indicator of one unit and period down to the counts entered',
  { unitId: z.uuid(), period, code: z.string() },
  z.object({
    asOf: instant,
    definition: indicatorDefinition,
    result: resultView,
    values: z.array(dataValue),
    /** The counts entered are not for the caller: there may be small ones among them. */
    valuesHidden: z.boolean().default(false),
  }),
);
export const IndicatorTrend = ask(
  'indicators',
  'indicator-trend',
  'One indicator of one unit over the 24 months through a period: a gap where nothing was reported, the target of each month, the median and the runs about it',
  { unitId: z.uuid(), period, code: z.string() },
  z.object({
    asOf: instant,
    definition: indicatorDefinition,
    /** What the median and the runs are of: the figure of the month, or what the month added to that of the year. */
    observed: z.enum(['coverage', 'ofMonth']),
    /** Two decimals; null with too few figures to speak of one. */
    median: decimal.nullable(),
    /** Six or more points in a row on one side of the median. */
    runs: z.array(
      z.object({ side: z.enum(['above', 'below']), from: period, to: period, points: z.int().positive() }),
    ),
    /** Denominators below this are marked. */
    smallBelow: z.int().positive(),
    points: z.array(
      z.object({
        period,
        /** In the indicator's unit, two decimals; null is a gap. */
        coverage: decimal.nullable(),
        state: z.enum(['value', 'missing', 'zero_denominator', 'not_applicable']),
        numerator: decimal.nullable(),
        denominator: decimal.nullable(),
        judgement,
        /** What the month added to a cumulative figure, two decimals; null when that cannot be told. */
        ofMonth: decimal.nullable(),
        annualTarget: decimal.nullable(),
        /** What should be reached by the month, two decimals; null without target. */
        runningTarget: decimal.nullable(),
        small: z.boolean(),
        /** No observation of this month: a state that still stands, or a year to date in its place. */
        carried: z.boolean(),
        /** From this month on the indicator is measured otherwise. */
        redefined: z.boolean(),
        /** There is a figure, and it is not for the caller: a count in it is small. */
        hidden: z.boolean().default(false),
      }),
    ),
  }),
);
const villageMonth = {
  /** Of the year through the month (cumulative), or of the month. */
  numerator: decimal.nullable(),
  denominator: decimal.nullable(),
  /** In the indicator's unit, two decimals; null: not known. */
  coverage: decimal.nullable(),
};
export const UnitPws = ask(
  'indicators',
  'unit-pws',
  'The local area monitoring (PWS) of one puskesmas: each village with its coverage, its trend and its status, or why it has none',
  /** code null: the first indicator of which villages reported something in the year, else the first that has a status. */
  { unitId: z.uuid(), period, code: z.string().nullable() },
  z.object({
    asOf: instant,
    definition: indicatorDefinition.nullable(),
    /** Of the puskesmas; what should be reached by the month, two decimals. */
    runningTarget: decimal.nullable(),
    annualTarget: decimal.nullable(),
    /** From the highest coverage to the lowest, those without a figure last. */
    villages: z.array(
      z.object({
        villageId: z.uuid(),
        code: z.string().nullable(),
        name: z.string(),
        ...villageMonth,
        coverageState: z.enum(['value', 'missing', 'zero_denominator', 'not_applicable']),
        /** What the month itself added (cumulative) or had. */
        numeratorOfMonth: decimal.nullable(),
        /** The month's own coverage and that of the month before, two decimals. */
        ofMonth: decimal.nullable(),
        ofLastMonth: decimal.nullable(),
        arrow: z.enum(['up', 'level', 'down']).nullable(),
        status: z.enum(['baik', 'cukup', 'kurang', 'jelek']).nullable(),
        /** Why there is no status. */
        reason: z
          .enum([
            'not_measured',
            'in_rounds',
            'not_applicable',
            'no_target',
            'no_data',
            'no_target_group',
            'zero_target_group',
            'month_missing',
            'last_month_missing',
          ])
          .nullable(),
      }),
    ),
    /** What the puskesmas itself says, and what the villages that said something add up to. */
    puskesmas: z.object(villageMonth),
    sum: z.object({ numerator: decimal.nullable(), denominator: decimal.nullable() }),
    /** There are figures, and they are not for the caller: counts of villages are small. */
    hidden: z.boolean(),
    /** The indicators of the year that have a status. */
    indicators: z.array(
      z.object({ code: z.string(), name: z.string(), nameEn: z.string(), program: z.string() }),
    ),
  }),
);
const score = {
  /** Percent, two decimals; null when nothing of it is known. */
  score: decimal.nullable(),
  /** The same without the cap of 100 on each indicator. */
  raw: decimal.nullable(),
  /** Parts with a figure, of those that apply. */
  used: z.int().nonnegative(),
  of: z.int().nonnegative(),
};
const scoreCategory = z.enum(['baik', 'cukup', 'kurang']).nullable();
const scoreInput = z.object({
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  /** At most 100. */
  score: decimal.nullable(),
  raw: decimal.nullable(),
  coverageState: z.enum(['value', 'missing', 'zero_denominator', 'not_applicable']),
  hidden: z.boolean().default(false),
});
/** Management variables, on the scale 0 to 10. */
const managementScore = z.object({
  score: decimal.nullable(),
  used: z.int().nonnegative(),
  of: z.int().nonnegative(),
  category: scoreCategory,
  variables: z.array(
    z.object({
      code: z.string(),
      /** Meetings of the year through the period; null: not known. */
      count: z.int().nonnegative().nullable(),
      points: decimal.nullable(),
      /** Where the count comes from: concluded meetings, or the value that was entered. */
      source: z.enum(['meetings', 'value']),
    }),
  ),
});
const iksScore = z
  .object({ index: decimal, category: z.enum(['sehat', 'pra_sehat', 'tidak_sehat']) })
  .nullable();
const spmScore = z.object({
  index: decimal.nullable(),
  used: z.int().nonnegative(),
  of: z.int().nonnegative(),
  /** Null until every service is known. */
  category: z
    .enum([
      'tuntas_paripurna',
      'tuntas_utama',
      'tuntas_madya',
      'tuntas_pratama',
      'tuntas_muda',
      'belum_tuntas',
    ])
    .nullable(),
  services: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      nameEn: z.string(),
      coverage: decimal.nullable(),
      /** Of goods, services and staff. */
      fulfilment: decimal.nullable(),
      quality: decimal.nullable(),
    }),
  ),
});
const programScore = z.object({ name: z.string(), ...score, category: scoreCategory });
export const UnitScores = ask(
  'indicators',
  'unit-scores',
  'The scores of one unit and period (PKP, management, SPM, IKS) down to the indicators they are made of',
  { unitId: z.uuid(), period },
  z.object({
    asOf: instant,
    service: z.object({
      ...score,
      category: scoreCategory,
      programs: z.array(
        programScore.extend({
          variables: z.array(z.object({ name: z.string(), ...score, inputs: z.array(scoreInput) })),
        }),
      ),
    }),
    management: managementScore,
    /** Null where the bundle has no SPM. */
    spm: spmScore.nullable(),
    iks: iksScore,
  }),
);
export const DistrictScores = ask(
  'indicators',
  'district-scores',
  'The scores of each puskesmas of a district or coaching group, and SPM and IKS of all together',
  { ...overviewPlace, period },
  z.object({
    asOf: instant,
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        service: z.object({ ...score, category: scoreCategory, programs: z.array(programScore) }),
        management: managementScore,
        iks: iksScore,
      }),
    ),
    spm: spmScore.nullable(),
    iks: iksScore,
  }),
);
export const DistrictMatrix = ask(
  'indicators',
  'district-matrix',
  'Every indicator of every puskesmas of a district or coaching group in one period: judgements and coverages',
  { ...overviewPlace, period },
  z.object({
    asOf: instant,
    districtName: z.string(),
    hasBundle: z.boolean(),
    /** In the order of the bundle. */
    indicators: z.array(
      indicatorDefinition.pick({ code: true, nameId: true, nameEn: true, program: true, unit: true }),
    ),
    units: z.array(
      z.object({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        /** One for each indicator, in their order; likewise below. */
        judgements: z.array(judgement),
        coverages: z.array(decimal.nullable()),
        /** Places of the figures that are there and not for the caller. */
        hidden: z.array(z.int().nonnegative()),
      }),
    ),
  }),
);
export const DistrictIndicator = ask(
  'indicators',
  'district-indicator',
  'One indicator across a district or coaching group: sums of numerators and denominators, then divided; and each unit',
  { ...overviewPlace, period, code: z.string() },
  z.object({
    asOf: instant,
    definition: indicatorDefinition,
    district: z.object({
      numerator: decimal.nullable(),
      denominator: decimal.nullable(),
      coverage: decimal.nullable(),
      runningTarget: decimal.nullable(),
      performance: decimal.nullable(),
      judgement,
      /** Units with a value, of the units expected. */
      reporting: z.int(),
      expected: z.int(),
      /** A unit has a figure that is not for the caller, which could be found by subtraction. */
      hidden: z.boolean().default(false),
    }),
    units: z.array(
      resultView.extend({
        unitId: z.uuid(),
        unitCode: z.string(),
        unitName: z.string(),
        /** By performance, the best 1; equal ones share it; null without a performance that the caller may see. */
        rank: z.int().positive().nullable(),
      }),
    ),
    /** Units that have a rank. */
    ranked: z.int().nonnegative(),
  }),
);

const finding = z.object({
  rule: qualityRule,
  level: findingLevel,
  /** The rule and what it is about: what a confirmation is of. */
  subject: z.string(),
  /** Null: it is about the district. */
  unit: z.object({ unitId: z.uuid(), code: z.string(), name: z.string() }).nullable(),
  indicatorCodes: z.array(z.string()),
  message: z.object({ id: z.string(), en: z.string() }),
  /** Null: nobody confirmed these figures. */
  confirmation: z.object({ reason: z.string(), byName: z.string(), at: instant }).nullable(),
});
export const UnitFindings = ask(
  'indicators',
  'unit-findings',
  'What the figures of one unit and month say against each other and against the months before',
  { unitId: z.uuid(), period },
  z.object({ asOf: instant, findings: z.array(finding) }),
);
export const DistrictFindings = ask(
  'indicators',
  'district-findings',
  'What the figures of a district and month say against each other and against the year before',
  { ...overviewPlace, period },
  z.object({ asOf: instant, findings: z.array(finding) }),
);
export const ConfirmFinding = ask(
  'indicators',
  'confirm-finding',
  'Says why the figures of a finding are right; it holds until they change',
  {
    ...command,
    districtCode,
    unitId: z.uuid().nullable(),
    period,
    subject: oneLine(500),
    reason: lines(1000),
  },
  z.object({ finding }),
);

export const EntrySheet = ask(
  'indicators',
  'entry-sheet',
  'What a programme holder enters for a unit and month, with what is needed to compute and check it at once',
  { unitId: z.uuid(), period },
  z.object({
    asOf: instant,
    /** Why nothing can be entered now; null: it can. */
    closed: z.object({ id: z.string(), en: z.string() }).nullable(),
    rules: judgementRules,
    /** Those of the programmes that the caller records. */
    indicators: z.array(indicatorDefinition),
    elements: z.array(dataElement),
    /** That hold for the unit and period; the others have that of the bundle. */
    targets: z.array(
      z.object({ indicatorCode: z.string(), month: z.int().nullable(), value: decimal, ...runs }),
    ),
    /** Of the year, and the month's own of up to 24 months before. */
    values: z.array(
      z.object({
        element: z.string(),
        period,
        covers: z.enum(['month', 'year_to_date']),
        state: z.enum(['reported', 'estimated', 'not_reported', 'not_applicable']),
        value: decimal.nullable(),
      }),
    ),
  }),
);

const deviation = z.object({
  deviationId: z.uuid(),
  indicatorCode: z.string(),
  fromPeriod: period,
  until: day,
  /** The end of that day. */
  endsAt: instant,
  reason: z.string(),
  acceptedByName: z.string(),
  acceptedAt: instant,
});
export const UnitDeviations = ask(
  'indicators',
  'unit-deviations',
  'Deviations from targets of one unit that the district accepted and that stand today',
  { unitId: z.uuid() },
  z.object({ asOf: instant, deviations: z.array(deviation) }),
);
export const AcceptDeviation = ask(
  'indicators',
  'accept-deviation',
  'The district accepts until a day that an indicator of a unit misses its target; the judgement stays',
  {
    ...command,
    unitId: z.uuid(),
    indicatorCode: z.string(),
    period,
    reason: lines(1000),
    until: day,
  },
  z.object({ deviation }),
);

export const RecordValues = ask(
  'indicators',
  'record-values',
  'A programme holder enters or corrects values of one unit and period; all or nothing',
  {
    ...command,
    unitId: z.uuid(),
    period,
    values: z
      .array(
        z.strictObject({
          element: oneLine(200),
          covers: z.enum(['month', 'year_to_date']),
          state: z.enum(['reported', 'estimated', 'not_reported', 'not_applicable']),
          value: decimal.nullable(),
        }),
      )
      .min(1)
      .max(500),
  },
  z.object({
    revision: z.int(),
    changed: z.int(),
    /** Of the indicators that the given values feed. */
    warnings: z.array(warning),
  }),
);
/** Indicators of an evaluation, each with a reason. */
const reasons = z
  .array(z.strictObject({ code: oneLine(100), reason: lines(1000) }))
  .max(200)
  .check(withoutTwins('listed-twice', ({ code }) => code));
export const SubmitEvaluation = ask(
  'indicators',
  'submit-evaluation',
  'The head submits the evaluation of a period, for the first time or after a return',
  {
    ...command,
    unitId: z.uuid(),
    period,
    /** After a return: indicators of it that are right as they are, each with the reason. */
    objections: reasons.default([]),
  },
  z.object({ evaluation: evaluationView, tally }),
);
/** So many evaluations one command decides about: the largest district has 101 puskesmas. */
export const EVALUATIONS_AT_ONCE = 200;
const seenEvaluation = { ...expectedRevision, evaluationId: z.uuid() };
/** What is returned why: all of it with one reason, or single indicators with a reason each. */
const returning = {
  ...seenEvaluation,
  /** May be left out where indicators are named. */
  reason: lines(2000).optional(),
  indicators: reasons.default([]),
};
/** One of many: what became of it, or why nothing did. */
const evaluationOutcome = z.object({
  evaluationId: z.uuid(),
  unitCode: z.string().nullable(),
  unitName: z.string().nullable(),
  evaluation: evaluationView.nullable(),
  refusal: refusal.nullable(),
});
export const ReturnEvaluation = ask(
  'indicators',
  'return-evaluation',
  'The district returns an evaluation with a reason, or single indicators of it with a reason each',
  { ...command, ...returning },
  z.object({ evaluation: evaluationView }),
);
export const ReturnEvaluations = ask(
  'indicators',
  'return-evaluations',
  'The district returns several evaluations: one result for each, in the order given',
  {
    ...command,
    evaluations: z
      .array(z.strictObject(returning))
      .min(1)
      .max(EVALUATIONS_AT_ONCE)
      .check(withoutTwins('listed-twice', ({ evaluationId }) => evaluationId)),
  },
  z.object({ results: z.array(evaluationOutcome) }),
);
export const VerifyEvaluations = ask(
  'indicators',
  'verify-evaluations',
  'The district verifies programmes of one or several evaluations: one result for each, in the order given',
  {
    ...command,
    evaluations: z
      .array(z.strictObject(seenEvaluation))
      .min(1)
      .max(EVALUATIONS_AT_ONCE)
      .check(withoutTwins('listed-twice', ({ evaluationId }) => evaluationId)),
    /** Null: all that the caller may verify. */
    programs: z.array(oneLine(100)).min(1).max(200).nullable().default(null),
  },
  z.object({
    results: z.array(
      evaluationOutcome.extend({
        /** Verified now. */
        programs: z.array(z.string()),
        /** Still to be verified, by anybody. */
        awaiting: z.array(z.string()),
      }),
    ),
  }),
);
export const LockEvaluations = ask(
  'indicators',
  'lock-evaluations',
  'Locks what is verified of a district and period, or of one puskesmas; names what is not',
  { ...command, districtCode, period, unitId: z.uuid().nullable().default(null) },
  z.object({
    results: z.array(
      evaluationOutcome.extend({
        evaluationId: z.uuid().nullable(),
        unitCode: z.string(),
        unitName: z.string(),
      }),
    ),
  }),
);
const year = z.int().min(2000).max(2100);
const bundleName = oneLine(200);
const bundleIndicator = indicatorDefinition.extend({
  code: oneLine(100),
  nameId: oneLine(300),
  nameEn: oneLine(300),
  program: oneLine(100),
  cluster: oneLine(100),
  unit: oneLine(100),
  numeratorElement: oneLine(200),
  denominatorElement: oneLine(200).nullable(),
  numeratorDefinition: linesOrNone(2000),
  denominatorDefinition: linesOrNone(2000),
  source: linesOrNone(1000),
  registeredElement: oneLine(200).nullable().optional(),
  uses: z.array(oneLine(50)).max(20).optional(),
  /** Of none it would never be due. */
  activeMonths: z.array(z.int().min(1).max(12)).min(1).nullable(),
});
const bundleElement = dataElement.extend({
  code: oneLine(200),
  nameId: oneLine(300),
  nameEn: oneLine(300),
  unit: oneLine(100),
  sumOf: z.array(oneLine(200)).min(1).max(100).nullable(),
});
export const MOST_INDICATORS = 1000;
const MOST_ELEMENTS = 3000;
export const PublishBundle = ask(
  'indicators',
  'publish-bundle',
  "Publishes a district's bundle of indicators of one year; published bundles do not change",
  {
    ...command,
    districtCode,
    year,
    name: bundleName,
    rules: judgementRules,
    indicators: z.array(bundleIndicator).min(1).max(MOST_INDICATORS),
    elements: z.array(bundleElement).max(MOST_ELEMENTS).default([]),
  },
  z.object({ bundleId: z.uuid() }),
);

const draft = { districtCode, year };
const drafted = z.object({ revision: z.int() });
export const BundleDraft = ask(
  'indicators',
  'bundle-draft',
  'The bundle of a year as it is prepared, and what one could be started from',
  draft,
  z.object({
    asOf: instant,
    published: z.boolean(),
    mayPublish: z.boolean(),
    /** Years with a published bundle, the newest first. */
    publishedYears: z.array(z.int()),
    /** Indicators of the reference catalogue, the other beginning. */
    referenceCount: z.int(),
    draft: BundleState.data
      .omit({ bundleId: true })
      .extend({
        revision: z.int(),
        /** The year whose bundle it was started from; null: the reference catalogue. */
        fromYear: z.int().nullable(),
        changedByName: z.string(),
        changedAt: instant,
      })
      .nullable(),
  }),
);
export const StartBundleDraft = ask(
  'indicators',
  'start-bundle-draft',
  'Begins the bundle of a year from that of another one, or from the reference catalogue',
  { ...command, ...draft, fromYear: year.nullable().default(null) },
  drafted,
);
export const ChangeBundleDraft = ask(
  'indicators',
  'change-bundle-draft',
  'Names a draft, puts and retires indicators and data elements of it, all or nothing; what cannot be computed is refused',
  {
    ...command,
    ...draft,
    ...expectedRevision,
    /** Null: as it is; likewise below. */
    name: bundleName.nullable().default(null),
    bands: judgementRules.shape.bands.nullable().default(null),
    lowerIsBetter: judgementRules.shape.lowerIsBetter.nullable().default(null),
    /** New ones, and those that take the place of the one with their code. */
    indicators: z.array(bundleIndicator).max(MOST_INDICATORS).default([]),
    /** Codes; the order of services and the scores do without them. */
    retire: z.array(oneLine(100)).max(MOST_INDICATORS).default([]),
    elements: z.array(bundleElement).max(MOST_ELEMENTS).default([]),
    retireElements: z.array(oneLine(200)).max(MOST_ELEMENTS).default([]),
  },
  drafted,
);
export const DiscardBundleDraft = ask(
  'indicators',
  'discard-bundle-draft',
  'Throws a draft away',
  { ...command, ...draft, ...expectedRevision },
  z.object({}),
);
export const PublishBundleDraft = ask(
  'indicators',
  'publish-bundle-draft',
  'Publishes a draft; from then on it does not change',
  { ...command, ...draft, ...expectedRevision },
  z.object({ bundleId: z.uuid(), indicatorCount: z.int() }),
);

/** A target beside the bundle, as it stands. */
const target = z.object({
  indicatorCode: z.string(),
  scope: targetSource.shape.scope,
  /** Of the puskesmas or coaching group; null: the whole district. */
  forId: z.uuid().nullable(),
  /** 1-12: what is to be reached by the end of that month, as it is; null: for the year. */
  month: z.int().min(1).max(12).nullable(),
  value: decimal,
  ...runs,
});
export const SetTargets = ask(
  'indicators',
  'set-targets',
  'Targets of a district and year beside its bundle, with their source and approver; all or nothing',
  {
    ...command,
    districtCode,
    year: z.int().min(2000).max(2100),
    source: oneLine(300),
    approvedBy: oneLine(200),
    approvedOn: day,
    targets: z
      .array(
        z.strictObject({
          indicatorCode: oneLine(100),
          /** Neither this nor a coaching group: the whole district. */
          unitId: z.uuid().nullable().default(null),
          coachingGroupId: z.uuid().nullable().default(null),
          month: target.shape.month.default(null),
          /** Null withdraws the target. */
          value: decimal.nullable(),
          ...runs,
        }),
      )
      .min(1)
      .max(1000),
  },
  z.object({
    /** Targets that are new, other or withdrawn. */
    changed: z.int(),
    /** Units whose results were recomputed. */
    units: z.int(),
  }),
);
export const DistrictTargets = ask(
  'indicators',
  'district-targets',
  'The bundle of a year with the targets that were set beside it',
  { districtCode, year: z.int().min(2000).max(2100) },
  z.object({
    asOf: instant,
    bundle: BundleState.data.nullable(),
    targets: z.array(
      target.extend({
        forName: z.string(),
        source: z.string(),
        approvedBy: z.string(),
        approvedOn: day,
        setByName: z.string(),
        setAt: instant,
      }),
    ),
    /** Whether the caller may set targets. */
    maySet: z.boolean(),
  }),
);

const importedValue = z.object({
  state: z.enum(['reported', 'estimated', 'not_reported', 'not_applicable']),
  value: decimal.nullable(),
});

/** Reply of the file door `POST /imports/values` of the indicators service. */
export const importReport = z.object({
  file: z.string(),
  sha256: z.string(),
  /** Nothing was saved: the report says what saving would do. */
  dryRun: z.boolean(),
  rows: z.int(),
  /** Values that were not there before. */
  added: z.int(),
  /** Values that differ from what was there, the added ones among them. */
  changed: z.int(),
  unchanged: z.int(),
  /** (unit, period) pairs whose values changed. */
  periods: z.int(),
  /** The first changes: those that replace a value, then added ones. */
  changes: z.array(
    z.object({
      sheet: z.string().nullable(),
      row: z.int(),
      unitCode: z.string(),
      unitName: z.string(),
      period: z.string(),
      indicatorCode: z.string(),
      part: z.enum(['numerator', 'denominator']),
      covers: z.enum(['month', 'year_to_date']),
      before: importedValue.nullable(),
      after: importedValue,
    }),
  ),
  /** The last time that this very file was imported; `by` is the name of a person. */
  earlier: z
    .object({ file: z.string(), by: z.string().nullable(), at: z.iso.datetime({ offset: true }) })
    .nullable(),
  warnings: z.array(
    z.object({
      sheet: z.string().nullable().default(null),
      row: z.int(),
      column: z.string().nullable(),
      code: z.string(),
      message: z.object({ id: z.string(), en: z.string() }),
    }),
  ),
  warningCount: z.int(),
});
export const importErrors = z.array(
  z.object({
    sheet: z.string().nullable().default(null),
    row: z.int(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    message: z.object({ id: z.string(), en: z.string() }),
  }),
);

export const indicatorRefusals = {
  'bundle.missing': {
    id: 'Belum ada paket indikator tahun {year} untuk kabupaten {district}. Minta dinas menerbitkannya.',
    en: 'District {district} has no indicator bundle for {year}. Ask the district office to publish one.',
  },
  'bundle.published': {
    id: 'Paket indikator {year} sudah terbit dan tidak dapat diubah.',
    en: 'The bundle of {year} is published and cannot be changed.',
  },
  'bundle.drafted': {
    id: 'Rancangan paket indikator {year} sudah ada. Lanjutkan, atau buang dahulu.',
    en: 'There is a draft of the bundle of {year} already. Go on with it, or discard it first.',
  },
  'bundle.not-drafted': {
    id: 'Belum ada rancangan paket indikator {year}. Mulai dahulu.',
    en: 'There is no draft of the bundle of {year}. Start one first.',
  },
  'bundle.size': {
    id: 'Paket berisi 1 sampai {most} indikator, bukan {count}.',
    en: 'A bundle has from 1 to {most} indicators, not {count}.',
  },
  'bundle.scores': {
    id: 'Susunan nilai tidak sah: {problem}',
    en: 'The plan of the scores is not valid: {problem}',
  },
  'bundle.bands': {
    id: 'Batas kategori tidak sah: batas kurang ({kurangAtMost}) harus di bawah batas baik ({baikFrom}).',
    en: 'The bands are not valid: the kurang limit ({kurangAtMost}) must lie below the baik limit ({baikFrom}).',
  },
  'bundle.formula': {
    id: 'Rumus tidak sah pada {at}: {problem}',
    en: 'The formula of {at} is not valid: {problem}',
  },
  'bundle.curve': {
    id: 'Kurva target {at} tidak sah: isi 12 persentase yang tidak pernah turun dan berakhir pada 100.',
    en: 'The target curve of {at} is not valid: give 12 percentages that never fall and end at 100.',
  },
  'bundle.indicator-twice': {
    id: 'Kode indikator {code} muncul dua kali.',
    en: 'The indicator code {code} appears twice.',
  },
  'target.unknown-indicator': {
    id: 'Indikator {code} tidak ada dalam paket {year}.',
    en: 'Indicator {code} is not in the bundle of {year}.',
  },
  'target.never-judged': {
    id: 'Indikator {code} hanya untuk diketahui dan tidak dinilai, jadi tidak dapat diberi target.',
    en: 'Indicator {code} is for information and never judged, so it cannot have a target.',
  },
  'target.value': {
    id: 'Target {code} harus lebih dari 0 (untuk batas atas boleh 0).',
    en: 'The target of {code} must be above 0 (a ceiling may be 0).',
  },
  'target.month-runs': {
    id: 'Target satu bulan berlaku apa adanya. Kosongkan aturan target berjalan.',
    en: 'A target of one month holds as it is. Leave out the running rule.',
  },
  'target.one-place': {
    id: 'Pilih puskesmas atau kelompok binaan, bukan keduanya.',
    en: 'Name a puskesmas or a coaching group, not both.',
  },
  'target.twice': {
    id: 'Target {code} untuk tempat dan waktu yang sama muncul dua kali.',
    en: 'The target of {code} for the same place and time appears twice.',
  },
  'value.computed': {
    id: 'Elemen {element} dihitung dari {parts}. Isi bagian-bagiannya.',
    en: 'Element {element} is computed from {parts}. Enter its parts.',
  },
  'deviation.until': {
    id: 'Pilih hari ini atau tanggal sesudahnya, paling lama {days} hari ke depan.',
    en: 'Choose today or a later day, at most {days} days ahead.',
  },
  'value.unknown-element': {
    id: 'Elemen data {element} tidak ada dalam paket indikator {year}.',
    en: 'Data element {element} is not in the bundle of {year}.',
  },
  'value.negative': {
    id: 'Nilai {element} tidak boleh negatif ({value}).',
    en: 'The value of {element} cannot be negative ({value}).',
  },
  'value.too-large': {
    id: 'Nilai {element} terlalu besar: paling banyak {digits} angka sebelum koma.',
    en: 'The value of {element} is too large: at most {digits} digits before the decimal point.',
  },
  'value.not-whole': {
    id: 'Nilai {element} harus bilangan bulat, tanpa koma.',
    en: 'The value of {element} must be a whole number, without decimals.',
  },
  'value.too-fine': {
    id: 'Nilai {element} paling banyak {decimals} angka di belakang koma.',
    en: 'The value of {element} may have at most {decimals} decimals.',
  },
  'value.missing': {
    id: 'Nilai {element} kosong. Isi angkanya atau pilih "belum dilaporkan".',
    en: 'The value of {element} is empty. Fill in the number or choose "not reported".',
  },
  'value.covers': {
    id: 'Elemen {element} hanya dapat diisi sebagai {allowed}.',
    en: 'Element {element} can be entered only as {allowed}.',
  },
  'value.duplicate': { id: 'Elemen {element} muncul dua kali.', en: 'Element {element} appears twice.' },
  'period.future': {
    id: 'Periode {period} belum dimulai.',
    en: 'The period {period} has not begun.',
  },
  'evaluation.submitted': {
    id: 'Evaluasi {period} sudah diajukan sehingga nilainya terkunci. Minta dinas mengembalikannya dahulu.',
    en: 'The evaluation of {period} is submitted, so its values are locked. Ask the district office to return it first.',
  },
  'evaluation.blocked': {
    id: 'Belum dapat diajukan: {finding} Perbaiki angkanya dahulu.',
    en: 'It cannot be submitted: {finding} Mend the figures first.',
  },
  'evaluation.reason-needed': {
    id: 'Belum dapat diajukan: {count} temuan mutu data perlu dikonfirmasi dengan alasan. Yang pertama: {finding}',
    en: 'It cannot be submitted: {count} findings of data quality need a reason. The first one: {finding}',
  },
  'finding.gone': {
    id: 'Temuan ini sudah tidak ada: angkanya telah berubah. Muat ulang halaman.',
    en: 'This finding is gone: the figures have changed. Load the page again.',
  },
  'evaluation.empty': {
    id: 'Belum ada satu nilai pun untuk {period}. Isi nilai dahulu.',
    en: 'Not one value was recorded for {period}. Enter values first.',
  },
  'evaluation.nothing-computed': {
    id: 'Belum ada satu indikator pun yang dapat dihitung untuk {period}. Periksa pembilang dan penyebut yang belum diisi.',
    en: 'Not one indicator can be computed for {period} yet. Check which numerators and denominators are missing.',
  },
  'evaluation.own': {
    id: 'Evaluasi ini Anda ajukan sendiri. Minta petugas dinas lain memeriksanya.',
    en: 'You submitted this evaluation yourself. Ask another officer of the district to check it.',
  },
  'evaluation.not-submitted': {
    id: 'Evaluasi ini tidak sedang diajukan, jadi tidak dapat dikembalikan.',
    en: 'This evaluation is not submitted at present, so it cannot be returned.',
  },
  'window.entry-closed': {
    id: 'Pengisian dan pengajuan {period} ditutup pada {at}. Minta dinas memperpanjangnya.',
    en: 'Entry and submission of {period} closed at {at}. Ask the district office to extend it.',
  },
  'window.verification-closed': {
    id: 'Verifikasi dan perbaikan {period} ditutup pada {at}. Perpanjang jendelanya dahulu.',
    en: 'Verification and mending of {period} closed at {at}. Extend the window first.',
  },
  'window.order': {
    id: 'Verifikasi (tanggal {verificationDay}) tidak boleh ditutup sebelum pengisian (tanggal {entryDay}).',
    en: 'Verification (day {verificationDay}) cannot close before entry (day {entryDay}).',
  },
  'window.months': {
    id: 'Pilih satu sampai {months} bulan, dari yang lebih awal ke yang lebih akhir.',
    en: 'Choose one to {months} months, from the earlier to the later one.',
  },
  'window.missing': {
    id: 'Belum ada jendela untuk {period}, jadi tidak ada yang diperpanjang. Tetapkan dahulu.',
    en: 'No window is set for {period}, so there is nothing to extend. Set it first.',
  },
  'window.not-later': {
    id: 'Tanggal perpanjangan harus sesudah hari terakhir jendela {period}.',
    en: 'The extension must end after the last day of the window of {period}.',
  },
  'evaluation.reason-missing': {
    id: 'Tuliskan alasan pengembalian: satu untuk seluruhnya, atau satu untuk setiap indikator yang dikembalikan.',
    en: 'Give the reason of the return: one for all of it, or one for each indicator that is returned.',
  },
  'evaluation.unknown-indicator': {
    id: 'Indikator {code} tidak ada dalam paket evaluasi ini.',
    en: 'Indicator {code} is not in the bundle of this evaluation.',
  },
  'evaluation.unknown-program': {
    id: 'Program {program} tidak ada dalam paket evaluasi ini.',
    en: 'Programme {program} is not in the bundle of this evaluation.',
  },
  'evaluation.not-begun': {
    id: 'Evaluasi {period} belum diajukan oleh puskesmas.',
    en: 'The puskesmas has not submitted the evaluation of {period}.',
  },
  'evaluation.not-returned': {
    id: 'Indikator {code} tidak dikembalikan, jadi tidak perlu diajukan keberatan.',
    en: 'Indicator {code} was not returned, so there is nothing to object to.',
  },
  'evaluation.returned': {
    id: 'Evaluasi {period} sedang dikembalikan. Tunggu sampai puskesmas mengajukannya kembali.',
    en: 'The evaluation of {period} is returned at present. Wait until the puskesmas submits it again.',
  },
  'evaluation.verified': {
    id: 'Bagian evaluasi {period} yang dapat Anda periksa sudah diverifikasi.',
    en: 'What you may verify of the evaluation of {period} is verified already.',
  },
  'evaluation.not-verified': {
    id: 'Evaluasi {period} belum diverifikasi seluruhnya, jadi belum dapat dikunci. Menunggu: {awaiting}.',
    en: 'Not all of the evaluation of {period} is verified, so it cannot be locked yet. Waiting: {awaiting}.',
  },
  'evaluation.locked': {
    id: 'Evaluasi {period} sudah dikunci, jadi tidak dapat diubah atau dikembalikan lagi.',
    en: 'The evaluation of {period} is locked, so it cannot be changed or returned any more.',
  },
  'import.too-large': {
    id: 'Berkas lebih besar dari {limit} MB. Bagi menjadi beberapa berkas.',
    en: 'The file is larger than {limit} MB. Split it into several files.',
  },
  'import.no-rows': {
    id: 'Berkas hanya berisi baris judul, tanpa baris data. Tidak ada yang disimpan.',
    en: 'The file has a header and no rows. Nothing was saved.',
  },
  'import.rows-many': {
    id: 'Ini {count} kesalahan pertama dalam berkas; ada lebih banyak, dan tidak ada yang disimpan. Perbaiki baris yang disebut lalu unggah kembali.',
    en: 'These are the first {count} errors in the file; there are more, and nothing was saved. Mend the rows named and upload it again.',
  },
  'import.unreadable': {
    id: 'Berkas tidak dapat dibaca sebagai CSV atau buku kerja Excel (.xlsx): {reason}.',
    en: 'The file cannot be read as CSV or as an Excel workbook (.xlsx): {reason}.',
  },
  'mapping.missing': {
    id: 'Kabupaten {district} belum memetakan elemen data DHIS2 untuk tahun {year}.',
    en: 'District {district} has not mapped data elements of DHIS2 for {year}.',
  },
  'export.too-large': {
    id: 'Lebih dari {rows} baris tidak muat dalam satu buku kerja. Unduh sebagai CSV, atau pilih lebih sedikit bulan.',
    en: 'More than {rows} rows do not fit into one workbook. Download CSV, or choose fewer months.',
  },
} as const;
