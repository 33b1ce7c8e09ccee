import { Alert, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked, type Asked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  DistrictOverviewDocument,
  type OverviewFieldsFragment,
} from '../api/operations.generated.ts';
import { MeetingMark, meetingPage } from '../meeting/marks.tsx';
import { SaveButtons } from '../export/save-buttons.tsx';
import { overviewTable } from '../export/tables.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JudgementLegend, TallyBar } from '../page/judgement.tsx';
import { LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { NoBundle } from '../page/no-bundle.tsx';
import { useNewestYear, usePeriod, type PagePeriod } from '../page/period.ts';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { Attribution } from './attribution.tsx';
import { ORDERS, sortRows, type Order } from './attention.ts';

type Overview = OverviewFieldsFragment;
type Row = Overview['rows'][number];
/** The texts that differ by what an overview is of. */
const TEXTS = {
  district: {
    page: 'district.page',
    tally: 'district.tally',
    actions: 'district.actions',
    empty: 'district.empty',
  },
  'coaching-group': {
    page: 'coaching-group.page',
    tally: 'coaching-group.tally',
    actions: 'coaching-group.actions',
    empty: 'coaching-group.empty',
  },
} as const;
type Place = keyof typeof TEXTS;

/** `/kabupaten/:code?periode=2024-12`: every puskesmas of a district in one period, exceptions first. */
export default function DistrictPage() {
  const { t } = useTexts();
  const { code = '' } = useParams();
  const page = usePeriod();
  const asked = useAsked(DistrictOverviewDocument, { code, period: page.period });
  const district = asked.data?.district;
  return (
    <OverviewPage
      of="district"
      district={code}
      page={page}
      asked={asked}
      overview={district?.overview}
      title={
        district?.overview.indicators.districtName ?? t('district.title', { code: district?.code ?? code })
      }
      missing={asked.data && !district ? t('district.not-found', { code }) : null}
    />
  );
}

/** The puskesmas of a place in one period, exceptions first. */
export function OverviewPage({
  of,
  district,
  page,
  asked,
  overview: newest,
  title,
  missing,
}: {
  of: Place;
  /** Its code: that of the place, or that of the district in which the place is. */
  district: string;
  page: PagePeriod;
  asked: Asked<unknown>;
  overview: Overview | undefined;
  title: string;
  /** Says so when the place is not there; null while that is not known. */
  missing: string | null;
}) {
  const texts = useTexts();
  const { t } = texts;
  const viewer = useViewer();
  const { period } = page;
  const { askAgain } = asked;
  // What is written down in a meeting, tap by tap, shows nowhere on this page.
  const live = useLive(DistrictChangedDocument, { code: district }, ({ districtChanged }) => {
    if (districtChanged.kind !== 'meeting.edited') askAgain();
  });
  const answered = newest?.period === period ? newest : undefined;
  const looking = useNewestYear(page, answered?.indicators.status === 'OK' && !answered.indicators.bundle);
  const overview = looking ? undefined : answered;

  return (
    <>
      <PageHeading
        title={title}
        aside={
          <>
            <LiveMark state={live} />
            <PeriodChoice period={period} onChange={page.choose} />
            {overview && overview.rows.length > 0 && (
              <SaveButtons table={() => overviewTable(texts, title, overview)} />
            )}
            <PrintButton />
          </>
        }
      >
        <p>
          {t(TEXTS[of].page)}, <b>{texts.period(period)}</b>
          {of === 'district' && may(viewer, 'counts.small', { district }) && (
            <Link className="spaced no-print" to={`/kabupaten/${district}/verifikasi?periode=${period}`}>
              {t('verification.link')}
            </Link>
          )}
          {of === 'district' && (
            <Link className="spaced no-print" to={`/kabupaten/${district}/kelengkapan?periode=${period}`}>
              {t('completeness.link')}
            </Link>
          )}
          {of === 'district' && (
            <Link className="spaced no-print" to={`/kabupaten/${district}/matriks?periode=${period}`}>
              {t('matrix.link')}
            </Link>
          )}
          {of === 'district' && (
            <Link className="spaced no-print" to={`/kabupaten/${district}/nilai?periode=${period}`}>
              {t('score.district')}
            </Link>
          )}
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!overview && !asked.error && (looking || asked.waiting) && <Loading />}
      {missing && <Alert color="yellow">{missing}</Alert>}
      {overview && (
        <>
          {overview.indicators.status === 'OK' && !overview.indicators.bundle ? (
            <NoBundle period={period} message={overview.indicators.message} />
          ) : (
            <PartNotice part={overview.indicators} name="part.indicators" />
          )}
          <PartNotice part={overview.actions} name="part.actions" />
          <PartNotice part={overview.meetings} name="part.meetings" />
          <PartNotice part={overview.notifications} name="part.notifications" />
          <Summary of={of} overview={overview} />
          <Rows of={of} title={title} overview={overview} />
          <Attribution district={district} period={period} />
        </>
      )}
    </>
  );
}

