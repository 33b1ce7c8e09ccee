import { TextInput } from '@mantine/core';
import { useTexts } from '../texts/texts.ts';

/** What is written down of a guest. */
export interface Card {
  readonly name: string;
  readonly office: string;
  readonly phone: string;
}
export const EMPTY_CARD: Card = { name: '', office: '', phone: '' };

/** As the commands take it. */
export const cardInput = ({ name, office, phone }: Card) => ({
  name: name.trim(),
  office: office.trim(),
  phone: phone.trim() || null,
});

export function GuestCardFields({ card, onChange }: { card: Card; onChange: (card: Card) => void }) {
  const { t } = useTexts();
  const field = (name: keyof Card) => ({
    label: t(`guest.card.${name}`),
    value: card[name],
    maxLength: name === 'phone' ? 30 : 100,
    autoComplete: 'off',
    onChange: (event: { currentTarget: HTMLInputElement }) =>
      onChange({ ...card, [name]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput {...field('name')} required />
      <TextInput {...field('office')} required description={t('guest.card.office.hint')} />
      <TextInput {...field('phone')} type="tel" />
    </>
  );
}
