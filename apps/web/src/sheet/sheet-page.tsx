import { formatPeriod, addMonths, type Period } from '@lokmin/calendar';
import { findingText } from '@lokmin/evaluation';
import { Alert, Button, NativeSelect } from '@mantine/core';
import { useMemo, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  EntrySheetDocument,
  RecordValuesDocument,
  type Covers,
  type Judgement,
  type WarningFieldsFragment,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { JudgementMark } from '../page/judgement.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { definitionName, unitOf, WarningList } from '../page/result.tsx';
import { readNumber } from '../texts/number-entry.ts';
import { useTexts } from '../texts/texts.ts';
import { readBlock, reckon, reckoningOf, rowsOf, withTyped, yearlyElements, type Sheet } from './reckon.ts';

/** `/puskesmas/:code/isi?periode=`: the month of a puskesmas, cell by cell or pasted from a spreadsheet. */
export default function SheetPage() {
  const { t } = useTexts();
  const code = useParams()['code']!;
  const { period, choose } = usePeriod();
  const { data, error, askAgain } = useAsked(EntrySheetDocument, { code, period });
  const puskesmas = data?.puskesmas;
  const sheet = puskesmas?.sheet;
  return (
    <>
      <PageHeading title={t('sheet.title')} aside={<PeriodChoice period={period} onChange={choose} />}>
        <p>
          <Link to={`/puskesmas/${code}?periode=${period}`}>{puskesmas?.name ?? code}</Link>
        </p>
      </PageHeading>
      {!data && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {data && !puskesmas && <Alert color="yellow">{t('puskesmas.not-found', { code })}</Alert>}
      {sheet && <PartNotice part={sheet} name="part.indicators" />}
      {sheet?.indicators && (
        <Grid key={`${code} ${period}`} puskesmas={code} period={period} sheet={sheet} onSaved={askAgain} />
      )}
    </>
  );
}

/** At most so many values in one command. */
const VALUES_AT_ONCE = 500;

/** What was typed and is not saved yet stays on this device. */
const draftKey = (puskesmas: string, period: string) => `lokmin.sheet.${puskesmas}.${period}`;
function readDraft(key: string): ReadonlyMap<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string>));
  } catch {
    return new Map(); // unreadable or refused by the browser: nothing was kept
  }
}
function keepDraft(key: string, typed: ReadonlyMap<string, string>): void {
  try {
    if (typed.size === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(Object.fromEntries(typed)));
  } catch {
    // The browser keeps nothing: what is typed stays on the page.
  }
}

/** What a cell says: a number, silence, or something that has to be asked about. */
function read(text: string): { value: string | null } | { problem: 'ambiguous' | 'invalid' } {
  if (text === '-') return { value: null };
  const entry = readNumber(text);
  if (entry.kind === 'number') return { value: entry.value };
  return entry.kind === 'empty' ? { value: null } : { problem: entry.kind };
}

