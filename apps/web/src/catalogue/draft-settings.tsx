import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../api/failure.ts';
import type { LowerIsBetter } from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { readNumber } from '../texts/number-entry.ts';
import { useTexts } from '../texts/texts.ts';
import type { Changes, Draft } from './draft-page.tsx';

/** Name of a bundle, and how it turns performance into judgements. */
export function DraftSettings({
  draft,
  onSave,
  onClose,
  sending,
  failure,
}: {
  draft: Draft;
  onSave: (changes: Changes) => void;
  onClose: () => void;
  sending: boolean;
  failure: Failure | null;
}) {
  const { t, decimal } = useTexts();
  const [name, setName] = useState(draft.name);
  const [kurang, setKurang] = useState(decimal(draft.bands.kurangAtMost));
  const [baik, setBaik] = useState(decimal(draft.bands.baikFrom));
  const [lower, setLower] = useState(draft.lowerIsBetter);
  const [wrong, setWrong] = useState(false);
  const save = () => {
    const [kurangAtMost, baikFrom] = [readNumber(kurang), readNumber(baik)];
    const readable = kurangAtMost.kind === 'number' && baikFrom.kind === 'number';
    setWrong(!readable);
    if (readable)
      onSave({
        name,
        bands: { kurangAtMost: kurangAtMost.value, baikFrom: baikFrom.value },
        lowerIsBetter: lower,
      });
  };
  return (
    <Question
      title={t('draft.settings')}
      open
      onClose={onClose}
      onConfirm={save}
      confirm={t('draft.save')}
      sending={sending}
    >
      <TextInput
        label={t('draft.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('draft.kurang')}
        inputMode="decimal"
        value={kurang}
        onChange={(event) => setKurang(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('draft.baik')}
        inputMode="decimal"
        value={baik}
        onChange={(event) => setBaik(event.currentTarget.value)}
        required
      />
      <NativeSelect
        label={t('draft.lower')}
        value={lower}
        onChange={(event) => setLower(event.currentTarget.value as LowerIsBetter)}
        data={(['RATIO', 'LINEAR'] as const).map((value) => ({ value, label: t(`draft.lower.${value}`) }))}
      />
      {wrong && (
        <p role="alert" className="error">
          {t('draft.number')}
        </p>
      )}
      <FailureNotice failure={failure} />
    </Question>
  );
}
