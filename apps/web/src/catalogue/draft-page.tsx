import { Alert, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  BundleDraftDocument,
  ChangeBundleDraftDocument,
  DiscardBundleDraftDocument,
  PublishBundleDraftDocument,
  StartBundleDraftDocument,
  type BundleDraftQuery,
  type CatalogueIndicatorFieldsFragment,
  type ChangeBundleDraftInput,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { definitionName } from '../page/result.tsx';
import { useTexts } from '../texts/texts.ts';
import { ElementForm, type Element } from './element-form.tsx';
import { Entry } from './entry.tsx';
import { IndicatorForm } from './indicator-form.tsx';
import { DraftSettings } from './draft-settings.tsx';

type Part = NonNullable<BundleDraftQuery['district']>['bundleDraft'];
export type Draft = NonNullable<Part['draft']>;
type Indicator = CatalogueIndicatorFieldsFragment;
export type Changes = Omit<ChangeBundleDraftInput, 'commandId' | 'district' | 'year' | 'expectedRevision'>;

/** What is open above the page. */
type Dialog =
  | { kind: 'indicator'; indicator: Indicator | null }
  | { kind: 'retire'; indicator: Indicator }
  | { kind: 'element'; element: Element | null }
  | { kind: 'retire-element'; element: Element }
  | { kind: 'settings' | 'publish' | 'discard' };

const YEARS_AHEAD = 2;

/** `/kabupaten/:code/katalog/rancangan?tahun=`: the bundle of a year is prepared, and published when it is right. */
export default function DraftPage() {
  const { t } = useTexts();
  const district = useParams()['code']!;
  const [search, setSearch] = useSearchParams();
  const thisYear = new Date().getFullYear();
  const year = Number(search.get('tahun') ?? thisYear + 1);
  const years = Array.from({ length: 5 }, (_, i) => thisYear + YEARS_AHEAD - i);
  const { data, error, askAgain } = useAsked(BundleDraftDocument, { code: district, year });
  const [done, setDone] = useState<string | null>(null);
  const part = data?.district?.bundleDraft;
  const finish = (text: string) => {
    setDone(text);
    askAgain();
  };
  return (
    <>
      <PageHeading
        title={t('draft.title', { year })}
        aside={
          <NativeSelect
            aria-label={t('period.year')}
            data={(years.includes(year) ? years : [year, ...years]).map(String)}
            value={String(year)}
            onChange={(event) => {
              setDone(null);
              setSearch({ tahun: event.currentTarget.value });
            }}
          />
        }
      >
        <p>
          <Link to={`/kabupaten/${district}/katalog?tahun=${year}`}>{t('catalogue.title')}</Link>
        </p>
        <p>{t('draft.intro')}</p>
      </PageHeading>
      {!data && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {data && !data.district && <Alert color="yellow">{t('district.not-found', { code: district })}</Alert>}
      {part && <PartNotice part={part} name="part.indicators" />}
      <DoneNotice>{done}</DoneNotice>
      {part?.published && !done && <Alert color="blue">{t('draft.published', { year })}</Alert>}
      {part?.status === 'OK' && !part.published && !part.draft && (
        <Start
          district={district}
          year={year}
          part={part}
          onDone={() => finish(t('draft.started', { year }))}
        />
      )}
      {part?.draft && (
        <Prepared
          key={year}
          of={{ district, year, expectedRevision: part.draft.revision }}
          draft={part.draft}
          mayPublish={part.mayPublish === true && part.published !== true}
          onDone={finish}
        />
      )}
    </>
  );
}

function Start({
  district,
  year,
  part,
  onDone,
}: {
  district: string;
  year: number;
  part: Part;
  onDone: () => void;
}) {
  const { t, count } = useTexts();
  const [from, setFrom] = useState(String(part.publishedYears?.[0] ?? ''));
  const starting = useCommand(StartBundleDraftDocument, (answer) => answer.startBundleDraft);
  return (
    <form
      className="question"
      onSubmit={(event) => {
        event.preventDefault();
        void starting
          .send({ district, year, fromYear: from === '' ? null : Number(from) })
          .then((answer) => answer && onDone());
      }}
    >
      <p>{t('draft.none', { year })}</p>
      <NativeSelect
        label={t('draft.from')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        data={[
          ...(part.publishedYears ?? []).map((each) => ({
            value: String(each),
            label: t('draft.from.year', { year: each }),
          })),
          { value: '', label: t('draft.from.reference', { count: count(part.referenceCount ?? 0) }) },
        ]}
      />
      <FailureNotice failure={starting.failure} />
      <p>
        <Button type="submit" loading={starting.sending}>
          {t('draft.start')}
        </Button>
      </p>
    </form>
  );
}

function Prepared({
  of,
  draft,
  mayPublish,
  onDone,
}: {
  of: { district: string; year: number; expectedRevision: number };
  draft: Draft;
  mayPublish: boolean;
  onDone: (text: string) => void;
}) {
  const texts = useTexts();
  const { t, count, decimal, instant } = texts;
  const [words, setWords] = useState('');
  const [program, setProgram] = useState('');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const changing = useCommand(ChangeBundleDraftDocument, (answer) => answer.changeBundleDraft);
  const publishing = useCommand(PublishBundleDraftDocument, (answer) => answer.publishBundleDraft);
  const discarding = useCommand(DiscardBundleDraftDocument, (answer) => answer.discardBundleDraft);
  const { indicators, elements } = draft;
  const shown = indicators.filter(
    (each) =>
      (program === '' || each.program === program) &&
      `${each.code} ${each.nameId} ${each.nameEn}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const open = (next: Dialog | null) => {
    for (const command of [changing, publishing, discarding]) command.forget();
    setDialog(next);
  };
  const close = () => open(null);
  const change = async (changes: Changes, text: string) => {
    if (!(await changing.send({ ...of, ...changes }))) return;
    close();
    onDone(text);
  };
  const sending = { onClose: close, sending: changing.sending, failure: changing.failure };
  return (
    <>
      <p>
        <b>{draft.name}</b>.{' '}
        {t('catalogue.shown', { shown: count(shown.length), all: count(indicators.length) })}.{' '}
        {t('catalogue.bands', {
          kurang: decimal(draft.bands.kurangAtMost),
          baik: decimal(draft.bands.baikFrom),
        })}
      </p>
      <p className="small">
        {draft.fromYear === null ? t('draft.of-reference') : t('draft.of-year', { year: draft.fromYear })}{' '}
        {t('draft.changed', { name: draft.changedByName, at: instant(draft.changedAt) })}
      </p>
      <Group mb="sm">
        {mayPublish && (
          <Button onClick={() => open({ kind: 'publish' })} disabled={indicators.length === 0}>
            {t('draft.publish')}
          </Button>
        )}
        <Button variant="default" onClick={() => open({ kind: 'indicator', indicator: null })}>
          {t('draft.add')}
        </Button>
        <Button variant="default" onClick={() => open({ kind: 'settings' })}>
          {t('draft.settings')}
        </Button>
        <Button variant="subtle" color="red" onClick={() => open({ kind: 'discard' })}>
          {t('draft.discard')}
        </Button>
      </Group>
      {!mayPublish && <p className="small">{t('draft.who-publishes')}</p>}
      <div className="filters">
        <TextInput
          label={t('catalogue.search')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('catalogue.program')}
          data={[
            { value: '', label: t('catalogue.program.all') },
            ...new Set(indicators.map((each) => each.program)),
          ]}
          value={program}
          onChange={(event) => setProgram(event.currentTarget.value)}
        />
      </div>
      <ul className="messages" data-testid="drafted">
        {shown.map((each) => (
          <Entry key={each.code} indicator={each} elements={elements}>
            <Group>
              <Button
                size="xs"
                variant="default"
                onClick={() => open({ kind: 'indicator', indicator: each })}
                aria-label={`${t('draft.edit')}: ${each.code}`}
              >
                {t('draft.edit')}
              </Button>
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => open({ kind: 'retire', indicator: each })}
                aria-label={`${t('draft.retire')}: ${each.code}`}
              >
                {t('draft.retire')}
              </Button>
            </Group>
          </Entry>
        ))}
      </ul>
      <h2>{t('draft.elements')}</h2>
      <p>{t(elements.length === 0 ? 'draft.elements.none' : 'draft.elements.intro')}</p>
      <ul>
        {elements.map((element) => (
          <li key={element.code}>
            <code>
              {element.code}
              {element.sumOf && ` = ${element.sumOf.join(' + ')}`}
            </code>{' '}
            {element.nameId} ({element.unit}){' '}
            <Button size="compact-xs" variant="subtle" onClick={() => open({ kind: 'element', element })}>
              {t('draft.edit')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onClick={() => open({ kind: 'retire-element', element })}
            >
              {t('draft.retire')}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <Button size="xs" variant="default" onClick={() => open({ kind: 'element', element: null })}>
          {t('draft.element.add')}
        </Button>
      </p>
      {dialog?.kind === 'indicator' && (
        <IndicatorForm
          {...sending}
          indicator={dialog.indicator}
          year={of.year}
          programs={[...new Set(indicators.map((each) => each.program))]}
          taken={(code) => indicators.some((each) => each.code === code)}
          onSave={(indicator) =>
            void change({ indicators: [indicator] }, t('draft.saved', { code: indicator.code }))
          }
        />
      )}
      {dialog?.kind === 'element' && (
        <ElementForm
          {...sending}
          element={dialog.element}
          taken={(code) => elements.some((each) => each.code === code)}
          first={elements.length === 0 ? indicators : []}
          onSave={(put) => void change({ elements: put }, t('draft.saved', { code: put.at(-1)!.code }))}
        />
      )}
      {dialog?.kind === 'settings' && (
        <DraftSettings
          {...sending}
          draft={draft}
          onSave={(changes) => void change(changes, t('draft.saved', { code: draft.name }))}
        />
      )}
      {(dialog?.kind === 'retire' || dialog?.kind === 'retire-element') && (
        <Question
          title={t('draft.retire')}
          open
          onClose={close}
          confirm={t('draft.retire')}
          danger
          sending={changing.sending}
          onConfirm={() =>
            void (dialog.kind === 'retire'
              ? change(
                  { retire: [dialog.indicator.code] },
                  t('draft.retired', { code: dialog.indicator.code }),
                )
              : change(
                  { retireElements: [dialog.element.code] },
                  t('draft.retired', { code: dialog.element.code }),
                ))
          }
        >
          <p>
            <b>
              {dialog.kind === 'retire'
                ? `${definitionName(texts, dialog.indicator)} (${dialog.indicator.code})`
                : dialog.element.code}
            </b>
          </p>
          {dialog.kind === 'retire' && <p>{t('draft.retire.effect', { year: of.year })}</p>}
          <FailureNotice failure={changing.failure} />
        </Question>
      )}
      {dialog?.kind === 'publish' && (
        <Question
          title={t('draft.publish.title', { year: of.year })}
          open
          onClose={close}
          confirm={t('draft.publish')}
          sending={publishing.sending}
          onConfirm={() =>
            void publishing.send(of).then((answer) => {
              if (!answer) return;
              close();
              onDone(t('draft.publish.done', { year: of.year, count: count(answer.indicatorCount) }));
            })
          }
        >
          <p>{t('draft.publish.effect', { year: of.year, count: count(indicators.length) })}</p>
          <FailureNotice failure={publishing.failure} />
        </Question>
      )}
      {dialog?.kind === 'discard' && (
        <Question
          title={t('draft.discard')}
          open
          onClose={close}
          confirm={t('draft.discard')}
          danger
          sending={discarding.sending}
          onConfirm={() =>
            void discarding.send(of).then((answer) => {
              if (!answer) return;
              close();
              onDone(t('draft.discarded'));
            })
          }
        >
          <p>{t('draft.discard.effect', { count: count(indicators.length) })}</p>
          <FailureNotice failure={discarding.failure} />
        </Question>
      )}
    </>
  );
}
