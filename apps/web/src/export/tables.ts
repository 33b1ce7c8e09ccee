import type {
  ActionFieldsFragment,
  IndicatorAcrossFieldsFragment,
  OverviewFieldsFragment,
  ResultFieldsFragment,
} from '../api/operations.generated.ts';
import { JUDGEMENTS, countOf } from '../page/judgement.tsx';
import { definitionName, nameOf, unitOf } from '../page/result.tsx';
import type { Texts } from '../texts/texts.ts';
import { exact, type Cell, type Table } from './table.ts';

/** When a table was made, and as of when its figures hold. */
const moments = ({ t, instant }: Texts, asOf: string | null | undefined): (readonly [string, string])[] => [
  ...(asOf ? [[t('export.as-of'), instant(asOf)] as const] : []),
  [t('export.saved'), instant(new Date())],
];
const define = ({ t }: Texts, words: readonly (readonly [string, string])[]): Table['definitions'] => [
  ...words,
  [t('result.judgement'), t('export.define.judgement')],
  ...JUDGEMENTS.map((judgement) => [t(`judgement.${judgement}`), t(`export.define.${judgement}`)] as const),
];

const FIGURES = ['numerator', 'denominator', 'coverage', 'target', 'performance', 'judgement'] as const;
const figureWords = ({ t }: Texts) =>
  (['numerator', 'denominator', 'coverage', 'target', 'performance'] as const).map(
    (word) => [t(`result.${word}`), t(`export.define.${word}`)] as const,
  );
type Figures = Pick<
  ResultFieldsFragment,
  'numerator' | 'denominator' | 'coverage' | 'coverageState' | 'runningTarget' | 'performance' | 'judgement'
>;
const figures = ({ t }: Texts, result: Figures): Cell[] => [
  exact(result.numerator),
  exact(result.denominator),
  exact(result.coverage) ??
    (result.coverageState === 'VALUE' ? null : t(`result.state.${result.coverageState}`)),
  exact(result.runningTarget),
  exact(result.performance),
  t(`judgement.${result.judgement}`),
];

/** Every puskesmas of a district or coaching group in one period. */
export function overviewTable(texts: Texts, place: string, overview: OverviewFieldsFragment): Table {
  const { t, period } = texts;
  const { indicators, actions, meetings, notifications } = overview;
  const unknown = t('district.unknown');
  /** Cells of a service; what it did not say is not empty. */
  const of = ({ status }: { status: string }, cells: readonly Cell[]) =>
    status === 'OK' || status === 'STALE' ? cells : cells.map(() => unknown);
  return {
    name: `lokmin-${overview.period}`,
    about: [
      [t('export.place'), place],
      [t('export.period'), period(overview.period)],
      ...(indicators.bundle ? [[t('export.bundle'), indicators.bundle.name] as const] : []),
      ...moments(texts, indicators.asOf),
    ],
    head: [
      t('export.code'),
      t('district.column.puskesmas'),
      t('district.column.evaluation'),
      ...JUDGEMENTS.map((judgement) => t(`judgement.${judgement}`)),
      t('export.warnings'),
      t('district.column.worst'),
      t('district.column.meeting'),
      ...(['proposed', 'open', 'overdue', 'incomplete', 'unreachable'] as const).map((kind) =>
        t(`actions.${kind}`),
      ),
    ],
    rows: overview.rows.map((row) => [
      row.puskesmas.code,
      row.puskesmas.name,
      ...of(indicators, [
        t(row.evaluation ? `evaluation.${row.evaluation.status}` : 'evaluation.none'),
        ...JUDGEMENTS.map((judgement) => exact(row.tally && countOf(row.tally, judgement))),
        exact(row.warnings),
        row.worst?.map(({ code, name }) => `${name} (${code})`).join(', ') ?? null,
      ]),
      ...of(meetings, [t(`meeting.status.${row.meeting?.status ?? 'none'}`)]),
      ...of(actions, [
        exact(row.proposedActions),
        exact(row.openActions),
        exact(row.overdueActions),
        exact(row.actionsNeedingCompletion),
      ]),
      ...of(notifications, [exact(row.unreachable)]),
    ]),
    definitions: define(texts, []),
  };
}

