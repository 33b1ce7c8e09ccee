import {
  ActionCompleted,
  ActionOverdue,
  ActionReadied,
  EvaluationRevised,
  EvaluationSubmitted,
  MeetingCancelled,
  MeetingMoved,
  MeetingScheduled,
  MinutesSigned,
  READERS,
  SENT_TYPES,
  type FactOf,
} from '@lokmin/contracts';
import {
  auditSuite,
  aFact,
  aReturn,
  aService,
  aSubmission,
  deliver,
  districtFacts,
  id,
  MANGGAR,
  PEOPLE,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type TestService,
} from '@lokmin/testing';
import type { DataSource } from 'typeorm';
import { notifications } from './service.ts';

let service: TestService;
beforeAll(async () => {
  process.env['LOKMIN_NOTIFICATIONS_KEY'] = 'a key that only this test knows';
  service = await aService({ ...notifications, tick: undefined }); // time does not pass: tables are emptied between tests
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.notificationsRoster, service: () => service });
witnessSuite({ reader: READERS.notificationsWitness, service: () => service });
auditSuite(notifications, () => service);

/** Who was told what last. */
async function snapshot(database: DataSource) {
  const messages = await database.query(
    'SELECT person_id, kind, title, body, news_revision, read_at FROM message ORDER BY person_id',
  );
  const names = Object.entries(PEOPLE);
  return Object.fromEntries(
    messages.map((message: { person_id: string; title: { id: string }; body: { id: string } }) => [
      names.find(([, personId]) => personId === message.person_id)?.[0],
      `${message.title.id} | ${message.body.id}`,
    ]),
  );
}

const head = { subject: id(1), actor: PEOPLE.headOfManggar, unitid: MANGGAR.unitId, districtcode: '19.06' };
const evaluation = { evaluationId: id(1), period: '2024-12' };
const judged = (...kurang: string[]) =>
  ['KIA', 'Imunisasi'].map((program) => ({
    code: program,
    program,
    judgement: kurang.includes(program) ? ('kurang' as const) : ('baik' as const),
  }));

reactionSuite({
  reader: READERS.notificationsTellOfEvaluation,
  service: () => service,
  needs: districtFacts(),
  facts: [
    aSubmission(EvaluationSubmitted, { ...evaluation, revision: 1 }, judged('KIA', 'Imunisasi')),
    aReturn({ ...evaluation, revision: 2 }, 'Penyebut KIA belum sesuai.'),
    aSubmission(EvaluationRevised, { ...evaluation, revision: 3 }, judged('Imunisasi')),
  ],
  snapshot,
  outcome: {
    headOfManggar:
      'Evaluasi Desember 2024 dikembalikan | Dinas kesehatan mengembalikan evaluasi Puskesmas Manggar. Alasan: “Penyebut KIA belum sesuai.” Perbaiki nilainya, lalu ajukan kembali.',
    ktuOfManggar:
      'Evaluasi Desember 2024 diajukan kembali | Puskesmas Manggar: 1 dari 2 indikator dinilai kurang. Untuk setiap indikator itu ada usulan kegiatan: tentukan penanggung jawab dan tenggatnya.',
    kiaOfManggar:
      'Evaluasi Desember 2024 diajukan kembali | Puskesmas Manggar. Program KIA: tidak ada indikator yang dinilai kurang.',
    // Gizi is not in this bundle: its holder hears of the return, which does not say what it is about.
    giziOfManggar:
      'Evaluasi Desember 2024 dikembalikan | Dinas kesehatan mengembalikan evaluasi Puskesmas Manggar. Alasan: “Penyebut KIA belum sesuai.” Periksa nilai program Anda sebelum diajukan kembali.',
    officer:
      'Evaluasi Puskesmas Manggar Desember 2024 diajukan kembali | Dalam evaluasi ini 1 dari 2 indikator dinilai kurang. Periksa, dan kembalikan dengan alasan bila ada yang perlu diperbaiki.',
  },
});

const action = (revision: number, ownerId: string) => ({
  actionId: id(11),
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  indicatorCode: 'KIA-K1',
  indicatorName: 'Cakupan K1',
  title: 'Sapu bersih K1',
  status: 'ready' as const,
  ownerId,
  ownerName: 'Penanggung jawab',
  dueDate: '2025-01-31',
  progress: 0,
  overdueSince: null,
  evaluationId: id(1),
  period: '2024-12',
  unsupported: false,
  agreedAt: null,
  agreedIn: null,
  carriedOver: 0,
});
const byHead = { ...head, subject: id(11) };
const { kiaOfManggar, staffOfManggar } = PEOPLE;

