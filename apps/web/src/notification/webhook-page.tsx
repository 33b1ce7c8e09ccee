import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  ChangeWebhookDocument,
  CreateWebhookDocument,
  DeleteWebhookDocument,
  ResendToWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  WebhooksDocument,
  WebhookLogDocument,
  type WebhookFieldsFragment,
  type WebhookSendingFieldsFragment,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { Question } from '../page/question.tsx';
import { operatedBy } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts, type TextKey, type Texts } from '../texts/texts.ts';

type Webhook = WebhookFieldsFragment;
type Sending = WebhookSendingFieldsFragment;

const PAGE = 20;

/** What a type of fact is called; one that has no name yet by its type. */
function nameOfFact({ t, has }: Texts, type: string): string {
  const key = `fact.${type.replace(/^lokmin\.\w+\.|\.v\d+$/g, '')}` as TextKey;
  return has(key) ? t(key) : type;
}

/** `/webhook`: other systems that have facts of the district sent to them, for its administrators. */
export default function WebhookPage() {
  const { t } = useTexts();
  const districts = operatedBy(useViewer());
  const [district, setDistrict] = useState(districts[0] ?? '');
  if (district === '')
    return (
      <>
        <PageHeading title={t('webhook.title')} />
        <Alert color="yellow">{t('outbox.forbidden')}</Alert>
      </>
    );
  return (
    <>
      <PageHeading title={t('webhook.title')}>
        <p>{t('webhook.intro')}</p>
      </PageHeading>
      {districts.length > 1 && (
        <NativeSelect
          label={t('nav.district')}
          data={districts}
          value={district}
          onChange={(event) => setDistrict(event.currentTarget.value)}
        />
      )}
      <Webhooks key={district} district={district} />
    </>
  );
}

function Webhooks({ district }: { district: string }) {
  const { t } = useTexts();
  const { data, error, askAgain } = useAsked(WebhooksDocument, { district });
  const [done, setDone] = useState<string | null>(null);
  /** A secret that was just told: it stays on the screen until it is said to be kept. */
  const [told, setTold] = useState<{ name: string; secret: string } | null>(null);
  const [making, setMaking] = useState(false);
  const create = useCommand(CreateWebhookDocument, (data) => data.createWebhook);
  if (!data) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const { webhookTypes, webhooks } = data;
  const after = (text: string) => {
    setDone(text);
    askAgain();
  };
  const tell = ({ secret, webhook }: { secret: string; webhook: WebhookFieldsFragment }) => {
    setTold({ name: webhook.name, secret });
    setDone(null);
    askAgain();
  };
  return (
    <>
      <DoneNotice>{done}</DoneNotice>
      {told && (
        <Alert color="yellow" role="status" title={t('webhook.secret', { name: told.name })}>
          <p>{t('webhook.secret.keep')}</p>
          <p>
            <code className="secret" data-testid="secret">
              {told.secret}
            </code>
          </p>
          <Button size="xs" variant="default" onClick={() => setTold(null)}>
            {t('webhook.secret.kept')}
          </Button>
        </Alert>
      )}
      <PartNotice part={webhooks} name="part.outbox" />
      {webhooks.nodes?.length === 0 && <p>{t('webhook.none')}</p>}
      <ul className="messages" data-testid="webhooks">
        {webhooks.nodes?.map((webhook) => (
          <OneWebhook key={webhook.id} webhook={webhook} types={webhookTypes} onDone={after} onTold={tell} />
        ))}
      </ul>
      {making ? (
        <WebhookForm
          title={t('webhook.new')}
          types={webhookTypes}
          command={create}
          onCancel={() => setMaking(false)}
          onSubmit={async (wanted) => {
            const outcome = await create.send({ district, ...wanted });
            if (!outcome) return;
            setMaking(false);
            tell(outcome);
          }}
        />
      ) : (
        webhooks.nodes && (
          <Button className="no-print" onClick={() => setMaking(true)}>
            {t('webhook.new')}
          </Button>
        )
      )}
    </>
  );
}

interface Wanted {
  name: string;
  url: string;
  types: string[];
  puskesmas: string[] | null;
}

