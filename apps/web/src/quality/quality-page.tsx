import { Alert, Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAsked, type Asked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  ConfirmFindingDocument,
  DistrictFindingsDocument,
  PuskesmasFindingsDocument,
  type FindingFieldsFragment,
  type FindingsFieldsFragment,
} from '../api/operations.generated.ts';
import { Attribution } from '../district/attribution.tsx';
import { SaveButtons } from '../export/save-buttons.tsx';
import type { Table } from '../export/table.ts';
import { PageHeading, PrintButton } from '../page/heading.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { PeriodChoice } from '../page/period-choice.tsx';
import { usePeriod, type PagePeriod } from '../page/period.ts';
import { Question } from '../page/question.tsx';
import { districtOf, may } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts, type Texts } from '../texts/texts.ts';

type Finding = FindingFieldsFragment;
const LEVELS = ['BLOCK', 'REASON', 'WARN', 'NOTE'] as const;

/** `/kabupaten/:code/mutu-data?periode=`: what the figures of a district say against each other. */
export default function DistrictQualityPage() {
  const { t } = useTexts();
  const code = useParams()['code']!;
  const page = usePeriod();
  const asked = useAsked(DistrictFindingsDocument, { code, period: page.period });
  const district = asked.data?.district;
  return (
    <QualityPage
      district={code}
      place={t('quality.of-district', { code })}
      back={`/kabupaten/${code}?periode=${page.period}`}
      page={page}
      asked={asked}
      part={district?.findings}
      missing={asked.data && !district ? t('district.not-found', { code }) : null}
    />
  );
}

/** `/puskesmas/:code/mutu-data?periode=`: the same of one puskesmas, and against the months before. */
export function PuskesmasQualityPage() {
  const { t } = useTexts();
  const code = useParams()['code']!;
  const page = usePeriod();
  const asked = useAsked(PuskesmasFindingsDocument, { code, period: page.period });
  const puskesmas = asked.data?.puskesmas;
  const district = districtOf(useViewer(), code);
  return (
    <QualityPage
      district={district}
      place={puskesmas?.name ?? code}
      back={`/puskesmas/${code}?periode=${page.period}`}
      page={page}
      asked={asked}
      part={puskesmas?.findings}
      missing={asked.data && !puskesmas ? t('puskesmas.not-found', { code }) : null}
    />
  );
}

function QualityPage({
  district,
  place,
  back,
  page: { period, choose },
  asked: { error, askAgain },
  part,
  missing,
}: {
  /** Null: not known. */
  district: string | null;
  place: string;
  back: string;
  page: PagePeriod;
  asked: Asked<unknown>;
  part: FindingsFieldsFragment | undefined;
  missing: string | null;
}) {
  const texts = useTexts();
  const { t, count } = texts;
  const [level, setLevel] = useState('');
  const [confirming, setConfirming] = useState<Finding | null>(null);
  const findings = part?.findings?.filter((finding) => level === '' || finding.level === level);
  const byRule = Map.groupBy(findings ?? [], ({ rule }) => rule);
  return (
    <>
      <PageHeading
        title={t('quality.title')}
        aside={
          <>
            <PeriodChoice period={period} onChange={choose} />
            {findings && findings.length > 0 && (
              <SaveButtons table={() => findingsTable(texts, place, period, findings)} />
            )}
            <PrintButton />
          </>
        }
      >
        <p>
          <Link to={back}>{place}</Link>, <b>{texts.period(period)}</b>
        </p>
      </PageHeading>
      <p>{t('quality.intro')}</p>
      {!part && !missing && (error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />)}
      {missing && <Alert color="yellow">{missing}</Alert>}
      {part && <PartNotice part={part} name="part.indicators" />}
      {part?.findings && (
        <NativeSelect
          className="no-print"
          label={t('quality.level')}
          data={[
            { value: '', label: `${t('quality.level.all')} (${count(part.findings.length)})` },
            ...LEVELS.map((each) => ({
              value: each,
              label: `${t(`quality.level.${each}`)} (${count(part.findings!.filter((finding) => finding.level === each).length)})`,
            })),
          ]}
          value={level}
          onChange={(event) => setLevel(event.currentTarget.value)}
        />
      )}
      {findings?.length === 0 && <p>{t('quality.none')}</p>}
      {[...byRule].map(([rule, found]) => (
        <section key={rule} className="card" data-testid={`rule-${rule}`}>
          <h2>
            {t(`quality.rule.${rule as 'outlier'}`)}{' '}
            <small>
              {[...new Set(found.map(({ level: each }) => t(`quality.level.${each}`)))].join(', ')},{' '}
              {count(found.length)}
            </small>
          </h2>
          <ul className="messages">
            {found.map((finding) => (
              <FindingItem
                key={`${finding.puskesmas?.code} ${finding.subject}`}
                finding={finding}
                district={district}
                period={period}
                onConfirm={() => setConfirming(finding)}
              />
            ))}
          </ul>
        </section>
      ))}
      {confirming && district && (
        <Confirm
          finding={confirming}
          district={district}
          period={period}
          onClose={() => setConfirming(null)}
          onDone={() => {
            setConfirming(null);
            askAgain();
          }}
        />
      )}
      <Attribution district={district} period={period} />
    </>
  );
}

