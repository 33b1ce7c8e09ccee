/**
 * A synthetic year of the demonstration district: every month of 2024 is evaluated, met about and acted on, through the
 * doors that people use. The monthly figures follow a made-up curve that ends in the real yearly ones, which
 * December itself brings; who meets and what becomes of an action follows from fixed arithmetic.
 */
import { randomUUID } from 'node:crypto';
import { addMonths, formatDate, formatPeriod, periodOf, type Period } from '@lokmin/calendar';
import {
  AddTopic,
  CompleteAction,
  ConcludeMeeting,
  DecideItem,
  FindMeeting,
  FindUnit,
  ListActions,
  ListMeetings,
  ListPeople,
  OpenMeeting,
  ReadyAction,
  RecordAttendance,
  Refusal,
  ReportProgress,
  SaveNotes,
  ScheduleMeeting,
  SignMinutes,
  SubmitEvaluation,
  UnitResults,
  type AskInput,
  type AskReply,
  type AskType,
} from '@lokmin/contracts';
import type { Bus } from '@lokmin/messaging';
import { bundle2024, publishedRows, type PublishedRow } from './catalogue.ts';
import { villageResults } from './villages.ts';
import { ask, eventually, importFile, passingOver, Retry, signIn, type PersonRow } from './doors.ts';

export const YEAR = 2024;
/** How many months of the year the synthetic curve tells; the last one is real. */
export const SYNTHETIC_MONTHS = 11;
/** Of the proposals of a meeting, so many are agreed on. */
const AGREED = 3;
const DAY_MS = 86_400_000;
/** Tokens last ten minutes. */
const TOKEN_MS = 8 * 60_000;

/** Moves the clock of every process, where there is a test clock. Left out: all of it happens now, and due dates lie ahead of now. */
export type MoveTo = (instant: string) => void | Promise<void>;

/** Whether a puskesmas (0-6) holds the meeting that looks at a month (1-12); about one in eleven is missed. */
export const holdsMeeting = (puskesmas: number, month: number): boolean => (puskesmas * 5 + month) % 11 !== 3;
/** Whether the head signs the minutes of that meeting. */
export const signsMinutes = (puskesmas: number, month: number): boolean => (puskesmas + month) % 6 !== 0;

/**
 * The year-to-date numerator of a month on the synthetic curve: the real yearly one times (month / 12) to a power between 0.8 and 1.25
 * that differs by indicator and puskesmas, rounded to as many decimals as the real one has. December gives the real one.
 */
export function onCurve(numerator: string, month: number, seed: string): string {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + character.charCodeAt(0)) % 9_973;
  const power = 0.8 + (hash % 46) / 100;
  const decimals = numerator.split('.')[1]?.length ?? 0;
  return (Number(numerator) * (month / 12) ** power).toFixed(decimals);
}

/** The year-to-date numerator of a row of the published results in a month; December is the real one. */
export const reachedBy = (
  { numerator, puskesmas_reg_code, indicator_code }: PublishedRow,
  month: number,
): string => onCurve(numerator, month, puskesmas_reg_code + indicator_code);

/** The results of a month as a file that the import takes; what the year does not know, no month does. */
export function monthlyResults(rows: readonly PublishedRow[], month: number): string {
  const growing = new Set(
    bundle2024()
      .indicators.filter(({ accumulation }) => accumulation === 'cumulative')
      .map(({ code }) => code),
  );
  const period = periodOf(YEAR, month);
  const lines = rows
    .filter(({ numerator }) => numerator !== '')
    .map((row) => {
      const { puskesmas_reg_code: unit, indicator_code: code, denominator } = row;
      // What does not add up over the year wavers a little below where it ends.
      const numerator = growing.has(code)
        ? reachedBy(row, month)
        : onCurve(row.numerator, 9 + month / 4, unit + code);
      return `${period},${unit},${code},${numerator},${denominator},year_to_date`;
    });
  return `period,puskesmas_reg_code,indicator_code,numerator,denominator,covers\n${lines.join('\n')}\n`;
}