reactionSuite({
  reader: READERS.notificationsTellOfAction,
  service: () => service,
  needs: districtFacts(),
  facts: [
    aFact(ActionReadied, { ...byHead, revision: 2 }, { ...action(2, kiaOfManggar), formerOwnerId: null }),
    aFact(
      ActionReadied,
      { ...byHead, revision: 3 },
      { ...action(3, staffOfManggar), formerOwnerId: kiaOfManggar },
    ),
    aFact(ActionOverdue, { ...byHead, revision: 5, actor: null }, action(5, staffOfManggar)),
    aFact(
      ActionCompleted,
      { ...byHead, revision: 6, actor: staffOfManggar },
      { ...action(6, staffOfManggar), note: 'Semua desa.', evidence: [] },
    ),
  ] as FactOf<typeof READERS.notificationsTellOfAction>[],
  snapshot,
  outcome: {
    kiaOfManggar:
      'Bukan lagi tanggung jawab Anda: Sapu bersih K1 | Puskesmas Manggar. Kegiatan ini dialihkan kepada penanggung jawab lain.',
    staffOfManggar:
      'Lewat tenggat: Sapu bersih K1 | Puskesmas Manggar. Tenggat 31 Januari 2025 sudah lewat. Laporkan penyelesaiannya, atau minta tenggat baru kepada kepala puskesmas.',
    headOfManggar: 'Kegiatan selesai: Sapu bersih K1 | Puskesmas Manggar. Yang dilakukan: “Semua desa.”',
  },
});

describe('somebody whose post in the puskesmas is known to have ended', () => {
  const about = (subject: string, revision: number) => ({ ...head, subject, revision });
  const titles = async () =>
    (
      await service.database.query('SELECT title FROM message WHERE person_id = $1 ORDER BY delivered_at', [
        kiaOfManggar,
      ])
    ).map(({ title }: { title: { id: string } }) => title.id.split(':')[0]);

  it('is told when made the owner, as whoever does that knows better, and of nothing else', async () => {
    const end = (day: string | null) =>
      service.database.query('UPDATE known_post SET valid_to = $1 WHERE person_id = $2', [day, kiaOfManggar]);
    await end('2024-06-30');
    await service.database.query('TRUNCATE message, delivery');
    try {
      const reader = READERS.notificationsTellOfAction;
      const overdue = { ...action(5, kiaOfManggar), actionId: id(12) };
      const readied = { ...action(2, kiaOfManggar), actionId: id(13), formerOwnerId: null };
      expect(
        await deliver(
          service,
          reader,
          aFact(ActionOverdue, { ...about(id(12), 5), actor: null }, overdue),
          aFact(ActionReadied, about(id(13), 2), readied),
        ),
      ).toEqual(['ack', 'ack']);
      expect(await titles()).toEqual(['Anda penanggung jawab']);
    } finally {
      await end(null);
    }
  });
});

const meeting = (revision: number, startsAt: string) => ({
  meetingId: id(21),
  revision,
  unitId: MANGGAR.unitId,
  unitCode: MANGGAR.code,
  unitName: MANGGAR.name,
  districtCode: '19.06',
  month: '2100-01',
  dataPeriod: '2099-12',
  status: 'scheduled' as const,
  startsAt,
  durationMinutes: 120,
  place: 'Aula',
  concludedAt: null,
  missedAt: null,
  signedAt: null,
});
const monday = '2100-01-11T02:00:00Z';
const thursday = '2100-01-14T02:00:00Z';

