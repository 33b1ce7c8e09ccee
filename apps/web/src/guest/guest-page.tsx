import { Alert, Button, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'react-router';
import { commandIds, isUncertain } from '../api/command-ids.ts';
import type { Failure } from '../api/failure.ts';
import { PageHeading } from '../page/heading.tsx';
import { LanguageChoice } from '../page/layout.tsx';
import { DoneNotice, FailureNotice, Loading } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { guestDoor, isGuestAction, type GuestAction, type GuestDoor } from './guest-door.ts';
import { lastMinute } from './link-until.ts';

/** `/tamu#<secret>`: somebody of another sector reports on the one action of the link. No server log has what is behind `#`. */
export default function GuestPage() {
  const { t } = useTexts();
  const secret = useLocation().hash.slice(1);
  return (
    <main className="guest">
      <p className="brand">{t('app.name')}</p>
      {secret === '' ? (
        <Alert color="yellow" role="alert">
          {t('guest.no-link')}
        </Alert>
      ) : (
        <Link key={secret} secret={secret} />
      )}
      <LanguageChoice />
    </main>
  );
}

function Link({ secret }: { secret: string }) {
  const { t } = useTexts();
  const [door] = useState(() => guestDoor(secret));
  const [answer, setAnswer] = useState<GuestAction | Failure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isShown = true;
    void door.look().then((found) => isShown && setAnswer(found));
    return () => {
      isShown = false;
    };
  }, [door, tries]);
  if (answer === null) return <Loading />;
  if (isGuestAction(answer)) return <Action door={door} action={answer} onNews={setAnswer} />;
  return (
    <>
      <PageHeading title={t('guest.closed')} />
      <FailureNotice failure={answer} />
      {(typeof answer === 'string' || isUncertain(answer)) && (
        <Button
          variant="default"
          onClick={() => {
            setAnswer(null);
            setTries((before) => before + 1);
          }}
        >
          {t('app.retry')}
        </Button>
      )}
    </>
  );
}

function Action({
  door,
  action,
  onNews,
}: {
  door: GuestDoor;
  action: GuestAction;
  onNews: (answer: GuestAction | Failure) => void;
}) {
  const { t, date, instant, count } = useTexts();
  const [done, setDone] = useState<string | null>(null);
  const running = action.status === 'READY' || action.status === 'IN_PROGRESS';
  return (
    <>
      <PageHeading title={action.title}>
        <p>{action.unitName}</p>
      </PageHeading>
      <section className="card">
        <dl className="facts">
          <dt>{t('action.owner')}</dt>
          <dd>{action.guestName}</dd>
          <dt>{t('action.due')}</dt>
          <dd>
            {date(action.dueDate)}{' '}
            {action.overdue && <span className="mark mark-overdue">{t('action.overdue')}</span>}
          </dd>
          <dt>{t('action.progress')}</dt>
          <dd data-testid="guest-progress">
            {t(`action.status.${action.status}`)} · {count(action.progress)} %
          </dd>
          <dt>{t('action.indicator')}</dt>
          <dd>{action.indicatorName}</dd>
        </dl>
      </section>
      <DoneNotice>{done}</DoneNotice>
      {running ? (
        <Report
          door={door}
          action={action}
          onDone={(next) => {
            setDone(t('action.report.done', { percent: count(next.progress) }));
            onNews(next);
          }}
          onNews={onNews}
        />
      ) : (
        <Alert role="status">{t('guest.over')}</Alert>
      )}
      {action.reports.length > 0 && (
        <section aria-labelledby="reports">
          <h2 id="reports">{t('guest.reports')}</h2>
          <ol className="history" data-testid="guest-reports">
            {action.reports.map((report) => (
              <li key={report.at}>
                <b>{count(report.progress)} %</b>
                <small>{instant(report.at)}</small>
                <p>{report.note}</p>
              </li>
            ))}
          </ol>
        </section>
      )}
      <p className="small">{t('guest.link-until', { at: instant(lastMinute(action.linkExpiresAt)) })}</p>
    </>
  );
}

function Report({
  door,
  action,
  onDone,
  onNews,
}: {
  door: GuestDoor;
  action: GuestAction;
  onDone: (next: GuestAction) => void;
  onNews: (answer: GuestAction | Failure) => void;
}) {
  const { t } = useTexts();
  const [ids] = useState(() => commandIds());
  const [failure, setFailure] = useState<Failure | null>(null);
  const { register, handleSubmit, formState, resetField } = useForm({
    values: { progress: String(Math.min(action.progress, 99)), note: '' },
    resetOptions: { keepDirtyValues: true },
  });
  const submit = handleSubmit(async ({ progress, note }) => {
    setFailure(null);
    const content = { expectedRevision: action.revision, progress: Number(progress), note: note.trim() };
    const answer = await door.report(ids.inputFor(content));
    if (isGuestAction(answer)) {
      ids.settle();
      resetField('progress', { defaultValue: String(answer.progress) });
      resetField('note', { defaultValue: '' });
      return onDone(answer);
    }
    setFailure(answer);
    if (typeof answer === 'string' || isUncertain(answer)) return;
    ids.settle();
    if (answer.code !== 'revision.stale') return;
    // What was typed stays; what others did meanwhile is shown beside it.
    const news = await door.look();
    if (isGuestAction(news)) onNews(news);
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
        error={formState.errors.progress && t('guest.percent.invalid')}
        {...register('progress', { validate: (progress) => /^\s*\d{1,2}\s*$/.test(progress) })}
      />
      <Textarea
        label={t('action.report.note')}
        description={t('action.note.privacy')}
        rows={3}
        maxLength={2000}
        error={formState.errors.note && t('session.required')}
        {...register('note', { validate: (note) => note.trim() !== '' })}
      />
      <FailureNotice failure={failure} />
      <Button type="submit" loading={formState.isSubmitting}>
        {t('action.report.save')}
      </Button>
      <p className="small">{t('guest.complete-hint')}</p>
    </form>
  );
}