type Open = AskReply<typeof ListActions>['items'][number];
const PROGRAM_OF = new Map(bundle2024().indicators.map(({ code, program }) => [code, program]));

interface Unit {
  readonly index: number;
  readonly code: string;
  readonly unitId: string;
  readonly head: string;
  readonly ktu: string;
  /** Logins by person id. */
  readonly logins: ReadonlyMap<string, string>;
  /** Person ids of programme holders by programme. */
  readonly holders: ReadonlyMap<string, string>;
  readonly anybody: string;
}

/** Beside December 2024, which is real, the synthetic months before it with their meetings and actions. */
export interface Year {
  /** Moves the test clock of every process; left out: all of it happens now. */
  readonly moveTo?: MoveTo;
  /** So many months are played, those just before December: 0 to 11, all when left out. */
  readonly months?: number | undefined;
}

/**
 * Plays January to November, or the last ones of them, and the meetings about each in the month after it.
 * @param people rows of `people.csv`
 * @throws Error or Refusal naming the step that failed
 */
export async function playYear(
  place: { bus: Bus; administrator: () => Promise<string>; importAddress: string; password: string },
  people: readonly PersonRow[],
  report: (line: string) => void,
  { moveTo, months = SYNTHETIC_MONTHS }: Year,
): Promise<void> {
  const { bus } = place;
  const tokens = new Map<string, { token: string; at: number }>();
  const move = async (instant: string) => {
    if (!moveTo) return;
    tokens.clear(); // days later everybody signs in again
    await moveTo(instant);
  };
  const as = async (login: string): Promise<string> => {
    const kept = tokens.get(login);
    if (kept && performance.now() - kept.at < TOKEN_MS) return kept.token;
    const token = await signIn(bus, login, place.password);
    tokens.set(login, { token, at: performance.now() });
    return token;
  };
  /** Asks in the name of somebody; what has not travelled yet is waited for. */
  const tell = async <A extends AskType>(
    login: string,
    type: A,
    input: AskInput<A>,
  ): Promise<AskReply<A>> => {
    let reply: AskReply<A>;
    await eventually(async () => {
      reply = await ask(bus, await as(login), type, input as never);
    });
    return reply!;
  };
  const rows = publishedRows();
  const units = await knowUnits(people, tell);

  for (let month = SYNTHETIC_MONTHS - months + 1; month <= SYNTHETIC_MONTHS; month++) {
    const period = periodOf(YEAR, month);
    const next = addMonths(period, 1);
    report(`Playing the synthetic month ${period} and the meetings about it`);
    await move(`${next}-05T09:00:00+07:00`);
    await importFile(
      place.importAddress,
      await place.administrator(),
      `contoh-sintetis-${period}.csv`,
      monthlyResults(rows, month),
    );
    await importFile(
      place.importAddress,
      await place.administrator(),
      `contoh-sintetis-desa-${period}.csv`,
      villageResults(rows, month, reachedBy),
    );
    await Promise.all(units.map((unit) => submitAndWait(unit, period)));
    await move(`${next}-12T09:00:00+07:00`);
    await Promise.all(
      units.filter(({ index }) => holdsMeeting(index, month)).map((unit) => meet(unit, month, period, next)),
    );
    await move(`${next}-22T09:00:00+07:00`);
    await Promise.all(units.map((unit) => follow(unit, month)));
  }

  /** The head submits, and every red indicator has its action, which the next meeting will find. */
  async function submitAndWait({ head, unitId }: Unit, period: Period): Promise<void> {
    await passingOver(
      'evaluation.submitted',
      tell(head, SubmitEvaluation, { commandId: randomUUID(), unitId, period, objections: [] }),
    );
    await eventually(async () => {
      const { results } = await ask(bus, await as(head), UnitResults, { unitId, period });
      const red = results.filter(({ judgement }) => judgement === 'kurang').map(({ code }) => code);
      const open = await openActions(head, unitId);
      const missing = red.filter((code) => !open.some(({ indicatorCode }) => indicatorCode === code));
      if (missing.length > 0) throw new Retry(`${missing.join(', ')} of ${unitId} has no action yet`);
    });
  }

  async function openActions(login: string, unitId: string) {
    const { items } = await tell(login, ListActions, {
      unitId,
      statuses: ['proposed', 'ready', 'in_progress'],
      indicatorCode: null,
      first: 200,
      after: null,
    });
    return items;
  }

  /** Due in some weeks: of the played month, or without a test clock of today, when this is played. */
  function dueDate(next: Period, action: number): string {
    const days = 20 + 12 * (action % 3);
    const from = moveTo ? Date.parse(`${next}-05T00:00:00Z`) : Date.now();
    return new Date(from + days * DAY_MS).toISOString().slice(0, 10);
  }

  /** Changes an open action as it is now; one that changed meanwhile is looked at again. */
  async function act(
    { head, unitId }: Unit,
    actionId: string,
    change: (
      action: Open,
      command: { commandId: string; actionId: string; expectedRevision: number },
    ) => Promise<unknown>,
  ): Promise<void> {
    await eventually(async () => {
      const action = (await openActions(head, unitId)).find((each) => each.actionId === actionId);
      if (!action) return;
      try {
        await change(action, { commandId: randomUUID(), actionId, expectedRevision: action.revision });
      } catch (error) {
        throw error instanceof Refusal && error.code === 'revision.stale' ? new Retry(error.message) : error;
      }
    });
  }

  async function ready(unit: Unit, next: Period, actionId: string, nth: number): Promise<void> {
    await act(unit, actionId, async (action, command) => {
      if (action.status !== 'proposed') return;
      await tell(unit.head, ReadyAction, {
        ...command,
        ownerId: unit.holders.get(PROGRAM_OF.get(action.indicatorCode)!) ?? unit.anybody,
        dueDate: dueDate(next, nth),
        title: null,
      });
    });
  }

  /**
   * The head of administration arranges and keeps the minutes, the head decides and signs. A meeting that an earlier load, cut short, left
   * behind goes on where it stopped.
   */
  async function meet(unit: Unit, month: number, period: Period, next: Period): Promise<void> {
    const { head, ktu, unitId, index } = unit;
    let meeting = await scheduled(unit, period, next);
    const { meetingId } = meeting;
    const change = () => ({ commandId: randomUUID(), meetingId, expectedRevision: meeting.revision });
    const find = () => tell(head, FindMeeting, { meetingId });
    const toAgree = ({ agenda }: AskReply<typeof FindMeeting>) =>
      agenda.filter(({ kind }) => kind === 'proposal').slice(0, AGREED);
    // In some months the third action is agreed on without owner and due date, and completed afterwards.
    const late = month % 4 === 0;

    if (meeting.status === 'scheduled') {
      const open = await openActions(head, unitId);
      await eventually(async () => {
        const { agenda } = await ask(bus, await as(head), FindMeeting, { meetingId });
        if (agenda.filter(({ actionId }) => actionId !== null).length < open.length)
          throw new Retry('The agenda has not taken up every action yet');
      });
      for (const [nth, item] of toAgree(await find()).entries())
        if (nth < 2 || !late) await ready(unit, next, item.actionId!, nth + index);
      meeting = await tell(ktu, AddTopic, {
        ...change(),
        title: 'Jadwal pelayanan luar gedung bulan berikutnya',
      });
      meeting = await tell(ktu, OpenMeeting, change());
    }
    const detail = await find();
    if (meeting.status === 'opened') {
      meeting = await tell(ktu, RecordAttendance, {
        ...change(),
        attendees: detail.attendees.map(({ attendeeId }, i) => ({
          attendeeId: attendeeId!,
          presence: (i + month + index) % 7 === 0 ? ('excused' as const) : ('present' as const),
        })),
        guests: [],
      });
      const agreed = new Set(toAgree(detail).map(({ itemId }) => itemId));
      for (const { itemId, kind, decision } of detail.agenda) {
        if (kind !== 'proposal' || decision !== null) continue;
        meeting = await tell(head, DecideItem, {
          ...change(),
          itemId: itemId!,
          note: '',
          decision: agreed.has(itemId) ? 'agree' : 'put_off',
        });
      }
      meeting = await tell(ktu, SaveNotes, {
        ...change(),
        notes: `Data contoh (sintetis). Capaian ${formatPeriod(period)} dibahas per program; RTL sebelumnya ditinjau satu per satu.`,
      });
      meeting = await tell(head, ConcludeMeeting, change());
    }
    if (meeting.signedAt === null && signsMinutes(index, month)) await tell(head, SignMinutes, change());
    if (late) for (const item of toAgree(detail).slice(2)) await ready(unit, next, item.actionId!, 2 + index);
  }

  /** The meeting of a month, scheduled now or by an earlier load. */
  async function scheduled({ ktu, unitId }: Unit, period: Period, next: Period) {
    const { items } = await tell(ktu, ListMeetings, { unitId, first: 24, after: null });
    const known = items.find(({ month, status }) => month === next && status !== 'missed');
    return (
      known ??
      (await tell(ktu, ScheduleMeeting, {
        commandId: randomUUID(),
        unitId,
        month: next,
        dataPeriod: period,
        startsAt: `${next}-12T09:00:00+07:00`,
        durationMinutes: 120,
        place: 'Aula puskesmas',
      }))
    );
  }

  /** Owners report, complete or do nothing, by turns: what is not done is carried over and becomes overdue. */
  async function follow(unit: Unit, month: number): Promise<void> {
    const open = (await openActions(unit.head, unit.unitId))
      .filter(({ ownerId }) => ownerId !== null)
      .sort((a, b) => a.indicatorCode.localeCompare(b.indicatorCode));
    for (const [i, action] of open.entries()) {
      const login = unit.logins.get(action.ownerId!);
      const turn = (i + month + unit.index) % 4;
      if (!login || turn === 3) continue;
      await act(unit, action.actionId, ({ progress, dueDate }, command) =>
        turn === 0
          ? tell(login, ReportProgress, {
              ...command,
              progress: Math.min(90, progress + 30),
              note: 'Data contoh (sintetis): sebagian desa sudah didatangi.',
              evidence: [],
            })
          : tell(login, CompleteAction, {
              ...command,
              note: `Data contoh (sintetis): selesai, tenggatnya ${formatDate(dueDate!)}.`,
              evidence: [],
            }),
      );
    }
  }
}

async function knowUnits(
  people: readonly PersonRow[],
  tell: <A extends AskType>(login: string, type: A, input: AskInput<A>) => Promise<AskReply<A>>,
): Promise<Unit[]> {
  const heads = people.filter(({ role }) => role === 'kepala_puskesmas');
  return Promise.all(
    heads.map(async (head, index): Promise<Unit> => {
      const code = head.unit_code;
      const here = people.filter(({ unit_code }) => unit_code === code);
      const { unit } = await tell(head.login, FindUnit, { unitId: null, code });
      if (!unit) throw new Error(`The directory does not know the puskesmas ${code}`);
      const { items } = await tell(head.login, ListPeople, { unitId: unit.unitId, first: 200, after: null });
      const loginOf = (title: string) => here.find((row) => row.title === title)?.login;
      return {
        index,
        code,
        unitId: unit.unitId,
        head: head.login,
        ktu: here.find(({ role }) => role === 'ktu')!.login,
        logins: new Map(items.map(({ personId, title }) => [personId, loginOf(title) ?? ''])),
        holders: new Map(items.map(({ personId, program }) => [program ?? '', personId])),
        anybody: items.find(({ role }) => role === 'pelaksana')!.personId,
      };
    }),
  );
}
