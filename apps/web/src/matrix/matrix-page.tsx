import { Alert, NativeSelect } from '@mantine/core';
import { memo, useState } from 'react';
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

/**
 * Rows of fixed height that the browser draws only where they are seen (`content-visibility`), so that ten thousand
 * cells scroll as one does. The cells lead on for a pointer; the keyboard goes by the heads of rows and columns.
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
  return (
    <div className="matrix" role="region" tabIndex={0} aria-label={t('matrix.title')}>
      <div
        role="table"
        aria-label={t('matrix.title')}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown.length + 1}
        data-testid="matrix"
      >
        <div role="row" className="matrix-row matrix-head">
          <span role="columnheader" className="matrix-name">
            {t('district.column.puskesmas')}
          </span>
          {shown.map((i) => {
            const indicator = indicators[i]!;
            return (
              <span role="columnheader" key={indicator.code} className="matrix-cell">
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
        {rows.map((row) => (
          <MatrixRow
            key={row.puskesmas.code}
            row={row}
            period={period}
            indicators={indicators}
            shown={shown}
            texts={texts}
          />
        ))}
      </div>
    </div>
  );
}

const MatrixRow = memo(function MatrixRow({
  row: { puskesmas, judgements, coverages },
  period,
  indicators,
  shown,
  texts,
}: {
  row: Row;
  period: string;
  indicators: readonly Indicator[];
  shown: readonly number[];
  texts: Texts;
}) {
  const { t, decimal } = texts;
  return (
    <div role="row" className="matrix-row">
      <span role="rowheader" className="matrix-name">
        <Link to={`/puskesmas/${puskesmas.code}?periode=${period}`}>{puskesmas.name}</Link>
      </span>
      {shown.map((i) => {
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
            title={`${told}: ${t(`judgement.${judgement}`)}`}
            aria-label={`${told}: ${shownCoverage} ${t(`judgement.${judgement}`)}`}
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