reactionSuite({
  reader: READERS.notificationsTellOfMeeting,
  service: () => service,
  needs: districtFacts(),
  facts: [
    aFact(MeetingScheduled, { ...head, subject: id(21), revision: 1 }, meeting(1, monday)),
    aFact(
      MeetingMoved,
      { ...head, subject: id(21), revision: 2 },
      { ...meeting(2, thursday), formerStartsAt: monday },
    ),
    aFact(
      MinutesSigned,
      { ...head, subject: id(21), revision: 9 },
      { ...meeting(9, thursday), status: 'concluded', signedBy: PEOPLE.headOfManggar },
    ),
  ] as FactOf<typeof READERS.notificationsTellOfMeeting>[],
  snapshot,
  outcome: Object.fromEntries([
    ...['kiaOfManggar', 'staffOfManggar', 'giziOfManggar'].map((person) => [
      person,
      'Lokakarya mini Januari 2100 dipindah | Puskesmas Manggar. Sekarang Kamis, 14 Januari 2100 09.00 WIB, di Aula; semula Senin, 11 Januari 2100 09.00 WIB.',
    ]),
    ...['ktuOfManggar', 'officer'].map((person) => [
      person,
      'Notulen lokakarya mini Januari 2100 disahkan | Puskesmas Manggar. Pertemuan Kamis, 14 Januari 2100 09.00 WIB.',
    ]),
  ]),
});

it('invites nobody to what has begun already, and says why a meeting is cancelled', async () => {
  const past = { ...meeting(1, '2024-01-15T02:00:00Z'), meetingId: id(22) };
  await deliver(
    service,
    READERS.notificationsTellOfMeeting,
    aFact(MeetingScheduled, { ...head, subject: id(22), revision: 1 }, past),
  );
  const told = () =>
    service.database.query('SELECT DISTINCT body FROM message WHERE about_id = $1', [id(22)]);
  expect(await told()).toEqual([]);
  await deliver(
    service,
    READERS.notificationsTellOfMeeting,
    aFact(
      MeetingCancelled,
      { ...head, subject: id(22), revision: 2 },
      { ...past, revision: 2, reason: 'Banjir.' },
    ),
  );
  expect(await told()).toMatchObject([{ body: { id: expect.stringContaining('Alasan: “Banjir.”') } }]);
});

/** A webhook that wants everything, and is held. */
const aWebhook = async ({ database }: TestService) => {
  await database.query(
    `INSERT INTO webhook (webhook_id, revision, district_code, name, url, types, enabled, created_at, secret_number)
     VALUES ($1, 1, '19.06', 'Penerima', 'https://penerima.example/', $2, false, '2020-01-01', 1)`,
    [id(31), SENT_TYPES],
  );
};
/** What was queued for it, and that it is the whole fact. */
const queued = async (database: DataSource) =>
  (
    await database.query(
      `SELECT type || ' ' || (body::jsonb->>'revision') AS fact, body::jsonb->>'id' = fact_id::text AS whole
       FROM webhook_sending ORDER BY 1`,
    )
  ).map(({ fact, whole }: { fact: string; whole: boolean }) => (whole ? fact : 'another fact'));
const forWebhooks = { service: () => service, given: aWebhook, snapshot: queued };

reactionSuite({
  reader: READERS.notificationsSendIndicators,
  ...forWebhooks,
  facts: [
    aSubmission(EvaluationSubmitted, { ...evaluation, revision: 1 }, judged('KIA')),
    aReturn({ ...evaluation, revision: 2 }, 'Penyebut KIA belum sesuai.'),
  ] as FactOf<typeof READERS.notificationsSendIndicators>[],
  outcome: ['lokmin.indicators.evaluation.returned.v1 2', 'lokmin.indicators.evaluation.submitted.v1 1'],
});
reactionSuite({
  reader: READERS.notificationsSendMeetings,
  ...forWebhooks,
  facts: [
    aFact(MeetingScheduled, { ...head, subject: id(21), revision: 1 }, meeting(1, monday)),
    aFact(
      MinutesSigned,
      { ...head, subject: id(21), revision: 9 },
      { ...meeting(9, thursday), status: 'concluded', signedBy: PEOPLE.headOfManggar },
    ),
  ] as FactOf<typeof READERS.notificationsSendMeetings>[],
  outcome: ['lokmin.meetings.meeting.scheduled.v1 1', 'lokmin.meetings.minutes.signed.v1 9'],
});
reactionSuite({
  reader: READERS.notificationsSendActions,
  ...forWebhooks,
  facts: [
    aFact(ActionReadied, { ...byHead, revision: 2 }, { ...action(2, kiaOfManggar), formerOwnerId: null }),
    aFact(ActionOverdue, { ...byHead, revision: 5, actor: null }, action(5, staffOfManggar)),
  ] as FactOf<typeof READERS.notificationsSendActions>[],
  outcome: ['lokmin.actions.action.overdue.v1 5', 'lokmin.actions.action.readied.v1 2'],
});