function WebhookForm({
  title,
  types,
  webhook,
  command,
  onSubmit,
  onCancel,
}: {
  title: string;
  types: readonly string[];
  webhook?: Webhook;
  command: Pick<ReturnType<typeof useCommand>, 'sending' | 'failure'>;
  onSubmit: (wanted: Wanted) => Promise<void>;
  onCancel: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const [chosen, setChosen] = useState<string[]>(webhook?.types ?? []);
  const [none, setNone] = useState(false);
  const { register, handleSubmit, formState } = useForm({
    defaultValues: {
      name: webhook?.name ?? '',
      url: webhook?.url ?? 'https://',
      puskesmas: webhook?.puskesmas?.map(({ code }) => code).join(', ') ?? '',
    },
  });
  const submit = handleSubmit(async ({ name, url, puskesmas }) => {
    setNone(chosen.length === 0);
    if (chosen.length === 0) return;
    const codes = puskesmas.split(/[\s,;]+/).filter((code) => code !== '');
    // In the order of the list, so that ticking and unticking changes nothing.
    await onSubmit({
      name,
      url: url.trim(),
      types: types.filter((type) => chosen.includes(type)),
      puskesmas: codes.length > 0 ? codes : null,
    });
  });
  return (
    <form className="card" onSubmit={(event) => void submit(event)} noValidate aria-label={title}>
      <h2>{title}</h2>
      <TextInput
        label={t('webhook.name')}
        description={t('webhook.name.hint')}
        error={formState.errors.name && t('session.required')}
        {...register('name', { required: true })}
      />
      <TextInput
        label={t('webhook.url')}
        description={t('webhook.url.hint')}
        inputMode="url"
        error={formState.errors.url && t('session.required')}
        {...register('url', { required: true })}
      />
      <fieldset className="ticks">
        <legend>{t('webhook.types')}</legend>
        {types.map((type) => (
          <Checkbox
            key={type}
            label={nameOfFact(texts, type)}
            checked={chosen.includes(type)}
            onChange={({ currentTarget: { checked } }) =>
              setChosen((before) => (checked ? [...before, type] : before.filter((other) => other !== type)))
            }
          />
        ))}
        {none && chosen.length === 0 && (
          <p className="error" role="alert">
            {t('webhook.types.none')}
          </p>
        )}
      </fieldset>
      <TextInput
        label={t('webhook.puskesmas')}
        description={t('webhook.puskesmas.hint')}
        {...register('puskesmas')}
      />
      <FailureNotice failure={command.failure} />
      <div className="buttons">
        <Button type="submit" loading={command.sending}>
          {t('webhook.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

function OneWebhook({
  webhook,
  types,
  onDone,
  onTold,
}: {
  webhook: Webhook;
  types: readonly string[];
  onDone: (text: string) => void;
  onTold: (told: { secret: string; webhook: WebhookFieldsFragment }) => void;
}) {
  const texts = useTexts();
  const { t, instant, count } = texts;
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null);
  const [changing, setChanging] = useState(false);
  const [looking, setLooking] = useState(false);
  /** Counts what was asked of the webhook: its log is read anew. */
  const [seen, setSeen] = useState(0);
  const change = useCommand(ChangeWebhookDocument, (data) => data.changeWebhook);
  const rotate = useCommand(RotateWebhookSecretDocument, (data) => data.rotateWebhookSecret);
  const remove = useCommand(DeleteWebhookDocument, (data) => data.deleteWebhook);
  const test = useCommand(TestWebhookDocument, (data) => data.testWebhook);
  const resend = useCommand(ResendToWebhookDocument, (data) => data.resendToWebhook);
  const { id, revision, name, url, puskesmas, enabled } = webhook;
  const at = { webhook: id, expectedRevision: revision };

  async function put(wanted: Wanted, goesOn: boolean, text: string) {
    if (!(await change.send({ ...at, ...wanted, enabled: goesOn }))) return;
    setChanging(false);
    onDone(text);
  }
  const asItIs: Wanted = {
    name,
    url,
    types: webhook.types,
    puskesmas: puskesmas?.map(({ code }) => code) ?? null,
  };
  async function rotateNow() {
    const outcome = await rotate.send(at);
    if (!outcome) return;
    setAsking(null);
    onTold(outcome);
  }
  async function removeNow() {
    if (!(await remove.send(at))) return;
    setAsking(null);
    onDone(t('webhook.deleted', { name }));
  }
  async function testNow() {
    if (!(await test.send({ webhook: id }))) return;
    setSeen(seen + 1);
    onDone(t('webhook.test.done'));
  }
  async function sendAgain(sending: string | null) {
    const outcome = await resend.send({ webhook: id, sending });
    if (!outcome) return;
    setSeen(seen + 1);
    onDone(t('webhook.again.done', { count: count(outcome.queued) }));
  }
  if (changing)
    return (
      <li>
        <WebhookForm
          title={t('webhook.change')}
          types={types}
          webhook={webhook}
          command={change}
          onCancel={() => setChanging(false)}
          onSubmit={(wanted) => put(wanted, enabled, t('webhook.changed', { name: wanted.name }))}
        />
      </li>
    );
  return (
    <li className="card">
      <h2>
        {name} {!enabled && <span className="mark mark-SKIPPED">{t('webhook.held')}</span>}
      </h2>
      <p className="address">{url}</p>
      <p>{webhook.types.map((type) => nameOfFact(texts, type)).join(', ')}</p>
      <p>
        {puskesmas
          ? t('webhook.of', { puskesmas: puskesmas.map((unit) => unit.name).join(', ') })
          : t('webhook.of-all')}
      </p>
      {webhook.failingSince && (
        <Alert color="red" role="status">
          {t('webhook.failing', { at: instant(webhook.failingSince) })}
        </Alert>
      )}
      <p className="small">
        {webhook.lastDeliveredAt
          ? t('webhook.last', { at: instant(webhook.lastDeliveredAt) })
          : t('webhook.never')}
        {' · '}
        {t('webhook.queued', { count: count(webhook.queued) })}
        {webhook.failed > 0 && ` · ${t('webhook.failed', { count: count(webhook.failed) })}`}
        {webhook.formerSecretUntil && ` · ${t('webhook.former', { at: instant(webhook.formerSecretUntil) })}`}
      </p>
      <div className="buttons no-print">
        <Button size="xs" variant="default" loading={test.sending} onClick={() => void testNow()}>
          {t('webhook.test')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setChanging(true)}>
          {t('webhook.change')}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={change.sending}
          onClick={() =>
            void put(asItIs, !enabled, t(enabled ? 'webhook.hold.done' : 'webhook.go-on.done', { name }))
          }
        >
          {t(enabled ? 'webhook.hold' : 'webhook.go-on')}
        </Button>
        {webhook.failed > 0 && (
          <Button size="xs" variant="default" loading={resend.sending} onClick={() => void sendAgain(null)}>
            {t('webhook.again.all')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => setAsking('rotate')}>
          {t('webhook.rotate')}
        </Button>
        <Button size="xs" variant="default" color="red" onClick={() => setAsking('delete')}>
          {t('webhook.delete')}
        </Button>
      </div>
      <FailureNotice failure={test.failure ?? resend.failure ?? change.failure} />
      <details onToggle={({ currentTarget: { open } }) => setLooking(open)}>
        <summary>{t('webhook.log')}</summary>
        {looking && <Log key={seen} webhook={id} onAgain={(sending) => void sendAgain(sending)} />}
      </details>
      <Question
        title={t('webhook.rotate')}
        open={asking === 'rotate'}
        onClose={() => setAsking(null)}
        onConfirm={() => void rotateNow()}
        confirm={t('webhook.rotate')}
        sending={rotate.sending}
      >
        <p>{t('webhook.rotate.effect', { name })}</p>
        <FailureNotice failure={rotate.failure} />
      </Question>
      <Question
        title={t('webhook.delete')}
        open={asking === 'delete'}
        onClose={() => setAsking(null)}
        onConfirm={() => void removeNow()}
        confirm={t('webhook.delete')}
        sending={remove.sending}
        danger
      >
        <p>{t('webhook.delete.effect', { name, count: count(webhook.queued) })}</p>
        <FailureNotice failure={remove.failure} />
      </Question>
    </li>
  );
}

/** What was and is to be sent to a webhook, newest first. */
function Log({ webhook, onAgain }: { webhook: string; onAgain: (sending: string) => void }) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return cursors.map((after, index) => (
    <LogPage
      key={after}
      variables={{ webhook, first: PAGE, after }}
      last={index === cursors.length - 1}
      onMore={(cursor) => setCursors([...cursors, cursor])}
      onAgain={onAgain}
    />
  ));
}

function LogPage({
  variables,
  last,
  onMore,
  onAgain,
}: {
  variables: { webhook: string; first: number; after: string | null };
  last: boolean;
  onMore: (cursor: string) => void;
  onAgain: (sending: string) => void;
}) {
  const { t, count } = useTexts();
  const { data, error, askAgain } = useAsked(WebhookLogDocument, variables);
  const part = data?.webhookSendings;
  if (!part) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const next = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
  return (
    <>
      <PartNotice part={part} name="part.outbox" />
      {variables.after === null && (
        <p>
          {t('webhook.log.count', { count: count(part.totalCount ?? 0) })}{' '}
          <Button size="compact-xs" variant="subtle" className="no-print" onClick={askAgain}>
            {t('outbox.reload')}
          </Button>
        </p>
      )}
      <ul className="messages" data-testid="sendings">
        {part.nodes?.map((sending) => (
          <OneSending key={sending.id} sending={sending} onAgain={() => onAgain(sending.id)} />
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

function OneSending({ sending, onAgain }: { sending: Sending; onAgain: () => void }) {
  const texts = useTexts();
  const { t, instant, count } = texts;
  const { status, type, unitName, attempts, queuedAt, settledAt, nextAttemptAt, lastError, lastStatus } =
    sending;
  const mark = { QUEUED: 'QUEUED', DELIVERED: 'SENT', FAILED: 'FAILED' }[status];
  return (
    <li>
      <span className={`mark mark-${mark}`}>{t(`webhook.${status}`)}</span> {nameOfFact(texts, type)}
      {unitName && ` · ${unitName}`}
      <br />
      <small>
        {t('outbox.queued-at', { at: instant(queuedAt) })}
        {settledAt && ` · ${t('outbox.settled-at', { at: instant(settledAt) })}`}
        {nextAttemptAt && attempts > 0 && ` · ${t('outbox.next-at', { at: instant(nextAttemptAt) })}`}
        {attempts > 1 && ` · ${t('outbox.attempts', { count: count(attempts) })}`}
        {status !== 'DELIVERED' && lastStatus !== null && ` · HTTP ${lastStatus}`}
      </small>
      {status !== 'DELIVERED' && lastError && <blockquote>{lastError}</blockquote>}
      {status !== 'QUEUED' && (
        <Button size="compact-xs" variant="subtle" className="no-print" onClick={onAgain}>
          {t('outbox.again')}
        </Button>
      )}
    </li>
  );
}
