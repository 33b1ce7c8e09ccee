import { Alert, Button, Group, Progress } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { commandIds } from '../api/command-ids.ts';
import type { Failure } from '../api/failure.ts';
import { fetchFile, saveFile } from '../api/file.ts';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { useViewer } from '../session/viewer.ts';
import { Downloads } from './downloads.tsx';
import { LayoutChoice, type ChosenLayout } from './layout-choice.tsx';
import { isSettled, type Change, type ImportReport, type RowError, type UploadOutcome } from './reply.ts';
import { uploadValues } from './upload.ts';

/** Rows on the screen at a time; the rest is in the file. */
const SHOWN = 200;

/** `/impor`: values of many indicators from one file, all or nothing. What would change is shown first, and saved when confirmed. */
export default function ImportPage() {
  const { t, count } = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const [layout, setLayout] = useState<ChosenLayout | null>(null);
  const [missing, setMissing] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<UploadOutcome | null>(null);
  const [ids] = useState(() => commandIds());
  const stop = useRef<AbortController>(null);
  const sending = share !== null;
  const district = useViewer().posts[0]?.districtCode;

  async function send(chosen: File, commandId: string | null): Promise<UploadOutcome> {
    setOutcome(null);
    setShare(0);
    stop.current = new AbortController();
    const done = await uploadValues(chosen, layout, commandId, setShare, stop.current.signal);
    setShare(null);
    setOutcome(done);
    return done;
  }
  async function check(event: FormEvent) {
    event.preventDefault();
    setMissing(file === null);
    if (file && !sending) await send(file, null);
  }
  async function save() {
    if (!file || sending) return;
    const { commandId } = ids.inputFor({
      name: file.name,
      size: file.size,
      changedAt: file.lastModified,
      ...layout,
    });
    if (isSettled(await send(file, commandId))) ids.settle();
  }
  return (
    <>
      <PageHeading title={t('import.title')}>
        <p>{t('import.intro')}</p>
        <p className="small">{t('import.columns')}</p>
      </PageHeading>
      <form className="card" onSubmit={(event) => void check(event)} noValidate>
        <div className="file">
          <input
            id="file"
            className="visually-hidden"
            type="file"
            accept=".xlsx,.csv,.json,text/csv"
            aria-label={t('import.file')}
            aria-invalid={missing && !file}
            aria-describedby="file-name file-missing"
            disabled={sending}
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              setOutcome(null);
            }}
          />
          <b>{t('import.file')}</b>
          <label htmlFor="file" className="plain-button">
            {t('import.file.choose')}
          </label>
          <span id="file-name">{file ? file.name : t('import.file.none')}</span>
        </div>
        {district && (
          <LayoutChoice
            district={district}
            chosen={layout}
            onChange={(next) => {
              setLayout(next);
              setOutcome(null);
            }}
          />
        )}
        {missing && !file && (
          <p id="file-missing" className="error" role="alert">
            {t('import.choose')}
          </p>
        )}
        <Group>
          <Button type="submit" disabled={sending}>
            {t('import.start')}
          </Button>
          {sending && (
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {t('import.stop')}
            </Button>
          )}
        </Group>
        {sending && (
          <div role="status">
            <p>
              {share < 1
                ? t('import.sending', { percent: count(Math.floor(share * 100)) })
                : t('import.checking')}
            </p>
            <Progress.Root>
              <Progress.Section value={share * 100} animated={share === 1} aria-label={t('import.file')} />
            </Progress.Root>
          </div>
        )}
      </form>
      {outcome?.kind === 'stopped' && <Alert color="yellow">{t('import.stopped')}</Alert>}
      {outcome?.kind === 'failed' && <FailureNotice failure={outcome.failure} />}
      {outcome?.kind === 'refused' && (
        <>
          <FailureNotice failure={outcome.refusal} />
          {outcome.errors.length > 0 && file && (
            <Errors errors={outcome.errors} file={file} layout={layout} />
          )}
        </>
      )}
      {outcome?.kind === 'report' && (
        <Report report={outcome.report} save={() => void save()} discard={() => setOutcome(null)} />
      )}
      <Downloads />
    </>
  );
}

