import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  AddGuestDocument,
  PuskesmasGuestsDocument,
  PuskesmasPeopleDocument,
  ReadyActionDocument,
  type ActionFieldsFragment,
} from '../api/operations.generated.ts';
import { cardInput, EMPTY_CARD, GuestCardFields } from '../guest/guest-card.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { oneLine } from '../texts/one-line.ts';
import { useTexts } from '../texts/texts.ts';

/** Chosen instead of an owner who is there already. */
const NEW_GUEST = 'new-guest';

/** Gives a proposal its owner, due date and wording; an open action new ones. */
export function ReadyAction({
  action,
  onDone,
}: {
  action: ActionFieldsFragment;
  onDone: (text: string) => void;
}) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const proposed = action.status === 'PROPOSED';
  return (
    <div className="no-print">
      <Button
        size="xs"
        variant={proposed ? 'filled' : 'default'}
        onClick={() => setOpen(true)}
        aria-label={`${t(proposed ? 'action.ready' : 'action.ready.again')}: ${action.title}`}
      >
        {t(proposed ? 'action.ready' : 'action.ready.again')}
      </Button>
      {open && <ReadyForm action={action} onClose={() => setOpen(false)} onDone={onDone} />}
    </div>
  );
}

/** The form of it, as a dialog. */
export function ReadyForm({
  action,
  onClose,
  onDone,
}: {
  action: ActionFieldsFragment;
  onClose: () => void;
  onDone: (text: string) => void;
}) {
  const { t, date } = useTexts();
  const people = useAsked(PuskesmasPeopleDocument, { code: action.puskesmas.code });
  const part = people.data?.puskesmas?.people;
  const guests = useAsked(PuskesmasGuestsDocument, { code: action.puskesmas.code });
  const known = (guests.data?.puskesmas?.guests.nodes ?? []).filter(({ endedAt }) => endedAt === null);
  const mayAdd = may(useViewer(), 'guest.keep', { puskesmas: action.puskesmas.code });
  const adding = useCommand(AddGuestDocument, (data) => data.addGuest);
  const [card, setCard] = useState(EMPTY_CARD);
  /** The new guest, once written down: what comes after may be refused, and is tried again. */
  const [added, setAdded] = useState<string | null>(null);
  const command = useCommand(ReadyActionDocument, (data) => data.readyAction);
  const { register, handleSubmit, formState, control } = useForm({
    defaultValues: { owner: action.ownerId ?? '', dueDate: action.dueDate ?? '', title: action.title },
  });
  const { errors } = formState;
  const chosen = useWatch({ control, name: 'owner' });
  const isGuest = chosen === NEW_GUEST || known.some(({ id }) => id === chosen);
  /** The id of the owner who was chosen; a new guest is written down first. */
  async function ownerOf(owner: string): Promise<string | null> {
    if (owner !== NEW_GUEST) return owner;
    if (added !== null) return added;
    const done = await adding.send({ puskesmas: action.puskesmas.code, ...cardInput(card) });
    if (!done) return null;
    setAdded(done.guest.id);
    return done.guest.id;
  }
  const submit = handleSubmit(async ({ owner: choice, dueDate, title }) => {
    const owner = await ownerOf(choice);
    if (owner === null) return;
    const done = await command.send({
      action: action.id,
      expectedRevision: action.revision,
      owner,
      dueDate,
      title: oneLine(title),
    });
    if (!done) return;
    onClose();
    onDone(
      t('action.ready.done', {
        title: done.action.title,
        owner: done.action.ownerName ?? '',
        due: done.action.dueDate ? date(done.action.dueDate) : '',
      }),
    );
  });
  return (
    <Question
      title={t('action.ready.title')}
      open
      onClose={onClose}
      onConfirm={() => void submit()}
      confirm={t('action.ready.save')}
      sending={command.sending || adding.sending}
    >
      <p>
        {action.puskesmas.name}: {action.indicatorName} ({action.indicatorCode})
      </p>
      {people.error && !part && <QueryFailure error={people.error} retry={people.askAgain} />}
      {part && <PartNotice part={part} name="part.people" />}
      {(!part?.nodes && people.waiting) || (!guests.data && guests.waiting) ? (
        <Loading />
      ) : (
        <NativeSelect
          label={t('action.owner')}
          required
          error={errors.owner && t('session.required')}
          data={[
            { value: '', label: t('action.ready.owner.choose') },
            {
              group: t('action.ready.owner.staff'),
              items: (part?.nodes ?? []).map((person) => ({
                value: person.id,
                label: `${person.name} (${person.title})`,
              })),
            },
            {
              group: t('action.ready.owner.guests'),
              items: [
                ...known.map((guest) => ({ value: guest.id, label: `${guest.name} (${guest.office})` })),
                ...(mayAdd ? [{ value: NEW_GUEST, label: t('action.ready.owner.new-guest') }] : []),
              ],
            },
          ]}
          {...register('owner', { required: true })}
        />
      )}
      {chosen === NEW_GUEST &&
        (added === null ? (
          <GuestCardFields card={card} onChange={setCard} />
        ) : (
          <p>{t('guest.added', { name: card.name, office: card.office })}</p>
        ))}
      <TextInput
        type="date"
        label={t('action.due')}
        required
        error={errors.dueDate && t('session.required')}
        {...register('dueDate', { required: true })}
      />
      <Textarea
        label={t('action.ready.name')}
        required
        rows={3}
        error={errors.title && t('session.required')}
        {...register('title', { validate: (title) => title.trim() !== '' })}
      />
      <p className="small">{t(isGuest ? 'action.ready.effect.guest' : 'action.ready.effect')}</p>
      <FailureNotice failure={adding.failure ?? command.failure} />
    </Question>
  );
}