function Summary({ of, overview }: { of: Place; overview: Overview }) {
  const { t, count, instant } = useTexts();
  const { indicators, actions, meetings, notifications } = overview;
  return (
    <section className="summary">
      {indicators.bundle && indicators.submitted !== null && indicators.expected !== null && (
        <div className="card">
          <h2>{t('district.submitted')}</h2>
          <p className="big" data-testid="submitted">
            {t('district.submitted.of', {
              submitted: count(indicators.submitted),
              expected: count(indicators.expected),
            })}
          </p>
          <p className="small">
            {t('district.bundle', {
              name: indicators.bundle.name,
              count: count(indicators.bundle.indicatorCount),
            })}
          </p>
          {indicators.asOf && <p className="small">{t('part.as-of', { at: instant(indicators.asOf) })}</p>}
        </div>
      )}
      {indicators.bundle && indicators.tally && (
        <div className="card wide">
          <h2>{t(TEXTS[of].tally)}</h2>
          <TallyBar tally={indicators.tally} named />
        </div>
      )}
      {meetings.held !== null && meetings.expected !== null && (
        <div className="card">
          <h2>{t('district.meetings')}</h2>
          <p className="big" data-testid="held">
            {t('district.meetings.held', { held: count(meetings.held), expected: count(meetings.expected) })}
          </p>
          <p className="small">
            {t('district.meetings.more', {
              signed: count(meetings.signed ?? 0),
              missed: count(meetings.missed ?? 0),
            })}
          </p>
        </div>
      )}
      {actions.open !== null && (
        <div className="card">
          <h2>{t(TEXTS[of].actions)}</h2>
          <ActionCounts
            proposed={actions.proposed}
            open={actions.open}
            overdue={actions.overdue}
            incomplete={actions.needsCompletion}
            unreachable={notifications.unreachable}
          />
        </div>
      )}
    </section>
  );
}

const TROUBLES = ['incomplete', 'unreachable'] as const;

