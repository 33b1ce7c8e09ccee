import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import {
  ReturnEvaluationDocument,
  SubmitEvaluationDocument,
  type EvaluationFieldsFragment,
  type TallyFieldsFragment,
} from '../api/operations.generated.ts';
import { Share } from '../notification/share.tsx';
import { shareEvaluation } from '../notification/share-text.ts';
import { DoneNotice, FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';

/** Where the evaluation of a period stands; its head submits it, the district returns it with a reason. */
export function EvaluationPanel({
  puskesmas,
  period,
  evaluation,
  tally,
  askAgain,
}: {
  puskesmas: { code: string; name: string };
  period: string;
  evaluation: EvaluationFieldsFragment | null;
  tally: TallyFieldsFragment | null;
  askAgain: () => void;
}) {
  const { t, instant, period: word } = useTexts();
  const viewer = useViewer();
  const [done, setDone] = useState<string | null>(null);
  const submitted = evaluation?.status === 'SUBMITTED';
  const status = evaluation ? evaluation.status : 'none';
  const finished = (text: string) => {
    setDone(text);
    askAgain();
  };
  return (
    <section className={`card evaluation evaluation-${status}`} aria-labelledby="evaluation">
      <h2 id="evaluation">
        {t('evaluation.title')}{' '}
        <span className={`mark mark-${status}`} data-testid="evaluation-status">
          {evaluation ? t(`evaluation.${evaluation.status}`) : t('evaluation.none')}
        </span>
      </h2>
      <p>
        {!evaluation && t('evaluation.none.long', { period: word(period) })}
        {evaluation?.status === 'SUBMITTED' &&
          t('evaluation.submitted.long', {
            name: evaluation.submittedByName,
            at: instant(evaluation.submittedAt),
            revision: evaluation.revision,
          })}
        {evaluation?.status === 'RETURNED' &&
          t('evaluation.returned.long', { at: evaluation.returnedAt ? instant(evaluation.returnedAt) : '' })}
      </p>
      {evaluation?.status === 'RETURNED' && evaluation.returnedReason && (
        <blockquote>
          <b>{t('evaluation.reason')}:</b> {evaluation.returnedReason}
        </blockquote>
      )}
      <div className="no-print">
        {!submitted && may(viewer, 'evaluation.submit', { puskesmas: puskesmas.code }) && (
          <Submit
            key={period}
            puskesmas={puskesmas}
            period={period}
            again={evaluation !== null}
            empty={tally?.tanpaData ?? 0}
            onDone={finished}
          />
        )}
        {submitted && may(viewer, 'evaluation.return', { puskesmas: puskesmas.code }) && (
          <Return
            key={period}
            puskesmas={puskesmas}
            period={period}
            evaluation={evaluation}
            onDone={finished}
          />
        )}
        <DoneNotice>{done}</DoneNotice>
      </div>
      {evaluation && (
        <Share
          text={shareEvaluation(
            { puskesmas: puskesmas.name, period, kurang: tally?.kurang ?? null, status: evaluation.status },
            `${location.origin}/puskesmas/${puskesmas.code}?periode=${period}`,
          )}
        />
      )}
    </section>
  );
}

function Submit({
  puskesmas,
  period,
  again,
  empty,
  onDone,
}: {
  puskesmas: { code: string; name: string };
  period: string;
  again: boolean;
  empty: number;
  onDone: (text: string) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const command = useCommand(SubmitEvaluationDocument, (data) => data.submitEvaluation);
  const label = t(again ? 'evaluation.resubmit' : 'evaluation.submit');
  async function submit() {
    if (!(await command.send({ puskesmas: puskesmas.code, period }))) return;
    setOpen(false);
    onDone(t('evaluation.submitted.done', { period: word(period) }));
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Question
        title={label}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void submit()}
        confirm={label}
        sending={command.sending}
      >
        <p>
          <b>{t('evaluation.submit.confirm', { period: word(period), name: puskesmas.name })}</b>
        </p>
        <p>{t('evaluation.submit.effect')}</p>
        {empty > 0 && <p>{t('evaluation.submit.empty', { count: count(empty) })}</p>}
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}

function Return({
  puskesmas,
  period,
  evaluation,
  onDone,
}: {
  puskesmas: { name: string };
  period: string;
  evaluation: EvaluationFieldsFragment;
  onDone: (text: string) => void;
}) {
  const { t, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useCommand(ReturnEvaluationDocument, (data) => data.returnEvaluation);
  async function giveBack() {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    const done = await command.send({
      evaluation: evaluation.id,
      expectedRevision: evaluation.revision,
      reason: reason.trim(),
    });
    if (!done) return;
    setOpen(false);
    setReason('');
    onDone(t('evaluation.returned.done', { period: word(period) }));
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('evaluation.return')}
      </Button>
      <Question
        title={t('evaluation.return')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void giveBack()}
        confirm={t('evaluation.return')}
        sending={command.sending}
        danger
      >
        <p>
          <b>{t('evaluation.return.confirm', { period: word(period), name: puskesmas.name })}</b>
        </p>
        <p>{t('evaluation.return.effect')}</p>
        <Textarea
          label={t('evaluation.return.reason')}
          data-autofocus
          rows={4}
          value={reason}
          error={missing && reason.trim() === '' && t('evaluation.return.missing')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}
