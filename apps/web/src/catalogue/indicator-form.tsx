import { formatPeriod, periodOf } from '@lokmin/calendar';
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../api/failure.ts';
import type {
  Accumulation,
  CatalogueIndicatorFieldsFragment,
  Direction,
  IndicatorDefinitionInput,
  Running,
} from '../api/operations.generated.ts';
import { FailureNotice } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { readNumber } from '../texts/number-entry.ts';
import { useTexts } from '../texts/texts.ts';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const EMPTY = {
  code: '',
  nameId: '',
  nameEn: '',
  program: '',
  cluster: '',
  unit: 'percent',
  numerator: '',
  denominator: '',
  numeratorElement: '',
  denominatorElement: '',
  registeredElement: '',
  annualTarget: '',
  multiplier: '100',
  smallCountsBelow: '',
  source: '',
  uses: '',
};
type Words = typeof EMPTY;
const REQUIRED = ['code', 'nameId', 'nameEn', 'program', 'cluster', 'unit'] as const;

/** What was typed as a list: separated by commas, without blanks. */
export const listOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter(Boolean);

/** Adds or changes an indicator of a draft. */
export function IndicatorForm({
  indicator,
  year,
  programs,
  taken,
  onSave,
  onClose,
  sending,
  failure,
}: {
  /** Null: a new one. */
  indicator: CatalogueIndicatorFieldsFragment | null;
  year: number;
  programs: readonly string[];
  taken: (code: string) => boolean;
  onSave: (indicator: IndicatorDefinitionInput) => void;
  onClose: () => void;
  sending: boolean;
  failure: Failure | null;
}) {
  const { t, decimal, language } = useTexts();
  const shown = (exact: string | null | undefined) => (exact ? decimal(exact) : '');
  const [words, setWords] = useState<Words>(() =>
    indicator
      ? {
          ...EMPTY,
          ...indicator,
          denominatorElement: indicator.denominatorElement ?? '',
          registeredElement: indicator.registeredElement ?? '',
          annualTarget: shown(indicator.annualTarget),
          multiplier: shown(indicator.multiplier),
          smallCountsBelow: String(indicator.smallCountsBelow ?? ''),
          uses: indicator.uses.join(', '),
        }
      : EMPTY,
  );
  const [direction, setDirection] = useState<Direction>(indicator?.direction ?? 'HIGHER');
  const [accumulation, setAccumulation] = useState<Accumulation>(indicator?.accumulation ?? 'CUMULATIVE');
  const [running, setRunning] = useState<'' | Running>(indicator?.running ?? '');
  const [curve, setCurve] = useState(() => MONTHS.map((_, i) => shown(indicator?.curve?.[i])));
  const [months, setMonths] = useState<readonly number[]>(indicator?.activeMonths ?? MONTHS);
  const [expectedFrom, setExpectedFrom] = useState(indicator?.expectedFrom ?? '');
  const [wrong, setWrong] = useState<string | null>(null);

  function save() {
    const read = (text: string) => {
      const entry = readNumber(text);
      return entry.kind === 'number' ? entry.value : entry.kind === 'empty' ? null : undefined;
    };
    const [annualTarget, multiplier, smallCountsBelow] = [
      read(words.annualTarget),
      read(words.multiplier),
      read(words.smallCountsBelow),
    ];
    const percents = running === 'CURVE' ? curve.map(read) : null;
    const isTwice = !indicator && taken(words.code.trim());
    const isUnreadable =
      annualTarget === undefined ||
      multiplier === undefined ||
      smallCountsBelow === undefined ||
      percents?.some((each) => each === undefined || each === null);
    const empty = REQUIRED.find((name) => words[name].trim() === '');
    const hindrance = empty
      ? t('draft.fill', { field: t(`draft.field.${empty}`) })
      : isTwice
        ? t('draft.taken', { code: words.code })
        : isUnreadable
          ? t('draft.number')
          : null;
    setWrong(hindrance);
    if (hindrance) return;
    const code = words.code.trim();
    onSave({
      code,
      nameId: words.nameId,
      nameEn: words.nameEn,
      program: words.program,
      cluster: words.cluster,
      unit: words.unit,
      direction,
      accumulation,
      annualTarget,
      multiplier,
      numerator: words.numerator,
      denominator: words.denominator,
      numeratorElement: words.numeratorElement.trim() || `${code}.num`,
      denominatorElement: multiplier === null ? null : words.denominatorElement.trim() || `${code}.den`,
      registeredElement: words.registeredElement.trim() || null,
      running: running || null,
      curve: percents?.map((each) => each!) ?? null,
      activeMonths: months.length === MONTHS.length ? null : [...months].sort((x, y) => x - y),
      uses: listOf(words.uses),
      source: words.source,
      smallCountsBelow: smallCountsBelow === null ? null : Number(smallCountsBelow),
      expectedFrom: expectedFrom || null,
    });
  }

  const text = (
    name: keyof Words,
    props: { description?: string; required?: boolean; list?: string } = {},
  ) => (
    <TextInput
      label={t(`draft.field.${name}`)}
      value={words[name]}
      onChange={(event) => setWords({ ...words, [name]: event.currentTarget.value })}
      {...props}
    />
  );
  const long = (name: 'numerator' | 'denominator' | 'source') => (
    <Textarea
      label={t(`draft.field.${name}`)}
      autosize
      minRows={2}
      value={words[name]}
      onChange={(event) => setWords({ ...words, [name]: event.currentTarget.value })}
    />
  );
  const month = (each: number) => formatPeriod(periodOf(year, each), language);
  return (
    <Question
      title={indicator ? `${t('draft.edit')}: ${indicator.code}` : t('draft.add')}
      open
      onClose={onClose}
      onConfirm={save}
      confirm={t('draft.save')}
      sending={sending}
    >
      {!indicator && text('code', { required: true })}
      {text('nameId', { required: true })}
      {text('nameEn', { required: true })}
      {text('program', { required: true, list: 'draft-programs' })}
      <datalist id="draft-programs">
        {programs.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {text('cluster', { required: true })}
      {text('uses', { description: t('draft.list') })}
      <NativeSelect
        label={t('draft.field.direction')}
        value={direction}
        onChange={(event) => setDirection(event.currentTarget.value as Direction)}
        data={(['HIGHER', 'LOWER', 'INFO'] as const).map((value) => ({
          value,
          label: t(`catalogue.direction.${value}`),
        }))}
      />
      <NativeSelect
        label={t('draft.field.accumulation')}
        value={accumulation}
        onChange={(event) => setAccumulation(event.currentTarget.value as Accumulation)}
        data={(['CUMULATIVE', 'MONTHLY', 'SNAPSHOT'] as const).map((value) => ({
          value,
          label: t(`catalogue.accumulation.${value}`),
        }))}
      />
      {text('unit', { required: true, description: t('draft.unit.about') })}
      {text('multiplier', { description: t('draft.multiplier.about') })}
      {text('annualTarget', { description: t('draft.target.about') })}
      <NativeSelect
        label={t('target.running')}
        value={running}
        onChange={(event) => setRunning(event.currentTarget.value as '' | Running)}
        data={[
          { value: '', label: t('draft.running.own') },
          ...(['FLAT', 'PRO_RATA', 'CURVE'] as const).map((value) => ({
            value,
            label: t(`target.running.${value}`),
          })),
        ]}
      />
      {running === 'CURVE' && (
        <fieldset className="months">
          <legend>{t('target.curve')}</legend>
          {MONTHS.map((each, i) => (
            <TextInput
              key={each}
              label={month(each).split(' ')[0]}
              inputMode="decimal"
              value={curve[i]!}
              onChange={(event) => setCurve(curve.with(i, event.currentTarget.value))}
            />
          ))}
        </fieldset>
      )}
      <fieldset className="months">
        <legend>{t('catalogue.rounds')}</legend>
        {MONTHS.map((each) => (
          <Checkbox
            key={each}
            label={month(each).split(' ')[0]}
            checked={months.includes(each)}
            onChange={(event) =>
              setMonths(
                event.currentTarget.checked ? [...months, each] : months.filter((other) => other !== each),
              )
            }
          />
        ))}
      </fieldset>
      <NativeSelect
        label={t('draft.field.expectedFrom')}
        value={expectedFrom}
        onChange={(event) => setExpectedFrom(event.currentTarget.value)}
        data={[
          { value: '', label: t('draft.expected.always') },
          ...MONTHS.slice(1).map((each) => ({ value: periodOf(year, each), label: month(each) })),
        ]}
      />
      {long('numerator')}
      {text('numeratorElement', { description: t('draft.element.about') })}
      {words.multiplier.trim() !== '' && (
        <>
          {long('denominator')}
          {text('denominatorElement', { description: t('draft.element.about') })}
          {text('registeredElement')}
        </>
      )}
      {text('smallCountsBelow', { description: t('draft.small.about') })}
      {long('source')}
      {wrong && (
        <p role="alert" className="error">
          {wrong}
        </p>
      )}
      <FailureNotice failure={failure} />
    </Question>
  );
}
