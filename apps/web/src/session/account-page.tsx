import { Alert, Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  AccountPageDocument,
  ChangePasswordDocument,
  EndSessionsDocument,
  type AccountPageQuery,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { nameOfDevice } from './device.ts';
import { FactorForm } from './factor-form.tsx';
import { useViewer } from './viewer.ts';

type Session = NonNullable<NonNullable<AccountPageQuery['viewer']>['sessions']['nodes']>[number];

const PASSWORD_LEAST = 12;

/** `/akun`: the own password, two-step verification, and where the person is signed in. */
export default function AccountPage() {
  const { t, count } = useTexts();
  const viewer = useViewer();
  const { data, error, askAgain } = useAsked(AccountPageDocument, {});
  const [done, setDone] = useState<string | null>(null);
  const part = data?.viewer?.sessions;
  const after = (text: string) => {
    setDone(text);
    askAgain();
  };
  return (
    <>
      <PageHeading title={t('account.title')}>
        <p>{viewer.name}</p>
      </PageHeading>
      <DoneNotice>{done}</DoneNotice>
      <div className="forms">
        <PasswordForm onDone={(ended) => after(t('account.password.done', { count: count(ended) }))} />
        {data?.viewer && <FactorForm part={data.viewer.secondFactor} onDone={after} />}
        <section className="card" aria-labelledby="devices">
          <h2 id="devices">{t('account.devices')}</h2>
          <p>{t('account.devices.hint')}</p>
          {part ? (
            <>
              <PartNotice part={part} name="part.devices" />
              <Sessions
                sessions={part.nodes ?? []}
                onDone={(ended) => after(t('account.devices.done', { count: count(ended) }))}
              />
            </>
          ) : error ? (
            <QueryFailure error={error} retry={askAgain} />
          ) : (
            <Loading />
          )}
        </section>
      </div>
    </>
  );
}

function Sessions({ sessions, onDone }: { sessions: readonly Session[]; onDone: (ended: number) => void }) {
  const { t, instant } = useTexts();
  const command = useCommand(EndSessionsDocument, (data) => data.endSessions);
  const others = sessions.filter(({ present }) => !present);
  async function end(ended: readonly Session[]) {
    const outcome = await command.send({ sessions: ended.map(({ id }) => id) });
    if (outcome) onDone(outcome.ended);
  }
  return (
    <>
      <ul className="messages" data-testid="devices">
        {sessions.map((session) => (
          <li key={session.id}>
            <b>{nameOfDevice(session.device) ?? t('account.device.program')}</b>{' '}
            {session.present && <span className="mark mark-OPENED">{t('account.device.present')}</span>}
            <br />
            <small>
              {t('account.device.since', { from: instant(session.startedAt), seen: instant(session.seenAt) })}
            </small>{' '}
            {!session.present && (
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={command.sending}
                onClick={() => void end([session])}
              >
                {t('account.device.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNotice failure={command.failure} />
      {others.length > 1 && (
        <Button variant="default" loading={command.sending} onClick={() => void end(others)}>
          {t('account.devices.end-others')}
        </Button>
      )}
    </>
  );
}

const EMPTY = { password: '', newPassword: '', again: '' };

function PasswordForm({ onDone }: { onDone: (ended: number) => void }) {
  const { t, count } = useTexts();
  const command = useCommand(ChangePasswordDocument, (data) => data.changePassword);
  const { register, handleSubmit, formState, reset, resetField, setFocus } = useForm({
    defaultValues: EMPTY,
  });
  const { errors } = formState;
  const submit = handleSubmit(async ({ password, newPassword }) => {
    const outcome = await command.send({ password, newPassword }, (failure) => {
      if (typeof failure === 'object' && 'code' in failure && failure.code === 'password.wrong') {
        resetField('password');
        setFocus('password');
      }
    });
    if (!outcome) return;
    reset(EMPTY);
    onDone(outcome.ended);
  });
  return (
    <form
      className="card"
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={t('account.password')}
    >
      <h2>{t('account.password')}</h2>
      <PasswordInput
        label={t('account.password.present')}
        autoComplete="current-password"
        error={errors.password && t('session.required')}
        {...register('password', { required: true })}
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
      <Alert>{t('account.password.effect')}</Alert>
      <FailureNotice failure={command.failure} />
      <Button type="submit" loading={command.sending}>
        {t('account.password.save')}
      </Button>
    </form>
  );
}
