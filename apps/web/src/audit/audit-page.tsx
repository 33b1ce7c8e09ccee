import { dayEnds, instantAt } from '@lokmin/calendar';
import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import type { Failure } from '../api/failure.ts';
import { fetchFile, saveFile } from '../api/file.ts';
import { AuditPageDocument, type AuditEntryFieldsFragment } from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { auditedBy } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts, type Texts } from '../texts/texts.ts';

const PAGE = 50;

/** What was done, in words where there are some: a request, the reader of a fact, or an operator's command. */
function nameOfOperation({ t, has }: Texts, operation: string | null): string | null {
  const key = `did.${operation?.split('.').at(-1) ?? ''}`;
  return has(key) ? t(key) : operation;
}

/** `/jejak`: who changed what, in the district or puskesmas whose trail the person may see. What is chosen stands in the address. */
export default function AuditPage() {
  const { t, zone } = useTexts();
  const places = auditedBy(useViewer());
  const [chosen, setChosen] = useSearchParams();
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [fetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const place =
    places.find(({ key }) => key === `${chosen.get('kabupaten')} ${chosen.get('puskesmas') ?? ''}`) ??
    places[0];
  if (!place)
    return (
      <>
        <PageHeading title={t('audit.title')} />
        <Alert color="yellow">{t('audit.forbidden')}</Alert>
      </>
    );
  const { district } = place;
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(chosen.get(name) ?? '') ? chosen.get(name)! : '');
  const [from, until] = [day('dari'), day('sampai')];
  /** An administrator may look at one puskesmas of the district; the head has no other. */
  const code = place.puskesmas ?? chosen.get('nomor') ?? '';
  const puskesmas = /^\d{7}$/.test(code) ? code : null;
  const asked = {
    district,
    puskesmas,
    from: from && instantAt(from, '00:00', zone),
    until: until && dayEnds(until, zone).toISOString(),
  };
  const choose = (changes: Record<string, string | null>) => {
    setCursors([null]);
    setChosen(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes))
          if (value) next.set(name, value);
          else next.delete(name);
        return next;
      },
      { replace: true },
    );
  };
  async function save() {
    setFetching(true);
    setFailure(null);
    const question = new URLSearchParams(
      Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    const file = await fetchFile(`/files/audit?${question.toString()}`);
    setFetching(false);
    if ('failure' in file) return setFailure(file.failure);
    saveFile(file, `jejak-${puskesmas ?? district}.csv`);
  }
  return (
    <>
      <PageHeading title={t('audit.title')}>
        <p>{t('audit.intro')}</p>
      </PageHeading>
      <div className="table-tools no-print">
        {places.length > 1 && (
          <NativeSelect
            label={t('audit.place')}
            data={places.map(({ key, name }) => ({ value: key, label: name }))}
            value={place.key}
            onChange={({ currentTarget: { value } }) => {
              const next = places.find(({ key }) => key === value)!;
              choose({ kabupaten: next.district, puskesmas: next.puskesmas, nomor: null });
            }}
          />
        )}
        {place.puskesmas === null && (
          <TextInput
            label={t('audit.puskesmas')}
            placeholder="1012406"
            inputMode="numeric"
            maxLength={7}
            defaultValue={code}
            onChange={({ currentTarget: { value } }) => {
              if (value === '' || /^\d{7}$/.test(value)) choose({ nomor: value });
            }}
          />
        )}
        <TextInput
          type="date"
          label={t('audit.from')}
          value={from}
          onChange={({ currentTarget: { value } }) => choose({ dari: value })}
        />
        <TextInput
          type="date"
          label={t('audit.until')}
          value={until}
          onChange={({ currentTarget: { value } }) => choose({ sampai: value })}
        />
        <Button variant="default" loading={fetching} onClick={() => void save()}>
          {t('audit.save')}
        </Button>
      </div>
      <FailureNotice failure={failure} />
      {cursors.map((after, index) => (
        <Page
          key={`${JSON.stringify(asked)} ${after}`}
          variables={{
            ...asked,
            from: asked.from || null,
            until: asked.until || null,
            first: PAGE,
            after,
          }}
          last={index === cursors.length - 1}
          onMore={(cursor) => setCursors([...cursors, cursor])}
        />
      ))}
    </>
  );
}

function Page({
  variables,
  last,
  onMore,
}: {
  variables: {
    district: string;
    puskesmas: string | null;
    from: string | null;
    until: string | null;
    first: number;
    after: string | null;
  };
  last: boolean;
  onMore: (cursor: string) => void;
}) {
  const { t, count } = useTexts();
  const { data, error, askAgain } = useAsked(AuditPageDocument, variables);
  const part = data?.audit;
  if (!part) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const next = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
  return (
    <>
      <PartNotice part={part} name="part.audit" />
      {part.missing && part.missing.length > 0 && (
        <Alert color="red" role="status">
          {t('audit.missing', { services: part.missing.join(', ').toLowerCase() })}
        </Alert>
      )}
      {variables.after === null && part.status === 'OK' && (
        <p>
          {part.totalCount === null
            ? t('audit.count.many')
            : t('audit.count', { count: count(part.totalCount) })}{' '}
          <Button size="compact-xs" variant="subtle" className="no-print" onClick={askAgain}>
            {t('outbox.reload')}
          </Button>
        </p>
      )}
      <ul className="messages" data-testid="audit">
        {part.nodes?.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {last && next && (
        <Button variant="default" onClick={() => onMore(next)}>
          {t('app.more')}
        </Button>
      )}
    </>
  );
}

function Entry({ entry }: { entry: AuditEntryFieldsFragment }) {
  const texts = useTexts();
  const { t, instant, count } = texts;
  const { at, actor, personName, operation, recordKind, part, change, changes, service, number } = entry;
  const done = nameOfOperation(texts, operation);
  return (
    <li className="card" data-change={change}>
      <h2>
        {actor === 'PERSON' ? (personName ?? t('audit.actor.PERSON')) : t(`audit.actor.${actor}`)}
        {done && `: ${done}`}
      </h2>
      <p className="small">
        {instant(at)} · {recordKind} ({part}), {t(`audit.${change}`)}
        {actor !== 'PERSON' && personName && ` · ${t('audit.caused-by', { name: personName })}`}
        {` · ${service.toLowerCase()} ${number}`}
      </p>
      <details>
        <summary>{t('audit.changes', { count: count(changes.length) })}</summary>
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('audit.field')}</th>
                <th scope="col">{t('audit.before')}</th>
                <th scope="col">{t('audit.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{field}</th>
                  <td className="address">{before ?? '-'}</td>
                  <td className="address">{after ?? '-'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </li>
  );
}
