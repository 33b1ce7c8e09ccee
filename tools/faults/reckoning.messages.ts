/** What must have become of messages and of the mails that tell of them. */
import type { ProcessName } from '../local/system.ts';
import { compare, none, type Counted, type Rows } from './counting.ts';
import type { Disturbance } from './disturbances.ts';
import { OFFICERS, withAddress } from './district.ts';
import { loginsById } from './reckoning.meetings.ts';
import type { Implied, Look } from './reckoning.ts';

interface ImpliedMessage {
  readonly login: string;
  readonly about: 'evaluation' | 'action' | 'meeting';
  readonly line: string;
  /** Of the digest that it goes with; what has none is mailed at once. */
  readonly digestDay?: string;
}

/** One message for each person and thing, with the newest that concerns the person; in words. */
function impliedMessages({ accomplished }: Implied): ImpliedMessage[] {
  const ofEvaluations = accomplished.evaluations.flatMap(({ unit, evaluationId, revision, digestDay }) => {
    const message = (login: string, news: number) => ({
      ...{ login, about: 'evaluation' as const, digestDay },
      line: `${login} evaluation ${evaluationId} news ${news}`,
    });
    // The officer returned it, the head submitted it: nobody is told of what they did themselves.
    return [
      ...[unit.ktu, unit.holder, OFFICERS[1], OFFICERS[0]].map((login) => message(login, revision)),
      ...(revision > 1 ? [unit.head, unit.outsider].map((login) => message(login, revision - 1)) : []),
    ];
  });
  const ofActions = accomplished.readied.map(({ unit, actionId, revision }) => ({
    ...{ login: unit.holder, about: 'action' as const },
    line: `${unit.holder} action ${actionId} news ${revision}`,
  }));
  const ofMeetings = accomplished.meetings.flatMap(({ unit, meetingId, steps }) => {
    const signed = steps.find(({ step }) => step === 'signed');
    const invited = steps.findLast(({ step }) => ['scheduled', 'moved', 'cancelled'].includes(step))!;
    const news = new Map(
      [unit.ktu, unit.holder, unit.outsider, unit.staff].map((login) => [login, invited.revision]),
    );
    if (signed) for (const login of [unit.ktu, ...OFFICERS]) news.set(login, signed.revision);
    return [...news].map(([login, revision]) => ({
      ...{ login, about: 'meeting' as const },
      line: `${login} meeting ${meetingId} news ${revision}`,
    }));
  });
  return [...ofEvaluations, ...ofActions, ...ofMeetings];
}

export async function reckonMessages(rows: Rows, implied: Implied): Promise<Counted[]> {
  const expected = impliedMessages(implied);
  const logins = await loginsById(rows);
  const found = await rows('notifications', 'SELECT person_id, about, about_id, news_revision FROM message');
  const announced = await rows(
    'notifications',
    `SELECT body::jsonb->>'subject' AS id, body::jsonb->>'revision' AS revision FROM outbox
     WHERE subject LIKE 'lokmin.notifications.message.%'`,
  );
  const renewals = await rows(
    'notifications',
    'SELECT message_id AS id, n AS revision FROM message, generate_series(1, message.revision) AS n',
  );
  const unreachable = await rows(
    'notifications',
    `SELECT body FROM outbox WHERE subject LIKE 'lokmin.notifications.person.%'`,
  );
  return [
    ...(['evaluation', 'action', 'meeting'] as const).map((about) =>
      compare(
        `messages about each ${about}, one for each person concerned`,
        expected.filter((message) => message.about === about).map(({ line }) => line),
        found
          .filter((row) => row['about'] === about)
          .map(
            (row) =>
              `${logins.get(row['person_id']!)} ${about} ${row['about_id']} news ${row['news_revision']}`,
          ),
      ),
    ),
    compare(
      'facts announced of messages',
      renewals.map((row) => `${row['id']} revision ${row['revision']}`),
      announced.map((row) => `${row['id']} revision ${row['revision']}`),
    ),
    none(
      'owners announced as unreachable, though each has an address',
      unreachable.map((row) => row['body']!),
    ),
  ];
}

/** Mails that the notifications service hands over at once (`AT_ONCE` of its deliveries). */
const MAILS_AT_HAND = 4;
/** Whose death in the middle of a mail leaves its outcome unknown: who sends, who takes, and who keeps the record. */
const MAIL_PASSES = new Set<ProcessName>(['notifications', 'mailbox', 'postgres']);

/** How many mails may be uncertain after the disturbances: those at hand at each kill of a process that a mail passes. */
export const uncertainAtMost = (plan: readonly Pick<Disturbance, 'process' | 'how'>[]): number =>
  MAILS_AT_HAND * plan.filter(({ process, how }) => how !== 'pause' && MAIL_PASSES.has(process)).length;

/** Without a bound every mail could be uncertain, and none need arrive. */
export const countUncertain = (uncertain: readonly string[], atMost: number): Counted => ({
  what: 'uncertain mails, at most those at hand at a kill of mailbox, notifications or PostgreSQL',
  expected: atMost,
  found: uncertain.length,
  differences: uncertain.slice(atMost),
});

