import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Link, Navigate, useSearchParams } from 'react-router';
import { PageHeading } from '../page/heading.tsx';
import { LanguageChoice } from '../page/layout.tsx';
import { FailureNotice } from '../page/notices.tsx';
import type { Failure } from '../api/failure.ts';
import { useTexts, type TextKey } from '../texts/texts.ts';
import { inside } from './destination.ts';
import { SecondStep } from './second-step.tsx';
import { signIn, singleSignOnName, type SecondStep as Step } from './session.ts';
import { useSession } from './viewer.ts';

/** Why single sign-on did not work, by the code that the gateway names. */
const WHY: Record<string, TextKey> = {
  'sso.off': 'session.sso.off',
  'sso.unreachable': 'session.sso.unreachable',
  'service.unavailable': 'session.sso.unreachable',
  'sso.attempt-ended': 'session.sso.attempt-ended',
  'sso.claim-missing': 'session.sso.no-post',
  'sso.no-post': 'session.sso.no-post',
  'sso.unknown-unit': 'session.sso.no-post',
  'sso.no-account': 'session.sso.no-account',
  'request.too-many': 'session.sso.too-many',
};

/**
 * `/masuk?ke=<page>`: after sign-in the page that was asked for opens. `?gagal=<code>`: single sign-on did not work, and why.
 */
export default function SignInPage() {
  const { t } = useTexts();
  const session = useSession();
  const [search] = useSearchParams();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [sso, setSso] = useState<string | null>(null);
  useEffect(() => void singleSignOnName().then(setSso), []);
  const { register, handleSubmit, formState, setFocus, resetField } = useForm({
    defaultValues: { login: '', password: '' },
  });
  if (session.status === 'in') return <Navigate to={inside(search.get('ke'))} replace />;

  const submit = handleSubmit(async ({ login, password }) => {
    setFailure(null);
    const outcome = await signIn(login.trim(), password);
    if (!outcome) return;
    if (typeof outcome === 'object' && 'challenge' in outcome) {
      resetField('password');
      return setStep(outcome);
    }
    setFailure(outcome);
    if (outcome !== 'network') {
      resetField('password');
      setFocus('password');
    }
  });
  return (
    <main className="sign-in">
      <p className="brand">{t('app.name')}</p>
      <PageHeading title={t('session.title')}>
        <p>{t('app.claim')}</p>
      </PageHeading>
      {search.has('gagal') && (
        <Alert color="red" role="alert">
          {t(WHY[search.get('gagal')!] ?? 'session.sso.refused')}
        </Alert>
      )}
      {session.status === 'out' && session.ended && (
        <Alert color="yellow" role="status">
          {t('session.ended')}
        </Alert>
      )}
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
            error={formState.errors.login && t('session.required')}
            {...register('login', { validate: (login) => login.trim() !== '' })}
          />
          <PasswordInput
            label={t('session.password')}
            autoComplete="current-password"
            error={formState.errors.password && t('session.required')}
            {...register('password', { required: true })}
          />
          <FailureNotice failure={failure} />
          <Button type="submit" fullWidth loading={formState.isSubmitting}>
            {t('session.sign-in')}
          </Button>
        </form>
      )}
      {!step && sso && (
        <Button component="a" href="/masuk/oidc" variant="default" fullWidth>
          {t('session.sso', { name: sso })}
        </Button>
      )}
      {!step && <Link to="/kode">{t('code.link')}</Link>}
      <LanguageChoice />
    </main>
  );
}
