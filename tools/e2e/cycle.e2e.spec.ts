import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDirectory } from '@lokmin/contracts';
import { connectBus } from '@lokmin/messaging';
import { eventually } from '@lokmin/testing';
import { ask } from '../demo/doors.ts';
import type { Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** One month of one puskesmas through GraphQL, each step by the person whose step it is; the steps build on each other. */
const MANGGAR = '1012406';
const PERIOD = '2024-12';

interface Item {
  id: string | null;
  kind: string;
  title: string;
  indicatorCode: string | null;
  performance: string | null;
  actionId: string | null;
  actionStatus: string | null;
  ownerName: string | null;
  overdue: boolean;
  carriedOver: number;
  decision: string | null;
}
interface Meeting {
  id: string;
  revision: number;
  month: string;
  dataPeriod: string;
  status: string;
  startsAt: string | null;
  missedAt: string | null;
  signedAt: string | null;
  signedByName: string | null;
  invited: number;
  present: number;
  agenda: Item[];
  attendees: { id: string | null; name: string; position: string; presence: string }[];
}
interface ActionNode {
  id: string;
  revision: number;
  indicatorCode: string;
  status: string;
  ownerName: string | null;
  ownerLeft: boolean;
  needsCompletion: boolean;
  unsupported: boolean;
  carriedOver: number;
  agreedAt: string | null;
  agreedInId: string | null;
}
type Changed = { __typename: string; code?: string; meeting: Meeting };

const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const clockFile = join(clockFolder, 'now');
const setClock = (instant: string) => writeFileSync(clockFile, instant);

let demonstration: Demonstration;
let officer: Person;
let head: Person;
let ktu: Person;
let kia: Person;
let gizi: Person;
const signEverybodyIn = async () => {
  [officer, head, ktu, kia, gizi] = (await Promise.all(
    ['dinas', 'kapus.manggar', 'ktu.manggar', 'kia.manggar', 'gizi.manggar'].map((login) =>
      demonstration.signIn(login),
    ),
  )) as [Person, Person, Person, Person, Person];
};
/** Days later everybody signs in again. */
const at = async (instant: string) => {
  setClock(instant);
  await signEverybodyIn();
};

beforeAll(async () => {
  setClock('2025-01-06T02:00:00Z');
  demonstration = await aRunningDemonstration({
    LOKMIN_TEST_CLOCK_FILE: clockFile,
    LOKMIN_ADHOC: 'everyone',
  });
  await signEverybodyIn();
}, 300_000);
afterAll(async () => {
  await demonstration?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

const MEETING = `id revision month dataPeriod status startsAt missedAt signedAt signedByName invited present`;
const DETAIL = `${MEETING} agenda { id kind title indicatorCode performance actionId actionStatus ownerName overdue carriedOver decision }
  attendees { id name position presence }`;
const change = (person: Person, name: string, input: Record<string, unknown>) =>
  person.command<Changed>(name, input, `... on MeetingChanged { meeting { ${MEETING} } }`);
const changed = async (person: Person, name: string, input: Record<string, unknown>) => {
  const result = await change(person, name, input);
  if (result.__typename !== 'MeetingChanged') throw new Error(`${name}: ${JSON.stringify(result)}`);
  return result.meeting;
};
const find = async (id: string, person = head) =>
  (await person.ask<{ meeting: Meeting }>(`query ($id: ID!) { meeting(id: $id) { ${DETAIL} } }`, { id }))
    .meeting;
const of = ({ id, revision }: { id: string; revision: number }) => ({
  meeting: id,
  expectedRevision: revision,
});
const actions = async (person = head) =>
  (
    await person.ask<{ puskesmas: { actions: { nodes: ActionNode[] } } }>(
      `query ($code: String!) { puskesmas(code: $code) { actions(first: 200) {
         nodes { id revision indicatorCode status ownerName ownerLeft needsCompletion unsupported carriedOver agreedAt agreedInId } } } }`,
      { code: MANGGAR },
    )
  ).puskesmas.actions.nodes;
const actionOf = async (id: string) => (await actions()).find((action) => action.id === id)!;
let question = 0;
const overview = async () => {
  const { district } = await officer.ask<{
    district: {
      overview: {
        meetings: { status: string; held: number; signed: number; missed: number; expected: number };
        actions: { needsCompletion: number };
        rows: {
          puskesmas: { code: string };
          meeting: { status: string; signedAt: string | null } | null;
          actionsNeedingCompletion: number;
        }[];
      };
    };
  }>(
    `query Cycle${question++} { district(code: "19.06") { overview(period: "${PERIOD}") {
       meetings { status held signed missed expected } actions { needsCompletion }
       rows { puskesmas { code } meeting { status signedAt } actionsNeedingCompletion } } } }`,
  );
  return {
    ...district.overview,
    manggar: district.overview.rows.find((row) => row.puskesmas.code === MANGGAR)!,
  };
};
const people = async () =>
  (
    await head.ask<{ puskesmas: { people: { nodes: { id: string; title: string }[] } } }>(
      `{ puskesmas(code: "${MANGGAR}") { people { nodes { id title } } } }`,
    )
  ).puskesmas.people.nodes;
/** Titles of the newest messages in a person's inbox. */
const inbox = async (person: Person) =>
  (
    await person.ask<{ viewer: { inbox: { nodes: { title: { id: string } }[] } } }>(
      '{ viewer { inbox(first: 50) { nodes { title { id } } } } }',
    )
  ).viewer.inbox.nodes.map(({ title }) => title.id);
const personWith = async (title: RegExp) => (await people()).find((person) => title.test(person.title))!.id;
const ready = async (action: ActionNode, owner: RegExp, dueDate: string) => {
  const result = await head.command<{ __typename: string; action: ActionNode }>(
    'readyAction',
    { action: action.id, expectedRevision: action.revision, owner: await personWith(owner), dueDate },
    '... on ActionChanged { action { id revision status ownerName needsCompletion } }',
  );
  if (result.__typename !== 'ActionChanged') throw new Error(JSON.stringify(result));
  return result.action;
};

describe('one month, from the schedule to what became of it', () => {
  let january: Meeting;
  /** Agreed with owner and due date, and agreed without. */
  let readied: string;
  let unready: string;

  it('is scheduled by the head of administration and shows the district what is planned', async () => {
    january = await changed(ktu, 'scheduleMeeting', {
      puskesmas: MANGGAR,
      month: '2025-01',
      startsAt: '2025-01-13T09:00:00+07:00',
      durationMinutes: 120,
      place: 'Aula puskesmas',
    });
    expect(january).toMatchObject({
      status: 'SCHEDULED',
      dataPeriod: PERIOD,
      startsAt: '2025-01-13T02:00:00.000Z',
    });
    expect(await overview()).toMatchObject({
      meetings: { status: 'OK', held: 0, signed: 0, missed: 0, expected: 7 },
      manggar: { meeting: { status: 'SCHEDULED' } },
    });
    const twice = await change(head, 'scheduleMeeting', {
      puskesmas: MANGGAR,
      month: '2025-01',
      startsAt: '2025-01-14T09:00:00+07:00',
      durationMinutes: 60,
      place: 'Aula',
    });
    expect(twice).toMatchObject({ __typename: 'Refusal', code: 'meeting.exists' });
    expect(await change(kia, 'cancelMeeting', { ...of(january), reason: 'Tidak bisa.' })).toMatchObject({
      code: 'access.forbidden',
    });
  });

  it('keeps its month when it is moved twice', async () => {
    for (const startsAt of ['2025-01-15T09:00:00+07:00', '2025-01-20T13:00:00+07:00'])
      january = await changed(ktu, 'moveMeeting', {
        ...of(january),
        startsAt,
        durationMinutes: 120,
        place: 'Aula puskesmas',
      });
    expect(january).toMatchObject({ month: '2025-01', startsAt: '2025-01-20T06:00:00.000Z' });
  });

  it('has an agenda of what the evaluation brought, worst first, that follows it while the meeting is not opened', async () => {
    const red = (await actions()).filter(({ status }) => status === 'PROPOSED');
    const agenda = await eventually(async () => {
      const meeting = await find(january.id);
      return meeting.agenda.length === red.length ? meeting.agenda : null;
    });
    const performances = agenda.map(({ performance }) => Number(performance));
    expect(performances).toEqual([...performances].sort((a, b) => a - b));

    const evaluation = await officer.ask<{
      puskesmas: { results: { evaluation: { id: string; revision: number } } };
    }>(`{ puskesmas(code: "${MANGGAR}") { results(period: "${PERIOD}") { evaluation { id revision } } } }`);
    const { id, revision } = evaluation.puskesmas.results.evaluation;
    await officer.command(
      'returnEvaluation',
      { evaluation: id, expectedRevision: revision, reason: 'Periksa penyebut K1.' },
      '... on EvaluationReturned { evaluation { id } }',
    );
    await eventually(async () => (await find(january.id)).agenda.length === 0);
    await head.command(
      'submitEvaluation',
      { puskesmas: MANGGAR, period: PERIOD },
      '... on EvaluationSubmitted { evaluation { id } }',
    );
    await eventually(async () => (await find(january.id)).agenda.length === red.length);
  });

  it('is opened, attended, and agrees on a ready and an unready action; the rest is put off', async () => {
    const [first, second] = await eventually(async () => {
      const proposed = (await actions()).filter(({ status }) => status === 'PROPOSED');
      return proposed.length > 1 ? proposed : null;
    });
    await ready(first!, /KIA/, '2025-01-31');
    [readied, unready] = [first!.id, second!.id];
    await eventually(async () =>
      (await find(january.id)).agenda.some(({ actionStatus }) => actionStatus === 'READY'),
    );
    expect(await change(ktu, 'openMeeting', of(january))).toMatchObject({ code: 'meeting.before-its-day' });
    await at('2025-01-20T06:00:00Z');
    january = await changed(ktu, 'openMeeting', of(january));
    const { agenda, attendees } = await find(january.id);
    january = await changed(ktu, 'recordAttendance', {
      ...of(january),
      attendees: attendees.map(({ id }, i) => ({ attendee: id, presence: i === 0 ? 'EXCUSED' : 'PRESENT' })),
      guests: [{ name: 'Petugas Dinas Kesehatan', position: 'Dinas Kesehatan' }],
    });
    expect(january).toMatchObject({ invited: attendees.length + 1, present: attendees.length });
    expect(await change(head, 'concludeMeeting', of(january))).toMatchObject({ code: 'meeting.undecided' });
    for (const item of agenda.filter(({ kind }) => kind === 'PROPOSAL'))
      january = await changed(head, 'decideItem', {
        ...of(january),
        item: item.id,
        note: item.actionId === unready ? 'Penanggung jawab menyusul.' : '',
        decision: item.actionId === readied || item.actionId === unready ? 'AGREE' : 'PUT_OFF',
      });
    january = await changed(head, 'concludeMeeting', of(january));
    await eventually(async () => (await actionOf(unready)).needsCompletion);
    expect(await actionOf(unready)).toMatchObject({ status: 'PROPOSED', agreedInId: january.id });
    expect(await overview()).toMatchObject({
      meetings: { held: 1, signed: 0 },
      actions: { needsCompletion: 1 },
      manggar: { meeting: { status: 'CONCLUDED', signedAt: null }, actionsNeedingCompletion: 1 },
    });
  });

  it('is completed with owner and due date, and signed by the head; then nothing changes any more', async () => {
    await ready(await actionOf(unready), /Gizi/, '2025-02-28');
    await eventually(async () => !(await actionOf(unready)).needsCompletion);
    expect(await actionOf(unready)).toMatchObject({ status: 'READY' });
    expect(await change(ktu, 'signMinutes', of(january))).toMatchObject({ code: 'access.forbidden' });
    january = await changed(head, 'signMinutes', of(january));
    expect(january).toMatchObject({ signedByName: expect.stringContaining('Kepala Puskesmas Manggar') });
    expect(await change(ktu, 'saveNotes', { ...of(january), notes: 'Tambahan.' })).toMatchObject({
      code: 'meeting.signed',
    });
    await eventually(async () => (await overview()).meetings.signed === 1);
    const pdf = await fetch(`${demonstration.system.address}/files/minutes/${january.id}`, {
      headers: { authorization: `Bearer ${officer.token}` },
    });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('tells the former and the new owner when an action is reassigned after the meeting', async () => {
    const action = await actionOf(unready);
    const again = await ready(action, /KIA/, '2025-02-28');
    expect(again.ownerName).toContain('KIA');
    await eventually(async () =>
      (await inbox(gizi)).some((title) => title.startsWith('Bukan lagi tanggung jawab Anda')),
    );
    await eventually(async () =>
      (await inbox(kia)).some((title) => title.startsWith('Anda penanggung jawab')),
    );
  });

  it('comes back in February: overdue first, each carried over with its count, and a new month for the proposals put off', async () => {
    await at('2025-02-10T02:00:00Z');
    let february = await changed(ktu, 'scheduleMeeting', {
      puskesmas: MANGGAR,
      month: '2025-02',
      dataPeriod: PERIOD,
      startsAt: '2025-02-10T09:00:00+07:00',
      durationMinutes: 90,
      place: 'Aula puskesmas',
    });
    const agenda = await eventually(async () => {
      const meeting = await find(february.id);
      return meeting.agenda[0]?.overdue ? meeting.agenda : null;
    });
    const reviews = agenda.filter(({ kind }) => kind === 'REVIEW');
    expect(reviews.map(({ actionId }) => actionId)).toEqual([readied, unready]);
    february = await changed(ktu, 'openMeeting', of(february));
    const opened = await find(february.id);
    february = await changed(ktu, 'recordAttendance', {
      ...of(february),
      attendees: opened.attendees.map(({ id }) => ({ attendee: id, presence: 'PRESENT' })),
    });
    for (const item of opened.agenda.filter(({ kind }) => kind === 'PROPOSAL'))
      february = await changed(head, 'decideItem', {
        ...of(february),
        item: item.id,
        note: '',
        decision: 'PUT_OFF',
      });
    await changed(head, 'concludeMeeting', of(february));
    await eventually(async () => (await actionOf(readied)).carriedOver === 1);
    expect(await actionOf(unready)).toMatchObject({ carriedOver: 1 });
  });

  it('is missed by the six puskesmas that held none, by the clock, once', async () => {
    const { meetings, rows } = await eventually(async () => {
      const now = await overview();
      return now.meetings.missed === 6 ? now : null;
    });
    expect(meetings).toMatchObject({ held: 1, expected: 7 });
    expect(rows.filter(({ meeting }) => meeting?.status === 'MISSED')).toHaveLength(6);
  });

  describe('the holder of the programme leaves the puskesmas', () => {
    const overdue = (titles: string[]) => titles.filter((title) => title.startsWith('Lewat tenggat')).length;

    it('by the directory: from the next day on they see nothing of it', async () => {
      const { system } = demonstration;
      const bus = await connectBus({
        url: system.natsUrl,
        user: 'cli',
        password: system.secrets.nats.cli,
        log: console,
      });
      const administrator = await demonstration.signIn('admin');
      const row = 'kia.manggar,Pemegang Program KIA Manggar,kia.manggar@lokmin.example,,1012406';
      const reply = await ask(bus, administrator.token, ImportDirectory, {
        commandId: randomUUID(),
        files: [
          {
            kind: 'people',
            name: 'people.csv',
            content: [
              'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to',
              ...['KIA', 'KB'].map(
                (program) =>
                  `${row},pemegang_program,${program},Pemegang Program KIA Manggar,2024-01-01,2025-02-15`,
              ),
            ].join('\n'),
          },
        ],
        initialPassword: null,
      });
      await bus.close();
      expect(reply.errors).toEqual([]);
      expect((await actionOf(readied)).ownerLeft).toBe(false);

      await at('2025-02-16T02:00:00Z');
      const seen = await eventually(async () => {
        const { viewer } = await kia.ask<{
          viewer: { posts: unknown[]; myActions: { totalCount: number } };
        }>('{ viewer { posts { title } myActions { totalCount } } }');
        return viewer.posts.length === 0 ? viewer : null;
      });
      expect(seen.myActions.totalCount).toBe(0);
      expect(await kia.ask(`{ puskesmas(code: "${MANGGAR}") { name } }`)).toEqual({ puskesmas: null });
      const value = { element: 'KIA-K1.num', covers: 'MONTH', state: 'REPORTED', value: '1' };
      expect(
        await kia.command('recordValues', { puskesmas: MANGGAR, period: PERIOD, values: [value] }, ''),
      ).toMatchObject({ code: 'not-found' });
    });

    it('the head sees at both actions that their owner has left', async () => {
      await eventually(async () => (await actionOf(readied)).ownerLeft);
      expect(await actionOf(unready)).toMatchObject({ ownerLeft: true, status: 'READY' });
    });

    it('the next meeting neither invites nor lists them', async () => {
      const march = await changed(ktu, 'scheduleMeeting', {
        puskesmas: MANGGAR,
        month: '2025-03',
        startsAt: '2025-03-10T09:00:00+07:00',
        durationMinutes: 90,
        place: 'Aula puskesmas',
      });
      const listed = (await find(march.id)).attendees.map(({ position }) => position);
      expect(listed).toContainEqual(expect.stringContaining('Gizi'));
      expect(listed).not.toContainEqual(expect.stringContaining('KIA'));
      const invitations = (titles: string[]) => titles.filter((title) => title.includes('Maret 2025')).length;
      await eventually(async () => invitations(await inbox(gizi)) === 1);
      expect(invitations(await inbox(kia))).toBe(0);
    });

    it('when the action is overdue the head is told, not they; given to somebody else it is in order again', async () => {
      const before = [overdue(await inbox(head)), overdue(await inbox(kia))];
      await at('2025-03-03T02:00:00Z');
      await eventually(async () => overdue(await inbox(head)) > before[0]!);
      expect(overdue(await inbox(kia))).toBe(before[1]);

      const told = (titles: string[]) =>
        titles.filter((title) => title.startsWith('Anda penanggung jawab')).length;
      const owned = told(await inbox(gizi));
      expect(await ready(await actionOf(unready), /Gizi/, '2025-03-31')).toMatchObject({
        ownerName: expect.stringContaining('Gizi'),
      });
      expect((await actionOf(unready)).ownerLeft).toBe(false);
      await eventually(async () => told(await inbox(gizi)) > owned);
      expect((await inbox(kia)).filter((title) => title.startsWith('Bukan lagi'))).toEqual([]);
    });
  });
});
