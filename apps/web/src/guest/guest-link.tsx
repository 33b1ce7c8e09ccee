import { Alert, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  IssueGuestLinkDocument,
  PuskesmasGuestsDocument,
  RevokeGuestLinkDocument,
  type ActionFieldsFragment,
} from '../api/operations.generated.ts';
import { shareGuestLink } from '../notification/share-text.ts';
import { Share } from '../notification/share.tsx';
import { FailureNotice, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { useTexts } from '../texts/texts.ts';
import { isPast, lastMinute, linkUntil } from './link-until.ts';

/** On the page of an action that a guest owns: the link by which the guest reports, issued, passed on and revoked. */
export function GuestLinkCard({ action }: { action: ActionFieldsFragment }) {
  const { t, instant } = useTexts();
  const { data, error, askAgain } = useAsked(PuskesmasGuestsDocument, { code: action.puskesmas.code });
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<{ secret: string | null; expiresOn: string } | null>(null);
  const revoking = useCommand(RevokeGuestLinkDocument, (data) => data.revokeGuestLink);
  const part = data?.puskesmas?.guests;
  const guest = part?.nodes?.find(({ id }) => id === action.ownerId);
  const link = guest?.links.find((each) => each.action === action.id);
  async function revoke(id: string) {
    if (!(await revoking.send({ link: id }))) return;
    setIssued(null);
    askAgain();
  }
  return (
    <section className="card no-print" aria-labelledby="guest-link" data-testid="guest-link">
      <h2 id="guest-link">{t('guest.link')}</h2>
      {error && !part && <QueryFailure error={error} retry={askAgain} />}
      {part && <PartNotice part={part} name="part.guests" />}
      {part?.nodes && !guest && <p>{t('guest.link.not-listed')}</p>}
      {guest?.endedAt && <p>{t('guest.link.ended')}</p>}
      {issued ? (
        <Issued issued={issued} action={action} />
      ) : (
        guest &&
        !guest.endedAt &&
        !link && (
          <Alert color="yellow" role="status">
            {t('guest.link.none', { name: guest.name })}
          </Alert>
        )
      )}
      {link && (
        <p>
          {t(isPast(link.expiresAt) ? 'guest.link.expired' : 'guest.link.until', {
            at: instant(lastMinute(link.expiresAt)),
          })}
          {' · '}
          {link.lastOpenedAt
            ? t('guest.link.opened', { at: instant(link.lastOpenedAt) })
            : t('guest.link.not-opened')}
        </p>
      )}
      {guest && !guest.endedAt && (
        <p className="buttons">
          <Button
            size="xs"
            variant={link ? 'default' : 'filled'}
            onClick={() => {
              setIssued(null);
              setIssuing(true);
            }}
          >
            {t(link ? 'guest.link.renew' : 'guest.link.issue')}
          </Button>{' '}
          {link && (
            <Button
              size="xs"
              variant="default"
              loading={revoking.sending}
              onClick={() => void revoke(link.id)}
            >
              {t('guest.link.revoke')}
            </Button>
          )}
        </p>
      )}
      <FailureNotice failure={revoking.failure} />
      {guest && issuing && (
        <Issue
          guest={guest.id}
          action={action}
          replaces={link !== undefined}
          onClose={() => setIssuing(false)}
          onIssued={(made) => {
            setIssuing(false);
            setIssued(made);
            askAgain();
          }}
        />
      )}
    </section>
  );
}

/** The text to pass on. It is on this page only, and goes with it. */
function Issued({
  issued: { secret, expiresOn },
  action,
}: {
  issued: { secret: string | null; expiresOn: string };
  action: ActionFieldsFragment;
}) {
  const { t } = useTexts();
  if (secret === null) return <Alert color="yellow">{t('guest.link.lost')}</Alert>;
  const text = shareGuestLink(
    { ...action, puskesmas: action.puskesmas.name, expiresOn },
    `${location.origin}/tamu#${secret}`,
  );
  return (
    <Alert color="green" role="status" data-testid="guest-link-issued">
      <p>{t('guest.link.issued')}</p>
      <pre className="words">{text}</pre>
      <Share text={text} />
    </Alert>
  );
}

function Issue({
  guest,
  action,
  replaces,
  onClose,
  onIssued,
}: {
  guest: string;
  action: ActionFieldsFragment;
  replaces: boolean;
  onClose: () => void;
  onIssued: (made: { secret: string | null; expiresOn: string }) => void;
}) {
  const { t } = useTexts();
  const [expiresOn, setExpiresOn] = useState(() => linkUntil(action.dueDate, new Date()));
  const command = useCommand(IssueGuestLinkDocument, (data) => data.issueGuestLink);
  async function issue() {
    const done = await command.send({ guest, action: action.id, expiresOn });
    if (done) onIssued({ secret: done.secret, expiresOn });
  }
  return (
    <Question
      title={t('guest.link.issue')}
      open
      onClose={onClose}
      onConfirm={() => void issue()}
      confirm={t('guest.link.issue')}
      sending={command.sending}
    >
      <p>
        <b>{action.ownerName}</b>: {action.title}
      </p>
      <TextInput
        type="date"
        label={t('guest.link.last-day')}
        value={expiresOn}
        onChange={(event) => setExpiresOn(event.currentTarget.value)}
      />
      <p className="small">{t(replaces ? 'guest.link.renew.effect' : 'guest.link.issue.effect')}</p>
      <FailureNotice failure={command.failure} />
    </Question>
  );
}