/** One indicator across a district, with the district's own figure. */
export function indicatorTable(
  texts: Texts,
  place: string,
  sum: string,
  period: string,
  part: IndicatorAcrossFieldsFragment,
  filter: string,
  units: NonNullable<IndicatorAcrossFieldsFragment['units']>,
): Table {
  const { t } = texts;
  const definition = part.definition!;
  const unit = unitOf(texts, definition.unit).trim();
  return {
    name: `${definition.code}-${period}`,
    about: [
      [t('result.indicator'), `${definitionName(texts, definition)} (${definition.code})`],
      [t('export.place'), place],
      [t('export.period'), texts.period(period)],
      [t('export.filter'), filter],
      ...(unit ? [[t('export.unit'), unit] as const] : []),
      ...moments(texts, part.asOf),
    ],
    head: [
      t('export.code'),
      t('district.column.puskesmas'),
      ...FIGURES.map((column) => t(`result.${column}`)),
      t('result.rank'),
    ],
    rows: [
      [
        null,
        sum,
        exact(part.numerator),
        exact(part.denominator),
        exact(part.coverage),
        exact(part.runningTarget),
        exact(part.performance),
        part.judgement && t(`judgement.${part.judgement}`),
        null,
      ],
      ...units.map(({ puskesmas, result, rank }) => [
        puskesmas.code,
        puskesmas.name,
        ...figures(texts, result),
        exact(rank),
      ]),
    ],
    definitions: define(texts, [
      [t('result.numerator'), definition.numerator],
      ...(definition.denominatorElement ? [[t('result.denominator'), definition.denominator] as const] : []),
      ...figureWords(texts).slice(2),
      [t('result.rank'), t('export.define.rank')],
      [t('indicator.source'), definition.source],
    ]),
  };
}

/** The indicators of a puskesmas in one period, those that are shown. */
export function resultsTable(
  texts: Texts,
  puskesmas: { code: string; name: string },
  period: string,
  asOf: string | null,
  filter: string | null,
  results: readonly ResultFieldsFragment[],
): Table {
  const { t } = texts;
  return {
    name: `${puskesmas.code}-${period}`,
    about: [
      [t('district.column.puskesmas'), `${puskesmas.name} (${puskesmas.code})`],
      [t('export.period'), texts.period(period)],
      [t('export.filter'), filter ?? t('puskesmas.filter.all')],
      ...moments(texts, asOf),
    ],
    head: [
      t('export.code'),
      t('result.indicator'),
      t('indicator.program'),
      t('export.unit'),
      ...FIGURES.map((column) => t(`result.${column}`)),
      t('result.annual-target'),
      t('export.months'),
      t('export.warnings'),
    ],
    rows: results.map((result) => [
      result.code,
      nameOf(texts, result),
      result.program,
      unitOf(texts, result.unit).trim(),
      ...figures(texts, result),
      exact(result.annualTarget),
      `${result.monthsReported}/${result.monthsExpected}`,
      result.warnings.map(({ message }) => texts.say(message)).join(' ') || null,
    ]),
    definitions: define(texts, figureWords(texts)),
  };
}

/** Actions, those that are shown. */
export function actionsTable(
  texts: Texts,
  name: string,
  filter: string,
  actions: readonly ActionFieldsFragment[],
): Table {
  const { t } = texts;
  return {
    name: `rtl-${name}`,
    about: [[t('export.filter'), filter], ...moments(texts, null)],
    head: [
      t('export.code'),
      t('district.column.puskesmas'),
      t('result.indicator'),
      t('action.ready.name'),
      t('export.status'),
      t('action.owner'),
      t('action.due'),
      t('action.progress'),
      t('actions.overdue'),
    ],
    rows: actions.map((action) => [
      action.puskesmas.code,
      action.puskesmas.name,
      action.indicatorCode ? `${action.indicatorName ?? ''} (${action.indicatorCode})` : null,
      action.title,
      t(`action.status.${action.status}`),
      action.ownerName,
      action.dueDate,
      exact(action.progress),
      t(action.overdue ? 'export.yes' : 'export.no'),
    ]),
    definitions: [
      [t('action.progress'), t('export.define.progress')],
      [t('actions.overdue'), t('export.define.overdue')],
    ],
  };
}
