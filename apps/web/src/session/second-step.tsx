import { Button, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Failure } from '../api/failure.ts';
import { FailureNotice, Loading } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { RecoveryCodes } from './recovery-codes.tsx';
import { completeSignIn, type Completed, type SecondStep as Step } from './session.ts';

const FactorKey = lazy(() => import('./factor-key.tsx'));

/**
 * The second step of a sign-in: a code, or setting the factor up where posts demand one.
 * @param onOver begins anew, saying why where it was not by choice
 */
export function SecondStep({ step, onOver }: { step: Step; onOver: (why: Failure | null) => void }) {
  const { t } = useTexts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [completed, setCompleted] = useState<Completed | null>(null);
  const { register, handleSubmit, formState, resetField, setFocus } = useForm({
    defaultValues: { code: '' },
  });
  const submit = handleSubmit(async ({ code }) => {
    setFailure(null);
    const outcome = await completeSignIn(step.challenge, code.trim());
    if (typeof outcome === 'object' && 'enter' in outcome) {
      if (outcome.recoveryCodes) setCompleted(outcome);
      else outcome.enter();
      return;
    }
    if (typeof outcome === 'object' && outcome.code === 'sign-in.step-ended') return onOver(outcome);
    setFailure(outcome);
    if (outcome !== 'network') {
      resetField('code');
      setFocus('code');
    }
  });
  if (completed?.recoveryCodes)
    return <RecoveryCodes codes={completed.recoveryCodes} onKept={() => completed.enter()} />;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-label={t('session.step')}>
      <h2>{t('session.step')}</h2>
      {step.setUp ? (
        <>
          <p>{t('session.step.set-up')}</p>
          <Suspense fallback={<Loading />}>
            <FactorKey offered={step.setUp} />
          </Suspense>
        </>
      ) : (
        <p>{t('session.step.hint')}</p>
      )}
      <TextInput
        label={t(step.setUp ? 'factor.first-code' : 'session.step.code')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={!step.setUp}
        error={formState.errors.code && t('session.required')}
        {...register('code', { validate: (code) => code.trim() !== '' })}
      />
      <FailureNotice failure={failure} />
      <Button type="submit" fullWidth loading={formState.isSubmitting}>
        {t('session.step.go')}
      </Button>
      {!step.setUp && <p>{t('session.step.lost')}</p>}
      <Button variant="subtle" onClick={() => onOver(null)}>
        {t('session.step.back')}
      </Button>
    </form>
  );
}
