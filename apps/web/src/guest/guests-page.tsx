import { Alert, Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  AddGuestDocument,
  ChangeGuestDocument,
  EndGuestDocument,
  PuskesmasGuestsDocument,
  type GuestFieldsFragment,
} from '../api/operations.generated.ts';
import { actionPage } from '../action/action-list.tsx';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';
import { cardInput, EMPTY_CARD, GuestCardFields } from './guest-card.tsx';
import { isPast, lastMinute } from './link-until.ts';

/** `/puskesmas/<code>/tamu`: people of other sectors, who own actions and have no account. */
export default function GuestsPage() {
  const code = useParams()['code']!;
  const { t } = useTexts();
  const keeps = may(useViewer(), 'guest.keep', { puskesmas: code });
  const { data, error, askAgain } = useAsked(PuskesmasGuestsDocument, { code });
  const [adding, setAdding] = useState(false);
  const puskesmas = data?.puskesmas;
  if (data && !puskesmas) return <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>;
  const part = puskesmas?.guests;
  return (
    <>
      <PageHeading title={t('guest.title')}>
        <p>{puskesmas?.name}</p>
      </PageHeading>
      <p>{t('guest.intro')}</p>
      {keeps && <Button onClick={() => setAdding(true)}>{t('guest.add')}</Button>}
      {adding && (
        <Edit
          puskesmas={code}
          guest={null}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            askAgain();
          }}
        />
      )}
      {!part && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {part && <PartNotice part={part} name="part.guests" />}
      {part?.nodes?.length === 0 && <p>{t('guest.none')}</p>}
      <ul className="messages" data-testid="guests">
        {part?.nodes?.map((guest) => (
          <Guest key={guest.id} puskesmas={code} guest={guest} keeps={keeps} onChanged={askAgain} />
        ))}
      </ul>
    </>
  );
}

function Guest({
  puskesmas,
  guest,
  keeps,
  onChanged,
}: {
  puskesmas: string;
  guest: GuestFieldsFragment;
  keeps: boolean;
  onChanged: () => void;
}) {
  const { t, instant } = useTexts();
  const [asked, setAsked] = useState<'change' | 'end' | null>(null);
  const ending = useCommand(EndGuestDocument, (data) => data.endGuest);
  const changed = () => {
    setAsked(null);
    onChanged();
  };
  async function end() {
    if (await ending.send({ guest: guest.id, expectedRevision: guest.revision })) changed();
  }
  return (
    <li className="card">
      <h2>
        {guest.name} <small>{guest.office}</small>
      </h2>
      <p>
        {[
          keeps && (guest.phone ?? t('guest.no-phone')), // others are not told of one
          guest.endedAt && t('guest.ended-at', { at: instant(guest.endedAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {guest.links.map((link) => (
        <p key={link.id} className="small">
          <Link to={actionPage(link.action)}>{t('guest.link.of-action')}</Link>:{' '}
          {t(isPast(link.expiresAt) ? 'guest.link.expired' : 'guest.link.until', {
            at: instant(lastMinute(link.expiresAt)),
          })}
        </p>
      ))}
      {keeps && !guest.endedAt && (
        <p className="buttons no-print">
          <Button size="xs" variant="default" onClick={() => setAsked('change')}>
            {t('guest.change')}
          </Button>{' '}
          <Button size="xs" variant="default" onClick={() => setAsked('end')}>
            {t('guest.end')}
          </Button>
        </p>
      )}
      {asked === 'change' && (
        <Edit puskesmas={puskesmas} guest={guest} onClose={() => setAsked(null)} onDone={changed} />
      )}
      <Question
        title={t('guest.end')}
        open={asked === 'end'}
        onClose={() => setAsked(null)}
        onConfirm={() => void end()}
        confirm={t('guest.end')}
        sending={ending.sending}
        danger
      >
        <p>
          <b>{guest.name}</b>, {guest.office}
        </p>
        <p>{t('guest.end.effect')}</p>
        <FailureNotice failure={ending.failure} />
      </Question>
    </li>
  );
}

/** @param guest null: a new one */
function Edit({
  puskesmas,
  guest,
  onClose,
  onDone,
}: {
  puskesmas: string;
  guest: GuestFieldsFragment | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTexts();
  const [card, setCard] = useState(guest ? { ...guest, phone: guest.phone ?? '' } : EMPTY_CARD);
  const adding = useCommand(AddGuestDocument, (data) => data.addGuest);
  const changing = useCommand(ChangeGuestDocument, (data) => data.changeGuest);
  const command = guest ? changing : adding;
  async function save() {
    const done = guest
      ? await changing.send({ guest: guest.id, expectedRevision: guest.revision, ...cardInput(card) })
      : await adding.send({ puskesmas, ...cardInput(card) });
    if (done) onDone();
  }
  return (
    <Question
      title={t(guest ? 'guest.change' : 'guest.add')}
      open
      onClose={onClose}
      onConfirm={() => void save()}
      confirm={t('guest.save')}
      sending={command.sending}
    >
      <GuestCardFields card={card} onChange={setCard} />
      <p className="small">{t('guest.card.privacy')}</p>
      <FailureNotice failure={command.failure} />
    </Question>
  );
}
