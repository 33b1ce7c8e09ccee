import { Alert } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ActionList } from '../action/action-list.tsx';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  PuskesmasActionsDocument,
  PuskesmasIndicatorDocument,
  PuskesmasResultsDocument,
  type DefinitionFieldsFragment,
  type PuskesmasIndicatorQuery,
  type ResultFieldsFragment,
} from '../api/operations.generated.ts';
import { Attribution } from '../district/attribution.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JudgementMark } from '../page/judgement.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { Coverage, Figure, Performance, WarningList, definitionName } from '../page/result.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { entryUntil } from '../window/window.ts';
import { WindowLine } from '../window/window-line.tsx';
import { useTexts } from '../texts/texts.ts';
import { Deviation, deviationOf } from './deviation.tsx';
import { EntryForm } from './entry-form.tsx';
import { Trend } from './trend.tsx';

type Part = NonNullable<PuskesmasIndicatorQuery['puskesmas']>['indicator'];
export type DataValue = NonNullable<Part['values']>[number];

/** `/puskesmas/:code/indikator/:indicator?periode=`: one figure down to the counts it is made of. */
export default function IndicatorPage() {
  const texts = useTexts();
  const { t } = texts;
  const viewer = useViewer();
  const { code = '', indicator = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const result = useAsked(PuskesmasIndicatorDocument, { code, period, indicator });
  const { askAgain } = result;
  // Whether the values are locked is a matter of the evaluation, which the puskesmas page asks for.
  const unit = useAsked(PuskesmasResultsDocument, { code, period });
  const [changes, setChanges] = useState(0);
  const district = districtOf(viewer, code);
  useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode !== null && puskesmasCode !== code) return;
    askAgain();
    unit.askAgain();
    setChanges((count) => count + 1);
  });
  const puskesmas = result.data?.puskesmas;
  const part = puskesmas?.indicator;
  const definition = part?.definition;
  const deviation = deviationOf(puskesmas?.deviations.deviations, indicator, period);
  const results = unit.data?.puskesmas?.results;
  const stands = !!results?.evaluation && results.evaluation.status !== 'RETURNED';
  const until = entryUntil(results?.windows, results?.evaluation?.status ?? null, results?.asOf);
  const returned = results?.verification?.returned.find((it) => it.code === indicator);

  return (
    <>
      <PageHeading
        title={definition ? definitionName(texts, definition) : indicator}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          {indicator} · <Link to={`/puskesmas/${code}?periode=${period}`}>{puskesmas?.name ?? code}</Link>,{' '}
          <b>{texts.period(period)}</b>
          {definition?.direction === 'HIGHER' && definition.multiplier !== null && (
            <Link
              className="spaced no-print"
              to={`/puskesmas/${code}/pws?periode=${period}&indikator=${indicator}`}
            >
              {t('pws.link')}
            </Link>
          )}
          {district && may(viewer, 'district.view', { district }) && (
            <Link
              className="spaced no-print"
              to={`/kabupaten/${district}/indikator/${indicator}?periode=${period}`}
            >
              {t('indicator.compare')}
            </Link>
          )}
        </p>
      </PageHeading>
      {result.error && <QueryFailure error={result.error} retry={askAgain} />}
      {!part && !result.error && result.waiting && <Loading />}
      {result.data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.detail" />}
      {part?.status === 'OK' && !definition && (
        <Alert color="yellow">{t('indicator.not-found', { code: indicator })}</Alert>
      )}
      {part && definition && (
        <>
          {returned && (
            <blockquote>
              <b>{t('evaluation.returned.at')}:</b> {returned.reason}
            </blockquote>
          )}
          {part.result && <Result result={part.result} period={period} accepted={deviation !== null} />}
          <Deviation
            puskesmas={code}
            indicator={indicator}
            period={period}
            deviation={deviation}
            mayAccept={
              district !== null &&
              may(viewer, 'deviation.accept', { district }) &&
              (deviation !== null ||
                part.result?.judgement === 'KURANG' ||
                part.result?.judgement === 'CUKUP')
            }
            onDone={askAgain}
          />
          {puskesmas && <Trend part={puskesmas.trend} definition={definition} />}
          <Values definition={definition} values={part.values ?? []} />
          {may(viewer, 'values.record', { puskesmas: code, program: definition.program }) &&
            (stands ? (
              <p className="card no-print">{t('entry.locked')}</p>
            ) : until?.closed ? (
              <WindowLine until={until} zone={results?.windows?.zone} period={period} />
            ) : (
              <>
                <WindowLine until={until} zone={results?.windows?.zone} period={period} />
                <EntryForm
                  key={`${code} ${period} ${indicator}`}
                  puskesmas={code}
                  period={period}
                  definition={definition}
                  values={part.values ?? []}
                  onSaved={askAgain}
                />
              </>
            ))}
          <Definition definition={definition} />
          <section aria-labelledby="actions">
            <h2 id="actions">{t('indicator.actions')}</h2>
            <ActionList
              query={PuskesmasActionsDocument}
              variables={{ code, indicator }}
              pick={(data) => data.puskesmas?.actions}
              empty="actions.none"
              changes={changes}
              canReady={may(viewer, 'action.ready', { puskesmas: code })}
              showPuskesmas={false}
            />
          </section>
          <Attribution district={district} period={period} />
        </>
      )}
    </>
  );
}