function Grid({
  puskesmas,
  period,
  sheet,
  onSaved,
}: {
  puskesmas: string;
  period: Period;
  sheet: Sheet;
  onSaved: () => void;
}) {
  const texts = useTexts();
  const { t, count, decimal, language } = texts;
  const reckoning = useMemo(() => reckoningOf(sheet), [sheet]);
  const rows = useMemo(() => rowsOf(reckoning), [reckoning]);
  const yearly = useMemo(() => yearlyElements(reckoning), [reckoning]);
  const [program, setProgram] = useState('');
  const hasYearToDate = sheet.values!.some(
    (value) => value.period === period && value.covers === 'YEAR_TO_DATE' && !yearly.has(value.element),
  );
  const [chosen, setChosen] = useState<Covers>(hasYearToDate ? 'YEAR_TO_DATE' : 'MONTH');
  const key = draftKey(puskesmas, period);
  const [typed, setTyped] = useState(() => readDraft(key));
  const [warnings, setWarnings] = useState<WarningFieldsFragment[]>([]);
  const [done, setDone] = useState<string | null>(null);
  const saving = useCommand(RecordValuesDocument, (data) => data.recordValues);

  const coversOf = (element: string): Covers => (yearly.has(element) ? 'YEAR_TO_DATE' : chosen);
  const storedIn = (element: string, of: string) =>
    sheet.values!.find(
      (value) => value.element === element && value.period === of && value.covers === coversOf(element),
    );
  const storedText = (element: string) => {
    const value = storedIn(element, period)?.value ?? '';
    return language === 'id' ? value.replace('.', ',') : value;
  };
  const entries = [...typed].map(([element, text]) => [element, read(text)] as const);
  const readable = new Map(
    entries.flatMap(([element, entry]) =>
      'value' in entry ? [[element, { covers: coversOf(element), value: entry.value }] as const] : [],
    ),
  );
  const unreadable = entries.filter(([, entry]) => 'problem' in entry);
  const { results, findings } = useMemo(
    () => reckon(reckoning, period, withTyped(reckoning, period, readable)),
    // The texts decide; `readable` is made of them.
    [reckoning, period, typed, chosen],
  );
  const nameOf = new Map(rows.map(({ indicator }) => [indicator.code, definitionName(texts, indicator)]));
  const foundOf = Map.groupBy(findings, ({ indicatorCodes }) => indicatorCodes.at(-1)!);

  function type(changes: readonly (readonly [string, string])[]) {
    const next = new Map(typed);
    for (const [element, text] of changes)
      if (text === storedText(element)) next.delete(element);
      else next.set(element, text);
    setTyped(next);
    keepDraft(key, next);
    setDone(null);
  }

  const shown = rows.filter(({ indicator }) => program === '' || indicator.program === program);
  /** The cells in the order in which they stand: rows of numerator and denominator. */
  const lines = shown.flatMap(({ cells }) => cells);

  function paste(event: ClipboardEvent, line: number, column: 0 | 1) {
    if (sheet.closed) return;
    const block = readBlock(event.clipboardData.getData('text/plain'));
    if (block.length === 1 && block[0]!.length === 1) return; // one cell: as the browser does it
    event.preventDefault();
    type(
      block.flatMap((cells, i) =>
        cells.flatMap((text, j) => {
          const at = lines[line + i];
          const element = at && [at.numerator, at.denominator][column + j];
          return element ? [[element, text] as const] : [];
        }),
      ),
    );
  }
  function move(event: KeyboardEvent<HTMLInputElement>, line: number, column: 0 | 1) {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    document.querySelector<HTMLInputElement>(`[data-cell="${line + step} ${column}"]`)?.focus();
  }

  async function save() {
    const values = [...readable].map(([element, { covers, value }]) => ({
      element,
      covers,
      state: value === null ? ('NOT_REPORTED' as const) : ('REPORTED' as const),
      value,
    }));
    let changed = 0;
    const found: WarningFieldsFragment[] = [];
    for (let i = 0; i < values.length; i += VALUES_AT_ONCE) {
      const saved = await saving.send({
        puskesmas,
        period,
        values: values.slice(i, i + VALUES_AT_ONCE),
      });
      if (!saved) return;
      changed += saved.changed;
      found.push(...saved.warnings);
    }
    setTyped(new Map());
    keepDraft(key, new Map());
    setWarnings(found);
    setDone(t('entry.saved', { changed: count(changed) }));
    onSaved();
  }

  let line = -1;
  return (
    <>
      {sheet.closed ? <Alert color="yellow">{sheet.closed[language]}</Alert> : <p>{t('sheet.intro')}</p>}
      <div className="filters no-print">
        <NativeSelect
          label={t('entry.covers')}
          data={[
            { value: 'MONTH', label: t('covers.MONTH') },
            { value: 'YEAR_TO_DATE', label: t('covers.YEAR_TO_DATE') },
          ]}
          value={chosen}
          disabled={typed.size > 0}
          onChange={(event) => setChosen(event.currentTarget.value as Covers)}
        />
        <NativeSelect
          label={t('catalogue.program')}
          data={[
            { value: '', label: t('catalogue.program.all') },
            ...new Set(rows.map(({ indicator }) => indicator.program)),
          ]}
          value={program}
          onChange={(event) => setProgram(event.currentTarget.value)}
        />
      </div>
      <table role="table" className="table cards sheet" data-testid="sheet">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t('result.indicator')}
            </th>
            <th role="columnheader" scope="col">
              {t('result.numerator')}
            </th>
            <th role="columnheader" scope="col">
              {t('result.denominator')}
            </th>
            <th role="columnheader" scope="col" className="number">
              {formatPeriod(addMonths(period, -1), language)}
            </th>
            <th role="columnheader" scope="col" className="number">
              {t('sheet.result')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map(({ indicator, cells }) => {
            const result = results.get(indicator.code)!;
            const found = foundOf.get(indicator.code) ?? [];
            return cells.map(({ numerator, denominator }, i) => {
              line += 1;
              const at = line;
              const before = numerator && storedIn(numerator, addMonths(period, -1))?.value;
              const cell = (element: string | null, column: 0 | 1) =>
                element && (
                  <Cell
                    label={`${definitionName(texts, indicator)}, ${t(column === 0 ? 'result.numerator' : 'result.denominator')}${cells.length > 1 ? `, ${element}` : ''}`}
                    closed={Boolean(sheet.closed)}
                    text={typed.get(element) ?? storedText(element)}
                    changed={typed.has(element)}
                    at={`${at} ${column}`}
                    onType={(text) => type([[element, text]])}
                    onPaste={(event) => paste(event, at, column)}
                    onKeyDown={(event) => move(event, at, column)}
                  />
                );
              return (
                <tr role="row" key={`${indicator.code} ${i}`}>
                  <th role="rowheader" scope="row">
                    {i === 0 ? (
                      <Link to={`/puskesmas/${puskesmas}/indikator/${indicator.code}?periode=${period}`}>
                        {definitionName(texts, indicator)}
                      </Link>
                    ) : null}
                    {cells.length > 1 && (
                      <p className="small">{[numerator, denominator].filter(Boolean).join(' / ')}</p>
                    )}
                    {i === 0 &&
                      found.map((finding) => (
                        <p key={finding.rule} className="small warning">
                          ⚠{' '}
                          {
                            findingText(finding, {
                              indicator: (code) => nameOf.get(code) ?? code,
                              unit: () => '',
                            })[language]
                          }
                        </p>
                      ))}
                  </th>
                  <td role="cell" data-label={t('result.numerator')}>
                    {cell(numerator, 0)}
                  </td>
                  <td role="cell" data-label={t('result.denominator')}>
                    {cell(denominator, 1)}
                  </td>
                  <td
                    role="cell"
                    className="number"
                    data-label={formatPeriod(addMonths(period, -1), language)}
                  >
                    {before && decimal(before)}
                  </td>
                  <td
                    role="cell"
                    className="number"
                    data-label={t('sheet.result')}
                    data-testid={`result-${indicator.code}`}
                  >
                    {i === 0 && (
                      <>
                        {result.coverage !== null && (
                          <>
                            {decimal(result.coverage)}
                            {unitOf(texts, indicator.unit)}{' '}
                          </>
                        )}
                        <JudgementMark judgement={result.judgement.toUpperCase() as Judgement} />
                      </>
                    )}
                  </td>
                </tr>
              );
            });
          })}
        </tbody>
      </table>
      <div className="sheet-foot no-print">
        {unreadable.length > 0 && (
          <Alert color="red">
            {t('sheet.unreadable', {
              cells: unreadable.map(([element]) => `${element} (${typed.get(element)})`).join(', '),
            })}
          </Alert>
        )}
        <FailureNotice failure={saving.failure} />
        <DoneNotice>{done}</DoneNotice>
        {warnings.length > 0 && (
          <Alert color="yellow" title={t('entry.saved.warnings')}>
            <WarningList warnings={warnings} />
          </Alert>
        )}
        <Button
          disabled={typed.size === 0 || unreadable.length > 0 || Boolean(sheet.closed)}
          loading={saving.sending}
          onClick={() => void save()}
        >
          {t('sheet.save', { count: count(typed.size) })}
        </Button>{' '}
        {typed.size > 0 && (
          <Button
            variant="default"
            onClick={() => {
              setTyped(new Map());
              keepDraft(key, new Map());
            }}
          >
            {t('sheet.discard')}
          </Button>
        )}
        {typed.size > 0 && <p className="small">{t('sheet.unsaved', { count: count(typed.size) })}</p>}
      </div>
    </>
  );
}

function Cell({
  label,
  text,
  closed,
  changed,
  at,
  onType,
  onPaste,
  onKeyDown,
}: {
  label: string;
  text: string;
  /** Nothing can be entered now. */
  closed: boolean;
  changed: boolean;
  at: string;
  onType: (text: string) => void;
  onPaste: (event: ClipboardEvent) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}) {
  const entry = read(text);
  return (
    <input
      className={['cell', changed && 'changed', 'problem' in entry && 'wrong'].filter(Boolean).join(' ')}
      aria-label={label}
      aria-invalid={'problem' in entry}
      inputMode="decimal"
      autoComplete="off"
      readOnly={closed}
      data-cell={at}
      value={text}
      onChange={(event) => onType(event.currentTarget.value)}
      onPaste={onPaste}
      onKeyDown={onKeyDown}
    />
  );
}
