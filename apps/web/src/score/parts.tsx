import type {
  IksCategory,
  Judgement,
  ManagementFieldsFragment,
  SpmFieldsFragment,
} from '../api/operations.generated.ts';
import { JudgementMark } from '../page/judgement.tsx';
import { Figure, nameOf } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';

/** A score with its group, and how much of it is known. */
export function ScoreFigure({
  score,
  category,
  used,
  of,
  parts,
}: {
  score: string | null;
  category: Judgement | null;
  used: number;
  of: number;
  /** What is counted, such as "program"; left out: it is not said. */
  parts?: string;
}) {
  const { t, decimal, count } = useTexts();
  return (
    <span>
      {score === null ? (
        <span className="nothing">{t('score.unknown')}</span>
      ) : (
        <span className="figure">{decimal(score)}</span>
      )}{' '}
      {category && <JudgementMark judgement={category} />}
      {parts && <small>{t('score.used', { used: count(used), of: count(of), parts })}</small>}
    </span>
  );
}

export function IksFigure({ iks }: { iks: { index: string; category: IksCategory } | null | undefined }) {
  const { t, decimal } = useTexts();
  if (!iks) return <span className="nothing">{t('score.unknown')}</span>;
  return (
    <>
      <span className="figure">{decimal(iks.index)}</span> <b>{t(`iks.${iks.category}`)}</b>
    </>
  );
}

export function Management({ management }: { management: ManagementFieldsFragment }) {
  const { t, count } = useTexts();
  return (
    <section className="card" aria-labelledby="management">
      <h2 id="management">{t('score.management')}</h2>
      <p>
        <ScoreFigure {...management} parts={t('score.variables')} />
      </p>
      <table className="table cards" role="table" data-testid="management">
        <caption className="visually-hidden">{t('score.management')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('score.variable')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('score.count')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('score.points')}
            </th>
            <th scope="col" role="columnheader">
              {t('score.source')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {management.variables.map(({ code, count: held, points, source }) => (
            <tr key={code} role="row">
              <th scope="row" role="rowheader">
                {t(code === 'MAN-LOKMIN-BLN' ? 'score.meetings.monthly' : 'score.meetings.quarterly')}
              </th>
              <td role="cell" className="number" data-label={t('score.count')}>
                {held === null ? <span className="nothing">{t('score.unknown')}</span> : count(held)}
              </td>
              <td role="cell" className="number" data-label={t('score.points')}>
                <Figure value={points} unit="count" />
              </td>
              <td role="cell" data-label={t('score.source')}>
                {held === null ? '-' : t(`score.source.${source}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">{t('score.management.how')}</p>
    </section>
  );
}

export function Spm({ spm }: { spm: SpmFieldsFragment }) {
  const texts = useTexts();
  const { t, count, decimal } = texts;
  return (
    <section className="card" aria-labelledby="spm">
      <h2 id="spm">{t('spm.title')}</h2>
      <p>
        {spm.index === null ? (
          <span className="nothing">{t('score.unknown')}</span>
        ) : (
          <b>{t('spm.index', { index: decimal(spm.index) })}</b>
        )}{' '}
        {spm.category ? (
          <b>{t(`spm.${spm.category}`)}</b>
        ) : (
          t('spm.incomplete', { used: count(spm.used), of: count(spm.of) })
        )}
      </p>
      <table className="table cards" role="table" data-testid="spm">
        <caption className="visually-hidden">{t('spm.title')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('spm.service')}
            </th>
            {(['coverage', 'fulfilment', 'quality'] as const).map((column) => (
              <th key={column} scope="col" role="columnheader" className="number">
                {t(`spm.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {spm.services.map((service) => (
            <tr key={service.code} role="row">
              <th scope="row" role="rowheader">
                {nameOf(texts, service)}
                <small>{service.code}</small>
              </th>
              {(['coverage', 'fulfilment', 'quality'] as const).map((column) => (
                <td key={column} role="cell" className="number" data-label={t(`spm.${column}`)}>
                  <Figure value={service[column]} unit="percent" otherwise={t('score.unknown')} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">{t('spm.how')}</p>
    </section>
  );
}
