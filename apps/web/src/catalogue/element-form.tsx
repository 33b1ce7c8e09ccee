import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../api/failure.ts';
import type { CatalogueIndicatorFieldsFragment, DataElementInput } from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { useTexts } from '../texts/texts.ts';
import type { Draft } from './draft-page.tsx';
import { listOf } from './indicator-form.tsx';

export type Element = Draft['elements'][number];

/** Adds or changes a data element of a draft. */
export function ElementForm({
  element,
  taken,
  first,
  onSave,
  onClose,
  sending,
  failure,
}: {
  /** Null: a new one. */
  element: Element | null;
  taken: (code: string) => boolean;
  /** The indicators, where this is the first element: from then on every element that they name has to be one. */
  first: readonly CatalogueIndicatorFieldsFragment[];
  onSave: (elements: DataElementInput[]) => void;
  onClose: () => void;
  sending: boolean;
  failure: Failure | null;
}) {
  const { t } = useTexts();
  const [code, setCode] = useState(element?.code ?? '');
  const [nameId, setNameId] = useState(element?.nameId ?? '');
  const [nameEn, setNameEn] = useState(element?.nameEn ?? '');
  const [unit, setUnit] = useState(element?.unit ?? t('draft.element.people'));
  const [parts, setParts] = useState(element?.sumOf?.join(', ') ?? '');
  const [wrong, setWrong] = useState(false);
  const save = () => {
    const isTwice = !element && taken(code.trim());
    setWrong(isTwice);
    const put: DataElementInput = {
      code: code.trim(),
      nameId,
      nameEn,
      unit,
      sumOf: listOf(parts).length > 0 ? listOf(parts) : null,
    };
    if (!isTwice) onSave([...namedBy(first, unit).filter((each) => each.code !== put.code), put]);
  };
  return (
    <Question
      title={element ? `${t('draft.edit')}: ${element.code}` : t('draft.element.add')}
      open
      onClose={onClose}
      onConfirm={save}
      confirm={t('draft.save')}
      sending={sending}
    >
      {first.length > 0 && <p>{t('draft.element.first')}</p>}
      <TextInput
        label={t('draft.code')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        disabled={element !== null}
        required
      />
      <TextInput
        label={t('draft.name-id')}
        value={nameId}
        onChange={(event) => setNameId(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('draft.name-en')}
        value={nameEn}
        onChange={(event) => setNameEn(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('draft.element.unit')}
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value)}
        required
      />
      <TextInput
        label={t('draft.element.sum')}
        description={t('draft.element.sum.about')}
        value={parts}
        onChange={(event) => setParts(event.currentTarget.value)}
      />
      {wrong && (
        <p role="alert" className="error">
          {t('draft.taken', { code })}
        </p>
      )}
      <FailureNotice failure={failure} />
    </Question>
  );
}

/** The elements that indicators name, as elements that are entered. */
const namedBy = (
  indicators: readonly CatalogueIndicatorFieldsFragment[],
  unit: string,
): DataElementInput[] => {
  const named = new Map<string, DataElementInput>();
  for (const { numeratorElement, denominatorElement, registeredElement, nameId, nameEn } of indicators)
    for (const code of [numeratorElement, denominatorElement, registeredElement])
      if (code && !named.has(code)) named.set(code, { code, nameId, nameEn, unit, sumOf: null });
  return [...named.values()];
};
