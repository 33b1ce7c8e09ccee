import { Button, Checkbox } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useCommand } from '../api/command.ts';
import { InboxDocument, MarkMessagesReadDocument } from '../api/operations.generated.ts';
import { PageHeading } from '../page/heading.tsx';
import { FailureNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { inside } from '../session/destination.ts';
import { useTexts } from '../texts/texts.ts';
import { hearInbox, tellInbox } from './news.ts';

const PAGE = 20;

/** `/kotak-masuk`: the messages of the signed-in person, newest first. */
export default function InboxPage() {
  const { t } = useTexts();
  const [unreadOnly, setUnreadOnly] = useState(false);
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const command = useCommand(MarkMessagesReadDocument, (data) => data.markMessagesRead);
  async function mark(messages: string[]) {
    if (await command.send({ messages })) tellInbox();
  }
  return (
    <>
      <PageHeading title={t('inbox.title')} />
      <div className="table-tools no-print">
        <Checkbox
          label={t('inbox.unread-only')}
          checked={unreadOnly}
          onChange={(event) => {
            setUnreadOnly(event.currentTarget.checked);
            setCursors([null]);
          }}
        />
        <Button size="xs" variant="default" loading={command.sending} onClick={() => void mark([])}>
          {t('inbox.mark.all')}
        </Button>
      </div>
      <FailureNotice failure={command.failure} />
      {cursors.map((after, index) => (
        <Page
          key={`${unreadOnly} ${after}`}
          after={after}
          unreadOnly={unreadOnly}
          first={index === 0}
          last={index === cursors.length - 1}
          onMore={(cursor) => setCursors([...cursors, cursor])}
          mark={mark}
        />
      ))}
    </>
  );
}

function Page({
  after,
  unreadOnly,
  first,
  last,
  onMore,
  mark,
}: {
  after: string | null;
  unreadOnly: boolean;
  first: boolean;
  last: boolean;
  onMore: (cursor: string) => void;
  mark: (messages: string[]) => Promise<void>;
}) {
  const { t, say, instant, count } = useTexts();
  const result = useAsked(InboxDocument, { first: PAGE, after, unreadOnly });
  const { askAgain } = result;
  const news = useEffectEvent(askAgain);
  useEffect(() => hearInbox(() => news()), []);

  const part = result.data?.viewer?.inbox;
  if (!part) {
    if (result.error) return <QueryFailure error={result.error} retry={askAgain} />;
    return <Loading />;
  }
  const next = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
  return (
    <>
      <PartNotice part={part} name="part.inbox" />
      {first && part.unread !== null && part.unread > 0 && (
        <p data-testid="unread-total">{t('inbox.unread', { count: count(part.unread) })}</p>
      )}
      {first && part.nodes?.length === 0 && <p>{t(unreadOnly ? 'inbox.none.unread' : 'inbox.none')}</p>}
      <ul className="messages" data-testid="messages">
        {part.nodes?.map((message) => (
          <li
            key={message.id}
            className={message.readAt === null ? 'card unread-message' : 'card'}
            data-kind={message.kind}
          >
            <h2>
              {message.readAt === null && <span className="mark mark-new">{t('inbox.new')}</span>}{' '}
              <Link
                to={inside(message.link)}
                onClick={() => message.readAt === null && void mark([message.id])}
              >
                {say(message.title)}
              </Link>
            </h2>
            <p>{say(message.body)}</p>
            <p className="small">
              {message.unitName} · {instant(message.deliveredAt)}
              {message.readAt === null && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  className="no-print"
                  onClick={() => void mark([message.id])}
                >
                  {t('inbox.mark')}
                </Button>
              )}
            </p>
          </li>
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
