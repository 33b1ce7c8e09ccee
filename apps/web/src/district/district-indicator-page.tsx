import { Alert } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import { DistrictChangedDocument, DistrictIndicatorDocument } from '../api/operations.generated.ts';
import { SaveButtons } from '../export/save-buttons.tsx';
import { indicatorTable } from '../export/tables.ts';
import { Definition } from '../indicator/indicator-page.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JudgementMark } from '../page/judgement.tsx';
import { LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { Counts, Coverage, definitionName, Figure, Performance, Warnings } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';
import { Attribution } from './attribution.tsx';

const COLUMNS = ['counts', 'coverage', 'target', 'performance', 'judgement'] as const;

/** `/kabupaten/:code/indikator/:indicator?periode=`: one indicator across a district, and the district's own figure. */
export default function DistrictIndicatorPage() {
  const texts = useTexts();
  const { t, count } = texts;
  const { code = '', indicator = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const result = useAsked(DistrictIndicatorDocument, { district: code, period, code: indicator });
  const { askAgain } = result;
  const live = useLive(DistrictChangedDocument, { code }, askAgain);
  const district = result.data?.district;
  const part = district?.indicator;
  const definition = part?.definition;
  const name = definition ? definitionName(texts, definition) : indicator;
  const table = t('indicator.district.table', { name, period: texts.period(period) });
  return (
    <>
      <PageHeading
        title={t('indicator.district.title', { name, code: district?.code ?? code })}
        aside={
          <>
            <LiveMark state={live} />
            <PeriodChoice period={period} onChange={page.choose} />
            {part?.definition && <SaveButtons table={() => indicatorTable(texts, code, period, part)} />}
            <PrintButton />
          </>
        }
      >
        <p>
          {indicator} · <Link to={`/kabupaten/${code}?periode=${period}`}>{t('puskesmas.district')}</Link>,{' '}
          <b>{texts.period(period)}</b>
        </p>
      </PageHeading>
      {result.error && <QueryFailure error={result.error} retry={askAgain} />}
      {!part && !result.error && result.waiting && <Loading />}
      {result.data && !district && <Alert color="yellow">{t('district.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.detail" />}
      {part?.status === 'OK' && !definition && (
        <Alert color="yellow">{t('indicator.not-found', { code: indicator })}</Alert>
      )}
      {part && definition && (
        <>
          {part.reporting !== null && part.expected !== null && (
            <p>
              {t('indicator.district.reporting', {
                reporting: count(part.reporting),
                expected: count(part.expected),
              })}
            </p>
          )}
          <p className="small">{t('result.both')}</p>
          <table className="table cards" role="table" data-testid="comparison">
            <caption className="visually-hidden">{table}</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  {t('district.column.puskesmas')}
                </th>
                {COLUMNS.map((column) => (
                  <th
                    key={column}
                    scope="col"
                    role="columnheader"
                    className={column === 'judgement' ? undefined : 'number'}
                  >
                    {t(`result.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              <tr role="row" className="sum" data-testid="district-sum">
                <th scope="row" role="rowheader">
                  {t('indicator.district.sum')}
                </th>
                <td role="cell" className="number" data-label={t('result.counts')}>
                  <Counts numerator={part.numerator} denominator={part.denominator} />
                </td>
                <td role="cell" className="number" data-label={t('result.coverage')}>
                  <Figure value={part.coverage} unit={definition.unit} />
                </td>
                <td role="cell" className="number" data-label={t('result.target')}>
                  <Figure value={part.runningTarget} unit={definition.unit} />
                </td>
                <td role="cell" className="number" data-label={t('result.performance')}>
                  <Performance result={part} />
                </td>
                <td role="cell" data-label={t('result.judgement')}>
                  {part.judgement && <JudgementMark judgement={part.judgement} />}
                </td>
              </tr>
              {part.units?.map(({ puskesmas, result: unit }) => (
                <tr key={puskesmas.code} role="row" data-testid={`puskesmas-${puskesmas.code}`}>
                  <th scope="row" role="rowheader">
                    <Link to={`/puskesmas/${puskesmas.code}/indikator/${indicator}?periode=${period}`}>
                      {puskesmas.name}
                    </Link>
                    <Warnings warnings={unit.warnings} />
                  </th>
                  <td role="cell" className="number" data-label={t('result.counts')}>
                    <Counts numerator={unit.numerator} denominator={unit.denominator} />
                  </td>
                  <td role="cell" className="number" data-label={t('result.coverage')}>
                    <Coverage result={unit} />
                  </td>
                  <td role="cell" className="number" data-label={t('result.target')}>
                    <Figure value={unit.runningTarget} unit={unit.unit} />
                  </td>
                  <td role="cell" className="number" data-label={t('result.performance')}>
                    <Performance result={unit} />
                  </td>
                  <td role="cell" data-label={t('result.judgement')}>
                    <JudgementMark judgement={unit.judgement} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Definition definition={definition} />
          <Attribution district={code} period={period} />
        </>
      )}
    </>
  );
}
