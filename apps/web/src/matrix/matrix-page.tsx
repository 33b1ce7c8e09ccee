import { Alert, NativeSelect } from '@mantine/core';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { DistrictMatrixDocument, type DistrictMatrixQuery } from '../api/operations.generated.ts';
import { SaveButtons } from '../export/save-buttons.tsx';
import { exact, type Table } from '../export/table.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JUDGEMENTS, JudgementMark } from '../page/judgement.tsx';
import { NoBundle } from '../page/no-bundle.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { useNewestYear, usePeriod } from '../page/period.ts';
import { definitionName, unitOf } from '../page/result.tsx';
import { useTexts, type Texts } from '../texts/texts.ts';

type Part = NonNullable<DistrictMatrixQuery['district']>['matrix'];
type Row = NonNullable<Part['rows']>[number];
type Indicator = NonNullable<Part['indicators']>[number];

/** `/kabupaten/:code/matriks?periode=2024-12`: every indicator of every puskesmas in one month, at one look. */
export default function MatrixPage() {
  const texts = useTexts();
  const { t } = texts;
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const asked = useAsked(DistrictMatrixDocument, { code, period });
  const [program, setProgram] = useState('');
  const district = asked.data?.district;
  const part = district?.matrix;
  const looking = useNewestYear(page, part?.status === 'OK' && part.hasBundle === false);
  const indicators = part?.indicators ?? [];
  const shown = indicators
    .map((_, i) => i)
    .filter((i) => program === '' || indicators[i]!.program === program);
  return (
    <>
      <PageHeading
        title={t('matrix.title')}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            {part?.rows && part.rows.length > 0 && (
              <SaveButtons table={() => matrixTable(texts, period, part, shown)} />
            )}
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${code}?periode=${period}`}>{part?.districtName ?? code}</Link>,{' '}
          <b>{texts.period(period)}</b>
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={asked.askAgain} />}
      {!part && !asked.error && (looking || asked.waiting) && <Loading />}
      {asked.data && !district && <Alert color="yellow">{t('district.not-found', { code })}</Alert>}
      {part &&
        !looking &&
        (part.hasBundle === false ? (
          <NoBundle period={period} message={part.message} />
        ) : (
          <PartNotice part={part} name="part.indicators" />
        ))}
      {part?.rows && part.hasBundle && !looking && (
        <>
          <p className="small">{t('matrix.explained')}</p>
          <p className="matrix-legend small">
            {JUDGEMENTS.map((judgement) => (
              <JudgementMark key={judgement} judgement={judgement} />
            ))}
          </p>
          <div className="filters no-print">
            <NativeSelect
              label={t('catalogue.program')}
              data={[
                { value: '', label: t('catalogue.program.all') },
                ...new Set(indicators.map((each) => each.program)),
              ]}
              value={program}
              onChange={(event) => setProgram(event.currentTarget.value)}
            />
          </div>
          {part.rows.length === 0 ? (
            <p>{t('district.empty')}</p>
          ) : (
            <Matrix
              key={program}
              district={code}
              period={period}
              indicators={indicators}
              rows={part.rows}
              shown={shown}
            />
          )}
        </>
      )}
    </>
  );
}

/** Sizes in pixels; `app.css` has the same. */
const ROW = 30;
const CELL = 90;
const NAME = 132;
/** What is drawn beyond what is seen, in rows and columns; it is drawn anew after half as many. */
const BEYOND = 6;

/** Which rows and columns are seen; `all` for the printer. */
interface Seen {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}
const ALL: Seen = { row: 0, rows: Infinity, column: 0, columns: Infinity };
const isNear = (a: Seen, b: Seen) =>
  (['row', 'rows', 'column', 'columns'] as const).every((side) => Math.abs(a[side] - b[side]) < BEYOND / 2);

/**
 * Only what is seen and a little around it is in the page, so that ten thousand cells scroll as a hundred do; on paper
 * stands all of it. The cells lead on for a pointer; the keyboard goes by the heads of rows and columns.
 */
function Matrix({
  district,
  period,
  indicators,
  rows,
  shown,
}: {
  district: string;
  period: string;
  indicators: readonly Indicator[];
  rows: readonly Row[];
  shown: readonly number[];
}) {
  const texts = useTexts();
  const { t } = texts;
  const frame = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Seen>({ row: 0, rows: 40, column: 0, columns: 20 });
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const look = () => {
      const now = {
        row: Math.floor(current.scrollTop / ROW),
        rows: Math.ceil(current.clientHeight / ROW),
        column: Math.floor(current.scrollLeft / CELL),
        columns: Math.ceil(current.clientWidth / CELL),
      };
      setSeen((before) => (isNear(before, now) ? before : now));
    };
    const print = () => flushSync(() => setSeen(ALL));
    const sizes = new ResizeObserver(look);
    sizes.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    addEventListener('beforeprint', print);
    addEventListener('afterprint', look);
    return () => {
      sizes.disconnect();
      current.removeEventListener('scroll', look);
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', look);
    };
  }, []);
  const [top, left] = [Math.max(0, seen.row - BEYOND), Math.max(0, seen.column - BEYOND)];
  const columns = useMemo(
    () => shown.slice(left, left + seen.columns + 2 * BEYOND),
    [shown, left, seen.columns],
  );
  const indent = left * CELL;
  return (
    <div className="matrix" role="region" tabIndex={0} aria-label={t('matrix.title')} ref={frame}>
      <div
        role="table"
        aria-label={t('matrix.title')}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown.length + 1}
        data-testid="matrix"
        style={{ width: NAME + shown.length * CELL, height: (rows.length + 1) * ROW }}
      >
        <div role="row" className="matrix-row matrix-head" aria-rowindex={1}>
          <span role="columnheader" className="matrix-name">
            {t('district.column.puskesmas')}
          </span>
          {columns.map((i, at) => {
            const indicator = indicators[i]!;
            return (
              <span
                role="columnheader"
                key={indicator.code}
                className="matrix-cell"
                aria-colindex={left + at + 2}
                style={at === 0 ? { marginLeft: indent } : undefined}
              >
                <Link
                  to={`/kabupaten/${district}/indikator/${indicator.code}?periode=${period}`}
                  title={definitionName(texts, indicator)}
                  aria-label={`${indicator.code}: ${definitionName(texts, indicator)}`}
                >
                  {indicator.code}
                </Link>
              </span>
            );
          })}
        </div>
        <div role="presentation" style={{ height: top * ROW }} />
        {rows.slice(top, top + seen.rows + 2 * BEYOND).map((row, at) => (
          <MatrixRow
            key={row.puskesmas.code}
            row={row}
            place={top + at + 2}
            period={period}
            indicators={indicators}
            columns={columns}
            left={left}
            texts={texts}
          />
        ))}
      </div>
    </div>
  );
}

const MatrixRow = memo(function MatrixRow({
  row: { puskesmas, judgements, coverages },
  place,
  period,
  indicators,
  columns,
  left,
  texts,
}: {
  row: Row;
  place: number;
  period: string;
  indicators: readonly Indicator[];
  columns: readonly number[];
  left: number;
  texts: Texts;
}) {
  const { t, decimal } = texts;
  return (
    <div role="row" className="matrix-row" aria-rowindex={place}>
      <span role="rowheader" className="matrix-name">
        <Link to={`/puskesmas/${puskesmas.code}?periode=${period}`}>{puskesmas.name}</Link>
      </span>
      {columns.map((i, at) => {
        const indicator = indicators[i]!;
        const judgement = judgements[i]!;
        const coverage = coverages[i] ?? null;
        const shownCoverage = coverage === null ? '' : decimal(coverage);
        const told = `${puskesmas.name}, ${definitionName(texts, indicator)}`;
        return (
          <a
            role="cell"
            key={indicator.code}
            className={`matrix-cell matrix-${judgement}`}
            href={`/puskesmas/${puskesmas.code}/indikator/${indicator.code}?periode=${period}`}
            tabIndex={-1}
            aria-colindex={left + at + 2}
            title={`${told}: ${t(`judgement.${judgement}`)}`}
            aria-label={`${told}: ${shownCoverage} ${t(`judgement.${judgement}`)}`}
            style={at === 0 ? { marginLeft: left * CELL } : undefined}
          >
            {shownCoverage}
          </a>
        );
      })}
    </div>
  );
});

const matrixTable = (
  texts: Texts,
  period: string,
  { indicators, rows, districtName }: Part,
  shown: readonly number[],
): Table => {
  const { t } = texts;
  return {
    name: `matriks-${period}`,
    about: [
      [t('matrix.title'), districtName ?? ''],
      [t('export.saved'), texts.instant(new Date())],
    ],
    head: [
      t('export.code'),
      t('district.column.puskesmas'),
      ...shown.flatMap((i) => {
        const { code, unit } = indicators![i]!;
        return [`${code} (${unitOf(texts, unit).trim() || unit})`, `${code}: ${t('matrix.judgement')}`];
      }),
    ],
    rows: rows!.map(({ puskesmas, judgements, coverages }) => [
      puskesmas.code,
      puskesmas.name,
      ...shown.flatMap((i) => [exact(coverages[i]), t(`judgement.${judgements[i]!}`)]),
    ]),
    definitions: [],
  };
};
