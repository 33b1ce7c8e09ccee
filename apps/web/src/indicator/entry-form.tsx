import { Alert, Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCommand } from '../api/command.ts';
import {
  RecordValuesDocument,
  type Covers,
  type DefinitionFieldsFragment,
  type ValueState,
  type WarningFieldsFragment,
} from '../api/operations.generated.ts';
import { DoneNotice, FailureNotice } from '../page/notices.tsx';
import { WarningList } from '../page/result.tsx';
import { readNumber, type NumberEntry } from '../texts/number-entry.ts';
import { useTexts } from '../texts/texts.ts';
import type { DataValue } from './indicator-page.tsx';

const STATES = ['REPORTED', 'ESTIMATED', 'NOT_REPORTED', 'NOT_APPLICABLE'] as const satisfies ValueState[];
const hasValue = (state: ValueState) => state === 'REPORTED' || state === 'ESTIMATED';

/** One number on its way in. */
interface Entry {
  element: string;
  state: ValueState;
  text: string;
  /** Exact, when it is known what the text means without reading it: as stored, or as the person said when asked. */
  meant: string | null;
}

/** The value to send; null where none belongs; `problem` when the person has to do something first. */
function valueOf(entry: Entry): { value: string | null } | { problem: NumberEntry } {
  if (!hasValue(entry.state)) return { value: null };
  if (entry.meant !== null) return { value: entry.meant };
  const read = readNumber(entry.text);
  return read.kind === 'number' ? { value: read.value } : { problem: read };
}

/** Enters or corrects the counts of one indicator, puskesmas and month. */
export function EntryForm({
  puskesmas,
  period,
  definition,
  values,
  onSaved,
}: {
  puskesmas: string;
  period: string;
  definition: DefinitionFieldsFragment;
  values: DataValue[];
  onSaved: () => void;
}) {
  const { t, count, language, period: word } = useTexts();
  const command = useCommand(RecordValuesDocument, (data) => data.recordValues);
  const stored = (element: string, covers?: Covers) =>
    values.find(
      (value) => value.element === element && value.period === period && (!covers || value.covers === covers),
    );
  const elements = [
    definition.numeratorElement,
    ...(definition.denominatorElement ? [definition.denominatorElement] : []),
  ];
  const storedEntry = (element: string, covers: Covers): Entry => {
    const value = stored(element, covers);
    const text = value?.value ?? '';
    return {
      element,
      state: value?.state ?? 'REPORTED',
      text: language === 'id' ? text.replace('.', ',') : text,
      meant: value?.value ?? null,
    };
  };
  const [covers, setCovers] = useState<Covers>(
    stored(definition.numeratorElement, 'YEAR_TO_DATE') ? 'YEAR_TO_DATE' : 'MONTH',
  );
  // What the person changed; every other field shows what is stored, also when somebody else changes it meanwhile.
  const [edits, setEdits] = useState<Record<string, Entry>>({});
  const entries = elements.map((element) => edits[element] ?? storedEntry(element, covers));
  const [checked, setChecked] = useState(false);
  const [saved, setSaved] = useState<{ changed: number; warnings: WarningFieldsFragment[] } | null>(null);
  const newest = values.reduce((last, { enteredAt }) => (enteredAt > last ? enteredAt : last), '');
  const [known, setKnown] = useState(newest);
  if (known !== newest) {
    setKnown(newest);
    if (saved) setEdits({}); // what was saved is now what is stored
  }

  const change = (element: string, part: Partial<Entry>) => {
    setSaved(null);
    const entry = entries.find((each) => each.element === element)!;
    setEdits({ ...edits, [element]: { ...entry, ...part } });
  };
  const labels: Record<string, string> = {
    [definition.numeratorElement]: t('result.numerator'),
    ...(definition.denominatorElement && { [definition.denominatorElement]: t('result.denominator') }),
  };

  async function save(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const inputs = [];
    for (const entry of entries) {
      const read = valueOf(entry);
      if ('problem' in read) return;
      inputs.push({ element: entry.element, covers, state: entry.state, value: read.value });
    }
    const done = await command.send({ puskesmas, period, values: inputs });
    if (!done) return;
    setSaved(done);
    setChecked(false);
    onSaved();
  }

  return (
    <form className="card no-print" onSubmit={(event) => void save(event)} noValidate aria-labelledby="entry">
      <h2 id="entry">{t('entry.title', { period: word(period) })}</h2>
      <Radio.Group
        label={t('entry.covers')}
        value={covers}
        onChange={(value) => {
          setCovers(value as Covers);
          setEdits({});
        }}
      >
        <Radio value="MONTH" label={t('covers.MONTH')} />
        <Radio value="YEAR_TO_DATE" label={t('covers.YEAR_TO_DATE')} />
      </Radio.Group>
      {entries.map((entry) => (
        <EntryField
          key={entry.element}
          entry={entry}
          label={labels[entry.element] ?? entry.element}
          checked={checked}
          onChange={(part) => change(entry.element, part)}
        />
      ))}
      <p className="small">{t('entry.hint')}</p>
      <FailureNotice failure={command.failure} />
      <DoneNotice>
        {saved &&
          (saved.changed === 0 ? t('entry.unchanged') : t('entry.saved', { changed: count(saved.changed) }))}
      </DoneNotice>
      {saved && saved.warnings.length > 0 && (
        <Alert color="yellow" title={t('entry.saved.warnings')}>
          <WarningList warnings={saved.warnings} />
        </Alert>
      )}
      <Button type="submit" loading={command.sending}>
        {t('entry.save')}
      </Button>
    </form>
  );
}

function EntryField({
  entry,
  label,
  checked,
  onChange,
}: {
  entry: Entry;
  label: string;
  checked: boolean;
  onChange: (part: Partial<Entry>) => void;
}) {
  const { t, decimal } = useTexts();
  const [left, setLeft] = useState(false);
  const read = valueOf(entry);
  const problem = 'problem' in read ? read.problem : null;
  const error =
    problem?.kind === 'empty' && checked
      ? t('entry.empty')
      : problem?.kind === 'invalid' && (checked || left)
        ? t('entry.invalid')
        : problem?.kind === 'ambiguous' && checked
          ? t('entry.unresolved')
          : undefined;
  return (
    <fieldset className="entry">
      <legend>{label}</legend>
      <NativeSelect
        aria-label={`${t('entry.state')}: ${label}`}
        data={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={entry.state}
        onChange={(event) => onChange({ state: event.currentTarget.value as ValueState })}
      />
      {hasValue(entry.state) && (
        <TextInput
          aria-label={label}
          inputMode="decimal"
          autoComplete="off"
          value={entry.text}
          error={error}
          onBlur={() => setLeft(true)}
          onChange={(event) => {
            setLeft(false);
            onChange({ text: event.currentTarget.value, meant: null });
          }}
        />
      )}
      {problem?.kind === 'ambiguous' && (left || checked) && (
        <div
          className="ambiguous"
          role="group"
          aria-label={t('entry.ambiguous', { typed: entry.text.trim() })}
        >
          <p role="alert">{t('entry.ambiguous', { typed: entry.text.trim() })}</p>
          {[problem.thousands, problem.fraction].map((meant) => (
            <Button
              key={meant}
              size="xs"
              variant="default"
              onClick={() => onChange({ meant, text: decimal(meant) })}
            >
              {decimal(meant)}
            </Button>
          ))}
        </div>
      )}
    </fieldset>
  );
}