function FindingItem({
  finding: { puskesmas, indicatorCodes, message, confirmation },
  district,
  period,
  onConfirm,
}: {
  finding: Finding;
  district: string | null;
  period: string;
  onConfirm: () => void;
}) {
  const { t, language, instant } = useTexts();
  const viewer = useViewer();
  // The programme is not known here: who records one of them is asked by the service.
  const confirms = puskesmas
    ? viewer.posts.some((post) => post.puskesmas?.code === puskesmas.code) ||
      may(viewer, 'values.record', { puskesmas: puskesmas.code, ...(district && { district }) })
    : district !== null && may(viewer, 'evaluation.return', { district });
  const [code] = indicatorCodes;
  return (
    <li>
      <p>
        {puskesmas && (
          <Link to={`/puskesmas/${puskesmas.code}/indikator/${code}?periode=${period}`}>
            {puskesmas.name}
          </Link>
        )}
        {!puskesmas && district && code && (
          <Link to={`/kabupaten/${district}/indikator/${code}?periode=${period}`}>
            {indicatorCodes.join(', ')}
          </Link>
        )}
        {' · '}
        {message[language]}
      </p>
      {confirmation ? (
        <p className="small">
          {t('quality.confirmed', { name: confirmation.byName, at: instant(confirmation.at) })}{' '}
          {confirmation.reason}
        </p>
      ) : (
        confirms && (
          <Button className="no-print" size="xs" variant="default" onClick={onConfirm}>
            {t('quality.confirm')}
          </Button>
        )
      )}
    </li>
  );
}

function Confirm({
  finding,
  district,
  period,
  onClose,
  onDone,
}: {
  finding: Finding;
  district: string;
  period: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t, language } = useTexts();
  const [reason, setReason] = useState('');
  const confirming = useCommand(ConfirmFindingDocument, (data) => data.confirmFinding);
  async function confirm() {
    const { subject, puskesmas } = finding;
    const input = { district, puskesmas: puskesmas?.code ?? null, period, subject, reason };
    if (await confirming.send(input)) onDone();
  }
  return (
    <Question
      title={t('quality.confirm')}
      open
      onClose={onClose}
      onConfirm={() => void confirm()}
      confirm={t('quality.confirm')}
      sending={confirming.sending}
    >
      <p>{finding.message[language]}</p>
      <p className="small">{t('quality.confirm.holds')}</p>
      <Textarea
        label={t('quality.reason')}
        description={t('quality.reason.privacy')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        autosize
        minRows={2}
      />
      <FailureNotice failure={confirming.failure} />
    </Question>
  );
}

const findingsTable = (
  { t, period: word, language, instant }: Texts,
  place: string,
  period: PagePeriod['period'],
  findings: readonly Finding[],
): Table => ({
  name: `mutu-data-${period}`,
  about: [
    [t('export.place'), place],
    [t('export.period'), word(period)],
    [t('export.saved'), instant(new Date())],
  ],
  head: [
    t('quality.column.rule'),
    t('quality.level'),
    t('export.code'),
    t('district.column.puskesmas'),
    t('quality.column.indicators'),
    t('quality.column.finding'),
    t('quality.column.confirmation'),
  ],
  rows: findings.map(({ rule, level, puskesmas, indicatorCodes, message, confirmation }) => [
    t(`quality.rule.${rule as 'outlier'}`),
    t(`quality.level.${level}`),
    puskesmas?.code ?? null,
    puskesmas?.name ?? null,
    indicatorCodes.join(', '),
    message[language],
    confirmation && `${confirmation.byName}: ${confirmation.reason}`,
  ]),
  definitions: LEVELS.map((level) => [t(`quality.level.${level}`), t(`quality.define.${level}`)] as const),
});