/** What became of each mail, in words: "gone out" is sent or uncertain, which only the mailbox can tell apart. */
const FATE = `CASE WHEN status IN ('sent', 'uncertain') THEN 'gone out' WHEN status = 'skipped' THEN skip_reason ELSE status END`;

/**
 * Each mail went out once, or is uncertain, and no more of them than the kills explain. Of one that is uncertain the mailbox
 * holds one or none; what is sent is there once.
 */
export async function reckonMails({ rows, caught }: Look, implied: Implied): Promise<Counted[]> {
  const logins = await loginsById(rows);
  const reachable = withAddress(implied.units);
  const messages = impliedMessages(implied);
  const newest = await rows(
    'notifications',
    `SELECT message.person_id, about, about_id, news_revision, ${FATE} AS fate,
            (SELECT digest_day::text FROM delivery AS digest WHERE digest.delivery_id = delivery.digest_id) AS day
     FROM message JOIN delivery USING (message_id) WHERE message_revision = message.revision`,
  );
  const digests = await rows(
    'notifications',
    `SELECT person_id, digest_day::text AS day, ${FATE} AS fate FROM delivery WHERE digest_day IS NOT NULL`,
  );
  const older = await rows(
    'notifications',
    `SELECT message.person_id, about, about_id, ${FATE} AS fate FROM message JOIN delivery USING (message_id)
     WHERE message_revision < message.revision`,
  );
  const revisions = await rows(
    'notifications',
    'SELECT message_id AS id, n AS revision FROM message, generate_series(1, message.revision) AS n',
  );
  const queued = await rows(
    'notifications',
    'SELECT message_id AS id, message_revision AS revision FROM delivery WHERE message_id IS NOT NULL',
  );
  const mails = await readMails(rows);
  const uncertain = new Set(mails.filter(({ status }) => status === 'uncertain').map(({ id }) => id));
  const taken = await caught();
  const fits = (login: string, fate: string) =>
    reachable.has(login) ? ['gone out', 'superseded'].includes(fate) : fate === 'no-address';
  return [
    compare(
      'mails queued, one for each revision of a message',
      revisions.map((row) => `${row['id']} revision ${row['revision']}`),
      queued.map((row) => `${row['id']} revision ${row['revision']}`),
    ),
    compare(
      'what became of the mails about the newest of each message',
      messages.map(({ login, line, digestDay }) =>
        reachable.has(login)
          ? `${line}: gone out ${digestDay ? `with the digest of ${digestDay}` : 'at once'}`
          : `${line}: no-address`,
      ),
      newest.map((row) => {
        const how = row['day'] ? ` with the digest of ${row['day']}` : ' at once';
        return `${logins.get(row['person_id']!)} ${row['about']} ${row['about_id']} news ${row['news_revision']}: ${row['fate']}${row['fate'] === 'gone out' ? how : ''}`;
      }),
    ),
    none(
      'mails about older news that neither went out nor gave way to newer ones',
      older
        .map((row) => ({ ...row, login: logins.get(row['person_id']!)!, fate: row['fate']! }))
        .filter(({ login, fate }) => !fits(login, fate))
        .map((row) => Object.values(row).join(' ')),
    ),
    compare(
      'digests, one for each person and day',
      [
        ...new Set(
          messages
            .filter(({ login, digestDay }) => digestDay && reachable.has(login))
            .map(({ login, digestDay }) => `${login} ${digestDay} gone out`),
        ),
      ],
      digests.map((row) => `${logins.get(row['person_id']!)} ${row['day']} ${row['fate']}`),
    ),
    compare(
      'mails caught, one for each that is sent',
      mails.filter(({ status }) => status === 'sent').map(({ id }) => id),
      taken.filter((id) => !uncertain.has(id)),
    ),
    countUncertain([...uncertain], implied.uncertainAtMost),
    none(
      'uncertain mails caught more than once',
      [...uncertain].filter((id) => taken.filter((other) => other === id).length > 1),
    ),
  ];
}

/** How many mails went out, for people. */
export async function countMails({
  rows,
  caught,
}: Look): Promise<{ sent: number; uncertain: number; uncertainButCaught: number; digests: number }> {
  const mails = await readMails(rows);
  const taken = new Set(await caught());
  const uncertain = mails.filter(({ status }) => status === 'uncertain');
  return {
    sent: mails.filter(({ status }) => status === 'sent').length,
    uncertain: uncertain.length,
    uncertainButCaught: uncertain.filter(({ id }) => taken.has(id)).length,
    digests: mails.filter(({ digest }) => digest).length,
  };
}

/** Mails that went out by themselves: not those that went with a digest. */
async function readMails(rows: Rows): Promise<{ id: string; status: string; digest: boolean }[]> {
  const found = await rows(
    'notifications',
    `SELECT delivery_id AS id, status, digest_day IS NOT NULL AS digest FROM delivery
     WHERE digest_id IS NULL AND status IN ('sent', 'uncertain')`,
  );
  return found.map((row) => ({ id: row['id']!, status: row['status']!, digest: Boolean(row['digest']) }));
}
