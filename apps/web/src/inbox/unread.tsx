import { useEffect, useEffectEvent } from 'react';
import { NavLink } from 'react-router';
import { useAsked } from '../api/asked.ts';
import { useLive } from '../api/live.ts';
import { InboxChangedDocument, InboxUnreadDocument } from '../api/operations.generated.ts';
import { useTexts } from '../texts/texts.ts';
import { hearInbox, tellInbox } from './news.ts';

/** How often the count is asked for when live updates do not come through. */
const POLL_MS = 60_000;

/** The way to the inbox with the number of unread messages, on every page. */
export function UnreadCount() {
  const { t, count } = useTexts();
  const result = useAsked(InboxUnreadDocument, {});
  const { askAgain } = result;
  const news = useEffectEvent(askAgain);
  useEffect(() => hearInbox(() => news()), []);
  const live = useLive(InboxChangedDocument, {}, tellInbox);
  useEffect(() => {
    if (live === 'live') return;
    const timer = setInterval(tellInbox, POLL_MS);
    return () => clearInterval(timer);
  }, [live]);
  const unread = result.data?.viewer?.inbox.unread ?? 0;
  return (
    <NavLink to="/kotak-masuk" className="inbox-link">
      <svg viewBox="0 0 20 16" aria-hidden="true">
        <path d="M1.5 1.5h17v13h-17zl8.5 7 8.5-7" />
      </svg>
      <span className="inbox-word">{t('nav.inbox')}</span>
      {unread > 0 && (
        <span className="unread" data-testid="unread">
          {unread > 99 ? '99+' : count(unread)}
          <span className="visually-hidden"> {t('nav.inbox.unread')}</span>
        </span>
      )}
    </NavLink>
  );
}
