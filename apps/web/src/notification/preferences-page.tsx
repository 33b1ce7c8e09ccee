import { Alert, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  PreferencesPageDocument,
  SetPreferencesDocument,
  type PreferencesFieldsFragment,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';

type Timing = PreferencesFieldsFragment['evaluation'];
const TIMINGS: readonly Timing[] = ['AT_ONCE', 'DIGEST', 'OFF'];

/** `/pengaturan`: how the signed-in person is told by e-mail. */
export default function PreferencesPage() {
  const { t } = useTexts();
  const result = useAsked(PreferencesPageDocument, {});
  const { askAgain } = result;
  const [done, setDone] = useState<string | null>(null);
  const part = result.data?.viewer?.preferences;
  return (
    <>
      <PageHeading title={t('preferences.title')}>
        <p>{t('preferences.intro')}</p>
      </PageHeading>
      <DoneNotice>{done}</DoneNotice>
      {part ? (
        <>
          <PartNotice part={part} name="part.inbox" />
          {part.preferences && (
            <PreferencesForm
              key={part.preferences.revision}
              preferences={part.preferences}
              onDone={() => {
                setDone(t('preferences.done'));
                askAgain();
              }}
            />
          )}
        </>
      ) : result.error ? (
        <QueryFailure error={result.error} retry={askAgain} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function PreferencesForm({
  preferences,
  onDone,
}: {
  preferences: PreferencesFieldsFragment;
  onDone: () => void;
}) {
  const { t, hour } = useTexts();
  const command = useCommand(SetPreferencesDocument, (data) => data.setPreferences);
  const { register, handleSubmit } = useForm({
    defaultValues: {
      evaluation: preferences.evaluation,
      action: preferences.action,
      meeting: preferences.meeting,
      digestHour: String(preferences.digestHour),
      quietFrom: String(preferences.quietFrom),
      quietUntil: String(preferences.quietUntil),
    },
  });
  const submit = handleSubmit(async ({ evaluation, action, meeting, digestHour, quietFrom, quietUntil }) => {
    const done = await command.send({
      expectedRevision: preferences.revision,
      evaluation,
      action,
      meeting,
      digestHour: Number(digestHour),
      quietFrom: Number(quietFrom),
      quietUntil: Number(quietUntil),
    });
    if (done) onDone();
  });
  const timings = TIMINGS.map((timing) => ({ value: timing, label: t(`preferences.${timing}`) }));
  const hours = Array.from({ length: 24 }, (_, n) => ({
    value: String(n),
    label: hour(n, preferences.timeZone),
  }));
  return (
    <form
      className="card"
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={t('preferences.title')}
    >
      <Address preferences={preferences} />
      <NativeSelect label={t('preferences.action')} data={timings} {...register('action')} />
      <NativeSelect label={t('preferences.meeting')} data={timings} {...register('meeting')} />
      <NativeSelect label={t('preferences.evaluation')} data={timings} {...register('evaluation')} />
      <NativeSelect label={t('preferences.digest-hour')} data={hours} {...register('digestHour')} />
      <NativeSelect label={t('preferences.quiet-from')} data={hours} {...register('quietFrom')} />
      <NativeSelect
        label={t('preferences.quiet-until')}
        description={t('preferences.quiet.hint')}
        data={hours}
        {...register('quietUntil')}
      />
      <FailureNotice failure={command.failure} />
      <Button type="submit" loading={command.sending}>
        {t('preferences.save')}
      </Button>
    </form>
  );
}

/** Where mails go, or why they go nowhere. */
function Address({
  preferences: { address, addressRefused, mailIsSent },
}: {
  preferences: PreferencesFieldsFragment;
}) {
  const { t } = useTexts();
  if (!mailIsSent) return <Alert color="yellow">{t('preferences.no-mail')}</Alert>;
  if (address === null) return <Alert color="yellow">{t('preferences.no-address')}</Alert>;
  if (addressRefused) return <Alert color="red">{t('preferences.address-refused', { address })}</Alert>;
  return <p data-testid="address">{t('preferences.address', { address })}</p>;
}
