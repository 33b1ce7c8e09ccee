import { Alert, Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import {
  DeadLettersDocument,
  ReplayDeadLetterDocument,
  SystemPageDocument,
  type AuditService,
  type DeadLetterFieldsFragment,
  type SystemPageQuery,
} from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { DoneNotice, FailureNotice, Hindrance, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { operatedBy } from '../session/posts.ts';
import { useViewer } from '../session/viewer.ts';
import { useTexts } from '../texts/texts.ts';

const PAGE = 50;

/** `/sistem`: how each service is, and the facts that one could not take, for administrators. */
export default function SystemPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeading title={t('system.title')}>
        <p>{t('system.intro')}</p>
      </PageHeading>
      {operatedBy(useViewer()).length > 0 ? (
        <Services />
      ) : (
        <Alert color="yellow">{t('outbox.forbidden')}</Alert>
      )}
    </>
  );
}

function Services() {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  /** Where something was replayed: what became of it stays on the screen. */
  const [replayed, setReplayed] = useState<ReadonlySet<AuditService>>(new Set());
  const { data, error, askAgain } = useAsked(SystemPageDocument, {});
  if (!data) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const services = data.system;
  const holding = services.filter(
    ({ service, deadLetters }) => all || (deadLetters ?? 0) > 0 || replayed.has(service),
  );
  return (
    <>
      <table role="table" className="table cards" data-testid="services">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {t('system.service')}
            </th>
            <th role="columnheader" scope="col">
              {t('system.state')}
            </th>
            <th role="columnheader" scope="col" className="number">
              {t('system.unpublished')}
            </th>
            <th role="columnheader" scope="col" className="number">
              {t('system.dead-letters')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {services.map((service) => (
            <Service key={service.service} service={service} />
          ))}
        </tbody>
      </table>
      <p className="no-print">
        <Button size="compact-xs" variant="subtle" onClick={askAgain}>
          {t('outbox.reload')}
        </Button>
      </p>
      <h2>{t('system.dead-letters.title')}</h2>
      <p>{t('system.dead-letters.intro')}</p>
      <Checkbox
        className="no-print"
        label={t('system.all')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      {holding.length === 0 && (
        <p role="status">
          {t(services.some(({ deadLetters }) => deadLetters === null) ? 'system.unknown' : 'system.none')}
        </p>
      )}
      {holding.map(({ service }) => (
        <DeadLetters
          key={`${service} ${all}`}
          service={service}
          all={all}
          onReplayed={() => {
            setReplayed((before) => new Set([...before, service]));
            askAgain();
          }}
        />
      ))}
    </>
  );
}

function Service({ service: { service, ...state } }: { service: SystemPageQuery['system'][number] }) {
  const { t, say, count } = useTexts();
  const number = (label: string, value: number | null) => (
    <td role="cell" className="number" data-label={label}>
      {value === null ? '-' : count(value)}
    </td>
  );
  return (
    <tr role="row" data-testid={service}>
      <th role="rowheader" scope="row">
        {t(`service.${service}`)}
      </th>
      <td role="cell" data-label={t('system.state')}>
        {state.status === 'OK'
          ? state.ready
            ? t('system.ready')
            : t('system.lacks', { what: state.missing?.join(', ') ?? '' })
          : state.message && say(state.message)}
      </td>
      {number(t('system.unpublished'), state.unpublished)}
      {number(t('system.dead-letters'), state.deadLetters)}
    </tr>
  );
}

/** How far the replaying of several has come. */
interface Progress {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
}

function DeadLetters({
  service,
  all,
  onReplayed,
}: {
  service: AuditService;
  all: boolean;
  onReplayed: () => void;
}) {
  const { t, count } = useTexts();
  const variables = { service, waiting: !all, first: PAGE, after: null };
  const { data, error, waiting: asking, askAgain } = useAsked(DeadLettersDocument, variables);
  const command = useCommand(ReplayDeadLetterDocument, (reply) => reply.replayDeadLetter);
  const [progress, setProgress] = useState<Progress | null>(null);
  const part = data?.deadLetters;
  if (!part) return error ? <QueryFailure error={error} retry={askAgain} /> : <Loading />;
  const waiting = part.nodes?.filter(({ replayedAt }) => replayedAt === null) ?? [];
  /** One after the other, the oldest first: a later one may need what an earlier one does. */
  async function replay(letters: readonly DeadLetterFieldsFragment[]) {
    let failed = 0;
    for (const [done, { id }] of letters.toReversed().entries()) {
      setProgress({ done, of: letters.length, failed });
      const outcome = await command.send({ deadLetter: id });
      if (!outcome) {
        setProgress(null);
        break;
      }
      if (!outcome.succeeded) failed += 1;
      setProgress({ done: done + 1, of: letters.length, failed });
    }
    askAgain();
    onReplayed();
  }
  const running = progress !== null && progress.done < progress.of;
  // Until the list is asked anew it shows some that were replayed already.
  const busy = running || asking;
  return (
    <section data-testid={`dead-letters-${service}`}>
      <h3>
        {t(`service.${service}`)}
        {part.totalCount !== null && ` (${count(part.totalCount)})`}
      </h3>
      <PartNotice part={part} name="system.dead-letters.title" />
      {waiting.length > 1 && (
        <Button
          size="xs"
          variant="default"
          className="no-print"
          loading={busy}
          onClick={() => void replay(waiting)}
        >
          {t('system.replay.all', { count: count(waiting.length) })}
        </Button>
      )}
      <DoneNotice>
        {progress &&
          progress.failed < progress.of &&
          t('system.replayed', { done: count(progress.done - progress.failed), of: count(progress.of) })}
      </DoneNotice>
      {progress && progress.failed > 0 && !running && (
        <Hindrance color="yellow">{t('system.failed-again', { count: count(progress.failed) })}</Hindrance>
      )}
      <FailureNotice failure={command.failure} />
      <ul className="messages">
        {part.nodes?.map((letter) => (
          <Letter key={letter.id} letter={letter} busy={busy} onReplay={() => void replay([letter])} />
        ))}
      </ul>
      {part.pageInfo?.hasNextPage && <p>{t('system.more', { count: count(PAGE) })}</p>}
    </section>
  );
}

function Letter({
  letter,
  busy,
  onReplay,
}: {
  letter: DeadLetterFieldsFragment;
  busy: boolean;
  onReplay: () => void;
}) {
  const { t, instant, count } = useTexts();
  const { at, reader, subject, factId, districtCode, attempts, reason, replayedAt } = letter;
  const [first = '', ...rest] = reason.split('\n');
  return (
    <li className="card" data-testid="dead-letter">
      <h4>{reader}</h4>
      <p className="small">
        {instant(at)} · <code className="address">{subject}</code>
        {districtCode && ` · ${districtCode}`} · {t('outbox.attempts', { count: count(attempts) })}
      </p>
      <blockquote lang="en">{first}</blockquote>
      <details>
        <summary>{t('system.detail')}</summary>
        <p className="small">
          {t('system.fact')} <code className="address">{factId ?? t('system.unreadable')}</code>
        </p>
        {rest.length > 0 && (
          <pre className="scroll small" tabIndex={0}>
            {rest.join('\n')}
          </pre>
        )}
      </details>
      {replayedAt ? (
        <p className="small">{t('system.replayed-at', { at: instant(replayedAt) })}</p>
      ) : (
        <Button size="xs" variant="default" className="no-print" disabled={busy} onClick={onReplay}>
          {t('system.replay')}
        </Button>
      )}
    </li>
  );
}
