import type { ResultFieldsFragment, WarningFieldsFragment } from '../api/operations.generated.ts';
import { useTexts, type Texts } from '../texts/texts.ts';

/** The unit of an indicator after a figure: "%", "per 100.000 kelahiran hidup"; a plain count has none, an unknown unit stands as it is. */
export function unitOf({ t, has }: Texts, unit: string): string {
  if (unit === 'count') return '';
  const key = `unit.${unit}`;
  const word = has(key) ? t(key) : unit;
  return (word.length > 1 ? ' ' : '\u00a0') + word;
}

export const nameOf = ({ language }: Texts, indicator: { name: string; nameEn?: string }): string =>
  language === 'en' && indicator.nameEn ? indicator.nameEn : indicator.name;

export const definitionName = (
  { language }: Texts,
  definition: { nameId: string; nameEn: string },
): string => (language === 'en' ? definition.nameEn : definition.nameId);

/** A figure with its unit, or what stands in its place. */
export function Figure({
  value,
  unit,
  otherwise,
}: {
  value: string | null;
  unit: string;
  otherwise?: string;
}) {
  const texts = useTexts();
  if (value === null) return <span className="nothing">{otherwise ?? texts.t('result.none')}</span>;
  return (
    <span className="figure">
      {texts.decimal(value)}
      {unitOf(texts, unit)}
    </span>
  );
}

/** Coverage in the indicator's unit, or why there is none. */
export function Coverage({
  result,
}: {
  result: Pick<ResultFieldsFragment, 'coverage' | 'coverageState' | 'unit'>;
}) {
  const { t } = useTexts();
  const reason = result.coverageState === 'VALUE' ? undefined : t(`result.state.${result.coverageState}`);
  return <Figure value={result.coverage} unit={result.unit} otherwise={reason} />;
}

/** Performance in percent of the running target, uncapped; the capped figure of the PKP beside it where it differs. */
export function Performance({
  result,
}: {
  result: Pick<ResultFieldsFragment, 'performance'> & { performanceCapped?: string | null };
}) {
  const { t, decimal } = useTexts();
  return (
    <>
      <Figure value={result.performance} unit="percent" />
      {result.performanceCapped && result.performanceCapped !== result.performance && (
        <small className="capped">
          {t('result.performance.capped', { value: decimal(result.performanceCapped) })}
        </small>
      )}
    </>
  );
}

/** Numerator over denominator; an indicator that is a plain count has no denominator. */
export function Counts({ numerator, denominator }: { numerator: string | null; denominator: string | null }) {
  const { t, decimal } = useTexts();
  if (numerator === null && denominator === null) return <span className="nothing">{t('result.none')}</span>;
  return (
    <span className="figure">
      {numerator === null ? '…' : decimal(numerator)}
      {denominator !== null && ` / ${decimal(denominator)}`}
    </span>
  );
}

export function WarningList({ warnings }: { warnings: WarningFieldsFragment[] }) {
  const { say } = useTexts();
  return (
    <ul className="warnings">
      {warnings.map((warning, index) => (
        <li key={index}>{say(warning.message)}</li>
      ))}
    </ul>
  );
}

/** Folded warnings of a table row. */
export function Warnings({ warnings }: { warnings: WarningFieldsFragment[] }) {
  const { t, count } = useTexts();
  if (warnings.length === 0) return null;
  return (
    <details className="warnings-fold">
      <summary>
        <span aria-hidden="true">⚠</span> {t('result.warnings', { count: count(warnings.length) })}
      </summary>
      <WarningList warnings={warnings} />
    </details>
  );
}
