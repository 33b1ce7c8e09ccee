import { randomUUID } from 'node:crypto';
import {
  AddTopic,
  CancelMeeting,
  ConcludeMeeting,
  DecideItem,
  DistrictMeetings,
  EvaluationSubmitted,
  FindMeeting,
  ListMeetings,
  MoveMeeting,
  OpenMeeting,
  READERS,
  RecordAttendance,
  RemoveTopic,
  SaveNotes,
  ScheduleMeeting,
  SignMinutes,
  ActionProposed,
  ActionReadied,
} from '@lokmin/contracts';
import {
  aTestClock,
  aFact,
  aReturn,
  aService,
  aSubmission,
  deliver,
  eventually,
  COACHING_GROUP,
  GANTUNG,
  id,
  MANGGAR,
  PEOPLE,
  type TestClock,
  type TestService,
} from '@lokmin/testing';
import { meetings } from '../service.ts';

let service: TestService;
let clock: TestClock;
beforeAll(async () => {
  clock = aTestClock('2025-01-06T01:00:00Z');
  service = await aService(meetings);
});
afterAll(async () => {
  await service?.stop();
  clock?.release();
});

const schedule = (month: string, startsAt = `${month}-13T09:00:00+07:00`) =>
  service.ask('headOfManggar', ScheduleMeeting, {
    commandId: randomUUID(),
    unitId: MANGGAR.unitId,
    month,
    startsAt,
    durationMinutes: 120,
    place: 'Aula puskesmas',
  });
const change = ({ meetingId, revision }: { meetingId: string; revision: number }) => ({
  commandId: randomUUID(),
  meetingId,
  expectedRevision: revision,
});
const detail = (meetingId: string) => service.ask('headOfManggar', FindMeeting, { meetingId });
const proposal = (n: number, revision: number, given: object = {}) => ({
  actionId: id(n),
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  indicatorCode: `I${n}`,
  indicatorName: `Cakupan I${n}`,
  title: `Tindak lanjut: Cakupan I${n}`,
  status: 'proposed' as const,
  ownerId: null,
  ownerName: null,
  dueDate: null,
  progress: 0,
  overdueSince: null,
  evaluationId: id(1),
  period: '2024-12',
  unsupported: false,
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
  ...given,
});
const announcedOf = async (meetingId: string) =>
  (await service.announced()).filter(({ data }) => data['meetingId'] === meetingId);

