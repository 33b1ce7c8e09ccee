import { localDate } from '@lokmin/calendar';
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { Link } from 'react-router';
import { useClient, type TypedDocumentNode } from 'urql';
import { useAsked } from '../api/asked.ts';
import type { ActionFieldsFragment, ActionStatus, PartStatus } from '../api/operations.generated.ts';
import { SaveButtons } from '../export/save-buttons.tsx';
import type { Table } from '../export/table.ts';
import { actionsTable } from '../export/tables.ts';
import { meetingPage } from '../meeting/marks.tsx';
import { DoneNotice, Loading, PartNotice, QueryFailure } from '../page/notices.tsx';
import { useTexts, type TextKey } from '../texts/texts.ts';
import { ReadyAction } from './ready-action.tsx';

const PAGE = 50;
const OPEN: ActionStatus[] = ['PROPOSED', 'READY', 'IN_PROGRESS'];

interface ActionPart {
  status: PartStatus;
  message: { id: string; en: string } | null;
  nodes: ActionFieldsFragment[] | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
  totalCount: number | null;
}
interface Paging {
  first: number;
  after?: string | null | undefined;
  statuses?: ActionStatus[] | ActionStatus | null | undefined;
}
interface ListProps<Data, Own extends object> {
  query: TypedDocumentNode<Data, Own & Paging>;
  /** What the question asks beside the page: which puskesmas, which indicator. */
  variables: Own;
  pick: (data: Data) => ActionPart | undefined;
  /** The sentence for an empty list. */
  empty: TextKey;
  /** Counts up with each news of these actions. */
  changes: number;
  canReady: boolean;
  showPuskesmas: boolean;
}

/** A list of actions, page after page, the unfinished ones first asked for. */
export function ActionList<Data, Own extends object>(props: ListProps<Data, Own>) {
  const texts = useTexts();
  const { t } = texts;
  const client = useClient();
  const [all, setAll] = useState(false);
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [done, setDone] = useState<string | null>(null);
  /** All pages, also those that were not looked at. */
  async function whole(): Promise<Table | null> {
    const actions: ActionFieldsFragment[] = [];
    let after: string | null = null;
    do {
      const asked: Own & Paging = { ...props.variables, first: 200, after, statuses: all ? null : OPEN };
      const { data } = await client.query(props.query, asked, { requestPolicy: 'network-only' }).toPromise();
      const part: ActionPart | undefined = data && props.pick(data);
      if (part?.status !== 'OK' || !part.nodes) return null;
      actions.push(...part.nodes);
      after = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
    } while (after !== null);
    const filter = t(all ? 'actions.filter.all' : 'actions.filter.open');
    return actionsTable(texts, localDate(new Date(), texts.zone), filter, actions);
  }
  return (
    <>
      <div className="table-tools no-print">
        <SaveButtons table={whole} />
        <NativeSelect
          label={t('actions.filter')}
          data={[
            { value: 'open', label: t('actions.filter.open') },
            { value: 'all', label: t('actions.filter.all') },
          ]}
          value={all ? 'all' : 'open'}
          onChange={(event) => {
            setAll(event.currentTarget.value === 'all');
            setCursors([null]);
          }}
        />
      </div>
      <DoneNotice>{done}</DoneNotice>
      {cursors.map((after, index) => (
        <Page
          key={`${all} ${after}`}
          {...props}
          after={after}
          statuses={all ? null : OPEN}
          shownBefore={index * PAGE}
          last={index === cursors.length - 1}
          onMore={(cursor) => setCursors([...cursors, cursor])}
          onDone={setDone}
        />
      ))}
    </>
  );
}