function Report({ report, save, discard }: { report: ImportReport; save: () => void; discard: () => void }) {
  const texts = useTexts();
  const { t, count, say, instant } = texts;
  const { file, dryRun, changed, added, earlier, warnings, warningCount } = report;
  const shown = warnings.slice(0, SHOWN);
  const figures = {
    rows: report.rows,
    added,
    replaced: changed - added,
    unchanged: report.unchanged,
    periods: report.periods,
  };
  const before = earlier && { file: earlier.file, at: instant(earlier.at) };
  return (
    <section className="import-part" aria-labelledby="report">
      <h2 id="report">{t(dryRun ? 'import.preview' : 'import.report')}</h2>
      <Alert color={dryRun ? 'blue' : 'teal'} role="status">
        {!dryRun
          ? t('import.done', { file })
          : changed > 0
            ? t('import.preview.changes', { file, count: count(changed) })
            : t('import.preview.none', { file })}
      </Alert>
      {before && (
        <Alert color="yellow">
          {earlier.by === null
            ? t('import.earlier.unknown', before)
            : t('import.earlier', { ...before, by: earlier.by })}
        </Alert>
      )}
      {dryRun && changed > 0 && (
        <Group>
          <Button onClick={save}>{t('import.save', { count: count(changed) })}</Button>
          <Button variant="default" onClick={discard}>
            {t('import.discard')}
          </Button>
        </Group>
      )}
      <dl className="facts card" data-testid="import-report">
        {(['rows', 'added', 'replaced', 'unchanged', 'periods'] as const).map((figure) => (
          <div key={figure} className="fact">
            <dt>{t(`import.${figure}`)}</dt>
            <dd data-testid={`import-${figure}`}>{count(figures[figure])}</dd>
          </div>
        ))}
        <div className="fact">
          <dt>{t('import.sha256')}</dt>
          <dd className="hash">{report.sha256}</dd>
        </div>
      </dl>
      {warningCount > 0 && (
        <>
          <h3>{t('import.warnings', { count: count(warningCount) })}</h3>
          {shown.length < warningCount && (
            <p className="small">{t('import.warnings.first', { shown: count(shown.length) })}</p>
          )}
          <RowTable
            rows={shown.map((row) => ({ ...row, value: null, text: say(row.message) }))}
            withValue={false}
          />
        </>
      )}
      {changed > 0 && <Changes changes={report.changes} all={changed} />}
    </section>
  );
}

/** What is replaced and what is new, with the row of the file that says so. */
function Changes({ changes, all }: { changes: readonly Change[]; all: number }) {
  const texts = useTexts();
  const { t, count, period, decimal } = texts;
  const say = (it: Change['after'] | null) =>
    it === null
      ? t('import.change.none')
      : it.value === null
        ? t(`state.${it.state.toUpperCase() as Uppercase<typeof it.state>}`)
        : decimal(it.value);
  return (
    <>
      <h3>{t('import.changes')}</h3>
      {changes.length < all && (
        <p className="small">
          {t('import.changes.first', { shown: count(changes.length), count: count(all) })}
        </p>
      )}
      <table className="table cards" role="table" data-testid="import-changes">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {t('import.row')}
            </th>
            <th scope="col" role="columnheader">
              {t('district.column.puskesmas')}
            </th>
            <th scope="col" role="columnheader">
              {t('import.change.value')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('import.change.before')}
            </th>
            <th scope="col" role="columnheader" className="number">
              {t('import.change.after')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {changes.map((change, index) => (
            <tr key={index} role="row">
              <th scope="row" role="rowheader">
                {change.sheet === null ? count(change.row) : `${change.sheet}, ${count(change.row)}`}
              </th>
              <td role="cell" data-label={t('district.column.puskesmas')}>
                {change.unitName}
              </td>
              <td role="cell" data-label={t('import.change.value')}>
                {change.indicatorCode}, {t(`result.${change.part}`)}, {period(change.period)} (
                {t(`covers.${change.covers === 'month' ? 'MONTH' : 'YEAR_TO_DATE'}`)})
              </td>
              <td role="cell" className="number" data-label={t('import.change.before')}>
                {say(change.before)}
              </td>
              <td role="cell" className="number" data-label={t('import.change.after')}>
                {say(change.after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Errors({ errors, file, layout }: { errors: RowError[]; file: File; layout: ChosenLayout | null }) {
  const { t, count, say, language } = useTexts();
  const [fetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const shown = errors.slice(0, SHOWN);
  async function download() {
    setFetching(true);
    setFailure(null);
    const question = new URLSearchParams({ answer: 'file', language, name: file.name, ...layout });
    const noted = await fetchFile(`/files/values?${question}`, file);
    setFetching(false);
    if ('failure' in noted) return setFailure(noted.failure);
    const [, name, ending] = /^(.*?)(\.\w+)?$/.exec(file.name)!;
    saveFile(noted, `${name} (${t('import.noted')})${ending ?? ''}`);
  }
  return (
    <section className="import-part" aria-labelledby="errors">
      <h2 id="errors">{t('import.errors')}</h2>
      <Button variant="default" className="no-print" loading={fetching} onClick={() => void download()}>
        {t('import.errors.download')}
      </Button>
      <FailureNotice failure={failure} />
      {shown.length < errors.length && (
        <p className="small">{t('import.errors.first', { shown: count(shown.length) })}</p>
      )}
      <RowTable rows={shown.map((row) => ({ ...row, text: say(row.message) }))} withValue />
    </section>
  );
}

function RowTable({
  rows,
  withValue,
}: {
  rows: { sheet: string | null; row: number; column: string | null; value: string | null; text: string }[];
  withValue: boolean;
}) {
  const { t, count } = useTexts();
  return (
    <table className="table cards" role="table" data-testid="import-rows">
      <thead role="rowgroup">
        <tr role="row">
          {(['row', 'column', ...(withValue ? ['value' as const] : []), 'message'] as const).map((column) => (
            <th key={column} scope="col" role="columnheader">
              {t(`import.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, index) => (
          <tr key={index} role="row">
            <th scope="row" role="rowheader">
              {row.sheet === null ? count(row.row) : `${row.sheet}, ${count(row.row)}`}
            </th>
            <td role="cell" data-label={t('import.column')}>
              {row.column}
            </td>
            {withValue && (
              <td role="cell" className="cell-content" data-label={t('import.value')}>
                {row.value}
              </td>
            )}
            <td role="cell" data-label={t('import.message')}>
              {row.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
