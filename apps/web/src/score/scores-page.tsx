import { Alert } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  PuskesmasScoresDocument,
  type PuskesmasScoresQuery,
} from '../api/operations.generated.ts';
import { Radar } from '../chart/radar.tsx';
import { Attribution } from '../district/attribution.tsx';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { JudgementMark } from '../page/judgement.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { Figure, nameOf } from '../page/result.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { IksFigure, Management, ScoreFigure, Spm } from './parts.tsx';

type Service = NonNullable<NonNullable<PuskesmasScoresQuery['puskesmas']>['scores']['service']>;

/** `/puskesmas/:code/nilai?periode=`: the scores of a puskesmas, down to the indicators that they are made of. */
export default function ScoresPage() {
  const texts = useTexts();
  const { t } = texts;
  const viewer = useViewer();
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const asked = useAsked(PuskesmasScoresDocument, { code, period });
  const { askAgain } = asked;
  const district = districtOf(viewer, code);
  useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    const { puskesmasCode } = data.districtChanged;
    if (puskesmasCode === null || puskesmasCode === code) askAgain();
  });
  const puskesmas = asked.data?.puskesmas;
  const part = puskesmas?.scores;
  const { service, management, spm, iks } = part ?? {};
  return (
    <>
      <PageHeading
        title={t('score.title', { name: puskesmas?.name ?? code })}
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
          {district && may(viewer, 'district.view', { district }) && (
            <Link className="spaced no-print" to={`/kabupaten/${district}/nilai?periode=${period}`}>
              {t('score.district')}
            </Link>
          )}
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!part && !asked.error && asked.waiting && <Loading />}
      {asked.data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.detail" />}
      {service && management && (
        <>
          <section className="card" aria-labelledby="service">
            <h2 id="service">{t('score.service')}</h2>
            <dl className="figures" data-testid="scores">
              <div>
                <dt>{t('score.service')}</dt>
                <dd>
                  <ScoreFigure {...service} parts={t('score.programs')} />
                </dd>
              </div>
              <div>
                <dt>{t('score.management')}</dt>
                <dd>
                  <ScoreFigure {...management} parts={t('score.variables')} />
                </dd>
              </div>
              <div>
                <dt>{t('iks.title')}</dt>
                <dd>
                  <IksFigure iks={iks} />
                </dd>
              </div>
            </dl>
            {service.programs.length >= 3 && (
              <Radar
                spokes={service.programs}
                label={t('score.radar', { name: puskesmas?.name ?? code, period: texts.period(period) })}
              />
            )}
            <p className="small">{t('score.service.how')}</p>
          </section>
          <Inputs code={code} period={period} service={service} />
          <Management management={management} />
          {spm && <Spm spm={spm} />}
          <Attribution district={district} period={period} />
        </>
      )}
    </>
  );
}

/** Every programme with its variables and indicators: the table of the radar, and the way down. */
function Inputs({ code, period, service }: { code: string; period: string; service: Service }) {
  const texts = useTexts();
  const { t, count, decimal } = texts;
  return (
    <section aria-labelledby="inputs">
      <h2 id="inputs">{t('score.inputs')}</h2>
      <table className="table cards" role="table" data-testid="score-inputs">
        <caption className="visually-hidden">{t('score.inputs')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('score.variable')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('result.performance')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('score.score')}
            </th>
          </tr>
        </thead>
        {service.programs.map((program) => (
          <tbody key={program.name} role="rowgroup">
            <tr role="row" className="group">
              <th scope="rowgroup" role="rowheader" colSpan={3}>
                {program.name}: {program.score === null ? t('score.unknown') : decimal(program.score)}{' '}
                {program.category && <JudgementMark judgement={program.category} />}{' '}
                <small>
                  {t('score.used', {
                    used: count(program.used),
                    of: count(program.of),
                    parts: t('score.variables'),
                  })}
                </small>
              </th>
            </tr>
            {program.variables.flatMap((variable) =>
              variable.inputs.map((input) => (
                <tr key={input.code} role="row">
                  <th scope="row" role="rowheader">
                    <Link to={`/puskesmas/${code}/indikator/${input.code}?periode=${period}`}>
                      {nameOf(texts, input)}
                    </Link>
                    <small>
                      {input.code}
                      {variable.inputs.length > 1 &&
                        `, ${variable.name}: ${variable.score === null ? t('score.unknown') : decimal(variable.score)}`}
                    </small>
                  </th>
                  <td role="cell" className="number" data-label={t('result.performance')}>
                    <Figure
                      value={input.raw}
                      unit="percent"
                      otherwise={
                        input.hidden
                          ? t('judgement.DISEMBUNYIKAN')
                          : input.coverageState === 'VALUE'
                            ? t('score.unjudged')
                            : t(`result.state.${input.coverageState}`)
                      }
                    />
                  </td>
                  <td role="cell" className="number" data-label={t('score.score')}>
                    <Figure value={input.score} unit="count" otherwise="-" />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        ))}
      </table>
    </section>
  );
}
