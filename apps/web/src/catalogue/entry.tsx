import type { ReactNode } from 'react';
import type {
  CatalogueIndicatorFieldsFragment,
  BundleDraftQuery,
  TargetFieldsFragment,
} from '../api/operations.generated.ts';
import { definitionName, unitOf } from '../page/result.tsx';
import { useTexts, type Texts } from '../texts/texts.ts';

type Draft = NonNullable<NonNullable<BundleDraftQuery['district']>['bundleDraft']['draft']>;
type Element = Pick<Draft['elements'][number], 'code' | 'sumOf'>;

/** One indicator of a bundle: what it is made of, its targets, and what can be done with it. */
export function Entry({
  indicator,
  elements,
  targets = [],
  children,
}: {
  indicator: CatalogueIndicatorFieldsFragment;
  elements: readonly Element[];
  /** Beside the bundle. */
  targets?: readonly TargetFieldsFragment[];
  /** Buttons. */
  children?: ReactNode;
}) {
  const texts = useTexts();
  const { t, decimal } = texts;
  const unit = unitOf(texts, indicator.unit).trim();
  return (
    <li className="card">
      <h2>
        {definitionName(texts, indicator)} <small>{indicator.code}</small>
      </h2>
      <p>
        {[
          indicator.program,
          t(`catalogue.direction.${indicator.direction}`),
          t(`catalogue.accumulation.${indicator.accumulation}`),
          ...indicator.uses,
        ].join(' · ')}
      </p>
      <p>
        <b>{t('catalogue.target')}</b>{' '}
        {indicator.annualTarget === null
          ? t('catalogue.target.none')
          : `${decimal(indicator.annualTarget)} ${unit}`}
        {runningText(texts, indicator) && `, ${runningText(texts, indicator)}`}
      </p>
      {targets.map((target) => (
        <p key={`${target.scope} ${target.forName} ${target.month}`} className="small">
          <b>{placeOf(texts, target)}</b>
          {target.month !== null && ` (${t('catalogue.month', { month: target.month })})`}:{' '}
          {decimal(target.value)} {unit}
          {runningText(texts, target) && `, ${runningText(texts, target)}`} · {target.source},{' '}
          {target.approvedBy}, {texts.date(target.approvedOn)} · {target.setByName}
        </p>
      ))}
      <details>
        <summary>{t('catalogue.definition')}</summary>
        <dl>
          <dt>{t('result.numerator')}</dt>
          <dd>
            {indicator.numerator} <Formula element={indicator.numeratorElement} elements={elements} />
          </dd>
          {indicator.denominatorElement && (
            <>
              <dt>{t('result.denominator')}</dt>
              <dd>
                {indicator.denominator} <Formula element={indicator.denominatorElement} elements={elements} />
              </dd>
            </>
          )}
          {indicator.registeredElement && (
            <>
              <dt>{t('catalogue.registered')}</dt>
              <dd>
                <Formula element={indicator.registeredElement} elements={elements} />
              </dd>
            </>
          )}
          {indicator.multiplier && (
            <>
              <dt>{t('catalogue.multiplier')}</dt>
              <dd>{decimal(indicator.multiplier)}</dd>
            </>
          )}
          {indicator.activeMonths && (
            <>
              <dt>{t('catalogue.rounds')}</dt>
              <dd>{indicator.activeMonths.join(', ')}</dd>
            </>
          )}
          <dt>{t('indicator.source')}</dt>
          <dd>{indicator.source}</dd>
        </dl>
      </details>
      {children}
    </li>
  );
}

/** A data element with what it is the sum of. */
function Formula({ element, elements }: { element: string; elements: readonly Element[] }) {
  const sumOf = elements.find(({ code }) => code === element)?.sumOf;
  return <code>{sumOf ? `${element} = ${sumOf.join(' + ')}` : element}</code>;
}

export const placeOf = ({ t }: Texts, { scope, forName }: TargetFieldsFragment): string =>
  scope === 'DISTRICT' ? t('target.whole-district') : forName;

function runningText(
  { t, decimal }: Texts,
  { running, curve }: Pick<CatalogueIndicatorFieldsFragment, 'running' | 'curve'>,
): string | null {
  if (!running) return null;
  return running === 'CURVE'
    ? t('target.running.curve-of', { curve: (curve ?? []).map(decimal).join(' – ') })
    : t(`target.running.${running}`);
}
