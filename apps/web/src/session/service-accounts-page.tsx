import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  MakeServiceAccountDocument,
  RenewServiceSecretDocument,
  RevokeServiceAccountDocument,
  ServiceAccountsDocument,
  type ServiceAccountFieldsFragment,
  type ServiceAccountRole,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { useTexts } from '../texts/texts.ts';
import { keepsServiceAccountsOf } from './posts.ts';
import { useViewer } from './viewer.ts';

/** So long the secret before holds beside a new one, while the program is changed over. */
const CHANGE_OVER_HOURS = 24;
const FIRST_DAYS = 180;

/** A secret just made, with the login that it belongs to; it is on this page only, and goes with it. */
interface Made {
  readonly login: string;
  readonly secret: string | null;
}

/** `/akun-layanan`: the accounts by which programs of the district read, for its administrators. */
export default function ServiceAccountsPage() {
  const { t } = useTexts();
  const districts = keepsServiceAccountsOf(useViewer());
  const [district, setDistrict] = useState(districts[0] ?? '');
  if (district === '')
    return (
      <>
        <PageHeading title={t('service-accounts.title')} />
        <Alert color="yellow">{t('service-accounts.forbidden')}</Alert>
      </>
    );
  return (
    <>
      <PageHeading title={t('service-accounts.title')}>
        <p>{t('service-accounts.intro')}</p>
      </PageHeading>
      {districts.length > 1 && (
        <NativeSelect
          label={t('nav.district')}
          data={districts}
          value={district}
          onChange={(event) => setDistrict(event.currentTarget.value)}
        />
      )}
      <Accounts key={district} district={district} />
    </>
  );
}

function Accounts({ district }: { district: string }) {
  const { t } = useTexts();
  const { data, error, askAgain } = useAsked(ServiceAccountsDocument, { district });
  const [made, setMade] = useState<Made | null>(null);
  const changed = (next: Made | null) => {
    setMade(next);
    askAgain();
  };
  const part = data?.serviceAccounts;
  return (
    <>
      {made && <Secret made={made} onClose={() => setMade(null)} />}
      <MakeAccount district={district} onMade={changed} />
      {!part && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {part && <PartNotice part={part} name="part.service-accounts" />}
      {part?.nodes?.length === 0 && <p>{t('service-accounts.none')}</p>}
      <ul className="messages" data-testid="service-accounts">
        {part?.nodes?.map((account) => (
          <Account key={account.id} account={account} onChanged={changed} />
        ))}
      </ul>
    </>
  );
}

/** Shown once: it is in no table and in no storage of the browser. */
function Secret({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Alert color={made.secret ? 'green' : 'yellow'} role="status" data-testid="secret">
      {made.secret === null ? (
        <p>{t('service-accounts.secret.lost', { login: made.login })}</p>
      ) : (
        <>
          <p>{t('service-accounts.secret', { login: made.login })}</p>
          <p>
            <code className="secret">{made.secret}</code>
          </p>
        </>
      )}
      <Button size="xs" variant="default" onClick={onClose}>
        {t('service-accounts.secret.close')}
      </Button>
    </Alert>
  );
}

function MakeAccount({ district, onMade }: { district: string; onMade: (made: Made) => void }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<ServiceAccountRole>('AKUN_LAYANAN');
  const [expiresOn, setExpiresOn] = useState(() =>
    new Date(Date.now() + FIRST_DAYS * 86_400_000).toISOString().slice(0, 10),
  );
  const command = useCommand(MakeServiceAccountDocument, (data) => data.makeServiceAccount);
  async function make() {
    const done = await command.send({ district, login: login.trim(), name: name.trim(), role, expiresOn });
    if (!done) return;
    setOpen(false);
    setLogin('');
    setName('');
    onMade({ login: done.account.login, secret: done.secret });
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('service-accounts.make')}</Button>
      <Question
        title={t('service-accounts.make')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void make()}
        confirm={t('service-accounts.make')}
        sending={command.sending}
      >
        <TextInput
          label={t('service-accounts.login')}
          description={t('service-accounts.login.hint')}
          value={login}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <TextInput
          label={t('service-accounts.name')}
          description={t('service-accounts.name.hint')}
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('service-accounts.role')}
          data={(['AKUN_LAYANAN', 'AUDITOR'] as const).map((value) => ({
            value,
            label: t(`service-accounts.role.${value}`),
          }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as ServiceAccountRole)}
        />
        <TextInput
          type="date"
          label={t('service-accounts.expires-on')}
          value={expiresOn}
          onChange={(event) => setExpiresOn(event.currentTarget.value)}
        />
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}

function Account({
  account,
  onChanged,
}: {
  account: ServiceAccountFieldsFragment;
  onChanged: (made: Made | null) => void;
}) {
  const { t, date, instant } = useTexts();
  const [asked, setAsked] = useState<'renew' | 'revoke' | null>(null);
  const renewing = useCommand(RenewServiceSecretDocument, (data) => data.renewServiceSecret);
  const revoking = useCommand(RevokeServiceAccountDocument, (data) => data.revokeServiceAccount);
  const command = asked === 'revoke' ? revoking : renewing;
  const which = { serviceAccount: account.id, expectedRevision: account.revision };
  async function change() {
    const done =
      asked === 'revoke'
        ? await revoking.send(which)
        : await renewing.send({ ...which, oldHoldsHours: CHANGE_OVER_HOURS });
    if (!done) return;
    setAsked(null);
    onChanged(asked === 'renew' ? { login: account.login, secret: done.secret } : null);
  }
  const secrets = account.secrets.length;
  return (
    <li className="card">
      <h2>
        {account.name} <small>{account.login}</small>
      </h2>
      <p>
        {t(`service-accounts.role.${account.role}`)} ·{' '}
        {account.revokedAt
          ? t('service-accounts.revoked-at', { at: instant(account.revokedAt) })
          : t('service-accounts.until', { day: date(account.expiresOn) })}
      </p>
      <p className="small">
        {account.lastUsedAt
          ? t('service-accounts.last-used', { at: instant(account.lastUsedAt) })
          : t('service-accounts.never-used')}
        {!account.revokedAt && secrets > 1 && ` · ${t('service-accounts.two-secrets')}`}
      </p>
      {!account.revokedAt && (
        <p className="buttons no-print">
          <Button size="xs" variant="default" onClick={() => setAsked('renew')}>
            {t('service-accounts.renew')}
          </Button>{' '}
          <Button size="xs" variant="default" onClick={() => setAsked('revoke')}>
            {t('service-accounts.revoke')}
          </Button>
        </p>
      )}
      <Question
        title={t(`service-accounts.${asked ?? 'renew'}`)}
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => void change()}
        confirm={t(`service-accounts.${asked ?? 'renew'}`)}
        sending={command.sending}
      >
        <p>
          <b>{account.name}</b>, {account.login}
        </p>
        <p>
          {asked === 'revoke'
            ? t('service-accounts.revoke.effect')
            : t('service-accounts.renew.effect', { hours: CHANGE_OVER_HOURS })}
        </p>
        <FailureNotice failure={command.failure} />
      </Question>
    </li>
  );
}