function Page<Data, Own extends object>({
  query,
  variables,
  pick,
  empty,
  changes,
  canReady,
  showPuskesmas,
  after,
  statuses,
  shownBefore,
  last,
  onMore,
  onDone,
}: ListProps<Data, Own> & {
  after: string | null;
  statuses: ActionStatus[] | null;
  shownBefore: number;
  last: boolean;
  onMore: (cursor: string) => void;
  onDone: (text: string) => void;
}) {
  const { t, count } = useTexts();
  const asked: Own & Paging = { ...variables, first: PAGE, after, statuses };
  const result = useAsked<Data, Own & Paging>(query, asked);
  const { askAgain } = result;
  const news = useEffectEvent(askAgain);
  useEffect(() => {
    if (changes > 0) news();
  }, [changes]);

  const part = result.data && pick(result.data);
  if (!part) {
    if (result.error) return <QueryFailure error={result.error} retry={askAgain} />;
    return result.waiting ? <Loading /> : null;
  }
  const nodes = part.nodes ?? [];
  const next = part.pageInfo?.hasNextPage ? part.pageInfo.endCursor : null;
  return (
    <>
      <PartNotice part={part} name="part.actions" />
      {part.nodes && nodes.length === 0 && shownBefore === 0 && <p>{t(empty)}</p>}
      <ul className="actions" data-testid="actions">
        {nodes.map((action) => (
          <li key={action.id} className="card action" data-testid={`action-${action.indicatorCode}`}>
            <ActionCard action={action} showPuskesmas={showPuskesmas} />
            {canReady && OPEN.includes(action.status) && (
              <ReadyAction
                action={action}
                onDone={(text) => {
                  onDone(text);
                  askAgain();
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {last && part.totalCount !== null && part.totalCount > 0 && (
        <p className="small">
          {t('actions.count', { shown: count(shownBefore + nodes.length), total: count(part.totalCount) })}
        </p>
      )}
      {last && next && (
        <Button variant="default" className="no-print" onClick={() => onMore(next)}>
          {t('app.more')}
        </Button>
      )}
    </>
  );
}

export const actionPage = (id: string): string => `/rtl/${encodeURIComponent(id)}`;

function ActionCard({ action, showPuskesmas }: { action: ActionFieldsFragment; showPuskesmas: boolean }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      <h3>
        <Link to={actionPage(action.id)}>{action.title}</Link>
      </h3>
      <ActionMarks action={action} />
      <p className="small">
        {showPuskesmas && `${action.puskesmas.name} · `}
        {action.indicatorName} ({action.indicatorCode})
      </p>
      <p>
        {t('action.owner')}: <b>{action.ownerName ?? t('action.owner.none')}</b> · {t('action.due')}:{' '}
        <b>{action.dueDate ? texts.date(action.dueDate) : t('action.due.none')}</b>
        {action.status === 'IN_PROGRESS' && (
          <>
            {' '}
            · {t('action.progress')}: <b>{texts.count(action.progress)} %</b>
          </>
        )}
      </p>
    </>
  );
}

/** Status, lateness, what meetings made of the action, and whether an evaluation still speaks for it. */
export function ActionMarks({
  action,
}: {
  action: Pick<
    ActionFieldsFragment,
    | 'status'
    | 'overdue'
    | 'ownerLeft'
    | 'unsupported'
    | 'agreedAt'
    | 'agreedInId'
    | 'needsCompletion'
    | 'carriedOver'
  >;
}) {
  const { t, count } = useTexts();
  return (
    <p className="marks">
      <span className={`mark mark-${action.status}`} data-testid="action-status">
        {t(`action.status.${action.status}`)}
      </span>
      {action.overdue && <span className="mark mark-overdue">{t('action.overdue')}</span>}
      {action.ownerLeft && (
        <span className="mark mark-incomplete" title={t('action.owner.left.hint')}>
          {t('action.owner.left')}
        </span>
      )}
      {action.agreedInId && (
        <Link className="mark mark-agreed" to={meetingPage(action.agreedInId)}>
          {t('action.agreed')}
        </Link>
      )}
      {action.needsCompletion && (
        <span className="mark mark-incomplete" title={t('action.incomplete.hint')}>
          {t('action.incomplete')}
        </span>
      )}
      {action.carriedOver > 0 && (
        <span className="mark mark-carried">{t('action.carried', { count: count(action.carriedOver) })}</span>
      )}
      {action.unsupported && (
        <span className="mark mark-unsupported" title={t('action.unsupported.hint')}>
          {t('action.unsupported')}
        </span>
      )}
    </p>
  );
}
