import { Alert, NativeSelect } from '@mantine/core';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  PuskesmasPwsDocument,
  type PuskesmasPwsQuery,
} from '../api/operations.generated.ts';
import { ChartTable } from '../chart/chart.tsx';
import { Attribution } from '../district/attribution.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { Counts, definitionName, Figure, nameOf } from '../page/result.tsx';
import { districtOf, recordsValues } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { Arrow, PwsChart, PwsKey, PwsMark } from './pws-chart.tsx';

export type PwsPart = NonNullable<PuskesmasPwsQuery['puskesmas']>['pws'];
export type PwsVillage = NonNullable<PwsPart['villages']>[number];

/** `/puskesmas/:code/pws?periode=&indikator=`: the villages by one indicator, from the highest coverage to the lowest. */
export default function PwsPage() {
  const texts = useTexts();
  const { t } = texts;
  const viewer = useViewer();
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const [search, setSearch] = useSearchParams();
  const indicator = search.get('indikator');
  const asked = useAsked(PuskesmasPwsDocument, { code, period, indicator });
  const { askAgain } = asked;
  const district = districtOf(viewer, code);
  useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode === null || puskesmasCode === code) askAgain();
  });
  const puskesmas = asked.data?.puskesmas;
  const part = puskesmas?.pws;
  const definition = part?.definition;
  return (
    <>
      <PageHeading
        title={t('pws.title', { name: puskesmas?.name ?? code })}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/puskesmas/${code}?periode=${period}`}>{puskesmas?.name ?? code}</Link>,{' '}
          <b>{texts.period(period)}</b>
          {definition && (
            <Link
              className="spaced no-print"
              to={`/puskesmas/${code}/indikator/${definition.code}?periode=${period}`}
            >
              {t('pws.indicator.page')}
            </Link>
          )}
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!part && !asked.error && asked.waiting && <Loading />}
      {asked.data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.detail" />}
      {part?.indicators && definition && (
        <NativeSelect
          className="no-print"
          label={t('pws.choose')}
          value={definition.code}
          data={choices(texts, part.indicators, definition)}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            setSearch((params) => {
              params.set('indikator', chosen);
              return params;
            });
          }}
        />
      )}
      {part?.status === 'OK' && part.villages && !definition && (
        <Alert color="yellow">{t('pws.no-indicator')}</Alert>
      )}
      {part?.villages && definition && (
        <>
          {part.villages.length === 0 && <Alert color="yellow">{t('pws.no-villages')}</Alert>}
          {part.hidden && <Alert color="gray">{t('pws.hidden')}</Alert>}
          {part.villages.length > 0 && !part.hidden && (
            <Villages part={part} villages={part.villages} definition={definition} period={period} />
          )}
          {!part.hidden &&
            recordsValues(viewer) &&
            part.villages.some(({ reason }) => reason === 'NO_DATA' || reason === 'MONTH_MISSING') && (
              <p className="no-print">
                {t('pws.enter')} <Link to="/impor">{t('nav.import')}</Link>
              </p>
            )}
          <Attribution district={district} period={period} villages />
        </>
      )}
    </>
  );
}

/** The indicators that have a status, and the one on the screen when it has none. */
function choices(
  texts: ReturnType<typeof useTexts>,
  indicators: NonNullable<PwsPart['indicators']>,
  definition: NonNullable<PwsPart['definition']>,
) {
  const listed = indicators.map((each) => ({
    value: each.code,
    label: `${nameOf(texts, each)} (${each.code})`,
  }));
  return listed.some(({ value }) => value === definition.code)
    ? listed
    : [{ value: definition.code, label: definitionName(texts, definition) }, ...listed];
}

function Villages({
  part,
  villages,
  definition,
  period,
}: {
  part: PwsPart;
  villages: PwsVillage[];
  definition: NonNullable<PwsPart['definition']>;
  period: string;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  const drawn = villages.filter(({ coverage }) => coverage !== null);
  const silent = villages.filter(({ reason }) => reason === 'NO_DATA');
  const late = villages.filter(({ reason }) => reason === 'MONTH_MISSING');
  const names = (some: PwsVillage[]) => some.map(({ name }) => name).join(', ');
  const differs =
    silent.length + late.length === 0 &&
    part.villageNumerator !== null &&
    part.numerator !== null &&
    (part.villageNumerator !== part.numerator || part.villageDenominator !== part.denominator);
  return (
    <>
      <section className="card" aria-labelledby="pws">
        <h2 id="pws">
          {definitionName(texts, definition)}, {texts.period(period)}
        </h2>
        <dl className="figures" data-testid="pws-figures">
          <div>
            <dt>{t('result.target')}</dt>
            <dd>
              <Figure value={part.runningTarget ?? null} unit={definition.unit} />
            </dd>
          </div>
          <div>
            <dt>{t('pws.puskesmas')}</dt>
            <dd>
              <Figure value={part.coverage ?? null} unit={definition.unit} />
              <small>
                <Counts numerator={part.numerator ?? null} denominator={part.denominator ?? null} />
              </small>
            </dd>
          </div>
          <div>
            <dt>
              {t('pws.sum', { count: count(villages.length - silent.length), of: count(villages.length) })}
            </dt>
            <dd>
              <Counts
                numerator={part.villageNumerator ?? null}
                denominator={part.villageDenominator ?? null}
              />
            </dd>
          </div>
        </dl>
        {silent.length > 0 && (
          <p data-testid="pws-silent">
            <b>{t('pws.silent', { count: count(silent.length) })}</b> {names(silent)}.
          </p>
        )}
        {late.length > 0 && (
          <p>
            <b>{t('pws.late', { count: count(late.length) })}</b> {names(late)}.
          </p>
        )}
        {differs && <p data-testid="pws-differs">{t('pws.differs')}</p>}
        {drawn.length > 0 && (
          <PwsChart
            villages={drawn}
            target={part.runningTarget ?? null}
            unit={definition.unit}
            period={period}
          />
        )}
        <PwsKey villages={villages} />
        <p className="small">{t('pws.how')}</p>
        <ChartTable>
          <Table villages={villages} unit={definition.unit} />
        </ChartTable>
      </section>
    </>
  );
}

function Table({ villages, unit }: { villages: PwsVillage[]; unit: string }) {
  const { t } = useTexts();
  const head = (word: string, number = false) => (
    <th scope="col" role="columnheader" className={number ? 'number' : undefined}>
      {word}
    </th>
  );
  return (
    <table className="table cards" role="table" data-testid="pws-table">
      <caption className="visually-hidden">{t('pws.table')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {head(t('pws.village'))}
          {head(t('result.counts'), true)}
          {head(t('result.coverage'), true)}
          {head(t('pws.this-month'), true)}
          {head(t('pws.last-month'), true)}
          {head(t('pws.status'))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {villages.map((village) => (
          <tr key={village.id} role="row">
            <th scope="row" role="rowheader">
              {village.name}
              {village.code && <small>{village.code}</small>}
            </th>
            <td role="cell" className="number" data-label={t('result.counts')}>
              <Counts numerator={village.numerator} denominator={village.denominator} />
            </td>
            <td role="cell" className="number" data-label={t('result.coverage')}>
              <Figure
                value={village.coverage}
                unit={unit}
                otherwise={t(
                  village.coverageState === 'VALUE' ? 'result.none' : `result.state.${village.coverageState}`,
                )}
              />
            </td>
            <td role="cell" className="number" data-label={t('pws.this-month')}>
              <Figure value={village.ofMonth} unit={unit} />
              {village.numeratorOfMonth !== null && (
                <small>
                  <Counts numerator={village.numeratorOfMonth} denominator={village.denominator} />
                </small>
              )}
            </td>
            <td role="cell" className="number" data-label={t('pws.last-month')}>
              <Figure value={village.ofLastMonth} unit={unit} />
            </td>
            <td role="cell" data-label={t('pws.status')}>
              <span>
                {village.status ? (
                  <PwsMark status={village.status} />
                ) : (
                  <span className="nothing">{village.reason && t(`pws.reason.${village.reason}`)}</span>
                )}{' '}
                {village.arrow && (
                  <>
                    <Arrow arrow={village.arrow} /> {t(`pws.arrow.${village.arrow}`)}
                  </>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
