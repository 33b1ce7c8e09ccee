import { formatPeriod, periodOf } from '@lokmin/calendar';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  CataloguePlacesDocument,
  SetTargetsDocument,
  type CatalogueIndicatorFieldsFragment,
  type Running,
} from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { definitionName, unitOf } from '../page/result.tsx';
import { readNumber } from '../texts/number-entry.ts';
import { useTexts } from '../texts/texts.ts';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Sets or withdraws one target of an indicator: for whom, for when, how much, and who says so. */
export function SetTarget({
  district,
  year,
  indicator,
  withdraws,
  onClose,
  onDone,
}: {
  district: string;
  year: number;
  indicator: CatalogueIndicatorFieldsFragment;
  /** Whether there are targets that could be withdrawn. */
  withdraws: boolean;
  onClose: () => void;
  onDone: (done: { changed: number; units: number }) => void;
}) {
  const texts = useTexts();
  const { t, language } = texts;
  const { data } = useAsked(CataloguePlacesDocument, { code: district, period: periodOf(year, 12) });
  /** Empty: the district; `puskesmas <code>` or `group <id>`. */
  const [place, setPlace] = useState('');
  const [month, setMonth] = useState('');
  const [value, setValue] = useState('');
  const [running, setRunning] = useState<'' | Running>('');
  const [curve, setCurve] = useState<readonly string[]>(MONTHS.map(() => ''));
  const [source, setSource] = useState('');
  const [approvedBy, setApprovedBy] = useState('');
  const [approvedOn, setApprovedOn] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const setting = useCommand(SetTargetsDocument, (answer) => answer.setTargets);

  const isEmpty = value.trim() === '';

  async function set() {
    const given = readNumber(value);
    const percents = running === 'CURVE' && month === '' ? curve.map(readNumber) : [];
    const unreadable =
      (given.kind !== 'number' && !(given.kind === 'empty' && withdraws)) ||
      percents.some(({ kind }) => kind !== 'number');
    setWrong(unreadable ? t('target.unreadable') : null);
    if (unreadable) return;
    const done = await setting.send({
      district,
      year,
      source,
      approvedBy,
      approvedOn,
      targets: [
        {
          indicatorCode: indicator.code,
          puskesmas: place.startsWith('puskesmas ') ? place.slice(10) : null,
          coachingGroup: place.startsWith('group ') ? place.slice(6) : null,
          month: month === '' ? null : Number(month),
          value: given.kind === 'number' ? given.value : null,
          running: month === '' && running !== '' ? running : null,
          curve:
            percents.length === 0 ? null : percents.map((each) => (each.kind === 'number' ? each.value : '')),
        },
      ],
    });
    if (done) onDone(done);
  }

  return (
    <Question
      title={t('target.set')}
      open
      onClose={onClose}
      onConfirm={() => void set()}
      confirm={isEmpty && withdraws ? t('target.withdraw') : t('target.save')}
      danger={isEmpty && withdraws}
      sending={setting.sending}
    >
      <p>
        <b>{definitionName(texts, indicator)}</b>, {year}
      </p>
      <NativeSelect
        label={t('target.for')}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
        data={[
          { value: '', label: t('target.whole-district') },
          ...(data?.district?.overview.rows ?? []).map(({ puskesmas: { code, name } }) => ({
            value: `puskesmas ${code}`,
            label: name,
          })),
          ...(data?.district?.coachingGroups ?? []).map(({ id, name }) => ({
            value: `group ${id}`,
            label: name,
          })),
        ]}
      />
      <NativeSelect
        label={t('target.when')}
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
        data={[
          { value: '', label: t('target.of-year', { year }) },
          ...MONTHS.map((each) => ({
            value: String(each),
            label: t('target.of-month', { month: formatPeriod(periodOf(year, each), language) }),
          })),
        ]}
      />
      <TextInput
        label={[t('target.value'), unitOf(texts, indicator.unit).trim()].filter(Boolean).join(', ')}
        {...(withdraws && { description: t('target.value.empty') })}
        inputMode="decimal"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {month === '' && value.trim() !== '' && (
        <NativeSelect
          label={t('target.running')}
          value={running}
          onChange={(event) => setRunning(event.currentTarget.value as '' | Running)}
          data={[
            { value: '', label: t('target.running.own') },
            ...(['FLAT', 'PRO_RATA', 'CURVE'] as const).map((each) => ({
              value: each,
              label: t(`target.running.${each}`),
            })),
          ]}
        />
      )}
      {month === '' && running === 'CURVE' && (
        <fieldset className="months">
          <legend>{t('target.curve')}</legend>
          {MONTHS.map((each, i) => (
            <TextInput
              key={each}
              label={formatPeriod(periodOf(year, each), language).split(' ')[0]}
              inputMode="decimal"
              value={curve[i]!}
              onChange={(event) => setCurve(curve.with(i, event.currentTarget.value))}
            />
          ))}
        </fieldset>
      )}
      <TextInput
        label={t('target.source')}
        description={t('target.source.example')}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('target.approved-by')}
        value={approvedBy}
        onChange={(event) => setApprovedBy(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('target.approved-on')}
        type="date"
        value={approvedOn}
        onChange={(event) => setApprovedOn(event.currentTarget.value)}
        required
      />
      <p className="small">{t('target.effect')}</p>
      {wrong && (
        <p role="alert" className="error">
          {wrong}
        </p>
      )}
      <FailureNotice failure={setting.failure} />
    </Question>
  );
}
