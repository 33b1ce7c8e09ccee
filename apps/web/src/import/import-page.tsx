import { Alert, Button, Group, Progress } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { commandIds } from '../api/command-ids.ts';
import { saveFile } from '../api/file.ts';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { errorFile, type RowError } from './error-file.ts';
import { isSettled, type ImportReport, type UploadOutcome } from './reply.ts';
import { uploadValues } from './upload.ts';

/** Rows on the screen at a time; the rest is in the file. */
const SHOWN = 200;

/** `/impor`: values of many indicators from one CSV file, all or nothing. */
export default function ImportPage() {
  const { t, count } = useTexts();
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<UploadOutcome | null>(null);
  const [ids] = useState(() => commandIds());
  const stop = useRef<AbortController>(null);
  const sending = share !== null;

  async function upload(event: FormEvent) {
    event.preventDefault();
    setMissing(file === null);
    if (!file || sending) return;
    setOutcome(null);
    setShare(0);
    stop.current = new AbortController();
    const { commandId: id } = ids.inputFor({
      name: file.name,
      size: file.size,
      changedAt: file.lastModified,
    });
    const done = await uploadValues(file, id, setShare, stop.current.signal);
    if (isSettled(done)) ids.settle();
    setShare(null);
    setOutcome(done);
  }
  return (
    <>
      <PageHeading title={t('import.title')}>
        <p>{t('import.intro')}</p>
        <p className="small">{t('import.columns')}</p>
      </PageHeading>
      <form className="card" onSubmit={(event) => void upload(event)} noValidate>
        <div className="file">
          <input
            id="file"
            className="visually-hidden"
            type="file"
            accept=".csv,text/csv"
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
          {outcome.errors.length > 0 && <Errors errors={outcome.errors} />}
        </>
      )}
      {outcome?.kind === 'report' && <Report report={outcome.report} />}
    </>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t, count, say } = useTexts();
  const shown = report.warnings.slice(0, SHOWN);
  return (
    <section aria-labelledby="report">
      <h2 id="report">{t('import.report')}</h2>
      <Alert color="teal" role="status">
        {t('import.done', { file: report.file })}
      </Alert>
      <dl className="facts card" data-testid="import-report">
        {(['rows', 'changed', 'unchanged', 'periods'] as const).map((figure) => (
          <div key={figure} className="fact">
            <dt>{t(`import.${figure}`)}</dt>
            <dd data-testid={`import-${figure}`}>{count(report[figure])}</dd>
          </div>
        ))}
        <div className="fact">
          <dt>{t('import.sha256')}</dt>
          <dd className="hash">{report.sha256}</dd>
        </div>
      </dl>
      {report.warningCount > 0 && (
        <>
          <h3>{t('import.warnings', { count: count(report.warningCount) })}</h3>
          {shown.length < report.warningCount && (
            <p className="small">{t('import.warnings.first', { shown: count(shown.length) })}</p>
          )}
          <RowTable
            rows={shown.map((row) => ({ ...row, value: null, text: say(row.message) }))}
            withValue={false}
          />
        </>
      )}
    </section>
  );
}

function Errors({ errors }: { errors: RowError[] }) {
  const { t, count, say, language } = useTexts();
  const shown = errors.slice(0, SHOWN);
  function download() {
    const header = [t('import.row'), t('import.column'), t('import.value'), t('import.message')];
    const content = new Blob([errorFile(errors, header, language)], { type: 'text/csv' });
    saveFile(content, 'kesalahan-impor.csv');
  }
  return (
    <section aria-labelledby="errors">
      <h2 id="errors">{t('import.errors')}</h2>
      <Button variant="default" className="no-print" onClick={download}>
        {t('import.errors.download')}
      </Button>
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
  rows: { row: number; column: string | null; value: string | null; text: string }[];
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
              {count(row.row)}
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
