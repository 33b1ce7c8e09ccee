import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useCommand } from '../api/command.ts';
import {
  ConfirmSecondFactorDocument,
  StartSecondFactorDocument,
  TurnOffSecondFactorDocument,
  type AccountPageQuery,
} from '../api/operations.generated.ts';
import { FailureNotice, PartNotice } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import FactorKey from './factor-key.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Part = NonNullable<AccountPageQuery['viewer']>['secondFactor'];
interface Offered {
  readonly key: string;
  readonly address: string;
}
interface Turned {
  readonly recoveryCodes: readonly string[];
  readonly ended: number;
}
/** With fewer recovery codes than this, the person is told. */
const FEW_CODES = 3;

/** Two-step verification of the own account: on, to another telephone, off. */
export function FactorForm({ part, onDone }: { part: Part; onDone: (text: string) => void }) {
  const { t, count, instant } = useTexts();
  const [doing, setDoing] = useState<'nothing' | 'starting' | 'turning off'>('nothing');
  const [offered, setOffered] = useState<Offered | null>(null);
  const [turned, setTurned] = useState<Turned | null>(null);
  const over = (text?: string) => {
    setDoing('nothing');
    setOffered(null);
    setTurned(null);
    if (text) onDone(text);
  };
  const on = part.on === true;
  return (
    <section className="card" aria-labelledby="factor">
      <h2 id="factor">{t('factor.title')}</h2>
      <PartNotice part={part} name="part.factor" />
      {turned ? (
        <RecoveryCodes
          codes={turned.recoveryCodes}
          onKept={() => over(t('factor.done.on', { count: count(turned.ended) }))}
        />
      ) : offered ? (
        <Confirm offered={offered} onTurned={setTurned} onCancel={() => over()} />
      ) : (
        typeof part.on === 'boolean' && (
          <>
            <p>
              {on
                ? t('factor.on', { since: instant(part.since!), count: count(part.recoveryCodesLeft!) })
                : t('factor.off')}
              {part.required && <> {t('factor.required')}</>}
            </p>
            {on && part.recoveryCodesLeft! < FEW_CODES && <p>{t('factor.few')}</p>}
            {doing === 'starting' && <Start withCode={on} onOffered={setOffered} onCancel={() => over()} />}
            {doing === 'turning off' && (
              <TurnOff onDone={() => over(t('factor.done.off'))} onCancel={() => over()} />
            )}
            {doing === 'nothing' && (
              <p>
                <Button variant={on ? 'default' : 'filled'} onClick={() => setDoing('starting')}>
                  {t(on ? 'factor.change' : 'factor.turn-on')}
                </Button>{' '}
                {on && !part.required && (
                  <Button variant="subtle" onClick={() => setDoing('turning off')}>
                    {t('factor.turn-off')}
                  </Button>
                )}
              </p>
            )}
          </>
        )
      )}
    </section>
  );
}

const EMPTY = { password: '', code: '' };

/** Password, and a code where there is a factor already. */
function Proof({
  withCode,
  submit,
  action,
  onCancel,
  command,
}: {
  withCode: boolean;
  submit: (proof: typeof EMPTY) => Promise<void>;
  action: string;
  onCancel: () => void;
  command: Pick<ReturnType<typeof useCommand>, 'failure' | 'sending'>;
}) {
  const { t } = useTexts();
  const { register, handleSubmit, formState } = useForm({ defaultValues: EMPTY });
  const { errors } = formState;
  return (
    <form className="inner" onSubmit={(event) => void handleSubmit(submit)(event)} noValidate>
      <PasswordInput
        label={t('account.password.present')}
        autoComplete="current-password"
        error={errors.password && t('session.required')}
        {...register('password', { required: true })}
      />
      {withCode && (
        <TextInput
          label={t('factor.code')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.code && t('session.required')}
          {...register('code', { required: true })}
        />
      )}
      <FailureNotice failure={command.failure} />
      <p>
        <Button type="submit" loading={command.sending}>
          {action}
        </Button>{' '}
        <Button variant="subtle" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
      </p>
    </form>
  );
}

function Start({
  withCode,
  onOffered,
  onCancel,
}: {
  withCode: boolean;
  onOffered: (offered: Offered) => void;
  onCancel: () => void;
}) {
  const { t } = useTexts();
  const command = useCommand(StartSecondFactorDocument, (data) => data.startSecondFactor);
  const submit = async ({ password, code }: typeof EMPTY) => {
    const outcome = await command.send({ password, code: withCode ? code : null });
    if (outcome) onOffered(outcome);
  };
  return (
    <Proof
      withCode={withCode}
      submit={submit}
      action={t('factor.next')}
      onCancel={onCancel}
      command={command}
    />
  );
}

function TurnOff({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTexts();
  const command = useCommand(TurnOffSecondFactorDocument, (data) => data.turnOffSecondFactor);
  const submit = async (proof: typeof EMPTY) => {
    if (await command.send(proof)) onDone();
  };
  return (
    <Proof withCode submit={submit} action={t('factor.turn-off')} onCancel={onCancel} command={command} />
  );
}

function Confirm({
  offered,
  onTurned,
  onCancel,
}: {
  offered: Offered;
  onTurned: (turned: Turned) => void;
  onCancel: () => void;
}) {
  const { t } = useTexts();
  const command = useCommand(ConfirmSecondFactorDocument, (data) => data.confirmSecondFactor);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: '' } });
  const submit = handleSubmit(async ({ code }) => {
    const outcome = await command.send({ code });
    if (outcome) onTurned(outcome);
  });
  return (
    <form className="inner" onSubmit={(event) => void submit(event)} noValidate>
      <FactorKey offered={offered} />
      <TextInput
        label={t('factor.first-code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        error={formState.errors.code && t('session.required')}
        {...register('code', { required: true })}
      />
      <FailureNotice failure={command.failure} />
      <p>
        <Button type="submit" loading={command.sending}>
          {t('factor.confirm')}
        </Button>{' '}
        <Button variant="subtle" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
      </p>
    </form>
  );
}
