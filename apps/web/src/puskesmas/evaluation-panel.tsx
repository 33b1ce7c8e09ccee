import { Button, CloseButton, Group, NativeSelect, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import {
  ReturnEvaluationDocument,
  SubmitEvaluationDocument,
  VerifyEvaluationsDocument,
  type EvaluationFieldsFragment,
  type ResultFieldsFragment,
  type TallyFieldsFragment,
  type VerificationFieldsFragment,
} from '../api/operations.generated.ts';
import { Share } from '../notification/share.tsx';
import { shareEvaluation } from '../notification/share-text.ts';
import type { Failure } from '../api/failure.ts';
import { DoneNotice, FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { nameOf } from '../page/result.tsx';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import type { entryUntil } from '../window/window.ts';
import { WindowLine } from '../window/window-line.tsx';

/** Where the evaluation of a period stands; its head submits it, the district verifies it or returns it with reasons. */
export function EvaluationPanel({
  puskesmas,
  period,
  evaluation,
  verification,
  until,
  zone,
  results,
  tally,
  askAgain,
}: {
  puskesmas: { code: string; name: string };
  period: string;
  evaluation: EvaluationFieldsFragment | null;
  verification: VerificationFieldsFragment | null;
  /** When entering and submitting closes; null: never. */
  until: ReturnType<typeof entryUntil>;
  zone: string | null | undefined;
  results: ResultFieldsFragment[];
  tally: TallyFieldsFragment | null;
  askAgain: () => void;
}) {
  const { t, count, instant, period: word } = useTexts();
  const viewer = useViewer();
  const [done, setDone] = useState<string | null>(null);
  const draft = !evaluation || evaluation.status === 'RETURNED';
  const returnable = evaluation?.status === 'SUBMITTED' || evaluation?.status === 'VERIFIED';
  const at = { puskesmas: puskesmas.code };
  const mine =
    evaluation?.status === 'SUBMITTED'
      ? (verification?.programs ?? [])
          .filter(
            ({ program, verifiedAt }) =>
              verifiedAt === null && may(viewer, 'evaluation.verify', { ...at, program }),
          )
          .map(({ program }) => program)
      : [];
  const returnsAll = may(viewer, 'evaluation.return', at);
  const returnableResults = results.filter(({ program }) =>
    may(viewer, 'evaluation.return', { ...at, program }),
  );
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
          (verification?.returned.length
            ? t('evaluation.returned.indicators.long', {
                count: count(verification.returned.length),
                at: evaluation.returnedAt ? instant(evaluation.returnedAt) : '',
              })
            : t('evaluation.returned.long', {
                at: evaluation.returnedAt ? instant(evaluation.returnedAt) : '',
              }))}
        {evaluation?.status === 'VERIFIED' &&
          t('evaluation.verified.long', {
            at: verification?.verifiedAt ? instant(verification.verifiedAt) : '',
            revision: evaluation.revision,
          })}
        {evaluation?.status === 'LOCKED' &&
          t('evaluation.locked.long', {
            name: verification?.lockedByName ?? '',
            at: verification?.lockedAt ? instant(verification.lockedAt) : '',
          })}
      </p>
      {evaluation?.status === 'RETURNED' &&
        (verification?.returned.length ? (
          <ul className="returned-list" data-testid="returned">
            {verification.returned.map(({ code, name, reason }) => (
              <li key={code}>
                <a href={`#result-${code}`}>{name}</a>: {reason}
              </li>
            ))}
          </ul>
        ) : (
          evaluation.returnedReason && (
            <blockquote>
              <b>{t('evaluation.reason')}:</b> {evaluation.returnedReason}
            </blockquote>
          )
        ))}
      {verification && verification.objections.length > 0 && (
        <>
          <h3>{t('evaluation.objections')}</h3>
          <ul className="returned-list" data-testid="objections">
            {verification.objections.map(({ code, name, reason }) => (
              <li key={code}>
                <a href={`#result-${code}`}>{name}</a>: {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {verification && evaluation && (evaluation.status === 'SUBMITTED' || hasVerified(verification)) && (
        <Programs verification={verification} />
      )}
      <WindowLine until={until} zone={zone} period={period} />
      <div className="no-print">
        {draft && !until?.closed && may(viewer, 'evaluation.submit', at) && (
          <Submit
            key={period}
            puskesmas={puskesmas}
            period={period}
            again={evaluation !== null}
            returned={verification?.returned ?? []}
            empty={tally?.tanpaData ?? 0}
            onDone={finished}
          />
        )}
        {evaluation && (mine.length > 0 || (returnable && returnableResults.length > 0)) && (
          <Group>
            {mine.length > 0 && (
              <Verify
                key={`verify ${period}`}
                puskesmas={puskesmas}
                period={period}
                evaluation={evaluation}
                programs={mine}
                onDone={finished}
              />
            )}
            {returnable && returnableResults.length > 0 && (
              <Return
                key={`return ${period}`}
                puskesmas={puskesmas}
                period={period}
                evaluation={evaluation}
                indicators={returnableResults}
                whole={returnsAll}
                onDone={finished}
              />
            )}
          </Group>
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
  returned,
  empty,
  onDone,
}: {
  puskesmas: { code: string; name: string };
  period: string;
  again: boolean;
  /** Indicators that are returned: each is mended, or right as it is for a reason. */
  returned: VerificationFieldsFragment['returned'];
  empty: number;
  onDone: (text: string) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const command = useCommand(SubmitEvaluationDocument, (data) => data.submitEvaluation);
  const label = t(again ? 'evaluation.resubmit' : 'evaluation.submit');
  async function submit() {
    const objections = returned.flatMap(({ code }) => {
      const reason = reasons[code]?.trim();
      return reason ? [{ code, reason }] : [];
    });
    if (!(await command.send({ puskesmas: puskesmas.code, period, objections }))) return;
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
        {returned.length > 0 && <p>{t('evaluation.objection.about')}</p>}
        {returned.map(({ code, name, reason }) => (
          <Textarea
            key={code}
            label={t('evaluation.objection', { name })}
            description={reason}
            autosize
            minRows={1}
            value={reasons[code] ?? ''}
            onChange={({ currentTarget: { value } }) => setReasons({ ...reasons, [code]: value })}
          />
        ))}
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}

const hasVerified = ({ programs }: VerificationFieldsFragment) =>
  programs.some(({ verifiedAt }) => verifiedAt !== null);

/** Each programme of the bundle, and who verified it when. */
function Programs({ verification }: { verification: VerificationFieldsFragment }) {
  const { t, instant } = useTexts();
  return (
    <>
      <h3>{t('evaluation.programs')}</h3>
      <dl className="programs" data-testid="programs">
        {verification.programs.map(({ program, verifiedByName, verifiedAt }) => (
          <div key={program}>
            <dt>
              <span aria-hidden="true">{verifiedAt ? '✓' : '○'}</span> {program}
            </dt>
            <dd>
              {verifiedAt
                ? t('evaluation.program.verified', { name: verifiedByName ?? '', at: instant(verifiedAt) })
                : t('evaluation.program.waits')}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Verify({
  puskesmas,
  period,
  evaluation,
  programs,
  onDone,
}: {
  puskesmas: { name: string };
  period: string;
  evaluation: EvaluationFieldsFragment;
  programs: string[];
  onDone: (text: string) => void;
}) {
  const texts = useTexts();
  const { t, period: word } = texts;
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const command = useCommand(VerifyEvaluationsDocument, (data) => data.verifyEvaluations);
  const named = programs.join(', ');
  async function verify() {
    setRefused(null);
    const done = await command.send({
      evaluations: [{ evaluation: evaluation.id, expectedRevision: evaluation.revision }],
      programs,
    });
    const [result] = done?.results ?? [];
    if (!result) return;
    if (result.refusal) return setRefused(result.refusal);
    setOpen(false);
    onDone(t('evaluation.verified.done', { programs: result.programs.join(', ') }));
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('evaluation.verify')}</Button>
      <Question
        title={t('evaluation.verify')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void verify()}
        confirm={t('evaluation.verify')}
        sending={command.sending}
      >
        <p>
          <b>{t('evaluation.verify.confirm', { period: word(period), name: puskesmas.name })}</b>
        </p>
        <p>{t('evaluation.verify.programs', { programs: named })}</p>
        <p>{t('evaluation.verify.effect')}</p>
        <FailureNotice failure={command.failure ?? refused} />
      </Question>
    </>
  );
}

function Return({
  puskesmas,
  period,
  evaluation,
  indicators,
  whole,
  onDone,
}: {
  puskesmas: { name: string };
  period: string;
  evaluation: EvaluationFieldsFragment;
  /** Those that the person may return. */
  indicators: ResultFieldsFragment[];
  /** Whether they may return all of it. */
  whole: boolean;
  onDone: (text: string) => void;
}) {
  const texts = useTexts();
  const { t, period: word } = texts;
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(whole);
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<{ code: string; reason: string }[]>([]);
  const [missing, setMissing] = useState(false);
  const command = useCommand(ReturnEvaluationDocument, (data) => data.returnEvaluation);
  const titleOf = (code: string) => {
    const found = indicators.find((it) => it.code === code);
    return found ? nameOf(texts, found) : code;
  };
  const lacks = all
    ? reason.trim() === ''
    : chosen.length === 0 || chosen.some((it) => it.reason.trim() === '');
  async function giveBack() {
    setMissing(lacks);
    if (lacks) return;
    const done = await command.send({
      evaluation: evaluation.id,
      expectedRevision: evaluation.revision,
      ...(all
        ? { reason: reason.trim() }
        : { indicators: chosen.map((it) => ({ code: it.code, reason: it.reason.trim() })) }),
    });
    if (!done) return;
    setOpen(false);
    setReason('');
    setChosen([]);
    onDone(t('evaluation.returned.done', { period: word(period) }));
  }
  const left = indicators.filter(({ code }) => !chosen.some((it) => it.code === code));
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
        {whole && (
          <Radio.Group
            label={t('evaluation.return.what')}
            value={all ? 'all' : 'some'}
            onChange={(value) => setAll(value === 'all')}
          >
            <Radio value="all" label={t('evaluation.return.all')} my={4} />
            <Radio value="some" label={t('evaluation.return.some')} my={4} />
          </Radio.Group>
        )}
        {all ? (
          <Textarea
            label={t('evaluation.return.reason')}
            data-autofocus
            rows={4}
            value={reason}
            error={missing && reason.trim() === '' && t('evaluation.return.missing')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : (
          <>
            {chosen.map((it) => (
              <Group key={it.code} align="flex-start" wrap="nowrap" mt="xs">
                <Textarea
                  className="grows"
                  label={t('evaluation.return.reason-of', { name: titleOf(it.code) })}
                  rows={2}
                  value={it.reason}
                  error={missing && it.reason.trim() === '' && t('evaluation.return.missing')}
                  onChange={({ currentTarget: { value } }) =>
                    setChosen(chosen.map((each) => (each === it ? { ...each, reason: value } : each)))
                  }
                />
                <CloseButton
                  aria-label={t('evaluation.return.remove', { name: titleOf(it.code) })}
                  onClick={() => setChosen(chosen.filter((each) => each !== it))}
                />
              </Group>
            ))}
            {left.length > 0 && (
              <NativeSelect
                mt="xs"
                label={t('evaluation.return.add')}
                value=""
                error={missing && chosen.length === 0 && t('evaluation.return.none')}
                data={[
                  { value: '', label: t('evaluation.return.choose') },
                  ...left.map((it) => ({ value: it.code, label: `${it.program}: ${nameOf(texts, it)}` })),
                ]}
                onChange={({ currentTarget: { value } }) =>
                  value && setChosen([...chosen, { code: value, reason: '' }])
                }
              />
            )}
            <p className="small">{t('evaluation.return.keeps')}</p>
          </>
        )}
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}
