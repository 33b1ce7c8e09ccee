import { instantAt, localDate, localTime, ZONES, type Zone } from '@lokmin/calendar';
import { TextInput } from '@mantine/core';
import type { FieldErrors, UseFormRegister } from 'react-hook-form';
import { useTexts } from '../texts/texts.ts';

/** When and where, as it is typed: on the clocks of the puskesmas. */
export interface StartEntry {
  date: string;
  time: string;
  minutes: string;
  place: string;
}

/** The start of a meeting as it is typed. @param startsAt null: not known yet */
export const entryOf = (
  { startsAt, durationMinutes, place }: { startsAt: string | null; durationMinutes: number; place: string },
  zone: Zone,
): StartEntry => ({
  date: startsAt ? localDate(new Date(startsAt), zone) : '',
  time: startsAt ? localTime(new Date(startsAt), zone) : '',
  minutes: String(durationMinutes),
  place,
});

/** What is typed, as a command carries it: the instant with the offset of the zone. */
export const startOf = ({ date, time, minutes, place }: StartEntry, zone: Zone) => ({
  startsAt: instantAt(date, time.slice(0, 5), zone),
  durationMinutes: Number(minutes),
  place: place.trim(),
});

/** The fields for the start, length and place of a meeting. */
export function StartFields({
  register,
  errors,
  zone,
}: {
  register: UseFormRegister<StartEntry>;
  errors: FieldErrors<StartEntry>;
  zone: Zone;
}) {
  const { t } = useTexts();
  return (
    <>
      <div className="pair">
        <TextInput
          type="date"
          label={t('meeting.date')}
          required
          error={errors.date && t('session.required')}
          {...register('date', { required: true })}
        />
        <TextInput
          type="time"
          label={t('meeting.time', { zone: ZONES[zone].label })}
          required
          error={errors.time && t('session.required')}
          {...register('time', { required: true })}
        />
      </div>
      <TextInput
        label={t('meeting.duration')}
        inputMode="numeric"
        maxLength={3}
        required
        error={errors.minutes && t('meeting.duration.invalid')}
        {...register('minutes', {
          validate: (minutes) => /^\d{1,3}$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 720,
        })}
      />
      <TextInput
        label={t('meeting.place')}
        required
        error={errors.place && t('session.required')}
        {...register('place', { validate: (place) => place.trim() !== '' })}
      />
    </>
  );
}
