import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../api/command.ts';
import { AcceptDeviationDocument, type DeviationFieldsFragment } from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { useTexts } from '../texts/texts.ts';

/** The accepted deviation that is about an indicator in a month; null: none. */
export const deviationOf = (
  deviations: readonly DeviationFieldsFragment[] | null | undefined,
  indicator: string,
  period: string,
): DeviationFieldsFragment | null =>
  deviations?.find(({ indicatorCode, fromPeriod }) => indicatorCode === indicator && fromPeriod <= period) ??
  null;

/** What was accepted, by whom and until when; and the way to accept it. */
export function Deviation({
  puskesmas,
  indicator,
  period,
  deviation,
  mayAccept,
  onDone,
}: {
  puskesmas: string;
  indicator: string;
  period: string;
  deviation: DeviationFieldsFragment | null;
  mayAccept: boolean;
  onDone: () => void;
}) {
  const { t, date, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [checked, setChecked] = useState(false);
  const command = useCommand(AcceptDeviationDocument, (data) => data.acceptDeviation);
  async function accept() {
    setChecked(true);
    if (reason.trim() === '' || until === '') return;
    const done = await command.send({
      puskesmas,
      indicatorCode: indicator,
      period,
      reason: reason.trim(),
      until,
    });
    if (!done) return;
    setOpen(false);
    setChecked(false);
    setReason('');
    onDone();
  }
  if (!deviation && !mayAccept) return null;
  return (
    <section className="card" aria-labelledby="deviation">
      <h2 id="deviation">{t('deviation.title')}</h2>
      {deviation ? (
        <div data-testid="deviation">
          <p>
            <b>{t('deviation.accepted', { until: date(deviation.until), name: deviation.acceptedByName })}</b>{' '}
            {t('deviation.from', { period: word(deviation.fromPeriod) })}
          </p>
          <blockquote>{deviation.reason}</blockquote>
        </div>
      ) : (
        <p>{t('deviation.none')}</p>
      )}
      <p className="small">{t('deviation.meaning')}</p>
      {mayAccept && (
        <>
          <Button className="no-print" variant="default" onClick={() => setOpen(true)}>
            {t(deviation ? 'deviation.replace' : 'deviation.accept')}
          </Button>
          <Question
            title={t('deviation.accept')}
            open={open}
            onClose={() => setOpen(false)}
            onConfirm={() => void accept()}
            confirm={t('deviation.accept')}
            sending={command.sending}
          >
            <p>{t('deviation.meaning')}</p>
            <Textarea
              label={t('deviation.reason')}
              data-autofocus
              rows={4}
              value={reason}
              error={checked && reason.trim() === '' && t('deviation.reason.missing')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('deviation.until')}
              value={until}
              error={checked && until === '' && t('deviation.until.missing')}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
            <FailureNotice failure={command.failure} />
          </Question>
        </>
      )}
    </section>
  );
}
