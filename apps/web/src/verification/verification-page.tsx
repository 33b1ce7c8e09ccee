import { Alert, Button, Checkbox, Group, NativeSelect, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import { useLive } from '../api/live.ts';
import {
  DistrictChangedDocument,
  LockEvaluationsDocument,
  ReturnEvaluationsDocument,
  VerificationQueueDocument,
  VerifyEvaluationsDocument,
  type RefusalFieldsFragment,
  type VerificationQueueQuery,
} from '../api/operations.generated.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { NoBundle } from '../page/no-bundle.tsx';
import { FailureNotice, LiveMark, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { useNewestYear, usePeriod } from '../page/period.ts';
import { Question } from '../page/question.tsx';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { Changes } from './changes.tsx';
import { countStandings, programsOf, sortQueue, standingOf, STANDINGS, type QueueStanding } from './queue.ts';

type Row = NonNullable<NonNullable<VerificationQueueQuery['district']>['verification']['rows']>[number];
type Submitted = Row & { evaluation: NonNullable<Row['evaluation']> };
interface Result {
  puskesmasName: string | null;
  refusal: RefusalFieldsFragment | null;
}
/** What one command did, in words, and what it could not do. */
interface Report {
  text: string;
  refused: Result[];
}

/** `/kabupaten/:code/verifikasi?periode=2024-12`: every evaluation of a month, what waits for the person first. */
export default function VerificationPage() {
  const texts = useTexts();
  const { t } = texts;
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const asked = useAsked(VerificationQueueDocument, { code, period });
  const { askAgain } = asked;
  const live = useLive(DistrictChangedDocument, { code }, ({ districtChanged }) => {
    if (!districtChanged.kind.startsWith('meeting.')) askAgain();
  });
  const district = asked.data?.district;
  const part = district?.verification;
  const looking = useNewestYear(page, part?.status === 'OK' && part.programs?.length === 0);
  return (
    <>
      <PageHeading
        title={t('verification.title')}
        aside={
          <>
            <LiveMark state={live} />
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${code}?periode=${period}`}>{part?.districtName ?? code}</Link>,{' '}
          <b>{texts.period(period)}</b>
          <Link className="spaced no-print" to={`/kabupaten/${code}/jendela?periode=${period}`}>
            {t('windows.link')}
          </Link>
          <Link className="spaced no-print" to={`/kabupaten/${code}/kelengkapan?periode=${period}`}>
            {t('completeness.link')}
          </Link>
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={askAgain} />}
      {!part && !asked.error && (looking || asked.waiting) && <Loading />}
      {asked.data && !district && <Alert color="yellow">{t('district.not-found', { code })}</Alert>}
      {part &&
        !looking &&
        (part.status === 'OK' && part.programs?.length === 0 ? (
          <NoBundle period={period} message={part.message} />
        ) : (
          <PartNotice part={part} name="part.indicators" />
        ))}
      {part?.rows && part.programs && part.programs.length > 0 && !looking && (
        <Queue
          key={`${code} ${period}`}
          district={code}
          period={period}
          rows={part.rows}
          programs={part.programs}
          askAgain={askAgain}
        />
      )}
    </>
  );
}

function Queue({
  district,
  period,
  rows,
  programs,
  askAgain,
}: {
  district: string;
  period: string;
  rows: Row[];
  programs: string[];
  askAgain: () => void;
}) {
  const { t, count, period: word } = useTexts();
  const viewer = useViewer();
  const [filter, setFilter] = useState<QueueStanding | 'all'>('all');
  const [codes, setCodes] = useState<ReadonlySet<string>>(new Set());
  const [report, setReport] = useState<Report | null>(null);
  const counts = countStandings(rows);
  const shown = sortQueue(rows).filter((row) => filter === 'all' || standingOf(row) === filter);
  const waiting = rows.filter((row) => row.mine.length > 0);
  const returnsAll = may(viewer, 'evaluation.return', { district });
  const isChoosable = (row: Row) =>
    row.mine.length > 0 ||
    (returnsAll && (row.evaluation?.status === 'SUBMITTED' || row.evaluation?.status === 'VERIFIED'));
  // What somebody else did meanwhile is not chosen any more.
  const chosen = rows.filter(
    (row): row is Submitted => row.evaluation !== null && codes.has(row.puskesmas.code) && isChoosable(row),
  );
  const mine = chosen.filter((row) => row.mine.length > 0);
  const choose = (which: readonly Row[], on: boolean) => {
    const next = new Set(codes);
    for (const { puskesmas } of which)
      if (on) next.add(puskesmas.code);
      else next.delete(puskesmas.code);
    setCodes(next);
  };
  const done = (next: Report) => {
    setReport(next);
    setCodes(new Set());
    askAgain();
  };
  const anyChoosable = rows.some(isChoosable);
  return (
    <>
      <div className="filter no-print" role="group" aria-label={t('verification.filter')}>
        {(['all', ...STANDINGS] as const).map((standing) => (
          <button
            key={standing}
            type="button"
            aria-pressed={filter === standing}
            data-testid={`queue-${standing}`}
            onClick={() => setFilter(standing)}
          >
            {t(`verification.standing.${standing}`)}{' '}
            <b>{count(standing === 'all' ? rows.length : counts[standing])}</b>
          </button>
        ))}
      </div>
      <Group className="no-print queue-tools">
        {waiting.length > 0 && (
          <Checkbox
            label={t('verification.choose-waiting', { count: count(waiting.length) })}
            checked={waiting.every(({ puskesmas }) => codes.has(puskesmas.code))}
            indeterminate={mine.length > 0 && !waiting.every(({ puskesmas }) => codes.has(puskesmas.code))}
            onChange={(event) => choose(waiting, event.currentTarget.checked)}
          />
        )}
        {waiting.length > 0 && (
          <Verify rows={mine} period={period} programs={programsOf(mine, programs)} onDone={done} />
        )}
        {returnsAll && anyChoosable && <Return rows={chosen} period={period} onDone={done} />}
        {may(viewer, 'evaluation.lock', { district }) && counts.VERIFIED > 0 && (
          <Lock
            district={district}
            period={period}
            verified={rows.filter(({ evaluation }) => evaluation?.status === 'VERIFIED')}
            others={rows.filter(
              ({ evaluation }) => evaluation?.status !== 'VERIFIED' && evaluation?.status !== 'LOCKED',
            )}
            onDone={done}
          />
        )}
      </Group>
      <ReportNotice report={report} />
      <table className="table cards queue" role="table" data-testid="queue">
        <caption className="visually-hidden">{t('verification.table', { period: word(period) })}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(['puskesmas', 'standing', 'waits', 'verified', 'warnings', 'changed'] as const).map(
              (column) => (
                <th key={column} scope="col" role="columnheader">
                  {t(`verification.column.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((row) => (
            <QueueLine
              key={row.puskesmas.code}
              row={row}
              period={period}
              programs={programs}
              choosable={isChoosable(row)}
              chosen={codes.has(row.puskesmas.code)}
              onChoose={(on) => choose([row], on)}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p>{t('verification.none')}</p>}
    </>
  );
}

function QueueLine({
  row,
  period,
  programs,
  choosable,
  chosen,
  onChoose,
}: {
  row: Row;
  period: string;
  programs: string[];
  choosable: boolean;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}) {
  const { t, count, instant } = useTexts();
  const [open, setOpen] = useState(false);
  const { puskesmas, evaluation, mine, verified, warnings, returned, objections, changed } = row;
  const nothing = <span className="nothing">{t('result.none')}</span>;
  const at = evaluation?.status === 'RETURNED' ? evaluation.returnedAt : evaluation?.submittedAt;
  return (
    <tr role="row" data-testid={`queue-${puskesmas.code}`}>
      <th scope="row" role="rowheader">
        <Group gap="xs" wrap="nowrap" align="flex-start">
          {choosable && (
            <Checkbox
              className="no-print"
              aria-label={t('verification.choose', { name: puskesmas.name })}
              checked={chosen}
              onChange={(event) => onChoose(event.currentTarget.checked)}
            />
          )}
          <div>
            <Link to={`/puskesmas/${puskesmas.code}?periode=${period}`}>{puskesmas.name}</Link>
            <small>{puskesmas.code}</small>
          </div>
        </Group>
      </th>
      <td role="cell" data-label={t('verification.column.standing')}>
        <div>
          <span className={`mark mark-${evaluation?.status ?? 'none'}`}>
            {evaluation ? t(`evaluation.${evaluation.status}`) : t('evaluation.none')}
          </span>
          {at && <small>{instant(at)}</small>}
          {returned > 0 && <small>{t('verification.returned', { count: count(returned) })}</small>}
          {objections > 0 && <small>{t('verification.objections', { count: count(objections) })}</small>}
        </div>
      </td>
      <td role="cell" data-label={t('verification.column.waits')}>
        {mine.length === 0
          ? nothing
          : mine.length === programs.length
            ? t('verification.all')
            : mine.join(', ')}
      </td>
      <td role="cell" data-label={t('verification.column.verified')}>
        {evaluation ? (
          <span title={verified.join(', ')}>
            {t('verification.of', { done: count(verified.length), all: count(programs.length) })}
          </span>
        ) : (
          nothing
        )}
      </td>
      <td role="cell" data-label={t('verification.column.warnings')}>
        {warnings > 0 ? (
          <span>
            <span aria-hidden="true">⚠</span> {count(warnings)}
          </span>
        ) : (
          nothing
        )}
      </td>
      <td role="cell" data-label={t('verification.column.changed')}>
        {evaluation === null ? (
          nothing
        ) : changed === null ? (
          <span className="nothing">{t('verification.first')}</span>
        ) : changed === 0 ? (
          t('verification.unchanged')
        ) : (
          <div>
            <button
              type="button"
              className="plain-button no-print"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {t('verification.changed', { count: count(changed) })}
            </button>
            {open && <Changes code={puskesmas.code} period={period} />}
          </div>
        )}
      </td>
    </tr>
  );
}

/** The names of those concerned: all of them, or the first few and how many more. */
function Names({ rows }: { rows: readonly Row[] }) {
  const { t, count } = useTexts();
  const few = rows.slice(0, NAMED);
  return (
    <p className="small">
      {few.map(({ puskesmas }) => puskesmas.name).join(', ')}
      {rows.length > few.length && ` ${t('verification.more', { count: count(rows.length - few.length) })}`}
    </p>
  );
}
const NAMED = 12;

const seen = ({ evaluation }: Submitted) => ({
  evaluation: evaluation.id,
  expectedRevision: evaluation.revision,
});
const refusedOf = <It extends Result>(results: readonly It[]): It[] =>
  results.filter(({ refusal }) => refusal !== null);

function Verify({
  rows,
  period,
  programs,
  onDone,
}: {
  rows: Submitted[];
  period: string;
  programs: string[];
  onDone: (report: Report) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const command = useCommand(VerifyEvaluationsDocument, (data) => data.verifyEvaluations);
  const warned = rows.filter(({ warnings }) => warnings > 0).length;
  async function verify() {
    const done = await command.send({ evaluations: rows.map(seen) });
    if (!done) return;
    setOpen(false);
    const refused = refusedOf(done.results);
    onDone({
      text: t('verification.verified.done', { count: count(done.results.length - refused.length) }),
      refused,
    });
  }
  return (
    <Ask
      label={t('verification.verify', { count: count(rows.length) })}
      disabled={rows.length === 0}
      open={open}
      setOpen={setOpen}
      sending={command.sending}
      onConfirm={() => void verify()}
    >
      <p>
        <b>{t('verification.verify.confirm', { count: count(rows.length), period: word(period) })}</b>
      </p>
      <Names rows={rows} />
      <p>{t('evaluation.verify.programs', { programs: programs.join(', ') })}</p>
      {warned > 0 && (
        <Alert color="yellow">{t('verification.verify.warned', { count: count(warned) })}</Alert>
      )}
      <p>{t('evaluation.verify.effect')}</p>
      <FailureNotice failure={command.failure} />
    </Ask>
  );
}

function Return({
  rows,
  period,
  onDone,
}: {
  rows: Submitted[];
  period: string;
  onDone: (report: Report) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useCommand(ReturnEvaluationsDocument, (data) => data.returnEvaluations);
  async function giveBack() {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    const done = await command.send({
      evaluations: rows.map((row) => ({ ...seen(row), reason: reason.trim() })),
    });
    if (!done) return;
    setOpen(false);
    setReason('');
    const refused = refusedOf(done.results);
    onDone({
      text: t('verification.returned.done', { count: count(done.results.length - refused.length) }),
      refused,
    });
  }
  return (
    <Ask
      label={t('verification.return', { count: count(rows.length) })}
      disabled={rows.length === 0}
      variant="default"
      danger
      open={open}
      setOpen={setOpen}
      sending={command.sending}
      onConfirm={() => void giveBack()}
    >
      <p>
        <b>{t('verification.return.confirm', { count: count(rows.length), period: word(period) })}</b>
      </p>
      <Names rows={rows} />
      <p>{t('verification.return.single')}</p>
      <Textarea
        label={t('evaluation.return.reason')}
        data-autofocus
        rows={4}
        value={reason}
        error={missing && reason.trim() === '' && t('evaluation.return.missing')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureNotice failure={command.failure} />
    </Ask>
  );
}

function Lock({
  district,
  period,
  verified,
  others,
  onDone,
}: {
  district: string;
  period: string;
  verified: Row[];
  others: Row[];
  onDone: (report: Report) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [only, setOnly] = useState('');
  const command = useCommand(LockEvaluationsDocument, (data) => data.lockEvaluations);
  async function lock() {
    const done = await command.send({ district, period, ...(only && { puskesmas: only }) });
    if (!done) return;
    setOpen(false);
    const refused = refusedOf(done.results).filter(({ refusal }) => refusal!.code !== 'evaluation.locked');
    const locked = done.results.filter(({ refusal }) => refusal === null).length;
    onDone({ text: t('verification.locked.done', { count: count(locked), period: word(period) }), refused });
  }
  return (
    <Ask
      label={t('verification.lock')}
      variant="default"
      danger
      open={open}
      setOpen={setOpen}
      sending={command.sending}
      onConfirm={() => void lock()}
    >
      <p>
        <b>{t('verification.lock.confirm', { period: word(period) })}</b>
      </p>
      <NativeSelect
        label={t('verification.lock.which')}
        value={only}
        data={[
          { value: '', label: t('verification.lock.all', { count: count(verified.length) }) },
          ...verified.map(({ puskesmas }) => ({ value: puskesmas.code, label: puskesmas.name })),
        ]}
        onChange={(event) => setOnly(event.currentTarget.value)}
      />
      <p>{t('verification.lock.effect')}</p>
      {!only && others.length > 0 && (
        <>
          <p>{t('verification.lock.others', { count: count(others.length) })}</p>
          <Names rows={others} />
        </>
      )}
      <FailureNotice failure={command.failure} />
    </Ask>
  );
}

function Ask({
  label,
  disabled = false,
  variant = 'filled',
  danger = false,
  open,
  setOpen,
  sending,
  onConfirm,
  children,
}: {
  label: string;
  disabled?: boolean;
  variant?: 'filled' | 'default';
  danger?: boolean;
  open: boolean;
  setOpen: (open: boolean) => void;
  sending: boolean;
  onConfirm: () => void;
  children: ReactNode;
}) {
  return (
    <>
      <Button variant={variant} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Question
        title={label}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={onConfirm}
        confirm={label}
        sending={sending}
        danger={danger}
      >
        {children}
      </Question>
    </>
  );
}

function ReportNotice({ report }: { report: Report | null }) {
  const { t, count, sayInFull } = useTexts();
  return (
    <div role="status" data-testid="report">
      {report && (
        <Alert color={report.refused.length > 0 ? 'yellow' : 'teal'} my="sm">
          <p>{report.text}</p>
          {report.refused.length > 0 && (
            <>
              <p>{t('verification.refused', { count: count(report.refused.length) })}</p>
              <ul>
                {report.refused.map(({ puskesmasName, refusal }, i) => (
                  <li key={i}>
                    <b>{puskesmasName}</b>: {sayInFull(refusal!.message)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Alert>
      )}
    </div>
  );
}
