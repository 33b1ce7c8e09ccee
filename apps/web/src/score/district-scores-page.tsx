import { Alert } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import { DistrictChangedDocument, DistrictScoresDocument } from '../api/operations.generated.ts';
import '../chart/chart.css';
import { Attribution } from '../district/attribution.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { useTexts } from '../texts/texts.ts';
import { IksFigure, ScoreFigure, Spm } from './parts.tsx';

/** `/kabupaten/:code/nilai?periode=`: the scores of every puskesmas, and SPM and IKS of the district. */
export default function DistrictScoresPage() {
  const texts = useTexts();
  const { t } = texts;
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const asked = useAsked(DistrictScoresDocument, { code, period });
  const { askAgain } = asked;
  useLive(DistrictChangedDocument, { code }, askAgain);
  const district = asked.data?.district;
  const part = district?.scores;
  const units = part?.units ?? [];
  const programs = units[0]?.service.programs.map(({ name }) => name) ?? [];
  return (
    <>
      <PageHeading
        title={t('score.district')}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${code}?periode=${period}`}>{t('puskesmas.district')}</Link>,{' '}
          <b>{texts.period(period)}</b>
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!part && !asked.error && asked.waiting && <Loading />}
      {asked.data && !district && <Alert color="yellow">{t('district.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.detail" />}
      {part?.units && (
        <>
          <p className="small">{t('score.service.how')}</p>
          <div className="wide-table">
            <table className="table cards" role="table" data-testid="district-scores">
              <caption className="visually-hidden">{t('score.district')}</caption>
              <thead role="rowgroup">
                <tr role="row">
                  <th scope="col" role="columnheader">
                    {t('district.column.puskesmas')}
                  </th>
                  <th scope="col" role="columnheader">
                    {t('score.service')}
                  </th>
                  <th scope="col" role="columnheader">
                    {t('score.management')}
                  </th>
                  <th scope="col" role="columnheader">
                    {t('iks.title')}
                  </th>
                  {programs.map((name) => (
                    <th key={name} scope="col" role="columnheader" className="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {units.map(({ puskesmas, service, management, iks }) => (
                  <tr key={puskesmas.code} role="row" data-testid={`puskesmas-${puskesmas.code}`}>
                    <th scope="row" role="rowheader">
                      <Link to={`/puskesmas/${puskesmas.code}/nilai?periode=${period}`}>
                        {puskesmas.name}
                      </Link>
                    </th>
                    <td role="cell" data-label={t('score.service')}>
                      <ScoreFigure {...service} parts={t('score.programs')} />
                    </td>
                    <td role="cell" data-label={t('score.management')}>
                      <ScoreFigure {...management} parts={t('score.variables')} />
                    </td>
                    <td role="cell" data-label={t('iks.title')}>
                      <IksFigure iks={iks} />
                    </td>
                    {service.programs.map((program) => (
                      <td key={program.name} role="cell" className="number" data-label={program.name}>
                        <ScoreFigure {...program} category={null} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {part.iks && (
            <p>
              {t('iks.district')}: <IksFigure iks={part.iks} />
            </p>
          )}
          {part.spm ? <Spm spm={part.spm} /> : <p className="small">{t('spm.none')}</p>}
          <Attribution district={code} period={period} />
        </>
      )}
    </>
  );
}
