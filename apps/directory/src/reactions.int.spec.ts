import { MessageFailed, PersonState, READERS } from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import { Roster } from '@lokmin/service';
import {
  auditSuite,
  aFact,
  aService,
  deliver,
  id,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type TestService,
} from '@lokmin/testing';
import { Announcer } from './announce.ts';
import { Person } from './person/person.entity.ts';
import { directory } from './service.ts';

let service: TestService;
beforeAll(async () => {
  // Without its own keys: the suite empties the tables, upon which the clock would make new ones at any moment.
  service = await aService({ ...directory, prepare: undefined, tick: undefined });
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.directoryRoster, service: () => service });
witnessSuite({ reader: READERS.directoryWitness, service: () => service });
auditSuite(directory, () => service);

describe(READERS.directoryMarkAddress.durable, () => {
  const person = {
    personId: id(1),
    name: 'Pemegang Program KIA',
    email: 'kia@puskesmas.example',
    emailFailedAt: null,
    phone: null,
    active: true,
    revision: 1,
  };
  const failed = (given: object = {}) =>
    aFact(
      MessageFailed,
      { subject: id(2), revision: 2 },
      {
        deliveryId: id(2),
        personId: person.personId,
        messageId: id(3),
        channel: 'email',
        address: person.email,
        reason: 'recipient-refused',
        detail: '550 no such mailbox',
        ...given,
      },
    );
  const marked = async () =>
    (await service.database.manager.findOneByOrFail(Person, { personId: person.personId })).emailFailedAt;
  const states = async () =>
    (await service.announced())
      .filter(({ type }) => type === PersonState.type)
      .map(({ revision, data }) => [revision, data['emailFailedAt']]);

  const given = (to: TestService) =>
    inTransaction(
      to.database,
      () => new Date(),
      async (tx) => {
        await tx.manager.insert(Person, person);
        await new Announcer(tx, to.running.app.get(Roster)).person(tx.manager.create(Person, person));
      },
    );

  const refused = failed();
  reactionSuite({
    reader: READERS.directoryMarkAddress,
    service: () => service,
    given,
    facts: [refused, failed({ reason: 'gave-up' }), failed({ address: 'kia.lama@puskesmas.example' })],
    snapshot: (database) => database.query('SELECT email_failed_at AS at, revision FROM person'),
    outcome: [{ at: new Date(refused.time), revision: 2 }],
  });

  beforeEach(async () => {
    await service.database.query('TRUNCATE person, outbox, inbox, known_person CASCADE');
    await given(service);
  });

  it('marks the address and announces it once, however often it hears of it', async () => {
    const fact = failed();
    expect(await deliver(service, READERS.directoryMarkAddress, fact, fact, failed())).toEqual([
      'ack',
      'ack',
      'ack',
    ]);
    expect(await marked()).toEqual(new Date(fact.time));
    expect(await states()).toEqual([
      [1, null],
      [2, fact.time],
    ]);
  });

  it.each([
    ['an address that the person no longer has', { address: 'kia.lama@puskesmas.example' }],
    ['a mail that was given up', { reason: 'gave-up' }],
    ['a text that was refused', { reason: 'message-refused' }],
    ['a person whom nobody knows', { personId: id(9) }],
  ])('changes nothing for %s', async (_, given) => {
    expect(await deliver(service, READERS.directoryMarkAddress, failed(given))).toEqual(['ack']);
    expect(await marked()).toBeNull();
    expect(await states()).toEqual([[1, null]]);
  });

  it('leaves nothing behind when it fails half-way', async () => {
    await service.database.query('ALTER TABLE outbox ADD CONSTRAINT no_room CHECK (false) NOT VALID');
    try {
      expect(await deliver(service, READERS.directoryMarkAddress, failed())).toEqual(['later']);
    } finally {
      await service.database.query('ALTER TABLE outbox DROP CONSTRAINT no_room');
    }
    expect(await marked()).toBeNull();
  });
});
