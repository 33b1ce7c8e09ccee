import { Alert } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ActionList } from '../action/action-list.tsx';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  PuskesmasActionsDocument,
  PuskesmasResultsDocument,
  type DeviationFieldsFragment,
  type Judgement,
  type ResultFieldsFragment,
  type TallyFieldsFragment,
  type VerificationFieldsFragment,
} from '../api/operations.generated.ts';
import { Attribution } from '../district/attribution.tsx';
import { meetingsPage } from '../meeting/marks.tsx';
import { SaveButtons } from '../export/save-buttons.tsx';
import { resultsTable } from '../export/tables.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { countOf, JudgementMark, JudgementShape, JUDGEMENTS, TallyBar } from '../page/judgement.tsx';
import { deviationOf } from '../indicator/deviation.tsx';
import { LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { NoBundle } from '../page/no-bundle.tsx';
import { useNewestYear, usePeriod } from '../page/period.ts';
import { Counts, Coverage, Figure, nameOf, Performance, unitOf, Warnings } from '../page/result.tsx';
import { coachedBy, recordsValues, districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { entryUntil } from '../window/window.ts';
import { EvaluationPanel } from './evaluation-panel.tsx';

/** `/puskesmas/:code?periode=2024-12`: one puskesmas: its evaluation, every indicator, its actions. */
export default function PuskesmasPage() {
  const texts = useTexts();
  const { t } = texts;
  const viewer = useViewer();
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const result = useAsked(PuskesmasResultsDocument, { code, period });
  const { askAgain } = result;
  const [changes, setChanges] = useState(0);
  const district = districtOf(viewer, code);
  const live = useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode !== null && puskesmasCode !== code) return;
    askAgain();
    setChanges((count) => count + 1);
  });
  const puskesmas = result.data?.puskesmas;
  const answered = puskesmas?.code === code ? puskesmas.results : undefined;
  const looking = useNewestYear(page, answered?.status === 'OK' && !answered.results);
  const part = looking ? undefined : answered;

  return (
    <>
      <PageHeading
        title={puskesmas?.name ?? t('nav.puskesmas')}
        aside={
          <>
            <LiveMark state={live} />
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          {t('puskesmas.code', { code })}, <b>{texts.period(period)}</b>
          <a className="spaced no-print" href="#rtl">
            {t('actions.title')}
          </a>
          <Link className="spaced no-print" to={meetingsPage(code)}>
            {t('meetings.title')}
          </Link>
          {viewer.posts.some((post) => post.puskesmas?.code === code) && recordsValues(viewer) && (
            <Link className="spaced no-print" to={`/puskesmas/${code}/isi?periode=${period}`}>
              {t('sheet.title')}
            </Link>
          )}
          <Link className="spaced no-print" to={`/puskesmas/${code}/mutu-data?periode=${period}`}>
            {t('quality.title')}
          </Link>
          <Link className="spaced no-print" to={`/puskesmas/${code}/nilai?periode=${period}`}>
            {t('score.link')}
          </Link>
          <Link className="spaced no-print" to={`/puskesmas/${code}/pws?periode=${period}`}>
            {t('pws.link')}
          </Link>
          {may(viewer, 'code.issue', { puskesmas: code }) && (
            <Link className="spaced no-print" to={`/puskesmas/${code}/petugas`}>
              {t('nav.accounts')}
            </Link>
          )}
          {district && may(viewer, 'district.view', { district }) && (
            <Link className="spaced no-print" to={`/kabupaten/${district}?periode=${period}`}>
              {t('puskesmas.district')}
            </Link>
          )}
          {coachedBy(viewer)
            .filter((group) => group.puskesmas.includes(code))
            .map(({ name, page }) => (
              <Link key={page} className="spaced no-print" to={`${page}?periode=${period}`}>
                {name}
              </Link>
            ))}
        </p>
      </PageHeading>
      {result.error && <QueryFailure error={result.error} retry={askAgain} />}
      {!part && !result.error && (looking || result.waiting) && <Loading />}
      {result.data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {puskesmas && part && (
        <>
          {part.status === 'OK' && !part.results ? (
            <NoBundle period={period} message={part.message} />
          ) : (
            <PartNotice part={part} name="part.indicators" />
          )}
          {part.results && (
            <>
              <EvaluationPanel
                key={period}
                puskesmas={puskesmas}
                period={period}
                evaluation={part.evaluation}
                verification={part.verification}
                until={entryUntil(part.windows, part.evaluation?.status ?? null, part.asOf)}
                zone={part.windows?.zone}
                results={part.results}
                tally={part.tally}
                askAgain={askAgain}
              />
              <Results
                puskesmas={puskesmas}
                period={period}
                asOf={part.asOf}
                results={part.results}
                deviations={puskesmas.deviations.deviations}
                returned={part.verification?.returned ?? []}
                tally={part.tally}
              />
            </>
          )}
          <Actions code={code} changes={changes} />
          <Attribution district={district} period={period} />
        </>
      )}
    </>
  );
}

/** The same number in one spelling: `80` for `80.00`. */
const plain = (decimal: string | null): string | undefined =>
  decimal?.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** Columns of figures, which stand flush right. */
const NUMBERS = new Set(['counts', 'coverage', 'target', 'performance']);

function Results({
  puskesmas,
  period,
  asOf,
  results,
  deviations,
  returned,
  tally,
}: {
  puskesmas: { code: string; name: string };
  period: string;
  asOf: string | null;
  results: ResultFieldsFragment[];
  deviations: DeviationFieldsFragment[] | null;
  returned: VerificationFieldsFragment['returned'];
  tally: TallyFieldsFragment | null;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  const { code } = puskesmas;
  const [filter, setFilter] = useState<Judgement | null>(null);
  const shown = results.filter((result) => filter === null || result.judgement === filter);
  const programs = [...new Set(shown.map((result) => result.program))];
  if (results.length === 0) return <p>{t('puskesmas.results.none', { period: texts.period(period) })}</p>;
  return (
    <section aria-labelledby="results">
      <h2 id="results">{t('puskesmas.results')}</h2>
      {tally && (
        <>
          <div className="print-only">
            <TallyBar tally={tally} named />
          </div>
          <div className="filter no-print" role="group" aria-label={t('puskesmas.filter')}>
            <button type="button" aria-pressed={filter === null} onClick={() => setFilter(null)}>
              {t('puskesmas.filter.all')} <b>{count(results.length)}</b>
            </button>
            {JUDGEMENTS.map((judgement) => (
              <button
                type="button"
                key={judgement}
                aria-pressed={filter === judgement}
                onClick={() => setFilter(judgement)}
              >
                <JudgementShape judgement={judgement} /> {t(`judgement.${judgement}`)}{' '}
                <b>{count(countOf(tally, judgement))}</b>
              </button>
            ))}
          </div>
        </>
      )}
      <p className="small">{t('result.both')}</p>
      <p>
        <SaveButtons
          table={() =>
            resultsTable(texts, puskesmas, period, asOf, filter && t(`judgement.${filter}`), shown)
          }
        />
      </p>
      {shown.length === 0 && <p>{t('puskesmas.filter.none')}</p>}
      {shown.length > 0 && (
        <table className="table cards results" role="table" data-testid="results">
          <caption className="visually-hidden">{t('puskesmas.results')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {(['indicator', 'counts', 'coverage', 'target', 'performance', 'judgement'] as const).map(
                (column) => (
                  <th
                    key={column}
                    scope="col"
                    role="columnheader"
                    className={NUMBERS.has(column) ? 'number' : undefined}
                  >
                    {t(`result.${column}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          {programs.map((program) => (
            <tbody key={program} role="rowgroup">
              <tr role="row" className="group">
                <th scope="rowgroup" role="rowheader" colSpan={6}>
                  {program}
                </th>
              </tr>
              {shown
                .filter((result) => result.program === program)
                .map((result) => (
                  <tr
                    key={result.code}
                    id={`result-${result.code}`}
                    role="row"
                    data-testid={`result-${result.code}`}
                  >
                    <th scope="row" role="rowheader">
                      <Link to={`/puskesmas/${code}/indikator/${result.code}?periode=${period}`}>
                        {nameOf(texts, result)}
                      </Link>
                      <small>
                        {result.code}
                        {result.direction !== 'HIGHER' && `, ${t(`direction.${result.direction}`)}`}
                      </small>
                      <ReturnedReason of={returned.find((it) => it.code === result.code)} />
                      <Warnings warnings={result.warnings} />
                    </th>
                    <td role="cell" className="number" data-label={t('result.counts')}>
                      <Counts numerator={result.numerator} denominator={result.denominator} />
                    </td>
                    <td role="cell" className="number" data-label={t('result.coverage')}>
                      <Coverage result={result} />
                    </td>
                    <td role="cell" className="number" data-label={t('result.target')}>
                      <Figure value={result.runningTarget} unit={result.unit} />
                      {result.annualTarget !== null &&
                        plain(result.annualTarget) !== plain(result.runningTarget) && (
                          <small>
                            {t('result.annual-target')} {texts.decimal(result.annualTarget)}
                            {unitOf(texts, result.unit)}
                          </small>
                        )}
                    </td>
                    <td role="cell" className="number" data-label={t('result.performance')}>
                      <Performance result={result} />
                    </td>
                    <td role="cell" data-label={t('result.judgement')}>
                      <JudgementMark
                        judgement={result.judgement}
                        accepted={deviationOf(deviations, result.code, period) !== null}
                      />
                    </td>
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}

/** What the district wants mended, at the indicator that it returned. */
function ReturnedReason({ of }: { of: VerificationFieldsFragment['returned'][number] | undefined }) {
  const { t } = useTexts();
  if (!of) return null;
  return (
    <small className="returned" data-testid={`returned-${of.code}`}>
      <span aria-hidden="true">↩</span> <b>{t('evaluation.returned.at')}:</b> {of.reason}
    </small>
  );
}

function Actions({ code, changes }: { code: string; changes: number }) {
  const { t } = useTexts();
  const viewer = useViewer();
  return (
    <section aria-labelledby="actions" id="rtl">
      <h2 id="actions">{t('actions.title')}</h2>
      <ActionList
        query={PuskesmasActionsDocument}
        variables={{ code }}
        pick={(data) => data.puskesmas?.actions}
        empty="actions.none"
        changes={changes}
        canReady={may(viewer, 'action.ready', { puskesmas: code })}
        showPuskesmas={false}
      />
    </section>
  );
}
