import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { actionPage } from '../action/action-list.tsx';
import { ReadyForm } from '../action/ready-action.tsx';
import { useAsked } from '../api/asked.ts';
import {
  ActionPageDocument,
  AddTopicDocument,
  DecideItemDocument,
  RemoveTopicDocument,
  type AgendaFieldsFragment,
} from '../api/operations.generated.ts';
import { Loading, QueryFailure } from '../page/notices.tsx';
import { useTexts } from '../texts/texts.ts';
import { useChange, type Meeting, type Turns } from './change.ts';
import type { Drafts } from './drafts.ts';
import { ChangeFailure } from './notices.tsx';
import { fittingOf, SECTIONS } from './outcome.ts';

/** What the forms of a meeting's page share. */
export interface Table {
  readonly meeting: Meeting;
  readonly turns: Turns;
  readonly drafts: Drafts;
  /** The person may arrange the meeting. */
  readonly arranges: boolean;
  /** May write down topics, decisions, attendance and notes. */
  readonly records: boolean;
  readonly onDone: (text: string) => void;
  /** Asks for the meeting as it stands now. */
  readonly askAgain: () => void;
}

/** The agenda in its sections: as it stands now, as it was frozen, with what was said and decided. */
export function Agenda({ table }: { table: Table }) {
  const { t, period } = useTexts();
  const { agenda, status, dataPeriod } = table.meeting;
  return (
    <section aria-labelledby="agenda">
      <h2 id="agenda">{t('agenda.title')}</h2>
      {(status === 'SCHEDULED' || status === 'CANCELLED' || status === 'MISSED') && (
        <p className="small no-print">{t('agenda.as-now', { period: period(dataPeriod) })}</p>
      )}
      {agenda.length === 0 && <p>{t('agenda.none')}</p>}
      {SECTIONS.map((kind) => {
        const items = agenda.filter((item) => item.kind === kind);
        if (items.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={`agenda-${kind}`} data-testid={`agenda-${kind}`}>
            <h3 id={`agenda-${kind}`}>{t(`agenda.${kind}`)}</h3>
            <ol className="agenda">
              {items.map((item, index) => (
                <li
                  key={item.id ?? item.actionId ?? item.indicatorCode ?? index}
                  className="card"
                  data-testid={item.indicatorCode ? `item-${item.indicatorCode}` : undefined}
                >
                  <Item item={item} table={table} />
                </li>
              ))}
            </ol>
          </section>
        );
      })}
      {table.records && (status === 'SCHEDULED' || status === 'OPENED') && <AddTopic table={table} />}
    </section>
  );
}

function Item({ item, table }: { item: AgendaFieldsFragment; table: Table }) {
  const { t, date, decimal, count } = useTexts();
  const { meeting, records } = table;
  const decides = meeting.status === 'OPENED' && records && item.id !== null;
  const lost = item.id !== null && !decides ? table.drafts.base(`item ${item.id}`, item.note) : null;
  const incomplete =
    item.actionStatus === 'PROPOSED' && (item.kind === 'REVIEW' || item.decision === 'AGREE');
  return (
    <>
      <h4>{item.actionId ? <Link to={actionPage(item.actionId)}>{item.title}</Link> : item.title}</h4>
      <p className="marks">
        {item.actionStatus && (
          <span className={`mark mark-${item.actionStatus}`}>{t(`action.status.${item.actionStatus}`)}</span>
        )}
        {item.overdue && <span className="mark mark-overdue">{t('action.overdue')}</span>}
        {incomplete && (
          <span className="mark mark-incomplete" title={t('action.incomplete.hint')}>
            {t('action.incomplete')}
          </span>
        )}
        {item.carriedOver > 0 && (
          <span className="mark mark-carried">{t('action.carried', { count: count(item.carriedOver) })}</span>
        )}
        {!decides && item.decision && (
          <span className={`mark mark-${item.decision}`} data-testid="decision">
            {t(`decided.${item.decision}`)}
          </span>
        )}
      </p>
      {item.indicatorCode && (
        <p className="small">
          {item.indicatorCode}
          {item.performance !== null && ` · ${t('agenda.performance', { value: decimal(item.performance) })}`}
        </p>
      )}
      {item.actionId && (
        <p className="small">
          {t('action.owner')}: <b>{item.ownerName ?? t('action.owner.none')}</b> · {t('action.due')}:{' '}
          <b>{item.dueDate ? date(item.dueDate) : t('action.due.none')}</b>
          {item.progress !== null && item.actionStatus === 'IN_PROGRESS' && (
            <>
              {' '}
              · {t('action.progress')}: <b>{count(item.progress)} %</b>
            </>
          )}
        </p>
      )}
      {decides ? <Decide item={item} id={item.id!} table={table} /> : item.note && <Said note={item.note} />}
      {lost !== null && (
        <p className="small no-print">
          {t('meeting.unsaved')} <q>{table.drafts.text(`item ${item.id}`, item.note)}</q>
        </p>
      )}
      {item.kind === 'TOPIC' && meeting.status === 'SCHEDULED' && records && item.id && (
        <RemoveTopic item={item} id={item.id} table={table} />
      )}
    </>
  );
}

const Said = ({ note }: { note: string }) => <blockquote>{note}</blockquote>;