function ActionCounts(counts: {
  proposed: number | null;
  open: number | null;
  overdue: number | null;
  /** Agreed without owner and due date, and owners whom nothing reaches: shown where there are any. */
  incomplete: number | null;
  unreachable: number | null;
}) {
  const { t, count } = useTexts();
  return (
    <dl className="action-counts">
      {(['proposed', 'open', 'overdue', ...TROUBLES.filter((kind) => counts[kind])] as const).map((kind) => (
        <div
          key={kind}
          className={
            kind === 'incomplete' || kind === 'unreachable'
              ? 'incomplete overdue'
              : kind === 'overdue' && counts.overdue
                ? 'overdue'
                : undefined
          }
        >
          <dt>{t(`actions.${kind}`)}</dt>
          <dd>{counts[kind] === null ? t('district.unknown') : count(counts[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rows({ of, title, overview }: { of: Place; title: string; overview: Overview }) {
  const { t, period } = useTexts();
  const [order, setOrder] = useState<Order>('attention');
  if (overview.rows.length === 0)
    return overview.indicators.status === 'OK' ? <p>{t(TEXTS[of].empty)}</p> : null;
  return (
    <section aria-label={t('district.table', { place: title, period: period(overview.period) })}>
      <div className="table-tools">
        <JudgementLegend />
        <NativeSelect
          className="no-print"
          label={t('district.order')}
          data={ORDERS.map((value) => ({ value, label: t(`district.order.${value}`) }))}
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value as Order)}
        />
      </div>
      {/* On a phone each row is a card; the roles keep it a table for a screen reader. */}
      <table className="table cards district" role="table" data-testid="district-rows">
        <caption className="visually-hidden">
          {t('district.table', { place: title, period: period(overview.period) })}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['puskesmas', 'evaluation', 'tally', 'worst', 'meeting', 'actions'] as const).map((column) => (
              <th key={column} scope="col" role="columnheader">
                {t(`district.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sortRows(overview.rows, order).map((row) => (
            <PuskesmasRow key={row.puskesmas.code} row={row} overview={overview} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PuskesmasRow({ row, overview }: { row: Row; overview: Overview }) {
  const texts = useTexts();
  const { t, count } = texts;
  const page = `/puskesmas/${row.puskesmas.code}`;
  const search = `?periode=${overview.period}`;
  const unknown = <span className="nothing">{t('district.unknown')}</span>;
  const nothing = <span className="nothing">{t('result.none')}</span>;
  const { status, bundle } = overview.indicators;
  const known = status === 'OK' || status === 'STALE';
  // Without indicators of the year there is nothing to judge, which is not the same as nothing being wrong.
  const judged = !known || bundle !== null;
  return (
    <tr role="row" data-testid={`puskesmas-${row.puskesmas.code}`}>
      <th scope="row" role="rowheader">
        <Link to={page + search}>{row.puskesmas.name}</Link>
        <small>{row.puskesmas.code}</small>
      </th>
      <td role="cell" data-label={t('district.column.evaluation')}>
        {known ? <EvaluationMark row={row} /> : unknown}
      </td>
      <td role="cell" data-label={t('district.column.tally')}>
        {!judged ? nothing : row.tally ? <TallyBar tally={row.tally} /> : unknown}
        {row.warnings !== null && row.warnings > 0 && (
          <small>
            <span aria-hidden="true">⚠</span> {t('district.warnings', { count: count(row.warnings) })}
          </small>
        )}
      </td>
      <td role="cell" data-label={t('district.column.worst')}>
        {!judged ? (
          nothing
        ) : row.worst === null ? (
          unknown
        ) : row.worst.length === 0 ? (
          <span className="nothing">{t('district.worst.none')}</span>
        ) : (
          <ul className="worst">
            {row.worst.map((each) => (
              <li key={each.code}>
                <Link to={`${page}/indikator/${each.code}${search}`}>{each.name}</Link>{' '}
                {each.performance !== null && <b className="figure">{texts.decimal(each.performance)} %</b>}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td role="cell" data-label={t('district.column.meeting')}>
        {overview.meetings.status === 'OK' || overview.meetings.status === 'STALE' ? (
          <RowMeeting meeting={row.meeting} />
        ) : (
          unknown
        )}
      </td>
      <td role="cell" data-label={t('district.column.actions')}>
        {row.openActions === null ? (
          unknown
        ) : (
          <ActionCounts
            proposed={row.proposedActions}
            open={row.openActions}
            overdue={row.overdueActions}
            incomplete={row.actionsNeedingCompletion}
            unreachable={row.unreachable}
          />
        )}
      </td>
    </tr>
  );
}

/** The meeting that looks at the period. */
function RowMeeting({ meeting }: { meeting: Row['meeting'] }) {
  const { t, instant } = useTexts();
  if (!meeting) return <MeetingMark status={null} />;
  return (
    <div>
      <Link to={meetingPage(meeting.id)}>
        <MeetingMark status={meeting.status} />
      </Link>
      {meeting.status === 'SCHEDULED' && meeting.startsAt && <small>{instant(meeting.startsAt)}</small>}
      {meeting.status === 'CONCLUDED' && (
        <small>{t(meeting.signedAt ? 'meeting.minutes-signed' : 'meeting.minutes-unsigned')}</small>
      )}
    </div>
  );
}

function EvaluationMark({ row }: { row: Row }) {
  const { t, instant } = useTexts();
  const { evaluation } = row;
  if (!evaluation) return <span className="mark mark-none">{t('evaluation.none')}</span>;
  const at = evaluation.status === 'RETURNED' ? evaluation.returnedAt : evaluation.submittedAt;
  return (
    <>
      <span className={`mark mark-${evaluation.status}`}>{t(`evaluation.${evaluation.status}`)}</span>
      {at && <small>{instant(at)}</small>}
    </>
  );
}