it('plays a meeting from its schedule to its signed minutes', async () => {
  const evaluation = { evaluationId: id(1), period: '2024-12' };
  await deliver(
    service,
    READERS.meetingsFollowEvaluation,
    aSubmission(EvaluationSubmitted, { ...evaluation, revision: 1 }, [{ code: 'I11' }, { code: 'I12' }]),
  );
  for (const n of [11, 12])
    await deliver(
      service,
      READERS.meetingsFollowAction,
      aFact(ActionProposed, { subject: id(n), revision: 1 }, proposal(n, 1)),
    );
  const scheduled = await schedule('2025-01');
  expect(scheduled).toMatchObject({ status: 'scheduled', dataPeriod: '2024-12', revision: 1, invited: 0 });

  // Until it is opened the agenda is what is known now.
  const planned = await detail(scheduled.meetingId);
  expect(planned.agenda.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'proposal Tindak lanjut: Cakupan I11',
    'proposal Tindak lanjut: Cakupan I12',
  ]);
  expect(planned.attendees.map(({ name }) => name)).toEqual([
    'Kasubag TU Manggar',
    'Kepala Puskesmas Manggar',
    'Pelaksana Manggar',
    'Pemegang Program Gizi Manggar',
    'Pemegang Program KIA Manggar',
  ]);
  await deliver(
    service,
    READERS.meetingsFollowAction,
    aFact(ActionReadied, { subject: id(12), revision: 2 }, {
      ...proposal(12, 2, {
        status: 'ready',
        ownerId: PEOPLE.kiaOfManggar,
        ownerName: 'KIA',
        dueDate: '2025-01-31',
      }),
      formerOwnerId: null,
    } as never),
  );
  const topic = await service.ask('ktuOfManggar', AddTopic, {
    ...change(scheduled),
    title: 'Jadwal posyandu',
  });
  const again = await detail(scheduled.meetingId);
  expect(again.agenda.map(({ kind, actionStatus }) => [kind, actionStatus])).toEqual([
    ['proposal', 'proposed'],
    ['proposal', 'ready'],
    ['topic', null],
  ]);

  // One second before its day.
  clock.set('2025-01-12T16:59:59Z');
  await expect(service.ask('ktuOfManggar', OpenMeeting, change(topic))).rejects.toMatchObject({
    code: 'meeting.before-its-day',
    details: { startsAt: '2025-01-13' },
  });
  clock.set('2025-01-13T02:00:00Z');
  const opened = await service.ask('ktuOfManggar', OpenMeeting, change(topic));
  expect(opened).toMatchObject({ status: 'opened', invited: 5, present: 0 });
  // What arrives now belongs to the next agenda; what is on this one is shown as it is.
  await deliver(
    service,
    READERS.meetingsFollowEvaluation,
    aReturn({ ...evaluation, revision: 2 }, 'Penyebut belum sesuai.'),
  );
  const { agenda, attendees } = await detail(opened.meetingId);
  expect(agenda.map(({ kind }) => kind)).toEqual(['proposal', 'proposal', 'topic']);
  await expect(service.ask('headOfManggar', ConcludeMeeting, change(opened))).rejects.toMatchObject({
    code: 'meeting.nobody-present',
  });

  const attended = await service.ask('ktuOfManggar', RecordAttendance, {
    ...change(opened),
    attendees: attendees
      .slice(0, 4)
      .map(({ attendeeId }) => ({ attendeeId: attendeeId!, presence: 'present' as const })),
    guests: [{ name: 'Petugas Dinas Kesehatan', position: 'Dinas Kesehatan' }],
  });
  expect(attended).toMatchObject({ invited: 6, present: 5 });
  await expect(
    service.ask('ktuOfManggar', RecordAttendance, {
      ...change(attended),
      guests: [{ name: 'Petugas Dinas Kesehatan', position: 'Dinas Kesehatan' }],
    }),
  ).rejects.toMatchObject({ code: 'meeting.guest-listed', field: 'guests.0' });
  await expect(
    service.ask('ktuOfManggar', CancelMeeting, { ...change(attended), reason: 'Batal.' }),
  ).rejects.toMatchObject({ code: 'meeting.begun' });
  await expect(service.ask('headOfManggar', ConcludeMeeting, change(attended))).rejects.toMatchObject({
    code: 'meeting.undecided',
  });
  const [unready, ready] = agenda.filter(({ kind }) => kind === 'proposal');
  const decide = (meeting: typeof attended, item = unready, decision: 'agree' | 'continue' = 'agree') =>
    service.ask('headOfManggar', DecideItem, {
      ...change(meeting),
      itemId: item!.itemId!,
      note: 'Kunjungan rumah per dusun.',
      decision,
    });
  await expect(decide(attended, unready, 'continue')).rejects.toMatchObject({
    code: 'meeting.decision-unfit',
  });
  const decided = await decide(await decide(attended), ready);
  const minutes = (person: 'headOfManggar' | 'headOfGantung') =>
    service.token(person).then((token) =>
      fetch(`${service.address}/minutes/${decided.meetingId}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const pdf = await minutes('headOfManggar');
  expect([pdf.status, pdf.headers.get('content-disposition')]).toEqual([
    200,
    'inline; filename="notulen-1012406-2025-01.pdf"',
  ]);
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect((await minutes('headOfGantung')).status).toBe(404);
  expect((await fetch(`${service.address}/minutes/${decided.meetingId}`)).status).toBe(401);
  const noted = await service.ask('ktuOfManggar', SaveNotes, {
    ...change(decided),
    notes: 'Dibuka pukul 09.00.',
  });
  const concluded = await service.ask('headOfManggar', ConcludeMeeting, change(noted));
  expect((await announcedOf(concluded.meetingId)).at(-1)).toMatchObject({
    type: 'lokmin.meetings.meeting.concluded.v1',
    data: { agreed: [id(11), id(12)], carriedOver: [], present: 5, invited: 6, month: '2025-01' },
  });

  // What is so already changes nothing; but nobody can be made absent so that nobody was there.
  const presence = (to: 'present' | 'absent') =>
    detail(concluded.meetingId).then((now) =>
      service.ask('ktuOfManggar', RecordAttendance, {
        ...change(concluded),
        attendees: now.attendees
          .filter(({ presence }) => presence === 'present')
          .map(({ attendeeId }) => ({ attendeeId: attendeeId!, presence: to })),
      }),
    );
  expect(await presence('present')).toEqual(concluded);
  expect(
    await service.ask('ktuOfManggar', SaveNotes, { ...change(concluded), notes: 'Dibuka pukul 09.00.' }),
  ).toEqual(concluded);
  await expect(presence('absent')).rejects.toMatchObject({ code: 'meeting.nobody-present' });

  await expect(service.ask('ktuOfManggar', SignMinutes, change(concluded))).rejects.toMatchObject({
    code: 'access.forbidden',
  });
  const signed = await service.ask('headOfManggar', SignMinutes, change(concluded));
  expect(signed).toMatchObject({ status: 'concluded', signedByName: 'Kepala Puskesmas Manggar' });
  await expect(
    service.ask('ktuOfManggar', SaveNotes, { ...change(signed), notes: 'Lain.' }),
  ).rejects.toMatchObject({ code: 'meeting.signed' });
  for (const statement of [
    `UPDATE meeting SET notes = 'x'`,
    `UPDATE agenda_item SET note = 'x'`,
    'DELETE FROM agenda_item',
    `UPDATE attendee SET presence = 'absent'`,
  ])
    await expect(
      service.database.query(`${statement} WHERE meeting_id = $1`, [signed.meetingId]),
    ).rejects.toThrow('are signed');
});

it('refuses months of a mistyped year', async () => {
  for (const [month, code] of [
    ['0000-01', 'input.invalid'],
    ['1900-01', 'meeting.too-old'],
    ['1999-12', 'meeting.too-old'],
  ])
    await expect(schedule(month!, '2025-02-13T09:00:00+07:00')).rejects.toMatchObject({ code });
});

it('keeps its month when it is moved twice, and can be scheduled again after it was cancelled', async () => {
  const scheduled = await schedule('2025-02');
  await expect(schedule('2025-02')).rejects.toMatchObject({ code: 'meeting.exists' });
  const start = { durationMinutes: 90, place: 'Aula kecamatan' };
  const once = await service.ask('ktuOfManggar', MoveMeeting, {
    ...change(scheduled),
    ...start,
    startsAt: '2025-02-20T09:00:00+07:00',
  });
  const twice = await service.ask('ktuOfManggar', MoveMeeting, {
    ...change(once),
    ...start,
    startsAt: '2025-03-03T09:00:00+07:00',
  });
  expect(twice).toMatchObject({
    month: '2025-02',
    startsAt: '2025-03-03T02:00:00.000Z',
    place: 'Aula kecamatan',
  });
  await expect(
    service.ask('ktuOfManggar', MoveMeeting, {
      ...change(twice),
      ...start,
      startsAt: '2025-01-31T09:00:00+07:00',
    }),
  ).rejects.toMatchObject({ code: 'meeting.outside-month' });
  const cancelled = await service.ask('headOfManggar', CancelMeeting, {
    ...change(twice),
    reason: 'Ada kunjungan dinas.',
  });
  expect(cancelled).toMatchObject({ status: 'cancelled', cancelledReason: 'Ada kunjungan dinas.' });
  await expect(service.ask('headOfManggar', OpenMeeting, change(cancelled))).rejects.toMatchObject({
    code: 'meeting.wrong-status',
  });
  const anew = await schedule('2025-02', '2025-02-24T09:00:00+07:00');
  expect(anew).toMatchObject({ meetingId: scheduled.meetingId, status: 'scheduled', revision: 5 });
  expect((await announcedOf(scheduled.meetingId)).map(({ type }) => type.split('.')[3])).toEqual([
    'scheduled',
    'moved',
    'moved',
    'cancelled',
    'scheduled',
  ]);
  // What is written down without a new status is announced too, so that whoever looks on sees it.
  const added = await service.ask('ktuOfManggar', AddTopic, { ...change(anew), title: 'Anggaran' });
  const [topic] = (await detail(anew.meetingId)).agenda.filter(({ kind }) => kind === 'topic');
  await service.ask('ktuOfManggar', RemoveTopic, { ...change(added), itemId: topic!.itemId! });
  expect((await detail(anew.meetingId)).agenda.filter(({ kind }) => kind === 'topic')).toEqual([]);
  expect(
    (await announcedOf(anew.meetingId)).slice(5).map(({ type, data }) => [type, data['revision']]),
  ).toEqual([
    ['lokmin.meetings.meeting.edited.v1', 6],
    ['lokmin.meetings.meeting.edited.v1', 7],
  ]);
});

it('is refused to others: another puskesmas, staff, nobody, another revision, the same command with another content', async () => {
  const scheduled = await schedule('2025-06');
  const input = { ...change(scheduled), reason: 'Tidak perlu.' };
  for (const [person, code] of [
    ['headOfGantung', 'not-found'],
    ['staffOfManggar', 'access.forbidden'],
    ['officer', 'access.forbidden'],
    [null, 'access.signed-out'],
  ] as const)
    await expect(service.ask(person, CancelMeeting, input)).rejects.toMatchObject({ code });
  await expect(
    service.ask('headOfGantung', FindMeeting, { meetingId: scheduled.meetingId }),
  ).rejects.toMatchObject({
    code: 'not-found',
    details: { what: { id: 'Lokakarya mini', en: 'The meeting' } },
  });
  await expect(
    service.ask('headOfManggar', CancelMeeting, { ...input, commandId: randomUUID(), expectedRevision: 7 }),
  ).rejects.toMatchObject({ code: 'revision.stale' });
  const cancelled = await service.ask('headOfManggar', CancelMeeting, input);
  expect(await service.ask('headOfManggar', CancelMeeting, input)).toEqual(cancelled);
  await expect(
    service.ask('headOfManggar', CancelMeeting, { ...input, reason: 'Lain.' }),
  ).rejects.toMatchObject({ code: 'command.reused' });
});

it('is missed when its month ends without it, by the clocks of the unit, once; and can be held late', async () => {
  const missed = async () =>
    (await service.announced()).filter(({ type }) => type === 'lokmin.meetings.meeting.missed.v1');
  await eventually(async () => (await service.database.query('SELECT FROM unit_calendar')).length === 2);
  expect(await missed()).toEqual([]);
  clock.set('2025-01-31T17:00:00Z');
  // Manggar held its January meeting; Gantung did not.
  await eventually(async () => (await missed()).length === 1);
  expect((await missed())[0]).toMatchObject({
    data: {
      unitName: 'Puskesmas Gantung',
      month: '2025-01',
      startsAt: null,
      missedAt: '2025-01-31T17:00:00.000Z',
    },
  });
  // Two months pass while nobody looks: each is marked. February was scheduled but not held.
  clock.set('2025-03-31T17:00:00Z');
  await eventually(async () => (await missed()).length === 5);
  const months = (await missed()).map(
    ({ data }) => `${data['unitName'] as string} ${data['month'] as string}`,
  );
  expect(months.sort()).toEqual([
    'Puskesmas Gantung 2025-01',
    'Puskesmas Gantung 2025-02',
    'Puskesmas Gantung 2025-03',
    'Puskesmas Manggar 2025-02',
    'Puskesmas Manggar 2025-03',
  ]);
  const late = await schedule('2025-03', '2025-04-02T09:00:00+07:00');
  expect(late).toMatchObject({ status: 'scheduled', missedAt: '2025-03-31T17:00:00.000Z' });

  const { units } = await service.ask('officer', DistrictMeetings, {
    districtCode: '19.06',
    period: '2024-12',
  });
  expect(units.map(({ unitName, meeting }) => [unitName, meeting?.status])).toEqual([
    ['Puskesmas Gantung', 'missed'],
    ['Puskesmas Manggar', 'concluded'],
  ]);
  const seen = async (person: 'officer' | 'program') =>
    (await service.ask(person, FindMeeting, { meetingId: late.meetingId })).agenda.map(
      ({ indicatorCode, performance, performanceHidden }) => [indicatorCode, performance, performanceHidden],
    );
  expect((await seen('officer')).some(([, , hidden]) => hidden)).toBe(false);
  for (const [indicatorCode, performance, hidden] of await seen('program'))
    expect([performance, hidden]).toEqual([null, indicatorCode !== null]);
  const ofGroup = await service.ask('coach', DistrictMeetings, {
    districtCode: '19.06',
    coachingGroupId: COACHING_GROUP.coachingGroupId,
    period: '2024-12',
  });
  expect(ofGroup.units).toEqual(units.filter(({ unitName }) => unitName === 'Puskesmas Gantung'));
  const list = await service.ask('officer', ListMeetings, { unitId: MANGGAR.unitId, first: 2 });
  expect(list).toMatchObject({
    items: [{ month: '2025-06' }, { month: '2025-03' }],
    next: '2025-03',
    totalCount: 4,
  });
  const next = await service.ask('officer', ListMeetings, {
    unitId: MANGGAR.unitId,
    first: 2,
    after: list.next,
  });
  expect(next.items.map(({ month }) => month)).toEqual(['2025-02', '2025-01']);
});

it('opens with the topics that are left, in their order; whoever takes the minutes writes them', async () => {
  const [head, notulis] = ['headOfGantung', 'notulisOfGantung'] as const;
  let meeting = await service.ask(head, ScheduleMeeting, {
    commandId: randomUUID(),
    unitId: GANTUNG.unitId,
    month: '2025-05',
    startsAt: '2025-05-13T09:00:00+07:00',
    durationMinutes: 120,
    place: 'Aula',
  });
  const agenda = async () => (await service.ask(head, FindMeeting, { meetingId: meeting.meetingId })).agenda;
  clock.set('2025-05-12T17:00:00Z'); // midnight in Gantung
  for (const title of ['Satu', 'Dua', 'Tiga'])
    meeting = await service.ask(notulis, AddTopic, { ...change(meeting), title });
  const [first] = await agenda();
  meeting = await service.ask(notulis, RemoveTopic, { ...change(meeting), itemId: first!.itemId! });
  await expect(service.ask(notulis, OpenMeeting, change(meeting))).rejects.toMatchObject({
    code: 'access.forbidden',
  });
  meeting = await service.ask(head, OpenMeeting, change(meeting));
  expect((await agenda()).map(({ title }) => title)).toEqual(['Dua', 'Tiga']);

  // The head takes the minutes alone, and does not sign them before another has looked.
  const { attendees } = await service.ask(head, FindMeeting, { meetingId: meeting.meetingId });
  meeting = await service.ask(head, RecordAttendance, {
    ...change(meeting),
    attendees: [{ attendeeId: attendees[0]!.attendeeId!, presence: 'present' }],
  });
  for (const { itemId, kind } of await agenda())
    if (kind === 'proposal')
      meeting = await service.ask(head, DecideItem, {
        ...change(meeting),
        itemId: itemId!,
        note: '',
        decision: 'put_off',
      });
  meeting = await service.ask(head, SaveNotes, { ...change(meeting), notes: 'Catatan.' });
  meeting = await service.ask(head, ConcludeMeeting, change(meeting));
  await expect(service.ask(head, SignMinutes, change(meeting))).rejects.toMatchObject({
    code: 'minutes.sole-hand',
  });
  // To send nothing is not to look; to save the notes as they stand is.
  meeting = await service.ask(notulis, RecordAttendance, change(meeting));
  await expect(service.ask(head, SignMinutes, change(meeting))).rejects.toMatchObject({
    code: 'minutes.sole-hand',
  });
  meeting = await service.ask(notulis, SaveNotes, { ...change(meeting), notes: 'Catatan.' });
  expect(await service.ask(head, SignMinutes, change(meeting))).toMatchObject({ status: 'concluded' });
});

it('takes an opening back while nothing was written down; what was taken up is made anew', async () => {
  let meeting = await service.ask('headOfManggar', ScheduleMeeting, {
    commandId: randomUUID(),
    unitId: MANGGAR.unitId,
    month: '2025-05',
    startsAt: '2025-05-13T09:00:00+07:00',
    durationMinutes: 60,
    place: 'Aula',
  });
  meeting = await service.ask('ktuOfManggar', AddTopic, { ...change(meeting), title: 'Anggaran' });
  meeting = await service.ask('ktuOfManggar', OpenMeeting, change(meeting));
  const first = await detail(meeting.meetingId);
  meeting = await service.ask('ktuOfManggar', CancelMeeting, { ...change(meeting), reason: 'Salah tekan.' });
  expect(meeting).toMatchObject({ status: 'cancelled', invited: 0 });
  meeting = await service.ask('headOfManggar', ScheduleMeeting, {
    commandId: randomUUID(),
    unitId: MANGGAR.unitId,
    month: '2025-05',
    startsAt: '2025-05-13T13:00:00+07:00',
    durationMinutes: 60,
    place: 'Aula',
  });
  meeting = await service.ask('ktuOfManggar', OpenMeeting, change(meeting));
  const again = await detail(meeting.meetingId);
  const titles = ({ agenda }: typeof again) => agenda.map(({ kind, title }) => `${kind} ${title}`);
  expect(titles(again)).toEqual(titles(first));
  expect(titles(again)).toContain('topic Anggaran');
  expect(again.attendees.map(({ name }) => name)).toEqual(first.attendees.map(({ name }) => name));
});