/** What was said and decided about an item, while the meeting goes on. */
function Decide({ item, id, table }: { item: AgendaFieldsFragment; id: string; table: Table }) {
  const { t } = useTexts();
  const { meeting, turns, drafts } = table;
  const key = `item ${id}`;
  const note = drafts.text(key, item.note);
  const base = drafts.base(key, item.note);
  const change = useChange(DecideItemDocument, (data) => data.decideItem, { id: meeting.id, turns });
  const [pressed, setPressed] = useState<AgendaFieldsFragment['decision']>(null);

  async function decide(decision: AgendaFieldsFragment['decision']) {
    setPressed(decision);
    // Others may have changed the rest of the meeting meanwhile, but not this item.
    const stands = (now: Meeting) =>
      now.agenda.some(
        (each) => each.id === id && each.note === (base ?? item.note) && each.decision === item.decision,
      );
    const done = await change.send({ item: id, note: note.trim(), decision }, stands);
    if (done) drafts.saved(key, note, done.revision);
  }
  return (
    <div className="decide no-print">
      <Textarea
        label={t('agenda.note')}
        aria-label={`${t('agenda.note')}: ${item.title}`}
        rows={1}
        value={note}
        onChange={(event) => drafts.type(key, event.currentTarget.value, item.note)}
      />
      {base !== null && base !== item.note && (
        <p className="small">
          {t('meeting.saved-meanwhile')} <q>{item.note}</q>
        </p>
      )}
      <div className="choices" role="group" aria-label={`${t('agenda.decision')}: ${item.title}`}>
        {fittingOf(item).map((decision) => (
          <Button
            key={decision}
            size="xs"
            variant={item.decision === decision ? 'filled' : 'default'}
            aria-pressed={item.decision === decision}
            loading={change.sending && pressed === decision}
            onClick={() => void decide(item.decision === decision ? null : decision)}
          >
            {t(`decision.${decision}`)}
          </Button>
        ))}
        {base !== null && (
          <Button
            size="xs"
            variant="light"
            loading={change.sending && pressed === item.decision}
            onClick={() => void decide(item.decision)}
          >
            {t('agenda.note.save')}
          </Button>
        )}
        {item.actionId &&
          (item.actionStatus === 'PROPOSED' ||
            item.actionStatus === 'READY' ||
            item.actionStatus === 'IN_PROGRESS') && (
            <ReadyHere actionId={item.actionId} item={item} onDone={table.onDone} />
          )}
      </div>
      <ChangeFailure failure={change.failure} />
    </div>
  );
}

/** Makes an action ready at the table of the meeting. */
function ReadyHere({
  actionId,
  item,
  onDone,
}: {
  actionId: string;
  item: AgendaFieldsFragment;
  onDone: (text: string) => void;
}) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const label = t(item.actionStatus === 'PROPOSED' ? 'action.ready' : 'action.ready.again');
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={`${label}: ${item.title}`}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      {open && <ReadyFound actionId={actionId} onClose={() => setOpen(false)} onDone={onDone} />}
    </>
  );
}

function ReadyFound({
  actionId,
  onClose,
  onDone,
}: {
  actionId: string;
  onClose: () => void;
  onDone: (text: string) => void;
}) {
  const result = useAsked(ActionPageDocument, { id: actionId });
  const action = result.data?.action;
  if (action) return <ReadyForm action={action} onClose={onClose} onDone={onDone} />;
  return result.error ? <QueryFailure error={result.error} retry={result.askAgain} /> : <Loading />;
}

function RemoveTopic({ item, id, table }: { item: AgendaFieldsFragment; id: string; table: Table }) {
  const { t } = useTexts();
  const { meeting, turns, onDone } = table;
  const change = useChange(RemoveTopicDocument, (data) => data.removeTopic, { id: meeting.id, turns });
  async function remove() {
    const stands = (now: Meeting) => now.agenda.some((each) => each.id === id);
    if (await change.send({ item: id }, stands)) onDone(t('agenda.topic.removed', { title: item.title }));
  }
  return (
    <div className="no-print">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${t('agenda.topic.remove')}: ${item.title}`}
        loading={change.sending}
        onClick={() => void remove()}
      >
        {t('agenda.topic.remove')}
      </Button>
      <ChangeFailure failure={change.failure} />
    </div>
  );
}

function AddTopic({ table }: { table: Table }) {
  const { t } = useTexts();
  const { meeting, turns, drafts } = table;
  const title = drafts.text('topic', '');
  const change = useChange(AddTopicDocument, (data) => data.addTopic, { id: meeting.id, turns });
  async function add(event: FormEvent) {
    event.preventDefault();
    if (title.trim() === '' || change.sending) return;
    const done = await change.send({ title: title.trim() }, () => true);
    if (!done) return;
    drafts.drop('topic');
    table.onDone(t('agenda.topic.added', { title: title.trim() }));
  }
  return (
    <form className="one-line no-print" onSubmit={(event) => void add(event)} noValidate>
      <TextInput
        label={t('agenda.topic')}
        value={title}
        onChange={(event) => drafts.type('topic', event.currentTarget.value, '')}
      />
      <Button type="submit" variant="default" loading={change.sending}>
        {t('agenda.topic.add')}
      </Button>
      <ChangeFailure failure={change.failure} />
    </form>
  );
}
