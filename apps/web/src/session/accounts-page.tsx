import { Alert, Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  AccountsOfOfficeDocument,
  AccountsOfPuskesmasDocument,
  IssueCodesDocument,
  RemoveSecondFactorDocument,
  type AccountsFieldsFragment,
  type IssueCodesMutation,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { QrCode } from '../page/qr-code.tsx';
import { useTexts } from '../texts/texts.ts';
import { may } from './posts.ts';
import { useViewer } from './viewer.ts';

type Account = NonNullable<AccountsFieldsFragment['nodes']>[number];
type Slip = Extract<IssueCodesMutation['issueCodes'], { __typename: 'CodesIssued' }>['slips'][number];

const DAYS = [3, 14, 30];
const DAYS_WANTED = 14;

/** `/puskesmas/<code>/petugas`: how the people there sign in, and slips with one-time codes. */
export function AccountsOfPuskesmasPage() {
  const code = useParams()['code']!;
  const { data, error, askAgain } = useAsked(AccountsOfPuskesmasDocument, { code });
  const { t } = useTexts();
  const puskesmas = data?.puskesmas;
  if (data && !puskesmas) return <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>;
  return <Accounts place={puskesmas?.name} part={puskesmas?.accounts} error={error} askAgain={askAgain} />;
}

/** `/kabupaten/<code>/petugas`: the same for the district office. */
export function AccountsOfOfficePage() {
  const code = useParams()['code']!;
  const { data, error, askAgain } = useAsked(AccountsOfOfficeDocument, { code });
  const { t } = useTexts();
  return (
    <Accounts
      place={t('accounts.office')}
      part={data?.district?.accounts}
      error={error}
      askAgain={askAgain}
    />
  );
}

function Accounts({
  place,
  part,
  error,
  askAgain,
}: {
  place: string | undefined;
  part: AccountsFieldsFragment | undefined;
  error: Parameters<typeof QueryFailure>[0]['error'] | undefined;
  askAgain: () => void;
}) {
  const { t } = useTexts();
  const [slips, setSlips] = useState<readonly Slip[] | null>(null);
  const [done, setDone] = useState<string | null>(null);
  if (slips)
    return (
      <Slips
        slips={slips}
        onOver={() => {
          setSlips(null);
          askAgain();
        }}
      />
    );
  return (
    <>
      <PageHeading title={t('accounts.title')}>
        <p>{place}</p>
      </PageHeading>
      <DoneNotice>{done}</DoneNotice>
      {error && <QueryFailure error={error} retry={askAgain} />}
      {part ? (
        <>
          <PartNotice part={part} name="part.accounts" />
          {part.nodes && (
            <Choice
              accounts={part.nodes}
              onIssued={setSlips}
              onRemoved={(account) => {
                setDone(t('accounts.removed', { name: account.name }));
                askAgain();
              }}
            />
          )}
        </>
      ) : (
        !error && <Loading />
      )}
    </>
  );
}

function Choice({
  accounts,
  onIssued,
  onRemoved,
}: {
  accounts: readonly Account[];
  onIssued: (slips: readonly Slip[]) => void;
  onRemoved: (account: Account) => void;
}) {
  const { t, instant, count } = useTexts();
  const viewer = useViewer();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [validDays, setValidDays] = useState(DAYS_WANTED);
  const command = useCommand(IssueCodesDocument, (data) => data.issueCodes);
  const removal = useCommand(RemoveSecondFactorDocument, (data) => data.removeSecondFactor);
  const choose = (id: string, is: boolean) => {
    const next = new Set(chosen);
    if (is) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const waiting = accounts.filter(({ mayIssue, hasPassword }) => mayIssue && !hasPassword);
  const mayRemove = viewer.posts.some(({ districtCode }) =>
    may(viewer, 'second-factor.remove', { district: districtCode }),
  );
  async function issue() {
    const outcome = await command.send({ persons: [...chosen], validDays });
    if (outcome) onIssued(outcome.slips);
  }
  async function remove(account: Account) {
    if (await removal.send({ person: account.id })) onRemoved(account);
  }
  return (
    <section className="card" aria-label={t('accounts.title')}>
      <p>{t('accounts.hint')}</p>
      {waiting.length > 0 && (
        <Button variant="default" onClick={() => setChosen(new Set(waiting.map(({ id }) => id)))}>
          {t('accounts.choose-new', { count: count(waiting.length) })}
        </Button>
      )}
      <ul className="messages" data-testid="accounts">
        {accounts.map((account) => (
          <li key={account.id}>
            <Checkbox
              checked={chosen.has(account.id)}
              disabled={!account.mayIssue}
              onChange={(event) => choose(account.id, event.currentTarget.checked)}
              label={account.name === account.title ? account.name : `${account.name} · ${account.title}`}
            />
            <small>
              {account.login} · {t(account.hasPassword ? 'accounts.has-password' : 'accounts.new')}
              {account.codeExpiresAt && (
                <> · {t('accounts.code-open', { until: instant(account.codeExpiresAt) })}</>
              )}
              {account.hasSecondFactor && <> · {t('factor.title')}</>}
            </small>{' '}
            {account.hasSecondFactor && mayRemove && account.mayIssue && (
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={removal.sending}
                onClick={() => void remove(account)}
              >
                {t('accounts.remove-factor')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNotice failure={removal.failure} />
      <NativeSelect
        label={t('accounts.days')}
        data={DAYS.map((days) => ({
          value: String(days),
          label: t('accounts.so-many-days', { count: count(days) }),
        }))}
        value={String(validDays)}
        onChange={(event) => setValidDays(Number(event.currentTarget.value))}
      />
      <Alert>{t('accounts.effect')}</Alert>
      <FailureNotice failure={command.failure} />
      <Button disabled={chosen.size === 0} loading={command.sending} onClick={() => void issue()}>
        {t('accounts.issue', { count: count(chosen.size) })}
      </Button>
    </section>
  );
}

/** The slips, to print on A4 and cut apart. They are gone with this page. */
function Slips({ slips, onOver }: { slips: readonly Slip[]; onOver: () => void }) {
  const { t, instant } = useTexts();
  const address = `${location.origin}/kode`;
  return (
    <>
      <div className="no-print">
        <PageHeading title={t('slips.title')} />
        <Alert color="yellow" role="status">
          {t('slips.hint')}
        </Alert>
        <p>
          <Button onClick={() => window.print()}>{t('slips.print')}</Button>{' '}
          <Button variant="default" onClick={onOver}>
            {t('slips.over')}
          </Button>
        </p>
      </div>
      <div className="slips" data-testid="slips">
        {slips.map((slip) => (
          <section key={slip.person} className="slip">
            <div>
              <b>{slip.name}</b>
              <br />
              <small>{slip.title === slip.name ? slip.unitName : `${slip.title}, ${slip.unitName}`}</small>
              <dl>
                <dt>{t('slips.address')}</dt>
                <dd>{address}</dd>
                <dt>{t('session.login')}</dt>
                <dd>{slip.login}</dd>
                <dt>{t('code.code')}</dt>
                <dd>
                  <code>{slip.code}</code>
                </dd>
              </dl>
              <small>{t('slips.until', { until: instant(slip.expiresAt) })}</small>
            </div>
            <QrCode
              text={`${address}?nama=${encodeURIComponent(slip.login)}`}
              label={t('slips.picture', { name: slip.name })}
            />
          </section>
        ))}
      </div>
    </>
  );
}
