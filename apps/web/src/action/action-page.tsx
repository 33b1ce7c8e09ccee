import { Alert, Button, Progress, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useForm } from 'react-hook-form';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import { useLive } from '../api/live.ts';
import {
  ActionPageDocument,
  CompleteActionDocument,
  DistrictChangedDocument,
  ReportProgressDocument,
  type ActionFieldsFragment,
  type ActionPageQuery,
} from '../api/operations.generated.ts';
import { useChosen } from '../evidence/chosen.ts';
import { EvidenceField, HinderingFiles } from '../evidence/evidence-field.tsx';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { hindranceOf } from '../evidence/hindrance.ts';
import { GuestLinkCard } from '../guest/guest-link.tsx';
import { meetingPage } from '../meeting/marks.tsx';
import { Share } from '../notification/share.tsx';
import { shareAction } from '../notification/share-text.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts, type Texts } from '../texts/texts.ts';
import { ActionMarks } from './action-list.tsx';
import { ReadyAction } from './ready-action.tsx';

type Action = NonNullable<ActionPageQuery['action']>;

/** `/rtl/:id`: one action, its history, and the forms of its owner. */
export default function ActionPage() {
  const { t } = useTexts();
  const viewer = useViewer();
  const { id = '' } = useParams();
  const result = useAsked(ActionPageDocument, { id });
  const { askAgain } = result;
  const action = result.data?.action;
  const district = action ? districtOf(viewer, action.puskesmas.code) : null;
  useLive(DistrictChangedDocument, district === null ? null : { code: district }, (data) => {
    if (
      data.districtChanged.puskesmasCode === null ||
      data.districtChanged.puskesmasCode === action?.puskesmas.code
    )
      askAgain();
  });
  const [done, setDone] = useState<string | null>(null);
  const finished = (text: string) => {
    setDone(text);
    askAgain();
  };
  if (!action) {
    return (
      <>
        <PageHeading title={t('action.title')} />
        {result.error ? (
          <QueryFailure error={result.error} retry={askAgain} />
        ) : result.waiting ? (
          <Loading />
        ) : (
          <Alert color="yellow">{t('action.not-found')}</Alert>
        )}
      </>
    );
  }
  const running = action.status === 'READY' || action.status === 'IN_PROGRESS';
  const mayReady = may(viewer, 'action.ready', { puskesmas: action.puskesmas.code });
  return (
    <>
      <PageHeading title={action.title} aside={<PrintButton />}>
        <ActionMarks action={action} />
      </PageHeading>
      <Share
        text={shareAction(
          { ...action, puskesmas: action.puskesmas.name },
          location.origin + location.pathname,
        )}
      />
      <Facts action={action} />
      <DoneNotice>{done}</DoneNotice>
      {mayReady && (running || action.status === 'PROPOSED') && (
        <ReadyAction action={action} onDone={finished} />
      )}
      {running && action.ownerIsGuest && mayReady && (
        <>
          <GuestLinkCard key={action.ownerId} action={action} />
          <p>{t('guest.stand-in')}</p>
        </>
      )}
      {running && (action.ownerId === viewer.id || (action.ownerIsGuest && mayReady)) && (
        <OwnerForms action={action} onDone={finished} />
      )}
      <History action={action} />
    </>
  );
}

