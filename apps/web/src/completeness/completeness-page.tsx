import { Alert } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { DistrictCompletenessDocument, type DistrictCompletenessQuery } from '../api/operations.generated.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { NoBundle } from '../page/no-bundle.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { useNewestYear, usePeriod } from '../page/period.ts';
import { useTexts } from '../texts/texts.ts';
import { percentReported, reporting, shadeOf, type Month as Standing } from './completeness.ts';

type Row = NonNullable<NonNullable<DistrictCompletenessQuery['district']>['completeness']['rows']>[number];
type Month = Row['months'][number];
const SHAPES: Record<Standing['timeliness'], string> = {
  ON_TIME: '✓',
  SUBMITTED: '•',
  LATE: '!',
  MISSING: '✕',
  RUNNING: '…',
  NOT_EXPECTED: '',
};
const LEGEND = ['ON_TIME', 'SUBMITTED', 'LATE', 'MISSING', 'RUNNING'] as const;

/** `/kabupaten/:code/kelengkapan?periode=2024-12`: puskesmas by month: how much was reported, and whether in time. */
export default function CompletenessPage() {
  const texts = useTexts();
  const { t } = texts;
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const year = Number(period.slice(0, 4));
  const asked = useAsked(DistrictCompletenessDocument, { code, year });
  const district = asked.data?.district;
  const part = district?.completeness;
  const looking = useNewestYear(page, part?.status === 'OK' && part.hasBundle === false);
  return (
    <>
      <PageHeading
        title={t('completeness.title')}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${code}?periode=${period}`}>{part?.districtName ?? code}</Link>,{' '}
          <b>{t('windows.year', { year })}</b>
          <Link className="spaced no-print" to={`/kabupaten/${code}/verifikasi?periode=${period}`}>
            {t('verification.link')}
          </Link>
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
      {part?.rows && part.hasBundle && !looking && <HeatMap rows={part.rows} chosen={period} />}
    </>
  );
}

function HeatMap({ rows, chosen }: { rows: Row[]; chosen: string }) {
  const texts = useTexts();
  const { t, count, period: word } = texts;
  const periods = rows[0]?.months.map(({ period }) => period) ?? [];
  if (rows.length === 0) return <p>{t('district.empty')}</p>;
  return (
    <>
      <p className="small">{t('completeness.explained')}</p>
      <ul className="heat-legend small">
        {LEGEND.map((timeliness) => (
          <li key={timeliness}>
            <span className={`heat-shape heat-${timeliness}`} aria-hidden="true">
              {SHAPES[timeliness]}
            </span>{' '}
            {t(`completeness.${timeliness}`)}
          </li>
        ))}
      </ul>
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('completeness.title')}>
        <table className="table heat" data-testid="completeness">
          <caption className="visually-hidden">{t('completeness.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('district.column.puskesmas')}</th>
              {periods.map((period) => (
                <th key={period} scope="col" aria-current={period === chosen ? 'date' : undefined}>
                  <abbr title={word(period)}>{word(period).slice(0, 3)}</abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ puskesmas, months }) => (
              <tr key={puskesmas.code} data-testid={`completeness-${puskesmas.code}`}>
                <th scope="row">
                  <Link to={`/puskesmas/${puskesmas.code}?periode=${chosen}`}>{puskesmas.name}</Link>
                </th>
                {months.map((month) => (
                  <Cell key={month.period} month={month} code={puskesmas.code} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            {(['submitted', 'onTime'] as const).map((which) => (
              <tr key={which}>
                <th scope="row">{t(`completeness.sum.${which}`)}</th>
                {periods.map((period, i) => {
                  const sum = reporting(rows.map(({ months }) => months[i]!));
                  return (
                    <td key={period} className="number">
                      {sum.expected === 0 ? '' : `${count(sum[which])}/${count(sum.expected)}`}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
    </>
  );
}

function Cell({ month, code }: { month: Month; code: string }) {
  const { t, count, instant, period: word } = useTexts();
  const percent = percentReported(month);
  if (month.timeliness === 'NOT_EXPECTED')
    return (
      <td className="heat-none" title={t('completeness.NOT_EXPECTED')}>
        <span className="visually-hidden">{t('completeness.NOT_EXPECTED')}</span>
      </td>
    );
  const told = [
    word(month.period),
    t(`completeness.${month.timeliness}`),
    t('completeness.of', { reported: count(month.reported), expected: count(month.expected) }),
    ...(month.submittedAt ? [instant(month.submittedAt)] : []),
  ].join(', ');
  return (
    <td className={`shade-${shadeOf(percent ?? 0)}`}>
      <Link to={`/puskesmas/${code}?periode=${month.period}`} title={told} aria-label={told}>
        <span className={`heat-shape heat-${month.timeliness}`} aria-hidden="true">
          {SHAPES[month.timeliness]}
        </span>
        <small>{percent === null ? '' : `${count(percent)}%`}</small>
      </Link>
    </td>
  );
}