function Result({
  result,
  period,
  accepted,
}: {
  result: ResultFieldsFragment;
  period: string;
  accepted: boolean;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  return (
    <section className="card" aria-labelledby="result">
      <h2 id="result">{t('indicator.result', { period: texts.period(period) })}</h2>
      <dl className="figures" data-testid="figures">
        <div>
          <dt>{t('result.numerator')}</dt>
          <dd data-testid="numerator">
            <Figure value={result.numerator} unit="count" />
          </dd>
        </div>
        <div>
          <dt>{t('result.denominator')}</dt>
          <dd data-testid="denominator">
            <Figure value={result.denominator} unit="count" />
          </dd>
        </div>
        <div>
          <dt>{t('result.coverage')}</dt>
          <dd data-testid="coverage">
            <Coverage result={result} />
          </dd>
        </div>
        <div>
          <dt>{t('result.target')}</dt>
          <dd>
            <Figure value={result.runningTarget} unit={result.unit} />
          </dd>
        </div>
        <div>
          <dt>{t('result.performance')}</dt>
          <dd data-testid="performance">
            <Performance result={result} />
          </dd>
        </div>
        <div>
          <dt>{t('result.judgement')}</dt>
          <dd data-testid="judgement">
            <JudgementMark judgement={result.judgement} accepted={accepted} />
          </dd>
        </div>
      </dl>
      <p className="small">
        {t('result.both')}{' '}
        {t('result.months', {
          reported: count(result.monthsReported),
          expected: count(result.monthsExpected),
        })}
        .
      </p>
      <h3>{t('result.warnings.title')}</h3>
      {result.warnings.length === 0 ? (
        <p className="small">{t('result.warnings.none')}</p>
      ) : (
        <WarningList warnings={result.warnings} />
      )}
    </section>
  );
}

function Values({ definition, values }: { definition: DefinitionFieldsFragment; values: DataValue[] }) {
  const texts = useTexts();
  const { t } = texts;
  const partOf = (element: string) =>
    element === definition.numeratorElement
      ? t('result.numerator')
      : element === definition.denominatorElement
        ? t('result.denominator')
        : element;
  // The numerator first, months in order.
  const ordered = [...values].sort(
    (a, b) =>
      Number(a.element === definition.denominatorElement) -
        Number(b.element === definition.denominatorElement) || a.period.localeCompare(b.period),
  );
  const published = values.some((value) => value.publishedValue !== null);
  const columns = [
    'part',
    'period',
    'covers',
    'state',
    'value',
    ...(published ? ['published' as const] : []),
    'by',
  ] as const;
  return (
    <section aria-labelledby="values">
      <h2 id="values">{t('indicator.values')}</h2>
      {values.length === 0 ? (
        <p>{t('indicator.values.none')}</p>
      ) : (
        <table className="table cards" role="table" data-testid="values">
          <caption className="visually-hidden">{t('indicator.values')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  role="columnheader"
                  className={column === 'value' || column === 'published' ? 'number' : undefined}
                >
                  {t(`indicator.value.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {ordered.map((value) => (
              <tr key={`${value.element} ${value.period} ${value.covers}`} role="row">
                <th scope="row" role="rowheader">
                  {partOf(value.element)}
                  <small>{value.element}</small>
                </th>
                <td role="cell" data-label={t('indicator.value.period')}>
                  {texts.period(value.period)}
                </td>
                <td role="cell" data-label={t('indicator.value.covers')}>
                  {t(`covers.${value.covers}`)}
                </td>
                <td role="cell" data-label={t('indicator.value.state')}>
                  {t(`state.${value.state}`)}
                </td>
                <td role="cell" className="number" data-label={t('indicator.value.value')}>
                  <Figure value={value.value} unit="count" />
                </td>
                {published && (
                  <td role="cell" className="number" data-label={t('indicator.value.published')}>
                    <Figure value={value.publishedValue} unit={definition.unit} />
                  </td>
                )}
                <td role="cell" className="typed" data-label={t('indicator.value.by')}>
                  {value.enteredByName}
                  <small>{texts.instant(value.enteredAt)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {published && <p className="small">{t('indicator.published.hint')}</p>}
    </section>
  );
}

export function Definition({ definition }: { definition: DefinitionFieldsFragment }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <section className="card" aria-labelledby="definition">
      <h2 id="definition">{t('indicator.definition')}</h2>
      <dl className="facts">
        <dt>{t('indicator.program')}</dt>
        <dd>{definition.program}</dd>
        <dt>{t('result.numerator')}</dt>
        {/* The reference catalogue defines the counts in English. */}
        <dd lang="en">{definition.numerator}</dd>
        {definition.denominatorElement && (
          <>
            <dt>{t('result.denominator')}</dt>
            <dd lang="en">{definition.denominator}</dd>
          </>
        )}
        {definition.multiplier && (
          <>
            <dt>{t('indicator.multiplier')}</dt>
            <dd>{texts.decimal(definition.multiplier)}</dd>
          </>
        )}
        <dt>{t('result.annual-target')}</dt>
        <dd>
          <Figure value={definition.annualTarget} unit={definition.unit} />
        </dd>
        <dt>{t('indicator.direction')}</dt>
        <dd>{t(`direction.${definition.direction}`)}</dd>
        <dt>{t('indicator.accumulation')}</dt>
        <dd>{t(`accumulation.${definition.accumulation}`)}</dd>
        <dt>{t('indicator.source')}</dt>
        <dd lang="en">{definition.source}</dd>
      </dl>
    </section>
  );
}
