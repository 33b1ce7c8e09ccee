import { z } from 'zod';
import { ask, command, expectedRevision, overviewPlace } from './ask.ts';
import { decimal, districtCode, fact, instant, period, reference } from './fact.ts';
import { lines, linesOrNone, oneLine } from './fields.ts';

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
});

/** How a district turns performance into judgements; see `@lokmin/evaluation`. */
export const judgementRules = z.object({
  bands: z.object({ kurangAtMost: decimal, baikFrom: decimal }),
  lowerIsBetter: z.enum(['ratio', 'linear']),
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
export const EvaluationSubmitted = fact(
  'lokmin.indicators.evaluation.submitted.v1',
  'A puskesmas submitted its first evaluation of a period; values, targets and bands are frozen in it',
  evaluationState,
);
export const EvaluationReturned = fact(
  'lokmin.indicators.evaluation.returned.v1',
  'The district gave an evaluation back with a reason; what it supported no longer stands',
  {
    ...evaluationKey,
    returnedBy: z.uuid(),
    reason: z.string(),
  },
);
export const EvaluationRevised = fact(
  'lokmin.indicators.evaluation.revised.v1',
  'A returned evaluation was submitted again; it replaces the earlier one whole',
  evaluationState,
);

const evaluationView = z.object({
  evaluationId: z.uuid(),
  revision: z.int(),
  status: z.enum(['submitted', 'returned']),
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
export const UnitResults = ask(
  'indicators',
  'unit-results',
  'All results of one unit and period, as now or as frozen in its evaluation',
  { unitId: z.uuid(), period },
  z.object({
    asOf: instant,
    summary: unitSummary,
    results: z.array(resultView),
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
export const SubmitEvaluation = ask(
  'indicators',
  'submit-evaluation',
  'The head submits the evaluation of a period, for the first time or after a return',
  { ...command, unitId: z.uuid(), period },
  z.object({ evaluation: evaluationView, tally }),
);
export const ReturnEvaluation = ask(
  'indicators',
  'return-evaluation',
  'The district returns an evaluation with a reason',
  { ...command, ...expectedRevision, evaluationId: z.uuid(), reason: lines(2000) },
  z.object({ evaluation: evaluationView }),
);
export const PublishBundle = ask(
  'indicators',
  'publish-bundle',
  "Publishes a district's bundle of indicators of one year; published bundles do not change",
  {
    ...command,
    districtCode,
    year: z.int().min(2000).max(2100),
    name: oneLine(200),
    rules: judgementRules,
    indicators: z
      .array(
        indicatorDefinition.extend({
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
        }),
      )
      .min(1)
      .max(1000),
  },
  z.object({ bundleId: z.uuid() }),
);

/** Reply of the file door `POST /imports/values` of the indicators service. */
export const importReport = z.object({
  file: z.string(),
  sha256: z.string(),
  rows: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** (unit, period) pairs whose values changed. */
  periods: z.int(),
  warnings: z.array(
    z.object({
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
  'bundle.bands': {
    id: 'Batas kategori tidak sah: batas kurang ({kurangAtMost}) harus di bawah batas baik ({baikFrom}).',
    en: 'The bands are not valid: the kurang limit ({kurangAtMost}) must lie below the baik limit ({baikFrom}).',
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
    id: 'Berkas bukan CSV yang dapat dibaca: {reason}. Simpan lembar sebagai CSV (UTF-8) lalu unggah kembali.',
    en: 'The file is not readable CSV: {reason}. Save the sheet as CSV (UTF-8) and upload it again.',
  },
} as const;
