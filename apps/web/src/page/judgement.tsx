import type { Judgement, TallyFieldsFragment } from '../api/operations.generated.ts';
import { useTexts } from '../texts/texts.ts';

/** In the order of the bars and filters: what needs work stands in the middle of the eye. */
export const JUDGEMENTS = [
  'KURANG',
  'CUKUP',
  'BAIK',
  'TANPA_TARGET',
  'TANPA_DATA',
] as const satisfies Judgement[];

export const countOf = (tally: TallyFieldsFragment, judgement: Judgement): number =>
  ({
    BAIK: tally.baik,
    CUKUP: tally.cukup,
    KURANG: tally.kurang,
    TANPA_TARGET: tally.tanpaTarget,
    TANPA_DATA: tally.tanpaData,
    DISEMBUNYIKAN: tally.disembunyikan ?? 0,
  })[judgement];

/** Each judgement has its own shape beside its colour, so that it can be told apart in black and white. */
const SHAPES: Record<Judgement, string> = {
  BAIK: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z',
  CUKUP: 'M8 .8 15.2 8 8 15.2.8 8z',
  KURANG: 'M8 1.5 15.3 14H.7z',
  TANPA_TARGET: 'M2.5 2.5h11v11h-11z',
  TANPA_DATA: 'M1.5 6.5h13v3h-13z',
  DISEMBUNYIKAN: 'M1.5 3.5h13v2h-13zM1.5 10.5h13v2h-13z',
};

/** The same shape for a chart: a path in a square of 16. */
export const markOf = (judgement: Judgement): string => SHAPES[judgement];

export const JudgementShape = ({ judgement }: { judgement: Judgement }) => (
  <svg className={`shape judged-${judgement}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[judgement]} />
  </svg>
);

/** Shape, colour and word; hatched with a word more where the district accepts for a while that a target is missed. */
export function JudgementMark({ judgement, accepted = false }: { judgement: Judgement; accepted?: boolean }) {
  const { t } = useTexts();
  const hatched = accepted && judgement !== 'BAIK';
  return (
    <span className={hatched ? 'judgement hatched' : 'judgement'}>
      <JudgementShape judgement={judgement} /> {t(`judgement.${judgement}`)}
      {hatched && <small>{t('deviation.mark')}</small>}
    </span>
  );
}

/** The five counts as one bar with its numbers; read aloud as one sentence. */
export function TallyBar({ tally, named = false }: { tally: TallyFieldsFragment; named?: boolean }) {
  const { t, count } = useTexts();
  const sentence = t('judgement.bar', {
    baik: count(tally.baik),
    cukup: count(tally.cukup),
    kurang: count(tally.kurang),
    tanpaTarget: count(tally.tanpaTarget),
    tanpaData: count(tally.tanpaData),
  });
  return (
    <div className="tally" role="img" aria-label={sentence} title={sentence}>
      <svg className="tally-bar" viewBox={`0 0 ${Math.max(total(tally), 1)} 1`} preserveAspectRatio="none">
        {JUDGEMENTS.map((judgement, index) => {
          const before = JUDGEMENTS.slice(0, index).reduce((sum, each) => sum + countOf(tally, each), 0);
          const width = countOf(tally, judgement);
          return (
            width > 0 && (
              <rect
                key={judgement}
                className={`judged-${judgement}`}
                x={before}
                y="0"
                width={width}
                height="1"
              />
            )
          );
        })}
      </svg>
      <div className="tally-numbers">
        {JUDGEMENTS.map((judgement) => (
          <span key={judgement} className={countOf(tally, judgement) === 0 ? 'zero' : undefined}>
            <JudgementShape judgement={judgement} /> <b>{count(countOf(tally, judgement))}</b>
            {named && <span className="tally-word"> {t(`judgement.${judgement}`)}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

const total = (tally: TallyFieldsFragment) =>
  tally.baik + tally.cukup + tally.kurang + tally.tanpaTarget + tally.tanpaData;

/** What the shapes of a table mean. */
export function JudgementLegend() {
  const { t } = useTexts();
  return (
    <p className="legend" aria-hidden="true">
      {JUDGEMENTS.map((judgement) => (
        <span key={judgement}>
          <JudgementShape judgement={judgement} /> {t(`judgement.${judgement}`)}
        </span>
      ))}
    </p>
  );
}
