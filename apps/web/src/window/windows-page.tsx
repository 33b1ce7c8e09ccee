import { Alert, Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  DistrictWindowsDocument,
  ExtendWindowDocument,
  SetWindowsDocument,
  type DistrictWindowsQuery,
  type WindowKind,
} from '../api/operations.generated.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod } from '../page/period.ts';
import { Question } from '../page/question.tsx';
import { useTexts } from '../texts/texts.ts';

type Month = NonNullable<NonNullable<DistrictWindowsQuery['district']>['windows']['months']>[number];
const DAYS = Array.from({ length: 28 }, (_, i) => i + 1);
const KINDS = ['ENTRY', 'VERIFICATION'] as const satisfies WindowKind[];

/** `/kabupaten/:code/jendela?periode=2024-12`: until when the months of a year are entered and verified. */
export default function WindowsPage() {
  const texts = useTexts();
  const { t } = texts;
  const { code = '' } = useParams();
  const page = usePeriod();
  const { period } = page;
  const year = Number(period.slice(0, 4));
  const asked = useAsked(DistrictWindowsDocument, { code, year, period });
  const [done, setDone] = useState<string | null>(null);
  const district = asked.data?.district;
  const part = district?.windows;
  const periods = DAYS.slice(0, 12).map((month) => `${year}-${String(month).padStart(2, '0')}`);
  const finished = (text: string) => {
    setDone(text);
    asked.askAgain();
  };
  return (
    <>
      <PageHeading
        title={t('windows.title')}
        aside={
          <>
            <PeriodChoice period={period} onChange={page.choose} />
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={`/kabupaten/${code}?periode=${period}`}>{part?.districtName ?? code}</Link>,{' '}
          <b>{t('windows.year', { year })}</b>
          <Link className="spaced no-print" to={`/kabupaten/${code}/verifikasi?periode=${period}`}>
            {t('verification.link')}
          </Link>
        </p>
      </PageHeading>
      {asked.error && <QueryFailure error={asked.error} retry={asked.askAgain} />}
      {!part && !asked.error && asked.waiting && <Loading />}
      {asked.data && !district && <Alert color="yellow">{t('district.not-found', { code })}</Alert>}
      {part && <PartNotice part={part} name="part.indicators" />}
      {part?.months && (
        <>
          <p className="small">{t('windows.explained')}</p>
          {part.mayKeep && (
            <Group className="no-print queue-tools">
              <SetDays
                key={`set ${period}`}
                district={code}
                periods={periods}
                period={period}
                onDone={finished}
              />
              {part.months.some(isSet) && (
                <Extend
                  key={`extend ${period}`}
                  district={code}
                  months={part.months.filter(isSet)}
                  period={period}
                  puskesmas={(district?.verification.rows ?? []).map((row) => row.puskesmas)}
                  onDone={finished}
                />
              )}
            </Group>
          )}
          <DoneNotice>{done}</DoneNotice>
          <Months periods={periods} months={part.months} />
        </>
      )}
    </>
  );
}

const isSet = ({ entryDay, verificationDay }: Month) => entryDay !== null || verificationDay !== null;

function Months({ periods, months }: { periods: string[]; months: Month[] }) {
  const { t, instant, date, period: word } = useTexts();
  const never = <span className="nothing">{t('windows.never')}</span>;
  return (
    <table className="table cards" role="table" data-testid="windows">
      <caption className="visually-hidden">{t('windows.title')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {(['period', 'entry', 'verification', 'extensions'] as const).map((column) => (
            <th key={column} scope="col" role="columnheader">
              {t(`windows.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {periods.map((period) => {
          const month = months.find((it) => it.period === period);
          return (
            <tr key={period} role="row" data-testid={`window-${period}`}>
              <th scope="row" role="rowheader">
                {word(period)}
              </th>
              <td role="cell" data-label={t('windows.column.entry')}>
                {month?.entryClosesAt ? instant(month.entryClosesAt) : never}
              </td>
              <td role="cell" data-label={t('windows.column.verification')}>
                {month?.verificationClosesAt ? instant(month.verificationClosesAt) : never}
              </td>
              <td role="cell" data-label={t('windows.column.extensions')}>
                {month && month.extensions.length > 0 ? (
                  <ul className="plain-list">
                    {month.extensions.map((it) => (
                      <li key={it.extendedAt}>
                        {t(`windows.kind.${it.kind}`)}, {it.unitName ?? t('windows.whole')}:{' '}
                        <b>{t('windows.until', { day: date(it.until) })}</b>
                        <small>
                          {it.reason} ({it.extendedByName}, {instant(it.extendedAt)})
                        </small>
                      </li>
                    ))}
                  </ul>
                ) : (
                  <span className="nothing">{t('result.none')}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function SetDays({
  district,
  periods,
  period,
  onDone,
}: {
  district: string;
  periods: string[];
  period: string;
  onDone: (text: string) => void;
}) {
  const { t, count, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState(period);
  const [to, setTo] = useState(period);
  const [entry, setEntry] = useState('5');
  const [verification, setVerification] = useState('10');
  const command = useCommand(SetWindowsDocument, (data) => data.setWindows);
  const months = periods.map((value) => ({ value, label: word(value) }));
  const days = [
    { value: '', label: t('windows.never') },
    ...DAYS.map((day) => ({ value: String(day), label: t('windows.day', { day }) })),
  ];
  async function set() {
    const done = await command.send({
      district,
      fromPeriod: from,
      toPeriod: to,
      entryDay: entry ? Number(entry) : null,
      verificationDay: verification ? Number(verification) : null,
    });
    if (!done) return;
    setOpen(false);
    onDone(t('windows.set.done', { count: count(done.months) }));
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('windows.set')}</Button>
      <Question
        title={t('windows.set')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void set()}
        confirm={t('windows.set')}
        sending={command.sending}
      >
        <NativeSelect
          label={t('windows.from')}
          data={months}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <NativeSelect
          mt="xs"
          label={t('windows.to')}
          data={months}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          mt="xs"
          label={t('windows.entry-day')}
          data={days}
          value={entry}
          onChange={(event) => setEntry(event.currentTarget.value)}
        />
        <NativeSelect
          mt="xs"
          label={t('windows.verification-day')}
          data={days}
          value={verification}
          onChange={(event) => setVerification(event.currentTarget.value)}
        />
        <p className="small">{t('windows.set.effect')}</p>
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}

function Extend({
  district,
  months,
  period,
  puskesmas,
  onDone,
}: {
  district: string;
  months: Month[];
  period: string;
  puskesmas: { code: string; name: string }[];
  onDone: (text: string) => void;
}) {
  const { t, instant, period: word } = useTexts();
  const [open, setOpen] = useState(false);
  const [month, setMonth] = useState(
    months.some((it) => it.period === period) ? period : months.at(-1)!.period,
  );
  const [kind, setKind] = useState<WindowKind>('ENTRY');
  const [unit, setUnit] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useCommand(ExtendWindowDocument, (data) => data.extendWindow);
  async function extend() {
    const lacks = until === '' || reason.trim() === '';
    setMissing(lacks);
    if (lacks) return;
    const done = await command.send({
      district,
      period: month,
      kind,
      until,
      reason: reason.trim(),
      ...(unit && { puskesmas: unit }),
    });
    if (!done) return;
    setOpen(false);
    setReason('');
    onDone(t('windows.extend.done', { at: instant(done.closesAt) }));
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('windows.extend')}
      </Button>
      <Question
        title={t('windows.extend')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void extend()}
        confirm={t('windows.extend')}
        sending={command.sending}
      >
        <NativeSelect
          label={t('windows.column.period')}
          data={months.map((it) => ({ value: it.period, label: word(it.period) }))}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value)}
        />
        <NativeSelect
          mt="xs"
          label={t('windows.which')}
          data={KINDS.map((value) => ({ value, label: t(`windows.kind.${value}`) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as WindowKind)}
        />
        <NativeSelect
          mt="xs"
          label={t('windows.for')}
          data={[
            { value: '', label: t('windows.whole') },
            ...puskesmas.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
        />
        <TextInput
          mt="xs"
          type="date"
          label={t('windows.until-day')}
          value={until}
          error={missing && until === '' && t('windows.until.missing')}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Textarea
          mt="xs"
          label={t('evaluation.return.reason')}
          rows={3}
          value={reason}
          error={missing && reason.trim() === '' && t('windows.reason.missing')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureNotice failure={command.failure} />
      </Question>
    </>
  );
}
