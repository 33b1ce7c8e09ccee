import { Alert, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  DeliveriesDocument,
  SendAgainDocument,
  type DeliveryFieldsFragment,
  type DeliveryStatus,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { operatedBy } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts, type TextKey } from '../texts/texts.ts';

const PAGE = 50;
const STATUSES: readonly DeliveryStatus[] = ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNCERTAIN', 'SKIPPED'];

/** `/pesan-terkirim`: every mail of the district and what became of it, for its administrators. */
export default function OutboxPage() {
  const { t } = useTexts();
  const districts = operatedBy(useViewer());
  const [district, setDistrict] = useState(districts[0] ?? '');
  const [status, setStatus] = useState<DeliveryStatus | ''>('');
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [done, setDone] = useState<string | null>(null);
  if (district === '')
    return (
      <>
        <PageHeading title={t('outbox.title')} />
        <Alert color="yellow">{t('outbox.forbidden')}</Alert>
      </>
    );
  return (
    <>
      <PageHeading title={t('outbox.title')}>
        <p>{t('outbox.intro')}</p>
      </PageHeading>
      <div className="table-tools no-print">
        {districts.length > 1 && (
          <NativeSelect
            label={t('nav.district')}
            data={districts}
            value={district}
            onChange={(event) => {
              setDistrict(event.currentTarget.value);
              setCursors([null]);
            }}
          />
        )}
        <NativeSelect
          label={t('outbox.status')}
          data={[
            { value: '', label: t('outbox.all') },
            ...STATUSES.map((value) => ({ value, label: t(`outbox.${value}`) })),
          ]}
          value={status}
          onChange={(event) => {
            setStatus(event.currentTarget.value as DeliveryStatus | '');
            setCursors([null]);
          }}
        />
      </div>
      <DoneNotice>{done}</DoneNotice>
      {cursors.map((after, index) => (
        <Page
          key={`${district} ${status} ${after}`}
          variables={{ district, status: status || null, first: PAGE, after }}
          last={index === cursors.length - 1}
          onMore={(cursor) => setCursors([...cursors, cursor])}
          onDone={() => setDone(t('outbox.again.done'))}
        />
      ))}
    </>
  );
}

function Page({
  variables,
  last,
  onMore,
  onDone,
}: {
  variables: { district: string; status: DeliveryStatus | null; first: number; after: string | null };
  last: boolean;
  onMore: (cursor: string) => void;
  onDone: () => void;
}) {
  const { t, count } = useTexts();
  const { data, error, askAgain } = useAsked(DeliveriesDocument, variables);
  const part = data?.deliveries;
  if (!part) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const next = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
  return (
    <>
      <PartNotice part={part} name="part.outbox" />
      {variables.after === null && part.totalCount !== null && (
        <p>
          {t('outbox.count', { count: count(part.totalCount) })}{' '}
          <Button size="compact-xs" variant="subtle" className="no-print" onClick={askAgain}>
            {t('outbox.reload')}
          </Button>
        </p>
      )}
      <ul className="messages" data-testid="deliveries">
        {part.nodes?.map((delivery) => (
          <Mail
            key={delivery.id}
            delivery={delivery}
            onDone={() => {
              onDone();
              askAgain();
            }}
          />
        ))}
      </ul>
      {last && next && (
        <Button variant="default" onClick={() => onMore(next)}>
          {t('app.more')}
        </Button>
      )}
    </>
  );
}

function Mail({ delivery, onDone }: { delivery: DeliveryFieldsFragment; onDone: () => void }) {
  const { t, has, instant, count } = useTexts();
  const [open, setOpen] = useState(false);
  const command = useCommand(SendAgainDocument, (data) => data.sendAgain);
  const reason = `outbox.reason.${delivery.skipReason}` as TextKey;
  async function send() {
    if (!(await command.send({ delivery: delivery.id }))) return;
    setOpen(false);
    onDone();
  }
  return (
    <li className="card" data-status={delivery.status}>
      <h2>
        <span className={`mark mark-${delivery.status}`}>{t(`outbox.${delivery.status}`)}</span>{' '}
        {delivery.subject}
      </h2>
      <p>
        {delivery.personName}
        {delivery.unitName && ` · ${delivery.unitName}`}
        {delivery.address && ` · ${delivery.address}`}
      </p>
      <p className="small">
        {t('outbox.queued-at', { at: instant(delivery.queuedAt) })}
        {delivery.settledAt && ` · ${t('outbox.settled-at', { at: instant(delivery.settledAt) })}`}
        {delivery.nextAttemptAt &&
          ` · ${t(delivery.attempts === 0 ? 'outbox.due-at' : 'outbox.next-at', { at: instant(delivery.nextAttemptAt) })}`}
        {delivery.attempts > 1 && ` · ${t('outbox.attempts', { count: count(delivery.attempts) })}`}
      </p>
      {delivery.skipReason && <p>{has(reason) ? t(reason) : delivery.skipReason}</p>}
      {delivery.lastError && delivery.status !== 'SENT' && <blockquote>{delivery.lastError}</blockquote>}
      {delivery.mayBeSentAgain && (
        <Button size="xs" variant="default" className="no-print" onClick={() => setOpen(true)}>
          {t('outbox.again')}
        </Button>
      )}
      <Question
        title={t('outbox.again')}
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => void send()}
        confirm={t('outbox.again')}
        sending={command.sending}
      >
        <p>
          <b>{delivery.subject}</b>, {delivery.personName}
        </p>
        <p>{t(delivery.status === 'UNCERTAIN' ? 'outbox.again.uncertain' : 'outbox.again.effect')}</p>
        <FailureNotice failure={command.failure} />
      </Question>
    </li>
  );
}