function Facts({ action }: { action: Action }) {
  const { t, date, instant, count, period } = useTexts();
  const newest = [...action.periods].sort().at(-1);
  const search = newest ? `?periode=${newest}` : '';
  return (
    <section className="card">
      <dl className="facts">
        <dt>{t('action.puskesmas')}</dt>
        <dd>
          <Link to={`/puskesmas/${action.puskesmas.code}${search}`}>{action.puskesmas.name}</Link>
        </dd>
        <dt>{t('action.indicator')}</dt>
        <dd>
          <Link to={`/puskesmas/${action.puskesmas.code}/indikator/${action.indicatorCode}${search}`}>
            {action.indicatorName} ({action.indicatorCode})
          </Link>
        </dd>
        <dt>{t('action.owner')}</dt>
        <dd>{action.ownerName ?? t('action.owner.none')}</dd>
        <dt>{t('action.due')}</dt>
        <dd>{action.dueDate ? date(action.dueDate) : t('action.due.none')}</dd>
        <dt>{t('action.progress')}</dt>
        <dd>
          <span data-testid="progress">{count(action.progress)} %</span>
          <Progress.Root>
            <Progress.Section value={action.progress} aria-label={t('action.progress')} />
          </Progress.Root>
        </dd>
        <dt>{t('action.periods')}</dt>
        <dd>{[...action.periods].sort().map(period).join(', ')}</dd>
        {action.agreedAt && action.agreedInId && (
          <>
            <dt>{t('action.agreed.in')}</dt>
            <dd>
              <Link to={meetingPage(action.agreedInId)}>
                {t('action.agreed.open', { at: instant(action.agreedAt) })}
              </Link>
            </dd>
          </>
        )}
        <dt>{t('action.created')}</dt>
        <dd>{instant(action.createdAt)}</dd>
        <dt>{t('action.updated')}</dt>
        <dd>{instant(action.updatedAt)}</dd>
      </dl>
      {action.ownerLeft && <p>{t('action.owner.left.hint')}</p>}
      {action.needsCompletion && <p>{t('action.incomplete.hint')}</p>}
      {action.unsupported && <p>{t('action.unsupported.hint')}</p>}
    </section>
  );
}

const reportOf = ({ progress }: { progress: number }) => ({
  progress: String(Math.min(progress, 99)),
  note: '',
});

interface OwnerForm {
  action: ActionFieldsFragment;
  files: ReturnType<typeof useChosen>;
  onDone: (text: string) => void;
}

/** What its owner writes: a report or the completion, either with the files that were chosen. */
function OwnerForms({ action, onDone }: Omit<OwnerForm, 'files'>) {
  const { t } = useTexts();
  const files = useChosen(action.id);
  return (
    <div className="no-print">
      <div className="forms">
        <ReportForm action={action} files={files} onDone={onDone} />
        <CompleteForm action={action} files={files} onDone={onDone} />
      </div>
      <section className="card" aria-label={t('evidence')}>
        <EvidenceField files={files} />
      </section>
    </div>
  );
}

function ReportForm({ action, files, onDone }: OwnerForm) {
  const { t, count } = useTexts();
  const command = useCommand(ReportProgressDocument, (data) => data.reportProgress);
  const [failures, setFailures] = useState(0);
  // What others change meanwhile reaches the fields that nobody has touched; what was typed stays.
  const { register, handleSubmit, formState, resetField } = useForm({
    values: reportOf(action),
    resetOptions: { keepDirtyValues: true },
  });
  const submit = handleSubmit(async ({ progress, note }) => {
    command.forget();
    const done = await files.sendWith((evidence, onFailure) =>
      command.send(
        {
          action: action.id,
          expectedRevision: action.revision,
          progress: Number(progress),
          note: note.trim(),
          evidence,
        },
        onFailure,
      ),
    );
    if (!done) return setFailures((before) => before + 1);
    setFailures(0);
    const { progress: reached, note: empty } = reportOf(done.action);
    resetField('progress', { defaultValue: reached });
    resetField('note', { defaultValue: empty });
    onDone(t('action.report.done', { percent: count(done.action.progress) }));
  });
  return (
    <form
      className="card"
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={t('action.report')}
    >
      <h2>{t('action.report')}</h2>
      <TextInput
        label={t('action.report.percent')}
        inputMode="numeric"
        maxLength={3}
        error={formState.errors.progress && t('action.report.percent.invalid')}
        {...register('progress', { validate: (progress) => /^\s*\d{1,2}\s*$/.test(progress) })}
      />
      <Textarea
        label={t('action.report.note')}
        description={t('action.note.privacy')}
        rows={3}
        error={formState.errors.note && t('session.required')}
        {...register('note', { validate: (note) => note.trim() !== '' })}
      />
      <FailureNotice failure={command.failure} />
      {failures > 0 && <HinderingFiles key={failures} files={files} />}
      <Button type="submit" loading={formState.isSubmitting} disabled={files.preparing || files.sending}>
        {t('action.report.save')}
      </Button>
    </form>
  );
}

