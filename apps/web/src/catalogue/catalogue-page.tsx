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
import { Entry, placeOf } from './entry.tsx';
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
        {part?.maySet && (
          <p className="no-print">
            <Link to={`/kabupaten/${district}/katalog/rancangan?tahun=${part.bundle ? year + 1 : year}`}>
              {t('draft.link', { year: part.bundle ? year + 1 : year })}
            </Link>
          </p>
        )}
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
              >
                {part.maySet && each.direction !== 'INFO' && (
                  <Button className="no-print" size="xs" variant="default" onClick={() => setSetting(each)}>
                    {t('target.set')}
                  </Button>
                )}
              </Entry>
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
