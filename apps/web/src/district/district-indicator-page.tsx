import { Alert, NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAsked, type Asked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  CoachingGroupIndicatorDocument,
  DistrictChangedDocument,
  DistrictIndicatorDocument,
  type IndicatorAcrossFieldsFragment,
} from '../api/operations.generated.ts';
import { SaveButtons } from '../export/save-buttons.tsx';
import { indicatorTable } from '../export/tables.ts';
import { Definition } from '../indicator/indicator-page.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JudgementMark, JUDGEMENTS } from '../page/judgement.tsx';
import { LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod, type PagePeriod } from '../page/period.ts';
import { Counts, Coverage, definitionName, Figure, Performance, Warnings } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';
import { Attribution } from './attribution.tsx';

const COLUMNS = ['counts', 'coverage', 'target', 'performance', 'rank', 'judgement'] as const;

/** `/kabupaten/:code/indikator/:indicator?periode=`: one indicator across a district, and the district's own figure. */
export default function DistrictIndicatorPage() {
  const { t } = useTexts();
  const { code = '', indicator = '' } = useParams();
  const page = usePeriod();
  const asked = useAsked(DistrictIndicatorDocument, { district: code, period: page.period, code: indicator });
  const district = asked.data?.district;
  const { period } = page;
  const groups = district?.coachingGroups ?? [];
  const go = useNavigate();
  return (
    <IndicatorAcross
      district={code}
      page={page}
      asked={asked}
      part={district?.indicator}
      place={{
        name: t('indicator.of-district', { code: district?.code ?? code }),
        page: `/kabupaten/${code}?periode=${period}`,
        back: t('puskesmas.district'),
        sum: t('indicator.district.sum'),
      }}
      missing={asked.data && !district ? t('district.not-found', { code }) : null}
      peers={
        groups.length > 0 && (
          <NativeSelect
            label={t('indicator.peers')}
            data={[
              { value: '', label: t('indicator.peers.all') },
              ...groups.map((group) => ({ value: group.code, label: group.name })),
            ]}
            value=""
            onChange={({ currentTarget: { value } }) =>
              void go(
                `/kabupaten/${code}/binaan/${encodeURIComponent(value)}/indikator/${indicator}?periode=${period}`,
              )
            }
          />
        )
      }
    />
  );
}

/** `/kabupaten/:code/binaan/:group/indikator/:indicator?periode=`: the same among the puskesmas of a coaching group. */
export function CoachingGroupIndicatorPage() {
  const { t } = useTexts();
  const { code: district = '', group = '', indicator = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const asked = useAsked(CoachingGroupIndicatorDocument, { district, group, period, code: indicator });
  const found = asked.data?.coachingGroup;
  const name = found?.name ?? t('coaching-group.title', { code: group });
  return (
    <IndicatorAcross
      district={district}
      page={page}
      asked={asked}
      part={found?.indicator}
      place={{
        name,
        page: `/kabupaten/${district}/binaan/${encodeURIComponent(group)}?periode=${period}`,
        back: name,
        sum: t('indicator.group.sum'),
      }}
      missing={asked.data && !found ? t('coaching-group.not-found', { code: group }) : null}
      peers={null}
    />
  );
}

interface Place {
  readonly name: string;
  /** Where its overview is, and what the way there is called. */
  readonly page: string;
  readonly back: string;
  /** What the figure of all together is called. */
  readonly sum: string;
}

function IndicatorAcross({
  district,
  page,
  asked,
  part,
  place,
  missing,
  peers,
}: {
  district: string;
  page: PagePeriod;
  asked: Asked<unknown>;
  part: IndicatorAcrossFieldsFragment | undefined;
  place: Place;
  /** Says so when the place is not there; null while that is not known. */
  missing: string | null;
  peers: ReactNode;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  const { indicator = '' } = useParams();
  const { period } = page;
  const { askAgain } = asked;
  const live = useLive(DistrictChangedDocument, { code: district }, askAgain);
  const [byRank, setByRank] = useState(false);
  const [judgement, setJudgement] = useState<(typeof JUDGEMENTS)[number] | null>(null);
  const definition = part?.definition;
  const name = definition ? definitionName(texts, definition) : indicator;
  const units = (part?.units ?? []).filter(
    ({ result }) => judgement === null || result.judgement === judgement,
  );
  // Who has no rank stands at the end; the rest of the order stays.
  if (byRank) units.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  const filter = judgement === null ? t('indicator.all') : t(`judgement.${judgement}`);
  const table = t('indicator.district.table', { name, period: texts.period(period) });
  return (
    <>
      <PageHeading
        title={t('indicator.across.title', { name, place: place.name })}
        aside={
          <>
            <LiveMark state={live} />
            <PeriodChoice period={period} onChange={page.choose} />
            {part?.definition && (
              <SaveButtons
                table={() => indicatorTable(texts, place.name, place.sum, period, part, filter, units)}
              />
            )}
            <PrintButton />
          </>
        }
      >
        <p>
          {indicator} · <Link to={place.page}>{place.back}</Link>, <b>{texts.period(period)}</b>
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!part && !asked.error && asked.waiting && <Loading />}
      {missing && <Alert color="yellow">{missing}</Alert>}
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
          <div className="table-tools no-print">
            {peers}
            <NativeSelect
              label={t('district.order')}
              data={[
                { value: '', label: t('indicator.sort.code') },
                { value: 'rank', label: t('result.rank') },
              ]}
              value={byRank ? 'rank' : ''}
              onChange={({ currentTarget: { value } }) => setByRank(value === 'rank')}
            />
            <NativeSelect
              label={t('result.judgement')}
              data={[
                { value: '', label: t('indicator.all') },
                ...JUDGEMENTS.map((value) => ({ value, label: t(`judgement.${value}`) })),
              ]}
              value={judgement ?? ''}
              onChange={({ currentTarget: { value } }) =>
                setJudgement(JUDGEMENTS.find((known) => known === value) ?? null)
              }
            />
          </div>
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
                  {place.sum}
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
                <td role="cell" className="number" data-label={t('result.rank')} />
                <td role="cell" data-label={t('result.judgement')}>
                  {part.judgement && <JudgementMark judgement={part.judgement} />}
                </td>
              </tr>
              {units.map(({ puskesmas, result: unit, rank }) => (
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
                  <td role="cell" className="number" data-label={t('result.rank')}>
                    {rank === null || part.ranked === null
                      ? '-'
                      : t('result.rank.of', { rank: count(rank), of: count(part.ranked) })}
                  </td>
                  <td role="cell" data-label={t('result.judgement')}>
                    <JudgementMark judgement={unit.judgement} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Definition definition={definition} />
          <Attribution district={district} period={period} />
        </>
      )}
    </>
  );
}