function CompleteForm({ action, files, onDone }: OwnerForm) {
  const { t, count } = useTexts();
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [open, setOpen] = useState(false);
  const [failures, setFailures] = useState(0);
  const failed = () => setFailures((before) => before + 1);
  const command = useCommand(CompleteActionDocument, (data) => data.completeAction);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setMissing(note.trim() === '');
    if (files.chosen.some(hindranceOf)) failed();
    else setOpen(note.trim() !== '');
  };
  async function complete() {
    command.forget();
    let refused = false;
    const done = await files.sendWith((evidence, onFailure) =>
      command.send(
        { action: action.id, expectedRevision: action.revision, note: note.trim(), evidence },
        (failure) => {
          refused = true;
          onFailure(failure);
        },
      ),
    );
    if (refused) return; // said in the dialog; what hinders a file is said beside the button that opened it
    setOpen(false);
    if (!done) return failed();
    onDone(t('action.complete.done'));
  }
  return (
    <form className="card" onSubmit={ask} noValidate aria-label={t('action.complete')}>
      <h2>{t('action.complete')}</h2>
      <Textarea
        label={t('action.complete.note')}
        description={t('action.note.privacy')}
        rows={3}
        value={note}
        error={missing && note.trim() === '' && t('session.required')}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {failures > 0 && <HinderingFiles key={failures} files={files} />}
      <Button type="submit" variant="default" disabled={files.preparing || files.sending}>
        {t('action.complete')}
      </Button>
      <Question
        title={t('action.complete')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void complete()}
        confirm={t('action.complete.save')}
        sending={files.sending}
      >
        <p>
          <b>{action.title}</b>
        </p>
        <blockquote>{note}</blockquote>
        {files.chosen.length > 0 && (
          <p>{t('action.complete.evidence', { files: count(files.chosen.length) })}</p>
        )}
        <p>{t('action.complete.effect')}</p>
        <FailureNotice failure={command.failure} />
      </Question>
    </form>
  );
}

const NAMES_PERIOD = new Set(['proposed', 'supported', 'agreed', 'carried_over']);

/** What was written at a step. Steps that the system notes name a period or end in a day: these are shown as people write them. */
function noteOf({ period, date }: Texts, { kind, note }: NonNullable<Action['history']>[number]): string {
  if (note === null) return '';
  if (NAMES_PERIOD.has(kind)) return period(note);
  if (kind === 'readied' || kind === 'overdue') return note.replace(/\d{4}-\d{2}-\d{2}$/, date);
  return note;
}

function History({ action }: { action: Action }) {
  const texts = useTexts();
  const { t, has, instant, count } = texts;
  if (action.history === null) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t('action.history')}</h2>
      {action.history.length === 0 && <p>{t('action.history.none')}</p>}
      <ol className="history" data-testid="history">
        {action.history.map((entry, index) => {
          const key = `action.kind.${entry.kind.replace(/^action\./, '')}`;
          return (
            <li key={index}>
              <b>{has(key) ? t(key) : entry.kind}</b>
              {entry.progress !== null && ` · ${count(entry.progress)} %`}
              <small>
                {instant(entry.at)} · {entry.actorName ?? t('action.history.system')}
              </small>
              {entry.note && <p>{noteOf(texts, entry)}</p>}
              <EvidenceList files={entry.evidence} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
