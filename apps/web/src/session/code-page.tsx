import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, Navigate, useSearchParams } from 'react-router';
import type { Failure } from '../api/failure.ts';
import { PageHeading } from '../page/heading.tsx';
import { LanguageChoice } from '../page/layout.tsx';
import { FailureNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { SecondStep } from './second-step.tsx';
import { enterWithCode, type SecondStep as Step } from './session.ts';
import { useSession } from './viewer.ts';

const PASSWORD_LEAST = 12;

/** `/kode?nama=<login>`: a person with a one-time code, as it stands on a slip, sets a password and is signed in. */
export default function CodePage() {
  const { t, count } = useTexts();
  const session = useSession();
  const [search] = useSearchParams();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const { register, handleSubmit, formState, resetField, setFocus } = useForm({
    defaultValues: { login: search.get('nama') ?? '', code: '', newPassword: '', again: '' },
  });
  if (session.status === 'in') return <Navigate to="/" replace />;
  const { errors } = formState;
  const submit = handleSubmit(async ({ login, code, newPassword }) => {
    setFailure(null);
    const outcome = await enterWithCode(login.trim(), code.trim(), newPassword);
    if (!outcome) return;
    if (typeof outcome === 'object' && 'challenge' in outcome) return setStep(outcome);
    setFailure(outcome);
    if (typeof outcome === 'object' && outcome.code === 'code.wrong') {
      resetField('code');
      setFocus('code');
    }
  });
  return (
    <main className="sign-in">
      <p className="brand">{t('app.name')}</p>
      <PageHeading title={t('code.title')}>
        <p>{t('code.hint')}</p>
      </PageHeading>
      {step ? (
        <SecondStep
          step={step}
          onOver={(why) => {
            setStep(null);
            setFailure(why);
          }}
        />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <TextInput
            label={t('session.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.login && t('session.required')}
            {...register('login', { validate: (login) => login.trim() !== '' })}
          />
          <TextInput
            label={t('code.code')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.code && t('session.required')}
            {...register('code', { validate: (code) => code.trim() !== '' })}
          />
          <PasswordInput
            label={t('account.password.new')}
            description={t('account.password.hint', { count: count(PASSWORD_LEAST) })}
            autoComplete="new-password"
            error={errors.newPassword && t('account.password.short', { count: count(PASSWORD_LEAST) })}
            {...register('newPassword', { minLength: PASSWORD_LEAST, required: true })}
          />
          <PasswordInput
            label={t('account.password.again')}
            autoComplete="new-password"
            error={errors.again && t('account.password.differs')}
            {...register('again', { validate: (again, { newPassword }) => again === newPassword })}
          />
          <FailureNotice failure={failure} />
          <Button type="submit" fullWidth loading={formState.isSubmitting}>
            {t('code.enter')}
          </Button>
        </form>
      )}
      <Link to="/masuk">{t('code.with-password')}</Link>
      <LanguageChoice />
    </main>
  );
}
