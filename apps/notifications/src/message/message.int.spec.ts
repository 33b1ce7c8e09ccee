import { randomUUID } from 'node:crypto';
import {
  EvaluationRevised,
  EvaluationSubmitted,
  Inbox,
  MarkRead,
  MessageDelivered,
  READERS,
} from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import {
  aReturn,
  aService,
  aSubmission,
  aTestClock,
  deliver,
  GANTUNG,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import { notifications } from '../service.ts';
import { Messages } from './message.service.ts';

let service: TestService;
let clock: TestClock;
beforeAll(async () => {
  process.env['LOKMIN_NOTIFICATIONS_KEY'] = 'a key that only this test knows';
  clock = aTestClock('2025-01-10T02:00:00Z');
  service = await aService(notifications);
});
afterAll(async () => {
  clock.release();
  await service?.stop();
});
beforeEach(async () => {
  clock.set('2025-01-10T02:00:00Z');
  await service.database.query('TRUNCATE message, delivery, outbox, command');
});

const reader = READERS.notificationsTellOfEvaluation;
const december = { evaluationId: id(1), period: '2024-12' };
const november = { evaluationId: id(2), period: '2024-11' };
const submitted = (evaluation: typeof december, given: object = {}) =>
  aSubmission(EvaluationSubmitted, { ...evaluation, revision: 1, ...given }, [{ code: 'A' }]);
const inbox = (person: Parameters<TestService['ask']>[0], input: object = {}) =>
  service.ask(person, Inbox, { first: 50, after: null, unreadOnly: false, ...input });
const read = (person: Parameters<TestService['ask']>[0], ...messageIds: string[]) =>
  service.ask(person, MarkRead, { commandId: randomUUID(), messageIds });

describe('the inbox', () => {
  it('has one message for each evaluation, renewed and unread again by news of it', async () => {
    await deliver(service, reader, submitted(december));
    const [first] = (await inbox('ktuOfManggar')).items;
    expect(first).toMatchObject({
      about: 'evaluation',
      aboutId: december.evaluationId,
      kind: 'evaluation.submitted',
      unitCode: MANGGAR.code,
      link: '/puskesmas/1012406?periode=2024-12',
      deliveredAt: '2025-01-10T02:00:00.000Z',
      readAt: null,
    });
    expect(await read('ktuOfManggar', first!.messageId)).toEqual({ unread: 0 });

    clock.set('2025-01-11T02:00:00Z');
    await deliver(service, reader, aReturn({ ...december, revision: 2 }, 'Penyebut salah.'));
    const renewed = await inbox('ktuOfManggar');
    expect(renewed).toMatchObject({ unread: 1, totalCount: 1 });
    expect(renewed.items).toMatchObject([
      {
        messageId: first!.messageId,
        kind: 'evaluation.returned',
        readAt: null,
        deliveredAt: '2025-01-11T02:00:00.000Z',
      },
    ]);
    const delivered = (await service.announced()).filter(
      ({ type, data }) => type === MessageDelivered.type && data['personId'] === PEOPLE.ktuOfManggar,
    );
    expect(delivered.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('belongs to its person: others neither see nor mark what is in it', async () => {
    await deliver(service, reader, submitted(december));
    const [message] = (await inbox('ktuOfManggar')).items;
    expect((await inbox('headOfGantung')).items).toEqual([]);
    await expect(read('headOfGantung', message!.messageId)).rejects.toMatchObject({ code: 'not-found' });
    await expect(inbox(null)).rejects.toMatchObject({ code: 'access.signed-out' });
    await expect(read(null)).rejects.toMatchObject({ code: 'access.signed-out' });
    expect(await inbox('ktuOfManggar')).toMatchObject({ unread: 1 });
  });

  it('is told of its own puskesmas only, the district of all', async () => {
    await deliver(service, reader, submitted(december, { unit: GANTUNG, actor: PEOPLE.headOfGantung }));
    expect((await inbox('ktuOfManggar')).totalCount).toBe(0);
    expect((await inbox('officer')).items).toMatchObject([{ unitName: 'Puskesmas Gantung' }]);
  });

  it('shows newest first, page by page, the unread alone on request, and marks some or all as read', async () => {
    for (const [hour, evaluation] of [november, december, { ...december, evaluationId: id(5) }].entries()) {
      clock.set(`2025-01-10T0${hour + 2}:00:00Z`);
      await deliver(service, reader, submitted(evaluation));
    }
    const first = await inbox('ktuOfManggar', { first: 2 });
    const rest = await inbox('ktuOfManggar', { first: 2, after: first.next });
    expect([...first.items, ...rest.items].map(({ aboutId }) => aboutId)).toEqual([id(5), id(1), id(2)]);
    expect(rest.next).toBeNull();
    expect(first.totalCount).toBe(3);

    const command = { commandId: randomUUID(), messageIds: [first.items[0]!.messageId] };
    expect(await service.ask('ktuOfManggar', MarkRead, command)).toEqual({ unread: 2 });
    expect(await inbox('ktuOfManggar', { unreadOnly: true })).toMatchObject({ totalCount: 2, unread: 2 });
    expect(await read('ktuOfManggar')).toEqual({ unread: 0 });
    expect(await service.ask('ktuOfManggar', MarkRead, command)).toEqual({ unread: 2 }); // the kept reply
    const noSuchDay = Buffer.from(`2024-99-99T00:00:00Z ${MANGGAR.unitId}`).toString('base64url');
    for (const after of ['x', noSuchDay])
      await expect(inbox('ktuOfManggar', { after })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('asks the posts of the day on which it happened', async () => {
    const post = `UPDATE known_post SET valid_to = $1 WHERE person_id = $2`;
    await service.database.query(post, ['2025-01-09', PEOPLE.ktuOfManggar]);
    try {
      const before = submitted(november, { time: '2025-01-09T16:59:00Z' }); // the 9th, 23.59 WIB
      const after = submitted(december, { time: '2025-01-09T17:00:00Z' });
      await service.database.query(`UPDATE durable SET first_existed_at = '2025-01-01'`);
      expect(await deliver(service, reader, before, after)).toEqual(['ack', 'ack']);
      expect((await inbox('ktuOfManggar')).items.map(({ aboutId }) => aboutId)).toEqual([
        november.evaluationId,
      ]);
    } finally {
      await service.database.query(post, [null, PEOPLE.ktuOfManggar]);
    }
  });

  it('waits for a person who is not known yet, or whose post is not', async () => {
    const unknown = submitted(december, { actor: id(999) });
    expect(await deliver(service, reader, unknown)).toEqual(['later']);
    expect(await deliver(service, reader, submitted(december, { actor: PEOPLE.stranger }))).toEqual([
      'later',
    ]);
    expect((await inbox('officer')).totalCount).toBe(0);
  });

  it('is left as it was, and nothing announced, when a transaction is rolled back', async () => {
    const broken = inTransaction(
      service.database,
      () => new Date(),
      async (tx) => {
        await service.running.app.get(Messages).tellOfEvaluation(submitted(december), tx);
        throw new Error('the power fails');
      },
    );
    await expect(broken).rejects.toThrow('the power fails');
    expect((await inbox('officer')).totalCount).toBe(0);
    expect(await service.announced()).toEqual([]);
  });

  it('tells each person once when two evaluations and their revisions come at once', async () => {
    const facts = [november, december].flatMap((evaluation) => [
      submitted(evaluation),
      aReturn({ ...evaluation, revision: 2 }, 'Salah.'),
      aSubmission(EvaluationRevised, { ...evaluation, revision: 3 }, [{ code: 'A' }]),
    ]);
    await Promise.all([deliver(service, reader, ...facts), deliver(service, reader, ...facts.toReversed())]);
    const { items } = await inbox('ktuOfManggar');
    expect(items.map(({ kind }) => kind)).toEqual(['evaluation.revised', 'evaluation.revised']);
  });
});

describe('PostgreSQL', () => {
  it('refuses a second message about the same thing', async () => {
    await deliver(service, reader, submitted(december));
    const copy = service.database.query(
      `INSERT INTO message SELECT (jsonb_populate_record(message, jsonb_build_object('message_id', uuidv7()))).* FROM message`,
    );
    await expect(copy).rejects.toThrow('message_one_per_subject');
  });

  it('has the tables that the code describes', async () => {
    const { upQueries } = await service.database.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
