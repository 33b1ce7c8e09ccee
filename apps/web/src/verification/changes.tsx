import { useAsked } from '../api/asked.ts';
import { EvaluationChangesDocument, type EvaluationChangesQuery } from '../api/operations.generated.ts';
import { JudgementMark } from '../page/judgement.tsx';
import { Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Counts, Coverage, nameOf } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';

type Indicator = NonNullable<
  NonNullable<
    NonNullable<EvaluationChangesQuery['puskesmas']>['results']['evaluation']
  >['changes']['indicators']
>[number];
type Figures = Indicator['before'];
type Count = Indicator['values'][number]['before'];

/** What the newest submission of a puskesmas changed since its programmes were verified last, or else submitted last. */
export function Changes({ code, period }: { code: string; period: string }) {
  const texts = useTexts();
  const { t } = texts;
  const asked = useAsked(EvaluationChangesDocument, { code, period });
  const part = asked.data?.puskesmas?.results.evaluation?.changes;
  if (asked.error) return <QueryFailure error={asked.error} retry={asked.askAgain} />;
  if (!part) return asked.waiting ? <Loading /> : null;
  if (!part.indicators) return <PartNotice part={part} name="part.indicators" />;
  if (part.indicators.length === 0) return <p>{t(part.first ? 'changes.first' : 'changes.none')}</p>;
  return (
    <ul className="changes" data-testid={`changes-${code}`}>
      {part.indicators.map((it) => (
        <li key={it.code}>
          <b>{nameOf(texts, it)}</b>{' '}
          <small>
            {it.program},{' '}
            {t(it.sinceVerified ? 'changes.since-verified' : 'changes.since-submitted', {
              revision: it.since,
            })}
          </small>
          <div className="from-to">
            <State figures={it.before} unit={it.unit} />
            <span aria-label={t('changes.to')} role="img">
              →
            </span>
            <State figures={it.after} unit={it.unit} />
          </div>
          {it.values.length > 0 && (
            <ul className="small">
              {it.values.map((value) => (
                <li key={`${value.element} ${value.period} ${value.covers}`}>
                  {value.element}, {texts.period(value.period)}
                  {value.covers === 'YEAR_TO_DATE' && ` (${t('covers.YEAR_TO_DATE')})`}:{' '}
                  <Entered count={value.before} /> → <Entered count={value.after} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function State({ figures, unit }: { figures: Figures; unit: string }) {
  const { t } = useTexts();
  if (!figures) return <span className="nothing">{t('result.none')}</span>;
  return (
    <span>
      <Counts numerator={figures.numerator} denominator={figures.denominator} />
      {' · '}
      <Coverage result={{ coverage: figures.coverage, coverageState: 'VALUE', unit }} />{' '}
      <JudgementMark judgement={figures.judgement} />
    </span>
  );
}

/** A count as it was entered; missing is not zero. */
function Entered({ count }: { count: Count }) {
  const { t, decimal } = useTexts();
  if (!count) return <span className="nothing">{t('changes.nothing')}</span>;
  if (count.value === null) return <span className="nothing">{t(`state.${count.state}`)}</span>;
  return (
    <b className="figure">
      {decimal(count.value)}
      {count.state === 'ESTIMATED' && ` (${t('state.ESTIMATED')})`}
    </b>
  );
}
