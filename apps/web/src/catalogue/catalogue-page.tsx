import { periodOf } from '@lokmin/calendar';
import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import {
  CatalogueDocument,
  type CatalogueIndicatorFieldsFragment,
  type CatalogueQuery,
  type TargetFieldsFragment,
} from '../api/operations.generated.ts';
import { SaveButtons } from '../export/save-buttons.tsx';
import { exact, type Table } from '../export/table.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { DoneNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { usePeriod, yearsToChoose } from '../page/period.ts';
import { definitionName, unitOf } from '../page/result.tsx';
import { useTexts, type Texts } from '../texts/texts.ts';
import { SetTarget } from './set-target.tsx';

type Indicator = CatalogueIndicatorFieldsFragment;
type Target = TargetFieldsFragment;
type Catalogue = NonNullable<CatalogueQuery['district']>['catalogue'];

/** `/kabupaten/:code/katalog?tahun=`: the indicators of a year, what they are made of, and their targets. */
export default function CataloguePage() {
  const texts = useTexts();
  const { t, count, decimal } = texts;
  const district = useParams()['code']!;
  const [search, setSearch] = useSearchParams();
  const { period } = usePeriod();
  const year = Number(search.get('tahun') ?? period.slice(0, 4));
  const { data, error, askAgain } = useAsked(CatalogueDocument, { code: district, year });
  const [words, setWords] = useState('');
  const [program, setProgram] = useState('');
  const [setting, setSetting] = useState<Indicator | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const part = data?.district?.catalogue;
  const all = part?.indicators ?? [];
  const shown = all.filter(
    (each) =>
      (program === '' || each.program === program) &&
      `${each.code} ${each.nameId} ${each.nameEn}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const targetsOf = Map.groupBy(part?.targets ?? [], ({ indicatorCode }) => indicatorCode);
  return (
    <>
      <PageHeading
        title={t('catalogue.title')}
        aside={
          <>
            <NativeSelect
              className="no-print"
              aria-label={t('period.year')}
              data={yearsToChoose(periodOf(year, 12), new Date()).map(String)}
              value={String(year)}
              onChange={(event) => setSearch({ tahun: event.currentTarget.value })}
            />
            {part?.bundle && <SaveButtons table={() => catalogueTable(texts, part, shown)} />}
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${district}`}>{t('quality.of-district', { code: district })}</Link>,{' '}
          <b>{year}</b>
        </p>
      </PageHeading>
      {!data && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {data && !data.district && <Alert color="yellow">{t('district.not-found', { code: district })}</Alert>}
      {part && <PartNotice part={part} name="part.indicators" />}
      {part?.status === 'OK' && !part.bundle && <Alert color="yellow">{t('catalogue.none', { year })}</Alert>}
      {done && <DoneNotice>{done}</DoneNotice>}
      {part?.bundle && (
        <>
          <p>
            {t('district.bundle', { name: part.bundle.name, count: count(part.bundle.indicatorCount) })}.{' '}
            {part.bands &&
              t('catalogue.bands', {
                kurang: decimal(part.bands.kurangAtMost),
                baik: decimal(part.bands.baikFrom),
              })}
          </p>
          <div className="filters no-print">
            <TextInput
              label={t('catalogue.search')}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('catalogue.program')}
              data={[
                { value: '', label: t('catalogue.program.all') },
                ...new Set(all.map((each) => each.program)),
              ]}
              value={program}
              onChange={(event) => setProgram(event.currentTarget.value)}
            />
          </div>
          <p className="small" role="status">
            {t('catalogue.shown', { shown: count(shown.length), all: count(all.length) })}
          </p>
          <ul className="messages" data-testid="catalogue">
            {shown.map((each) => (
              <Entry
                key={each.code}
                indicator={each}
                elements={part.elements ?? []}
                targets={targetsOf.get(each.code) ?? []}
                onSet={part.maySet && each.direction !== 'INFO' ? () => setSetting(each) : null}
              />
            ))}
          </ul>
        </>
      )}
      {setting && (
        <SetTarget
          district={district}
          year={year}
          indicator={setting}
          withdraws={targetsOf.has(setting.code)}
          onClose={() => setSetting(null)}
          onDone={({ changed, units }) => {
            setSetting(null);
            setDone(t(changed > 0 ? 'target.done' : 'target.unchanged', { units: count(units) }));
            askAgain();
          }}
        />
      )}
    </>
  );
}

function Entry({
  indicator,
  elements,
  targets,
  onSet,
}: {
  indicator: Indicator;
  elements: NonNullable<Catalogue['elements']>;
  targets: readonly Target[];
  /** Null: the person sets none, or the indicator has none. */
  onSet: (() => void) | null;
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
      {onSet && (
        <Button className="no-print" size="xs" variant="default" onClick={onSet}>
          {t('target.set')}
        </Button>
      )}
    </li>
  );
}

/** A data element with what it is the sum of. */
function Formula({ element, elements }: { element: string; elements: NonNullable<Catalogue['elements']> }) {
  const sumOf = elements.find(({ code }) => code === element)?.sumOf;
  return <code>{sumOf ? `${element} = ${sumOf.join(' + ')}` : element}</code>;
}

const placeOf = ({ t }: Texts, { scope, forName }: Target): string =>
  scope === 'DISTRICT' ? t('target.whole-district') : forName;

function runningText(
  { t, decimal }: Texts,
  { running, curve }: Pick<Indicator, 'running' | 'curve'>,
): string | null {
  if (!running) return null;
  return running === 'CURVE'
    ? t('target.running.curve-of', { curve: (curve ?? []).map(decimal).join(' – ') })
    : t(`target.running.${running}`);
}

const catalogueTable = (texts: Texts, part: Catalogue, indicators: readonly Indicator[]): Table => {
  const { t, instant } = texts;
  const targetsOf = Map.groupBy(part.targets ?? [], ({ indicatorCode }) => indicatorCode);
  return {
    name: `indikator-dan-target-${part.bundle!.year}`,
    about: [
      [t('export.bundle'), part.bundle!.name],
      [t('export.saved'), instant(new Date())],
    ],
    head: [
      t('export.code'),
      t('catalogue.name'),
      t('catalogue.program'),
      t('catalogue.unit'),
      t('catalogue.target'),
      t('target.for'),
      t('catalogue.month-column'),
      t('target.value'),
      t('target.source'),
      t('target.approved-by'),
      t('target.approved-on'),
      t('result.numerator'),
      t('result.denominator'),
    ],
    rows: indicators.flatMap((each) => {
      const targets: (Target | null)[] = targetsOf.get(each.code) ?? [null];
      return targets.map((target) => [
        each.code,
        definitionName(texts, each),
        each.program,
        unitOf(texts, each.unit).trim(),
        exact(each.annualTarget),
        target && placeOf(texts, target),
        exact(target?.month),
        exact(target?.value),
        target?.source ?? null,
        target?.approvedBy ?? null,
        target?.approvedOn ?? null,
        each.numerator,
        each.denominator,
      ]);
    }),
    definitions: [],
  };
};
